// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskybench.h"
#include "browser.h"
#include "networks/blueskysignin.h"

#include <QUrlQuery>

using namespace Earshot;

class BlueskySignInTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void browserComesBack();
    void serverAloneIsEnough();
    void denialEndsIt();
    void strangersAreIgnored();
    void anotherAccountIsRefused();
    void serversThatLieAreRefused_data();
    void serversThatLieAreRefused();
    void failingRequestsAreTold();
    void noncesAndClocksChange();
    void tokensAreRenewed();
    void lostRenewalsEndCleanly();
    void answerIsSentOnceWhateverFails();
    void destroyedEarly();
};

namespace {

struct Meeting
{
    Meeting() = default;
    void start(const QString &address = QStringLiteral("@brand.pds.example"))
    {
        signIn =
            std::make_unique<BlueskySignIn>(address, NetworkSetting{.http = &bench.transport, .clock = &bench.clock});
        QObject::connect(signIn.get(), &BlueskySignIn::authorize, signIn.get(),
                         [this](const QUrl &url) { page = url; });
        future = signIn->start();
        static_cast<void>(QTest::qWaitFor([this] { return !page.isEmpty() || future.isFinished(); }, 30'000));
    }
    void allow(const QString &name = QStringLiteral("brand")) { visit(bench.server->decideInBrowser(page, name)); }
    /// The bench's channel is signed in from now on by what the browser brought.
    void enter()
    {
        start();
        allow();
        bench.access.secret = await(future).value_or(SignedIn()).token;
        bench.restart();
    }
    BlueskyBench bench;
    std::unique_ptr<BlueskySignIn> signIn;
    QFuture<Result<SignedIn>> future;
    QUrl page;
};

} // namespace

void BlueskySignInTest::browserComesBack()
{
    Meeting meeting;
    meeting.start();
    QVERIFY(!meeting.page.isEmpty());
    QCOMPARE(meeting.page.host(), QStringLiteral("pds.example"));
    // The browser carries nothing but the name of the request.
    const QUrlQuery query(meeting.page);
    QCOMPARE(query.queryItems().size(), 2);
    QVERIFY(query.queryItemValue(QStringLiteral("client_id"), QUrl::FullyDecoded)
                .startsWith(QLatin1StringView("http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback")));
    const QUrl back = meeting.bench.server->decideInBrowser(meeting.page, QStringLiteral("brand"));
    const QByteArray shown = visit(back);
    QVERIFY(shown.startsWith("HTTP/1.1 200"));
    QVERIFY(!shown.contains(QUrlQuery(back).queryItemValue(QStringLiteral("code")).toLatin1()));
    const Result<SignedIn> result = await(meeting.future);
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->account.handle, QStringLiteral("@brand.pds.example"));
    QCOMPARE(result->account.id, meeting.bench.server->didOf(QStringLiteral("brand")));
    QVERIFY(BlueskyLogin::from(result->token).isOAuth());
    QCOMPARE(meeting.bench.server->logins(), 0);

    // What came of it is a channel like any other, also after a restart.
    BlueskyBench &bench = meeting.bench;
    bench.access.secret = result->token;
    bench.restart();
    const QString asked = bench.server->post(QStringLiteral("mira"), QStringLiteral("@brand.pds.example hello"));
    QVERIFY(bench.pull());
    const Result<Outgoing> answer = bench.answerTo(asked, QStringLiteral("Hello!"));
    QVERIFY(answer);
    QVERIFY(await(bench.connector->deliver(*answer)));
    QCOMPARE(bench.answersTo(asked), QStringList{QStringLiteral("Hello!")});
    QCOMPARE(bench.server->logins(), 0);
}

void BlueskySignInTest::serverAloneIsEnough()
{
    Meeting meeting;
    meeting.start(QStringLiteral("https://pds.example"));
    meeting.allow();
    const Result<SignedIn> result = await(meeting.future);
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->account.handle, QStringLiteral("@brand.pds.example"));

    // The account that it names must live there by its own document.
    Meeting lied;
    lied.start(QStringLiteral("https://pds.example"));
    lied.bench.server->signIns().setWrongOwner(QStringLiteral("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"));
    lied.allow();
    QCOMPARE(await(lied.future).error().kind, ErrorKind::notFound);
}

void BlueskySignInTest::denialEndsIt()
{
    Meeting meeting;
    meeting.start();
    visit(meeting.bench.server->decideInBrowser(meeting.page, QStringLiteral("brand"), false));
    QCOMPARE(await(meeting.future).error().kind, ErrorKind::refused);
}

