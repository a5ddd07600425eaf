// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/keptversion.h"
#include "tests/replica/oneagent.h"

#include <QTest>

using namespace Earshot;

namespace {

const QByteArray tooLarge = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n";

} // namespace

/// What the server, or somebody on the way to it, refuses is a person's to decide, holds up nothing else, and is never
/// done twice.
class TroubleTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin({}); }
    void cleanup() { end(); }
    void refusedOnTheWayAndDoneAllTheSame_data();
    void refusedOnTheWayAndDoneAllTheSame();
    void otherWordsWaitUntilThatIsKnown();
    void whatMayBeThereIsUndoneThere();
    void onlyWhatWasRefusedIsForced();
    void noteThatWasSeenIsOverruled();
    void anUnsureOneIsNeverForced();
    void tooLargeIsTrouble_data();
    void tooLargeIsTrouble();
    void tagsInsideAViewAreNamed();
    void laterPartIsCalledBackAlone_data();
    void laterPartIsCalledBackAlone();
    void unreadableIsTrouble();

private:
    /// One thing, and nothing else waits.
    [[nodiscard]] bool isTrouble()
    {
        const QList<WaitingAction> all = m_kim->desk().waitingActions();
        return all.size() == 1 && all.constFirst().isRefused;
    }
    [[nodiscard]] Outcome doAnyway()
    {
        const auto done = m_kim->desk().doAnyway(m_kim->desk().waitingActions().constFirst().entry);
        [&] { QTRY_VERIFY(done.isFinished()); }();
        return done.result().constFirst();
    }
};

void TroubleTest::refusedOnTheWayAndDoneAllTheSame_data()
{
    QTest::addColumn<bool>("isAskedFor");
    QTest::addRow("its rows come") << false;
    QTest::addRow("a person was faster") << true;
}

/// A proxy refuses what it has handed on already.
void TroubleTest::refusedOnTheWayAndDoneAllTheSame()
{
    QFETCH(bool, isAskedFor);
    m_proxy->cutAnswersTo("POST /jmap/api", tooLarge);
    static_cast<void>(m_kim->perform({replyTo(ConversationId(1), str("said once"))}));
    QTRY_COMPARE(timesSaid(str("said once")), 1);
    if (isAskedFor) {
        QTRY_VERIFY(m_kim->rows(str("SELECT id FROM outbox WHERE state IN (3, 4)")).size() == 1);
        m_proxy->cutAnswersTo({});
        const qint64 entry = m_kim->rows(str("SELECT id FROM outbox")).constFirst().toLongLong();
        const auto done = m_kim->desk().doAnyway(entry);
        QTRY_VERIFY(done.isFinished());
    }
    m_proxy->cutAnswersTo({});
    QTRY_COMPARE(m_kim->rows(str("SELECT state FROM outbox")), QStringList{str("4")});
    QTRY_VERIFY(isEqual());
    QTRY_VERIFY(m_kim->desk().waitingActions().isEmpty());
    QCOMPARE(timesSaid(str("said once")), 1);
}

/// Its rows have not come yet: under another id they would be said beside the first.
void TroubleTest::otherWordsWaitUntilThatIsKnown()
{
    m_proxy->losePushes(true);
    m_proxy->cutAnswersTo("POST /jmap/api", tooLarge);
    static_cast<void>(m_kim->perform({note(1, "with a mistake")}));
    QTRY_COMPARE(timesSaid(str("with a mistake")), 1);
    QTRY_VERIFY(isTrouble());
    m_proxy->cutAnswersTo({});
    const qint64 entry = m_kim->desk().waitingActions().constFirst().entry;
    Anyway how;
    how.instead = note(1, "put right");
    const auto instead = m_kim->desk().doAnyway(entry, how);
    QTRY_VERIFY(instead.isFinished());
    QVERIFY(!instead.result().constFirst().isApplied() && isTrouble());
    static_cast<void>(m_kim->desk().settle(entry));
    QTRY_COMPARE(m_kim->desk().refusedCount(), 0);
    m_proxy->losePushes(false);
    m_kim->session().tryNow();
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("with a mistake")), 1);
    QCOMPARE(timesSaid(str("put right")), 0);
}

