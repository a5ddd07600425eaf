// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/topleveldomains.h"

#include <QHash>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QUrl>

namespace Earshot {

namespace {

/// Qt shows its list only by what it does with it: no cookie is taken for a public suffix as a whole.
class Suffixes final : public QNetworkCookieJar
{
public:
    [[nodiscard]] bool contains(const QString &suffix) const
    {
        QNetworkCookie cookie("name", "value");
        cookie.setDomain(QLatin1Char('.') + suffix);
        return !validateCookie(cookie, QUrl(QLatin1StringView("https://host.") + suffix));
    }
};

} // namespace

bool hasTopLevelDomain(const QString &name)
{
    static const Suffixes suffixes;
    const qsizetype dot = name.lastIndexOf(QLatin1Char('.'));
    const QString last = name.mid(dot + 1);
    if (dot <= 0 || last.isEmpty() || last != last.toLower())
        return false;
    // Some countries register only below second levels: there the list has "*.ck" alone.
    return suffixes.contains(last) || suffixes.contains(QLatin1StringView("name.") + last);
}

} // namespace Earshot
