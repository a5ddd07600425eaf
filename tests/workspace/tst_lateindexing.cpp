// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"
#include "tests/takeslice.h"
#include "workspace/indexparts.h"
#include "workspace/searchindex.h"
#include "workspace/searchplan.h"
#include "workspace/upkeep.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSemaphore>
#include <QTest>
#include <QThread>

using namespace Earshot;

namespace {

constexpr int messages = 90;

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

std::unique_ptr<Database> openFile(const QString &path)
{
    auto opened = Database::open(path, Database::Mode::readWrite);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    (*opened)->execute(QStringLiteral("PRAGMA synchronous = OFF"));
    return std::move(*opened);
}

/// As it lies on the disk at this moment.
void copyFile(const QString &from, const QString &to)
{
    for (const char *end : {"", "-wal"}) {
        QFile::remove(to + str(end));
        QFile::copy(from + str(end), to + str(end));
    }
    QFile::remove(to + QStringLiteral("-shm"));
}

bool isWriter()
{
    return QThread::currentThread()->objectName() == QLatin1StringView("writer");
}

qsizetype partsOf(Database &database)
{
    Statement find = database.statement("select_index_structure");
    const auto levels = find.next() ? readIndexParts(find.bytes(0)) : std::nullopt;
    qsizetype parts = 0;
    for (const IndexLevel &level : levels.value_or(QList<IndexLevel>()))
        parts += level.sizes.size();
    return parts;
}

} // namespace

/// What came by slices is found from the newest message on, and the index is whole at each moment: it holds what it is
/// said to hold, whatever happens to a message that waits, and wherever the program ends.
class LateIndexingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { Database::setFault({}); }
    void newestComeFirst();
    void aPieceIsOnePart();
    void whatWaitsMayChange();
    void killedAnywhereItGoesOn();
    void everyAccessMayFail();
    void commitsWaitForTheDiskAgain();
    void nobodyWaitsForMoreThanAPiece();
    void slicesThatComeAgainChangeNothing();
    void checkedAndCopiedMeanwhile();
    void damagedIsMadeAnew_data();
    void damagedIsMadeAnew();
    void whatCanBeReadStays();
    void mendingIsTriedAgain();
    void eachIndexIsMadeAnewOnce();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(str("replica.earshot")); }
    [[nodiscard]] QString other() const { return m_folder->filePath(str("other.earshot")); }
    void takeSlice(Database &database, SliceRows rows = SliceRows::newerOnes);
    /// Whether the index holds just those that do not wait, with the words that they have.
    [[nodiscard]] bool isWhole(Database &database);
    [[nodiscard]] QStringList found(Database &database, const QString &word);
    [[nodiscard]] QStringList found(const QString &path, const QString &word);
    [[nodiscard]] static qint64 waiting(Database &database);
    [[nodiscard]] static qint64 waiting(Workspace &workspace);
    bool step(Database &database, LateIndexing &indexing);

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestRows> m_server;
};

void LateIndexingTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<TestRows>();
    m_server->addChannel(1, str("Blog"), Network::wordpress);
    m_server->addChannel(2, str("Shop"));
    m_server->addIdentity(1, str("Mira Lang"), str("@mila@a.example"));
    m_server->run(str("BEGIN"));
    for (int i = 1; i <= 3; ++i)
        m_server->addConversation({.id = i, .channel = i == 3 ? 2 : 1});
    // Not in the order of their ids: another channel's history came later.
    for (int i = 1; i <= messages; ++i)
        m_server->addMessage({.id = i,
                              .conversation = i % 3 + 1,
                              .channel = i % 3 == 2 ? 2 : 1,
                              .at = 1'700'000'000'000 + (i * 37 % messages) * 1000,
                              .text = str("common word%1 ").arg(i) + (i % 2 == 0 ? str("even") : str("odd"))});
    m_server->commitNumbers();
    m_server->run(str("COMMIT"));
    if (!Workspace::create(path(), str("-"), m_clock))
        qFatal("no file");
    takeSlice(*openFile(path()));
}

void LateIndexingTest::takeSlice(Database &database, SliceRows rows)
{
    for (const qint64 channel : {1, 2}) {
        const QString file = m_folder->filePath(str("slice%1").arg(channel));
        QVERIFY(writeSlice(m_server->path(), file, {SliceKind::conversations, channel}, 1000));
        const Done applied = Earshot::takeSlice(database, file, rows);
        QVERIFY2(applied, qPrintable(applied ? QString() : applied.error().detail));
    }
}

