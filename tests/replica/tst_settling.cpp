// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/withdrawal.h"
#include "replica/outboxanswers.h"
#include "replica/outboxbatch.h"
#include "replica/outboxsettling.h"
#include "tests/networks/await.h"
#include "tests/replica/oneagent.h"

#include <QTest>

using namespace Earshot;

namespace {

const QByteArray forbidden = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
/// What is turned away on the way.
const QByteArray attack = "UNION SELECT";

} // namespace

/// What was turned away on the way to the server may have been done there: before other words go out in its place that
/// is settled, so that the one or the other is published, and never both.
class SettlingTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin({}); }
    void cleanup() { end(); }
    void changedIsPublishedOnce_data() { addTruths(); }
    void changedIsPublishedOnce();
    void sentUnchangedIsPublishedOnce_data() { addTruths(); }
    void sentUnchangedIsPublishedOnce();
    void discardedIsNeverPublished_data() { addTruths(); }
    void discardedIsNeverPublished();
    void anyRequestMayFail_data();
    void anyRequestMayFail();
    void withoutTheServerItWaits();
    void olderServerCannotBeAsked();
    void turnedAwayAgainNothingIsKnown();
    void certainOnesAreNotAskedAbout();

private:
    static void addTruths();
    /// A reply with these words is turned away, after the server has done it or before it hears of it.
    void beTurnedAway(const QString &text, bool isDone);
    /// The one that a person is to look at; nothing = there is none, or more than one.
    [[nodiscard]] std::optional<WaitingAction> trouble();
    [[nodiscard]] Result<Settled> settle(qint64 entry) { return await(m_kim->desk().settle(entry)); }
    [[nodiscard]] Outcome sendInstead(qint64 entry, const QString &text)
    {
        return outcomeOf(m_kim->desk().doAnyway(entry, {0, replyTo(ConversationId(1), text)}));
    }
    /// What the server says when a copy of it comes late.
    [[nodiscard]] QString answerToLateCopy(const QUuid &action);
    /// The line is whole again, and all is here.
    void mend();
};

void SettlingTest::addTruths()
{
    QTest::addColumn<bool>("isDone");
    QTest::newRow("it was done") << true;
    QTest::newRow("it was not done") << false;
}

void SettlingTest::beTurnedAway(const QString &text, bool isDone)
{
    m_proxy->losePushes(true);
    if (isDone)
        m_proxy->cutAnswersWith(attack, forbidden);
    else
        m_proxy->loseRequests(attack, forbidden);
    static_cast<void>(does(replyTo(ConversationId(1), text)));
    QTRY_VERIFY(trouble());
    QVERIFY(trouble()->mayBeKnown);
    QCOMPARE(timesSaid(text), isDone ? 1 : 0);
}

std::optional<WaitingAction> SettlingTest::trouble()
{
    const QList<WaitingAction> all = m_kim->desk().waitingActions();
    return all.size() == 1 && all.constFirst().isRefused ? std::optional(all.constFirst()) : std::nullopt;
}

QString SettlingTest::answerToLateCopy(const QUuid &action)
{
    QJsonObject late =
        wireAction(str("sendReply"), {{str("conversation"), str("1")}, {str("text"), str("UNION SELECT, late")}});
    late.insert(str("id"), action.toString(QUuid::WithoutBraces));
    const QJsonValue outcome = m_world->client(ServerWorld::kim)->perform({late})[0];
    const QJsonValue refusal = outcome[QLatin1StringView("refusal")];
    return outcome[QLatin1StringView("outcome")].toString() + u' ' + refusal[QLatin1StringView("detail")].toString();
}

