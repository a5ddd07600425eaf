// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_writing: opening, acting and taking in, on the workspace named by EARSHOT_BENCH_WORKSPACE. Prints a table;
// asserts nothing.

#include "desk/intake.h"
#include "desk/localdesk.h"
#include "workspace/queries.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

using namespace Earshot;

namespace {

constexpr int runs = 200;

void printRow(const QString &name, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at = [&times](double share) {
        return times[std::min(size_t(double(times.size()) * share), times.size() - 1)];
    };
    std::printf("%-44s %10.3f %10.3f %10.3f\n", qPrintable(name), at(0.5), at(0.99), times.back());
}

/// Milliseconds of each run of `work`.
void measure(const QString &name, const std::function<void(int)> &work, int count = runs)
{
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        QElapsedTimer timer;
        timer.start();
        work(i);
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    printRow(name, times);
}

class Bench
{
public:
    explicit Bench(Workspace &workspace)
        : m_workspace(workspace)
    {
    }

    void actions(LocalDesk &desk);

private:
    template <class T>
    T read(const std::function<Result<T>(Database &)> &work)
    {
        return m_workspace.readNow<T>(work).value();
    }
    [[nodiscard]] ListQuery query(View view) const
    {
        ListQuery wish;
        wish.view = view;
        wish.me = AgentId(1);
        wish.now = m_workspace.clock().now();
        return wish;
    }
    QList<ConversationRecord> page(const ListQuery &wish)
    {
        return read<QList<ConversationRecord>>([&wish](Database &database) -> Result<QList<ConversationRecord>> {
            const auto entries = listConversations(database, wish);
            QList<ConversationId> ids;
            for (const ListEntry &entry : *entries)
                ids.append(entry.id);
            return loadConversations(database, ids, AgentId(1), wish.now);
        });
    }

    Workspace &m_workspace;
};

void Bench::actions(LocalDesk &desk)
{
    const auto rows = page(query(View::open));
    if (rows.isEmpty())
        return;
    measure(QStringLiteral("an action, decided and durable"), [&](int i) {
        ActionArguments arguments = Act::AddTag{rows.constFirst().id, QStringLiteral("bench")};
        if (i % 2 == 1)
            arguments = Act::RemoveTag{rows.constFirst().id, QStringLiteral("bench")};
        desk.perform({makeAction(arguments, m_workspace.clock().now())}).waitForFinished();
    });
}

Page pageOf(int number, int perPage, Time now)
{
    Page page;
    for (int i = 0; i < perPage; ++i) {
        RemoteMessage message;
        const int n = number * perPage + i;
        message.uri = QStringLiteral("https://social.example/%1/%2").arg(toMs(now)).arg(n);
        message.remoteId = QString::number(n);
        message.author.id = QString::number(n % 3000);
        message.author.name = QStringLiteral("Person %1").arg(n % 3000);
        message.sentAt = now;
        message.text =
            QStringLiteral("since the update %1 my lamp number %2 does not light any more, what can I do about it? "
                           "I tried another plug and the manual says nothing, order %3 of last week")
                .arg(n % 77)
                .arg(n)
                .arg(n % 5000);
        page.messages.append(message);
    }
    return page;
}

/// Takes 100 pages of 200 messages in, each a transaction of its own, on a channel of their own.
void inbound(const char *where, Workspace &workspace)
{
    constexpr int pages = 100;
    constexpr int perPage = 200;
    const Time now = workspace.clock().now();
    LocalDesk desk(workspace, AgentId(1));
    Intake intake(workspace);
    Act::AddChannel add;
    add.network = Network::mastodon;
    add.address = QStringLiteral("@bench%1@social.example").arg(toMs(now));
    const QList<Outcome> outcomes = desk.perform({makeAction(add, now)}).result();
    QElapsedTimer timer;
    timer.start();
    for (int p = 0; p < pages; ++p)
        intake.storePage(ChannelId(outcomes.constFirst().created), pageOf(p, perPage, now)).waitForFinished();
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    std::printf("inbound messages stored and indexed, %-20s %8.0f a second\n", where, pages * perPage / seconds);
}

void inboundToNewFile(const Clock &clock)
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("inbound.earshot"));
    if (!Workspace::create(path, QStringLiteral("Ana"), clock))
        return;
    inbound("into a new file", **Workspace::open(path, Workspace::Access::owner, clock));
}

void disk(const QString &path, Workspace &workspace)
{
    const Result<qint64> messages = workspace.readNow<qint64>([](Database &database) -> Result<qint64> {
        Statement count = database.statement("count_messages");
        return count.next() ? count.integer(0) : 0;
    });
    const qint64 bytes = QFileInfo(path).size() + QFileInfo(path + QStringLiteral("-wal")).size();
    std::printf("%-44s %10.0f bytes (budget 1000)\n", "disk a message, index and all",
                double(bytes) / double(std::max<qint64>(messages.value_or(0), 1)));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QString path = qEnvironmentVariable("EARSHOT_BENCH_WORKSPACE");
    const SystemClock clock;
    QElapsedTimer timer;
    timer.start();
    auto workspace = Workspace::open(path, Workspace::Access::owner, clock);
    if (!workspace) {
        std::fprintf(stderr, "EARSHOT_BENCH_WORKSPACE: %s\n", qPrintable(workspace.error().detail));
        return 1;
    }
    std::printf("%-44s %10s %10s %10s   (ms, %d runs)\n", "", "median", "99 %", "worst", runs);
    std::printf("%-44s %10.3f\n", "open the workspace", double(timer.nsecsElapsed()) / 1e6);
    disk(path, **workspace);
    Bench bench(**workspace);
    LocalDesk desk(**workspace, AgentId(1));
    bench.actions(desk);
    std::printf("\n");
    inboundToNewFile(clock);
    inbound("into this workspace", **workspace);
    return 0;
}
