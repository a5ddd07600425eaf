// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/dutycontrol.h"

#include "ui/inbox/conversationactions.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/window/dutydialog.h"

namespace Earshot {

namespace {

constexpr int mostHandedOver = 20'000;

} // namespace

DutyControl::DutyControl(Desk &desk, const Roster &roster, ConversationActions &actions, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_roster(roster)
    , m_actions(actions)
    , m_window(window)
{
    connect(&roster, &Roster::rosterChanged, this, &DutyControl::offer);
}

void DutyControl::offer()
{
    if (m_isOffered || !m_roster.isLoaded() || !m_roster.canAct())
        return;
    m_isOffered = true;
    if (!isOnDuty())
        Q_EMIT startedOffDuty();
}

void DutyControl::addCommands(CommandRegistry &commands)
{
    Command on;
    on.id = QStringLiteral("duty.on");
    on.text = tr("Go on &duty");
    on.icon = QStringLiteral("claim");
    on.needsRight = true;
    on.isEnabled = [this] { return m_roster.canAct() && !isOnDuty(); };
    on.whyNot = [this] { return isOnDuty() ? tr("You are on duty already.") : QString(); };
    on.run = [this] { perform(true, {}); };
    commands.add(std::move(on));
    Command off;
    off.id = QStringLiteral("duty.off");
    off.text = tr("Go o&ff duty…");
    off.icon = QStringLiteral("snooze");
    off.needsRight = true;
    off.isEnabled = [this] { return m_roster.canAct() && isOnDuty(); };
    off.whyNot = [this] { return isOnDuty() ? QString() : tr("You are off duty already."); };
    off.run = [this] { goOff(); };
    commands.add(std::move(off));
}

bool DutyControl::isOnDuty() const
{
    const AgentRecord *me = m_roster.agent(m_roster.me());
    return me && me->isOnDuty;
}

void DutyControl::goOff()
{
    // What was typed in the last moments belongs to it. If it could not be written, what was before is asked about.
    whenDone(m_desk.flushPersonal(), this, [this](const Done &) { askWhatBecomes(); });
}

void DutyControl::askWhatBecomes()
{
    auto future = m_desk.workspace().read<HandoverWork>(
        [me = m_desk.me(), now = m_desk.workspace().clock().now()](Database &database) {
            return loadHandover(database, me, now, mostHandedOver);
        });
    whenDone(future, this, [this](const Result<HandoverWork> &work) {
        if (!work) {
            Q_EMIT failed(work.error());
            return;
        }
        if (work->conversations.isEmpty()) {
            perform(false, {});
            return;
        }
        auto *dialog = new DutyDialog(m_roster, *work, m_notes, m_window);
        connect(dialog, &DutyDialog::decided, this, [this](const QList<HandoverStep> &steps) {
            m_notes.clear();
            perform(false, steps);
        });
        connect(dialog, &DutyDialog::rejected, this, [this, dialog] { m_notes = dialog->notes(); });
        dialog->open();
    });
}

void DutyControl::perform(bool isOnDuty, const QList<HandoverStep> &before)
{
    const Time now = m_desk.workspace().clock().now();
    QList<Action> actions;
    for (const HandoverStep &step : before)
        actions.append(makeAction(step.arguments, now, step.basedOn));
    actions.append(makeAction(Act::SetDuty{m_desk.me(), isOnDuty}, now));
    m_actions.perform(isOnDuty ? tr("You are on duty.") : tr("You are off duty."), actions);
}

} // namespace Earshot
