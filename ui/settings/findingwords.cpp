// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/findingwords.h"

#include "ui/shell/wording.h"

#include <QHash>

#include <algorithm>

namespace Earshot {

namespace {

const auto account = QStringLiteral("account");
const auto posts = QStringLiteral("posts");

/// What a finding is.
QString kindText(const Finding &finding)
{
    static const QHash<QString, const char *> words{
        {posts, QT_TRANSLATE_NOOP("Earshot::FindingWords", "posts")},
        {QStringLiteral("comments"), QT_TRANSLATE_NOOP("Earshot::FindingWords", "comments")},
        {account, QT_TRANSLATE_NOOP("Earshot::FindingWords", "account")},
        {QStringLiteral("hashtag"), QT_TRANSLATE_NOOP("Earshot::FindingWords", "hashtag")},
        {QStringLiteral("search"), QT_TRANSLATE_NOOP("Earshot::FindingWords", "search")},
        {QStringLiteral("reviews"), QT_TRANSLATE_NOOP("Earshot::FindingWords", "reviews")}};
    const char *known = words.value(finding.what);
    return known ? FindingWords::tr(known) : finding.what;
}

QString needs(const Finding &finding)
{
    if (finding.needsSignIn && finding.needsPassword)
        return FindingWords::tr("sign-in in the browser or an application password");
    if (finding.needsSignIn)
        return FindingWords::tr("sign-in in the browser or a token");
    if (finding.needsPassword)
        return finding.needsUser ? FindingWords::tr("user name and application password")
                                 : FindingWords::tr("application password");
    if (finding.needsUser)
        return FindingWords::tr("user name");
    return FindingWords::tr("nothing");
}

} // namespace

bool FindingWords::isAsked(const Finding &finding) const
{
    const bool isAccount = finding.what == account;
    return (isAccount || finding.what == posts) &&
           std::any_of(m_all.cbegin(), m_all.cend(), [&finding, isAccount](const Finding &other) {
               return other.network == finding.network && other.address == finding.address &&
                      other.what == (isAccount ? posts : account);
           });
}

QString FindingWords::question() const
{
    const bool isAnyAsked =
        std::any_of(m_all.cbegin(), m_all.cend(), [this](const Finding &one) { return isAsked(one); });
    return isAnyAsked ? tr("Is this you, or do you want to listen to it?") : QString();
}

QString FindingWords::withLastLine(const Finding &finding, const QString &line) const
{
    QString title = tr("%1 · %2 %3", "name · network, and what it is there")
                        .arg(finding.name, Wording::of(finding.network), kindText(finding));
    const QString where = Wording::isolated(finding.address);
    // Which of these two is the better one knows only whoever is asked.
    if (isAsked(finding))
        title = finding.what == account ? tr("This is us: sign in to answer as %1").arg(where)
                                        : tr("Listen only: read what %1 posts").arg(where);
    else if (finding.isBest)
        title = tr("%1 (best)").arg(title);
    const QString second = isAsked(finding)
                               ? Wording::isolated(finding.name) + QStringLiteral(" · ") + Wording::of(finding.network)
                               : finding.address;
    return title + QLatin1Char('\n') + second + QLatin1Char('\n') + line;
}

QString FindingWords::abilities(const Finding &finding)
{
    QStringList can{tr("read")};
    if (finding.canAnswer)
        can.append(tr("answer"));
    if (finding.canModerate)
        can.append(tr("moderate"));
    const QString text = tr("Can: %1. Needs: %2.").arg(can.join(QStringLiteral(", ")), needs(finding));
    return finding.sameAs.isEmpty() ? text
                                    : text + QLatin1Char(' ') + tr("Delivers the same as %1.").arg(finding.sameAs);
}

} // namespace Earshot
