// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mastodonbench.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QScopeGuard>

using namespace Earshot;
using Dialect = FakeMastodon::Dialect;
using Manner = FakeMastodon::Manner;

Q_DECLARE_METATYPE(Earshot::FakeMastodon::Dialect)

static const auto brand = QStringLiteral("brand");
static const auto mira = QStringLiteral("mira");

class MastodonConnectorTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void enormousPostsStopNothing();
    void everyPageCountIsWalked_data() { dialects(); }
    void everyPageCountIsWalked();
    void newMentionsDuringAWalkAreMet_data() { dialects(); }
    void newMentionsDuringAWalkAreMet();
    void vanishedPivotLosesNothing_data() { dialects(); }
    void vanishedPivotLosesNothing();
    void crashInMidWalkGoesOn_data() { dialects(); }
    void crashInMidWalkGoesOn();
    void everyFailingRequestConverges_data() { dialects(); }
    void everyFailingRequestConverges();
    void everyFailedWritingConverges_data() { dialects(); }
    void everyFailedWritingConverges();
    void quietPullAsksLittle();
    void horizonEndsTheFirstWalk();
    void edgeBeforeTheMarkIsAGap();
    void forgottenPageRestartsTheWalk();
    void linksToStrangersAreNotFollowed();
    void otherTypesAreLeftOut();
    void threadsComeWithTheirRoots_data() { dialects(); }
    void threadsComeWithTheirRoots();
    void answersThatNameNobodyAreFound_data() { dialects(); }
    void answersThatNameNobodyAreFound();
    void threadStillFetchedIsReadAgain();
    void droppedMentionsAreTold();
    void hidingFiltersAreTold_data();
    void hidingFiltersAreTold();
    void ownAnswersFromElsewhereAreOurs();
    void manyOwnThreadsComeInPortions();
    void directTalkIsApart();
    void publicSources();
    void accountListenedTo();

private:
    static void dialects();
    static QStringList fill(MastodonBench &bench, int count, const QString &text = QStringLiteral("@brand help"));
};

void MastodonConnectorTest::dialects()
{
    QTest::addColumn<Dialect>("dialect");
    QTest::newRow("mastodon") << Dialect::mastodon;
    QTest::newRow("gotosocial") << Dialect::goToSocial;
    QTest::newRow("hollo") << Dialect::hollo;
    QTest::newRow("snac") << Dialect::snac;
}

QStringList MastodonConnectorTest::fill(MastodonBench &bench, int count, const QString &text)
{
    QStringList ids;
    for (int i = 0; i < count; ++i)
        ids.append(bench.server->post(mira, text + QLatin1Char(' ') + QString::number(i)));
    return ids;
}

void MastodonConnectorTest::everyPageCountIsWalked()
{
    QFETCH(Dialect, dialect);
    for (const int count : {0, 1, 39, 40, 41, 80, 121, 250}) {
        MastodonBench bench(dialect);
        QStringList ids = fill(bench, count);
        QVERIFY(bench.pull());
        QCOMPARE(bench.missing(ids), QStringList());
        QCOMPARE(bench.messages.size(), count);
        QVERIFY(bench.position.walk.isEmpty());
        QVERIFY(!bench.gap);
        // Again as much: from the mark on.
        ids += fill(bench, count);
        bench.messages.clear();
        QVERIFY(bench.pull());
        QCOMPARE(bench.messages.size(), count);
        QCOMPARE(bench.missing(ids.mid(count)), QStringList());
        QVERIFY(!bench.gap);
    }
}

void MastodonConnectorTest::newMentionsDuringAWalkAreMet()
{
    QFETCH(Dialect, dialect);
    for (const int perRequest : {1, 7, 40, 41}) {
        MastodonBench bench(dialect);
        QStringList ids = fill(bench, 100);
        int left = 5;
        bool isPosting = false;
        bench.server->setMeanwhile([&](const HttpRequest &request) {
            if (isPosting || left == 0 || !request.url.path().contains(QLatin1StringView("notifications")))
                return;
            isPosting = true;
            const auto done = qScopeGuard([&] { isPosting = false; });
            --left;
            ids += fill(bench, perRequest, QStringLiteral("@brand meanwhile"));
        });
        QVERIFY(bench.pull());
        while (left > 0)
            QVERIFY(bench.pull());
        QVERIFY(bench.pull());
        QCOMPARE(bench.missing(ids), QStringList());
        QVERIFY(!bench.gap);
    }
}

