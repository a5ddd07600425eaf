// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/courierworker.h"
#include "courierworld.h"
#include "workspace/queries.h"
#include "workspace/settingstore.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;
using namespace std::chrono_literals;

namespace {

/// Hands on to fakes; the requests that a test wants to hold back stay unanswered until it lets them go.
class PatientTransport final : public HttpTransport
{
public:
    void add(std::shared_ptr<FakeNetwork> network) { m_fakes.add(std::move(network)); }
    [[nodiscard]] FakeTransport &fakes() { return m_fakes; }
    /// Requests to this host, or with this in their path, are held back; nothing = none.
    void holdBack(const QString &what) { m_held = what; }
    [[nodiscard]] int heldCount() const { return int(m_waiting.size()); }
    [[nodiscard]] int requestCount() const { return m_requests; }

    void letGo()
    {
        m_held.clear();
        for (const auto &[request, promise] : std::exchange(m_waiting, {})) {
            m_fakes.exchange(request).then([answer = promise](const Result<HttpAnswer> &result) {
                answer->addResult(result);
                answer->finish();
            });
        }
    }

    [[nodiscard]] QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override
    {
        ++m_requests;
        const bool isHeld = !m_held.isEmpty() && (request.url.host() == m_held || request.url.path().contains(m_held));
        if (!isHeld)
            return m_fakes.exchange(std::move(request));
        auto promise = std::make_shared<QPromise<Result<HttpAnswer>>>();
        promise->start();
        m_waiting.emplace_back(std::move(request), promise);
        return promise->future();
    }

private:
    FakeTransport m_fakes;
    QString m_held;
    std::vector<std::pair<HttpRequest, std::shared_ptr<QPromise<Result<HttpAnswer>>>>> m_waiting;
    int m_requests = 0;
};

/// A desktop's courier on the test's thread: runners for all channels of a workspace, on their schedules.
class Schedule
{
public:
    explicit Schedule(bool isScheduled)
        : m_isScheduled(isScheduled)
    {
        addServer(QStringLiteral("social.example"));
        const Done made = Workspace::create(path(), QStringLiteral("Ana"), clock);
        Q_ASSERT(made);
        open();
        setUndoWindow(0s);
        connectChannel(QStringLiteral("social.example"));
    }
    ~Schedule() { endProcess(); }

    [[nodiscard]] QString path() const { return folder.filePath(QStringLiteral("w.earshot")); }
    [[nodiscard]] FakeMastodon &server(int i = 0) { return *servers.at(size_t(i)); }

