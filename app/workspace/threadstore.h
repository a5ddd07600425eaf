// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"
#include "workspace/workspace.h"

namespace Earshot {

/// The thread of a message: by its root's address, else its parent's thread, else its own. When the root of what was a
/// thread of its own is found, the two are joined and the losing one stays an alias.
[[nodiscard]] ThreadId threadFor(Writing &writing, ChannelId channel, const RemoteMessage &message);

/// The identity of an author, made with a contact of its own when new; its name and handle follow the network. An
/// author without an id is an identity of its own each time.
[[nodiscard]] IdentityId identityFor(Writing &writing, ChannelId channel, const RemoteAuthor &author);

/// The conversation that an answer of ours belongs to: that of the message answered, else the newest of its thread.
[[nodiscard]] ConversationId conversationAnswered(Writing &writing, ChannelId channel, const QString &parentUri,
                                                  ThreadId thread);

/// Gives a reply its place on the network. A copy that came back by pull before becomes the same message.
void bindReply(Writing &writing, MessageId reply, const Delivered &delivered);

} // namespace Earshot
