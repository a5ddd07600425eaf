// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/awaynews.h"
#include "tests/ui/shareddesktop.h"
#include "ui/shell/messagebar.h"

#include <QDialog>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTimer>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

constexpr ConversationId one{1};
constexpr ConversationId three{3};
constexpr ConversationId five{5};

} // namespace

/// Kim comes back and hears what others did with Kim's conversations.
class AwayTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void firstStartTellsNothing();
    void closedProgramTellsWhatOthersDid();
    void shortAbsenceIsNone();
    void ownDeedsAndOthersConversationsAreNoNews();
    void whatBecameOfMineIsTold();
    void replyThatWasTakenBackIsTold();
    void failedReadingIsTriedAgain();
    void whoSitsDownAgainIsTold();
    void whoWakesADeadLineIsToldWhenItIsBack();
    void lidShutAfterTheLastKeyHidesNothing();
    void unsentWorkHidesNothing();
    void restoredServerHidesNothing();
    void whatOthersDoHidesNothing();
    void whatIsCutIsSaid();

private:
    [[nodiscard]] QString message() { return m_kim->window().findChild<MessageBar *>()->text(); }
    [[nodiscard]] static LastPresence newest(Workspace &workspace)
    {
        return workspace.readNow<LastPresence>(newestJournalLine).value();
    }
    [[nodiscard]] AwayNews newsIn(Workspace &workspace, const LastPresence &since)
    {
        return workspace
            .readNow<AwayNews>([&](Database &database) {
                return loadAwayNews(database, ServerWorld::kim, since, m_world->clock().now());
            })
            .value();
    }
    /// The rows of the dialog, newest first.
    [[nodiscard]] QStringList shown();

    QTemporaryDir m_settings;
    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<SharedDesktop> m_kim;
};

void AwayTest::init()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    static auto *appearance = new Appearance(*qApp);
    m_world = std::make_unique<ServerWorld>();
    for (const ConversationId id : {one, three})
        QVERIFY(m_world->act(Act::Claim{id}, ServerWorld::kim).isApplied());
    m_kim = std::make_unique<SharedDesktop>(*m_world, ServerWorld::kim, *appearance);
    // Where Kim was last is known, and kept when the program ends.
    const auto isKept = [this] {
        return !m_kim->desk()
                    .workspace()
                    .readNow<QString>(
                        [](Database &database) { return loadSetting(database, ServerWorld::kim, str("lastPresence")); })
                    .value()
                    .isEmpty();
    };
    QTRY_VERIFY(isKept());
}

void AwayTest::cleanup()
{
    Database::setFault({});
    m_kim.reset();
    m_world.reset();
}

QStringList AwayTest::shown()
{
    const auto *table = m_kim->window().findChild<QTableWidget *>(str("awayTable"));
    QStringList rows;
    for (int row = 0; row < table->rowCount(); ++row) {
        QString what = table->item(row, 1)->text() + QLatin1Char(' ') + table->item(row, 2)->text();
        rows.append(what.remove(QChar(0x2068)).remove(QChar(0x2069)));
    }
    return rows;
}

void AwayTest::firstStartTellsNothing()
{
    QCOMPARE(message(), QString());
    QVERIFY(m_kim->window().commands().trigger(str("away.show")));
    QCOMPARE(m_kim->window().findChild<QWidget *>(str("awayState"))->accessibleName(), str("You were not away long."));
}

void AwayTest::closedProgramTellsWhatOthersDid()
{
    m_kim->quit();
    m_world->clock().advance(std::chrono::hours(2));
    QVERIFY(m_world->act(Act::SetStatus{one, Status::resolved, Reason::noAnswerNeeded, {}}).isApplied());
    QVERIFY(m_world->act(Act::Assign{five, ServerWorld::kim}).isApplied());
    QVERIFY(m_world->act(Act::Unassign{three}).isApplied());
    QVERIFY(m_world->act(Act::AddTag{five, str("tag")}).isApplied());
    m_kim->start();
    QTRY_COMPARE(message(), str("While you were away something was done with 3 of your conversations."));
    QVERIFY(m_kim->window().commands().trigger(str("away.show")));
    QTRY_COMPARE(shown(), (QStringList{str("Ana gave this back to the team #3"), str("Ana assigned this to Kim #5"),
                                       str("Ana resolved this: no answer needed #1")}));
    // Enter opens the conversation.
    auto *table = m_kim->window().findChild<QTableWidget *>(str("awayTable"));
    table->setCurrentCell(1, 1);
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_COMPARE(m_kim->pane().record().id, five);
    // Told once: the next start is another absence.
    m_kim->quit();
    m_kim->start();
    QTRY_COMPARE(m_kim->desk().status().kind, DeskStatus::Kind::current);
    QCOMPARE(message(), QString());
}

