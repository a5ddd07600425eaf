// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"

#include <QPushButton>
#include <QTest>

using namespace Earshot;

/// Closing while a reply waits to be sent.
class ClosingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void asksAndKeeps();
    void sendsFirst();
    void isGivenUp();

private:
    [[nodiscard]] DeliveryState state() { return m_world->messages(m_waiting).constLast().delivery->state; }
    [[nodiscard]] bool isSeen(const char *name) const
    {
        return m_world->widget(name) && m_world->widget(name)->isVisible();
    }

    std::unique_ptr<WindowWorld> m_world;
    ConversationId m_waiting; ///< a reply in it does
};

void ClosingTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->list().rowCount() > 5);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    m_waiting = m_world->showMention();
    Act::SendReply reply;
    reply.conversation = m_waiting;
    reply.text = QStringLiteral("Later");
    QVERIFY(m_world->act(reply).isApplied());
    QTRY_VERIFY(m_world->waitingInWindow() > 0);
}

void ClosingTest::asksAndKeeps()
{
    m_world->window().close();
    QVERIFY(m_world->window().isVisible());
    QTRY_VERIFY(isSeen("closeQuestion"));
    QTest::mouseClick(m_world->widget("closeKeep"), Qt::LeftButton);
    QTRY_VERIFY(!m_world->window().isVisible());
    QCOMPARE(state(), DeliveryState::held);
}

void ClosingTest::sendsFirst()
{
    m_world->window().close();
    QTRY_VERIFY(isSeen("closeSend"));
    QTest::mouseClick(m_world->widget("closeSend"), Qt::LeftButton);
    QTRY_VERIFY(!m_world->window().isVisible());
    QCOMPARE(state(), DeliveryState::sent);
}

void ClosingTest::isGivenUp()
{
    for (const bool isByKey : {false, true}) {
        m_world->window().close();
        QTRY_VERIFY(isSeen("closeBack"));
        if (isByKey)
            QTest::keyClick(m_world->widget("closeQuestion"), Qt::Key_Escape);
        else
            QTest::mouseClick(m_world->widget("closeBack"), Qt::LeftButton);
        QTRY_VERIFY(!m_world->widget("closeQuestion"));
        QVERIFY(m_world->window().isVisible());
        QCOMPARE(state(), DeliveryState::held);
    }
}

QTEST_MAIN(ClosingTest)

#include "tst_closing.moc"
