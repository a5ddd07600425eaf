// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/workspace.h"

#include <QDateTime>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSemaphore>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Earshot;

/// Opening, owning, writing in groups, and noticing a copied or restored file.
class WorkspaceTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void createdFileOpensAndHasItsAdmin();
    void secondOwnerIsRefusedReadersAreNot();
    void foreignAndNewerFilesAreRefused();
    void eachTaskIsRolledBackAlone();
    void halfATaskIsNeverCommitted_data();
    void halfATaskIsNeverCommitted();
    void failedCommitIsToldToAllAndNumbersGoOn();
    void whatIsFetchedAgainDoesNotWaitForTheDisk();
    void lengthOfTheLogIsKnown();
    void copyStartsWithTheCourierOff();
    void restoredFileStartsWithTheCourierOff();
    void restoredWithAllThatIsRememberedToo();
    void adoptedFileIsTrustedAgain();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("desk.earshot")); }
    [[nodiscard]] std::unique_ptr<Workspace> openOwner(const QString &path)
    {
        auto opened = Workspace::open(path, Workspace::Access::owner, m_clock);
        return opened ? std::move(*opened) : nullptr;
    }
    static QFuture<Result<Seq>> addNumber(Workspace &workspace)
    {
        return workspace.write<Seq>(Urgency::interactive, [](Writing &writing) -> Result<Seq> {
            writing.setMeta(QStringLiteral("test"), QString::number(writing.lastSeq() + 1));
            return writing.nextSeq();
        });
    }

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void WorkspaceTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void WorkspaceTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(Workspace::create(path(), QStringLiteral("Ana"), m_clock));
}

void WorkspaceTest::cleanup()
{
    Database::setFault({});
    m_folder.reset();
}

void WorkspaceTest::createdFileOpensAndHasItsAdmin()
{
    QCOMPARE(Workspace::create(path(), QStringLiteral("Ana"), m_clock).error().kind, ErrorKind::invalid);
    const auto workspace = openOwner(path());
    QVERIFY(workspace);
    QVERIFY(!workspace->isCourierOff());
    QCOMPARE(addNumber(*workspace).result().value(), 2);
}

void WorkspaceTest::secondOwnerIsRefusedReadersAreNot()
{
    const auto owner = openOwner(path());
    QVERIFY(owner);
    QCOMPARE(Workspace::open(path(), Workspace::Access::owner, m_clock).error().kind, ErrorKind::locked);
    auto reader = Workspace::open(path(), Workspace::Access::readOnly, m_clock);
    QVERIFY(reader);
    QCOMPARE(addNumber(**reader).result().error().kind, ErrorKind::readOnly);
}

void WorkspaceTest::foreignAndNewerFilesAreRefused()
{
    const QString foreign = m_folder->filePath(QStringLiteral("notes.txt"));
    QFile file(foreign);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("hello, I am not a database, but long enough to look like one at first sight. ");
    file.close();
    QCOMPARE(Workspace::open(foreign, Workspace::Access::owner, m_clock).error().kind, ErrorKind::damaged);
    QCOMPARE(
        Workspace::open(m_folder->filePath(QStringLiteral("none")), Workspace::Access::owner, m_clock).error().kind,
        ErrorKind::notFound);
    {
        auto database = Database::open(path(), Database::Mode::readWrite);
        QVERIFY(database);
        (*database)->execute(QStringLiteral("PRAGMA user_version = 9999"));
    }
    QCOMPARE(Workspace::open(path(), Workspace::Access::owner, m_clock).error().kind, ErrorKind::newerVersion);
}

void WorkspaceTest::eachTaskIsRolledBackAlone()
{
    const auto workspace = openOwner(path());
    const auto good = addNumber(*workspace);
    const auto bad = workspace->write<int>(Urgency::interactive, [](Writing &writing) -> Result<int> {
        writing.setMeta(QStringLiteral("test"), QStringLiteral("spoiled"));
        static_cast<void>(writing.nextSeq());
        return fail(ErrorKind::refused);
    });
    const auto after = addNumber(*workspace);
    QCOMPARE(good.result().value(), 2);
    QCOMPARE(bad.result().error().kind, ErrorKind::refused);
    QCOMPARE(after.result().value(), 3);
    const auto value = workspace->readNow<QString>([](Database &database) -> Result<QString> {
        Statement find = database.statement("select_meta");
        find.bind("name", QStringLiteral("test")).next();
        return find.text(0);
    });
    QCOMPARE(value.value(), QStringLiteral("3"));
}

void WorkspaceTest::halfATaskIsNeverCommitted_data()
{
    QTest::addColumn<bool>("isEndedBySqlite");
    QTest::addColumn<bool>("isFirst");
    QTest::newRow("the next access fails") << false << false;
    QTest::newRow("SQLite has ended the transaction") << true << false;
    QTest::newRow("first in its transaction, the next access fails") << false << true;
    QTest::newRow("first in its transaction, SQLite has ended it") << true << true;
}

