// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/queries.h"

#include <QSet>

#include <algorithm>
#include <functional>
#include <memory>

namespace Earshot {

class CommandRegistry;
class Roster;

/// What can be done with conversations from the list: makes the actions, hands them to the desk and tells what became
/// of them. Knows no rule: the desk decides. Many are done in pieces and can be stopped; very many are done beside
/// everything else, of which one deed comes after the other. Keeps what undoes the last deeds.
class ConversationActions final : public QObject
{
    Q_OBJECT

public:
    /// @param window parent of the dialogs
    ConversationActions(Desk &desk, const Roster &roster, QWidget *window);

    /// What the commands work on: the marked rows, else the conversation shown. A record of which only the id is known
    /// has `seq` 0.
    /// @param few the same, at most so many: for deciding what is offered
    /// @param isReading whether there is none because what is shown is still being read
    void setTargets(std::function<QList<ConversationRecord>()> targets,
                    std::function<QList<ConversationRecord>(int)> few, std::function<bool()> isReading)
    {
        m_targets = std::move(targets);
        m_fewTargets = std::move(few);
        m_isReading = std::move(isReading);
    }
    /// @param most at most so many
    [[nodiscard]] QList<ConversationRecord> targets(int most) const;
    void addCommands(CommandRegistry &commands);
    /// Of these commands, for menus: what is done while it is open, and what ends it or begins it again.
    [[nodiscard]] static QStringList handlingIds();
    [[nodiscard]] static QStringList endingIds();

