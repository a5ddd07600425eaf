// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakesite.h"
#include "networks/feedconnector.h"

#include <QSignalSpy>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

namespace {

class TestClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return m_now; }
    void pass(Duration duration) { m_now += duration; }

private:
    Time m_now = timeFromMs(1'790'000'000'000);
};

/// What the courier would hold: every message by its address, and how often each came.
struct Store
{
    Position position;
    QHash<QString, RemoteMessage> messages;
    QHash<QString, int> arrivals;
    QList<Page> pages;
    QString movedTo;
};

} // namespace

class FeedConnectorTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void entriesBecomeThreads();
    void unchangedGivesNothing();
    void validatorsAreGivenBackExactly();
    void editsAreNoticed();
    void lyingValidatorsAreSeenThrough();
    void longFeedComesInPages();
    void crashBetweenPagesLosesNothing();
    void pagingGoesBackToTheHorizon();
    void presentDocumentComesWhole();
    void whatIsNewComesWhateverItsDate();
    void pagingFillsAGap();
    void gapThatCannotBeFilledIsTold();
    void commentsHangUnderTheirEntry();
    void manyCommentFeedsTakeTurns();
    void brokenCommentFeedKeepsNothingAway();
    void commentFeedIsAChannel();
    void atomCommentsAgreeWithRss();
    void movedGoneAndMalformed();
    void passwordGoesToItsHostOnly();
    void feedMayNotSendUsInside();
    void askAgainIsBounded();
    void futureDatesAreNotBelieved();
    void ourClockMayBeWrong();
    void checkTellsTheTitle();
    void threadIsWhatTheFeedHolds();
    void cannotAnswer();
    void destructionCancels();
    void everyFailureConverges_data();
    void everyFailureConverges();

private:
    [[nodiscard]] std::unique_ptr<FeedConnector> connector(const QString &path = u"/feed/"_s);
    template <class T>
    [[nodiscard]] Result<T> wait(const QFuture<Result<T>> &future);
    [[nodiscard]] std::optional<Error> pullOnce(FeedConnector &connector, Store &store);
    [[nodiscard]] std::optional<Error> pullAll(FeedConnector &connector, Store &store);
    [[nodiscard]] qsizetype requestsFor(const QString &path) const;

    TestClock m_clock;
    std::shared_ptr<FakeSite> m_site;
    std::unique_ptr<FakeTransport> m_transport;
    ChannelAccess m_access;
};

void FeedConnectorTest::init()
{
    m_site = std::make_shared<FakeSite>(u"cafe.example"_s, &m_clock);
    m_transport = std::make_unique<FakeTransport>();
    m_transport->add(m_site);
    m_access = {};
}

std::unique_ptr<FeedConnector> FeedConnectorTest::connector(const QString &path)
{
    m_access.address = m_site->url(path).toString();
    return std::make_unique<FeedConnector>(m_access, NetworkSetting{m_transport.get(), &m_clock});
}

template <class T>
Result<T> FeedConnectorTest::wait(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000))
        return fail(ErrorKind::unknown, u"never ended"_s);
    return future.result();
}

std::optional<Error> FeedConnectorTest::pullOnce(FeedConnector &connector, Store &store)
{
    const Result<Page> page = wait(connector.pull(store.position));
    if (!page)
        return page.error();
    for (const RemoteMessage &message : page->messages) {
        store.messages.insert(message.uri, message);
        ++store.arrivals[message.uri];
    }
    store.position = page->next;
    store.pages.append(*page);
    if (!page->movedTo.isEmpty())
        store.movedTo = page->movedTo;
    return std::nullopt;
}

std::optional<Error> FeedConnectorTest::pullAll(FeedConnector &connector, Store &store)
{
    store.pages.clear();
    do {
        if (auto error = pullOnce(connector, store))
            return error;
        if (store.pages.size() > 500)
            return Error{ErrorKind::unknown, u"the walk never ends"_s, {}};
    } while (store.pages.constLast().hasMore);
    return std::nullopt;
}

qsizetype FeedConnectorTest::requestsFor(const QString &path) const
{
    const auto &all = m_transport->requests();
    return std::count_if(all.cbegin(), all.cend(),
                         [&path](const HttpRequest &each) { return each.url.path() == path; });
}

