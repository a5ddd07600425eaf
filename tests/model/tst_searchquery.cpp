// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/searchquery.h"

#include <QTest>

using namespace Earshot;

namespace {

Time utc(int year, int month, int day)
{
    return timeFrom(QDateTime(QDate(year, month, day), QTime(0, 0), Qt::UTC));
}

QStringList list(const char *words)
{
    return QString::fromUtf8(words).split(u' ', Qt::SkipEmptyParts);
}

SearchQuery wordsOnly(const char *words)
{
    SearchQuery query;
    query.words = list(words);
    query.isPrefix.fill(false, query.words.size());
    return query;
}

} // namespace

Q_DECLARE_METATYPE(Earshot::SearchQuery)

/// What people type into the search field.
class SearchQueryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understands_data();
    void understands();
    void daysAreTheReaders();
    void problems_data();
    void problems();
    void problemsSayWhatIsTaken();
    void whatIsBegunIsNoProblem_data();
    void whatIsBegunIsNoProblem();
    void lastWordIsAPrefixWhileTyping_data();
    void lastWordIsAPrefixWhileTyping();
    void emptiness();
    void nothingTypedBreaksIt();
};

void SearchQueryTest::understands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<SearchQuery>("expected");
    const auto row = [](const char *text, const SearchQuery &expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << expected;
    };
    const auto with = [](auto change, const char *words = "") {
        SearchQuery query = wordsOnly(words);
        change(query);
        return query;
    };
    row("broken charger", wordsOnly("broken charger"));
    row("  Größe \t 42 ", wordsOnly("Größe 42"));
    row("!!! ... charger", wordsOnly("charger"));
    row("user@example.com", wordsOnly("user@example.com"));
    row("https://example.com/a", wordsOnly("https://example.com/a"));
    row("well-known", wordsOnly("well-known"));
    row("\"does not charge\" today", with([](SearchQuery &q) { q.phrases = {list("does not charge")}; }, "today"));
    row("\"open end", with([](SearchQuery &q) { q.phrases = {list("open end")}; }));
    row("„deutsche Zeichen“", with([](SearchQuery &q) { q.phrases = {list("deutsche Zeichen")}; }));
    row("charger -refund", with([](SearchQuery &q) { q.excluded = list("refund"); }, "charger"));
    row("-\"two words\"", with([](SearchQuery &q) { q.excluded = {QStringLiteral("two words")}; }));
    row("- alone", wordsOnly("alone"));
    row("from:mira charger", with([](SearchQuery &q) { q.from = QStringLiteral("mira"); }, "charger"));
    row("FROM:\"Mira Lang\"", with([](SearchQuery &q) { q.from = QStringLiteral("Mira Lang"); }));
    row("tag:hardware channel:blog", with([](SearchQuery &q) {
            q.tag = QStringLiteral("hardware");
            q.channel = QStringLiteral("blog");
        }));
    row("is:open", with([](SearchQuery &q) { q.status = Status::open; }));
    row("is:pending", with([](SearchQuery &q) { q.status = Status::pending; }));
    row("is:snoozed", with([](SearchQuery &q) { q.status = Status::snoozed; }));
    row("is:Resolved", with([](SearchQuery &q) { q.status = Status::resolved; }));
    row("is:mine", with([](SearchQuery &q) { q.isMine = true; }));
    row("is:unassigned", with([](SearchQuery &q) { q.isUnassigned = true; }));
    row("is:unseen", with([](SearchQuery &q) { q.isUnseen = true; }));
    row("is:draft", with([](SearchQuery &q) { q.isDrafted = true; }));
    row("is:private", with([](SearchQuery &q) { q.isPrivate = true; }));
    row("is:note", with([](SearchQuery &q) { q.kind = MessageKind::note; }));
    row("is:reply", with([](SearchQuery &q) { q.kind = MessageKind::reply; }));
    row("is:trouble", with([](SearchQuery &q) { q.hasTrouble = true; }));
    row("priority:Urgent", with([](SearchQuery &q) { q.priority = Priority::urgent; }));
    row("before:2026-03-01", with([](SearchQuery &q) { q.before = utc(2026, 3, 1); }));
    row("after:2026-02", with([](SearchQuery &q) { q.after = utc(2026, 2, 1); }));
    row("after:2025 before:2026-1-2", with([](SearchQuery &q) {
            q.after = utc(2025, 1, 1);
            q.before = utc(2026, 1, 2);
        }));
    row("size:large", wordsOnly("size:large"));
    row("from:", SearchQuery());
}

void SearchQueryTest::understands()
{
    QFETCH(QString, text);
    QFETCH(SearchQuery, expected);
    QVERIFY(parseSearch(text) == expected);
}

/// Also on the day that is an hour shorter there.
void SearchQueryTest::daysAreTheReaders()
{
    const QTimeZone berlin("Europe/Berlin");
    const SearchQuery query = parseSearch(QStringLiteral("after:2026-03-29 before:2026-03-30"), false, berlin);
    QCOMPARE(query.after, utc(2026, 3, 29) - std::chrono::hours(1));
    QCOMPARE(query.before, utc(2026, 3, 30) - std::chrono::hours(2));
    QCOMPARE(parseSearch(QStringLiteral("after:2026"), false, QTimeZone(-5 * 3600)).after,
             utc(2026, 1, 1) + std::chrono::hours(5));
}

