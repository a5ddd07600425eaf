// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/joinprogress.h"
#include "replica/serverera.h"
#include "workspace/changes.h"
#include "workspace/schema.h"
#include "workspace/workspace.h"

#include <QSet>

#include <functional>

namespace Earshot {

/// What a replica is of.
struct ReplicaSource
{
    QString server;  ///< its address: "https://desk.example"
    QString account; ///< the workspace there
    AgentId agent;   ///< who may see what is in it
    bool operator==(const ReplicaSource &) const = default;
};

/// A slice that has arrived.
struct SliceToTake
{
    QString id;
    QString state; ///< where following has to go on from; of the same era as those before
    QString file;  ///< unpacked
};

/// How slices are put in.
struct SliceTaking
{
    /// So long, about, others wait who want to write; 0 = a row at a time. Pages that a longer piece would change once
    /// are written again by the next one.
    Duration piece = std::chrono::milliseconds(1500);
    std::function<bool()> isClosed = {}; ///< asked between pieces: whoever waits for the end of it waits no longer
    std::function<void(double share)> progress = {}; ///< told between pieces: of these slices, 0 to 1
    std::function<bool()> meanwhile = {}; ///< while a piece is put in, again and again until there is nothing to do
};

/// A replica as a stranger finds it.
struct ReplicaDescription
{
    ReplicaSource source;
    bool isComplete = false; ///< the first synchronisation is over
    Time asOf;               ///< when it last had everything; not known = not since it began, or began anew
    JoinProgress joining;    ///< while it is not over
    bool isFrozen = false;   ///< a copy for reading: it follows nobody
    QByteArray authorities;  ///< certificates (PEM) that the server's is to be believed by; empty = the system's
};

/// The number at the end of a state string; what comes before it changes when the server was restored from a copy and
/// when the agent may see something else.
[[nodiscard]] Seq numberOfState(const QString &state);
[[nodiscard]] QString eraOfState(const QString &state);

/// A replica's file: a workspace that holds what one agent may see of a shared one, and up to where it follows. Any
/// workspace code reads it and keeps personal state in it; nobody but this class writes what is synchronised. Members
/// wait for the workspace's writer: on a thread that may, one at a time. Errors of all: those of writing a workspace
/// (diskFull, io, damaged, readOnly).
class ReplicaFile
{
public:
    /// A new one with nothing in it. Errors: also invalid (there is a file).
    [[nodiscard]] static Done create(const QString &path, const ReplicaSource &source, const Clock &clock);
    /// Owns its file. Errors: those of Workspace::open, invalid (a workspace that is no replica).
    [[nodiscard]] static Result<std::unique_ptr<ReplicaFile>> open(const QString &path, const Clock &clock);
    /// On a workspace that this process owns and that outlives it. Errors: invalid, readOnly (a frozen copy).
    [[nodiscard]] static Result<std::unique_ptr<ReplicaFile>> on(Workspace &workspace);
    /// Without a lock. Errors: as open().
    [[nodiscard]] static Result<ReplicaDescription> describe(const QString &path);

    [[nodiscard]] Workspace &workspace() { return m_workspace; }
    [[nodiscard]] QString path() const { return m_workspace.path(); }
    [[nodiscard]] const ReplicaSource &source() const { return m_description.source; }
    /// Reads anew how far the file is: another program may follow with it.
    [[nodiscard]] Done learn();
    [[nodiscard]] bool isComplete() const { return m_description.isComplete; }
    /// When it last had everything; not known = not since it began, or began anew.
    [[nodiscard]] Time asOf() const { return m_description.asOf; }
    /// As long as it is not complete: what the last slice left.
    [[nodiscard]] const JoinProgress &joining() const { return m_description.joining; }
    /// When anything of the server came last; not known = nothing has.
    [[nodiscard]] Time lastHeard() const { return isComplete() ? asOf() : joining().at; }
    /// There is something to work with, with or without the server.
    [[nodiscard]] bool isUsable() const { return isComplete() || joining().isUsable; }
    /// All up to here is known; while slices are fetched, the lowest of theirs. Empty = nothing yet.
    [[nodiscard]] const QString &state() const { return m_state; }
    [[nodiscard]] bool hasSlice(const QString &id) const { return m_slices.contains(id); }
    /// What it holds was fetched by a program that knew fewer columns, or from a server that did: there is more to be
    /// had.
    [[nodiscard]] bool isOfOlderForm() const { return !m_state.isEmpty() && m_form < formHere(); }
    /// It has everything that it had, and fetches slices all the same: those of channels that came into sight, or all
    /// of them anew.
    [[nodiscard]] bool isFetching() const { return isComplete() && (isOfOlderForm() || !m_toFetch.isEmpty()); }
    /// Those channels; empty where all is to be fetched anew.
    [[nodiscard]] QSet<qint64> toFetch() const { return isOfOlderForm() ? QSet<qint64>() : m_toFetch; }
    /// newestSynchronisedVersion() of what can be had: this program's, or the server's where that is older.
    [[nodiscard]] int formHere() const;
    /// The server's; 0 = it does not say. enterEra() does so, too.
    void heedServerForm(int form);
    /// All slices that isFetching() speaks of are here: it goes on from state().
    [[nodiscard]] Done endFetching();
    /// The server's rows are of a program that knows fewer columns, or other ones, than this.
    [[nodiscard]] bool isServerOlder() const { return formHere() < newestSynchronisedVersion(); }

