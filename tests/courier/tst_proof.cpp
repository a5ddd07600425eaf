// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/session.h"
#include "courierworld.h"
#include "fakes/fakebluesky.h"
#include "fakes/fakewordpress.h"
#include "networks/blueskysignin.h"
#include "tests/networks/browser.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// What is shown of a network before it is connected: the latest five, as whoever signs in there reads them.
class ProofTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void mentionsAreShown();
    void othersAmongThemAreLeftOut();
    void noneYetIsNoError();
    void whatIsRefusedIsTold();
    void anotherAccountIsTold();
    void failureStopsNobody();
    void passwordShowsTheInbox();
    void browserShowsTheInbox();
    void refreshTokensAreLeftAlone();
    void heldCommentsAreShown();

private:
    void open();
    [[nodiscard]] Result<QList<RemoteMessage>> shown(Network network, const QString &address, const QByteArray &secret,
                                                     const QString &user = {});
    [[nodiscard]] static QStringList texts(const Result<QList<RemoteMessage>> &messages);
    /// How many requests went to a path with this in it.
    [[nodiscard]] int requests(QLatin1StringView part) const;
    /// Somebody signs the brand in at its server.
    [[nodiscard]] QByteArray byBrowser();

    QTemporaryDir m_runtime;
    WorldClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeMastodon> m_mastodon;
    std::shared_ptr<FakeBluesky> m_bluesky;
    std::shared_ptr<FakeWordPress> m_blog;
    FakeTransport *m_transport = nullptr;
    std::unique_ptr<Session> m_session;
};

void ProofTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    qputenv("XDG_RUNTIME_DIR", m_runtime.path().toUtf8());
}

void ProofTest::init()
{
    m_session.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_mastodon = std::make_shared<FakeMastodon>(u"social.example"_s);
    m_mastodon->setTime(m_clock.now());
    m_bluesky = std::make_shared<FakeBluesky>();
    m_bluesky->setTime(m_clock.now());
    for (const QString &name : {u"acme"_s, u"mira"_s}) {
        m_mastodon->addPerson(name);
        m_bluesky->addPerson(name);
    }
    m_blog = std::make_shared<FakeWordPress>(u"blog.example"_s, m_clock);
}

/// What the networks hold is as it is from here on, but between two questions.
void ProofTest::open()
{
    const QString path = m_folder->filePath(u"w.earshot"_s);
    QVERIFY(Workspace::create(path, u"Ana"_s, m_clock));
    auto transport = std::make_unique<FakeTransport>();
    transport->add(m_mastodon);
    transport->add(m_bluesky);
    transport->add(m_blog);
    m_transport = transport.get();
    Session::Options options;
    options.path = path;
    options.keyFile = m_folder->filePath(u"key"_s);
    options.http = std::move(transport);
    auto session = Session::open(std::move(options), m_clock);
    QVERIFY(session);
    m_session = std::move(*session);
}

Result<QList<RemoteMessage>> ProofTest::shown(Network network, const QString &address, const QByteArray &secret,
                                              const QString &user)
{
    NewChannel wish;
    wish.finding.network = network;
    wish.finding.address = address;
    wish.user = user;
    wish.secret = Secret(secret);
    return resultOf(m_session->channels().preview(wish));
}

QStringList ProofTest::texts(const Result<QList<RemoteMessage>> &messages)
{
    if (!messages)
        return {word(messages.error().kind)};
    QStringList list;
    for (const RemoteMessage &message : *messages)
        list.append(message.text);
    return list;
}

int ProofTest::requests(QLatin1StringView part) const
{
    int count = 0;
    for (const HttpRequest &request : m_transport->requests())
        count += request.url.path().contains(part) ? 1 : 0;
    return count;
}

