// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"
#include "workspace/workspace.h"

namespace Earshot {

/// A message that somebody wrote here: a note or a reply.
struct NewMessage
{
    ConversationId conversation;
    MessageKind kind = MessageKind::note;
    AgentId agent;
    QString uuid;
    QString text;
    QString contentWarning;
    QString language;
    Visibility visibility = Visibility::everyone;
    MessageId target; ///< the message answered
};

/// Stores a note or reply and what it changes of its conversation.
[[nodiscard]] MessageId storeOwnMessage(Writing &writing, const NewMessage &message);

/// Reads again what lists show of a conversation's last word, and since when it waits: after a reply was taken back.
void readLastWord(Writing &writing, ConversationId conversation);

void storeOutgoingMedia(Writing &writing, MessageId message, const QList<OutgoingMedia> &media);

void storeMedium(Writing &writing, MessageId message, int position, const RemoteMedia &media);

/// Replaces a message's text, keeping the old one as a version.
/// @return its conversation
ConversationId replaceText(Writing &writing, MessageId message, const QString &text, Time editedAt);

[[nodiscard]] ChannelId channelOfConversation(Writing &writing, ConversationId conversation);

/// The next id upward for what arrives now.
[[nodiscard]] MessageId nextLiveMessageId(Writing &writing);

/// The lowest id of a block of `count` for back-filled messages; ascending inside the block.
[[nodiscard]] MessageId takeBackfillBlock(Writing &writing, qint64 count);

/// The index key of a network address: the first 8 bytes of its BLAKE2b-256.
[[nodiscard]] qint64 uriKey(const QString &uri);

/// One line of a text, for lists.
[[nodiscard]] QString snippetOf(const QString &text);

/// Deletes the rows that `select` finds (id, channel), leaving a tombstone each.
void removeRows(Writing &writing, const char *select, const char *remove, const char *table,
                const QList<std::pair<const char *, qint64>> &keys);

/// A message has gone elsewhere: what hangs on it has changed its place too, and so gets new numbers.
void moveParts(Writing &writing, MessageId message);

} // namespace Earshot