void MastodonConnectorTest::vanishedPivotLosesNothing()
{
    QFETCH(Dialect, dialect);
    MastodonBench bench(dialect);
    const QStringList old = fill(bench, 60);
    QVERIFY(bench.pull());
    QStringList fresh = fill(bench, 90);
    // The newest known ones vanish between the pulls, and others at page borders during the walk.
    for (int i = 40; i < 60; ++i)
        bench.server->remove(old.at(i));
    bench.messages.clear();
    QVERIFY(bench.pull(1));
    bench.server->remove(fresh.at(50));
    bench.server->remove(fresh.at(49));
    if (dialect != Dialect::snac) {
        fresh.removeAt(50);
        fresh.removeAt(49);
    }
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(fresh), QStringList());
    QVERIFY(!bench.gap);
}

void MastodonConnectorTest::crashInMidWalkGoesOn()
{
    QFETCH(Dialect, dialect);
    for (int pagesBefore = 1; pagesBefore < 5; ++pagesBefore) {
        MastodonBench bench(dialect);
        QStringList ids = fill(bench, 30);
        QVERIFY(bench.pull());
        ids += fill(bench, 150);
        QVERIFY(bench.pull(pagesBefore));
        bench.restart();
        ids += fill(bench, 50);
        QVERIFY(bench.pull());
        QVERIFY(bench.pull());
        QCOMPARE(bench.missing(ids), QStringList());
        QVERIFY(!bench.gap);
    }
}

void MastodonConnectorTest::everyFailingRequestConverges()
{
    QFETCH(Dialect, dialect);
    for (const Trouble trouble :
         {Trouble::refused, Trouble::answerLost, Trouble::serverError, Trouble::gaveUp, Trouble::garbage}) {
        int failures = 0;
        for (int k = 0; k < 60; ++k) {
            MastodonBench bench(dialect);
            const QString root = bench.server->post(QStringLiteral("jo@far.example"), QStringLiteral("who knows?"));
            QStringList ids = fill(bench, 50);
            ids.append(bench.server->post(mira, QStringLiteral("ask @brand"), {.inReplyTo = root}));
            bench.transport.setTrouble(k, trouble);
            const Done first = bench.pull();
            failures += first ? 0 : 1;
            if (!first)
                QVERIFY(bench.pull());
            QCOMPARE(bench.missing(ids), QStringList());
            QVERIFY(bench.message(root));
            QCOMPARE(bench.message(ids.last())->threadUri, bench.server->uriOf(root));
            if (first && int(bench.transport.requests().size()) <= k)
                break;
            QVERIFY(k < 59);
        }
        QVERIFY(failures > 3);
    }
}

void MastodonConnectorTest::everyFailedWritingConverges()
{
    QFETCH(Dialect, dialect);
    // The page came, but could not be stored: the same connector is asked from the same position again.
    MastodonBench bench(dialect);
    const QString root = bench.server->post(QStringLiteral("jo@far.example"), QStringLiteral("who knows?"));
    const QString asked = bench.server->post(mira, QStringLiteral("ask @brand"), {.inReplyTo = root});
    QVERIFY(await(bench.connector->pull(bench.position)));
    QVERIFY(bench.pull());
    QVERIFY(bench.message(root));
    QVERIFY(bench.message(root)->isContext);
    QCOMPARE(bench.missing({asked}), QStringList());
}

void MastodonConnectorTest::quietPullAsksLittle()
{
    MastodonBench bench;
    fill(bench, 100);
    bench.server->post(brand, QStringLiteral("hello"));
    QVERIFY(bench.pull());
    bench.transport.forgetRequests();
    bench.messages.clear();
    const Position before = bench.position;
    QVERIFY(bench.pull());
    QCOMPARE(bench.transport.requests().size(), size_t(2));
    QVERIFY(bench.messages.isEmpty());
    QCOMPARE(bench.position, before);
    for (const HttpRequest &request : bench.transport.requests())
        QCOMPARE(request.url.host(), QStringLiteral("social.example"));
}

