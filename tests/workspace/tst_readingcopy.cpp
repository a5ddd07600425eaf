// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/fulldisk.h"
#include "tests/workspace/testrows.h"
#include "workspace/filelock.h"
#include "workspace/readerpool.h"
#include "workspace/schema.h"
#include "workspace/upkeep.h"
#include "workspace/workspace.h"

#include <QCryptographicHash>
#include <QDir>
#include <QScopeGuard>
#include <QStandardPaths>
#include <QTest>
#include <QtEndian>

#include <fcntl.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// A file of an older version is opened for reading, as of a backup that belongs to evidence: it stays as it is.
class ReadingCopyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void fileStaysAsItIs();
    void isReadWhereNothingCanBeWritten();
    void logStaysAsItIs();
    void whoWorksWithItIsNotDisturbed();
    void noRoomIsSaid();
    void failingDiskIsSaid();
    void whatWasLeftGoes();
    void olderReplicaIsFrozen();

private:
    void makeOld();
    [[nodiscard]] QString file() const { return m_folder->filePath(str("desk.earshot")); }
    /// All files of the folder, with what is in them.
    [[nodiscard]] QStringList all() const;
    [[nodiscard]] QStringList copies() const
    {
        return QDir(m_temporary.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] static QString said(Workspace &workspace);

    SystemClock m_clock;
    QTemporaryDir m_temporary;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void ReadingCopyTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    // Before SQLite is asked for anything.
    qputenv("SQLITE_TMPDIR", QFile::encodeName(m_temporary.path()));
}

void ReadingCopyTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeOld();
}

void ReadingCopyTest::cleanup()
{
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_folder.reset();
}

/// As the first program that had views left it.
void ReadingCopyTest::makeOld()
{
    constexpr int version = 16;
    const auto opened = Database::open(file(), Database::Mode::create);
    QVERIFY(opened);
    Database &database = **opened;
    database.execute(str("PRAGMA application_id = %1").arg(applicationId));
    database.execute(str("PRAGMA journal_mode = WAL"));
    QVERIFY(migrate(database, version));
    database.execute(
        str("INSERT INTO agent (id, seq, created_seq, uuid, name, role) VALUES (1, 1, 1, 'u-1', 'Ana', 3)"));
    database.execute(str("INSERT INTO meta (name, value) VALUES ('said', 'long ago')"));
    QVERIFY(database.done());
    QCOMPARE(schemaVersion(database).value(), version);
}

QStringList ReadingCopyTest::all() const
{
    QStringList found;
    const QFileInfoList files = QDir(m_folder->path()).entryInfoList(QDir::Files | QDir::Hidden);
    for (const QFileInfo &info : files) {
        QFile one(info.filePath());
        const bool isOpen = one.open(QIODevice::ReadOnly);
        const QByteArray digest = QCryptographicHash::hash(one.readAll(), QCryptographicHash::Sha256).toHex();
        // The shared memory of the log is no part of what is kept.
        if (isOpen && !info.fileName().endsWith(str("-shm")))
            found.append(info.fileName() + u' ' + QString::fromLatin1(digest));
    }
    return found;
}

QString ReadingCopyTest::said(Workspace &workspace)
{
    const auto said = workspace.readNow<QString>([](Database &database) -> Result<QString> {
        if (schemaVersion(database).value_or(0) != newestSchemaVersion())
            return str("of another form");
        Statement find = database.statement("select_meta");
        find.bind("name", str("said"));
        return database.result(find.next() ? find.text(0) : QString());
    });
    return said ? *said : said.error().detail;
}

void ReadingCopyTest::fileStaysAsItIs()
{
    const QStringList before = all();
    QCOMPARE(before.size(), 1);
    {
        const auto workspace = Workspace::open(file(), Workspace::Access::readOnly, m_clock);
        QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().detail));
        QCOMPARE(said(**workspace), str("long ago"));
        QCOMPARE((*workspace)->path(), file());
        QCOMPARE((*workspace)->mediaFolder(), file() + str(".media"));
        QVERIFY((*workspace)->readablePath() != file());
        QVERIFY(openReader((*workspace)->readablePath()));
        QCOMPARE((*workspace)->takeOver().error().kind, ErrorKind::readOnly);
        QCOMPARE(copies().size(), 1);
        const QFileInfo folder(m_temporary.filePath(copies().constFirst()));
        QVERIFY(!(folder.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
    }
    QCOMPARE(all(), before);
    QCOMPARE(copies(), QStringList());
    QVERIFY(isOlderForm(file()));
}

