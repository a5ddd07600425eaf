// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_day [SPEED [AGENTS [MENTIONS [HOURS [DESKTOPS]]]]]: a team's day replayed at a hundred times the speed: thirty
// agents, some of them at desktops with replicas of their own, 20,000 mentions, 24 hours. Prints what it came to and
// everything that is wrong; ends with 1 where something is.

#include "tests/day/teamday.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Earshot;

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    const auto number = [&words](int i, int otherwise) { return words.size() > i ? words[i].toInt() : otherwise; };
    DayPlan plan;
    plan.speed = std::max(1, number(1, plan.speed));
    plan.agents = std::max(1, number(2, plan.agents));
    plan.mentions = std::max(1, number(3, plan.mentions));
    plan.seconds = std::max(1, number(4, plan.seconds / 3600)) * 3600;
    plan.desktops = std::clamp(number(5, plan.desktops), 0, plan.agents);
    // Two questions in three are worked on by the end of the day.
    plan.thinkTime = int(1.5 * plan.seconds * plan.agents / plan.mentions);
    TeamDay day(plan);
    const DayReport report = day.run();
    const auto print = [](const char *what, double value) { std::printf("%-44s %10.0f\n", what, value); };
    print("seconds of the world's time", report.seconds);
    print("mentions that came in", report.mentions);
    print("actions applied", report.applied);
    print("refused: a colleague was faster", report.taken);
    print("refused otherwise", report.refused);
    print("replies sent", report.replies);
    print("replies taken back in time", report.withdrawn);
    print("log-ins", report.logIns);
    print("times that a desktop ended or lost its line", report.absences);
    print("wrong", double(report.wrong.size()));
    for (const QString &line : report.wrong.mid(0, 50))
        std::printf("  %s\n", qPrintable(line));
    return report.wrong.isEmpty() ? 0 : 1;
}