void MastodonConnectorTest::threadStillFetchedIsReadAgain()
{
    MastodonBench bench;
    const QString ours = bench.server->post(brand, QStringLiteral("new drill"));
    QVERIFY(bench.pull());
    const QString answer = bench.server->post(mira, QStringLiteral("too loud"), {.inReplyTo = ours});
    // What comes from far away is not counted among the replies of our server.
    bench.server->setFetching(1, {});
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing({answer}), QStringList());
    bench.transport.forgetRequests();
    QVERIFY(bench.pull());
    QCOMPARE(bench.requestsTo(QStringLiteral("/context")), 1);
    QVERIFY(bench.pull());
    QCOMPARE(bench.requestsTo(QStringLiteral("/context")), 1);
}

void MastodonConnectorTest::droppedMentionsAreTold()
{
    MastodonBench bench;
    bench.server->post(mira, QStringLiteral("@brand one"));
    bench.server->setPolicy(QStringLiteral("for_private_mentions"), QStringLiteral("filter"));
    QVERIFY(bench.pull());
    // What is only filtered is asked for all the same.
    QCOMPARE(bench.messages.size(), 1);
    QCOMPARE(bench.withheld, QString());
    bench.server->setPolicy(QStringLiteral("for_not_following"), QStringLiteral("drop"));
    bench.server->post(mira, QStringLiteral("@brand two"));
    // Asked now and then, since a person may change it at any time; a clock set back is no reason to wait for years.
    QVERIFY(bench.pull());
    QCOMPARE(bench.withheld, QString());
    bench.clock.value += std::chrono::hours(2);
    QVERIFY(bench.pull());
    QVERIFY2(bench.withheld.contains(QLatin1StringView("whom the account does not follow")),
             qPrintable(bench.withheld));
    bench.transport.forgetRequests();
    QVERIFY(bench.pull());
    QVERIFY(!bench.withheld.isEmpty());
    QCOMPARE(bench.requestsTo(QStringLiteral("/policy")), 0);
    bench.server->setPolicy(QStringLiteral("for_not_following"), QStringLiteral("accept"));
    bench.clock.value -= std::chrono::hours(24);
    QVERIFY(bench.pull());
    QCOMPARE(bench.withheld, QString());
    // A token that may not see it, or a server that fails at it, stops nothing.
    bench.restart();
    bench.server->forbid(QStringLiteral("/policy"));
    QVERIFY(bench.pull());
    QCOMPARE(bench.withheld, QString());
}

void MastodonConnectorTest::hidingFiltersAreTold_data()
{
    QTest::addColumn<QJsonObject>("filter");
    QTest::addColumn<QString>("told");
    const QJsonArray here{QStringLiteral("home"), QStringLiteral("notifications")};
    const auto context = QStringLiteral("context");
    const auto action = QStringLiteral("filter_action");
    QJsonObject filter{{QStringLiteral("title"), QStringLiteral("Rude words")}, {context, here}};
    filter.insert(action, QStringLiteral("hide"));
    QTest::newRow("hides") << filter << QStringLiteral("Rude words");
    QJsonObject ended = filter;
    ended.insert(QStringLiteral("expires_at"), QStringLiteral("2020-01-01T00:00:00Z"));
    QTest::newRow("ended") << ended << QString();
    QJsonObject elsewhere = filter;
    elsewhere.insert(context, QJsonArray{QStringLiteral("home")});
    QTest::newRow("elsewhere") << elsewhere << QString();
    filter.insert(action, QStringLiteral("warn"));
    QTest::newRow("warns") << filter << QString();
    const QJsonObject old{
        {QStringLiteral("phrase"), QStringLiteral("refund")}, {context, here}, {QStringLiteral("irreversible"), true}};
    QTest::newRow("first version") << old << QStringLiteral("refund");
}

