// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"
#include "workspace/workspace.h"

namespace Earshot {

/// A network's message as it is stored already.
struct StoredMessage
{
    MessageId id;
    ConversationId conversation;
    MessageKind kind = MessageKind::inbound;
    QString text;
    QString contentWarning;
    QString remoteId;
    Presence presence = Presence::live;
    Moderation moderation = Moderation::none;
    int rating = 0; ///< 0 = none
    Time editedAt;
};

[[nodiscard]] std::optional<StoredMessage> findStored(Writing &writing, ChannelId channel, const QString &uri);

/// Takes over what a message's author changed: text (the old one stays as a version), content warning, stars, media.
/// Of our own answers only the text, where it differs by more than the names it was given; of notes nothing.
/// @return whether a reader has to be told that it was edited
[[nodiscard]] bool takeEdit(Writing &writing, const StoredMessage &stored, const RemoteMessage &message);

} // namespace Earshot
