// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxanswers.h"
#include "tests/networks/await.h"
#include "tests/replica/failingdisk.h"
#include "tests/replica/oneagent.h"

#include <QTest>

using namespace Earshot;

/// The k-th access to the disk fails, for every k until none does, while a person takes back, insists or discards, and
/// while the server answers: it is done as a whole or not at all, once, and no words are gone.
class FailingChoicesTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void takingBack_data();
    void takingBack();
    void takingBackAPart();
    void doingAnyway_data();
    void doingAnyway();
    void discarding_data();
    void discarding();
    void settling_data() { addTruths(); }
    void settling();
    void discardingUnsettled_data() { addTruths(); }
    void discardingUnsettled();
    void answeredAndFollowed();
    void refusedAndTold();

private:
    [[nodiscard]] Workspace &workspace() { return m_kim->session().workspace(); }
    [[nodiscard]] Action actionOf(const ActionArguments &arguments, Seq basedOn = 0)
    {
        return makeAction(arguments, m_world->clock().now(), basedOn);
    }
    [[nodiscard]] Outcome perform(const Action &action) { return outcomeOf(m_kim->desk().perform({action})); }
    [[nodiscard]] QStringList shown(const QString &text)
    {
        return m_kim->rows(str("SELECT id FROM message WHERE text = '%1'").arg(text));
    }
    [[nodiscard]] QStringList waiting() { return m_kim->rows(str("SELECT id FROM outbox WHERE state IN (0, 1)")); }
    /// With the disk failing, and again where that was in vain. @return whether a failure was met
    [[nodiscard]] bool performDespite(int k, const Action &action, const std::function<void()> &untouched);
    [[nodiscard]] qint64 refuseReply(const QString &text, bool isHere);
    void beginTakingBack();
    void discardWaiting();
    static void addTruths();
    /// A reply with these words is turned away, after the server has done it or before it hears of it. @return its
    /// entry
    [[nodiscard]] qint64 beTurnedAway(const QString &text, bool isDone);
    /// The line is whole again, and nothing is left to decide.
    void mend();

    int m_failures = 0; ///< that were told
};

void FailingChoicesTest::init()
{
    // The world's clock stands, so nothing is ever given back of what one may ask for: enough for hundreds of rounds.
    ServerLimits limits;
    limits.requestBurst = 100'000;
    begin(limits);
}

void FailingChoicesTest::cleanup()
{
    end();
    m_failures = 0;
}

bool FailingChoicesTest::performDespite(int k, const Action &action, const std::function<void()> &untouched)
{
    Outcome outcome;
    bool wasMet = false;
    {
        const FailingDisk disk(workspace(), k);
        outcome = perform(action);
        wasMet = disk.wasMet();
    }
    if (outcome.isApplied())
        return wasMet;
    ++m_failures;
    [&] { QCOMPARE(outcome.refusal.kind, RefusalKind::tryAgain); }();
    untouched();
    [&] { QVERIFY(perform(action).isApplied()); }();
    return wasMet;
}

/// Without the server. What was taken back is shown until the replica is next compared with that.
void FailingChoicesTest::beginTakingBack()
{
    m_kim->close();
    m_kim->open(std::chrono::milliseconds(300), std::chrono::milliseconds(50));
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::current);
    stop();
}

/// Few wait, so that each round reaches all there is in few accesses.
void FailingChoicesTest::discardWaiting()
{
    for (const QString &entry : waiting())
        QVERIFY(await(m_kim->desk().discard(entry.toLongLong())));
}

void FailingChoicesTest::takingBack_data()
{
    QTest::addColumn<bool>("isReply");
    QTest::newRow("a reply") << true;
    QTest::newRow("a claim") << false;
}

/// Without the server: what is taken back never goes out, and nothing of taking it back does.
void FailingChoicesTest::takingBack()
{
    QFETCH(bool, isReply);
    beginTakingBack();
    bool wasMet = true;
    for (int k = 0; wasMet; ++k) {
        const QString text = str("taken back %1").arg(k);
        const Outcome done = perform(actionOf(isReply ? ActionArguments(replyTo(ConversationId(1), text))
                                                      : ActionArguments(Act::Claim{ConversationId(1)})));
        QVERIFY(done.isApplied());
        const Action undo = isReply ? actionOf(Act::CancelDelivery{DeliveryId(done.created)})
                                    : actionOf(*done.inverse, done.undoBasedOn);
        wasMet = performDespite(k, undo, [&] {
            QCOMPARE(waiting().size(), 1);
            QCOMPARE(shown(text).size(), isReply ? 1 : 0);
            QCOMPARE(m_kim->conversation(ConversationId(1)).assignee, ServerWorld::kim);
        });
        QCOMPARE(waiting(), QStringList());
        if (!isReply)
            QVERIFY(!m_kim->conversation(ConversationId(1)).assignee.isValid());
    }
    QVERIFY2(m_failures > 5, qPrintable(QString::number(m_failures)));
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT id FROM journal WHERE agent = 2")), QStringList());
    QCOMPARE(trouble(), QStringList());
}