void SettlingTest::mend()
{
    m_proxy->cutAnswersWith({});
    m_proxy->loseRequests({});
    m_proxy->losePushes(false);
    m_kim->session().tryNow();
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

/// Nothing else told: no row of the server's comes in between.
void SettlingTest::changedIsPublishedOnce()
{
    QFETCH(bool, isDone);
    beTurnedAway(str("Try UNION SELECT"), isDone);
    const WaitingAction one = *trouble();
    QVERIFY(!sendInstead(one.entry, str("Try another word")).isApplied());
    QCOMPARE(timesSaid(str("Try another word")), 0);
    Result<Settled> settled = fail(ErrorKind::transient);
    // On a slow machine it is not answered at once.
    QTRY_VERIFY(settled = settle(one.entry));
    QCOMPARE(*settled, isDone ? Settled::done : Settled::withdrawn);
    if (!isDone) {
        QTRY_VERIFY(trouble() && isWithdrawn(trouble()->refusal));
        QVERIFY(!trouble()->mayBeKnown && !trouble()->isRefusedHere && !trouble()->isSettling);
        QCOMPARE(answerToLateCopy(one.action.id), str("refused withdrawn"));
        QVERIFY(sendInstead(one.entry, str("Try another word")).isApplied());
    }
    mend();
    QCOMPARE(timesSaid(str("Try UNION SELECT")), isDone ? 1 : 0);
    QCOMPARE(timesSaid(str("Try another word")), isDone ? 0 : 1);
    QCOMPARE(timesSaid(str("UNION SELECT, late")), 0);
    // It is known, or gone.
    const auto again = settle(one.entry);
    QCOMPARE(again.has_value(), isDone);
    QVERIFY(again ? *again == Settled::done : again.error().kind == ErrorKind::notFound);
}

void SettlingTest::sentUnchangedIsPublishedOnce()
{
    QFETCH(bool, isDone);
    beTurnedAway(str("Try UNION SELECT"), isDone);
    const WaitingAction one = *trouble();
    m_proxy->loseRequests({});
    m_proxy->cutAnswersWith({});
    QVERIFY(outcomeOf(m_kim->desk().doAnyway(one.entry)).isApplied());
    mend();
    QCOMPARE(timesSaid(str("Try UNION SELECT")), 1);
    QCOMPARE(answerToLateCopy(one.action.id), str("applied "));
    QCOMPARE(timesSaid(str("UNION SELECT, late")), 0);
}

void SettlingTest::discardedIsNeverPublished()
{
    QFETCH(bool, isDone);
    beTurnedAway(str("Try UNION SELECT"), isDone);
    const WaitingAction one = *trouble();
    QVERIFY(await(m_kim->desk().discard(one.entry)));
    QTRY_VERIFY(m_kim->desk().waitingActions().isEmpty());
    QCOMPARE(answerToLateCopy(one.action.id), isDone ? str("applied ") : str("refused withdrawn"));
    mend();
    QCOMPARE(timesSaid(str("Try UNION SELECT")), isDone ? 1 : 0);
    QCOMPARE(timesSaid(str("UNION SELECT, late")), 0);
}

void SettlingTest::anyRequestMayFail_data()
{
    QTest::addColumn<bool>("isDone");
    QTest::addColumn<bool>("isArriving");
    for (const bool isDone : {true, false}) {
        for (const bool isArriving : {true, false})
            QTest::addRow("%s, the %s is lost", isDone ? "done" : "not done", isArriving ? "answer" : "request")
                << isDone << isArriving;
    }
}

void SettlingTest::anyRequestMayFail()
{
    QFETCH(bool, isDone);
    QFETCH(bool, isArriving);
    bool wasMet = true;
    int rounds = 0;
    for (; wasMet; ++rounds) {
        const QString text = str("UNION SELECT %1").arg(rounds);
        const QString other = str("another word %1").arg(rounds);
        beTurnedAway(text, isDone);
        const WaitingAction one = *trouble();
        m_proxy->failRequest(rounds, {isArriving, false, {}});
        Result<Settled> settled = fail(ErrorKind::transient);
        QTRY_VERIFY(settled = settle(one.entry));
        QCOMPARE(*settled, isDone ? Settled::done : Settled::withdrawn);
        if (!isDone) {
            const Outcome sent = sendInstead(one.entry, other);
            QVERIFY2(sent.isApplied(), qPrintable(word(sent.refusal.kind) + u' ' + sent.refusal.detail));
        }
        // What was settled as done has taken no number: the next one finds out.
        static_cast<void>(does(note(1, "between")));
        QTRY_COMPARE(timesSaid(other), isDone ? 0 : 1);
        QTRY_VERIFY(m_kim->desk().waitingActions().isEmpty());
        wasMet = m_proxy->hasFailed();
        QCOMPARE(timesSaid(text), isDone ? 1 : 0);
    }
    QVERIFY2(rounds > 1, qPrintable(QString::number(rounds)));
    mend();
    for (int round = 0; round < rounds; ++round) {
        QCOMPARE(timesSaid(str("UNION SELECT %1").arg(round)), isDone ? 1 : 0);
        QCOMPARE(timesSaid(str("another word %1").arg(round)), isDone ? 0 : 1);
    }
}

/// Also where the program ends in between; its words are kept.
void SettlingTest::withoutTheServerItWaits()
{
    beTurnedAway(str("Try UNION SELECT"), false);
    const WaitingAction one = *trouble();
    stop();
    const auto settled = settle(one.entry);
    QVERIFY(!settled);
    QCOMPARE(settled.error().kind, ErrorKind::transient);
    QVERIFY(!sendInstead(one.entry, str("Try another word")).isApplied());
    m_kim->close();
    m_kim->open();
    const auto isAsked = [this] {
        const QList<WaitingAction> all = m_kim->desk().waitingActions();
        return all.size() == 1 && all.constFirst().isSettling && !all.constFirst().isRefused;
    };
    QTRY_VERIFY(isAsked());
    QCOMPARE(m_kim->desk().waitingActions().constFirst().action.arguments, one.action.arguments);
    // It is not shown as sent.
    QCOMPARE(m_kim->rows(str("SELECT id FROM message WHERE text LIKE '%UNION SELECT%'")), QStringList());
    start();
    QTRY_VERIFY(trouble() && isWithdrawn(trouble()->refusal));
    QCOMPARE(trouble()->action.arguments, one.action.arguments);
    QVERIFY(sendInstead(one.entry, str("Try another word")).isApplied());
    mend();
    QCOMPARE(timesSaid(str("Try another word")), 1);
    QCOMPARE(timesSaid(str("Try UNION SELECT")), 0);
}

/// It refuses what it does not know. That is no word on the first one.
void SettlingTest::olderServerCannotBeAsked()
{
    beTurnedAway(str("Try UNION SELECT"), false);
    const qint64 entry = trouble()->entry;
    stop();
    const auto answered =
        await(m_kim->session().workspace().write<void>(Urgency::interactive, [entry](Writing &writing) -> Done {
            static_cast<void>(settleEntry(writing, entry, OutboxEntry::Settling::keeping));
            const auto batch = takeBatch(writing, {1, 0}, {});
            Outcome refused;
            refused.kind = Outcome::Kind::refused;
            refused.refusal = {RefusalKind::invalid, {}, {}, QStringLiteral("kind"), 0};
            return takeAnswers(writing, batch->entries, {refused}, {}).map([](const Answered &) {});
        }));
    QVERIFY(answered);
    const auto known = m_kim->session().workspace().readNow<std::optional<Settled>>(
        [entry](Database &database) { return settledAs(database, entry); });
    QVERIFY(!known);
    QCOMPARE(known.error().kind, ErrorKind::unsupported);
    QTRY_VERIFY(trouble() && trouble()->refusal.detail == unaskableReason());
    QVERIFY(trouble()->mayBeKnown);
    QVERIFY(!sendInstead(entry, str("Try another word")).isApplied());
}

/// As whatever is sent is: nothing comes of asking.
void SettlingTest::turnedAwayAgainNothingIsKnown()
{
    beTurnedAway(str("Try UNION SELECT"), true);
    const qint64 entry = trouble()->entry;
    m_proxy->loseRequests("withdraw", forbidden);
    const auto settled = settle(entry);
    QVERIFY(!settled);
    QVERIFY(settled.error().kind == ErrorKind::unsure || settled.error().kind == ErrorKind::transient);
    QTRY_VERIFY(trouble() && trouble()->mayBeKnown);
    QVERIFY(!sendInstead(entry, str("Try another word")).isApplied());
    m_proxy->loseRequests({});
    QTRY_COMPARE(settle(entry), Result<Settled>(Settled::done));
    mend();
    QCOMPARE(timesSaid(str("Try UNION SELECT")), 1);
    QCOMPARE(timesSaid(str("Try another word")), 0);
}

/// What the server refused itself, and what never left.
void SettlingTest::certainOnesAreNotAskedAbout()
{
    QCOMPARE(settle(99).error().kind, ErrorKind::notFound);
    stop();
    QVERIFY(does(note(1, "waits")));
    QTRY_COMPARE(m_kim->desk().waitingActions().size(), 1);
    const qint64 waiting = m_kim->desk().waitingActions().constFirst().entry;
    QCOMPARE(settle(waiting).error().kind, ErrorKind::refused);
    // Also where it is heard just now that the server is away.
    const auto asked = m_kim->desk().settle(waiting);
    auto *replica = qobject_cast<ReplicaDesk *>(&m_kim->desk());
    DeskStatus away = replica->status();
    away.why = {ErrorKind::transient, str("another reason"), {}};
    replica->setStatus(away);
    QTRY_VERIFY(asked.isFinished());
    QCOMPARE(asked.result().error().kind, ErrorKind::refused);
    QVERIFY(await(m_kim->desk().discard(waiting)));
    QVERIFY(does(Act::Claim{ConversationId(1)}));
    QVERIFY(m_world->act(Act::Assign{ConversationId(1), ServerWorld::bo}).isApplied());
    start();
    QTRY_VERIFY(trouble());
    QVERIFY(!trouble()->mayBeKnown);
    QCOMPARE(settle(trouble()->entry).value(), Settled::withdrawn);
    QVERIFY(await(m_kim->desk().discard(trouble()->entry)));
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("waits")), 0);
}

QTEST_GUILESS_MAIN(SettlingTest)
#include "tst_settling.moc"
