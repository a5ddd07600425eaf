// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/markup.h"
#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/afterdeed.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/plainlabel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QTest>
#include <QTextDocument>

using namespace Earshot;

/// A contact whose name is markup, on every screen: it stays letters.
class HostileTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void markupIsNoticed();
    void inListAndConversation();
    void inComposerAndOutbox();
    void inSearch();
    void inThreadAndContactSide();
    void inMessagesAndMenus();
    void asAgentTagAndChannel();

private:
    void checkEverything();

    std::unique_ptr<WindowWorld> m_world;
    ConversationId m_his;
    const QString m_name = hostileName();
};

void HostileTest::initTestCase()
{
    m_world = std::make_unique<WindowWorld>();
    AfterDeed::choose(AfterDeed::Step::stay);
    QTRY_VERIFY(m_world->isReady());
    m_world->write(m_name,
                   QStringLiteral("<a href='https://evil.example'>click</a> \u202Edrawkcab <script>x</script>"));
    const auto isHis = [this](const ConversationRecord &one) { return one.contactName == m_name; };
    QTRY_VERIFY(isHis(m_world->record(m_world->list().conversationAt(0))));
    m_his = m_world->show(isHis);
    QVERIFY(m_his.isValid());
}

void HostileTest::cleanupTestCase()
{
    m_world.reset();
}

void HostileTest::checkEverything()
{
    for (const QWidget *top : QApplication::topLevelWidgets())
        QCOMPARE(markupIn(*top), QStringList());
}

void HostileTest::markupIsNoticed()
{
    QWidget window;
    auto *label = new QLabel(hostileName(), &window);
    QCOMPARE(markupIn(window).size(), 1);
    label->setTextFormat(Qt::PlainText);
    QCOMPARE(markupIn(window), QStringList());
    label->setToolTip(hostileName());
    QCOMPARE(markupIn(window).size(), 1);
}

void HostileTest::inListAndConversation()
{
    QCOMPARE(m_world->textOf("headerName"), m_name);
    QVERIFY(m_world->timeline().newestInbound()->text.contains(QStringLiteral("<script>")));
    checkEverything();
    // What is drawn is drawn: it must not have become a document.
    QVERIFY(m_world->window().grab().width() > 0);
}

void HostileTest::inComposerAndOutbox()
{
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    QVERIFY(m_world->textOf("composerQuote").contains(QStringLiteral("<img")));
    checkEverything();
    m_world->type(QStringLiteral("Dear <b>Mallory</b>"));
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_VERIFY(m_world->widget("outboxButton")->isVisible());
    QTest::mouseClick(m_world->widget("outboxButton"), Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("outboxDialog") && m_world->widget("outboxDialog")->isVisible());
    checkEverything();
    m_world->widget("outboxDialog")->close();
    QTRY_VERIFY(m_world->focus() && m_world->window().isActiveWindow());
}

void HostileTest::inSearch()
{
    m_world->widget("conversations")->setFocus();
    m_world->press(QStringLiteral("/"));
    m_world->type(QStringLiteral("drawkcab"));
    QTRY_COMPARE(m_world->textOf("searchTitle"), QStringLiteral("Found 1 message"));
    checkEverything();
    QVERIFY(m_world->window().grab().width() > 0);
    // The reply of before ended meanwhile, and took the keyboard from nobody.
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchField"));
    m_world->press(QStringLiteral("Esc Esc"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void HostileTest::inThreadAndContactSide()
{
    m_world->press(QStringLiteral("D"));
    QTRY_COMPARE(m_world->textOf("contactName"), m_name);
    m_world->press(QStringLiteral("V"));
    QTRY_VERIFY(m_world->widget("threadList")->isVisible());
    checkEverything();
    QVERIFY(m_world->window().grab().width() > 0);
    m_world->press(QStringLiteral("V D"));
    QTRY_VERIFY(!m_world->widget("contactSide")->isVisible());
}

void HostileTest::inMessagesAndMenus()
{
    m_world->widget("conversations")->setFocus();
    m_world->press(QStringLiteral("L"));
    QTRY_VERIFY(m_world->textOf("messageBar").contains(QStringLiteral("<img")));
    checkEverything();
    QTRY_VERIFY(m_world->window().commands().isEnabled(QStringLiteral("conversation.assign")));
    m_world->press(QStringLiteral("A"));
    QTRY_VERIFY(m_world->widget("pickDialog") && m_world->widget("pickDialog")->isVisible());
    checkEverything();
    m_world->press(QStringLiteral("Esc"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void HostileTest::asAgentTagAndChannel()
{
    QVERIFY(m_world->act(Act::AddAgent{m_name.left(60), Role::agent}).isApplied());
    QVERIFY(m_world->act(Act::AddTag{m_his, m_name.left(40)}).isApplied());
    QTRY_VERIFY(m_world->textOf("headerState").contains(QStringLiteral("<img")));
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("channels.show")));
    QTRY_VERIFY(m_world->widget("channelsDialog") && m_world->widget("channelsDialog")->isVisible());
    checkEverything();
    m_world->widget("channelsDialog")->close();
    m_world->press(QStringLiteral("T"));
    QTRY_VERIFY(m_world->widget("pickDialog") && m_world->widget("pickDialog")->isVisible());
    checkEverything();
    m_world->widget("pickDialog")->close();
}

QTEST_MAIN(HostileTest)
#include "tst_hostile.moc"
