// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"
#include "workspace/activity.h"
#include "workspace/queries.h"

#include <QRandomGenerator>
#include <QTest>

#include <numeric>

using namespace Earshot;

namespace {

constexpr qint64 day = 86'400'000;
constexpr qint64 live = Q_INT64_C(1) << 40;
const Time now = timeFromMs(1000 * day);
const AgentId ana(1);
const AgentId ben(2);

QList<qint64> idsOf(const Result<QList<ListEntry>> &entries)
{
    QList<qint64> ids;
    for (const ListEntry &entry : entries.value())
        ids.append(entry.id.value);
    return ids;
}

QStringList textsOf(const Result<QList<MessageRecord>> &messages)
{
    QStringList texts;
    for (const MessageRecord &message : messages.value())
        texts.append(message.text);
    return texts;
}

} // namespace

/// What the screens read: lists, counts, conversations, timelines.
class QueriesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_rows.reset(); }
    void viewsHoldWhatTheirNamesSay();
    void notesOfWhatIsNotHereAreNotCounted();
    void notesToMeAreInTheirOwnOrder();
    void notesThatWereSeenAreNotCounted();
    void unseenPlaceIsBeforeTheNewest();
    void snoozedUntilAPastTimeIsOpen();
    void activityIsCountedByDay();
    void longestWaitingComesFirst();
    void pagesJoinWithoutGapOrRepeat();
    void mergedContactsShareTheirConversations();
    void contactsConversationsAreCounted();
    void tagsAreListedNewestFirstHoweverMany();
    void countsAgreeWithTheLists();
    void conversationRowIsWhole();
    void unseenIsByAgentAndNotForImported();
    void unknownIdsAreLeftOut();
    void timelineIsPagedOldestFirst();
    void messageBringsItsParts();
    void contextIsOthersPublicTalk();
    void eventsAndJournalAreInOrder();
    void outboxHoldsWhatIsNotDone();
    void viewWordsAreTheirOwnInverse();

private:
    void add(qint64 id, Status status, qint64 assignee = 0, qint64 snoozedUntil = 0)
    {
        m_rows->addConversation(
            {.id = id, .status = status, .snoozedUntil = snoozedUntil, .assignee = assignee, .at = id * day});
    }
    /// To Ana.
    void note(qint64 id, qint64 conversation, qint64 at, qint64 agent = 2);
    [[nodiscard]] QList<qint64> list(View view, AgentId me = ana)
    {
        ListQuery query;
        query.view = view;
        query.me = me;
        query.channel = ChannelId(1);
        query.tag = TagId(1);
        query.contact = ContactId(1);
        query.now = now;
        return idsOf(listConversations(m_rows->database(), query));
    }
    [[nodiscard]] ConversationRecord conversation(qint64 id, AgentId me = ana)
    {
        return loadConversations(m_rows->database(), {ConversationId(id)}, me, now).value().value(0);
    }

    std::unique_ptr<TestRows> m_rows;
};

void QueriesTest::init()
{
    m_rows = std::make_unique<TestRows>();
    m_rows->addAgent(2, QStringLiteral("Ben"));
    m_rows->addChannel(1, QStringLiteral("Blog"));
    m_rows->addChannel(2, QStringLiteral("Shop"));
    m_rows->addIdentity(1, QStringLiteral("Mira"), QStringLiteral("@mira@a.example"));
    m_rows->addIdentity(2, QString(), QStringLiteral("@nora@b.example"));
    m_rows->addIdentity(3, QStringLiteral("Omar"), QStringLiteral("@omar@c.example"));
}

