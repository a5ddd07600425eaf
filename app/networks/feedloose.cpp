// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feedloose.h"

#include "model/htmltext.h"

#include <QRegularExpression>
#include <QSet>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t mostParts = 200;
constexpr int deepest = 3;
constexpr qsizetype mostText = 2'000'000;

QList<std::pair<QString, QString>> attributesIn(const QString &source, const FeedNames &names)
{
    static const QRegularExpression pattern(u"([A-Za-z_][\\w.:-]*)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))"_s);
    QList<std::pair<QString, QString>> attributes;
    for (auto it = pattern.globalMatch(source.left(100'000)); it.hasNext() && attributes.size() < 50;) {
        const auto match = it.next();
        const QString value = match.captured(2) + match.captured(3) + match.captured(4);
        attributes.append({names.canonicalAttribute(match.captured(1)), decodeEntities(value)});
    }
    return attributes;
}

/// The text of a part that holds no element: references decoded once, character data as it is.
QString plainContent(QStringView content)
{
    QString text;
    while (!content.isEmpty()) {
        const qsizetype start = content.indexOf("<![CDATA["_L1);
        text += decodeEntities(content.left(start < 0 ? content.size() : start).toString());
        if (start < 0)
            break;
        const qsizetype end = content.indexOf("]]>"_L1, start);
        text += content.mid(start + 9, end < 0 ? -1 : end - start - 9);
        content = end < 0 ? QStringView() : content.mid(end + 3);
    }
    return text;
}

/// Where the element that began before `from` ends; character data cannot end it. -1 when it does not.
qsizetype endOf(QStringView source, const QString &name, qsizetype from)
{
    for (qsizetype at = from; at >= 0 && at < source.size();) {
        const qsizetype tag = source.indexOf(u'<', at);
        if (tag < 0)
            return -1;
        const QStringView rest = source.mid(tag);
        if (rest.startsWith("<![CDATA["_L1)) {
            const qsizetype close = source.indexOf("]]>"_L1, tag);
            at = close < 0 ? -1 : close + 3;
            continue;
        }
        if (rest.startsWith("</"_L1) && rest.mid(2).startsWith(name, Qt::CaseInsensitive) &&
            QStringView(u"> \t\r\n/").contains(rest.size() > name.size() + 2 ? rest.at(name.size() + 2) : u'>'))
            return tag;
        at = tag + 1;
    }
    return -1;
}

void readParts(QStringView source, const FeedNames &names, FeedElement &outer, int depth)
{
    static const QRegularExpression start(u"<([A-Za-z_][\\w.:-]*)((?:\\s[^<>]*)?)>"_s);
    const QString text = source.toString();
    for (qsizetype at = 0; outer.children.size() < mostParts;) {
        const auto match = start.match(text, at);
        if (!match.hasMatch())
            return;
        FeedElement part;
        part.name = names.canonical(match.captured(1));
        part.base = outer.base;
        part.language = outer.language;
        part.attributes = attributesIn(match.captured(2), names);
        at = match.capturedEnd();
        if (!match.capturedView(2).endsWith(u'/')) {
            const qsizetype end = endOf(source, match.captured(1), at);
            if (end < 0)
                continue;
            const QStringView content = source.mid(at, qMin(end - at, mostText));
            const bool hasData = content.contains("<![CDATA["_L1);
            part.isMarkup = holdsFeedText(part.name) && !hasData && content.contains(u'<');
            part.text = part.isMarkup ? content.toString() : plainContent(content);
            if (!part.isMarkup && !hasData && content.contains(u'<') && depth < deepest)
                readParts(content, names, part, depth + 1);
            at = end;
        }
        outer.children.push_back(std::move(part));
    }
}

} // namespace

bool holdsFeedText(const QString &name)
{
    static const QSet<QString> names = {u"title"_s,        u"description"_s, u"content:encoded"_s, u"content"_s,
                                        u"summary"_s,      u"atom:title"_s,  u"atom:summary"_s,    u"atom:content"_s,
                                        u"atom:tagline"_s, u"xhtml:body"_s,  u"xhtml:div"_s,       u"body"_s,
                                        u"atom:subtitle"_s};
    return names.contains(name);
}

void readLooseItem(QStringView source, const FeedNames &names, FeedElement &item)
{
    readParts(source, names, item, 0);
}

} // namespace Earshot
