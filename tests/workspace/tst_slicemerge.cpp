// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"
#include "tests/takeslice.h"
#include "workspace/changes.h"
#include "workspace/searchindex.h"

#include <QFile>
#include <QTest>

#include <sqlite3.h>

using namespace Earshot;

namespace {

constexpr int messages = 60;

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

QStringList rowsOf(Database &database, const QByteArray &sql)
{
    QStringList found;
    sqlite3_stmt *handle = nullptr;
    if (sqlite3_prepare_v2(database.handle(), sql.constData(), -1, &handle, nullptr) != SQLITE_OK)
        return {QString::fromUtf8(sqlite3_errmsg(database.handle()))};
    while (sqlite3_step(handle) == SQLITE_ROW) {
        QStringList row;
        for (int column = 0; column < sqlite3_column_count(handle); ++column)
            row.append(QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(handle, column))));
        found.append(row.join(u'|'));
    }
    sqlite3_finalize(handle);
    return found;
}

/// All that is synchronised, and what waits to be indexed.
QStringList contentOf(Database &database)
{
    QStringList content = rowsOf(database, "SELECT * FROM unindexed ORDER BY message");
    for (const QByteArray &table : synchronisedTables())
        content += rowsOf(database, "SELECT '" + table + "', * FROM " + table + " ORDER BY id");
    content += rowsOf(database, "SELECT 'of a tag', tag, n FROM tag_tally WHERE n <> 0");
    return content + rowsOf(database, "SELECT * FROM tally WHERE n <> 0");
}

} // namespace

/// Several slices put in together, a piece at a time, are the same as one after another, wherever that ends in between.
class SliceMergeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void piecesAreTheSameAsOneAfterAnother();
    void endedAnywhereItBeginsAgain();
    void manyAtOnceAreTheSameAsOneByOne_data();
    void manyAtOnceAreTheSameAsOneByOne();
    void everyTriggerOfNewRowsIsKnown();
    void aFullDiskTakesNothingAway();
    void aConversationThatIsThereIsWhole();
    void newerRowsStay();
    void wordsFollowAlsoBesideNewMessages();
    void triggersAreBackAfterEachPiece();
    void whoHoldsAUniqueValueMakesRoom();
    void columnsThatASliceLacksAreAsUsual();
    void columnsThatAreNotKnownAreLeftAside();
    void aSliceThatIsNotThereIsSaid();
    void aSliceThatCannotBeReadIsNoDamageHere();

private:
    [[nodiscard]] QString inFolder(const char *name) const { return m_folder->filePath(str(name)); }
    [[nodiscard]] std::unique_ptr<Database> makeFile(const char *name);
    [[nodiscard]] std::unique_ptr<SliceMerge> merge();
    void writeSlices();
    /// In a transaction of its own. @return whether there is more
    static bool step(Database &database, SliceMerge &merge, bool isKept = true);

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestRows> m_server;
    QStringList m_slices;
};

void SliceMergeTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<TestRows>();
    m_server->addChannel(1, str("Blog"), Network::wordpress);
    m_server->addChannel(2, str("Shop"));
    m_server->addIdentity(1, str("Mira Lang"), str("@mila@a.example"));
    m_server->addTag(1, str("Praise"));
    m_server->addTag(2, str("Bug"));
    m_server->run(str("BEGIN"));
    for (int i = 1; i <= 6; ++i)
        m_server->addConversation({.id = i, .channel = i % 2 + 1});
    for (int i = 1; i <= 6; ++i) {
        m_server->tagConversation(i, 1);
        if (i % 3 == 0)
            m_server->tagConversation(i, 2);
    }
    for (int i = 1; i <= messages; ++i)
        m_server->addMessage({.id = i, .conversation = i % 6 + 1, .channel = (i % 6 + 1) % 2 + 1, .text = str("word")});
    m_server->commitNumbers();
    m_server->run(str("COMMIT"));
    writeSlices();
}

