// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskybrowser.h"
#include "blueskynetwork.h"
#include "networks/blueskyconnector.h"
#include "networks/blueskysignin.h"
#include "tests/cli/controlprogram.h"
#include "tests/networks/await.h"
#include "tests/networks/browser.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>

using namespace Earshot;

/// Signing in through the real sign-in pages of a real server (tests/peers/bluesky/run), by plain HTTP on this machine.
class BlueskySignInPeerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void programSignsIn();
    void refusalIsTold();
    void anotherAccountIsRefused();
    void tokensAreRenewedAndCountOnce();
    void lostRenewalEndsTheSignIn();

private:
    [[nodiscard]] QString address(const char *name) const;
    [[nodiscard]] QUrl allow(const QUrl &page, const char *name);
    /// Signs the brand in. @return its secret
    [[nodiscard]] Result<SignedIn> enter();
    [[nodiscard]] Done pull(Secret &secret, HttpTransport &transport) const;

    BlueskyNetwork m_network;
    NetworkTransport m_transport;
    SystemClock m_clock;
};

namespace {

/// Carries everything, and loses the answer of one request.
class LosingTransport final : public HttpTransport
{
public:
    LosingTransport(HttpTransport &other, QString path)
        : m_other(other)
        , m_path(std::move(path))
    {
    }
    [[nodiscard]] QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override
    {
        const bool isLost = !m_hasLost && request.url.path() == m_path;
        const QFuture<Result<HttpAnswer>> future = m_other.exchange(std::move(request));
        if (!isLost)
            return future;
        // Refused for want of a nonce, it is not yet the one.
        const Result<HttpAnswer> answer = await(future);
        if (!answer || answer->status != 200)
            return readyFuture(answer);
        m_hasLost = true;
        return readyFuture(Result<HttpAnswer>(fail(ErrorKind::unsure, {})));
    }
    [[nodiscard]] bool hasLost() const { return m_hasLost; }

private:
    HttpTransport &m_other;
    QString m_path;
    bool m_hasLost = false;
};

/// A sign-in that has got its page, or ended without.
struct Asking
{
    Asking(const QString &address, const NetworkSetting &setting)
        : signIn(address, setting)
    {
        QObject::connect(&signIn, &BlueskySignIn::authorize, &signIn, [this](const QUrl &url) { page = url; });
        future = signIn.start();
        static_cast<void>(QTest::qWaitFor([this] { return !page.isEmpty() || future.isFinished(); }, 20'000));
    }
    BlueskySignIn signIn;
    QFuture<Result<SignedIn>> future;
    QUrl page;
};

/// The same sign-in with an access token that has ended by our clock.
Secret aged(const Secret &secret)
{
    BlueskyLogin login = BlueskyLogin::from(secret);
    login.accessEnds = timeFromMs(1);
    return login.toSecret();
}

} // namespace

QString BlueskySignInPeerTest::address(const char *name) const
{
    // By the name that it calls itself.
    return QStringLiteral("http://localhost:%1/profile/%2")
        .arg(QString::number(m_network.server().port()), m_network.account(name, "handle"));
}

void BlueskySignInPeerTest::initTestCase()
{
    if (qEnvironmentVariableIsEmpty("EARSHOT_BLUESKY_NETWORK"))
        QSKIP("no Bluesky network was started (tests/peers/bluesky/run)");
    QVERIFY(m_network.load());
}

QUrl BlueskySignInPeerTest::allow(const QUrl &page, const char *name)
{
    BlueskyBrowser browser;
    const QUrl back =
        browser.allow(page, m_network.account(name, "handle"), m_network.account(name, "accountPassword"));
    if (back.isEmpty())
        qWarning() << browser.problem();
    return back;
}

Result<SignedIn> BlueskySignInPeerTest::enter()
{
    const Asking asking(address("brand"), {.http = &m_transport, .clock = &m_clock});
    if (!asking.page.isEmpty())
        visit(allow(asking.page, "brand"));
    return await(asking.future);
}

Done BlueskySignInPeerTest::pull(Secret &secret, HttpTransport &transport) const
{
    ChannelAccess access;
    access.network = Network::bluesky;
    access.address = address("brand");
    access.secret = secret;
    access.keepSecret = [&secret](const Secret &renewed) { secret = renewed; };
    BlueskyConnector connector(access, NetworkSetting{.http = &transport, .clock = &m_clock});
    const Result<Page> page = await(connector.pull(Position()));
    return page ? Done() : Done(tl::unexpected(page.error()));
}

void BlueskySignInPeerTest::programSignsIn()
{
    const QString file = QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl");
    QVERIFY2(QFile::exists(file), "earshotctl is not built");
    const ControlProgram program(file);
    const QStringList keys{QStringLiteral("--key-file"), program.file(QStringLiteral("key"))};
    const auto run = [&](const QStringList &arguments) {
        return program.run(arguments + keys + QStringList{QStringLiteral("--json")});
    };
    QCOMPARE(program
                 .run({QStringLiteral("workspace"), QStringLiteral("create"), QStringLiteral("--admin"),
                       QStringLiteral("Kim")})
                 .exitCode,
             0);
    const auto adding = program.start(file, QStringList{QStringLiteral("channel"), QStringLiteral("add"),
                                                        address("brand"), QStringLiteral("--network"),
                                                        QStringLiteral("bluesky"), QStringLiteral("--browser")} +
                                                keys);
    QByteArray said;
    static const QRegularExpression pageIn(QStringLiteral("^(http://localhost:\\S+)$"),
                                           QRegularExpression::MultilineOption);
    QUrl page;
    QVERIFY2(QTest::qWaitFor(
                 [&] {
                     said += adding->readAllStandardError();
                     page = QUrl(pageIn.match(QString::fromUtf8(said)).captured(1));
                     return !page.isEmpty() || adding->state() == QProcess::NotRunning;
                 },
                 30'000),
             said.constData());
    QVERIFY2(!page.isEmpty(), said.constData());
    const QUrl back = allow(page, "brand");
    QCOMPARE(back.host(), QStringLiteral("127.0.0.1"));
    QVERIFY(visit(back).startsWith("HTTP/1.1 200"));
    QTRY_COMPARE_WITH_TIMEOUT(adding->state(), QProcess::NotRunning, 30'000);
    QVERIFY2(adding->exitCode() == 0, QByteArray(said + adding->readAllStandardError()).constData());

    // A channel like any other.
    const QJsonObject asked = m_network.post(QStringLiteral("@brand.test is the shop open?"));
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(asked), 15'000);
    const ControlAnswer pulled = run({QStringLiteral("pull")});
    QVERIFY2(pulled.exitCode == 0, pulled.err.constData());
    const QJsonArray inbox = run({QStringLiteral("inbox")}).array();
    QCOMPARE(inbox.size(), 1);
    const QString number = QString::number(inbox.first().toObject().value(QStringLiteral("number")).toInteger());
    QCOMPARE(run({QStringLiteral("reply"), number, QStringLiteral("Until eight."), QStringLiteral("--now")}).exitCode,
             0);
    const ControlAnswer delivered = run({QStringLiteral("deliver")});
    QVERIFY2(delivered.exitCode == 0, delivered.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(m_network.answersTo(asked).size(), 1, 15'000);
    // Nothing of it shows.
    for (const char *line : {"export --what all", "journal", "channel list", "outbox"}) {
        const ControlAnswer shown = run(QString::fromLatin1(line).split(QLatin1Char(' ')));
        QVERIFY2(shown.exitCode == 0 && !shown.out.contains("eyJ") && !shown.out.contains("ref-"), line);
    }
}

void BlueskySignInPeerTest::refusalIsTold()
{
    Asking asking(address("brand"), {.http = &m_transport, .clock = &m_clock});
    QVERIFY(!asking.page.isEmpty());
    BlueskyBrowser browser;
    const QUrl back = browser.deny(asking.page);
    QVERIFY2(!back.isEmpty(), qPrintable(browser.problem()));
    visit(back);
    QCOMPARE(await(asking.future).error().kind, ErrorKind::refused);
}

void BlueskySignInPeerTest::anotherAccountIsRefused()
{
    Asking asking(address("brand"), {.http = &m_transport, .clock = &m_clock});
    QVERIFY(!asking.page.isEmpty());
    BlueskyBrowser browser;
    const QUrl back = browser.allow(asking.page, m_network.account("customer", "handle"),
                                    m_network.account("customer", "accountPassword"));
    // The server may refuse it itself, as we named the account.
    if (back.isEmpty())
        QSKIP("this server lets only the named account sign in");
    visit(back);
    const Result<SignedIn> result = await(asking.future);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::permission);
}

void BlueskySignInPeerTest::tokensAreRenewedAndCountOnce()
{
    const Result<SignedIn> in = enter();
    QVERIFY2(in, in ? "" : qPrintable(in.error().detail));
    QCOMPARE(in->account.id, m_network.account("brand", "did"));
    QCOMPARE(in->account.handle, QStringLiteral("@brand.test"));
    Secret secret = in->token;
    QVERIFY(pull(secret, m_transport));
    QCOMPARE(secret.reveal(), in->token.reveal());
    const Secret old = secret = aged(secret);
    Done done = pull(secret, m_transport);
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QVERIFY(BlueskyLogin::from(secret).refresh != BlueskyLogin::from(old).refresh);
    QVERIFY(pull(secret, m_transport));
    // Somebody else with a copy, or we with a lost answer: the server ends the sign-in.
    Secret copy = old;
    done = pull(copy, m_transport);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::authExpired);
    secret = aged(secret);
    QCOMPARE(pull(secret, m_transport).error().kind, ErrorKind::authExpired);
}

void BlueskySignInPeerTest::lostRenewalEndsTheSignIn()
{
    const Result<SignedIn> in = enter();
    QVERIFY2(in, in ? "" : qPrintable(in.error().detail));
    Secret secret = aged(in->token);
    LosingTransport losing(m_transport, QStringLiteral("/oauth/token"));
    QCOMPARE(pull(secret, losing).error().kind, ErrorKind::transient);
    QVERIFY(losing.hasLost());
    QCOMPARE(pull(secret, losing).error().kind, ErrorKind::authExpired);
    const Result<SignedIn> again = enter();
    QVERIFY(again);
    secret = again->token;
    QVERIFY(pull(secret, losing));
}

QTEST_GUILESS_MAIN(BlueskySignInPeerTest)
#include "tst_blueskysignin.moc"
