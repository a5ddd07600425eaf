// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/day/teamday.h"

#include "desk/localdesk.h"
#include "model/future.h"
#include "server/credentials.h"
#include "tests/day/dayagent.h"
#include "tests/day/daydesktop.h"
#include "tests/replica/desktop.h"
#include "tests/server/follower.h"
#include "workspace/accountstore.h"
#include "workspace/changes.h"
#include "workspace/queries.h"
#include "workspace/upkeep.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int customers = 500;
constexpr Time begun = timeFromMs(1'800'000'000'000);

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

QString customer(int index)
{
    return str("customer%1").arg(index % customers);
}

template <class Condition>
void turnUntil(const Condition &isSo)
{
    QEventLoop loop;
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        if (isSo())
            loop.quit();
    });
    tick.start(5);
    loop.exec();
}

} // namespace

FastClock::FastClock(int speed)
    : m_speed(speed)
{
    m_timer.start();
}

Time FastClock::now() const
{
    return begun + std::chrono::milliseconds(m_timer.elapsed() * m_speed);
}

TeamDay::TeamDay(const DayPlan &plan)
    : m_plan(plan)
    , m_clock(plan.speed)
    , m_network(std::make_shared<FakeMastodon>())
{
    QStandardPaths::setTestModeEnabled(true);
    m_network->addPerson(str("acme"));
    for (int i = 0; i < customers; ++i)
        m_network->addPerson(customer(i), str("Customer %1").arg(i));
    makeWorkspace();
}

TeamDay::~TeamDay()
{
    m_server.reset();
    m_session.reset();
}

void TeamDay::makeWorkspace()
{
    if (!Workspace::create(path(), str("Ana"), m_clock))
        qFatal("no workspace");
    const auto workspace = std::move(Workspace::open(path(), Workspace::Access::owner, m_clock).value());
    LocalDesk desk(*workspace, AgentId(1));
    Act::AddChannel channel;
    channel.network = Network::mastodon;
    channel.address = str("@acme@social.example");
    channel.workSince = m_clock.now() - std::chrono::hours(1);
    channel.horizon = channel.workSince;
    static_cast<void>(desk.perform({makeAction(channel, m_clock.now())}).result());
    const QString password = hashPassword(Secret("open sesame"));
    for (int i = 0; i < m_plan.agents; ++i) {
        const Act::AddAgent add{str("Agent %1").arg(i), Role::agent};
        const AgentId agent(desk.perform({makeAction(add, m_clock.now())}).result().constFirst().created);
        static_cast<void>(workspace
                              ->write<bool>(Urgency::interactive,
                                            [agent, password](Writing &writing) -> Result<bool> {
                                                storePassword(writing, agent, password);
                                                return true;
                                            })
                              .result());
    }
}

void TeamDay::open()
{
    auto transport = std::make_unique<FakeTransport>();
    transport->add(m_network);
    m_network->setMeanwhile([this](const HttpRequest &) { postWhatIsDue(); });
    Session::Options options;
    options.path = path();
    options.http = std::move(transport);
    options.secrets.insert(ChannelId(1), Secret(FakeMastodon::tokenOf(str("acme"))));
    auto session = Session::open(std::move(options), m_clock);
    if (!session)
        qFatal("no session: %s", qPrintable(session.error().detail));
    m_session = std::move(*session);
    Server::Options wire;
    wire.channels = &m_session->channels();
    m_server = std::make_unique<Server>(*qobject_cast<LocalDesk *>(&m_session->desk()), std::move(wire));
    if (!m_server->listen(QHostAddress(QHostAddress::LocalHost), 0))
        qFatal("the server cannot listen");
}

/// What customers have written by now. On the network thread.
void TeamDay::postWhatIsDue()
{
    const double passed = std::chrono::duration<double>(m_clock.now() - m_begun).count() / m_plan.seconds;
    m_network->setTime(std::min(m_clock.now(), end()));
    const int due = std::min(m_plan.mentions, int(passed * m_plan.mentions) + 1);
    for (; m_posted < due; ++m_posted)
        m_network->post(customer(m_posted * 7), str("@acme question %1, please").arg(m_posted));
}

/// Once, unless it is still being done.
void TeamDay::moveMessages()
{
    if (std::exchange(m_isMoving, true))
        return;
    whenDone(m_session->channels().pull(ChannelId()), m_server.get(), [this](const QList<ChannelReport> &) {
        whenDone(m_session->channels().deliver(false), m_server.get(),
                 [this](const QList<ChannelReport> &) { m_isMoving = false; });
    });
}

