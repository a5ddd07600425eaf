// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"
#include "workspace/workspace.h"

#include <QAbstractListModel>
#include <QFuture>

namespace Earshot {

/// A public thread as one reading of the workspace gave it.
struct ThreadReading
{
    ThreadId thread;
    QString title;
    QList<MessageRecord> messages; ///< oldest first; everybody's, without notes and what is private
    QHash<ConversationId, ConversationRecord> conversations;
    qint64 leftOut = 0; ///< how many there are between the first and the others
};

constexpr int mostThreadMessages = 500;
/// The thread around a conversation: its first message, the newest `most` of the conversation and as many of all
/// others. Errors: notFound, those of reading.
[[nodiscard]] QFuture<Result<ThreadReading>> readThread(Workspace &workspace, AgentId me, ConversationId around,
                                                        int most = mostThreadMessages);

/// The messages of one public thread in their order, each with its conversation's state and owner. Reads nothing
/// itself. Lives on the GUI thread.
class ThreadModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    explicit ThreadModel(const Clock &clock, QObject *parent = nullptr);

    /// What stays, stays; the rest goes and comes.
    void take(const ThreadReading &reading);
    [[nodiscard]] ThreadId thread() const { return m_thread; }
    [[nodiscard]] const MessageRecord *message(int row) const;
    /// The conversation of a row; null for what belongs to nobody's work.
    [[nodiscard]] const ConversationRecord *conversation(int row) const;
    [[nodiscard]] int rowOf(MessageId id) const;
    [[nodiscard]] bool holds(ConversationId id) const { return m_conversations.contains(id); }
    /// "#4411 · open · Kim"
    [[nodiscard]] QString stateText(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void arrange(const QList<MessageRecord> &now);
    void exchange(int at, int removed, const QList<MessageRecord> &added);

    const Clock &m_clock;
    ThreadId m_thread;
    QList<MessageRecord> m_messages;
    QHash<ConversationId, ConversationRecord> m_conversations;
};

} // namespace Earshot
