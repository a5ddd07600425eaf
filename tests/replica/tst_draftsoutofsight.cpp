// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/keptdrafts.h"
#include "tests/replica/twodesks.h"
#include "workspace/changes.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

using Mode = DraftRecord::Mode;

} // namespace

/// What an agent typed of a channel that goes out of sight comes back with it, or is among what a person is to decide.
class DraftsOutOfSightTest final : public QObject, private TwoDesks
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { begin(); }
    void cleanup() { end(); }
    void withdrawnChannelTakesThemAlong();
    void untoldOneOfAWithdrawnChannelIsKept();
    void writtenDownAfterTheWithdrawalItIsKept();
    void openOneThatWasToldIsThereOnce();
    void openOneIsThereOnceWhenItsChannelIsBack();
    void whatStoodBesideStays();
    void sentAfterTheWithdrawalItIsKept();
    void beganAnewWithoutTheChannelItIsKept();
    void staysWhileItsChannelIsToCome();
    void staysWhileItsConversationIsToComeAgain();
    void answerAfterTheWithdrawalDropsNothing();
    void givenBackBeforeTheWithdrawalWasHeardOf();
    void refusedOneIsToldWhenOneMayAgain();
    void droppedOneDoesNotComeBackWithItsChannel();

private:
    /// Sales, until both desks know.
    void withdraw();
    void giveBack() { QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, true}).isApplied()); }
    /// As it would be for a file that cannot be gone on with.
    void beginAnew();
    /// What a person is to decide, as it was typed.
    [[nodiscard]] static QStringList kept(Desktop &desktop)
    {
        return desktop.rows(
            str("SELECT json_extract(body, '$.arguments.text') FROM outbox WHERE state = 3 ORDER BY id"));
    }
};

void DraftsOutOfSightTest::withdraw()
{
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    for (Desktop *desktop : {m_one.get(), m_other.get()}) {
        QTRY_COMPARE(desktop->rows(str("SELECT id FROM channel")), QStringList{str("1")});
        QTRY_COMPARE(desktop->kind(), DeskStatus::Kind::current);
    }
}

void DraftsOutOfSightTest::beginAnew()
{
    m_one->close();
    const auto file = ReplicaFile::open(m_one->path(), m_world->clock());
    QVERIFY(file && (*file)->startOver());
}

void DraftsOutOfSightTest::withdrawnChannelTakesThemAlong()
{
    type(*m_one, "about everybody's");
    type(*m_one, "about the team's", ofSales);
    QTRY_VERIFY(areAlike({str("about everybody's"), str("about the team's")}));
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    for (Desktop *desktop : {m_one.get(), m_other.get()}) {
        QTRY_COMPARE(texts(*desktop), QStringList{str("about everybody's")});
        QCOMPARE(desktop->rows(str("SELECT conversation FROM draft_state WHERE version <> 0")), QStringList{str("1")});
    }
    const QJsonObject told = m_world->client(ServerWorld::kim)->call(str("Draft/changes"));
    QCOMPARE(told.value(str("list")).toArray().size(), 1);
    // It was the agent's own: with the channel it comes back.
    giveBack();
    QTRY_VERIFY(areAlike({str("about everybody's"), str("about the team's")}));
}

/// Typed without the server: nobody else has it.
void DraftsOutOfSightTest::untoldOneOfAWithdrawnChannelIsKept()
{
    type(*m_one, "told", ofSales);
    QTRY_VERIFY(areAlike({str("told")}));
    away();
    m_other->close();
    type(*m_one, "typed on without the server", ofSales);
    QTRY_COMPARE(texts(*m_one), QStringList{str("typed on without the server")});
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    back(*m_one);
    QTRY_COMPARE(texts(*m_one), QStringList());
    QTRY_COMPARE(m_one->desk().refusedCount(), 1);
    const WaitingAction kept = m_one->desk().waitingActions().constFirst();
    QCOMPARE(kept.refusal.kind, RefusalKind::permission);
    QCOMPARE(std::get<Act::SendReply>(kept.action.arguments).text, str("typed on without the server"));
    // The words as the server has them come back with the channel.
    giveBack();
    QTRY_COMPARE(texts(*m_one), QStringList{str("told")});
    QCOMPARE(m_one->desk().refusedCount(), 1);
}