    void addServer(const QString &host)
    {
        servers.push_back(std::make_shared<FakeMastodon>(host));
        servers.back()->setTime(clock.now());
        servers.back()->addPerson(QStringLiteral("acme"));
        servers.back()->addPerson(QStringLiteral("mira"));
    }
    void open()
    {
        workspace = std::move(Workspace::open(path(), Workspace::Access::owner, clock).value());
        desk = std::make_unique<LocalDesk>(*workspace, AgentId(1));
    }
    void beginProcess()
    {
        if (!workspace)
            open();
        auto http = std::make_unique<PatientTransport>();
        transport = http.get();
        for (const auto &network : servers)
            http->add(network);
        CourierWorker::Setting setting;
        setting.workspace = workspace.get();
        setting.http = std::move(http);
        setting.secrets = makeMemoryStore();
        setting.isOwner = true;
        setting.isScheduled = m_isScheduled;
        setting.tellsPauses = tellsPauses;
        worker = std::make_unique<CourierWorker>(std::move(setting));
        QObject::connect(desk.get(), &Desk::changed, worker.get(), [this](const CommitNotice &notice) {
            if (notice.hasChannels)
                worker->reload();
            if (notice.hasDeliveries)
                worker->lookForDeliveries();
        });
        transport->holdBack(holdAtStart);
        worker->start();
        for (const ChannelId channel : std::as_const(channels))
            Q_ASSERT(resultOf(worker->keepSecret(channel, Secret(FakeMastodon::tokenOf(QStringLiteral("acme"))))));
    }
    void endProcess()
    {
        worker.reset();
        transport = nullptr;
        desk.reset();
        workspace.reset();
    }
    /// Ends the process. @return whether there is a copy in the file's place
    [[nodiscard]] bool becomeCopy()
    {
        const QString copy = folder.filePath(QStringLiteral("copy.earshot"));
        endProcess();
        return QFile::copy(path(), copy) && QFile::remove(path()) && QFile::rename(copy, path());
    }
    ChannelId connectChannel(const QString &host)
    {
        Act::AddChannel add;
        add.network = Network::mastodon;
        add.address = QStringLiteral("@acme@") + host;
        add.workSince = clock.now() - std::chrono::days(1);
        add.horizon = clock.now() - std::chrono::days(30);
        channels.append(ChannelId(act(add).created));
        return channels.constLast();
    }
    Outcome act(ActionArguments arguments)
    {
        return resultOf(desk->perform({makeAction(std::move(arguments), clock.now())})).constFirst();
    }
    QString ask(int i = 0)
    {
        server(i).setTime(clock.now());
        return server(i).post(QStringLiteral("mira"), QStringLiteral("@acme it broke"));
    }
    DeliveryId reply(const QString &text)
    {
        Act::SendReply reply;
        reply.conversation = ConversationId(1);
        reply.text = text;
        return DeliveryId(act(reply).created);
    }
    void setUndoWindow(std::chrono::seconds window)
    {
        const auto set = workspace->write<bool>(Urgency::interactive, [window](Writing &writing) -> Result<bool> {
            storeSetting(writing, Setting::undoSeconds, int(window.count()));
            return true;
        });
        Q_ASSERT(resultOf(set));
    }
    DeliveryJob job(DeliveryId delivery)
    {
        return workspace->readNow<DeliveryJob>([delivery](Database &database) { return loadJob(database, delivery); })
            .value();
    }
    [[nodiscard]] int published(const QString &text)
    {
        int count = 0;
        const QStringList posts = server().postsOf(QStringLiteral("acme"));
        for (const QString &id : posts)
            count += server().textOfPost(id).contains(text) ? 1 : 0;
        return count;
    }
    ChannelRecord row(int i = 0)
    {
        // Behind what is still to be written.
        static_cast<void>(
            resultOf(workspace->write<bool>(Urgency::bulk, [](Writing &) -> Result<bool> { return true; })));
        const auto all =
            workspace->readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database, true); });
        return all->at(i);
    }
    int stored() { return int(allMessages(*workspace).size()); }
    ChannelReport pull(int i = 0) { return resultOf(worker->pull(channels.at(i))).constFirst(); }
    void pass(Duration time)
    {
        clock.advance(time);
        for (const auto &each : servers)
            each->setTime(clock.now());
    }

    WorldClock clock;
    QTemporaryDir folder;
    std::vector<std::shared_ptr<FakeMastodon>> servers;
    QList<ChannelId> channels;
    QString holdAtStart;
    bool tellsPauses = false; ///< of the next process
    PatientTransport *transport = nullptr;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<LocalDesk> desk;
    std::unique_ptr<CourierWorker> worker;

private:
    bool m_isScheduled;
};

/// Everything that would happen at once by itself happens, and what follows from that.
void handleWhatIsDue()
{
    for (int i = 0; i < 200; ++i)
        QCoreApplication::processEvents();
}

} // namespace

/// When the courier pulls and sends by itself, and when it does not.
class ScheduleTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void silentChannelDelaysNobody();
    void backOffGrowsAndIsCapped();
    void limitIsObeyed();
    void limitOfDeliveriesIsObeyed();
    void nothingOverdueBeforeTheFirstPull();
    void whatWaitedLongAsks();
    void whatWasSleptOverAsks();
    void pauseHoldsAndResumeSends_data();
    void pauseHoldsAndResumeSends();
    void heldGoesOutByItself();
    void unsureIsLookedForByItself();
    void unsureOfAnEarlierProcessIsLookedFor();
    void emptyFirstPullIsTold_data();
    void emptyFirstPullIsTold();
    void clockSetBackHoldsNothingForYears();
    void clockSetBackJudgesAttempts_data();
    void clockSetBackJudgesAttempts();
    void removedChannelEndsItsPull();
    void channelIsTestedDuringItsPull();
    void copiedFileRunsOnceAdopted();
    void signInEndedAndRenewed();
    void whatAServerDidNotHearIsKept();
    void whatAServerSleptOverIsKept();
    void whatIsAskedOncePerHourMissesNothing();
    void serverThatIsNotLetInDoesNotPause();
};

