// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/queries.h"
#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHash>
#include <QStringList>

#include <algorithm>
#include <cstdio>
#include <functional>

using namespace Earshot;

namespace {

constexpr int runs = 200;
constexpr double frame = 16.0;

/// One line of the table: how long `work` takes, in milliseconds. It is told the number of the run.
void measure(const QString &name, const std::function<qsizetype(int)> &work)
{
    QList<double> times;
    qsizetype rows = 0;
    for (int i = 0; i < runs; ++i) {
        QElapsedTimer timer;
        timer.start();
        rows = std::max(rows, work(i));
        times.append(double(timer.nsecsElapsed()) / 1e6);
    }
    const double first = times.first();
    std::sort(times.begin(), times.end());
    const double almostWorst = times[runs * 99 / 100];
    std::printf("%-44s %9.3f %9.3f %9.3f %9.3f %6lld%s\n", qPrintable(name), first, times[runs / 2], almostWorst,
                times.last(), static_cast<long long>(rows), almostWorst > frame ? "  over one frame" : "");
    std::fflush(stdout);
}

/// The words of newest messages, from common to rare.
struct Words
{
    QStringList common;
    QStringList middle;
    QStringList rare;
};

/// Looks at a sample of the messages for words to search for.
Words findWords(Database &database, MessageId newest)
{
    QHash<QString, int> counts;
    for (qint64 id = newest.value; id > newest.value - 40'000; id -= 4) {
        const auto found = loadMessagesById(database, {MessageId(id)});
        if (!found || found->isEmpty())
            continue;
        const QStringList words = found->first().text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        for (QString word : words) {
            word.removeIf([](QChar c) { return !c.isLetter(); });
            if (word.size() > 1)
                ++counts[word.toLower()];
        }
    }
    QStringList words = counts.keys();
    std::sort(words.begin(), words.end(), [&counts](const QString &a, const QString &b) {
        return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
    });
    return {words.mid(0, 20), words.mid(200, 200), words.mid(words.size() / 2, 1000)};
}

class Bench
{
public:
    Bench(Database &database, Time now)
        : m_database(database)
        , m_now(now)
    {
    }
    void run();

private:
    void measureLists();
    void measureConversations();
    void measureSearch();
    void measureView(View view, const QString &name);
    void search(const QString &name, const std::function<QString(int)> &text, bool isTyping = false);
    [[nodiscard]] qsizetype openLongest();

