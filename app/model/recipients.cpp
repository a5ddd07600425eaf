// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recipients.h"

#include <QRegularExpression>

namespace Earshot {

namespace {

bool isNamed(const QString &handle, const QString &text, const QString &ownDomain)
{
    QString pattern = QRegularExpression::escape(handle);
    const QString host = handle.section(QLatin1Char('@'), 2);
    if (!host.isEmpty() && host.compare(ownDomain, Qt::CaseInsensitive) == 0)
        pattern = QRegularExpression::escape(handle.left(handle.size() - host.size() - 1)) + QLatin1StringView("(?:@") +
                  QRegularExpression::escape(host) + QLatin1StringView(")?(?!@)");
    const QRegularExpression whole(QLatin1StringView("(?<![\\w@/.])") + pattern +
                                       QLatin1StringView("(?![\\w@]|[.:-]\\w)"),
                                   QRegularExpression::CaseInsensitiveOption);
    return whole.match(text).hasMatch();
}

} // namespace

QStringList recipientsOf(Network network, const AnsweredMessage &answered, Visibility reply)
{
    if (network != Network::mastodon)
        return {};
    QStringList names;
    if (!answered.authorHandle.isEmpty())
        names.append(answered.authorHandle);
    // Whoever is named in a private post can read it.
    const bool isTakenAside = reply == Visibility::direct && answered.visibility != Visibility::direct;
    if (!isTakenAside || names.isEmpty())
        names += answered.mentions;
    names.removeIf([](const QString &name) { return !name.startsWith(QLatin1Char('@')); });
    names.removeDuplicates();
    return names;
}

QString missingNames(const QStringList &recipients, const QString &text, const QString &ownDomain)
{
    QString missing;
    for (const QString &name : recipients) {
        if (!isNamed(name, text, ownDomain))
            missing += name + QLatin1Char(' ');
    }
    return missing;
}

QStringList namedIn(Network network, const QString &text, const QString &ownDomain)
{
    // As they find them; a server has a dot.
    static const QRegularExpression ofMastodon(
        QStringLiteral("(?<![=/\\w])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@(\\w(?:[\\w.-]*\\w)?))?"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression ofBluesky(
        QStringLiteral("(?<=^|[\\s(])@((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?)"),
        QRegularExpression::CaseInsensitiveOption);
    const bool isMastodon = network == Network::mastodon;
    QStringList names;
    if (!isMastodon && network != Network::bluesky)
        return names;
    for (auto it = (isMastodon ? ofMastodon : ofBluesky).globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString host = match.hasCaptured(2) ? match.captured(2) : ownDomain;
        if (!isMastodon)
            names.append(match.captured(0));
        else if (host.contains(QLatin1Char('.')))
            names.append(QLatin1Char('@') + match.captured(1) + QLatin1Char('@') + host);
    }
    names.removeDuplicates();
    return names;
}

QString warningOf(const QString &own, const QString &answered)
{
    if (!own.isEmpty() || answered.isEmpty())
        return own;
    const bool hasRe = answered.startsWith(QLatin1StringView("re:"), Qt::CaseInsensitive);
    return hasRe ? answered : QLatin1StringView("re: ") + answered;
}

} // namespace Earshot
