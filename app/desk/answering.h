// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/questions.h"

#include <QSet>

namespace Earshot {

/// One snapshot of a workspace, read for one agent.
struct Reading
{
    Database &database;
    AgentId me;
    Role role = Role::viewer;
    QSet<ChannelId> hidden; ///< channels that do not exist for this agent
    Time now;
    OverviewRecord file; ///< origin, isCourierOff and bytes of the workspace's file
};

/// Answers from the snapshot what the agent may see. No answer is longer than 500 rows, whatever limit is asked for.
/// Errors: refused (the role does not allow it), notFound, invalid (what is searched for makes no sense), and those of
/// reading.
[[nodiscard]] Result<Answer> answerQuestion(Reading &reading, const Question &question);

/// What the agent may see of a workspace's file: to be filled in on the workspace's thread.
[[nodiscard]] OverviewRecord fileOverview(const Workspace &workspace);

} // namespace Earshot