void FeedConnectorTest::entriesBecomeThreads()
{
    const int first = m_site->addPost(u"Winter blend"_s, u"<p>It is <b>here</b>.</p>"_s, u"Olive"_s);
    m_clock.pass(std::chrono::hours(1));
    for (const QString &path : {u"/feed/"_s, u"/feed/atom/"_s, u"/feed/rdf/"_s, u"/feed.json"_s}) {
        Store store;
        QVERIFY(!pullAll(*connector(path), store));
        QCOMPARE(store.messages.size(), 1);
        const RemoteMessage message = store.messages.value(u"https://cafe.example/?p=%1"_s.arg(first));
        QCOMPARE(message.threadUri, message.uri);
        QCOMPARE(message.threadTitle, u"Winter blend"_s);
        QCOMPARE(message.text, u"Winter blend\n\nIt is here."_s);
        QCOMPARE(message.author.name, u"Olive"_s);
        QCOMPARE(message.author.id, QString());
        QCOMPARE(message.parentUri, QString());
        QCOMPARE(message.url, u"https://cafe.example/post-1/"_s);
        QCOMPARE(message.sentAt, m_clock.now() - std::chrono::hours(1));
        QVERIFY(store.position.walk.isEmpty());
        QVERIFY(!store.pages.constLast().hasMore);
    }
}

void FeedConnectorTest::unchangedGivesNothing()
{
    m_site->addPost(u"One"_s, u"<p>1</p>"_s);
    m_clock.pass(std::chrono::hours(1));
    const auto feed = connector();
    Store store;
    QVERIFY(!pullAll(*feed, store));
    m_transport->forgetRequests();
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.pages.size(), 1);
    QVERIFY(store.pages.first().messages.isEmpty());
    QCOMPARE(m_transport->requests().size(), size_t(1));
    m_site->addPost(u"Two"_s, u"<p>2</p>"_s);
    m_clock.pass(std::chrono::hours(1));
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.messages.size(), 2);
    for (const int count : std::as_const(store.arrivals))
        QCOMPARE(count, 1);
}

void FeedConnectorTest::validatorsAreGivenBackExactly()
{
    m_site->addPost(u"One"_s, u"<p>1</p>"_s);
    m_clock.pass(std::chrono::hours(1));
    const auto feed = connector();
    Store store;
    QVERIFY(!pullAll(*feed, store));
    HttpRequest plain;
    plain.url = m_site->url(u"/feed/"_s);
    const HttpAnswer answer = m_site->answer(plain);
    for (int poll = 2; poll <= 21; ++poll) {
        m_transport->forgetRequests();
        QVERIFY(!pullAll(*feed, store));
        QByteArray match;
        QByteArray since;
        for (const auto &[name, value] : m_transport->requests().front().headers) {
            if (name == "If-None-Match")
                match = value;
            if (name == "If-Modified-Since")
                since = value;
        }
        const bool isFull = poll % 10 == 0;
        QCOMPARE(match, isFull ? QByteArray() : answer.header("etag"));
        QCOMPARE(since, isFull ? QByteArray() : answer.header("last-modified"));
    }
    QCOMPARE(store.arrivals.size(), 1);
    QCOMPARE(store.arrivals.begin().value(), 1);
}

void FeedConnectorTest::editsAreNoticed()
{
    const int post = m_site->addPost(u"One"_s, u"<p>before</p>"_s);
    const auto feed = connector(u"/feed/atom/"_s);
    Store store;
    QVERIFY(!pullAll(*feed, store));
    m_clock.pass(std::chrono::hours(1));
    m_site->edit(post, u"<p>after</p>"_s);
    m_clock.pass(std::chrono::hours(1));
    QVERIFY(!pullAll(*feed, store));
    const RemoteMessage message = store.messages.begin().value();
    QCOMPARE(message.text, u"One\n\nafter"_s);
    QCOMPARE(message.editedAt, m_clock.now() - std::chrono::hours(1));
    QCOMPARE(store.arrivals.begin().value(), 2);
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.arrivals.begin().value(), 2);
}