bool LateIndexingTest::isWhole(Database &database)
{
    database.statement("check_index").run();
    const auto failure = database.takeFailure();
    if (failure)
        qWarning("%s", qPrintable(failure->detail));
    return !failure;
}

QStringList LateIndexingTest::found(Database &database, const QString &word)
{
    QStringList ids;
    Statement search = database.statement("search_index");
    search.bind("match", word).bind("before", std::numeric_limits<qint64>::max());
    while (search.next())
        ids.append(QString::number(search.integer(0)));
    return ids;
}

QStringList LateIndexingTest::found(const QString &path, const QString &word)
{
    return found(*openFile(path), word);
}

qint64 LateIndexingTest::waiting(Database &database)
{
    qint64 count = 0;
    Statement list = database.statement("list_unindexed_newest");
    list.bind("most", 1'000'000);
    while (list.next())
        ++count;
    return count;
}

qint64 LateIndexingTest::waiting(Workspace &workspace)
{
    return workspace
        .readNow<qint64>([](Database &database) -> Result<qint64> { return database.result(waiting(database)); })
        .value_or(-1);
}

bool LateIndexingTest::step(Database &database, LateIndexing &indexing)
{
    const Result<bool> worked = indexing.step(database);
    return worked && *worked;
}

void LateIndexingTest::newestComeFirst()
{
    const auto database = openFile(path());
    QCOMPARE(waiting(*database), messages);
    QCOMPARE(found(*database, str("common")), QStringList());
    LateIndexing indexing(std::chrono::milliseconds(0), 1);
    qint64 before = std::numeric_limits<qint64>::max();
    int pieces = 0;
    for (; step(*database, indexing); ++pieces) {
        QVERIFY(isWhole(*database));
        qint64 reach = 0;
        bool isWaiting = false;
        {
            Statement find = database->statement("select_search_reach");
            QVERIFY(find.next());
            reach = find.integer(1);
            isWaiting = find.integer(2) != 0;
        }
        QCOMPARE(isWaiting, waiting(*database) > 0);
        QVERIFY(reach <= before);
        before = reach;
        // Everything that is newer is found, and nothing that is much older yet.
        QSet<QString> newer;
        for (int i = 1; i <= messages; ++i) {
            if (1'700'000'000'000 + (i * 37 % messages) * 1000 > reach)
                newer.insert(QString::number(i));
        }
        const QStringList ids = found(*database, str("common"));
        QVERIFY(QSet<QString>(ids.cbegin(), ids.cend()).contains(newer));
        QVERIFY(ids.size() <= newer.size() + 32);
    }
    QVERIFY(pieces > 2);
    QCOMPARE(before, 0);
    QCOMPARE(found(*database, str("common")).size(), messages);
    QCOMPARE(found(*database, str("word17")), QStringList(str("17")));
}

/// A search looks into each part.
void LateIndexingTest::aPieceIsOnePart()
{
    const auto database = openFile(path());
    LateIndexing indexing(std::chrono::seconds(10));
    QVERIFY(step(*database, indexing));
    QCOMPARE(waiting(*database), messages - 32);
    QCOMPARE(partsOf(*database), 1);
}

/// It may be edited, hidden and deleted, and come again, before and after it is indexed.
void LateIndexingTest::whatWaitsMayChange()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator random(seed);
    const auto database = openFile(path());
    LateIndexing indexing(std::chrono::milliseconds(0), 1);
    const auto change = [&random](qint64 id, int round) -> QString {
        const QString where = str(" WHERE id = %1").arg(id);
        switch (random.bounded(4)) {
        case 0:
            return str("UPDATE message SET text = 'common changed%1'").arg(round) + where;
        case 1:
            return str("UPDATE message SET text = '', presence = 1") + where;
        case 2:
            return str("DELETE FROM message") + where;
        default:
            return str("UPDATE message SET liked = 1 - liked, text = text") + where;
        }
    };
    bool isWaiting = true;
    for (int round = 0; round < 400 && isWaiting; ++round) {
        database->execute(str("BEGIN IMMEDIATE"));
        database->execute(change(1 + random.bounded(messages), round));
        QVERIFY2(isWhole(*database), qPrintable(str("seed %1").arg(seed)));
        indexWaiting(*database);
        database->execute(random.bounded(5) == 0 ? str("ROLLBACK") : str("COMMIT"));
        QVERIFY(database->done());
        QVERIFY2(isWhole(*database), qPrintable(str("seed %1").arg(seed)));
        if (random.bounded(3) == 0)
            isWaiting = step(*database, indexing);
        QVERIFY2(isWhole(*database), qPrintable(str("seed %1").arg(seed)));
    }
    while (step(*database, indexing)) {
    }
    QCOMPARE(waiting(*database), 0);
    QVERIFY2(isWhole(*database), qPrintable(str("seed %1").arg(seed)));
}

