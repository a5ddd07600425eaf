// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/decide.h"
#include "workspace/workspace.h"

#include <QFuture>
#include <QObject>

namespace Earshot {

/// The interface through which anything is done to a workspace: on a file opened here (LocalDesk), later on a shared
/// one (ReplicaDesk), or through the process that owns the file (RemoteDesk). Screens and commands do not know which.
/// Lives on the thread that made it; all members may be called from there only; futures end on any thread.
class Desk : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// For reading only.
    [[nodiscard]] virtual Workspace &workspace() = 0;
    /// The acting agent.
    [[nodiscard]] virtual AgentId me() const = 0;
    /// Does them in order; each is decided for itself and answered after it is durable. An action whose `id` was
    /// applied before gets its stored outcome.
    [[nodiscard]] virtual QFuture<QList<Outcome>> perform(QList<Action> actions) = 0;
    /// The same in another agent's name: for who speaks for many.
    [[nodiscard]] virtual QFuture<QList<Outcome>> performAs(AgentId agent, const QList<Action> &actions) = 0;

    // Personal state: coalesced to one write in 2 s; flushPersonal() writes what waits.
    virtual void saveDraft(const DraftRecord &draft) = 0;
    virtual void dropDraft(ConversationId conversation, DraftRecord::Mode mode) = 0;
    virtual void markSeen(ConversationId conversation, MessageId newest) = 0;
    virtual void saveSetting(const QString &name, const QString &value) = 0;
    [[nodiscard]] virtual QFuture<Done> flushPersonal() = 0;

Q_SIGNALS:
    /// After each durable commit.
    void changed(const Earshot::CommitNotice &notice);
    /// Personal state could not be kept: told once per trouble; what is typed stays in memory and is tried again.
    void personalStateFailed(const Earshot::Error &error);
};

} // namespace Earshot
