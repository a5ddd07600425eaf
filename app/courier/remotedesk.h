// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/ownerclient.h"
#include "desk/desk.h"

namespace Earshot {

/// The desk beside a process that owns the workspace: reads the file itself, hands actions over. Personal state is the
/// owner's matter and not kept here. Lives on the thread that made it.
class RemoteDesk final : public Desk
{
    Q_OBJECT

public:
    RemoteDesk(Workspace &workspace, OwnerClient &owner, AgentId me, QObject *parent = nullptr)
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
        return m_owner.perform(m_me, actions);
    }
    void saveDraft(const DraftRecord &) override {}
    void dropDraft(ConversationId, DraftRecord::Mode) override {}
    void markSeen(ConversationId, MessageId) override {}
    void saveSetting(const QString &, const QString &) override {}
    [[nodiscard]] QFuture<Done> flushPersonal() override { return readyDone(); }

private:
    [[nodiscard]] static QFuture<Done> readyDone()
    {
        QPromise<Done> promise;
        promise.start();
        promise.addResult(Done());
        promise.finish();
        return promise.future();
    }

    Workspace &m_workspace;
    OwnerClient &m_owner;
    AgentId m_me;
};

} // namespace Earshot
