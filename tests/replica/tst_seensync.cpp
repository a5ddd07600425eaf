// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicameta.h"
#include "replica/seenrows.h"
#include "tests/networks/await.h"
#include "tests/patience.h"
#include "tests/replica/failingdisk.h"
#include "tests/replica/twodesks.h"
#include "workspace/personalstore.h"
#include "workspace/queries.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

/// What Kim has read at one desk, and Kim's own views, are so at Kim's other desk, and nowhere else.
class SeenSyncTest final : public QObject, private TwoDesks
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { end(); }
    void seenFollows();
    void unseenFollows();
    void noteThatWasSeenIsSeenEverywhere();
    void followsLater();
    void whoReadFurtherWins();
    void unseenStaysWhereTheRightsChange();
    void whatNobodyHeardIsToldAgain();
    void unseenStaysAfterALostAnswer();
    void unseenStaysWhereTheProgramEndsUnanswered();
    void editIsUnseenEverywhere();
    void editIsUnseenForWhoReadBeforeIt();
    void viewsFollow();
    void filterOfAViewFollows();
    void manyFollow();
    void colleaguesNeverHave();
    void whatWasThereBeforeFollows();
    void restoredServerIsToldAnew();
    void olderServerIsLeftAlone();
    void ownTellingIsNotAskedFor();
    void everyAccessMayFail_data();
    void everyAccessMayFail();
    void everyRequestMayFail_data();
    void everyRequestMayFail();

private:
    /// Marks move and a view gets another name at one desk; the other one has the same at last.
    void work(Desktop &desktop, int round);
    [[nodiscard]] bool isWorkEverywhere(int round);
    [[nodiscard]] QString whatIsThere(int round);
    void mark(Desktop &desktop, MessageId message, ConversationId conversation = ofAll);
    void flush(Desktop &desktop);
    static void forget(Workspace &workspace, const QList<const char *> &statements);
    [[nodiscard]] MessageId newest(ConversationId conversation = ofAll)
    {
        return MessageId(there(str("SELECT newest_message FROM conversation WHERE id = %1").arg(conversation.value))
                             .constFirst()
                             .toLongLong());
    }
    [[nodiscard]] static bool isUnseen(Desktop &desktop, ConversationId conversation = ofAll)
    {
        return desktop.conversation(conversation).isUnseen;
    }
    [[nodiscard]] static QStringList seen(Desktop &desktop) { return desktop.rows(str(marks)); }
    /// The same everywhere, and nothing is still to be told.
    [[nodiscard]] bool areAlikeNow();
    [[nodiscard]] QStringList views(Desktop &desktop)
    {
        return desktop.rows(str("SELECT name || ' ' || position FROM own_view WHERE of_agent = 2 ORDER BY name"));
    }
    [[nodiscard]] static ViewRecord view(const char *uuid, const char *name, int position = 0);

    static constexpr auto marks =
        "SELECT conversation || ' ' || message FROM seen WHERE agent = 2 ORDER BY conversation";
};

void SeenSyncTest::init()
{
    begin();
    m_world->clock().advance(std::chrono::seconds(1));
}

void SeenSyncTest::flush(Desktop &desktop)
{
    const QFuture<Done> written = desktop.desk().flushPersonal();
    QTRY_VERIFY(written.isFinished());
}

void SeenSyncTest::forget(Workspace &workspace, const QList<const char *> &statements)
{
    const auto done = workspace.write<void>(Urgency::interactive, [statements](Writing &writing) -> Done {
        for (const char *statement : statements)
            writing.database().execute(QString::fromLatin1(statement));
        return {};
    });
    QTRY_VERIFY(done.isFinished());
}

void SeenSyncTest::mark(Desktop &desktop, MessageId message, ConversationId conversation)
{
    desktop.desk().markSeen(conversation, message);
    flush(desktop);
}

