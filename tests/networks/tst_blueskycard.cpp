// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskybench.h"
#include "networks/jsonvalues.h"
#include "networks/linkcard.h"

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>

using namespace Earshot;

namespace {

/// A shop's site: a page that says something of itself, and its picture.
class FakeShop final : public FakeNetwork
{
public:
    [[nodiscard]] QStringList hosts() const override { return {QStringLiteral("shop.example")}; }
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override
    {
        HttpAnswer answer;
        answer.url = request.url;
        answer.status = status;
        const bool isPicture = request.url.path().endsWith(QLatin1StringView(".png"));
        answer.headers.insert("content-type", isPicture ? "image/png" : "text/html; charset=utf-8");
        answer.body = isPicture ? picture : page;
        return answer;
    }
    int status = 200;
    QByteArray page = "<html><head><title>Lamps</title>"
                      "<!-- <meta property='og:title' content='not this'> -->"
                      "<script>'<meta property=\"og:title\" content=\"nor this\">'</script>"
                      "<meta property=\"og:title\" content=\"The blue &amp; the red lamp\">"
                      "<meta content='Made\n of paper &#x1F4A1;' name='description'>"
                      "<meta property='og:image' content='/lamp.png'></head><body><title>no</title></body></html>";
    QByteArray picture;
};

QByteArray drawn(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            image.setPixel(x, y, quint32(x * y * 2654435761U));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

struct Shop
{
    Shop()
        : site(std::make_shared<FakeShop>())
    {
        site->picture = drawn(40, 30);
        bench.transport.add(site);
        const QString asked =
            bench.server->post(QStringLiteral("mira"), QStringLiteral("@brand.pds.example which lamp?"));
        isReady = bench.pull().has_value();
        answer =
            bench.answerTo(asked, QStringLiteral("This one: https://shop.example/lamp?a=1 or https://other.example"))
                .value_or(Outgoing());
    }
    QJsonObject deliver()
    {
        const Result<Delivered> delivered = await(bench.connector->deliver(answer));
        uri = delivered ? delivered->uri : QString();
        return objectOf(bench.server->recordOf(uri), "embed");
    }
    BlueskyBench bench;
    std::shared_ptr<FakeShop> site;
    Outgoing answer;
    QString uri;
    bool isReady = false;
};

} // namespace

class BlueskyCardTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesSayWhatTheyAre();
    void linkBecomesACard();
    void largePicturesAreMadeSmaller();
    void withoutPageThereIsNoCard_data();
    void withoutPageThereIsNoCard();
    void picturesTakeThePlace();
    void repeatMeetsAnotherPage();
};

void BlueskyCardTest::pagesSayWhatTheyAre()
{
    const QUrl url(QStringLiteral("https://shop.example/a/b"));
    const LinkCard card = linkCardFrom(QString::fromUtf8(FakeShop().page), url);
    QCOMPARE(card.title, QStringLiteral("The blue & the red lamp"));
    QCOMPARE(card.description, QString::fromUtf8("Made of paper 💡"));
    QCOMPARE(card.picture, QUrl(QStringLiteral("https://shop.example/lamp.png")));
    QCOMPARE(linkCardFrom(QStringLiteral("<TITLE lang=en>Only\n this</TITLE>"), url).title,
             QStringLiteral("Only this"));
    QVERIFY(linkCardFrom(QStringLiteral("<p>nothing</p>"), url).title.isEmpty());
    QVERIFY(linkCardFrom(QStringLiteral("<title>"), url).title.isEmpty());
    QVERIFY(linkCardFrom(QStringLiteral("<title>x</title><meta property=og:image content=file:///etc/passwd>"), url)
                .picture.isEmpty());
}