    Database &m_database;
    Time m_now;
    AgentId m_me{2};
    ConversationId m_longest;
};

void Bench::measureView(View view, const QString &name)
{
    ListQuery query;
    query.view = view;
    query.me = m_me;
    query.channel = ChannelId(1);
    query.tag = TagId(1);
    query.contact = ContactId(1);
    query.now = m_now;
    measure(name + QStringLiteral(", first page"),
            [&](int) { return listConversations(m_database, query).value_or(QList<ListEntry>()).size(); });
    query.limit = 20'000;
    const QList<ListEntry> many = listConversations(m_database, query).value_or(QList<ListEntry>());
    query.limit = 50;
    if (many.size() < 100)
        return;
    const ListEntry &deep = many[many.size() - 51];
    query.after = ListPlace{deep.at, deep.id};
    measure(QStringLiteral("%1, after %2 rows").arg(name).arg(many.size() - 51),
            [&](int) { return listConversations(m_database, query).value_or(QList<ListEntry>()).size(); });
}

void Bench::measureLists()
{
    for (int i = 0; i <= int(View::contact); ++i)
        measureView(static_cast<View>(i), QStringLiteral("view %1").arg(word(static_cast<View>(i))));
    measure(QStringLiteral("counts of all views"),
            [&](int) { return countViews(m_database, m_me, m_now).value_or(ViewCounts()).channels.size(); });
    ListQuery query;
    query.now = m_now;
    QList<ConversationId> ids;
    const auto entries = listConversations(m_database, query);
    for (const ListEntry &entry : entries.value_or(QList<ListEntry>()))
        ids.append(entry.id);
    measure(QStringLiteral("load 50 rows of a list"),
            [&](int) { return loadConversations(m_database, ids, m_me, m_now)->size(); });
}

qsizetype Bench::openLongest()
{
    qsizetype rows = 0;
    TimelineQuery query{m_longest, std::nullopt, 100};
    rows += loadConversations(m_database, {m_longest}, m_me, m_now)->size();
    rows += loadMessages(m_database, query)->size();
    rows += loadEvents(m_database, m_longest)->size();
    return rows;
}

void Bench::measureConversations()
{
    measure(QStringLiteral("open the longest conversation"), [&](int) { return openLongest(); });
    TimelineQuery all{m_longest, std::nullopt, 5000};
    measure(QStringLiteral("all messages of the longest conversation"),
            [&](int) { return loadMessages(m_database, all)->size(); });
    measure(QStringLiteral("rest of the thread"),
            [&](int) { return loadThreadContext(m_database, m_longest)->size(); });
    measure(QStringLiteral("newest 100 lines of the journal"),
            [&](int) { return loadJournal(m_database, 0, 100)->size(); });
    measure(QStringLiteral("outbox"), [&](int) { return loadOutbox(m_database)->size(); });
}

void Bench::search(const QString &name, const std::function<QString(int)> &text, bool isTyping)
{
    measure(name, [&](int i) {
        const SearchQuery query = parseSearch(text(i), isTyping);
        return searchMessages(m_database, query, m_me, {}, 50, m_now).value_or(SearchPage()).hits.size();
    });
}

void Bench::measureSearch()
{
    const auto newest = searchMessages(m_database, parseSearch(QStringLiteral("is:reply")), m_me, {}, 1, m_now);
    if (!newest || newest->hits.isEmpty())
        return;
    const Words words = findWords(m_database, newest->hits.first().message);
    const auto from = [](const QStringList &list, int i) { return list.isEmpty() ? QString() : list[i % list.size()]; };
    const auto common = [&](int i) { return from(words.common, i); };
    const auto middle = [&](int i) { return from(words.middle, i); };
    const auto rare = [&](int i) { return from(words.rare, i); };
    const auto pair = [](const QString &a, const QString &b) -> QString { return a + QLatin1Char(' ') + b; };
    search(QStringLiteral("search a common word"), common);
    search(QStringLiteral("search a word of the middle"), middle);
    search(QStringLiteral("search a rare word"), rare);
    search(QStringLiteral("search a word that is nowhere"), [](int) { return QStringLiteral("xyzzyx"); });
    search(QStringLiteral("search two common words"), [&](int i) { return pair(common(i), common(i + 7)); });
    search(QStringLiteral("search two words of the middle"), [&](int i) { return pair(middle(i), middle(i + 31)); });
    search(QStringLiteral("search a common and a rare word"), [&](int i) { return pair(common(i), rare(i)); });
    search(QStringLiteral("search a phrase of common words"),
           [&](int i) -> QString { return QLatin1Char('"') + pair(common(i), common(i + 1)) + QLatin1Char('"'); });
    for (int letters = 1; letters <= 8; ++letters) {
        search(
            QStringLiteral("search while typing, %1 letters").arg(letters),
            [&](int i) { return (i % 2 ? middle(i) : rare(i)).left(letters); }, true);
    }
    search(
        QStringLiteral("search typing the second word"), [&](int i) { return pair(common(i), middle(i).left(3)); },
        true);
    search(QStringLiteral("search in a channel"), [&](int i) { return pair(common(i), QStringLiteral("channel:a")); });
    search(QStringLiteral("search one author's"), [&](int i) { return pair(common(i), QStringLiteral("from:anna")); });
    search(QStringLiteral("search a word of two months"),
           [&](int i) { return pair(middle(i), QStringLiteral("after:2025-03 before:2025-05")); });
    search(QStringLiteral("search notes"), [&](int i) { return pair(common(i), QStringLiteral("is:note")); });
    search(QStringLiteral("search my open ones (joined)"),
           [&](int i) { return pair(middle(i), QStringLiteral("is:open is:mine")); });
}

void Bench::run()
{
    std::printf("%-44s %9s %9s %9s %9s %6s\n", "milliseconds", "first", "median", "99 %", "worst", "rows");
    {
        Statement find = m_database.statement("select_longest_conversation");
        if (find.next())
            find >> m_longest;
    }
    measureLists();
    measureConversations();
    measureSearch();
}

} // namespace

/// bench_queries FILE: how long the reading of a workspace takes; FILE may be in EARSHOT_BENCH_WORKSPACE instead.
int main(int argc, char **argv)
{
    const QCoreApplication program(argc, argv);
    const QString path = program.arguments().value(1, qEnvironmentVariable("EARSHOT_BENCH_WORKSPACE"));
    const SystemClock clock;
    const auto workspace = Workspace::open(path, Workspace::Access::readOnly, clock);
    if (!workspace) {
        std::fprintf(stderr, "%s cannot be opened: %s\n", qPrintable(path), qPrintable(workspace.error().detail));
        return 1;
    }
    const Result<bool> done = (*workspace)->readNow<bool>([&clock](Database &database) -> Result<bool> {
        Bench(database, clock.now()).run();
        return database.result(true);
    });
    return done ? 0 : 1;
}
