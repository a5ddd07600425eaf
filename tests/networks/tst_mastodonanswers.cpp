// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mastodonbench.h"
#include "tests/streamserver.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace Earshot;
using Dialect = FakeMastodon::Dialect;

Q_DECLARE_METATYPE(Earshot::FakeMastodon::Dialect)

static const auto brand = QStringLiteral("brand");
static const auto mira = QStringLiteral("mira");

/// What a channel says: answers, reactions, deletions, and looking again.
class MastodonAnswersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkTellsWhoWeAre_data() { dialects(); }
    void checkTellsWhoWeAre();
    void namesAreAddedOnce();
    void visibilityNeverGrows();
    void whoIsNotifiedIsChosen();
    void warningIsInherited();
    void whatCannotBeSaidIsRefused();
    void answerIsPublished_data() { dialects(); }
    void answerIsPublished();
    void lostAnswerIsFound_data() { dialects(); }
    void lostAnswerIsFound();
    void clocksMayDiffer_data();
    void clocksMayDiffer();
    void sameTextTwiceIsToldApart();
    void keyMakesARepeatHarmless();
    void unclearAnswersAreUnsure();
    void mediaGoAlong();
    void reactions_data() { dialects(); }
    void reactions();
    void refusalsAreTold_data() { dialects(); }
    void refusalsAreTold();
    void limitsAreTold();
    void limitOfPostingStopsNoReading();
    void threadAsItIsNow();
    void threadThatIsStillFetched();
    void refreshSeesEditsAndDeletions_data() { dialects(); }
    void refreshSeesEditsAndDeletions();
    void refreshOfMany();
    void futuresEndWithTheConnector();
    void streamIsAHint();
    void streamComesBack();
    void noStreamIsNoTrouble();

private:
    static void dialects();
};

void MastodonAnswersTest::dialects()
{
    QTest::addColumn<Dialect>("dialect");
    QTest::newRow("mastodon") << Dialect::mastodon;
    QTest::newRow("gotosocial") << Dialect::goToSocial;
    QTest::newRow("hollo") << Dialect::hollo;
    QTest::newRow("snac") << Dialect::snac;
}

void MastodonAnswersTest::checkTellsWhoWeAre()
{
    QFETCH(Dialect, dialect);
    MastodonBench bench(dialect);
    bench.server->setMaxCharacters(700);
    const Result<Account> account = await(bench.connector->check());
    QVERIFY(account);
    QCOMPARE(account->handle, QStringLiteral("@brand@social.example"));
    QCOMPARE(account->id, bench.server->idOf(brand));
    QCOMPARE(account->capabilities.maxLength, 700);
    QVERIFY(account->capabilities.canReply && account->capabilities.canReplyPrivately);
    QCOMPARE(account->capabilities.keyLifetime > Duration(0), dialect == Dialect::mastodon);
    bench.server->revokeToken(brand);
    QCOMPARE(await(bench.connector->check()).error().kind, ErrorKind::authExpired);
}

void MastodonAnswersTest::namesAreAddedOnce()
{
    MastodonBench bench;
    QVERIFY(await(bench.connector->check()));
    RemoteMessage target;
    target.uri = QStringLiteral("u");
    target.remoteId = QStringLiteral("1");
    target.author.handle = QStringLiteral("@mira@social.example");
    target.mentions = {QStringLiteral("@jo@far.example")};
    const auto text = [&](const QString &wished) {
        Outgoing wish;
        wish.text = wished;
        const Result<Outgoing> made = bench.connector->prepare(wish, target);
        return made ? made->text : word(made.error().kind);
    };
    QCOMPARE(text(QStringLiteral("hello")), QStringLiteral("@mira@social.example @jo@far.example hello"));
    QCOMPARE(text(QStringLiteral("hello @MIRA and @jo@far.example!")),
             QStringLiteral("hello @MIRA and @jo@far.example!"));
    QCOMPARE(text(QStringLiteral("@jo hello @mira@social.example.")),
             QStringLiteral("@jo@far.example @jo hello @mira@social.example."));
    QCOMPARE(text(QStringLiteral("@mirabel @jo@far.example.org")),
             QStringLiteral("@mira@social.example @jo@far.example @mirabel @jo@far.example.org"));
    target.isOurs = true;
    target.mentions.clear();
    QCOMPARE(text(QStringLiteral("more")), QStringLiteral("more"));
}