void FeedConnectorTest::lyingValidatorsAreSeenThrough()
{
    const int post = m_site->addPost(u"One"_s, u"<p>before</p>"_s);
    m_site->setLying(true);
    m_clock.pass(std::chrono::hours(1));
    const auto feed = connector();
    Store store;
    QVERIFY(!pullAll(*feed, store));
    m_site->edit(post, u"<p>after</p>"_s);
    for (int poll = 2; poll <= 10; ++poll)
        QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.messages.begin()->text, u"One\n\nafter"_s);

    // Two changes within one second: the second one hides behind the first one's validators.
    m_site->addPost(u"Two"_s, u"<p>2</p>"_s);
    QVERIFY(!pullAll(*feed, store));
    m_site->addPost(u"Three"_s, u"<p>3</p>"_s);
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.messages.size(), 3);
}

void FeedConnectorTest::longFeedComesInPages()
{
    m_site->setWindow(5000);
    for (int i = 0; i < 5000; ++i) {
        m_site->addPost(u"Entry %1"_s.arg(i), u"<p>Text</p>"_s);
        m_clock.pass(std::chrono::seconds(10));
    }
    const auto feed = connector(u"/feed/rdf/"_s);
    Store store;
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.messages.size(), 5000);
    Time last = m_clock.now();
    for (const Page &page : std::as_const(store.pages)) {
        QVERIFY(page.messages.size() <= 200);
        for (const RemoteMessage &message : page.messages) {
            QVERIFY(message.sentAt <= last);
            last = message.sentAt;
        }
        QVERIFY(page.hasMore == !page.next.walk.isEmpty());
    }
    // All in one document: it is fetched once.
    QCOMPARE(m_transport->requests().size(), size_t(1));
    QVERIFY(store.position.mark.size() < 200'000);
    m_site->addPost(u"New"_s, u"<p>Text</p>"_s);
    m_clock.pass(std::chrono::hours(1));
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.messages.size(), 5001);
    for (const int count : std::as_const(store.arrivals))
        QCOMPARE(count, 1);
}

void FeedConnectorTest::crashBetweenPagesLosesNothing()
{
    m_site->setWindow(1000);
    for (int i = 0; i < 1000; ++i) {
        m_site->addPost(u"Entry %1"_s.arg(i), u"<p>Text</p>"_s);
        m_clock.pass(std::chrono::seconds(10));
    }
    Store store;
    bool isDone = false;
    for (int page = 0; !isDone && page < 50; ++page) {
        // A new connector for every page, and something new in between.
        QVERIFY(!pullOnce(*connector(), store));
        isDone = !store.pages.constLast().hasMore;
        if (page == 2)
            m_site->addPost(u"In between"_s, u"<p>Text</p>"_s);
    }
    QVERIFY(isDone);
    m_clock.pass(std::chrono::hours(1));
    QVERIFY(!pullAll(*connector(), store));
    // The window moved by one: the oldest was given before or has scrolled out.
    QVERIFY(store.messages.size() >= 1000);
    QVERIFY(store.messages.contains(u"https://cafe.example/?p=1001"_s));
    for (const int count : std::as_const(store.arrivals))
        QCOMPARE(count, 1);
}

void FeedConnectorTest::pagingGoesBackToTheHorizon()
{
    m_site->setPaging(true);
    const Time start = m_clock.now();
    for (int i = 0; i < 100; ++i) {
        m_clock.pass(std::chrono::hours(1));
        m_site->addPost(u"Entry %1"_s.arg(i), u"<p>Text</p>"_s);
    }
    for (const QString &path : {u"/feed/"_s, u"/feed/atom/"_s, u"/feed.json"_s}) {
        m_transport->forgetRequests();
        m_access.horizon = start + std::chrono::hours(66);
        Store store;
        QVERIFY(!pullAll(*connector(path), store));
        QCOMPARE(store.messages.size(), 35);
        QCOMPARE(requestsFor(path), 4);
        m_access.horizon = {};
        Store all;
        QVERIFY(!pullAll(*connector(path), all));
        QCOMPARE(all.messages.size(), 100);
    }
}

void FeedConnectorTest::presentDocumentComesWhole()
{
    m_site->setPaging(true);
    for (int i = 0; i < 25; ++i)
        m_site->addPost(u"Entry %1"_s.arg(i), u"<p>Text</p>"_s);
    m_clock.pass(std::chrono::hours(24 * 90));
    m_access.horizon = m_clock.now() - std::chrono::hours(24 * 30);
    for (const QString &path : {u"/feed/"_s, u"/feed/atom/"_s, u"/feed.json"_s}) {
        m_transport->forgetRequests();
        Store store;
        QVERIFY(!pullAll(*connector(path), store));
        QCOMPARE(store.messages.size(), 10);
        QCOMPARE(requestsFor(path), 1);
    }
}

