// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskyclient.h"
#include "networks/blueskyjson.h"
#include "networks/connector.h"
#include "networks/followercounts.h"
#include "networks/pullmemory.h"
#include "networks/withheld.h"

#include <QSet>

namespace Earshot {

/// What the parts of one channel's connector share: its server, who we are there, what was seen. Owned by the
/// connector, lives on the network thread.
class BlueskySession final : public QObject
{
    Q_OBJECT

public:
    BlueskySession(ChannelAccess channel, NetworkSetting setting, QObject *parent);

    /// Learns what the session needs to know of server and account, once. `then` may be called at once.
    void prepare(QObject *context, std::function<void(Done)> then);
    /// Looks for the account's server and asks it anew.
    void learn(QObject *context, std::function<void(Done)> then);
    /// A signed-in account's own notifications, as opposed to a public source.
    [[nodiscard]] bool isInbox() const { return view.isSignedIn && address.kind == BlueskyAddress::Kind::account; }

    /// Whether a post's message is stored in this very form, as far as this process knows.
    [[nodiscard]] bool hasStored(const QString &uri, const QString &cid) const
    {
        const QString *stored = seen.findStored(uri);
        return stored && !cid.isEmpty() && *stored == cid;
    }

    ChannelAccess access;
    BlueskyAddress address;
    bool isAddressValid = false;
    BlueskyClient *client = nullptr;
    BlueskyView view;
    QString accountName;
    Capabilities capabilities;
    /// By uri, with the cid of those that came as ours to answer.
    PullMemory<QString> seen{50'000};
    Withheld withheld;
    FollowerCounts followers{50'000};
    bool areTalksRefused = false; ///< the account may not use direct messages, or its server knows none

private:
    void findServer(QObject *context, std::function<void(Done)> then);
    void enter(QObject *context, std::function<void(Done)> then);
    void learnProfile(QObject *context, std::function<void(Done)> then);

    bool m_isReady = false;
};

/// What every channel here can do; without an account only listen.
[[nodiscard]] Capabilities blueskyCapabilities(bool isSignedIn);

/// A thread, or a part of one.
struct BlueskyThread
{
    QList<QJsonObject> posts; ///< post views, each after the one it answers
    QStringList deleted;      ///< uris of what stood there once
};
/// Reads the answer of getPostThread: what is above the post, the post, and what is below it.
[[nodiscard]] BlueskyThread threadFrom(const QJsonObject &answer);
/// Asks for the thread around a post. Where that is too large to read, it is asked for again with less of what stands
/// below and at last above the post. @param depth how far below it
void askThread(BlueskyClient &client, const QString &uri, int depth, QObject *context, BlueskyClient::Then then);

/// Fetches the threads around posts, one after the other; leaves out those that others' threads cover, those that are
/// no longer shown and those that are too large to read.
class BlueskyContexts final : public Errand<QList<BlueskyThread>>
{
public:
    /// @param depth how far below each post
    BlueskyContexts(BlueskySession &session, QStringList uris, int depth, QObject *parent);

private:
    void step();
    void take(const Result<QJsonObject> &reply);

    BlueskySession &m_session;
    QStringList m_uris;
    int m_depth;
    QSet<QString> m_covered;
    QList<BlueskyThread> m_found;
};

/// Fetches posts by uri, 25 at a time; those that are not shown are absent from the answer, and those of many that are
/// too large to read.
class BlueskyPosts final : public Errand<QHash<QString, QJsonObject>>
{
public:
    BlueskyPosts(BlueskySession &session, QStringList uris, QObject *parent);

private:
    void step();
    void take(const QStringList &asked, const Result<QJsonObject> &reply);

    BlueskySession &m_session;
    QStringList m_uris;
    qsizetype m_atOnce;
    bool m_isOne;
    QHash<QString, QJsonObject> m_found;
};

} // namespace Earshot
