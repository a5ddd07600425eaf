// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/rowjson.h"

#include <QJsonArray>
#include <QJsonDocument>

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
    json.insert(key("followers"), conversation.followers);
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

QByteArray jsonText(const QJsonValue &value, bool isIndented)
{
    const auto format = isIndented ? QJsonDocument::Indented : QJsonDocument::Compact;
    QByteArray text = value.isArray() ? QJsonDocument(value.toArray()).toJson(format)
                                      : QJsonDocument(value.toObject()).toJson(format);
    // Qt escapes below U+0020 only; U+007F and U+0080..U+009F steer terminals too, and stand only inside strings.
    text.replace('\x7f', "\\u007f");
    for (int c1 = 0x80; c1 < 0xa0 && text.contains('\xc2'); ++c1) {
        const QByteArray bytes{"\xc2" + QByteArray(1, static_cast<char>(c1))};
        const QByteArray escape{"\\u00" + QByteArray::number(c1, 16)};
        text.replace(bytes, escape);
    }
    return text.trimmed() + '\n';
}

} // namespace Earshot