void MastodonAnswersTest::visibilityNeverGrows()
{
    MastodonBench bench;
    RemoteMessage target;
    target.remoteId = QStringLiteral("1");
    Outgoing wish;
    wish.text = QStringLiteral("x");
    for (const Visibility asked :
         {Visibility::everyone, Visibility::unlisted, Visibility::followers, Visibility::direct}) {
        target.visibility = asked;
        wish.visibility = Visibility::everyone;
        QCOMPARE(bench.connector->prepare(wish, target)->visibility, asked);
        wish.visibility = Visibility::direct;
        QCOMPARE(bench.connector->prepare(wish, target)->visibility, Visibility::direct);
        wish.visibility = Visibility::everyone;
        wish.mayWiden = true;
        QCOMPARE(bench.connector->prepare(wish, target)->visibility, Visibility::everyone);
        wish.mayWiden = false;
    }
}

void MastodonAnswersTest::whoIsNotifiedIsChosen()
{
    MastodonBench bench;
    QVERIFY(await(bench.connector->check()));
    RemoteMessage target;
    target.remoteId = QStringLiteral("1");
    target.author.handle = QStringLiteral("@mira@social.example");
    target.mentions = {QStringLiteral("@jo@far.example")};
    Outgoing wish;
    wish.text = QStringLiteral("hello");
    const auto made = [&] { return bench.connector->prepare(wish, target).value_or(Outgoing()); };
    const QStringList everybody{QStringLiteral("@mira@social.example"), QStringLiteral("@jo@far.example")};
    QCOMPARE(made().recipients.value_or(QStringList()), everybody);
    // A private reply does not take along who was named in public.
    wish.visibility = Visibility::direct;
    QCOMPARE(made().text, QStringLiteral("@mira@social.example hello"));
    wish.visibility = Visibility::everyone;
    wish.recipients = QStringList{QStringLiteral("@jo@far.example")};
    QCOMPARE(made().text, QStringLiteral("@jo@far.example hello"));
    wish.recipients = QStringList();
    QCOMPARE(made().text, QStringLiteral("hello"));
    // Nobody could read it.
    wish.visibility = Visibility::direct;
    QCOMPARE(bench.connector->prepare(wish, target).error().kind, ErrorKind::invalid);
}

void MastodonAnswersTest::warningIsInherited()
{
    MastodonBench bench;
    RemoteMessage target;
    Outgoing wish;
    wish.text = QStringLiteral("x");
    const auto warning = [&] { return bench.connector->prepare(wish, target)->contentWarning; };
    QCOMPARE(warning(), QString());
    target.contentWarning = QStringLiteral("parcel");
    QCOMPARE(warning(), QStringLiteral("re: parcel"));
    target.contentWarning = QStringLiteral("Re: parcel");
    QCOMPARE(warning(), QStringLiteral("Re: parcel"));
    wish.contentWarning = QStringLiteral("own");
    QCOMPARE(warning(), QStringLiteral("own"));
}

void MastodonAnswersTest::whatCannotBeSaidIsRefused()
{
    MastodonBench bench;
    RemoteMessage target;
    target.author.handle = QStringLiteral("@mira@social.example");
    Outgoing wish;
    const auto kind = [&] { return bench.connector->prepare(wish, target).error().kind; };
    QCOMPARE(kind(), ErrorKind::invalid);
    wish.text = QString(500, QLatin1Char('a'));
    QCOMPARE(kind(), ErrorKind::tooLong);
    wish.text = QStringLiteral("x");
    wish.media = QList<OutgoingMedia>(5);
    QCOMPARE(kind(), ErrorKind::invalid);
    wish.media.clear();
    wish.effect = Effect::hide;
    QCOMPARE(kind(), ErrorKind::unsupported);
    wish.effect = Effect::deleteOwn;
    QCOMPARE(kind(), ErrorKind::invalid);
}