void SliceMergeTest::writeSlices()
{
    m_slices.clear();
    for (const qint64 channel : {1, 2}) {
        m_slices.append(m_folder->filePath(str("slice%1").arg(channel)));
        QVERIFY(writeSlice(m_server->path(), m_slices.constLast(), {SliceKind::conversations, channel}, 1000));
    }
}

std::unique_ptr<Database> SliceMergeTest::makeFile(const char *name)
{
    if (!Workspace::create(inFolder(name), str("-"), m_clock))
        qFatal("no file");
    auto database = openFile(inFolder(name));
    // Nobody but whom a slice brings.
    database->execute(str("DELETE FROM agent"));
    return database;
}

std::unique_ptr<SliceMerge> SliceMergeTest::merge()
{
    return std::move(SliceMerge::open(m_slices, SliceRows::newerOnes).value());
}

bool SliceMergeTest::step(Database &database, SliceMerge &merge, bool isKept)
{
    database.execute(str("BEGIN"));
    const bool hasMore = merge.step(database, std::chrono::milliseconds(0));
    database.execute(isKept ? str("COMMIT") : str("ROLLBACK"));
    const Done done = database.done();
    if (!done)
        qWarning("%s", qPrintable(done.error().detail));
    return done && hasMore;
}

void SliceMergeTest::piecesAreTheSameAsOneAfterAnother()
{
    const auto one = makeFile("one");
    for (const QString &slice : std::as_const(m_slices))
        QVERIFY(takeSlice(*one, slice));
    const auto together = makeFile("together");
    const auto merged = merge();
    int pieces = 1;
    while (step(*together, *merged))
        ++pieces;
    QVERIFY2(pieces > messages, qPrintable(QString::number(pieces)));
    QCOMPARE(rowsOf(*together, "SELECT count(*) FROM message"), QStringList(QString::number(messages)));
    QCOMPARE(contentOf(*together), contentOf(*one));
}

void SliceMergeTest::endedAnywhereItBeginsAgain()
{
    const auto whole = makeFile("whole");
    const auto merged = merge();
    while (step(*whole, *merged)) {
    }
    const auto file = makeFile("file");
    bool isOver = false;
    for (int k = 0; !isOver; k += 7) {
        const auto again = merge();
        for (int i = 0; i < k && !isOver; ++i)
            isOver = !step(*file, *again);
        if (!isOver)
            static_cast<void>(step(*file, *again, false));
    }
    QCOMPARE(contentOf(*file), contentOf(*whole));
}

void SliceMergeTest::manyAtOnceAreTheSameAsOneByOne_data()
{
    QTest::addColumn<QString>("here");
    QTest::newRow("into an empty file") << QString();
    QTest::newRow("some are here") << str(
        "DELETE FROM conversation WHERE id IN (1, 4); DELETE FROM message WHERE id NOT IN (17, 40);"
        "UPDATE message SET seq = 0, text = 'older' WHERE id = 40; DELETE FROM journal WHERE id % 2 = 0");
    QTest::newRow("another has the key") << str(
        "DELETE FROM conversation WHERE id <> 4; UPDATE conversation SET id = 900, seq = 0; UPDATE view_count "
        "SET n = 0; DELETE FROM thread "
        "WHERE id = 3; DELETE FROM message WHERE id > 20");
    QTest::newRow("conversations are here without their tags") << str("DELETE FROM conversation_tag WHERE id > 2");
}

