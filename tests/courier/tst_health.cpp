// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courierworld.h"
#include "workspace/queries.h"

#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace Earshot;
using namespace std::chrono_literals;

/// What is told of a channel that can be pulled.
class HealthTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void gapIsToldUntilSomebodyLooks();
    void gapIsToldForSomeDays();

private:
    [[nodiscard]] std::unique_ptr<CourierWorld> worldWithGap();
};

/// The server lost what lies before the last pull: nobody knows what else it lost.
std::unique_ptr<CourierWorld> HealthTest::worldWithGap()
{
    auto world = std::make_unique<CourierWorld>(FakeMastodon::Dialect::mastodon);
    const QString lost = world->customerAsks(QStringLiteral("it broke"));
    static_cast<void>(world->pull());
    world->server->remove(lost);
    world->clock.advance(1h);
    world->server->setTime(world->clock.now());
    static_cast<void>(world->customerAsks(QStringLiteral("still broken")));
    static_cast<void>(world->pull());
    return world;
}

void HealthTest::gapIsToldUntilSomebodyLooks()
{
    const auto world = worldWithGap();
    const QString detail = world->channelRow().healthDetail;
    QCOMPARE(world->channelRow().health, Health::gapPossible);
    QVERIFY2(detail.startsWith(QStringLiteral("gap possible between 20")) &&
                 detail.contains(QStringLiteral("Z and 20")),
             qPrintable(detail));
    // The next pull that comes through has not found it; nor has the next process, nor one that was cut off meanwhile.
    QVERIFY(!world->pull().error);
    QCOMPARE(world->channelRow().health, Health::gapPossible);
    world->endProcess();
    world->beginProcess();
    QVERIFY(!world->pull().error);
    QCOMPARE(world->channelRow().healthDetail, detail);
    world->server->revokeToken(QStringLiteral("acme"));
    QVERIFY(world->pull().error);
    QTRY_COMPARE(world->channelRow().health, Health::signIn);
    const auto lines = world->workspace->readNow<QList<JournalRecord>>(
        [](Database &database) { return loadJournal(database, 0, 100); });
    QCOMPARE(std::count_if(lines->cbegin(), lines->cend(),
                           [](const JournalRecord &line) { return line.kind == QLatin1StringView("gap"); }),
             1);
}

void HealthTest::gapIsToldForSomeDays()
{
    const auto tested = worldWithGap();
    QVERIFY(resultOf(tested->runner->check()));
    QTRY_COMPARE(tested->channelRow().health, Health::ok);
    QVERIFY(!tested->pull().error);
    QCOMPARE(tested->channelRow().health, Health::ok);

    const auto left = worldWithGap();
    left->clock.advance(24h * 8);
    QVERIFY(!left->pull().error);
    QCOMPARE(left->channelRow().health, Health::ok);
}

QTEST_MAIN(HealthTest)
#include "tst_health.moc"
