// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/comparing.h"
#include "tests/replica/desktop.h"
#include "tests/server/cuttingproxy.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

using namespace std::chrono_literals;

/// Something that was typed, and what became of it where it was typed.
struct Typed
{
    QString text;
    QUuid action;
    QFuture<QList<Outcome>> told;
    bool isReply = false;
    bool isTakenBack = false; ///< by who typed it

    [[nodiscard]] std::optional<Outcome> outcome() const
    {
        return told.isFinished() && told.resultCount() > 0 ? std::optional(told.result().constFirst()) : std::nullopt;
    }
};

/// A desktop behind a line of its own, and what its agent did.
struct Worker
{
    std::unique_ptr<CuttingProxy> line;
    std::unique_ptr<Desktop> desktop;
    QList<Typed> typed;
    QList<QFuture<QList<Outcome>>> others;
};

} // namespace

/// Several desktops and a server act, disconnect, lose answers, end and come back at random; then everything that was
/// acknowledged is done exactly once, all show the same, and nothing that was typed is gone.
class HistoriesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsDoneOnce_data();
    void everythingIsDoneOnce();

private:
    void begin();
    void step();
    void disturb(Worker &worker);
    void act(Worker &worker);
    void type(Worker &worker, ConversationId conversation);
    void takeBack(Worker &worker);
    void perform(Worker &worker, ActionArguments arguments, Seq basedOn = 0);
    void calm();
    [[nodiscard]] QString trouble();
    [[nodiscard]] QString troubleOf(Worker &worker);
    [[nodiscard]] QStringList there(const QString &sql) { return firstColumn(m_world->workspace(), sql); }

    std::unique_ptr<ServerWorld> m_world;
    std::vector<Worker> m_workers;
    QRandomGenerator m_random;
    quint16 m_port = 0;
    bool m_isServed = true;
    int m_texts = 0;
};

void HistoriesTest::begin()
{
    m_workers.clear();
    m_world = std::make_unique<ServerWorld>(ServerLimits(), 3);
    m_port = m_world->server().port();
    m_isServed = true;
    for (const AgentId agent : {ServerWorld::kim, ServerWorld::bo, ServerWorld::ana}) {
        Worker worker;
        worker.line = std::make_unique<CuttingProxy>(str("127.0.0.1"), m_port);
        worker.desktop = std::make_unique<Desktop>(*m_world, agent, worker.line->serverPort());
        worker.desktop->open(50ms);
        m_workers.push_back(std::move(worker));
    }
    for (Worker &worker : m_workers)
        QTRY_COMPARE(worker.desktop->kind(), DeskStatus::Kind::current);
}

