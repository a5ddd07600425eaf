// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/channelchoice.h"

#include <algorithm>

namespace Earshot {

namespace {

/// The address without what people leave out or add.
QString bare(QString address)
{
    address = address.trimmed();
    for (const auto scheme : {QLatin1StringView("https://"), QLatin1StringView("http://")}) {
        if (address.startsWith(scheme, Qt::CaseInsensitive))
            address.remove(0, scheme.size());
    }
    while (address.endsWith(QLatin1Char('/')))
        address.chop(1);
    return address;
}

bool takesSecretOf(const Finding &finding, const ChannelWish &wish)
{
    return (wish.hasPassword && finding.needsPassword) || ((wish.hasToken || wish.hasBrowser) && finding.needsSignIn);
}

QString named(const Finding &finding)
{
    return QStringLiteral("%1 (%2)").arg(finding.address, word(finding.network));
}

QString foundInstead(const QList<Finding> &findings)
{
    QStringList names;
    for (const Finding &finding : findings)
        names.append(named(finding));
    return names.isEmpty() ? QStringLiteral("nothing") : names.join(QStringLiteral(", "));
}

Error needs(const Finding &finding, const QList<Finding> &others, const ChannelWish &wish)
{
    QString detail =
        QStringLiteral("%1 needs %2").arg(named(finding), missingOptions(finding, wish).join(QStringLiteral(" and ")));
    for (const Finding &other : others) {
        if (missingOptions(other, wish).isEmpty()) {
            detail +=
                QStringLiteral(". %1 can be read without: add --network %2").arg(named(other), word(other.network));
            break;
        }
    }
    return {ErrorKind::invalid, detail, {}};
}

} // namespace

QStringList missingOptions(const Finding &finding, const ChannelWish &wish)
{
    QStringList missing;
    const bool hasSignIn = finding.needsSignIn && (wish.hasToken || wish.hasBrowser);
    const bool hasPassword = finding.needsPassword && wish.hasPassword;
    // Who signs in by browser is known afterwards.
    if (finding.needsUser && !wish.hasUser && !(finding.needsSignIn && wish.hasBrowser))
        missing.append(QStringLiteral("--user NAME"));
    QStringList ways;
    if (finding.needsPassword)
        ways.append(QStringLiteral("--password-file FILE (an application password)"));
    else if (finding.needsSignIn)
        ways.append(QStringLiteral("--token-file FILE"));
    if (finding.needsSignIn)
        ways.append(QStringLiteral("--browser"));
    if (!ways.isEmpty() && !hasSignIn && !hasPassword)
        missing.append(ways.join(QStringLiteral(" or ")));
    return missing;
}

Result<Finding> chooseFinding(const QList<Finding> &findings, const ChannelWish &wish)
{
    QList<Finding> fitting;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(fitting),
                 [&wish](const Finding &finding) { return !wish.network || finding.network == *wish.network; });
    if (findings.isEmpty())
        return fail(ErrorKind::notFound,
                    QStringLiteral("Nothing to connect was found at %1: no feed, no account and no site that Earshot "
                                   "can speak to")
                        .arg(wish.address));
    if (fitting.isEmpty()) {
        return fail(ErrorKind::notFound, QStringLiteral("%1 is not found at %2, but %3")
                                             .arg(wish.network ? word(*wish.network) : QStringLiteral("Any source"),
                                                  wish.address, foundInstead(findings)));
    }
    const auto rank = [&wish](const Finding &finding) {
        const bool isTyped = bare(finding.address) == bare(wish.address);
        return (takesSecretOf(finding, wish) ? 4 : 0) + (isTyped ? 2 : 0) + (finding.isBest ? 1 : 0);
    };
    // The first of the highest rank: findings come in the order of their usefulness.
    const Finding chosen = *std::max_element(fitting.begin(), fitting.end(),
                                             [&rank](const Finding &a, const Finding &b) { return rank(a) < rank(b); });
    if (!missingOptions(chosen, wish).isEmpty()) {
        // Whoever names the network and gives nothing to sign in with wants what can be read without.
        const auto open = std::find_if(fitting.begin(), fitting.end(), [&wish](const Finding &finding) {
            return missingOptions(finding, wish).isEmpty();
        });
        if (wish.network && !wish.hasUser && !wish.hasPassword && !wish.hasToken && !wish.hasBrowser &&
            open != fitting.end())
            return *open;
        return tl::unexpected(needs(chosen, findings, wish));
    }
    return chosen;
}

} // namespace Earshot