void ScheduleTest::silentChannelDelaysNobody()
{
    Schedule world(true);
    world.addServer(QStringLiteral("silent.example"));
    world.connectChannel(QStringLiteral("silent.example"));
    world.ask(0);
    world.ask(1);
    world.holdAtStart = QStringLiteral("silent.example");
    world.beginProcess();
    QTRY_VERIFY(world.transport->heldCount() > 0);
    QTRY_COMPARE(world.stored(), 1);
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    QTRY_COMPARE(world.job(delivery).state, DeliveryState::sent);
    QVERIFY(world.transport->heldCount() > 0);
    world.transport->letGo();
    QTRY_COMPARE(world.stored(), 3);
}

void ScheduleTest::backOffGrowsAndIsCapped()
{
    Schedule world(false);
    world.ask();
    world.beginProcess();
    QVERIFY(!world.pull().error);
    world.server().revokeToken(QStringLiteral("acme"));
    Duration before{0};
    for (int i = 0; i < 12; ++i) {
        QCOMPARE(world.pull().error->kind, ErrorKind::authExpired);
        const Duration wait = world.row().nextPullAt - world.clock.now();
        const Duration expected = std::min<Duration>(1h, 60s * (1 << std::min(i, 6)));
        QVERIFY2(wait >= expected && wait <= expected + expected / 10, qPrintable(QString::number(wait.count())));
        QVERIFY(wait > before || wait >= 1h);
        before = wait;
        world.pass(wait);
    }
    QVERIFY(before >= 1h);
}

void ScheduleTest::limitIsObeyed()
{
    Schedule world(false);
    world.ask();
    world.beginProcess();
    QVERIFY(!world.pull().error);
    const Time until = world.clock.now() + 2h;
    world.server().setLimit(0, until);
    QCOMPARE(world.pull().error->kind, ErrorKind::rateLimited);
    QVERIFY(world.row().nextPullAt >= until);
    QCOMPARE(world.row().health, Health::rateLimited);
    const int requests = world.transport->requestCount();
    world.pass(1h);
    QCOMPARE(world.pull().error->kind, ErrorKind::rateLimited);
    QVERIFY(world.row().nextPullAt >= until);
    QCOMPARE(world.transport->requestCount(), requests);
    QCOMPARE(world.row().limit, (RequestLimit{0, until}));
    world.server().setLimit(100, until + 1h);
    world.pass(1h + 1s);
    QVERIFY(!world.pull().error);
    QTRY_VERIFY(world.row().limit.left > 90);
    QVERIFY(world.row().limit.resetAt > until);
    QCOMPARE(world.row().health, Health::ok);
    QVERIFY(world.row().nextPullAt <= world.clock.now() + 66s);
}

void ScheduleTest::limitOfDeliveriesIsObeyed()
{
    Schedule world(true);
    world.ask();
    world.beginProcess();
    QTRY_COMPARE(world.stored(), 1);
    QTRY_VERIFY(isKnown(world.row().nextPullAt));
    world.server().setLimit(0, world.clock.now() + 5min);
    const DeliveryId first = world.reply(QStringLiteral("first answer"));
    QTRY_VERIFY(!world.job(first).failure.isEmpty());
    QCOMPARE(world.job(first).state, DeliveryState::queued);
    const int requests = world.transport->requestCount();
    // Asked by a person or by the next reply, what must wait is not tried, and its network not asked.
    world.pass(1min);
    const ChannelReport report = resultOf(world.worker->deliver(false)).constFirst();
    QCOMPARE(report.waiting, 1);
    QCOMPARE(world.transport->requestCount(), requests);
    world.server().setLimit(100, world.clock.now() + 1h);
    world.pass(5min);
    QCOMPARE(resultOf(world.worker->deliver(false)).constFirst().sent, 1);
    QCOMPARE(world.published(QStringLiteral("first answer")), 1);
}