void MastodonConnectorTest::hidingFiltersAreTold()
{
    QFETCH(QJsonObject, filter);
    QFETCH(QString, told);
    for (const Dialect dialect : {Dialect::goToSocial, Dialect::snac, Dialect::hollo}) {
        MastodonBench bench(dialect);
        bench.server->addFilter(filter);
        QVERIFY(bench.pull());
        const bool hasFilters = dialect != Dialect::hollo;
        QCOMPARE(bench.withheld.isEmpty(), told.isEmpty() || !hasFilters);
        QVERIFY(told.isEmpty() || !hasFilters || bench.withheld.endsWith(told));
    }
}

void MastodonConnectorTest::horizonEndsTheFirstWalk()
{
    MastodonBench bench;
    const QStringList old = fill(bench, 100);
    bench.access.horizon = bench.server->time() + Duration(1);
    bench.restart();
    const QStringList fresh = fill(bench, 45);
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(fresh), QStringList());
    QCOMPARE(bench.messages.size(), 45);
    QVERIFY(bench.requestsTo(QStringLiteral("/api/v1/notifications")) <= 3);
    QVERIFY(!bench.gap);
}

void MastodonConnectorTest::edgeBeforeTheMarkIsAGap()
{
    MastodonBench bench;
    const QStringList old = fill(bench, 5);
    const Time marked = bench.server->time();
    QVERIFY(bench.pull());
    for (const QString &id : old)
        bench.server->remove(id);
    const QStringList fresh = fill(bench, 3);
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(fresh), QStringList());
    QCOMPARE(bench.gap, std::optional(marked));
}

void MastodonConnectorTest::forgottenPageRestartsTheWalk()
{
    MastodonBench bench;
    const QStringList ids = fill(bench, 100);
    QVERIFY(bench.pull(1));
    // As when a server was updated and knows its own pages no more.
    QString walk = bench.position.walk;
    bench.position.walk =
        walk.replace(QLatin1StringView("/api/v1/notifications"), QLatin1StringView("/api/v1/forgotten"));
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(ids), QStringList());
    QVERIFY(bench.position.walk.isEmpty());
}

void MastodonConnectorTest::linksToStrangersAreNotFollowed()
{
    class Liar final : public FakeNetwork
    {
    public:
        [[nodiscard]] QStringList hosts() const override
        {
            return {QStringLiteral("social.example"), QStringLiteral("evil.example")};
        }
        [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override
        {
            HttpAnswer answer = real->answer(request);
            QByteArray &link = answer.headers["link"];
            link.replace("https://social.example/", "https://evil.example/");
            return answer;
        }
        std::shared_ptr<FakeMastodon> real;
    };
    MastodonBench bench;
    auto liar = std::make_shared<Liar>();
    liar->real = bench.server;
    bench.transport.add(liar);
    const QStringList ids = fill(bench, 50);
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(ids), QStringList());
    for (const HttpRequest &request : bench.transport.requests())
        QCOMPARE(request.url.host(), QStringLiteral("social.example"));
}

void MastodonConnectorTest::otherTypesAreLeftOut()
{
    MastodonBench bench;
    const QString ours = bench.server->post(brand, QStringLiteral("news"));
    bench.server->like(mira, ours);
    const QString quote = bench.server->post(mira, QStringLiteral("look at this"), {.quoteOf = ours});
    QVERIFY(bench.pull());
    QCOMPARE(bench.messages.size(), 2);
    QCOMPARE(bench.missing({quote}), QStringList());
    QVERIFY(bench.message(quote)->text.endsWith(QLatin1StringView("> @brand@social.example:\n> news")));
}

