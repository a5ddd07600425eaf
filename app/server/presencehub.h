// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/authenticator.h"
#include "server/serverlimits.h"

#include <QFuture>
#include <QJsonArray>
#include <QJsonObject>
#include <QTimer>

#include <functional>
#include <map>
#include <optional>

namespace Earshot {

/// Who looks at and who writes in which conversation. A client names the conversations that it shows; it hears of the
/// others who show one of them, of each transition once. Nothing of it is stored. Lives on the server's thread.
class PresenceHub final : public QObject
{
    Q_OBJECT

public:
    struct Member
    {
        AgentId agent;
        /// {"conversation": "12", "agents": [{"agent": "3", "isWriting": true}]}: the others there, from now on.
        std::function<void(const QJsonObject &)> changed;
    };
    /// How a client shows a conversation.
    struct Showing
    {
        bool isWriting = false;
        bool isListed = false; ///< as a row: it hears who is there, and nobody hears of it
    };
    using Shown = QHash<ConversationId, Showing>;

    PresenceHub(Workspace &workspace, const ServerLimits &limits, QObject *parent = nullptr);
    ~PresenceHub() override;

    [[nodiscard]] int add(Member member);
    void remove(int id);
    /// [{"id": "12", "isWriting": false, "isListed": false}], as clients say it. Nothing: it is something else, or of
    /// more than `most`.
    [[nodiscard]] static std::optional<Shown> shownFrom(const QJsonValue &list, qsizetype most);
    /// All that the client shows now; also a heartbeat. Conversations that its agent may not see are left out.
    /// @param then is called once, when that is known or does not count any more
    void show(int id, const Shown &shown, const std::function<void()> &then = {});
    /// The heartbeat of who shows the same as before.
    void beat(int id);
    /// As Member::changed tells it: of each conversation that the client shows and somebody else does.
    [[nodiscard]] QJsonArray othersOf(int id) const;
    /// Whether the client shows one of them, in whatever way.
    [[nodiscard]] bool isShowing(int id, const QSet<ConversationId> &conversations) const;
    /// Who may see what has changed: whoever shows what its agent may not see any more shows it no more.
    void checkAll();

private:
    struct Place
    {
        Showing showing;
        Time until;
    };
    struct Present
    {
        Member member;
        QHash<ConversationId, Place> places;
        Shown wished;                            ///< what it last said that it shows
        QHash<ConversationId, QJsonObject> told; ///< what it was last told of each of these
        int asked = 0;                           ///< how often it said what it shows
        bool isChecking = false;                 ///< grants have changed: it may see less than it shows
    };
    [[nodiscard]] QFuture<Result<Shown>> visible(AgentId agent, const Shown &shown);
    void look(int id, const Shown &shown, int asked, const std::function<void()> &then);
    void check(int id);
    void enter(int id, const Shown &shown);
    void expire();
    void tell(const QSet<ConversationId> &conversations);
    [[nodiscard]] QJsonObject othersIn(ConversationId conversation, AgentId besides) const;

    Workspace &m_workspace;
    const Duration m_lifetime;
    std::map<int, Present> m_present;
    int m_lastId = 0;
    int m_grants = 0; ///< how often they have changed
    QTimer m_expiry;
};

} // namespace Earshot
