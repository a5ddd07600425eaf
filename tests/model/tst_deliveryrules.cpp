// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/deliveryrules.h"

#include <QTest>

using namespace Earshot;
using namespace std::chrono_literals;

namespace {

const Time now = timeFromMs(1'780'000'000'000);

/// One that may begin: queued a minute ago, seen up to number 60.
BeginFacts queued()
{
    BeginFacts facts;
    facts.heldUntil = now - 1min;
    facts.queuedAt = now - 2min;
    facts.basedOn = 60;
    facts.publicSeq = 50;
    return facts;
}

} // namespace

/// When a delivery may begin an attempt, and what an attempt or a new message makes of what was there.
class DeliveryRulesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginning_data();
    void beginning();
    void onlyWaitingOnesBegin_data();
    void onlyWaitingOnesBegin();
    void attemptsEnd_data();
    void attemptsEnd();
    void everyOtherErrorFails_data();
    void everyOtherErrorFails();
    void repeatSaysNothingOfTheFirst_data();
    void repeatSaysNothingOfTheFirst();
    void backOffs_data();
    void backOffs();
    void inbound_data();
    void inbound();
};

void DeliveryRulesTest::beginning_data()
{
    QTest::addColumn<BeginFacts>("facts");
    QTest::addColumn<BeginVerdict>("verdict");
    const auto row = [](const char *name, BeginVerdict verdict, auto change) {
        BeginFacts facts = queued();
        change(facts);
        QTest::newRow(name) << facts << verdict;
    };
    using enum BeginVerdict;
    row("queued", begin, [](BeginFacts &) {});
    const auto held = [](Time until) {
        return [until](BeginFacts &facts) {
            facts.state = DeliveryState::held;
            facts.heldUntil = until;
        };
    };
    row("held until now", begin, held(now));
    row("held a moment longer", wait, held(now + 1ms));
    row("paused", wait, [](BeginFacts &facts) { facts.isPaused = true; });
    row("come back now", begin, [](BeginFacts &facts) { facts.retryAt = now; });
    row("come back later", wait, [](BeginFacts &facts) { facts.retryAt = now + 1ms; });
    row("seen exactly", begin, [](BeginFacts &facts) { facts.publicSeq = 60; });
    row("one behind", stale, [](BeginFacts &facts) { facts.publicSeq = 61; });
    row("a like is never stale", begin, [](BeginFacts &facts) {
        facts.publicSeq = 61;
        facts.effect = Effect::like;
    });
    const auto after = [](DeliveryState state) {
        return [state](BeginFacts &facts) {
            facts.partBefore = state;
            facts.publicSeq = 61;
        };
    };
    row("a part after what was published, whatever came since", begin, after(DeliveryState::sent));
    for (const DeliveryState state : {DeliveryState::held, DeliveryState::queued, DeliveryState::sending,
                                      DeliveryState::failed, DeliveryState::unsure, DeliveryState::cancelled})
        row(qPrintable(QStringLiteral("a part after what is ") + word(state)), wait, after(state));
    row("answered on another channel", answeredElsewhere, [](BeginFacts &facts) { facts.twinAnsweredSeq = 61; });
    row("answered there before", begin, [](BeginFacts &facts) { facts.twinAnsweredSeq = 60; });
    row("a like does not mind", begin, [](BeginFacts &facts) {
        facts.twinAnsweredSeq = 61;
        facts.effect = Effect::like;
    });
    row("stale, but paused", wait, [](BeginFacts &facts) {
        facts.publicSeq = 61;
        facts.isPaused = true;
    });
    const auto closedFor = [](Duration time) {
        return [time](BeginFacts &facts) {
            facts.isFirstAfterStart = true;
            facts.heldUntil = facts.queuedAt = now - time;
        };
    };
    row("closed for half an hour", begin, closedFor(30min));
    row("closed for longer", waitedLong, closedFor(30min + 1ms));
    row("waited long while running", begin, [&](BeginFacts &facts) {
        closedFor(5h)(facts);
        facts.isFirstAfterStart = false;
    });
    row("closed, but due a moment ago", begin, [&](BeginFacts &facts) {
        closedFor(5h)(facts);
        facts.retryAt = now - 1min;
    });
    row("closed, a like asks too", waitedLong, [&](BeginFacts &facts) {
        closedFor(5h)(facts);
        facts.effect = Effect::like;
    });
    row("closed and stale asks first", waitedLong, [&](BeginFacts &facts) {
        closedFor(5h)(facts);
        facts.publicSeq = 61;
    });
}

