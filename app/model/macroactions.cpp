// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/macroactions.h"

namespace Earshot {

namespace {

Reason reasonOf(const MacroStep &step, const ConversationRecord &conversation)
{
    const Reason usual = conversation.needsAnswer ? Reason::noAnswerNeeded : Reason::answered;
    return fromWord<Reason>(step.argument).value_or(usual);
}

std::optional<ActionArguments> actionOf(const MacroStep &step, const ConversationRecord &conversation, Time now,
                                        const PlaceholderValues &values)
{
    const ConversationId id = conversation.id;
    switch (step.kind) {
    case MacroStepKind::claim:
        return Act::Claim{id};
    case MacroStepKind::assign:
        return Act::Assign{id, AgentId(step.argument.toLongLong())};
    case MacroStepKind::giveBack:
        return Act::Unassign{id};
    case MacroStepKind::addTag:
        return Act::AddTag{id, step.argument};
    case MacroStepKind::removeTag:
        return Act::RemoveTag{id, step.argument};
    case MacroStepKind::setPriority:
        return Act::SetPriority{id, fromWord<Priority>(step.argument).value_or(Priority::normal)};
    case MacroStepKind::snooze:
        return Act::Snooze{id, now + std::chrono::minutes(step.argument.toLongLong())};
    case MacroStepKind::wait:
        return Act::SetStatus{id, Status::pending, Reason::none, {}};
    case MacroStepKind::resolve:
        return Act::SetStatus{id, Status::resolved, reasonOf(step, conversation), {}};
    case MacroStepKind::reopen:
        return Act::SetStatus{id, Status::open, Reason::none, {}};
    case MacroStepKind::addNote:
        return Act::AddNote{id, fillPlaceholders(step.argument, values)};
    case MacroStepKind::reply:
        break;
    }
    return std::nullopt;
}

} // namespace

QList<ActionArguments> macroActions(const QList<MacroStep> &steps, const ConversationRecord &conversation, Time now,
                                    const PlaceholderValues &values)
{
    QList<ActionArguments> actions;
    for (const MacroStep &step : steps) {
        if (auto action = actionOf(step, conversation, now, values))
            actions.append(std::move(*action));
    }
    return actions;
}

QString macroReply(const QList<MacroStep> &steps)
{
    for (const MacroStep &step : steps) {
        if (step.kind == MacroStepKind::reply)
            return step.argument;
    }
    return {};
}

} // namespace Earshot
