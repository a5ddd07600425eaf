// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/links.h"

#include <QDesktopServices>
#include <QRegularExpression>

namespace Earshot {

namespace {

bool isWebAddress(const QUrl &url)
{
    const QString scheme = url.scheme();
    return url.isValid() && !url.host().isEmpty() &&
           (scheme == QLatin1StringView("http") || scheme == QLatin1StringView("https"));
}

/// A sentence's full stop or bracket after an address is not part of it.
qsizetype trimmedLength(const QString &address)
{
    static const QString ends = QStringLiteral(".,;:!?'\"]");
    qsizetype closedTooOften = address.count(QLatin1Char(')')) - address.count(QLatin1Char('('));
    qsizetype length = address.size();
    while (length > 0) {
        const QChar last = address.at(length - 1);
        const bool isBracket = last == QLatin1Char(')') && closedTooOften > 0;
        if (!isBracket && !ends.contains(last))
            break;
        closedTooOften -= isBracket ? 1 : 0;
        --length;
    }
    return length;
}

} // namespace

QList<Link> findLinks(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("\\bhttps?://[^\\s<>\\x{2028}\\x{2066}-\\x{2069}]{1,2000}"),
                                            QRegularExpression::CaseInsensitiveOption);
    QList<Link> links;
    if (!text.contains(QLatin1StringView("://")))
        return links;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const qsizetype length = trimmedLength(match.captured());
        const QUrl url(match.captured().first(length));
        if (isWebAddress(url))
            links.append({int(match.capturedStart()), int(length), url});
    }
    return links;
}

bool openOutside(const QUrl &url)
{
    return isWebAddress(url) && QDesktopServices::openUrl(url);
}

} // namespace Earshot