/// What triggers would have noted of each is noted of all together.
void SliceMergeTest::manyAtOnceAreTheSameAsOneByOne()
{
    QFETCH(QString, here);
    m_server->run(
        str("UPDATE conversation SET status = 3 WHERE id = 5; UPDATE conversation SET priority = 2 WHERE id > 1"));
    writeSlices();
    const auto one = makeFile("one");
    const auto first = merge();
    while (step(*one, *first)) {
    }
    const auto many = makeFile("many");
    many->execute(
        str("INSERT INTO view_filter (uuid, statuses, channels, tags, tag_count, without_tags, least, "
            "needs_answer, is_private, has_trouble, counted_to) VALUES ('u', 1, '', '', 0, '', 2, 0, 0, 0, 4), "
            "('tagged', 1, '', ' 2 ', 1, '', 0, 0, 0, 0, 9), ('untagged', 9, '', ' 1 ', 1, ' 2 ', 0, 0, 0, 0, 9)"));
    if (!here.isEmpty()) {
        const auto before = merge();
        while (step(*many, *before)) {
        }
        many->execute(str("PRAGMA foreign_keys = OFF; ") + here);
    }
    const auto merged = merge();
    many->execute(str("BEGIN"));
    QVERIFY(!merged->step(*many, std::chrono::hours(1)));
    many->execute(str("COMMIT"));
    const Done done = many->done();
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QCOMPARE(contentOf(*many), contentOf(*one));
    const QByteArray counted = "SELECT view, owner, count(*) FROM view_fit WHERE conversation <= counted_to AND "
                               "wanted = tag_count AND unwanted = 0 GROUP BY 1, 2";
    QCOMPARE(rowsOf(*many, counted), QStringList({str("1|0|3"), str("2|0|2"), str("3|0|4")}));
    QCOMPARE(rowsOf(*many, "SELECT view, owner, n FROM view_count WHERE n <> 0"), rowsOf(*many, counted));
    QCOMPARE(rowsOf(*many, "SELECT tag, n FROM tag_tally WHERE n <> 0"),
             rowsOf(*many, "SELECT tag, count(*) FROM conversation_tag GROUP BY 1"));
}

/// What is put in by one statement for many tells no trigger: a new one wants a statement of its own (notesOf()).
void SliceMergeTest::everyTriggerOfNewRowsIsKnown()
{
    const auto file = makeFile("file");
    QStringList known;
    const QStringList triggers =
        rowsOf(*file, "SELECT name || ' ' || tbl_name FROM sqlite_schema WHERE type = 'trigger' AND "
                      "(sql LIKE '%AFTER INSERT%' OR sql LIKE '%BEFORE INSERT%') ORDER BY 1");
    for (const QString &trigger : triggers) {
        if (QFile::exists(str(":/queries/slice_new_%1.sql").arg(trigger.section(u' ', 1))))
            known.append(trigger.section(u' ', 0, 0));
    }
    QCOMPARE(known, QStringList({str("identity_index_insert"), str("message_index_insert"), str("tag_tally_insert"),
                                 str("tally_insert"), str("view_count_insert"), str("view_count_tagged")}));
}

/// Wherever it is full; the same again is all there is to do.
void SliceMergeTest::aFullDiskTakesNothingAway()
{
    m_server->run(str("UPDATE message SET text = printf('%.*c', 900, 'x')"));
    writeSlices();
    const auto whole = makeFile("whole");
    const auto merged = merge();
    while (step(*whole, *merged)) {
    }
    const auto file = makeFile("file");
    const auto limit = [&file](qint64 pages) { file->execute(str("PRAGMA max_page_count = %1").arg(pages)); };
    const QStringList before = contentOf(*file);
    const qint64 pages = file->pragma(str("page_count"));
    int failures = 0;
    for (bool isFull = true; isFull; ++failures) {
        limit(pages + failures);
        const auto again = merge();
        file->execute(str("BEGIN"));
        static_cast<void>(again->step(*file, std::chrono::hours(1)));
        const auto failure = file->takeFailure();
        isFull = failure.has_value();
        if (!isFull) {
            file->execute(str("COMMIT"));
            break;
        }
        QCOMPARE(failure->kind, ErrorKind::diskFull);
        if (sqlite3_get_autocommit(file->handle()) == 0)
            file->execute(str("ROLLBACK"));
        QVERIFY(file->done());
        QCOMPARE(contentOf(*file), before);
    }
    QVERIFY2(failures > 10, qPrintable(QString::number(failures)));
    QVERIFY(file->done());
    QCOMPARE(contentOf(*file), contentOf(*whole));
}

