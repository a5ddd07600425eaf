// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"

#include "workspace/changes.h"
#include "workspace/queries.h"
#include "workspace/viewstore.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Earshot;

/// A follower fed only by batches ends equal to its source, row by row.
class ChangesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void batchesAreOrderedAndTellWhatFollows();
    void deletedRowsGo();
    void swappedUniqueValuesArrive_data();
    void swappedUniqueValuesArrive();
    void tooOldPositionIsRefused();
    void foreignRowsAreRefused();
    void randomHistoriesConverge_data();
    void randomHistoriesConverge();

private:
    void follow(int limit);
    void compare();
    void mutate(QRandomGenerator &random);
    void removeRow(const QString &table, qint64 id);
    /// A random existing id of a table; 0 = it is empty.
    [[nodiscard]] qint64 anyOf(QRandomGenerator &random, const QString &table);
    [[nodiscard]] QString seqs() { return QStringLiteral("%1").arg(m_source->nextSeq()); }

    std::unique_ptr<TestRows> m_source;
    std::unique_ptr<TestRows> m_follower;
    Seq m_position = 0;
    qint64 m_nextId = 100;
};

void ChangesTest::init()
{
    m_source = std::make_unique<TestRows>();
    m_follower = std::make_unique<TestRows>();
    m_follower->run(QStringLiteral("DELETE FROM agent"));
    m_follower->run(QStringLiteral("PRAGMA foreign_keys = OFF"));
    m_source->run(QStringLiteral("PRAGMA foreign_keys = ON"));
    m_position = 0;
    m_nextId = 100;
    m_source->addChannel(1, QStringLiteral("Blog"));
    m_source->addIdentity(1, QStringLiteral("Mira"), QStringLiteral("@mira"));
    m_source->addConversation({.id = 1});
    m_source->addMessage({.id = 1, .conversation = 1, .text = QStringLiteral("first")});
}

void ChangesTest::cleanup()
{
    m_source.reset();
    m_follower.reset();
}

void ChangesTest::follow(int limit)
{
    ChangeBatch batch;
    do {
        const Result<ChangeBatch> answer = changesSince(m_source->database(), m_position, limit);
        QVERIFY(answer);
        batch = *answer;
        m_follower->run(QStringLiteral("BEGIN"));
        applyChanges(m_follower->database(), batch);
        const Done done = m_follower->database().done();
        QVERIFY2(done, qPrintable(done ? QString() : done.error().detail));
        m_follower->run(QStringLiteral("COMMIT"));
        m_position = batch.upTo;
    } while (batch.hasMore);
}

void ChangesTest::compare()
{
    for (const QByteArray &table : synchronisedTables()) {
        const QString all = QStringLiteral("SELECT * FROM %1 ORDER BY id").arg(QString::fromLatin1(table));
        QCOMPARE(m_follower->rows(all), m_source->rows(all));
    }
    for (const char *kept : {"tally", "tag_tally"}) {
        const QString tally = QStringLiteral("SELECT * FROM %1 WHERE n <> 0").arg(QLatin1StringView(kept));
        QCOMPARE(m_follower->rows(tally), m_source->rows(tally));
    }
    // What is counted already followed every change; the rest is counted now.
    for (TestRows *rows : {m_source.get(), m_follower.get()}) {
        Seq last = 0;
        CommitNotice notice;
        Writing writing(rows->database(), last, notice, timeFromMs(1));
        while (countViewSlice(writing, 7)) {
        }
    }
    const QString counts = QStringLiteral("SELECT f.uuid, c.owner, c.n FROM view_count AS c JOIN view_filter AS f "
                                          "ON f.id = c.view WHERE c.n <> 0 ORDER BY 1, 2");
    QCOMPARE(m_follower->rows(counts), m_source->rows(counts));
    QVERIFY(m_follower->rows(QStringLiteral("PRAGMA foreign_key_check")).isEmpty());
    m_follower->run(QStringLiteral("INSERT INTO message_index (message_index, rank) VALUES ('integrity-check', 1)"));
    m_follower->run(QStringLiteral("INSERT INTO identity_index (identity_index, rank) VALUES ('integrity-check', 1)"));
    for (const QString &text : {QStringLiteral("w1"), QStringLiteral("w2 w3"), QStringLiteral("from:mira"),
                                QStringLiteral("-w4"), QStringLiteral("first")}) {
        const auto search = [&text](TestRows &rows) {
            QList<qint64> ids;
            const auto page = searchMessages(rows.database(), parseSearch(text), AgentId(1), {}, 1000, timeFromMs(1),
                                             std::chrono::minutes(5));
            for (const SearchHit &hit : page.value().hits)
                ids.append(hit.message.value);
            return ids;
        };
        QCOMPARE(search(*m_follower), search(*m_source));
    }
}

