// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/presence.h"
#include "model/decide.h"
#include "workspace/workspace.h"

#include <QFuture>
#include <QObject>
#include <QSet>

namespace Earshot {

struct TypedElsewhere;

/// Whether what one sees is what there is.
struct DeskStatus
{
    enum class Kind {
        here,       ///< the record lives in this file: always
        joining,    ///< the first synchronisation is under way; `share` of it is here
        catchingUp, ///< what others did meanwhile is being fetched
        current,    ///< what others do is here at once
        offline,    ///< the server is not reached; `why`. It is tried again by itself
        refused,    ///< the server does not let this device in any more; `why`. A person has to do something
    };
    Kind kind = Kind::here;
    double share = 0;  ///< 0 to 1; while asOf is not known also without the server
    qint64 behind = 0; ///< catchingUp: changes that are still to come, at most; 0 = not known
    Time asOf;         ///< when everything was here last; not known = not yet, or not since all of it is fetched anew
    Time awaySince;    ///< without the server: since when; not known = it was never reached
    Error why;
    bool operator==(const DeskStatus &) const = default;
};

/// What was done here and is kept until the server has answered, or what the server refused.
struct WaitingAction
{
    qint64 entry = 0;
    Action action;
    Time at; ///< when it was done
    ConversationId conversation;
    bool isRefused = false; ///< a person is to say what becomes of it
    Refusal refusal;
    bool isRefusedHere = false; ///< not by the server
    bool mayBeKnown = false;    ///< refused here, and the server may have done it all the same
    bool isSettling = false;    ///< the server is asked what became of it; it is not sent any more
    bool operator==(const WaitingAction &) const = default;
};

/// Why what was done here is not at the server yet although that is reached.
struct HeldUp
{
    std::optional<Error> why; ///< what kept it from there; none = it is on its way
    Time again;               ///< when it is tried again; not known = it is not, or is being tried
    bool isFile = false;      ///< of a file that goes before it
    bool operator==(const HeldUp &) const = default;
};

/// What became of an action of which nobody knew that.
enum class Settled {
    done,
    withdrawn, ///< it was not done, and never will be by itself
};

/// How one that was refused is done all the same.
struct Anyway
{
    Seq seen = 0; ///< what the person has before the eyes: what is newer refuses it again; 0 = all that is here
    std::optional<ActionArguments> instead; ///< of the same kind: what was typed was written on
};

/// The interface through which anything is done to a workspace: on a file opened here (LocalDesk), later on a shared
/// one (ReplicaDesk), or through the process that owns the file (RemoteDesk). Screens and commands do not know which.
/// Lives on the thread that made it; all members may be called from there only; futures end on any thread.
class Desk : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// For reading only.
    [[nodiscard]] virtual Workspace &workspace() = 0;
    /// The acting agent.
    [[nodiscard]] virtual AgentId me() const = 0;
    /// Of a shared workspace: how far it follows. Else `here`.
    [[nodiscard]] virtual DeskStatus status() const { return {}; }
    /// Does them in order; each is decided for itself and answered after it is durable. An action whose `id` was
    /// applied before gets its stored outcome. Where the server does not answer at once the outcome is a forecast.
    [[nodiscard]] virtual QFuture<QList<Outcome>> perform(QList<Action> actions) = 0;
    /// perform() of what a draft of mine has become: where the first of them is kept, the draft is gone with it in one
    /// step, so that nothing that ends the program in between leaves what is sent as a draft. Who owns the record or a
    /// replica does so; else the draft is as it was.
    [[nodiscard]] virtual QFuture<QList<Outcome>> performWritten(const QList<Action> &actions,
                                                                 const DraftRecord &draft);
    /// The same in another agent's name: for who speaks for many.
    [[nodiscard]] virtual QFuture<QList<Outcome>> performAs(AgentId agent, const QList<Action> &actions) = 0;

    /// A file of a message is wanted that is not beside the workspace; mediaArrived() follows when it could be had.
    virtual void wantMedia(const QString &hash) { Q_UNUSED(hash) }

