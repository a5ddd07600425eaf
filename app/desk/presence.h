// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"

#include <QList>

namespace Earshot {

/// Somebody else who has a conversation before the eyes.
struct Present
{
    AgentId agent;
    bool isWriting = false; ///< an answer
    bool operator==(const Present &) const = default;
};

/// What one window shows of conversations, the most important first.
struct ShownConversations
{
    QList<ConversationId> open;    ///< to be read: the others are told
    QList<ConversationId> writing; ///< those of them in which an answer is being written
    QList<ConversationId> listed;  ///< as a row: nobody is told, but who is there is heard of
    bool operator==(const ShownConversations &) const = default;
};

} // namespace Earshot
