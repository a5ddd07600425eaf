// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wordpressworld.h"

#include <QTest>

using namespace Earshot;
using namespace std::chrono_literals;

class WordPressConnectorTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkTellsWhoWeAreAndWhatWeMay();
    void checkNamesWhatIsMissing();
    void aWrongPasswordIsNoticedEverywhere();
    void commentsArriveWhole();
    void visitorsHaveIdsThatTellNothing();
    void pingsAreContextAndInternalNotesStayOut();
    void uriDoesNotDependOnTheFormOfLinks();
    void pagesAndHiddenPostsAreThreadsToo();
    void theSiteMayHideWhereItsInterfaceIs();
    void theSiteMayChangeItsLinksWhileWeRun();
    void thePasswordStaysOnTheSite();
    void noiseAroundTheAnswerIsLeftOut_data();
    void noiseAroundTheAnswerIsLeftOut();
    void aPageIsNoAnswer();
    void aClosedInterfaceOpensToUsers();
    void whoRefusesIsTold();
    void refreshTellsEditsStatesAndDeletions();
    void threadBringsTheWholeTalk();
    void threadOfAnOldCommentBringsItsFamily();
    void threadEndsWhenParentsRunInACircle();
    void nonsenseIsMalformed_data();
    void nonsenseIsMalformed();
    void aSiteThatIsNoWordPressIsMalformed();
    void maintenanceIsTransientWithATime();
    void futuresEndWhenTheConnectorDies();
};

/// Answers every request with the same bytes, and the front page as a WordPress.
class OneAnswer final : public FakeNetwork
{
public:
    explicit OneAnswer(QByteArray body, QByteArray root = "https://blog.example/wp-json/")
        : m_body(std::move(body))
        , m_root(std::move(root))
    {
    }
    [[nodiscard]] QStringList hosts() const override
    {
        return {QStringLiteral("blog.example"), QStringLiteral("evil.example")};
    }
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override
    {
        HttpAnswer answer;
        answer.status = 200;
        answer.url = request.url;
        answer.body = m_body;
        if (request.url.path() == QLatin1StringView("/") && !m_root.isEmpty())
            answer.headers.insert("link",
                                  "<https://x.example/>; rel=\"next\", <" + m_root + ">; rel=\"https://api.w.org/\"");
        return answer;
    }

private:
    const QByteArray m_body;
    const QByteArray m_root;
};

void WordPressConnectorTest::checkTellsWhoWeAreAndWhatWeMay()
{
    WordPressWorld world;
    const auto connector = world.connector();
    const auto signedIn = await(connector->check());
    QVERIFY2(signedIn.has_value(), qPrintable(signedIn ? QString() : signedIn.error().detail));
    QCOMPARE(signedIn->id, QStringLiteral("user:%1").arg(world.editor));
    QCOMPARE(signedIn->handle, QStringLiteral("brand"));
    QCOMPARE(signedIn->name, QStringLiteral("Lantern Coffee"));
    QVERIFY(signedIn->capabilities.canReply && signedIn->capabilities.canHide);
    QVERIFY(signedIn->capabilities.canDeleteOwn && signedIn->capabilities.canAskBeforePublishing);
    QCOMPARE(signedIn->capabilities.maxLength, 65'525);
    QCOMPARE(signedIn->capabilities.countRule, CountRule::utf8Bytes);
    QCOMPARE(signedIn->capabilities.visibilityDelay, Duration(2s));

    const auto visitor = world.connector(world.publicAccess());
    const auto anonymous = await(visitor->check());
    QVERIFY(anonymous.has_value());
    QCOMPARE(anonymous->name, QStringLiteral("Lantern Coffee & Tea"));
    QVERIFY(anonymous->id.isEmpty());
    QVERIFY(!anonymous->capabilities.canReply && !anonymous->capabilities.canHide);
}

void WordPressConnectorTest::checkNamesWhatIsMissing()
{
    WordPressWorld world;
    ChannelAccess access = world.publicAccess();
    access.user = QStringLiteral("moss");
    access.secret = Secret("aaaa bbbb cccc dddd eeee ffff");
    const auto connector = world.connector(access);
    const auto account = await(connector->check());
    QVERIFY(!account);
    QCOMPARE(account.error().kind, ErrorKind::permission);
    QCOMPARE(account.error().detail, QStringLiteral("moderate_comments"));
    const auto page = await(connector->pull({}));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::permission);
}

