// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/questions.h"
#include "model/viewmembers.h"

namespace Earshot {

// The members of what answers hold, for model/jsonmembers.h. Internal: questionjson.h is the way in.

template <class Visitor>
void visit(Visitor &member, AgentRecord &agent)
{
    member("id", agent.id);
    member("name", agent.name);
    member("role", agent.role);
    member("isOnDuty", agent.isOnDuty);
    member("isDisabled", agent.isDisabled);
    member.added("openLimit", agent.openLimit);
}

template <class Visitor>
void visit(Visitor &member, TeamRecord &team)
{
    member("id", team.id);
    member("name", team.name);
    member("members", team.members);
}

template <class Visitor>
void visit(Visitor &member, ViewRecord &view)
{
    member("id", view.id);
    member("uuid", view.uuid);
    member("content", view.content);
    member("position", view.position);
}

template <class Visitor>
void visit(Visitor &member, CountedView &counted)
{
    member("view", counted.view);
    member("count", counted.count);
}

template <class Visitor>
void visit(Visitor &member, NoticeRecord &notice)
{
    member("id", notice.id);
    member("pinned", notice.pinned);
    member("by", notice.by);
    member("byName", notice.byName);
    member("at", notice.at);
}

template <class Visitor>
void visit(Visitor &member, TagRecord &tag)
{
    member("id", tag.id);
    member("name", tag.name);
}

template <class Visitor>
void visit(Visitor &member, Capabilities &can)
{
    member("canReply", can.canReply);
    member("canReplyPrivately", can.canReplyPrivately);
    member("canLike", can.canLike);
    member("canBoost", can.canBoost);
    member("canHide", can.canHide);
    member("canHideBelowOwn", can.canHideBelowOwn);
    member("canDeleteOwn", can.canDeleteOwn);
    member("canAskBeforePublishing", can.canAskBeforePublishing);
    member("hasContentWarning", can.hasContentWarning);
    member("countRule", can.countRule);
    member("maxLength", can.maxLength);
    member("maxPrivateLength", can.maxPrivateLength);
    member("perUrl", can.perUrl);
    member("maxMedia", can.maxMedia);
    member("maxMediaBytes", can.maxMediaBytes);
    member("keyLifetime", can.keyLifetime);
    member("visibilityDelay", can.visibilityDelay);
}

template <class Visitor>
void visit(Visitor &member, RequestLimit &limit)
{
    member("left", limit.left);
    member("resetAt", limit.resetAt);
}

template <class Visitor>
void visit(Visitor &member, ChannelRecord &channel)
{
    member("id", channel.id);
    member("network", channel.network);
    member("address", channel.address);
    member("name", channel.name);
    member("baseUrl", channel.baseUrl);
    member("accountId", channel.accountId);
    member("accountHandle", channel.accountHandle);
    member("accountName", channel.accountName);
    member("login", channel.login);
    member("purpose", channel.purpose);
    member("team", channel.team);
    member("pullEverySeconds", channel.pullEverySeconds);
    member("horizon", channel.horizon);
    member("workSince", channel.workSince);
    member("removedAt", channel.removedAt);
    member("pausedBy", channel.pausedBy);
    member("pauseReason", channel.pauseReason);
    member("health", channel.health);
    member("healthDetail", channel.healthDetail);
    member("healthSince", channel.healthSince);
    member("healthUntil", channel.healthUntil);
    member("capabilities", channel.capabilities);
    member("lastPullAt", channel.lastPullAt);
    member("nextPullAt", channel.nextPullAt);
    member("limit", channel.limit);
    member.added("heardUntil", channel.pause.heardUntil);
    member.added("heardAgain", channel.pause.heardAgain);
    member.added("isBehind", channel.isBehind);
}

template <class Visitor>
void visit(Visitor &member, ConversationRecord &conversation)
{
    member("id", conversation.id);
    member("number", conversation.number);
    member("channel", conversation.channel);
    member("network", conversation.network);
    member("thread", conversation.thread);
    member("threadTitle", conversation.threadTitle);
    member("threadUrl", conversation.threadUrl);
    member("isThreadOurs", conversation.isThreadOurs);
    member("identity", conversation.identity);
    member("contact", conversation.contact);
    member("contactName", conversation.contactName);
    member("contactHandle", conversation.contactHandle);
    member("subject", conversation.subject);
    member("snippet", conversation.snippet);
    member("status", conversation.status);
    member("reason", conversation.reason);
    member("duplicateOf", conversation.duplicateOf);
    member("snoozedUntil", conversation.snoozedUntil);
    member("assignee", conversation.assignee);
    member("assigneeName", conversation.assigneeName);
    member("priority", conversation.priority);
    member("tags", conversation.tags);
    member("needsAnswer", conversation.needsAnswer);
    member("isImported", conversation.isImported);
    member("isPrivate", conversation.isPrivate);
    member("isUnseen", conversation.isUnseen);
    member("trouble", conversation.trouble);
    member("messageCount", conversation.messageCount);
    member("createdAt", conversation.createdAt);
    member("lastMessageAt", conversation.lastMessageAt);
    member("waitingSince", conversation.waitingSince);
    member.added("followers", conversation.followers);
    member("seq", conversation.seq);
    member("publicSeq", conversation.publicSeq);
}

template <class Visitor>
void visit(Visitor &member, MediaRecord &media)
{
    member("hash", media.hash);
    member("remoteUrl", media.remoteUrl);
    member("type", media.type);
    member("description", media.description);
    member("width", media.width);
    member("height", media.height);
    member("sentWidth", media.sentWidth);
    member("sentHeight", media.sentHeight);
}

template <class Visitor>
void visit(Visitor &member, DeliveryRecord &delivery)
{
    member("id", delivery.id);
    member("conversation", delivery.conversation);
    member("conversationNumber", delivery.conversationNumber);
    member("message", delivery.message);
    member("channel", delivery.channel);
    member("effect", delivery.effect);
    member("state", delivery.state);
    member("agent", delivery.agent);
    member("heldUntil", delivery.heldUntil);
    member("retryAt", delivery.retryAt);
    member("createdAt", delivery.createdAt);
    member("attempts", delivery.attempts);
    member("failure", delivery.failure);
    member("failureDetail", delivery.failureDetail);
    member("text", delivery.text);
    member("basedOn", delivery.basedOn);
}

template <class Visitor>
void visit(Visitor &member, MessageRecord &message)
{
    member("id", message.id);
    member("conversation", message.conversation);
    member("channel", message.channel);
    member("kind", message.kind);
    member("identity", message.identity);
    member("authorName", message.authorName);
    member("authorHandle", message.authorHandle);
    member("authorUrl", message.authorUrl);
    member("agent", message.agent);
    member("agentName", message.agentName);
    member("uri", message.uri);
    member("remoteId", message.remoteId);
    member("url", message.url);
    member("parentUri", message.parentUri);
    member("sortAt", message.sortAt);
    member("sentAt", message.sentAt);
    member("arrivedAt", message.arrivedAt);
    member("editedAt", message.editedAt);
    member("text", message.text);
    member("contentWarning", message.contentWarning);
    member("language", message.language);
    member("visibility", message.visibility);
    member("presence", message.presence);
    member("moderation", message.moderation);
    member("rating", message.rating);
    member("mentions", message.mentions);
    member("isLiked", message.isLiked);
    member("isBoosted", message.isBoosted);
    member("olderTexts", message.olderTexts);
    member("media", message.media);
    member("delivery", message.delivery);
    member("createdSeq", message.createdSeq);
}

template <class Visitor>
void visit(Visitor &member, JournalRecord &line)
{
    member("id", line.id);
    member("at", line.at);
    member("agent", line.agent);
    member("agentName", line.agentName);
    member("kind", line.kind);
    member("conversation", line.conversation);
    member("conversationNumber", line.conversationNumber);
    member("channel", line.channel);
    member("channelName", line.channelName);
    member("message", line.message);
    member("before", line.before);
    member("after", line.after);
    member("action", line.action);
}

/// Without what only the server needs: the hash of its secret.
template <class Visitor>
void visit(Visitor &member, TokenRecord &token)
{
    member("id", token.id);
    member("agent", token.agent);
    member("device", token.device);
    member("name", token.name);
    member("createdAt", token.createdAt);
    member("lastUsedAt", token.lastUsedAt);
    member.added("eraseAskedAt", token.eraseAskedAt);
    member.added("erasedAt", token.erasedAt);
}

template <class Visitor>
void visit(Visitor &member, AccessLine &line)
{
    member("at", line.at);
    member("kind", line.kind);
    member("agent", line.agent);
    member("name", line.name);
    member("address", line.address);
    member("token", line.token);
    member("detail", line.detail);
}

template <class Visitor>
void visit(Visitor &member, ListPlace &place)
{
    member("at", place.at);
    member("id", place.id);
}

template <class Visitor>
void visit(Visitor &member, ConversationPage &page)
{
    member("list", page.list);
    member("next", page.next);
}

template <class Visitor>
void visit(Visitor &member, StoryRecord &story)
{
    member("messages", story.messages);
    member("hasOlder", story.hasOlder);
    member("events", story.events);
    member("thread", story.thread);
}

template <class Visitor>
void visit(Visitor &member, FoundRecord &found)
{
    member("message", found.message);
    member("conversation", found.conversation);
    member("excerpt", found.excerpt);
    member("at", found.at);
}

template <class Visitor>
void visit(Visitor &member, FoundPage &page)
{
    member("list", page.list);
    member("next", page.next);
}

template <class Visitor>
void visit(Visitor &member, OverviewRecord &overview)
{
    member("channels", overview.channels);
    member("agents", overview.agents);
    member("open", overview.open);
    member("unassigned", overview.unassigned);
    member("waiting", overview.waiting);
    member("snoozed", overview.snoozed);
    member("resolved", overview.resolved);
    member("trouble", overview.trouble);
    member("origin", overview.origin);
    member("isCourierOff", overview.isCourierOff);
    member("bytes", overview.bytes);
    member("undoSeconds", overview.settings.undoSeconds);
    member("reopenDays", overview.settings.reopenDays);
}

template <class Visitor>
void visit(Visitor &member, ConversationRows &rows)
{
    member("list", rows.list);
    member("next", rows.next);
}

template <class Visitor>
void visit(Visitor &member, NumberedMessage &row)
{
    member("message", row.message);
    member("number", row.number);
}

template <class Visitor>
void visit(Visitor &member, MessageRows &rows)
{
    member("list", rows.list);
    member("next", rows.next);
}

} // namespace Earshot