void AwayTest::shortAbsenceIsNone()
{
    m_kim->quit();
    m_world->clock().advance(std::chrono::minutes(29));
    QVERIFY(m_world->act(Act::Unassign{three}).isApplied());
    m_kim->start();
    QVERIFY(m_kim->window().commands().trigger(str("away.show")));
    QCOMPARE(m_kim->window().findChild<QWidget *>(str("awayState"))->accessibleName(), str("You were not away long."));
    QCOMPARE(message(), QString());
}

void AwayTest::ownDeedsAndOthersConversationsAreNoNews()
{
    m_kim->quit();
    m_world->clock().advance(std::chrono::hours(2));
    QVERIFY(m_world->act(Act::Unassign{three}, ServerWorld::kim).isApplied());
    QVERIFY(m_world->act(Act::Claim{five}).isApplied());
    QVERIFY(m_world->act(Act::AddNote{five, str("a note")}).isApplied());
    m_kim->start();
    QVERIFY(m_kim->window().commands().trigger(str("away.show")));
    const auto *state = m_kim->window().findChild<QWidget *>(str("awayState"));
    QTRY_VERIFY(state->accessibleName().contains(str("Nobody did anything with your conversations.")));
    QCOMPARE(message(), QString());
}

/// Somebody took it over and went on: what became of it is news too, up to the end.
void AwayTest::whatBecameOfMineIsTold()
{
    m_kim->quit();
    m_world->clock().advance(std::chrono::hours(2));
    QVERIFY(m_world->act(Act::Assign{one, ServerWorld::bo}).isApplied());
    QVERIFY(m_world->act(Act::AddNote{one, str("a note")}, ServerWorld::bo).isApplied());
    QVERIFY(m_world->act(Act::Assign{one, ServerWorld::ana}, ServerWorld::bo).isApplied());
    QVERIFY(m_world->act(Act::SetStatus{one, Status::resolved, Reason::noAnswerNeeded, {}}).isApplied());
    // Nobody had this one.
    QVERIFY(m_world->act(Act::Assign{five, ServerWorld::bo}).isApplied());
    QVERIFY(m_world->act(Act::AddNote{five, str("a note")}, ServerWorld::bo).isApplied());
    m_kim->start();
    QTRY_COMPARE(message(), str("While you were away something was done with 1 of your conversations."));
    QVERIFY(m_kim->window().commands().trigger(str("away.show")));
    QTRY_COMPARE(shown(), (QStringList{str("Ana resolved this: no answer needed #1"), str("Bo assigned this to Ana #1"),
                                       str("Bo wrote a note #1"), str("Ana assigned this to Bo #1")}));
}

/// Kim wrote it, it waited, and who may took it back. The conversation is somebody else's.
void AwayTest::replyThatWasTakenBackIsTold()
{
    QVERIFY(m_world->act(Act::Assign{five, ServerWorld::bo}).isApplied());
    Act::SendReply reply;
    reply.conversation = five;
    reply.text = str("Hello");
    const Outcome sent = m_world->act(reply, ServerWorld::kim);
    QVERIFY(sent.isApplied());
    const LastPresence now = newest(m_world->workspace());
    QTRY_COMPARE(newest(m_kim->desk().workspace()), now);
    m_kim->quit();
    m_world->clock().advance(std::chrono::hours(2));
    QVERIFY(m_world->act(Act::CancelDelivery{DeliveryId(sent.created)}).isApplied());
    m_kim->start();
    QTRY_COMPARE(message(), str("While you were away something was done with 1 of your conversations."));
    QVERIFY(m_kim->window().commands().trigger(str("away.show")));
    QTRY_COMPARE(shown(), QStringList{str("Ana took back your reply: it is not sent, its words stand in the "
                                          "conversation #5")});
}

