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
#include <sys/syscall.h>
#include <unistd.h>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

thread_local int left = -1; ///< file operations of this thread until one fails; negative = none does

bool isToFail()
{
    if (left < 0 || left-- != 0)
        return false;
    errno = EIO;
    return true;
}

} // namespace

// In place of the C library's, for Qt too.
extern "C" int unlink(const char *path) noexcept
{
    return isToFail() ? -1 : int(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

extern "C" int rmdir(const char *path) noexcept
{
    return isToFail() ? -1 : int(::syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR));
}

/// Whatever the disk refuses while a replica is erased: as long as something is left of it there is the mark by which a
/// later start goes on, and that one ends it.
class EraseFilesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void everyRemovalMayFail();

private:
    void fill();
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
    for (const char *end : {".slice", ".slice-abc", "-wal", "-shm", ".lock"}) {
        QFile file(path() + str(end));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("words") > 0);
    }
    QVERIFY(beginErasure(path(), server(), {}, tokenIdOf(Secret(m_token))));
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

void EraseFilesTest::everyRemovalMayFail()
{
    m_world = std::make_unique<ServerWorld>();
    int failed = 0;
    for (bool isFailing = true; isFailing; ++failed) {
        fill();
        left = failed;
        const QString said = erase();
        isFailing = left < 0;
        left = -1;
        QVERIFY2(said.isEmpty() || erasureOf(path()), qPrintable(said));
        const QStringList here = leftFiles();
        for (const QString &name : here)
            QVERIFY2(erasureOf(path()) || name.endsWith(str(".erased")), qPrintable(name));
        // As the next start does.
        if (erasureOf(path()))
            QCOMPARE(erase(), QString());
        ErasedReporting reporting(path(), m_world->clock());
        QSignalSpy ended(&reporting, &ErasedReporting::ended);
        reporting.run();
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 15'000);
        QCOMPARE(leftFiles(), QStringList());
        QVERIFY(!m_hasLogIn);
        QVERIFY(hasHeard());
    }
    // Each of the files, the folder, the mark and the report.
    QVERIFY2(failed >= 8, qPrintable(QString::number(failed)));
}

QTEST_GUILESS_MAIN(EraseFilesTest)
#include "tst_erasefiles.moc"
