// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/serverera.h"
#include "tests/replica/oneagent.h"

#include <QTest>

#include <algorithm>

using namespace Earshot;

/// The server is restored from a backup while a desktop has something in every state: what it surely lost is done
/// again, what may have been published is asked about, and nothing hits what has the same number now.
class EraTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { end(); }
    void whatWasDoneInBetweenIsDoneAgain();
    void repliesInBetweenAreAskedAbout();
    void whatTheBackupHasIsDone();
    void sentAndUnanswered_data();
    void sentAndUnanswered();
    void whatWaitedIsSent();
    void whatWasSeenInBetweenIsStale();
    void newerConversationsAreNotMistaken();
    void draftsAreNotMistaken();
    void privateDraftStaysPrivate();
    void editsOfNotesAreNotMistaken();
    void calledBackIsNotAskedAbout();
    void putBackUnawares();
    void putBackUnawaresAndKilled();
    void restoredTwice();
    void numbersBeginAnewBelow();

private:
    void backUp() { m_world->backUp(m_folder.filePath(str("copy"))); }
    void restore()
    {
        m_world->restore(m_folder.filePath(str("copy")));
        m_world->start({}, m_port);
    }
    /// As a copy of the whole disk does it: the same incarnation with less than it had. The server is not started.
    void putBack(const QString &incarnation);
    [[nodiscard]] QString incarnation()
    {
        return there(str("SELECT value FROM meta WHERE name = 'incarnation'")).constFirst();
    }
    QTemporaryDir m_folder;
};

void EraTest::init()
{
    QFile::remove(m_folder.filePath(str("copy")));
    begin();
}

void EraTest::whatWasDoneInBetweenIsDoneAgain()
{
    QVERIFY(does(note(1, "before")));
    QTRY_VERIFY(isEqual());
    backUp();
    QVERIFY(does(note(1, "after")));
    QVERIFY(does(Act::AddTag{ConversationId(2), str("fresh")}));
    QVERIFY(does(Act::Claim{ConversationId(3)}));
    QTRY_VERIFY(isEqual());
    restore();
    QTRY_COMPARE(timesSaid(str("after")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("before")), 1);
    QCOMPARE(there(str("SELECT name FROM tag")), QStringList{str("fresh")});
    QCOMPARE(there(str("SELECT assignee FROM conversation WHERE id = 3")), QStringList{str("2")});
    QCOMPARE(trouble(), QStringList());
    QCOMPARE(there(str("SELECT kind FROM journal WHERE agent = 2 ORDER BY id")),
             (QStringList{str("addNote"), str("addNote"), str("addTag"), str("claim")}));
}

/// Nobody can know whether the network has them.
void EraTest::repliesInBetweenAreAskedAbout()
{
    QVERIFY(does(replyTo(ConversationId(1), str("before"))));
    QTRY_VERIFY(isEqual());
    backUp();
    QVERIFY(does(replyTo(ConversationId(2), str("after"))));
    QTRY_VERIFY(isEqual());
    restore();
    QTRY_COMPARE(trouble(), QStringList{str("after restored")});
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("before")), 1);
    QCOMPARE(timesSaid(str("after")), 0);
    // A person has looked.
    QTRY_COMPARE(m_kim->desk().waitingActions().size(), 1);
    const auto done = m_kim->desk().doAnyway(m_kim->desk().waitingActions().constFirst().entry);
    QTRY_VERIFY(done.isFinished());
    QVERIFY(done.result().constFirst().isApplied());
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("after")), 1);
    QCOMPARE(trouble(), QStringList());
}

void EraTest::whatTheBackupHasIsDone()
{
    QVERIFY(does(replyTo(ConversationId(1), str("a reply"))));
    QVERIFY(does(note(1, "a note")));
    QTRY_VERIFY(isEqual());
    backUp();
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("lost")}).isApplied());
    restore();
    QVERIFY(does(note(1, "later")));
    QTRY_COMPARE(timesSaid(str("later")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("a reply")), 1);
    QCOMPARE(timesSaid(str("a note")), 1);
    QCOMPARE(trouble(), QStringList());
}

