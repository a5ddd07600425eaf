// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/placeholders.h"

namespace Earshot {

namespace {

constexpr qsizetype longestGap = 60;

QString valueOf(const QString &word, const PlaceholderValues &values)
{
    const QList<const QString *> places{&values.name,    &values.firstName, &values.handle, &values.agent,
                                        &values.channel, &values.number,    &values.link};
    const qsizetype index = placeholderWords().indexOf(word.trimmed().toLower());
    return index < 0 ? QString() : *places.at(index);
}

} // namespace

const QStringList &placeholderWords()
{
    static const QStringList words{QStringLiteral("name"),  QStringLiteral("first name"), QStringLiteral("handle"),
                                   QStringLiteral("agent"), QStringLiteral("channel"),    QStringLiteral("number"),
                                   QStringLiteral("link")};
    return words;
}

std::optional<Gap> nextGap(const QString &text, qsizetype from)
{
    for (qsizetype open = text.indexOf(QLatin1Char('{'), from); open >= 0;
         open = text.indexOf(QLatin1Char('{'), open + 1)) {
        const qsizetype close = text.indexOf(QLatin1Char('}'), open);
        if (close < 0)
            return std::nullopt;
        const QStringView inside = QStringView(text).sliced(open + 1, close - open - 1);
        const bool isGap = !inside.trimmed().isEmpty() && close - open < longestGap &&
                           !inside.contains(QLatin1Char('\n')) && !inside.contains(QLatin1Char('{'));
        if (isGap)
            return Gap{open, close - open + 1};
    }
    return std::nullopt;
}

QString fillPlaceholders(const QString &text, const PlaceholderValues &values)
{
    QString filled;
    qsizetype done = 0;
    for (auto gap = nextGap(text); gap; gap = nextGap(text, gap->from + gap->length)) {
        const QString value = valueOf(text.sliced(gap->from + 1, gap->length - 2), values);
        filled += text.sliced(done, gap->from - done);
        // What somebody is called is not looked at again: a name in braces fills nothing in.
        filled += value.isEmpty() ? text.sliced(gap->from, gap->length) : value;
        done = gap->from + gap->length;
    }
    return filled + text.sliced(done);
}

} // namespace Earshot