void FeedConnectorTest::whatIsNewComesWhateverItsDate()
{
    const auto feedOf = [this](int count) {
        QByteArray items;
        for (int i = count; i > 0; --i)
            items += "<item><guid>" + QByteArray::number(i) + "</guid><title>T</title><pubDate>0" +
                     QByteArray::number(i) + " Mar 2011 00:00:00 GMT</pubDate></item>";
        m_site->setMalformed(u"/feed/"_s, "<rss><channel><title>F</title>" + items + "</channel></rss>");
    };
    m_access.horizon = m_clock.now() - std::chrono::hours(24 * 30);
    const auto feed = connector();
    Store store;
    for (const int count : {1, 2, 5}) {
        feedOf(count);
        QVERIFY(!pullAll(*feed, store));
        QCOMPARE(store.messages.size(), count);
        QVERIFY(!store.pages.last().isCutOff);
        QCOMPARE(toIso(store.messages.value(QString::number(count)).sentAt).left(8), u"2011-03-"_s);
        m_clock.pass(std::chrono::hours(1));
    }
    m_site->setMalformed(u"/feed/"_s, "<rss><channel><item><guid>9</guid><title>T</title></item><item><gu");
    QVERIFY(!pullAll(*feed, store));
    QVERIFY(store.messages.contains(u"9"_s));
    QVERIFY(store.pages.last().isCutOff);
}

void FeedConnectorTest::pagingFillsAGap()
{
    m_site->setPaging(true);
    const auto feed = connector();
    m_site->addPost(u"Known"_s, u"<p>Text</p>"_s);
    m_clock.pass(std::chrono::hours(1));
    Store store;
    QVERIFY(!pullAll(*feed, store));
    for (int i = 0; i < 35; ++i)
        m_site->addPost(u"Entry %1"_s.arg(i), u"<p>Text</p>"_s);
    m_clock.pass(std::chrono::hours(1));
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.messages.size(), 36);
    for (const Page &page : std::as_const(store.pages))
        QVERIFY(!page.gapFrom);
}

void FeedConnectorTest::gapThatCannotBeFilledIsTold()
{
    const auto feed = connector();
    m_site->addPost(u"Known"_s, u"<p>Text</p>"_s);
    m_clock.pass(std::chrono::hours(1));
    Store store;
    QVERIFY(!pullAll(*feed, store));
    QVERIFY(!store.pages.constLast().gapFrom);
    const Time pulledAt = m_clock.now();
    m_clock.pass(std::chrono::hours(1));
    for (int i = 0; i < 35; ++i)
        m_site->addPost(u"Entry %1"_s.arg(i), u"<p>Text</p>"_s);
    QVERIFY(!pullAll(*feed, store));
    const auto told = std::count_if(store.pages.cbegin(), store.pages.cend(),
                                    [&](const Page &page) { return page.gapFrom == pulledAt; });
    QCOMPARE(told, 1);
    QCOMPARE(store.messages.size(), 11);
}

void FeedConnectorTest::commentsHangUnderTheirEntry()
{
    for (const QString &path : {u"/feed/"_s, u"/feed/atom/"_s}) {
        init();
        const int post = m_site->addPost(u"Winter blend"_s, u"<p>Here.</p>"_s);
        const int first = m_site->addComment(post, u"Bob"_s, u"<p>Is it bitter?</p>"_s);
        m_site->addComment(post, u"Zoe"_s, u"<p>Not at all.</p>"_s, first);
        m_clock.pass(std::chrono::hours(1));
        const auto feed = connector(path);
        Store store;
        QVERIFY(!pullAll(*feed, store));
        QCOMPARE(store.messages.size(), 3);
        const QString entry = u"https://cafe.example/?p=1"_s;
        const RemoteMessage bob = store.messages.value(u"https://cafe.example/post-1/#comment-2"_s);
        QCOMPARE(bob.threadUri, entry);
        QCOMPARE(bob.parentUri, entry);
        QCOMPARE(bob.threadTitle, u"Winter blend"_s);
        QCOMPARE(bob.text, u"Is it bitter?"_s);
        QCOMPARE(bob.author.name, u"Bob"_s);
        const RemoteMessage zoe = store.messages.value(u"https://cafe.example/post-1/#comment-3"_s);
        QCOMPARE(zoe.threadUri, entry);
        QCOMPARE(zoe.parentUri, bob.uri);
        QCOMPARE(zoe.text, u"Not at all."_s);

        m_transport->forgetRequests();
        QVERIFY(!pullAll(*feed, store));
        QCOMPARE(requestsFor(u"/post-1/feed/"_s), 0);
        m_site->addComment(post, u"Kim"_s, u"<p>Me too.</p>"_s);
        m_clock.pass(std::chrono::hours(1));
        QVERIFY(!pullAll(*feed, store));
        QCOMPARE(store.messages.size(), 4);
        QCOMPARE(requestsFor(u"/post-1/feed/"_s), 1);
        for (const int count : std::as_const(store.arrivals))
            QCOMPARE(count, 1);
    }
}

