// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/networks/await.h"
#include "tests/replica/desktop.h"
#include "tests/replica/roughline.h"
#include "tests/server/cuttingproxy.h"
#include "workspace/mediafolder.h"

#include <QJsonArray>
#include <QTest>

using namespace Earshot;
using namespace std::chrono_literals;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// Bytes a second of the line here, and what takes three seconds by it.
constexpr int pace = 50'000;
const QByteArray large = "GIF89a" + QByteArray(3 * pace, 'x');

ServerLimits hastyLimits()
{
    ServerLimits limits;
    limits.bodyTime = 500ms;
    limits.sweepTime = 100ms;
    return limits;
}

} // namespace

/// What is large arrives by a slow line, there and back: as long as something moves nobody loses patience.
class SlowLineTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void fileOfAReplyGoesOut();
    void fileComes();
    void longAnswerComes();
    void deadLineIsGivenUp();
    void swallowedFileIsSentAnew();
    void largerFilesAreWaitedForLonger();

private:
    /// Whoever says nothing for a second is given up.
    void connectTo(quint16 port);
    /// One that the server has, by its hash.
    [[nodiscard]] QString addMedia();

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<RoughLine> m_line;
    std::unique_ptr<ServerConnection> m_connection;
    QTemporaryDir m_folder;
};

void SlowLineTest::init()
{
    m_world = std::make_unique<ServerWorld>(hastyLimits());
    m_line = std::make_unique<RoughLine>(m_world->server().port());
}

void SlowLineTest::cleanup()
{
    m_connection.reset();
    m_line.reset();
    m_world.reset();
}

void SlowLineTest::connectTo(quint16 port)
{
    m_connection = std::make_unique<ServerConnection>(QUrl(str("http://127.0.0.1:%1").arg(port)),
                                                      Secret(m_world->token(ServerWorld::kim)), m_world->clock(),
                                                      QByteArray(), LinePatience{1s, 1s});
}

QString SlowLineTest::addMedia()
{
    const QString hash = keepMediaBytes(m_world->workspace().mediaFolder(), large).value();
    m_world->runSql(
        str("INSERT INTO media (id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, "
            "description, width, height) SELECT 1, 1, 1, 1, min(id), 0, '', '', '%1', 'image/gif', '', 1, 1 FROM "
            "message WHERE channel = 1;")
            .arg(hash));
    return hash;
}

/// The server is as patient with whom it knows.
void SlowLineTest::fileOfAReplyGoesOut()
{
    Desktop kim(*m_world, ServerWorld::kim, m_line->serverPort());
    kim.open(50ms);
    QTRY_COMPARE(kim.kind(), DeskStatus::Kind::current);
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("with a picture");
    reply.media = {{keepMediaBytes(kim.session().workspace().mediaFolder(), large).value(), str("image/gif"), {}}};
    m_line->throttle(pace);
    QVERIFY(kim.perform({reply}).constFirst().isApplied());
    const QString said = str("SELECT id FROM message WHERE text = 'with a picture'");
    QTRY_COMPARE(firstColumn(m_world->workspace(), said).size(), 1);
    QVERIFY(QFile::exists(m_world->workspace().mediaFolder() + u'/' + reply.media.constFirst().hash));
    QTRY_VERIFY(kim.isSettled());
}

/// As a whole, as one of a message's, and by pieces, as a slice.
void SlowLineTest::fileComes()
{
    const QString hash = addMedia();
    connectTo(m_line->serverPort());
    m_line->throttle(pace);
    const auto piece = await(m_connection->piece(m_world->account(), hash, 0, large.size()));
    QVERIFY2(piece, piece ? "" : qPrintable(piece.error().detail));
    QVERIFY(*piece == large);
    const Done fetched = await(m_connection->fetchMedia(m_world->account(), hash, m_folder.path()));
    QVERIFY2(fetched, fetched ? "" : qPrintable(fetched.error().detail));
    QVERIFY(QFile::exists(m_folder.filePath(hash)));
}

void SlowLineTest::longAnswerComes()
{
    const QString id = firstColumn(m_world->workspace(), str("SELECT min(id) FROM message WHERE channel = 1")).value(0);
    m_world->runSql(str("UPDATE message SET text = '%1' WHERE id = %2").arg(QString::fromLatin1(large), id));
    connectTo(m_line->serverPort());
    m_line->throttle(pace);
    const ServerCall get{str("Message/get"), {{str("ids"), QJsonArray{id}}}};
    const auto answer = await(m_connection->callOnce(m_world->account(), get, 1s));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    QCOMPARE(answer->value(str("list"))[0][str("text")].toString(), QString::fromLatin1(large));
}

/// In the middle of what was moving on it.
void SlowLineTest::deadLineIsGivenUp()
{
    const QString hash = addMedia();
    connectTo(m_line->serverPort());
    m_line->throttle(pace);
    QElapsedTimer since;
    since.start();
    const auto fetched = m_connection->fetchMedia(m_world->account(), hash, m_folder.path());
    const auto sent = m_connection->upload(m_world->account(), large, str("image/gif"));
    QTimer::singleShot(500ms, m_line.get(), &RoughLine::stall);
    QTRY_VERIFY(fetched.isFinished() && sent.isFinished());
    QVERIFY(!fetched.result() && fetched.result().error().kind == ErrorKind::transient);
    QVERIFY(!sent.result() && sent.result().error().kind == ErrorKind::transient);
    QVERIFY2(since.elapsed() < 10'000, qPrintable(QString::number(since.elapsed())));
}

/// A proxy took it and says nothing more, while all else goes through: a picture does not wait for minutes.
void SlowLineTest::swallowedFileIsSentAnew()
{
    CuttingProxy proxy(str("127.0.0.1"), m_world->server().port());
    Desktop kim(*m_world, ServerWorld::kim, proxy.serverPort());
    kim.setLinePatience({1s, 1h});
    kim.open(50ms);
    QTRY_COMPARE(kim.kind(), DeskStatus::Kind::current);
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("with a picture");
    reply.media = {{keepMediaBytes(kim.session().workspace().mediaFolder(), "GIF89a").value(), str("image/gif"), {}}};
    proxy.holdNextWith("POST /jmap/upload");
    QVERIFY(kim.perform({reply}).constFirst().isApplied());
    const QString said = str("SELECT id FROM message WHERE text = 'with a picture'");
    QTRY_COMPARE(firstColumn(m_world->workspace(), said).size(), 1);
    QCOMPARE(proxy.heldCount(), 1);
    QTRY_VERIFY(kim.isSettled());
}

/// A proxy that sends on what it has taken needs its time; and what was given up once may need more.
void SlowLineTest::largerFilesAreWaitedForLonger()
{
    const LinePatience patience;
    QCOMPARE(patience.ofUpload(0, 0), Duration(30s));
    QCOMPARE(patience.ofUpload(400'000, 0), Duration(50s));
    QCOMPARE(patience.ofUpload(400'000, 1), Duration(100s));
    QCOMPARE(patience.ofUpload(400'000, 100), Duration(5min));
    QCOMPARE(patience.ofUpload(20'000'000, 0), Duration(5min));
}

QTEST_GUILESS_MAIN(SlowLineTest)
#include "tst_slowline.moc"
