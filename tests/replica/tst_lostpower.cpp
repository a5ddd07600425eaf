// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/networks/await.h"
#include "tests/replica/logflushes.h"
#include "tests/replica/oneagent.h"

#include <QFile>
#include <QTest>
#include <QtEndian>

using namespace Earshot;

/// The power fails: what came from the server was not waited for (QuickCommits), so any of the last commits may be
/// gone, the newest first. What was done here was waited for.
class LostPowerTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void whatIsTakenBackComesAgain();
    void whatIsDoneHereIsOnTheDiskFirst();
    void whatComesIsNotWaitedFor();

private:
    /// From now on flushes of its log are counted.
    [[nodiscard]] std::unique_ptr<LogFlushes> reopen();
    [[nodiscard]] QByteArray log() const;
    /// The replica as it was left when no more than that of its log had reached the disk.
    void putBack(const QByteArray &file, const QByteArray &log);
};

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

/// Where the commits of a log end that are not in its first bytes (https://www.sqlite.org/walformat.html).
QList<qsizetype> commitsAfter(qsizetype from, const QByteArray &log)
{
    constexpr qsizetype header = 32;
    constexpr qsizetype frameHeader = 24;
    QList<qsizetype> ends;
    const qsizetype frame = frameHeader + qFromBigEndian<quint32>(log.constData() + 8);
    for (qsizetype at = header; at + frame <= log.size(); at += frame) {
        const bool isCommit = qFromBigEndian<quint32>(log.constData() + at + 4) != 0;
        if (isCommit && at + frame >= from)
            ends.append(at + frame);
    }
    return ends;
}

} // namespace

QByteArray LostPowerTest::log() const
{
    return contentOf(m_kim->path() + str("-wal"));
}

void LostPowerTest::putBack(const QByteArray &file, const QByteArray &log)
{
    const QString path = m_kim->path();
    QFile::remove(path + str("-shm"));
    write(path, file);
    write(path + str("-wal"), log);
}

void LostPowerTest::whatIsTakenBackComesAgain()
{
    m_kim->close();
    const QByteArray file = contentOf(m_kim->path());
    m_kim->open();
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::current);
    m_proxy->loseRequests("Action/perform");
    QVERIFY(does(note(2, "done here")));
    const qsizetype kept = log().size();
    m_world->receive(ServerWorld::open, str("there"), str("said there"));
    const QString said = str("SELECT id FROM message WHERE text = 'said there'");
    QTRY_COMPARE(m_kim->rows(said).size(), 1);
    m_proxy->loseRequests({});
    QTRY_VERIFY(isEqual());
    const QByteArray log = this->log();
    const QList<qsizetype> ends = commitsAfter(kept, log);
    QVERIFY(ends.size() > 2);
    for (const qsizetype end : ends) {
        m_kim->close();
        putBack(file, log.first(end));
        m_kim->open();
        QTRY_VERIFY2(isEqual(), qPrintable(QString::number(end)));
        QCOMPARE(timesSaid(str("done here")), 1);
        QCOMPARE(m_kim->rows(said).size(), 1);
        QCOMPARE(trouble(), QStringList());
    }
}

std::unique_ptr<LogFlushes> LostPowerTest::reopen()
{
    m_kim->close();
    auto flushes = std::make_unique<LogFlushes>(m_kim->path());
    m_kim->open();
    [&] { QTRY_VERIFY(isEqual()); }();
    return flushes;
}

/// Whoever was told that it is kept may pull the plug.
void LostPowerTest::whatIsDoneHereIsOnTheDiskFirst()
{
    const auto flushes = reopen();
    stop();
    for (int i = 0; i < 20; ++i) {
        const int before = flushes->count();
        QVERIFY(does(note(1, "done here")));
        const int done = flushes->count();
        QVERIFY2(done > before, qPrintable(QString::number(i)));
        DraftRecord draft;
        draft.conversation = ConversationId(2);
        draft.text = str("typed here %1").arg(i);
        m_kim->desk().saveDraft(draft);
        QVERIFY(await(m_kim->desk().flushPersonal()));
        QVERIFY2(flushes->count() > done, qPrintable(QString::number(i)));
    }
}

/// It is fetched again if need be.
void LostPowerTest::whatComesIsNotWaitedFor()
{
    constexpr int commits = 20;
    const auto flushes = reopen();
    const int before = flushes->count();
    const Seq position =
        numberOfState(m_kim->rows(str("SELECT value FROM meta WHERE name = 'replica_state'")).value(0));
    for (int i = 0; i < commits; ++i) {
        m_world->receive(ServerWorld::open, str("there%1").arg(i), str("said there"));
        QTRY_COMPARE(m_kim->rows(str("SELECT id FROM message WHERE text = 'said there'")).size(), i + 1);
    }
    QVERIFY(numberOfState(m_kim->rows(str("SELECT value FROM meta WHERE name = 'replica_state'")).value(0)) > position);
    // The log itself is brought to the file now and then.
    QVERIFY2(flushes->count() - before < commits / 2, qPrintable(QString::number(flushes->count() - before)));
}

QTEST_GUILESS_MAIN(LostPowerTest)
#include "tst_lostpower.moc"