    /// Puts the rows of slices in, a piece at a time: others may write in between. Their words are indexed afterwards.
    /// Taking one a second time changes nothing; where only a part is in, all of them are to be taken again. Errors:
    /// also malformed (a slice cannot be read), cancelled (closed in between).
    /// @param come with these; the time of it is set here
    /// @param reach what is newer is here with these; nothing = no conversations are missing
    [[nodiscard]] Done takeSlices(const QList<SliceToTake> &slices, JoinProgress come, std::optional<Time> reach,
                                  const SliceTaking &taking = {});
    /// All rows are here, and the index of addresses is not.
    [[nodiscard]] bool isToIndex() const { return m_isToIndex && isComplete() && !isFetching(); }
    /// Makes it, in one statement, which takes seconds where messages are many; others who want to write wait.
    /// @param isWanted somebody does: it is left for later. Asked on the writer's thread. Errors: also cancelled (it
    /// was left). What fails otherwise is not tried again while the file is open.
    [[nodiscard]] Done makeIndex(const std::function<bool()> &isWanted);
    /// Rows and the position after them, in one transaction.
    /// @param isWhole nothing more follows there: from now on it has everything up to this state
    [[nodiscard]] Done takeRows(const ChangeBatch &batch, const QString &state, bool isWhole);
    /// Whether following goes on from after the rows. Ahead: slices that are being fetched are older, so it goes on
    /// from where it was when all of them are here, and these rows come once more.
    enum class Position { kept, ahead };
    /// Rows that are being taken: more may be asked for meanwhile.
    struct RowsUnderWay
    {
        QFuture<Result<void>> taken;
        QString state;
        bool isLast = false; ///< nothing more follows there for now
        Position position = Position::kept;
        Time at{};
        [[nodiscard]] bool isWhole() const { return isLast && position == Position::kept; }
        std::shared_ptr<bool> isApart; ///< told by the writer's thread before `taken` ends: see endApart()
    };
    /// takeRows() in two steps. What was begun has to be ended before this is asked for anything else.
    [[nodiscard]] RowsUnderWay beginRows(ChangeBatch batch, const QString &state, bool isLast,
                                         Position position = Position::kept);
    /// Waits for it.
    [[nodiscard]] Done endRows(const RowsUnderWay &rows);
    /// Throws away all that it holds of the server: another era has begun there. It begins as it was created, with what
    /// its agent did, typed, saw and set; what else was in it is taken from the disk, by sweep() where not at once.
    [[nodiscard]] Done startOver();
    /// The channels whose rows it has, or had before they were removed.
    [[nodiscard]] Result<QList<qint64>> channels();
    /// Its agent may see something else than before. What is withdrawn is no more, in one step; what is new is to be
    /// fetched.
    /// @param era of the states from now on @param isWanted see sweep()
    [[nodiscard]] Done changeSight(const QString &era, const QList<qint64> &withdrawn, const QSet<qint64> &added,
                                   const std::function<bool()> &isWanted = {});
    /// Takes from the disk what is left there of what was thrown away or withdrawn; may be called again and again.
    /// @param most so long at a time @param sweeping brief = but for writing the file anew, which takes its time.
    /// @param isWanted somebody works here, and would wait for a large file that is written anew: it is left for later,
    /// also where it was begun. Asked on the writer's thread. Errors: also locked (a reader keeps the log)
    enum class Sweeping { whole, brief };
    [[nodiscard]] Done sweep(Duration most = std::chrono::seconds(1), Sweeping sweeping = Sweeping::whole,
                             const std::function<bool()> &isWanted = {});
    /// Something is left for sweep().
    [[nodiscard]] bool isToSweep() const { return m_isToSweep; }

    /// The server says which incarnation of its workspace it has: what was done here under another one is judged when
    /// all is here. Begins anew where the server has less than it had.
    [[nodiscard]] Done enterEra(const ServerEra &era);
    /// By which certificates (PEM) the server's is to be believed, beside the system's.
    [[nodiscard]] Done keepAuthorities(const QByteArray &pem);

private:
    explicit ReplicaFile(Workspace &workspace);
    [[nodiscard]] Done beginSlices(const QString &lowest, int form);
    /// @param isApart it failed as what is here is not as it was left: then it begins anew
    [[nodiscard]] Done endApart(const Done &failed, bool isApart);
    /// The writer's part of beginRows(). @param before the position until now
    [[nodiscard]] static Done putRows(Writing &writing, const ChangeBatch &batch, Seq before, const RowsUnderWay &rows);

    std::unique_ptr<Workspace> m_owned; ///< of open()
    Workspace &m_workspace;
    ReplicaDescription m_description;
    QString m_state;
    QSet<QString> m_slices;
    int m_form = 0;                  ///< of what it holds
    std::optional<int> m_serverForm; ///< nothing while the server has not said it
    QSet<qint64> m_toFetch;
    bool m_isToIndex = false;
    bool m_isToSweep = false;
};

} // namespace Earshot
