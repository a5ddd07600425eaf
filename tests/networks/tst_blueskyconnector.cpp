// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskybench.h"

#include <QScopeGuard>

using namespace Earshot;

static const auto brand = QStringLiteral("brand");
static const auto mira = QStringLiteral("mira");
static const auto jo = QStringLiteral("jo");

class BlueskyConnectorTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkTellsWhoWeAre();
    void everyPageCountIsWalked();
    void newMentionsDuringAWalkAreMet();
    void borderOfAPageLosesNothing();
    void postsDatedBackAreFound();
    void crashInMidWalkGoesOn();
    void everyFailingRequestConverges();
    void everyFailedWritingConverges();
    void quietPullAsksLittle();
    void horizonEndsTheFirstWalk();
    void refusedCursorRestartsTheWalk();
    void repliesAndQuotesAreForUs();
    void threadsComeWithTheirRoots();
    void deletedAndBlockedParentsAreBorne();
    void repliesFarBelowAreFound();
    void ownAnswersFromElsewhereAreOurs();
    void editsAndDeletionsAreNoticed();
    void publicSources();
    void futuresEndWithTheConnector();
    void sessionIsRenewed();
    void sessionSurvivesARestart();
    void lostRefreshIsHarmless();
    void endedSessionsSignInAgain();
    void revokedPasswordAsksForSignIn();
    void limitsAreTold();
    void readingMayBeDown();

private:
    static QStringList fill(BlueskyBench &bench, int count);
};

QStringList BlueskyConnectorTest::fill(BlueskyBench &bench, int count)
{
    QStringList uris;
    for (int i = 0; i < count; ++i)
        uris.append(bench.server->post(mira, QStringLiteral("@brand.pds.example help %1").arg(i)));
    bench.clock.value = bench.server->time();
    return uris;
}

void BlueskyConnectorTest::checkTellsWhoWeAre()
{
    BlueskyBench bench;
    const Result<Account> account = await(bench.connector->check());
    QVERIFY2(account, account ? "" : qPrintable(account.error().detail));
    QCOMPARE(account->id, bench.server->didOf(brand));
    QCOMPARE(account->handle, QStringLiteral("@brand.pds.example"));
    QCOMPARE(account->name, QStringLiteral("The Brand"));
    // Found by the handle, its DID and the DID's document.
    QCOMPARE(account->baseUrl, QUrl(QStringLiteral("https://pds.example")));
    QVERIFY(account->capabilities.canReply);
    QCOMPARE(account->capabilities.countRule, CountRule::bluesky);
    QCOMPARE(account->capabilities.maxLength, 300);
    bench.access.address = QStringLiteral("@nobody.pds.example");
    bench.restart();
    QCOMPARE(await(bench.connector->check()).error().kind, ErrorKind::transient);
    bench.access.address = QStringLiteral("no handle");
    bench.restart();
    QCOMPARE(await(bench.connector->check()).error().kind, ErrorKind::invalid);
}

void BlueskyConnectorTest::everyPageCountIsWalked()
{
    for (const int count : {0, 1, 99, 100, 101, 250}) {
        BlueskyBench bench;
        QStringList uris = fill(bench, count);
        QVERIFY(bench.pull());
        QCOMPARE(bench.missing(uris), QStringList());
        QCOMPARE(bench.messages.size(), count);
        QVERIFY(bench.position.walk.isEmpty());
        QVERIFY(!bench.gap);
        // Again as much: from the mark on, and nothing that is stored comes again.
        uris += fill(bench, count);
        bench.messages.clear();
        QVERIFY(bench.pull());
        QCOMPARE(bench.messages.size(), count);
        QCOMPARE(bench.missing(uris.mid(count)), QStringList());
        QVERIFY(!bench.gap);
    }
}

void BlueskyConnectorTest::newMentionsDuringAWalkAreMet()
{
    for (const int perRequest : {1, 7, 100, 101}) {
        BlueskyBench bench;
        QStringList uris = fill(bench, 250);
        int left = 5;
        bool isPosting = false;
        bench.server->setMeanwhile([&](const HttpRequest &request) {
            if (isPosting || left == 0 || !request.url.path().contains(QLatin1StringView("listNotifications")))
                return;
            isPosting = true;
            const auto done = qScopeGuard([&] { isPosting = false; });
            --left;
            uris += fill(bench, perRequest);
        });
        QVERIFY(bench.pull());
        while (left > 0)
            QVERIFY(bench.pull());
        QVERIFY(bench.pull());
        QCOMPARE(bench.missing(uris), QStringList());
        QVERIFY(!bench.gap);
    }
}

