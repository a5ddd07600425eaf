// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/conversation/conversationpane.h"
#include "ui/shell/messagebar.h"
#include "ui/window/conversationwindow.h"

#include <QImage>
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