void ProofTest::mentionsAreShown()
{
    const QString own = m_mastodon->post(u"acme"_s, u"We are open"_s);
    for (int i = 1; i <= 7; ++i)
        m_mastodon->post(u"mira"_s, u"@acme question %1"_s.arg(i), {.inReplyTo = i == 7 ? own : QString()});
    open();
    const auto latest = shown(Network::mastodon, u"@acme@social.example"_s, FakeMastodon::tokenOf(u"acme"_s));
    QCOMPARE(texts(latest), QStringList({u"@acme question 7"_s, u"@acme question 6"_s, u"@acme question 5"_s,
                                         u"@acme question 4"_s, u"@acme question 3"_s}));
    QCOMPARE(latest->constFirst().author.handle, u"@mira@social.example"_s);
    // Cheap: one page, and nothing around what stands there.
    QCOMPARE(requests("/notifications"_L1), 1);
    QCOMPARE(requests("/context"_L1), 0);
    // Without the sign-in it is what everybody reads there.
    QCOMPARE(texts(shown(Network::mastodon, u"@acme@social.example"_s, {})), QStringList{u"We are open"_s});
    QCOMPARE(requests("/notifications"_L1), 1);
}

void ProofTest::othersAmongThemAreLeftOut()
{
    // A server that does not know the filter of types tells of likes too.
    m_mastodon = std::make_shared<FakeMastodon>(u"social.example"_s, FakeMastodon::Dialect::snac);
    m_mastodon->setTime(m_clock.now());
    for (const QString &name : {u"acme"_s, u"mira"_s})
        m_mastodon->addPerson(name);
    const QString own = m_mastodon->post(u"acme"_s, u"We are open"_s);
    m_mastodon->post(u"mira"_s, u"@acme a question"_s);
    for (int i = 0; i < 10; ++i) {
        m_mastodon->addPerson(u"fan%1"_s.arg(i));
        m_mastodon->like(u"fan%1"_s.arg(i), own);
    }
    open();
    QCOMPARE(texts(shown(Network::mastodon, u"@acme@social.example"_s, FakeMastodon::tokenOf(u"acme"_s))),
             QStringList{u"@acme a question"_s});
}

void ProofTest::noneYetIsNoError()
{
    open();
    const auto latest = shown(Network::mastodon, u"@acme@social.example"_s, FakeMastodon::tokenOf(u"acme"_s));
    QVERIFY(latest);
    QVERIFY(latest->isEmpty());
    QVERIFY(shown(Network::bluesky, u"@acme.pds.example"_s, FakeBluesky::passwordOf(u"acme"_s))->isEmpty());
}

void ProofTest::whatIsRefusedIsTold()
{
    open();
    QCOMPARE(texts(shown(Network::mastodon, u"@acme@social.example"_s, "wrong")),
             QStringList{word(ErrorKind::authExpired)});
    QCOMPARE(texts(shown(Network::bluesky, u"@acme.pds.example"_s, "wrong")),
             QStringList{word(ErrorKind::authExpired)});
    QCOMPARE(texts(shown(Network::mastodon, u"@acme@nowhere.example"_s, "any")),
             QStringList{word(ErrorKind::transient)});
}

void ProofTest::anotherAccountIsTold()
{
    m_mastodon->post(u"acme"_s, u"@mira for somebody else"_s);
    open();
    QCOMPARE(texts(shown(Network::mastodon, u"@acme@social.example"_s, FakeMastodon::tokenOf(u"mira"_s))),
             QStringList{word(ErrorKind::otherAccount)});
    QCOMPARE(requests("/notifications"_L1), 0);
}

void ProofTest::failureStopsNobody()
{
    // The token may not read notifications now.
    m_mastodon->forbid(u"/notifications"_s);
    open();
    NewChannel wish;
    wish.finding.network = Network::mastodon;
    wish.finding.address = u"@acme@social.example"_s;
    wish.secret = Secret(FakeMastodon::tokenOf(u"acme"_s));
    QVERIFY(!resultOf(m_session->channels().preview(wish)));
    QVERIFY(resultOf(m_session->channels().addChannel(wish)));
}