void AwayTest::failedReadingIsTriedAgain()
{
    m_kim->quit();
    m_world->clock().advance(std::chrono::hours(2));
    QVERIFY(m_world->act(Act::Unassign{three}).isApplied());
    m_kim->start();
    QTRY_VERIFY(!message().isEmpty());
    Database::setFault([] { return std::optional(Error{ErrorKind::io, str("gone"), {}}); });
    QVERIFY(m_kim->window().commands().trigger(str("away.show")));
    auto *retry = m_kim->window().findChild<QPushButton *>(str("awayRetry"));
    QVERIFY(retry && !retry->isVisible());
    QTRY_VERIFY(retry->isVisible());
    const auto *state = m_kim->window().findChild<QWidget *>(str("awayState"));
    QVERIFY(state->accessibleName().contains(str("This could not be read.")));
    retry->click();
    QTRY_VERIFY(retry->isVisible());
    Database::setFault({});
    retry->click();
    QTRY_COMPARE(shown(), QStringList{str("Ana gave this back to the team #3")});
    QVERIFY(!retry->isVisible());
    QVERIFY(!state->accessibleName().contains(str("This could not be read.")));
}

/// The program ran on while nobody sat there.
void AwayTest::whoSitsDownAgainIsTold()
{
    m_world->clock().advance(std::chrono::hours(1));
    QVERIFY(m_world->act(Act::SetStatus{one, Status::resolved, Reason::noAnswerNeeded, {}}).isApplied());
    auto *tick = m_kim->window().findChild<QTimer *>(str("awayTick"));
    tick->start(10);
    m_kim->window().findChild<QTimer *>(str("presencePause"))->start(0);
    QTRY_COMPARE(newest(m_kim->desk().workspace()), newest(m_world->workspace()));
    QCOMPARE(message(), QString());
    QTest::keyClick(&m_kim->window(), Qt::Key_Shift);
    QTRY_COMPARE(message(), str("While you were away something was done with 1 of your conversations."));
}

/// The machine has slept, a key is pressed before the line is known to be dead, and the server is long in coming back.
void AwayTest::whoWakesADeadLineIsToldWhenItIsBack()
{
    const quint16 port = m_world->server().port();
    m_world->clock().advance(std::chrono::hours(1));
    auto *pause = m_kim->window().findChild<QTimer *>(str("presencePause"));
    pause->start(0);
    QTRY_VERIFY(!pause->isActive());
    m_world->stopServer();
    QVERIFY(m_world->act(Act::SetStatus{one, Status::resolved, Reason::noAnswerNeeded, {}}).isApplied());
    QCOMPARE(m_kim->desk().status().kind, DeskStatus::Kind::current);
    QTest::keyClick(&m_kim->window(), Qt::Key_Shift);
    QTRY_COMPARE(m_kim->desk().status().kind, DeskStatus::Kind::offline);
    m_world->clock().advance(std::chrono::minutes(10));
    QCOMPARE(message(), QString());
    m_world->start({}, port);
    QTRY_COMPARE(message(), str("While you were away something was done with 1 of your conversations."));
}

/// The last key was not remembered yet when the machine fell asleep; it is up to date again before anybody sits there.
void AwayTest::lidShutAfterTheLastKeyHidesNothing()
{
    const quint16 port = m_world->server().port();
    m_world->clock().advance(std::chrono::seconds(30));
    QTest::keyClick(&m_kim->window(), Qt::Key_Shift);
    m_world->stopServer();
    QTRY_COMPARE(m_kim->desk().status().kind, DeskStatus::Kind::offline);
    m_world->clock().advance(std::chrono::hours(6));
    QVERIFY(m_world->act(Act::SetStatus{one, Status::resolved, Reason::noAnswerNeeded, {}}).isApplied());
    auto *pause = m_kim->window().findChild<QTimer *>(str("presencePause"));
    pause->start(0);
    QTRY_VERIFY(!pause->isActive());
    m_world->start({}, port);
    QTRY_COMPARE(m_kim->desk().status().kind, DeskStatus::Kind::current);
    QTRY_COMPARE(newest(m_kim->desk().workspace()), newest(m_world->workspace()));
    QCOMPARE(message(), QString());
    QTest::keyClick(&m_kim->window(), Qt::Key_Shift);
    QTRY_COMPARE(message(), str("While you were away something was done with 1 of your conversations."));
}

