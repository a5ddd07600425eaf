// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"

#include "workspace/personalstore.h"
#include "workspace/queries.h"
#include "workspace/viewstore.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

constexpr qint64 now = 1'000'000;
constexpr int agents = 4; // 1 is me, 3 is off duty
constexpr int channels = 3;
constexpr int tags = 4;

Network networkOf(qint64 channel)
{
    return Network(channel % 3);
}

/// A conversation as the test's own simple reading of a filter sees it.
struct Row
{
    qint64 id = 0;
    qint64 channel = 0;
    qint64 thread = 0;
    Status status = Status::open;
    qint64 assignee = 0;
    int priority = 0;
    bool needsAnswer = false;
    bool isPrivate = false;
    bool hasTrouble = false;
    qint64 at = 0;
    qint64 waitingSince = 0;
    QSet<qint64> tags;
};

bool fits(const ViewFilter &filter, const Row &row)
{
    const auto has = [&row](TagId tag) { return row.tags.contains(tag.value); };
    const bool isOwned = filter.owner == ViewFilter::Owner::anyone ||
                         (filter.owner == ViewFilter::Owner::me && row.assignee == 1) ||
                         (filter.owner == ViewFilter::Owner::nobody && row.assignee == 0) ||
                         (filter.owner == ViewFilter::Owner::agent && row.assignee == filter.agent.value);
    return isOwned && (filter.statuses.isEmpty() || filter.statuses.contains(row.status)) &&
           (filter.channels.isEmpty() || filter.channels.contains(ChannelId(row.channel))) &&
           (filter.networks.isEmpty() || filter.networks.contains(networkOf(row.channel))) &&
           std::all_of(filter.tags.cbegin(), filter.tags.cend(), has) &&
           std::none_of(filter.withoutTags.cbegin(), filter.withoutTags.cend(), has) &&
           row.priority >= int(filter.least) &&
           (!filter.isOfUnanswered() || (row.needsAnswer && row.status == Status::open)) &&
           (filter.isCounted() || (row.waitingSince > 0 && row.waitingSince < now - filter.waitsLonger.count())) &&
           (!filter.isPrivate || row.isPrivate) && (!filter.hasTrouble || row.hasTrouble);
}

ViewFilter randomFilter(QRandomGenerator &random)
{
    ViewFilter filter;
    for (const Status status : {Status::open, Status::pending, Status::snoozed, Status::resolved}) {
        if (random.bounded(2))
            filter.statuses.append(status);
    }
    filter.owner = ViewFilter::Owner(random.bounded(4));
    if (filter.owner == ViewFilter::Owner::agent)
        filter.agent = AgentId(random.bounded(1, agents + 1));
    if (random.bounded(2))
        filter.channels.append(ChannelId(random.bounded(1, channels + 1)));
    if (random.bounded(4) == 0)
        filter.channels.append(ChannelId(1));
    if (random.bounded(3) == 0)
        filter.networks = {networkOf(random.bounded(1, channels + 1))};
    if (random.bounded(6) == 0)
        filter.networks = {Network::feed, Network::mastodon};
    for (int tag = 1; tag <= tags; ++tag) {
        const int dice = random.bounded(6);
        if (dice == 0)
            filter.tags.append(TagId(tag));
        else if (dice == 1)
            filter.withoutTags.append(TagId(tag));
    }
    filter.least = random.bounded(3) ? Priority::low : Priority::high;
    filter.needsAnswer = random.bounded(4) == 0;
    filter.isPrivate = random.bounded(6) == 0;
    filter.hasTrouble = random.bounded(6) == 0;
    return filter;
}

ViewRecord viewOf(const QString &uuid, const ViewFilter &filter)
{
    ViewRecord view;
    view.uuid = uuid;
    view.content.name = uuid;
    view.content.filter = filter;
    return view;
}

} // namespace

