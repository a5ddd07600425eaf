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
    QTest::addColumn<int>("count");
    QTest::addColumn<QList<qsizetype>>("given");
    const auto row = [](const char *name, const QList<qint64> &loads, int count, const QList<qsizetype> &given) {
        QTest::newRow(name) << loads << count << given;
    };
    row("nobody", {}, 3, {});
    row("nothing", {1, 2}, 0, {});
    row("in turn", {0, 0, 0}, 7, {0, 1, 2, 0, 1, 2, 0});
    row("who has least first", {5, 1, 3}, 4, {1, 1, 1, 2});
    row("who has much gets none", {100, 0, 0}, 4, {1, 2, 1, 2});
}

void SpreadTest::givesToWhoHasLeast()
{
    QFETCH(QList<qint64>, loads);
    QFETCH(int, count);
    QFETCH(QList<qsizetype>, given);
    QCOMPARE(spreadEvenly(loads, count), given);
}

QTEST_APPLESS_MAIN(SpreadTest)
#include "tst_spread.moc"
