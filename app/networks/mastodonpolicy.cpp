// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonpolicy.h"

#include "model/healthsentences.h"
#include "model/htmltext.h"

#include <array>

namespace Earshot {

MastodonPolicy::MastodonPolicy(MastodonSession &session, QObject *parent)
    : Errand(parent)
    , m_session(session)
{
    m_session.client->get("/api/v2/notifications/policy", this, [this](const Result<MastodonReply> &reply) {
        if (reply && reply->body.isObject())
            end(droppedBy(reply->body.toObject()));
        else if (reply || isMissing(reply.error()) || reply.error().kind == ErrorKind::malformed ||
                 reply.error().kind == ErrorKind::policy)
            askFilters("/api/v2/filters");
        else
            end(tl::unexpected(reply.error()));
    });
}

void MastodonPolicy::askFilters(const QByteArray &path)
{
    m_session.client->get(path, this, [this, path](const Result<MastodonReply> &reply) {
        const bool isNone = !reply && (isMissing(reply.error()) || reply.error().kind == ErrorKind::malformed ||
                                       reply.error().kind == ErrorKind::policy);
        if (reply)
            end(hiddenBy(reply->body.toArray(), m_session.client->now()));
        else if (isNone && path.contains("v2"))
            askFilters("/api/v1/filters");
        else if (isNone)
            end(QString());
        else
            end(tl::unexpected(reply.error()));
    });
}

QString droppedBy(const QJsonObject &policy)
{
    struct Group
    {
        const char *key;
        const char *who;
    };
    static constexpr std::array groups = {Group{"for_not_following", HealthSentences::notFollowed},
                                          Group{"for_not_followers", HealthSentences::notFollowing},
                                          Group{"for_new_accounts", HealthSentences::newAccounts},
                                          Group{"for_private_mentions", HealthSentences::privateMentions},
                                          Group{"for_limited_accounts", HealthSentences::limitedAccounts}};
    QStringList dropped;
    for (const Group &group : groups) {
        if (textOf(policy, group.key) == QLatin1StringView("drop"))
            dropped.append(QString::fromLatin1(group.who));
    }
    if (dropped.isEmpty())
        return {};
    return KnownSentence{HealthSentences::dropped, {dropped.join(QStringLiteral(", "))}}.inEnglish();
}

QString hiddenBy(const QJsonArray &filters, Time now)
{
    QStringList names;
    for (const QJsonValue &entry : filters) {
        const QJsonObject filter = entry.toObject();
        const Time ends = timeOf(filter, "expires_at");
        const bool isOver = isKnown(ends) && ends <= now;
        const bool isForUs = valueOf(filter, "context").toArray().contains(QStringLiteral("notifications"));
        const bool hides =
            textOf(filter, "filter_action") == QLatin1StringView("hide") || valueOf(filter, "irreversible").toBool();
        const QString title = textOf(filter, "title");
        if (isForUs && hides && !isOver && names.size() < 10)
            names.append(cleanLine(title.isEmpty() ? textOf(filter, "phrase") : title, 60));
    }
    if (names.isEmpty())
        return {};
    return KnownSentence{HealthSentences::filtered, {names.join(QStringLiteral(", "))}}.inEnglish();
}

} // namespace Earshot