/// Views that somebody made: their counts are right whatever happens, and they list what their filter says.
class ViewsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_rows.reset(); }
    void countsStayRight_data() { addSeeds(); }
    void countsStayRight();
    void listsWhatTheFilterSays_data() { addSeeds(); }
    void listsWhatTheFilterSays();
    void isNotCountedUntilAllIs();
    void changedFilterIsCountedAgain();
    void onlyWhatIsOpenNeedsAnAnswer();
    void renamedViewKeepsItsCount();
    void savedSearchHasNoCount();
    void waitingGrowsByTheClock();
    void whatWaitsLongIsNotCounted();
    void networksAreCountedThoughTheirChannelComesLate();
    void othersViewsAreLeftAlone();
    void sortsByPriorityAndWaiting();
    void sortsByReach();
    void threadsStandTogether();
    void countingTriggersReadOneConversation();

private:
    static void addSeeds();
    void storeView(const QString &uuid, const std::optional<ViewRecord> &view, qint64 agent = 1);
    void countAll(int rows = 3000);
    /// As they are now: what slept until a past time is open, in the team's queue when its owner is off duty.
    [[nodiscard]] QList<Row> all();
    [[nodiscard]] std::optional<qint64> count(const QString &uuid);
    [[nodiscard]] QList<qint64> listed(ListQuery query, qint64 when = now);
    void change(QRandomGenerator &random);
    void addRandom(QRandomGenerator &random);

    std::unique_ptr<TestRows> m_rows;
    qint64 m_next = 1;
};

void ViewsTest::init()
{
    m_rows = std::make_unique<TestRows>();
    m_next = 1;
    for (int id = 2; id <= agents; ++id)
        m_rows->addAgent(id, QStringLiteral("Agent %1").arg(id));
    m_rows->run(QStringLiteral("UPDATE agent SET on_duty = 0 WHERE id = 3"));
    for (int id = 1; id <= channels; ++id)
        m_rows->addChannel(id, QStringLiteral("Channel %1").arg(id), networkOf(id));
    for (int id = 1; id <= 300; ++id)
        m_rows->addIdentity(id, QStringLiteral("Contact %1").arg(id), QStringLiteral("@c%1").arg(id));
    for (int id = 1; id <= tags; ++id)
        m_rows->addTag(id, QStringLiteral("tag%1").arg(id));
}

void ViewsTest::addSeeds()
{
    QTest::addColumn<quint32>("seed");
    for (int i = 0; i < 3; ++i) {
        const quint32 seed = QRandomGenerator::global()->generate();
        QTest::addRow("seed %u", seed) << seed;
    }
}

void ViewsTest::storeView(const QString &uuid, const std::optional<ViewRecord> &view, qint64 agent)
{
    Seq last = 0;
    CommitNotice notice;
    Writing writing(m_rows->database(), last, notice, timeFromMs(now));
    storeOwnView(writing, AgentId(agent), uuid, view);
    QVERIFY(m_rows->database().done());
    QVERIFY(notice.hasViews);
}

void ViewsTest::countAll(int rows)
{
    Seq last = 0;
    CommitNotice notice;
    Writing writing(m_rows->database(), last, notice, timeFromMs(now));
    while (countViewSlice(writing, rows)) {
    }
    QVERIFY(m_rows->database().done());
}

QList<Row> ViewsTest::all()
{
    QList<Row> found;
    const QStringList rows = m_rows->rows(QStringLiteral(
        "SELECT c.id, c.channel, c.thread, c.status, coalesce(c.assignee, 0), c.priority, c.needs_answer, "
        "c.is_private, "
        "c.trouble, c.last_message_at, c.snoozed_until, c.waiting_since, "
        "coalesce((SELECT group_concat(t.tag, ' ') FROM conversation_tag t WHERE t.conversation = c.id), '') "
        "FROM conversation c ORDER BY c.last_message_at DESC, c.id DESC"));
    for (const QString &text : rows) {
        const QStringList part = text.split(u'|');
        Row row{part[0].toLongLong(), part[1].toLongLong(), part[2].toLongLong(),  Status(part[3].toInt()),
                part[4].toLongLong(), part[5].toInt(),      part[6] == u"1",       part[7] == u"1",
                part[8] != u"0",      part[9].toLongLong(), part[11].toLongLong(), {}};
        for (const QString &tag : part[12].split(u' ', Qt::SkipEmptyParts))
            row.tags.insert(tag.toLongLong());
        if (row.status == Status::snoozed && part[10].toLongLong() <= now) {
            row.status = Status::open;
            row.assignee = row.assignee == 3 ? 0 : row.assignee;
        }
        found.append(row);
    }
    return found;
}

