// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

namespace Earshot {

/// A line for the journal.
struct JournalLine
{
    QString action; ///< UUID; empty = something that the network or the program did
    AgentId agent;
    QString device;
    qint64 number = 0;
    QString kind;
    ChannelId channel;
    ConversationId conversation;
    MessageId message;
    QString before;
    QString after;
};

void writeJournal(Writing &writing, const JournalLine &line);

/// Notes that something public became part of a conversation just now.
/// @param device that did it; empty = the network
void movePublicSeq(Writing &writing, ConversationId conversation, const QString &device);

} // namespace Earshot