void MastodonConnectorTest::threadsComeWithTheirRoots()
{
    QFETCH(Dialect, dialect);
    MastodonBench bench(dialect);
    const QString jo = QStringLiteral("jo@far.example");
    const QString root = bench.server->post(jo, QStringLiteral("drill broke"));
    const QString middle = bench.server->post(mira, QStringLiteral("same here"), {.inReplyTo = root});
    const QString first = bench.server->post(jo, QStringLiteral("@brand what now?"), {.inReplyTo = middle});
    const QString second = bench.server->post(mira, QStringLiteral("@brand yes?"), {.inReplyTo = first});
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing({first, second}), QStringList());
    for (const QString &id : {root, middle, first, second})
        QCOMPARE(bench.message(id)->threadUri, bench.server->uriOf(root));
    QVERIFY(bench.message(root)->isContext);
    QVERIFY(bench.message(middle)->isContext);
    QCOMPARE(bench.message(second)->parentUri, bench.server->uriOf(first));
    QCOMPARE(bench.requestsTo(QStringLiteral("/context")), 1);
    // What is known of the thread is not asked again.
    bench.transport.forgetRequests();
    const QString third = bench.server->post(mira, QStringLiteral("@brand hello?"), {.inReplyTo = second});
    QVERIFY(bench.pull());
    QCOMPARE(bench.message(third)->threadUri, bench.server->uriOf(root));
    QCOMPARE(bench.requestsTo(QStringLiteral("/context")), 0);
}

void MastodonConnectorTest::answersThatNameNobodyAreFound()
{
    QFETCH(Dialect, dialect);
    MastodonBench bench(dialect);
    const QString ours = bench.server->post(brand, QStringLiteral("new drill"));
    QVERIFY(bench.pull());
    const QString answer = bench.server->post(mira, QStringLiteral("too loud"), {.inReplyTo = ours});
    const QString aside =
        bench.server->post(QStringLiteral("jo@far.example"), QStringLiteral("no"), {.inReplyTo = answer});
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing({answer}), QStringList());
    QCOMPARE(bench.message(answer)->threadUri, bench.server->uriOf(ours));
    QCOMPARE(bench.message(answer)->parentUri, bench.server->uriOf(ours));
    QVERIFY(!bench.message(aside) || bench.message(aside)->isContext);
    bench.transport.forgetRequests();
    QVERIFY(bench.pull());
    QCOMPARE(bench.requestsTo(QStringLiteral("/context")), 0);
}

void MastodonConnectorTest::ownAnswersFromElsewhereAreOurs()
{
    MastodonBench bench;
    const QString asked = bench.server->post(mira, QStringLiteral("@brand help"));
    QVERIFY(bench.pull());
    const QString answer = bench.server->post(brand, QStringLiteral("@mira sure"), {.inReplyTo = asked});
    QVERIFY(bench.pull());
    const auto found = bench.message(answer);
    QVERIFY(found && found->isOurs && !found->isContext);
    QCOMPARE(found->parentUri, bench.server->uriOf(asked));
    QCOMPARE(found->threadUri, bench.server->uriOf(asked));
}

void MastodonConnectorTest::manyOwnThreadsComeInPortions()
{
    MastodonBench bench;
    QStringList answers;
    for (int i = 0; i < 35; ++i) {
        const QString ours = bench.server->post(brand, QStringLiteral("news %1").arg(i));
        answers.append(bench.server->post(mira, QStringLiteral("hm"), {.inReplyTo = ours}));
    }
    QVERIFY(bench.pull(1));
    QCOMPARE(bench.requestsTo(QStringLiteral("/context")), 10);
    QVERIFY(bench.pull());
    QCOMPARE(bench.missing(answers), QStringList());
    QCOMPARE(bench.requestsTo(QStringLiteral("/context")), 35);
}

void MastodonConnectorTest::directTalkIsApart()
{
    MastodonBench bench;
    const QString ours = bench.server->post(brand, QStringLiteral("news"));
    const QString direct = bench.server->post(mira, QStringLiteral("@brand between us"),
                                              {.visibility = Visibility::direct, .inReplyTo = ours});
    const QString more =
        bench.server->post(mira, QStringLiteral("@brand and"), {.visibility = Visibility::direct, .inReplyTo = direct});
    bench.server->post(mira, QStringLiteral("@jo@far.example not for brand"), {.visibility = Visibility::direct});
    QVERIFY(bench.pull());
    QCOMPARE(bench.messages.size(), 3);
    QCOMPARE(bench.message(direct)->threadUri, bench.server->uriOf(direct));
    QVERIFY(bench.message(direct)->parentUri.isEmpty());
    QCOMPARE(bench.message(more)->threadUri, bench.server->uriOf(direct));
    QCOMPARE(bench.message(more)->visibility, Visibility::direct);
}

