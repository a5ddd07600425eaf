// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakemastodon.h"
#include "tests/cli/controlprogram.h"
#include "tests/cli/networkserver.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace Earshot;

/// The real program, killed at random moments while it pulls and while it delivers: nothing is lost, nothing is
/// published twice, and in the end everything that could be known is done.
class KilledTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pullingIsKilled();
    void deliveringIsKilled();
    void diskIsFullWhileDelivering();

private:
    [[nodiscard]] ControlAnswer run(const QStringList &arguments) const;
    [[nodiscard]] int published(const QString &text) const;

    std::unique_ptr<ControlProgram> m_program;
    std::unique_ptr<NetworkServer> m_server;
    std::shared_ptr<FakeMastodon> m_network;
    QRandomGenerator m_random;
};

constexpr int mentions = 150;

ControlAnswer KilledTest::run(const QStringList &arguments) const
{
    return m_program->run(arguments + QStringList{QStringLiteral("--json"), QStringLiteral("--key-file"),
                                                  m_program->file(QStringLiteral("key"))});
}

int KilledTest::published(const QString &text) const
{
    int count = 0;
    const QStringList posts = m_network->postsOf(QStringLiteral("acme"));
    for (const QString &id : posts)
        count += m_network->textOfPost(id).contains(text) ? 1 : 0;
    return count;
}