void WordPressConnectorTest::aWrongPasswordIsNoticedEverywhere()
{
    WordPressWorld world;
    const qint64 comment = world.site->visitorComment(world.post, QStringLiteral("Ann"), QStringLiteral("Hello"));
    ChannelAccess access = world.access();
    access.accountId = QStringLiteral("user:%1").arg(world.editor);
    world.site->revokePassword(world.editor);
    const auto connector = world.connector(access);
    const KnownMessage known{world.uri(comment), QString::number(comment), false};
    const auto account = await(connector->check());
    const auto page = await(connector->pull({}));
    const auto refreshed = await(connector->refresh({known}));
    const auto thread = await(connector->thread(known));
    QVERIFY(!account && !page && !refreshed && !thread);
    QCOMPARE(account.error().kind, ErrorKind::authExpired);
    QCOMPARE(page.error().kind, ErrorKind::authExpired);
    QCOMPARE(refreshed.error().kind, ErrorKind::authExpired);
    QCOMPARE(thread.error().kind, ErrorKind::authExpired);
}

void WordPressConnectorTest::commentsArriveWhole()
{
    WordPressWorld world;
    const qint64 ann = world.site->visitorComment(world.post, QStringLiteral("Ann & Co"),
                                                  QStringLiteral("2 & 3 <b>bags</b>?\nsecond line"));
    const qint64 ours = world.site->userComment(world.editor, world.post, QStringLiteral("Yes!"), ann);
    world.site->setModerated(true);
    const qint64 held = world.site->visitorComment(world.post, QStringLiteral("Bob"), QStringLiteral("hold me"));
    world.site->setStatus(world.site->visitorComment(world.post, QStringLiteral("Eve"), QStringLiteral("buy")),
                          QStringLiteral("spam"));
    const auto connector = world.connector();
    const auto page = await(connector->pull({}));
    QVERIFY(page.has_value());
    QCOMPARE(page->messages.size(), 4);
    QVERIFY(!page->hasMore);

    const RemoteMessage first = page->messages.at(3);
    QCOMPARE(first.uri, world.uri(ann));
    QCOMPARE(first.remoteId, QString::number(ann));
    QCOMPARE(first.url, QStringLiteral("https://blog.example/entry-%1/#comment-%2").arg(world.post).arg(ann));
    QCOMPARE(first.threadUri, QStringLiteral("https://blog.example/?p=%1").arg(world.post));
    QCOMPARE(first.parentUri, first.threadUri);
    QCOMPARE(first.threadTitle, QStringLiteral("Our new winter blend & more"));
    QCOMPARE(first.threadUrl, QStringLiteral("https://blog.example/entry-%1/").arg(world.post));
    QCOMPARE(first.text, QStringLiteral("2 & 3 bags?\nsecond line"));
    QCOMPARE(first.sentAt, world.clock.now());
    QCOMPARE(first.moderation, Moderation::approved);
    QVERIFY(!first.isOurs && !first.isContext);

    const RemoteMessage reply = page->messages.at(2);
    QCOMPARE(reply.uri, world.uri(ours));
    QCOMPARE(reply.parentUri, world.uri(ann));
    QVERIFY(reply.isOurs);
    QCOMPARE(page->messages.at(1).uri, world.uri(held));
    QCOMPARE(page->messages.at(1).moderation, Moderation::held);
    QCOMPARE(page->messages.at(0).moderation, Moderation::spam);
}

void WordPressConnectorTest::visitorsHaveIdsThatTellNothing()
{
    WordPressWorld world;
    world.site->visitorComment(world.post, QStringLiteral("Ann"), QStringLiteral("one"));
    world.site->visitorComment(world.post, QStringLiteral("Ann"), QStringLiteral("two"));
    world.site->visitorComment(world.post, QStringLiteral("Bob"), QStringLiteral("three"));
    world.site->userComment(world.reader, world.post, QStringLiteral("four"));
    const auto connector = world.connector();
    const auto page = await(connector->pull({}));
    QVERIFY(page.has_value());
    QCOMPARE(page->messages.size(), 4);
    const auto author = [&page](int i) { return page->messages.at(i).author; };
    QCOMPARE(author(0).id, QStringLiteral("user:%1").arg(world.reader));
    QVERIFY(author(1).id != author(2).id);
    QCOMPARE(author(2).id, author(3).id);
    for (int i = 0; i < 4; ++i) {
        QVERIFY(!author(i).id.isEmpty() && !author(i).id.contains(u'@'));
        QVERIFY(author(i).handle.isEmpty() && author(i).avatarUrl.isEmpty());
    }
    // Without the right to see e-mails, the name and address stand for the visitor.
    const auto visitor = world.connector(world.publicAccess());
    const auto seen = await(visitor->pull({}));
    QVERIFY(seen.has_value());
    QCOMPARE(seen->messages.at(2).author.id, seen->messages.at(3).author.id);
    QVERIFY(seen->messages.at(2).author.id.startsWith(QLatin1StringView("name:")));
}

