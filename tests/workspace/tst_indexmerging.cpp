// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"
#include "workspace/indexparts.h"
#include "workspace/searchindex.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

constexpr int messages = 5000;
constexpr int wordsEach = 100;
constexpr qint64 large = 8'000'000;

QString madeUpWord(qint64 n)
{
    QString letters;
    for (n = n % 60'000 + 60'000; n > 0; n /= 26)
        letters += QChar(u'a' + char16_t(n % 26));
    return letters;
}

} // namespace

/// A large full-text index in one part, as one that was built at once, and a desk that goes on writing: FTS5 merges
/// parts of one kind, and that part is one of them sooner or later.
class IndexMergingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void noCommitMergesTheWholeIndex();
    void noCommitMergesMoreThanAFewPages();
    void mergedWhileNobodyWrites();
    void partsAreRead();
    void partsAreReadOnlyAsTheyAreKnown();
    void largePartsAreLeftUntilItIsWorthIt();

private:
    [[nodiscard]] qint64 parts() const
    {
        return m_rows->number(QStringLiteral("SELECT count(DISTINCT segid) FROM message_index_idx"));
    }
    [[nodiscard]] qint64 editOne();

    SystemClock m_clock;
    std::unique_ptr<TestRows> m_rows;
    std::unique_ptr<Workspace> m_workspace;
    QElapsedTimer m_sinceEdit;
    int m_edited = 0;
};

