// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationactions.h"

#include "ui/inbox/datedialog.h"
#include "ui/inbox/pickdialog.h"
#include "ui/inbox/snoozetimes.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QLocale>
#include <QWidget>

#include <algorithm>
#include <array>

namespace Earshot {

namespace {

/// Asking each of many thousands what can be done with it would hold up every key.
constexpr int mostAsked = 50;

bool allHave(const QList<ConversationRecord> &records, const QString &tag)
{
    return std::all_of(records.cbegin(), records.cend(), [&tag](const ConversationRecord &record) {
        return record.tags.contains(tag, Qt::CaseInsensitive);
    });
}

} // namespace

ConversationActions::ConversationActions(Desk &desk, const Roster &roster, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_roster(roster)
    , m_window(window)
{
}

QList<ConversationRecord> ConversationActions::targets() const
{
    return m_targets ? m_targets() : QList<ConversationRecord>();
}

QList<ConversationRecord> ConversationActions::targets(int most) const
{
    return m_fewTargets ? m_fewTargets(most) : QList<ConversationRecord>();
}

bool ConversationActions::canAct() const
{
    return m_roster.canAct() && !m_few.current && m_fewTargets && !m_fewTargets(1).isEmpty() && !wouldWait();
}

bool ConversationActions::wouldWait() const
{
    return m_many.current && m_fewTargets(fewest).size() >= fewest;
}

QString ConversationActions::whyNot(const QString &otherwise) const
{
    if (m_few.current)
        return tr("Something else is still being done. Try again in a moment.");
    if (m_fewTargets && wouldWait())
        return tr("Very many are being worked on already. Wait until that is done, or stop it; fewer can be worked on "
                  "meanwhile.");
    if (!m_fewTargets || !m_fewTargets(1).isEmpty())
        return otherwise;
    return m_isReading && m_isReading() ? tr("This conversation has not been read yet. Try again in a moment.")
                                        : tr("Choose a conversation first.");
}

bool ConversationActions::hasTarget(const std::function<bool(const ConversationRecord &)> &isSo) const
{
    const QList<ConversationRecord> few = m_fewTargets(mostAsked);
    return few.size() >= mostAsked || std::any_of(few.cbegin(), few.cend(), [&isSo](const ConversationRecord &record) {
               return record.number == 0 || isSo(record);
           });
}

QStringList ConversationActions::handlingIds()
{
    return {QStringLiteral("conversation.claim"),
            QStringLiteral("conversation.assign"),
            QStringLiteral("conversation.giveBack"),
            QStringLiteral("conversation.tag"),
            QStringLiteral("conversation.priority"),
            QStringLiteral("conversation.snooze"),
            QStringLiteral("macro.pick")};
}

QStringList ConversationActions::endingIds()
{
    return {QStringLiteral("conversation.resolve"), QStringLiteral("conversation.resolveWithReason"),
            QStringLiteral("conversation.spam"), QStringLiteral("conversation.reopen")};
}

void ConversationActions::addCommands(CommandRegistry &commands)
{
    using Member = void (ConversationActions::*)();
    using Test = std::function<bool(const ConversationRecord &)>;
    const auto add = [&](const char *id, const QString &text, const char *icon, const char *key, Member member,
                         Test isSo = {}, const QString &otherwise = {}) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.icon = QString::fromLatin1(icon);
        command.key = QString::fromLatin1(key);
        command.needsRight = true;
        command.isEnabled = [this, isSo] { return canAct() && (!isSo || hasTarget(isSo)); };
        command.whyNot = [this, otherwise] { return whyNot(otherwise); };
        command.run = [this, member] { (this->*member)(); };
        commands.add(std::move(command));
    };
    add(
        "conversation.claim", tr("Assign to &me"), "claim", "Shift+A", &ConversationActions::claim,
        [this](const ConversationRecord &record) { return record.assignee != m_roster.me(); },
        tr("It is already assigned to you."));
    add("conversation.assign", tr("&Assign…"), "assign", "A", &ConversationActions::assign);
    add(
        "conversation.giveBack", tr("&Give back to the team"), "unassigned", "", &ConversationActions::giveBack,
        [](const ConversationRecord &record) { return record.assignee.isValid(); },
        tr("Nobody has it; it is the team's."));
    add("conversation.tag", tr("&Tag…"), "tag", "T", &ConversationActions::tag);
    add("conversation.priority", tr("&Priority…"), "flag", "P", &ConversationActions::setPriority);
    add("conversation.snooze", tr("&Snooze…"), "snooze", "S", &ConversationActions::snooze);
    add("conversation.resolve", tr("R&esolve"), "resolve", "E", &ConversationActions::resolve);
    add("conversation.resolveWithReason", tr("Resolve with &reason…"), "resolve", "Shift+E",
        &ConversationActions::resolveWithReason);
    add("conversation.spam", tr("Spa&m"), "spam", "!", &ConversationActions::markSpam);
    add(
        "conversation.reopen", tr("Re&open"), "open", "", &ConversationActions::reopen,
        [](const ConversationRecord &record) { return record.status != Status::open; }, tr("It is open."));
    add("macro.pick", tr("Macro…"), "claim", "M", &ConversationActions::pickMacro);
    Command undoing;
    undoing.id = QStringLiteral("edit.undo");
    undoing.text = tr("&Undo");
    undoing.icon = QStringLiteral("undo");
    undoing.key = QStringLiteral("Z");
    undoing.needsRight = true;
    undoing.isEnabled = [this] { return isBusy() || !m_undo.isEmpty(); };
    undoing.whyNot = [] { return tr("There is nothing to undo."); };
    undoing.run = [this] { undo(); };
    commands.add(std::move(undoing));
}

void ConversationActions::claim()
{
    claim(targets());
}

void ConversationActions::claim(const QList<ConversationRecord> &on)
{
    perform(tr("Assigned to you"), false, on, [](const ConversationRecord &record) { return Act::Claim{record.id}; });
}

void ConversationActions::assignTo(AgentId agent, const QList<ConversationRecord> &on)
{
    if (!agent.isValid()) {
        perform(tr("Given back to the team"), true, on,
                [](const ConversationRecord &record) { return Act::Unassign{record.id}; });
        return;
    }
    perform(tr("Assigned to %1").arg(Wording::isolated(m_roster.agentName(agent))), agent != m_roster.me(), on,
            [agent](const ConversationRecord &record) {
                return Act::Assign{record.id, agent};
            });
}

void ConversationActions::giveBack()
{
    assignTo(AgentId(), targets());
}

void ConversationActions::tag()
{
    const auto on = targets();
    QList<PickDialog::Choice> choices;
    for (const TagRecord &known : m_roster.tags()) {
        const bool isOn = allHave(on, known.name);
        choices.append({known.name, isOn ? tr("choose to remove") : QString(),
                        Icons::icon(isOn ? QStringLiteral("check") : QStringLiteral("tag"))});
    }
    auto *dialog = new PickDialog(tr("Tag %Ln conversation(s)", nullptr, int(on.size())), choices, m_window);
    dialog->allowNew(tr("New tag “%1”"));
    connect(dialog, &PickDialog::picked, this,
            [this, choices, on](int index) { toggleTag(choices.at(index).text, on); });
    connect(dialog, &PickDialog::typed, this, [this, on](const QString &name) { toggleTag(name, on); });
    dialog->open();
}

void ConversationActions::toggleTag(const QString &tag, const QList<ConversationRecord> &on)
{
    if (allHave(on, tag))
        perform(tr("Removed the tag %1").arg(Wording::isolated(tag)), false, on,
                [tag](const ConversationRecord &record) {
                    return Act::RemoveTag{record.id, tag};
                });
    else
        addTag(tag, on);
}

void ConversationActions::addTag(const QString &tag, const QList<ConversationRecord> &on)
{
    perform(tr("Tagged with %1").arg(Wording::isolated(tag)), false, on, [tag](const ConversationRecord &record) {
        return Act::AddTag{record.id, tag};
    });
}

void ConversationActions::snooze()
{
    const auto on = targets();
    const QList<SnoozeTime> times = SnoozeTimes::from(m_desk.workspace().clock().now());
    QList<PickDialog::Choice> choices;
    for (const SnoozeTime &time : times)
        choices.append({time.text, Wording::clockTime(time.until), Icons::icon(QStringLiteral("snooze"))});
    choices.append({tr("On a day…"), {}, Icons::icon(QStringLiteral("snooze"))});
    auto *dialog = new PickDialog(tr("Snooze %Ln conversation(s) until", nullptr, int(on.size())), choices, m_window);
    connect(dialog, &PickDialog::picked, this, [this, times, on](int index) {
        if (index < times.size()) {
            snoozeUntil(times.at(index).until, on);
            return;
        }
        const Time now = m_desk.workspace().clock().now();
        auto *date = new DateDialog(tr("Snooze until"), now + std::chrono::hours(24), now, m_window);
        connect(date, &DateDialog::picked, this, [this, on](Time until) { snoozeUntil(until, on); });
        date->open();
    });
    dialog->open();
}

void ConversationActions::snoozeUntil(Time until, const QList<ConversationRecord> &on)
{
    perform(tr("Snoozed until %1").arg(Wording::clockTime(until)), true, on, [until](const ConversationRecord &record) {
        return Act::Snooze{record.id, until};
    });
}

void ConversationActions::setPriority()
{
    const auto on = targets();
    QList<PickDialog::Choice> choices;
    for (const Priority priority : {Priority::low, Priority::normal, Priority::high, Priority::urgent})
        choices.append({Wording::of(priority), {}, Icons::icon(QStringLiteral("flag"))});
    auto *dialog = new PickDialog(tr("Priority of %Ln conversation(s)", nullptr, int(on.size())), choices, m_window);
    const bool isOne = std::all_of(on.cbegin(), on.cend(), [&on](const ConversationRecord &record) {
        return record.priority == on.constFirst().priority;
    });
    dialog->setCurrent(int(isOne && !on.isEmpty() ? on.constFirst().priority : Priority::normal));
    connect(dialog, &PickDialog::picked, this, [this, on](int index) {
        const auto priority = Priority(index);
        perform(tr("Priority is now %1").arg(Wording::of(priority)), false, on,
                [priority](const ConversationRecord &record) {
                    return Act::SetPriority{record.id, priority};
                });
    });
    dialog->open();
}

} // namespace Earshot
