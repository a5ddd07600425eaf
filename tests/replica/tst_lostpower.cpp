// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

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

private:
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

QTEST_GUILESS_MAIN(LostPowerTest)
#include "tst_lostpower.moc"