void MastodonAnswersTest::answerIsPublished()
{
    QFETCH(Dialect, dialect);
    MastodonBench bench(dialect);
    const QString asked =
        bench.server->post(mira, QStringLiteral("@brand help"),
                           {.visibility = Visibility::direct, .contentWarning = QStringLiteral("parcel")});
    QVERIFY(bench.pull());
    const Result<Outgoing> outgoing = bench.answerTo(asked, QStringLiteral("Sure & soon"));
    QVERIFY(outgoing);
    const Result<Delivered> delivered = await(bench.connector->deliver(*outgoing));
    QVERIFY(delivered);
    const QStringList ours = bench.server->postsOf(brand);
    QCOMPARE(ours.size(), 1);
    QCOMPARE(delivered->uri, bench.server->uriOf(ours.first()));
    QCOMPARE(delivered->remoteId, ours.first());
    QCOMPARE(bench.server->textOfPost(ours.first()), QStringLiteral("@mira@social.example Sure & soon"));
    QCOMPARE(bench.server->parentOf(ours.first()), asked);
    QCOMPARE(bench.server->visibilityOf(ours.first()), Visibility::direct);
    QCOMPARE(bench.server->contentWarningOf(ours.first()), QStringLiteral("re: parcel"));
    // It comes back by the next pull as ours, under the same name.
    QVERIFY(bench.pull());
    QVERIFY(bench.messages.value(delivered->uri).isOurs);
}

void MastodonAnswersTest::lostAnswerIsFound()
{
    QFETCH(Dialect, dialect);
    MastodonBench bench(dialect);
    const QString asked = bench.server->post(mira, QStringLiteral("@brand help"));
    QVERIFY(bench.pull());
    const Outgoing outgoing =
        *bench.answerTo(asked, QStringLiteral("Line one\n\nand *two*: https://a.example/x?y=1&z=2"));
    Attempt attempt;
    attempt.startedAt = bench.server->time();
    attempt.clockSkew = Duration(0);

    bench.transport.setTrouble(0, Trouble::refused);
    QCOMPARE(await(bench.connector->deliver(outgoing)).error().kind, ErrorKind::transient);
    const auto nothing = await(bench.connector->findDelivered(outgoing, attempt));
    QVERIFY(nothing && !*nothing);

    bench.transport.setTrouble(0, Trouble::answerLost);
    QCOMPARE(await(bench.connector->deliver(outgoing)).error().kind, ErrorKind::unsure);
    const auto found = await(bench.connector->findDelivered(outgoing, attempt));
    QVERIFY(found && *found);
    QCOMPARE((*found)->uri, bench.server->uriOf(bench.server->postsOf(brand).first()));
    // Each question may fail; then it is an error, never "not there".
    for (int k = 0; k < 2; ++k) {
        bench.transport.setTrouble(k, Trouble::refused);
        const auto result = await(bench.connector->findDelivered(outgoing, attempt));
        QVERIFY(!result || *result);
    }
    bench.transport.setTrouble(-1, Trouble::none);
    attempt.boundUris = {(*found)->uri};
    QVERIFY(!*await(bench.connector->findDelivered(outgoing, attempt)));
    attempt.boundUris.clear();
    attempt.startedAt = bench.server->time() + std::chrono::minutes(1);
    QVERIFY(!*await(bench.connector->findDelivered(outgoing, attempt)));
}

void MastodonAnswersTest::clocksMayDiffer_data()
{
    QTest::addColumn<qint64>("ahead"); // the server's clock, in seconds
    QTest::newRow("the same") << qint64(0);
    QTest::newRow("an hour behind") << qint64(-3600);
    QTest::newRow("an hour ahead") << qint64(3600);
    QTest::newRow("years behind") << qint64(-100'000'000);
}

void MastodonAnswersTest::clocksMayDiffer()
{
    QFETCH(const qint64, ahead);
    MastodonBench bench(Dialect::goToSocial);
    const QString asked = bench.server->post(mira, QStringLiteral("@brand help"));
    QVERIFY(bench.pull());
    const Outgoing outgoing = *bench.answerTo(asked, QStringLiteral("Thanks"));
    bench.server->setTellsDate();
    bench.server->setTime(bench.clock.value + std::chrono::seconds(ahead));
    const Attempt attempt{.startedAt = bench.clock.value, .boundUris = {}};
    bench.transport.setTrouble(0, Trouble::answerLost);
    QVERIFY(!await(bench.connector->deliver(outgoing)));
    const auto found = await(bench.connector->findDelivered(outgoing, attempt));
    QVERIFY(found && *found);
    // What was there long before is still none of it.
    bench.clock.value += std::chrono::minutes(10);
    bench.server->setTime(bench.clock.value + std::chrono::seconds(ahead));
    const Attempt later{.startedAt = bench.clock.value, .boundUris = {}};
    QVERIFY(!*await(bench.connector->findDelivered(outgoing, later)));
    // Our own clock was put right meanwhile: when the attempt was nobody knows.
    const Attempt strange{.startedAt = bench.clock.value + std::chrono::hours(24 * 365), .boundUris = {}};
    QVERIFY(*await(bench.connector->findDelivered(outgoing, strange)));
}

