// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/ownerclient.h"
#include "desk/personalstate.h"

namespace Earshot {

/// The desk of a session that did not own the workspace when it began: reads the file itself, hands actions and
/// personal state to the process that does, or refuses them where it is for reading only (notPossible, "readOnly").
/// Once this process has become the owner, a desk of its own does it. Lives on the thread that made it.
class RemoteDesk final : public Desk
{
    Q_OBJECT

public:
    /// @param owner null = for reading only
    RemoteDesk(Workspace &workspace, OwnerClient *owner, AgentId me, QObject *parent = nullptr);
    ~RemoteDesk() override;

    /// From now on `desk` does everything; it outlives this one's last call.
    void takeOver(LocalDesk &desk);

    [[nodiscard]] Workspace &workspace() override { return m_workspace; }
    [[nodiscard]] AgentId me() const override { return m_me; }
    [[nodiscard]] QFuture<QList<Outcome>> perform(QList<Action> actions) override { return performAs(m_me, actions); }
    [[nodiscard]] QFuture<QList<Outcome>> performAs(AgentId agent, const QList<Action> &actions) override;
    void saveDraft(const DraftRecord &draft) override { m_personal.saveDraft(draft); }
    void dropDraft(ConversationId conversation, DraftRecord::Mode mode) override
    {
        m_personal.dropDraft(conversation, mode);
    }
    void markSeen(ConversationId conversation, MessageId newest) override { m_personal.markSeen(conversation, newest); }
    void saveSetting(const QString &name, const QString &value) override { m_personal.saveSetting(name, value); }
    [[nodiscard]] QFuture<Done> flushPersonal() override { return m_personal.flush(); }

private:
    [[nodiscard]] QFuture<Done> writePersonal(const PersonalState &state);

    Workspace &m_workspace;
    OwnerClient *m_owner;
    LocalDesk *m_local = nullptr;
    AgentId m_me;
    PersonalKeeper m_personal;
};

} // namespace Earshot
