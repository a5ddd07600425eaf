// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskybench.h"

#include "networks/blueskysender.h"
#include "networks/jsonvalues.h"
#include "networks/mediapreparation.h"

#include <QBuffer>
#include <QImage>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace Earshot;

static const auto brand = QStringLiteral("brand");
static const auto mira = QStringLiteral("mira");
static const auto jo = QStringLiteral("jo");

class BlueskyDeliveryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keyFollowsFromTheDelivery();
    void replyNamesRootAndParent();
    void textIsMarkedUp();
    void sameDeliveryTwiceIsOnePost();
    void everyLostRequestPublishesOnce_data();
    void everyLostRequestPublishesOnce();
    void otherRecordIsNeverOverwritten();
    void mentionThatCameLaterIsTheSameAnswer();
    void whatCannotBeSaidIsRefused_data();
    void whatCannotBeSaidIsRefused();
    void closedAndBlockedAreNotAnswered();
    void picturesAreSent();
    void largePicturesAreMadeSmaller();
    void smallerPicturesAreAlwaysTheSame();
    void reactionsAreSlots_data();
    void reactionsAreSlots();
    void ownPostsAreDeleted();
    void writingGoesOnWhileReadingIsDown();
    void expiredSessionInMidDelivery();
    void refusalsAreTold_data();
    void refusalsAreTold();

private:
    /// A mention that was pulled; its uri.
    static QString ask(BlueskyBench &bench);
    static Outgoing effect(BlueskyBench &bench, Effect kind, const QString &uri);
    static QByteArray noise(int width, int height, const char *format);
};

QString BlueskyDeliveryTest::ask(BlueskyBench &bench)
{
    const QString uri = bench.server->post(mira, QStringLiteral("@brand.pds.example help"));
    bench.clock.value = bench.server->time();
    return bench.pull() ? uri : QString();
}

Outgoing BlueskyDeliveryTest::effect(BlueskyBench &bench, Effect kind, const QString &uri)
{
    Outgoing wish;
    wish.effect = kind;
    wish.clientId = word(kind);
    wish.createdAt = bench.clock.now();
    return bench.connector->prepare(wish, *bench.message(uri)).value_or(Outgoing());
}

QByteArray BlueskyDeliveryTest::noise(int width, int height, const char *format)
{
    QImage image(width, height, QImage::Format_RGB32);
    quint32 seed = 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            seed = seed * 1'664'525 + 1'013'904'223;
            image.setPixel(x, y, seed >> 8U);
        }
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format, 95);
    return bytes;
}

void BlueskyDeliveryTest::keyFollowsFromTheDelivery()
{
    Outgoing first;
    first.clientId = QStringLiteral("0192-a");
    first.createdAt = timeFromMs(1'795'307'597'858);
    static const QRegularExpression tid(QStringLiteral("^[234567a-j][234567a-z]{12}$"));
    const QString key = recordKeyFor(first);
    QVERIFY(tid.match(key).hasMatch());
    QCOMPARE(recordKeyFor(first), key);
    // The network's own key of that moment begins the same: 3n2uejubkml7n.
    QCOMPARE(key.first(7), QStringLiteral("3n2ueju"));
    Outgoing other = first;
    other.clientId = QStringLiteral("0192-b");
    QVERIFY(recordKeyFor(other) != key);
    other = first;
    other.createdAt += Duration(1);
    QVERIFY(recordKeyFor(other) > key);
    first.createdAt = {};
    QVERIFY(tid.match(recordKeyFor(first)).hasMatch());
}