void MastodonAnswersTest::sameTextTwiceIsToldApart()
{
    MastodonBench bench;
    const QString one = bench.server->post(mira, QStringLiteral("@brand help"));
    const QString two = bench.server->post(mira, QStringLiteral("@brand help again"));
    QVERIFY(bench.pull());
    QVERIFY(await(bench.connector->deliver(*bench.answerTo(one, QStringLiteral("Thanks"), QStringLiteral("c-1")))));
    const Outgoing other = *bench.answerTo(two, QStringLiteral("Thanks"), QStringLiteral("c-2"));
    QVERIFY(!*await(bench.connector->findDelivered(other, {.startedAt = Time(), .boundUris = {}})));
    Outgoing changed = *bench.answerTo(one, QStringLiteral("No thanks"));
    QVERIFY(!*await(bench.connector->findDelivered(changed, {.startedAt = Time(), .boundUris = {}})));
}

void MastodonAnswersTest::keyMakesARepeatHarmless()
{
    MastodonBench bench;
    const QString asked = bench.server->post(mira, QStringLiteral("@brand help"));
    QVERIFY(bench.pull());
    const Outgoing outgoing = *bench.answerTo(asked, QStringLiteral("Sure"));
    const auto first = await(bench.connector->deliver(outgoing));
    const auto second = await(bench.connector->deliver(outgoing));
    QVERIFY(first && second);
    QCOMPARE(*first, *second);
    QCOMPARE(bench.server->postsOf(brand).size(), 1);
}

void MastodonAnswersTest::unclearAnswersAreUnsure()
{
    MastodonBench bench;
    const QString asked = bench.server->post(mira, QStringLiteral("@brand help"));
    QVERIFY(bench.pull());
    const Outgoing outgoing = *bench.answerTo(asked, QStringLiteral("Sure"));
    for (const Trouble trouble : {Trouble::serverError, Trouble::garbage, Trouble::answerLost, Trouble::gaveUp}) {
        bench.transport.setTrouble(0, trouble);
        QCOMPARE(await(bench.connector->deliver(outgoing)).error().kind, ErrorKind::unsure);
    }
    // Nothing was sent twice by the connector itself.
    QCOMPARE(bench.requestsTo(QStringLiteral("/api/v1/statuses")), 4 + bench.requestsTo(QStringLiteral("/context")));
}

void MastodonAnswersTest::mediaGoAlong()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("abc")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x89PNG picture");
    file.close();
    MastodonBench bench;
    bench.access.mediaPath = [&](const QString &hash) { return folder.filePath(hash); };
    bench.restart();
    bench.server->setMediaDelay(3);
    const QString asked = bench.server->post(mira, QStringLiteral("@brand help"));
    QVERIFY(bench.pull());
    Outgoing outgoing = *bench.answerTo(asked, QStringLiteral("See"));
    outgoing.media = {{.hash = QStringLiteral("abc"),
                       .type = QStringLiteral("image/png"),
                       .description = QStringLiteral("die große Box")}};
    QVERIFY(await(bench.connector->deliver(outgoing)));
    QCOMPARE(bench.server->mediaDescriptionsOf(bench.server->postsOf(brand).first()),
             QStringList{QStringLiteral("die große Box")});
    QCOMPARE(bench.requestsTo(QStringLiteral("/api/v1/media/")), 3);

    // A lost upload is no effect.
    bench.transport.setTrouble(0, Trouble::answerLost);
    QCOMPARE(await(bench.connector->deliver(outgoing)).error().kind, ErrorKind::transient);
    QCOMPARE(bench.server->postsOf(brand).size(), 1);
    // One that the server forgot while it was worked through is sent anew by the next attempt.
    bench.server->setMeanwhile([&bench](const HttpRequest &request) {
        if (request.method == "GET")
            bench.server->forgetMedia();
    });
    QCOMPARE(await(bench.connector->deliver(outgoing)).error().kind, ErrorKind::transient);
    bench.server->setMeanwhile({});
    // Not the text is too long.
    bench.server->setLargestUpload(10);
    QCOMPARE(await(bench.connector->deliver(outgoing)).error().kind, ErrorKind::policy);
    QCOMPARE(bench.server->postsOf(brand).size(), 1);
    outgoing.media.first().hash = QStringLiteral("missing");
    QCOMPARE(await(bench.connector->deliver(outgoing)).error().kind, ErrorKind::io);
}

