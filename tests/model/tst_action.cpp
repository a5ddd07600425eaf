// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/action.h"
#include "model/outcome.h"
#include "tests/model/situation.h"

#include <QSet>
#include <QTest>

using namespace Earshot;

/// Names of actions: their UUIDs and the words of their kinds.
class ActionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void uuidHasVersionAndVariant();
    void uuidCarriesItsTime_data();
    void uuidCarriesItsTime();
    void uuidsAreInTheOrderOfTime();
    void uuidsAreDistinct();
    void kindsHaveWordsOfTheirOwn();
    void refusalsHaveWordsOfTheirOwn();
    void madeActionIsNew();
};

void ActionTest::uuidHasVersionAndVariant()
{
    for (int i = 0; i < 200; ++i) {
        const QByteArray bytes = newUuid(now + Duration(i)).toRfc4122();
        QCOMPARE(bytes.size(), 16);
        QCOMPARE(quint8(bytes.at(6)) >> 4, 7);
        QCOMPARE(quint8(bytes.at(8)) >> 6, 2);
    }
}

void ActionTest::uuidCarriesItsTime_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("start");
    QTest::newRow("the beginning") << qint64(0) << QStringLiteral("00000000-0000-7");
    QTest::newRow("one") << qint64(1) << QStringLiteral("00000000-0001-7");
    // The example of RFC 9562, appendix A.6.
    QTest::newRow("2022") << qint64(0x017F22E279B0) << QStringLiteral("017f22e2-79b0-7");
    QTest::newRow("the end") << qint64(0xFFFFFFFFFFFF) << QStringLiteral("ffffffff-ffff-7");
}

void ActionTest::uuidCarriesItsTime()
{
    QFETCH(qint64, ms);
    QFETCH(QString, start);
    QVERIFY(newUuid(timeFromMs(ms)).toString(QUuid::WithoutBraces).startsWith(start));
}

void ActionTest::uuidsAreInTheOrderOfTime()
{
    QByteArray last;
    for (const int step : {0, 1, 2, 255, 256, 65'535, 65'536, 1'000'000'000}) {
        const QByteArray next = newUuid(now + Duration(step)).toRfc4122();
        QVERIFY(last < next);
        last = next;
    }
}

void ActionTest::uuidsAreDistinct()
{
    QSet<QUuid> all;
    for (int i = 0; i < 10'000; ++i)
        all.insert(newUuid(now));
    QCOMPARE(all.size(), 10'000);
}

void ActionTest::kindsHaveWordsOfTheirOwn()
{
    QSet<QString> words;
    const QList<Situation> kinds = everyKind();
    for (const Situation &each : kinds) {
        const QString kind = kindOf(each.action.arguments);
        QVERIFY(!kind.isEmpty());
        words.insert(kind);
    }
    QCOMPARE(size_t(words.size()), ActionArguments::kindCount);
}

void ActionTest::refusalsHaveWordsOfTheirOwn()
{
    QSet<QString> words;
    const int count = static_cast<int>(RefusalKind::unreadable) + 1;
    for (int i = 0; i < count; ++i) {
        const auto kind = static_cast<RefusalKind>(i);
        const QString text = word(kind);
        QVERIFY(!text.isEmpty());
        QVERIFY(refusalFromWord(text) == kind);
        words.insert(text);
    }
    QCOMPARE(words.size(), count);
    QVERIFY(word(static_cast<RefusalKind>(count)).isEmpty());
    QVERIFY(!refusalFromWord(QStringLiteral("because")));
    QVERIFY(!refusalFromWord(QString()));
}

void ActionTest::madeActionIsNew()
{
    const Action action = makeAction(Act::Claim{conversation}, now, 12);
    QVERIFY(!action.id.isNull());
    QVERIFY(action.device.isNull());
    QCOMPARE(action.number, 0);
    QVERIFY(!action.actor.isValid());
    QVERIFY(action.claimedAt == now);
    QCOMPARE(action.basedOn, 12);
    QVERIFY(!action.force);
    QVERIFY(action != makeAction(Act::Claim{conversation}, now, 12));
}

QTEST_APPLESS_MAIN(ActionTest)
#include "tst_action.moc"