void IndexMergingTest::init()
{
    m_rows = std::make_unique<TestRows>();
    m_rows->addChannel(1, QStringLiteral("Blog"), Network::wordpress);
    m_rows->addIdentity(1, QStringLiteral("Mira Lang"), QStringLiteral("@mila@a.example"));
    m_rows->run(QStringLiteral("BEGIN"));
    m_rows->addConversation({.id = 1});
    for (int i = 1; i <= messages; ++i) {
        QStringList text;
        for (int k = 0; k < wordsEach; ++k)
            text.append(madeUpWord(i * 7919LL + k * 104'729LL));
        m_rows->addMessage({.id = i, .conversation = 1, .text = text.join(u' ')});
    }
    indexWaiting(m_rows->database());
    m_rows->commitNumbers();
    m_rows->run(QStringLiteral("COMMIT"));
    m_rows->run(QStringLiteral("INSERT INTO message_index (message_index) VALUES ('optimize')"));
    QCOMPARE(parts(), 1);
    QVERIFY(m_rows->number(QStringLiteral("SELECT sum(length(block)) FROM message_index_data")) > large);
    m_rows->run(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
    m_workspace = Workspace::open(m_rows->path(), Workspace::Access::owner, m_clock).value();
    m_edited = 0;
    m_sinceEdit.invalidate();
}

void IndexMergingTest::cleanup()
{
    m_workspace.reset();
    m_rows.reset();
}

/// One commit. @return how many bytes the log grew by; none after a pause, in which more is merged at once
qint64 IndexMergingTest::editOne()
{
    const bool isAfterPause = m_sinceEdit.isValid() && m_sinceEdit.hasExpired(500);
    const qint64 before = m_workspace->logBytes();
    const QString sql =
        QStringLiteral("UPDATE message SET text = 'something else %1' WHERE id = %1").arg(++m_edited % messages + 1);
    const auto write = [sql](Writing &writing) -> Result<bool> {
        writing.database().execute(sql);
        return true;
    };
    if (!m_workspace->write<bool>(Urgency::interactive, write).result())
        return large;
    const qint64 grown = m_workspace->logBytes() - before;
    m_sinceEdit.start();
    return isAfterPause ? 0 : grown;
}

void IndexMergingTest::noCommitMergesTheWholeIndex()
{
    qint64 most = 0;
    for (int i = 0; i < 600; ++i)
        most = std::max(most, editOne());
    QVERIFY2(most < large / 4, qPrintable(QString::number(most)));
    QVERIFY2(parts() < 100, qPrintable(QString::number(parts())));
}

/// A word that is in every message is merged as a whole, however few pages are asked for: not for a few small parts.
void IndexMergingTest::noCommitMergesMoreThanAFewPages()
{
    constexpr qint64 page = 4096;
    qint64 most = 0;
    for (int i = 0; i < 300; ++i)
        most = std::max(most, editOne());
    QVERIFY2(most < 256 * page, qPrintable(QString::number(most)));
}

void IndexMergingTest::partsAreRead()
{
    const auto levels = [this] {
        Statement find = m_rows->database().statement("select_index_structure");
        return find.next() ? readIndexParts(find.bytes(0)) : std::nullopt;
    };
    const auto count = [&levels] {
        qint64 parts = 0;
        const auto found = levels();
        for (const IndexLevel &level : found.value_or(QList<IndexLevel>()))
            parts += level.sizes.size();
        return parts;
    };
    QVERIFY(levels());
    QCOMPARE(count(), 1);
    for (int i = 0; i < 90; ++i)
        QVERIFY(editOne() < large);
    QCOMPARE(count(), parts());
    QVERIFY(count() > 20);
}

void IndexMergingTest::partsAreReadOnlyAsTheyAreKnown()
{
    // Two levels; of the first, one of two parts is being merged.
    const auto record = [](const char *hex) { return QByteArray::fromHex(hex); };
    const auto levels = readIndexParts(record("00000007 02 03 05  01 02  01 03 05  02 01 8100  00 01  03 01 09"));
    QVERIFY(levels && levels->size() == 2);
    QCOMPARE(levels->at(0).merging, 1);
    QCOMPARE(levels->at(0).sizes, (QList<qint64>{3, 128}));
    QCOMPARE(levels->at(1).sizes, QList<qint64>{9});
    for (const char *other :
         {"", "000000", "00000007", "00000007 02 03 05 01 02 01 03",
          "00000007 02 03 05  01 02  01 03 05  02 01 8100  00 01  03 01 09 00", "00000007 ff000001 02 03 05",
          "00000007 01 01 00 02 01 01 01 01", "00000007 01 02 00 00 01 01 01 01"})
        QVERIFY2(!readIndexParts(record(other)), other);
}

void IndexMergingTest::largePartsAreLeftUntilItIsWorthIt()
{
    const auto next = [](const QList<IndexLevel> &levels) { return nextIndexMerge(levels); };
    const auto several = [](int count, qint64 pages) { return IndexLevel{0, QList<qint64>(count, pages)}; };
    QVERIFY(!next({}));
    QVERIFY(!next({several(3, 1)}));
    QVERIFY(next({several(4, 1)})->isWorthIt());
    IndexLevel old = several(5, 60);
    old.sizes.prepend(500'000);
    QVERIFY(!next({several(3, 1), old})->isWorthIt());
    // As FTS5 chooses: the level with most.
    QCOMPARE(next({several(7, 1), old})->pages, 7);
    QVERIFY(next({several(7, 1), old})->isWorthIt());
    old.sizes += QList<qint64>(5, 30'000);
    QVERIFY(next({several(3, 1), old})->isWorthIt());
    // One that was begun comes before those above it, and counts only what it takes in.
    old = several(68, 60);
    old.sizes.prepend(500'000);
    old.merging = 4;
    QCOMPARE(next({several(3, 1), old, several(20, 1)})->parts, 4);
    QVERIFY(!next({several(3, 1), old, several(20, 1)})->isWorthIt());
    QVERIFY(next({several(5, 1), old})->isWorthIt());
    // Before FTS5 has no number left for another one.
    old.sizes += QList<qint64>(500, 1);
    QVERIFY(next({several(3, 1), old})->isWorthIt());
}

void IndexMergingTest::mergedWhileNobodyWrites()
{
    for (int i = 0; i < 79; ++i)
        QVERIFY(editOne() < large);
    QTRY_VERIFY_WITH_TIMEOUT(parts() < 8, 30'000);
    m_rows->run(QStringLiteral("INSERT INTO message_index (message_index, rank) VALUES ('integrity-check', 0)"));
}

QTEST_GUILESS_MAIN(IndexMergingTest)
#include "tst_indexmerging.moc"
