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
constexpr qsizetype manyActions = 1000;                       ///< whose memory is felt
constexpr qsizetype besideFrom = ConversationActions::fewest; ///< actions

bool mayInsist(RefusalKind kind)
{
    return kind == RefusalKind::taken || kind == RefusalKind::changed || kind == RefusalKind::stale;
}

} // namespace

bool ConversationActions::isBrieflyBusy() const
{
    return m_few.current && m_few.waiting.isEmpty() && m_few.current->count() <= pieceSize;
}

void ConversationActions::stop()
{
    const auto &shown = m_many.current ? m_many.current : m_few.current;
    if (shown)
        shown->isStopping = true;
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
    deed.isBeside = deed.count() >= besideFrom;
    Lane &lane = laneOf(deed);
    // Keys rest while something is done; what a person chose in a dialog meanwhile waits its turn.
    if (lane.current) {
        if (deed.isBeside)
            Q_EMIT done(tr("This waits until what is being done to very many is done: %1").arg(deed.sentence), 0, {});
        lane.waiting.append(std::move(deed));
        return;
    }
    lane.current = std::make_shared<Deed>(std::move(deed));
    if (lane.current->isBeside)
        beginBeside(*lane.current);
    Q_EMIT stateChanged();
    goOn(lane.current);
}

/// The person goes on working: what is marked from now on is marked for something else.
void ConversationActions::beginBeside(Deed &deed)
{
    deed.after = m_lastDeed;
    Q_EMIT begunBeside(deed.on);
    deed.at = place();
    Q_EMIT progressed(0, int(deed.count()), true);
    Q_EMIT done(tr("This takes a while; you can go on working meanwhile."), 0, {});
}

ConversationId ConversationActions::place() const
{
    const QList<ConversationRecord> one = m_fewTargets ? m_fewTargets(1) : QList<ConversationRecord>();
    return one.isEmpty() ? ConversationId() : one.constFirst().id;
}

bool ConversationActions::isAsLeft(const Deed &deed) const
{
    return !deed.isBeside || (!m_few.current && m_lastDeed == deed.after && place() == deed.at);
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
    const QList<Action> piece = deed->isStopping ? QList<Action>() : nextPiece(*deed);
    if (piece.isEmpty()) {
        end(deed);
        return;
    }
    whenTold(m_desk.perform(piece), this, [this, deed, first, piece](const QList<Outcome> &outcomes) {
        take(*deed, first, piece, outcomes);
        if (deed->isBeside || (deed->count() > pieceSize && !m_many.current))
            Q_EMIT progressed(int(deed->next), int(deed->count()), deed->isBeside);
        goOn(deed);
    });
}

void ConversationActions::end(const std::shared_ptr<Deed> &deed)
{
    const bool isAsLeft = this->isAsLeft(*deed);
    laneOf(*deed).current.reset();
    const qint64 number = finish(*deed, isAsLeft);
    if (deed->next >= manyActions)
        QTimer::singleShot(0, this, &trimHeaps); // when the deed itself has gone
    // Where all was refused nothing before it is meant.
    if (deed->isUndoAsked && (deed->isUndo || number != 0))
        undo(number != 0 ? number : newestDeed());
    Lane &lane = laneOf(*deed);
    if (!lane.current && !lane.waiting.isEmpty())
        start(lane.waiting.takeFirst());
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

qint64 ConversationActions::finish(const Deed &deed, bool isAsLeft)
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
    QSet<ConversationId> whole = deed.goesOn && !deed.isUndoAsked ? deed.doneOn : QSet<ConversationId>();
    for (const ConversationId id : deed.refusedOf)
        whole.remove(id);
    QList<ConversationId> through;
    if (deed.isBeside)
        tellLeft(deed, isAsLeft ? whole : std::optional<QSet<ConversationId>>());
    for (const ConversationId id : deed.of) {
        if (!deed.isBeside && whole.remove(id))
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

void ConversationActions::tellLeft(const Deed &deed, const std::optional<QSet<ConversationId>> &through)
{
    QList<ConversationId> left;
    for (const ConversationRecord &record : deed.on) {
        if (through && !through->contains(record.id))
            left.append(record.id);
    }
    Q_EMIT endedBeside(left);
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
                // Over what is there now.
                action = makeAction(action.arguments, now);
                action.force = true;
            }
            start(std::move(forced));
        };
    }
    Q_EMIT refused(sentence, insist, number);
}

} // namespace Earshot