std::optional<qint64> ViewsTest::count(const QString &uuid)
{
    const ViewCounts counts = countViews(m_rows->database(), AgentId(1), timeFromMs(now)).value();
    const auto found = counts.views.constFind(uuid);
    return found == counts.views.cend() ? std::nullopt : std::optional(*found);
}

QList<qint64> ViewsTest::listed(ListQuery query, qint64 when)
{
    query.me = AgentId(1);
    query.now = timeFromMs(when);
    QList<qint64> ids;
    for (;;) {
        const QList<ListEntry> page = listConversations(m_rows->database(), query).value();
        for (const ListEntry &entry : page)
            ids.append(entry.id.value);
        if (page.size() < query.limit || isReadWhole(query))
            return ids;
        query.after = ListPlace{page.constLast().at, page.constLast().id};
    }
}

void ViewsTest::addRandom(QRandomGenerator &random)
{
    TestRows::Conversation made;
    made.id = m_next++;
    made.channel = random.bounded(1, channels + 1);
    made.identity = made.id;
    made.status = Status(random.bounded(4));
    made.snoozedUntil = made.status == Status::snoozed ? now + random.bounded(-5, 20) : 0;
    made.assignee = random.bounded(agents + 1);
    made.at = random.bounded(1000);
    made.waitingSince = random.bounded(3) ? random.bounded(1, 1000) : 0;
    made.trouble = random.bounded(4) == 0;
    made.isPrivate = random.bounded(4) == 0;
    m_rows->addConversation(made);
    for (int tag = 1; tag <= tags; ++tag) {
        if (random.bounded(3) == 0)
            m_rows->tagConversation(made.id, tag);
    }
}

void ViewsTest::change(QRandomGenerator &random)
{
    const qint64 id = random.bounded(1, int(m_next));
    const auto set = [&](const QString &what, int value) {
        m_rows->run(QStringLiteral("UPDATE conversation SET %1 = %2 WHERE id = %3").arg(what).arg(value).arg(id));
    };
    switch (random.bounded(10)) {
    case 0:
        if (m_next < 300)
            addRandom(random);
        break;
    case 1:
        set(QStringLiteral("status"), random.bounded(4));
        set(QStringLiteral("snoozed_until"), int(now) + random.bounded(-5, 20));
        break;
    case 2:
        m_rows->run(QStringLiteral("UPDATE conversation SET assignee = nullif(%1, 0) WHERE id = %2")
                        .arg(random.bounded(agents + 1))
                        .arg(id));
        break;
    case 3:
        set(QStringLiteral("priority"), random.bounded(4));
        break;
    case 4:
        set(QStringLiteral("needs_answer"), random.bounded(2));
        break;
    case 5:
        set(QStringLiteral("trouble"), random.bounded(3));
        break;
    case 6:
        m_rows->run(QStringLiteral("DELETE FROM conversation_tag WHERE conversation = %1").arg(id));
        m_rows->run(QStringLiteral("DELETE FROM conversation WHERE id = %1").arg(id));
        break;
    case 7:
        m_rows->run(QStringLiteral("DELETE FROM conversation_tag WHERE conversation = %1 AND tag = %2")
                        .arg(id)
                        .arg(random.bounded(1, tags + 1)));
        break;
    default:
        m_rows->run(QStringLiteral("INSERT OR IGNORE INTO conversation_tag (seq, created_seq, channel, conversation, "
                                   "tag) SELECT %1, %1, 1, id, %2 FROM conversation WHERE id = %3")
                        .arg(m_rows->nextSeq())
                        .arg(random.bounded(1, tags + 1))
                        .arg(id));
    }
}