/// Typed in the last two seconds.
void DraftsOutOfSightTest::writtenDownAfterTheWithdrawalItIsKept()
{
    withdraw();
    type(*m_one, "just typed", ofSales, Mode::note);
    type(*m_one, "of everybody's");
    QCOMPARE(kept(*m_one), QStringList{str("just typed")});
    QCOMPARE(texts(*m_one), QStringList{str("of everybody's")});
    QTRY_VERIFY(areAlike({str("of everybody's")}));
    // Typed on under the hands: it is said once.
    type(*m_one, "just typed, and on", ofSales, Mode::note);
    QTRY_COMPARE(kept(*m_one), QStringList{str("just typed, and on")});
    QTRY_COMPARE(m_one->desk().refusedCount(), 1);
    // Changed under the hands, too; what was begun elsewhere has a place of its own.
    type(*m_one, "just typed otherwise", ofSales, Mode::note);
    type(*m_one, "just typed, and on", ofSales);
    QTRY_COMPARE(kept(*m_one), (QStringList{str("just typed otherwise"), str("just typed, and on")}));
    QTRY_COMPARE(m_one->desk().refusedCount(), 2);
    type(*m_one, "otherwise, and on", ofSales, Mode::note);
    QTRY_COMPARE(kept(*m_one), (QStringList{str("otherwise, and on"), str("just typed, and on")}));
    const auto isSaid = [this] {
        const QList<WaitingAction> all = m_one->desk().waitingActions();
        const auto *note = all.size() == 2 ? std::get_if<Act::AddNote>(&all.at(0).action.arguments) : nullptr;
        return note && note->text == str("otherwise, and on");
    };
    QTRY_VERIFY(isSaid());
    const WaitingAction last = m_one->desk().waitingActions().at(0);
    QCOMPARE(std::get<Act::AddNote>(last.action.arguments).conversation, ofSales);
    QCOMPARE(last.refusal.kind, RefusalKind::permission);
    QVERIFY(areAlike({str("of everybody's")}));
}

/// Its composer writes it down once more when it is left: it comes back with its channel, and is no refused one.
void DraftsOutOfSightTest::openOneThatWasToldIsThereOnce()
{
    type(*m_one, "about the team's", ofSales);
    QTRY_VERIFY(areAlike({str("about the team's")}));
    withdraw();
    for (int i = 0; i < 2; ++i)
        type(*m_one, "about the team's", ofSales);
    QCOMPARE(kept(*m_one), QStringList());
    QCOMPARE(texts(*m_one), QStringList());
    giveBack();
    QTRY_VERIFY(areAlike({str("about the team's")}));
    QCOMPARE(kept(*m_one), QStringList());
    // Once more, and then not at all at the other desk meanwhile.
    withdraw();
    type(*m_one, "about the team's", ofSales);
    giveBack();
    QTRY_VERIFY(areAlike({str("about the team's")}));
    drop(*m_other, ofSales);
    QTRY_VERIFY(areAlike({}));
    QCOMPARE(kept(*m_one), QStringList());
}

/// It is typed on while its channel is away, and when it is back.
void DraftsOutOfSightTest::openOneIsThereOnceWhenItsChannelIsBack()
{
    type(*m_one, "about the team's", ofSales);
    QTRY_VERIFY(areAlike({str("about the team's")}));
    withdraw();
    type(*m_one, "about the team's, and on", ofSales);
    QCOMPARE(kept(*m_one), QStringList{str("about the team's, and on")});
    giveBack();
    QTRY_COMPARE(m_one->rows(str("SELECT id FROM channel")).size(), 2);
    QTRY_VERIFY(areAlike({str("about the team's")}));
    QCOMPARE(kept(*m_one), QStringList{str("about the team's, and on")});
    type(*m_one, "about the team's, and on", ofSales);
    QTRY_VERIFY(areAlike({str("about the team's, and on")}));
    QCOMPARE(kept(*m_one), QStringList());
    // What is kept is of its own time: what is begun later takes no place but its own.
    withdraw();
    type(*m_one, "another one", ofSales);
    giveBack();
    QTRY_VERIFY(areAlike({str("about the team's, and on")}));
    away();
    type(*m_one, "a third one", ofSales);
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    back(*m_one);
    QTRY_COMPARE(kept(*m_one), (QStringList{str("another one"), str("a third one")}));
}

