// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/serverworld.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

/// A JMAP client that nobody here wrote, as tests/peers/jmap/run installs it.
class JmapPeerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clientFindsItsWay();
};

void JmapPeerTest::clientFindsItsWay()
{
    const QString folder = qEnvironmentVariable("EARSHOT_JMAP_CLIENT");
    if (folder.isEmpty())
        QSKIP("No JMAP client was installed: run this by tests/peers/jmap/run");
    ServerWorld world;
    world.setPassword(ServerWorld::kim, "correct horse");
    world.setPassword(ServerWorld::bo, "battery staple");
    QProcess node;
    node.setWorkingDirectory(folder);
    node.setProcessChannelMode(QProcess::MergedChannels);
    QSignalSpy finished(&node, &QProcess::finished);
    node.start(QStringLiteral("node"),
               {QStringLiteral("peer.mjs"), QStringLiteral("http://127.0.0.1:%1").arg(world.server().port()),
                QStringLiteral("Kim"), QStringLiteral("correct horse"), QStringLiteral("Bo"),
                QStringLiteral("battery staple")});
    QVERIFY(finished.wait(60'000));
    const QByteArray told = node.readAll();
    QVERIFY2(node.exitCode() == 0 && told.contains("everything as promised"), told.constData());
}

QTEST_GUILESS_MAIN(JmapPeerTest)
#include "tst_jmappeer.moc"