void BlueskySignInTest::strangersAreIgnored()
{
    Meeting meeting;
    meeting.start();
    const QUrl back = meeting.bench.server->decideInBrowser(meeting.page, QStringLiteral("brand"));
    QUrl forged = back;
    forged.setQuery(QStringLiteral("code=stolen&state=guessed&iss=https%3A%2F%2Fpds.example"));
    visit(forged);
    QVERIFY(!meeting.future.isFinished());
    visit(back);
    QVERIFY(await(meeting.future));

    // Our state, but another server's name: somebody mixes two sign-ins.
    Meeting mixed;
    mixed.start();
    QUrl other = mixed.bench.server->decideInBrowser(mixed.page, QStringLiteral("brand"));
    other.setQuery(
        other.query(QUrl::FullyEncoded).replace(QLatin1StringView("pds.example"), QLatin1StringView("evil.example")));
    visit(other);
    QCOMPARE(await(mixed.future).error().kind, ErrorKind::permission);
}

void BlueskySignInTest::anotherAccountIsRefused()
{
    Meeting meeting;
    meeting.start();
    meeting.allow(QStringLiteral("mira"));
    const Result<SignedIn> result = await(meeting.future);
    QCOMPARE(result.error().kind, ErrorKind::permission);
    QVERIFY(result.error().detail.contains(meeting.bench.server->didOf(QStringLiteral("mira"))));
}

void BlueskySignInTest::serversThatLieAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](const char *name, const QJsonValue &value, ErrorKind kind) {
        QTest::newRow(name) << QString::fromLatin1(name) << value << kind;
    };
    row("issuer", QStringLiteral("https://evil.example"), ErrorKind::malformed);
    row("resource", QStringLiteral("https://evil.example"), ErrorKind::malformed);
    row("token_endpoint", QStringLiteral("http://pds.example/oauth/token"), ErrorKind::malformed);
    row("pushed_authorization_request_endpoint", QString(), ErrorKind::malformed);
    row("dpop_signing_alg_values_supported", QJsonArray{QStringLiteral("RS256")}, ErrorKind::unsupported);
    row("code_challenge_methods_supported", QJsonArray{QStringLiteral("plain")}, ErrorKind::unsupported);
    row("authorization_response_iss_parameter_supported", false, ErrorKind::unsupported);
}

void BlueskySignInTest::serversThatLieAreRefused()
{
    QFETCH(const QString, name);
    QFETCH(const QJsonValue, value);
    QFETCH(const ErrorKind, kind);
    Meeting meeting;
    meeting.bench.server->signIns().setMetadata(name, value);
    meeting.start();
    QVERIFY(meeting.page.isEmpty());
    QCOMPARE(await(meeting.future).error().kind, kind);
}

void BlueskySignInTest::failingRequestsAreTold()
{
    Meeting none;
    none.bench.server->signIns().setOffered(false);
    none.start();
    QCOMPARE(await(none.future).error().kind, ErrorKind::unsupported);
    Meeting nowhere;
    nowhere.start(QStringLiteral("no address"));
    QCOMPARE(await(nowhere.future).error().kind, ErrorKind::invalid);

    // Each request fails in each way: always the future ends, and a page that was opened is one that can be followed.
    int survived = 0;
    for (const Trouble trouble : {Trouble::refused, Trouble::answerLost, Trouble::serverError, Trouble::garbage}) {
        bool isMet = true;
        for (int k = 0; isMet && k < 40; ++k) {
            Meeting meeting;
            meeting.bench.transport.setTrouble(k, trouble);
            meeting.start();
            if (!meeting.page.isEmpty())
                meeting.allow();
            const Result<SignedIn> result = await(meeting.future);
            survived += result ? 1 : 0;
            QVERIFY(result || result.error().kind != ErrorKind::unknown || trouble == Trouble::garbage);
            QVERIFY(result || result.error().kind != ErrorKind::unsure);
            isMet = int(meeting.bench.transport.requests().size()) > k;
        }
        QVERIFY(!isMet);
    }
    QVERIFY(survived >= 4);
}