void SliceMergeTest::aConversationThatIsThereIsWhole()
{
    const auto file = makeFile("file");
    const auto merged = merge();
    bool hasMore = true;
    int looks = 0;
    while (hasMore) {
        hasMore = step(*file, *merged);
        const QStringList counts = rowsOf(*file, "SELECT count(m.id) FROM conversation AS c LEFT JOIN message AS m "
                                                 "ON m.conversation = c.id GROUP BY c.id");
        for (const QString &count : counts)
            QCOMPARE(count, QString::number(messages / 6));
        looks += int(counts.size());
    }
    QVERIFY(looks > 6);
}

void SliceMergeTest::newerRowsStay()
{
    const auto file = makeFile("file");
    const auto merged = merge();
    while (step(*file, *merged)) {
    }
    file->execute(str("UPDATE message SET seq = 1000, text = 'newer' WHERE id = 7;"
                      "UPDATE message SET text = 'as new' WHERE id = 8; DELETE FROM message WHERE id = 9"));
    const auto again = merge();
    while (step(*file, *again)) {
    }
    QCOMPARE(rowsOf(*file, "SELECT text FROM message WHERE id BETWEEN 7 AND 9 ORDER BY id"),
             QStringList({str("newer"), str("as new"), str("word")}));
    const auto anew = std::move(SliceMerge::open(m_slices, SliceRows::againToo).value());
    while (step(*file, *anew)) {
    }
    QCOMPARE(rowsOf(*file, "SELECT text FROM message WHERE id BETWEEN 7 AND 9 ORDER BY id"),
             QStringList({str("newer"), str("word"), str("word")}));
}

/// Of messages that are put in anew no trigger is told; of those that the index has already each has to be.
void SliceMergeTest::wordsFollowAlsoBesideNewMessages()
{
    const auto file = makeFile("file");
    const auto first = merge();
    while (step(*file, *first)) {
    }
    file->execute(str("DELETE FROM message WHERE id % 3 = 0; UPDATE message SET text = 'older', seq = 0 WHERE id = 8"));
    file->execute(str("UPDATE identity SET name = 'Mira Before', seq = 0 WHERE id = 1"));
    indexIdentities(*file);
    QVERIFY(indexAll(*file, {}));
    const auto found = [&](const char *word) {
        return rowsOf(*file, QByteArray("SELECT rowid FROM message_index WHERE message_index MATCH '") + word + '\'');
    };
    const auto named = [&](const char *word) {
        return rowsOf(*file, QByteArray("SELECT rowid FROM identity_index WHERE identity_index MATCH '") + word + '\'');
    };
    QCOMPARE(found("older"), QStringList(str("8")));
    QCOMPARE(named("before"), QStringList(str("1")));
    const auto again = merge();
    file->execute(str("BEGIN"));
    QVERIFY(!again->step(*file, std::chrono::hours(1)));
    file->execute(str("COMMIT"));
    QVERIFY(file->done());
    QVERIFY(indexAll(*file, {}));
    QCOMPARE(found("older"), QStringList());
    QCOMPARE(found("word").size(), qsizetype(messages));
    file->execute(str("INSERT INTO message_index (message_index, rank) VALUES ('integrity-check', 1)"));
    QVERIFY(file->done());
    QCOMPARE(rowsOf(*file, "SELECT count(*) FROM unindexed"), QStringList(str("0")));
    QCOMPARE(named("before"), QStringList());
    QCOMPARE(named("lang"), QStringList(str("1")));
    file->execute(str("INSERT INTO identity_index (identity_index, rank) VALUES ('integrity-check', 1)"));
    QVERIFY(file->done());
    QCOMPARE(rowsOf(*file, "SELECT count(*) FROM unindexed_identity"), QStringList(str("0")));
}

