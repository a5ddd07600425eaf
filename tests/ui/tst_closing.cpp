// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/scriptedservice.h"
#include "tests/ui/windowworld.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/conversation/conversationpane.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/roster.h"
#include "ui/window/conversationwindow.h"

#include <QImage>
#include <QPushButton>
#include <QTest>

#include <algorithm>

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
    void longSendingCanBeLeft_data();
    void longSendingCanBeLeft();
    void whatCouldNotBeSentKeepsTheWindow();
    void replyThatWaitsForItsPictureKeepsTheWindows_data();
    void replyThatWaitsForItsPictureKeepsTheWindows();

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
    QTRY_VERIFY(m_world->isReady());
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

void ClosingTest::longSendingCanBeLeft_data()
{
    QTest::addColumn<QString>("chosen");
    QTest::newRow("waits on") << QStringLiteral("closeWait");
    QTest::newRow("quits anyway") << QStringLiteral("closeAnyway");
    QTest::newRow("back to work") << QStringLiteral("closeWork");
}

void ClosingTest::longSendingCanBeLeft()
{
    QFETCH(const QString, chosen);
    ScriptedService slow;
    MainWindow window(m_world->desk(), slow, WindowWorld::appearance(), {});
    window.show();
    QTRY_COMPARE(window.roster().outbox().size(), m_world->outbox().size());
    const auto button = [&window](const QString &name) -> QPushButton * {
        for (auto *one : window.findChildren<QPushButton *>(name)) {
            if (one->isVisible())
                return one;
        }
        return nullptr;
    };
    const auto *bar = window.findChild<MessageBar *>();
    window.close();
    QTRY_VERIFY(button(QStringLiteral("closeSend")));
    button(QStringLiteral("closeSend"))->click();
    QVERIFY(slow.delivering.isOpen());
    QTRY_VERIFY(!button(QStringLiteral("closeSend")));
    // It asks by itself after a while; who closes once more is asked at once.
    QTRY_VERIFY(button(chosen));
    button(QStringLiteral("closeWait"))->click();
    QTRY_VERIFY(!button(chosen));
    QVERIFY(!window.close());
    QVERIFY(button(chosen));
    QVERIFY(!button(QStringLiteral("closeSend")));
    button(chosen)->click();
    if (chosen == QLatin1StringView("closeAnyway")) {
        QTRY_VERIFY(!window.isVisible());
        QCOMPARE(state(), DeliveryState::held);
        return;
    }
    QVERIFY(window.isVisible());
    const auto sent = m_world->service().deliver(true);
    QTRY_VERIFY(sent.isFinished());
    QCOMPARE(state(), DeliveryState::sent);
    slow.delivering.answer({});
    if (chosen == QLatin1StringView("closeWait")) {
        QTRY_VERIFY(!window.isVisible());
        return;
    }
    QTRY_COMPARE(bar->text(), QStringLiteral("Everything is sent."));
    QVERIFY(window.isVisible());
    const auto isSent = [&window](DeliveryState still) {
        const QList<DeliveryRecord> &outbox = window.roster().outbox();
        return std::none_of(outbox.cbegin(), outbox.cend(),
                            [still](const DeliveryRecord &one) { return one.state == still; });
    };
    QTRY_VERIFY(isSent(DeliveryState::held) && isSent(DeliveryState::queued) && isSent(DeliveryState::sending));
    QVERIFY(window.close());
}

void ClosingTest::whatCouldNotBeSentKeepsTheWindow()
{
    QVERIFY(m_world->act(Act::PauseSending{m_world->record(m_waiting).channel, QStringLiteral("Wait")}).isApplied());
    m_world->window().close();
    QTRY_VERIFY(isSeen("closeSend"));
    QTest::mouseClick(m_world->widget("closeSend"), Qt::LeftButton);
    QTRY_COMPARE(m_world->textOf("messageBar"), QStringLiteral("Not everything could be sent."));
    QVERIFY(m_world->window().isVisible());
}

void ClosingTest::replyThatWaitsForItsPictureKeepsTheWindows_data()
{
    QTest::addColumn<bool>("isSender");
    QTest::newRow("the one that sends") << true;
    QTest::newRow("of a shared workspace, or the second") << false;
}

/// It would be left behind without a word.
void ClosingTest::replyThatWaitsForItsPictureKeepsTheWindows()
{
    QFETCH(const bool, isSender);
    if (!isSender) {
        // What waits in the outbox is sent by another process.
        MainWindow::Options options;
        options.asksBeforeClosing = false;
        m_world->reopen(options);
        QTRY_VERIFY(m_world->waitingInWindow() > 0);
    }
    QImage image(1500, 1500, QImage::Format_RGB32);
    image.fill(Qt::blue);
    m_world->window().openWindow(m_waiting);
    ConversationWindow *own = nullptr;
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *top : windows) {
        if (auto *window = qobject_cast<ConversationWindow *>(top))
            own = window;
    }
    QVERIFY(own);
    QTRY_COMPARE(own->pane().record().id, m_waiting);
    Composer &composer = own->pane().composer();
    composer.open(DraftRecord::Mode::reply);
    auto *edit = composer.findChild<ComposerEdit *>();
    edit->insertPlainText(QStringLiteral("Like this"));
    Q_EMIT edit->imageGiven(image);
    QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(composer.isWaiting());
    for (QWidget *window : {static_cast<QWidget *>(own), static_cast<QWidget *>(&m_world->window())}) {
        QVERIFY(!window->close());
        QVERIFY(window->isVisible());
        const QString said = window->findChild<MessageBar *>()->text();
        QVERIFY2(said.contains(QStringLiteral("waits for its attachment")), qPrintable(said));
    }
    QVERIFY(!isSeen("closeQuestion"));
    // In a moment it has gone.
    QTRY_VERIFY(!composer.isOpen());
    QVERIFY(own->close());
    QCOMPARE(m_world->messages(m_waiting).constLast().media.size(), 1);
    QCOMPARE(m_world->window().close(), !isSender);
}

QTEST_MAIN(ClosingTest)

#include "tst_closing.moc"
