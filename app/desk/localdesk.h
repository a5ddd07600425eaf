// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "desk/personalstate.h"
#include "desk/viewcounter.h"
#include "workspace/applying.h"

namespace Earshot {

/// An action as it came, and why it is refused whatever the rules say: it makes no sense, or what it builds on was not
/// made. Its number counts all the same, so that those after it have theirs.
struct Asked
{
    Action action; ///< when refused, only `id`, `device` and `number` are read
    std::optional<Refusal> refusal;
};

/// The desk that holds the record: permission, rule, transaction, journal, notification, on a workspace that this
/// process owns. The workspace outlives it.
class LocalDesk final : public Desk
{
    Q_OBJECT

public:
    /// @param me who acts through perform()
    LocalDesk(Workspace &workspace, AgentId me, QObject *parent = nullptr);
    ~LocalDesk() override;

    [[nodiscard]] Workspace &workspace() override { return m_workspace; }
    [[nodiscard]] AgentId me() const override { return m_me; }
    [[nodiscard]] QFuture<QList<Outcome>> perform(QList<Action> actions) override;
    [[nodiscard]] QFuture<QList<Outcome>> performWritten(const QList<Action> &actions,
                                                         const DraftRecord &draft) override;
    /// For the owner's socket and the server: another process acts for one of this workspace's agents.
    [[nodiscard]] QFuture<QList<Outcome>> performAs(AgentId agent, const QList<Action> &actions) override;
    /// The same where some of them cannot be decided. @param draft what the first of them was
    [[nodiscard]] QFuture<QList<Outcome>> performAll(AgentId agent, const QList<Asked> &actions,
                                                     const std::optional<DraftRecord> &draft = {});
    /// The same for what such a process keeps of its agent. Written at once.
    [[nodiscard]] QFuture<Done> savePersonalAs(AgentId agent, const PersonalState &state);

    void saveDraft(const DraftRecord &draft) override { m_personal.saveDraft(draft); }
    void dropDraft(ConversationId conversation, DraftRecord::Mode mode) override
    {
        m_personal.dropDraft(conversation, mode);
    }
    void markSeen(ConversationId conversation, MessageId newest) override { m_personal.markSeen(conversation, newest); }
    void saveSetting(const QString &name, const QString &value) override { m_personal.saveSetting(name, value); }
    void saveView(const ViewRecord &view) override { m_personal.saveView(view); }
    void dropView(const QString &uuid) override { m_personal.dropView(uuid); }
    [[nodiscard]] QFuture<Done> flushPersonal() override { return m_personal.flush(); }

private:
    Workspace &m_workspace;
    AgentId m_me;
    PersonalKeeper m_personal;
    ViewCounter m_viewCounter;
};

/// One action on the writer thread: decided, carried out, journalled, its outcome stored. Used by LocalDesk and the
/// tests.
[[nodiscard]] Result<Outcome> performOne(Writing &writing, AgentId agent, const Asked &asked);

} // namespace Earshot