void DeliveryRulesTest::beginning()
{
    QFETCH(BeginFacts, facts);
    QFETCH(BeginVerdict, verdict);
    QCOMPARE(mayBegin(facts, now), verdict);
}

void DeliveryRulesTest::onlyWaitingOnesBegin_data()
{
    QTest::addColumn<DeliveryState>("state");
    const QStringList states = words<DeliveryState>();
    for (const QString &state : states)
        QTest::newRow(qPrintable(state)) << *fromWord<DeliveryState>(state);
}

void DeliveryRulesTest::onlyWaitingOnesBegin()
{
    QFETCH(DeliveryState, state);
    BeginFacts facts = queued();
    facts.state = state;
    const bool isWaiting = state == DeliveryState::queued || state == DeliveryState::held;
    QCOMPARE(mayBegin(facts, now), isWaiting ? BeginVerdict::begin : BeginVerdict::wait);
}

void DeliveryRulesTest::attemptsEnd_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<int>("attempts");
    QTest::addColumn<AttemptVerdict>("verdict");
    const auto row = [](const QByteArray &name, const Error &error, int attempts, DeliveryState state,
                        Time retryAt = {}) {
        QTest::newRow(name.constData()) << error << attempts
                                        << AttemptVerdict{state, word(error.kind), error.detail, retryAt};
    };
    using enum DeliveryState;
    const auto error = [](ErrorKind kind, Time until = {}) { return Error{kind, QStringLiteral("why"), until}; };
    row("no answer", error(ErrorKind::unsure), 1, unsure);
    row("no answer again", error(ErrorKind::unsure), 9, unsure);
    row("it has this already", error(ErrorKind::duplicate), 1, unsure);
    row("transient", error(ErrorKind::transient), 1, DeliveryState::queued, now + 5s);
    row("transient, 4th", error(ErrorKind::transient), 4, DeliveryState::queued, now + 40s);
    row("transient, 5th", error(ErrorKind::transient), 5, failed, now + 80s);
    row("transient, when told", error(ErrorKind::transient, now + 1h), 1, DeliveryState::queued, now + 1h);
    row("transient, told sooner", error(ErrorKind::transient, now + 1s), 1, DeliveryState::queued, now + 5s);
    row("certificate", error(ErrorKind::certificate), 1, DeliveryState::queued, now + 5s);
    row("certificate, 5th", error(ErrorKind::certificate), 5, failed, now + 80s);
    for (const ErrorKind kind : {ErrorKind::rateLimited, ErrorKind::quota}) {
        const QByteArray name = word(kind).toLatin1();
        row(name + ", told when", error(kind, now + 1h), 1, DeliveryState::queued, now + 1h);
        row(name + ", not told", error(kind), 2, DeliveryState::queued, now + 10s);
        row(name + ", never gives up", error(kind), 50, DeliveryState::queued, now + 5min);
    }
}

void DeliveryRulesTest::attemptsEnd()
{
    QFETCH(Error, error);
    QFETCH(int, attempts);
    QFETCH(AttemptVerdict, verdict);
    const AttemptVerdict got = afterAttempt(error, attempts, now);
    QCOMPARE(word(got.state), word(verdict.state));
    QCOMPARE(got.failure, verdict.failure);
    QCOMPARE(toIso(got.retryAt), toIso(verdict.retryAt));
    QVERIFY(got == verdict);
    QVERIFY(afterAttempt(std::nullopt, attempts, now) == AttemptVerdict());
    QCOMPARE(afterAttempt(std::nullopt, attempts, now).state, DeliveryState::sent);
}

void DeliveryRulesTest::everyOtherErrorFails_data()
{
    QTest::addColumn<ErrorKind>("kind");
    const QList<ErrorKind> others = {ErrorKind::unsure,      ErrorKind::duplicate, ErrorKind::transient,
                                     ErrorKind::rateLimited, ErrorKind::quota,     ErrorKind::certificate};
    const QStringList kinds = words<ErrorKind>();
    for (const QString &kind : kinds) {
        if (!others.contains(*fromWord<ErrorKind>(kind)))
            QTest::newRow(qPrintable(kind)) << *fromWord<ErrorKind>(kind);
    }
}

void DeliveryRulesTest::everyOtherErrorFails()
{
    QFETCH(ErrorKind, kind);
    const AttemptVerdict expected{DeliveryState::failed, word(kind), QStringLiteral("why"), {}};
    QVERIFY(afterAttempt(Error{kind, QStringLiteral("why"), {}}, 1, now) == expected);
}

