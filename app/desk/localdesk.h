// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/applying.h"

#include <QHash>
#include <QTimer>

namespace Earshot {

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
    /// For the owner's socket: another process acts for one of this workspace's agents.
    [[nodiscard]] QFuture<QList<Outcome>> performAs(AgentId agent, const QList<Action> &actions);

    void saveDraft(const DraftRecord &draft) override;
    void dropDraft(ConversationId conversation, DraftRecord::Mode mode) override;
    void markSeen(ConversationId conversation, MessageId newest) override;
    void saveSetting(const QString &name, const QString &value) override;
    [[nodiscard]] QFuture<Done> flushPersonal() override;

private:
    struct DraftKey
    {
        ConversationId conversation;
        DraftRecord::Mode mode;
        bool operator==(const DraftKey &) const = default;
        friend size_t qHash(const DraftKey &key, size_t seed)
        {
            return qHashMulti(seed, key.conversation.value, int(key.mode));
        }
    };
    /// What is typed and seen but not yet written.
    struct Personal
    {
        QHash<DraftKey, std::optional<DraftRecord>> drafts; ///< nothing = dropped
        QHash<ConversationId, MessageId> seen;
        QHash<QString, QString> settings;
        [[nodiscard]] bool isEmpty() const { return drafts.isEmpty() && seen.isEmpty() && settings.isEmpty(); }
    };
    static void store(Writing &writing, AgentId me, const Personal &personal);
    void keepAgain(const Personal &personal, const Error &error);

    Workspace &m_workspace;
    AgentId m_me;
    Personal m_personal;
    QTimer m_flush;
    bool m_isInTrouble = false;
};

/// One action on the writer thread: decided, carried out, journalled, its outcome stored. Used by LocalDesk and the
/// tests.
[[nodiscard]] Result<Outcome> performOne(Writing &writing, AgentId agent, Action action);

} // namespace Earshot