void BlueskyCardTest::linkBecomesACard()
{
    Shop shop;
    QVERIFY(shop.isReady);
    const QJsonObject embed = shop.deliver();
    QCOMPARE(textOf(embed, "$type"), QStringLiteral("app.bsky.embed.external"));
    const QJsonObject external = objectOf(embed, "external");
    QCOMPARE(textOf(external, "uri"), QStringLiteral("https://shop.example/lamp?a=1"));
    QCOMPARE(textOf(external, "title"), QStringLiteral("The blue & the red lamp"));
    QCOMPARE(textOf(external, "description"), QString::fromUtf8("Made of paper 💡"));
    QCOMPARE(shop.bench.server->blob(textOf(objectOf(objectOf(external, "thumb"), "ref"), "$link")),
             shop.site->picture);
}

void BlueskyCardTest::largePicturesAreMadeSmaller()
{
    Shop shop;
    shop.site->picture = drawn(1600, 800);
    QVERIFY(shop.site->picture.size() > 1'000'000);
    const QJsonObject external = objectOf(shop.deliver(), "external");
    const QByteArray sent = shop.bench.server->blob(textOf(objectOf(objectOf(external, "thumb"), "ref"), "$link"));
    QVERIFY(!sent.isEmpty() && sent.size() <= 1'000'000);
    const QImage picture = QImage::fromData(sent);
    QVERIFY(picture.width() <= 1000);
    QCOMPARE(picture.width(), picture.height() * 2);
}

void BlueskyCardTest::withoutPageThereIsNoCard_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<QByteArray>("picture");
    QTest::addColumn<bool>("hasCard");
    QTest::newRow("absent") << 404 << QByteArray("<title>Not found</title>") << QByteArray() << false;
    QTest::newRow("silent") << 200 << QByteArray("<p>hello</p>") << QByteArray() << false;
    QTest::newRow("no picture") << 200 << QByteArray("<title>Hello</title>") << QByteArray() << true;
    QTest::newRow("strange picture") << 200 << QByteArray("<title>Hello</title><meta property=og:image content=x.png>")
                                     << QByteArray("<svg/>") << true;
    QTest::newRow("broken picture") << 200 << QByteArray("<title>Hello</title><meta property=og:image content=x.png>")
                                    << QByteArray("\x89PNG\r\n\x1a\n").append(QByteArray(1'500'000, 'x')) << true;
}

void BlueskyCardTest::withoutPageThereIsNoCard()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, page);
    QFETCH(const QByteArray, picture);
    QFETCH(const bool, hasCard);
    Shop shop;
    shop.site->status = status;
    shop.site->page = page;
    shop.site->picture = picture;
    const QJsonObject embed = shop.deliver();
    QVERIFY(!shop.uri.isEmpty());
    QCOMPARE(!embed.isEmpty(), hasCard);
    QVERIFY(!objectOf(embed, "external").contains(QLatin1StringView("thumb")));
}

void BlueskyCardTest::picturesTakeThePlace()
{
    Shop shop;
    QTemporaryDir folder;
    shop.bench.access.mediaPath = [&folder](const QString &hash) { return folder.filePath(hash); };
    shop.bench.restart();
    QFile file(folder.filePath(QStringLiteral("p")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(drawn(20, 10));
    file.close();
    shop.answer.media = {{QStringLiteral("p"), QStringLiteral("image/png"), QStringLiteral("a lamp")}};
    QCOMPARE(textOf(shop.deliver(), "$type"), QStringLiteral("app.bsky.embed.images"));
    for (const HttpRequest &request : shop.bench.transport.requests())
        QVERIFY(request.url.host() != QLatin1StringView("shop.example"));
}

void BlueskyCardTest::repeatMeetsAnotherPage()
{
    Shop shop;
    QVERIFY(!shop.deliver().isEmpty());
    const QString first = shop.uri;
    shop.site->page = "<title>Sold out</title>";
    shop.deliver();
    QCOMPARE(shop.uri, first);
    QCOMPARE(shop.bench.server->postsOf(QStringLiteral("brand")).size(), 1);
    QCOMPARE(textOf(objectOf(objectOf(shop.bench.server->recordOf(first), "embed"), "external"), "title"),
             QStringLiteral("The blue & the red lamp"));
}

QTEST_GUILESS_MAIN(BlueskyCardTest)
#include "tst_blueskycard.moc"
