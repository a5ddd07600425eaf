// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "browser.h"
#include "mastodonbench.h"
#include "networks/mastodonsignin.h"

#include <QUrlQuery>

using namespace Earshot;
using Dialect = FakeMastodon::Dialect;

class MastodonSignInTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void proofFollowsTheStandard();
    void browserComesBack();
    void denialWithAndWithoutState();
    void strangersAreIgnored();
    void codeByHand();
    void timeRunsOut();
    void failingRequestsAreTold();
    void destroyedEarly();
};

struct Meeting
{
    explicit Meeting(Dialect dialect = Dialect::mastodon)
        : bench(dialect)
    {
    }
    void start(MastodonSignIn::Way way = MastodonSignIn::Way::browser)
    {
        signIn = std::make_unique<MastodonSignIn>(QStringLiteral("@brand@social.example"),
                                                  NetworkSetting{.http = &bench.transport, .clock = &bench.clock});
        QObject::connect(signIn.get(), &MastodonSignIn::authorize, signIn.get(),
                         [this](const QUrl &url) { page = url; });
        future = signIn->start(way);
    }
    MastodonBench bench;
    std::unique_ptr<MastodonSignIn> signIn;
    QFuture<Result<SignedIn>> future;
    QUrl page;
};

void MastodonSignInTest::proofFollowsTheStandard()
{
    // RFC 7636, appendix B.
    QCOMPARE(challengeFor("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
             QByteArray("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    const Pkce pkce = makePkce();
    QCOMPARE(pkce.verifier.size(), 43);
    QCOMPARE(pkce.challenge, challengeFor(pkce.verifier));
    QVERIFY(makeNonce() != makeNonce());
}

void MastodonSignInTest::browserComesBack()
{
    for (const Dialect dialect : {Dialect::mastodon, Dialect::goToSocial, Dialect::hollo, Dialect::snac}) {
        Meeting meeting(dialect);
        meeting.start();
        QTRY_VERIFY(!meeting.page.isEmpty());
        QCOMPARE(meeting.page.host(), QStringLiteral("social.example"));
        const QUrlQuery query(meeting.page);
        QCOMPARE(query.queryItemValue(QStringLiteral("code_challenge_method")), QStringLiteral("S256"));
        const QUrl back = meeting.bench.server->decideInBrowser(meeting.page, QStringLiteral("brand"));
        QCOMPARE(back.host(), QStringLiteral("127.0.0.1"));
        const QByteArray shown = visit(back);
        QVERIFY(shown.startsWith("HTTP/1.1 200"));
        QVERIFY(!shown.contains("not signed in"));
        QVERIFY(!shown.contains(QUrlQuery(back).queryItemValue(QStringLiteral("code")).toLatin1()));
        const Result<SignedIn> result = await(meeting.future);
        QVERIFY(result);
        QCOMPARE(result->token.reveal(), FakeMastodon::tokenOf(QStringLiteral("brand")));
        QCOMPARE(result->account.handle, QStringLiteral("@brand@social.example"));
        QCOMPARE(result->account.baseUrl, QUrl(QStringLiteral("https://social.example")));
    }
}

void MastodonSignInTest::denialWithAndWithoutState()
{
    for (const Dialect dialect : {Dialect::mastodon, Dialect::hollo}) {
        Meeting meeting(dialect);
        meeting.start();
        QTRY_VERIFY(!meeting.page.isEmpty());
        const QByteArray shown =
            visit(meeting.bench.server->decideInBrowser(meeting.page, QStringLiteral("brand"), false));
        QVERIFY2(shown.contains("not signed in"), shown.constData());
        const Result<SignedIn> result = await(meeting.future);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::refused);
    }
}

void MastodonSignInTest::strangersAreIgnored()
{
    Meeting meeting;
    meeting.start();
    QTRY_VERIFY(!meeting.page.isEmpty());
    const QUrl back = meeting.bench.server->decideInBrowser(meeting.page, QStringLiteral("brand"));
    QUrl forged = back;
    forged.setQuery(QStringLiteral("code=stolen&state=guessed"));
    visit(forged);
    forged.setQuery(QStringLiteral("error=access_denied&state=guessed"));
    visit(forged);
    QUrl elsewhere = back;
    elsewhere.setPath(QStringLiteral("/favicon.ico"));
    QVERIFY(visit(elsewhere).startsWith("HTTP/1.1 404"));
    QVERIFY(!meeting.future.isFinished());
    visit(back);
    QVERIFY(await(meeting.future));
}

void MastodonSignInTest::codeByHand()
{
    Meeting meeting;
    meeting.start(MastodonSignIn::Way::code);
    QTRY_VERIFY(!meeting.page.isEmpty());
    meeting.signIn->enterCode(QStringLiteral(" ") +
                              meeting.bench.server->codeFor(meeting.page, QStringLiteral("brand")));
    QVERIFY(await(meeting.future));

    Meeting wrong;
    wrong.start(MastodonSignIn::Way::code);
    QTRY_VERIFY(!wrong.page.isEmpty());
    wrong.signIn->enterCode(QStringLiteral("nonsense"));
    QCOMPARE(await(wrong.future).error().kind, ErrorKind::authExpired);
}

void MastodonSignInTest::timeRunsOut()
{
    MastodonBench bench;
    MastodonSignIn signIn(QStringLiteral("social.example"),
                          NetworkSetting{.http = &bench.transport, .clock = &bench.clock});
    signIn.setTimeLimit(Duration(1));
    QCOMPARE(await(signIn.start()).error().kind, ErrorKind::tryAgain);
}

void MastodonSignInTest::failingRequestsAreTold()
{
    // Registering, the token, the server's facts, the account: each may fail, and always the future ends.
    for (const Trouble trouble : {Trouble::refused, Trouble::answerLost, Trouble::serverError, Trouble::garbage}) {
        for (int k = 0; k < 4; ++k) {
            Meeting meeting;
            meeting.bench.transport.setTrouble(k, trouble);
            meeting.start();
            QTRY_VERIFY(!meeting.page.isEmpty() || meeting.future.isFinished());
            QCOMPARE(meeting.page.isEmpty(), k == 0);
            if (k > 0)
                visit(meeting.bench.server->decideInBrowser(meeting.page, QStringLiteral("brand")));
            // Who answers v2 of the server's facts with a page of its own is asked for v1.
            const bool isSurvived = trouble == Trouble::garbage && k == 2;
            QCOMPARE(await(meeting.future).has_value(), isSurvived);
        }
    }
    MastodonBench bench;
    MastodonSignIn signIn(QStringLiteral("no address"),
                          NetworkSetting{.http = &bench.transport, .clock = &bench.clock});
    QCOMPARE(await(signIn.start()).error().kind, ErrorKind::invalid);
}

void MastodonSignInTest::destroyedEarly()
{
    Meeting meeting;
    meeting.start();
    meeting.signIn.reset();
    QVERIFY(meeting.future.isFinished());
    QCOMPARE(meeting.future.result().error().kind, ErrorKind::cancelled);
}

QTEST_GUILESS_MAIN(MastodonSignInTest)
#include "tst_mastodonsignin.moc"
