// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/exportrows.h"

namespace Earshot {

const QStringList &conversationExportColumns()
{
    static const QStringList columns =
        QStringLiteral("id,channel,channelName,network,contact,contactHandle,subject,status,reason,snoozedUntil,"
                       "assignee,priority,tags,createdAt,lastMessageAt,waitingSince,messageCount,needsAnswer,isPrivate,"
                       "isImported,snippet,threadTitle,threadUrl,followers")
            .split(QLatin1Char(','));
    return columns;
}

const QStringList &messageExportColumns()
{
    static const QStringList columns =
        QStringLiteral("id,conversation,channel,network,kind,author,authorHandle,agent,text,contentWarning,language,"
                       "visibility,remoteId,uri,url,sentAt,arrivedAt,editedAt,remoteState.edited,remoteState.presence,"
                       "remoteState.moderation,delivery,failure,rating")
            .split(QLatin1Char(','));
    return columns;
}

QJsonObject exportRow(const ConversationRecord &conversation, const ChannelsById &channels)
{
    QJsonObject row = conversationJson(conversation, channels);
    row.insert(QStringLiteral("type"), QStringLiteral("conversation"));
    return row;
}

QJsonObject exportRow(const NumberedMessage &numbered, const ChannelsById &channels)
{
    const MessageRecord &message = numbered.message;
    QJsonObject row = messageJson(message);
    row.insert(QStringLiteral("type"), QStringLiteral("message"));
    row.insert(QStringLiteral("conversation"), idJson(numbered.number));
    row.insert(QStringLiteral("channel"), message.channel.value);
    row.insert(QStringLiteral("network"), word(channels.value(message.channel).network));
    return row;
}

} // namespace Earshot
