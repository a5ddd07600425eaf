// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskybench.h"

#include "networks/blueskygate.h"
#include "networks/jsonvalues.h"

using namespace Earshot;

static const auto brand = QStringLiteral("brand");
static const auto mira = QStringLiteral("mira");
static const auto jo = QStringLiteral("jo");

/// Answers below our own posts are hidden by the thread's gate, those elsewhere never.
class BlueskyGateTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answerIsHiddenAndShown();
    void onlyBelowOurOwnPosts();
    void whatTheGateSaysStays();
    void changeInBetweenIsKept();
    void everyLostRequestHidesOnce_data();
    void everyLostRequestHidesOnce();
    void hiddenElsewhereIsSeen();
    void fullListIsToldBeforeTheServerRefuses();

private:
    /// A post of the brand's, what was answered to it, and that pulled.
    struct Below
    {
        QString root;
        QString answer;
        QString other;
        QString gate;
    };
    static Below talk(BlueskyBench &bench);
    static Result<Outgoing> wish(BlueskyBench &bench, Effect effect, const QString &uri);
    static QStringList hidden(const BlueskyBench &bench, const QString &gate);
};

BlueskyGateTest::Below BlueskyGateTest::talk(BlueskyBench &bench)
{
    Below below;
    below.root = bench.server->post(brand, QStringLiteral("Our new shop is open"));
    below.answer = bench.server->post(mira, QStringLiteral("Buy cheap watches"), {.inReplyTo = below.root});
    below.other = bench.server->post(jo, QStringLiteral("Congratulations!"), {.inReplyTo = below.root});
    below.gate = below.root;
    below.gate.replace(QStringLiteral("app.bsky.feed.post"), QStringLiteral("app.bsky.feed.threadgate"));
    bench.clock.value = bench.server->time();
    return bench.pull() ? below : Below();
}

Result<Outgoing> BlueskyGateTest::wish(BlueskyBench &bench, Effect effect, const QString &uri)
{
    Outgoing wish;
    wish.effect = effect;
    wish.clientId = word(effect) + uri;
    wish.createdAt = bench.clock.now();
    return bench.connector->prepare(wish, *bench.message(uri));
}

QStringList BlueskyGateTest::hidden(const BlueskyBench &bench, const QString &gate)
{
    return BlueskyGate{{}, bench.server->recordOf(gate)}.hidden();
}

void BlueskyGateTest::answerIsHiddenAndShown()
{
    BlueskyBench bench;
    const Below below = talk(bench);
    const auto account = await(bench.connector->check());
    QVERIFY(account->capabilities.canHideBelowOwn);
    QVERIFY(!account->capabilities.canHide);
    QVERIFY(bench.message(below.answer)->isThreadOurs);
    const auto hide = wish(bench, Effect::hide, below.answer);
    QVERIFY2(hide, hide ? "" : qPrintable(hide.error().detail));
    QVERIFY(!await(bench.connector->findDelivered(*hide, {}))->has_value());
    const auto done = await(bench.connector->deliver(*hide));
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QCOMPARE(done->moderation, Moderation::hidden);
    const QJsonObject gate = bench.server->recordOf(below.gate);
    QCOMPARE(textOf(gate, "post"), below.root);
    QCOMPARE(textOf(gate, "createdAt"), toIso(hide->createdAt));
    // Everybody may still answer: a list of those who may would say otherwise.
    QVERIFY(!gate.contains(QLatin1StringView("allow")));
    QCOMPARE(hidden(bench, below.gate), QStringList{below.answer});
    QVERIFY(await(bench.connector->findDelivered(*hide, {}))->has_value());
    // Once more is nothing more.
    QVERIFY(await(bench.connector->deliver(*hide)));
    QCOMPARE(hidden(bench, below.gate), QStringList{below.answer});
    QVERIFY(await(bench.connector->deliver(*wish(bench, Effect::hide, below.other))));
    QCOMPARE(hidden(bench, below.gate), (QStringList{below.answer, below.other}));
    const auto show = wish(bench, Effect::approve, below.answer);
    QVERIFY(!await(bench.connector->findDelivered(*show, {}))->has_value());
    QCOMPARE(await(bench.connector->deliver(*show))->moderation, Moderation::none);
    QCOMPARE(hidden(bench, below.gate), QStringList{below.other});
}