bool SeenSyncTest::areAlikeNow()
{
    const QStringList there = TwoDesks::there(str(marks));
    for (Desktop *desktop : {m_one.get(), m_other.get()}) {
        if (seen(*desktop) != there || !desktop->rows(str("SELECT conversation FROM seen_untold")).isEmpty() ||
            !desktop->rows(str("SELECT uuid FROM own_view_untold")).isEmpty())
            return false;
    }
    return true;
}

ViewRecord SeenSyncTest::view(const char *uuid, const char *name, int position)
{
    ViewRecord view;
    view.uuid = str(uuid);
    view.content.name = str(name);
    view.content.search = str("tag:late");
    view.position = position;
    return view;
}

void SeenSyncTest::seenFollows()
{
    QVERIFY(isUnseen(*m_one));
    QVERIFY(isUnseen(*m_other));
    mark(*m_one, newest());
    QVERIFY(!isUnseen(*m_one));
    QTRY_VERIFY(!isUnseen(*m_other));
    QTRY_VERIFY(areAlikeNow());
    QVERIFY(isUnseen(*m_other, ofSales));
}

void SeenSyncTest::unseenFollows()
{
    mark(*m_one, newest());
    QTRY_VERIFY(!isUnseen(*m_other));
    mark(*m_other, MessageId(newest().value - 1));
    QTRY_VERIFY(isUnseen(*m_one));
    QTRY_VERIFY(areAlikeNow());
}

/// A note is newer than all that the contact wrote; and a mark beyond it is of nothing that is there.
void SeenSyncTest::noteThatWasSeenIsSeenEverywhere()
{
    const auto count = [](Desktop &desktop) {
        return desktop.session()
            .workspace()
            .readNow<ViewCounts>([](Database &database) { return countViews(database, AgentId(2), timeFromMs(0)); })
            ->notesToMe;
    };
    mark(*m_one, newest());
    QTRY_VERIFY(!isUnseen(*m_other));
    const MessageId note(m_world->act(Act::AddNote{ofAll, str("@Kim look")}, ServerWorld::bo).created);
    QVERIFY(note > newest());
    QTRY_COMPARE(count(*m_one), 1);
    QTRY_COMPARE(count(*m_other), 1);
    mark(*m_one, note);
    QCOMPARE(count(*m_one), 0);
    QTRY_COMPARE(count(*m_other), 0);
    QTRY_VERIFY(areAlikeNow());
    QCOMPARE(seen(*m_other), QStringList{str("1 %1").arg(note.value)});
    mark(*m_other, MessageId(note.value + 1));
    QTRY_COMPARE(seen(*m_other), QStringList{str("1 %1").arg(note.value)});
}

void SeenSyncTest::followsLater()
{
    m_other->close();
    mark(*m_one, newest());
    QTRY_VERIFY(m_one->rows(str("SELECT conversation FROM seen_untold")).isEmpty());
    m_world->stopServer();
    QTRY_COMPARE(m_one->kind(), DeskStatus::Kind::offline);
    mark(*m_one, newest(ofSales), ofSales);
    m_one->close();
    m_world->start({}, m_port);
    m_other->open();
    QTRY_VERIFY(!isUnseen(*m_other));
    QVERIFY(isUnseen(*m_other, ofSales));
    m_one->open();
    QTRY_VERIFY(!isUnseen(*m_other, ofSales));
    QTRY_VERIFY(areAlikeNow());
}

/// The server tells all that it has then, and nobody has read it anew.
void SeenSyncTest::unseenStaysWhereTheRightsChange()
{
    mark(*m_one, newest());
    QTRY_VERIFY(areAlikeNow() && !isUnseen(*m_other));
    away();
    mark(*m_one, MessageId(newest().value - 1));
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    back(*m_one);
    QTRY_COMPARE(m_one->kind(), DeskStatus::Kind::current);
    QTRY_VERIFY(areAlikeNow());
    QVERIFY(isUnseen(*m_one));
    QVERIFY(isUnseen(*m_other));
}