/// Also where it has not been sent a second time.
void TroubleTest::whatMayBeThereIsUndoneThere()
{
    const auto priority = [&] { return there(str("SELECT priority FROM conversation WHERE id = 1")); };
    const QStringList before = priority();
    m_proxy->losePushes(true);
    m_proxy->cutAnswersTo("POST /jmap/api", tooLarge);
    static_cast<void>(m_kim->perform({Act::SetPriority{ConversationId(1), Priority::urgent}}));
    QTRY_VERIFY(priority() != before);
    QTRY_VERIFY(isTrouble());
    m_proxy->cutAnswersTo({});
    stop();
    const Outcome again = doAnyway();
    QVERIFY(again.isApplied() && again.inverse);
    QVERIFY(does(*again.inverse, again.undoBasedOn));
    m_proxy->losePushes(false);
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(priority(), before);
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

void TroubleTest::onlyWhatWasRefusedIsForced()
{
    const ConversationId id(1);
    stop();
    const Seq seen = m_kim->conversation(id).seq;
    QVERIFY(does(Act::SetPriority{id, Priority::high}, seen));
    QVERIFY(m_world->act(Act::SetPriority{id, Priority::urgent}).isApplied());
    start();
    QTRY_VERIFY(isTrouble());
    QCOMPARE(m_kim->desk().waitingActions().constFirst().refusal.kind, RefusalKind::changed);
    QTRY_VERIFY(isEqual());
    stop();
    // What was seen is overruled, what comes after it is not.
    QVERIFY(doAnyway().isApplied());
    QCOMPARE(m_kim->rows(str("SELECT json_extract(body, '$.force') FROM outbox WHERE state = 0")),
             QStringList{str("0")});
    QVERIFY(m_world->act(Act::SetPriority{id, Priority::low}).isApplied());
    start();
    QTRY_VERIFY(isTrouble());
    QVERIFY(m_kim->desk().waitingActions().constFirst().isRefused);
    QCOMPARE(there(str("SELECT priority FROM conversation WHERE id = 1")), QStringList{str("0")});
    QTRY_VERIFY(isEqual());
    QVERIFY(doAnyway().isApplied());
    QTRY_COMPARE(there(str("SELECT priority FROM conversation WHERE id = 1")), QStringList{str("2")});
}

/// What stands there in its place is taken for seen, what comes after it is not.
void TroubleTest::noteThatWasSeenIsOverruled()
{
    const MessageId note(m_world->act(Act::AddNote{ConversationId(1), str("at first")}, ServerWorld::kim).created);
    const auto text = [&] { return there(str("SELECT text FROM message WHERE id = %1").arg(note.value)).constFirst(); };
    QTRY_VERIFY(isEqual());
    stop();
    QVERIFY(does(Act::EditNote{note, str("by Kim"), versionOfNote(str("at first"))}));
    QVERIFY(m_world->act(Act::EditNote{note, str("by Ana")}).isApplied());
    start();
    QTRY_VERIFY(isTrouble());
    QCOMPARE(m_kim->desk().waitingActions().constFirst().refusal.kind, RefusalKind::changed);
    QTRY_VERIFY(isEqual());
    stop();
    QVERIFY(doAnyway().isApplied());
    QVERIFY(m_world->act(Act::EditNote{note, str("by Ana, again")}).isApplied());
    start();
    QTRY_VERIFY(isTrouble());
    QCOMPARE(text(), str("by Ana, again"));
    QTRY_VERIFY(isEqual());
    QVERIFY(doAnyway().isApplied());
    QTRY_COMPARE(text(), str("by Kim"));
}

/// Whether it arrived only a person who looks can say.
void TroubleTest::anUnsureOneIsNeverForced()
{
    QVERIFY(does(replyTo(ConversationId(1), str("who knows"))));
    QTRY_VERIFY(isEqual());
    const DeliveryId delivery(there(str("SELECT id FROM delivery")).constFirst().toLongLong());
    const QString unsure = QString::number(int(DeliveryState::unsure));
    m_world->runSql(str("UPDATE delivery SET state = %1, seq = :1").arg(int(DeliveryState::failed)));
    QTRY_VERIFY(isEqual());
    stop();
    QVERIFY(does(Act::RetryDelivery{delivery}));
    m_world->runSql(str("UPDATE delivery SET state = %1, seq = :1").arg(unsure));
    start();
    QTRY_VERIFY(isTrouble());
    QCOMPARE(m_kim->desk().waitingActions().constFirst().refusal.kind, RefusalKind::notPossible);
    QTRY_VERIFY(isEqual());
    QVERIFY(!doAnyway().isApplied());
    QCOMPARE(m_kim->desk().waitingActions().size(), 1);
    QCOMPARE(there(str("SELECT state FROM delivery")), QStringList{unsure});
}

void TroubleTest::tooLargeIsTrouble_data()
{
    QTest::addColumn<bool>("isOfProxy");
    QTest::addRow("the server says how much it takes") << false;
    QTest::addRow("a proxy takes less") << true;
}

void TroubleTest::tooLargeIsTrouble()
{
    QFETCH(bool, isOfProxy);
    if (!isOfProxy) {
        cleanup();
        ServerLimits limits;
        limits.requestBytes = 20'000;
        begin(limits);
    }
    stop();
    QStringList wanted;
    for (int i = 0; i < 10; ++i) {
        wanted.append(QString(4000, QLatin1Char('a')) + QString::number(i));
        QVERIFY(does(Act::AddNote{ConversationId(1), wanted.constLast()}));
    }
    const QString large(30'000, QLatin1Char('x'));
    QVERIFY(does(Act::AddNote{ConversationId(2), large}));
    QVERIFY(does(Act::AddNote{ConversationId(3), str("after it")}));
    m_proxy->refuseLarger(isOfProxy ? 20'000 : 0, tooLarge);
    ServerLimits limits;
    limits.requestBytes = isOfProxy ? limits.requestBytes : 20'000;
    Server::Options options;
    options.limits = limits;
    m_world->start(std::move(options), m_port);
    QTRY_COMPARE(timesSaid(str("after it")), 1);
    QTRY_VERIFY(isTrouble());
    const WaitingAction trouble = m_kim->desk().waitingActions().constFirst();
    QCOMPARE(trouble.refusal.kind, RefusalKind::tooLarge);
    QCOMPARE(std::get<Act::AddNote>(trouble.action.arguments).text, large);
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT text FROM message WHERE kind = 2 AND conversation = 1 ORDER BY id")), wanted);
}

void TroubleTest::tagsInsideAViewAreNamed()
{
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, Role::lead, {}}).isApplied());
    QTRY_VERIFY(isEqual());
    stop();
    QVERIFY(does(Act::AddTag{ConversationId(1), str("fresh")}));
    const TagId tag(m_kim->rows(str("SELECT id FROM tag WHERE name = 'fresh'")).constFirst().toLongLong());
    QVERIFY(isForecast(tag));
    Act::SaveView view;
    view.content.name = str("All that is fresh");
    view.content.filter.tags = {tag};
    QVERIFY(does(view));
    QVERIFY(does(Act::AddNote{ConversationId(2), str("after it")}));
    start();
    QTRY_COMPARE(timesSaid(str("after it")), 1);
    QTRY_VERIFY(isEqual());
    QTRY_COMPARE(m_kim->desk().waitingActions().size(), 0);
    QCOMPARE(there(str("SELECT name FROM shared_view")), QStringList{str("All that is fresh")});
    QVERIFY(there(str("SELECT tags FROM shared_view"))
                .constFirst()
                .contains(there(str("SELECT id FROM tag WHERE name = 'fresh'")).constFirst()));
}