void QueriesTest::viewsHoldWhatTheirNamesSay()
{
    add(1, Status::open, 1);
    add(2, Status::open, 2);
    add(3, Status::open);
    add(4, Status::pending, 1);
    add(5, Status::snoozed, 1, toMs(now) + 1);
    add(6, Status::resolved, 1);
    m_rows->addConversation({.id = 7, .channel = 2, .status = Status::open, .at = 7 * day, .trouble = 1});
    QCOMPARE(list(View::mine), (QList<qint64>{1}));
    QCOMPARE(list(View::mine, ben), (QList<qint64>{2}));
    QCOMPARE(list(View::unassigned), (QList<qint64>{7, 3}));
    QCOMPARE(list(View::open), (QList<qint64>{7, 3, 2, 1}));
    QCOMPARE(list(View::waiting), (QList<qint64>{4}));
    QCOMPARE(list(View::snoozed), (QList<qint64>{5}));
    QCOMPARE(list(View::resolved), (QList<qint64>{6}));
    QCOMPARE(list(View::all), (QList<qint64>{7, 6, 5, 4, 3, 2, 1}));
    QCOMPARE(list(View::trouble), (QList<qint64>{7}));
    QCOMPARE(list(View::channel), (QList<qint64>{3, 2, 1}));
    QVERIFY(list(View::notesToMe).isEmpty());
    m_rows->addMessage({.id = live, .conversation = 2, .kind = MessageKind::note, .identity = 0, .agent = 2});
    m_rows->run(QStringLiteral("INSERT INTO note_mention VALUES (1, 9000, 9000, 1, %1, 2, 1)").arg(live));
    QCOMPARE(list(View::notesToMe), (QList<qint64>{2}));
}

/// A synchronisation brings conversations last: of what belongs to one that is not here yet nothing is counted.
void QueriesTest::notesOfWhatIsNotHereAreNotCounted()
{
    m_rows->run(QStringLiteral("PRAGMA foreign_keys = OFF"));
    for (qint64 id = 1; id <= 3; ++id) {
        add(id, Status::open);
        m_rows->addMessage({.id = live + id, .conversation = id, .kind = MessageKind::note, .identity = 0, .agent = 2});
        m_rows->run(
            QStringLiteral("INSERT INTO note_mention VALUES (%1, 900%1, 900%1, 1, %2, %1, 1)").arg(id).arg(live + id));
    }
    QCOMPARE(countViews(m_rows->database(), ana, now).value().notesToMe, 3);
    m_rows->run(QStringLiteral("DELETE FROM conversation WHERE id = 2"));
    QCOMPARE(list(View::notesToMe), (QList<qint64>{3, 1}));
    QCOMPARE(countViews(m_rows->database(), ana, now).value().notesToMe, 2);
}

void QueriesTest::note(qint64 id, qint64 conversation, qint64 at, qint64 agent)
{
    const QString text = QStringLiteral("Note %1\nand more").arg(id - live);
    m_rows->addMessage({.id = id,
                        .conversation = conversation,
                        .kind = MessageKind::note,
                        .identity = 0,
                        .agent = agent,
                        .at = at,
                        .text = text});
    m_rows->run(QStringLiteral("INSERT INTO note_mention VALUES (%1, 900%1, 900%1, 1, %2, %3, 1)")
                    .arg(id - live)
                    .arg(id)
                    .arg(conversation));
}

/// What came in since, and who else was named, moves nothing.
void QueriesTest::notesToMeAreInTheirOwnOrder()
{
    for (qint64 id = 1; id <= 3; ++id)
        add(id, Status::open);
    note(live + 1, 3, 10 * day);
    note(live + 2, 1, 20 * day);
    note(live + 3, 2, 15 * day);
    QCOMPARE(list(View::notesToMe), (QList<qint64>{1, 2, 3}));
    note(live + 4, 3, 30 * day);
    QCOMPARE(list(View::notesToMe), (QList<qint64>{3, 1, 2}));
    ListQuery query;
    query.view = View::notesToMe;
    query.me = ana;
    query.now = now;
    query.after = ListPlace{timeFromMs(20 * day), ConversationId(1)};
    QCOMPARE(idsOf(listConversations(m_rows->database(), query)), (QList<qint64>{2}));
    const QList<NoteToMe> notes =
        loadNotesToMe(m_rows->database(), ana, {ConversationId(3), ConversationId(2), ConversationId(99)}).value();
    QCOMPARE(notes.size(), 2);
    QCOMPARE(notes.constFirst().message, MessageId(live + 4));
    QCOMPARE(notes.constFirst().by, QStringLiteral("Ben"));
    QCOMPARE(notes.constFirst().text, QStringLiteral("Note 4 and more"));
    QCOMPARE(notes.constFirst().at, timeFromMs(30 * day));
    QVERIFY(notes.constFirst().isUnseen);
    QVERIFY(loadNotesToMe(m_rows->database(), ben, {ConversationId(3)}).value().isEmpty());
}

