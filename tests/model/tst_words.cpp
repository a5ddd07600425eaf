// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/words.h"

#include <QTest>

using namespace Earshot;

class WordsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWordLeadsBackToItsValue();
    void unknownWordIsNothing();
};

template <class Enum>
static void checkRoundTrip(Enum last)
{
    const QStringList all = words<Enum>();
    QCOMPARE(all.size(), qsizetype(last) + 1);
    for (qsizetype i = 0; i < all.size(); ++i) {
        const auto value = static_cast<Enum>(i);
        QCOMPARE(word(value), all.at(i));
        QCOMPARE(fromWord<Enum>(all.at(i)), std::optional(value));
    }
}

void WordsTest::everyWordLeadsBackToItsValue()
{
    checkRoundTrip(Network::bluesky);
    checkRoundTrip(Purpose::corporate);
    checkRoundTrip(Role::admin);
    checkRoundTrip(Status::resolved);
    checkRoundTrip(Reason::duplicate);
    checkRoundTrip(Priority::urgent);
    checkRoundTrip(MessageKind::context);
    checkRoundTrip(Visibility::direct);
    checkRoundTrip(Presence::gone);
    checkRoundTrip(Moderation::trash);
    checkRoundTrip(DeliveryState::cancelled);
    checkRoundTrip(Effect::deleteOwn);
    checkRoundTrip(Health::clockOff);
    checkRoundTrip(ErrorKind::certificate);
}

void WordsTest::unknownWordIsNothing()
{
    QVERIFY(!fromWord<Status>(u"closed"));
    QVERIFY(!fromWord<Status>(u""));
}

QTEST_APPLESS_MAIN(WordsTest)
#include "tst_words.moc"
