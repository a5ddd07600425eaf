// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationactions.h"

#include "ui/shell/errortext.h"
#include "ui/shell/wording.h"

#include <algorithm>

namespace Earshot {

// What was done is remembered, told, and undone.

namespace {

constexpr qsizetype rememberedDeeds = 50;

} // namespace

QString ConversationActions::onWhat(const QString &deed, const QString &what)
{
    return tr("%1 (%2)", "a deed, and on what it was done").arg(deed, what);
}

/// Whoever is quicker than the desk means what is being done.
void ConversationActions::undo()
{
    Deed *running = m_few.current.get();
    // Beside what is done to many something else was done since: that is meant.
    const Deed *many = m_many.current.get();
    if (!running && many && !many->isUndo && newestDeed() <= many->after)
        running = m_many.current.get();
    if (!running) {
        undo(newestDeed());
        return;
    }
    running->isUndoAsked = true;
    running->isStopping = running->isStopping || !running->isUndo;
}

void ConversationActions::undo(qint64 deed)
{
    const auto found =
        std::find_if(m_undo.cbegin(), m_undo.cend(), [deed](const Undoing &one) { return one.number == deed; });
    if (found == m_undo.cend())
        return;
    undo(m_undo.takeAt(found - m_undo.cbegin()));
}

void ConversationActions::undo(Undoing last)
{
    const QString sentence = tr("Undone: %1").arg(last.deed);
    if (last.run) {
        const bool isUndone = last.run();
        Q_EMIT stateChanged();
        if (isUndone)
            Q_EMIT done(sentence, 0, {});
        return;
    }
    Deed deed;
    deed.sentence = sentence;
    deed.isUndo = true;
    deed.undoes = last.deed;
    deed.reply = last.reply;
    const Time now = m_desk.workspace().clock().now();
    deed.actions = std::move(last.actions);
    for (auto it = last.deliveries.cbegin(); it != last.deliveries.cend(); ++it)
        deed.actions.append(makeAction(Act::CancelDelivery{it.key()}, now));
    deed.deliveries = last.deliveries;
    start(std::move(deed));
}

qint64 ConversationActions::remember(Undoing undoing)
{
    undoing.number = ++m_lastDeed;
    m_undo.append(std::move(undoing));
    if (m_undo.size() > rememberedDeeds)
        m_undo.removeFirst();
    return m_lastDeed;
}

// What is not told cannot be undone knowingly: whatever comes onto the stack replaces the offer that is on screen.

void ConversationActions::rememberReply(ConversationId conversation, DeliveryId delivery, const QString &name)
{
    Undoing undoing;
    undoing.deed = name.isEmpty() ? tr("Reply") : onWhat(tr("Reply"), Wording::isolated(name));
    undoing.deliveries[delivery].reset(); // nothing leads back once it has left
    undoing.reply = conversation;
    const QString told = undoing.deed;
    const qint64 deed = remember(std::move(undoing));
    Q_EMIT stateChanged();
    Q_EMIT done(told, deed, {});
}

void ConversationActions::rememberUnshownReply(const QString &name)
{
    Undoing undoing;
    undoing.deed = name.isEmpty() ? tr("Reply") : onWhat(tr("Reply"), Wording::isolated(name));
    undoing.run = [this] {
        Q_EMIT refused(
            tr("The reply has not come back from the server yet. When it is shown it can be taken back where "
               "it stands; as long as it waits also in “Outbox and trouble”."),
            {});
        return false;
    };
    remember(std::move(undoing));
    Q_EMIT stateChanged();
}

void ConversationActions::rememberNote(const QString &name, const QString &key)
{
    Undoing undoing;
    undoing.deed = name.isEmpty() ? tr("Note saved") : onWhat(tr("Note saved"), Wording::isolated(name));
    undoing.run = [this, key] {
        const QString stays = tr("A note stays once it is saved; “Edit note” changes it.");
        Q_EMIT refused(key.isEmpty() ? stays : tr("A note stays once it is saved; %1 changes it.").arg(key), {});
        return false;
    };
    const QString told = undoing.deed;
    remember(std::move(undoing));
    Q_EMIT stateChanged();
    Q_EMIT done(told, 0, {});
}

qint64 ConversationActions::rememberOutcomes(const QString &deed, const QList<Outcome> &outcomes)
{
    QList<Action> inverses;
    for (const Outcome &outcome : outcomes) {
        if (!outcome.isApplied() || !outcome.hadEffect || !outcome.inverse)
            continue;
        Action inverse;
        inverse.arguments = *outcome.inverse;
        inverse.basedOn = outcome.undoBasedOn;
        inverses.prepend(inverse);
    }
    return inverses.isEmpty() ? 0 : rememberDeeds(deed, inverses);
}

void ConversationActions::tellOutcomes(const QString &deed, const QList<Outcome> &outcomes)
{
    const qint64 number = rememberOutcomes(deed, outcomes);
    QList<Refusal> refusals;
    for (const Outcome &outcome : outcomes) {
        if (!outcome.isApplied())
            refusals.append(outcome.refusal);
    }
    if (!refusals.isEmpty())
        Q_EMIT refused(refusedText(refusals.constFirst(), int(refusals.size()), int(outcomes.size()),
                                   refusals.size() < outcomes.size() ? deed : QString()),
                       {}, number);
}

QString ConversationActions::refusedText(const Refusal &first, int refused, int all, const QString &done)
{
    QString sentence = ErrorText::of(first);
    if (all > 1)
        sentence = tr("%Ln of them could not be done:", nullptr, refused) + QLatin1Char(' ') + sentence;
    return done.isEmpty() ? sentence : done + QStringLiteral(". ") + sentence;
}

qint64 ConversationActions::rememberDeeds(const QString &deed, const QList<Action> &inverses)
{
    Undoing undoing;
    undoing.deed = deed;
    undoing.actions = inverses;
    const qint64 number = remember(std::move(undoing));
    Q_EMIT stateChanged();
    Q_EMIT done(deed, number, {});
    return number;
}

void ConversationActions::tellDone(const QString &sentence, std::function<bool()> undo)
{
    qint64 number = 0;
    if (undo) {
        Undoing undoing;
        undoing.deed = sentence;
        undoing.run = std::move(undo);
        number = remember(std::move(undoing));
        Q_EMIT stateChanged();
    }
    Q_EMIT done(sentence, number, {});
}

} // namespace Earshot