/// The file as it lies there within and after each piece.
void LateIndexingTest::killedAnywhereItGoesOn()
{
    const auto database = openFile(path());
    LateIndexing indexing(std::chrono::milliseconds(0), 4);
    bool isWorking = true;
    for (int i = 0; isWorking; ++i) {
        const qint64 before = waiting(*database);
        int left = 3 * i;
        Database::setFault([this, &left]() -> std::optional<Error> {
            if (left-- == 0)
                copyFile(path(), other());
            return std::nullopt;
        });
        isWorking = step(*database, indexing);
        Database::setFault({});
        const bool isWithin = left < 0;
        if (!isWithin)
            copyFile(path(), other());
        {
            const auto copy = openFile(other());
            QCOMPARE(waiting(*copy), isWithin ? before : waiting(*database));
            QVERIFY(isWhole(*copy));
        }
        const auto workspace = Workspace::open(other(), Workspace::Access::owner, m_clock).value();
        QTRY_COMPARE(waiting(*workspace), 0);
        QCOMPARE(found(other(), str("common")).size(), messages);
        QVERIFY(isWhole(*openFile(other())));
    }
}

/// The k-th access of the writer fails; what somebody does afterwards is done, and indexing goes on.
void LateIndexingTest::everyAccessMayFail()
{
    // Few, so that there are not too many accesses.
    {
        const auto database = openFile(path());
        LateIndexing indexing(std::chrono::milliseconds(0), 1);
        while (waiting(*database) > 6)
            QVERIFY(step(*database, indexing));
        database->execute(str("PRAGMA wal_checkpoint(TRUNCATE)"));
    }
    bool hasMetNone = false;
    int k = 0;
    for (; !hasMetNone; ++k) {
        copyFile(path(), other());
        auto left = std::make_shared<std::atomic<int>>(k);
        Database::setFault([left]() -> std::optional<Error> {
            return isWriter() && left->fetch_sub(1) == 0 ? std::optional(Error{ErrorKind::io, str("fault"), {}})
                                                         : std::nullopt;
        });
        const auto workspace = Workspace::open(other(), Workspace::Access::owner, m_clock).value();
        QTRY_VERIFY(left->load() < 0 || waiting(*workspace) == 0);
        hasMetNone = left->load() >= 0;
        Database::setFault({});
        const auto write = workspace->write<bool>(Urgency::interactive, [](Writing &writing) -> Result<bool> {
            writing.setMeta(str("test"), str("yes"));
            return true;
        });
        QVERIFY(write.result());
        QTRY_COMPARE(waiting(*workspace), 0);
        QVERIFY(isWhole(*openFile(other())));
        QCOMPARE(found(other(), str("common")).size(), messages);
    }
    QVERIFY2(k > 10, qPrintable(QString::number(k)));
}

/// Those that follow, whatever became of a piece.
void LateIndexingTest::commitsWaitForTheDiskAgain()
{
    constexpr qint64 full = 2;
    const auto database = openFile(path());
    database->execute(str("PRAGMA synchronous = FULL"));
    bool isOver = false;
    for (int k = 0; !isOver; ++k) {
        int left = k;
        Database::setFault([&left]() -> std::optional<Error> {
            return left-- == 0 ? std::optional(Error{ErrorKind::diskFull, {}, {}}) : std::nullopt;
        });
        LateIndexing indexing(std::chrono::milliseconds(0), 4);
        const Result<bool> worked = indexing.step(*database);
        Database::setFault({});
        QCOMPARE(database->pragma(str("synchronous")), full);
        QVERIFY(worked || worked.error().kind == ErrorKind::diskFull);
        isOver = worked && !*worked;
    }
    QVERIFY(isWhole(*database));
}