void ScheduleTest::nothingOverdueBeforeTheFirstPull()
{
    Schedule world(true);
    const QString asked = world.ask();
    world.beginProcess();
    QTRY_COMPARE(world.stored(), 1);
    world.act(Act::PauseSending{world.channels.constFirst(), QStringLiteral("wait")});
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    world.endProcess();
    world.pass(1min);
    world.open();
    world.act(Act::ResumeSending{world.channels.constFirst()});
    FakeMastodon::Manner below;
    below.inReplyTo = asked;
    world.server().post(QStringLiteral("mira"), QStringLiteral("@acme it works again"), below);
    // The first pull does not come through.
    world.holdAtStart = QStringLiteral("/notifications");
    world.beginProcess();
    QTRY_COMPARE(world.transport->heldCount(), 1);
    world.transport->fakes().setTrouble(0, Trouble::refused);
    world.transport->letGo();
    QTRY_COMPARE(world.row().health, Health::unreachable);
    world.worker->lookForDeliveries();
    handleWhatIsDue();
    QCOMPARE(world.job(delivery).state, DeliveryState::queued);
    // The next one does, and brings what makes the reply stale.
    QVERIFY(!world.pull().error);
    QTRY_COMPARE(world.job(delivery).state, DeliveryState::failed);
    QCOMPARE(world.job(delivery).failure, QStringLiteral("stale"));
    QCOMPARE(world.published(QStringLiteral("We look into it")), 0);
}

void ScheduleTest::whatWaitedLongAsks()
{
    Schedule world(true);
    world.ask();
    world.beginProcess();
    QTRY_COMPARE(world.stored(), 1);
    world.setUndoWindow(10s);
    const DeliveryId waited = world.reply(QStringLiteral("long ago"));
    world.endProcess();
    world.pass(31min);
    world.open();
    const DeliveryId recent = world.reply(QStringLiteral("just now"));
    world.pass(11s);
    world.beginProcess();
    QTRY_COMPARE(world.job(recent).state, DeliveryState::sent);
    QTRY_COMPARE(world.job(waited).state, DeliveryState::failed);
    QCOMPARE(world.job(waited).failure, QStringLiteral("waitedLong"));
    QCOMPARE(world.published(QStringLiteral("long ago")), 0);
    // A person says so: it goes.
    QVERIFY(world.act(Act::RetryDelivery{waited}).isApplied());
    QTRY_COMPARE(world.job(waited).state, DeliveryState::sent);
    QCOMPARE(world.published(QStringLiteral("long ago")), 1);
}

/// The process ran on, but the machine slept when its time came.
void ScheduleTest::whatWasSleptOverAsks()
{
    Schedule world(true);
    world.ask();
    world.beginProcess();
    QTRY_COMPARE(world.stored(), 1);
    world.setUndoWindow(60s);
    const DeliveryId waited = world.reply(QStringLiteral("long ago"));
    world.pass(60s + 31min);
    world.worker->lookForDeliveries();
    QTRY_COMPARE(world.job(waited).state, DeliveryState::failed);
    QCOMPARE(world.job(waited).failure, QStringLiteral("waitedLong"));
    QCOMPARE(world.published(QStringLiteral("long ago")), 0);
}

void ScheduleTest::pauseHoldsAndResumeSends_data()
{
    QTest::addColumn<int>("minutes");
    QTest::newRow("a moment") << 1;
    QTest::newRow("an hour") << 60;
}

void ScheduleTest::pauseHoldsAndResumeSends()
{
    QFETCH(int, minutes);
    Schedule world(true);
    world.ask();
    world.beginProcess();
    QTRY_COMPARE(world.stored(), 1);
    QTRY_VERIFY(isKnown(world.row().nextPullAt));
    QVERIFY(world.act(Act::PauseSending{world.channels.constFirst(), QStringLiteral("press")}).isApplied());
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    QVERIFY(world.reply(QStringLiteral("And another")).isValid());
    QCOMPARE(resultOf(world.worker->deliver(true)).constFirst().waiting, 2);
    const int requests = world.transport->requestCount();
    world.pass(std::chrono::minutes(minutes));
    world.worker->lookForDeliveries();
    handleWhatIsDue();
    // It waits, and leaves the network alone meanwhile.
    QCOMPARE(world.transport->requestCount(), requests);
    QCOMPARE(world.job(delivery).state, DeliveryState::queued);
    QVERIFY(world.act(Act::ResumeSending{world.channels.constFirst()}).isApplied());
    QTRY_COMPARE(world.job(delivery).state, DeliveryState::sent);
    QTRY_COMPARE(world.published(QStringLiteral("And another")), 1);
    QCOMPARE(world.published(QStringLiteral("We look into it")), 1);
}