/// What stands above it goes out.
void FailingChoicesTest::takingBackAPart()
{
    beginTakingBack();
    bool wasMet = true;
    int rounds = 0;
    for (; wasMet; ++rounds) {
        Act::SendReply reply = replyTo(ConversationId(1), str("above %1").arg(rounds));
        reply.furtherParts = {str("below %1").arg(rounds)};
        QVERIFY(perform(actionOf(reply)).isApplied());
        const QStringList part = m_kim->rows(str("SELECT d.id FROM delivery AS d JOIN message AS m ON m.id = d.message "
                                                 "WHERE m.text = '%1'")
                                                 .arg(reply.furtherParts.constFirst()));
        QCOMPARE(part.size(), 1);
        const Action undo = actionOf(Act::CancelDelivery{DeliveryId(part.constFirst().toLongLong())});
        wasMet = performDespite(rounds, undo, [&] { QCOMPARE(shown(reply.furtherParts.constFirst()).size(), 1); });
        QCOMPARE(waiting().size(), 1);
        QCOMPARE(shown(reply.text).size(), 1);
        QCOMPARE(shown(reply.furtherParts.constFirst()).size(), 0);
        if (wasMet)
            discardWaiting();
    }
    QVERIFY2(m_failures > 5, qPrintable(QString::number(m_failures)));
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT text FROM message WHERE kind = 1")), QStringList{str("above %1").arg(rounds - 1)});
    QCOMPARE(trouble(), QStringList());
}

/// @param isHere by this machine, and not by the server @return the entry that a person is to decide about
qint64 FailingChoicesTest::refuseReply(const QString &text, bool isHere)
{
    [&] { QVERIFY(does(replyTo(ConversationId(1), text))); }();
    const qint64 entry = m_kim->rows(str("SELECT max(id) FROM outbox")).value(0).toLongLong();
    const auto answered = await(workspace().write<Answered>(Urgency::interactive, [entry, isHere](Writing &writing) {
        Outcome refused;
        refused.kind = Outcome::Kind::refused;
        refused.refusal.kind = isHere ? RefusalKind::tooLarge : RefusalKind::stale;
        return takeAnswers(writing, {entry}, {refused}, {}, {true, isHere});
    }));
    [&] { QVERIFY(answered); }();
    return entry;
}

void FailingChoicesTest::doingAnyway_data()
{
    QTest::addColumn<bool>("isHere");
    QTest::newRow("what the server refused") << false;
    QTest::newRow("what was refused here") << true;
}

void FailingChoicesTest::doingAnyway()
{
    QFETCH(bool, isHere);
    stop();
    bool wasMet = true;
    int rounds = 0;
    for (; wasMet; ++rounds) {
        const QString text = str("anyway %1").arg(rounds);
        const qint64 entry = refuseReply(text, isHere);
        const QStringList refused{text + (isHere ? str(" tooLarge") : str(" stale"))};
        QCOMPARE(trouble(), refused);
        Outcome outcome;
        {
            const FailingDisk disk(workspace(), rounds);
            outcome = outcomeOf(m_kim->desk().doAnyway(entry));
            wasMet = disk.wasMet();
        }
        if (!outcome.isApplied()) {
            ++m_failures;
            QCOMPARE(outcome.refusal.kind, RefusalKind::tryAgain);
            QCOMPARE(trouble(), refused);
            QCOMPARE(shown(text), QStringList());
            QVERIFY(outcomeOf(m_kim->desk().doAnyway(entry)).isApplied());
        }
        QCOMPARE(trouble(), QStringList());
        QCOMPARE(waiting().size(), 1);
        QCOMPARE(shown(text).size(), 1);
        if (wasMet)
            discardWaiting();
    }
    QVERIFY2(m_failures > 5, qPrintable(QString::number(m_failures)));
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT text FROM message WHERE kind = 1")), QStringList{str("anyway %1").arg(rounds - 1)});
    QCOMPARE(trouble(), QStringList());
}

void FailingChoicesTest::discarding_data()
{
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("what was refused") << true;
    QTest::newRow("what waits") << false;
}