void QueriesTest::notesThatWereSeenAreNotCounted()
{
    add(1, Status::open);
    add(2, Status::resolved);
    const auto count = [this] { return countViews(m_rows->database(), ana, now).value().notesToMe; };
    note(live + 1, 1, 10 * day);
    note(live + 2, 2, 11 * day);
    note(live + 3, 2, 12 * day);
    QCOMPARE(count(), 2);
    m_rows->run(
        QStringLiteral("INSERT INTO seen (agent, conversation, message, at) VALUES (1, 2, %1, 1)").arg(live + 2));
    QCOMPARE(count(), 2);
    m_rows->run(QStringLiteral("UPDATE seen SET message = %1").arg(live + 3));
    QCOMPARE(count(), 1);
    QVERIFY(!loadNotesToMe(m_rows->database(), ana, {ConversationId(2)}).value().constFirst().isUnseen);
    QCOMPARE(list(View::notesToMe), (QList<qint64>{2, 1}));
    // To oneself is a reminder, and no news.
    note(live + 4, 2, 13 * day, 1);
    QCOMPARE(count(), 1);
    QVERIFY(!loadNotesToMe(m_rows->database(), ana, {ConversationId(2)}).value().constFirst().isUnseen);
}

void QueriesTest::unseenPlaceIsBeforeTheNewest()
{
    m_rows->addConversation({.id = 1, .at = 3 * day});
    m_rows->addMessage({.id = live + 1, .conversation = 1, .at = day});
    m_rows->addMessage({.id = live + 2, .conversation = 1, .kind = MessageKind::reply, .identity = 0, .at = 2 * day});
    m_rows->addMessage({.id = live + 3, .conversation = 1, .at = 3 * day});
    m_rows->run(QStringLiteral("UPDATE conversation SET newest_message = %1").arg(live + 3));
    const auto place = [this] {
        return loadUnseenPlaces(m_rows->database(), ana, {ConversationId(1), ConversationId(99)}).value();
    };
    QVERIFY(place().isEmpty());
    m_rows->run(
        QStringLiteral("INSERT INTO seen (agent, conversation, message, at) VALUES (1, 1, %1, 1)").arg(live + 2));
    QVERIFY(place().isEmpty());
    m_rows->run(QStringLiteral("UPDATE seen SET message = %1").arg(live + 5));
    QCOMPARE(place().size(), 1);
    QCOMPARE(place().constFirst().before, MessageId(live + 2));
    QCOMPARE(place().constFirst().seen, MessageId(live + 5));
}

void QueriesTest::snoozedUntilAPastTimeIsOpen()
{
    add(1, Status::open, 1);
    add(2, Status::snoozed, 1, toMs(now));
    add(3, Status::snoozed, 0, toMs(now) - day);
    add(4, Status::snoozed, 1, toMs(now) + day);
    QCOMPARE(list(View::open), (QList<qint64>{3, 2, 1}));
    QCOMPARE(list(View::mine), (QList<qint64>{2, 1}));
    QCOMPARE(list(View::unassigned), (QList<qint64>{3}));
    QCOMPARE(list(View::channel), (QList<qint64>{3, 2, 1}));
    QCOMPARE(list(View::snoozed), (QList<qint64>{4}));
    QCOMPARE(conversation(2).status, Status::open);
    QCOMPARE(conversation(4).status, Status::snoozed);
    const ViewCounts counts = countViews(m_rows->database(), ana, now).value();
    QCOMPARE(counts.open, 3);
    QCOMPARE(counts.mine, 2);
    QCOMPARE(counts.unassigned, 1);
    QCOMPARE(counts.snoozed, 1);
    QCOMPARE(counts.channels.value(ChannelId(1)), 3);
    // Each owner's, with those that woke by the clock.
    QCOMPARE(counts.agents.value(ana), counts.mine);
    QCOMPARE(std::accumulate(counts.agents.cbegin(), counts.agents.cend(), qint64(0)), counts.open - counts.unassigned);
}