void ReadingCopyTest::isReadWhereNothingCanBeWritten()
{
    const auto readable = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;
    const auto executable = QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
    QVERIFY(QFile::setPermissions(file(), readable));
    QVERIFY(QFile::setPermissions(m_folder->path(), readable | executable));
    QVERIFY(QFile::setPermissions(m_temporary.path(), readable | executable | QFile::WriteGroup | QFile::WriteOther));
    const auto restored = qScopeGuard([this] {
        ::setfsuid(::geteuid());
        QFile::setPermissions(m_temporary.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    });
    // Root may write everywhere: on this thread files are somebody else's now.
    ::setfsuid(65534);
    const QStringList before = all();
    {
        const auto workspace = Workspace::open(file(), Workspace::Access::readOnly, m_clock);
        QVERIFY2(workspace, workspace ? "" : qPrintable(workspace.error().detail));
        QCOMPARE(said(**workspace), str("long ago"));
    }
    QCOMPARE(all(), before);
    QCOMPARE(copies(), QStringList());
}

/// Also of one of today's form, whose program was killed: what it left in its log is not put into the file.
void ReadingCopyTest::logStaysAsItIs()
{
    const QString copy = m_folder->filePath(str("killed.earshot"));
    {
        const auto workspace = Workspace::open(file(), Workspace::Access::owner, m_clock);
        QVERIFY(workspace);
        const auto written = (*workspace)->write<void>(Urgency::interactive, [](Writing &writing) -> Done {
            writing.setMeta(str("said"), str("in the log"));
            return {};
        });
        QTRY_VERIFY(written.isFinished());
        for (const char *end : {"", "-wal"})
            QVERIFY(QFile::copy(file() + str(end), copy + str(end)));
    }
    QVERIFY(QFileInfo(copy + str("-wal")).size() > 0);
    const QStringList before = all();
    {
        const auto workspace = Workspace::open(copy, Workspace::Access::readOnly, m_clock);
        QVERIFY(workspace);
        QCOMPARE(said(**workspace), str("in the log"));
    }
    QCOMPARE(all(), before);
}

/// An older program has it: what it does meanwhile would not be seen in a copy.
void ReadingCopyTest::whoWorksWithItIsNotDisturbed()
{
    const auto lock = FileLock::take(file() + str(".lock"));
    QVERIFY(lock);
    const QStringList before = all();
    const auto workspace = Workspace::open(file(), Workspace::Access::readOnly, m_clock);
    QVERIFY(!workspace);
    QCOMPARE(workspace.error().kind, ErrorKind::unsupported);
    QCOMPARE(all(), before);
    QCOMPARE(copies(), QStringList());
}

/// It is larger than any disk, mostly of nothing.
void ReadingCopyTest::noRoomIsSaid()
{
    constexpr qint64 pages = 1 << 30;
    QFile large(file());
    QVERIFY(large.open(QIODevice::ReadWrite));
    if (!large.resize(pages * 4096))
        QSKIP("no file of that size can be made here");
    std::array<char, 4> size{};
    qToBigEndian<quint32>(quint32(pages), size.data());
    QVERIFY(large.seek(28));
    QCOMPARE(large.write(size.data(), size.size()), qint64(size.size()));
    large.close();
    const auto workspace = Workspace::open(file(), Workspace::Access::readOnly, m_clock);
    QVERIFY(!workspace);
    QCOMPARE(workspace.error().kind, ErrorKind::diskFull);
    QVERIFY2(workspace.error().detail.contains(m_temporary.path()), qPrintable(workspace.error().detail));
    QVERIFY(workspace.error().detail.contains(str("4398")));
    QCOMPARE(copies(), QStringList());
}

void ReadingCopyTest::failingDiskIsSaid()
{
    const QStringList before = all();
    {
        const FullDisk full(50'000);
        const auto workspace = Workspace::open(file(), Workspace::Access::readOnly, m_clock);
        QVERIFY(!workspace);
        QVERIFY(workspace.error().kind == ErrorKind::diskFull || workspace.error().kind == ErrorKind::io);
        QVERIFY2(workspace.error().detail.contains(m_temporary.path()), qPrintable(workspace.error().detail));
    }
    QCOMPARE(all(), before);
    QCOMPARE(copies(), QStringList());
}

/// Of a process that was killed; not that of one that lives.
void ReadingCopyTest::whatWasLeftGoes()
{
    const auto reads = Workspace::open(file(), Workspace::Access::readOnly, m_clock);
    QVERIFY(reads);
    const QStringList used = copies();
    const QString left = m_temporary.filePath(str("earshot-reading-left"));
    QVERIFY(QDir().mkpath(left));
    QFile copy(left + str("/copy.earshot"));
    QVERIFY(copy.open(QIODevice::WriteOnly) && copy.write("words") > 0);
    copy.close();
    for (const QString &folder : copies()) {
        const std::array<timespec, 2> longAgo{timespec{1, 0}, timespec{1, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(m_temporary.filePath(folder)).constData(), longAgo.data(), 0),
                 0);
    }
    QVERIFY(Workspace::open(file(), Workspace::Access::readOnly, m_clock));
    QCOMPARE(copies(), used);
    QCOMPARE(said(**reads), str("long ago"));
}

/// What is copied of one is without drafts and without what waits for the server, whichever form it had.
void ReadingCopyTest::olderReplicaIsFrozen()
{
    {
        const auto opened = Database::open(file(), Database::Mode::readWrite);
        QVERIFY(opened);
        (*opened)->execute(str("INSERT INTO meta (name, value) VALUES ('courier_off', 'replica')"));
        (*opened)->execute(
            str("INSERT INTO draft (agent, conversation, mode, device, text, content_warning, target, based_on, "
                "updated_at) VALUES (1, 1, 0, '', 'mine alone', '', 0, 0, 1)"));
        QVERIFY2((*opened)->done(), "a draft");
    }
    const QStringList before = all();
    const QString copy = m_folder->filePath(str("copy.earshot"));
    const Done done = backupWorkspace(file(), copy);
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QFile bytes(copy);
    QVERIFY(bytes.open(QIODevice::ReadOnly));
    QVERIFY(!bytes.readAll().contains("mine alone"));
    auto workspace = Workspace::open(copy, Workspace::Access::readOnly, m_clock);
    QVERIFY(workspace);
    QCOMPARE(said(**workspace), str("long ago"));
    workspace->reset();
    QFile::remove(copy);
    QCOMPARE(all(), before);
}

QTEST_GUILESS_MAIN(ReadingCopyTest)
#include "tst_readingcopy.moc"