void FailingChoicesTest::discarding()
{
    QFETCH(bool, isRefused);
    stop();
    bool wasMet = true;
    for (int k = 0; wasMet; ++k) {
        const QString text = str("discarded %1").arg(k);
        // What else waits stays.
        QVERIFY(does(note(2, "stays")));
        const QString other = waiting().constLast();
        qint64 entry = 0;
        if (isRefused) {
            entry = refuseReply(text, false);
        } else {
            QVERIFY(does(replyTo(ConversationId(1), text)));
            entry = waiting().constLast().toLongLong();
        }
        Done discarded;
        {
            const FailingDisk disk(workspace(), k);
            discarded = await(m_kim->desk().discard(entry));
            wasMet = disk.wasMet();
        }
        if (!discarded) {
            ++m_failures;
            QCOMPARE(trouble().size(), isRefused ? 1 : 0);
            QCOMPARE(waiting().size(), isRefused ? 1 : 2);
            QCOMPARE(shown(text).size(), isRefused ? 0 : 1);
            QVERIFY(await(m_kim->desk().discard(entry)));
        }
        QCOMPARE(trouble(), QStringList());
        QCOMPARE(waiting(), QStringList{other});
        QCOMPARE(shown(text), QStringList());
        QCOMPARE(shown(str("stays")).size(), 1);
        discardWaiting();
    }
    QVERIFY2(m_failures > 2, qPrintable(QString::number(m_failures)));
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT id FROM journal WHERE agent = 2")), QStringList());
}

void FailingChoicesTest::addTruths()
{
    QTest::addColumn<bool>("isDone");
    QTest::newRow("it was done") << true;
    QTest::newRow("it was not done") << false;
}

qint64 FailingChoicesTest::beTurnedAway(const QString &text, bool isDone)
{
    const QByteArray forbidden = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    m_proxy->losePushes(true);
    if (isDone)
        m_proxy->cutAnswersWith("turned away", forbidden);
    else
        m_proxy->loseRequests("turned away", forbidden);
    static_cast<void>(does(replyTo(ConversationId(1), text)));
    const auto isRefused = [this] {
        const QList<WaitingAction> all = m_kim->desk().waitingActions();
        return all.size() == 1 && all.constFirst().isRefused && all.constFirst().mayBeKnown;
    };
    [&] { QVERIFY2(comesTrue(isRefused), qPrintable(text)); }();
    [&] { QCOMPARE(timesSaid(text), isDone ? 1 : 0); }();
    return m_kim->desk().waitingActions().value(0).entry;
}

void FailingChoicesTest::mend()
{
    m_proxy->cutAnswersWith({});
    m_proxy->loseRequests({});
    m_proxy->losePushes(false);
    m_kim->session().tryNow();
    QVERIFY(comesTrue([this] { return isEqual() && m_kim->desk().waitingActions().isEmpty(); }));
}

/// Before other words go out in its place the server is asked: nobody hears of another truth because the disk failed.
void FailingChoicesTest::settling()
{
    QFETCH(bool, isDone);
    bool wasMet = true;
    int rounds = 0;
    for (; wasMet; ++rounds) {
        const QString text = str("turned away %1").arg(rounds);
        const QString other = str("in its place %1").arg(rounds);
        const qint64 entry = beTurnedAway(text, isDone);
        Result<Settled> settled = fail(ErrorKind::transient);
        {
            const FailingDisk disk(workspace(), rounds);
            const auto isKnown = [&] {
                settled = await(m_kim->desk().settle(entry));
                const ErrorKind kind = settled ? ErrorKind::unknown : settled.error().kind;
                const bool isInVain = kind == ErrorKind::io || kind == ErrorKind::tryAgain;
                m_failures += isInVain ? 1 : 0;
                return settled || (!isInVain && kind != ErrorKind::transient);
            };
            QVERIFY2(comesTrue(isKnown), qPrintable(text));
            wasMet = disk.wasMet();
        }
        QVERIFY2(settled, qPrintable(text));
        QCOMPARE(*settled, isDone ? Settled::done : Settled::withdrawn);
        if (!isDone)
            QVERIFY(outcomeOf(m_kim->desk().doAnyway(entry, {0, replyTo(ConversationId(1), other)})).isApplied());
        // What was settled as done has taken no number: the next one finds out.
        static_cast<void>(does(note(1, "between")));
        QVERIFY2(comesTrue([&] { return m_kim->desk().waitingActions().isEmpty(); }), qPrintable(text));
        // Each round reaches all there is in few accesses.
        mend();
        QCOMPARE(timesSaid(text), isDone ? 1 : 0);
        QCOMPARE(timesSaid(other), isDone ? 0 : 1);
    }
    QVERIFY2(rounds > 10 && m_failures > 2, qPrintable(QString::number(rounds)));
    QCOMPARE(there(str("SELECT id FROM message WHERE kind = 1")).size(), rounds);
}