void QueriesTest::activityIsCountedByDay()
{
    const QList<Time> days{timeFromMs(7 * day), timeFromMs(8 * day), timeFromMs(9 * day)};
    ListQuery query;
    query.view = View::all;
    query.now = now;
    QCOMPARE(activityOf(m_rows->database(), query, days).value().counts, (QList<int>{0, 0, 0}));
    m_rows->run(QStringLiteral("BEGIN"));
    // More than are read at once, all of one day.
    for (int i = 0; i < 4100; ++i)
        m_rows->addConversation({.id = 100 + i, .status = Status::resolved, .at = 8 * day + i});
    m_rows->addConversation({.id = 1, .at = 7 * day - 1});
    m_rows->addConversation({.id = 2, .at = 7 * day});
    m_rows->addConversation({.id = 3, .at = 9 * day - 1});
    m_rows->addConversation({.id = 4, .channel = 2, .at = 20 * day});
    m_rows->run(QStringLiteral("COMMIT"));
    const Activity all = activityOf(m_rows->database(), query, days).value();
    QCOMPARE(all.counts, (QList<int>{1, 4101, 1}));
    QVERIFY(all.isWhole);
    // However the list is sorted.
    query.view = View::open;
    query.order = ListOrder::priority;
    query.isGrouped = true;
    QCOMPARE(activityOf(m_rows->database(), query, days).value().counts, (QList<int>{1, 1, 1}));
    query.view = View::custom;
    query.filter.channels = {ChannelId(2)};
    QCOMPARE(activityOf(m_rows->database(), query, days).value().counts, (QList<int>{0, 0, 1}));
}

void QueriesTest::longestWaitingComesFirst()
{
    m_rows->addConversation({.id = 1, .at = 9 * day, .waitingSince = 5 * day});
    m_rows->addConversation({.id = 2, .at = 8 * day, .waitingSince = 2 * day});
    m_rows->addConversation({.id = 3, .at = 7 * day});
    m_rows->addConversation({.id = 4, .status = Status::snoozed, .snoozedUntil = day, .at = day, .waitingSince = day});
    ListQuery query;
    query.order = ListOrder::longestWaiting;
    query.now = now;
    QCOMPARE(idsOf(listConversations(m_rows->database(), query)), (QList<qint64>{4, 2, 1}));
    query.after = ListPlace{timeFromMs(2 * day), ConversationId(2)};
    QCOMPARE(idsOf(listConversations(m_rows->database(), query)), (QList<qint64>{1}));
}

void QueriesTest::pagesJoinWithoutGapOrRepeat()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    QList<std::pair<qint64, qint64>> expected;
    for (qint64 id = 1; id <= 200; ++id) {
        const qint64 at = random.bounded(1, 30) * day;
        const bool isDue = random.bounded(4) == 0;
        m_rows->addConversation(
            {.id = id, .status = isDue ? Status::snoozed : Status::open, .snoozedUntil = isDue ? day : 0, .at = at});
        expected.append({at, id});
    }
    std::sort(expected.begin(), expected.end(), std::greater<>());
    ListQuery query;
    query.now = now;
    query.limit = int(random.bounded(1, 40));
    QList<std::pair<qint64, qint64>> found;
    while (true) {
        const QList<ListEntry> page = listConversations(m_rows->database(), query).value();
        for (const ListEntry &entry : page)
            found.append({toMs(entry.at), entry.id.value});
        if (page.size() < query.limit)
            break;
        query.after = ListPlace{page.last().at, page.last().id};
    }
    QCOMPARE(found, expected);
}