void BlueskyConnectorTest::borderOfAPageLosesNothing()
{
    // The server's own cursor skips what shares the border's millisecond.
    for (const int perMoment : {2, 3, 7, 40, 90}) {
        BlueskyBench bench;
        bench.server->setStep(Duration(0));
        QStringList uris;
        for (int i = 0; uris.size() < 330; ++i) {
            bench.server->setTime(bench.server->time() + Duration(1));
            uris += fill(bench, perMoment);
        }
        QVERIFY(bench.pull());
        QCOMPARE(bench.missing(uris), QStringList());
    }
}

void BlueskyConnectorTest::postsDatedBackAreFound()
{
    BlueskyBench bench;
    bench.server->setStep(std::chrono::minutes(2));
    fill(bench, 150);
    bench.access.horizon = bench.server->time() - std::chrono::hours(24 * 30);
    bench.restart();
    QVERIFY(bench.pull());
    const auto late = [&](Duration age) {
        FakeBluesky::Manner manner;
        manner.createdAt = bench.server->time() - age;
        return bench.server->post(mira, QStringLiteral("@brand.pds.example from the past"), manner);
    };
    // A slow clock: filed below what is known, and found by the next pull.
    const QString slow = late(std::chrono::minutes(50));
    bench.clock.value = bench.server->time();
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing({slow}), QStringList());
    // Days: found when everything is read again.
    const QString old = late(std::chrono::hours(24 * 9));
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing({old}), QStringList{old});
    bench.clock.value += std::chrono::hours(7);
    bench.server->setTime(bench.clock.value);
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing({old}), QStringList());
    QVERIFY(!bench.gap);
}

void BlueskyConnectorTest::crashInMidWalkGoesOn()
{
    for (int pagesBefore = 1; pagesBefore < 5; ++pagesBefore) {
        BlueskyBench bench;
        QStringList uris = fill(bench, 30);
        QVERIFY(bench.pull());
        uris += fill(bench, 350);
        QVERIFY(bench.pull(pagesBefore));
        bench.restart();
        uris += fill(bench, 120);
        QVERIFY(bench.pull());
        QVERIFY(bench.pull());
        QCOMPARE(bench.missing(uris), QStringList());
        QVERIFY(!bench.gap);
    }
}

void BlueskyConnectorTest::everyFailingRequestConverges()
{
    for (const Trouble trouble : {Trouble::refused, Trouble::answerLost, Trouble::serverError, Trouble::garbage}) {
        int failures = 0;
        for (int k = 0; k < 60; ++k) {
            BlueskyBench bench;
            const QString root = bench.server->post(jo, QStringLiteral("who knows?"));
            QStringList uris = fill(bench, 120);
            uris.append(bench.server->post(mira, QStringLiteral("ask @brand.pds.example"), {.inReplyTo = root}));
            FakeBluesky::Manner picture;
            picture.quoteOf = root;
            uris.append(bench.server->post(mira, QStringLiteral("@brand.pds.example see this"), picture));
            bench.transport.setTrouble(k, trouble);
            const Done first = bench.pull();
            failures += first ? 0 : 1;
            if (!first)
                QVERIFY(bench.pull());
            QCOMPARE(bench.missing(uris), QStringList());
            QVERIFY(bench.message(root));
            QCOMPARE(bench.message(uris.at(120))->threadUri, root);
            if (first && int(bench.transport.requests().size()) <= k)
                break;
            QVERIFY(k < 59);
        }
        QVERIFY(failures > 5);
    }
}

void BlueskyConnectorTest::everyFailedWritingConverges()
{
    // The page came, but could not be stored: the same connector is asked from the same position again.
    BlueskyBench bench;
    const QString root = bench.server->post(jo, QStringLiteral("who knows?"));
    const QString asked = bench.server->post(mira, QStringLiteral("ask @brand.pds.example"), {.inReplyTo = root});
    QVERIFY(await(bench.connector->pull(bench.position)));
    QVERIFY(bench.pull());
    QVERIFY(bench.message(root));
    QVERIFY(bench.message(root)->isContext);
    QCOMPARE(bench.missing({asked}), QStringList());
}