void WordPressConnectorTest::pingsAreContextAndInternalNotesStayOut()
{
    WordPressWorld world;
    world.site->pingback(world.post, QStringLiteral("Another blog"), QStringLiteral("https://other.example/"));
    const auto connector = world.connector();
    const auto page = await(connector->pull({}));
    QVERIFY(page.has_value());
    QCOMPARE(page->messages.size(), 1);
    QVERIFY(page->messages.first().isContext);
    QCOMPARE(page->messages.first().author.url, QStringLiteral("https://other.example/"));

    const auto note = readComment({{QStringLiteral("id"), 7}, {QStringLiteral("type"), QStringLiteral("note")}}, {});
    QVERIFY(note && isInternal(*note));
}

void WordPressConnectorTest::uriDoesNotDependOnTheFormOfLinks()
{
    WordPressWorld world;
    world.visitors(3);
    KeptPages pretty;
    const auto prettySite = world.connector();
    QVERIFY(pretty.pullAll(*prettySite).has_value());
    world.site->setPretty(false);
    KeptPages plain;
    ChannelAccess access = world.access();
    access.address = QStringLiteral("https://blog.example/#top");
    const auto plainSite = world.connector(access);
    QVERIFY(plain.pullAll(*plainSite).has_value());
    QCOMPARE(plain.messages.size(), 3);
    QCOMPARE(plain.messages.keys(), pretty.messages.keys());
    QCOMPARE(plain.messages.first().threadUri, pretty.messages.first().threadUri);
    QCOMPARE(plain.messages.first().threadTitle, pretty.messages.first().threadTitle);
    QVERIFY(plain.messages.first().url != pretty.messages.first().url);
}

void WordPressConnectorTest::pagesAndHiddenPostsAreThreadsToo()
{
    WordPressWorld world;
    const qint64 about = world.site->addPost(QStringLiteral("About us"), QStringLiteral("page"));
    const qint64 secret = world.site->addPost(QStringLiteral("Staff only"), QStringLiteral("post"), false);
    const qint64 onPage = world.site->visitorComment(about, QStringLiteral("Ann"), QStringLiteral("nice page"));
    const qint64 hidden = world.site->visitorComment(secret, QStringLiteral("Bob"), QStringLiteral("inside"));
    KeptPages kept;
    const auto connector = world.connector();
    QVERIFY(kept.pullAll(*connector).has_value());
    QCOMPARE(kept.messages.value(world.uri(onPage)).threadTitle, QStringLiteral("About us"));
    QCOMPARE(kept.messages.value(world.uri(hidden)).threadTitle, QStringLiteral("Staff only"));
    KeptPages seen;
    const auto visitor = world.connector(world.publicAccess());
    QVERIFY(seen.pullAll(*visitor).has_value());
    QCOMPARE(seen.messages.keys(), QStringList{world.uri(onPage)});
}

void WordPressConnectorTest::theSiteMayHideWhereItsInterfaceIs()
{
    WordPressWorld world;
    world.visitors(2);
    world.site->setLinked(false);
    for (const bool isPretty : {true, false}) {
        world.site->setPretty(isPretty);
        KeptPages kept;
        const auto connector = world.connector();
        QVERIFY(kept.pullAll(*connector).has_value());
        QCOMPARE(kept.messages.size(), 2);
        QCOMPARE(kept.messages.first().threadTitle, QStringLiteral("Our new winter blend & more"));
    }
}