void BlueskyGateTest::onlyBelowOurOwnPosts()
{
    BlueskyBench bench;
    const Below below = talk(bench);
    const QString theirs = bench.server->post(mira, QStringLiteral("@brand.pds.example help"));
    const QString quote = bench.server->post(jo, QStringLiteral("Look"), {.quoteOf = below.root});
    QVERIFY(bench.pull());
    QVERIFY(!bench.message(theirs)->isThreadOurs);
    for (const QString &uri : {theirs, quote, below.root}) {
        const auto refused = wish(bench, Effect::hide, uri);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::unsupported);
    }
    // Nothing else of moderation is there.
    for (const Effect effect : {Effect::spam, Effect::trash, Effect::unapprove, Effect::restore})
        QVERIFY(!wish(bench, effect, below.answer));
}

void BlueskyGateTest::whatTheGateSaysStays()
{
    BlueskyBench bench;
    const Below below = talk(bench);
    const QJsonArray allow{
        QJsonObject{{QStringLiteral("$type"), QStringLiteral("app.bsky.feed.threadgate#mentionRule")}}};
    const QString key = below.root.section(QLatin1Char('/'), -1);
    bench.server->write(brand, QStringLiteral("app.bsky.feed.threadgate"), key,
                        {{QStringLiteral("post"), below.root},
                         {QStringLiteral("createdAt"), QStringLiteral("2026-01-01T00:00:00Z")},
                         {QStringLiteral("allow"), allow},
                         {QStringLiteral("ofTomorrow"), 3}});
    QVERIFY(await(bench.connector->deliver(*wish(bench, Effect::hide, below.answer))));
    QJsonObject gate = bench.server->recordOf(below.gate);
    QCOMPARE(hidden(bench, below.gate), QStringList{below.answer});
    QCOMPARE(listOf(gate, "allow"), allow);
    QCOMPARE(valueOf(gate, "ofTomorrow").toInt(), 3);
    QCOMPARE(textOf(gate, "createdAt"), QStringLiteral("2026-01-01T00:00:00Z"));
    QVERIFY(await(bench.connector->deliver(*wish(bench, Effect::approve, below.answer))));
    gate = bench.server->recordOf(below.gate);
    QCOMPARE(hidden(bench, below.gate), QStringList());
    QCOMPARE(listOf(gate, "allow"), allow);
}

void BlueskyGateTest::changeInBetweenIsKept()
{
    BlueskyBench bench;
    const Below below = talk(bench);
    const QString key = below.root.section(QLatin1Char('/'), -1);
    // Another program hides another answer each time between our look and our writing.
    int changes = 0;
    int most = 2;
    bench.server->setMeanwhile([&](const HttpRequest &request) {
        if (!request.url.path().endsWith(QLatin1StringView("putRecord")) || changes >= most)
            return;
        const QJsonArray uris{below.other, QStringLiteral("at://did:plc:x/app.bsky.feed.post/%1").arg(++changes)};
        bench.server->write(brand, QStringLiteral("app.bsky.feed.threadgate"), key,
                            {{QStringLiteral("post"), below.root},
                             {QStringLiteral("createdAt"), QStringLiteral("2026-01-01T00:00:00Z")},
                             {QStringLiteral("hiddenReplies"), uris}});
    });
    const auto done = await(bench.connector->deliver(*wish(bench, Effect::hide, below.answer)));
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QCOMPARE(changes, 2);
    QCOMPARE(hidden(bench, below.gate),
             (QStringList{below.other, QStringLiteral("at://did:plc:x/app.bsky.feed.post/2"), below.answer}));
    // Where it never ends, surely nothing happened: later again.
    most = 1000;
    const auto later = await(bench.connector->deliver(*wish(bench, Effect::approve, below.other)));
    QVERIFY(!later);
    QCOMPARE(later.error().kind, ErrorKind::transient);
    QVERIFY(changes < 10);
}

void BlueskyGateTest::everyLostRequestHidesOnce_data()
{
    QTest::addColumn<Trouble>("trouble");
    QTest::newRow("refused") << Trouble::refused;
    QTest::newRow("lost") << Trouble::answerLost;
    QTest::newRow("500") << Trouble::serverError;
    QTest::newRow("garbage") << Trouble::garbage;
}

