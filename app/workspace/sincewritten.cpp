// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/sincewritten.h"

#include "workspace/facts.h"
#include "workspace/writtenreply.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostRead = 50;
constexpr qsizetype mostOlder = 3;

Done loadSince(Database &database, const Action &action, MessageId own, SinceWritten &since)
{
    auto messages = loadMessages(database, {since.conversation, std::nullopt, mostRead});
    if (!messages)
        return tl::unexpected(messages.error());
    const bool isFull = messages->size() == mostRead;
    // What was done here and is not there yet is no news.
    messages->removeIf([own](const MessageRecord &one) { return one.id == own || isForecast(one.id); });
    const auto isNewer = [basedOn = action.basedOn](const MessageRecord &one) {
        return basedOn > 0 && one.createdSeq > basedOn;
    };
    const auto newer = std::count_if(messages->cbegin(), messages->cend(), isNewer);
    since.isSince = newer > 0;
    since.isCut = isFull && newer == messages->size();
    if (since.isSince)
        messages->removeIf([&](const MessageRecord &one) { return !isNewer(one); });
    else
        *messages = messages->last(std::min(mostOlder, messages->size()));
    since.messages = *messages;
    return {};
}

} // namespace

Result<SinceWritten> loadSinceWritten(Database &database, const Action &action)
{
    const Facts facts = loadFacts(database, action, {});
    SinceWritten since;
    if (facts.conversation)
        since.conversation = facts.conversation->id;
    else if (facts.message)
        since.conversation = facts.message->conversation;
    if (const auto &conversation = facts.conversation) {
        since.seq = std::max(conversation->seq, conversation->twinAnsweredSeq);
        since.publicSeq = std::max(conversation->publicSeq, conversation->twinAnsweredSeq);
    }
    const bool isEdit = std::holds_alternative<Act::EditNote>(action.arguments);
    if (isEdit && facts.message)
        since.present = facts.message->text;
    if (facts.savedReply)
        since.present = facts.savedReply->text;
    if (facts.delivery && facts.delivery->effect == Effect::reply) {
        const auto written = loadWrittenReply(database, facts.delivery->id);
        since.words = written ? written->message.text : QString();
    }
    if (since.conversation.isValid() && !isEdit) {
        const MessageId own = facts.delivery ? facts.delivery->message : MessageId();
        if (Done done = loadSince(database, action, own, since); !done)
            return tl::unexpected(done.error());
    }
    return database.result(since);
}

} // namespace Earshot
