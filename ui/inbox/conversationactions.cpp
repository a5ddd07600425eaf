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

constexpr qsizetype pieceSize = 100;
constexpr qsizetype rememberedDeeds = 50;
/// Asking each of many thousands what can be done with it would hold up every key.
constexpr int mostAsked = 50;

bool mayInsist(RefusalKind kind)
{
    return kind == RefusalKind::taken || kind == RefusalKind::changed || kind == RefusalKind::stale;
}

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

bool ConversationActions::canAct() const
{
    return m_roster.canAct() && !m_isBusy && m_fewTargets && !m_fewTargets(1).isEmpty();
}

bool ConversationActions::hasTarget(const std::function<bool(const ConversationRecord &)> &isSo) const
{
    const QList<ConversationRecord> few = m_fewTargets(mostAsked);
    return few.size() >= mostAsked || std::any_of(few.cbegin(), few.cend(), [&isSo](const ConversationRecord &record) {
               return record.number == 0 || isSo(record);
           });
}

void ConversationActions::addCommands(CommandRegistry &commands)
{
    using Member = void (ConversationActions::*)();
    using Test = std::function<bool(const ConversationRecord &)>;
    const auto add = [&](const char *id, const QString &text, const char *icon, const char *key, Member member,
                         Test isSo = {}) {
        Command command;
        command.id = QString::fromLatin1(id);
        command.text = text;
        command.icon = QString::fromLatin1(icon);
        command.key = QString::fromLatin1(key);
        command.isEnabled = [this, isSo] { return canAct() && (!isSo || hasTarget(isSo)); };
        command.run = [this, member] { (this->*member)(); };
        commands.add(std::move(command));
    };
    add("conversation.claim", tr("Assign to &me"), "claim", "Shift+A", &ConversationActions::claim,
        [this](const ConversationRecord &record) { return record.assignee != m_roster.me(); });
    add("conversation.assign", tr("&Assign…"), "assign", "A", &ConversationActions::assign);
    add("conversation.giveBack", tr("&Give back to the team"), "unassigned", "", &ConversationActions::giveBack,
        [](const ConversationRecord &record) { return record.assignee.isValid(); });
    add("conversation.tag", tr("&Tag…"), "tag", "T", &ConversationActions::tag);
    add("conversation.priority", tr("&Priority…"), "flag", "P", &ConversationActions::setPriority);
    add("conversation.snooze", tr("&Snooze…"), "snooze", "S", &ConversationActions::snooze);
    add("conversation.resolve", tr("R&esolve"), "resolve", "E", &ConversationActions::resolve);
    add("conversation.resolveWithReason", tr("Resolve with &reason…"), "resolve", "Shift+E",
        &ConversationActions::resolveWithReason);
    add("conversation.spam", tr("Spa&m"), "spam", "!", &ConversationActions::markSpam);
    add("conversation.reopen", tr("Re&open"), "open", "", &ConversationActions::reopen,
        [](const ConversationRecord &record) { return record.status != Status::open; });
    add("macro.pick", tr("Macro…"), "claim", "M", &ConversationActions::pickMacro);
    Command undoing;
    undoing.id = QStringLiteral("edit.undo");
    undoing.text = tr("&Undo");
    undoing.icon = QStringLiteral("undo");
    undoing.key = QStringLiteral("Z");
    undoing.isEnabled = [this] { return !m_undo.isEmpty() && !m_isBusy; };
    undoing.run = [this] { undo(); };
    commands.add(std::move(undoing));
}

void ConversationActions::claim()
{
    claim(targets());
}

void ConversationActions::claim(const QList<ConversationRecord> &on)
{
    perform(tr("Assigned %n conversation(s) to you", nullptr, int(on.size())), false, on,
            [](const ConversationRecord &record) { return Act::Claim{record.id}; });
}

