// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/withdrawal.h"
#include "ui/composer/choicebar.h"
#include "ui/settings/journaldialog.h"
#include "ui/settings/outboxdetail.h"
#include "ui/settings/outboxdialog.h"
#include "ui/settings/outboxwords.h"
#include "ui/shell/errortext.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace Earshot {

// What the server of a shared workspace has not answered yet, and what it refused.

namespace {

template <class... Ts>
struct Overloaded : Ts...
{
    using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

QString nameOf(ChannelId id, const Roster &roster)
{
    const ChannelRecord *channel = roster.channel(id);
    return channel ? channel->name : QString();
}

/// The words of the journal for what is to come.
JournalRecord journalOf(const WaitingAction &one, const Roster &roster)
{
    JournalRecord line;
    line.agent = roster.me();
    line.agentName = roster.agentName(roster.me());
    line.kind = kindOf(one.action.arguments);
    std::visit(Overloaded{
                   [&line](const Act::SetStatus &wish) {
                       line.after = word(wish.status);
                       if (wish.reason != Reason::none)
                           line.after += QLatin1Char(' ') + word(wish.reason);
                   },
                   [&line](const Act::Snooze &wish) {
                       line.after = word(Status::snoozed) + QLatin1Char(' ') + toIso(wish.until);
                   },
                   [&line](const Act::AddTag &wish) { line.after = wish.tag; },
                   [&line](const Act::RemoveTag &wish) { line.before = wish.tag; },
                   [&line](const Act::SetPriority &wish) { line.after = word(wish.priority); },
                   [&line](const Act::Assign &wish) { line.after = QString::number(wish.agent.value); },
                   [&line](const Act::Claim &) { line.after = QString::number(line.agent.value); },
                   [&line](const Act::PerformEffect &wish) { line.after = word(wish.effect); },
                   [&line](const Act::KeepSavedReply &wish) { line.after = wish.name; },
                   [&line](const Act::KeepMacro &wish) { line.after = wish.name; },
                   [&line](const Act::SaveView &wish) { line.after = wish.content.name; },
                   [&line](const Act::PinNotice &wish) { line.after = wish.text; },
                   [&](const Act::EditChannel &wish) { line.channelName = nameOf(wish.channel, roster); },
                   [&](const Act::RemoveChannel &wish) { line.channelName = nameOf(wish.channel, roster); },
                   [&](const Act::ResumeSending &wish) { line.channelName = nameOf(wish.channel, roster); },
                   [&](const Act::PauseSending &wish) {
                       line.channelName = nameOf(wish.channel, roster);
                       line.after = wish.reason;
                   },
                   [](const auto &) {},
               },
               one.action.arguments);
    return line;
}

/// @param words of a reply or a note
Result<WrittenReply> loadWords(Database &database, const ActionArguments &words)
{
    if (const auto *reply = std::get_if<Act::SendReply>(&words))
        return loadWrittenReply(database, *reply);
    if (const auto *edit = std::get_if<Act::EditNote>(&words))
        return loadWrittenReply(database, *edit);
    WrittenReply written;
    written.message.kind = MessageKind::note;
    if (const auto *note = std::get_if<Act::AddNote>(&words))
        written.message.text = note->text;
    return written;
}

} // namespace

std::optional<WaitingAction> OutboxDialog::currentWaiting() const
{
    const qint64 entry = -chosen();
    const QList<WaitingAction> all = m_desk.waitingActions();
    const auto it =
        std::find_if(all.cbegin(), all.cend(), [entry](const WaitingAction &one) { return one.entry == entry; });
    return it == all.cend() ? std::nullopt : std::optional(*it);
}

QList<OutboxDialog::Line> OutboxDialog::waitingLines() const
{
    QHash<qint64, QString> names;
    for (const AgentRecord &agent : m_roster.agents())
        names.insert(agent.id.value, agent.name);
    QList<Line> lines;
    const QList<WaitingAction> all = m_desk.waitingActions();
    for (const WaitingAction &one : all) {
        const QString text = OutboxWords::of(one.action.arguments, m_roster).simplified();
        const QString line = JournalDialog::sentence(journalOf(one, m_roster), names) + QStringLiteral(" · ") +
                             Wording::clockTime(one.at) + QStringLiteral(" · ") + OutboxWords::stateOf(one) +
                             (text.isEmpty() ? QString() : QLatin1Char('\n') + Wording::isolated(text));
        lines.append({-one.entry, line, one.isRefused});
    }
    return lines;
}

void OutboxDialog::showWaiting(const WaitingAction &one)
{
    m_why->setText(OutboxWords::whyIsHere(one, m_desk.me(), m_desk.heldUp()));
    const ActionArguments &arguments = one.action.arguments;
    const bool isReply = std::holds_alternative<Act::SendReply>(arguments);
    const bool isText =
        isReply || std::holds_alternative<Act::AddNote>(arguments) || std::holds_alternative<Act::EditNote>(arguments);
    const ConversationId conversation = one.conversation.isValid() ? one.conversation : m_since.conversation;
    // What was not refused for what it says is not done in spite of that.
    const bool isAgain = one.mayBeKnown || isWithdrawn(one.refusal);
    m_anyway->setText(!isReply ? tr("Do it anyway") : isAgain ? tr("Send again") : tr("Send anyway"));
    offer({{m_open, conversation.isValid(), true},
           {m_edit, one.isRefused && isText && conversation.isValid(), true},
           {m_anyway, one.isRefused, m_isRead},
           {m_discard, true, true}});
}

Action OutboxDialog::written() const
{
    if (const auto waiting = currentWaiting())
        return waiting->action;
    Action action;
    if (const DeliveryRecord *delivery = current()) {
        action.arguments = Act::RetryDelivery{delivery->id};
        action.basedOn = delivery->basedOn;
    }
    return action;
}

void OutboxDialog::look()
{
    const qint64 key = chosen();
    if (key == 0)
        return;
    whenDone(m_desk.workspace().read<SinceWritten>(
                 [action = written()](Database &database) { return loadSinceWritten(database, action); }),
             this, [this, key](const Result<SinceWritten> &since) {
                 if (key != chosen())
                     return;
                 if (since)
                     take(key, *since);
                 else
                     m_why->setText(ErrorText::of(since.error()));
             });
}

void OutboxDialog::take(qint64 key, const SinceWritten &since)
{
    m_since = since;
    if (m_seen == 0)
        m_seen = since.seq;
    const bool isFirst = !std::exchange(m_isRead, true);
    const bool isWaiting = key < 0;
    if (const DeliveryRecord *delivery = isWaiting ? nullptr : current()) {
        const bool isMine = delivery->agent == m_desk.me();
        m_detail->showWords(since.words, false, isMine ? QString() : m_roster.agentName(delivery->agent));
    }
    m_detail->showPresent(OutboxWords::present(since, m_desk.workspace().clock().now()));
    if (!isFirst)
        return;
    if (const auto waiting = currentWaiting())
        showWaiting(*waiting);
    else if (const DeliveryRecord *delivery = current())
        showDelivery(*delivery);
}

bool OutboxDialog::asksAboutNews(const std::function<void()> &then)
{
    if (m_since.publicSeq <= m_seen)
        return false;
    const auto goOn = [this, seen = m_since.seq, then] {
        m_seen = seen;
        then();
    };
    m_ask->ask(tr("More has come since you chose this line: it is shown above."), {{tr("Send anyway"), goOn}});
    return true;
}

/// What may have been done is done no more, or `then` does not come: other words would be said beside the first.
void OutboxDialog::settleFirst(const WaitingAction &one, const std::function<void()> &then)
{
    if (!one.mayBeKnown) {
        then();
        return;
    }
    wait();
    m_why->setText(tr("The server is asked whether it was done already."));
    whenDone(m_desk.settle(one.entry), this, [this, key = -one.entry, then](const Result<Settled> &settled) {
        if (settled == Settled::withdrawn)
            then();
        else if (chosen() == key || chosen() == 0)
            say(OutboxWords::unsettled(settled));
    });
}

void OutboxDialog::editWaiting(const WaitingAction &one)
{
    ActionArguments words = one.action.arguments;
    if (OutboxWords::areWrittenOnHere(words))
        words = OutboxWords::with(words, m_detail->words());
    const ConversationId conversation = one.conversation.isValid() ? one.conversation : m_since.conversation;
    wait();
    whenDone(m_desk.workspace().read<WrittenReply>([words](Database &database) { return loadWords(database, words); }),
             this, [this, conversation, entry = one.entry](const Result<WrittenReply> &read) {
                 showChosen();
                 if (!read) {
                     say(ErrorText::of(read.error()));
                     return;
                 }
                 WrittenReply written = *read;
                 written.message.conversation = conversation;
                 // Whoever may not change it by now keeps the words as a note of their own.
                 if (written.message.kind == MessageKind::note && written.target &&
                     written.target->agent != m_desk.me() && !m_roster.isLead())
                     written.target.reset();
                 Q_EMIT editAsked(written, entry);
                 accept();
             });
}

void OutboxDialog::doAnyway()
{
    const auto one = currentWaiting();
    if (!one || asksAboutNews([this] { doAnyway(); }))
        return;
    const ActionArguments &arguments = one->action.arguments;
    Anyway how;
    how.seen = m_seen;
    if (OutboxWords::areWrittenOnHere(arguments) && m_detail->words() != OutboxWords::of(arguments, m_roster))
        how.instead = OutboxWords::with(arguments, m_detail->words());
    const auto go = [this, entry = one->entry, how] {
        wait();
        whenDone(m_desk.doAnyway(entry, how), this, [this](const QList<Outcome> &outcomes) { tell(outcomes); });
    };
    // The same words are said once, whatever became of them.
    how.instead ? settleFirst(*one, go) : go();
}

void OutboxDialog::edit()
{
    if (const auto waiting = currentWaiting()) {
        settleFirst(*waiting, [this, one = *waiting] { editWaiting(one); });
        return;
    }
    if (const DeliveryRecord *delivery = current())
        perform(Act::CancelDelivery{delivery->id}, false,
                [this, conversation = delivery->conversation, id = delivery->id](const Outcome &outcome) {
                    // It may have been published meanwhile: as a draft its words would be sent once more.
                    if (outcome.isForecast) {
                        sayTakingBack(id);
                        return;
                    }
                    Q_EMIT takenBack(conversation, id);
                    accept();
                });
}

void OutboxDialog::tell(const QList<Outcome> &outcomes)
{
    showChosen();
    if (!outcomes.isEmpty() && !outcomes.constFirst().isApplied())
        say(ErrorText::of(outcomes.constFirst().refusal));
}

void OutboxDialog::say(const QString &sentence)
{
    hush();
    m_told->ask(sentence);
}

void OutboxDialog::hush()
{
    m_takenBack = DeliveryId();
    m_isTakingBack = false;
    m_told->clear();
}

void OutboxDialog::sayTakingBack(DeliveryId delivery)
{
    say(Wording::takingBackIsAsked());
    m_takenBack = delivery;
}

/// What the server said stands in the list, or the line is gone.
void OutboxDialog::endTakingBack()
{
    const QList<WaitingAction> all = m_desk.waitingActions();
    const bool isAsked = std::any_of(all.cbegin(), all.cend(), [this](const WaitingAction &one) {
        const auto *cancel = std::get_if<Act::CancelDelivery>(&one.action.arguments);
        return cancel && cancel->delivery == m_takenBack && !one.isRefused;
    });
    // What was done a moment ago may not be in the list yet.
    if (!std::exchange(m_isTakingBack, isAsked) || isAsked)
        return;
    hush();
}

void OutboxDialog::discard()
{
    const auto one = currentWaiting();
    if (!one)
        return;
    if (OutboxWords::of(one->action.arguments, m_roster).isEmpty())
        discard(one->entry);
    else
        m_ask->ask(
            one->mayBeKnown
                ? tr("These words will be gone for good, unless they were published already: the server is asked.")
                : tr("These words will be gone for good."),
            {{tr("Discard them"), [this, entry = one->entry] { discard(entry); }}, {tr("Keep them"), [] {}}});
}

void OutboxDialog::discard(qint64 entry)
{
    wait();
    whenDone(m_desk.discard(entry), this, [this](const Done &done) {
        showChosen();
        if (!done)
            say(done.error().kind == ErrorKind::refused
                    ? tr("It is on its way already. Undo it when the server has answered.")
                    : ErrorText::of(done.error()));
    });
}

} // namespace Earshot