/// What is done here and not there yet is the newest line for a moment, and none of the record's.
void AwayTest::unsentWorkHidesNothing()
{
    const LastPresence before = newest(m_kim->desk().workspace());
    m_world->stopServer();
    QTRY_COMPARE(m_kim->desk().status().kind, DeskStatus::Kind::offline);
    const auto done = m_kim->desk().perform({makeAction(Act::AddNote{one, str("noted")}, m_world->clock().now())});
    QTRY_VERIFY(done.isFinished());
    const auto lines = m_kim->desk().workspace().readNow<QList<JournalRecord>>(
        [](Database &database) { return loadJournal(database, 0, 1); });
    QVERIFY(lines->constFirst().id >= firstForecastId);
    QCOMPARE(newest(m_kim->desk().workspace()), before);
}

void AwayTest::restoredServerHidesNothing()
{
    LastPresence since = newest(m_world->workspace());
    since.at = m_world->clock().now();
    m_world->clock().advance(std::chrono::hours(2));
    const auto told = [&] { return newsIn(m_world->workspace(), since).lines.size(); };
    QVERIFY(m_world->act(Act::SetStatus{one, Status::resolved, Reason::noAnswerNeeded, {}}).isApplied());
    QCOMPARE(told(), 1);
    // Its numbers begin lower than what was remembered,
    LastPresence restored = since;
    restored.journal = 1'000'000;
    QCOMPARE(newsIn(m_world->workspace(), restored).lines.size(), 1);
    // or have passed it by now.
    restored = newest(m_world->workspace());
    restored.at = since.at;
    restored.lineAt = since.at - std::chrono::hours(1);
    QCOMPARE(newsIn(m_world->workspace(), restored).lines.size(), 1);
    // As an earlier version kept it.
    QCOMPARE(LastPresence::fromText(since.toText()), since);
    since = LastPresence::fromText(since.toText().section(u' ', 0, 1));
    QCOMPARE(told(), 1);
}

/// On a busy day others do very much after it that is of no concern.
void AwayTest::whatOthersDoHidesNothing()
{
    m_kim->quit();
    LastPresence since = newest(m_world->workspace());
    since.at = m_world->clock().now();
    QVERIFY(m_world->act(Act::Unassign{three}).isApplied());
    m_world->runSql(str("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000) "
                        "INSERT INTO journal (seq, created_seq, at, agent, device, device_number, kind, conversation, "
                        "before, after) SELECT :1, :1, 1800000000001, 1, '', 0, 'setStatus', 5, 'open', 'pending' "
                        "FROM n"));
    const AwayNews news = newsIn(m_world->workspace(), since);
    QCOMPARE(news.lines.size(), 1);
    QCOMPARE(news.lines.constFirst().conversation, three);
    QVERIFY(!news.isCut);
}

void AwayTest::whatIsCutIsSaid()
{
    m_kim->quit();
    m_world->clock().advance(std::chrono::hours(2));
    for (int i = 0; i < 201; ++i)
        QVERIFY(m_world->act(Act::AddNote{three, str("a note")}).isApplied());
    m_kim->start();
    const QString told = str("While you were away something was done with 1 or more of your conversations.");
    QTRY_COMPARE(message(), told);
    QTRY_COMPARE(m_kim->desk().status().kind, DeskStatus::Kind::current);
    QVERIFY(m_kim->window().commands().trigger(str("away.show")));
    QTRY_COMPARE(shown().size(), 200);
    const auto *state = m_kim->window().findChild<QWidget *>(str("awayState"));
    QVERIFY(state->accessibleName().contains(str("There was more: the journal has all of it.")));
}

QTEST_MAIN(AwayTest)
#include "tst_away.moc"