void MastodonConnectorTest::publicSources()
{
    MastodonBench bench;
    bench.access.secret = Secret();
    QStringList tagged = fill(bench, 95, QStringLiteral("oh #AcmeHelp"));
    fill(bench, 3, QStringLiteral("oh #acme"));
    bench.access.address = QStringLiteral("#acmehelp@social.example");
    bench.restart();
    QVERIFY(bench.pull());
    QCOMPARE(bench.messages.size(), 95);
    QCOMPARE(bench.missing(tagged), QStringList());
    const Result<Account> account = await(bench.connector->check());
    QVERIFY(account);
    QCOMPARE(account->handle, bench.access.address);
    QVERIFY(!account->capabilities.canReply);
    QVERIFY(!bench.answerTo(tagged.first(), QStringLiteral("hello")));

    bench.messages.clear();
    bench.position = {};
    bench.access.address = QStringLiteral("search:acme drill@social.example");
    bench.restart();
    const QString hit = bench.server->post(mira, QStringLiteral("a drill of ACME smokes"));
    bench.server->post(mira, QStringLiteral("a drill smokes"));
    QVERIFY(bench.pull());
    QCOMPARE(bench.messages.keys(), QStringList{bench.server->uriOf(hit)});
    for (const HttpRequest &request : bench.transport.requests())
        QVERIFY(request.authorization.isEmpty());
}

void MastodonConnectorTest::accountListenedTo()
{
    MastodonBench bench;
    bench.access.secret = Secret();
    bench.restart();
    const QString news = bench.server->post(brand, QStringLiteral("news"));
    const QString answer = bench.server->post(mira, QStringLiteral("hm"), {.inReplyTo = news});
    bench.server->post(mira, QStringLiteral("@brand in private"), {.visibility = Visibility::direct});
    QVERIFY(bench.pull());
    QCOMPARE(bench.messages.size(), 2);
    QCOMPARE(bench.missing({news, answer}), QStringList());
    QVERIFY(!bench.message(news)->isOurs);
    QCOMPARE(bench.message(answer)->threadUri, bench.server->uriOf(news));

    bench.access.address = QStringLiteral("@nobody@social.example");
    bench.restart();
    const Done done = bench.pull();
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::gone);
}

void MastodonConnectorTest::enormousPostsStopNothing()
{
    MastodonBench bench;
    QStringList asked;
    for (int i = 0; i < 50; ++i)
        asked.append(bench.server->post(mira, QStringLiteral("@brand ") + QString(500'000, QLatin1Char('x'))));
    QVERIFY(bench.pull());
    QVERIFY(bench.missing(asked).isEmpty());
    bench.server->edit(asked.last(), QStringLiteral("@brand sorry"));
    QList<KnownMessage> known;
    for (const QString &id : asked)
        known.append({bench.server->uriOf(id), id, false});
    const auto again = await(bench.connector->refresh(known));
    QVERIFY(again && again->messages.size() == 50);
    // A thread that thousands joined: it is shown without them, and can be answered.
    FakeMastodon::Manner below;
    below.inReplyTo = bench.server->post(mira, QStringLiteral("to all"));
    for (int i = 0; i < 40; ++i)
        static_cast<void>(bench.server->post(mira, QString(500'000, QLatin1Char('y')), below));
    const QString mention = bench.server->post(mira, QStringLiteral("@brand and you?"), below);
    QVERIFY(bench.pull());
    QVERIFY(bench.missing({mention}).isEmpty());
    const auto thread = await(bench.connector->thread({bench.server->uriOf(below.inReplyTo), below.inReplyTo, false}));
    QVERIFY(thread && thread->size() == 1);
}

QTEST_GUILESS_MAIN(MastodonConnectorTest)
#include "tst_mastodonconnector.moc"