void SliceMergeTest::triggersAreBackAfterEachPiece()
{
    const auto file = makeFile("file");
    const auto merged = merge();
    for (bool hasMore = true; hasMore;) {
        hasMore = step(*file, *merged);
        file->execute(str("BEGIN; INSERT INTO conversation_tag (id, seq, created_seq, channel, conversation, tag)"
                          "VALUES (900, 1, 1, 1, 1, 77)"));
        QCOMPARE(rowsOf(*file, "SELECT n FROM tag_tally WHERE tag = 77"), QStringList(str("1")));
        file->execute(str("ROLLBACK"));
    }
    QVERIFY(file->done());
}

void SliceMergeTest::whoHoldsAUniqueValueMakesRoom()
{
    const auto whole = makeFile("whole");
    const auto merged = merge();
    while (step(*whole, *merged)) {
    }
    const auto file = makeFile("file");
    const auto first = merge();
    while (step(*file, *first)) {
    }
    // Under other ids, as the follower knew them before.
    file->execute(str("PRAGMA foreign_keys = OFF; DELETE FROM conversation WHERE id IN (2, 3);"
                      "UPDATE conversation SET id = 900, seq = 0 WHERE id = 4"));
    const auto again = merge();
    while (step(*file, *again)) {
    }
    QCOMPARE(contentOf(*file), contentOf(*whole));
}

/// Of an older server, beside one that has them.
void SliceMergeTest::columnsThatASliceLacksAreAsUsual()
{
    m_server->run(str("UPDATE message SET rating = 4, language = 'de'"));
    writeSlices();
    openFile(m_slices.constFirst())
        ->execute(str("ALTER TABLE message DROP COLUMN rating; ALTER TABLE message DROP COLUMN language;"
                      "ALTER TABLE conversation DROP COLUMN trouble; DROP TABLE note_mention"));
    const auto file = makeFile("file");
    const auto merged = merge();
    while (step(*file, *merged)) {
    }
    QCOMPARE(rowsOf(*file, "SELECT channel, language, rating, count(*) FROM message GROUP BY 1, 2, 3"),
             QStringList({str("1|||30"), str("2|de|4|30")}));
    QCOMPARE(rowsOf(*file, "SELECT count(*) FROM conversation WHERE trouble = 0"), QStringList(str("6")));
    QCOMPARE(rowsOf(*file, "SELECT count(*) FROM unindexed JOIN message ON id = message WHERE at = sort_at"),
             QStringList(QString::number(messages)));
}

void SliceMergeTest::columnsThatAreNotKnownAreLeftAside()
{
    openFile(m_slices.constFirst())->execute(str("ALTER TABLE message ADD COLUMN mood"));
    const auto file = makeFile("file");
    const auto merged = merge();
    while (step(*file, *merged)) {
    }
    QCOMPARE(rowsOf(*file, "SELECT count(*) FROM message"), QStringList(QString::number(messages)));
}

void SliceMergeTest::aSliceThatIsNotThereIsSaid()
{
    m_slices.append(inFolder("nothing"));
    const auto opened = SliceMerge::open(m_slices, SliceRows::newerOnes);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::notFound);
}

/// As where it was packed so: the workspace that it was to come into is whole.
void SliceMergeTest::aSliceThatCannotBeReadIsNoDamageHere()
{
    const auto file = makeFile("file");
    {
        QFile slice(m_slices.constFirst());
        QVERIFY(slice.open(QIODevice::ReadWrite));
        QVERIFY(slice.seek(4096) && slice.write(QByteArray(int(slice.size() - 4096), 'x')) > 0);
    }
    const auto merged = merge();
    file->execute(str("BEGIN"));
    while (merged->step(*file, std::chrono::milliseconds(0)) && !file->failure()) {
    }
    QVERIFY(file->failure());
    QCOMPARE(file->takeFailure()->kind, ErrorKind::malformed);
    file->execute(str("ROLLBACK"));
    QVERIFY(file->done());
}

QTEST_GUILESS_MAIN(SliceMergeTest)
#include "tst_slicemerge.moc"
