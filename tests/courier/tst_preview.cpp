// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/preview.h"
#include "courierworld.h"

#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <QImageWriter>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

QByteArray encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.write(image);
    return bytes;
}

QImage painted(QSize size, QImage::Format format = QImage::Format_RGB32)
{
    QImage image(size, format);
    image.fill(QColor(200, 40, 30));
    return image;
}

quint32 crcOf(const QByteArray &bytes)
{
    quint32 crc = 0xffffffffU;
    for (const char byte : bytes) {
        crc ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

void put(QByteArray &bytes, qsizetype at, quint32 value)
{
    for (int i = 0; i < 4; ++i)
        bytes[at + i] = char(value >> (24 - 8 * i));
}

/// A small file that says of itself that it is a huge picture.
QByteArray bomb(quint32 width, quint32 height)
{
    QByteArray file = encoded(painted({8, 8}), "png");
    put(file, 16, width);
    put(file, 20, height);
    put(file, 29, crcOf(file.mid(12, 17)));
    return file;
}

/// Serves files by their paths.
class FileServer final : public FakeNetwork
{
public:
    [[nodiscard]] QStringList hosts() const override { return {QStringLiteral("files.social.example")}; }
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override
    {
        ++asked;
        HttpAnswer answer;
        answer.status = files.contains(request.url.path()) ? 200 : 404;
        answer.body = files.value(request.url.path());
        return answer;
    }
    QHash<QString, QByteArray> files;
    int asked = 0;
};

} // namespace

/// Only a small picture of ours is kept of what a network calls one.
class PreviewTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picturesBecomeSmall_data();
    void picturesBecomeSmall();
    void transparencyStays();
    void whatTheFileCarriedGoes();
    void turnedPicturesStandUpright();
    void othersAreRefused_data();
    void othersAreRefused();
    void previewsAreKept();
    void othersDoNotWaitForAllPictures();

private:
    /// Our channel has been sent a message with these pictures.
    static void receivePictures(CourierWorld &world, const QStringList &names);
};

