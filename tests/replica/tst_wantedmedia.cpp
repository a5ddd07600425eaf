// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/oneagent.h"
#include "workspace/mediafolder.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Earshot;

/// What somebody looks at is fetched, and nothing else waits for it.
class WantedMediaTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin({}); }
    void cleanup() { end(); }
    void manyHoldUpNothing();
    void whatIsNotThereIsAskedForOnce();
    void brokenLineIsTriedAgain();

private:
    /// A picture of a message that Kim may see. @return its hash
    QString picture(int number);
    [[nodiscard]] qsizetype timesAsked(const QString &hash) const
    {
        const QList<QByteArray> &all = m_proxy->requests();
        return std::ranges::count_if(all, [&hash](const QByteArray &line) { return line.contains(hash.toLatin1()); });
    }
};

QString WantedMediaTest::picture(int number)
{
    const QByteArray bytes = "GIF89a " + QByteArray::number(number);
    const QString hash = keepMediaBytes(m_world->workspace().mediaFolder(), bytes).value();
    m_world->runSql(
        str("INSERT INTO media (id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, "
            "description, width, height) SELECT %1, :1, :1, 1, min(id), %1, '', '', '%2', 'image/gif', '', 1, 1 "
            "FROM message WHERE channel = 1")
            .arg(number)
            .arg(hash));
    return hash;
}

void WantedMediaTest::manyHoldUpNothing()
{
    constexpr int count = 12;
    QSignalSpy arrived(&m_kim->desk(), &Desk::mediaArrived);
    m_proxy->holdAnswersTo("GET /jmap/download");
    for (int i = 1; i <= count; ++i)
        m_kim->desk().wantMedia(picture(i));
    QTRY_VERIFY(m_proxy->heldCount() > 0);
    QVERIFY(does(note(1, "beside them")));
    QTRY_COMPARE(timesSaid(str("beside them")), 1);
    QCOMPARE(arrived.count(), 0);
    m_proxy->letHeldGo();
    QTRY_COMPARE(arrived.count(), count);
}

void WantedMediaTest::whatIsNotThereIsAskedForOnce()
{
    const QTemporaryDir elsewhere;
    const QString missing = keepMediaBytes(elsewhere.path(), "GIF89a of nobody").value();
    QSignalSpy arrived(&m_kim->desk(), &Desk::mediaArrived);
    m_kim->desk().wantMedia(missing);
    QTRY_COMPARE(timesAsked(missing), 1);
    // It is answered by the time these are, which are asked for after it.
    for (int i = 1; i <= 4; ++i) {
        m_kim->desk().wantMedia(picture(i));
        QTRY_COMPARE(arrived.count(), i);
    }
    stop();
    start();
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::current);
    m_kim->desk().wantMedia(picture(5));
    QTRY_COMPARE(arrived.count(), 5);
    QCOMPARE(timesAsked(missing), 1);
    // Who looks again asks again.
    m_kim->desk().wantMedia(missing);
    QTRY_COMPARE(timesAsked(missing), 2);
}

/// In the same session, and without anybody who looks again.
void WantedMediaTest::brokenLineIsTriedAgain()
{
    const QString wanted = picture(1);
    QSignalSpy arrived(&m_kim->desk(), &Desk::mediaArrived);
    m_proxy->loseRequests("GET /jmap/download");
    m_kim->desk().wantMedia(wanted);
    QTRY_VERIFY(m_proxy->cutCount() > 0);
    m_proxy->loseRequests({});
    QTRY_COMPARE(arrived.count(), 1);
}

QTEST_GUILESS_MAIN(WantedMediaTest)
#include "tst_wantedmedia.moc"
