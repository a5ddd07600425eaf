// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/connector.h"
#include "networks/mastodonaddress.h"
#include "networks/mastodonclient.h"
#include "networks/mastodonserver.h"
#include "networks/mastodonthreads.h"
#include "networks/withheld.h"

#include <functional>
#include <optional>
#include <utility>

namespace Earshot {

/// What the parts of one channel's connector share: its server, who we are there, what was learnt of threads. Owned by
/// the connector, lives on the network thread.
class MastodonSession final : public QObject
{
    Q_OBJECT

public:
    MastodonSession(ChannelAccess channel, NetworkSetting setting, QObject *parent);

    /// Learns what the session needs to know of server and account, once. `then` may be called at once.
    void prepare(QObject *context, std::function<void(Done)> then);
    /// Asks server and account anew.
    void learn(QObject *context, std::function<void(Done)> then);
    [[nodiscard]] bool isReady() const { return m_isReady; }
    /// A signed-in account's own mentions, as opposed to a public source.
    [[nodiscard]] bool isInbox() const
    {
        return client->isSignedIn() && address.kind == MastodonAddress::Kind::account;
    }

    ChannelAccess access;
    MastodonAddress address;
    bool isAddressValid = false;
    MastodonClient *client = nullptr;
    MastodonServer server;
    MastodonView view;
    QString accountName;
    MastodonThreads threads;
    Withheld withheld;              ///< which mentions the account's settings keep from us
    std::optional<bool> canAskMany; ///< GET /api/v1/statuses?id[]=: not known until tried

private:
    void learnAccount(QObject *context, std::function<void(Done)> then);
    void takeServer(const MastodonServer &learnt);

    bool m_isReady = false;
};

/// A post and the context that was fetched for it.
struct PostContext
{
    QJsonObject post;
    QJsonObject context;
    bool isGrowing = false; ///< the server is still fetching answers from elsewhere
};

/// Fetches the contexts of posts, one after the other; leaves out those that others' contexts cover and those that the
/// server no longer shows.
class MastodonContexts final : public Errand<QList<PostContext>>
{
public:
    MastodonContexts(MastodonSession &session, QList<QJsonObject> posts, QObject *parent);

private:
    void step();
    void take(const QJsonObject &post, const Result<MastodonReply> &reply);

    MastodonSession &m_session;
    QList<QJsonObject> m_posts;
    QStringList m_covered;
    QList<PostContext> m_found;
};

} // namespace Earshot