DayReport TeamDay::run()
{
    QElapsedTimer timer;
    timer.start();
    open();
    m_begun = m_clock.now();
    QObject::connect(&m_moving, &QTimer::timeout, m_server.get(), [this] { moveMessages(); });
    m_moving.start(std::chrono::milliseconds(1000LL * m_plan.pullEvery / m_plan.speed));
    begin();
    turnUntil([this] {
        return std::ranges::all_of(m_agents, &DayAgent::isFinished) &&
               std::ranges::all_of(m_desktops, &DayDesktop::hasWorked);
    });
    bringHome();
    DayReport report;
    report.seconds = double(timer.elapsed()) / 1000;
    for (const auto &agent : m_agents) {
        report.applied += int(agent->applied.size());
        report.taken += agent->taken;
        report.refused += agent->refused;
        report.replies += int(agent->sent.size());
        report.withdrawn += int(agent->withdrawn.size());
        report.logIns += agent->logIns;
        report.wrong += agent->wrong;
    }
    checkJournal(report);
    checkAnswers(report);
    checkMentions(report);
    checkDesktops(report);
    return report;
}

/// The first ones sit at desktops.
void TeamDay::begin()
{
    const QString account = m_session->workspace()
                                .readNow<QString>([](Database &database) -> Result<QString> {
                                    Statement find = database.statement("select_meta");
                                    return find.bind("name", str("workspace")).next() ? find.text(0) : QString();
                                })
                                .value();
    for (int i = 0; i < m_plan.desktops; ++i) {
        m_desktops.push_back(std::make_unique<DayDesktop>(DayDesktop::Setting{m_folder.path(), tokenOf(i), account,
                                                                              agentAt(i), m_server->port(), i, &m_clock,
                                                                              end(), m_plan.speed, m_plan.thinkTime}));
    }
    for (int i = m_plan.desktops; i < m_plan.agents; ++i) {
        m_agents.push_back(std::make_unique<DayAgent>(DayAgent::Setting{
            m_server->port(), account, str("Agent %1").arg(i), i, &m_clock, end(), m_plan.speed, m_plan.thinkTime}));
        m_agents.back()->start();
    }
}

QByteArray TeamDay::tokenOf(int index)
{
    const NewToken token = makeToken();
    TokenRecord record;
    record.id = token.parts.id;
    record.hash = token.parts.hash;
    record.agent = agentAt(index);
    record.device = newUuid(m_clock.now()).toString(QUuid::WithoutBraces);
    record.name = str("a desktop");
    static_cast<void>(m_session->workspace()
                          .write<bool>(Urgency::interactive,
                                       [record](Writing &writing) -> Result<bool> {
                                           storeToken(writing, record);
                                           return true;
                                       })
                          .result());
    return token.text.reveal();
}