void WordPressConnectorTest::theSiteMayChangeItsLinksWhileWeRun()
{
    WordPressWorld world;
    world.visitors(1);
    const auto connector = world.connector();
    QVERIFY(await(connector->pull({})).has_value());
    world.site->setPretty(false);
    QVERIFY(!await(connector->pull({})).has_value());
    QVERIFY(await(connector->pull({})).has_value());
}

void WordPressConnectorTest::thePasswordStaysOnTheSite()
{
    WordPressWorld world;
    FakeTransport transport;
    transport.add(std::make_shared<OneAnswer>("[]", "https://evil.example/wp-json/"));
    WordPressConnector connector(world.access(), {&transport, &world.clock});
    const auto page = await(connector.pull({}));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::malformed);
    for (const HttpRequest &request : transport.requests()) {
        QCOMPARE(request.url.host(), QStringLiteral("blog.example"));
        QVERIFY(request.authorization.isEmpty());
    }
}

void WordPressConnectorTest::noiseAroundTheAnswerIsLeftOut_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("warning") << QByteArray(
                                    "<br />\n<b>Warning</b>: Undefined array key [0] in <b>/srv/x.php</b> on line "
                                    "<b>7</b><br />\n")
                             << QByteArray();
    QTest::newRow("notice without markup")
        << QByteArray("\nNotice: x() was called {incorrectly}. [a]\n") << QByteArray();
    QTest::newRow("mark of the byte order") << QByteArray("\xEF\xBB\xBF\n") << QByteArray();
    QTest::newRow("two marks") << QByteArray("\xEF\xBB\xBF\xEF\xBB\xBF") << QByteArray();
    QTest::newRow("cache's comment") << QByteArray() << QByteArray("\n<!-- Cached page generated in 0.1 s -->");
}

void WordPressConnectorTest::noiseAroundTheAnswerIsLeftOut()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    WordPressWorld world;
    world.visitors(3);
    world.site->setNoise(before, after);
    const auto connector = world.connector();
    QVERIFY(await(connector->check()).has_value());
    KeptPages kept;
    QVERIFY(kept.pullAll(*connector).has_value());
    QCOMPARE(kept.messages.size(), 3);
    Outgoing reply;
    reply.clientId = QStringLiteral("d-1");
    reply.text = QStringLiteral("Thanks");
    const auto wish = connector->prepare(reply, kept.messages.first());
    QVERIFY(wish.has_value());
    QVERIFY(await(connector->deliver(*wish)).has_value());
    // A refusal is understood through it, too.
    const auto wrong = [&] {
        ChannelAccess access = world.access();
        access.secret = Secret("wrong");
        return await(world.connector(access)->check());
    }();
    QCOMPARE(wrong.error().kind, ErrorKind::authExpired);
}

void WordPressConnectorTest::aPageIsNoAnswer()
{
    WordPressWorld world;
    world.visitors(1);
    const auto connector = world.connector();
    KeptPages kept;
    QVERIFY(kept.pullAll(*connector).has_value());
    // Maintenance with a 200: nothing of it says that our comments are gone.
    world.site->setNoise("<html><script>var x = [];</script><!--", "--><script>y = {};</script></html>");
    const auto page = await(connector->refresh({{world.uri(1), QStringLiteral("1"), false}}));
    QVERIFY(!page.has_value());
    QCOMPARE(page.error().kind, ErrorKind::malformed);
}

void WordPressConnectorTest::aClosedInterfaceOpensToUsers()
{
    for (const bool isLinked : {true, false}) {
        WordPressWorld world;
        world.visitors(2);
        world.site->setClosed(true);
        world.site->setLinked(isLinked);
        const auto connector = world.connector();
        const auto account = await(connector->check());
        QVERIFY2(account.has_value(), account ? "" : qPrintable(account.error().detail));
        KeptPages kept;
        QVERIFY(kept.pullAll(*connector).has_value());
        QCOMPARE(kept.messages.size(), 2);
        const auto visitor = await(world.connector(world.publicAccess())->check());
        QVERIFY(!visitor.has_value());
    }
}

void WordPressConnectorTest::whoRefusesIsTold()
{
    HttpAnswer wall;
    wall.status = 403;
    wall.url = QUrl(QStringLiteral("https://blog.example/wp-json/wp/v2/comments"));
    wall.body = "<html><title>Access denied</title>";
    const Error error = restErrorOf(wall, {});
    QCOMPARE(error.kind, ErrorKind::permission);
    QVERIFY(error.detail.contains(QLatin1StringView("not by WordPress")));
}