void SearchQueryTest::problems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("status") << QStringLiteral("is:happy") << QStringLiteral("is:happy");
    QTest::newRow("inbound is no filter") << QStringLiteral("is:inbound") << QStringLiteral("is:inbound");
    QTest::newRow("date") << QStringLiteral("before:yesterday") << QStringLiteral("before:yesterday");
    QTest::newRow("priority") << QStringLiteral("priority:9") << QStringLiteral("priority:9");
    QTest::newRow("no such day") << QStringLiteral("after:2026-02-30") << QStringLiteral("after:2026-02-30");
    QTest::newRow("the first one") << QStringLiteral("after:x is:y") << QStringLiteral("after:x");
    QTest::newRow("none") << QStringLiteral("is:open word") << QString();
}

void SearchQueryTest::problems()
{
    QFETCH(QString, text);
    QFETCH(QString, problem);
    QCOMPARE(parseSearch(text).problem, problem);
}

void SearchQueryTest::problemsSayWhatIsTaken()
{
    const auto said = [](const char *text) { return parseSearch(QString::fromLatin1(text)).problemInEnglish(); };
    QCOMPARE(said("charger priority:rubbish"),
             QStringLiteral("\"priority:rubbish\" is not understood: priority: takes low, normal, high, urgent"));
    QCOMPARE(said("is:Happy"),
             QStringLiteral("\"is:Happy\" is not understood: is: takes open, pending, snoozed, resolved, "
                            "mine, unassigned, unseen, draft, note, reply, private, trouble"));
    QCOMPARE(said("after:never"), QStringLiteral("\"after:never\" is not understood: after: takes a day, a month or a "
                                                 "year: 2026-03-01, 2026-03, 2026"));
    QCOMPARE(said("is:open"), QString());
    // What is said to be taken is.
    for (const char *name : {"is", "priority"}) {
        const QStringList words = searchWords(QString::fromLatin1(name));
        QVERIFY(words.size() >= 4);
        for (const QString &word : words) {
            const SearchQuery query = parseSearch(QString::fromLatin1(name) + u':' + word);
            QVERIFY2(query.problem.isEmpty() && !query.isEmpty(), qPrintable(word));
        }
    }
    QVERIFY(searchWords(QStringLiteral("tag")).isEmpty());
}

void SearchQueryTest::whatIsBegunIsNoProblem_data()
{
    QTest::addColumn<bool>("isProblem");
    const auto row = [](const char *text, bool isProblem) { QTest::newRow(text) << isProblem; };
    row("is:un", false);
    row("is:un ", true);
    row("is:happy", true);
    row("priority:U", false);
    row("priority:ux", true);
    row("before:", false);
    row("before:202", false);
    row("before:2026-", false);
    row("before:2026-0", false);
    row("before:2026-03-0", false);
    row("before:2026-13", false);
    row("before:2026-13-0", false);
    row("before:2026-02-30", true);
    row("before:march", true);
    row("is:un charger", true);
}

void SearchQueryTest::whatIsBegunIsNoProblem()
{
    QFETCH(bool, isProblem);
    const QString text = QString::fromLatin1(QTest::currentDataTag());
    QCOMPARE(!parseSearch(text, true).problem.isEmpty(), isProblem);
    // Whoever has typed to the end meant it.
    QVERIFY(text == QLatin1StringView("before:") || !parseSearch(text, false).problem.isEmpty());
}

void SearchQueryTest::lastWordIsAPrefixWhileTyping_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<bool>>("isPrefix");
    QTest::newRow("one") << QStringLiteral("char") << QList<bool>{true};
    QTest::newRow("two") << QStringLiteral("broken char") << QList<bool>{false, true};
    QTest::newRow("finished") << QStringLiteral("broken char ") << QList<bool>{false, false};
    QTest::newRow("phrase after it") << QStringLiteral("broken \"x y\"") << QList<bool>{false};
    QTest::newRow("operator after it") << QStringLiteral("broken is:open") << QList<bool>{false};
}

void SearchQueryTest::lastWordIsAPrefixWhileTyping()
{
    QFETCH(QString, text);
    QFETCH(QList<bool>, isPrefix);
    QCOMPARE(parseSearch(text, true).isPrefix, isPrefix);
    QVERIFY(!parseSearch(text, false).isPrefix.contains(true));
}

void SearchQueryTest::emptiness()
{
    QVERIFY(parseSearch(QString()).isEmpty());
    QVERIFY(parseSearch(QStringLiteral(" ?! ")).isEmpty());
    QVERIFY(parseSearch(QStringLiteral("is:happy")).isEmpty());
    QVERIFY(!parseSearch(QStringLiteral("is:mine")).isEmpty());
    QVERIFY(!parseSearch(QStringLiteral("a")).isEmpty());
}

void SearchQueryTest::nothingTypedBreaksIt()
{
    const QString signs = QStringLiteral("\"-:a \u201e\u201d'(*^)\t");
    QString text;
    for (int i = 0; i < 20'000; ++i) {
        text.clear();
        for (int rest = i; rest > 0; rest /= int(signs.size()))
            text.append(signs[rest % signs.size()]);
        const SearchQuery query = parseSearch(text, true);
        QCOMPARE(query.words.size(), query.isPrefix.size());
    }
}

QTEST_APPLESS_MAIN(SearchQueryTest)
#include "tst_searchquery.moc"