void BlueskySignInTest::noncesAndClocksChange()
{
    // Our clock is an hour behind: a server's own Date mends it.
    Meeting meeting;
    meeting.bench.clock.value -= std::chrono::hours(1);
    meeting.enter();
    QVERIFY(!meeting.bench.access.secret.isEmpty());
    QVERIFY(meeting.bench.pull());
    // Another nonce in the middle of work costs a repeat, nothing else.
    BlueskyBench &bench = meeting.bench;
    const QString asked = bench.server->post(QStringLiteral("mira"), QStringLiteral("@brand.pds.example hello"));
    QVERIFY(bench.pull());
    const Result<Outgoing> answer = bench.answerTo(asked, QStringLiteral("Hello!"));
    QVERIFY(answer);
    bench.server->signIns().changeNonce();
    QVERIFY(await(bench.connector->deliver(*answer)));
    bench.server->signIns().changeNonce();
    QVERIFY(bench.pull());
    QCOMPARE(bench.answersTo(asked).size(), 1);
}

void BlueskySignInTest::tokensAreRenewed()
{
    Meeting meeting;
    meeting.enter();
    BlueskyBench &bench = meeting.bench;
    QVERIFY(bench.pull());
    QCOMPARE(bench.server->signIns().renewals(), 0);
    // Before they end by the clock.
    bench.clock.value += std::chrono::minutes(59);
    bench.server->setTime(bench.clock.value);
    QVERIFY(bench.pull());
    QCOMPARE(bench.server->signIns().renewals(), 1);
    // And when the server says so before.
    bench.server->signIns().expireTokens();
    QVERIFY(bench.pull());
    QCOMPARE(bench.server->signIns().renewals(), 2);
    // What was renewed lies in the keychain: the next start needs no third.
    bench.restart();
    QVERIFY(bench.pull());
    QCOMPARE(bench.server->signIns().renewals(), 2);
    // Signed out over there.
    bench.server->signIns().endSessions();
    QCOMPARE(bench.pull().error().kind, ErrorKind::authExpired);
}

void BlueskySignInTest::lostRenewalsEndCleanly()
{
    // The request does not arrive: the old token is as good as before.
    Meeting meeting;
    meeting.enter();
    BlueskyBench &bench = meeting.bench;
    QVERIFY(bench.pull());
    bench.clock.value += std::chrono::hours(2);
    bench.server->setTime(bench.clock.value);
    bench.transport.setTrouble(0, Trouble::refused);
    QCOMPARE(bench.pull().error().kind, ErrorKind::transient);
    QVERIFY(bench.pull());

    // The server did it, and its answer is lost: the token that we hold was for once. That is told as what it is.
    bench.clock.value += std::chrono::hours(2);
    bench.server->setTime(bench.clock.value);
    bench.transport.setTrouble(0, Trouble::answerLost);
    QCOMPARE(bench.pull().error().kind, ErrorKind::transient);
    QCOMPARE(bench.pull().error().kind, ErrorKind::authExpired);
    // Signing in again is all it takes.
    meeting.page.clear();
    meeting.enter();
    QVERIFY(bench.pull());
}

void BlueskySignInTest::answerIsSentOnceWhateverFails()
{
    for (const Trouble trouble : {Trouble::refused, Trouble::answerLost, Trouble::serverError}) {
        for (int k = 0;; ++k) {
            Meeting meeting;
            meeting.enter();
            BlueskyBench &bench = meeting.bench;
            const QString asked =
                bench.server->post(QStringLiteral("mira"), QStringLiteral("@brand.pds.example hello"));
            QVERIFY(bench.pull());
            const Result<Outgoing> answer = bench.answerTo(asked, QStringLiteral("Hello!"));
            QVERIFY(answer);
            bench.transport.forgetRequests();
            bench.transport.setTrouble(k, trouble);
            bench.restart();
            Result<Delivered> delivered = await(bench.connector->deliver(*answer));
            const bool isMet = int(bench.transport.requests().size()) > k;
            QVERIFY(delivered || delivered.error().kind == ErrorKind::unsure ||
                    delivered.error().kind == ErrorKind::transient);
            QVERIFY(bench.answersTo(asked).size() <= 1);
            if (!delivered && delivered.error().kind == ErrorKind::transient)
                QCOMPARE(bench.answersTo(asked).size(), 0);
            if (!delivered)
                QVERIFY(await(bench.connector->deliver(*answer)));
            QCOMPARE(bench.answersTo(asked).size(), 1);
            if (!isMet)
                break;
        }
    }
}

void BlueskySignInTest::destroyedEarly()
{
    Meeting meeting;
    meeting.start();
    meeting.signIn.reset();
    QVERIFY(meeting.future.isFinished());
    QCOMPARE(meeting.future.result().error().kind, ErrorKind::cancelled);
}

QTEST_GUILESS_MAIN(BlueskySignInTest)
#include "tst_blueskysignin.moc"