void EraTest::sentAndUnanswered_data()
{
    QTest::addColumn<bool>("isInBackup");
    QTest::addRow("the backup has it") << true;
    QTest::addRow("the backup does not") << false;
}

void EraTest::sentAndUnanswered()
{
    QFETCH(bool, isInBackup);
    CuttingProxy proxy(str("127.0.0.1"), m_port);
    Desktop bo(*m_world, ServerWorld::bo, proxy.serverPort());
    bo.open();
    QTRY_COMPARE(bo.kind(), DeskStatus::Kind::current);
    if (!isInBackup)
        backUp();
    proxy.cutAnswersTo("POST /jmap/api");
    QVERIFY(bo.perform({replyTo(ConversationId(1), str("said"))}).constFirst().isApplied());
    QTRY_COMPARE(timesSaid(str("said")), 1);
    QTRY_VERIFY(proxy.cutCount() > 0);
    QVERIFY(bo.perform({note(3, "noted")}).constFirst().isApplied());
    bo.close();
    QCOMPARE(bo.isOpen(), false);
    if (isInBackup)
        backUp();
    restore();
    proxy.cutAnswersTo({});
    bo.open();
    QTRY_COMPARE(timesSaid(str("noted")), 1);
    QTRY_VERIFY(bo.isSettled());
    QCOMPARE(timesSaid(str("said")), isInBackup ? 1 : 0);
    QTRY_COMPARE(bo.desk().waitingActions().size(), isInBackup ? 0 : 1);
}

void EraTest::whatWaitedIsSent()
{
    backUp();
    m_world->stopServer();
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::offline);
    const Seq seen = m_kim->conversation(ConversationId(1)).seq;
    QVERIFY(does(replyTo(ConversationId(1), str("never sent")), seen));
    QVERIFY(m_world->act(Act::AddTag{ConversationId(2), str("lost")}).isApplied());
    restore();
    QTRY_COMPARE(timesSaid(str("never sent")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(trouble(), QStringList());
}

/// The number of what was seen is another thing's now.
void EraTest::whatWasSeenInBetweenIsStale()
{
    backUp();
    for (int i = 0; i < 5; ++i)
        QVERIFY(m_world->act(Act::AddNote{ConversationId(2), str("makes numbers")}).isApplied());
    QVERIFY(m_world->act(replyTo(ConversationId(1), str("Ana's first"))).isApplied());
    QTRY_VERIFY(isEqual());
    m_world->stopServer();
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::offline);
    const Seq seen = m_kim->conversation(ConversationId(1)).seq;
    QVERIFY(does(replyTo(ConversationId(1), str("after hers")), seen));
    m_world->restore(m_folder.filePath(str("copy")));
    // Newer than anything that Kim has seen, under a lower number.
    QVERIFY(m_world->act(replyTo(ConversationId(1), str("Ana's other"))).isApplied());
    m_world->start({}, m_port);
    QTRY_COMPARE(trouble(), QStringList{str("after hers stale")});
    QCOMPARE(timesSaid(str("after hers")), 0);
}

void EraTest::newerConversationsAreNotMistaken()
{
    backUp();
    m_world->receive(ServerWorld::open, str("theirs"), str("a new matter"));
    const ConversationId made(there(str("SELECT max(id) FROM conversation")).constFirst().toLongLong());
    QTRY_COMPARE(m_kim->conversation(made).id, made);
    m_world->stopServer();
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::offline);
    QVERIFY(does(replyTo(made, str("about the new matter"))));
    QVERIFY(does(note(made.value, "noted there")));
    QVERIFY(does(Act::Claim{made}));
    m_world->restore(m_folder.filePath(str("copy")));
    m_world->receive(ServerWorld::open, str("others"), str("another matter"));
    QCOMPARE(there(str("SELECT max(id) FROM conversation")).constFirst().toLongLong(), made.value);
    m_world->start({}, m_port);
    QTRY_COMPARE(trouble(), (QStringList{str("about the new matter restored"), str("noted there restored"),
                                         str("claim restored")}));
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT id FROM message WHERE kind <> 0")), QStringList());
    // They name nothing any more, once the desk has read them again.
    const auto namesNothing = [](const WaitingAction &one) { return !one.conversation.isValid(); };
    QTRY_VERIFY(std::ranges::all_of(m_kim->desk().waitingActions(), namesNothing));
    QCOMPARE(m_kim->desk().waitingActions().size(), 3);
    for (const WaitingAction &one : m_kim->desk().waitingActions()) {
        const auto done = m_kim->desk().doAnyway(one.entry);
        QTRY_VERIFY(done.isFinished());
        QVERIFY(!done.result().constFirst().isApplied());
    }
    QCOMPARE(there(str("SELECT id FROM message WHERE kind <> 0")), QStringList());
}