/// Somebody does something while the first piece is indexed.
void LateIndexingTest::nobodyWaitsForMoreThanAPiece()
{
    QSemaphore isIndexing;
    QSemaphore isWanted;
    auto isFirst = std::make_shared<std::atomic<bool>>(true);
    Database::setFault([&isIndexing, &isWanted, isFirst]() -> std::optional<Error> {
        if (isWriter() && isFirst->exchange(false)) {
            isIndexing.release();
            isWanted.acquire();
        }
        return std::nullopt;
    });
    const auto workspace = Workspace::open(path(), Workspace::Access::owner, m_clock).value();
    isIndexing.acquire();
    auto left = std::make_shared<std::atomic<qint64>>(0);
    const auto write = workspace->write<bool>(Urgency::interactive, [left](Writing &writing) -> Result<bool> {
        *left = waiting(writing.database());
        writing.setMeta(str("test"), str("yes"));
        return true;
    });
    isWanted.release();
    QVERIFY(write.result());
    QVERIFY2(*left > 0 && *left < messages, qPrintable(QString::number(*left)));
    QTRY_COMPARE(waiting(*workspace), 0);
}

void LateIndexingTest::slicesThatComeAgainChangeNothing()
{
    const auto database = openFile(path());
    LateIndexing indexing(std::chrono::seconds(1));
    while (step(*database, indexing)) {
    }
    for (const SliceRows rows : {SliceRows::newerOnes, SliceRows::againToo}) {
        takeSlice(*database, rows);
        QCOMPARE(waiting(*database), 0);
        QVERIFY(isWhole(*database));
    }
    // What changed is indexed anew, and what it said is found no more.
    m_server->run(str("UPDATE message SET seq = 901, text = 'other' WHERE id = 17"));
    takeSlice(*database);
    QCOMPARE(waiting(*database), 1);
    QVERIFY(isWhole(*database));
    QCOMPARE(found(*database, str("word17")), QStringList());
    QVERIFY(step(*database, indexing));
    QVERIFY(isWhole(*database));
    QCOMPARE(found(*database, str("other")), QStringList(str("17")));
}

void LateIndexingTest::checkedAndCopiedMeanwhile()
{
    {
        const auto database = openFile(path());
        database->execute(str("INSERT OR REPLACE INTO meta (name, value) VALUES ('courier_off', 'replica')"));
        LateIndexing indexing(std::chrono::milliseconds(0), 1);
        QVERIFY(step(*database, indexing));
        QVERIFY(waiting(*database) > 0);
    }
    const auto problems = [](const QString &path) {
        return verifyWorkspace(path).value().problems.filter(str("index"));
    };
    QCOMPARE(problems(path()), QStringList());
    {
        // Not twice, and not for nothing.
        const auto database = openFile(path());
        copyFile(path(), other());
        const auto wrong = openFile(other());
        wrong->execute(str("DELETE FROM unindexed WHERE message = (SELECT max(message) FROM unindexed)"));
        QVERIFY(wrong->done());
    }
    QCOMPARE(problems(other()).size(), 1);
    const QString backup = m_folder->filePath(str("backup.earshot"));
    QVERIFY(backupWorkspace(path(), backup));
    QCOMPARE(problems(backup), QStringList());
    const auto copy = openFile(backup);
    QCOMPARE(waiting(*copy), 0);
    QCOMPARE(found(*copy, str("common")).size(), messages);
    QVERIFY(waiting(*openFile(path())) > 0);
}

void LateIndexingTest::damagedIsMadeAnew_data()
{
    QTest::addColumn<bool>("isWaiting");
    QTest::addColumn<QString>("index");
    QTest::newRow("while something waits") << true << str("message_index");
    QTest::newRow("while nothing does") << false << str("message_index");
    QTest::newRow("that of names") << false << str("identity_index");
}

