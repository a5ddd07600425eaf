// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/workspace.h"

#include "workspace/beforecopies.h"
#include "workspace/deliverystore.h"
#include "workspace/erasemark.h"
#include "workspace/filesystem.h"
#include "workspace/incarnation.h"
#include "workspace/readerpool.h"
#include "workspace/readingcopy.h"
#include "workspace/schema.h"
#include "workspace/upkeep.h"
#include "workspace/writerthread.h"

#include <QDir>
#include <QFileInfo>

namespace Earshot {

namespace {

constexpr qint64 firstLiveMessage = Q_INT64_C(1) << 40;

/// "INCARNATION:N ...": which ones this file was before, each until after its change number N; the oldest are left out.
const QString lineageName = QStringLiteral("lineage");
constexpr qsizetype longestLineage = 50;

QString newIncarnationName(const Clock &clock)
{
    return newUuid(clock.now()).toString(QUuid::WithoutBraces);
}

QString readMeta(Database &database, const QString &name)
{
    Statement find = database.statement("select_meta");
    return find.bind("name", name).next() ? find.text(0) : QString();
}

void writeMeta(Database &database, const QString &name, const QString &value)
{
    Statement store = database.statement("upsert_meta");
    store.bind("name", name).bind("value", value).run();
}

QString originWord(Workspace::Origin origin)
{
    switch (origin) {
    case Workspace::Origin::same:
        return {};
    case Workspace::Origin::restored:
        return QStringLiteral("restored");
    case Workspace::Origin::copied:
        return QStringLiteral("copied");
    case Workspace::Origin::moved:
        return QStringLiteral("moved");
    case Workspace::Origin::handedOver:
        return QStringLiteral("handedOver");
    case Workspace::Origin::replica:
        return QStringLiteral("replica");
    }
    return {};
}

Workspace::Origin originFromWord(const QString &text)
{
    if (text == QLatin1StringView("restored"))
        return Workspace::Origin::restored;
    if (text == QLatin1StringView("copied"))
        return Workspace::Origin::copied;
    if (text == QLatin1StringView("handedOver"))
        return Workspace::Origin::handedOver;
    if (text == QLatin1StringView("replica"))
        return Workspace::Origin::replica;
    return text == QLatin1StringView("moved") ? Workspace::Origin::moved : Workspace::Origin::same;
}

void setUp(Database &database)
{
    database.execute(QStringLiteral("PRAGMA journal_mode = WAL"));
    database.execute(QStringLiteral("PRAGMA synchronous = FULL"));
    database.execute(QStringLiteral("PRAGMA foreign_keys = ON"));
    database.execute(QStringLiteral("PRAGMA temp_store = MEMORY"));
    database.execute(QStringLiteral("PRAGMA cache_size = -6000"));
    database.execute(QStringLiteral("PRAGMA journal_size_limit = 67108864"));
}

/// Rows come in the order in which they arrive: some for a while without what they refer to.
void setUpReplica(Database &database)
{
    database.execute(QStringLiteral("PRAGMA foreign_keys = OFF"));
    // What is withdrawn stays in no page that was freed, neither now nor when the index was put together before.
    database.execute(QStringLiteral("PRAGMA secure_delete = ON"));
}

void fillNew(Database &database, const QString &adminName, const QString &incarnation, const Clock &clock)
{
    database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    writeMeta(database, QStringLiteral("workspace"), newUuid(clock.now()).toString(QUuid::WithoutBraces));
    writeMeta(database, QStringLiteral("incarnation"), incarnation);
    writeMeta(database, QStringLiteral("message_high"), QString::number(firstLiveMessage));
    writeMeta(database, QStringLiteral("message_low"), QString::number(firstLiveMessage));
    writeMeta(database, QStringLiteral("next_number"), QStringLiteral("1"));
    {
        Statement agent = database.statement("insert_agent");
        agent.bind("seq", 1).bind("uuid", newUuid(clock.now()).toString(QUuid::WithoutBraces));
        // Whoever makes a workspace sits before it.
        agent.bind("name", adminName).bind("role", Role::admin).bind("on_duty", true).run();
    }
    {
        Statement log = database.statement("insert_commit_log");
        log.bind("first", 1).bind("last", 1).bind("at", clock.now()).run();
    }
    database.execute(QStringLiteral("COMMIT"));
}

OutsideRecord recordOf(const QString &path, const QString &incarnation, Seq highest)
{
    return {incarnation, QFileInfo(path).canonicalFilePath(), fileNumber(path), highest};
}

Seq lastSeqOf(Database &database)
{
    Statement find = database.statement("select_last_seq");
    return find.next() ? find.integer(0) : 0;
}

/// What a file was before it is brought up to date, beside it.
Done keepCopyBefore(Database &database, const QString &path, int version)
{
    if (version == newestSchemaVersion())
        return {};
    const auto origin = originFromWord(readMeta(database, QStringLiteral("courier_off")));
    // Each step is whole or not at all, and what it holds can be fetched: a copy would only outlive what is erased or
    // withdrawn.
    if (const bool isReadable = !database.takeFailure(); isReadable && origin == Workspace::Origin::replica)
        return {};
    const QString copy = copyBefore(path, newestSchemaVersion());
    if (QFileInfo::exists(copy))
        return {};
    // Without the file its pictures are no copy: the program ended between the two.
    QDir(copy + QStringLiteral(".media")).removeRecursively();
    return backupWorkspace(path, copy);
}

} // namespace

QString Writing::meta(const QString &name)
{
    return readMeta(m_database, name);
}

void Writing::setMeta(const QString &name, const QString &value)
{
    writeMeta(m_database, name, value);
}

Workspace::Workspace(QString path, Access access, const Clock &clock)
    : m_path(std::move(path))
    , m_access(access)
    , m_clock(clock)
{
    qRegisterMetaType<CommitNotice>();
}

Workspace::~Workspace()
{
    if (m_writer)
        static_cast<void>(recordOutside());
    m_readers.reset();
    m_writer.reset();
}

Done Workspace::create(const QString &path, const QString &adminName, const Clock &clock)
{
    if (QFileInfo::exists(path))
        return fail(ErrorKind::invalid, QStringLiteral("%1 exists already").arg(path));
    // What is left of an erased one there is still to go.
    if (Done may = mayBeRead(path); !may)
        return may;
    if (Done may = mayWriteOn(fileSystemTypeOf(path)); !may)
        return may;
    const QString incarnation = newIncarnationName(clock);
    {
        Result<std::unique_ptr<Database>> opened = Database::open(path, Database::Mode::create);
        if (!opened)
            return tl::unexpected(opened.error());
        Database &database = **opened;
        database.execute(QStringLiteral("PRAGMA application_id = %1").arg(applicationId));
        setUp(database);
        if (Done done = database.done(); !done)
            return done;
        if (Done done = migrate(database); !done)
            return done;
        fillNew(database, adminName, incarnation, clock);
        if (Done done = database.done(); !done)
            return done;
    }
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    return saveOutside(recordOf(path, incarnation, 1));
}

Result<std::unique_ptr<Workspace>> Workspace::open(const QString &path, Access access, const Clock &clock)
{
    const QFileInfo info(path);
    if (!info.exists())
        return fail(ErrorKind::notFound, path);
    if (Done may = mayBeRead(path); !may)
        return tl::unexpected(may.error());
    if (!info.isFile() || info.size() == 0)
        return fail(ErrorKind::damaged, QStringLiteral("this file is not an Earshot workspace"));
    std::unique_ptr<Workspace> workspace(new Workspace(info.canonicalFilePath(), access, clock));
    if (Done done = workspace->start(); !done)
        return tl::unexpected(done.error());
    return workspace;
}

Done Workspace::start()
{
    if (Done done = isOwner() ? openForWriting() : openForReading(); !done)
        return done;
    m_readers = std::make_unique<ReaderPool>(readablePath());
    return {};
}

QString Workspace::readablePath() const
{
    return m_copy ? m_copy->path() : m_path;
}

Done Workspace::takeOver()
{
    if (isOwner())
        return {};
    if (m_copy)
        return fail(ErrorKind::readOnly, m_path);
    if (fileNumber(m_path) != m_fileNumber)
        return fail(ErrorKind::notFound, QStringLiteral("another file was put in the place of %1").arg(m_path));
    Done done = openForWriting();
    // Whoever had it may have closed it in order to erase it.
    if (done)
        done = mayBeRead(m_path);
    if (!done) {
        m_writer.reset();
        m_lock.reset();
        return done;
    }
    m_access = Access::owner;
    Q_EMIT ownershipTaken();
    return {};
}

Done Workspace::openForReading()
{
    Result<std::unique_ptr<Database>> database = openReader(m_path);
    if (!database)
        return tl::unexpected(database.error());
    const Result<int> version = schemaVersion(**database);
    if (!version)
        return tl::unexpected(version.error());
    if (*version < newestSchemaVersion()) {
        if (FileLock::isTaken(m_path + QStringLiteral(".lock")))
            return fail(ErrorKind::unsupported, QStringLiteral("an older version of Earshot works with this file"));
        database->reset();
        auto copy = ReadingCopy::of(m_path);
        if (!copy)
            return tl::unexpected(copy.error());
        m_copy = std::move(*copy);
        database = openReader(m_copy->path());
        if (!database)
            return tl::unexpected(database.error());
    }
    m_origin = originFromWord(readMeta(**database, QStringLiteral("courier_off")));
    if (m_origin == Origin::same) {
        // Remembered first: an owner writes on meanwhile.
        const QString incarnation = readMeta(**database, QStringLiteral("incarnation"));
        const std::optional<OutsideRecord> remembered = loadOutside(incarnation);
        const Origin judged = judgeOrigin(recordOf(m_path, incarnation, lastSeqOf(**database)), remembered);
        // Whoever works with it has judged it; that may be another user, who remembers other things.
        m_origin =
            judged != Origin::same && FileLock::isTaken(m_path + QStringLiteral(".lock")) ? Origin::same : judged;
    }
    m_fileNumber = fileNumber(m_path);
    return (*database)->done();
}

Done Workspace::openForWriting()
{
    if (Done may = mayWriteOn(fileSystemTypeOf(m_path)); !may)
        return may;
    Result<std::unique_ptr<FileLock>> lock = FileLock::take(m_path + QStringLiteral(".lock"));
    if (!lock)
        return tl::unexpected(lock.error());
    m_lock = std::move(*lock);
    Result<std::unique_ptr<Database>> opened = Database::open(m_path, Database::Mode::readWrite);
    if (!opened)
        return tl::unexpected(opened.error());
    Database &database = **opened;
    const Result<int> version = schemaVersion(database);
    if (!version)
        return tl::unexpected(version.error());
    if (Done done = keepCopyBefore(database, m_path, *version); !done)
        return done;
    setUp(database);
    if (Done done = database.done(); !done)
        return done;
    if (Done done = migrate(database); !done)
        return done;
    Seq last = lastSeqOf(database);
    if (Done done = learnOrigin(database, last); !done)
        return done;
    if (m_origin == Origin::replica) {
        setUpReplica(database);
        for (const QString &left : removeReplicaCopies(m_path))
            qWarning("an old copy of the replica could not be removed: %s", qPrintable(left));
    }
    m_writer = std::make_unique<WriterThread>(std::move(*opened), last, m_clock);
    connect(m_writer.get(), &WriterThread::committed, this, &Workspace::committed, Qt::DirectConnection);
    m_writer->start();
    return {};
}

Done Workspace::learnOrigin(Database &database, Seq &last)
{
    m_incarnation = readMeta(database, QStringLiteral("incarnation"));
    m_origin = originFromWord(readMeta(database, QStringLiteral("courier_off")));
    const Origin judged = judgeOrigin(recordOf(m_path, m_incarnation, last), loadOutside(m_incarnation));
    // What a server has stays the server's, wherever the file goes.
    if (judged == Origin::same || isServed() || database.failure())
        return database.done();
    m_origin = judged;
    const QString earlier = std::exchange(m_incarnation, newIncarnationName(m_clock));
    startNewIncarnation(database, earlier, last);
    if (Done done = database.done(); !done)
        return done;
    return saveOutside(recordOf(m_path, m_incarnation, last));
}

void Workspace::startNewIncarnation(Database &database, const QString &earlier, Seq &last)
{
    const Seq before = last;
    CommitNotice notice;
    Writing writing(database, last, notice, m_clock.now());
    database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    writing.setMeta(QStringLiteral("incarnation"), m_incarnation);
    QStringList lineage = writing.meta(lineageName).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    lineage.append(earlier + QLatin1Char(':') + QString::number(before));
    writing.setMeta(lineageName, lineage.mid(std::max<qsizetype>(0, lineage.size() - longestLineage)).join(u' '));
    writing.setMeta(QStringLiteral("courier_off"), originWord(origin()));
    // That of another file's server: what this one missed since is no pause of its own.
    writing.setMeta(lifeSignName, QString());
    makeWaitingUnsure(writing, originWord(origin()));
    if (last > before) {
        Statement log = database.statement("insert_commit_log");
        log.bind("first", before + 1).bind("last", last).bind("at", m_clock.now()).run();
    }
    database.execute(QStringLiteral("COMMIT"));
}

QFuture<Done> Workspace::handOver()
{
    return write<void>(Urgency::interactive, [this](Writing &writing) -> Done {
        writing.setMeta(QStringLiteral("courier_off"), originWord(Origin::handedOver));
        m_origin = Origin::handedOver;
        writing.notice().hasChannels = true; // whoever serves them ends
        return {};
    });
}

QFuture<Done> Workspace::adopt()
{
    return write<void>(Urgency::interactive, [this](Writing &writing) -> Done {
        if (isServed())
            return fail(ErrorKind::refused, originWord(m_origin) + QStringLiteral(": a server goes on with it"));
        writing.setMeta(QStringLiteral("courier_off"), QString());
        m_origin = Origin::same;
        writing.notice().hasChannels = true; // whoever serves them may begin
        return {};
    });
}

QFuture<Done> Workspace::writeAlone(std::function<Done(Writing &)> work)
{
    auto promise = std::make_shared<QPromise<Done>>();
    promise->start();
    auto answer = std::make_shared<Done>(fail(ErrorKind::unknown));
    onWriter({Urgency::bulk,
              [answer, work = std::move(work)](Writing &writing) {
                  *answer = work(writing);
                  if (auto error = writing.database().takeFailure())
                      *answer = tl::unexpected(*error);
                  return answer->has_value();
              },
              [promise, answer](const std::optional<Error> &error) {
                  promise->addResult(error ? Done(tl::unexpected(*error)) : *answer);
                  promise->finish();
              },
              Lasting::surely, true});
    return promise->future();
}

qint64 Workspace::logBytes() const
{
    return m_writer ? m_writer->logBytes() : 0;
}

Done Workspace::recordOutside()
{
    return saveOutside(recordOf(m_path, m_incarnation, m_writer->lastSeq()));
}

void Workspace::onReader(std::function<void(Result<Database *>)> work)
{
    m_readers->start(std::move(work));
}

void Workspace::onThisThread(const std::function<void(Result<Database *>)> &work)
{
    m_readers->runHere(work);
}

void Workspace::onWriter(WriteTask task)
{
    if (isOwner())
        m_writer->add(std::move(task));
    else
        task.finished(Error{ErrorKind::readOnly, QStringLiteral("this workspace is open for reading only"), {}});
}

} // namespace Earshot
