// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/threadmodel.h"

#include "ui/conversation/sentences.h"
#include "ui/shell/wording.h"

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

/// @param most of the conversation's own, and of others'
Result<ThreadReading> readMessages(Database &database, ConversationId around, int most)
{
    const auto others = loadThreadContext(database, around, most);
    if (!others)
        return tl::unexpected(others.error());
    const auto mine = loadMessages(database, {around, {}, most});
    if (!mine)
        return tl::unexpected(mine.error());
    const auto size = loadThreadSize(database, around);
    if (!size)
        return tl::unexpected(size.error());
    ThreadReading reading;
    reading.messages = *others;
    std::copy_if(mine->cbegin(), mine->cend(), std::back_inserter(reading.messages), [](const MessageRecord &message) {
        return message.kind != MessageKind::note && message.visibility != Visibility::direct;
    });
    const bool hasFirst =
        std::any_of(reading.messages.cbegin(), reading.messages.cend(),
                    [first = size->first](const MessageRecord &message) { return message.id == first; });
    if (!hasFirst && size->first.isValid()) {
        const auto first = loadMessagesById(database, {size->first});
        if (!first)
            return tl::unexpected(first.error());
        reading.messages += *first;
    }
    std::sort(reading.messages.begin(), reading.messages.end(),
              [](const MessageRecord &one, const MessageRecord &other) {
                  return std::pair(one.sortAt, one.id) < std::pair(other.sortAt, other.id);
              });
    reading.leftOut = std::max<qint64>(0, size->messages - reading.messages.size());
    return reading;
}

Result<ThreadReading> read(Database &database, AgentId me, ConversationId around, Time now, int most)
{
    const auto own = loadConversations(database, {around}, me, now);
    if (!own)
        return tl::unexpected(own.error());
    if (own->isEmpty())
        return fail(ErrorKind::notFound);
    auto messages = readMessages(database, around, most);
    if (!messages)
        return messages;
    ThreadReading &reading = *messages;
    reading.thread = own->constFirst().thread;
    reading.title = own->constFirst().threadTitle;
    QSet<ConversationId> ids{around};
    for (const MessageRecord &message : std::as_const(reading.messages)) {
        if (message.conversation.isValid())
            ids.insert(message.conversation);
    }
    const auto conversations = loadConversations(database, ids.values(), me, now);
    if (!conversations)
        return tl::unexpected(conversations.error());
    for (const ConversationRecord &conversation : *conversations)
        reading.conversations.insert(conversation.id, conversation);
    return messages;
}

} // namespace

QFuture<Result<ThreadReading>> readThread(Workspace &workspace, AgentId me, ConversationId around, int most)
{
    const Time now = workspace.clock().now();
    return workspace.read<ThreadReading>(
        [me, around, now, most](Database &database) { return read(database, me, around, now, most); });
}

ThreadModel::ThreadModel(const Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_clock(clock)
{
}

void ThreadModel::take(const ThreadReading &reading)
{
    m_thread = reading.thread;
    const auto before = std::exchange(m_conversations, reading.conversations);
    arrange(reading.messages);
    const auto workOf = [](const auto &conversations, ConversationId id) {
        const auto found = conversations.constFind(id);
        return found == conversations.constEnd() ? nullptr : &*found;
    };
    int first = rowCount();
    int last = -1;
    for (int row = 0; row < rowCount(); ++row) {
        const ConversationRecord *was = workOf(before, m_messages.at(row).conversation);
        const ConversationRecord *is = workOf(m_conversations, reading.messages.at(row).conversation);
        const bool isSameWork = was && is ? *was == *is : was == is;
        if (isSameWork && m_messages.at(row) == reading.messages.at(row))
            continue;
        first = std::min(first, row);
        last = row;
    }
    m_messages = reading.messages;
    if (last >= 0)
        Q_EMIT dataChanged(index(first), index(last));
}

/// Afterwards the rows are of these messages, in this order; what stays may have another text yet.
void ThreadModel::arrange(const QList<MessageRecord> &now)
{
    QSet<MessageId> old;
    QSet<MessageId> kept;
    for (const MessageRecord &message : std::as_const(m_messages))
        old.insert(message.id);
    for (const MessageRecord &message : now)
        kept.insert(message.id);
    for (int end = rowCount(); end > 0; --end) {
        int first = end;
        while (first > 0 && !kept.contains(m_messages.at(first - 1).id))
            --first;
        exchange(first, end - first, {});
        end = std::max(first, 1);
    }
    for (int row = 0; row < now.size(); ++row) {
        if (row < rowCount() && m_messages.at(row).id == now.at(row).id)
            continue;
        int end = row;
        while (end < now.size() && !old.contains(now.at(end).id))
            ++end;
        // Those that stay have another order: hardly ever.
        if (end == row)
            return exchange(row, rowCount() - row, now.sliced(row));
        exchange(row, 0, now.sliced(row, end - row));
        row = end - 1;
    }
}

void ThreadModel::exchange(int at, int removed, const QList<MessageRecord> &added)
{
    if (removed > 0) {
        beginRemoveRows({}, at, at + removed - 1);
        m_messages.remove(at, removed);
        endRemoveRows();
    }
    if (!added.isEmpty()) {
        beginInsertRows({}, at, at + int(added.size()) - 1);
        m_messages = m_messages.first(at) + added + m_messages.sliced(at);
        endInsertRows();
    }
}

const MessageRecord *ThreadModel::message(int row) const
{
    return row >= 0 && row < m_messages.size() ? &m_messages.at(row) : nullptr;
}

const ConversationRecord *ThreadModel::conversation(int row) const
{
    const MessageRecord *known = message(row);
    const auto found = known ? m_conversations.constFind(known->conversation) : m_conversations.constEnd();
    return found == m_conversations.constEnd() ? nullptr : &*found;
}

int ThreadModel::rowOf(MessageId id) const
{
    const auto found = std::find_if(m_messages.cbegin(), m_messages.cend(),
                                    [id](const MessageRecord &message) { return message.id == id; });
    return found == m_messages.cend() ? -1 : int(found - m_messages.cbegin());
}

QString ThreadModel::stateText(int row) const
{
    const ConversationRecord *work = conversation(row);
    if (!work)
        return tr("not in the inbox");
    QStringList parts{QStringLiteral("#%1").arg(work->number), Sentences::status(*work, m_clock.now())};
    if (work->assignee.isValid())
        parts.append(Wording::isolated(work->assigneeName));
    return parts.join(QStringLiteral(" · "));
}

int ThreadModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_messages.size());
}

QVariant ThreadModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const MessageRecord &message = m_messages.at(index.row());
    if (role == Qt::DisplayRole)
        return message.text;
    if (role == Qt::AccessibleTextRole)
        return QString(Sentences::spoken(message, m_clock.now()) + QStringLiteral(". ") + stateText(index.row()));
    return {};
}

} // namespace Earshot