void BlueskyDeliveryTest::replyNamesRootAndParent()
{
    BlueskyBench bench;
    const QString root = bench.server->post(jo, QStringLiteral("Which lamp?"));
    const QString asked = bench.server->post(mira, QStringLiteral("@brand.pds.example?"), {.inReplyTo = root});
    const QString top = ask(bench);
    for (const QString &uri : {asked, top}) {
        const auto wish = bench.answerTo(uri, QStringLiteral("The blue one."), uri);
        QVERIFY(wish);
        // Nothing is added: the network tells those answered by itself.
        QCOMPARE(wish->text, QStringLiteral("The blue one."));
        const auto delivered = await(bench.connector->deliver(*wish));
        QVERIFY2(delivered, delivered ? "" : qPrintable(delivered.error().detail));
        const QJsonObject record = bench.server->recordOf(delivered->uri);
        const QJsonObject reply = objectOf(record, "reply");
        const QString rootUri = uri == asked ? root : top;
        QCOMPARE(textOf(objectOf(reply, "parent"), "uri"), uri);
        QCOMPARE(textOf(objectOf(reply, "parent"), "cid"), bench.server->cidOf(uri));
        QCOMPARE(textOf(objectOf(reply, "root"), "uri"), rootUri);
        QCOMPARE(textOf(objectOf(reply, "root"), "cid"), bench.server->cidOf(rootUri));
        QCOMPARE(textOf(record, "createdAt"), toIso(wish->createdAt));
        QVERIFY(bench.server->isNotified(mira, delivered->uri));
        QVERIFY(delivered->url.startsWith(QLatin1StringView("https://bsky.app/profile/did:plc:")));
        // What we said can be answered in turn.
        QVERIFY(bench.pull());
        QCOMPARE(bench.message(delivered->uri)->remoteId, delivered->remoteId);
        QVERIFY(bench.message(delivered->uri)->isOurs);
        QCOMPARE(bench.message(delivered->uri)->threadUri, rootUri);
    }
}

void BlueskyDeliveryTest::textIsMarkedUp()
{
    BlueskyBench bench;
    const QString uri = ask(bench);
    const QString text =
        QString::fromUtf8("👋 @mira.pds.example and @nobody.example: https://acme.example/a?b=c. #Grüße acme.com/x");
    auto wish = bench.answerTo(uri, text);
    wish->language = QStringLiteral("de");
    const auto delivered = await(bench.connector->deliver(*wish));
    QVERIFY(delivered);
    const QJsonObject record = bench.server->recordOf(delivered->uri);
    QCOMPARE(textOf(record, "text"), text);
    QCOMPARE(listOf(record, "langs"), QJsonArray{QStringLiteral("de")});
    QStringList found;
    const QByteArray bytes = text.toUtf8();
    const QJsonArray facets = listOf(record, "facets");
    for (const QJsonValue &facet : facets) {
        const QJsonObject index = objectOf(facet.toObject(), "index");
        const qsizetype start = valueOf(index, "byteStart").toInteger();
        const QJsonObject feature = listOf(facet.toObject(), "features").first().toObject();
        found.append(QString::fromUtf8(bytes.mid(start, valueOf(index, "byteEnd").toInteger() - start)) +
                     QLatin1Char('>') + textOf(feature, "did") + textOf(feature, "uri") + textOf(feature, "tag"));
    }
    const QStringList wanted{QStringLiteral("@mira.pds.example>") + bench.server->didOf(mira),
                             QStringLiteral("https://acme.example/a?b=c>https://acme.example/a?b=c"),
                             QString::fromUtf8("#Grüße>Grüße"), QStringLiteral("acme.com/x>https://acme.com/x")};
    QCOMPARE(found, wanted);
}

void BlueskyDeliveryTest::sameDeliveryTwiceIsOnePost()
{
    BlueskyBench bench;
    const QString uri = ask(bench);
    const auto wish = bench.answerTo(uri, QStringLiteral("Yes"));
    QList<QByteArray> bodies;
    for (int i = 0; i < 3; ++i) {
        bench.transport.forgetRequests();
        const auto delivered = await(bench.connector->deliver(*wish));
        QVERIFY(delivered);
        for (const HttpRequest &request : bench.transport.requests()) {
            if (request.url.path().endsWith(QLatin1StringView("putRecord"))) {
                QVERIFY(request.hasEffect);
                bodies.append(request.body);
            }
        }
        bench.clock.value += std::chrono::minutes(1);
        bench.restart();
    }
    QCOMPARE(bodies.size(), 3);
    QCOMPARE(bodies.at(1), bodies.at(0));
    QCOMPARE(bodies.at(2), bodies.at(0));
    QVERIFY(bodies.first().contains("\"swapRecord\":null"));
    QCOMPARE(bench.answersTo(uri), QStringList{QStringLiteral("Yes")});
    // Another delivery of the same words is another answer.
    QVERIFY(await(bench.connector->deliver(*bench.answerTo(uri, QStringLiteral("Yes"), QStringLiteral("c-2")))));
    QCOMPARE(bench.answersTo(uri).size(), 2);
}