void BlueskyConnectorTest::quietPullAsksLittle()
{
    BlueskyBench bench;
    fill(bench, 100);
    bench.server->post(brand, QStringLiteral("hello"));
    bench.clock.value = bench.server->time();
    QVERIFY(bench.pull());
    bench.transport.forgetRequests();
    bench.messages.clear();
    const Position before = bench.position;
    bench.clock.value += std::chrono::minutes(1);
    QVERIFY(bench.pull());
    // The hour that is read again is one page and the start of a second; then our own posts.
    QVERIFY(bench.transport.requests().size() <= 3);
    QVERIFY(bench.messages.isEmpty());
    QCOMPARE(bench.position, before);
    for (const HttpRequest &request : bench.transport.requests())
        QCOMPARE(request.url.host(), QStringLiteral("pds.example"));
}

void BlueskyConnectorTest::horizonEndsTheFirstWalk()
{
    BlueskyBench bench;
    fill(bench, 300);
    bench.access.horizon = bench.server->time() + Duration(1);
    bench.restart();
    const QStringList fresh = fill(bench, 145);
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(fresh), QStringList());
    QCOMPARE(bench.messages.size(), 145);
    QVERIFY(bench.requestsTo(QStringLiteral("listNotifications")) <= 2);
    QVERIFY(!bench.gap);
}

void BlueskyConnectorTest::refusedCursorRestartsTheWalk()
{
    BlueskyBench bench;
    const QStringList uris = fill(bench, 250);
    QVERIFY(bench.pull(1));
    QVERIFY(bench.position.walk.contains(QLatin1StringView("\"next\":\"20")));
    bench.position.walk.replace(QLatin1StringView("\"next\":\"20"), QLatin1StringView("\"next\":\"xx"));
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(uris), QStringList());
}

void BlueskyConnectorTest::repliesAndQuotesAreForUs()
{
    BlueskyBench bench;
    const QString ours = bench.server->post(brand, QStringLiteral("We are open"));
    const QString reply = bench.server->post(mira, QStringLiteral("Until when?"), {.inReplyTo = ours});
    FakeBluesky::Manner quote;
    quote.quoteOf = ours;
    const QString quoted = bench.server->post(jo, QStringLiteral("At last"), quote);
    const QString stranger = bench.server->post(jo, QStringLiteral("The brand.pds.example? Never"));
    bench.clock.value = bench.server->time();
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing({reply, quoted}), QStringList());
    QVERIFY(!bench.message(stranger));
    QVERIFY(bench.message(ours)->isOurs);
    QCOMPARE(bench.message(reply)->threadUri, ours);
    QCOMPARE(bench.message(reply)->parentUri, ours);
    QCOMPARE(bench.message(reply)->author.id, bench.server->didOf(mira));
    QCOMPARE(bench.message(reply)->author.handle, QStringLiteral("@mira.pds.example"));
    // A quote is a thread of its own, with the quoted words beside it.
    QCOMPARE(bench.message(quoted)->threadUri, quoted);
    QCOMPARE(bench.message(quoted)->text, QStringLiteral("At last\n\n> @brand.pds.example:\n> We are open"));
}

void BlueskyConnectorTest::threadsComeWithTheirRoots()
{
    BlueskyBench bench;
    const QString root = bench.server->post(jo, QStringLiteral("Which lamp?"));
    const QString middle = bench.server->post(mira, QStringLiteral("The blue one"), {.inReplyTo = root});
    const QString asked = bench.server->post(jo, QStringLiteral("Right, @brand.pds.example?"), {.inReplyTo = middle});
    bench.clock.value = bench.server->time();
    QVERIFY(bench.pull());
    for (const QString &uri : {root, middle}) {
        QVERIFY(bench.message(uri));
        QVERIFY(bench.message(uri)->isContext);
        QCOMPARE(bench.message(uri)->threadUri, root);
    }
    QCOMPARE(bench.missing({asked}), QStringList());
    QCOMPARE(bench.message(asked)->parentUri, middle);
    const auto thread = await(bench.connector->thread({asked, bench.message(asked)->remoteId, false}));
    QVERIFY(thread);
    QCOMPARE(thread->size(), 3);
    QCOMPARE(thread->first().uri, root);
    QCOMPARE(await(bench.connector->thread({asked + QStringLiteral("x"), {}, false})).error().kind,
             ErrorKind::parentGone);
}

