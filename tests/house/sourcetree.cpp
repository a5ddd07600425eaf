// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/house/sourcetree.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qint64 largestText = 4 * 1024 * 1024;

QStringList allMatches(const QRegularExpression &form, const QString &text)
{
    QStringList all;
    QRegularExpressionMatchIterator matches = form.globalMatch(text);
    while (matches.hasNext())
        all.append(matches.next().captured(1));
    return all;
}

/// The place of the bracket that closes the one there; the text's end when none does.
qsizetype closingOf(const QString &text, qsizetype at)
{
    int depth = 0;
    bool isInString = false;
    for (; at < text.size(); ++at) {
        const QChar c = text.at(at);
        if (isInString && c == u'\\')
            ++at;
        else if (c == u'"')
            isInString = !isInString;
        else if (!isInString && text.mid(at, 3).endsWith(u'\'') && c == u'\'')
            at += 2;
        else if (!isInString && c == u'(')
            ++depth;
        else if (!isInString && c == u')' && --depth == 0)
            break;
    }
    return at;
}

/// By its words: a size, a count, a calculation, or one of the few of which only their header tells it.
bool isNumber(const QString &argument)
{
    static const QRegularExpression form(
        QStringLiteral("^([^,]*(\\b(size|count|width|height|lineNumber)\\(\\)|(Width|Height)|"
                       "\\b(count|most|least|used|limit|limits|offset|bytes|megabyte|rows|value)|[+-] 1)|"
                       "(qRound|int|ms|toMs)\\(.*\\)|talk\\.channel|answer\\.status|journal|version)$"));
    return form.match(argument).hasMatch();
}

/// Walks a graph in depth and remembers the way that it came.
class CircleSearch
{
public:
    explicit CircleSearch(const Graph &graph)
        : m_graph(graph)
    {
    }
    QStringList from(const QString &node)
    {
        const qsizetype met = m_way.indexOf(node);
        if (met >= 0)
            return m_way.mid(met) + QStringList{node};
        if (m_done.contains(node))
            return {};
        m_way.append(node);
        for (const QString &next : m_graph.value(node)) {
            const QStringList circle = from(next);
            if (!circle.isEmpty())
                return circle;
        }
        m_way.removeLast();
        m_done.insert(node);
        return {};
    }

private:
    const Graph &m_graph;
    QStringList m_way;
    QSet<QString> m_done;
};

} // namespace

SourceTree readTree(const QString &top)
{
    SourceTree tree;
    for (const QString &folder : {QStringLiteral("app"), QStringLiteral("ui"), QStringLiteral("resources"),
                                  QStringLiteral("tests"), QStringLiteral("packaging")}) {
        QDirIterator files(top + QLatin1Char('/') + folder, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.size() < largestText && file.open(QIODevice::ReadOnly))
                tree.insert(file.fileName().mid(top.size() + 1), QString::fromUtf8(file.readAll()));
        }
    }
    return tree;
}

bool isCode(const QString &path)
{
    return path.endsWith(QLatin1StringView(".cpp")) || path.endsWith(QLatin1StringView(".h"));
}

QStringList quotedIncludes(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^\\s*#\\s*include\\s*\"([^\"]+)\""),
                                         QRegularExpression::MultilineOption);
    QStringList all = allMatches(form, text);
    all.removeIf([](const QString &name) { return name.endsWith(QLatin1StringView(".moc")); });
    return all;
}

QStringList systemIncludes(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^\\s*#\\s*include\\s*<([^>]+)>"),
                                         QRegularExpression::MultilineOption);
    return allMatches(form, text);
}

QString resolved(const QString &include, const SourceTree &tree)
{
    const QString inApp = QStringLiteral("app/") + include;
    if (tree.contains(inApp))
        return inApp;
    return tree.contains(include) ? include : QString();
}

QString roomOf(const QString &path)
{
    const QString first = path.section(QLatin1Char('/'), 0, 0);
    return first == QLatin1StringView("app") ? path.section(QLatin1Char('/'), 1, 1) : first;
}

QStringList findCircle(const Graph &graph)
{
    CircleSearch search(graph);
    for (auto node = graph.keyBegin(); node != graph.keyEnd(); ++node) {
        const QStringList circle = search.from(*node);
        if (!circle.isEmpty())
            return circle;
    }
    return {};
}

QStringList linesWithSql(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("\"[^\"]*\\b(SELECT\\s.+\\sFROM\\s|INSERT\\s+(OR\\s+\\w+\\s+)?INTO\\s|UPDATE\\s+\\w+\\s+SET\\s|"
                       "DELETE\\s+FROM\\s|"
                       "(CREATE|DROP|ALTER)\\s+(UNIQUE\\s+|VIRTUAL\\s+|TEMP\\s+)*(TABLE|INDEX|VIEW|TRIGGER)\\b)"));
    QStringList found;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        if (form.match(line).hasMatch())
            found.append(line.trimmed());
    }
    return found;
}

QStringList textsPutInFirst(const QString &text)
{
    const QLatin1StringView call(".arg(");
    QStringList found;
    for (qsizetype at = text.indexOf(call); at >= 0; at = text.indexOf(call, at + 1)) {
        const qsizetype opening = at + call.size() - 1;
        const qsizetype closing = closingOf(text, opening);
        qsizetype next = closing + 1;
        while (next < text.size() && text.at(next).isSpace())
            ++next;
        const QString argument = text.mid(opening + 1, closing - opening - 1).simplified();
        if (QStringView(text).mid(std::min(next, text.size())).startsWith(call) && !isNumber(argument))
            found.append(argument);
    }
    return found;
}

QStringList classesIn(const QString &header)
{
    static const QRegularExpression telling(
        QStringLiteral(
            "^(?:namespace ([\\w:]+) \\{|(\\}) // namespace.*|(?:class|struct) (\\w+)(?: final)?(?: : .*)?)$"),
        QRegularExpression::MultilineOption);
    QStringList inside;
    QStringList found;
    for (auto line = telling.globalMatch(header); line.hasNext();) {
        const QRegularExpressionMatch match = line.next();
        if (match.hasCaptured(1))
            inside.append(match.captured(1));
        else if (match.hasCaptured(3))
            found.append((inside + QStringList(match.captured(3))).join(QStringLiteral("::")));
        else if (!inside.isEmpty())
            inside.removeLast();
    }
    return found;
}

bool hasLicence(const QString &text)
{
    QStringList lines = text.split(QLatin1Char('\n')).mid(0, 3);
    if (lines.first().startsWith(QLatin1StringView("#!")))
        lines.removeFirst();
    return lines.size() >= 2 && lines.at(0).contains(QLatin1StringView("SPDX-FileCopyrightText: ")) &&
           lines.at(1).contains(QLatin1StringView("SPDX-License-Identifier: "));
}

} // namespace Earshot
