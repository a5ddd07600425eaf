// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/background.h"
#include "networks/mastodonclient.h"
#include "networks/wordpresssite.h"

#include <QJsonArray>
#include <QTest>
#include <QTimer>

using namespace Earshot;

namespace {

/// Answers everything with the same large list; a site's page with the address of its interface.
class LargeAnswers final : public HttpTransport
{
public:
    explicit LargeAnswers(QByteArray body)
        : m_body(std::move(body))
    {
    }
    [[nodiscard]] QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override
    {
        HttpAnswer answer;
        answer.status = 200;
        answer.url = request.url;
        if (request.url.path() == QLatin1StringView("/"))
            answer.headers.insert("link", "<https://blog.example/wp-json/>; rel=\"https://api.w.org/\"");
        else
            answer.body = m_body;
        return readyFuture<Result<HttpAnswer>>(answer);
    }

private:
    QByteArray m_body;
};

} // namespace

/// While a large answer is read, the network thread goes on with other channels' work.
class LargeJsonTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void mastodonReadsAside();
    void wordPressReadsAside();
    void whoeverWaitedMayGo();

private:
    /// How often the thread came round before `isDone`.
    [[nodiscard]] static int ticksUntil(const std::function<bool()> &isDone);

    static constexpr int entries = 300'000;
    SystemClock m_clock;
    std::unique_ptr<LargeAnswers> m_http;
};

void LargeJsonTest::initTestCase()
{
    QByteArray body = "[";
    for (int i = 0; i < entries; ++i)
        body +=
            QByteArray(i > 0 ? "," : "") + "{\"id\":\"" + QByteArray::number(i) + "\",\"content\":\"<p>it broke</p>\"}";
    body += "]";
    QVERIFY(body.size() > 10'000'000);
    m_http = std::make_unique<LargeAnswers>(body);
}

int LargeJsonTest::ticksUntil(const std::function<bool()> &isDone)
{
    int ticks = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, &timer, [&ticks, &isDone] { ticks += isDone() ? 0 : 1; });
    timer.start(0);
    [&isDone] { QTRY_VERIFY_WITH_TIMEOUT(isDone(), 30'000); }();
    return ticks;
}

void LargeJsonTest::mastodonReadsAside()
{
    MastodonClient client(QUrl(QStringLiteral("https://social.example")), Secret(), {m_http.get(), &m_clock});
    qsizetype found = -1;
    client.get("/api/v1/timelines/public", &client,
               [&found](const Result<MastodonReply> &reply) { found = reply ? reply->body.toArray().size() : 0; });
    const int ticks = ticksUntil([&found] { return found >= 0; });
    QCOMPARE(found, entries);
    // Read on the thread itself, it comes round two or three times.
    QVERIFY2(ticks > 20, QByteArray::number(ticks).constData());
}

void LargeJsonTest::wordPressReadsAside()
{
    ChannelAccess access;
    access.network = Network::wordpress;
    access.address = QStringLiteral("https://blog.example/");
    WordPressSite site(access, {m_http.get(), &m_clock}, nullptr);
    qsizetype found = -1;
    site.get(QStringLiteral("/wp/v2/comments"), {},
             [&found](const Result<RestAnswer> &answer) { found = answer ? answer->json.array().size() : 0; });
    const int ticks = ticksUntil([&found] { return found >= 0; });
    QCOMPARE(found, entries);
    QVERIFY2(ticks > 20, QByteArray::number(ticks).constData());
}

/// The channel was removed meanwhile: nobody is called any more.
void LargeJsonTest::whoeverWaitedMayGo()
{
    bool isCalled = false;
    auto client = std::make_unique<MastodonClient>(QUrl(QStringLiteral("https://social.example")), Secret(),
                                                   NetworkSetting{m_http.get(), &m_clock});
    client->get("/api/v1/timelines/public", client.get(),
                [&isCalled](const Result<MastodonReply> &) { isCalled = true; });
    QCoreApplication::sendPostedEvents();
    client.reset();
    QVERIFY(backgroundThreads().waitForDone(30'000));
    QCoreApplication::sendPostedEvents();
    QVERIFY(!isCalled);
}

QTEST_GUILESS_MAIN(LargeJsonTest)
#include "tst_largejson.moc"