void PreviewTest::picturesBecomeSmall_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QSize>("original");
    QTest::addColumn<QSize>("kept");
    const auto row = [](const char *name, const char *format, QSize size, QSize kept) {
        if (QImageWriter::supportedImageFormats().contains(format))
            QTest::newRow(name) << encoded(painted(size), format) << size << kept;
    };
    row("wide PNG", "png", {3000, 1500}, {1280, 640});
    row("high JPEG", "jpeg", {1500, 3000}, {640, 1280});
    row("WebP", "webp", {2560, 2560}, {1280, 1280});
    row("exactly", "png", {1280, 1280}, {1280, 1280});
    row("small", "jpeg", {40, 30}, {40, 30});
    row("a line", "png", {20'000, 2}, {1280, 1});
    QTest::newRow("GIF") << QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
                         << QSize(1, 1) << QSize(1, 1);
}

void PreviewTest::picturesBecomeSmall()
{
    QFETCH(QByteArray, file);
    QFETCH(QSize, original);
    QFETCH(QSize, kept);
    const Result<Preview> preview = makePreview(file);
    QVERIFY2(preview.has_value(), preview ? "" : qPrintable(preview.error().detail));
    QCOMPARE(preview->original, original);
    QCOMPARE(QImage::fromData(preview->bytes).size(), kept);
}

void PreviewTest::transparencyStays()
{
    QImage image(30, 20, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    const QImage kept = QImage::fromData(makePreview(encoded(image, "png"))->bytes);
    QVERIFY(kept.hasAlphaChannel());
    QCOMPARE(kept.pixelColor(3, 3).alpha(), 0);
}

void PreviewTest::whatTheFileCarriedGoes()
{
    QImage image = painted({30, 20}, QImage::Format_ARGB32);
    image.setText(QStringLiteral("Place"), QStringLiteral("Kim's home"));
    const QByteArray file = encoded(image, "png");
    QVERIFY(file.contains("Kim's home"));
    QVERIFY(!makePreview(file)->bytes.contains("Kim's home"));
}

void PreviewTest::turnedPicturesStandUpright()
{
    QByteArray file;
    QBuffer buffer(&file);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "jpeg");
    writer.setTransformation(QImageIOHandler::TransformationRotate90);
    QVERIFY(writer.write(painted({300, 100})));
    const Result<Preview> preview = makePreview(file);
    QVERIFY(preview.has_value());
    QCOMPARE(preview->original, QSize(100, 300));
    QCOMPARE(QImage::fromData(preview->bytes).size(), QSize(100, 300));
}

void PreviewTest::othersAreRefused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray png = encoded(painted({300, 200}), "png");
    QTest::newRow("nothing") << QByteArray() << ErrorKind::unsupported;
    QTest::newRow("a page") << QByteArray("<!doctype html><title>no</title>") << ErrorKind::unsupported;
    QTest::newRow("SVG") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
                         << ErrorKind::unsupported;
    QTest::newRow("BMP") << encoded(painted({9, 9}), "bmp") << ErrorKind::unsupported;
    QTest::newRow("cut PNG") << png.left(20) << ErrorKind::malformed;
    QTest::newRow("cut JPEG") << QByteArray("\xff\xd8\xff\xe0 and then nothing") << ErrorKind::malformed;
    QTest::newRow("BMP that begins as a PNG")
        << QByteArray("\x89PNG\r\n\x1a\n") + encoded(painted({9, 9}), "bmp") << ErrorKind::malformed;
    QTest::newRow("bomb") << bomb(60'000, 60'000) << ErrorKind::tooLarge;
    QTest::newRow("a little too large") << bomb(24'001, 1000) << ErrorKind::tooLarge;
}

void PreviewTest::othersAreRefused()
{
    QFETCH(QByteArray, file);
    QFETCH(ErrorKind, kind);
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^allocation")));
    const Result<Preview> preview = makePreview(file);
    QVERIFY(!preview);
    QCOMPARE(preview.error().kind, kind);
}

void PreviewTest::receivePictures(CourierWorld &world, const QStringList &names)
{
    RemoteMessage message;
    message.uri = QStringLiteral("https://social.example/posts/1");
    message.author.handle = QStringLiteral("@mira@social.example");
    message.author.id = QStringLiteral("7");
    message.sentAt = world.clock.now();
    message.text = QStringLiteral("look");
    for (const QString &name : names) {
        RemoteMedia media;
        media.url = QStringLiteral("https://files.social.example/%1.png").arg(name);
        media.type = QStringLiteral("image/png");
        media.description = name;
        message.media.append(media);
    }
    Page page;
    page.messages = {message};
    QVERIFY(resultOf(world.intake->storeMessages(world.channel, page)).has_value());
}

void PreviewTest::previewsAreKept()
{
    CourierWorld world(FakeMastodon::Dialect::mastodon);
    const auto server = std::make_shared<FileServer>();
    server->files = {{QStringLiteral("/large.png"), encoded(painted({2000, 1000}), "png")},
                     {QStringLiteral("/page.png"), QByteArray("<html>")},
                     {QStringLiteral("/bomb.png"), bomb(60'000, 60'000)}};
    world.transport->add(server);
    receivePictures(world, QStringLiteral("bomb large page missing").split(u' '));
    QVERIFY(!world.pull().error);
    const auto media = [&world] { return allMessages(*world.workspace).constFirst().media; };
    const auto hasLarge = [&media] {
        const QList<MediaRecord> all = media();
        return std::any_of(all.cbegin(), all.cend(), [](const MediaRecord &one) { return !one.hash.isEmpty(); });
    };
    QTRY_VERIFY(hasLarge());
    // All were tried: the next job of the channel begins after this one.
    QVERIFY(!world.pull().error);
    const QList<MediaRecord> all = media();
    QCOMPARE(all.size(), 4);
    for (const MediaRecord &one : all) {
        const bool isLarge = one.description == QLatin1StringView("large");
        QCOMPARE(one.hash.isEmpty(), !isLarge);
        if (!isLarge)
            continue;
        QCOMPARE(QSize(one.width, one.height), QSize(2000, 1000));
        const QImage kept(world.workspace->mediaFolder() + QLatin1Char('/') + one.hash);
        QCOMPARE(kept.size(), QSize(1280, 640));
    }
}

void PreviewTest::othersDoNotWaitForAllPictures()
{
    CourierWorld world(FakeMastodon::Dialect::mastodon);
    const auto server = std::make_shared<FileServer>();
    world.transport->add(server);
    receivePictures(world, QStringLiteral("a b c d e f").split(u' '));
    QFuture<ChannelReport> pulled = world.runner->pull();
    QFuture<Result<Account>> checked;
    int askedBefore = 0;
    // The pictures' turn is now.
    pulled.then(this, [&](const ChannelReport &) {
        checked = world.runner->check();
        checked.then(this, [&](const Result<Account> &) { askedBefore = server->asked; });
    });
    QTRY_VERIFY(checked.isFinished() && askedBefore > 0);
    QVERIFY(askedBefore < 6);
    // What was left comes with later pulls.
    for (int i = 0; i < 6; ++i)
        QVERIFY(!world.pull().error);
    QTRY_COMPARE(server->asked, 6);
}

QTEST_GUILESS_MAIN(PreviewTest)
#include "tst_preview.moc"