void ViewsTest::countsStayRight()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    for (int i = 0; i < 120; ++i)
        addRandom(random);
    QHash<QString, ViewFilter> filters;
    for (int i = 0; i < 30; ++i) {
        const QString uuid = QStringLiteral("view %1").arg(i);
        filters.insert(uuid, randomFilter(random));
        storeView(uuid, viewOf(uuid, filters.value(uuid)));
    }
    Seq last = 0;
    CommitNotice notice;
    Writing writing(m_rows->database(), last, notice, timeFromMs(now));
    // Everything goes on changing while some are counted to their end, some half way and some not at all.
    bool hasMore = true;
    for (int round = 0; hasMore; ++round) {
        for (int i = 0; i < 3; ++i)
            change(random);
        hasMore = countViewSlice(writing, random.bounded(5, 60));
        QVERIFY(round < 5000);
    }
    for (int i = 0; i < 300; ++i)
        change(random);
    const QList<Row> rows = all();
    for (auto it = filters.cbegin(); it != filters.cend(); ++it) {
        const auto wanted =
            std::count_if(rows.cbegin(), rows.cend(), [&](const Row &row) { return fits(it.value(), row); });
        QCOMPARE(count(it.key()), std::optional<qint64>(wanted));
    }
    QCOMPARE(m_rows->number(QStringLiteral("SELECT count(*) FROM view_count WHERE n < 0")), 0);
    const ViewCounts counts = countViews(m_rows->database(), AgentId(1), timeFromMs(now)).value();
    QHash<TagId, qint64> tagged;
    for (const Row &row : rows) {
        for (const qint64 tag : row.tags)
            ++tagged[TagId(tag)];
    }
    QVERIFY(tagged.size() > 1);
    for (auto it = tagged.cbegin(); it != tagged.cend(); ++it)
        QCOMPARE(counts.tags.value(it.key()), *it);
}

void ViewsTest::listsWhatTheFilterSays()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    for (int i = 0; i < 200; ++i)
        addRandom(random);
    for (int i = 0; i < 100; ++i)
        change(random);
    const QList<Row> rows = all();
    for (int i = 0; i < 60; ++i) {
        ListQuery query;
        query.view = View::custom;
        query.filter = randomFilter(random);
        // What is asked for most: the open ones of somebody.
        if (i % 3 == 0)
            query.filter.statuses = {Status::open};
        if (i % 4 == 0)
            query.filter.waitsLonger = Duration(now - random.bounded(1000));
        query.limit = random.bounded(1, 20);
        QList<qint64> wanted;
        for (const Row &row : rows) {
            if (fits(query.filter, row))
                wanted.append(row.id);
        }
        QCOMPARE(listed(query), wanted);
        if (hasOrders(query)) {
            query.order = ListOrder::priority;
            QList<qint64> sorted = listed(query);
            std::sort(sorted.begin(), sorted.end());
            std::sort(wanted.begin(), wanted.end());
            QCOMPARE(sorted, wanted);
        }
    }
}

void ViewsTest::isNotCountedUntilAllIs()
{
    QRandomGenerator random(7);
    for (int i = 0; i < 50; ++i)
        addRandom(random);
    storeView(QStringLiteral("all"), viewOf(QStringLiteral("all"), ViewFilter()));
    Seq last = 0;
    CommitNotice notice;
    Writing writing(m_rows->database(), last, notice, timeFromMs(now));
    QVERIFY(!count(QStringLiteral("all")));
    QVERIFY(countViewSlice(writing, 20));
    QVERIFY(countViewSlice(writing, 20));
    QVERIFY(!count(QStringLiteral("all")));
    QVERIFY(countViewSlice(writing, 20));
    QVERIFY(!countViewSlice(writing, 20));
    QCOMPARE(count(QStringLiteral("all")), std::optional<qint64>(50));
    storeView(QStringLiteral("all"), std::nullopt);
    QCOMPARE(m_rows->number(QStringLiteral("SELECT count(*) FROM view_count")), 0);
}

