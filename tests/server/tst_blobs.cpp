// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/serverworld.h"
#include "workspace/mediafolder.h"

#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

const QByteArray picture = "\x89PNG\r\n\x1a\n not really a picture" + QByteArray(5000, '\0');

} // namespace

/// Files: who may have which, and what may be brought.
class BlobsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_world = std::make_unique<ServerWorld>(); }
    void cleanup() { m_world.reset(); }
    void uploadComesBack();
    void onlyItsOwnerHasAnUpload();
    void mediaFollowItsChannel();
    void notEverythingIsTaken_data();
    void notEverythingIsTaken();
    void viewersBringNothing();
    void uploadsAtOnceAreLimited();
    void unusedUploadsGo();
    void foreignFilesAreNotSent();
    void noPathLeadsOut_data();
    void noPathLeadsOut();
    void downloadIsNoPage();

private:
    [[nodiscard]] QByteArray uploadPath() { return "/jmap/upload/" + m_world->account().toLatin1() + '/'; }
    [[nodiscard]] QByteArray downloadPath(const QString &blob)
    {
        return "/jmap/download/" + m_world->account().toLatin1() + '/' + blob.toLatin1() + "/name.png?type=image/png";
    }
    [[nodiscard]] WireReply upload(WireClient &client, const QByteArray &type = "image/png")
    {
        return client.send("POST", uploadPath(), picture, "Content-Type: " + type + "\r\n");
    }
    /// A file of a message on the channel.
    [[nodiscard]] QString addMedia(int conversation, int channel);
    std::unique_ptr<ServerWorld> m_world;
};

QString BlobsTest::addMedia(int conversation, int channel)
{
    const QString hash = keepMediaBytes(m_world->workspace().mediaFolder(), picture + char('0' + channel)).value();
    m_world->runSql(
        str("INSERT INTO media (seq, created_seq, channel, message, position, remote_url, preview_url, hash, "
            "type, description, width, height) SELECT :1, :1, %1, id, 0, '', '', '%2', 'image/png', '', 1, 1 "
            "FROM message WHERE conversation = %3 LIMIT 1")
            .arg(channel)
            .arg(hash)
            .arg(conversation));
    return hash;
}

void BlobsTest::uploadComesBack()
{
    const auto client = m_world->client(ServerWorld::kim);
    const WireReply kept = upload(*client);
    QCOMPARE(kept.status, 201);
    const QJsonObject blob = kept.json();
    QCOMPARE(blob.value(str("accountId")).toString(), m_world->account());
    QCOMPARE(blob.value(str("size")).toInteger(), picture.size());
    QCOMPARE(blob.value(str("type")).toString(), str("image/png"));
    const WireReply back = client->get(downloadPath(blob.value(str("blobId")).toString()));
    QCOMPARE(back.status, 200);
    QCOMPARE(back.body, picture);
    QCOMPARE(back.headers.value("content-type"), QByteArray("image/png"));
    QCOMPARE(upload(*client).json().value(str("blobId")), blob.value(str("blobId")));
}

void BlobsTest::onlyItsOwnerHasAnUpload()
{
    const QString blob = upload(*m_world->client(ServerWorld::kim)).json().value(str("blobId")).toString();
    QCOMPARE(m_world->client(ServerWorld::bo)->get(downloadPath(blob)).status, 404);
    QCOMPARE(m_world->client(AgentId())->get(downloadPath(blob)).status, 401);
    const QByteArray elsewhere = "/jmap/download/other/" + blob.toLatin1() + "/a.png?type=image/png";
    QCOMPARE(m_world->client(ServerWorld::kim)->get(elsewhere).status, 404);
}

void BlobsTest::mediaFollowItsChannel()
{
    const QString open = addMedia(1, 1);
    const QString hidden = addMedia(2, 2);
    const auto bo = m_world->client(ServerWorld::bo);
    QCOMPARE(bo->get(downloadPath(open)).status, 200);
    QCOMPARE(bo->get(downloadPath(hidden)).status, 404);
    QCOMPARE(m_world->client(ServerWorld::kim)->get(downloadPath(hidden)).status, 200);
    // Who knows a file and brings it again has it, by bringing it.
    QVERIFY(QFile::remove(m_world->workspace().mediaFolder() + u'/' + open));
    QCOMPARE(bo->get(downloadPath(open)).status, 404);
}

void BlobsTest::notEverythingIsTaken_data()
{
    QTest::addColumn<QByteArray>("type");
    for (const char *type : {"text/html", "image/svg+xml", "application/javascript", "image/png\t/x", ""})
        QTest::newRow(type) << QByteArray(type);
}

void BlobsTest::notEverythingIsTaken()
{
    QFETCH(QByteArray, type);
    QCOMPARE(upload(*m_world->client(ServerWorld::kim), type).status, 415);
    const auto client = m_world->client(ServerWorld::kim);
    client->write("POST " + uploadPath() +
                  " HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\nAuthorization: Bearer " + client->token() +
                  "\r\n\r\n");
    QCOMPARE(client->read().status, 413);
    QCOMPARE(client->send("POST", "/jmap/upload/other/", picture, "Content-Type: image/png\r\n").status, 404);
}

void BlobsTest::viewersBringNothing()
{
    QCOMPARE(upload(*m_world->client(ServerWorld::vic)).status, 403);
    QTRY_COMPARE(m_world->accessLog().size(), 1);
    const AccessLine line = m_world->accessLog().constFirst();
    QCOMPARE(line.kind, str("actionRefused"));
    QCOMPARE(line.agent, ServerWorld::vic);
    QCOMPARE(line.address, str("127.0.0.1"));
    QCOMPARE(line.detail, str("upload"));
}

