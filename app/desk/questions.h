// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/settings.h"
#include "workspace/accountstore.h"
#include "workspace/queries.h"

#include <variant>

namespace Earshot {

// What a command reads, as values: asked of a workspace opened here, or of a server over the wire. A question names the
// type of its Answer and the protocol's method that carries it. Answers are in pages where they may be long.

/// A piece of a list of conversations.
struct ConversationPage
{
    QList<ConversationRecord> list;
    std::optional<ListPlace> next; ///< where to go on; none = that was all
    bool operator==(const ConversationPage &) const = default;
};
/// A conversation's newest messages and its events, of one moment.
struct StoryRecord
{
    QList<MessageRecord> messages; ///< oldest first
    bool hasOlder = false;         ///< messages before these: Ask::Timeline
    QList<JournalRecord> events;
    QList<MessageRecord> thread; ///< the rest of the public thread, where asked for
    bool operator==(const StoryRecord &) const = default;
};
struct FoundRecord
{
    MessageRecord message;
    ConversationRecord conversation;
    QString excerpt; ///< one line; matches between U+E001 and U+E002
    Time at;
    bool operator==(const FoundRecord &) const = default;
};
struct FoundPage
{
    QList<FoundRecord> list;
    MessageId next; ///< go on before this one; none = that was all
    bool operator==(const FoundPage &) const = default;
};
/// What the workspace holds and whether it may send.
struct OverviewRecord
{
    qint64 channels = 0;
    qint64 agents = 0;
    qint64 open = 0;
    qint64 unassigned = 0;
    qint64 waiting = 0;
    qint64 snoozed = 0;
    qint64 resolved = 0;
    qint64 trouble = 0;
    QString origin = QStringLiteral("same"); ///< same, restored, copied, moved, handedOver, replica
    bool isCourierOff = false;
    std::optional<qint64> bytes; ///< of the file; told to admins
    WorkspaceSettings settings;
    bool operator==(const OverviewRecord &) const = default;
};
/// A view that somebody made.
struct CountedView
{
    ViewRecord view;
    std::optional<qint64> count; ///< conversations; none = not counted, as a saved search is not
    bool operator==(const CountedView &) const = default;
};
struct ConversationRows
{
    QList<ConversationRecord> list;
    ConversationId next; ///< go on after this one; none = that was all
    bool operator==(const ConversationRows &) const = default;
};
struct NumberedMessage
{
    MessageRecord message;
    qint64 number = 0; ///< its conversation's, 0 = none
    bool operator==(const NumberedMessage &) const = default;
};
struct MessageRows
{
    QList<NumberedMessage> list;
    MessageId next;
    bool operator==(const MessageRows &) const = default;
};

namespace Ask {

struct Conversations
{
    using Answer = ConversationPage;
    static constexpr const char *method = "Desk/conversations";
    View view = View::all;
    ChannelId channel;              ///< with View::channel
    TagId tag;                      ///< with View::tag
    std::optional<ListPlace> after; ///< none = from the top
    int limit = 50;
    ViewFilter filter; ///< with View::custom
    ListOrder order = ListOrder::newest;
    bool isGrouped = false;
};
struct Conversation
{
    using Answer = std::optional<ConversationRecord>;
    static constexpr const char *method = "Desk/conversation";
    qint64 number = 0;
};
/// Errors: notFound.
struct Story
{
    using Answer = StoryRecord;
    static constexpr const char *method = "Desk/story";
    ConversationId conversation;
    int limit = 500;
    bool withThread = false;
};
/// The newest messages before a place, oldest first. Errors: notFound.
struct Timeline
{
    using Answer = QList<MessageRecord>;
    static constexpr const char *method = "Desk/timeline";
    ConversationId conversation;
    Time beforeAt;
    MessageId before;
    int limit = 500;
};
struct Search
{
    using Answer = FoundPage;
    static constexpr const char *method = "Desk/search";
    QString text; ///< as parseSearch() takes it
    MessageId before;
    int limit = 50;
};
struct Message
{
    using Answer = std::optional<MessageRecord>;
    static constexpr const char *method = "Desk/message";
    MessageId id;
};
struct Delivery
{
    using Answer = std::optional<DeliveryRecord>;
    static constexpr const char *method = "Desk/delivery";
    DeliveryId id;
};
struct Outbox
{
    using Answer = QList<DeliveryRecord>;
    static constexpr const char *method = "Desk/outbox";
};
struct Journal
{
    using Answer = QList<JournalRecord>;
    static constexpr const char *method = "Desk/journal";
    qint64 before = 0; ///< line; 0 = from the newest
    int limit = 50;
};
struct Channels
{
    using Answer = QList<ChannelRecord>;
    static constexpr const char *method = "Desk/channels";
    bool withRemoved = false;
};
struct Agents
{
    using Answer = QList<AgentRecord>;
    static constexpr const char *method = "Desk/agents";
};
struct Tags
{
    using Answer = QList<TagRecord>;
    static constexpr const char *method = "Desk/tags";
};
struct Teams
{
    using Answer = QList<TeamRecord>;
    static constexpr const char *method = "Desk/teams";
};
/// The shared ones, then the agent's own.
struct Views
{
    using Answer = QList<CountedView>;
    static constexpr const char *method = "Desk/views";
};
/// What is pinned now.
struct Notices
{
    using Answer = QList<NoticeRecord>;
    static constexpr const char *method = "Desk/notices";
};
struct Overview
{
    using Answer = OverviewRecord;
    static constexpr const char *method = "Desk/overview";
};
/// All conversations by their id, for an export.
struct ConversationsById
{
    using Answer = ConversationRows;
    static constexpr const char *method = "Desk/conversationsById";
    ConversationId after;
    int limit = 500;
};
struct MessagesById
{
    using Answer = MessageRows;
    static constexpr const char *method = "Desk/messagesById";
    MessageId after;
    int limit = 500;
};
/// Errors: refused (others' are for admins only).
struct Tokens
{
    using Answer = QList<TokenRecord>;
    static constexpr const char *method = "Access/tokens";
    AgentId agent;
};
/// Errors: refused (admins only).
struct AccessLog
{
    using Answer = QList<AccessLine>;
    static constexpr const char *method = "Access/log";
    int limit = 50;
};

} // namespace Ask

using Question = std::variant<Ask::Conversations, Ask::Conversation, Ask::Story, Ask::Timeline, Ask::Search,
                              Ask::Message, Ask::Delivery, Ask::Outbox, Ask::Journal, Ask::Channels, Ask::Agents,
                              Ask::Tags, Ask::Teams, Ask::Overview, Ask::ConversationsById, Ask::MessagesById,
                              Ask::Tokens, Ask::AccessLog, Ask::Views, Ask::Notices>;

/// One of the types that questions name as their Answer.
using Answer = std::variant<ConversationPage, std::optional<ConversationRecord>, StoryRecord, QList<MessageRecord>,
                            FoundPage, std::optional<MessageRecord>, std::optional<DeliveryRecord>,
                            QList<DeliveryRecord>, QList<JournalRecord>, QList<ChannelRecord>, QList<AgentRecord>,
                            QList<TagRecord>, QList<TeamRecord>, OverviewRecord, ConversationRows, MessageRows,
                            QList<TokenRecord>, QList<AccessLine>, QList<CountedView>, QList<NoticeRecord>>;

} // namespace Earshot