void ViewsTest::changedFilterIsCountedAgain()
{
    m_rows->addConversation({.id = 1, .at = 5});
    m_rows->addConversation({.id = 2, .identity = 2, .status = Status::resolved, .at = 6});
    ViewFilter filter;
    filter.statuses = {Status::open};
    storeView(QStringLiteral("v"), viewOf(QStringLiteral("v"), filter));
    countAll();
    QCOMPARE(count(QStringLiteral("v")), std::optional<qint64>(1));
    storeView(QStringLiteral("v"), viewOf(QStringLiteral("v"), ViewFilter()));
    QVERIFY(!count(QStringLiteral("v")));
    countAll();
    QCOMPARE(count(QStringLiteral("v")), std::optional<qint64>(2));
}

/// Whatever else a view lists: who waits for nothing more needs no answer.
void ViewsTest::onlyWhatIsOpenNeedsAnAnswer()
{
    m_rows->addConversation({.id = 1, .at = 5});
    m_rows->addConversation({.id = 2, .identity = 2, .status = Status::resolved, .at = 6});
    m_rows->addConversation({.id = 3, .identity = 3, .status = Status::pending, .at = 7});
    m_rows->addConversation({.id = 4, .identity = 4, .status = Status::snoozed, .snoozedUntil = now + 9, .at = 8});
    m_rows->addConversation({.id = 5, .identity = 5, .status = Status::snoozed, .snoozedUntil = now - 9, .at = 9});
    m_rows->run(QStringLiteral("UPDATE conversation SET needs_answer = 1"));
    const QString uuid = QStringLiteral("v");
    ListQuery query;
    query.view = View::custom;
    query.filter.needsAnswer = true;
    for (const QList<Status> &statuses : {QList<Status>{}, {Status::open, Status::resolved}, {Status::open}}) {
        query.filter.statuses = statuses;
        storeView(uuid, viewOf(uuid, query.filter));
        countAll();
        QCOMPARE(listed(query), (QList<qint64>{5, 1}));
        QCOMPARE(count(uuid), std::optional<qint64>(2));
    }
    query.filter.statuses = {Status::pending, Status::snoozed, Status::resolved};
    storeView(uuid, viewOf(uuid, query.filter));
    countAll();
    QCOMPARE(listed(query), QList<qint64>());
    QCOMPARE(count(uuid), std::optional<qint64>(0));
    // What is resolved leaves it.
    query.filter.statuses.clear();
    storeView(uuid, viewOf(uuid, query.filter));
    countAll();
    m_rows->run(QStringLiteral("UPDATE conversation SET status = 3 WHERE id = 1"));
    QCOMPARE(listed(query), QList<qint64>{5});
    QCOMPARE(count(uuid), std::optional<qint64>(1));
    m_rows->run(QStringLiteral("UPDATE conversation SET status = 0 WHERE id = 2"));
    QCOMPARE(listed(query), (QList<qint64>{5, 2}));
    QCOMPARE(count(uuid), std::optional<qint64>(2));
    QVERIFY(m_rows->rows(QStringLiteral("SELECT 1 FROM view_count WHERE n < 0")).isEmpty());
}

void ViewsTest::renamedViewKeepsItsCount()
{
    m_rows->addConversation({.id = 1, .at = 5});
    ViewRecord view = viewOf(QStringLiteral("v"), ViewFilter());
    storeView(view.uuid, view);
    countAll();
    view.content.name = QStringLiteral("Another name");
    view.position = 9;
    storeView(view.uuid, view);
    QCOMPARE(count(view.uuid), std::optional<qint64>(1));
    const QList<ViewRecord> views = loadViews(m_rows->database(), AgentId(1)).value();
    QCOMPARE(views.size(), 1);
    QCOMPARE(views.constFirst(), view);
}

void ViewsTest::savedSearchHasNoCount()
{
    ViewRecord view = viewOf(QStringLiteral("v"), ViewFilter());
    storeView(view.uuid, view);
    view.content.search = QStringLiteral("storm");
    storeView(view.uuid, view);
    countAll();
    QVERIFY(!count(view.uuid));
    QCOMPARE(loadViews(m_rows->database(), AgentId(1)).value().constFirst().content.search, QStringLiteral("storm"));
    view.content.search.clear();
    storeView(view.uuid, view);
    countAll();
    QCOMPARE(count(view.uuid), std::optional<qint64>(0));
}