void FeedConnectorTest::manyCommentFeedsTakeTurns()
{
    m_site->setWindow(30);
    for (int i = 0; i < 25; ++i)
        m_site->addComment(m_site->addPost(u"Post %1"_s.arg(i), u"<p>Text</p>"_s), u"Bob"_s, u"<p>Hm.</p>"_s);
    m_clock.pass(std::chrono::hours(1));
    const auto feed = connector();
    Store store;
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.messages.size(), 25 + 10);
    QCOMPARE(store.pages.constLast().askAgainIn, Duration(std::chrono::minutes(5)));
    QVERIFY(store.messages.contains(u"https://cafe.example/post-49/#comment-50"_s));
    QVERIFY(!pullAll(*feed, store));
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.messages.size(), 50);
    m_transport->forgetRequests();
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(m_transport->requests().size(), size_t(1));
}

void FeedConnectorTest::brokenCommentFeedKeepsNothingAway()
{
    const int bad = m_site->addPost(u"Bad"_s, u"<p>Text</p>"_s);
    const int good = m_site->addPost(u"Good"_s, u"<p>Text</p>"_s);
    m_site->addComment(bad, u"Bob"_s, u"<p>Hidden.</p>"_s);
    m_site->addComment(good, u"Zoe"_s, u"<p>Seen.</p>"_s);
    m_site->setMalformed(u"/post-1/feed/"_s, "<html>Oops</html>");
    m_clock.pass(std::chrono::hours(1));
    const auto feed = connector();
    Store store;
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.messages.size(), 3);
    QCOMPARE(requestsFor(u"/post-1/feed/"_s), 1);
    m_site->setMalformed(u"/post-1/feed/"_s, {});
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.messages.size(), 4);

    // One that stays broken is given up, until there is something new in it.
    m_site->setMalformed(u"/post-1/feed/"_s, "<html>Oops</html>");
    m_site->addComment(bad, u"Bob"_s, u"<p>Again.</p>"_s);
    m_clock.pass(std::chrono::hours(1));
    m_transport->forgetRequests();
    for (int poll = 0; poll < 8; ++poll)
        QVERIFY(!pullAll(*feed, store));
    QCOMPARE(requestsFor(u"/post-1/feed/"_s), 5);
}

void FeedConnectorTest::commentFeedIsAChannel()
{
    const int post = m_site->addPost(u"Winter blend by Olive"_s, u"<p>Here.</p>"_s);
    const int first = m_site->addComment(post, u"Bob"_s, u"<p>Is it bitter?</p>"_s);
    m_site->addComment(post, u"Zoe"_s, u"<p>No.</p>"_s, first);
    Store store;
    QVERIFY(!pullAll(*connector(u"/comments/feed/"_s), store));
    QCOMPARE(store.messages.size(), 2);
    const RemoteMessage zoe = store.messages.value(u"https://cafe.example/post-1/#comment-3"_s);
    QCOMPARE(zoe.threadUri, u"https://cafe.example/post-1/"_s);
    QCOMPARE(zoe.threadUrl, u"https://cafe.example/post-1/"_s);
    QCOMPARE(zoe.threadTitle, u"Winter blend by Olive"_s);
    QCOMPARE(zoe.parentUri, u"https://cafe.example/post-1/#comment-2"_s);
    QCOMPARE(zoe.text, u"No."_s);
    Store single;
    QVERIFY(!pullAll(*connector(u"/post-1/feed/"_s), single));
    QCOMPARE(single.messages.value(zoe.uri).threadTitle, u"Winter blend by Olive"_s);
    QCOMPARE(single.messages.value(zoe.uri).threadUri, zoe.threadUri);
}