void DraftsOutOfSightTest::whatStoodBesideStays()
{
    withdraw();
    m_other->close();
    m_one->close();
    {
        const auto file = ReplicaFile::open(m_one->path(), m_world->clock());
        QVERIFY(file);
        const auto put = (*file)->workspace().write<void>(Urgency::interactive, [](Writing &writing) -> Done {
            DraftRecord draft;
            draft.conversation = ofSales;
            draft.text = str("of this machine");
            PersonalState state;
            state.drafts.insert({ofSales, Mode::reply}, draft);
            storePersonal(writing, ServerWorld::kim, state);
            const TypedElsewhere typed{Mode::reply, str("1 there"), str("there"), {}, str("of another"), {}, {}};
            settleBeside(writing, {ServerWorld::kim, str("here"), {}}, ofSales, typed, true);
            return writing.database().done();
        });
        QVERIFY(put.result());
    }
    m_one->open();
    QTRY_COMPARE(m_one->kind(), DeskStatus::Kind::current);
    type(*m_one, "of this machine, changed", ofSales);
    type(*m_one, "changed again", ofSales);
    QStringList both = kept(*m_one);
    both.sort();
    QCOMPARE(both, (QStringList{str("changed again"), str("of another")}));
    QCOMPARE(texts(*m_one) + beside(*m_one), QStringList());
}

void DraftsOutOfSightTest::sentAfterTheWithdrawalItIsKept()
{
    withdraw();
    DraftRecord draft;
    draft.conversation = ofSales;
    draft.text = str("just typed");
    Act::SendReply reply;
    reply.conversation = ofSales;
    reply.text = draft.text;
    const auto sent = m_one->desk().performWritten({makeAction(reply, m_world->clock().now())}, draft);
    QTRY_VERIFY(sent.isFinished());
    QVERIFY(!sent.result().constFirst().isApplied());
    QTRY_COMPARE(kept(*m_one), QStringList{str("just typed")});
    QCOMPARE(texts(*m_one), QStringList());
}

/// All is fetched anew, and the channel is not among it any more.
void DraftsOutOfSightTest::beganAnewWithoutTheChannelItIsKept()
{
    type(*m_one, "told", ofSales, Mode::note);
    QTRY_VERIFY(areAlike({str("told")}));
    away();
    type(*m_one, "not told", ofSales);
    type(*m_one, "stays");
    beginAnew();
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    m_one->open();
    back(*m_one);
    QTRY_COMPARE(kept(*m_one), QStringList{str("not told")});
    QVERIFY(texts(*m_one).contains(str("stays")));
    QVERIFY(!texts(*m_one).contains(str("not told")));
    giveBack();
    QTRY_VERIFY(areAlike({str("stays"), str("told")}));
    QCOMPARE(kept(*m_one), QStringList{str("not told")});
}

void DraftsOutOfSightTest::staysWhileItsChannelIsToCome()
{
    away();
    beginAnew();
    m_one->open();
    type(*m_one, "of what is to come", ofSales);
    QCOMPARE(texts(*m_one), QStringList{str("of what is to come")});
    back(*m_one);
    QTRY_VERIFY(areAlike({str("of what is to come")}));
    QCOMPARE(kept(*m_one), QStringList());
}

/// Of rows that come in several pieces one takes the place of another, which comes with the next.
void DraftsOutOfSightTest::staysWhileItsConversationIsToComeAgain()
{
    m_other->close();
    m_one->close();
    const auto changes = m_world->workspace().readNow<ChangeBatch>(
        [](Database &database) { return changesSince(database, 0, 1'000'000); });
    QVERIFY(changes);
    const auto found = std::find_if(changes->rows.cbegin(), changes->rows.cend(), [](const ChangedRow &row) {
        return row.table == "conversation" && row.id == ofSales.value;
    });
    QVERIFY(found != changes->rows.cend());
    ChangedRow other = *found;
    other.id = 99;
    QCOMPARE(other.values.constFirst().toLongLong(), ofSales.value);
    other.values.first() = other.id;
    ChangedRow gone = other;
    gone.isGone = true;
    gone.values.clear();
    const auto file = ReplicaFile::open(m_one->path(), m_world->clock());
    QVERIFY(file && (*file)->takeRows({{other}, 0, true}, (*file)->state(), false));
    Workspace &workspace = (*file)->workspace();
    const QString all = str("SELECT id FROM conversation WHERE id IN (2, 99)");
    QCOMPARE(firstColumn(workspace, all), QStringList{str("99")});
    const auto written = workspace.write<void>(Urgency::interactive, [](Writing &writing) -> Done {
        DraftRecord draft;
        draft.conversation = ofSales;
        draft.text = str("typed meanwhile");
        PersonalState state;
        state.drafts.insert({ofSales, Mode::reply}, draft);
        storePersonal(writing, ServerWorld::kim, state);
        keepDraftsOutOfSight(writing);
        return writing.database().done();
    });
    QVERIFY(written.result());
    const QString drafts = str("SELECT text FROM draft");
    QCOMPARE(firstColumn(workspace, drafts), QStringList{str("typed meanwhile")});
    QVERIFY((*file)->takeRows({{gone, *found}, 0, false}, (*file)->state(), true));
    QCOMPARE(firstColumn(workspace, all), QStringList{str("2")});
    QCOMPARE(firstColumn(workspace, drafts), QStringList{str("typed meanwhile")});
    QCOMPARE(firstColumn(workspace, str("SELECT id FROM outbox")), QStringList());
}

