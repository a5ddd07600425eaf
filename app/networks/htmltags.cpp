// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/htmltags.h"

#include "model/htmltext.h"

#include <QRegularExpression>

namespace Earshot {

using namespace Qt::StringLiterals;

QString attributeOf(const QString &tag, QLatin1StringView name)
{
    const QRegularExpression pattern(u"\\s%1\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))"_s.arg(name),
                                     QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(tag);
    return decodeEntities(match.captured(1) + match.captured(2) + match.captured(3)).trimmed();
}

QString tagAt(const QString &html, qsizetype at, QLatin1StringView name)
{
    const QStringView rest = QStringView(html).mid(at + 1);
    if (!rest.startsWith(name, Qt::CaseInsensitive) || rest.size() == name.size() ||
        rest.at(name.size()).isLetterOrNumber())
        return {};
    const qsizetype end = rest.left(4000).indexOf(u'>');
    return end < 0 ? QString() : html.mid(at, end + 2);
}

qsizetype skippedTag(const QString &html, qsizetype at)
{
    const QStringView rest = QStringView(html).mid(at + 1);
    const auto behind = [&html, at](QLatin1StringView end) {
        const qsizetype found = html.indexOf(end, at, Qt::CaseInsensitive);
        return found < 0 ? html.size() : found + 1;
    };
    if (rest.startsWith("!--"_L1))
        return behind("-->"_L1);
    if (rest.startsWith("script"_L1, Qt::CaseInsensitive))
        return behind("</script"_L1);
    return rest.startsWith("style"_L1, Qt::CaseInsensitive) ? behind("</style"_L1) : at + 1;
}

} // namespace Earshot
