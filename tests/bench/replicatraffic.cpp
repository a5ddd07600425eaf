// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/replicatraffic.h"

#include "model/outcome.h"
#include "tests/bench/figures.h"
#include "tests/bench/followingreplica.h"
#include "workspace/queries.h"

#include <QElapsedTimer>

namespace Earshot {

namespace {

constexpr int patience = 600'000;
constexpr int secondsOfHour = 3600;

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

ActingClients::Load oneByOne()
{
    return {200, 5, 1};
}

ActingClients::Load manyAtOnce()
{
    return {2000, 5, 20};
}

/// What waits for somebody.
QList<ConversationId> openConversations(Desk &desk, int most)
{
    ListQuery query;
    query.view = View::open;
    query.limit = most;
    query.now = desk.workspace().clock().now();
    const auto found = desk.workspace().readNow<QList<ConversationId>>([&query](Database &database) {
        QList<ConversationId> ids;
        const auto entries = listConversations(database, query);
        for (const ListEntry &entry : entries.value_or(QList<ListEntry>()))
            ids.append(entry.id);
        return database.result(ids);
    });
    return found.value_or(QList<ConversationId>());
}

/// What an agent does with one conversation.
QList<ActionArguments> workOn(ConversationId conversation)
{
    Act::SendReply reply;
    reply.conversation = conversation;
    reply.text =
        str("Thank you for writing. We have looked at it and sent you a new one today; it arrives on Thursday.");
    return {Act::Assign{conversation, AgentId(1)}, Act::AddTag{conversation, str("delivery")},
            Act::AddNote{conversation, str("Asked the warehouse: it is on its way.")}, reply,
            Act::SetStatus{conversation, Status::resolved, Reason::answered, {}}};
}

} // namespace

ReplicaTraffic::ReplicaTraffic(const ServedCopy &server, CountingProxy &proxy, ActingClients &others, QByteArray token,
                               QString folder)
    : m_server(server)
    , m_proxy(proxy)
    , m_others(others)
    , m_token(std::move(token))
    , m_folder(std::move(folder))
{
}

void ReplicaTraffic::print(const QString &what, const CountingProxy::Bytes &bytes) const
{
    printFigure(what, str("%L1 bytes to the server, %L2 from it").arg(bytes.sent).arg(bytes.received));
}

void ReplicaTraffic::measureIdleness(int seconds)
{
    CountingProxy::Bytes hour;
    const auto checks = ReplicaFollower::Pauses().betweenChecks;
    constexpr Duration often = std::chrono::seconds(5);
    for (const bool isChecked : {false, true}) {
        FollowingReplica replica(
            m_proxy.serverPort(), m_server.account(), m_token, m_folder, [](qint64) {},
            isChecked ? often : Duration(std::chrono::hours(2)));
        runFor(patience, [&] { return replica.isCurrent(); });
        runFor(3000, [] { return false; });
        static_cast<void>(m_proxy.take());
        runFor(seconds * 1000, [] { return false; });
        const CountingProxy::Bytes bytes = m_proxy.take();
        if (!isChecked) {
            hour = {bytes.sent * secondsOfHour / seconds, bytes.received * secondsOfHour / seconds};
            print(str("nothing but beats, an hour (from %1 s)").arg(seconds), hour);
            continue;
        }
        const qint64 count = std::max<qint64>(1, seconds * 1000LL / often.count());
        const qint64 anHour = std::chrono::hours(1) / checks;
        const auto perCheck = [&](qint64 all, qint64 beats) { return (all - beats * seconds / secondsOfHour) / count; };
        const CountingProxy::Bytes check{perCheck(bytes.sent, hour.sent), perCheck(bytes.received, hour.received)};
        print(str("one comparing of rows (%1 an hour)").arg(anHour), check);
        print(str("an idle hour"), {hour.sent + check.sent * anHour, hour.received + check.received * anHour});
    }
}

void ReplicaTraffic::measureDay(int conversations, qint64 changes)
{
    qint64 reached = 0;
    FollowingReplica replica(m_proxy.serverPort(), m_server.account(), m_token, m_folder,
                             [&reached](qint64 seq) { reached = std::max(reached, seq); });
    runFor(patience, [&] { return replica.isCurrent(); });
    const QList<ConversationId> open = openConversations(replica.desk(), conversations);
    static_cast<void>(m_proxy.take());
    const QObject window;
    int done = 0;
    QStringList refused;
    for (const ConversationId conversation : open) {
        replica.desk().show(&window, {{conversation}, {}, {}});
        for (const ActionArguments &arguments : workOn(conversation)) {
            auto future = replica.desk().perform({makeAction(arguments, SystemClock().now())});
            runFor(10'000, [&] { return future.isFinished(); });
            const Outcome outcome = future.isFinished() ? future.result().constFirst() : Outcome();
            if (outcome.isApplied())
                ++done;
            else
                refused.append(str("%1: %2").arg(arguments.index()).arg(word(outcome.refusal.kind)));
        }
    }
    runFor(patience, [&] { return replica.desk().waitingCount() == 0; });
    runFor(1000, [] { return false; });
    print(str("own work: %1 conversations, %2 actions").arg(open.size()).arg(done), m_proxy.take());
    refused.removeDuplicates();
    if (!refused.isEmpty())
        printFigure(str("  not carried out (action: refusal)"), refused.join(str(", ")));
    const qint64 last = m_others.change(changes, oneByOne());
    runFor(patience, [&] { return reached >= last; });
    print(str("others' %L1 changes, one by one").arg(changes), m_proxy.take());
}

void ReplicaTraffic::measureCatchingUp(const QString &what, qint64 changes, double budget)
{
    const qint64 last = m_others.change(changes, manyAtOnce());
    if (last == 0) {
        printFigure(what, str("the changes were not carried out"));
        return;
    }
    static_cast<void>(m_proxy.take());
    qint64 reached = 0;
    QElapsedTimer timer;
    timer.start();
    FollowingReplica replica(m_proxy.serverPort(), m_server.account(), m_token, m_folder,
                             [&reached](qint64 seq) { reached = std::max(reached, seq); });
    runFor(patience, [&] { return replica.isCurrent() && reached >= last; });
    const double seconds = double(timer.elapsed()) / 1000;
    QString told = str("%1 s").arg(seconds, 0, 'f', 2);
    if (budget > 0)
        told += str(" (budget %1)").arg(budget);
    printFigure(what, told);
    print(str("  traffic of that"), m_proxy.take());
}

} // namespace Earshot