void ProofTest::passwordShowsTheInbox()
{
    const QString own = m_bluesky->post(u"acme"_s, u"We are open"_s);
    for (int i = 1; i <= 7; ++i)
        m_bluesky->post(u"mira"_s, u"@acme.pds.example question %1"_s.arg(i), {.inReplyTo = i == 7 ? own : QString()});
    open();
    const auto latest = shown(Network::bluesky, u"@acme.pds.example"_s, FakeBluesky::passwordOf(u"acme"_s));
    QCOMPARE(texts(latest).size(), 5);
    QCOMPARE(texts(latest).constFirst(), u"@acme.pds.example question 7"_s);
    QCOMPARE(texts(latest).constLast(), u"@acme.pds.example question 3"_s);
    QCOMPARE(requests("listNotifications"_L1), 1);
    QCOMPARE(requests("getPostThread"_L1), 0);
    QCOMPARE(m_bluesky->logins(), 1);
    QCOMPARE(texts(shown(Network::bluesky, u"@acme.pds.example"_s, {})), QStringList{u"We are open"_s});
}

QByteArray ProofTest::byBrowser()
{
    FakeTransport transport;
    transport.add(m_bluesky);
    BlueskySignIn signIn(u"@acme.pds.example"_s, {&transport, &m_clock});
    connect(&signIn, &BlueskySignIn::authorize, this,
            [this](const QUrl &page) { visit(m_bluesky->decideInBrowser(page, u"acme"_s)); });
    return resultOf(signIn.start()).value_or(SignedIn()).token.reveal();
}

void ProofTest::browserShowsTheInbox()
{
    m_bluesky->post(u"mira"_s, u"@acme.pds.example a question"_s);
    const QByteArray secret = byBrowser();
    open();
    QCOMPARE(texts(shown(Network::bluesky, u"@acme.pds.example"_s, secret)),
             QStringList{u"@acme.pds.example a question"_s});
    QCOMPARE(m_bluesky->signIns().renewals(), 0);
}

/// Each counts once, and nobody keeps what a look before connecting would make of it.
void ProofTest::refreshTokensAreLeftAlone()
{
    m_bluesky->post(u"mira"_s, u"@acme.pds.example a question"_s);
    const QByteArray secret = byBrowser();
    m_bluesky->signIns().expireTokens();
    open();
    QCOMPARE(texts(shown(Network::bluesky, u"@acme.pds.example"_s, secret)), QStringList{word(ErrorKind::authExpired)});
    QCOMPARE(m_bluesky->signIns().renewals(), 0);
    // By our own clock too.
    m_clock.advance(std::chrono::hours(2));
    m_bluesky->setTime(m_clock.now());
    QVERIFY(!shown(Network::bluesky, u"@acme.pds.example"_s, secret));
    QCOMPARE(m_bluesky->signIns().renewals(), 0);
    // So it is as good as before for whoever keeps it.
    NewChannel wish;
    wish.finding.network = Network::bluesky;
    wish.finding.address = u"@acme.pds.example"_s;
    wish.secret = Secret(secret);
    wish.workSince = wish.horizon = m_clock.now() - std::chrono::days(1);
    const Result<ChannelId> channel = resultOf(m_session->channels().addChannel(wish));
    QVERIFY2(channel, channel ? "" : qPrintable(channel.error().detail));
    QCOMPARE(m_bluesky->signIns().renewals(), 1);
    const ChannelReport report = resultOf(m_session->channels().pull(*channel)).constFirst();
    QVERIFY2(!report.error, report.error ? qPrintable(report.error->detail) : "");
    QCOMPARE(report.messages, 1);
}

void ProofTest::heldCommentsAreShown()
{
    m_blog->setModerated(true);
    m_blog->addUser(u"desk"_s, u"Acme"_s, u"editor"_s, u"abcd efgh"_s);
    const qint64 post = m_blog->addPost(u"Our new blend"_s);
    m_blog->visitorComment(post, u"Mira"_s, u"Is it strong?"_s);
    open();
    const QString address = u"https://blog.example"_s;
    QCOMPARE(texts(shown(Network::wordpress, address, {})), QStringList());
    QCOMPARE(texts(shown(Network::wordpress, address, "abcd efgh", u"desk"_s)), QStringList{u"Is it strong?"_s});
    QCOMPARE(texts(shown(Network::wordpress, address, "wrong", u"desk"_s)), QStringList{word(ErrorKind::authExpired)});
}

QTEST_GUILESS_MAIN(ProofTest)
#include "tst_proof.moc"
