// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/queries.h"
#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHash>
#include <QStringList>

#include <time.h>

#include <algorithm>
#include <cstdio>
#include <functional>

using namespace Earshot;

namespace {

constexpr int runs = 200;
constexpr double frame = 16.0;

/// Milliseconds of this thread's processor time: on a busy machine the better measure.
double busyNow()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// One line of the table: how long `work` takes, in milliseconds. It is told the number of the run.
void measure(const QString &name, const std::function<qsizetype(int)> &work)
{
    QList<double> times;
    QList<double> busy;
    qsizetype rows = 0;
    for (int i = 0; i < runs; ++i) {
        const double before = busyNow();
        QElapsedTimer timer;
        timer.start();
        rows = std::max(rows, work(i));
        times.append(double(timer.nsecsElapsed()) / 1e6);
        busy.append(busyNow() - before);
    }
    const double first = times.first();
    std::sort(times.begin(), times.end());
    std::sort(busy.begin(), busy.end());
    const double almostWorst = times[runs * 99 / 100];
    std::printf("%-50s %8.3f %8.3f %8.3f %8.3f %8.3f %8.3f %5lld%s\n", qPrintable(name), first, times[runs / 2],
                almostWorst, times.last(), busy[runs / 2], busy[runs * 99 / 100], static_cast<long long>(rows),
                almostWorst > frame ? "  over one frame" : "");
    std::fflush(stdout);
}

/// The words of the messages, from common to rare, and what else is searched for.
struct Words
{
    QStringList common;
    QStringList middle;
    QStringList rare;
    QStringList phrases; ///< two words that follow each other somewhere
    QStringList authors; ///< first names
    QStringList handles;
};

/// Looks at a sample of the whole history.
Words findWords(Database &database, MessageId newest)
{
    Words found;
    QHash<QString, int> counts;
    const qint64 all = newest.value - (Q_INT64_C(1) << 40);
    const qint64 step = std::max<qint64>(all / 10'000, 1);
    for (qint64 id = newest.value; id > newest.value - all; id -= step) {
        const auto messages = loadMessagesById(database, {MessageId(id)});
        if (!messages || messages->isEmpty())
            continue;
        const MessageRecord &message = messages->first();
        QStringList words;
        const QStringList pieces = message.text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        for (QString word : pieces) {
            word.removeIf([](QChar c) { return !c.isLetter(); });
            if (word.size() > 1)
                words.append(word.toLower());
        }
        for (const QString &word : std::as_const(words))
            ++counts[word];
        if (words.size() > 3)
            found.phrases.append(QStringLiteral("\"%1 %2\"").arg(words[1], words[2]));
        if (!message.authorName.isEmpty()) {
            found.authors.append(message.authorName.section(QLatin1Char(' '), 0, 0));
            found.handles.append(message.authorHandle);
        }
    }
    QStringList words = counts.keys();
    std::sort(words.begin(), words.end(), [&counts](const QString &a, const QString &b) {
        return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
    });
    found.common = words.mid(0, 20);
    found.middle = words.mid(200, 200);
    found.rare = words.mid(words.size() / 2);
    return found;
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
    void measureWords();
    void measureTyping();
    void measureOperators();
    void measureOperator(const QString &name, const std::function<QString(int)> &filter);
    [[nodiscard]] QString common(int i) const;
    [[nodiscard]] QString middle(int i) const;
    [[nodiscard]] QString rare(int i) const;
    [[nodiscard]] static QString pair(const QString &a, const QString &b);
    void measureView(View view, const QString &name);
    void search(const QString &name, const std::function<QString(int)> &text, bool isTyping = false);
    [[nodiscard]] qsizetype openLongest();

    Database &m_database;
    Time m_now;
    AgentId m_me{2};
    ConversationId m_longest;
    Words m_words;
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
    ListQuery ofAgent;
    ofAgent.view = View::custom;
    ofAgent.filter.statuses = {Status::open};
    ofAgent.filter.owner = ViewFilter::Owner::agent;
    ofAgent.now = m_now;
    measure(QStringLiteral("open ones of each agent, first page"), [&](int i) {
        ofAgent.filter.agent = AgentId(1 + i % 24);
        return listConversations(m_database, ofAgent).value_or(QList<ListEntry>()).size();
    });
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
    int unfinished = 0;
    measure(name, [&](int i) {
        const SearchQuery query = parseSearch(text(i), isTyping);
        const SearchPage page = searchMessages(m_database, query, m_me, {}, 50, m_now).value_or(SearchPage());
        unfinished += page.isSearchingOlder ? 1 : 0;
        return page.hits.size();
    });
    if (unfinished > 0)
        std::printf("    %d of %d found fewer than 50 in their time and go on\n", unfinished, runs);
}

void Bench::measureSearch()
{
    const auto newest = searchMessages(m_database, parseSearch(QStringLiteral("-xyzzyx")), m_me, {}, 1, m_now);
    if (!newest || newest->hits.isEmpty())
        return;
    m_words = findWords(m_database, newest->hits.first().message);
    measureWords();
    measureTyping();
    measureOperators();
}

QString Bench::common(int i) const
{
    return m_words.common.value(i % std::max<qsizetype>(m_words.common.size(), 1));
}

QString Bench::middle(int i) const
{
    return m_words.middle.value(i % std::max<qsizetype>(m_words.middle.size(), 1));
}

QString Bench::rare(int i) const
{
    return m_words.rare.value(i * 7 % std::max<qsizetype>(m_words.rare.size(), 1));
}

QString Bench::pair(const QString &a, const QString &b)
{
    return a + QLatin1Char(' ') + b;
}

void Bench::measureWords()
{
    search(QStringLiteral("the commonest word"), [this](int) { return common(0); });
    search(QStringLiteral("a common word"), [this](int i) { return common(i); });
    search(QStringLiteral("a word of the middle"), [this](int i) { return middle(i); });
    search(QStringLiteral("a rare word"), [this](int i) { return rare(i); });
    search(QStringLiteral("the rarest word"), [this](int) { return m_words.rare.value(m_words.rare.size() - 1); });
    search(QStringLiteral("a word that is nowhere"), [](int) { return QStringLiteral("xyzzyx"); });
    search(QStringLiteral("two common words"), [this](int i) { return pair(common(i), common(i + 7)); });
    search(QStringLiteral("two words of the middle"), [this](int i) { return pair(middle(i), middle(i + 31)); });
    search(QStringLiteral("two rare words"), [this](int i) { return pair(rare(i), rare(i + 31)); });
    search(QStringLiteral("a common and a rare word"), [this](int i) { return pair(common(i), rare(i)); });
    search(QStringLiteral("three words of the middle"),
           [this](int i) { return pair(middle(i), pair(middle(i + 31), middle(i + 77))); });
    search(QStringLiteral("a phrase of common words"),
           [this](int i) -> QString { return QLatin1Char('"') + pair(common(i), common(i + 1)) + QLatin1Char('"'); });
    search(QStringLiteral("a phrase of somebody's"),
           [this](int i) { return m_words.phrases.value(i * 13 % std::max<qsizetype>(m_words.phrases.size(), 1)); });
    search(QStringLiteral("a word without another"),
           [this](int i) -> QString { return middle(i) + QStringLiteral(" -") + common(i); });
}

void Bench::measureTyping()
{
    for (int letters = 1; letters <= 8; ++letters) {
        search(
            QStringLiteral("while typing, %1 letters").arg(letters),
            [this, letters](int i) { return (i % 2 ? middle(i) : rare(i)).left(letters); }, true);
    }
    for (int letters = 1; letters <= 5; letters += 2) {
        search(
            QStringLiteral("typing the second word, %1 letters").arg(letters),
            [this, letters](int i) { return pair(i % 2 ? middle(i) : common(i), rare(i).left(letters)); }, true);
    }
}

void Bench::measureOperators()
{
    const QStringList filters{QStringLiteral("is:open"),
                              QStringLiteral("is:pending"),
                              QStringLiteral("is:snoozed"),
                              QStringLiteral("is:resolved"),
                              QStringLiteral("is:mine"),
                              QStringLiteral("is:unassigned"),
                              QStringLiteral("is:open is:mine"),
                              QStringLiteral("is:open is:unassigned"),
                              QStringLiteral("is:note"),
                              QStringLiteral("is:reply"),
                              QStringLiteral("tag:tag3"),
                              QStringLiteral("tag:tag3 is:open"),
                              QStringLiteral("channel:channel"),
                              QStringLiteral("channel:1"),
                              QStringLiteral("channel:\"channel 7\""),
                              QStringLiteral("before:2025-03"),
                              QStringLiteral("before:2023-02-17"),
                              QStringLiteral("after:2026-01"),
                              QStringLiteral("after:2024-03 before:2024-05")};
    for (const QString &filter : filters)
        measureOperator(filter, [filter](int) { return filter; });
    const auto from = [](const QStringList &known, int i) -> QString {
        return QStringLiteral("from:") + known.value(i * 17 % std::max<qsizetype>(known.size(), 1));
    };
    measureOperator(QStringLiteral("from:FIRSTNAME"), [this, from](int i) { return from(m_words.authors, i); });
    measureOperator(QStringLiteral("from:HANDLE"), [this, from](int i) { return from(m_words.handles, i); });
    measureOperator(QStringLiteral("from:THREE LETTERS"),
                    [this, from](int i) { return from(m_words.authors, i).left(8); });
}

void Bench::measureOperator(const QString &name, const std::function<QString(int)> &filter)
{
    search(name, filter);
    search(name + QStringLiteral(" and a common word"), [&](int i) { return pair(filter(i), common(i)); });
    search(name + QStringLiteral(" and one of the middle"), [&](int i) { return pair(filter(i), middle(i)); });
    search(name + QStringLiteral(" and a rare word"), [&](int i) { return pair(filter(i), rare(i)); });
    search(
        name + QStringLiteral(" and 3 letters"), [&](int i) { return pair(filter(i), middle(i).left(3)); }, true);
}

void Bench::run()
{
    std::printf("%-50s %8s %8s %8s %8s %8s %8s %5s\n", "milliseconds", "first", "median", "99 %", "worst", "busy",
                "busy 99", "rows");
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