/// It was read in the moment in which the channel went out of sight: the server takes that for nothing.
void SeenSyncTest::whatNobodyHeardIsToldAgain()
{
    const MessageId read = newest(ofSales);
    m_line->losePushes(true);
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    mark(*m_other, read, ofSales);
    QTRY_VERIFY(m_other->rows(str("SELECT conversation FROM seen_untold")).isEmpty());
    m_line->losePushes(false);
    m_other->session().tryNow();
    QTRY_VERIFY(!m_other->conversation(ofSales).id.isValid());
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, true}).isApplied());
    QTRY_VERIFY(m_other->conversation(ofSales).id.isValid());
    QTRY_COMPARE(there(str("SELECT message FROM seen WHERE agent = 2 AND conversation = 2")),
                 QStringList(QString::number(read.value)));
    QTRY_VERIFY(areAlikeNow());
}

/// What the server has then is what it was told from here.
void SeenSyncTest::unseenStaysAfterALostAnswer()
{
    m_line->cutAnswersWith("Personal/set");
    mark(*m_other, newest());
    QTRY_VERIFY(!isUnseen(*m_one));
    mark(*m_other, MessageId(newest().value - 1));
    m_line->cutAnswersWith({});
    QTRY_VERIFY(areAlikeNow());
    QVERIFY(isUnseen(*m_one));
    QVERIFY(isUnseen(*m_other));
}

/// It begins anew, and hears from the server what it told that itself.
void SeenSyncTest::unseenStaysWhereTheProgramEndsUnanswered()
{
    // Only who has heard all that the server has tells it something.
    mark(*m_other, MessageId(newest().value - 2));
    QTRY_VERIFY(areAlikeNow() && !seen(*m_one).isEmpty());
    m_line->cutAnswersWith("Personal/");
    mark(*m_other, newest());
    QTRY_VERIFY(!isUnseen(*m_one));
    mark(*m_other, MessageId(newest().value - 1));
    m_other->close();
    m_line->cutAnswersWith({});
    m_other->open();
    QTRY_COMPARE(m_other->kind(), DeskStatus::Kind::current);
    QTRY_VERIFY(areAlikeNow());
    QVERIFY(isUnseen(*m_one));
    QVERIFY(isUnseen(*m_other));
    // What was answered is not remembered.
    QCOMPARE(m_other->rows(str("SELECT value FROM meta WHERE name = 'replica_said'")), QStringList{QString()});
}

/// Both read while there is no server: none of them takes back what the other one has read.
void SeenSyncTest::whoReadFurtherWins()
{
    mark(*m_one, MessageId(newest().value - 1));
    QTRY_VERIFY(areAlikeNow() && !seen(*m_other).isEmpty());
    away();
    mark(*m_one, newest());
    mark(*m_other, MessageId(newest().value - 2));
    back(*m_one);
    QTRY_COMPARE(m_other->kind(), DeskStatus::Kind::current);
    QTRY_VERIFY(areAlikeNow());
    QVERIFY(!isUnseen(*m_one));
    QVERIFY(!isUnseen(*m_other));
}

void SeenSyncTest::editIsUnseenEverywhere()
{
    m_world->receive(ServerWorld::open, str("later"), str("said in haste"));
    const ConversationId later(there(str("SELECT max(id) FROM conversation")).constFirst().toLongLong());
    for (Desktop *desktop : {m_one.get(), m_other.get()})
        QTRY_VERIFY(desktop->conversation(later).id == later);
    mark(*m_one, newest(later), later);
    QTRY_VERIFY(!isUnseen(*m_other, later) && areAlikeNow());
    m_world->receive(ServerWorld::open, str("later"), str("said with care"));
    QTRY_VERIFY(isUnseen(*m_one, later));
    QTRY_VERIFY(isUnseen(*m_other, later));
    QTRY_VERIFY(areAlikeNow());
}