/// What follows a failure may fail too, or the transaction may be gone: then nothing of the group is kept but whole
/// tasks.
void WorkspaceTest::halfATaskIsNeverCommitted()
{
    QFETCH(bool, isEndedBySqlite);
    QFETCH(bool, isFirst);
    const auto workspace = openOwner(path());
    QSemaphore allAreThere;
    // What is refused leaves the transaction to the next.
    const auto wait = workspace->write<bool>(Urgency::interactive, [&, isFirst](Writing &writing) -> Result<bool> {
        allAreThere.acquire();
        writing.setMeta(QStringLiteral("waited"), QStringLiteral("yes"));
        return isFirst ? Result<bool>(fail(ErrorKind::refused)) : true;
    });
    const auto half = workspace->write<bool>(Urgency::interactive, [isEndedBySqlite](Writing &writing) -> Result<bool> {
        writing.setMeta(QStringLiteral("half"), QStringLiteral("yes"));
        if (isEndedBySqlite)
            writing.database().execute(QStringLiteral("ROLLBACK"));
        else
            Database::setFault([isLeft = true]() mutable -> std::optional<Error> {
                return std::exchange(isLeft, false) ? std::optional(Error{ErrorKind::diskFull, {}, {}}) : std::nullopt;
            });
        return fail(ErrorKind::diskFull);
    });
    const auto whole = addNumber(*workspace);
    allAreThere.release();
    QCOMPARE(half.result().error().kind, ErrorKind::diskFull);
    const auto number = whole.result();
    const auto metaOf = [&workspace](const char *name) {
        return workspace
            ->readNow<QString>([name](Database &database) -> Result<QString> {
                Statement find = database.statement("select_meta");
                return find.bind("name", QString::fromLatin1(name)).next() ? find.text(0) : QString();
            })
            .value();
    };
    QCOMPARE(metaOf("half"), QString());
    QCOMPARE(metaOf("waited"), wait.result() ? QStringLiteral("yes") : QString());
    QVERIFY(!isFirst || !wait.result());
    // Whole or not at all, and told so.
    QCOMPARE(metaOf("test"), number ? QString::number(*number) : QString());
    Database::setFault({});
    QVERIFY(addNumber(*workspace).result());
}

void WorkspaceTest::failedCommitIsToldToAllAndNumbersGoOn()
{
    const auto workspace = openOwner(path());
    // For every k: the k-th access of a write fails; afterwards the next write works and no number is lost or doubled.
    Seq expected = 2;
    bool hasMetNone = false;
    for (int k = 0; k < 40 && !hasMetNone; ++k) {
        auto left = std::make_shared<std::atomic<int>>(k);
        Database::setFault([left]() -> std::optional<Error> {
            return left->fetch_sub(1) == 0 ? std::optional(Error{ErrorKind::io, QStringLiteral("fault"), {}})
                                           : std::nullopt;
        });
        const Result<Seq> result = addNumber(*workspace).result();
        hasMetNone = left->load() >= 0;
        Database::setFault({});
        if (result)
            QCOMPARE(*result, expected++);
        QCOMPARE(addNumber(*workspace).result().value(), expected);
        ++expected;
    }
    QVERIFY(hasMetNone);
}

/// It never takes what is to last into a transaction of its own, and goes with it otherwise.
void WorkspaceTest::whatIsFetchedAgainDoesNotWaitForTheDisk()
{
    constexpr qint64 full = 2;
    constexpr qint64 normal = 1;
    const auto workspace = openOwner(path());
    QSemaphore allAreThere;
    QList<std::pair<qint64, Seq>> seen; ///< "synchronous", and the last number of the transaction before
    const auto add = [&](Lasting lasting) {
        return workspace->write<bool>(
            Urgency::interactive,
            [&](Writing &writing) -> Result<bool> {
                if (seen.isEmpty())
                    allAreThere.acquire();
                Statement last = writing.statement("select_last_seq");
                seen.append(
                    {writing.database().pragma(QStringLiteral("synchronous")), last.next() ? last.integer(0) : Seq(0)});
                writing.setMeta(QStringLiteral("test"), QString::number(writing.nextSeq()));
                return true;
            },
            lasting);
    };
    const auto fetched = add(Lasting::untilFetchedAgain);
    const auto fetchedToo = add(Lasting::untilFetchedAgain);
    const auto kept = add(Lasting::surely);
    const auto fetchedLast = add(Lasting::untilFetchedAgain);
    allAreThere.release();
    QVERIFY(fetched.result() && fetchedToo.result() && kept.result() && fetchedLast.result());
    using Seen = std::pair<qint64, Seq>;
    // Two transactions, where the machine does not take longer for one task than a transaction lasts.
    QCOMPARE(seen.at(0), Seen(normal, 1));
    QCOMPARE(seen.at(1).first, normal);
    QCOMPARE(seen.at(2), Seen(full, 3));
    QVERIFY(seen.at(3) == Seen(full, 3) || seen.at(3) == Seen(normal, 4));
    const auto after = add(Lasting::surely);
    QVERIFY(after.result());
    QCOMPARE(seen.at(4), Seen(full, 5));
}