void ViewsTest::waitingGrowsByTheClock()
{
    constexpr qint64 hour = 3'600'000;
    constexpr qint64 noon = 12 * hour;
    m_rows->addConversation({.id = 1, .at = noon, .waitingSince = noon});
    m_rows->addConversation({.id = 2, .identity = 2, .assignee = 1, .at = noon + hour, .waitingSince = noon + hour});
    m_rows->addConversation({.id = 3, .identity = 3, .at = noon}); // nobody waits
    m_rows->addConversation({.id = 4, .identity = 4, .status = Status::pending, .at = noon, .waitingSince = noon});
    m_rows->addConversation({.id = 5, .identity = 5, .status = Status::resolved, .at = noon, .waitingSince = noon});
    m_rows->addConversation({.id = 6,
                             .identity = 6,
                             .status = Status::snoozed,
                             .snoozedUntil = noon + 4 * hour,
                             .at = noon - 1,
                             .waitingSince = noon});
    for (int id = 1; id <= 6; ++id)
        m_rows->tagConversation(id, 1);
    ViewFilter filter;
    filter.waitsLonger = std::chrono::hours(2);
    ListQuery query;
    query.view = View::custom;
    query.filter = filter;
    QVERIFY(hasOrders(query));
    ViewFilter ofTag = filter;
    ofTag.tags = {TagId(1)};
    // Each of these is read by a statement of its own.
    for (const ViewFilter &one : {filter, ofTag}) {
        query.filter = one;
        QCOMPARE(listed(query, noon + 2 * hour), QList<qint64>());
        QCOMPARE(listed(query, noon + 2 * hour + 1), QList<qint64>{1});
        QCOMPARE(listed(query, noon + 3 * hour + 1), (QList<qint64>{2, 1}));
        QCOMPARE(listed(query, noon + 4 * hour), (QList<qint64>{2, 1, 6}));
    }
    query.filter.owner = ViewFilter::Owner::me;
    QCOMPARE(listed(query, noon + 4 * hour), QList<qint64>{2});
    query.filter.tags.clear();
    query.filter.statuses = {Status::open};
    QCOMPARE(listed(query, noon + 4 * hour), QList<qint64>{2});
}

void ViewsTest::whatWaitsLongIsNotCounted()
{
    m_rows->addConversation({.id = 1, .at = 5, .waitingSince = 5});
    ViewFilter filter;
    filter.waitsLonger = std::chrono::hours(2);
    ViewRecord view = viewOf(QStringLiteral("v"), filter);
    storeView(view.uuid, view);
    countAll();
    QVERIFY(!count(view.uuid));
    QCOMPARE(loadViews(m_rows->database(), AgentId(1)).value(), QList<ViewRecord>{view});
    // It is counted as soon as the time is no matter, and as long.
    view.content.filter = ViewFilter();
    storeView(view.uuid, view);
    countAll();
    QCOMPARE(count(view.uuid), std::optional<qint64>(1));
    view.content.filter = filter;
    storeView(view.uuid, view);
    countAll();
    QVERIFY(!count(view.uuid));
    QCOMPARE(m_rows->number(QStringLiteral("SELECT count(*) FROM view_count")), 0);
}