void TroubleTest::laterPartIsCalledBackAlone_data()
{
    QTest::addColumn<bool>("isSent");
    QTest::addRow("before it was sent") << false;
    QTest::addRow("when its rows are still to come") << true;
}

/// What stands above it goes out.
void TroubleTest::laterPartIsCalledBackAlone()
{
    QFETCH(bool, isSent);
    stop();
    Act::SendReply reply = replyTo(ConversationId(1), str("one"));
    reply.furtherParts = {str("two"), str("three"), str("four")};
    QVERIFY(does(reply));
    const QStringList made = m_kim->rows(str("SELECT id FROM delivery ORDER BY id"));
    QCOMPARE(made.size(), 4);
    if (isSent) {
        m_proxy->cutAnswersTo("POST /jmap/api");
        start();
        QTRY_COMPARE(timesSaid(str("one")), 1);
        QTRY_VERIFY(m_proxy->cutCount() > 0);
        if (m_kim->rows(str("SELECT state FROM outbox")) != QStringList{str("1")})
            QSKIP("its rows were faster");
    }
    QVERIFY(does(Act::CancelDelivery{DeliveryId(made.at(2).toLongLong())}));
    if (!isSent) {
        QCOMPARE(
            m_kim->rows(str("SELECT m.text FROM message AS m JOIN delivery AS d ON d.message = m.id ORDER BY m.id")),
            (QStringList{str("one"), str("two")}));
        start();
    }
    m_proxy->cutAnswersTo({});
    QTRY_COMPARE(timesSaid(str("two")), 1);
    QTRY_VERIFY(isEqual());
    QTRY_COMPARE(there(str("SELECT m.text FROM delivery AS d JOIN message AS m ON m.id = d.message WHERE d.state <> %1 "
                           "ORDER BY m.id")
                           .arg(int(DeliveryState::cancelled))),
                 (QStringList{str("one"), str("two")}));
    QTRY_COMPARE(m_kim->desk().waitingActions().size(), 0);
}

void TroubleTest::unreadableIsTrouble()
{
    stop();
    QVERIFY(does(Act::AddNote{ConversationId(1), str("spoilt")}));
    QVERIFY(does(Act::AddNote{ConversationId(2), str("after it")}));
    const auto spoilt = m_kim->session().workspace().write<void>(Urgency::interactive, [](Writing &writing) -> Done {
        writing.database().execute(QStringLiteral("UPDATE outbox SET body = '{\"kind\":' WHERE id = 1"));
        return {};
    });
    QTRY_VERIFY(spoilt.isFinished());
    start();
    QTRY_COMPARE(timesSaid(str("after it")), 1);
    QTRY_VERIFY(isTrouble());
    QCOMPARE(m_kim->desk().waitingActions().constFirst().refusal.kind, RefusalKind::unreadable);
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT kind FROM journal WHERE agent = 2")), QStringList{str("addNote")});
    QVERIFY(!doAnyway().isApplied());
}

QTEST_GUILESS_MAIN(TroubleTest)
#include "tst_trouble.moc"
