// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicafile.h"

#include "workspace/schema.h"
#include "workspace/searchindex.h"
#include "workspace/slice.h"
#include "workspace/workspace.h"

#include <QFile>
#include <QFileInfo>

namespace Earshot {

namespace {

// Its facts in the table `meta`.
constexpr auto serverMeta = "replica_server";
constexpr auto accountMeta = "replica_account";
constexpr auto agentMeta = "replica_agent";
constexpr auto stateMeta = "replica_state";
constexpr auto slicesMeta = "replica_slices";
constexpr auto asOfMeta = "replica_as_of";
constexpr auto originMeta = "courier_off";

QString readMeta(Database &database, const char *name)
{
    Statement find = database.statement("select_meta");
    return find.bind("name", QString::fromLatin1(name)).next() ? find.text(0) : QString();
}

void writeMeta(Database &database, const char *name, const QString &value)
{
    Statement store = database.statement("upsert_meta");
    store.bind("name", QString::fromLatin1(name)).bind("value", value).run();
}

/// A slice's state may be older than that of one before: following begins at the oldest.
QString lowerState(const QString &one, const QString &other)
{
    return one.isEmpty() || numberOfState(other) < numberOfState(one) ? other : one;
}

Result<ReplicaDescription> describeIn(Database &database)
{
    const bool isReplica = readMeta(database, originMeta) == QLatin1StringView("replica");
    ReplicaDescription found;
    found.source.server = readMeta(database, serverMeta);
    found.source.account = readMeta(database, accountMeta);
    found.source.agent = AgentId(readMeta(database, agentMeta).toLongLong());
    const QString asOf = readMeta(database, asOfMeta);
    found.isComplete = !asOf.isEmpty();
    if (found.isComplete)
        found.asOf = timeFromMs(asOf.toLongLong());
    if (Done done = database.done(); !done)
        return tl::unexpected(done.error());
    if (!isReplica || !found.source.agent.isValid())
        return fail(ErrorKind::invalid, QStringLiteral("this workspace is not a replica of a shared one"));
    return found;
}

/// The files that a database consists of.
void removeDatabase(const QString &path)
{
    for (const char *end : {"-wal", "-shm", ""})
        QFile::remove(path + QString::fromLatin1(end));
}

/// An empty workspace at `path` that says what it is to be a replica of.
Done makeEmpty(const QString &path, const ReplicaSource &source, const Clock &clock)
{
    if (Done made = Workspace::create(path, QStringLiteral("-"), clock); !made)
        return made;
    auto opened = Database::open(path, Database::Mode::readWrite);
    if (!opened)
        return tl::unexpected(opened.error());
    Database &database = **opened;
    database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    {
        // The admin that every new workspace has: the people come with the slices.
        Statement remove = database.statement("remove_agent");
        remove.bind("id", qint64(1)).run();
    }
    writeMeta(database, originMeta, QStringLiteral("replica"));
    writeMeta(database, serverMeta, source.server);
    writeMeta(database, accountMeta, source.account);
    writeMeta(database, agentMeta, QString::number(source.agent.value));
    database.execute(QStringLiteral("COMMIT"));
    return database.done();
}

} // namespace

Seq numberOfState(const QString &state)
{
    return state.section(QLatin1Char('-'), -1).toLongLong();
}

QString eraOfState(const QString &state)
{
    return state.section(QLatin1Char('-'), 0, -2);
}

ReplicaFile::ReplicaFile(QString path, const Clock &clock)
    : m_path(std::move(path))
    , m_clock(clock)
{
}

Done ReplicaFile::create(const QString &path, const ReplicaSource &source, const Clock &clock)
{
    if (QFileInfo::exists(path))
        return fail(ErrorKind::invalid, QStringLiteral("%1 exists already").arg(path));
    // Under another name until it says what it is: a workspace without that would be one to work in.
    const QString unnamed = path + QStringLiteral(".new");
    removeDatabase(unnamed);
    Done made = makeEmpty(unnamed, source, clock);
    if (made && !QFile::rename(unnamed, path))
        made = fail(ErrorKind::io, QStringLiteral("%1 cannot be made").arg(path));
    if (!made)
        removeDatabase(unnamed);
    return made;
}

Result<std::unique_ptr<ReplicaFile>> ReplicaFile::open(const QString &path, const Clock &clock)
{
    const QFileInfo info(path);
    if (!info.exists())
        return fail(ErrorKind::notFound, path);
    std::unique_ptr<ReplicaFile> file(new ReplicaFile(info.canonicalFilePath(), clock));
    auto lock = FileLock::take(file->m_path + QStringLiteral(".lock"));
    if (!lock)
        return tl::unexpected(lock.error());
    file->m_lock = std::move(*lock);
    if (Done opened = file->openDatabase(); !opened)
        return tl::unexpected(opened.error());
    return file;
}

Result<ReplicaDescription> ReplicaFile::describe(const QString &path)
{
    if (!QFileInfo::exists(path))
        return fail(ErrorKind::notFound, path);
    auto opened = Database::open(path, Database::Mode::readOnly);
    if (!opened)
        return tl::unexpected(opened.error());
    if (const auto version = schemaVersion(**opened); !version)
        return tl::unexpected(version.error());
    return describeIn(**opened);
}

Done ReplicaFile::openDatabase()
{
    auto opened = Database::open(m_path, Database::Mode::readWrite);
    if (!opened)
        return tl::unexpected(opened.error());
    m_database = std::move(*opened);
    if (const auto version = schemaVersion(*m_database); !version)
        return tl::unexpected(version.error());
    const auto found = describeIn(*m_database);
    if (!found)
        return tl::unexpected(found.error());
    m_description = *found;
    // Rows come in the order in which they arrive: some for a while without what they refer to. What a crash of the
    // machine takes away is fetched again, as the position goes with it.
    for (const char *pragma : {"journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = OFF", "cache_size = -6000",
                               "temp_store = MEMORY", "journal_size_limit = 67108864"})
        m_database->execute(QStringLiteral("PRAGMA ") + QString::fromLatin1(pragma));
    if (Done done = m_database->done(); !done)
        return done;
    if (Done done = migrate(*m_database); !done)
        return done;
    m_state = readMeta(*m_database, stateMeta);
    const QStringList slices = readMeta(*m_database, slicesMeta).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_slices = QSet<QString>(slices.cbegin(), slices.cend());
    return m_database->done();
}

void ReplicaFile::store(const char *name, const QString &value)
{
    writeMeta(*m_database, name, value);
}

Done ReplicaFile::commit()
{
    m_database->execute(QStringLiteral("COMMIT"));
    const Done done = m_database->done();
    if (!done) {
        m_database->execute(QStringLiteral("ROLLBACK"));
        static_cast<void>(m_database->takeFailure());
    }
    return done;
}

Done ReplicaFile::takeSlice(const QString &id, const QString &state, const QString &file)
{
    // If the power fails between the two, it is fetched and taken again.
    if (Done applied = applySlice(*m_database, file); !applied)
        return applied;
    QSet<QString> slices = m_slices;
    slices.insert(id);
    const QString lowest = lowerState(m_state, state);
    m_database->execute(QStringLiteral("BEGIN IMMEDIATE"));
    indexWaiting(*m_database);
    store(slicesMeta, QStringList(slices.cbegin(), slices.cend()).join(QLatin1Char(' ')));
    store(stateMeta, lowest);
    if (Done done = commit(); !done)
        return done;
    m_slices = slices;
    m_state = lowest;
    return {};
}

Done ReplicaFile::takeRows(const ChangeBatch &batch)
{
    m_database->execute(QStringLiteral("BEGIN IMMEDIATE"));
    applyChanges(*m_database, batch);
    indexWaiting(*m_database);
    return commit();
}

Done ReplicaFile::reached(const QString &state)
{
    const Time now = m_clock.now();
    m_database->execute(QStringLiteral("BEGIN IMMEDIATE"));
    store(stateMeta, state);
    store(asOfMeta, QString::number(toMs(now)));
    store(slicesMeta, QString());
    {
        // The numbers were handed out there.
        Statement clear = m_database->statement("clear_commit_log");
        clear.run();
        Statement log = m_database->statement("insert_commit_log");
        log.bind("first", qint64(1)).bind("last", numberOfState(state)).bind("at", now).run();
    }
    if (Done done = commit(); !done)
        return done;
    m_state = state;
    m_slices.clear();
    m_description.isComplete = true;
    m_description.asOf = now;
    return {};
}

Done ReplicaFile::startOver()
{
    m_database.reset();
    removeDatabase(m_path);
    if (Done made = create(m_path, m_description.source, m_clock); !made)
        return made;
    return openDatabase();
}

} // namespace Earshot
