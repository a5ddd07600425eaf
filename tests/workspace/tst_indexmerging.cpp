// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"
#include "workspace/searchindex.h"

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
    void mergedWhileNobodyWrites();

private:
    [[nodiscard]] qint64 parts() const
    {
        return m_rows->number(QStringLiteral("SELECT count(DISTINCT segid) FROM message_index_idx"));
    }
    [[nodiscard]] qint64 editOne();

    SystemClock m_clock;
    std::unique_ptr<TestRows> m_rows;
    std::unique_ptr<Workspace> m_workspace;
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
}

void IndexMergingTest::cleanup()
{
    m_workspace.reset();
    m_rows.reset();
}

/// One commit. @return how many bytes the log grew by
qint64 IndexMergingTest::editOne()
{
    const qint64 before = m_workspace->logBytes();
    const QString sql =
        QStringLiteral("UPDATE message SET text = 'something else %1' WHERE id = %1").arg(++m_edited % messages + 1);
    const auto write = [sql](Writing &writing) -> Result<bool> {
        writing.database().execute(sql);
        return true;
    };
    if (!m_workspace->write<bool>(Urgency::interactive, write).result())
        return large;
    return m_workspace->logBytes() - before;
}

void IndexMergingTest::noCommitMergesTheWholeIndex()
{
    qint64 most = 0;
    for (int i = 0; i < 600; ++i)
        most = std::max(most, editOne());
    QVERIFY2(most < large / 4, qPrintable(QString::number(most)));
    QVERIFY2(parts() < 100, qPrintable(QString::number(parts())));
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