void HistoriesTest::disturb(Worker &worker)
{
    switch (m_random.bounded(5)) {
    case 0:
        if (m_isServed)
            m_world->stopServer();
        else
            m_world->start({}, m_port);
        m_isServed = !m_isServed;
        break;
    case 1:
        worker.line->cutAnswersTo("POST /jmap/api");
        break;
    case 2:
        worker.line->cutAnswersTo("POST /jmap/api", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        break;
    case 3:
        worker.line->cutAnswersTo({});
        break;
    default:
        if (worker.desktop->isOpen())
            worker.desktop->close();
        else
            worker.desktop->open(50ms);
    }
}

void HistoriesTest::perform(Worker &worker, ActionArguments arguments, Seq basedOn)
{
    worker.others.append(
        worker.desktop->desk().perform({makeAction(std::move(arguments), m_world->clock().now(), basedOn)}));
}

void HistoriesTest::type(Worker &worker, ConversationId conversation)
{
    Typed typed;
    typed.text = str("text %1").arg(++m_texts);
    typed.isReply = m_random.bounded(2) == 0;
    ActionArguments arguments = Act::AddNote{conversation, typed.text};
    if (typed.isReply) {
        Act::SendReply reply;
        reply.conversation = conversation;
        reply.text = typed.text;
        arguments = reply;
    }
    const Seq seen = worker.desktop->conversation(conversation).seq;
    const Action action = makeAction(arguments, m_world->clock().now(), seen);
    typed.action = action.id;
    typed.told = worker.desktop->desk().perform({action});
    worker.typed.append(typed);
}

void HistoriesTest::takeBack(Worker &worker)
{
    for (Typed &typed : worker.typed) {
        const auto outcome = typed.outcome();
        if (!typed.isReply || typed.isTakenBack || !outcome || !outcome->isApplied() || m_random.bounded(3) != 0)
            continue;
        typed.isTakenBack = true;
        perform(worker, Act::CancelDelivery{DeliveryId(outcome->created)});
        return;
    }
}

void HistoriesTest::act(Worker &worker)
{
    // Bo sees the odd ones only.
    const ConversationId conversation(1 + 2 * m_random.bounded(3));
    const Seq seen = worker.desktop->conversation(conversation).seq;
    const QString tag = str("tag%1").arg(m_random.bounded(3));
    switch (m_random.bounded(10)) {
    case 0:
        return perform(worker, Act::Claim{conversation}, seen);
    case 1:
        return perform(worker, Act::Unassign{conversation}, seen);
    case 2:
        return perform(worker, Act::SetStatus{conversation, Status::resolved, Reason::answered, {}}, seen);
    case 3:
        return perform(worker, Act::SetStatus{conversation, Status::open, Reason::none, {}}, seen);
    case 4:
        return perform(worker, Act::AddTag{conversation, tag});
    case 5:
        return perform(worker, Act::RemoveTag{conversation, tag});
    case 6:
        return perform(worker, Act::SetPriority{conversation, Priority(m_random.bounded(4))}, seen);
    case 7:
        return takeBack(worker);
    default:
        return type(worker, conversation);
    }
}

void HistoriesTest::step()
{
    Worker &worker = m_workers[size_t(m_random.bounded(int(m_workers.size())))];
    if (m_random.bounded(5) == 0)
        disturb(worker);
    else if (m_random.bounded(12) == 0)
        m_world->receive(ServerWorld::open, str("h%1").arg(++m_texts), str("something new"));
    else if (worker.desktop->isOpen())
        act(worker);
    const int events = m_random.bounded(12);
    for (int i = 0; i < events; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
}

/// All lines whole, everybody there, nothing on its way.
void HistoriesTest::calm()
{
    if (!m_isServed)
        m_world->start({}, m_port);
    m_isServed = true;
    for (Worker &worker : m_workers) {
        worker.line->cutAnswersTo({});
        if (!worker.desktop->isOpen())
            worker.desktop->open();
        worker.desktop->session().tryNow();
    }
    for (Worker &worker : m_workers) {
        QTRY_VERIFY_WITH_TIMEOUT(worker.desktop->isSettled(), 150'000);
        QTRY_COMPARE(worker.desktop->desk().waitingCount(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(
            differences(*m_world, worker.desktop->session().workspace(), worker.desktop->agent()).isEmpty(), 150'000);
    }
}

QString HistoriesTest::troubleOf(Worker &worker)
{
    QSet<QUuid> kept;
    for (const WaitingAction &action : worker.desktop->desk().waitingActions()) {
        if (action.isRefused)
            kept.insert(action.action.id);
    }
    for (const Typed &typed : std::as_const(worker.typed)) {
        const auto times = there(str("SELECT id FROM message WHERE text = '%1'").arg(typed.text)).size();
        const auto journaled =
            there(str("SELECT id FROM journal WHERE action = '%1'").arg(typed.action.toString(QUuid::WithoutBraces)))
                .size();
        const auto outcome = typed.outcome();
        if (times > 1 || times != journaled)
            return str("%1 was said %2 times, journaled %3").arg(typed.text).arg(times).arg(journaled);
        const bool isPromised = outcome && outcome->isApplied();
        if (isPromised && times == 0 && !kept.contains(typed.action) && !typed.isTakenBack)
            return str("%1 is gone").arg(typed.text);
        if (times == 1 && kept.contains(typed.action))
            return str("%1 was said and is trouble too").arg(typed.text);
        // What was told to be refused is in the composer still: a person would send it again.
        const bool isRefused = outcome && !outcome->isApplied() && outcome->refusal.kind != RefusalKind::unreachable;
        if (isRefused && times == 1)
            return str("%1 was refused and said").arg(typed.text);
    }
    return {};
}

QString HistoriesTest::trouble()
{
    for (Worker &worker : m_workers) {
        if (const QString found = troubleOf(worker); !found.isEmpty())
            return str("agent %1: ").arg(worker.desktop->agent().value) + found;
    }
    return {};
}

void HistoriesTest::everythingIsDoneOnce_data()
{
    QTest::addColumn<quint32>("seed");
    // A seed that is named is done again.
    const QString named = qEnvironmentVariable("EARSHOT_SEED");
    const int histories = named.isEmpty() ? qEnvironmentVariableIntValue("EARSHOT_HISTORIES") : 1;
    for (int i = 0; i < std::max(histories, named.isEmpty() ? 4 : 1); ++i) {
        const quint32 seed = named.isEmpty() ? QRandomGenerator::global()->generate() : named.toUInt();
        QTest::addRow("seed %u", seed) << seed;
    }
}

void HistoriesTest::everythingIsDoneOnce()
{
    QFETCH(quint32, seed);
    m_random.seed(seed);
    begin();
    for (int i = 0; i < 120; ++i)
        step();
    calm();
    const QString found = trouble();
    QVERIFY2(found.isEmpty(), qPrintable(found));
    m_workers.clear();
    m_world.reset();
}

QTEST_GUILESS_MAIN(HistoriesTest)
#include "tst_histories.moc"