void MastodonAnswersTest::reactions()
{
    QFETCH(Dialect, dialect);
    MastodonBench bench(dialect);
    const QString asked = bench.server->post(mira, QStringLiteral("@brand help"));
    QVERIFY(bench.pull());
    Outgoing outgoing;
    outgoing.targetRemoteId = asked;
    const auto twice = [&](Effect effect) {
        outgoing.effect = effect;
        const Attempt attempt;
        const bool isBefore = await(bench.connector->findDelivered(outgoing, attempt))->has_value();
        const bool isDone = await(bench.connector->deliver(outgoing)) && await(bench.connector->deliver(outgoing));
        return !isBefore && isDone && await(bench.connector->findDelivered(outgoing, attempt))->has_value();
    };
    QVERIFY(twice(Effect::like));
    QCOMPARE(bench.server->likes(asked), 1);
    QVERIFY(twice(Effect::boost));
    QCOMPARE(bench.server->boosts(asked), 1);
    QVERIFY(twice(Effect::unlike));
    QCOMPARE(bench.server->likes(asked), 0);
    QVERIFY(twice(Effect::unboost));
    QCOMPARE(bench.server->boosts(asked), 0);
    outgoing.targetRemoteId = bench.server->post(brand, QStringLiteral("oops"));
    QVERIFY(twice(Effect::deleteOwn));
    QVERIFY(bench.server->postsOf(brand).isEmpty());
}

void MastodonAnswersTest::refusalsAreTold()
{
    QFETCH(Dialect, dialect);
    MastodonBench bench(dialect);
    const QString asked = bench.server->post(mira, QStringLiteral("@brand help"));
    QVERIFY(bench.pull());
    Outgoing outgoing = *bench.answerTo(asked, QStringLiteral("Sure"));
    const auto kind = [&] { return await(bench.connector->deliver(outgoing)).error().kind; };
    bench.server->setMaxCharacters(3);
    QCOMPARE(kind(), dialect == Dialect::snac ? ErrorKind::policy : ErrorKind::tooLong);
    bench.server->setMaxCharacters(500);
    outgoing.targetRemoteId = QStringLiteral("no/such:post");
    // Hollo breaks down over it, which may mean anything.
    QCOMPARE(kind(), dialect == Dialect::hollo ? ErrorKind::unsure : ErrorKind::parentGone);
    bench.server->forbid(QStringLiteral("/api/v1/statuses"));
    const Result<Delivered> forbidden = await(bench.connector->deliver(outgoing));
    QCOMPARE(forbidden.error().kind, ErrorKind::permission);
    QVERIFY(forbidden.error().detail.contains(QLatin1StringView("write:statuses")));
    bench.server->revokeToken(brand);
    QCOMPARE(kind(), ErrorKind::authExpired);
}

void MastodonAnswersTest::limitsAreTold()
{
    MastodonBench bench;
    QSignalSpy told(bench.connector.get(), &Connector::limitTold);
    const Time reset = bench.clock.value + std::chrono::minutes(4);
    bench.server->setLimit(6, reset);
    QVERIFY(bench.pull());
    QCOMPARE(told.last().at(0).toInt(), 1);
    QCOMPARE(told.last().at(1).value<Time>(), reset);
    const Done done = bench.pull();
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::rateLimited);
    QCOMPARE(done.error().until, reset);
    QCOMPARE(told.last().at(0).toInt(), 0);
    QCOMPARE(told.last().at(1).value<Time>(), reset);
}