/// What was begun without the server is told, all that is due goes out, and all of it comes to everybody.
void TeamDay::bringHome()
{
    QDeadlineTimer limit(120'000);
    turnUntil([&] { return limit.hasExpired() || std::ranges::all_of(m_desktops, &DayDesktop::isSettled); });
    sendTheRest();
    limit.setRemainingTime(120'000);
    const Seq newest = m_session->workspace()
                           .readNow<Seq>([](Database &database) -> Result<Seq> {
                               Statement find = database.statement("select_last_seq");
                               return find.next() ? find.integer(0) : 0;
                           })
                           .value();
    turnUntil([&] {
        return limit.hasExpired() ||
               std::ranges::all_of(m_desktops, [&](const auto &desktop) { return desktop->followedTo() >= newest; });
    });
}

/// What was written in the last minute is pulled, and what waits for its window goes out.
void TeamDay::sendTheRest()
{
    m_moving.stop();
    QDeadlineTimer limit(60'000);
    do {
        turnUntil([this] { return !m_isMoving; });
        moveMessages();
        turnUntil([this] { return !m_isMoving; });
    } while (waitingDeliveries() > 0 && !limit.hasExpired());
}

int TeamDay::waitingDeliveries()
{
    const auto outbox =
        m_session->workspace().readNow<QList<DeliveryRecord>>([](Database &database) { return loadOutbox(database); });
    return int(std::count_if(outbox->cbegin(), outbox->cend(), [](const DeliveryRecord &delivery) {
        return delivery.state == DeliveryState::held || delivery.state == DeliveryState::queued ||
               delivery.state == DeliveryState::sending;
    }));
}

/// Every action that was applied has its line, and the file is sound: its change numbers without a gap.
void TeamDay::checkJournal(DayReport &report)
{
    const auto journal = rowsOf("journal");
    for (const QString &line : journal)
        m_journal.insert(line.section(u'|', 4, 4));
    for (const auto &agent : m_agents) {
        const QSet<QString> missing = agent->applied - m_journal;
        for (const QString &action : missing)
            report.wrong.append(str("not in the journal: ") + action);
    }
    const Result<VerifyReport> verified = verifyWorkspace(path());
    if (!verified || !verified->isSound())
        report.wrong.append(str("the workspace is not sound: ") +
                            (verified ? verified->problems.join(u' ') : verified.error().detail));
}

/// Every reply is there once, and no reply that was taken back is.
void TeamDay::checkAnswers(DayReport &report)
{
    const QStringList posts = m_network->postsOf(str("acme"));
    static const QRegularExpression answer(str("Answer \\d+-\\d+\\."));
    for (const QString &post : posts)
        ++m_published[answer.match(m_network->textOfPost(post)).captured()];
    // Somebody else answered before it was out, or the customer wrote again: that is said, and a person decides.
    const QStringList stale =
        firstColumn(m_session->workspace(), str("SELECT message.text FROM delivery JOIN message ON message.id = "
                                                "delivery.message WHERE delivery.failure = 'stale'"));
    const QSet<QString> failed(stale.cbegin(), stale.cend());
    for (const auto &agent : m_agents) {
        for (const QString &text : std::as_const(agent->sent)) {
            if (m_published.value(text) != (failed.contains(text) ? 0 : 1))
                report.wrong.append(str("%1 is there %2 times").arg(text).arg(m_published.value(text)));
            report.replies -= failed.contains(text) ? 1 : 0;
        }
        for (const QString &text : std::as_const(agent->withdrawn)) {
            if (m_published.contains(text))
                report.wrong.append(str("%1 went out, though it was taken back").arg(text));
        }
    }
    judgeDesktops(report, failed);
    if (m_published.size() != report.replies)
        report.wrong.append(str("%1 replies were made, and %2 are there").arg(report.replies).arg(m_published.size()));
}

/// Every mention has come in once.
void TeamDay::checkMentions(DayReport &report)
{
    QHash<QString, int> stored;
    static const QRegularExpression question(str("question \\d+, please"));
    for (const QString &line : rowsOf("message")) {
        if (const QString text = question.match(line).captured(); !text.isEmpty())
            ++stored[text];
    }
    report.mentions = int(stored.size());
    if (report.mentions != m_plan.mentions)
        report.wrong.append(str("%1 of %2 mentions came in").arg(report.mentions).arg(m_plan.mentions));
    for (auto it = stored.cbegin(); it != stored.cend(); ++it) {
        if (it.value() != 1)
            report.wrong.append(str("%1 came in %2 times").arg(it.key()).arg(it.value()));
    }
}

void TeamDay::judgeDesktops(DayReport &report, const QSet<QString> &failed)
{
    for (const auto &desktop : m_desktops) {
        desktop->judge(m_journal, m_published, failed);
        report.applied += desktop->promised();
        report.taken += desktop->taken;
        report.refused += desktop->refused;
        report.replies += desktop->replies;
        report.withdrawn += desktop->withdrawn;
        report.absences += desktop->absences;
        report.wrong += desktop->wrong;
    }
}

/// Their replicas hold what the server holds, row by row.
void TeamDay::checkDesktops(DayReport &report)
{
    for (const auto &desktop : m_desktops) {
        for (const QByteArray &table : synchronisedTables()) {
            const auto here = desktop->workspace().readNow<QStringList>(
                [&table](Database &database) -> Result<QStringList> { return tableRows(database, table); });
            if (here.value() != rowsOf(table))
                report.wrong.append(str("a replica has another %1").arg(QString::fromLatin1(table)));
        }
        if (!desktop->isSettled())
            report.wrong.append(str("a replica has something on its way still"));
    }
}

QStringList TeamDay::rowsOf(const QByteArray &table)
{
    return m_session->workspace()
        .readNow<QStringList>(
            [&table](Database &database) -> Result<QStringList> { return tableRows(database, table); })
        .value();
}

} // namespace Earshot