void QueriesTest::mergedContactsShareTheirConversations()
{
    m_rows->addConversation({.id = 1, .identity = 1, .at = day});
    m_rows->addConversation({.id = 2, .identity = 2, .at = 3 * day});
    m_rows->addConversation({.id = 3, .identity = 3, .at = 2 * day});
    QCOMPARE(list(View::contact), (QList<qint64>{1}));
    m_rows->run(QStringLiteral("UPDATE contact SET merged_into = 2 WHERE id = 1"));
    m_rows->run(QStringLiteral("UPDATE contact SET merged_into = 3 WHERE id = 2"));
    QCOMPARE(list(View::contact), (QList<qint64>{2, 3, 1}));
    QCOMPARE(conversation(1).contact, ContactId(3));
    const auto others =
        loadConversationsOfContact(m_rows->database(), ContactId(3), ConversationId(3), 1, ana, now).value();
    QCOMPARE(others.size(), 1);
    QCOMPARE(others.first().id, ConversationId(2));
}

void QueriesTest::contactsConversationsAreCounted()
{
    const auto counts = [this](qint64 contact) {
        return countOfContact(m_rows->database(), ContactId(contact), now).value();
    };
    m_rows->addConversation({.id = 1, .identity = 1, .status = Status::open, .at = day});
    m_rows->addConversation({.id = 2, .identity = 1, .status = Status::pending, .at = 2 * day});
    m_rows->addConversation({.id = 3, .identity = 2, .status = Status::resolved, .at = 3 * day});
    // One of them sleeps no more.
    m_rows->addConversation(
        {.id = 4, .identity = 2, .status = Status::snoozed, .snoozedUntil = toMs(now) - 1, .at = 4 * day});
    m_rows->addConversation(
        {.id = 5, .identity = 2, .status = Status::snoozed, .snoozedUntil = toMs(now) + 1, .at = 5 * day});
    QCOMPARE(counts(1), (ContactCounts{2, 1}));
    QCOMPARE(counts(2), (ContactCounts{3, 1}));
    QCOMPARE(counts(3), ContactCounts());
    m_rows->run(QStringLiteral("UPDATE contact SET merged_into = 2 WHERE id = 1"));
    for (const qint64 one : {1LL, 2LL})
        QCOMPARE(counts(one), (ContactCounts{5, 2}));
}

void QueriesTest::tagsAreListedNewestFirstHoweverMany()
{
    m_rows->addTag(1, QStringLiteral("hardware"));
    for (qint64 id = 1; id <= 3; ++id) {
        add(id, Status::resolved);
        if (id != 2)
            m_rows->tagConversation(id, 1);
    }
    QCOMPARE(list(View::tag), (QList<qint64>{3, 1}));
    // From 2,000 on another statement answers.
    m_rows->run(QStringLiteral(
        "WITH n (i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) "
        "INSERT INTO conversation (id, seq, created_seq, channel, number, thread, identity, ordinal, contact, subject, "
        "snippet, status, created_at, last_message_at, public_seq) "
        "SELECT i, 10000 + i, 10000 + i, 1, i, 1000001, 1, i, 1, '', '', 3, 0, i, 0 FROM n"));
    m_rows->run(QStringLiteral("INSERT INTO conversation_tag (seq, created_seq, channel, conversation, tag) "
                               "SELECT 20000 + id, 20000 + id, 1, id, 1 FROM conversation WHERE id > 3"));
    const QList<qint64> ids = list(View::tag);
    QCOMPARE(ids.size(), 50);
    QCOMPARE(ids.mid(0, 4), (QList<qint64>{3, 1, 6000, 5999}));
}

