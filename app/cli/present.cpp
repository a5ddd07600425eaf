// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/present.h"

#include <QJsonArray>

namespace Earshot {

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

QJsonValue sizeJson(int pixels)
{
    return pixels > 0 ? QJsonValue(pixels) : QJsonValue();
}

QJsonArray mediaJson(const QList<MediaRecord> &all)
{
    QJsonArray array;
    for (const MediaRecord &media : all) {
        array.append(QJsonObject{{key("url"), textJson(media.remoteUrl)},
                                 {key("type"), media.type},
                                 {key("description"), media.description},
                                 {key("width"), media.width},
                                 {key("height"), media.height},
                                 {key("sentWidth"), sizeJson(media.sentWidth)},
                                 {key("sentHeight"), sizeJson(media.sentHeight)},
                                 {key("hash"), textJson(media.hash)}});
    }
    return array;
}

QJsonValue remoteStateJson(const MessageRecord &message)
{
    if (message.kind == MessageKind::note)
        return {};
    return QJsonObject{{key("edited"), isKnown(message.editedAt)},
                       {key("presence"), word(message.presence)},
                       {key("moderation"), word(message.moderation)}};
}

QJsonValue ratingJson(const std::optional<int> &rating)
{
    return rating ? QJsonValue(*rating / 10.0) : QJsonValue();
}

} // namespace

QJsonValue idJson(qint64 id)
{
    return id != 0 ? QJsonValue(id) : QJsonValue();
}

QJsonValue timeJson(Time time)
{
    return isKnown(time) ? QJsonValue(toIso(time)) : QJsonValue();
}