void FeedConnectorTest::atomCommentsAgreeWithRss()
{
    const int post = m_site->addPost(u"Winter blend"_s, u"<p>Here.</p>"_s);
    const int first = m_site->addComment(post, u"Bob"_s, u"<p>Is it bitter?</p>"_s);
    m_site->addComment(post, u"Zoe"_s, u"<p>No.</p>"_s, first);
    Store rss;
    Store atom;
    QVERIFY(!pullAll(*connector(u"/comments/feed/"_s), rss));
    QVERIFY(!pullAll(*connector(u"/comments/feed/atom/"_s), atom));
    QCOMPARE(atom.messages.size(), 2);
    for (const RemoteMessage &message : std::as_const(rss.messages)) {
        const RemoteMessage other = atom.messages.value(message.uri);
        QCOMPARE(other.threadUri, message.threadUri);
        QCOMPARE(other.threadTitle, message.threadTitle);
        QCOMPARE(other.text, message.text);
    }
}

void FeedConnectorTest::movedGoneAndMalformed()
{
    m_site->addPost(u"One"_s, u"<p>1</p>"_s);
    m_site->moveTo(u"/old.xml"_s, u"/feed/"_s);
    const auto feed = connector(u"/old.xml"_s);
    Store store;
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.movedTo, u"https://cafe.example/feed/"_s);
    QCOMPARE(store.messages.size(), 1);
    QVERIFY(!pullAll(*connector(u"/feed/"_s), store));
    QCOMPARE(store.arrivals.begin().value(), 1);

    const Position before = store.position;
    m_site->setMalformed(u"/feed/"_s, "<!DOCTYPE html><html><title>Parked</title></html>");
    const auto malformed = pullAll(*feed, store);
    QCOMPARE(malformed.value().kind, ErrorKind::malformed);
    QCOMPARE(malformed.value().detail, u"an HTML page (\"Parked\")"_s);
    QCOMPARE(store.position, before);
    m_site->setMalformed(u"/feed/"_s, "<rss><channel><item><guid>9</guid><title>Whole</title></item><item><guid>");
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.messages.value(u"9"_s).text, u"Whole"_s);
    m_site->setMalformed(u"/feed/"_s, {});
    m_site->setGone(u"/feed/"_s);
    QCOMPARE(pullAll(*feed, store).value().kind, ErrorKind::gone);
    QCOMPARE(pullAll(*connector(u"/nothing/"_s), store).value().kind, ErrorKind::notFound);
}

void FeedConnectorTest::passwordGoesToItsHostOnly()
{
    const auto other = std::make_shared<FakeSite>(u"other.example"_s, &m_clock);
    m_transport->add(other);
    m_site->setPassword("mira", "s:cret");
    m_site->addPost(u"One"_s, u"<p>1</p>"_s);
    QCOMPARE(wait(connector()->check()).error().kind, ErrorKind::authExpired);
    m_access.user = u"mira"_s;
    m_access.secret = Secret("s:cret");
    QVERIFY(wait(connector()->check()).has_value());
    m_site->setPassword("", "");
    m_site->setMalformed(u"/feed/"_s, "<rss><channel><atom:link rel='next' href='https://other.example/feed/'/>"
                                      "<item><guid>1</guid></item></channel></rss>");
    Store store;
    m_transport->forgetRequests();
    QVERIFY(!pullAll(*connector(), store));
    QCOMPARE(m_transport->requests().size(), size_t(2));
    QVERIFY(!m_transport->requests().at(0).authorization.isEmpty());
    QCOMPARE(m_transport->requests().at(1).url.host(), u"other.example"_s);
    QVERIFY(m_transport->requests().at(1).authorization.isEmpty());
}