void EraTest::draftsAreNotMistaken()
{
    backUp();
    m_world->receive(ServerWorld::open, str("theirs"), str("a new matter"));
    const ConversationId made(there(str("SELECT max(id) FROM conversation")).constFirst().toLongLong());
    QTRY_COMPARE(m_kim->conversation(made).id, made);
    DraftRecord draft;
    draft.conversation = made;
    draft.text = str("half a sentence");
    draft.basedOn = m_kim->conversation(made).seq;
    m_kim->desk().saveDraft(draft);
    draft.conversation = ConversationId(1);
    draft.text = str("half of another");
    m_kim->desk().saveDraft(draft);
    const auto kept = m_kim->desk().flushPersonal();
    QTRY_VERIFY(kept.isFinished());
    restore();
    QTRY_COMPARE(trouble(), QStringList{str("half a sentence restored")});
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->rows(str("SELECT text FROM draft")), QStringList{str("half of another")});
    QVERIFY(m_kim->rows(str("SELECT based_on FROM draft")).constFirst().toLongLong() < draft.basedOn);
}

/// Whoever writes it on elsewhere does not do so in public.
void EraTest::privateDraftStaysPrivate()
{
    backUp();
    m_world->receive(ServerWorld::open, str("theirs"), str("a new matter"));
    DraftRecord draft;
    draft.conversation = ConversationId(there(str("SELECT max(id) FROM conversation")).constFirst().toLongLong());
    draft.mode = DraftRecord::Mode::privateReply;
    draft.text = str("between us");
    QTRY_COMPARE(m_kim->conversation(draft.conversation).id, draft.conversation);
    m_kim->desk().saveDraft(draft);
    const auto kept = m_kim->desk().flushPersonal();
    QTRY_VERIFY(kept.isFinished());
    restore();
    QTRY_COMPARE(m_kim->desk().refusedCount(), 1);
    const WaitingAction words = m_kim->desk().waitingActions().constFirst();
    QCOMPARE(std::get<Act::SendReply>(words.action.arguments).text, str("between us"));
    QCOMPARE(std::get<Act::SendReply>(words.action.arguments).visibility, Visibility::direct);
}

/// By its number another note may be meant now.
void EraTest::editsOfNotesAreNotMistaken()
{
    QVERIFY(does(note(1, "before")));
    QTRY_VERIFY(isEqual());
    const auto newestNote = [this] {
        return MessageId(there(str("SELECT max(id) FROM message WHERE kind = 2")).constFirst().toLongLong());
    };
    const MessageId before = newestNote();
    backUp();
    QVERIFY(does(note(2, "after")));
    QTRY_VERIFY(isEqual());
    DraftRecord draft;
    draft.mode = DraftRecord::Mode::noteEdit;
    draft.conversation = ConversationId(2);
    draft.text = str("after, better");
    draft.target = newestNote();
    draft.basedOn = m_kim->conversation(ConversationId(2)).seq;
    m_kim->desk().saveDraft(draft);
    draft.conversation = ConversationId(1);
    draft.text = str("before, better");
    draft.target = before;
    m_kim->desk().saveDraft(draft);
    const auto kept = m_kim->desk().flushPersonal();
    QTRY_VERIFY(kept.isFinished());
    restore();
    QTRY_COMPARE(trouble(), QStringList{str("after, better restored")});
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->rows(str("SELECT text FROM draft")), QStringList{str("before, better")});
}