void ScheduleTest::heldGoesOutByItself()
{
    Schedule world(true);
    world.ask();
    world.beginProcess();
    QTRY_COMPARE(world.stored(), 1);
    world.setUndoWindow(1s);
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    const DeliveryId cancelled = world.reply(QStringLiteral("Oh no"));
    QCOMPARE(world.job(delivery).state, DeliveryState::held);
    QVERIFY(world.act(Act::CancelDelivery{cancelled}).isApplied());
    // Its window is not over by the clock, whatever the timers say.
    QCOMPARE(resultOf(world.worker->deliver(false)).constFirst().waiting, 1);
    QCOMPARE(world.published(QStringLiteral("We look into it")), 0);
    world.pass(1s);
    QTRY_COMPARE(world.job(delivery).state, DeliveryState::sent);
    QCOMPARE(world.published(QStringLiteral("We look into it")), 1);
    QCOMPARE(world.published(QStringLiteral("Oh no")), 0);
}

void ScheduleTest::unsureIsLookedForByItself()
{
    Schedule world(true);
    world.ask();
    world.beginProcess();
    QTRY_COMPARE(world.stored(), 1);
    QTRY_VERIFY(isKnown(world.row().nextPullAt));
    world.transport->holdBack(QStringLiteral("/api/v1/statuses"));
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    // First the question whether anything came since; then the post itself, the answer to which is lost.
    while (world.job(delivery).state != DeliveryState::sending) {
        QTRY_VERIFY(world.transport->heldCount() > 0 || world.job(delivery).state == DeliveryState::sending);
        if (world.job(delivery).state == DeliveryState::sending)
            break;
        world.transport->letGo();
        world.transport->holdBack(QStringLiteral("/api/v1/statuses"));
    }
    QTRY_COMPARE(world.transport->heldCount(), 1);
    world.transport->fakes().setTrouble(0, Trouble::answerLost);
    world.pass(10min);
    world.transport->letGo();
    QTRY_COMPARE(world.job(delivery).state, DeliveryState::sent);
    QCOMPARE(world.published(QStringLiteral("We look into it")), 1);
}

void ScheduleTest::unsureOfAnEarlierProcessIsLookedFor()
{
    Schedule world(true);
    world.ask();
    world.beginProcess();
    QTRY_COMPARE(world.stored(), 1);
    world.setUndoWindow(1h);
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    QTRY_VERIFY(isKnown(world.row().nextPullAt));
    // It arrived; what the process heard last is that nobody knows.
    const QString id = world.server().post(QStringLiteral("acme"), QStringLiteral("@mira We look into it"),
                                           {.inReplyTo = world.server().postsOf(QStringLiteral("mira")).constFirst()});
    Intake intake(*world.workspace);
    BeginWish wish;
    wish.delivery = delivery;
    wish.outgoing.clientId = world.job(delivery).uuid;
    wish.outgoing.text = QStringLiteral("@mira We look into it");
    wish.outgoing.targetUri = world.job(delivery).target.uri;
    wish.outgoing.targetRemoteId = world.job(delivery).target.remoteId;
    wish.outgoing.createdAt = world.clock.now();
    wish.skipUndoWindow = true;
    QCOMPARE(resultOf(intake.beginAttempt(wish)).value(), 1);
    QVERIFY(resultOf(intake.endAttempt({delivery, 1, std::nullopt, {ErrorKind::unsure, {}, {}}, false})).has_value());
    QCOMPARE(world.job(delivery).state, DeliveryState::unsure);
    world.endProcess();
    world.pass(5min);
    world.beginProcess();
    QTRY_COMPARE(world.job(delivery).state, DeliveryState::sent);
    QCOMPARE(world.published(QStringLiteral("We look into it")), 1);
    QCOMPARE(world.server().postsOf(QStringLiteral("acme")), QStringList{id});
}

void ScheduleTest::emptyFirstPullIsTold_data()
{
    QTest::addColumn<Duration>("age");
    QTest::newRow("older than was asked for") << Duration(24h * 40);
    QTest::newRow("dates of another century") << Duration(24h * 365 * 40);
}