    void claim();
    void claim(const QList<ConversationRecord> &on);
    void assign();
    void giveBack();
    void tag();
    /// As if they had been put there by hand: given to whose queue it is, back to the team, or tagged.
    void put(const QList<ConversationRecord> &on, const ListQuery &place);
    void snooze();
    void setPriority();
    /// "Answered" if we did, else "no answer needed".
    void resolve();
    void resolve(const QList<ConversationRecord> &on);
    void resolveAsDuplicate(const QList<ConversationRecord> &on, const ConversationRecord &original);
    void resolveWithReason();
    void markSpam();
    void reopen();
    /// Asks which macro, and runs it.
    void pickMacro();
    void runMacro(const MacroRecord &macro);
    /// The newest deed, or that one while it is remembered. While that is being done it is stopped, and what it did is
    /// undone.
    void undo();
    void undo(qint64 deed);
    /// Does what another pane made, as one deed with its undo. @param sentence what was done, for people
    void perform(const QString &sentence, const QList<Action> &actions);
    /// A reply was handed over elsewhere: Z takes it back while it has not left. @param name whose conversation it is
    void rememberReply(ConversationId conversation, DeliveryId delivery, const QString &name = {});
    /// The same for a reply that nothing is known of yet by which it could be taken back: Z says so, and means nothing
    /// that was done before it.
    void rememberUnshownReply(const QString &name = {});
    /// A note was saved, and stays: Z says so, and means nothing that was done before it until it is pressed again.
    /// @param key what changes a note
    void rememberNote(const QString &name, const QString &key);
    /// Something was done elsewhere: it is told, and Z does this instead.
    void rememberDeed(const QString &deed, const Action &inverse) { rememberDeeds(deed, {inverse}); }
    /// The same for what several actions lead back from together. @return the deed's number
    qint64 rememberDeeds(const QString &deed, const QList<Action> &inverses);
    /// The same for what several actions did together. Nothing is told where none of them has an inverse. @return the
    /// deed's number; 0 = there is nothing to undo
    qint64 rememberOutcomes(const QString &deed, const QList<Outcome> &outcomes);
    /// The same where nobody else is there (any more) to say why one was refused.
    void tellOutcomes(const QString &deed, const QList<Outcome> &outcomes);
    /// The same for what is undone otherwise than by an action. @param undo none = it is only told; gives whether it is
    /// undone now, rather than asked about
    void tellDone(const QString &sentence, std::function<bool()> undo);
    /// The number of the deed that Z undoes; 0 = none.
    [[nodiscard]] qint64 newestDeed() const { return m_undo.isEmpty() ? 0 : m_undo.constLast().number; }
    /// Stops what is being done to many; what is done stays done, and what was not undone yet can be undone again.
    void stop();
    [[nodiscard]] bool isBusy() const { return m_few.current || m_many.current; }
    /// With at least so many actions a deed is done beside the others.
    static constexpr int fewest = 500;
    /// With little: what waits for that waits for moments.
    [[nodiscard]] bool isBrieflyBusy() const;

Q_SIGNALS:
    /// A dialog opens when something was read: until then no key is meant as a command.
    void dialogAwaited(bool isAwaited);
    /// It was done. @param deed for undo(); 0 = it cannot be undone
    /// @param through with these the person is through: the next row may come
    void done(const QString &sentence, qint64 deed, const QList<Earshot::ConversationId> &through);
    /// It was refused. @param doAnyway set where a person may insist
    /// @param deed what was done of it nevertheless, for undo(); else 0
    void refused(const QString &sentence, const std::function<void()> &doAnyway, qint64 deed = 0);
    /// While many are done, after each piece. @param isBeside and everything else goes on meanwhile
    void progressed(int done, int total, bool isBeside);
    /// A deed on very many has begun: on these, which need not be marked for it any more.
    void begunBeside(const QList<Earshot::ConversationRecord> &on);
    /// It has ended. @param left what the person is not through with, and may be marked as before: nothing else was
    /// done, and nobody went anywhere
    void endedBeside(const QList<Earshot::ConversationId> &left);
    /// Undo took a reply back: its words belong into the composer again.
    void replyTakenBack(Earshot::ConversationId conversation, Earshot::DeliveryId delivery);
    /// A macro puts this text, with placeholders, into the composer.
    void replyWanted(Earshot::ConversationId conversation, const QString &text);
    /// The macros' own window is wanted.
    void macrosAsked();
    /// The undo stack or busyness changed.
    void stateChanged();

private:
    /// Several actions that a person sees as one deed.
    struct Deed
    {
        QString sentence;         ///< "Assigned to Kim"
        QList<Action> actions;    ///< those of conversations as far as their turn has come
        QList<ConversationId> of; ///< whose each is; empty = of no conversation
        /// What is to be done with each of these. Made when their turn comes: all at once would be felt.
        QList<ConversationRecord> on;
        std::function<QList<ActionArguments>(const ConversationRecord &)> make;
        qsizetype made = 0;   ///< of these
        qsizetype perOne = 1; ///< how many actions each is, about
        QString name;         ///< whose conversation, if it is only one
        QSet<ConversationId> doneOn;
        bool goesOn = false; ///< the person is through with what it was done on
        bool isUndo = false;
        bool isBeside = false; ///< everything else goes on meanwhile
        qint64 after = 0;      ///< of those beside: the newest deed as it began
        ConversationId at;     ///< likewise: what the commands worked on
        bool isStopping = false;
        bool isUndoAsked = false; ///< as soon as it is done
        QString undoes;           ///< the deed that it undoes
        bool isForecast = false;  ///< what became of some of it only the server knows
        QList<Action> inverses;
        QHash<DeliveryId, std::optional<ActionArguments>> deliveries;
        ConversationId reply; ///< taken back, by undo
        QList<Action> refusedOnes;
        QList<ConversationId> refusedOf; ///< beside them
        Refusal refusal;                 ///< the first
        int applied = 0;
        qsizetype next = 0;
        /// How many actions there will be, about, as long as not all are made.
        [[nodiscard]] qsizetype count() const
        {
            return actions.size() +
                   (on.size() - made) * (made > 0 ? std::max<qsizetype>(1, actions.size() / made) : perOne);
        }
    };
    /// Of what is done one after the other.
    struct Lane
    {
        std::shared_ptr<Deed> current; ///< being done
        QList<Deed> waiting;           ///< asked for meanwhile
    };
    struct Undoing
    {
        QString deed;
        QList<Action> actions;
        /// What the deed put on its way, with what leads back once it has left.
        QHash<DeliveryId, std::optional<ActionArguments>> deliveries;
        ConversationId reply;      ///< the deed was a reply here
        std::function<bool()> run; ///< in place of all this
        qint64 number = 0;
    };
    [[nodiscard]] QList<ConversationRecord> targets() const;
    [[nodiscard]] bool canAct() const;
    /// Very many are being worked on, and these are very many, too.
    [[nodiscard]] bool wouldWait() const;
    /// @param otherwise when nothing of that is why
    [[nodiscard]] QString whyNot(const QString &otherwise) const;
    /// Whether one of the targets is so; those of which only the id is known may be.
    [[nodiscard]] bool hasTarget(const std::function<bool(const ConversationRecord &)> &isSo) const;
    void perform(const QString &sentence, bool goesOn, const QList<ConversationRecord> &on,
                 const std::function<ActionArguments(const ConversationRecord &)> &make);
    void runMacro(const MacroRecord &macro, const QList<ConversationRecord> &on);
    void pickAgent(const QList<ConversationRecord> &on, const QHash<AgentId, AgentLoad> &loads, AgentId lastAnswerer);
    /// What an agent has to do, and whether it answered last: as the detail of a choice.
    [[nodiscard]] QString loadText(const AgentRecord &agent, const AgentLoad &load, AgentId lastAnswerer) const;
    void previewSpread(const QList<ConversationRecord> &on, const QHash<AgentId, AgentLoad> &loads);
    void askForOriginal(const QList<ConversationRecord> &on);
    void assignTo(AgentId agent, const QList<ConversationRecord> &on);
    void snoozeUntil(Time until, const QList<ConversationRecord> &on);
    void addTag(const QString &tag, const QList<ConversationRecord> &on);
    void toggleTag(const QString &tag, const QList<ConversationRecord> &on);
    qint64 remember(Undoing undoing);
    void undo(Undoing last);
    /// The next piece of its actions, each with a number and a time of its own.
    [[nodiscard]] QList<Action> nextPiece(Deed &deed) const;
    void start(Deed deed);
    void beginBeside(Deed &deed);
    [[nodiscard]] Lane &laneOf(const Deed &deed) { return deed.isBeside ? m_many : m_few; }
    /// What the commands work on, or the first of it.
    [[nodiscard]] ConversationId place() const;
    /// Whether everything is as the deed left it: the person did nothing else and went nowhere.
    [[nodiscard]] bool isAsLeft(const Deed &deed) const;
    void goOn(const std::shared_ptr<Deed> &deed);
    void take(Deed &deed, qsizetype first, const QList<Action> &asked, const QList<Outcome> &outcomes) const;
    /// Tells what became of it and lets the next begin.
    void end(const std::shared_ptr<Deed> &deed);
    /// @return its number, for undo(); 0 = it did nothing that could be undone
    qint64 finish(const Deed &deed, bool isAsLeft);
    /// Of what was done, or of an undoing that was stopped what is not undone yet. @return 0 = there is nothing
    [[nodiscard]] qint64 rememberUndoingOf(const Deed &deed, const QString &words);
    /// Of one that was done beside others. @param through with which the person is; none = it went on with others
    void tellLeft(const Deed &deed, const std::optional<QSet<ConversationId>> &through);
    void tellRefused(const Deed &deed, const QString &done, qint64 number);
    /// @param done in words; empty = nothing was
    [[nodiscard]] static QString refusedText(const Refusal &first, int refused, int all, const QString &done);
    /// What was done, and on what: those done, not those asked for.
    [[nodiscard]] static QString wordsOf(const Deed &deed);
    [[nodiscard]] static QString onWhat(const QString &deed, const QString &what);
    [[nodiscard]] static QString nameOf(const ConversationRecord &record);

    Desk &m_desk;
    const Roster &m_roster;
    QWidget *m_window;
    std::function<QList<ConversationRecord>()> m_targets;
    std::function<QList<ConversationRecord>(int)> m_fewTargets;
    std::function<bool()> m_isReading;
    QList<Undoing> m_undo;
    qint64 m_lastDeed = 0;
    Lane m_few;
    Lane m_many; ///< beside it
};

} // namespace Earshot