void ChangesTest::removeRow(const QString &table, qint64 id)
{
    m_source->run(QStringLiteral("DELETE FROM %1 WHERE id = %2").arg(table).arg(id));
    m_source->run(QStringLiteral("INSERT INTO tombstone VALUES (%1, 1, '%2', %3, 0)").arg(seqs(), table).arg(id));
}

void ChangesTest::batchesAreOrderedAndTellWhatFollows()
{
    const ChangeBatch all = changesSince(m_source->database(), 0, 1000).value();
    QCOMPARE(all.upTo, m_source->lastSeq());
    QVERIFY(!all.hasMore);
    for (qsizetype i = 1; i < all.rows.size(); ++i)
        QVERIFY(all.rows[i - 1].seq < all.rows[i].seq);
    const ChangeBatch first = changesSince(m_source->database(), 0, 2).value();
    QCOMPARE(first.rows, all.rows.mid(0, 2));
    QVERIFY(first.hasMore);
    QCOMPARE(first.upTo, all.rows[1].seq);
    const ChangeBatch exact = changesSince(m_source->database(), 0, int(all.rows.size())).value();
    QVERIFY(!exact.hasMore);
    const ChangeBatch none = changesSince(m_source->database(), all.upTo, 10).value();
    QVERIFY(none.rows.isEmpty());
    QCOMPARE(none.upTo, all.upTo);
    follow(1);
    compare();
}

void ChangesTest::deletedRowsGo()
{
    follow(1000);
    m_source->addMessage({.id = 2, .conversation = 1, .text = QStringLiteral("w1")});
    follow(1000);
    compare();
    removeRow(QStringLiteral("message"), 2);
    follow(1000);
    compare();
    // The id of a deleted row is given again, also when the follower was away in between.
    m_source->addMessage({.id = 2, .conversation = 1, .text = QStringLiteral("w2 w3")});
    removeRow(QStringLiteral("message"), 2);
    m_source->addMessage({.id = 2, .conversation = 1, .text = QStringLiteral("w2 w3 again")});
    follow(1);
    compare();
}

void ChangesTest::swappedUniqueValuesArrive_data()
{
    QTest::addColumn<int>("limit");
    QTest::newRow("at once") << 1000;
    QTest::newRow("one by one") << 1;
}

void ChangesTest::swappedUniqueValuesArrive()
{
    QFETCH(int, limit);
    m_source->addTag(1, QStringLiteral("red"));
    m_source->addTag(2, QStringLiteral("blue"));
    m_source->addConversation({.id = 2});
    follow(limit);
    m_source->run(QStringLiteral("UPDATE tag SET name = 'x' WHERE id = 1"));
    m_source->run(QStringLiteral("UPDATE tag SET name = 'RED', seq = %1 WHERE id = 2").arg(seqs()));
    m_source->run(QStringLiteral("UPDATE tag SET name = 'blue', seq = %1 WHERE id = 1").arg(seqs()));
    m_source->run(QStringLiteral("UPDATE conversation SET number = 99 WHERE id = 1"));
    m_source->run(QStringLiteral("UPDATE conversation SET number = 1, seq = %1 WHERE id = 2").arg(seqs()));
    m_source->run(QStringLiteral("UPDATE conversation SET number = 2, seq = %1 WHERE id = 1").arg(seqs()));
    follow(limit);
    compare();
}