/// Gone where it was not done, and never done then; the same where it was.
void FailingChoicesTest::discardingUnsettled()
{
    QFETCH(bool, isDone);
    bool wasMet = true;
    int rounds = 0;
    for (; wasMet; ++rounds) {
        const QString text = str("turned away %1").arg(rounds);
        const qint64 entry = beTurnedAway(text, isDone);
        {
            const FailingDisk disk(workspace(), rounds);
            if (const Done discarded = await(m_kim->desk().discard(entry)); !discarded) {
                ++m_failures;
                QVERIFY(await(m_kim->desk().discard(entry)));
            }
            QVERIFY2(comesTrue([&] { return m_kim->desk().waitingActions().isEmpty(); }), qPrintable(text));
            wasMet = disk.wasMet();
        }
        static_cast<void>(does(note(1, "between")));
        QVERIFY2(comesTrue([&] { return m_kim->desk().waitingActions().isEmpty(); }), qPrintable(text));
        mend();
        QCOMPARE(timesSaid(text), isDone ? 1 : 0);
    }
    QVERIFY2(rounds > 10 && m_failures > 2, qPrintable(QString::number(rounds)));
    QCOMPARE(there(str("SELECT id FROM message WHERE kind = 1")).size(), isDone ? rounds : 0);
}

/// Its whole life, with the server there: kept, sent, answered, its rows taken, ended.
void FailingChoicesTest::answeredAndFollowed()
{
    bool wasMet = true;
    int rounds = 0;
    for (; wasMet; ++rounds) {
        const QString text = str("said %1").arg(rounds);
        const Action reply = actionOf(replyTo(ConversationId(1), text));
        {
            const FailingDisk disk(workspace(), rounds);
            const Outcome outcome = perform(reply);
            if (!outcome.isApplied()) {
                QCOMPARE(outcome.refusal.kind, RefusalKind::tryAgain);
                ++m_failures;
                QVERIFY(perform(reply).isApplied());
            }
            QVERIFY2(comesTrue([this] { return isEqual(); }), qPrintable(text));
            wasMet = disk.wasMet();
        }
        QCOMPARE(timesSaid(text), 1);
        QCOMPARE(shown(text).size(), 1);
        QCOMPARE(trouble(), QStringList());
        QVERIFY(comesTrue([this] { return m_kim->desk().waitingCount() == 0; }));
    }
    QVERIFY2(rounds > 60 && m_failures > 20, qPrintable(QString::number(rounds)));
    const QStringList journal = there(str("SELECT action FROM journal WHERE agent = 2"));
    QCOMPARE(journal.size(), rounds);
}

/// It is stale, which only the server knows: whoever waits is told, or it is kept where a person finds it.
void FailingChoicesTest::refusedAndTold()
{
    m_kim->close();
    m_kim->open(std::chrono::milliseconds(60));
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::current);
    bool wasMet = true;
    int rounds = 0;
    for (; wasMet; ++rounds) {
        const QString text = str("too late %1").arg(rounds);
        m_proxy->losePushes(true);
        const Seq seen = m_kim->conversation(ConversationId(1)).seq;
        QVERIFY(m_world->act(replyTo(ConversationId(1), str("Ana was faster %1").arg(rounds))).isApplied());
        const Action reply = actionOf(replyTo(ConversationId(1), text), seen);
        Outcome outcome;
        {
            const FailingDisk disk(workspace(), rounds);
            outcome = perform(reply);
            if (!outcome.isApplied() && outcome.refusal.kind == RefusalKind::tryAgain) {
                ++m_failures;
                outcome = perform(reply);
            }
            QVERIFY2(comesTrue([this] { return waiting().isEmpty(); }), qPrintable(text));
            wasMet = disk.wasMet();
        }
        m_proxy->losePushes(false);
        QVERIFY(m_world->act(Act::AddTag{ConversationId(2), str("t%1").arg(rounds)}).isApplied());
        const QStringList newest = there(str("SELECT max(seq) FROM conversation_tag"));
        const auto hasNewest = [&] { return m_kim->rows(str("SELECT max(seq) FROM conversation_tag")) == newest; };
        QVERIFY2(comesTrue(hasNewest), qPrintable(text));
        const bool isTold = !outcome.isApplied();
        if (isTold)
            QCOMPARE(outcome.refusal.kind, RefusalKind::stale);
        else
            QCOMPARE(trouble(), QStringList{text + str(" stale")});
        QCOMPARE(timesSaid(text), 0);
        QCOMPARE(shown(text), QStringList());
        for (const QString &entry : m_kim->rows(str("SELECT id FROM outbox WHERE state = 3")))
            QVERIFY(await(m_kim->desk().discard(entry.toLongLong())));
    }
    QTRY_VERIFY(isEqual());
    QVERIFY2(rounds > 40 && m_failures > 10, qPrintable(QString::number(rounds)));
}

QTEST_GUILESS_MAIN(FailingChoicesTest)
#include "tst_failingchoices.moc"
