// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationactions.h"

#include "model/macroactions.h"
#include "ui/inbox/macropicker.h"
#include "ui/shell/roster.h"
#include "ui/shell/wording.h"

#include <algorithm>

namespace Earshot {

// Macros: several actions on each conversation, done and undone as one deed.

namespace {

PlaceholderValues valuesOf(const ConversationRecord &record, const Roster &roster)
{
    PlaceholderValues values;
    values.name = record.contactName;
    values.firstName = record.contactName.section(QLatin1Char(' '), 0, 0, QString::SectionSkipEmpty);
    values.handle = record.contactHandle;
    values.agent = roster.agentName(roster.me());
    if (const ChannelRecord *channel = roster.channel(record.channel))
        values.channel = channel->name;
    values.number = QLatin1Char('#') + QString::number(record.number);
    values.link = record.threadUrl;
    return values;
}

bool leaves(const MacroStep &step)
{
    return step.kind == MacroStepKind::resolve || step.kind == MacroStepKind::snooze ||
           step.kind == MacroStepKind::wait || step.kind == MacroStepKind::giveBack;
}

} // namespace

void ConversationActions::pickMacro()
{
    const auto on = targets();
    auto *picker = new MacroPicker(m_roster, int(on.size()), m_window);
    connect(picker, &MacroPicker::picked, this, [this, on](const MacroRecord &macro) { runMacro(macro, on); });
    connect(picker, &MacroPicker::managingAsked, this, &ConversationActions::macrosAsked);
    picker->open();
}

void ConversationActions::runMacro(const MacroRecord &macro)
{
    runMacro(macro, targets());
}

void ConversationActions::runMacro(const MacroRecord &macro, const QList<ConversationRecord> &on)
{
    if (on.isEmpty())
        return;
    const QString text = macroReply(macro.steps);
    if (!text.isEmpty() && on.size() > 1) {
        Q_EMIT refused(
            tr("%1 begins a reply: it works on one conversation at a time.").arg(Wording::isolated(macro.name)), {});
        return;
    }
    const ChannelRecord *channel = m_roster.channel(on.constFirst().channel);
    if (!text.isEmpty() && channel && (!channel->capabilities.canReply || channel->isRemoved())) {
        Q_EMIT refused(tr("%1 begins a reply, but this channel can only be read.").arg(Wording::isolated(macro.name)),
                       {});
        return;
    }
    Deed deed;
    deed.sentence = tr("Macro %1").arg(Wording::isolated(macro.name));
    deed.name = on.size() == 1 ? nameOf(on.constFirst()) : QString();
    deed.goesOn = text.isEmpty() && std::any_of(macro.steps.cbegin(), macro.steps.cend(), leaves);
    const Time now = m_desk.workspace().clock().now();
    deed.on = on;
    deed.make = [steps = macro.steps, now, &roster = m_roster](const ConversationRecord &record) {
        return macroActions(steps, record, now, valuesOf(record, roster));
    };
    deed.perOne = deed.make(on.constFirst()).size();
    // One that only begins a reply does nothing with the conversation.
    if (deed.perOne > 0)
        start(std::move(deed));
    if (!text.isEmpty())
        Q_EMIT replyWanted(on.constFirst().id, text);
}

} // namespace Earshot