/// While somebody reads one state, the log only grows; afterwards it begins anew.
void WorkspaceTest::lengthOfTheLogIsKnown()
{
    const auto workspace = openOwner(path());
    const auto reader = Workspace::open(path(), Workspace::Access::readOnly, m_clock).value();
    QCOMPARE(reader->logBytes(), 0);
    char16_t letter = u'a';
    const auto writeMuch = [&workspace, &letter] {
        // Another letter each time: pages that do not change are not written.
        const QString much(8'000'000, letter == u'z' ? letter = u'a' : ++letter);
        return workspace
            ->write<bool>(Urgency::bulk,
                          [&much](Writing &writing) -> Result<bool> {
                              writing.setMeta(QStringLiteral("test"), much);
                              return true;
                          })
            .result()
            .has_value();
    };
    const Result<bool> read = reader->readNow<bool>([&](Database &database) -> Result<bool> {
        // The state that is read begins with the first statement.
        const bool wrote =
            database.pragma(QStringLiteral("user_version")) > 0 && writeMuch() && writeMuch() && writeMuch();
        return wrote && workspace->logBytes() > 24'000'000;
    });
    QVERIFY(read.value());
    QTRY_VERIFY(addNumber(*workspace).result() && workspace->logBytes() < 1'000'000);
}

void WorkspaceTest::copyStartsWithTheCourierOff()
{
    addNumber(*openOwner(path())).waitForFinished();
    const QString copy = m_folder->filePath(QStringLiteral("copy.earshot"));
    QVERIFY(QFile::copy(path(), copy));
    const auto copied = openOwner(copy);
    QVERIFY(copied);
    QCOMPARE(copied->origin(), Workspace::Origin::copied);
    QCOMPARE(openOwner(path())->origin(), Workspace::Origin::same);
}

void WorkspaceTest::restoredFileStartsWithTheCourierOff()
{
    const QString backup = m_folder->filePath(QStringLiteral("backup"));
    openOwner(path()).reset();
    QVERIFY(QFile::copy(path(), backup));
    addNumber(*openOwner(path())).waitForFinished();
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(path() + QLatin1StringView(suffix));
    QVERIFY(QFile::copy(backup, path()));
    QCOMPARE(openOwner(path())->origin(), Workspace::Origin::restored);
    // It stays so until a person has answered.
    QCOMPARE(openOwner(path())->origin(), Workspace::Origin::restored);
}

/// The whole data folder put back in place: file and record agree again and are the same files, only the record's last
/// change is later than the record says.
void WorkspaceTest::restoredWithAllThatIsRememberedToo()
{
    openOwner(path()).reset();
    const auto contentOf = [](const QString &name) {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const auto overwrite = [](const QString &name, const QByteArray &content) {
        QFile file(name);
        return file.open(QIODevice::ReadWrite) && file.resize(0) && file.write(content) == content.size();
    };
    const QString canonical = QFileInfo(path()).canonicalFilePath();
    const QDir records(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                       QStringLiteral("/earshot/workspaces"));
    QString record;
    const QStringList names = records.entryList({QStringLiteral("*.json")}, QDir::Files);
    for (const QString &name : names) {
        if (contentOf(records.filePath(name)).contains(canonical.toUtf8()))
            record = records.filePath(name);
    }
    const QByteArray oldFile = contentOf(path());
    QJsonObject oldRecord = QJsonDocument::fromJson(contentOf(record)).object();
    QCOMPARE(oldRecord.value(QStringLiteral("path")).toString(), canonical);
    addNumber(*openOwner(path())).waitForFinished();
    QCOMPARE(openOwner(path())->origin(), Workspace::Origin::same);

    QVERIFY(overwrite(path(), oldFile));
    const qint64 anHour = 3'600'000; // since it was copied away
    oldRecord.insert(QStringLiteral("writtenAt"), QDateTime::currentMSecsSinceEpoch() - anHour);
    QVERIFY(overwrite(record, QJsonDocument(oldRecord).toJson()));
    const auto workspace = openOwner(path());
    QCOMPARE(workspace->origin(), Workspace::Origin::restored);
    QVERIFY(workspace->isCourierOff());
}

void WorkspaceTest::adoptedFileIsTrustedAgain()
{
    const QString moved = m_folder->filePath(QStringLiteral("moved.earshot"));
    openOwner(path()).reset();
    QVERIFY(QFile::rename(path(), moved));
    {
        const auto workspace = openOwner(moved);
        QCOMPARE(workspace->origin(), Workspace::Origin::moved);
        QVERIFY(workspace->adopt().result());
    }
    QCOMPARE(openOwner(moved)->origin(), Workspace::Origin::same);
}

QTEST_GUILESS_MAIN(WorkspaceTest)
#include "tst_workspace.moc"