/// Read while there is no server, and edited there by then.
void SeenSyncTest::editIsUnseenForWhoReadBeforeIt()
{
    m_world->receive(ServerWorld::open, str("later"), str("said in haste"));
    const ConversationId later(there(str("SELECT max(id) FROM conversation")).constFirst().toLongLong());
    for (Desktop *desktop : {m_one.get(), m_other.get()})
        QTRY_VERIFY(desktop->conversation(later).id == later);
    away();
    mark(*m_one, newest(later), later);
    QVERIFY(!isUnseen(*m_one, later));
    m_world->receive(ServerWorld::open, str("later"), str("said with care"));
    back(*m_one);
    QTRY_VERIFY(isUnseen(*m_one, later));
    QTRY_VERIFY(areAlikeNow());
    QVERIFY(isUnseen(*m_one, later));
    QVERIFY(isUnseen(*m_other, later));
}

void SeenSyncTest::filterOfAViewFollows()
{
    ViewRecord late = view("u1", "Late on the blog");
    late.content.search.clear();
    late.content.filter.networks = {Network::wordpress};
    late.content.filter.waitsLonger = std::chrono::hours(2);
    m_one->desk().saveView(late);
    flush(*m_one);
    QTRY_COMPARE(views(*m_other), QStringList{str("Late on the blog 0")});
    const auto filter = [](Desktop &desktop) {
        return desktop.rows(str("SELECT networks || waits_longer FROM own_view"));
    };
    const QStringList wanted{str(" 2 7200000")};
    QCOMPARE(filter(*m_other), wanted);
    QTRY_VERIFY(areAlikeNow());
    // By a program that knows nothing of that it is only renamed.
    late.content.name = str("Late");
    late.content.filter.isOlder = true;
    PersonalState state;
    state.views.insert(late.uuid, late);
    const QJsonObject told{{str("views"), toJson(state).value(str("views"))}};
    QVERIFY(!m_world->client(ServerWorld::kim)->call(str("Personal/set"), told).contains(str("error")));
    for (Desktop *desktop : {m_one.get(), m_other.get()}) {
        QTRY_COMPARE(views(*desktop), QStringList{str("Late 0")});
        QCOMPARE(filter(*desktop), wanted);
    }
    // Nor does an older server tell it.
    const auto taken = m_one->session().workspace().write<void>(Urgency::interactive, [late](Writing &writing) {
        SeenNews news;
        news.since = ReplicaMeta::read(writing.database(), ReplicaMeta::personal);
        news.newState = news.since;
        news.state.views.insert(late.uuid, late);
        news.state.views[late.uuid]->position = 3;
        return takeSeen(writing, ServerWorld::kim, news);
    });
    QTRY_VERIFY(taken.isFinished());
    QVERIFY(taken.result());
    QCOMPARE(views(*m_one), QStringList{str("Late 3")});
    QCOMPARE(filter(*m_one), wanted);
}

void SeenSyncTest::viewsFollow()
{
    m_one->desk().saveView(view("u1", "Late parcels"));
    flush(*m_one);
    QTRY_COMPARE(views(*m_other), QStringList{str("Late parcels 0")});
    QCOMPARE(m_other->rows(str("SELECT search FROM own_view")), QStringList{str("tag:late")});
    away();
    m_other->desk().saveView(view("u1", "Late parcels", 3));
    m_one->desk().saveView(view("u2", "Praise"));
    flush(*m_one);
    flush(*m_other);
    back(*m_one);
    const QStringList both{str("Late parcels 3"), str("Praise 0")};
    QTRY_COMPARE(views(*m_one), both);
    QTRY_COMPARE(views(*m_other), both);
    m_other->desk().dropView(str("u1"));
    flush(*m_other);
    QTRY_COMPARE(views(*m_one), QStringList{str("Praise 0")});
    QTRY_VERIFY(areAlikeNow());
    // And is not brought back by who was away.
    m_one->close();
    m_one->open();
    QTRY_COMPARE(m_one->kind(), DeskStatus::Kind::current);
    QTRY_VERIFY(areAlikeNow());
    QCOMPARE(views(*m_other), QStringList{str("Praise 0")});
}