void FeedConnectorTest::feedMayNotSendUsInside()
{
    for (const char *place : {"http://127.0.0.1/x", "http://localhost/x", "http://192.168.1.1/", "http://[::1]/",
                              "http://router/", "http://10.1.2.3/x", "http://[::ffff:192.168.1.1]/",
                              "http://[fd00::1]/", "file:///etc/passwd", "http://printer.local/"}) {
        m_site->setMalformed(u"/feed/"_s,
                             QByteArray("<rss><channel><atom:link rel='next' href='") + place +
                                 "'/><item><guid>1</guid><title>x</title><wfw:commentRss>" + place +
                                 "</wfw:commentRss><slash:comments>3</slash:comments></item></channel></rss>");
        m_transport->forgetRequests();
        Store store;
        const std::optional<Error> error = pullAll(*connector(), store);
        QVERIFY2(!error, error ? qPrintable(error->detail) : "");
        QCOMPARE(store.messages.size(), 1);
        QCOMPARE(m_transport->requests().size(), size_t(1));
    }
}

void FeedConnectorTest::askAgainIsBounded()
{
    using namespace std::chrono;
    const auto asked = [this](const QByteArray &inside) {
        m_site->setMalformed(u"/feed/"_s, "<rss><channel>" + inside + "<item><guid>1</guid></item></channel></rss>");
        Store store;
        return pullAll(*connector(), store) ? Duration(-1) : store.pages.constLast().askAgainIn;
    };
    QCOMPARE(asked(""), Duration(0));
    QCOMPARE(asked("<ttl>90</ttl>"), Duration(minutes(90)));
    QCOMPARE(asked("<ttl>1</ttl>"), Duration(minutes(5)));
    QCOMPARE(asked("<ttl>100000</ttl>"), Duration(hours(24)));
    QCOMPARE(asked("<ttl>-5</ttl>"), Duration(0));
    QCOMPARE(asked("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"),
             Duration(hours(12)));
    const auto hour = floor<hours>(m_clock.now());
    const int next = int((hour + hours(1)).time_since_epoch().count() % 24);
    QCOMPARE(asked("<ttl>60</ttl><skipHours><hour>" + QByteArray::number(next) + "</hour></skipHours>"),
             Duration(hour + hours(2) - m_clock.now()));

    m_site->setMalformed(u"/feed/"_s, {});
    m_site->setHeader("cache-control", "public, max-age=1200");
    m_clock.pass(hours(1));
    const auto feed = connector();
    Store store;
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.pages.constLast().askAgainIn, Duration(minutes(20)));
    QVERIFY(!pullAll(*feed, store));
    QCOMPARE(store.pages.constLast().askAgainIn, Duration(minutes(20)));
}

void FeedConnectorTest::futureDatesAreNotBelieved()
{
    m_site->setMalformed(u"/feed/"_s,
                         "<rss><channel><item><guid>1</guid><pubDate>Fri, 01 Jan 2100 00:00:00 GMT</pubDate></item>"
                         "<item><guid>2</guid><pubDate>2020-01-01</pubDate></item></channel></rss>");
    Store store;
    QVERIFY(!pullAll(*connector(), store));
    QVERIFY(!isKnown(store.messages.value(u"1"_s).sentAt));
    QVERIFY(isKnown(store.messages.value(u"2"_s).sentAt));
}

void FeedConnectorTest::ourClockMayBeWrong()
{
    m_site->addPost(u"One"_s, u"<p>1</p>"_s);
    m_access.horizon = m_clock.now() - std::chrono::hours(24);
    m_access.address = m_site->url(u"/feed/"_s).toString();
    for (const int years : {-5, 5}) {
        TestClock ours;
        ours.pass(years * 365 * std::chrono::hours(24));
        FeedConnector connector(m_access, NetworkSetting{m_transport.get(), &ours});
        Store store;
        QVERIFY(!pullAll(connector, store));
        QCOMPARE(store.messages.size(), 1);
        QVERIFY(isKnown(store.messages.cbegin()->sentAt));
    }
}

void FeedConnectorTest::checkTellsTheTitle()
{
    const Result<Account> account = wait(connector()->check());
    QVERIFY(account.has_value());
    QCOMPARE(account->name, u"Lantern Coffee"_s);
    QCOMPARE(account->capabilities, Capabilities());
    QCOMPARE(wait(connector(u"/"_s)->check()).error().kind, ErrorKind::malformed);
    m_access.address = u"https://nobody.example/"_s;
    FeedConnector nobody(m_access, {m_transport.get(), &m_clock});
    QCOMPARE(wait(nobody.check()).error().kind, ErrorKind::transient);
}

