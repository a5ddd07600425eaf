// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/erasing.h"
#include "replica/replicafile.h"
#include "replica/serveraddress.h"
#include "tests/server/serverworld.h"
#include "workspace/mediafolder.h"

#include <QDir>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

enum class Step { removal, writing };

thread_local Step failing = Step::removal;
thread_local int left = -1; ///< such steps of this thread until one fails; negative = none does

/// Threads are woken by writing, too.
bool isRegular(int file)
{
    struct stat about
    {
    };
    return ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
}

bool isToFail(Step step)
{
    if (step != failing || left < 0 || left-- != 0)
        return false;
    errno = EIO;
    return true;
}

} // namespace

// In place of the C library's, for Qt too.
extern "C" int unlink(const char *path) noexcept
{
    return isToFail(Step::removal) ? -1 : int(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

extern "C" int rmdir(const char *path) noexcept
{
    return isToFail(Step::removal) ? -1 : int(::syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR));
}

extern "C" ssize_t write(int file, const void *bytes, size_t count)
{
    return isRegular(file) && isToFail(Step::writing) ? -1 : ssize_t(::syscall(SYS_write, file, bytes, count));
}

extern "C" int fdatasync(int file)
{
    return isToFail(Step::writing) ? -1 : int(::syscall(SYS_fdatasync, file));
}

extern "C" int rename(const char *from, const char *to) noexcept
{
    return isToFail(Step::writing) ? -1 : int(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

extern "C" int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) noexcept
{
    return isToFail(Step::writing) ? -1 : int(::syscall(SYS_renameat2, fromFolder, from, toFolder, to, flags));
}

extern "C" int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) noexcept
{
    return isToFail(Step::writing) ? -1 : int(::syscall(SYS_linkat, fromFolder, from, toFolder, to, flags));
}

/// Whatever the disk refuses while a replica is erased: as long as something is left of it there is the mark by which a
/// later start goes on, and that one ends it.
class EraseFilesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    // Anew each time: a server lets nobody report without end.
    void init() { m_world = std::make_unique<ServerWorld>(); }
    void everyRemovalMayFail();
    void everyWritingMayFail();

private:
    void fill();
    [[nodiscard]] Done begin() { return beginErasure(path(), server(), {}, tokenIdOf(Secret(m_token))); }
    /// The k-th step of that kind fails from now on; k < 0 = none does.
    static void failStep(Step step, int k)
    {
        failing = step;
        left = k;
    }
    /// As later starts do, until all is over.
    void goOn();
    /// @return what is left, as it says
    [[nodiscard]] QString erase();
    [[nodiscard]] QString path() const { return m_folder->filePath(str("desk.earshot")); }
    [[nodiscard]] QUrl server() const { return QUrl(str("http://127.0.0.1:%1").arg(m_world->server().port())); }
    [[nodiscard]] QStringList leftFiles() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
    }
    [[nodiscard]] bool hasHeard();

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_token;
    bool m_hasLogIn = false;
};

void EraseFilesTest::fill()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_token = m_world->token(ServerWorld::kim);
    m_hasLogIn = true;
    const auto told =
        m_world->workspace().write<bool>(Urgency::interactive, [id = tokenIdOf(Secret(m_token))](Writing &writing) {
            return askToErase(writing, id, ServerWorld::kim);
        });
    QVERIFY(told.result().value());
    QVERIFY(ReplicaFile::create(path(), {server().toString(), m_world->account(), ServerWorld::kim}, m_world->clock()));
    for (const char *picture : {"a picture", "another picture"})
        QVERIFY(keepMediaBytes(path() + str(".media"), picture));
    for (const char *end :
         {".slice", ".slice-abc", "-wal", "-shm", "-journal", ".new", ".new-wal", ".new-journal", ".lock"}) {
        QFile file(path() + str(end));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("words") > 0);
    }
}

QString EraseFilesTest::erase()
{
    const TokenStore store{
        [this](const QString &) { return readyFuture(Result<Secret>(m_hasLogIn ? Secret(m_token) : Secret())); },
        {},
        [this](const QString &) {
            m_hasLogIn = false;
            return readyFuture(Done());
        }};
    Erasing erasing(path(), store, m_world->clock());
    QSignalSpy ended(&erasing, &Erasing::ended);
    erasing.run();
    [&] { QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 15'000); }();
    return ended.value(0).value(0).toString();
}

bool EraseFilesTest::hasHeard()
{
    const auto token = m_world->workspace().readNow<std::optional<TokenRecord>>(
        [id = tokenIdOf(Secret(m_token))](Database &database) { return loadToken(database, id); });
    return isKnown(token.value()->erasedAt);
}

void EraseFilesTest::goOn()
{
    if (erasureOf(path()))
        QCOMPARE(erase(), QString());
    ErasedReporting reporting(path(), m_world->clock());
    QSignalSpy ended(&reporting, &ErasedReporting::ended);
    reporting.run();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 15'000);
    QCOMPARE(leftFiles().join(u' '), QString());
    QVERIFY(!m_hasLogIn);
    QVERIFY(hasHeard());
}

void EraseFilesTest::everyRemovalMayFail()
{
    int failed = 0;
    for (bool isFailing = true; isFailing; ++failed) {
        fill();
        QVERIFY(begin());
        failStep(Step::removal, failed);
        const QString said = erase();
        isFailing = left < 0;
        failStep(Step::removal, -1);
        QVERIFY2(said.isEmpty() || erasureOf(path()), qPrintable(said));
        const QStringList here = leftFiles();
        for (const QString &name : here)
            QVERIFY2(erasureOf(path()) || name.endsWith(str(".erased")), qPrintable(name));
        goOn();
    }
    // Each of the files, the folder, the mark and the report.
    QVERIFY2(failed >= 8, qPrintable(QString::number(failed)));
}

/// Either it is noted whole, and done to its end, or nothing has begun and the server says it again.
void EraseFilesTest::everyWritingMayFail()
{
    int failed = 0;
    for (bool isFailing = true; isFailing; ++failed) {
        fill();
        failStep(Step::writing, failed);
        const bool isNoted = begin().has_value();
        if (isNoted)
            QCOMPARE(erase(), QString());
        isFailing = left < 0;
        failStep(Step::writing, -1);
        if (!isNoted) {
            QVERIFY(!erasureOf(path()));
            QVERIFY(ReplicaFile::open(path(), m_world->clock()));
            QVERIFY(begin());
        }
        goOn();
    }
    // The mark, and what is kept for the server.
    QVERIFY2(failed >= 5, qPrintable(QString::number(failed)));
}

QTEST_GUILESS_MAIN(EraseFilesTest)
#include "tst_erasefiles.moc"