void WordPressConnectorTest::refreshTellsEditsStatesAndDeletions()
{
    WordPressWorld world;
    world.visitors(250);
    QList<KnownMessage> known;
    for (qint64 id = 1; id <= 250; ++id)
        known.append({world.uri(id), QString::number(id), false});
    world.site->edit(3, QStringLiteral("edited"));
    world.site->setStatus(4, QStringLiteral("spam"));
    world.site->remove(5);
    world.site->remove(201);
    const auto connector = world.connector();
    const auto page = await(connector->refresh(known));
    QVERIFY(page.has_value());
    KeptPages kept;
    kept.keep(*page);
    QCOMPARE(kept.messages.size(), 248);
    QCOMPARE(kept.messages.value(world.uri(3)).text, QStringLiteral("edited"));
    QCOMPARE(kept.messages.value(world.uri(4)).moderation, Moderation::spam);
    QCOMPARE(kept.changes.keys(), (QStringList{world.uri(201), world.uri(5)}));
    QCOMPARE(kept.changes.value(world.uri(5)).presence, std::optional(Presence::gone));
    QVERIFY(await(connector->refresh({}))->messages.isEmpty());
}

void WordPressConnectorTest::threadBringsTheWholeTalk()
{
    WordPressWorld world;
    world.visitors(120);
    const qint64 reply = world.site->userComment(world.editor, world.post, QStringLiteral("Thanks"), 1);
    world.site->setStatus(2, QStringLiteral("spam"));
    world.site->setStatus(3, QStringLiteral("hold"));
    const qint64 elsewhere = world.site->addPost(QStringLiteral("Other"));
    world.site->visitorComment(elsewhere, QStringLiteral("Zoe"), QStringLiteral("not here"));
    const auto connector = world.connector();
    const auto thread = await(connector->thread({world.uri(1), QStringLiteral("1"), false}));
    QVERIFY(thread.has_value());
    QCOMPARE(thread->size(), 1 + 120 - 1 + 1);
    const RemoteMessage root = thread->first();
    QCOMPARE(root.uri, QStringLiteral("https://blog.example/?p=%1").arg(world.post));
    QCOMPARE(root.threadTitle, QStringLiteral("Our new winter blend & more"));
    QCOMPARE(root.text, QStringLiteral("Tell us how you like it."));
    QVERIFY(root.isContext && root.parentUri.isEmpty());
    QCOMPARE(thread->at(1).uri, world.uri(1));
    QCOMPARE(thread->last().uri, world.uri(reply));
    QVERIFY(thread->last().isOurs);
    // The post itself as the message asked about.
    const auto fromRoot = await(connector->thread({root.uri, root.remoteId, false}));
    QCOMPARE(fromRoot.value_or(QList<RemoteMessage>()).size(), thread->size());
    world.site->remove(7);
    const auto gone = await(connector->thread({world.uri(7), QStringLiteral("7"), false}));
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, ErrorKind::notFound);
}

void WordPressConnectorTest::threadOfAnOldCommentBringsItsFamily()
{
    WordPressWorld world;
    world.visitors(1);                                                                                        // 1
    const qint64 child = world.site->visitorComment(world.post, QStringLiteral("B"), QStringLiteral("b"), 1); // 2
    const qint64 asked = world.site->visitorComment(world.post, QStringLiteral("C"), QStringLiteral("c"), child);
    const qint64 sibling = world.site->visitorComment(world.post, QStringLiteral("D"), QStringLiteral("d"), child);
    world.visitors(700);
    const qint64 answer = world.site->userComment(world.editor, world.post, QStringLiteral("late"), asked);
    const auto connector = world.connector();
    const auto thread = await(connector->thread({world.uri(asked), QString::number(asked), false}));
    QVERIFY(thread.has_value());
    QStringList uris;
    for (const RemoteMessage &message : *thread)
        uris.append(message.uri);
    for (const qint64 id : {qint64(1), child, asked, sibling, answer})
        QVERIFY2(uris.contains(world.uri(id)), qPrintable(QString::number(id)));
    QVERIFY(thread->size() < 520);
    QCOMPARE(QSet<QString>(uris.cbegin(), uris.cend()).size(), uris.size());
}