QJsonValue textJson(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QString authorOf(const MessageRecord &message)
{
    if (!message.agentName.isEmpty())
        return message.agentName;
    return message.authorName.isEmpty() ? message.authorHandle : message.authorName;
}

QJsonObject conversationJson(const ConversationRecord &conversation, const ChannelsById &channels)
{
    QJsonObject json{
        {key("id"), conversation.number},
        {key("number"), conversation.number},
        {key("channel"), conversation.channel.value},
        {key("channelName"), channels.value(conversation.channel).name},
        {key("network"), word(conversation.network)},
        {key("contact"), conversation.contactName},
        {key("contactHandle"), conversation.contactHandle},
        {key("contactId"), idJson(conversation.contact.value)},
        {key("subject"), conversation.subject},
        {key("status"), word(conversation.status)},
        {key("reason"), conversation.reason == Reason::none ? QJsonValue() : QJsonValue(word(conversation.reason))},
        {key("snoozedUntil"), timeJson(conversation.snoozedUntil)},
        {key("assignee"), textJson(conversation.assigneeName)},
        {key("priority"), word(conversation.priority)},
        {key("tags"), QJsonArray::fromStringList(conversation.tags)},
        {key("createdAt"), timeJson(conversation.createdAt)},
        {key("lastMessageAt"), timeJson(conversation.lastMessageAt)},
        {key("waitingSince"), timeJson(conversation.waitingSince)},
        {key("snippet"), conversation.snippet},
        {key("messageCount"), conversation.messageCount},
    };
    json.insert(key("needsAnswer"), conversation.needsAnswer);
    json.insert(key("isUnseen"), conversation.isUnseen);
    json.insert(key("isPrivate"), conversation.isPrivate);
    json.insert(key("isImported"), conversation.isImported);
    json.insert(key("trouble"), conversation.trouble);
    json.insert(key("threadTitle"), textJson(conversation.threadTitle));
    json.insert(key("threadUrl"), textJson(conversation.threadUrl));
    json.insert(key("seq"), conversation.seq);
    return json;
}

QJsonObject messageJson(const MessageRecord &message)
{
    const DeliveryRecord delivery = message.delivery.value_or(DeliveryRecord());
    const bool hasDelivery = delivery.state != DeliveryState::none;
    QJsonObject json{
        {key("id"), message.id.value},
        {key("kind"), word(message.kind)},
        {key("author"), authorOf(message)},
        {key("authorHandle"), textJson(message.authorHandle)},
        {key("authorUrl"), textJson(message.authorUrl)},
        {key("agent"), textJson(message.agentName)},
        {key("text"), message.text},
        {key("contentWarning"), textJson(message.contentWarning)},
        {key("language"), textJson(message.language)},
        {key("remoteId"), textJson(message.remoteId)},
        {key("uri"), textJson(message.uri)},
        {key("url"), textJson(message.url)},
        {key("parentUri"), textJson(message.parentUri)},
        {key("sentAt"), timeJson(message.sentAt)},
        {key("arrivedAt"), timeJson(message.arrivedAt)},
        {key("editedAt"), timeJson(message.editedAt)},
        {key("remoteState"), remoteStateJson(message)},
        {key("delivery"), hasDelivery ? QJsonValue(word(delivery.state)) : QJsonValue()},
        {key("deliveryId"), idJson(delivery.id.value)},
        {key("failure"), textJson(delivery.failure)},
        {key("failureDetail"), textJson(delivery.failureDetail)},
    };
    json.insert(key("visibility"), word(message.visibility));
    json.insert(key("rating"), ratingJson(message.rating));
    json.insert(key("isLiked"), message.isLiked);
    json.insert(key("isBoosted"), message.isBoosted);
    json.insert(key("olderTexts"), QJsonArray::fromStringList(message.olderTexts));
    json.insert(key("media"), mediaJson(message.media));
    return json;
}

QJsonObject deliveryJson(const DeliveryRecord &delivery)
{
    return {{key("id"), delivery.id.value},
            {key("conversation"), idJson(delivery.conversationNumber)},
            {key("message"), idJson(delivery.message.value)},
            {key("channel"), delivery.channel.value},
            {key("effect"), word(delivery.effect)},
            {key("state"), word(delivery.state)},
            {key("text"), delivery.text},
            {key("failure"), textJson(delivery.failure)},
            {key("failureDetail"), textJson(delivery.failureDetail)},
            {key("attempts"), delivery.attempts},
            {key("createdAt"), timeJson(delivery.createdAt)},
            {key("heldUntil"), timeJson(delivery.heldUntil)},
            {key("retryAt"), timeJson(delivery.retryAt)}};
}

QJsonObject journalJson(const JournalRecord &line)
{
    return {{key("id"), line.id},
            {key("at"), timeJson(line.at)},
            {key("agent"), textJson(line.agentName)},
            {key("kind"), line.kind},
            {key("conversation"), idJson(line.conversationNumber)},
            {key("channel"), idJson(line.channel.value)},
            {key("message"), idJson(line.message.value)},
            {key("before"), textJson(line.before)},
            {key("after"), textJson(line.after)},
            {key("action"), textJson(line.action)}};
}

QJsonObject capabilitiesJson(const Capabilities &can)
{
    return {{key("canReply"), can.canReply},
            {key("canReplyPrivately"), can.canReplyPrivately},
            {key("canLike"), can.canLike},
            {key("canBoost"), can.canBoost},
            {key("canHide"), can.canHide},
            {key("canHideBelowOwn"), can.canHideBelowOwn},
            {key("canDeleteOwn"), can.canDeleteOwn},
            {key("hasContentWarning"), can.hasContentWarning},
            {key("maxLength"), can.maxLength > 0 ? QJsonValue(can.maxLength) : QJsonValue()},
            {key("maxPrivateLength"), can.maxPrivateLength > 0 ? QJsonValue(can.maxPrivateLength) : QJsonValue()},
            {key("maxMedia"), can.maxMedia}};
}

QJsonObject channelJson(const ChannelRecord &channel)
{
    return {{key("id"), channel.id.value},
            {key("network"), word(channel.network)},
            {key("address"), channel.address},
            {key("name"), channel.name},
            {key("account"), textJson(channel.accountHandle)},
            {key("purpose"), word(channel.purpose)},
            {key("teamId"), idJson(channel.team.value)},
            {key("health"), word(channel.health)},
            {key("healthDetail"), textJson(channel.healthDetail)},
            {key("healthUntil"), timeJson(channel.healthUntil)},
            {key("isPaused"), channel.isPaused()},
            {key("pauseReason"), textJson(channel.pauseReason)},
            {key("horizon"), timeJson(channel.horizon)},
            {key("workSince"), timeJson(channel.workSince)},
            {key("pullEverySeconds"), channel.pullEverySeconds},
            {key("lastPullAt"), timeJson(channel.lastPullAt)},
            {key("nextPullAt"), timeJson(channel.nextPullAt)},
            {key("capabilities"), capabilitiesJson(channel.capabilities)}};
}

QJsonObject agentJson(const AgentRecord &agent)
{
    return {{key("id"), agent.id.value},
            {key("name"), agent.name},
            {key("role"), word(agent.role)},
            {key("isOnDuty"), agent.isOnDuty},
            {key("isDisabled"), agent.isDisabled}};
}

QJsonObject findingJson(const Finding &finding)
{
    return {{key("network"), word(finding.network)},
            {key("address"), finding.address},
            {key("name"), finding.name},
            {key("what"), finding.what},
            {key("canAnswer"), finding.canAnswer},
            {key("canModerate"), finding.canModerate},
            {key("needsUser"), finding.needsUser},
            {key("needsPassword"), finding.needsPassword},
            {key("needsSignIn"), finding.needsSignIn},
            {key("isBest"), finding.isBest},
            {key("sameAs"), textJson(finding.sameAs)}};
}

QJsonObject reportJson(const ChannelReport &report)
{
    QJsonValue error;
    if (report.error) {
        error = QJsonObject{{key("kind"), word(report.error->kind)},
                            {key("detail"), report.error->detail},
                            {key("until"), timeJson(report.error->until)}};
    }
    return {{key("channel"), report.channel.value}, {key("name"), report.name},     {key("messages"), report.messages},
            {key("changes"), report.changes},       {key("sent"), report.sent},     {key("waiting"), report.waiting},
            {key("failed"), report.failed},         {key("unsure"), report.unsure}, {key("error"), error}};
}

QJsonObject outcomeJson(const Outcome &outcome)
{
    QJsonObject json{{key("outcome"), key(outcome.isApplied() ? "applied" : "refused")},
                     {key("hadEffect"), outcome.isApplied() && outcome.hadEffect},
                     {key("refusal"), QJsonValue()}};
    if (outcome.kind == Outcome::Kind::unknown)
        json.insert(key("outcome"), key("unknown"));
    if (outcome.kind == Outcome::Kind::refused) {
        json.insert(key("refusal"), QJsonObject{{key("kind"), word(outcome.refusal.kind)},
                                                {key("by"), textJson(outcome.refusal.byName)},
                                                {key("detail"), textJson(outcome.refusal.detail)}});
    }
    return json;
}

} // namespace Earshot
