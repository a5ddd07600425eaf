// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/changes.h"
#include "workspace/filelock.h"

#include <QJsonObject>
#include <QSet>

namespace Earshot {

/// What a replica is of.
struct ReplicaSource
{
    QString server;  ///< its address: "https://desk.example"
    QString account; ///< the workspace there
    AgentId agent;   ///< who may see what is in it
    bool operator==(const ReplicaSource &) const = default;
};

/// A replica as a stranger finds it.
struct ReplicaDescription
{
    ReplicaSource source;
    bool isComplete = false; ///< the first synchronisation is over
    Time asOf;               ///< when it last had everything; not known = never
};

/// The number at the end of a state string; what comes before it changes when the server was restored from a copy and
/// when the agent may see something else.
[[nodiscard]] Seq numberOfState(const QString &state);
[[nodiscard]] QString eraOfState(const QString &state);

/// A replica's file: a workspace that holds what one agent may see of a shared one, and up to where it follows. Any
/// workspace code reads it; nobody but this class writes what is synchronised. Owns the file's lock. One thread at a
/// time. Errors of all members: those of writing a workspace (diskFull, io, damaged, readOnly).
class ReplicaFile
{
public:
    /// A new one with nothing in it. Errors: also invalid (there is a file).
    [[nodiscard]] static Done create(const QString &path, const ReplicaSource &source, const Clock &clock);
    /// Errors: also notFound, locked, newerVersion, invalid (a workspace that is no replica).
    [[nodiscard]] static Result<std::unique_ptr<ReplicaFile>> open(const QString &path, const Clock &clock);
    /// Without a lock. Errors: as open().
    [[nodiscard]] static Result<ReplicaDescription> describe(const QString &path);

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] const ReplicaSource &source() const { return m_description.source; }
    [[nodiscard]] bool isComplete() const { return m_description.isComplete; }
    /// All up to here is known; while slices are fetched, the lowest of theirs. Empty = nothing yet.
    [[nodiscard]] const QString &state() const { return m_state; }
    [[nodiscard]] bool hasSlice(const QString &id) const { return m_slices.contains(id); }
    [[nodiscard]] Database &database() { return *m_database; }

    /// Puts a slice's rows in and their words into the index. Taking one a second time changes nothing.
    /// @param state where following has to go on from; of the same era as those before
    [[nodiscard]] Done takeSlice(const QString &id, const QString &state, const QString &file);
    /// Rows, in one transaction.
    [[nodiscard]] Done takeRows(const ChangeBatch &batch);
    /// From now on it has everything up to there.
    [[nodiscard]] Done reached(const QString &state);
    /// Throws away all that it holds: another era has begun on the server. It begins as it was created; what was in it
    /// is on the disk no more.
    [[nodiscard]] Done startOver();

private:
    ReplicaFile(QString path, const Clock &clock);
    [[nodiscard]] Done openDatabase();
    void store(const char *name, const QString &value);
    [[nodiscard]] Done commit();

    QString m_path;
    const Clock &m_clock;
    std::unique_ptr<FileLock> m_lock;
    std::unique_ptr<Database> m_database;
    ReplicaDescription m_description;
    QString m_state;
    QSet<QString> m_slices;
};

} // namespace Earshot
