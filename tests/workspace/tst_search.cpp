// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "testrows.h"
#include "workspace/authorproposals.h"
#include "workspace/excerpt.h"
#include "workspace/queries.h"
#include "workspace/searchplan.h"
#include "workspace/typedname.h"

#include <QTest>

#include <algorithm>

using namespace Earshot;

namespace {

constexpr qint64 live = Q_INT64_C(1) << 40;

Time utc(int year, int month, int day)
{
    return timeFrom(QDateTime(QDate(year, month, day), QTime(12, 0), Qt::UTC));
}

const Time now = utc(2026, 6, 15);

} // namespace

/// Finding messages.
class SearchTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_rows.reset(); }
    void findsNewestFirst_data();
    void findsNewestFirst();
    void goesOnPageByPage();
    void stopsWhenItsTimeIsOverAndGoesOn();
    void fewConversationsAreLookedUp();
    void draftsAreFoundOnce();
    void unseenIsFoundOnce();
    void filtersAgreeWithEveryMessage_data();
    void filtersAgreeWithEveryMessage();
    void indexFollowsEditsAndDeletion();
    void manyAuthorsOfOneNameAreJoined();
    void veryManyAuthorsAreAskedTheirNames();
    void typedNames_data();
    void typedNames();
    void longWordsAreFoundAmongMany();
    void namesFollowChangesAndDeletion();
    void authorsAreProposedByNameAndHandle();
    void peopleAreProposedOnce();
    void everyNumberHasAWord_data();
    void everyNumberHasAWord();
    void reservedLettersAskForNothing();
    void cancelledSearchSaysSo();
    void excerpts_data();
    void excerpts();
    void excerptIsShortAndOneLine();