void BlueskyDeliveryTest::everyLostRequestPublishesOnce_data()
{
    QTest::addColumn<Trouble>("trouble");
    QTest::newRow("refused") << Trouble::refused;
    QTest::newRow("lost") << Trouble::answerLost;
    QTest::newRow("500") << Trouble::serverError;
    QTest::newRow("garbage") << Trouble::garbage;
}

void BlueskyDeliveryTest::everyLostRequestPublishesOnce()
{
    QFETCH(const Trouble, trouble);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("hash")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(noise(20, 10, "PNG"));
    file.close();
    int failures = 0;
    for (int k = 0; k < 30; ++k) {
        BlueskyBench bench;
        bench.access.mediaPath = [&folder](const QString &hash) { return folder.filePath(hash); };
        bench.restart();
        const QString uri = ask(bench);
        Outgoing wish = *bench.answerTo(uri, QStringLiteral("Yes @jo.pds.example"));
        wish.media = {{QStringLiteral("hash"), QStringLiteral("image/png"), QStringLiteral("a pattern")}};
        bench.restart();
        bench.server->expireTokens();
        bench.transport.forgetRequests();
        bench.transport.setTrouble(k, trouble);
        const auto first = await(bench.connector->deliver(wish));
        const int asked = int(bench.transport.requests().size());
        if (!first) {
            ++failures;
            Attempt attempt;
            attempt.startedAt = bench.clock.now();
            const auto found = await(bench.connector->findDelivered(wish, attempt));
            QVERIFY(found);
            const bool isThere = !bench.answersTo(uri).isEmpty();
            QCOMPARE(found->has_value(), isThere);
            // `transient` says that nothing happened.
            if (first.error().kind == ErrorKind::transient)
                QVERIFY(!isThere);
            if (!isThere)
                QVERIFY(await(bench.connector->deliver(wish)));
        }
        QCOMPARE(bench.answersTo(uri), QStringList{QStringLiteral("Yes @jo.pds.example")});
        if (first && asked <= k)
            break;
        QVERIFY(k < 29);
    }
    // The session, the target, the name, the picture, the post.
    QVERIFY(failures >= 5);
}

void BlueskyDeliveryTest::otherRecordIsNeverOverwritten()
{
    BlueskyBench bench;
    const QString uri = ask(bench);
    const Outgoing wish = *bench.answerTo(uri, QStringLiteral("Yes"));
    QVERIFY(await(bench.connector->deliver(wish)));
    Outgoing other = wish;
    other.text = QStringLiteral("No");
    QCOMPARE(recordKeyFor(other), recordKeyFor(wish));
    QCOMPARE(await(bench.connector->deliver(other)).error().kind, ErrorKind::duplicate);
    QCOMPARE(bench.answersTo(uri), QStringList{QStringLiteral("Yes")});
    const auto found = await(bench.connector->findDelivered(other, {}));
    QVERIFY(found);
    QVERIFY(!found->has_value());
    // Bound to another reply: no match.
    Attempt attempt;
    attempt.boundUris = bench.server->postsOf(brand);
    QVERIFY(!await(bench.connector->findDelivered(wish, attempt))->has_value());
    QVERIFY(await(bench.connector->findDelivered(wish, {}))->has_value());
}

void BlueskyDeliveryTest::mentionThatCameLaterIsTheSameAnswer()
{
    BlueskyBench bench;
    const QString uri = ask(bench);
    const Outgoing wish = *bench.answerTo(uri, QStringLiteral("Ask @newcomer.pds.example"));
    const auto first = await(bench.connector->deliver(wish));
    QVERIFY(first);
    // The repeat finds a name that the first try did not: not the same bytes any more, and still the same answer.
    bench.server->addPerson(QStringLiteral("newcomer"));
    const auto again = await(bench.connector->deliver(wish));
    QVERIFY(again);
    QCOMPARE(again->uri, first->uri);
    QCOMPARE(again->remoteId, first->remoteId);
    QCOMPARE(bench.answersTo(uri).size(), 1);
}

