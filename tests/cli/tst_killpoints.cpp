// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakemastodon.h"
#include "fakes/fakesite.h"
#include "fakes/fakewordpress.h"
#include "tests/cli/controlprogram.h"
#include "tests/cli/networkserver.h"

#include <QEventLoop>
#include <QProcess>
#include <QSet>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace Earshot;

namespace {

enum class Where { mastodon, wordpress, feed };

constexpr int perPage = 3;    ///< of the account and of the feed
constexpr int questions = 10; ///< there
constexpr int comments = 230; ///< on the site, whose pages hold a hundred
const QString ours = QStringLiteral("We look into it.");

QString key(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// The real program in a home of its own, with a channel to one network on loopback.
class KilledDesk
{
public:
    explicit KilledDesk(Where where);

    ControlAnswer run(const QStringList &words, bool isJson = true) const;
    ControlAnswer run(const char *line) const { return run(key(line).split(QLatin1Char(' '))); }
    /// Runs it and kills it (SIGKILL) when the k-th of the requests that matter has arrived whole, before it is
    /// answered. @return whether it came to that
    [[nodiscard]] bool killAt(int k, const QStringList &words);
    void askOnceMore();
    [[nodiscard]] int asked() const { return m_asked; }
    /// How many different questions the workspace holds; -1 when one is there twice.
    [[nodiscard]] int stored() const;
    [[nodiscard]] int published() const;
    [[nodiscard]] QString verdict() const;

    ControlProgram program{QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl")};

private:
    void serveMastodon();
    void serveWordPress();
    void serveFeed();
    /// A page of the walk, or our post.
    [[nodiscard]] bool matters(const HttpRequest &request) const;
    [[nodiscard]] QStringList withKey(QStringList words) const
    {
        return words << key("--key-file") << program.file(key("key"));
    }

    Where m_where;
    int m_asked = 0;
    SystemClock m_clock;
    NetworkServer m_server;
    std::shared_ptr<FakeMastodon> m_mastodon;
    std::shared_ptr<FakeWordPress> m_wordpress;
    std::shared_ptr<FakeSite> m_site;
    qint64 m_post = 0;
    QStringList m_address;
};

KilledDesk::KilledDesk(Where where)
    : m_where(where)
{
    if (where == Where::mastodon)
        serveMastodon();
    else if (where == Where::wordpress)
        serveWordPress();
    else
        serveFeed();
    for (int i = where == Where::wordpress ? comments : questions; i > 0; --i)
        askOnceMore();
    run("workspace create");
    run(key("channel add").split(QLatin1Char(' ')) + m_address +
        key("--work-since 2020-01-01").split(QLatin1Char(' ')));
}

void KilledDesk::serveMastodon()
{
    m_mastodon = std::make_shared<FakeMastodon>(m_server.host(), FakeMastodon::Dialect::goToSocial);
    m_mastodon->setTime(m_clock.now());
    m_mastodon->setLargestPage(perPage);
    m_mastodon->addPerson(key("acme"));
    m_server.serve(m_mastodon);
    program.writeFile(key("token"), FakeMastodon::tokenOf(key("acme")));
    m_address = {key("@acme@") + m_server.host(), key("--network"), key("mastodon"), key("--token-file"),
                 program.file(key("token"))};
}

void KilledDesk::serveWordPress()
{
    m_wordpress = std::make_shared<FakeWordPress>(m_server.host(), m_clock);
    m_wordpress->addUser(key("brand"), key("Lantern"), key("editor"), key("pw"));
    m_post = m_wordpress->addPost(key("Winter"));
    m_server.servePlainly(m_wordpress);
    program.writeFile(key("password"), "pw");
    m_address = {key("http://%1/").arg(m_server.host()),
                 key("--network"),
                 key("wordpress"),
                 key("--user"),
                 key("brand"),
                 key("--password-file"),
                 program.file(key("password"))};
}

void KilledDesk::serveFeed()
{
    m_site = std::make_shared<FakeSite>(m_server.host(), &m_clock);
    m_site->setPaging(true);
    m_site->setWindow(perPage);
    m_post = m_site->addPost(key("Winter"), key("<p>New!</p>"));
    m_server.servePlainly(m_site);
    m_address = {key("http://%1/comments/feed/").arg(m_server.host()), key("--network"), key("feed")};
}

void KilledDesk::askOnceMore()
{
    const QString text = key("question number %1.").arg(++m_asked);
    const QString who = key("person%1").arg(m_asked);
    if (m_mastodon) {
        m_mastodon->addPerson(who);
        m_mastodon->post(who, key("@acme ") + text);
    } else if (m_wordpress) {
        m_wordpress->visitorComment(m_post, who, text);
    } else {
        m_site->addComment(int(m_post), who, text);
    }
}

ControlAnswer KilledDesk::run(const QStringList &words, bool isJson) const
{
    return program.run(withKey(words) + (isJson ? QStringList(key("--json")) : QStringList()));
}

bool KilledDesk::matters(const HttpRequest &request) const
{
    const QString path = request.url.path();
    if (m_where == Where::mastodon)
        return path == key("/api/v1/notifications") || (request.method == "POST" && path == key("/api/v1/statuses"));
    if (m_where == Where::wordpress)
        return path.endsWith(key("/wp/v2/comments"));
    return path == key("/comments/feed/");
}

bool KilledDesk::killAt(int k, const QStringList &words)
{
    QEventLoop loop;
    std::unique_ptr<QProcess> process;
    const bool isPost = words.first() == key("deliver");
    int left = k;
    bool hasLanded = false;
    m_server.setWatch([&](const HttpRequest &request) {
        if (matters(request) && (request.method == "POST") == isPost && left-- == 0)
            hasLanded = ::kill(pid_t(process->processId()), SIGKILL) == 0;
        return NetworkServer::Fate::answered;
    });
    process = program.start(QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl"), withKey(words));
    QObject::connect(process.get(), &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(std::chrono::seconds(60), &loop, &QEventLoop::quit);
    loop.exec();
    m_server.setWatch({});
    return hasLanded && process->exitStatus() == QProcess::CrashExit;
}

int KilledDesk::stored() const
{
    QStringList texts;
    const QList<QByteArray> lines = run(key("export --what messages").split(QLatin1Char(' ')), false).out.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype at = line.indexOf("question number ");
        if (at >= 0)
            texts.append(QString::fromUtf8(line.mid(at, line.indexOf('.', at) - at)));
    }
    const qsizetype all = texts.size();
    return texts.removeDuplicates() == 0 ? int(all) : -1;
}

int KilledDesk::published() const
{
    int count = 0;
    if (m_mastodon) {
        const QStringList posts = m_mastodon->postsOf(key("acme"));
        for (const QString &id : posts)
            count += m_mastodon->textOfPost(id).contains(ours) ? 1 : 0;
    } else {
        for (const FakeWordPressComment &comment : m_wordpress->comments())
            count += comment.raw == ours ? 1 : 0;
    }
    return count;
}

QString KilledDesk::verdict() const
{
    const ControlAnswer verified = run("workspace verify");
    return verified.exitCode == 0 ? QString() : QString::fromUtf8(verified.out + verified.err);
}

/// The real program is killed at every point that matters, each known to be hit; a full disk is met at every size.
/// Nothing is lost or there twice, and nothing is published twice.
class KillPointsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pullIsKilledAtEachPage_data() { networks(); }
    void pullIsKilledAtEachPage();
    void deliveryIsKilledBeforeTheAnswer_data();
    void deliveryIsKilledBeforeTheAnswer();
    void diskIsFullWhilePulling_data() { networks(); }
    void diskIsFullWhilePulling();

private:
    static void networks();
    static Where where();
};

void KillPointsTest::networks()
{
    QTest::addColumn<int>("where");
    QTest::newRow("mastodon") << int(Where::mastodon);
    QTest::newRow("wordpress") << int(Where::wordpress);
    QTest::newRow("feed") << int(Where::feed);
}

Where KillPointsTest::where()
{
    QFETCH(int, where);
    return static_cast<Where>(where);
}

void KillPointsTest::pullIsKilledAtEachPage()
{
    int landed = 0;
    int midway = 0;
    for (bool hasLanded = true; hasLanded;) {
        KilledDesk desk(where());
        hasLanded = desk.killAt(landed, {key("pull")});
        if (!hasLanded)
            break;
        const int kept = desk.stored();
        QVERIFY(kept >= 0);
        midway += kept > 0 && kept < desk.asked() ? 1 : 0;
        // What is newer than the interrupted walk must not hide what is older.
        desk.askOnceMore();
        const ControlAnswer pulled = desk.run("pull");
        QVERIFY2(pulled.exitCode == 0, pulled.err.constData());
        QCOMPARE(desk.run("pull").exitCode, 0);
        QCOMPARE(desk.stored(), desk.asked());
        QCOMPARE(desk.verdict(), QString());
        ++landed;
    }
    qInfo("killed at %d pages, %d times between two", landed, midway);
    QVERIFY2(landed >= 3, qPrintable(QString::number(landed)));
    QVERIFY2(midway >= 2, qPrintable(QString::number(midway)));
}

void KillPointsTest::deliveryIsKilledBeforeTheAnswer_data()
{
    // A feed cannot be answered.
    QTest::addColumn<int>("where");
    QTest::newRow("mastodon") << int(Where::mastodon);
    QTest::newRow("wordpress") << int(Where::wordpress);
}

void KillPointsTest::deliveryIsKilledBeforeTheAnswer()
{
    KilledDesk desk(where());
    QCOMPARE(desk.run("pull").exitCode, 0);
    const ControlAnswer replied = desk.run({key("reply"), key("1"), ours, key("--now")});
    QVERIFY2(replied.exitCode == 0, replied.err.constData());
    QVERIFY(desk.killAt(0, {key("deliver")}));
    // The network has it, and nobody here knows.
    QCOMPARE(desk.published(), 1);
    const QJsonArray waiting = desk.run("outbox").array();
    QCOMPARE(waiting.size(), 1);
    QCOMPARE(waiting.first().toObject().value(key("state")).toString(), key("sending"));
    // It comes back as a message of the network, and is recognised.
    const ControlAnswer pulled = desk.run("pull");
    QVERIFY2(pulled.exitCode == 0, pulled.err.constData());
    QCOMPARE(desk.run("outbox").array().size(), 0);
    QCOMPARE(desk.run("deliver").exitCode, 0);
    QCOMPARE(desk.published(), 1);
    const QJsonArray messages = desk.run("show 1").object().value(key("messages")).toArray();
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages.last().toObject().value(key("delivery")).toString(), key("sent"));
    QCOMPARE(desk.verdict(), QString());
}

void KillPointsTest::diskIsFullWhilePulling()
{
    KilledDesk desk(where());
    const QStringList pull{key("pull"), key("--json"), key("--key-file"), desk.program.file(key("key"))};
    int failures = 0;
    QSet<int> codes;
    for (const qint64 limit : {0, 4096, 8192, 16'384, 32'768, 49'152, 65'536, 98'304, 131'072, 262'144}) {
        const ControlAnswer pulled = desk.program.runOnFullDisk(pull, limit);
        failures += pulled.exitCode == 0 ? 0 : 1;
        codes.insert(pulled.exitCode);
        QVERIFY2(pulled.exitCode == 0 || !pulled.errorKind().isEmpty(), pulled.err.constData());
        QVERIFY(desk.stored() >= 0);
    }
    QVERIFY(failures > 0);
    QVERIFY(codes.contains(8));
    const ControlAnswer pulled = desk.run("pull");
    QVERIFY2(pulled.exitCode == 0, pulled.err.constData());
    QCOMPARE(desk.stored(), desk.asked());
    QCOMPARE(desk.verdict(), QString());
}

QTEST_GUILESS_MAIN(KillPointsTest)
#include "tst_killpoints.moc"
