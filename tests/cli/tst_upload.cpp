// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/jmapclient.h"
#include "tests/server/cuttingproxy.h"
#include "tests/server/serverworld.h"

#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;
using namespace std::chrono_literals;

/// A file that is sent along from the command line.
class UploadTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { m_world = std::make_unique<ServerWorld>(); }
    void cleanup() { m_world.reset(); }
    void swallowedFileIsSentAnew();
    void silenceEndsIt();
    void largeFileIsSentOnce();

private:
    [[nodiscard]] JmapClient clientBehind(const CuttingProxy &proxy, const LinePatience &patience)
    {
        return {QUrl(QStringLiteral("http://127.0.0.1:%1").arg(proxy.serverPort())),
                Secret(m_world->token(ServerWorld::kim)), m_interrupt, m_world->clock(), patience};
    }

    std::unique_ptr<ServerWorld> m_world;
    Interrupt m_interrupt;
};

void UploadTest::swallowedFileIsSentAnew()
{
    CuttingProxy proxy(QStringLiteral("127.0.0.1"), m_world->server().port());
    JmapClient client = clientBehind(proxy, {1s, 1h});
    QVERIFY(client.begin().has_value());
    proxy.holdNextWith("POST /jmap/upload");
    const Result<QString> blob = client.upload("GIF89a", QStringLiteral("image/gif"));
    QVERIFY2(blob.has_value(), qPrintable(blob ? QString() : blob.error().detail));
    QVERIFY(!blob->isEmpty());
    QCOMPARE(proxy.heldCount(), 1);
}

/// Nobody sits before a command that says nothing for minutes.
void UploadTest::silenceEndsIt()
{
    CuttingProxy proxy(QStringLiteral("127.0.0.1"), m_world->server().port());
    JmapClient client = clientBehind(proxy, {500ms, 1h});
    QVERIFY(client.begin().has_value());
    proxy.holdAnswersTo("POST /jmap/upload");
    QElapsedTimer since;
    since.start();
    const Result<QString> blob = client.upload("GIF89a", QStringLiteral("image/gif"));
    QVERIFY(!blob);
    QCOMPARE(blob.error().kind, ErrorKind::transient);
    QCOMPARE(proxy.heldCount(), 2);
    QVERIFY2(since.elapsed() < 20'000, qPrintable(QString::number(since.elapsed())));
}

/// Twice would take longer than the largest file is waited for.
void UploadTest::largeFileIsSentOnce()
{
    CuttingProxy proxy(QStringLiteral("127.0.0.1"), m_world->server().port());
    JmapClient client = clientBehind(proxy, {500ms, 800ms});
    QVERIFY(client.begin().has_value());
    proxy.holdAnswersTo("POST /jmap/upload");
    const Result<QString> blob = client.upload("GIF89a", QStringLiteral("image/gif"));
    QVERIFY(!blob);
    QCOMPARE(blob.error().kind, ErrorKind::transient);
    QCOMPARE(proxy.heldCount(), 1);
}

QTEST_GUILESS_MAIN(UploadTest)
#include "tst_upload.moc"
