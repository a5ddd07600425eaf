// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicafile.h"

#include "workspace/schema.h"
#include "workspace/searchindex.h"
#include "workspace/slice.h"
#include "workspace/wirerows.h"

#include <QDir>
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
constexpr auto formMeta = "replica_form"; ///< newestSynchronisedVersion() of who fetched what is in it
constexpr auto authoritiesMeta = "replica_authorities";
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
    found.authorities = readMeta(database, authoritiesMeta).toUtf8();
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

/// What a screen is told of rows that came.
/// @param before what it had everything up to
void noteRows(Database &database, const ChangeBatch &batch, Seq before, CommitNotice &notice)
{
    static const QSet<QByteArray> reloading{"channel", "agent",       "team",  "team_member",
                                            "tag",     "saved_reply", "macro", "notice"};
    for (const ChangedRow &row : batch.rows) {
        notice.hasChannels = notice.hasChannels || reloading.contains(row.table);
        notice.hasDeliveries = notice.hasDeliveries || row.table == "delivery";
        notice.hasViews = notice.hasViews || row.table == "shared_view";
        if (row.table == "conversation")
            notice.conversations.insert(ConversationId(row.id));
        const QList<WireColumn> &columns = wireColumns(database, row.table);
        const auto valueOf = [&](const char *name) -> qint64 {
            for (qsizetype i = 0; i < row.values.size(); ++i) {
                if (columns.at(i).column == name)
                    return row.values.at(i).toLongLong();
            }
            return 0;
        };
        if (const ConversationId conversation(valueOf("conversation")); conversation.isValid())
            notice.conversations.insert(conversation);
        notice.hasNewInbound =
            notice.hasNewInbound || (row.table == "message" && !row.isGone && valueOf("created_seq") > before &&
                                     valueOf("kind") == qint64(MessageKind::inbound));
    }
}

/// Takes away what came from the server, from the disk too.
Done emptyReplica(Database &database)
{
    database.execute(QStringLiteral("PRAGMA secure_delete = ON"));
    database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    // Not word by word: the index goes as a whole.
    for (const char *name : {"clear_index", "mark_unindexed"})
        database.statement(name).run();
    for (const QByteArray &table : synchronisedTables()) {
        const QByteArray name = "empty_" + table;
        database.statement(name.constData()).run();
    }
    database.statement("clear_commit_log").run();
    for (const char *name : {stateMeta, slicesMeta, asOfMeta})
        writeMeta(database, name, QString());
    database.execute(QStringLiteral("COMMIT"));
    const Done done = database.done();
    if (!done) {
        database.execute(QStringLiteral("ROLLBACK"));
        static_cast<void>(database.takeFailure());
    }
    database.execute(QStringLiteral("PRAGMA secure_delete = OFF"));
    if (done)
        database.execute(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
    return done ? database.done() : done;
}

/// Pictures came from the server too; what a draft is to send along did not.
void removeMedia(const QString &folder, Database &database)
{
    QString kept;
    Statement drafts = database.statement("list_draft_media");
    while (drafts.next())
        kept += drafts.text(0);
    const QStringList files = QDir(folder).entryList(QDir::Files);
    for (const QString &name : files) {
        if (!kept.contains(name))
            QFile::remove(folder + QLatin1Char('/') + name);
    }
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

ReplicaFile::ReplicaFile(Workspace &workspace)
    : m_workspace(workspace)
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
    auto workspace = Workspace::open(path, Workspace::Access::owner, clock);
    if (!workspace)
        return tl::unexpected(workspace.error());
    auto file = on(**workspace);
    if (file)
        (*file)->m_owned = std::move(*workspace);
    return file;
}

Result<std::unique_ptr<ReplicaFile>> ReplicaFile::on(Workspace &workspace)
{
    std::unique_ptr<ReplicaFile> file(new ReplicaFile(workspace));
    if (Done learned = file->learn(); !learned)
        return tl::unexpected(learned.error());
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

Done ReplicaFile::learn()
{
    return m_workspace
        .readNow<bool>([this](Database &database) -> Result<bool> {
            const auto found = describeIn(database);
            if (!found)
                return tl::unexpected(found.error());
            m_description = *found;
            m_state = readMeta(database, stateMeta);
            const QStringList slices = readMeta(database, slicesMeta).split(QLatin1Char(' '), Qt::SkipEmptyParts);
            m_slices = QSet<QString>(slices.cbegin(), slices.cend());
            m_isOfOlderForm = !m_state.isEmpty() && readMeta(database, formMeta).toInt() < newestSynchronisedVersion();
            return database.result(true);
        })
        .map([](bool) {});
}

Done ReplicaFile::takeSlice(const QString &id, const QString &state, const QString &file)
{
    QSet<QString> slices = m_slices;
    slices.insert(id);
    const QString lowest = lowerState(m_state, state);
    const auto taken = m_workspace.writeAlone([&](Writing &writing) -> Done {
        // If the power fails between the two, it is fetched and taken again.
        Database &database = writing.database();
        if (Done applied = applySlice(database, file); !applied)
            return applied;
        database.execute(QStringLiteral("BEGIN IMMEDIATE"));
        indexWaiting(database);
        writeMeta(database, slicesMeta, QStringList(slices.cbegin(), slices.cend()).join(QLatin1Char(' ')));
        writeMeta(database, stateMeta, lowest);
        writeMeta(database, formMeta, QString::number(newestSynchronisedVersion()));
        database.execute(QStringLiteral("COMMIT"));
        writing.notice().hasChannels = true;
        writing.notice().hasViews = true;
        return database.done();
    });
    const Done done = taken.result();
    if (!done)
        return done;
    m_slices = slices;
    m_state = lowest;
    return {};
}

Done ReplicaFile::takeRows(const ChangeBatch &batch, const QString &state, bool isWhole)
{
    const Time now = m_workspace.clock().now();
    const Seq before = numberOfState(m_state);
    const auto taken = m_workspace.write<void>(Urgency::interactive, [&](Writing &writing) -> Done {
        Database &database = writing.database();
        applyChanges(database, batch);
        noteRows(database, batch, before, writing.notice());
        writeMeta(database, stateMeta, state);
        if (isWhole) {
            writeMeta(database, asOfMeta, QString::number(toMs(now)));
            writeMeta(database, slicesMeta, QString());
        }
        writing.reach(numberOfState(state));
        return database.done();
    });
    const Done done = taken.result();
    if (!done)
        return done;
    m_state = state;
    if (isWhole) {
        m_slices.clear();
        m_description.isComplete = true;
        m_description.asOf = now;
    }
    return {};
}

Done ReplicaFile::keepAuthorities(const QByteArray &pem)
{
    const auto kept = m_workspace.write<void>(Urgency::interactive, [&pem](Writing &writing) -> Done {
        writeMeta(writing.database(), authoritiesMeta, QString::fromUtf8(pem));
        return writing.database().done();
    });
    const Done done = kept.result();
    if (done)
        m_description.authorities = pem;
    return done;
}

Done ReplicaFile::startOver()
{
    const auto emptied = m_workspace.writeAlone([folder = m_workspace.mediaFolder()](Writing &writing) -> Done {
        Done done = emptyReplica(writing.database());
        if (done) {
            removeMedia(folder, writing.database());
            writing.reach(0);
            writing.notice().hasChannels = true;
            writing.notice().hasDeliveries = true;
            writing.notice().hasViews = true;
        }
        return done;
    });
    const Done done = emptied.result();
    if (!done)
        return done;
    m_state.clear();
    m_slices.clear();
    m_description.isComplete = false;
    m_isOfOlderForm = false;
    return {};
}

} // namespace Earshot