void BlueskyConnectorTest::deletedAndBlockedParentsAreBorne()
{
    BlueskyBench bench;
    const QString root = bench.server->post(jo, QStringLiteral("Which lamp?"));
    const QString middle = bench.server->post(mira, QStringLiteral("The blue one"), {.inReplyTo = root});
    const QString asked = bench.server->post(mira, QStringLiteral("Right, @brand.pds.example?"), {.inReplyTo = middle});
    bench.server->remove(middle);
    const QString other = bench.server->post(jo, QStringLiteral("Anyone?"));
    const QString below = bench.server->post(mira, QStringLiteral("@brand.pds.example can"), {.inReplyTo = other});
    bench.server->block(jo, brand);
    bench.clock.value = bench.server->time();
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing({asked, below}), QStringList());
    QCOMPARE(bench.message(asked)->parentUri, middle);
    QCOMPARE(bench.message(asked)->threadUri, root);
    QCOMPARE(bench.changes.value(middle), Presence::deleted);
    QVERIFY(!bench.message(other));
    QVERIFY(!bench.changes.contains(other));
    QCOMPARE(bench.message(below)->threadUri, other);
    QCOMPARE(await(bench.connector->thread({other, {}, false})).error().kind, ErrorKind::permission);
    const auto thread = await(bench.connector->thread({below, {}, false}));
    QVERIFY(thread);
    QCOMPARE(thread->size(), 1);
}

void BlueskyConnectorTest::repliesFarBelowAreFound()
{
    BlueskyBench bench;
    QString parent = bench.server->post(brand, QStringLiteral("Tell us"));
    QStringList chain;
    for (int i = 0; i < 7; ++i) {
        parent =
            bench.server->post(i % 2 == 0 ? mira : jo, QStringLiteral("level %1").arg(i + 1), {.inReplyTo = parent});
        chain.append(parent);
    }
    QVERIFY(bench.server->isNotified(brand, chain.at(3)));
    QVERIFY(!bench.server->isNotified(brand, chain.at(4)));
    bench.clock.value = bench.server->time();
    QVERIFY(bench.pull());
    for (const QString &uri : std::as_const(chain))
        QVERIFY(bench.message(uri));
    QCOMPARE(bench.missing(chain.first(4)), QStringList());
}

void BlueskyConnectorTest::ownAnswersFromElsewhereAreOurs()
{
    BlueskyBench bench;
    const QStringList uris = fill(bench, 2);
    QVERIFY(bench.pull());
    const QString answer =
        bench.server->post(brand, QStringLiteral("Answered on the phone"), {.inReplyTo = uris.first()});
    bench.clock.value = bench.server->time();
    QVERIFY(bench.pull());
    QVERIFY(bench.message(answer));
    QVERIFY(bench.message(answer)->isOurs);
    QCOMPARE(bench.message(answer)->threadUri, uris.first());
}

void BlueskyConnectorTest::editsAndDeletionsAreNoticed()
{
    BlueskyBench bench;
    const QStringList uris = fill(bench, 60);
    QVERIFY(bench.pull());
    bench.server->edit(uris.at(3), QStringLiteral("@brand.pds.example solved"));
    bench.server->remove(uris.at(7));
    QList<KnownMessage> known;
    for (const QString &uri : uris)
        known.append({uri, bench.message(uri)->remoteId, false});
    const Result<Page> page = await(bench.connector->refresh(known));
    QVERIFY(page);
    QCOMPARE(page->messages.size(), 59);
    QCOMPARE(page->changes.size(), 1);
    QCOMPARE(page->changes.first().uri, uris.at(7));
    QCOMPARE(page->changes.first().presence, std::optional(Presence::deleted));
    QVERIFY(std::any_of(page->messages.cbegin(), page->messages.cend(), [&](const RemoteMessage &message) {
        return message.uri == uris.at(3) && message.text == QLatin1StringView("@brand.pds.example solved");
    }));
    // The list of notifications shows the new text as well: an edited post is another item of it.
    bench.messages.clear();
    QVERIFY(bench.pull());
    QCOMPARE(bench.messages.size(), 1);
    QCOMPARE(bench.message(uris.at(3))->text, QStringLiteral("@brand.pds.example solved"));
    // Those who block us are not gone.
    bench.server->block(mira, brand);
    const Result<Page> blocked = await(bench.connector->refresh({{uris.first(), {}, false}}));
    QVERIFY(blocked);
    QVERIFY(blocked->messages.isEmpty());
    QVERIFY(blocked->changes.isEmpty());
}

