// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/conversationreading.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int namedOthers = 20;
constexpr int mostOthers = 1000;
constexpr int mostEvents = 500;
constexpr int mostContext = 200;   ///< of the public thread around
constexpr int mostToUnseen = 5000; ///< messages, to come to the first one that was not seen

/// The list, or none with the failure noted: a sequence of readings is checked once, at its end.
template <class T>
T valueOr(Result<T> result, std::optional<Error> &failure)
{
    if (result)
        return std::move(*result);
    if (!failure)
        failure = result.error();
    return T();
}

/// Whether what is older than these may be unseen, too.
bool isUnseenBefore(const TimelineContent &timeline)
{
    const auto oldest = std::find_if(timeline.messages.cbegin(), timeline.messages.cend(),
                                     [](const auto &message) { return message.kind == MessageKind::inbound; });
    return timeline.hasOlder && timeline.seen.isValid() &&
           (oldest == timeline.messages.cend() || oldest->id > timeline.seen);
}

void readOthers(Database &database, AgentId me, Time now, ConversationReading &reading, std::optional<Error> &failure)
{
    const ConversationRecord &shown = reading.conversation;
    const auto idsOf = [&](const QList<Status> &statuses) {
        return valueOr(conversationsOfContact(database, shown.contact, shown.id, mostOthers + 1, now, statuses),
                       failure);
    };
    QList<ConversationId> ids = idsOf({Status::open, Status::pending, Status::snoozed});
    reading.hasMoreOthers = ids.size() > mostOthers;
    ids.resize(std::min<qsizetype>(ids.size(), mostOthers));
    reading.others = valueOr(loadConversations(database, ids.mid(0, namedOthers), me, now), failure);
    reading.furtherOthers = ids.mid(namedOthers);
    reading.hasOnlyOpenOthers = std::all_of(reading.others.cbegin(), reading.others.cend(),
                                            [](const auto &other) { return other.status == Status::open; }) &&
                                (reading.furtherOthers.isEmpty() || idsOf({Status::open}) == ids);
}

Result<ConversationReading> read(Database &database, AgentId me, ConversationId id, int limit, Time now)
{
    std::optional<Error> failure;
    ConversationReading reading;
    const QList<ConversationRecord> found = valueOr(loadConversations(database, {id}, me, now), failure);
    if (failure)
        return tl::unexpected(*failure);
    if (found.isEmpty())
        return fail(ErrorKind::notFound);
    reading.conversation = found.constFirst();
    const QList<ChannelRecord> channels = valueOr(loadChannels(database, true), failure);
    for (const ChannelRecord &channel : channels) {
        if (channel.id == reading.conversation.channel)
            reading.channel = channel;
    }
    reading.agents = valueOr(loadAgents(database), failure);
    TimelineContent &timeline = reading.timeline;
    timeline.seen = valueOr(loadSeenMessage(database, me, id), failure);
    do {
        // One more than shown tells whether there are older ones.
        timeline.messages = valueOr(loadMessages(database, {id, {}, limit + 1}), failure);
        timeline.hasOlder = timeline.messages.size() > limit;
        if (timeline.hasOlder)
            timeline.messages.removeFirst();
        limit *= 3;
    } while (reading.conversation.isUnseen && isUnseenBefore(timeline) && limit <= mostToUnseen && !failure);
    timeline.events = valueOr(loadEvents(database, id, mostEvents + 1), failure);
    timeline.hasOlderEvents = timeline.events.size() > mostEvents;
    if (timeline.hasOlderEvents)
        timeline.events.removeFirst();
    timeline.context = valueOr(loadThreadContext(database, id, mostContext), failure);
    // Counting reads the whole thread: only where there is more than what is shown.
    if (timeline.context.size() >= mostContext)
        timeline.threadSize = valueOr(loadThreadSize(database, id), failure).messages;
    timeline.effects = valueOr(loadEffects(database, reading.conversation.channel), failure);
    for (const AgentRecord &agent : std::as_const(reading.agents))
        timeline.agentNames.insert(agent.id.value, agent.name);
    const ChannelRecord &channel = reading.channel;
    timeline.channelIdentity = channel.accountHandle.isEmpty() ? channel.name : channel.accountHandle;
    if (const ConversationId original = reading.conversation.duplicateOf; original.isValid()) {
        const auto repeated = valueOr(loadConversations(database, {original}, me, now), failure);
        if (!repeated.isEmpty())
            reading.original = repeated.constFirst();
    }
    readOthers(database, me, now, reading, failure);
    const auto newest = std::find_if(timeline.messages.crbegin(), timeline.messages.crend(),
                                     [](const auto &message) { return message.kind == MessageKind::inbound; });
    if (newest != timeline.messages.crend())
        reading.twins = valueOr(loadTwins(database, newest->id), failure);
    const QList<NoteToMe> notes = valueOr(loadNotesToMe(database, me, {id}), failure);
    if (!notes.isEmpty())
        reading.note = notes.constFirst();
    reading.drafts = valueOr(loadDrafts(database, me, id), failure);
    QList<MessageId> answered;
    for (const DraftRecord &draft : std::as_const(reading.drafts)) {
        if (draft.target.isValid())
            answered.append(draft.target);
    }
    if (!answered.isEmpty())
        reading.answered = valueOr(loadMessagesById(database, answered), failure);
    if (failure)
        return tl::unexpected(*failure);
    return reading;
}

} // namespace

QFuture<Result<ConversationReading>> readConversation(Workspace &workspace, AgentId me, ConversationId id, int limit)
{
    const Time now = workspace.clock().now();
    return workspace.read<ConversationReading>(
        [me, id, limit, now](Database &database) { return read(database, me, id, limit, now); });
}

} // namespace Earshot