void DeliveryRulesTest::repeatSaysNothingOfTheFirst_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<int>("attempts");
    QTest::addColumn<QString>("failure");
    const auto row = [](ErrorKind kind, int attempts, const QString &failure) {
        QTest::addRow("%s, attempt %d", qPrintable(word(kind)), attempts) << kind << attempts << failure;
    };
    for (const ErrorKind kind : {ErrorKind::permission, ErrorKind::policy, ErrorKind::parentGone, ErrorKind::tooLong,
                                 ErrorKind::authExpired, ErrorKind::unknown})
        row(kind, 2, notFoundOnNetwork());
    for (const ErrorKind kind : {ErrorKind::transient, ErrorKind::rateLimited, ErrorKind::quota, ErrorKind::certificate,
                                 ErrorKind::unsure, ErrorKind::duplicate})
        row(kind, 2, word(kind));
    row(ErrorKind::transient, 5, notFoundOnNetwork());
}

void DeliveryRulesTest::repeatSaysNothingOfTheFirst()
{
    QFETCH(ErrorKind, kind);
    QFETCH(int, attempts);
    QFETCH(QString, failure);
    const AttemptVerdict got = afterRepeat(afterAttempt(Error{kind, QStringLiteral("why"), {}}, attempts, now));
    QVERIFY(got == (AttemptVerdict{DeliveryState::unsure, failure, QStringLiteral("why"), {}}));
    QVERIFY(afterRepeat(afterAttempt(std::nullopt, attempts, now)) == AttemptVerdict());
}

void DeliveryRulesTest::backOffs_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<qint64>("seconds");
    const auto row = [](int n, qint64 seconds) { QTest::addRow("%d", n) << n << seconds; };
    row(-1, 5);
    row(0, 5);
    row(1, 5);
    row(2, 10);
    row(3, 20);
    row(6, 160);
    row(7, 300);
    row(8, 300);
    row(1'000'000, 300);
}

void DeliveryRulesTest::backOffs()
{
    QFETCH(int, n);
    QFETCH(qint64, seconds);
    QVERIFY(backOff(n) == std::chrono::seconds(seconds));
}

void DeliveryRulesTest::inbound_data()
{
    QTest::addColumn<Status>("status");
    QTest::addColumn<Reason>("reason");
    QTest::addColumn<Time>("last");
    QTest::addColumn<InboundVerdict>("verdict");
    constexpr auto days = [](int count) { return std::chrono::hours(24 * count); };
    const auto row = [](const QByteArray &name, Status status, Reason reason, Time last,
                        const InboundVerdict &verdict) {
        QTest::newRow(name.constData()) << status << reason << last << verdict;
    };
    using enum Status;
    const InboundVerdict reopened{open, true, false};
    row("open", open, Reason::none, now - days(1), {open, false, false});
    row("open for long", open, Reason::none, now - days(100), {open, false, false});
    row("pending", pending, Reason::none, now - days(1), reopened);
    row("pending for long", pending, Reason::none, now - days(100), reopened);
    row("snoozed", snoozed, Reason::none, now - days(1), reopened);
    row("snoozed for long", snoozed, Reason::none, now - days(100), reopened);
    for (const Reason reason : {Reason::answered, Reason::noAnswerNeeded, Reason::duplicate}) {
        const QByteArray name = word(reason).toLatin1();
        row(name + " yesterday", resolved, reason, now - days(1), reopened);
        row(name + " 30 days ago", resolved, reason, now - days(30), reopened);
        row(name + " longer ago", resolved, reason, now - days(30) - 1ms, {resolved, false, true});
        row(name + ", nobody knows when", resolved, reason, Time(), reopened);
    }
    row("spam", resolved, Reason::spam, now - days(1), {resolved, false, false});
    row("spam of long ago", resolved, Reason::spam, now - days(100), {resolved, false, false});
}

void DeliveryRulesTest::inbound()
{
    QFETCH(Status, status);
    QFETCH(Reason, reason);
    QFETCH(Time, last);
    QFETCH(InboundVerdict, verdict);
    const InboundVerdict got = afterInbound(status, reason, last, now, std::chrono::hours(24 * 30));
    QCOMPARE(word(got.status), word(verdict.status));
    QCOMPARE(got.isReopened, verdict.isReopened);
    QCOMPARE(got.startsNew, verdict.startsNew);
}

QTEST_APPLESS_MAIN(DeliveryRulesTest)
#include "tst_deliveryrules.moc"