void FeedConnectorTest::threadIsWhatTheFeedHolds()
{
    const int post = m_site->addPost(u"One"_s, u"<p>1</p>"_s);
    const int other = m_site->addPost(u"Two"_s, u"<p>2</p>"_s);
    m_site->addComment(post, u"Ann"_s, u"<p>a</p>"_s);
    m_clock.pass(std::chrono::minutes(1));
    m_site->addComment(other, u"Bob"_s, u"<p>b</p>"_s);
    m_site->addComment(post, u"Cyd"_s, u"<p>c</p>"_s);
    const auto feed = connector(u"/comments/feed/"_s);
    const auto thread = wait(feed->thread({u"https://cafe.example/post-1/#comment-5"_s, {}, false}));
    QVERIFY(thread.has_value());
    QCOMPARE(thread->size(), 2);
    QCOMPARE(thread->at(0).author.name, u"Ann"_s);
    QCOMPARE(thread->at(1).author.name, u"Cyd"_s);
    QVERIFY(wait(feed->thread({u"unknown"_s, {}, false}))->isEmpty());
}

void FeedConnectorTest::cannotAnswer()
{
    const auto feed = connector();
    QCOMPARE(feed->prepare({}, {}).error().kind, ErrorKind::unsupported);
    QCOMPARE(wait(feed->deliver({})).error().kind, ErrorKind::unsupported);
    QCOMPARE(wait(feed->findDelivered({}, {})).error().kind, ErrorKind::unsupported);
    QCOMPARE(wait(feed->refresh({})).value(), Page());
    QVERIFY(m_transport->requests().empty());
}

void FeedConnectorTest::destructionCancels()
{
    auto feed = connector();
    const auto page = feed->pull({});
    const auto account = feed->check();
    feed.reset();
    QVERIFY(page.isFinished());
    QCOMPARE(page.result().error().kind, ErrorKind::cancelled);
    QCOMPARE(account.result().error().kind, ErrorKind::cancelled);
    // The answers that were on their way find nobody.
    QCoreApplication::processEvents();
}

void FeedConnectorTest::everyFailureConverges_data()
{
    QTest::addColumn<Trouble>("trouble");
    QTest::addColumn<QString>("path");
    for (const QString &path : {u"/feed/"_s, u"/feed/atom/"_s}) {
        QTest::addRow("refused %s", qPrintable(path)) << Trouble::refused << path;
        QTest::addRow("answer lost %s", qPrintable(path)) << Trouble::answerLost << path;
        QTest::addRow("server error %s", qPrintable(path)) << Trouble::serverError << path;
        QTest::addRow("garbage %s", qPrintable(path)) << Trouble::garbage << path;
    }
}

/// The k-th request fails, for every k; the pulls after it bring everything, each item once.
void FeedConnectorTest::everyFailureConverges()
{
    QFETCH(const Trouble, trouble);
    QFETCH(const QString, path);
    m_site->setPaging(true);
    m_site->setWindow(150);
    for (int i = 0; i < 320; ++i) {
        const int post = m_site->addPost(u"Post %1"_s.arg(i), u"<p>Text</p>"_s);
        m_clock.pass(std::chrono::minutes(1));
        if (i % 80 == 79)
            m_site->addComment(post, u"Bob"_s, u"<p>Hm.</p>"_s);
    }
    m_clock.pass(std::chrono::hours(1));
    bool hasFailed = true;
    int k = 0;
    for (; hasFailed && k < 50; ++k) {
        Store store;
        m_transport->forgetRequests();
        m_transport->setTrouble(k, trouble);
        auto feed = connector(path);
        std::optional<Error> error = pullAll(*feed, store);
        hasFailed = m_transport->requests().size() > size_t(k);
        m_transport->setTrouble(-1, Trouble::none);
        for (int again = 0; again < 2; ++again) {
            feed = connector(path);
            error = pullAll(*feed, store);
            QVERIFY2(!error, error ? qPrintable(error->detail) : "");
        }
        QCOMPARE(store.messages.size(), 324);
        for (const int count : std::as_const(store.arrivals))
            QCOMPARE(count, 1);
        QVERIFY(store.position.walk.isEmpty());
    }
    // Three pages of the feed and four entries' comments.
    QCOMPARE(k, 3 + 4 + 1);
}

QTEST_GUILESS_MAIN(FeedConnectorTest)
#include "tst_feedconnector.moc"