void LateIndexingTest::damagedIsMadeAnew()
{
    QFETCH(bool, isWaiting);
    QFETCH(QString, index);
    {
        const auto database = openFile(path());
        LateIndexing indexing(std::chrono::milliseconds(0), 4);
        while (step(*database, indexing) && (!isWaiting || waiting(*database) > messages / 2)) {
        }
        QCOMPARE(waiting(*database) > 0, isWaiting);
    }
    {
        const auto database = openFile(path());
        database->execute(str("UPDATE %1_data SET block = x'00000000ffffffffff' WHERE id = 10").arg(index));
        QVERIFY(database->done());
    }
    QTest::ignoreMessage(QtWarningMsg, "the search index is damaged: it is made anew");
    const auto workspace = std::move(Workspace::open(path(), Workspace::Access::owner, m_clock).value());
    const auto written = workspace->write<void>(Urgency::interactive, [](Writing &writing) -> Done {
        writing.database().execute(str("UPDATE message SET text = 'common changed' WHERE id = 17"));
        return writing.database().done();
    });
    const Done done = written.result();
    QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
    QTRY_COMPARE(waiting(*workspace), 0);
    const auto database = openFile(path());
    QVERIFY(isWhole(*database));
    QCOMPARE(found(*database, str("common")).size(), messages);
    QCOMPARE(found(*database, str("changed")), QStringList(str("17")));
    database->statement("check_identity_index").run();
    QVERIFY(database->done());
    QCOMPARE(findAuthors(*database, str("lang"), 10), std::vector<qint64>{1});
}

void LateIndexingTest::whatCanBeReadStays()
{
    {
        const auto database = openFile(path());
        LateIndexing indexing(std::chrono::seconds(1));
        while (step(*database, indexing)) {
        }
        // Only an index that is made anew has this name again.
        database->execute(str("INSERT INTO identity_index (identity_index, rowid, name, handle) "
                              "SELECT 'delete', id, name, handle FROM identity WHERE id = 1"));
        QVERIFY(database->done());
        QCOMPARE(findAuthors(*database, str("lang"), 10), std::vector<qint64>());
    }
    const auto mendOf = [this](const char *index) {
        openFile(path())->execute(
            str("UPDATE %1_data SET block = x'00000000ffffffffff' WHERE id = 10").arg(str(index)));
        auto database = openFile(path());
        QTest::ignoreMessage(QtWarningMsg, "the search index is damaged: it is made anew");
        LateIndexing indexing(std::chrono::seconds(1));
        if (!indexing.mend(*database))
            qFatal("it could not be mended");
        return database;
    };
    {
        const auto database = mendOf("message_index");
        QCOMPARE(waiting(*database), messages);
        QCOMPARE(findAuthors(*database, str("lang"), 10), std::vector<qint64>());
        LateIndexing indexing(std::chrono::seconds(1));
        while (step(*database, indexing)) {
        }
        QVERIFY(isWhole(*database));
    }
    const auto database = mendOf("identity_index");
    QCOMPARE(waiting(*database), 0);
    QCOMPARE(found(*database, str("common")).size(), messages);
    QCOMPARE(findAuthors(*database, str("lang"), 10), std::vector<qint64>{1});
}

/// The disk is full when the index is to be made anew, and is not the next time.
void LateIndexingTest::mendingIsTriedAgain()
{
    const auto database = openFile(path());
    LateIndexing indexing(std::chrono::milliseconds(0), 4);
    const char *said = "the search index is damaged: it is made anew";
    QTest::ignoreMessage(QtWarningMsg, said);
    Database::setFault([] { return Error{ErrorKind::diskFull, str("no room"), {}}; });
    QVERIFY(!indexing.mend(*database));
    Database::setFault({});
    QTest::ignoreMessage(QtWarningMsg, said);
    QVERIFY(indexing.mend(*database));
    // Once is enough: what is damaged again at once is not the index's fault.
    QVERIFY(!indexing.mend(*database));
}

/// The names cannot be opened, and the messages are damaged further inside.
void LateIndexingTest::eachIndexIsMadeAnewOnce()
{
    {
        const auto database = openFile(path());
        LateIndexing indexing(std::chrono::seconds(1));
        while (step(*database, indexing)) {
        }
        database->execute(str("UPDATE identity_index_data SET block = x'00000000ffffffffff' WHERE id = 10"));
        QVERIFY(database->done());
    }
    const auto database = openFile(path());
    LateIndexing indexing(std::chrono::seconds(1));
    const char *said = "the search index is damaged: it is made anew";
    QTest::ignoreMessage(QtWarningMsg, said);
    QVERIFY(indexing.mend(*database));
    QCOMPARE(waiting(*database), 0);
    QTest::ignoreMessage(QtWarningMsg, said);
    QVERIFY(indexing.mend(*database));
    QCOMPARE(waiting(*database), messages);
    QVERIFY(!indexing.mend(*database));
    QCOMPARE(findAuthors(*database, str("lang"), 10), std::vector<qint64>{1});
}

QTEST_GUILESS_MAIN(LateIndexingTest)
#include "tst_lateindexing.moc"
