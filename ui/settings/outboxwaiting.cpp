// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/journaldialog.h"
#include "ui/settings/outboxdialog.h"
#include "ui/shell/errortext.h"
#include "ui/shell/icons.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>

#include <algorithm>

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
                   [](const auto &) {},
               },
               one.action.arguments);
    return line;
}

/// What was typed.
QString textOf(const Action &action)
{
    if (const auto *reply = std::get_if<Act::SendReply>(&action.arguments))
        return (QStringList{reply->text} + reply->furtherParts).join(QStringLiteral("\n\n"));
    if (const auto *note = std::get_if<Act::AddNote>(&action.arguments))
        return note->text;
    const auto *edit = std::get_if<Act::EditNote>(&action.arguments);
    return edit ? edit->text : QString();
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

void OutboxDialog::addWaiting()
{
    QHash<qint64, QString> names;
    for (const AgentRecord &agent : m_roster.agents())
        names.insert(agent.id.value, agent.name);
    const QList<WaitingAction> all = m_desk.waitingActions();
    for (const WaitingAction &one : all) {
        const QString state = one.isRefused ? tr("refused") : tr("waiting for the server");
        const QString text = textOf(one.action).simplified();
        auto *item = new QListWidgetItem(m_list);
        item->setText(JournalDialog::sentence(journalOf(one, m_roster), names) + QStringLiteral(" · ") +
                      Wording::clockTime(one.at) + QStringLiteral(" · ") + state +
                      (text.isEmpty() ? QString() : QLatin1Char('\n') + text));
        item->setIcon(Icons::icon(one.isRefused ? QStringLiteral("warning") : QStringLiteral("outbox")));
        // Beside the ids of deliveries.
        item->setData(Qt::UserRole, -one.entry);
    }
}

void OutboxDialog::showWaiting(const WaitingAction &one)
{
    const bool isHere = one.refusal.kind == RefusalKind::restored || one.refusal.kind == RefusalKind::tooLarge ||
                        one.refusal.kind == RefusalKind::unreadable;
    m_why->setText(isHere          ? ErrorText::of(one.refusal)
                   : one.isRefused ? tr("The server refused it: %1").arg(ErrorText::of(one.refusal))
                                   : tr("It is sent as soon as the server is reached."));
    const bool isText = std::holds_alternative<Act::SendReply>(one.action.arguments) ||
                        std::holds_alternative<Act::AddNote>(one.action.arguments);
    const bool isReply = std::holds_alternative<Act::SendReply>(one.action.arguments);
    m_open->setVisible(one.conversation.isValid());
    m_edit->setVisible(one.isRefused && isText && one.conversation.isValid());
    m_anyway->setText(isReply ? tr("Send anyway") : tr("Do it anyway"));
    m_anyway->setVisible(one.isRefused);
    m_discard->setVisible(true);
    for (QPushButton *button : {m_edit, m_anyway, m_discard})
        button->setEnabled(true);
}

void OutboxDialog::editWaiting()
{
    const auto one = currentWaiting();
    if (!one)
        return;
    const auto ask = [this, entry = one->entry](const WrittenReply &written) {
        Q_EMIT editAsked(written, entry);
        accept();
    };
    const auto *reply = std::get_if<Act::SendReply>(&one->action.arguments);
    if (!reply) {
        WrittenReply note;
        note.message.conversation = one->conversation;
        note.message.kind = MessageKind::note;
        note.message.text = textOf(one->action);
        ask(note);
        return;
    }
    m_edit->setEnabled(false);
    whenDone(m_desk.workspace().read<WrittenReply>(
                 [reply = *reply](Database &database) { return loadWrittenReply(database, reply); }),
             this, [this, ask](const Result<WrittenReply> &written) {
                 m_edit->setEnabled(true);
                 if (written)
                     ask(*written);
                 else
                     m_why->setText(ErrorText::of(written.error()));
             });
}

void OutboxDialog::doAnyway()
{
    if (const auto one = currentWaiting()) {
        whenDone(m_desk.doAnyway(one->entry), this, [this](const QList<Outcome> &outcomes) {
            if (!outcomes.isEmpty() && !outcomes.constFirst().isApplied())
                m_why->setText(ErrorText::of(outcomes.constFirst().refusal));
        });
    }
}

void OutboxDialog::discard()
{
    if (const auto one = currentWaiting()) {
        whenDone(m_desk.discard(one->entry), this, [this](const Done &done) {
            if (!done)
                m_why->setText(done.error().kind == ErrorKind::refused
                                   ? tr("It is on its way already. Undo it when the server has answered.")
                                   : ErrorText::of(done.error()));
        });
    }
}

} // namespace Earshot