    // What a shared workspace's server has not answered yet (outboxChanged()); elsewhere nothing is.
    [[nodiscard]] virtual int waitingCount() const { return 0; }
    [[nodiscard]] virtual int refusedCount() const { return 0; }
    /// What the server has done, and is here only as it was foreseen: what it made of it is on its way.
    [[nodiscard]] virtual int arrivingCount() const { return 0; }
    /// Some of it waits longer than the way there takes, although the server is reached. outboxChanged() tells of it.
    [[nodiscard]] virtual std::optional<HeldUp> heldUp() const { return {}; }
    /// The first hundreds of those that were refused, then of those that wait; by age.
    [[nodiscard]] virtual QList<WaitingAction> waitingActions() const { return {}; }
    /// Of all that wait, however many: their conversations.
    [[nodiscard]] virtual QSet<ConversationId> waitingConversations() const { return {}; }
    /// Gives one up that was refused or has not been sent. What may have been done all the same is listed until the
    /// server has said so, or that it never will be. Errors: refused (it is on its way), those of writing.
    [[nodiscard]] virtual QFuture<Done> discard(qint64 entry);
    /// The server is asked whether a refused one was done after all; where it was not, it never will be: then other
    /// words in its place are not said twice. Errors: transient (not answered now; it is still asked), unsupported (an
    /// older server), unsure (nothing came of asking), notFound, refused (it is on its way), those of writing.
    [[nodiscard]] virtual QFuture<Result<Settled>> settle(qint64 entry);
    /// A refused one is done anew, against what is there now, in its place. Refused again it waits again. Other words
    /// for what may have been done are not taken: settle() comes first.
    [[nodiscard]] virtual QFuture<QList<Outcome>> doAnyway(qint64 entry, const Anyway &how = {});

    // Presence, of a shared workspace: nothing of it is stored; in a workspace of one's own there is none.
    /// What a window shows from now on. @param window only tells windows apart; shows nothing before it dies
    virtual void show(const QObject *window, const ShownConversations &shown)
    {
        Q_UNUSED(window)
        Q_UNUSED(shown)
    }
    /// Who else is in a conversation that a window shows.
    [[nodiscard]] virtual QList<Present> presentIn(ConversationId conversation) const
    {
        Q_UNUSED(conversation)
        return {};
    }

    // Personal state: coalesced to one write in 2 s; flushPersonal() writes what waits.
    virtual void saveDraft(const DraftRecord &draft) = 0;
    virtual void dropDraft(ConversationId conversation, DraftRecord::Mode mode) = 0;
    virtual void markSeen(ConversationId conversation, MessageId newest) = 0;
    virtual void saveSetting(const QString &name, const QString &value) = 0;
    /// A view of one's own, named by its uuid.
    virtual void saveView(const ViewRecord &view) = 0;
    virtual void dropView(const QString &uuid) = 0;
    [[nodiscard]] virtual QFuture<Done> flushPersonal() = 0;

    // Drafts of mine on my other machines (workspace/tolddraft.h), of a shared workspace.
    /// What an editor shows of a conversation's drafts from now on; nothing = none: what comes from elsewhere does not
    /// replace it under the hands. @param editor only tells editors apart; shows nothing before it dies
    virtual void holdDraft(const QObject *editor, ConversationId conversation, std::optional<DraftRecord::Mode> mode)
    {
        Q_UNUSED(editor)
        Q_UNUSED(conversation)
        Q_UNUSED(mode)
    }
    /// What was typed elsewhere beside a draft was taken over or given up; or is kept after all.
    [[nodiscard]] virtual QFuture<Done> settleElsewhere(ConversationId conversation, const TypedElsewhere &typed,
                                                        bool isKept);

Q_SIGNALS:
    /// After each durable commit.
    void changed(const Earshot::CommitNotice &notice);
    /// Personal state could not be kept: told once per trouble; what is typed stays in memory and is tried again.
    void personalStateFailed(const Earshot::Error &error);
    /// A file that was wanted lies beside the workspace now.
    void mediaArrived(const QString &hash);
    /// status() is another.
    void statusChanged();
    /// waitingCount(), refusedCount(), arrivingCount(), heldUp(), waitingActions() or waitingConversations() are
    /// others.
    void outboxChanged();
    /// The server refused what was shown as done here: it is taken back and waits for a person.
    void undone(const Earshot::WaitingAction &action);
    /// presentIn() is another for this conversation.
    void presenceChanged(Earshot::ConversationId conversation);
    /// A draft of mine came from another machine, or what was typed elsewhere beside it is another.
    /// @param isReplaced the draft is another: what an editor has of it is old
    void draftArrived(Earshot::ConversationId conversation, Earshot::DraftRecord::Mode mode, bool isReplaced);
    /// A draft does not follow to my other machines; told once for each text. Errors: tooLarge.
    void draftStays(const Earshot::Error &error);
};

} // namespace Earshot