void BlueskyConnectorTest::publicSources()
{
    BlueskyBench bench;
    const QString ours = bench.server->post(brand, QStringLiteral("News: #lamp sale"));
    const QString reply = bench.server->post(mira, QStringLiteral("Nice"), {.inReplyTo = ours});
    const QString other = bench.server->post(jo, QStringLiteral("My new lamp, no #tag"));
    bench.clock.value = bench.server->time();
    bench.access.secret = Secret();
    bench.restart();
    QVERIFY(bench.pull());
    QVERIFY(bench.message(ours));
    QVERIFY(!bench.message(ours)->isOurs);
    QVERIFY(bench.message(reply));
    QVERIFY(!bench.message(other));
    QVERIFY(!await(bench.connector->check())->capabilities.canReply);
    for (const HttpRequest &request : bench.transport.requests()) {
        QVERIFY(request.authorization.isEmpty());
        QCOMPARE(request.url.host(), QStringLiteral("public.api.bsky.app"));
    }

    const auto heard = [&](const char *address) {
        bench.access.address = QString::fromLatin1(address);
        bench.restart();
        bench.position = {};
        bench.messages.clear();
        QStringList uris = bench.pull() ? QStringList(bench.messages.keys()) : QStringList{QStringLiteral("failed")};
        uris.sort();
        return uris;
    };
    QStringList both{ours, other};
    both.sort();
    QCOMPARE(heard("https://bsky.app/hashtag/lamp"), QStringList{ours});
    QCOMPARE(heard("https://bsky.app/search?q=lamp"), both);
    bench.server->setOpenSearch(false);
    bench.restart();
    QCOMPARE(bench.pull().error().kind, ErrorKind::permission);
    // With an account it may be searched, and answered.
    bench.access.user = QStringLiteral("brand.pds.example");
    bench.access.secret = Secret(FakeBluesky::passwordOf(brand));
    QCOMPARE(heard("https://bsky.app/search?q=lamp"), both);
    QVERIFY(bench.message(ours)->isOurs);
    QVERIFY(!bench.message(other)->isContext);
}

void BlueskyConnectorTest::futuresEndWithTheConnector()
{
    BlueskyBench bench;
    const QStringList uris = fill(bench, 3);
    QVERIFY(bench.pull());
    const auto wish = bench.answerTo(uris.first(), QStringLiteral("Yes"));
    QVERIFY(wish);
    bench.restart();
    const auto check = bench.connector->check();
    const auto pull = bench.connector->pull({});
    const auto thread = bench.connector->thread({uris.first(), {}, false});
    const auto refresh = bench.connector->refresh({{uris.first(), {}, false}});
    const auto deliver = bench.connector->deliver(*wish);
    const auto find = bench.connector->findDelivered(*wish, {});
    bench.connector.reset();
    QCOMPARE(await(check).error().kind, ErrorKind::cancelled);
    QCOMPARE(await(pull).error().kind, ErrorKind::cancelled);
    QCOMPARE(await(thread).error().kind, ErrorKind::cancelled);
    QCOMPARE(await(refresh).error().kind, ErrorKind::cancelled);
    QCOMPARE(await(deliver).error().kind, ErrorKind::cancelled);
    QCOMPARE(await(find).error().kind, ErrorKind::cancelled);
}

