// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/ownerclient.h"
#include "desk/desk.h"
#include "model/future.h"

namespace Earshot {

/// The desk of a session that does not own the workspace: reads the file itself, hands actions to the process that
/// does, or refuses them where it is for reading only (notPossible, "readOnly"). Personal state is the owner's matter
/// and not kept here. Lives on the thread that made it.
class RemoteDesk final : public Desk
{
    Q_OBJECT

public:
    /// @param owner null = for reading only
    RemoteDesk(Workspace &workspace, OwnerClient *owner, AgentId me, QObject *parent = nullptr)
        : Desk(parent)
        , m_workspace(workspace)
        , m_owner(owner)
        , m_me(me)
    {
    }
    [[nodiscard]] Workspace &workspace() override { return m_workspace; }
    [[nodiscard]] AgentId me() const override { return m_me; }
    [[nodiscard]] QFuture<QList<Outcome>> perform(QList<Action> actions) override
    {
        if (m_owner)
            return m_owner->perform(m_me, actions);
        Outcome refused;
        refused.kind = Outcome::Kind::refused;
        refused.refusal.kind = RefusalKind::notPossible;
        refused.refusal.detail = word(ErrorKind::readOnly);
        return readyFuture(QList<Outcome>(actions.size(), refused));
    }
    void saveDraft(const DraftRecord &) override {}
    void dropDraft(ConversationId, DraftRecord::Mode) override {}
    void markSeen(ConversationId, MessageId) override {}
    void saveSetting(const QString &, const QString &) override {}
    [[nodiscard]] QFuture<Done> flushPersonal() override { return readyFuture(Done()); }

private:
    Workspace &m_workspace;
    OwnerClient *m_owner;
    AgentId m_me;
};

} // namespace Earshot
