// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/day/teamday.h"

#include <QTest>

using namespace Earshot;

/// Some minutes of a busy team's day. bench_day replays the whole one.
class TeamDayTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLostAndNothingIsSaidTwice();
};

void TeamDayTest::nothingIsLostAndNothingIsSaidTwice()
{
    DayPlan plan;
    plan.agents = 8;
    plan.desktops = 3;
    plan.mentions = 150;
    plan.seconds = 500;
    plan.pullEvery = 30;
    plan.thinkTime = 30;
    TeamDay day(plan);
    const DayReport report = day.run();
    QVERIFY2(report.wrong.isEmpty(), qPrintable(report.wrong.join(u'\n')));
    QCOMPARE(report.mentions, plan.mentions);
    QVERIFY2(report.replies > 20, qPrintable(QString::number(report.replies)));
}

QTEST_GUILESS_MAIN(TeamDayTest)
#include "tst_teamday.moc"