void BlueskyConnectorTest::sessionIsRenewed()
{
    BlueskyBench bench;
    QStringList uris = fill(bench, 250);
    // In the middle of a walk, by the server's word.
    QVERIFY(bench.pull(1));
    bench.server->expireTokens();
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(uris), QStringList());
    QCOMPARE(bench.server->logins(), 1);
    QCOMPARE(bench.server->refreshes(), 1);
    // And before it ends, by ours.
    bench.clock.value += std::chrono::minutes(119);
    bench.server->setTime(bench.clock.value);
    bench.transport.forgetRequests();
    QVERIFY(bench.pull());
    QCOMPARE(bench.server->refreshes(), 2);
    QVERIFY(bench.transport.requests().front().url.path().endsWith(QLatin1StringView("refreshSession")));
    QVERIFY(bench.transport.requests().front().body.isEmpty());
    QCOMPARE(bench.server->logins(), 1);
}

void BlueskyConnectorTest::sessionSurvivesARestart()
{
    BlueskyBench bench;
    fill(bench, 1);
    QVERIFY(bench.pull());
    QCOMPARE(bench.server->logins(), 1);
    for (int i = 0; i < 5; ++i) {
        bench.restart();
        QVERIFY(bench.pull());
    }
    QCOMPARE(bench.server->logins(), 1);
    QCOMPARE(bench.server->refreshes(), 0);
    QVERIFY(bench.access.secret.reveal().contains(FakeBluesky::passwordOf(brand)));
}

void BlueskyConnectorTest::lostRefreshIsHarmless()
{
    for (const Trouble trouble : {Trouble::refused, Trouble::answerLost, Trouble::serverError, Trouble::garbage}) {
        BlueskyBench bench;
        const QStringList uris = fill(bench, 1);
        QVERIFY(bench.pull());
        bench.clock.value += std::chrono::hours(3);
        bench.server->setTime(bench.clock.value);
        bench.transport.setTrouble(0, trouble);
        const ErrorKind kind = bench.pull().error().kind;
        // Whatever it was, nobody is asked to sign in.
        QVERIFY(kind == ErrorKind::transient || kind == ErrorKind::unsure || kind == ErrorKind::malformed);
        QVERIFY(bench.pull());
        QCOMPARE(bench.server->logins(), 1);
    }
}

void BlueskyConnectorTest::endedSessionsSignInAgain()
{
    BlueskyBench bench;
    fill(bench, 1);
    QVERIFY(bench.pull());
    bench.server->endSessions();
    const QStringList more = fill(bench, 1);
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(more), QStringList());
    QCOMPARE(bench.server->logins(), 2);
}

void BlueskyConnectorTest::revokedPasswordAsksForSignIn()
{
    BlueskyBench bench;
    const QStringList uris = fill(bench, 1);
    QVERIFY(bench.pull());
    const auto wish = bench.answerTo(uris.first(), QStringLiteral("Yes"));
    bench.server->revoke(brand);
    QCOMPARE(bench.pull().error().kind, ErrorKind::authExpired);
    QCOMPARE(await(bench.connector->deliver(*wish)).error().kind, ErrorKind::authExpired);
    QCOMPARE(bench.answersTo(uris.first()), QStringList());
}

void BlueskyConnectorTest::limitsAreTold()
{
    BlueskyBench bench;
    fill(bench, 1);
    QVERIFY(bench.pull());
    QList<std::pair<int, Time>> told;
    connect(bench.connector.get(), &Connector::limitTold, this, [&](int remaining, Time reset) {
        told.append({remaining, reset});
    });
    const Time reset = timeFromMs(toMs(bench.clock.value) / 1000 * 1000 + 200'000);
    bench.server->setLimit(2, reset);
    QVERIFY(bench.pull());
    QCOMPARE(told.last().first, 0);
    QCOMPARE(told.last().second, reset);
    const Done refused = bench.pull();
    QCOMPARE(refused.error().kind, ErrorKind::rateLimited);
    QVERIFY(refused.error().until > bench.clock.value);
    QVERIFY(refused.error().until <= reset);
}

void BlueskyConnectorTest::readingMayBeDown()
{
    BlueskyBench bench;
    const QStringList uris = fill(bench, 120);
    bench.server->setAppViewDown(true);
    QCOMPARE(bench.pull().error().kind, ErrorKind::transient);
    // Who we are is known without it.
    QVERIFY(await(bench.connector->check()));
    bench.server->setAppViewDown(false);
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(uris), QStringList());
}

QTEST_GUILESS_MAIN(BlueskyConnectorTest)
#include "tst_blueskyconnector.moc"
