// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/macrowording.h"

#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

namespace Earshot {

QString MacroWording::of(MacroStepKind kind)
{
    switch (kind) {
    case MacroStepKind::claim:
        return tr("Assign to me");
    case MacroStepKind::assign:
        return tr("Assign to somebody");
    case MacroStepKind::giveBack:
        return tr("Give back to the team");
    case MacroStepKind::addTag:
        return tr("Add a tag");
    case MacroStepKind::removeTag:
        return tr("Remove a tag");
    case MacroStepKind::setPriority:
        return tr("Set the priority");
    case MacroStepKind::snooze:
        return tr("Snooze");
    case MacroStepKind::wait:
        return tr("Wait for the contact");
    case MacroStepKind::resolve:
        return tr("Resolve");
    case MacroStepKind::reopen:
        return tr("Open again");
    case MacroStepKind::addNote:
        return tr("Write a note");
    case MacroStepKind::reply:
        return tr("Begin a reply");
    }
    return {};
}

QString MacroWording::minutes(qint64 minutes)
{
    if (minutes % (24 * 60) == 0)
        return tr("%Ln day(s)", nullptr, int(minutes / (24 * 60)));
    if (minutes % 60 == 0)
        return tr("%Ln hour(s)", nullptr, int(minutes / 60));
    return tr("%Ln minute(s)", nullptr, int(minutes));
}

QString MacroWording::of(const MacroStep &step, const Roster &roster)
{
    const QString quoted = Wording::isolated(step.argument.simplified().left(60));
    switch (step.kind) {
    case MacroStepKind::assign: {
        const QString name = roster.agentName(AgentId(step.argument.toLongLong()));
        return name.isEmpty() ? of(step.kind) : tr("Assign to %1").arg(Wording::isolated(name));
    }
    case MacroStepKind::addTag:
        return step.argument.isEmpty() ? of(step.kind) : tr("Add the tag %1").arg(quoted);
    case MacroStepKind::removeTag:
        return step.argument.isEmpty() ? of(step.kind) : tr("Remove the tag %1").arg(quoted);
    case MacroStepKind::setPriority:
        if (const auto priority = fromWord<Priority>(step.argument))
            return tr("Set the priority to %1").arg(Wording::of(*priority));
        break;
    case MacroStepKind::snooze:
        if (const qint64 time = step.argument.toLongLong(); time > 0)
            return tr("Snooze for %1").arg(minutes(time));
        break;
    case MacroStepKind::resolve:
        if (const auto reason = fromWord<Reason>(step.argument))
            return tr("Resolve as %1").arg(Wording::of(*reason));
        break;
    case MacroStepKind::addNote:
        return step.argument.isEmpty() ? of(step.kind) : tr("Write the note %1").arg(quoted);
    case MacroStepKind::reply:
        return step.argument.isEmpty() ? of(step.kind) : tr("Begin the reply %1").arg(quoted);
    default:
        break;
    }
    return of(step.kind);
}

QString MacroWording::of(const QList<MacroStep> &steps, const Roster &roster)
{
    QStringList parts;
    for (const MacroStep &step : steps)
        parts.append(of(step, roster));
    return parts.join(QStringLiteral(", "));
}

} // namespace Earshot