void QueriesTest::countsAgreeWithTheLists()
{
    add(1, Status::open, 1);
    add(2, Status::open);
    add(3, Status::pending);
    add(4, Status::resolved);
    m_rows->run(QStringLiteral("UPDATE conversation SET status = 3 WHERE id = 2"));
    m_rows->run(QStringLiteral("UPDATE conversation SET assignee = 2, trouble = 2 WHERE id = 1"));
    const ViewCounts counts = countViews(m_rows->database(), ben, now).value();
    QCOMPARE(counts.mine, list(View::mine, ben).size());
    QCOMPARE(counts.unassigned, list(View::unassigned).size());
    QCOMPARE(counts.open, list(View::open).size());
    QCOMPARE(counts.waiting, list(View::waiting).size());
    QCOMPARE(counts.resolved, list(View::resolved).size());
    QCOMPARE(counts.trouble, 1);
    QCOMPARE(counts.resolved, 2);
    QCOMPARE(counts.channels, (QHash<ChannelId, qint64>{{ChannelId(1), 1}}));
}

void QueriesTest::conversationRowIsWhole()
{
    m_rows->addTag(1, QStringLiteral("zebra"));
    m_rows->addTag(2, QStringLiteral("Apple"));
    m_rows->addConversation({.id = 44, .identity = 2, .assignee = 2, .at = day, .waitingSince = day});
    m_rows->tagConversation(44, 1);
    m_rows->tagConversation(44, 2);
    m_rows->run(QStringLiteral("UPDATE conversation SET subject = 'S', snippet = 'T', priority = 3 WHERE id = 44"));
    const auto found = conversationByNumber(m_rows->database(), 44, ana, now).value();
    QVERIFY(found);
    QCOMPARE(found->contactName, QStringLiteral("@nora@b.example"));
    QCOMPARE(found->contactHandle, QStringLiteral("@nora@b.example"));
    QCOMPARE(found->assigneeName, QStringLiteral("Ben"));
    QCOMPARE(found->tags, (QStringList{QStringLiteral("Apple"), QStringLiteral("zebra")}));
    QCOMPARE(found->threadTitle, QStringLiteral("A thread"));
    QCOMPARE(found->network, Network::mastodon);
    QCOMPARE(found->priority, Priority::urgent);
    QCOMPARE(found->subject, QStringLiteral("S"));
    QCOMPARE(found->snippet, QStringLiteral("T"));
    QVERIFY(found->needsAnswer);
    QCOMPARE(found->waitingSince, timeFromMs(day));
    QVERIFY(!conversationByNumber(m_rows->database(), 45, ana, now).value());
}

void QueriesTest::unseenIsByAgentAndNotForImported()
{
    add(1, Status::open);
    m_rows->addMessage({.id = live + 1, .conversation = 1, .at = day});
    QVERIFY(conversation(1).isUnseen);
    m_rows->run(QStringLiteral("INSERT INTO seen VALUES (1, 1, %1, 0, 1)").arg(live + 1));
    QVERIFY(!conversation(1).isUnseen);
    QVERIFY(conversation(1, ben).isUnseen);
    m_rows->addMessage({.id = live + 2, .conversation = 1, .kind = MessageKind::reply, .agent = 2, .at = day});
    QVERIFY(!conversation(1).isUnseen);
    m_rows->addMessage({.id = live + 3, .conversation = 1, .at = day});
    QVERIFY(conversation(1).isUnseen);
    m_rows->addConversation({.id = 2, .status = Status::resolved, .at = day, .isImported = true});
    m_rows->addMessage({.id = live - 5, .conversation = 2, .at = day});
    QVERIFY(!conversation(2).isUnseen);
    m_rows->addMessage({.id = live + 4, .conversation = 2, .at = day});
    QVERIFY(conversation(2).isUnseen);
}

void QueriesTest::unknownIdsAreLeftOut()
{
    add(1, Status::open);
    add(2, Status::open);
    const auto found =
        loadConversations(m_rows->database(), {ConversationId(2), ConversationId(99), ConversationId(1)}, ana, now);
    QCOMPARE(found.value().size(), 2);
    QCOMPARE(found.value().first().id, ConversationId(2));
}

