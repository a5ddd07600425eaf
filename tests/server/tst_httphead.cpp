// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/httphead.h"

#include <QTest>

using namespace Earshot;

/// Heads that two programs could read in two ways are refused.
class HttpHeadTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badHeadsAreRefused_data();
    void badHeadsAreRefused();
    void goodHeadIsUnderstood();
    void anyBytesAreSurvived();
};

void HttpHeadTest::badHeadsAreRefused_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &head, int status) {
        QTest::newRow(name) << head + "\r\n\r\n" << status;
    };
    const QByteArray get = "GET / HTTP/1.1\r\nHost: a";
    row("nothing", "", 400);
    row("no version", "GET /", 400);
    row("two spaces", "GET  / HTTP/1.1\r\nHost: a", 400);
    row("old version", "GET / HTTP/0.9\r\nHost: a", 505);
    row("other protocol", "GET / SIP/2.0\r\nHost: a", 400);
    row("method with space", "G ET / HTTP/1.1\r\nHost: a", 400);
    row("method of bytes", "G\x80T / HTTP/1.1\r\nHost: a", 400);
    row("whole address", "GET http://a/ HTTP/1.1\r\nHost: a", 400);
    row("fragment", "GET /#a HTTP/1.1\r\nHost: a", 400);
    row("no utf-8 in path", "GET /%ff HTTP/1.1\r\nHost: a", 400);
    row("null in path", "GET /%00 HTTP/1.1\r\nHost: a", 400);
    row("no host", "GET / HTTP/1.1\r\nAccept: */*", 400);
    row("two hosts", get + "\r\nHost: b", 400);
    row("folded line", get + "\r\nX: 1\r\n 2", 400);
    row("space before colon", get + "\r\nX : 1", 400);
    row("no colon", get + "\r\nX", 400);
    row("line feed alone", get + "\r\nX: 1\nY: 2", 400);
    row("return alone", get + "\r\nX: 1\rY: 2", 400);
    row("null in value", get + "\r\nX: 1" + QByteArray(1, '\0') + "2", 400);
    row("two lengths", get + "\r\nContent-Length: 1\r\nContent-Length: 1", 400);
    row("list of lengths", get + "\r\nContent-Length: 1, 1", 400);
    row("negative length", get + "\r\nContent-Length: -1", 400);
    row("signed length", get + "\r\nContent-Length: +1", 400);
    row("endless length", get + "\r\nContent-Length: 99999999999999999999", 400);
    row("chunked", get + "\r\nTransfer-Encoding: chunked", 411);
    row("chunked and length", get + "\r\nTransfer-Encoding: chunked\r\nContent-Length: 3", 400);
    row("expectation", get + "\r\nExpect: more", 417);
    row("many headers", get + QByteArray("\r\nX: 1").repeated(200), 431);
}

void HttpHeadTest::badHeadsAreRefused()
{
    QFETCH(QByteArray, head);
    const auto parsed = parseHead(head);
    QVERIFY(!parsed);
    QTEST(parsed.error(), "status");
}

void HttpHeadTest::goodHeadIsUnderstood()
{
    const auto head = parseHead("POST /jmap/a%20b?x=1&y=%2F HTTP/1.1\r\nHost: a:1\r\nCONTENT-length: 12\r\n"
                                "Connection: keep-alive, Upgrade\r\nX:  two words \t\r\n\r\n");
    QVERIFY(head);
    QCOMPARE(head->method, QByteArray("POST"));
    QCOMPARE(head->path, QStringLiteral("/jmap/a b"));
    QCOMPARE(head->query.queryItemValue(QStringLiteral("y"), QUrl::FullyDecoded), QStringLiteral("/"));
    QCOMPARE(head->contentLength, 12);
    QCOMPARE(head->header("x"), QByteArray("two words"));
    QVERIFY(head->keepsAlive);
    QVERIFY(!parseHead("GET / HTTP/1.0\r\nHost: a\r\n\r\n")->keepsAlive);
    QVERIFY(!parseHead("GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n")->keepsAlive);
}

void HttpHeadTest::anyBytesAreSurvived()
{
    quint32 state = 7;
    for (int round = 0; round < 3000; ++round) {
        QByteArray head = "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n";
        for (int change = 0; change < 4; ++change) {
            state = state * 1664525 + 1013904223;
            head[qsizetype(state >> 8) % head.size()] = char(state >> 16);
        }
        const auto parsed = parseHead(head);
        QVERIFY(parsed ? parsed->contentLength >= 0 : parsed.error() >= 400);
    }
}

QTEST_APPLESS_MAIN(HttpHeadTest)
#include "tst_httphead.moc"