void BlueskyGateTest::everyLostRequestHidesOnce()
{
    QFETCH(const Trouble, trouble);
    int failures = 0;
    for (int k = 0; k < 20; ++k) {
        BlueskyBench bench;
        const Below below = talk(bench);
        const Outgoing hide = *wish(bench, Effect::hide, below.answer);
        bench.restart();
        bench.server->expireTokens();
        bench.transport.forgetRequests();
        bench.transport.setTrouble(k, trouble);
        const auto first = await(bench.connector->deliver(hide));
        const int asked = int(bench.transport.requests().size());
        if (!first) {
            ++failures;
            const auto found = await(bench.connector->findDelivered(hide, {}));
            QVERIFY(found);
            const bool isThere = !hidden(bench, below.gate).isEmpty();
            QCOMPARE(found->has_value(), isThere);
            if (first.error().kind == ErrorKind::transient)
                QVERIFY(!isThere);
            if (!isThere)
                QVERIFY(await(bench.connector->deliver(hide)));
        }
        QCOMPARE(hidden(bench, below.gate), QStringList{below.answer});
        if (first && asked <= k)
            break;
        QVERIFY(k < 19);
    }
    // The session, the gate's reading, its writing.
    QVERIFY(failures >= 3);
}

void BlueskyGateTest::hiddenElsewhereIsSeen()
{
    BlueskyBench bench;
    const Below below = talk(bench);
    const QString key = below.root.section(QLatin1Char('/'), -1);
    const auto hideByOthers = [&](const QJsonArray &uris) {
        bench.server->write(brand, QStringLiteral("app.bsky.feed.threadgate"), key,
                            {{QStringLiteral("post"), below.root}, {QStringLiteral("hiddenReplies"), uris}});
    };
    const auto stateOf = [&](const QList<RemoteMessage> &messages, const QString &uri) {
        for (const RemoteMessage &message : messages) {
            if (message.uri == uri && message.tellsModeration)
                return word(message.moderation);
        }
        return QStringLiteral("not told");
    };
    hideByOthers({below.answer});
    const QList<KnownMessage> known{{below.answer, {}, false}, {below.other, {}, false}};
    QList<RemoteMessage> seen = await(bench.connector->refresh(known))->messages;
    QCOMPARE(stateOf(seen, below.answer), QStringLiteral("hidden"));
    QCOMPARE(stateOf(seen, below.other), QStringLiteral("none"));
    seen = *await(bench.connector->thread({below.other, {}, false}));
    hideByOthers({});
    seen = *await(bench.connector->thread({below.answer, {}, false}));
    QCOMPARE(stateOf(seen, below.answer), QStringLiteral("none"));
    // A new one, hidden before we saw it.
    const QString late = bench.server->post(mira, QStringLiteral("More watches"), {.inReplyTo = below.root});
    hideByOthers({late});
    QVERIFY(bench.pull());
    QCOMPARE(bench.message(late)->moderation, Moderation::hidden);
    // A gate that cannot be read says nothing: what is known stays.
    bench.transport.setTrouble(1, Trouble::serverError);
    seen = await(bench.connector->refresh(known))->messages;
    QCOMPARE(seen.size(), 2);
    QCOMPARE(stateOf(seen, below.answer), QStringLiteral("not told"));
}

void BlueskyGateTest::fullListIsToldBeforeTheServerRefuses()
{
    BlueskyBench bench;
    const Below below = talk(bench);
    QJsonArray uris;
    for (int i = 0; i < 300; ++i)
        uris.append(QStringLiteral("at://did:plc:x/app.bsky.feed.post/%1").arg(i));
    bench.server->write(brand, QStringLiteral("app.bsky.feed.threadgate"), below.root.section(QLatin1Char('/'), -1),
                        {{QStringLiteral("post"), below.root}, {QStringLiteral("hiddenReplies"), uris}});
    const auto full = await(bench.connector->deliver(*wish(bench, Effect::hide, below.answer)));
    QVERIFY(!full);
    QCOMPARE(full.error().kind, ErrorKind::policy);
}

QTEST_GUILESS_MAIN(BlueskyGateTest)
#include "tst_blueskygate.moc"