void ConversationActions::assignTo(AgentId agent, const QList<ConversationRecord> &on)
{
    if (!agent.isValid()) {
        perform(tr("Gave %n conversation(s) back to the team", nullptr, int(on.size())), true, on,
                [](const ConversationRecord &record) { return Act::Unassign{record.id}; });
        return;
    }
    perform(tr("Assigned %n conversation(s) to %1", nullptr, int(on.size()))
                .arg(Wording::isolated(m_roster.agentName(agent))),
            agent != m_roster.me(), on, [agent](const ConversationRecord &record) {
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
    auto *dialog = new PickDialog(tr("Tag %n conversation(s)", nullptr, int(on.size())), choices, m_window);
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
    auto *dialog = new PickDialog(tr("Snooze %n conversation(s) until", nullptr, int(on.size())), choices, m_window);
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
    auto *dialog = new PickDialog(tr("Priority of %n conversation(s)", nullptr, int(on.size())), choices, m_window);
    connect(dialog, &PickDialog::picked, this, [this, on](int index) {
        const auto priority = Priority(index);
        perform(tr("Priority is now %1").arg(Wording::of(priority)), false, on,
                [priority](const ConversationRecord &record) {
                    return Act::SetPriority{record.id, priority};
                });
    });
    dialog->open();
}

void ConversationActions::undo()
{
    if (!m_isBusy)
        undo(newestDeed());
}

void ConversationActions::undo(qint64 deed)
{
    const auto found =
        std::find_if(m_undo.cbegin(), m_undo.cend(), [deed](const Undoing &one) { return one.number == deed; });
    if (found == m_undo.cend())
        return;
    undo(m_undo.takeAt(found - m_undo.cbegin()));
}

void ConversationActions::undo(const Undoing &last)
{
    Deed deed;
    deed.sentence = tr("Undone: %1").arg(last.deed);
    deed.isUndo = true;
    deed.reply = last.reply;
    const Time now = m_desk.workspace().clock().now();
    for (const Action &action : last.actions)
        deed.actions.append(makeAction(action.arguments, now, action.basedOn));
    for (auto it = last.deliveries.cbegin(); it != last.deliveries.cend(); ++it)
        deed.actions.append(makeAction(Act::CancelDelivery{it.key()}, now));
    deed.deliveries = last.deliveries;
    start(std::move(deed));
}

void ConversationActions::remember(Undoing undoing)
{
    undoing.number = ++m_lastDeed;
    m_undo.append(std::move(undoing));
    if (m_undo.size() > rememberedDeeds)
        m_undo.removeFirst();
}

void ConversationActions::rememberReply(ConversationId conversation, DeliveryId delivery)
{
    Undoing undoing;
    undoing.deed = tr("Reply");
    undoing.deliveries.insert(delivery, std::nullopt);
    undoing.reply = conversation;
    remember(std::move(undoing));
    Q_EMIT stateChanged();
}

void ConversationActions::rememberDeed(const QString &deed, const Action &inverse)
{
    Undoing undoing;
    undoing.deed = deed;
    undoing.actions = {inverse};
    remember(std::move(undoing));
    Q_EMIT stateChanged();
}

void ConversationActions::perform(const QString &sentence, const QList<Action> &actions)
{
    if (actions.isEmpty())
        return;
    Deed deed;
    deed.sentence = sentence;
    deed.actions = actions;
    start(std::move(deed));
}

void ConversationActions::perform(const QString &sentence, bool goesOn, const QList<ConversationRecord> &on,
                                  const std::function<ActionArguments(const ConversationRecord &)> &make)
{
    if (on.isEmpty())
        return;
    Deed deed;
    deed.sentence = sentence;
    const Time now = m_desk.workspace().clock().now();
    for (const ConversationRecord &record : on) {
        deed.actions.append(makeAction(make(record), now, record.seq));
        if (goesOn)
            deed.through.append(record.id);
    }
    start(std::move(deed));
}

void ConversationActions::start(Deed deed)
{
    // Keys rest while something is done; what a person chose in a dialog meanwhile waits its turn.
    if (m_isBusy) {
        m_waiting.append(std::move(deed));
        return;
    }
    m_isBusy = true;
    m_isStopping = false;
    Q_EMIT stateChanged();
    goOn(std::make_shared<Deed>(std::move(deed)));
}

void ConversationActions::goOn(const std::shared_ptr<Deed> &deed)
{
    if (m_isStopping || deed->next >= deed->actions.size()) {
        m_isBusy = false;
        finish(*deed);
        if (!m_isBusy && !m_waiting.isEmpty())
            start(m_waiting.takeFirst());
        Q_EMIT stateChanged();
        return;
    }
    const QList<Action> piece = deed->actions.mid(deed->next, pieceSize);
    deed->next += piece.size();
    whenDone(m_desk.perform(piece), this, [this, deed, piece](const QList<Outcome> &outcomes) {
        take(*deed, piece, outcomes);
        if (deed->actions.size() > pieceSize)
            Q_EMIT progressed(int(deed->next), int(deed->actions.size()));
        goOn(deed);
    });
}

void ConversationActions::take(Deed &deed, const QList<Action> &asked, const QList<Outcome> &outcomes) const
{
    for (qsizetype i = 0; i < asked.size() && i < outcomes.size(); ++i) {
        const Outcome &outcome = outcomes.at(i);
        if (!outcome.isApplied()) {
            // What has left cannot be called back; a like, for one, can be followed by its opposite.
            const auto *cancel = std::get_if<Act::CancelDelivery>(&asked.at(i).arguments);
            if (const auto back = cancel && deed.isUndo ? deed.deliveries.value(cancel->delivery) : std::nullopt) {
                deed.actions.append(makeAction(*back, m_desk.workspace().clock().now()));
                continue;
            }
            if (deed.refusedOnes.isEmpty())
                deed.refusal = outcome.refusal;
            deed.refusedOnes.append(asked.at(i));
            continue;
        }
        ++deed.applied;
        deed.isForecast = deed.isForecast || outcome.isForecast;
        const bool isEffect = std::holds_alternative<Act::PerformEffect>(asked.at(i).arguments);
        if (isEffect && outcome.hadEffect && outcome.created > 0) {
            deed.deliveries.insert(DeliveryId(outcome.created), outcome.inverse);
        } else if (outcome.hadEffect && outcome.inverse) {
            Action inverse;
            inverse.arguments = *outcome.inverse;
            inverse.basedOn = outcome.undoBasedOn;
            deed.inverses.prepend(inverse);
        }
    }
}

void ConversationActions::finish(const Deed &deed)
{
    QString said = deed.sentence;
    if (deed.next < deed.actions.size())
        said = tr("Stopped after %1 of %2: %3")
                   .arg(QLocale().toString(deed.next), QLocale().toString(deed.actions.size()), deed.sentence);
    const bool mayBeTooLate = deed.isUndo && deed.reply.isValid() && deed.isForecast;
    if (mayBeTooLate)
        said = tr("The server is asked to take it back. Whether it is too late is known when it answers.");
    const bool canUndo = !deed.isUndo && (!deed.inverses.isEmpty() || !deed.deliveries.isEmpty());
    if (canUndo)
        remember({said, deed.inverses, deed.deliveries, {}, 0});
    if (deed.applied > 0)
        Q_EMIT done(said, canUndo ? newestDeed() : 0,
                    deed.refusedOnes.isEmpty() ? deed.through : QList<ConversationId>());
    // As a draft again it would be sent once more, should it have been published.
    if (deed.applied > 0 && deed.isUndo && deed.reply.isValid() && !mayBeTooLate) {
        if (const auto *cancel = std::get_if<Act::CancelDelivery>(&deed.actions.constFirst().arguments))
            Q_EMIT replyTakenBack(deed.reply, cancel->delivery);
    }
    if (deed.refusedOnes.isEmpty())
        return;
    QString sentence = ErrorText::of(deed.refusal);
    if (deed.actions.size() > 1)
        sentence =
            tr("%n of them could not be done:", nullptr, int(deed.refusedOnes.size())) + QLatin1Char(' ') + sentence;
    std::function<void()> insist;
    if (mayInsist(deed.refusal.kind)) {
        insist = [this, again = deed] {
            Deed forced;
            forced.sentence = again.sentence;
            forced.through = again.through;
            forced.isUndo = again.isUndo;
            const Time now = m_desk.workspace().clock().now();
            for (const Action &action : again.refusedOnes) {
                forced.actions.append(makeAction(action.arguments, now, action.basedOn));
                forced.actions.last().force = true;
            }
            start(std::move(forced));
        };
    }
    Q_EMIT refused(sentence, insist);
}

} // namespace Earshot