void MastodonAnswersTest::limitOfPostingStopsNoReading()
{
    MastodonBench bench;
    const QString asked = bench.server->post(mira, QStringLiteral("@brand help"));
    QVERIFY(bench.pull());
    const Outgoing outgoing = *bench.answerTo(asked, QStringLiteral("Sure"));
    QSignalSpy told(bench.connector.get(), &Connector::limitTold);
    // The last one of 300 posts in three hours.
    bench.server->setLimit(1, bench.clock.value + std::chrono::hours(3));
    QVERIFY(await(bench.connector->deliver(outgoing)));
    QCOMPARE(told.size(), 0);
}

void MastodonAnswersTest::threadAsItIsNow()
{
    MastodonBench bench;
    const QString root = bench.server->post(mira, QStringLiteral("@brand help"));
    QVERIFY(bench.pull());
    const QString more = bench.server->post(mira, QStringLiteral("please"), {.inReplyTo = root});
    const KnownMessage known{.uri = bench.server->uriOf(root), .remoteId = root};
    const auto thread = await(bench.connector->thread(known));
    QVERIFY(thread);
    QCOMPARE(thread->size(), 2);
    QCOMPARE(thread->first().uri, known.uri);
    QCOMPARE(thread->last().uri, bench.server->uriOf(more));
    QCOMPARE(thread->last().threadUri, known.uri);
    bench.server->remove(root);
    QCOMPARE(await(bench.connector->thread(known)).error().kind, ErrorKind::parentGone);
}

void MastodonAnswersTest::threadThatIsStillFetched()
{
    MastodonBench bench;
    const QString root = bench.server->post(mira, QStringLiteral("@brand help"));
    QVERIFY(bench.pull());
    const KnownMessage known{.uri = bench.server->uriOf(root), .remoteId = root};
    QString fromFar;
    bench.server->setFetching(1, [&] {
        fromFar = bench.server->post(QStringLiteral("jo@far.example"), QStringLiteral("try this"), {.inReplyTo = root});
    });
    const auto thread = await(bench.connector->thread(known));
    QVERIFY(thread);
    QCOMPARE(thread->size(), 2);
    QCOMPARE(thread->last().uri, bench.server->uriOf(fromFar));
    // A server that never ends fetching does not keep us for ever.
    bench.transport.forgetRequests();
    bench.server->setFetching(1000, {});
    QCOMPARE(await(bench.connector->thread(known))->size(), 2);
    QCOMPARE(bench.requestsTo(QStringLiteral("/context")), 3);
}

void MastodonAnswersTest::refreshSeesEditsAndDeletions()
{
    QFETCH(Dialect, dialect);
    MastodonBench bench(dialect);
    QList<KnownMessage> known;
    for (int i = 0; i < 3; ++i) {
        const QString id = bench.server->post(mira, QStringLiteral("@brand help %1").arg(i));
        known.append({.uri = bench.server->uriOf(id), .remoteId = id});
    }
    bench.server->edit(known.at(0).remoteId, QStringLiteral("@brand please help"));
    bench.server->remove(known.at(1).remoteId);
    const Result<Page> page = await(bench.connector->refresh(known));
    QVERIFY(page);
    QHash<QString, QString> texts;
    for (const RemoteMessage &message : page->messages)
        texts.insert(message.uri, message.text);
    QCOMPARE(texts.value(known.at(0).uri), QStringLiteral("@brand please help"));
    if (dialect == Dialect::snac)
        return;
    QCOMPARE(texts.size(), 2);
    QCOMPARE(page->changes.size(), 1);
    QCOMPARE(page->changes.first().uri, known.at(1).uri);
    QCOMPARE(page->changes.first().presence, std::optional(Presence::deleted));
    // A failure on the way is an error, not a deletion.
    for (int k = 0; k < 3; ++k) {
        bench.transport.setTrouble(k, Trouble::serverError);
        const Result<Page> again = await(bench.connector->refresh(known));
        QVERIFY(!again || again->changes.size() == 1);
    }
}