void KilledTest::initTestCase()
{
    const quint32 seed = qEnvironmentVariableIntValue("EARSHOT_SEED") > 0
                             ? quint32(qEnvironmentVariableIntValue("EARSHOT_SEED"))
                             : QRandomGenerator::system()->generate();
    m_random.seed(seed);
    qInfo("EARSHOT_SEED=%u", seed);
    m_program = std::make_unique<ControlProgram>(QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl"));
    m_server = std::make_unique<NetworkServer>();
    m_network = std::make_shared<FakeMastodon>(m_server->host(), FakeMastodon::Dialect::goToSocial);
    m_network->setTime(SystemClock().now());
    m_network->addPerson(QStringLiteral("acme"));
    m_server->serve(m_network);
    for (int i = 0; i < mentions; ++i) {
        const QString person = QStringLiteral("person%1").arg(i);
        m_network->addPerson(person);
        m_network->post(person, QStringLiteral("@acme question number %1.").arg(i));
    }
    m_program->writeFile(QStringLiteral("token"), FakeMastodon::tokenOf(QStringLiteral("acme")));
    QCOMPARE(run({QStringLiteral("workspace"), QStringLiteral("create")}).exitCode, 0);
    const ControlAnswer added =
        run({QStringLiteral("channel"), QStringLiteral("add"), QStringLiteral("@acme@") + m_server->host(),
             QStringLiteral("--network"), QStringLiteral("mastodon"), QStringLiteral("--token-file"),
             m_program->file(QStringLiteral("token")), QStringLiteral("--work-since"), QStringLiteral("2020-01-01")});
    QVERIFY2(added.exitCode == 0, added.err.constData());
}

void KilledTest::pullingIsKilled()
{
    for (int round = 0; round < 25; ++round)
        m_program->runAndKill(
            {QStringLiteral("pull"), QStringLiteral("--key-file"), m_program->file(QStringLiteral("key"))},
            int(m_random.bounded(120)));
    const ControlAnswer pulled = run({QStringLiteral("pull")});
    QVERIFY2(pulled.exitCode == 0, pulled.err.constData());
    const QJsonArray all = run({QStringLiteral("inbox"), QStringLiteral("--limit"), QStringLiteral("1000")}).array();
    QCOMPARE(all.size(), mentions);
    QCOMPARE(run({QStringLiteral("workspace"), QStringLiteral("verify")}).exitCode, 0);
}

void KilledTest::deliveringIsKilled()
{
    constexpr int replies = 25;
    for (int round = 1; round <= replies; ++round) {
        const QString text = QStringLiteral("answer number %1.").arg(round);
        const ControlAnswer replied =
            run({QStringLiteral("reply"), QString::number(round), text, QStringLiteral("--now")});
        QVERIFY2(replied.exitCode == 0, replied.err.constData());
        m_program->runAndKill({QStringLiteral("deliver"), QStringLiteral("--now"), QStringLiteral("--key-file"),
                               m_program->file(QStringLiteral("key"))},
                              int(m_random.bounded(150)));
    }
    // Waits until the last attempt may be judged; what nobody can know is then for a person.
    static_cast<void>(run({QStringLiteral("deliver"), QStringLiteral("--now")}));
    const QJsonArray left = run({QStringLiteral("outbox")}).array();
    int unsure = 0;
    for (const QJsonValue &entry : left) {
        QCOMPARE(entry.toObject().value(QStringLiteral("state")).toString(), QStringLiteral("unsure"));
        ++unsure;
    }
    int arrived = 0;
    for (int round = 1; round <= replies; ++round) {
        const int count = published(QStringLiteral("answer number %1.").arg(round));
        QVERIFY2(count <= 1, qPrintable(QStringLiteral("published %1 times: %2").arg(count).arg(round)));
        arrived += count;
    }
    QCOMPARE(arrived + unsure, replies);
    // A person answers every "unsure": these surely did not arrive, as the network shows.
    for (const QJsonValue &entry : left) {
        const ControlAnswer retried =
            run({QStringLiteral("outbox"), QStringLiteral("retry"),
                 QString::number(entry.toObject().value(QStringLiteral("id")).toInteger()), QStringLiteral("--force")});
        QVERIFY2(retried.exitCode == 0, retried.err.constData());
    }
    QCOMPARE(run({QStringLiteral("deliver"), QStringLiteral("--now")}).exitCode, 0);
    for (int round = 1; round <= replies; ++round)
        QCOMPARE(published(QStringLiteral("answer number %1.").arg(round)), 1);
    QCOMPARE(run({QStringLiteral("workspace"), QStringLiteral("verify")}).exitCode, 0);
}

/// No file may grow beyond a little, which is where a write fails for good: before the attempt is on disk, or after the
/// network has answered.
void KilledTest::diskIsFullWhileDelivering()
{
    constexpr int first = 31;
    const QList<qint64> limits{0, 512, 4096, 4608, 8192, 12'288, 16'384, 24'576, 32'768, 49'152, 65'536, 131'072};
    int failures = 0;
    for (int i = 0; i < limits.size(); ++i) {
        const QString text = QStringLiteral("crowded answer %1.").arg(i);
        const ControlAnswer replied =
            run({QStringLiteral("reply"), QString::number(first + i), text, QStringLiteral("--now")});
        QVERIFY2(replied.exitCode == 0, replied.err.constData());
        const ControlAnswer delivered =
            m_program->runOnFullDisk({QStringLiteral("deliver"), QStringLiteral("--now"), QStringLiteral("--json"),
                                      QStringLiteral("--key-file"), m_program->file(QStringLiteral("key"))},
                                     limits.at(i));
        failures += delivered.exitCode == 0 ? 0 : 1;
    }
    QVERIFY(failures > 0);
    static_cast<void>(run({QStringLiteral("deliver"), QStringLiteral("--now")}));
    const QJsonArray left = run({QStringLiteral("outbox")}).array();
    int arrived = 0;
    for (int i = 0; i < limits.size(); ++i) {
        const int count = published(QStringLiteral("crowded answer %1.").arg(i));
        QVERIFY2(count <= 1, qPrintable(QStringLiteral("published %1 times: %2").arg(count).arg(i)));
        arrived += count;
    }
    // What has not arrived is there to be seen, and nothing else is.
    QCOMPARE(arrived + left.size(), limits.size());
    QCOMPARE(run({QStringLiteral("workspace"), QStringLiteral("verify")}).exitCode, 0);
}

QTEST_GUILESS_MAIN(KilledTest)
#include "tst_killed.moc"