void ScheduleTest::emptyFirstPullIsTold()
{
    QFETCH(Duration, age);
    Schedule world(false);
    world.server().setTime(world.clock.now() - age);
    world.server().post(QStringLiteral("mira"), QStringLiteral("@acme it broke long ago"));
    world.server().setTime(world.clock.now());
    world.beginProcess();
    QVERIFY(!world.pull().error);
    QCOMPARE(world.stored(), 0);
    QCOMPARE(world.row().health, Health::ok);
    const QString day = toDateTime(world.row().horizon).date().toString(Qt::ISODate);
    QVERIFY(world.row().healthDetail.contains(QStringLiteral("nothing newer than ") + day));
    // Also by the next process, until there is something.
    world.endProcess();
    world.beginProcess();
    QVERIFY(!world.pull().error);
    QVERIFY(!world.row().healthDetail.isEmpty());
    world.ask();
    QVERIFY(!world.pull().error);
    QCOMPARE(world.stored(), 1);
    QCOMPARE(world.row().healthDetail, QString());
}

/// Our clock ran years ahead while something was sent, and was set right: the longest wait is the longest that is ever
/// set, not years.
void ScheduleTest::clockSetBackHoldsNothingForYears()
{
    Schedule world(false);
    world.ask();
    world.beginProcess();
    QVERIFY(!world.pull().error);
    world.setUndoWindow(10s);
    world.clock.advance(24h * 2'000);
    const DeliveryId held = world.reply(QStringLiteral("We look into it"));
    const DeliveryId repeated = world.reply(QStringLiteral("And tell you"));
    Intake intake(*world.workspace);
    const Error why{ErrorKind::transient, QStringLiteral("no route"), {}};
    QVERIFY(resultOf(intake.postpone(repeated, world.clock.now() + 20s, why)).has_value());
    world.clock.advance(24h * -2'000);

    QCOMPARE(resultOf(world.worker->deliver(false)).constFirst().waiting, 2);
    QCOMPARE(world.job(repeated).failure, word(ErrorKind::transient));
    world.pass(4s);
    QCOMPARE(resultOf(world.worker->deliver(false)).constFirst().waiting, 2);
    world.pass(1s);
    QCOMPARE(resultOf(world.worker->deliver(false)).constFirst().sent, 1);
    QCOMPARE(world.job(held).state, DeliveryState::held);
    world.pass(5s);
    QCOMPARE(resultOf(world.worker->deliver(false)).constFirst().sent, 1);
    QCOMPARE(world.published(QStringLiteral("We look into it")), 1);
    QCOMPARE(world.published(QStringLiteral("And tell you")), 1);
}

void ScheduleTest::clockSetBackJudgesAttempts_data()
{
    QTest::addColumn<bool>("hasArrived");
    QTest::newRow("it arrived") << true;
    // The network's key may have ended long ago: by our clock nobody can tell.
    QTest::newRow("it did not") << false;
}

void ScheduleTest::clockSetBackJudgesAttempts()
{
    QFETCH(bool, hasArrived);
    Schedule world(false);
    world.ask();
    world.beginProcess();
    QVERIFY(!world.pull().error);
    world.clock.advance(24h * 2'000);
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    Intake intake(*world.workspace);
    BeginWish wish;
    wish.delivery = delivery;
    wish.outgoing.clientId = world.job(delivery).uuid;
    wish.outgoing.text = QStringLiteral("@mira We look into it");
    wish.outgoing.targetUri = world.job(delivery).target.uri;
    wish.outgoing.targetRemoteId = world.job(delivery).target.remoteId;
    wish.outgoing.createdAt = world.clock.now();
    QCOMPARE(resultOf(intake.beginAttempt(wish)).value(), 1);
    world.clock.advance(24h * -2'000);
    if (hasArrived)
        world.server().post(QStringLiteral("acme"), wish.outgoing.text,
                            {.inReplyTo = world.server().postsOf(QStringLiteral("mira")).constFirst()});

    // Its process may still be at it, so it is judged when the longest attempt from now would be over.
    QCOMPARE(resultOf(intake.shortenWaits(world.channels.constFirst())).value(), 0);
    const Time deadline = world.job(delivery).attemptDeadline;
    QVERIFY(deadline > world.clock.now() && deadline <= world.clock.now() + 1min);
    world.pass(2min);
    QCOMPARE(resultOf(world.worker->deliver(false)).constFirst().sent, hasArrived ? 1 : 0);
    QCOMPARE(world.job(delivery).state, hasArrived ? DeliveryState::sent : DeliveryState::unsure);
    QCOMPARE(world.published(QStringLiteral("We look into it")), hasArrived ? 1 : 0);
}

void ScheduleTest::removedChannelEndsItsPull()
{
    Schedule world(false);
    world.addServer(QStringLiteral("silent.example"));
    world.connectChannel(QStringLiteral("silent.example"));
    world.ask();
    world.beginProcess();
    world.transport->holdBack(QStringLiteral("silent.example"));
    const QFuture<QList<ChannelReport>> pulled = world.worker->pull(ChannelId());
    const QFuture<QList<ChannelReport>> delivered = world.worker->deliver(false);
    QTRY_COMPARE(world.stored(), 1);
    QVERIFY(!pulled.isFinished());
    QVERIFY(world.act(Act::RemoveChannel{world.channels.constLast()}).isApplied());
    QTRY_VERIFY(pulled.isFinished() && delivered.isFinished());
    QCOMPARE(pulled.resultCount(), 1);
    QCOMPARE(pulled.result().size(), 2);
    QVERIFY(!pulled.result().constFirst().error);
    QCOMPARE(pulled.result().constLast().error->kind, ErrorKind::cancelled);
    QCOMPARE(delivered.resultCount(), 1);
}

void ScheduleTest::channelIsTestedDuringItsPull()
{
    Schedule world(false);
    for (int i = 0; i < 100; ++i)
        world.ask();
    world.beginProcess();
    world.transport->holdBack(QStringLiteral("/notifications"));
    const QFuture<QList<ChannelReport>> pulled = world.worker->pull(ChannelId());
    QTRY_COMPARE(world.transport->heldCount(), 1);
    const QFuture<Result<Account>> tested = world.worker->check(world.channels.constFirst());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    world.transport->letGo();
    const ChannelReport report = resultOf(pulled).constFirst();
    QVERIFY2(!report.error, qPrintable(report.error ? word(report.error->kind) : QString()));
    QCOMPARE(report.messages, 100);
    QVERIFY(resultOf(tested).has_value());
}

void ScheduleTest::copiedFileRunsOnceAdopted()
{
    Schedule world(true);
    world.tellsPauses = true;
    world.beginProcess();
    QTRY_VERIFY(isKnown(world.row().nextPullAt));
    QVERIFY(world.becomeCopy());
    world.ask();
    world.beginProcess();
    QVERIFY(world.workspace->isCourierOff());
    QCOMPARE(world.pull().error->kind, ErrorKind::refused);
    QCOMPARE(resultOf(world.worker->deliver(true)).constFirst().error->kind, ErrorKind::refused);
    QCOMPARE(world.transport->requestCount(), 0);
    world.pass(1h);
    QVERIFY(resultOf(world.workspace->adopt()).has_value());
    QTRY_COMPARE(world.stored(), 1);
    QCOMPARE(world.row().pause, Pause()); // a server may have listened with the other file
    const DeliveryId delivery = world.reply(QStringLiteral("We look into it"));
    QTRY_COMPARE(world.job(delivery).state, DeliveryState::sent);
    // What a server sleeps over is noticed before its next start, too.
    QTRY_VERIFY(isKnown(world.row().nextPullAt));
    const Time before = world.clock.now();
    world.pass(14h);
    world.worker->findChild<QTimer *>(QStringLiteral("wakeTimer"))->start(5);
    QTRY_COMPARE(world.row().pause, (Pause{before, world.clock.now()}));
}

void ScheduleTest::signInEndedAndRenewed()
{
    Schedule world(false);
    world.ask();
    world.beginProcess();
    // Whoever added the channel stores its secret only now, from a process of its own.
    QVERIFY(resultOf(world.worker->keepSecret(world.channels.constFirst(), Secret("wrong"))).has_value());
    QCOMPARE(world.pull().error->kind, ErrorKind::authExpired);
    QCOMPARE(world.row().health, Health::signIn);
    QVERIFY(resultOf(world.worker->keepSecret(world.channels.constFirst(),
                                              Secret(FakeMastodon::tokenOf(QStringLiteral("acme")))))
                .has_value());
    QVERIFY(!world.pull().error);
    QCOMPARE(world.row().health, Health::ok);
}

/// It was down for the night: until each channel was asked again it is behind, and from when to when stays.
void ScheduleTest::whatAServerDidNotHearIsKept()
{
    Schedule world(true);
    world.tellsPauses = true;
    world.ask();
    world.beginProcess();
    QTRY_COMPARE(world.stored(), 1);
    QTRY_VERIFY(isKnown(world.row().nextPullAt));
    const Time heard = world.row().lastPullAt;
    world.endProcess();
    world.pass(10min);
    world.beginProcess();
    QTRY_VERIFY(world.row().lastPullAt > heard);
    QCOMPARE(world.row().pause, Pause());
    QTRY_VERIFY(world.row().nextPullAt > world.clock.now());
    const Time until = world.row().lastPullAt;
    world.endProcess();
    world.pass(14h);
    world.holdAtStart = QStringLiteral("social.example");
    world.beginProcess();
    QTRY_VERIFY(world.transport->heldCount() > 0);
    const Pause night{until, world.clock.now()};
    QTRY_COMPARE(world.row().pause, night);
    QVERIFY(world.row().isBehind);
    world.transport->letGo();
    QTRY_VERIFY(!world.row().isBehind);
    QCOMPARE(world.row().pause, night);
}

void ScheduleTest::whatAServerSleptOverIsKept()
{
    Schedule world(true);
    world.tellsPauses = true;
    world.ask();
    world.beginProcess();
    QTRY_COMPARE(world.stored(), 1);
    QTRY_VERIFY(isKnown(world.row().nextPullAt));
    auto *wake = world.worker->findChild<QTimer *>(QStringLiteral("wakeTimer"));
    QVERIFY(wake && wake->isActive());
    const Time before = world.clock.now();
    world.ask();
    world.transport->holdBack(QStringLiteral("social.example"));
    world.pass(14h);
    wake->start(5);
    // No channel waits for its time.
    QTRY_VERIFY(world.transport->heldCount() > 0);
    QTRY_COMPARE(world.row().pause, (Pause{before, world.clock.now()}));
    QVERIFY(world.row().isBehind);
    world.transport->letGo();
    QTRY_VERIFY(!world.row().isBehind);
    QCOMPARE(world.stored(), 2);
}

void ScheduleTest::whatIsAskedOncePerHourMissesNothing()
{
    Schedule world(true);
    world.tellsPauses = true;
    Act::EditChannel edit;
    edit.channel = world.channels.constFirst();
    edit.pullEverySeconds = 3'600;
    QVERIFY(world.act(edit).isApplied());
    world.beginProcess();
    QTRY_VERIFY(isKnown(world.row().lastPullAt));
    const Time heard = world.row().lastPullAt;
    world.endProcess();
    world.pass(40min);
    world.beginProcess();
    QTRY_VERIFY(world.row().lastPullAt > heard);
    QCOMPARE(world.row().pause, Pause());
}

/// No channel was pulled for half an hour, but the server was there: their healths say that, no pause.
void ScheduleTest::serverThatIsNotLetInDoesNotPause()
{
    Schedule world(true);
    world.tellsPauses = true;
    world.beginProcess();
    QTRY_VERIFY(isKnown(world.row().nextPullAt));
    const Time heard = world.row().lastPullAt;
    world.worker->findChild<QTimer *>(QStringLiteral("wakeTimer"))->start(5);
    for (int looks = 0; looks < 3; ++looks) {
        world.pass(10min);
        QTRY_COMPARE(Intake(*world.workspace).lastLifeSign().value(), world.clock.now());
    }
    QCOMPARE(world.row().lastPullAt, heard);
    world.endProcess();
    world.pass(2s);
    world.beginProcess();
    QTRY_VERIFY(world.row().lastPullAt > heard);
    QCOMPARE(world.row().pause, Pause());
}

QTEST_GUILESS_MAIN(ScheduleTest)
#include "tst_schedule.moc"