void ChangesTest::tooOldPositionIsRefused()
{
    m_source->run(QStringLiteral("INSERT INTO meta VALUES ('tombstones_since', '3')"));
    QCOMPARE(changesSince(m_source->database(), 2, 10).error().kind, ErrorKind::notFound);
    QVERIFY(changesSince(m_source->database(), 3, 10));
}

void ChangesTest::foreignRowsAreRefused()
{
    ChangeBatch batch;
    batch.rows.append({"outgoing", 1, false, 1, {}});
    applyChanges(m_follower->database(), batch);
    QCOMPARE(m_follower->database().takeFailure().value().kind, ErrorKind::invalid);
    batch.rows = {{"tag", 1, false, 1, {qint64(1), qint64(1)}}};
    applyChanges(m_follower->database(), batch);
    QCOMPARE(m_follower->database().takeFailure().value().kind, ErrorKind::invalid);
}

qint64 ChangesTest::anyOf(QRandomGenerator &random, const QString &table)
{
    const QStringList ids = m_source->rows(QStringLiteral("SELECT id FROM %1").arg(table));
    return ids.isEmpty() ? 0 : ids[random.bounded(ids.size())].toLongLong();
}

void ChangesTest::mutate(QRandomGenerator &random)
{
    const qint64 conversation = anyOf(random, QStringLiteral("conversation"));
    const qint64 message = anyOf(random, QStringLiteral("message"));
    const qint64 id = m_nextId++;
    switch (random.bounded(16)) {
    case 0:
        m_source->addIdentity(id, QStringLiteral("Mira %1").arg(id), QStringLiteral("@m%1").arg(id));
        break;
    case 1:
        m_source->addConversation({.id = id, .identity = anyOf(random, QStringLiteral("identity"))});
        break;
    case 2:
    case 3:
        m_source->addMessage({.id = id,
                              .conversation = conversation,
                              .at = random.bounded(1000),
                              .text = QStringLiteral("w%1 w%2").arg(random.bounded(6)).arg(random.bounded(6))});
        break;
    case 4:
        m_source->run(QStringLiteral("UPDATE message SET text = 'w%1 edited', seq = %2 WHERE id = %3")
                          .arg(random.bounded(6))
                          .arg(seqs())
                          .arg(message));
        m_source->run(QStringLiteral("INSERT INTO message_version VALUES (%1, %2, %2, 1, %3, 0, 'old')")
                          .arg(id)
                          .arg(seqs())
                          .arg(message));
        break;
    case 5:
        m_source->run(QStringLiteral("UPDATE conversation SET status = %1, seq = %2 WHERE id = %3")
                          .arg(random.bounded(4))
                          .arg(seqs())
                          .arg(conversation));
        break;
    case 6:
        m_source->run(QStringLiteral("UPDATE conversation SET assignee = %1, seq = %2 WHERE id = %3")
                          .arg(random.bounded(2) ? QStringLiteral("1") : QStringLiteral("NULL"), seqs())
                          .arg(conversation));
        break;
    case 7:
        m_source->addTag(id, QStringLiteral("tag %1").arg(id));
        m_source->tagConversation(conversation, id);
        break;
    case 8:
        if (const qint64 tagged = anyOf(random, QStringLiteral("conversation_tag")))
            removeRow(QStringLiteral("conversation_tag"), tagged);
        break;
    case 9:
        // Two tags change their names with each other.
        if (const qint64 one = anyOf(random, QStringLiteral("tag")), other = anyOf(random, QStringLiteral("tag"));
            one != other) {
            const QString name = QStringLiteral("SELECT name FROM tag WHERE id = %1");
            const QString first = m_source->rows(name.arg(one)).value(0);
            const QString second = m_source->rows(name.arg(other)).value(0);
            m_source->run(QStringLiteral("UPDATE tag SET name = 'between' WHERE id = %1").arg(one));
            m_source->run(
                QStringLiteral("UPDATE tag SET name = '%1', seq = %2 WHERE id = %3").arg(first, seqs()).arg(other));
            m_source->run(
                QStringLiteral("UPDATE tag SET name = '%1', seq = %2 WHERE id = %3").arg(second, seqs()).arg(one));
        }
        break;
    case 10:
        if (message > 1) {
            const QStringList versions =
                m_source->rows(QStringLiteral("SELECT id FROM message_version WHERE message = %1").arg(message));
            for (const QString &version : versions)
                removeRow(QStringLiteral("message_version"), version.toLongLong());
            removeRow(QStringLiteral("message"), message);
        }
        break;
    case 11:
        m_source->run(
            QStringLiteral("INSERT INTO journal VALUES (%1, %2, %2, 1, 'a%1', 0, 1, '', 0, 'k', %3, NULL, '', '')")
                .arg(id)
                .arg(seqs())
                .arg(conversation));
        break;
    case 12:
        m_source->run(QStringLiteral("INSERT INTO shared_view VALUES (%1, %2, %2, NULL, 'view %1', 'View', 1, %3, 0, "
                                     "NULL, '', '%4', '', 0, 0, 0, 0, '', 0, 0, '%5', %6)")
                          .arg(QString::number(id), seqs(), QString::number(random.bounded(1, 16)),
                               random.bounded(2) ? QString() : QStringLiteral(" %1 ").arg(id - 1),
                               random.bounded(2) ? QString() : QStringLiteral(" 1 "),
                               QString::number(random.bounded(2) * 60'000)));
        break;
    case 13:
        if (const qint64 view = anyOf(random, QStringLiteral("shared_view")))
            removeRow(QStringLiteral("shared_view"), view);
        break;
    case 14:
        m_source->run(QStringLiteral("UPDATE identity SET name = '%1 %2', seq = %3 WHERE id = %4")
                          .arg(random.bounded(2) ? QStringLiteral("Lang Mira") : QStringLiteral("Nora"))
                          .arg(id)
                          .arg(seqs())
                          .arg(anyOf(random, QStringLiteral("identity"))));
        break;
    default:
        m_source->run(QStringLiteral("UPDATE message SET identity = %1, sort_at = %2, seq = %3 WHERE id = %4")
                          .arg(anyOf(random, QStringLiteral("identity")))
                          .arg(random.bounded(1000))
                          .arg(seqs())
                          .arg(message));
    }
}

void ChangesTest::randomHistoriesConverge_data()
{
    QTest::addColumn<quint32>("seed");
    for (int i = 0; i < 4; ++i) {
        const quint32 seed = QRandomGenerator::global()->generate();
        QTest::addRow("seed %u", seed) << seed;
    }
}

void ChangesTest::randomHistoriesConverge()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 25; ++round) {
        for (int left = random.bounded(1, 40); left > 0; --left)
            mutate(random);
        // Now and then the source goes on while the follower is between two batches.
        if (random.bounded(2) == 0) {
            const ChangeBatch batch = changesSince(m_source->database(), m_position, random.bounded(1, 30)).value();
            applyChanges(m_follower->database(), batch);
            QVERIFY(m_follower->database().done());
            m_position = batch.upTo;
            continue;
        }
        follow(random.bounded(1, 50));
        compare();
        if (QTest::currentTestFailed())
            return;
    }
    follow(7);
    compare();
}

QTEST_GUILESS_MAIN(ChangesTest)
#include "tst_changes.moc"
