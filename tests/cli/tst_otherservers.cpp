// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicameta.h"
#include "tests/cli/servedworld.h"
#include "tests/server/cuttingproxy.h"
#include "workspace/schema.h"

#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// workspace replicate: a replica of a server that is not what it was, or is older than this program.
class OtherServersTest final : public QObject, private ServedWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init() { beginServed(str(EARSHOT_BINARY_DIR "/app/cli/earshotctl"), 4); }
    void followsAnOlderServer();
    void noticesAServerThatWasPutBack();
};

/// It knows fewer columns: what it does not have is no mistake, and is fetched when it has it.
void OtherServersTest::followsAnOlderServer()
{
    CuttingProxy line(str("127.0.0.1"), m_world->server().port());
    const QString file = m_ctl->file(str("replica.earshot"));
    const QString command = str("--server http://127.0.0.1:%1 --token-file %2 workspace replicate --json %3")
                                .arg(line.serverPort())
                                .arg(m_ctl->file(str("Kim.token")), file);
    const auto kim = m_world->client(ServerWorld::kim);
    const auto spoken = [](const QByteArray &body) -> QByteArray {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
               QByteArray::number(body.size()) + "\r\n\r\n" + body;
    };
    const int older = newestSynchronisedVersion() - 1;
    QByteArray greeting = kim->get("/.well-known/jmap").body;
    const QByteArray schema = "\"schema\":";
    const QByteArray present = schema + QByteArray::number(newestSynchronisedVersion());
    QVERIFY(greeting.contains(present));
    greeting.replace(present, QByteArray(schema + QByteArray::number(older)));
    line.cutAnswersTo("GET /.well-known/jmap", spoken(greeting));
    QCOMPARE(run(command).err, QByteArray());
    const auto meta = [&file](const char *name) {
        const auto opened = Database::open(file, Database::Mode::readOnly);
        return ReplicaMeta::read(**opened, name);
    };
    QCOMPARE(meta(ReplicaMeta::form), QString::number(older));
    const QString state = meta(ReplicaMeta::state);
    m_world->receive(ServerWorld::open, str("later"), str("laterword"));
    QJsonObject changes = kim->call(str("Row/changes"), {{str("sinceState"), state}, {str("maxChanges"), 500}});
    QByteArray rows = QJsonDocument(QJsonObject{{str("methodResponses"),
                                                 QJsonArray{QJsonArray{str("Row/changes"), changes, str("0")}}},
                                                {str("sessionState"), str("0")}})
                          .toJson(QJsonDocument::Compact);
    QVERIFY(rows.contains("\"language\":"));
    rows.replace("\"language\":", "\"lengua\":");
    line.loseRequests("Row/changes", spoken(rows));
    const ControlAnswer followed = run(command);
    QCOMPARE(followed.err, QByteArray());
    QVERIFY(followed.object().value(str("changedRows")).toInt() > 0);
    QCOMPARE(run(str("--workspace %1 search laterword --json").arg(file)).array().size(), 1);
    QCOMPARE(meta(ReplicaMeta::form), QString::number(older));
    // It has been brought up to date.
    line.loseRequests({});
    line.cutAnswersTo({});
    QCOMPARE(run(command).err, QByteArray());
    QCOMPARE(meta(ReplicaMeta::form), QString::number(newestSynchronisedVersion()));
    const QString compare = str("--token-file %1 workspace compare ").arg(m_ctl->file(str("Kim.token"))) + file;
    QCOMPARE(run(compare).exitCode, 0);
}

/// By something that it knows nothing of: it has less than it had.
void OtherServersTest::noticesAServerThatWasPutBack()
{
    const auto incarnation = [this] {
        return m_world->workspace()
            .readNow<QString>(
                [](Database &database) { return database.result(ReplicaMeta::read(database, "incarnation")); })
            .value();
    };
    const QString before = incarnation();
    const quint16 port = m_world->server().port();
    const QTemporaryDir folder;
    m_world->backUp(folder.filePath(str("copy")));
    for (int i = 0; i < 5; ++i)
        m_world->receive(ServerWorld::open, str("lost%1").arg(i), str("lostword"));
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).err, QByteArray());
    const QString file = str("--workspace %1 ").arg(m_ctl->file(str("replica.earshot")));
    QCOMPARE(run(file + str("search lostword --json")).array().size(), 5);
    m_world->restore(folder.filePath(str("copy")));
    m_world->runSql(str("UPDATE meta SET value = '%1' WHERE name = 'incarnation'; "
                        "DELETE FROM meta WHERE name = 'lineage'")
                        .arg(before));
    m_world->start({}, port);
    QCOMPARE(incarnation(), before);
    QCOMPARE(replicate(str("Kim"), str("replica.earshot")).err, QByteArray());
    QCOMPARE(run(file + str("search lostword --json")).array().size(), 0);
    QCOMPARE(run(file + str("inbox --limit 500 --json")).out,
             run(login(str("Kim")) + str("inbox --limit 500 --json")).out);
}

QTEST_GUILESS_MAIN(OtherServersTest)
#include "tst_otherservers.moc"