void QueriesTest::timelineIsPagedOldestFirst()
{
    add(1, Status::open);
    for (qint64 i = 0; i < 5; ++i)
        m_rows->addMessage({.id = live + i, .conversation = 1, .at = (i / 2) * day, .text = QString::number(i)});
    TimelineQuery query{ConversationId(1), std::nullopt, 2};
    const auto newest = loadMessages(m_rows->database(), query);
    QCOMPARE(textsOf(newest), (QStringList{QStringLiteral("3"), QStringLiteral("4")}));
    query.before = TimelinePlace{newest.value().first().sortAt, newest.value().first().id};
    query.limit = 10;
    QCOMPARE(textsOf(loadMessages(m_rows->database(), query)),
             (QStringList{QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2")}));
    QCOMPARE(textsOf(loadMessagesById(m_rows->database(), {MessageId(live + 4), MessageId(7), MessageId(live)})),
             (QStringList{QStringLiteral("4"), QStringLiteral("0")}));
}

void QueriesTest::messageBringsItsParts()
{
    add(1, Status::open);
    m_rows->addMessage({.id = live,
                        .conversation = 1,
                        .kind = MessageKind::reply,
                        .identity = 0,
                        .agent = 2,
                        .at = day,
                        .text = QStringLiteral("now")});
    m_rows->run(QStringLiteral("UPDATE message SET mentions = '@a' || char(10) || '@b', rating = 35"));
    m_rows->run(QStringLiteral("INSERT INTO message_version VALUES (1, 800, 800, 1, %1, 0, 'first')").arg(live));
    m_rows->run(QStringLiteral("INSERT INTO message_version VALUES (2, 801, 801, 1, %1, 0, 'second')").arg(live));
    m_rows->run(
        QStringLiteral("INSERT INTO media VALUES (1, 802, 802, 1, %1, 0, 'u', '', 'h', 'image/png', 'd', 3, 4, 0, 0)")
            .arg(live));
    m_rows->run(
        QStringLiteral("INSERT INTO delivery (id, seq, created_seq, channel, uuid, conversation, message, effect, "
                       "state, device, based_on, held_until, created_at) "
                       "VALUES (5, 803, 803, 1, 'u', 1, %1, 0, 7, '', 12, 0, 0)")
            .arg(live));
    const MessageRecord message = loadMessages(m_rows->database(), {ConversationId(1), {}, 5}).value().value(0);
    QCOMPARE(message.agentName, QStringLiteral("Ben"));
    QCOMPARE(message.mentions, (QStringList{QStringLiteral("@a"), QStringLiteral("@b")}));
    QCOMPARE(message.rating, std::optional<int>(35));
    QCOMPARE(message.olderTexts, (QStringList{QStringLiteral("first"), QStringLiteral("second")}));
    QCOMPARE(message.media.size(), 1);
    QCOMPARE(message.media.first().description, QStringLiteral("d"));
    QCOMPARE(message.media.first().height, 4);
    QVERIFY(message.delivery);
    QCOMPARE(message.delivery->state, DeliveryState::failed);
    QCOMPARE(message.delivery->text, QStringLiteral("now"));
    QCOMPARE(loadDelivery(m_rows->database(), DeliveryId(5)).value(), message.delivery);
}

void QueriesTest::contextIsOthersPublicTalk()
{
    m_rows->run(QStringLiteral("INSERT INTO thread VALUES (7, 700, 700, 1, 'root', 'Root', '', NULL, 1)"));
    m_rows->run(QStringLiteral("INSERT INTO thread VALUES (8, 701, 701, 1, 'part', 'Part', '', 7, 0)"));
    m_rows->addConversation({.id = 1, .thread = 7, .identity = 1});
    m_rows->addConversation({.id = 2, .thread = 7, .identity = 2});
    m_rows->addConversation({.id = 3, .thread = 8, .identity = 3});
    m_rows->addConversation({.id = 4, .thread = 7, .identity = 3, .isPrivate = true});
    m_rows->addMessage({.id = 1, .conversation = 1, .at = day, .text = QStringLiteral("own")});
    m_rows->addMessage({.id = 2, .conversation = 2, .at = 4 * day, .text = QStringLiteral("other")});
    m_rows->addMessage({.id = 3, .conversation = 3, .at = 2 * day, .text = QStringLiteral("alias")});
    m_rows->addMessage({.id = 4, .conversation = 4, .at = day, .text = QStringLiteral("secret")});
    m_rows->addMessage(
        {.id = 5, .conversation = 2, .kind = MessageKind::note, .at = day, .text = QStringLiteral("note")});
    m_rows->addMessage(
        {.id = 6, .conversation = 2, .kind = MessageKind::reply, .at = day, .text = QStringLiteral("draft")});
    m_rows->addMessage(
        {.id = 7, .thread = 7, .kind = MessageKind::context, .at = 3 * day, .text = QStringLiteral("talk")});
    QCOMPARE(textsOf(loadThreadContext(m_rows->database(), ConversationId(1))),
             (QStringList{QStringLiteral("alias"), QStringLiteral("talk"), QStringLiteral("other")}));
    QCOMPARE(textsOf(loadThreadContext(m_rows->database(), ConversationId(1), 1)),
             (QStringList{QStringLiteral("other")}));
}

void QueriesTest::eventsAndJournalAreInOrder()
{
    add(1, Status::open);
    for (int i = 1; i <= 3; ++i)
        m_rows->run(
            QStringLiteral(
                "INSERT INTO journal VALUES (%1, 90%1, 90%1, 1, NULL, %1, 2, '', 0, 'kind%1', %2, NULL, '', '')")
                .arg(i)
                .arg(i == 2 ? QStringLiteral("NULL") : QStringLiteral("1")));
    const auto events = loadEvents(m_rows->database(), ConversationId(1)).value();
    QCOMPARE(events.size(), 2);
    QCOMPARE(events.first().kind, QStringLiteral("kind1"));
    QCOMPARE(events.first().agentName, QStringLiteral("Ben"));
    QCOMPARE(events.first().conversationNumber, 1);
    const auto lines = loadJournal(m_rows->database(), 3, 1).value();
    QCOMPARE(lines.size(), 1);
    QCOMPARE(lines.first().kind, QStringLiteral("kind2"));
    QCOMPARE(loadJournal(m_rows->database(), 0, 10).value().size(), 3);
}

void QueriesTest::outboxHoldsWhatIsNotDone()
{
    add(1, Status::open);
    m_rows->addMessage({.id = 1, .conversation = 1, .text = QStringLiteral("reply")});
    for (int state = 0; state <= 9; ++state)
        m_rows->run(QStringLiteral("INSERT INTO delivery (id, seq, created_seq, channel, uuid, conversation, message, "
                                   "effect, state, device, based_on, held_until, created_at) "
                                   "VALUES (%1, 70%1, 70%1, 1, 'u%1', 1, 1, 0, %2, '', 0, 0, 0)")
                        .arg(10 - state)
                        .arg(state));
    QList<DeliveryState> states;
    const auto outbox = loadOutbox(m_rows->database());
    for (const DeliveryRecord &delivery : outbox.value())
        states.append(delivery.state);
    QCOMPARE(states,
             (QList<DeliveryState>{DeliveryState::unsure, DeliveryState::failed, DeliveryState::sending,
                                   DeliveryState::queued, DeliveryState::held, DeliveryState::awaitingApproval}));
}

void QueriesTest::viewWordsAreTheirOwnInverse()
{
    for (int i = 0; i <= int(View::custom); ++i) {
        const auto view = static_cast<View>(i);
        QCOMPARE(fromWord<View>(word(view)), std::optional<View>(view));
    }
    QVERIFY(!fromWord<View>(u"nothing"));
}

QTEST_GUILESS_MAIN(QueriesTest)
#include "tst_queries.moc"
