// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/messagewidget.h"
#include "ui/conversation/timelineview.h"
#include "ui/shell/roster.h"

#include <QTest>

#include <algorithm>

using namespace Earshot;

/// What was done to a message on its network and has not arrived there is seen on it, and taken back by the same key.
class EffectsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void waitingLikeIsSeenAndTakenBack();
    void likeThatHasLeftIsTakenBack();
    void waitingBoostIsTakenBack();
    void waitingHidingIsTakenBack();
    void doubtfulLikeIsTakenBack();

private:
    [[nodiscard]] QString bar() const { return m_world->textOf("messageBar"); }
    [[nodiscard]] QList<DeliveryRecord> effects();
    /// Those that the window knows of: what its keys mean depends on them.
    [[nodiscard]] qsizetype known() const;
    /// What is said of it on the contact's newest message.
    [[nodiscard]] QString said() const;
    /// The same as a screen reader hears the whole message.
    [[nodiscard]] QString heard() const;
    void deliver();

    std::unique_ptr<WindowWorld> m_world;
};

void EffectsTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    QVERIFY(m_world->showMention().isValid());
}

QList<DeliveryRecord> EffectsTest::effects()
{
    QList<DeliveryRecord> found = m_world->outbox();
    found.removeIf([](const DeliveryRecord &one) { return one.effect == Effect::reply; });
    return found;
}

qsizetype EffectsTest::known() const
{
    const QList<DeliveryRecord> &all = m_world->window().roster().outbox();
    return std::count_if(all.cbegin(), all.cend(),
                         [](const DeliveryRecord &one) { return one.effect != Effect::reply; });
}

QString EffectsTest::said() const
{
    const Timeline &timeline = m_world->timeline();
    const qsizetype index = timeline.newestInbound() ? timeline.indexOf(timeline.newestInbound()->id) : -1;
    return index < 0 ? QString() : timeline.items().at(index).text;
}

QString EffectsTest::heard() const
{
    const MessageRecord *newest = m_world->timeline().newestInbound();
    for (const MessageWidget *widget : m_world->window().findChild<TimelineView *>()->shownWidgets()) {
        if (newest && widget->key() == Timeline::keyOf(newest->id))
            return widget->accessibleName();
    }
    return {};
}

void EffectsTest::deliver()
{
    const auto sent = m_world->service().deliver(true);
    QTRY_VERIFY(sent.isFinished());
}

void EffectsTest::waitingLikeIsSeenAndTakenBack()
{
    m_world->press(QStringLiteral("L"));
    QTRY_COMPARE(said(), QStringLiteral("Like: not sent yet"));
    QTRY_VERIFY2(heard().contains(QStringLiteral(", Like: not sent yet: ")), qPrintable(heard()));
    QTRY_COMPARE(known(), 1);
    m_world->press(QStringLiteral("L"));
    QTRY_COMPARE(effects().size(), 0);
    QTRY_VERIFY2(bar().startsWith(QStringLiteral("Take back a like")), qPrintable(bar()));
    QTRY_COMPARE(said(), QString());
    QTRY_VERIFY(!heard().contains(QStringLiteral("not sent yet")));
    // And once more.
    QTRY_COMPARE(known(), 0);
    m_world->press(QStringLiteral("L"));
    QTRY_COMPARE(effects().size(), 1);
    QCOMPARE(effects().constFirst().effect, Effect::like);
    QTRY_VERIFY(bar().startsWith(QStringLiteral("Like")));
}

void EffectsTest::likeThatHasLeftIsTakenBack()
{
    m_world->press(QStringLiteral("L"));
    QTRY_COMPARE(effects().size(), 1);
    deliver();
    QTRY_VERIFY(m_world->timeline().newestInbound()->isLiked);
    QTRY_COMPARE(said(), QString());
    QTRY_COMPARE(known(), 0);
    m_world->press(QStringLiteral("L"));
    QTRY_COMPARE(said(), QStringLiteral("Take back a like: not sent yet"));
    // It stays liked.
    QTRY_COMPARE(known(), 1);
    m_world->press(QStringLiteral("L"));
    QTRY_COMPARE(effects().size(), 0);
    QVERIFY(m_world->timeline().newestInbound()->isLiked);
}

void EffectsTest::waitingBoostIsTakenBack()
{
    const auto boost = [this] { QVERIFY(m_world->window().commands().trigger(QStringLiteral("message.boost"))); };
    boost();
    QTRY_COMPARE(said(), QStringLiteral("Boost: not sent yet"));
    QTRY_COMPARE(known(), 1);
    boost();
    QTRY_COMPARE(effects().size(), 0);
    QTRY_COMPARE(said(), QString());
}

void EffectsTest::waitingHidingIsTakenBack()
{
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    QVERIFY(m_world
                ->show([](const ConversationRecord &one) {
                    return one.network == Network::wordpress && one.messageCount == 1;
                })
                .isValid());
    const Moderation before = m_world->timeline().newestInbound()->moderation;
    m_world->press(QStringLiteral("H"));
    QTRY_COMPARE(effects().size(), 1);
    QTRY_VERIFY2(said().endsWith(QStringLiteral(": not sent yet")), qPrintable(said()));
    QTRY_COMPARE(known(), 1);
    m_world->press(QStringLiteral("H"));
    QTRY_COMPARE(effects().size(), 0);
    QTRY_COMPARE(said(), QString());
    deliver();
    QCOMPARE(m_world->timeline().newestInbound()->moderation, before);
}

/// Its answer was lost: it may have arrived.
void EffectsTest::doubtfulLikeIsTakenBack()
{
    m_world->press(QStringLiteral("L"));
    QTRY_COMPARE(known(), 1);
    const DeliveryId like = effects().constFirst().id;
    const auto doubted = m_world->desk().workspace().write<void>(
        Urgency::interactive, [like, conversation = m_world->shown()](Writing &writing) -> Done {
            writing.database().execute(QStringLiteral("UPDATE delivery SET state = %1, seq = %2 WHERE id = %3")
                                           .arg(int(DeliveryState::unsure))
                                           .arg(writing.nextSeq())
                                           .arg(like.value));
            writing.notice().hasDeliveries = true;
            writing.notice().conversations.insert(conversation);
            return writing.database().done();
        });
    QVERIFY(doubted.result().has_value());
    QTRY_COMPARE(m_world->window().roster().outbox().constLast().state, DeliveryState::unsure);
    m_world->press(QStringLiteral("L"));
    QTRY_COMPARE(effects().size(), 2);
    QCOMPARE(effects().constLast().effect, Effect::unlike);
}

QTEST_MAIN(EffectsTest)
#include "tst_effects.moc"
