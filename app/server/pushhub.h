// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/authenticator.h"
#include "server/viewer.h"

#include <QJsonObject>

#include <map>
#include <memory>

namespace Earshot {

/// Tells whoever listens which types changed for them after a commit: RFC 8620 7.1. Also knows when a listener's token
/// or agent is no more. Lives on the server's thread; listeners are told there.
class PushHub final : public QObject
{
    Q_OBJECT

public:
    struct Listener
    {
        Principal principal;
        /// A StateChange object, and where the listener then is, for its pushState.
        std::function<void(const QJsonObject &change, const QString &pushState)> changed;
        /// It is to be ended; called once, after which it is not called any more.
        std::function<void()> gone;
    };

    PushHub(Workspace &workspace, Authenticator &authenticator, QObject *parent = nullptr);
    ~PushHub() override;

    /// Nothing is told before listen().
    [[nodiscard]] int add(Listener listener);
    void remove(int id);
    /// From now on the listener is told of these types. First comes what changed since `pushState`, or, where that is
    /// empty or not understood, the present state of everything.
    /// @param types empty = all
    void listen(int id, const QStringList &types, const QString &pushState);
    void pause(int id);

    [[nodiscard]] qsizetype listenerCount() const { return m_members.size(); }

private:
    struct Member;
    struct Changes;
    struct Start;

    void onCommitted(const CommitNotice &notice);
    void gather();
    void spread(const Changes &changes);
    void catchUp(int id, Seq since, bool tellsAll);
    void onStarted(int id, const Start &start, bool tellsAll);
    void checkAll();
    void check(int id);

    Workspace &m_workspace;
    std::map<int, std::unique_ptr<Member>> m_members;
    int m_lastId = 0;
    Seq m_upTo = 0; ///< everything up to here was told
    bool m_isGathering = false;
    bool m_hasMore = false; ///< a commit came meanwhile
};

} // namespace Earshot
