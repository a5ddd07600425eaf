// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/when.h"

#include <QTest>

using namespace Earshot;

namespace {

/// A Wednesday, 15:30 in Berlin.
const Time now = timeFrom(QDateTime(QDate(2026, 5, 20), QTime(13, 30), Qt::UTC));

QTimeZone berlin()
{
    return QTimeZone("Europe/Berlin");
}

QString told(const Result<Time> &time)
{
    return time ? toIso(*time) : QStringLiteral("refused");
}

} // namespace

class WhenTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durations_data();
    void durations();
    void futures_data();
    void futures();
    void pasts_data();
    void pasts();
    void whatCountsFromNow();
};

void WhenTest::durations_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds"); // -1: refused
    const auto row = [](const char *text, qint64 seconds) {
        QTest::newRow(text) << QString::fromUtf8(text) << seconds;
    };
    row("45s", 45);
    row("90m", 5400);
    row("2h", 7200);
    row("30d", 30 * 86400);
    row("2w", 14 * 86400);
    row("1D", 86400);
    row(" 1d ", 86400);
    row("", -1);
    row("d", -1);
    row("1", -1);
    row("1y", -1);
    row("-1d", -1);
    row("1.5h", -1);
    row("1 d", -1);
    row("99999999999999d", -1);
    row("\xd9\xa1"
        "d",
        -1);
}

void WhenTest::durations()
{
    QFETCH(QString, text);
    QFETCH(qint64, seconds);
    const Result<Duration> duration = parseDuration(text);
    QCOMPARE(duration ? qint64(duration->count() / 1000) : -1, seconds);
}

void WhenTest::futures_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    row("2h", "2026-05-20T15:30:00.000Z");
    row("tonight", "2026-05-20T18:00:00.000Z");
    row("tomorrow", "2026-05-21T07:00:00.000Z");
    row("Monday", "2026-05-25T07:00:00.000Z");
    row("thu", "2026-05-21T07:00:00.000Z");
    // Today's own name means the next one.
    row("wednesday", "2026-05-27T07:00:00.000Z");
    row("2026-06-01", "2026-06-01T07:00:00.000Z");
    row("2026-06-01T09:30", "2026-06-01T07:30:00.000Z");
    row("2026-06-01 09:30", "2026-06-01T07:30:00.000Z");
    row("2026-06-01T09:30:00Z", "2026-06-01T09:30:00.000Z");
    row("2026-06-01T09:30:00-05:00", "2026-06-01T14:30:00.000Z");
    // Winter time begins on 2026-10-25.
    row("2026-12-01", "2026-12-01T08:00:00.000Z");
    row("2026-05-20T15:29", "refused");
    row("2025-01-01", "refused");
    row("yesterday", "refused");
    row("2026-02-30", "refused");
    row("2026-13-01T00:00", "refused");
    row("9999-01-01", "refused");
    row("999999w", "refused");
    row("soon", "refused");
    row("", "refused");
}

void WhenTest::futures()
{
    QFETCH(QString, text);
    const Result<Time> time = parseFuture(text, now, berlin());
    QTEST(told(time), "expected");
    QVERIFY(time || time.error().kind == ErrorKind::invalid);
}

void WhenTest::pasts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    row("30d", "2026-04-20T13:30:00.000Z");
    row("now", "2026-05-20T13:30:00.000Z");
    row("today", "2026-05-19T22:00:00.000Z");
    row("yesterday", "2026-05-18T22:00:00.000Z");
    row("2026-01-01", "2025-12-31T23:00:00.000Z");
    row("2026-01-01T10:00:00Z", "2026-01-01T10:00:00.000Z");
    // From when on it is work may also be a day to come.
    row("2026-06-01", "2026-05-31T22:00:00.000Z");
    row("tomorrow", "refused");
    row("1960-01-01", "refused");
    row("99999w", "refused");
}

void WhenTest::pasts()
{
    QFETCH(QString, text);
    QTEST(told(parsePast(text, now, berlin())), "expected");
}

void WhenTest::whatCountsFromNow()
{
    for (const char *text : {"now", " Today", "yesterday", "30d", "2W"})
        QVERIFY2(isCountedFromNow(QString::fromLatin1(text)), text);
    for (const char *text : {"2026-06-01", "2026-01-01T10:00:00Z", "soon", ""})
        QVERIFY2(!isCountedFromNow(QString::fromLatin1(text)), text);
}

QTEST_APPLESS_MAIN(WhenTest)
#include "tst_when.moc"