/// As in a replica, where rows come in the order of their changes.
void ViewsTest::networksAreCountedThoughTheirChannelComesLate()
{
    QRandomGenerator random(11);
    for (int i = 0; i < 60; ++i)
        addRandom(random);
    ViewFilter filter;
    filter.networks = {networkOf(2)};
    storeView(QStringLiteral("v"), viewOf(QStringLiteral("v"), filter));
    storeView(QStringLiteral("all"), viewOf(QStringLiteral("all"), ViewFilter()));
    countAll();
    const std::optional<qint64> there = count(QStringLiteral("v"));
    QVERIFY(there.value_or(0) > 0);
    const auto wrong = [this] {
        Statement check = m_rows->database().statement("check_view_counts");
        return check.next() ? check.integer(0) : -1;
    };
    m_rows->run(QStringLiteral("PRAGMA foreign_keys = OFF"));
    m_rows->run(QStringLiteral("CREATE TEMP TABLE kept AS SELECT * FROM channel WHERE id = 2"));
    m_rows->run(QStringLiteral("DELETE FROM channel WHERE id = 2"));
    // What has no channel yet is of no network.
    QVERIFY(!count(QStringLiteral("v")));
    QCOMPARE(count(QStringLiteral("all")), std::optional<qint64>(60));
    countAll();
    QCOMPARE(count(QStringLiteral("v")), std::optional<qint64>(0));
    m_rows->run(QStringLiteral("INSERT INTO channel SELECT * FROM kept"));
    countAll();
    QCOMPARE(count(QStringLiteral("v")), there);
    QCOMPARE(wrong(), 0);
    m_rows->run(QStringLiteral("UPDATE channel SET network = %1 WHERE id = 2").arg(int(networkOf(3))));
    countAll();
    QCOMPARE(count(QStringLiteral("v")), std::optional<qint64>(0));
    QCOMPARE(wrong(), 0);
}

void ViewsTest::othersViewsAreLeftAlone()
{
    storeView(QStringLiteral("v"), viewOf(QStringLiteral("v"), ViewFilter()), 2);
    QVERIFY(loadViews(m_rows->database(), AgentId(1)).value().isEmpty());
    ViewRecord mine = viewOf(QStringLiteral("v"), ViewFilter());
    mine.content.name = QStringLiteral("Stolen");
    storeView(QStringLiteral("v"), mine, 1);
    storeView(QStringLiteral("v"), std::nullopt, 1);
    const QList<ViewRecord> views = loadViews(m_rows->database(), AgentId(2)).value();
    QCOMPARE(views.size(), 1);
    QCOMPARE(views.constFirst().content.name, QStringLiteral("v"));
}

void ViewsTest::sortsByPriorityAndWaiting()
{
    m_rows->addConversation({.id = 1, .at = 10, .waitingSince = 9});
    m_rows->addConversation({.id = 2, .identity = 2, .assignee = 1, .at = 20, .waitingSince = 3});
    m_rows->addConversation({.id = 3, .identity = 3, .assignee = 1, .at = 30});
    m_rows->addConversation({.id = 4, .identity = 4, .assignee = 1, .at = 40, .waitingSince = 5});
    m_rows->run(QStringLiteral("UPDATE conversation SET priority = 3 WHERE id = 3"));
    m_rows->run(QStringLiteral("UPDATE conversation SET priority = 2 WHERE id IN (1, 2)"));
    ListQuery query;
    query.view = View::mine;
    QCOMPARE(listed(query), (QList<qint64>{4, 3, 2}));
    query.order = ListOrder::priority;
    QCOMPARE(listed(query), (QList<qint64>{3, 2, 4}));
    query.order = ListOrder::longestWaiting;
    QCOMPARE(listed(query), (QList<qint64>{2, 4, 3}));
    query.view = View::open;
    query.order = ListOrder::priority;
    QCOMPARE(listed(query), (QList<qint64>{3, 2, 1, 4}));
    // Another priority is another place.
    query.me = AgentId(1);
    query.now = timeFromMs(now);
    const QList<ListEntry> before = listConversations(m_rows->database(), query).value();
    m_rows->run(QStringLiteral("UPDATE conversation SET priority = 0 WHERE id = 3"));
    const QList<ListEntry> after = listConversations(m_rows->database(), query).value();
    QCOMPARE(after.constLast().id.value, 3);
    QVERIFY(after.constLast().at != before.constFirst().at);
    QCOMPARE(after.constFirst().at, before.at(1).at);
}

