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

QStringList recipientsOf(Network network, const Answered &answered, Visibility reply)
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

QString warningOf(const QString &own, const QString &answered)
{
    if (!own.isEmpty() || answered.isEmpty())
        return own;
    const bool hasRe = answered.startsWith(QLatin1StringView("re:"), Qt::CaseInsensitive);
    return hasRe ? answered : QLatin1StringView("re: ") + answered;
}

} // namespace Earshot
