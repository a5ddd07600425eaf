// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/time.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Earshot;

/// Times as they travel are what QDateTime makes and takes.
class TimeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWrittenAsQDateTimeDoes();
    void isReadAsWritten();
    void isReadInEveryForm_data();
    void isReadInEveryForm();
    void nonsenseIsNone_data();
    void nonsenseIsNone();
};

void TimeTest::isWrittenAsQDateTimeDoes()
{
    QRandomGenerator random(20261130);
    constexpr qint64 first = -62'135'596'800'000; // 0001-01-01
    constexpr qint64 last = 253'402'300'799'999;  // 9999-12-31
    QList<qint64> times{first,           first - 1,        last, last + 1, -1, 1, 0, 951'782'399'999,
                        951'782'400'000, 4'107'542'400'000};
    for (int i = 0; i < 20'000; ++i)
        times.append(first + qint64(random.generate64() % quint64(last - first)));
    for (const qint64 ms : times) {
        const QDateTime moment = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
        QCOMPARE(toIso(timeFromMs(ms)), ms == 0 ? QString() : moment.toString(Qt::ISODateWithMs));
    }
}

void TimeTest::isReadAsWritten()
{
    QRandomGenerator random(20261130);
    for (int i = 0; i < 20'000; ++i) {
        const Time time = timeFromMs(qint64(random.generate64() % 253'402'300'799'999) + 1);
        QCOMPARE(timeFromIso(toIso(time)), std::optional(time));
    }
}

void TimeTest::isReadInEveryForm_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"2026-11-30T01:02:03.456Z", "2026-11-30T01:02:03Z", "2026-11-30T01:02:03.4Z",
                             "2026-11-30T01:02:03.456+02:00", "2026-11-30T01:02:03-11:30", "2024-02-29T23:59:59.999Z",
                             "0001-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "2026-11-30T24:00:00.000Z"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TimeTest::isReadInEveryForm()
{
    QFETCH(const QString, text);
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs);
    QVERIFY(moment.isValid());
    QCOMPARE(timeFromIso(text), std::optional(timeFromMs(moment.toMSecsSinceEpoch())));
}

void TimeTest::nonsenseIsNone_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "now", "2026-11-30", "2026-11-30T01:02:03.456", "2026-13-01T01:02:03.456Z",
                             "2025-02-29T01:02:03.456Z", "2026-11-31T01:02:03.456Z", "2026-11-30T25:02:03.456Z",
                             "2026-11-30T01:60:03.456Z", "2026-11-30T01:02:60.456Z", "0000-01-01T00:00:00.000Z",
                             "2026-11-30T01:02:03.45xZ", "2026-00-30T01:02:03.456Z", "2026-11-00T01:02:03.456Z"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("digits of others") << QStringLiteral("２026-11-30T01:02:03.456Z");
}

void TimeTest::nonsenseIsNone()
{
    QFETCH(const QString, text);
    QCOMPARE(timeFromIso(text), std::nullopt);
}

QTEST_GUILESS_MAIN(TimeTest)
#include "tst_time.moc"