void BlueskyDeliveryTest::whatCannotBeSaidIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("media");
    QTest::addColumn<ErrorKind>("kind");
    const QString family = QString::fromUtf8("👨‍👩‍👧‍👦");
    QTest::newRow("nothing") << QStringLiteral("  ") << 0 << ErrorKind::invalid;
    QTest::newRow("301 letters") << QString(301, u'a') << 0 << ErrorKind::tooLong;
    QTest::newRow("3025 bytes") << QString(family.repeated(121)) << 0 << ErrorKind::tooLong;
    QTest::newRow("five pictures") << QStringLiteral("look") << 5 << ErrorKind::invalid;
    QTest::newRow("300 flags") << QString::fromUtf8("🇩🇪").repeated(300) << 0 << ErrorKind::unknown;
    QTest::newRow("300 right to left") << QString::fromUtf8("ש").repeated(300) << 0 << ErrorKind::unknown;
    QTest::newRow("300 combining") << QString::fromUtf8("e\u0301").repeated(300) << 0 << ErrorKind::unknown;
    QTest::newRow("120 families") << QString(family.repeated(120)) << 0 << ErrorKind::unknown;
    QTest::newRow("pictures alone") << QString() << 4 << ErrorKind::unknown;
}

void BlueskyDeliveryTest::whatCannotBeSaidIsRefused()
{
    QFETCH(const QString, text);
    QFETCH(const int, media);
    QFETCH(const ErrorKind, kind);
    BlueskyBench bench;
    const QString uri = ask(bench);
    Outgoing wish;
    wish.clientId = QStringLiteral("c-1");
    wish.text = text;
    for (int i = 0; i < media; ++i)
        wish.media.append({QString::number(i), QStringLiteral("image/png"), {}});
    const auto prepared = bench.connector->prepare(wish, *bench.message(uri));
    if (kind != ErrorKind::unknown) {
        QCOMPARE(prepared.error().kind, kind);
        return;
    }
    QVERIFY2(prepared, prepared ? "" : qPrintable(prepared.error().detail));
    if (media > 0)
        return;
    QVERIFY(await(bench.connector->deliver(*prepared)));
    QCOMPARE(bench.answersTo(uri), QStringList{text});
    wish.visibility = Visibility::direct;
    QCOMPARE(bench.connector->prepare(wish, *bench.message(uri)).error().kind, ErrorKind::unsupported);
    wish.visibility = Visibility::everyone;
    wish.contentWarning = QStringLiteral("lamps");
    QCOMPARE(bench.connector->prepare(wish, *bench.message(uri)).error().kind, ErrorKind::unsupported);
}

void BlueskyDeliveryTest::closedAndBlockedAreNotAnswered()
{
    BlueskyBench bench;
    FakeBluesky::Manner closed;
    closed.isGated = true;
    const QString gated = bench.server->post(jo, QStringLiteral("@brand.pds.example listen"), closed);
    const QString uri = ask(bench);
    const QString gone = bench.server->post(mira, QStringLiteral("@brand.pds.example never mind"));
    QVERIFY(bench.pull());
    const auto sent = [&](const QString &target) {
        return await(bench.connector->deliver(*bench.answerTo(target, QStringLiteral("Hello"), target)));
    };
    QCOMPARE(sent(gated).error().kind, ErrorKind::policy);
    bench.server->remove(gone);
    QCOMPARE(sent(gone).error().kind, ErrorKind::parentGone);
    bench.server->block(mira, brand);
    QCOMPARE(sent(uri).error().kind, ErrorKind::parentGone);
    QCOMPARE(bench.server->postsOf(brand), QStringList());
}