/// The server has it, and says so when it is here no more.
void DraftsOutOfSightTest::answerAfterTheWithdrawalDropsNothing()
{
    m_line->holdNextWith("Draft/set");
    type(*m_other, "on its way", ofSales);
    QTRY_COMPARE(texts(*m_one), QStringList{str("on its way")});
    withdraw();
    QTRY_COMPARE(kept(*m_other), QStringList{str("on its way")});
    m_line->letHeldGo();
    type(*m_other, "of everybody's");
    QTRY_COMPARE(texts(*m_one), QStringList{str("of everybody's")});
    QCOMPARE(m_other->rows(str("SELECT conversation FROM draft_state")), QStringList{str("1")});
    giveBack();
    QTRY_VERIFY(areAlike({str("of everybody's"), str("on its way")}));
    // It is a draft again, and nothing else.
    QCOMPARE(kept(*m_other), QStringList());
}

/// What is told of it comes before the channel is emptied, and would go with it.
void DraftsOutOfSightTest::givenBackBeforeTheWithdrawalWasHeardOf()
{
    type(*m_one, "about the team's", ofSales);
    QTRY_VERIFY(areAlike({str("about the team's")}));
    const QString position = str("SELECT value FROM meta WHERE name = 'replica_drafts'");
    const QStringList before = m_other->rows(position);
    m_line->holdNextWith("Channel/get");
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    QTRY_COMPARE(m_line->heldCount(), 1);
    QTRY_VERIFY(m_other->rows(position) != before);
    const QStringList between = m_other->rows(position);
    giveBack();
    QTRY_VERIFY(m_other->rows(position) != between);
    m_line->letHeldGo();
    QTRY_COMPARE(m_other->kind(), DeskStatus::Kind::current);
    QTRY_COMPARE(m_other->rows(str("SELECT id FROM channel")).size(), 2);
    QTRY_VERIFY(areAlike({str("about the team's")}));
}

/// Who only reads for a while tells the server nothing.
void DraftsOutOfSightTest::refusedOneIsToldWhenOneMayAgain()
{
    const auto become = [this](Role role) {
        Act::EditAgent edit;
        edit.agent = ServerWorld::kim;
        edit.role = role;
        QVERIFY(m_world->act(edit).isApplied());
    };
    become(Role::viewer);
    m_line->holdNextWith("Draft/set");
    type(*m_other, "while one only reads");
    QTRY_COMPARE(m_line->heldCount(), 1);
    m_line->letHeldGo();
    // Once more, with what is refused meanwhile.
    type(*m_one, "told by nobody", ofSales);
    QTest::qWait(200);
    QCOMPARE(there(str("SELECT conversation FROM told_draft")), QStringList());
    become(Role::agent);
    QTRY_VERIFY(areAlike({str("while one only reads"), str("told by nobody")}));
}

/// Dropped without the server, which hears of it when the channel is in sight again.
void DraftsOutOfSightTest::droppedOneDoesNotComeBackWithItsChannel()
{
    type(*m_one, "soon dropped", ofSales);
    QTRY_VERIFY(areAlike({str("soon dropped")}));
    away();
    drop(*m_other, ofSales);
    QVERIFY(m_world->act(Act::SetTeamMember{TeamId(1), ServerWorld::kim, false}).isApplied());
    back(*m_other);
    QTRY_COMPARE(m_other->rows(str("SELECT id FROM channel")), QStringList{str("1")});
    QTRY_COMPARE(m_one->kind(), DeskStatus::Kind::current);
    giveBack();
    QTRY_COMPARE(m_other->rows(str("SELECT id FROM channel")).size(), 2);
    QTRY_COMPARE(there(str("SELECT body FROM told_draft")), QStringList{QString()});
    QTRY_VERIFY(areAlike({}));
    QCOMPARE(kept(*m_one) + kept(*m_other), QStringList());
}

QTEST_GUILESS_MAIN(DraftsOutOfSightTest)
#include "tst_draftsoutofsight.moc"
