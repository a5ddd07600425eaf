// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/authenticator.h"
#include "server/pushchanges.h"
#include "server/pushstarts.h"

#include <QHash>
#include <QJsonObject>

#include <map>
#include <memory>
#include <vector>

namespace Earshot {

/// Tells whoever listens which types changed for them after a commit: RFC 8620 7.1; or the changed rows themselves.
/// Also knows when a listener's token or agent is no more. Lives on the server's thread; listeners are told there.
class PushHub final : public QObject
{
    Q_OBJECT

public:
    struct Listener
    {
        Principal principal;
        /// A StateChange object, and where the listener then is, for its pushState.
        std::function<void(const QJsonObject &change, const QString &pushState)> changed;
        /// The text of a Delta object in UTF-8, one for many listeners; only where listen() wished for deltas.
        std::function<void(const QByteArray &text)> delta;
        /// Whether its user has one of them on the screen: such are told before the others.
        std::function<bool(const QSet<ConversationId> &)> shows;
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
    /// @param wantsDeltas a commit is told by the rows that it changed, of all types, where they are not too many
    void listen(int id, const QStringList &types, const QString &pushState, bool wantsDeltas = false);
    void pause(int id);
    /// After a pause: as before it, beginning with the present state of everything.
    void resume(int id);

    /// An agent's draft was set by one of its devices: that agent's alone are told; so they are of what it has seen and
    /// set, by the commit.
    void tellDraft(AgentId agent, qint64 version);

    [[nodiscard]] qsizetype listenerCount() const { return qsizetype(m_members.size()); }
    [[nodiscard]] qsizetype listenerCountOf(const QString &token) const { return m_ofToken.value(token); }

private:
    struct Member;
    struct News;

    void onCommitted(const CommitNotice &notice);
    void tellOwn(AgentId agent, const QString &type, qint64 version);
    void gatherSoon();
    void gather();
    void onGathered(const Result<PushChanges> &gathered, const QSet<ConversationId> &changed);
    void spread(const PushChanges &changes, const QSet<ConversationId> &changed);
    [[nodiscard]] std::vector<News> newsOf(const PushChanges &changes);
    void tell(const std::vector<News> &news);
    [[nodiscard]] bool keepsItsView(int id, const PushChanges &changes);
    void end(int id);
    void catchUp(int id, Seq since, bool tellsAll);
    /// Whether it wants that still.
    [[nodiscard]] bool isMeant(const PushWish &wish) const;
    void onStarted(const PushWish &wish, const PushSnapshot &snapshot);
    void checkAll();
    void check(int id);

    Workspace &m_workspace;
    std::map<int, std::shared_ptr<Member>> m_members;
    QHash<QString, qsizetype> m_ofToken; ///< how many listen by it
    int m_lastId = 0;
    PushStarts m_starts;
    Seq m_upTo = 0;                 ///< everything up to here was told
    QSet<ConversationId> m_changed; ///< to be told of: what one of them shows comes first
    bool m_isGathering = false;
    bool m_hasMore = false; ///< a commit came meanwhile
    bool m_isMuch = false;  ///< what came may take long to read
};

} // namespace Earshot
