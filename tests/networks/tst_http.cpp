// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/http.h"

#include <QTest>

using namespace Earshot;
using namespace std::chrono_literals;

class HttpTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds();
    void detailHoldsNoBody();
    void retry_data();
    void retry();
    void otherClock();
};

static const Time now = timeFromMs(1'795'309'200'000); // 2026-11-22T01:00:00Z

static HttpAnswer answerOf(int status, QHash<QByteArray, QByteArray> headers = {})
{
    return HttpAnswer{.status = status,
                      .url = QUrl(QStringLiteral("https://social.example/api?access_token=secret")),
                      .movedTo = {},
                      .headers = std::move(headers),
                      .body = "a secret"};
}

void HttpTest::kinds()
{
    const std::pair<int, ErrorKind> expected[] = {
        {400, ErrorKind::unknown},   {401, ErrorKind::authExpired}, {403, ErrorKind::permission},
        {404, ErrorKind::notFound},  {410, ErrorKind::gone},        {413, ErrorKind::tooLong},
        {418, ErrorKind::unknown},   {429, ErrorKind::rateLimited}, {500, ErrorKind::transient},
        {502, ErrorKind::transient}, {503, ErrorKind::transient},   {599, ErrorKind::transient},
        {302, ErrorKind::unknown},   {0, ErrorKind::unknown},
    };
    for (const auto &[status, kind] : expected)
        QCOMPARE(errorOf(answerOf(status), now).kind, kind);
    QCOMPARE(errorOf(answerOf(429, {{"retry-after", "60"}}), now).until, now + 60s);
    QCOMPARE(errorOf(answerOf(503, {{"retry-after", "60"}}), now).until, now + 60s);
    QVERIFY(!isKnown(errorOf(answerOf(404, {{"retry-after", "60"}}), now).until));
}

void HttpTest::detailHoldsNoBody()
{
    const QString detail = errorOf(answerOf(403), now).detail;
    QCOMPARE(detail, QStringLiteral("HTTP 403 from social.example"));
}

void HttpTest::retry_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<qint64>("seconds"); // from now; -1 = not known
    const auto row = [](const char *name, int status, const char *header, const char *value, const char *date,
                        qint64 seconds) {
        QTest::newRow(name) << status << QByteArray(header) << QByteArray(value) << QByteArray(date) << seconds;
    };
    row("none", 429, "x", "", "", -1);
    row("seconds", 429, "retry-after", "290", "", 290);
    row("seconds whatever the date", 429, "retry-after", "5", "Sun, 22 Nov 2026 03:00:00 GMT", 5);
    row("zero", 429, "retry-after", "0", "", 0);
    row("date", 503, "retry-after", "Sun, 22 Nov 2026 01:02:00 GMT", "", 120);
    row("date by a clock an hour fast", 503, "retry-after", "Sun, 22 Nov 2026 02:02:00 GMT",
        "Sun, 22 Nov 2026 02:00:00 GMT", 120);
    row("past date", 429, "retry-after", "Sun, 22 Nov 2026 00:00:00 GMT", "", 0);
    row("ISO", 429, "x-ratelimit-reset", "2026-11-22T01:05:00.000Z", "", 300);
    row("ISO corrected", 429, "x-ratelimit-reset", "2026-11-22T00:05:00.000Z", "Sun, 22 Nov 2026 00:00:00 GMT", 300);
    row("epoch", 429, "x-ratelimit-reset", "1795309230", "", 30);
    row("Bluesky", 429, "ratelimit-reset", "1795309230", "", 30);
    row("seconds left", 429, "x-ratelimit-reset", "42.0", "", 42);
    row("only a limited answer", 503, "x-ratelimit-reset", "1795309230", "", -1);
    row("negative", 429, "retry-after", "-5", "", -1);
    row("for ever", 429, "retry-after", "99999999", "", 24 * 3600);
    row("too much", 429, "retry-after", "1e300", "", -1);
    row("not a number", 429, "retry-after", "nan", "", -1);
    row("garbage", 429, "x-ratelimit-reset", "soon", "", -1);
    row("far epoch", 429, "x-ratelimit-reset", "99999999999", "", 24 * 3600);
}

void HttpTest::retry()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, date);
    QFETCH(const qint64, seconds);
    QHash<QByteArray, QByteArray> headers{{header, value}};
    if (!date.isEmpty())
        headers.insert("date", date);
    const Time until = retryTime(answerOf(status, headers), now);
    if (seconds < 0)
        QVERIFY(!isKnown(until));
    else
        QCOMPARE(toMs(until - now + Time()), seconds * 1000);
}

void HttpTest::otherClock()
{
    const auto offset = [](const QByteArray &date, const QByteArray &age) {
        return clockOffset(answerOf(200, {{"date", date}, {"age", age}}), now).count() / 1000;
    };
    const QString format = QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'");
    const QByteArray hourAhead = QLocale::c().toString(toDateTime(now + std::chrono::hours(1)), format).toLatin1();
    QCOMPARE(offset(hourAhead, ""), 3600);
    QCOMPARE(offset("", "60"), 0);
    // A cache kept it for a while.
    QCOMPARE(offset(hourAhead, "600"), 4200);
    QCOMPARE(offset(hourAhead, "nonsense"), 3600);
    QCOMPARE(offset(hourAhead, "-5"), 3600);
    QCOMPARE(offset(hourAhead, "99999999999"), 3600 + 7 * 24 * 3600);
}

QTEST_APPLESS_MAIN(HttpTest)
#include "tst_http.moc"