/// More than go into one telling, and into one answer.
void SeenSyncTest::manyFollow()
{
    m_other->close();
    const auto stored = m_world->workspace().write<void>(Urgency::bulk, [](Writing &writing) -> Done {
        for (qint64 i = 0; i < 6000; ++i)
            storeSeen(writing, ServerWorld::kim, ConversationId(100'000 + i), MessageId(1 + i));
        return {};
    });
    QTRY_VERIFY(stored.isFinished());
    for (qint64 i = 0; i < 1200; ++i)
        m_one->desk().markSeen(ConversationId(200'000 + i), MessageId(1));
    mark(*m_one, newest());
    m_other->open();
    QTRY_VERIFY(!isUnseen(*m_other));
    QTRY_COMPARE(seen(*m_other).size(), 6001);
    QTRY_VERIFY(m_one->rows(str("SELECT conversation FROM seen_untold")).isEmpty());
}

void SeenSyncTest::colleaguesNeverHave()
{
    const auto ana = std::make_unique<Desktop>(*m_world, ServerWorld::ana, m_port);
    ana->open();
    QTRY_COMPARE(ana->kind(), DeskStatus::Kind::current);
    mark(*m_one, newest());
    m_one->desk().saveView(view("u1", "Late parcels"));
    flush(*m_one);
    QTRY_VERIFY(areAlikeNow());
    QTRY_COMPARE(views(*m_other), QStringList{str("Late parcels 0")});
    QVERIFY(isUnseen(*ana));
    QCOMPARE(ana->rows(str("SELECT agent FROM seen UNION ALL SELECT of_agent FROM own_view")), QStringList());
}

/// A replica that was made before anything of this was told.
void SeenSyncTest::whatWasThereBeforeFollows()
{
    mark(*m_one, newest());
    m_one->desk().saveView(view("u1", "Late parcels"));
    flush(*m_one);
    QTRY_VERIFY(areAlikeNow());
    away();
    for (Workspace *workspace : {&m_world->workspace(), &m_other->session().workspace()})
        forget(*workspace, {"DELETE FROM seen", "DELETE FROM own_view", "DELETE FROM personal_version",
                            "DELETE FROM meta WHERE name = 'replica_personal'"});
    forget(m_one->session().workspace(), {"DELETE FROM meta WHERE name = 'replica_personal'"});
    back(*m_one);
    QTRY_VERIFY(!isUnseen(*m_other));
    QTRY_COMPARE(views(*m_other), QStringList{str("Late parcels 0")});
    QTRY_VERIFY(areAlikeNow());
}

/// Put back unawares: it has less than its devices were told.
void SeenSyncTest::restoredServerIsToldAnew()
{
    for (int i = 0; i < 3; ++i)
        mark(*m_one, MessageId(newest().value - 3 + i));
    mark(*m_one, newest());
    QTRY_VERIFY(areAlikeNow() && !isUnseen(*m_other));
    away();
    forget(m_world->workspace(), {"DELETE FROM seen", "DELETE FROM personal_version"});
    back(*m_one);
    QTRY_COMPARE(there(str(marks)).size(), 1);
    QTRY_VERIFY(areAlikeNow());
    QVERIFY(!isUnseen(*m_other));
}

void SeenSyncTest::olderServerIsLeftAlone()
{
    m_other->close();
    const QByteArray unknown = R"({"methodResponses":[["error",{"type":"unknownMethod"},"0"]],"sessionState":"x"})";
    m_line->loseRequests("Personal/", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                                          QByteArray::number(unknown.size()) + "\r\n\r\n" + unknown);
    m_other->open();
    QTRY_VERIFY(m_line->cutCount() > 0);
    QTRY_COMPARE(m_other->kind(), DeskStatus::Kind::current);
    for (int i = 1; i >= 0; --i)
        mark(*m_other, MessageId(newest().value - i));
    QVERIFY(m_other->perform({Act::AddNote{ofAll, str("a note")}}).constFirst().isApplied());
    QTRY_VERIFY(m_other->isSettled());
    QVERIFY(isUnseen(*m_one));
    // Asked once in each session.
    QVERIFY2(m_line->cutCount() <= 2, qPrintable(QString::number(m_line->cutCount())));
    m_line->loseRequests({});
    away();
    back(*m_other);
    QTRY_VERIFY(!isUnseen(*m_one));
    QTRY_VERIFY(areAlikeNow());
}

/// Whoever works at one desk asks for nothing that it told itself.
void SeenSyncTest::ownTellingIsNotAskedFor()
{
    mark(*m_other, newest());
    QTRY_VERIFY(areAlikeNow());
    m_line->loseRequests("Personal/changes");
    for (int i = 0; i < 5; ++i)
        mark(*m_other, MessageId(newest().value - 4 + i));
    QTRY_VERIFY(areAlikeNow());
    QVERIFY(!isUnseen(*m_one));
    QCOMPARE(m_line->cutCount(), 0);
}

void SeenSyncTest::work(Desktop &desktop, int round)
{
    desktop.desk().markSeen(ofAll, MessageId(newest().value - round % 2));
    desktop.desk().markSeen(ofSales, newest(ofSales));
    desktop.desk().saveView(view("u1", qPrintable(str("Round %1").arg(round))));
    QVERIFY(comesTrue([&] { return await(desktop.desk().flushPersonal()).has_value(); }));
}

bool SeenSyncTest::isWorkEverywhere(int round)
{
    const QStringList named{str("Round %1 0").arg(round)};
    return areAlikeNow() && views(*m_one) == named && views(*m_other) == named &&
           isUnseen(*m_one) == (round % 2 == 1) && isUnseen(*m_other) == (round % 2 == 1) &&
           !isUnseen(*m_other, ofSales);
}

QString SeenSyncTest::whatIsThere(int round)
{
    QStringList said{QString::number(round), there(str(marks)).join(u','), views(*m_one).join(u','),
                     views(*m_other).join(u',')};
    for (Desktop *desktop : {m_one.get(), m_other.get()}) {
        said.append(seen(*desktop).join(u','));
        said.append(
            desktop->rows(str("SELECT conversation FROM seen_untold UNION ALL SELECT uuid FROM own_view_untold"))
                .join(u','));
        said.append(desktop->rows(str("SELECT value FROM meta WHERE name = 'replica_personal'")).join(u','));
        said.append(QString::number(int(desktop->kind())));
    }
    return said.join(str(" | "));
}

void SeenSyncTest::everyAccessMayFail_data()
{
    QTest::addColumn<bool>("isTelling");
    QTest::newRow("from a failing disk") << true;
    QTest::newRow("to a failing disk") << false;
}

void SeenSyncTest::everyAccessMayFail()
{
    QFETCH(bool, isTelling);
    bool wasMet = true;
    int round = 0;
    for (; wasMet; ++round) {
        const FailingDisk disk((isTelling ? *m_one : *m_other).session().workspace(), round);
        work(*m_one, round);
        QVERIFY2(comesTrue([&] { return isWorkEverywhere(round); }), qPrintable(whatIsThere(round)));
        wasMet = disk.wasMet();
    }
    QVERIFY2(round > 10, qPrintable(QString::number(round)));
}

void SeenSyncTest::everyRequestMayFail_data()
{
    QTest::addColumn<bool>("isArriving");
    QTest::addColumn<bool>("isCut");
    QTest::newRow("does not arrive") << false << false;
    QTest::newRow("half of it arrives") << false << true;
    QTest::newRow("its answer is lost") << true << false;
    QTest::newRow("half of its answer comes") << true << true;
}

void SeenSyncTest::everyRequestMayFail()
{
    QFETCH(bool, isArriving);
    QFETCH(bool, isCut);
    bool hasFailed = true;
    int round = 0;
    for (; hasFailed && round < 40; ++round) {
        m_line->failRequest(round / 2, {isArriving, isCut, {}});
        work(round % 2 == 0 ? *m_other : *m_one, round);
        QVERIFY2(comesTrue([&] { return isWorkEverywhere(round); }), qPrintable(whatIsThere(round)));
        hasFailed = m_line->hasFailed();
    }
    QVERIFY2(round > 2, qPrintable(QString::number(round)));
}

QTEST_GUILESS_MAIN(SeenSyncTest)
#include "tst_seensync.moc"
