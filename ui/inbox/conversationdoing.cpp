// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationactions.h"

#include "ui/shell/errortext.h"
#include "ui/shell/heap.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QLocale>
#include <QTimer>

#include <algorithm>

namespace Earshot {

// How deeds are done, in pieces, told of and undone.

namespace {

constexpr qsizetype pieceSize = 100;
constexpr qsizetype rememberedDeeds = 50;
constexpr qsizetype manyActions = 1000; ///< whose memory is felt

bool mayInsist(RefusalKind kind)
{
    return kind == RefusalKind::taken || kind == RefusalKind::changed || kind == RefusalKind::stale;
}

QString onWhat(const QString &deed, const QString &what)
{
    return ConversationActions::tr("%1 (%2)", "a deed, and on what it was done").arg(deed, what);
}

} // namespace

bool ConversationActions::isBrieflyBusy() const
{
    return m_current && m_waiting.isEmpty() && m_current->count() <= pieceSize;
}

/// Whoever is quicker than the desk means what is being done.
void ConversationActions::undo()
{
    if (!m_current) {
        undo(newestDeed());
        return;
    }
    m_isUndoAsked = true;
    m_isStopping = m_isStopping || !m_current->isUndo;
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
    undoing.deliveries.insert(delivery, std::nullopt);
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
    deed.goesOn = goesOn;
    deed.name = on.size() == 1 ? nameOf(on.constFirst()) : QString();
    deed.on = on;
    deed.make = [make](const ConversationRecord &record) { return QList<ActionArguments>{make(record)}; };
    start(std::move(deed));
}

void ConversationActions::start(Deed deed)
{
    // Keys rest while something is done; what a person chose in a dialog meanwhile waits its turn.
    if (m_current) {
        m_waiting.append(std::move(deed));
        return;
    }
    m_current = std::make_shared<Deed>(std::move(deed));
    m_isStopping = false;
    m_isUndoAsked = false;
    Q_EMIT stateChanged();
    goOn(m_current);
}

QList<Action> ConversationActions::nextPiece(Deed &deed) const
{
    const Time now = m_desk.workspace().clock().now();
    const qsizetype end = deed.next + pieceSize;
    for (; deed.made < deed.on.size() && deed.actions.size() < end; ++deed.made) {
        const ConversationRecord &record = deed.on.at(deed.made);
        const QList<ActionArguments> all = deed.make(record);
        for (const ActionArguments &arguments : all) {
            deed.actions.append(makeAction(arguments, now, record.seq));
            deed.of.append(record.id);
        }
    }
    QList<Action> piece = deed.actions.mid(deed.next, pieceSize);
    // What leads back was kept since the deed: now it becomes an action of its own.
    for (Action &action : piece) {
        if (!deed.isUndo)
            continue;
        const bool isForced = action.force;
        action = makeAction(action.arguments, now, action.basedOn);
        action.force = isForced;
    }
    deed.next += piece.size();
    return piece;
}

void ConversationActions::goOn(const std::shared_ptr<Deed> &deed)
{
    const qsizetype first = deed->next;
    const QList<Action> piece = m_isStopping ? QList<Action>() : nextPiece(*deed);
    if (piece.isEmpty()) {
        end(deed);
        return;
    }
    whenTold(m_desk.perform(piece), this, [this, deed, first, piece](const QList<Outcome> &outcomes) {
        take(*deed, first, piece, outcomes);
        if (deed->count() > pieceSize)
            Q_EMIT progressed(int(deed->next), int(deed->count()));
        goOn(deed);
    });
}

void ConversationActions::end(const std::shared_ptr<Deed> &deed)
{
    m_current.reset();
    const qint64 number = finish(*deed);
    if (deed->next >= manyActions)
        QTimer::singleShot(0, this, &trimHeaps); // when the deed itself has gone
    // Where all was refused nothing before it is meant.
    if (m_isUndoAsked && (deed->isUndo || number != 0))
        undo(number != 0 ? number : newestDeed());
    if (!m_current && !m_waiting.isEmpty())
        start(m_waiting.takeFirst());
    Q_EMIT stateChanged();
}

void ConversationActions::take(Deed &deed, qsizetype first, const QList<Action> &asked,
                               const QList<Outcome> &outcomes) const
{
    for (qsizetype i = 0; i < asked.size() && i < outcomes.size(); ++i) {
        const Outcome &outcome = outcomes.at(i);
        const ConversationId of = deed.of.value(first + i);
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
            deed.refusedOf.append(of);
            continue;
        }
        ++deed.applied;
        if (of.isValid())
            deed.doneOn.insert(of);
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

QString ConversationActions::nameOf(const ConversationRecord &record)
{
    return record.contactName.isEmpty() ? record.contactHandle : record.contactName;
}

QString ConversationActions::wordsOf(const Deed &deed)
{
    if (deed.of.isEmpty())
        return deed.sentence;
    return onWhat(deed.sentence, deed.name.isEmpty() ? tr("%Ln conversation(s)", nullptr, int(deed.doneOn.size()))
                                                     : Wording::isolated(deed.name));
}

qint64 ConversationActions::rememberUndoingOf(const Deed &deed, const QString &words)
{
    Undoing undoing{words, deed.inverses, deed.deliveries, {}, {}, 0};
    if (deed.isUndo) {
        undoing = {deed.undoes, {}, {}, deed.reply, {}, 0};
        for (const Action &action : deed.actions.mid(deed.next)) {
            if (const auto *cancel = std::get_if<Act::CancelDelivery>(&action.arguments))
                undoing.deliveries.insert(cancel->delivery, deed.deliveries.value(cancel->delivery));
            else
                undoing.actions.append(action);
        }
    }
    return undoing.actions.isEmpty() && undoing.deliveries.isEmpty() ? 0 : remember(std::move(undoing));
}

qint64 ConversationActions::finish(const Deed &deed)
{
    const QString words = wordsOf(deed);
    QString said = words;
    if (deed.next < deed.count())
        said = tr("Stopped after %1 of %2: %3")
                   .arg(QLocale().toString(deed.next), QLocale().toString(deed.count()), words);
    // The button beside it, and Z, mean the rest.
    if (deed.isUndo && deed.next < deed.count())
        said += QStringLiteral(". ") + tr("“Undo” goes on with the rest.");
    const bool mayBeTooLate = deed.isUndo && deed.reply.isValid() && deed.isForecast;
    if (mayBeTooLate)
        said = Wording::takingBackIsAsked();
    const qint64 number = rememberUndoingOf(deed, words);
    // What was refused or not reached stays marked.
    QSet<ConversationId> whole = deed.goesOn && !m_isUndoAsked ? deed.doneOn : QSet<ConversationId>();
    for (const ConversationId id : deed.refusedOf)
        whole.remove(id);
    QList<ConversationId> through;
    for (const ConversationId id : deed.of) {
        if (whole.remove(id))
            through.append(id);
    }
    if (deed.applied > 0)
        Q_EMIT done(said, number, through);
    // As a draft again it would be sent once more, should it have been published.
    if (deed.applied > 0 && deed.isUndo && deed.reply.isValid() && !mayBeTooLate) {
        if (const auto *cancel = std::get_if<Act::CancelDelivery>(&deed.actions.constFirst().arguments))
            Q_EMIT replyTakenBack(deed.reply, cancel->delivery);
    }
    if (!deed.refusedOnes.isEmpty())
        tellRefused(deed, deed.applied > 0 ? said : QString(), number);
    return number;
}

void ConversationActions::tellRefused(const Deed &deed, const QString &done, qint64 number)
{
    const QString sentence = refusedText(deed.refusal, int(deed.refusedOnes.size()), int(deed.count()), done);
    std::function<void()> insist;
    if (mayInsist(deed.refusal.kind)) {
        Deed again;
        again.sentence = deed.sentence;
        again.actions = deed.refusedOnes;
        again.of = deed.of.isEmpty() ? QList<ConversationId>() : deed.refusedOf;
        again.name = deed.name;
        again.goesOn = deed.goesOn;
        again.isUndo = deed.isUndo;
        again.undoes = deed.undoes;
        insist = [this, again] {
            Deed forced = again;
            const Time now = m_desk.workspace().clock().now();
            for (Action &action : forced.actions) {
                action = makeAction(action.arguments, now, action.basedOn);
                action.force = true;
            }
            start(std::move(forced));
        };
    }
    Q_EMIT refused(sentence, insist, number);
}

} // namespace Earshot