void EraTest::calledBackIsNotAskedAbout()
{
    backUp();
    const QList<Outcome> reply = m_kim->perform({replyTo(ConversationId(2), str("not meant so"))});
    QTRY_VERIFY(isEqual());
    const DeliveryId delivery(there(str("SELECT id FROM delivery")).constFirst().toLongLong());
    QVERIFY(does(Act::CancelDelivery{delivery}));
    QTRY_VERIFY(isEqual());
    restore();
    QVERIFY(does(note(1, "later")));
    QTRY_COMPARE(timesSaid(str("later")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("not meant so")), 0);
    QCOMPARE(trouble(), QStringList());
}

void EraTest::putBack(const QString &incarnation)
{
    m_world->restore(m_folder.filePath(str("copy")));
    m_world->runSql(str("UPDATE meta SET value = '%1' WHERE name = 'incarnation'; "
                        "DELETE FROM meta WHERE name = 'lineage'")
                        .arg(incarnation));
}

void EraTest::putBackUnawares()
{
    const QString before = incarnation();
    backUp();
    QVERIFY(does(replyTo(ConversationId(1), str("may be out"))));
    for (int i = 0; i < 10; ++i)
        QVERIFY(does(note(2, "lost")));
    QTRY_VERIFY(isEqual());
    putBack(before);
    m_world->start({}, m_port);
    QTRY_VERIFY(trouble().contains(str("may be out restored")));
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("may be out")), 0);
    QCOMPARE(trouble().size(), 11);
}

/// Between finding that out and throwing away what is here; when it begins again, the server is past its number.
void EraTest::putBackUnawaresAndKilled()
{
    const QString before = incarnation();
    backUp();
    QVERIFY(does(replyTo(ConversationId(1), str("may be out"))));
    for (int i = 0; i < 10; ++i)
        QVERIFY(does(note(2, "lost")));
    QTRY_VERIFY(isEqual());
    m_kim->close();
    putBack(before);
    {
        const auto file = ReplicaFile::open(m_kim->path(), m_world->clock());
        QVERIFY(file);
        ServerEra era;
        era.incarnation = before;
        era.newest = numberOfState((*file)->state()) - 5;
        const auto entered = (*file)->workspace().write<bool>(
            Urgency::interactive, [&era](Writing &writing) -> Result<bool> { return enterEra(writing, era); });
        QVERIFY(!entered.result().value());
    }
    for (int i = 0; i < 40; ++i)
        QVERIFY(m_world->act(note(2, "theirs")).isApplied());
    m_world->start({}, m_port);
    m_kim->open();
    QTRY_VERIFY(trouble().contains(str("may be out restored")));
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("may be out")), 0);
    QCOMPARE(trouble().size(), 11);
}

void EraTest::restoredTwice()
{
    QVERIFY(does(note(1, "first")));
    QTRY_VERIFY(isEqual());
    backUp();
    QVERIFY(does(note(1, "second")));
    QTRY_VERIFY(isEqual());
    restore();
    QTRY_COMPARE(timesSaid(str("second")), 1);
    QTRY_VERIFY(isEqual());
    restore();
    QTRY_COMPARE(timesSaid(str("second")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("first")), 1);
    QCOMPARE(trouble(), QStringList());
}

/// What is answered then is not here because the former numbers were higher: whoever acts is told of a row that is.
void EraTest::numbersBeginAnewBelow()
{
    backUp();
    for (int i = 0; i < 20; ++i)
        QVERIFY(m_world->act(Act::AddNote{ConversationId(2), str("lost %1").arg(i)}).isApplied());
    QTRY_VERIFY(isEqual());
    restore();
    QTRY_COMPARE(m_kim->rows(str("SELECT id FROM message WHERE text LIKE 'lost%'")), QStringList());
    QTRY_VERIFY(isEqual());
    m_proxy->losePushes(true);
    const Outcome done = m_kim->perform({note(1, "after it")}).constFirst();
    QVERIFY(done.isApplied());
    QTRY_COMPARE(timesSaid(str("after it")), 1);
    QCOMPARE(m_kim->rows(str("SELECT text FROM message WHERE id = %1").arg(done.created)),
             QStringList{str("after it")});
    m_proxy->losePushes(false);
    m_kim->session().tryNow();
    QTRY_VERIFY(isEqual());
}

QTEST_GUILESS_MAIN(EraTest)
#include "tst_era.moc"