void MastodonAnswersTest::refreshOfMany()
{
    MastodonBench bench;
    QList<KnownMessage> known;
    for (int i = 0; i < 45; ++i) {
        const QString id = bench.server->post(mira, QStringLiteral("@brand %1").arg(i));
        known.append({.uri = bench.server->uriOf(id), .remoteId = id});
    }
    QVERIFY(await(bench.connector->check()));
    bench.transport.forgetRequests();
    const Result<Page> page = await(bench.connector->refresh(known));
    QVERIFY(page);
    QCOMPARE(page->messages.size(), 45);
    QVERIFY(page->changes.isEmpty());
    QCOMPARE(bench.transport.requests().size(), size_t(3));
}

void MastodonAnswersTest::futuresEndWithTheConnector()
{
    MastodonBench bench;
    const auto pulled = bench.connector->pull({});
    const auto checked = bench.connector->check();
    Outgoing outgoing;
    outgoing.targetRemoteId = QStringLiteral("1");
    const auto delivered = bench.connector->deliver(outgoing);
    bench.connector.reset();
    QVERIFY(pulled.isFinished() && checked.isFinished() && delivered.isFinished());
    QCOMPARE(pulled.result().error().kind, ErrorKind::cancelled);
    QCOMPARE(delivered.result().error().kind, ErrorKind::cancelled);
    QCoreApplication::processEvents();
}

static void listenAt(MastodonBench &bench, const QUrl &base)
{
    bench.server = std::make_shared<FakeMastodon>(QStringLiteral("127.0.0.1"));
    bench.server->addPerson(brand);
    bench.transport.add(bench.server);
    bench.access.baseUrl = base;
    bench.restart();
    bench.connector->listen();
}

void MastodonAnswersTest::streamIsAHint()
{
    StreamServer stream;
    MastodonBench bench;
    listenAt(bench, stream.base());
    QSignalSpy heard(bench.connector.get(), &Connector::heardSomething);
    QTRY_COMPARE(stream.connections, 1);
    const QNetworkRequest request = stream.socket->request();
    QCOMPARE(request.rawHeader("Authorization"), "Bearer " + FakeMastodon::tokenOf(brand));
    QVERIFY(request.rawHeader("User-Agent").startsWith("Earshot/"));
    QCOMPARE(request.url().path(), QStringLiteral("/api/v1/streaming"));
    // Nothing is replayed, so the connection itself asks for a pull.
    QTRY_COMPARE(heard.size(), 1);
    stream.socket->sendTextMessage(
        QStringLiteral("{\"stream\":[\"user\"],\"event\":\"notification\",\"payload\":\"{}\"}"));
    stream.socket->sendTextMessage(QStringLiteral("{\"stream\":[\"user\"],\"event\":\"delete\",\"payload\":\"1\"}"));
    QTRY_COMPARE(heard.size(), 2);
    stream.socket->sendTextMessage(QStringLiteral("rubbish"));
    stream.socket->sendTextMessage(QStringLiteral("{\"event\":\"filters_changed\"}"));
    stream.socket->sendTextMessage(QStringLiteral("{\"event\":\"status.update\",\"payload\":\"{}\"}"));
    QTRY_COMPARE(heard.size(), 3);
}

void MastodonAnswersTest::streamComesBack()
{
    StreamServer stream;
    MastodonBench bench;
    listenAt(bench, stream.base());
    QTRY_COMPARE(stream.connections, 1);
    for (int lost = 1; lost < 4; ++lost) {
        stream.socket->abort();
        QTRY_COMPARE(stream.connections, lost + 1);
    }
}

void MastodonAnswersTest::noStreamIsNoTrouble()
{
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    int asked = 0;
    connect(&plain, &QTcpServer::newConnection, this, [&] {
        ++asked;
        QTcpSocket *socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            socket->disconnectFromHost();
        });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    });
    MastodonBench bench;
    listenAt(bench, QUrl(QStringLiteral("http://127.0.0.1:%1").arg(plain.serverPort())));
    QTRY_COMPARE(asked, 1);
    // It is not asked again: there is time enough for ten more at this pause.
    const auto page = bench.connector->pull({});
    QVERIFY(await(page));
    QVERIFY(!QTest::qWaitFor([&] { return asked > 1; }, 100));
}

QTEST_GUILESS_MAIN(MastodonAnswersTest)
#include "tst_mastodonanswers.moc"