void BlueskyDeliveryTest::picturesAreSent()
{
    QTemporaryDir folder;
    BlueskyBench bench;
    bench.access.mediaPath = [&folder](const QString &hash) { return folder.filePath(hash); };
    bench.restart();
    const QString uri = ask(bench);
    Outgoing wish = *bench.answerTo(uri, QStringLiteral("Like this"));
    for (int i = 0; i < 4; ++i) {
        QFile file(folder.filePath(QString::number(i)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(noise(30 + i, 20, "PNG"));
        wish.media.append({QString::number(i), QStringLiteral("image/png"), QStringLiteral("picture %1").arg(i)});
    }
    const auto delivered = await(bench.connector->deliver(wish));
    QVERIFY2(delivered, delivered ? "" : qPrintable(delivered.error().detail));
    const QJsonArray images = listOf(objectOf(bench.server->recordOf(delivered->uri), "embed"), "images");
    QCOMPARE(images.size(), 4);
    for (int i = 0; i < 4; ++i) {
        const QJsonObject image = images.at(i).toObject();
        QCOMPARE(textOf(image, "alt"), QStringLiteral("picture %1").arg(i));
        QCOMPARE(valueOf(objectOf(image, "aspectRatio"), "width").toInt(), 30 + i);
        const QString link = textOf(objectOf(objectOf(image, "image"), "ref"), "$link");
        QCOMPARE(bench.server->blob(link), noise(30 + i, 20, "PNG"));
    }
    // They come back with their descriptions.
    QVERIFY(bench.pull());
    QCOMPARE(bench.message(delivered->uri)->media.size(), 4);
    QCOMPARE(bench.message(delivered->uri)->media.at(2).description, QStringLiteral("picture 2"));
    Outgoing broken = *bench.answerTo(uri, QStringLiteral("And this"), QStringLiteral("c-9"));
    broken.media = {{QStringLiteral("absent"), QStringLiteral("image/png"), {}}};
    QCOMPARE(await(bench.connector->deliver(broken)).error().kind, ErrorKind::io);
}

void BlueskyDeliveryTest::largePicturesAreMadeSmaller()
{
    QTemporaryDir folder;
    BlueskyBench bench;
    bench.access.mediaPath = [&folder](const QString &hash) { return folder.filePath(hash); };
    bench.restart();
    const QString uri = ask(bench);
    QFile file(folder.filePath(QStringLiteral("large")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(noise(2400, 1200, "PNG"));
    file.close();
    QVERIFY(file.size() > 5'000'000);
    Outgoing wish = *bench.answerTo(uri, QStringLiteral("Like this"));
    wish.media = {{QStringLiteral("large"), QStringLiteral("image/png"), QStringLiteral("noise")}};
    const auto delivered = await(bench.connector->deliver(wish));
    QVERIFY2(delivered, delivered ? "" : qPrintable(delivered.error().detail));
    const QJsonObject image =
        listOf(objectOf(bench.server->recordOf(delivered->uri), "embed"), "images").first().toObject();
    const QByteArray sent = bench.server->blob(textOf(objectOf(objectOf(image, "image"), "ref"), "$link"));
    QVERIFY(sent.size() <= 1'000'000);
    const QImage picture = QImage::fromData(sent);
    QVERIFY(picture.width() <= 2000);
    QCOMPARE(picture.width(), picture.height() * 2);
    QCOMPARE(valueOf(objectOf(image, "aspectRatio"), "width").toInt(), picture.width());
    QCOMPARE(textOf(objectOf(image, "image"), "mimeType"), QStringLiteral("image/jpeg"));
    // It is told, also when the answer was lost and it is found later.
    const QList<ScaledMedium> scaled{{.position = 0, .width = picture.width(), .height = picture.height()}};
    QCOMPARE(delivered->scaled, scaled);
    const auto found = await(bench.connector->findDelivered(wish, {}));
    QVERIFY(found && found->has_value());
    QCOMPARE((*found)->scaled, scaled);
}

void BlueskyDeliveryTest::smallerPicturesAreAlwaysTheSame()
{
    QTemporaryDir folder;
    ChannelAccess access;
    access.mediaPath = [&folder](const QString &hash) { return folder.filePath(hash); };
    QFile file(folder.filePath(QStringLiteral("large")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(noise(600, 400, "PNG"));
    file.close();
    const OutgoingMedia media{QStringLiteral("large"), QStringLiteral("image/png"), {}};
    const MediaLimits limits{.maxBytes = 50'000, .maxEdge = 500};
    const auto first = prepareMedium(access, media, limits);
    QVERIFY(first);
    QVERIFY(first->isScaled);
    QVERIFY(first->content.size() <= 50'000);
    QCOMPARE(prepareMedium(access, media, limits)->content, first->content);
    // Within the limits it is left alone; what is no picture cannot be made smaller.
    QVERIFY(!prepareMedium(access, media, {.maxBytes = 5'000'000, .maxEdge = 0})->isScaled);
    QFile text(folder.filePath(QStringLiteral("text")));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write(QByteArray(2000, 'x'));
    text.close();
    QCOMPARE(prepareMedium(access, {QStringLiteral("text"), QStringLiteral("image/png"), {}},
                           {.maxBytes = 1000, .maxEdge = 0})
                 .error()
                 .kind,
             ErrorKind::tooLarge);
}

void BlueskyDeliveryTest::reactionsAreSlots_data()
{
    QTest::addColumn<Effect>("give");
    QTest::addColumn<Effect>("take");
    QTest::newRow("like") << Effect::like << Effect::unlike;
    QTest::newRow("boost") << Effect::boost << Effect::unboost;
}

void BlueskyDeliveryTest::reactionsAreSlots()
{
    QFETCH(const Effect, give);
    QFETCH(const Effect, take);
    BlueskyBench bench;
    const QString uri = ask(bench);
    const auto count = [&] { return bench.server->likes(uri) + bench.server->reposts(uri); };
    const Outgoing given = effect(bench, give, uri);
    QVERIFY(!await(bench.connector->findDelivered(given, {}))->has_value());
    bench.transport.setTrouble(3, Trouble::none);
    QVERIFY(await(bench.connector->deliver(given)));
    QVERIFY(await(bench.connector->deliver(given)));
    QCOMPARE(count(), 1);
    QVERIFY(await(bench.connector->findDelivered(given, {}))->has_value());
    // Ours already, by another delivery: nothing is to be done.
    Outgoing another = given;
    another.clientId = QStringLiteral("another");
    QVERIFY(await(bench.connector->deliver(another)));
    QCOMPARE(count(), 1);
    QVERIFY(await(bench.connector->findDelivered(another, {}))->has_value());
    const Outgoing taken = effect(bench, take, uri);
    QVERIFY(!await(bench.connector->findDelivered(taken, {}))->has_value());
    QVERIFY(await(bench.connector->deliver(taken)));
    QCOMPARE(count(), 0);
    QVERIFY(await(bench.connector->deliver(taken)));
    QVERIFY(await(bench.connector->findDelivered(taken, {}))->has_value());
}

void BlueskyDeliveryTest::ownPostsAreDeleted()
{
    BlueskyBench bench;
    const QString uri = ask(bench);
    const auto delivered = await(bench.connector->deliver(*bench.answerTo(uri, QStringLiteral("Yes"))));
    QVERIFY(bench.pull());
    Outgoing wish;
    wish.effect = Effect::deleteOwn;
    QCOMPARE(bench.connector->prepare(wish, *bench.message(uri)).error().kind, ErrorKind::invalid);
    const auto prepared = bench.connector->prepare(wish, *bench.message(delivered->uri));
    QVERIFY(prepared);
    QVERIFY(!await(bench.connector->findDelivered(*prepared, {}))->has_value());
    QVERIFY(await(bench.connector->deliver(*prepared)));
    QVERIFY(await(bench.connector->deliver(*prepared)));
    QVERIFY(await(bench.connector->findDelivered(*prepared, {}))->has_value());
    QCOMPARE(bench.answersTo(uri), QStringList());
    Outgoing hide;
    hide.effect = Effect::hide;
    QCOMPARE(bench.connector->prepare(hide, *bench.message(uri)).error().kind, ErrorKind::unsupported);
}

void BlueskyDeliveryTest::writingGoesOnWhileReadingIsDown()
{
    BlueskyBench bench;
    const QString uri = ask(bench);
    const Outgoing wish = *bench.answerTo(uri, QStringLiteral("Yes"));
    bench.server->setAppViewDown(true);
    // It is not known whether the target is still there: surely nothing happened.
    QCOMPARE(await(bench.connector->deliver(wish)).error().kind, ErrorKind::transient);
    QCOMPARE(bench.answersTo(uri), QStringList());
    // Looking needs the server alone.
    QVERIFY(await(bench.connector->findDelivered(wish, {})));
    bench.server->setAppViewDown(false);
    QVERIFY(await(bench.connector->deliver(wish)));
    QCOMPARE(bench.answersTo(uri).size(), 1);
}

void BlueskyDeliveryTest::expiredSessionInMidDelivery()
{
    BlueskyBench bench;
    const QString uri = ask(bench);
    const Outgoing wish = *bench.answerTo(uri, QStringLiteral("Yes"));
    bench.server->setMeanwhile([&](const HttpRequest &request) {
        if (request.url.path().endsWith(QLatin1StringView("putRecord")) && bench.server->refreshes() == 0)
            bench.server->expireTokens();
    });
    QVERIFY(await(bench.connector->deliver(wish)));
    QCOMPARE(bench.server->refreshes(), 1);
    QCOMPARE(bench.answersTo(uri), QStringList{QStringLiteral("Yes")});
}

void BlueskyDeliveryTest::refusalsAreTold_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](int status, const char *error, ErrorKind kind, const char *message = "no") {
        QTest::addRow("%d %s %s", status, error, message)
            << status << QByteArray(R"({"error":")") + error + R"(","message":")" + message + R"("})" << kind;
    };
    row(400, "ExpiredToken", ErrorKind::authExpired);
    row(400, "InvalidToken", ErrorKind::authExpired, "Token could not be verified");
    row(400, "InvalidToken", ErrorKind::permission, "Bad token scope");
    row(401, "AuthMissing", ErrorKind::authExpired);
    row(401, "AuthenticationRequired", ErrorKind::authExpired);
    row(401, "AccountTakedown", ErrorKind::permission);
    row(401, "AccountDeactivated", ErrorKind::permission);
    row(400, "InvalidRequest", ErrorKind::tooLong, "grapheme too big (maximum 300, got 301) at $.record.text");
    row(400, "InvalidRequest", ErrorKind::tooLong, "string too big (maximum 3000, got 3025)");
    row(400, "InvalidRequest", ErrorKind::policy, "array too big (maximum 4, got 5)");
    row(400, "InvalidRequest", ErrorKind::unsupported, "No service configured for NSID");
    row(400, "BlobNotFound", ErrorKind::policy);
    row(400, "SyntaxError", ErrorKind::policy);
    row(413, "PayloadTooLarge", ErrorKind::tooLarge);
    row(429, "RateLimitExceeded", ErrorKind::rateLimited);
    row(501, "MethodNotImplemented", ErrorKind::unsupported);
    row(503, "ServiceUnavailable", ErrorKind::transient);
    // Whatever broke down may have done it before.
    row(500, "InternalServerError", ErrorKind::unsure);
    row(502, "UpstreamFailure", ErrorKind::unsure);
    QTest::newRow("a page") << 404 << QByteArray("<h1>Not here") << ErrorKind::notFound;
    QTest::newRow("nonsense") << 200 << QByteArray("<h1>Welcome") << ErrorKind::unsure;
}

void BlueskyDeliveryTest::refusalsAreTold()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const ErrorKind, kind);
    BlueskyBench bench;
    const QString asked = ask(bench);
    const Outgoing outgoing = *bench.answerTo(asked, QStringLiteral("Sure"));
    bench.server->refuse("com.atproto.repo.putRecord", status, body);
    const Result<Delivered> refused = await(bench.connector->deliver(outgoing));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, kind);
    // It was sent once, or once more with a new session.
    const bool isSpent = body.contains("ExpiredToken") || body.contains("could not be verified");
    QCOMPARE(bench.requestsTo(QStringLiteral("putRecord")), isSpent ? 2 : 1);
    QCOMPARE(bench.answersTo(asked), QStringList());
    bench.server->refuse({}, 0, {});
    QVERIFY(await(bench.connector->deliver(outgoing)));
    QCOMPARE(bench.answersTo(asked).size(), 1);
}

QTEST_GUILESS_MAIN(BlueskyDeliveryTest)
#include "tst_blueskydelivery.moc"