void ViewsTest::sortsByReach()
{
    m_rows->addConversation({.id = 1, .at = 10, .followers = 300});
    m_rows->addConversation({.id = 2, .identity = 2, .at = 20});
    m_rows->addConversation({.id = 3, .identity = 3, .at = 30, .followers = 12'400});
    m_rows->addConversation({.id = 4, .identity = 4, .at = 40, .followers = 300});
    m_rows->addConversation(
        {.id = 5, .identity = 5, .status = Status::snoozed, .snoozedUntil = now - 5, .at = 5, .followers = 999});
    m_rows->addConversation({.id = 6, .identity = 6, .at = 60});
    for (int id = 1; id <= 6; ++id)
        m_rows->tagConversation(id, 1);
    ListQuery query;
    query.view = View::custom;
    // Each of these is read by a statement of its own.
    ViewFilter ofWork;
    ofWork.statuses = {Status::open, Status::pending};
    ViewFilter ofTag = ofWork;
    ofTag.tags = {TagId(1)};
    ViewFilter ofNobody;
    ofNobody.statuses = {Status::open};
    ofNobody.owner = ViewFilter::Owner::nobody;
    for (const ViewFilter &filter : {ofWork, ofTag, ofNobody}) {
        query.filter = filter;
        query.order = ListOrder::newest;
        QCOMPARE(listed(query), (QList<qint64>{6, 4, 3, 2, 1, 5}));
        query.order = ListOrder::reach;
        // What is alike, and what is not known, stays newest first.
        QCOMPARE(listed(query), (QList<qint64>{3, 5, 4, 1, 6, 2}));
    }
    // It is read whole, however few are asked for; another reach is another place.
    query.me = AgentId(1);
    query.now = timeFromMs(now);
    query.limit = 2;
    const QList<ListEntry> before = listConversations(m_rows->database(), query).value();
    QCOMPARE(before.size(), 6);
    m_rows->run(QStringLiteral("UPDATE conversation SET followers = 1 WHERE id = 3"));
    const QList<ListEntry> after = listConversations(m_rows->database(), query).value();
    QCOMPARE(after.at(3).id.value, 3);
    QVERIFY(after.at(3).at != before.constFirst().at);
    QCOMPARE(after.constFirst().at, before.at(1).at);
}

void ViewsTest::threadsStandTogether()
{
    m_rows->run(QStringLiteral("INSERT INTO thread VALUES (7, 900, 900, 1, 'thread:7', 'An article', '', NULL, 0)"));
    m_rows->addConversation({.id = 1, .thread = 7, .at = 10});
    m_rows->addConversation({.id = 2, .identity = 2, .at = 20});
    m_rows->addConversation({.id = 3, .thread = 7, .identity = 3, .at = 30});
    m_rows->addConversation({.id = 4, .identity = 4, .at = 40});
    ListQuery query;
    query.view = View::unassigned;
    query.isGrouped = true;
    QCOMPARE(listed(query), (QList<qint64>{4, 3, 1, 2}));
    // A list with history is not read whole: there is nothing to group.
    query.view = View::all;
    QVERIFY(!hasOrders(query));
    QCOMPARE(listed(query), (QList<qint64>{4, 3, 2, 1}));
}

/// What a trigger asks on each changed row must not walk the conversations.
void ViewsTest::countingTriggersReadOneConversation()
{
    const QStringList triggers = m_rows->rows(
        QStringLiteral("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'view_count_%'"));
    QCOMPARE(triggers.size(), 6);
    int asked = 0;
    for (const QString &trigger : triggers) {
        for (qsizetype at = trigger.indexOf(QStringLiteral("FROM view_fit")); at >= 0;
             at = trigger.indexOf(QStringLiteral("FROM view_fit"), at + 1)) {
            QString sql = trigger.mid(at);
            sql.truncate(sql.indexOf(QStringLiteral("unwanted = ")) + 12);
            sql.replace(QStringLiteral("new."), QStringLiteral(":"))
                .replace(QStringLiteral("old."), QStringLiteral(":"));
            const QStringList plan = m_rows->rows(QStringLiteral("EXPLAIN QUERY PLAN SELECT view, owner ") + sql);
            QVERIFY2(!plan.isEmpty(), qPrintable(sql));
            QVERIFY2(plan.join(u'\n').contains(QStringLiteral("SEARCH c USING INTEGER PRIMARY KEY (rowid=?)")),
                     qPrintable(plan.join(u'\n')));
            ++asked;
        }
    }
    QCOMPARE(asked, 8);
}

QTEST_GUILESS_MAIN(ViewsTest)
#include "tst_views.moc"