private:
    void add(qint64 id, const QString &text, TestRows::Message message = {})
    {
        message.id = live + id;
        message.text = text;
        if (message.conversation == 0 && message.thread == 0)
            message.conversation = 1;
        if (message.at == 0)
            message.at = toMs(utc(2026, 6, int(id)));
        m_rows->addMessage(message);
    }
    [[nodiscard]] Result<SearchPage> search(const QString &text, MessageId before = {}, int limit = 50,
                                            bool isTyping = false, Duration patience = Duration(10'000))
    {
        return searchMessages(m_rows->database(), parseSearch(text, isTyping), AgentId(1), before, limit, now,
                              patience);
    }
    static QList<int> idsOf(const SearchPage &page)
    {
        QList<int> ids;
        for (const SearchHit &hit : page.hits)
            ids.append(int(hit.message.value - live));
        return ids;
    }

    void addMany(int count);
    void fillAtRandom(int conversations);
    [[nodiscard]] QList<int> lookAtEveryMessage(const SearchQuery &query);

    std::unique_ptr<TestRows> m_rows;
};

/// Messages "common" in conversation 1.
void SearchTest::addMany(int count)
{
    m_rows->run(
        QStringLiteral(
            "WITH n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < %2) "
            "INSERT INTO message (id, seq, created_seq, channel, conversation, kind, identity, uri, remote_id, url, "
            "parent_uri, sort_at, sent_at, arrived_at, text) "
            "SELECT %1 + i, 10000 + i, 10000 + i, 1, 1, 0, 1, '', '', '', '', 5, 5, 5, 'common' FROM n")
            .arg(live)
            .arg(99 + count));
}

/// Conversations of every status, owner and kind, a tag on a fifth of them, six messages each; half of the authors are
/// called Anna. The rows' numbers alone decide what they are.
void SearchTest::fillAtRandom(int conversations)
{
    m_rows->run(QStringLiteral("BEGIN"));
    for (qint64 id = 100; id < 220; ++id)
        m_rows->addIdentity(id, id % 2 ? QStringLiteral("Anna") : QStringLiteral("Otto"),
                            QStringLiteral("@x%1").arg(id));
    m_rows->run(QStringLiteral("UPDATE agent SET name = 'Annabel' WHERE id = 2"));
    m_rows->run(
        QStringLiteral(
            "WITH n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
            "INSERT INTO conversation (id, seq, created_seq, channel, number, thread, identity, ordinal, contact, "
            "subject, snippet, status, snoozed_until, assignee, is_private, trouble, priority, created_at, "
            "last_message_at, public_seq) "
            "SELECT i, 100000 + i, 100000 + i, 1, i, 1000001, 100 + i % 120, i, 100 + i % 120, '', '', "
            "i * 7 % 11 % 4, CASE WHEN i * 7 % 11 % 4 = 2 THEN (i % 3) * %2 ELSE 0 END, "
            "nullif(i * 5 % 13 % 3, 0), i % 17 = 0, i % 29 = 0, i % 4, i, i, 1 FROM n")
            .arg(99 + conversations)
            .arg(toMs(now)));
    m_rows->run(QStringLiteral("INSERT INTO conversation_tag (seq, created_seq, channel, conversation, tag) "
                               "SELECT 200000 + id, 200000 + id, 1, id, 1 FROM conversation WHERE id % 5 = 0"));
    m_rows->run(QStringLiteral("INSERT INTO draft (agent, conversation, mode, device, text, content_warning, target, "
                               "based_on, updated_at) SELECT 1, id, id % 3, '', 'We', '', 0, 0, 1 FROM conversation "
                               "WHERE id % 4 = 0"));
    m_rows->run(
        QStringLiteral(
            "WITH n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
            "INSERT INTO message (id, seq, created_seq, channel, conversation, kind, identity, agent, uri, "
            "remote_id, url, parent_uri, sort_at, sent_at, arrived_at, text) "
            "SELECT %2 + 1000 + i, 300000 + i, 300000 + i, 1, 100 + i * 31 % %3, CASE WHEN i % 7 = 0 THEN 2 ELSE 0 "
            "END, "
            "CASE WHEN i % 7 = 0 THEN NULL ELSE 100 + (100 + i * 31 % %3) % 120 END, "
            "CASE WHEN i % 7 = 0 THEN 1 + i % 2 END, '', '', '', '', %4 + i * 60000, 5, 5, "
            "CASE WHEN i % 3 = 0 THEN 'often ' ELSE '' END || CASE WHEN i % 19 = 0 THEN 'seldom' ELSE 'other' END "
            "FROM n")
            .arg(conversations * 6 - 1)
            .arg(live)
            .arg(conversations)
            .arg(toMs(utc(2026, 6, 1))));
    m_rows->run(QStringLiteral("UPDATE conversation SET newest_message = coalesce((SELECT max(m.id) FROM message AS "
                               "m WHERE m.conversation = conversation.id AND m.kind = 0), 0) WHERE id >= 100"));
    m_rows->run(QStringLiteral("INSERT INTO seen (agent, conversation, message, at) "
                               "SELECT 1, id, newest_message, 1 FROM conversation WHERE id % 3 = 0"));
    m_rows->run(QStringLiteral("COMMIT"));
}

/// What a search must find, newest first: each message is asked for itself.
QList<int> SearchTest::lookAtEveryMessage(const SearchQuery &query)
{
    const auto optional = [](bool isAsked, const QString &condition) { return isAsked ? condition : QString(); };
    const auto text = [](const QString &word) { return QStringLiteral(" AND m.text LIKE '%%1%'").arg(word); };
    QString sql =
        QStringLiteral(
            "SELECT m.id - %1 FROM message AS m JOIN conversation AS v ON v.id = coalesce(m.conversation, "
            "(SELECT max(id) FROM conversation WHERE thread = m.thread)) LEFT JOIN identity AS i ON i.id = m.identity "
            "LEFT JOIN agent AS a ON a.id = m.agent WHERE 1")
            .arg(live);
    for (const QString &word : query.words)
        sql += text(word);
    for (const QString &word : query.excluded)
        sql += QStringLiteral(" AND NOT (1") + text(word) + u')';
    if (query.status)
        sql += QStringLiteral(" AND CASE WHEN v.status = 2 AND v.snoozed_until <= %1 THEN 0 ELSE v.status END = %2")
                   .arg(toMs(now))
                   .arg(int(*query.status));
    if (query.kind)
        sql += QStringLiteral(" AND m.kind = %1").arg(int(*query.kind));
    sql += optional(query.isMine, QStringLiteral(" AND v.assignee = 1"));
    sql += optional(query.isUnassigned, QStringLiteral(" AND v.assignee IS NULL"));
    sql += optional(query.isDrafted, QStringLiteral(" AND v.id IN (SELECT conversation FROM draft WHERE agent = 1)"));
    sql += optional(
        query.isUnseen,
        QStringLiteral(" AND v.newest_message > 0 AND v.id NOT IN (SELECT conversation FROM seen WHERE agent = 1)"));
    sql += optional(query.isUnseen && query.words.isEmpty() && query.excluded.isEmpty(),
                    QStringLiteral(" AND m.agent IS NOT 1"));
    sql += optional(query.isPrivate, QStringLiteral(" AND v.is_private = 1"));
    sql += optional(query.hasTrouble, QStringLiteral(" AND v.trouble > 0"));
    if (query.priority)
        sql += QStringLiteral(" AND v.priority = %1").arg(int(*query.priority));
    sql += optional(!query.tag.isEmpty(),
                    QStringLiteral(" AND v.id IN (SELECT conversation FROM conversation_tag WHERE tag = 1)"));
    sql += optional(!query.from.isEmpty(),
                    QStringLiteral(" AND (i.name LIKE '%1%' OR a.name LIKE '%1%')").arg(query.from));
    sql += optional(isKnown(query.before), QStringLiteral(" AND m.sort_at < %1").arg(toMs(query.before)));
    QList<int> ids;
    const QStringList rows = m_rows->rows(sql + QStringLiteral(" ORDER BY m.id DESC"));
    for (const QString &row : rows)
        ids.append(row.toInt());
    return ids;
}

void SearchTest::init()
{
    m_rows = std::make_unique<TestRows>();
    m_rows->addAgent(2, QStringLiteral("Ben"));
    m_rows->addChannel(1, QStringLiteral("Blog"), Network::wordpress);
    m_rows->addChannel(2, QStringLiteral("Care"), Network::mastodon);
    m_rows->addIdentity(1, QStringLiteral("Mira Lang"), QStringLiteral("@mila@a.example"));
    m_rows->addIdentity(2, QStringLiteral("Nora"), QStringLiteral("@nora@b.example"));
    m_rows->addTag(1, QStringLiteral("hardware"));
    m_rows->addConversation({.id = 1, .assignee = 1});
    m_rows->addConversation({.id = 2, .channel = 2, .identity = 2, .status = Status::resolved});
    m_rows->addConversation({.id = 3, .identity = 2, .status = Status::snoozed, .snoozedUntil = 5, .isPrivate = true});
    m_rows->tagConversation(2, 1);
    add(1, QStringLiteral("The charger does not charge"));
    add(2, QStringLiteral("Größenangabe: Café ist zu klein, user@example.com"),
        {.conversation = 2, .channel = 2, .identity = 2});
    add(3, QStringLiteral("Does charge not the battery? see refund"), {.conversation = 3, .identity = 2});
    add(4, QStringLiteral("ask the team about the charger"), {.kind = MessageKind::note, .identity = 0, .agent = 2});
    add(5, QStringLiteral("We replaced the charger"), {.kind = MessageKind::reply, .identity = 0, .agent = 1});
    add(6, QStringLiteral("old charger"), {.at = toMs(utc(2023, 2, 10))});
    add(7, QStringLiteral("others talk of chargers"),
        {.thread = 1'000'002, .channel = 2, .kind = MessageKind::context, .identity = 2});
}

void SearchTest::findsNewestFirst_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isTyping");
    QTest::addColumn<QList<int>>("expected");
    const auto row = [](const char *text, const QList<int> &expected, bool isTyping = false) {
        QTest::newRow(text) << QString::fromUtf8(text) << isTyping << expected;
    };
    row("charger", {6, 5, 4, 1});
    row("CHARGER the", {5, 4, 1});
    row("char", {});
    row("c", {7, 6, 5, 4, 3, 2, 1}, true);
    row("charg", {7, 6, 5, 4, 3, 1}, true);
    row("chargers", {7}, true);
    row("grossenangabe", {});
    row("größenangabe", {2});
    row("GROßENANGABE", {2});
    row("cafe", {2});
    row("user@example.com", {2});
    row("\"not charge\"", {1});
    row("\"charge not\"", {3});
    row("charge -refund", {1});
    row("-charger -chargers", {3, 2});
    row("from:mira", {6, 1});
    row("from:@mila", {6, 1});
    row("from:mila charger", {6, 1});
    row("from:ben", {4});
    row("from:nobody charger", {});
    row("from:lang", {6, 1});
    row("from:LÄN charger", {6, 1});
    row("from:ang", {});
    row("from:\"lang mi\"", {6, 1});
    row("from:a.example", {6, 1});
    row("from:example charger", {6, 1});
    row("from:@nora", {7, 3, 2});
    row("channel:care", {7, 2});
    row("channel:mastodon cafe", {2});
    row("channel:blog charger", {6, 5, 4, 1});
    row("channel:none", {});
    row("tag:HARDWARE", {7, 2});
    row("tag:nothing charger", {});
    row("is:mine charger", {6, 5, 4, 1});
    row("is:unassigned", {7, 3, 2});
    row("is:open charge", {3, 1});
    row("is:snoozed", {});
    row("is:resolved", {7, 2});
    row("is:private", {3});
    row("is:note", {4});
    row("is:reply charger", {5});
    row("before:2026-01-01", {6});
    row("before:2026-06-03", {6, 2, 1});
    row("after:2026-06-05", {7, 5});
    row("after:2023-02 before:2023-03", {6});
    row("after:2023-02-11 before:2023-03", {});
    row("after:2010 charger before:2026-06-05", {6, 4, 1});
    row("before:2020 after:2021", {});
    row("before:1960", {});
    row("after:2027", {});
    row("after:2023 before:2026-06-05 charger", {6, 4, 1});
    row("AND OR NOT NEAR(", {});
    row("\"the charger\" OR", {});
    row("text:charger", {});
    row("*^(){}", {});
    row("😀", {});
    row("is:resolved 😀", {});
    row("charger 😀", {6, 5, 4, 1});
}