void WordPressConnectorTest::threadEndsWhenParentsRunInACircle()
{
    WordPressWorld world;
    FakeTransport transport;
    const QByteArray circle = R"([{"id":5,"post":1,"parent":6,"content":{"raw":"x"}},
                                  {"id":6,"post":1,"parent":5,"content":{"raw":"y"}}])";
    class Circle final : public FakeNetwork
    {
    public:
        explicit Circle(QByteArray list)
            : m_list(std::move(list))
        {
        }
        [[nodiscard]] QStringList hosts() const override { return {QStringLiteral("blog.example")}; }
        [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override
        {
            const bool isOne = request.url.path().endsWith(u'5');
            HttpAnswer answer = OneAnswer(isOne ? R"({"id":5,"post":1,"parent":6})" : m_list).answer(request);
            answer.headers.insert("x-wp-total", "1000000");
            return answer;
        }

    private:
        const QByteArray m_list;
    };
    transport.add(std::make_shared<Circle>(circle));
    WordPressConnector connector(world.publicAccess(), {&transport, &world.clock});
    const auto thread = await(connector.thread({world.uri(5), QStringLiteral("5"), false}));
    QVERIFY(thread.has_value());
    QCOMPARE(thread->size(), 3);
    QVERIFY(transport.requests().size() < 40);
}

void WordPressConnectorTest::nonsenseIsMalformed_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray(R"([{"id":5,"post":1)");
    QTest::newRow("no list") << QByteArray(R"({"id":5})");
    QTest::newRow("a page") << QByteArray("<!DOCTYPE html><html></html>");
    QTest::newRow("bytes") << QByteArray("\x00\xff\xfe", 3);
    QTest::newRow("deep") << QByteArray(100'000, '[');
}

void WordPressConnectorTest::nonsenseIsMalformed()
{
    QFETCH(const QByteArray, body);
    WordPressWorld world;
    FakeTransport transport;
    transport.add(std::make_shared<OneAnswer>(body));
    WordPressConnector connector(world.publicAccess(), {&transport, &world.clock});
    const auto page = await(connector.pull({QStringLiteral("not a number"), QStringLiteral("1 2")}));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::malformed);
    const auto refreshed = await(connector.refresh({{world.uri(1), QStringLiteral("1"), false}}));
    QVERIFY(!refreshed);
    QCOMPARE(refreshed.error().kind, ErrorKind::malformed);
}

void WordPressConnectorTest::aSiteThatIsNoWordPressIsMalformed()
{
    WordPressWorld world;
    FakeTransport transport;
    transport.add(std::make_shared<OneAnswer>("<html></html>", QByteArray()));
    WordPressConnector connector(world.access(), {&transport, &world.clock});
    const auto account = await(connector.check());
    QVERIFY(!account);
    QCOMPARE(account.error().kind, ErrorKind::malformed);

    ChannelAccess access = world.access();
    access.address = QStringLiteral("ftp://blog.example");
    WordPressConnector nowhere(access, {&transport, &world.clock});
    const auto none = await(nowhere.pull({}));
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::invalid);
}

void WordPressConnectorTest::maintenanceIsTransientWithATime()
{
    WordPressWorld world;
    world.site->setDown(true);
    const auto connector = world.connector();
    const auto page = await(connector->pull({}));
    QVERIFY(!page);
    QVERIFY(page.error().kind == ErrorKind::transient || page.error().kind == ErrorKind::rateLimited);
    QCOMPARE(page.error().until, Time(world.clock.now() + 600s));
    world.site->setDown(false);
    QVERIFY(await(connector->pull({})).has_value());
}

void WordPressConnectorTest::futuresEndWhenTheConnectorDies()
{
    WordPressWorld world;
    world.visitors(1);
    auto connector = world.connector();
    const KnownMessage known{world.uri(1), QStringLiteral("1"), false};
    const auto account = connector->check();
    const auto page = connector->pull({});
    const auto refreshed = connector->refresh({known});
    const auto thread = connector->thread(known);
    connector.reset();
    for (const auto &error :
         {await(account).error(), await(page).error(), await(refreshed).error(), await(thread).error()})
        QCOMPARE(error.kind, ErrorKind::cancelled);
}

QTEST_GUILESS_MAIN(WordPressConnectorTest)
#include "tst_wordpressconnector.moc"