void BlobsTest::uploadsAtOnceAreLimited()
{
    ServerLimits limits;
    limits.concurrentUploads = 1;
    m_world = std::make_unique<ServerWorld>(limits);
    const QByteArray token = m_world->token(ServerWorld::kim);
    WireClient one(m_world->server().port(), token, m_world->account());
    WireClient two(m_world->server().port(), token, m_world->account());
    const QByteArray head = "POST " + uploadPath() +
                            " HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nExpect: 100-continue\r\n"
                            "Authorization: Bearer " +
                            token + "\r\nContent-Length: " + QByteArray::number(picture.size()) + "\r\n\r\n";
    one.write(head);
    QCOMPARE(one.read().status, 100);
    const WireReply refused = upload(two);
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.json().value(str("limit")).toString(), str("maxConcurrentUpload"));
    QCOMPARE(refused.headers.value("retry-after"), QByteArray("1"));
    // Another device has places of its own.
    QCOMPARE(upload(*m_world->client(ServerWorld::kim)).status, 201);
    one.write(picture);
    QCOMPARE(one.read().status, 201);
    QCOMPARE(upload(two).status, 201);
    // So does who left in the middle.
    one.write(head);
    QCOMPARE(one.read().status, 100);
    one.socket().abort();
    QTRY_COMPARE(upload(two).status, 201);
}

void BlobsTest::unusedUploadsGo()
{
    ServerLimits limits;
    limits.uploadSweep = std::chrono::milliseconds(20);
    m_world = std::make_unique<ServerWorld>(limits);
    const auto kim = m_world->client(ServerWorld::kim);
    const QString unused = upload(*kim).json().value(str("blobId")).toString();
    const QString used = addMedia(1, 1);
    QCOMPARE(kim->send("POST", uploadPath(), picture + '1', "Content-Type: image/png\r\n").json().value(str("blobId")),
             used);
    m_world->clock().advance(std::chrono::hours(23));
    const QString later = kim->send("POST", uploadPath(), picture + "later", "Content-Type: image/png\r\n")
                              .json()
                              .value(str("blobId"))
                              .toString();
    QCOMPARE(kim->get(downloadPath(unused)).status, 200);
    m_world->clock().advance(std::chrono::hours(2));
    const QString file = m_world->workspace().mediaFolder() + u'/' + unused;
    QTRY_VERIFY(!QFile::exists(file));
    QCOMPARE(kim->get(downloadPath(unused)).status, 404);
    // A message has this one, and that one is new.
    QCOMPARE(kim->get(downloadPath(used)).status, 200);
    QCOMPARE(kim->get(downloadPath(later)).status, 200);
    // Brought again, it is there again.
    QCOMPARE(upload(*kim).status, 201);
    QCOMPARE(kim->get(downloadPath(unused)).status, 200);
}

void BlobsTest::foreignFilesAreNotSent()
{
    const QString hidden = addMedia(2, 2);
    const auto bo = m_world->client(ServerWorld::bo);
    const QString own = upload(*bo).json().value(str("blobId")).toString();
    const auto reply = [](const QString &hash) {
        const QJsonObject file{{str("hash"), hash}, {str("type"), str("image/png")}, {str("description"), str("x")}};
        return wireAction(
            str("sendReply"),
            {{str("conversation"), str("1")}, {str("text"), str("see")}, {str("media"), QJsonArray{file}}});
    };
    const QJsonArray outcomes = bo->perform({reply(hidden), reply(str("../../etc/passwd")), reply(own)});
    QCOMPARE(outcomes[0][str("refusal")][str("detail")].toString(), str("arguments.media"));
    QCOMPARE(outcomes[1][str("refusal")][str("detail")].toString(), str("arguments.media"));
    QVERIFY(outcomes[2][str("refusal")][str("detail")].toString() != str("arguments.media"));
}

void BlobsTest::noPathLeadsOut_data()
{
    QTest::addColumn<QByteArray>("blob");
    for (const char *blob : {"..", "%2e%2e%2f%2e%2e", "", "desk.earshot", "%00", "..%2fdesk.earshot"})
        QTest::newRow(blob) << QByteArray(blob);
    QTest::newRow("none") << QByteArray(64, 'a');
}

void BlobsTest::noPathLeadsOut()
{
    QFETCH(QByteArray, blob);
    const int status =
        m_world->client()->get("/jmap/download/" + m_world->account().toLatin1() + '/' + blob + "/x").status;
    QVERIFY2(status == 404 || status == 400, qPrintable(QString::number(status)));
}

void BlobsTest::downloadIsNoPage()
{
    const auto client = m_world->client(ServerWorld::kim);
    const QByteArray blob = upload(*client).json().value(str("blobId")).toString().toLatin1();
    const WireReply back = client->get("/jmap/download/" + m_world->account().toLatin1() + '/' + blob +
                                       "/a%22%0d%0aX.html?type=text/html%0d%0aX:%20y");
    QCOMPARE(back.status, 200);
    QCOMPARE(back.headers.value("content-type"), QByteArray("image/png"));
    QCOMPARE(back.headers.value("content-disposition"), QByteArray("attachment; filename*=UTF-8''a%22%0D%0AX.html"));
    QVERIFY(back.headers.value("content-security-policy").contains("sandbox"));
    QVERIFY(!back.headers.contains("x"));
}

QTEST_GUILESS_MAIN(BlobsTest)
#include "tst_blobs.moc"