void SearchTest::findsNewestFirst()
{
    QFETCH(QString, text);
    QFETCH(bool, isTyping);
    QFETCH(QList<int>, expected);
    const Result<SearchPage> page = search(text, {}, 50, isTyping);
    QVERIFY2(page, qPrintable(page ? QString() : page.error().detail));
    QCOMPARE(idsOf(*page), expected);
    QVERIFY(!page->hasMore);
    for (const SearchHit &hit : page->hits)
        QVERIFY(hit.conversation.isValid());
}

void SearchTest::goesOnPageByPage()
{
    const SearchPage first = search(QStringLiteral("charger"), {}, 3).value();
    QCOMPARE(idsOf(first), (QList<int>{6, 5, 4}));
    QVERIFY(first.hasMore);
    const SearchPage second = search(QStringLiteral("charger"), first.goOnBefore, 3).value();
    QCOMPARE(idsOf(second), (QList<int>{1}));
    QVERIFY(!second.hasMore);
}

void SearchTest::stopsWhenItsTimeIsOverAndGoesOn()
{
    addMany(1000);
    m_rows->run(QStringLiteral("UPDATE message SET text = 'common' WHERE id = %1").arg(live + 3));
    SearchPage page;
    QList<int> found;
    int pages = 0;
    do {
        const MessageId before = page.goOnBefore;
        page = search(QStringLiteral("common is:private"), before, 50, false, Duration(0)).value();
        found += idsOf(page);
        QVERIFY(!before.isValid() || page.goOnBefore < before);
        ++pages;
    } while (page.isSearchingOlder && pages < 2000);
    QVERIFY(pages > 10);
    QCOMPARE(found, (QList<int>{3}));
    QVERIFY(!page.hasMore);
}

