// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxanswers.h"
#include "tests/networks/await.h"
#include "tests/replica/failingdisk.h"
#include "tests/replica/oneagent.h"

#include <QTest>

using namespace Earshot;

/// The k-th access to the disk fails, and the k-th request, for every k until none does: what was acknowledged is kept
/// and done once, nothing is shown twice, and all comes right by itself.
class FailingTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void everyAccessMayFail();
    void everyAccessMayFailWhileARefusalIsStored();
    void everyRequestMayFail_data();
    void everyRequestMayFail();

private:
    [[nodiscard]] Done takeNews(ReplicaFile &file);
    [[nodiscard]] Outcome perform(const Action &action) { return outcomeOf(m_kim->desk().perform({action})); }
    void discardAll();
};

/// What the server has by now, as a follower takes it.
Done FailingTest::takeNews(ReplicaFile &file)
{
    const Seq since = numberOfState(file.state());
    const auto batch = m_world->workspace().readNow<ChangeBatch>(
        [since](Database &database) { return changesSince(database, since, 100'000); });
    return file.takeRows(*batch, eraOfState(file.state()) + str("-%1").arg(batch->upTo), true);
}

/// Few wait, so that each round reaches all there is in few accesses.
void FailingTest::discardAll()
{
    const QStringList waiting = m_kim->rows(str("SELECT id FROM outbox WHERE state = 0"));
    for (const QString &entry : waiting)
        QVERIFY(await(m_kim->desk().discard(entry.toLongLong())));
    QTRY_COMPARE(m_kim->desk().waitingCount(), 0);
}

void FailingTest::everyAccessMayFail()
{
    stop();
    const auto file = ReplicaFile::on(m_kim->session().workspace());
    int failures = 0;
    bool wasMet = true;
    for (int k = 0; wasMet; ++k) {
        const QString text = str("note %1").arg(k);
        // What is here does not grow with k, so that there is an end.
        const Priority priority = k % 2 == 0 ? Priority::high : Priority::low;
        QVERIFY(m_world->act(Act::SetPriority{ConversationId(1), priority}).isApplied());
        const Action note = makeAction(Act::AddNote{ConversationId(1), text}, m_world->clock().now());
        Outcome outcome;
        Done taken;
        {
            const FailingDisk disk(m_kim->session().workspace(), k);
            outcome = perform(note);
            taken = takeNews(**file);
            wasMet = disk.wasMet();
        }
        if (!outcome.isApplied()) {
            ++failures;
            QCOMPARE(outcome.refusal.kind, RefusalKind::tryAgain);
            QVERIFY(perform(note).isApplied());
        }
        if (!taken)
            QVERIFY(takeNews(**file));
        QCOMPARE(m_kim->rows(str("SELECT id FROM message WHERE text = '%1'").arg(text)).size(), 1);
        QCOMPARE(m_kim->conversation(ConversationId(1)).priority, priority);
        if (k % 3 == 2)
            discardAll();
    }
    QVERIFY2(failures > 40, qPrintable(QString::number(failures)));
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->rows(str("SELECT id FROM message WHERE id >= 1 << 62")), QStringList());
}

/// Either nothing has happened yet, or it is what a person is to decide: its words are kept, and shown as said no more.
void FailingTest::everyAccessMayFailWhileARefusalIsStored()
{
    stop();
    int failures = 0;
    bool wasMet = true;
    for (int k = 0; wasMet; ++k) {
        const QString text = str("refused %1").arg(k);
        QVERIFY(does(replyTo(ConversationId(1), text)));
        const qint64 entry = m_kim->rows(str("SELECT max(id) FROM outbox")).value(0).toLongLong();
        const auto answer = [this, entry] {
            return await(m_kim->session().workspace().write<Answered>(Urgency::interactive, [entry](Writing &writing) {
                Outcome refused;
                refused.kind = Outcome::Kind::refused;
                refused.refusal.kind = RefusalKind::stale;
                return takeAnswers(writing, {entry}, {refused}, {entry});
            }));
        };
        const QString shown = str("SELECT id FROM message WHERE text = '%1'").arg(text);
        bool isStored = false;
        {
            const FailingDisk disk(m_kim->session().workspace(), k);
            isStored = answer().has_value();
            wasMet = disk.wasMet();
        }
        if (!isStored) {
            ++failures;
            QCOMPARE(m_kim->rows(shown).size(), 1);
            QCOMPARE(trouble(), QStringList());
            QVERIFY(answer());
        }
        QTRY_COMPARE(trouble(), QStringList{text + str(" stale")});
        QCOMPARE(m_kim->rows(shown), QStringList());
        QVERIFY(await(m_kim->desk().discard(entry)));
        QTRY_COMPARE(trouble(), QStringList());
    }
    QVERIFY2(failures > 5, qPrintable(QString::number(failures)));
}

void FailingTest::everyRequestMayFail_data()
{
    using Failure = CuttingProxy::Failure;
    QTest::addColumn<Failure>("failure");
    const auto answer = [](const char *status) -> QByteArray {
        return QByteArray("HTTP/1.1 ") + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    };
    QTest::addRow("it does not arrive") << Failure{};
    QTest::addRow("half of it arrives") << Failure{false, true, {}};
    QTest::addRow("its answer is lost") << Failure{true, false, {}};
    QTest::addRow("half of its answer comes") << Failure{true, true, {}};
    QTest::addRow("a proxy is busy") << Failure{false, false, answer("503 Service Unavailable")};
    QTest::addRow("a proxy limits") << Failure{false, false, answer("429 Too Many Requests\r\nRetry-After: 0")};
    QTest::addRow("a proxy breaks after it arrived") << Failure{true, false, answer("500 Internal Server Error")};
}

void FailingTest::everyRequestMayFail()
{
    QFETCH(CuttingProxy::Failure, failure);
    bool wasMet = true;
    int k = 0;
    for (; wasMet; ++k) {
        stop();
        m_proxy->failRequest(k, failure);
        const QString text = str("round %1").arg(k);
        QVERIFY(
            perform(makeAction(replyTo(ConversationId(1), text + str(" reply")), m_world->clock().now())).isApplied());
        QVERIFY(
            m_kim
                ->perform({Act::AddNote{ConversationId(2), text + str(" note")}, Act::AddTag{ConversationId(3), text},
                           Act::Claim{ConversationId(4)}, Act::Unassign{ConversationId(4)}})
                .constFirst()
                .isApplied());
        start();
        QTRY_VERIFY(isEqual());
        // While it is there, too.
        QVERIFY(
            perform(makeAction(replyTo(ConversationId(5), text + str(" later")), m_world->clock().now())).isApplied());
        QTRY_VERIFY(isEqual());
        for (const char *end : {" reply", " note", " later"})
            QCOMPARE(timesSaid(text + str(end)), 1);
        QTRY_COMPARE(m_kim->desk().waitingActions().size(), 0);
        wasMet = m_proxy->hasFailed();
    }
    QVERIFY2(k > 4, qPrintable(QString::number(k)));
    const QStringList journal = there(str("SELECT action FROM journal WHERE agent = 2"));
    QCOMPARE(QSet<QString>(journal.cbegin(), journal.cend()).size(), journal.size());
    // A claim that is taken back before it was sent never goes out.
    QCOMPARE(journal.size(), 4 * k);
}

QTEST_GUILESS_MAIN(FailingTest)
#include "tst_failing.moc"
