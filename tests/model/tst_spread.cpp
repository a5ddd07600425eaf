// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/spread.h"

#include <QTest>

using namespace Earshot;

class SpreadTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesToWhoHasLeast_data();
    void givesToWhoHasLeast();
};

void SpreadTest::givesToWhoHasLeast_data()
{
    QTest::addColumn<QList<qint64>>("loads");
    QTest::addColumn<QList<int>>("limits");
    QTest::addColumn<int>("count");
    QTest::addColumn<QList<qsizetype>>("given");
    const auto row = [](const char *name, const QList<qint64> &loads, int count, const QList<qsizetype> &given,
                        const QList<int> &limits = {}) { QTest::newRow(name) << loads << limits << count << given; };
    row("nobody", {}, 3, {});
    row("nothing", {1, 2}, 0, {});
    row("in turn", {0, 0, 0}, 7, {0, 1, 2, 0, 1, 2, 0});
    row("who has least first", {5, 1, 3}, 4, {1, 1, 1, 2});
    row("who has much gets none", {100, 0, 0}, 4, {1, 2, 1, 2});
    row("who is full gets none", {0, 3, 9}, 4, {0, 1, 1, 1}, {1, 0, 0});
    row("who is beyond the limit gets none", {5, 9}, 3, {1, 1, 1}, {4, 0});
    row("all become full", {0, 1}, 9, {0, 0, 1}, {2, 2});
    row("all are full", {2, 2}, 3, {}, {2, 2});
}

void SpreadTest::givesToWhoHasLeast()
{
    QFETCH(QList<qint64>, loads);
    QFETCH(QList<int>, limits);
    QFETCH(int, count);
    QFETCH(QList<qsizetype>, given);
    QCOMPARE(spreadEvenly(loads, limits, count), given);
}

QTEST_APPLESS_MAIN(SpreadTest)
#include "tst_spread.moc"