void SearchTest::fewConversationsAreLookedUp()
{
    // What is selected is little: one answer, however often the word is said elsewhere.
    addMany(25'000);
    m_rows->run(QStringLiteral("UPDATE message SET text = 'common' WHERE id IN (%1, %2)").arg(live + 2).arg(live + 7));
    for (const char *query : {"common tag:hardware", "common tag:hardware is:resolved"}) {
        const SearchPage page = search(QString::fromLatin1(query)).value();
        QCOMPARE(idsOf(page), (QList<int>{7, 2}));
        QVERIFY(!page.isSearchingOlder);
    }
    QVERIFY(search(QStringLiteral("common tag:hardware is:open")).value().hits.isEmpty());
}

/// Who looks for what was begun looks for conversations; with words it is their messages.
void SearchTest::draftsAreFoundOnce()
{
    const auto draft = [this](int agent, int conversation, const char *text, const char *media = "") {
        m_rows->run(
            QStringLiteral("INSERT INTO draft (agent, conversation, mode, device, text, content_warning, target, "
                           "based_on, updated_at, media) VALUES (%1, %2, 0, '', '%3', '', 0, 0, 1, '%4')")
                .arg(agent)
                .arg(conversation)
                .arg(QString::fromLatin1(text), QString::fromLatin1(media)));
    };
    const auto found = [this](const char *text) { return idsOf(search(QString::fromLatin1(text)).value()); };
    QVERIFY(found("is:draft").isEmpty());
    draft(1, 1, "We look");
    draft(1, 2, "  ", "[]");
    draft(2, 3, "Of a colleague");
    QCOMPARE(found("is:draft"), (QList<int>{5}));
    QCOMPARE(found("is:draft charger"), (QList<int>{6, 5, 4, 1}));
    QVERIFY(found("is:draft refund").isEmpty());
    // A picture alone is something, too; and what a device of the agent has told a server.
    m_rows->run(QStringLiteral("UPDATE draft SET media = '[{}]' WHERE conversation = 2"));
    QCOMPARE(found("is:draft"), (QList<int>{5, 2}));
    QCOMPARE(found("is:draft is:resolved"), (QList<int>{2}));
    m_rows->run(QStringLiteral("DELETE FROM draft"));
    m_rows->run(QStringLiteral("INSERT INTO told_draft (agent, conversation, mode, version, body) "
                               "VALUES (1, 3, 0, 1, '{}'), (1, 2, 0, 2, ''), (2, 1, 0, 1, '{}')"));
    QCOMPARE(found("is:draft"), (QList<int>{3}));
}

/// As a row's mark says it; and a note to whoever asks, which marks no row.
void SearchTest::unseenIsFoundOnce()
{
    const auto see = [this](int conversation, int message) {
        m_rows->run(
            QStringLiteral("INSERT OR REPLACE INTO seen (agent, conversation, message, at) VALUES (1, %1, %2, 1)")
                .arg(conversation)
                .arg(live + message));
    };
    const auto note = [this](int message, int by) {
        add(message, QStringLiteral("look at the charger"), {.kind = MessageKind::note, .identity = 0, .agent = by});
        m_rows->run(QStringLiteral("INSERT INTO note_mention VALUES (%1, 900%1, 900%1, 1, %2, 1, 1)")
                        .arg(message)
                        .arg(live + message));
    };
    const auto found = [this](const char *text) { return idsOf(search(QString::fromLatin1(text)).value()); };
    QCOMPARE(found("is:unseen"), (QList<int>{5, 3, 2}));
    QCOMPARE(found("is:unseen is:resolved"), (QList<int>{2}));
    // Of a channel it is the messages that are unseen; one's own are not, and a word is looked for in the whole talk.
    see(1, 4);
    QCOMPARE(found("is:unseen channel:blog"), (QList<int>{6, 3}));
    QCOMPARE(found("is:unseen from:mira"), QList<int>{6});
    QCOMPARE(found("is:unseen charger"), (QList<int>{6, 5, 4, 1}));
    see(1, 6);
    QCOMPARE(found("is:unseen"), (QList<int>{3, 2}));
    QVERIFY(found("is:unseen charger").isEmpty());
    // To oneself is a reminder, and no news.
    note(8, 1);
    QCOMPARE(found("is:unseen"), (QList<int>{3, 2}));
    note(9, 2);
    QCOMPARE(found("is:unseen"), (QList<int>{9, 3, 2}));
    QCOMPARE(found("is:unseen is:mine"), (QList<int>{9}));
    QCOMPARE(found("is:unseen charger"), (QList<int>{9, 8, 6, 5, 4, 1}));
    see(1, 9);
    see(2, 2);
    see(3, 3);
    QVERIFY(found("is:unseen").isEmpty());
    // What was imported is unseen only where somebody wrote since.
    m_rows->run(QStringLiteral("UPDATE conversation SET is_imported = 1, newest_message = 12 WHERE id = 2"));
    m_rows->run(QStringLiteral("DELETE FROM seen WHERE conversation = 2"));
    QVERIFY(found("is:unseen").isEmpty());
}

void SearchTest::filtersAgreeWithEveryMessage_data()
{
    QTest::addColumn<int>("conversations");
    QTest::addColumn<Duration>("patience");
    // Selected conversations are looked up message by message, held as a set, or asked of each candidate.
    QTest::newRow("few") << 151 << Duration(10'000);
    QTest::newRow("few, in small pieces") << 151 << Duration(0);
    QTest::newRow("many") << 5998 << Duration(10'000);
}

/// Whatever way a search takes: it finds what looking at every message finds, also page by page.
void SearchTest::filtersAgreeWithEveryMessage()
{
    QFETCH(int, conversations);
    QFETCH(Duration, patience);
    fillAtRandom(conversations);
    const QStringList words{{},
                            QStringLiteral("often"),
                            QStringLiteral("seldom"),
                            QStringLiteral("often seldom"),
                            QStringLiteral("-often")};
    const QStringList filters{QStringLiteral("is:open"),
                              QStringLiteral("is:open is:mine"),
                              QStringLiteral("is:open is:unassigned"),
                              QStringLiteral("is:pending"),
                              QStringLiteral("is:snoozed is:mine"),
                              QStringLiteral("is:resolved"),
                              QStringLiteral("is:mine"),
                              QStringLiteral("tag:hardware"),
                              QStringLiteral("tag:hardware is:open"),
                              QStringLiteral("from:anna"),
                              QStringLiteral("from:anna is:pending"),
                              QStringLiteral("is:private"),
                              QStringLiteral("is:trouble"),
                              QStringLiteral("is:trouble is:open"),
                              QStringLiteral("tag:hardware is:trouble"),
                              QStringLiteral("priority:high"),
                              QStringLiteral("priority:urgent is:pending"),
                              QStringLiteral("is:open is:note"),
                              QStringLiteral("is:draft is:note"),
                              QStringLiteral("is:draft is:open before:2026-06-03"),
                              QStringLiteral("is:unseen is:note"),
                              QStringLiteral("is:unseen is:open before:2026-06-03"),
                              QStringLiteral("tag:hardware before:2026-06-03")};
    for (const QString &typed : words) {
        for (const QString &filter : filters) {
            const QString text = typed + u' ' + filter;
            const QList<int> expected = lookAtEveryMessage(parseSearch(text));
            QVERIFY2(!expected.isEmpty() || typed.contains(QStringLiteral("seldom")), qPrintable(text));
            QList<int> found;
            MessageId before;
            for (int pages = 0; pages < 10'000; ++pages) {
                const SearchPage page = search(text, before, 40, false, patience).value();
                found += idsOf(page);
                before = page.goOnBefore;
                if (!page.hasMore && !page.isSearchingOlder)
                    break;
            }
            QVERIFY2(found == expected, qPrintable(text));
        }
    }
}

void SearchTest::indexFollowsEditsAndDeletion()
{
    m_rows->run(QStringLiteral("UPDATE message SET text = 'quite another thing' WHERE id = %1").arg(live + 1));
    QCOMPARE(idsOf(search(QStringLiteral("charger")).value()), (QList<int>{6, 5, 4}));
    QCOMPARE(idsOf(search(QStringLiteral("another")).value()), (QList<int>{1}));
    m_rows->run(QStringLiteral("DELETE FROM message WHERE id = %1").arg(live + 5));
    QCOMPARE(idsOf(search(QStringLiteral("charger")).value()), (QList<int>{6, 4}));
    m_rows->run(QStringLiteral("UPDATE message SET identity = 2 WHERE id = %1").arg(live + 6));
    QVERIFY(search(QStringLiteral("from:mira charger")).value().hits.isEmpty());
}

void SearchTest::manyAuthorsOfOneNameAreJoined()
{
    for (qint64 id = 100; id < 160; ++id)
        m_rows->addIdentity(id, QStringLiteral("Anna %1").arg(id), QStringLiteral("@x%1").arg(id));
    add(8, QStringLiteral("from one of sixty charger"), {.identity = 130});
    QCOMPARE(idsOf(search(QStringLiteral("from:anna charger")).value()), (QList<int>{8}));
    QCOMPARE(idsOf(search(QStringLiteral("from:@x1 charger")).value()), (QList<int>{8}));
    // An agent of that name writes too.
    m_rows->run(QStringLiteral("UPDATE agent SET name = 'Annabel' WHERE id = 2"));
    QCOMPARE(idsOf(search(QStringLiteral("from:anna charger")).value()), (QList<int>{8, 4}));
}

/// More than are held as a set.
void SearchTest::veryManyAuthorsAreAskedTheirNames()
{
    const QString numbers =
        QStringLiteral("WITH n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) ");
    m_rows->run(numbers + QStringLiteral("INSERT INTO contact (id, seq, created_seq) "
                                         "SELECT i, 500000 + i, 500000 + i FROM n"));
    m_rows->run(numbers + QStringLiteral("INSERT INTO identity (id, seq, created_seq, channel, contact, remote_id, "
                                         "handle, name, url) SELECT i, 600000 + i, 600000 + i, 1, i, 'r' || i, "
                                         "'@n' || i || '@many.example', 'Number Bertsch', '' FROM n"));
    add(8, QStringLiteral("a charger of theirs"), {.identity = 11'500});
    for (const char *text : {"from:bertsch charger", "from:bert", "from:\"bertsch num\"", "from:many.example charger"})
        QCOMPARE(idsOf(search(QString::fromLatin1(text)).value()), (QList<int>{8}));
    m_rows->run(QStringLiteral("UPDATE agent SET name = 'Ben Bertsch' WHERE id = 2"));
    QCOMPARE(idsOf(search(QStringLiteral("from:bertsch charger")).value()), (QList<int>{8, 4}));
    QCOMPARE(idsOf(search(QStringLiteral("from:bertsch is:open charger")).value()), (QList<int>{8, 4}));
}

void SearchTest::typedNames_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("handle");
    QTest::addColumn<bool>("isMeant");
    const auto row = [](const char *typed, const char *name, const char *handle, bool isMeant) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(name) << QString::fromUtf8(handle)
                             << isMeant;
    };
    const char *const name = "Mira Holm";
    const char *const handle = "@mira_h@social.example";
    for (const char *typed : {"mira",  "HOLM",        "hol",       "mira ho",   "holm mi",    "mira holm", "\"holm\"",
                              "@mira", "@mira_h@soc", "mira_h",    "social",    "social.exa", "example",   "@social",
                              "hölm",  "😀 mi",        "mira exam", "mira.holm", "holm@",      "@"})
        row(typed, name, handle, true);
    for (const char *typed : {"olm", "mir holm", "@holm", "holm nobody", "holm.mira", "social-mira", "😀", "_"})
        row(typed, name, handle, false);
    row("muller", "Jörg Müller", "@joerg", true);
    row("Jörg", "Jorg Muller", "@joerg", true);
    row("प्रि", "Das प्रिया", "@p", true);
    // Longer than the beginnings in the index, which keeps diacritics of other letters than Latin ones.
    row("Михайлов", "Иван Михайлов", "@m", true);
    row("Γιώργος", "Γιώργος Σεφέρης", "@g", true);
    row("ガギグゲゴザジ", "ガギグゲゴザジズ", "@k", true);
    row("ΠΑΠΑΔΟΠΟΥΛΟΣ", "Νίκος Παπαδοπουλος", "@n", true);
    row("☎", "☎ Hotline", "@h", true);
    row("NEAR(", "Near Enough", "@n", true);
    row("AND", "Oran Dee", "@o", false);
    row("name:mira", "Mira", "@m", false);
}

/// Whoever is found by the index is told to be meant, and nobody else.
void SearchTest::typedNames()
{
    QFETCH(QString, typed);
    QFETCH(QString, name);
    QFETCH(QString, handle);
    QFETCH(bool, isMeant);
    m_rows->addIdentity(900, name, handle);
    QCOMPARE(TypedName(typed).isOf(name, handle), isMeant);
    const std::vector<qint64> found = findAuthors(m_rows->database(), typed, 100);
    QVERIFY(m_rows->database().done());
    QCOMPARE(std::find(found.cbegin(), found.cend(), 900) != found.cend(), isMeant);
}

/// The index has beginnings of six letters: what is longer is checked, where few begin so, and asked for otherwise.
void SearchTest::longWordsAreFoundAmongMany()
{
    for (qint64 id = 1000; id < 1400; ++id)
        m_rows->addIdentity(id, QStringLiteral("Number %1").arg(id), QStringLiteral("@n%1@mastodon.example").arg(id));
    m_rows->addIdentity(1400, QStringLiteral("Ida Mastodont"), QStringLiteral("@ida"));
    const auto found = [this](const char *typed, int limit) {
        return findAuthors(m_rows->database(), QString::fromUtf8(typed), limit);
    };
    const std::vector<qint64> last{1400};
    for (const char *typed : {"mastodont", "Mästodont", "ida mastodon", "IDA MASTODONT"})
        QCOMPARE(found(typed, 500), last);
    QCOMPARE(found("mastodon", 500).size(), size_t(401));
    QCOMPARE(found("mastodon", 51).size(), size_t(51));
    QCOMPARE(found("mastodon", 51).front(), 1000);
    QCOMPARE(found("n1234@mastodon.example", 51), std::vector<qint64>{1234});
    QCOMPARE(found("@n1234@mastodon.exampl", 51), std::vector<qint64>{1234});
    QCOMPARE(found("mastodons", 51), std::vector<qint64>());
    // The index ends a word at some marks where we do not.
    m_rows->addIdentity(1401, QStringLiteral("Abc%1Bertholda").arg(QChar(0x20d0)), QStringLiteral("@b"));
    QCOMPARE(found("bertholda", 51), std::vector<qint64>{1401});
    QVERIFY(m_rows->database().done());
}

void SearchTest::namesFollowChangesAndDeletion()
{
    const auto found = [this](const char *typed) {
        return findAuthors(m_rows->database(), QString::fromLatin1(typed), 9);
    };
    m_rows->addIdentity(900, QStringLiteral("Quirin Ost"), QStringLiteral("@q@east.example"));
    QCOMPARE(found("ost"), std::vector<qint64>{900});
    m_rows->run(QStringLiteral("UPDATE identity SET name = 'Quirin West' WHERE id = 900"));
    m_rows->run(QStringLiteral("UPDATE identity SET handle = '@q@far.example' WHERE id = 900"));
    for (const char *former : {"ost", "east"})
        QVERIFY(found(former).empty());
    for (const char *present : {"quirin", "west", "far"})
        QCOMPARE(found(present), std::vector<qint64>{900});
    // All of it before anything is indexed.
    m_rows->run(QStringLiteral(
        "INSERT INTO identity SELECT 901, 90001, 90001, 1, 900, 'r901', '@z', 'Zora First', ''; "
        "INSERT INTO identity SELECT 902, 90002, 90002, 1, 900, 'r902', '@z', 'Zora Third', ''; "
        "UPDATE identity SET name = 'Zora Second' WHERE id = 901; DELETE FROM identity WHERE id = 902; "
        "UPDATE identity SET name = 'West' WHERE id = 900; UPDATE identity SET name = 'East' WHERE id = 900"));
    QCOMPARE(found("zora"), std::vector<qint64>{901});
    QVERIFY(found("first").empty() && found("third").empty() && found("quirin").empty());
    QCOMPARE(found("east"), std::vector<qint64>{900});
    m_rows->run(QStringLiteral("DELETE FROM identity WHERE id >= 900"));
    QVERIFY(found("zora").empty() && found("east").empty());
    m_rows->run(QStringLiteral("INSERT INTO identity_index (identity_index, rank) VALUES ('integrity-check', 1)"));
    QCOMPARE(m_rows->number(QStringLiteral("SELECT count(*) FROM unindexed_identity")), 0);
}

void SearchTest::peopleAreProposedOnce()
{
    m_rows->addIdentity(900, QStringLiteral("Quirin Ost"), QStringLiteral("@quirin@a.example"));
    m_rows->addIdentity(901, QStringLiteral("quirin ahrens"), QStringLiteral("@second@a.example"));
    m_rows->addIdentity(902, QString(), QStringLiteral("@quirin@b.example"));
    m_rows->addIdentity(903, QStringLiteral("Not Quirin"), QStringLiteral("@other@a.example"));
    m_rows->addIdentity(904, QStringLiteral("second@a.example"), QStringLiteral("@z@a.example"));
    const auto proposed = [this](const char *text, int limit = 12) {
        QStringList found;
        const auto people = proposePeople(m_rows->database(), QString::fromLatin1(text), limit);
        for (const PersonProposal &one : people.value())
            found.append(QString::number(one.contact.value) + QLatin1Char(' ') + one.name + one.handle);
        return found;
    };
    const QStringList all{QStringLiteral("901 quirin ahrens@second@a.example"),
                          QStringLiteral("900 Quirin Ost@quirin@a.example"), QStringLiteral("902 @quirin@b.example"),
                          QStringLiteral("903 Not Quirin@other@a.example")};
    QCOMPARE(proposed("QUIRIN"), all);
    QCOMPARE(proposed("quirin", 2), all.first(2));
    QCOMPARE(proposed("@quirin@b"), QStringList(all.at(2)));
    QCOMPARE(proposed(""), QStringList());
    QCOMPARE(proposed("\xd6st"), QStringList(all.at(1)));
    QCOMPARE(proposed("b.example"), (QStringList{all.at(2), QStringLiteral("2 Nora@nora@b.example")}));
    // The whole handle comes before a name that begins so.
    QCOMPARE(proposed("second@a.example"),
             (QStringList{all.at(0), QStringLiteral("904 second@a.example@z@a.example")}));
    // Whoever was merged stands for the contact that they are now, however often.
    m_rows->run(QStringLiteral("UPDATE contact SET merged_into = 903 WHERE id = 902"));
    m_rows->run(QStringLiteral("UPDATE contact SET merged_into = 902 WHERE id = 901"));
    QCOMPARE(proposed("quirin"), (QStringList{QStringLiteral("903 quirin ahrens@second@a.example"), all.at(1)}));
}

/// Each is what "from:" finds again when it is written there.
void SearchTest::authorsAreProposedByNameAndHandle()
{
    m_rows->addIdentity(900, QStringLiteral("Quirin Ost"), QStringLiteral("@q@a.example"));
    m_rows->addIdentity(901, QStringLiteral("quirin ahrens"), QStringLiteral("@second@a.example"));
    m_rows->addIdentity(902, QStringLiteral("Quirin Ost"), QStringLiteral("@third@a.example"));
    m_rows->addIdentity(903, QStringLiteral("Quirin \"Q\" Zorn"), QStringLiteral("@zorn@a.example"));
    m_rows->addIdentity(904, QString(), QStringLiteral("@quirin@b.example"));
    m_rows->addIdentity(905, QStringLiteral("Other"), QStringLiteral("quirin.example"));
    m_rows->addIdentity(906, QStringLiteral("Not Quirin"), QStringLiteral("@nowhere@a.example"));
    const auto proposed = [this](const char *text, int limit = 12) {
        return loadAuthorProposals(m_rows->database(), QString::fromLatin1(text), limit);
    };
    const QStringList all{QStringLiteral("@zorn@a.example"), QStringLiteral("quirin ahrens"),
                          QStringLiteral("Quirin Ost"),      QStringLiteral("@quirin@b.example"),
                          QStringLiteral("quirin.example"),  QStringLiteral("Not Quirin")};
    QCOMPARE(proposed("QUIRIN"), all);
    QCOMPARE(proposed("quirin", 2), all.first(2));
    QCOMPARE(proposed("quirin os"), QStringList(QStringLiteral("Quirin Ost")));
    QCOMPARE(proposed("ost"), QStringList(QStringLiteral("Quirin Ost")));
    QCOMPARE(proposed("nowhere"), QStringList(QStringLiteral("@nowhere@a.example")));
    QCOMPARE(proposed("zorn"), QStringList(QStringLiteral("@zorn@a.example")));
    QCOMPARE(proposed("@quir"), (QStringList{QStringLiteral("@quirin@b.example"), QStringLiteral("quirin.example")}));
    QCOMPARE(proposed("nobody at all"), QStringList());
    QCOMPARE(proposed(""), QStringList());
}

void SearchTest::everyNumberHasAWord_data()
{
    QTest::addColumn<qint64>("number");
    for (const qint64 number : {3LL, 4095LL, 4096LL, 8192LL, 16'777'215LL, 16'777'216LL, 1LL << 62})
        QTest::addRow("%lld", number) << qint64(number);
}

/// Ids that are spelt by one letter, by two and by digits find theirs and nobody else's.
void SearchTest::everyNumberHasAWord()
{
    QFETCH(qint64, number);
    m_rows->addAgent(number, QStringLiteral("Zoe"));
    m_rows->addChannel(number, QStringLiteral("Forum"), Network::feed);
    m_rows->addIdentity(number, QStringLiteral("Xaver"), QStringLiteral("@xaver@a.example"));
    m_rows->addIdentity(number + 1, QStringLiteral("Yann"), QStringLiteral("@yann@a.example"));
    add(8, QStringLiteral("by the author"), {.channel = number, .identity = number});
    add(9, QStringLiteral("by the next author"), {.identity = number + 1});
    add(10, QStringLiteral("by the agent"), {.kind = MessageKind::reply, .identity = 0, .agent = number});
    QCOMPARE(idsOf(search(QStringLiteral("from:xaver")).value()), QList<int>{8});
    QCOMPARE(idsOf(search(QStringLiteral("from:yann")).value()), QList<int>{9});
    QCOMPARE(idsOf(search(QStringLiteral("from:zoe")).value()), QList<int>{10});
    QCOMPARE(idsOf(search(QStringLiteral("channel:forum author")).value()), QList<int>{8});
}

void SearchTest::reservedLettersAskForNothing()
{
    const QString channel = QString::fromUtf8("\U00104002");
    const QString kind = QString::fromUtf8("\U00100000");
    QCOMPARE(idsOf(search(channel).value()), QList<int>());
    QCOMPARE(idsOf(search(kind, {}, 50, true).value()), QList<int>());
    QCOMPARE(idsOf(search(QStringLiteral("charger") + channel).value()),
             idsOf(search(QStringLiteral("charger")).value()));
}

void SearchTest::cancelledSearchSaysSo()
{
    addMany(5000);
    m_rows->database().setCancel([] { return true; });
    const Result<SearchPage> page = search(QStringLiteral("common is:private"));
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::cancelled);
    m_rows->database().setCancel({});
    QVERIFY(search(QStringLiteral("charger")));
}

void SearchTest::excerpts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<bool>("isPrefix");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *text, const QStringList &words, bool isPrefix,
                        const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(text) << words << isPrefix
                            << QString::fromUtf8(expected).replace(u'[', QChar(0xe001)).replace(u']', QChar(0xe002));
    };
    const QString charger = QStringLiteral("charger");
    row("word", "My Charger broke", {charger}, false, "My [Charger] broke");
    row("whole words only", "chargers broke", {charger}, false, "chargers broke");
    row("prefix", "two chargers broke", {charger}, true, "two [chargers] broke");
    row("diacritics", "ein Café im Größten", {QStringLiteral("cafe")}, false, "ein [Café] im Größten");
    row("combining", "ein Cafe\u0301 hier", {QStringLiteral("cafe")}, false, "ein [Cafe\u0301] hier");
    row("phrase", "not to charge, not charge", {QStringLiteral("not"), QStringLiteral("charge")}, false,
        "not to charge, [not charge]");
    row("lines", "a\n\n  charger\tb", {charger}, false, "a [charger] b");
    row("every match", "charger charger", {charger}, false, "[charger] [charger]");
    row("beyond the first plane", "\U0001F600 charger \U0001F600", {charger}, false, "\U0001F600 [charger] \U0001F600");
    row("none", "nothing here", {charger}, false, "nothing here");
}

void SearchTest::excerpts()
{
    QFETCH(QString, text);
    QFETCH(QStringList, words);
    QFETCH(bool, isPrefix);
    QFETCH(QString, expected);
    QCOMPARE(makeExcerpt(text, {{words, isPrefix}}), expected);
}

void SearchTest::excerptIsShortAndOneLine()
{
    const QString text = QStringLiteral("lorem ipsum\n").repeated(500) + QStringLiteral("charger ") +
                         QStringLiteral("dolor sit\n").repeated(500);
    const QString excerpt = makeExcerpt(text, {{{QStringLiteral("charger")}, false}});
    QVERIFY(excerpt.size() < 180);
    QVERIFY(!excerpt.contains(u'\n'));
    QVERIFY(excerpt.startsWith(u'…') && excerpt.endsWith(u'…'));
    QVERIFY(excerpt.contains(QChar(0xe001) + QStringLiteral("charger") + QChar(0xe002)));
}

QTEST_GUILESS_MAIN(SearchTest)
#include "tst_search.moc"
