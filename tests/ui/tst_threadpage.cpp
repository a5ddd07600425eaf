// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "workspace/database.h"

#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace Earshot;

/// The thread page beside the conversation: what keys act on is what is shown.
class ThreadPageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keysNeverActOnWhatWasShownBefore();
    void followsTheConversationShown();
    void saysThatItCannotBeRead();

private:
    std::unique_ptr<WindowWorld> m_world;
};

void ThreadPageTest::init()
{
    m_world = std::make_unique<WindowWorld>(200);
    QTRY_VERIFY(m_world->list().rowCount() > 5);
}

void ThreadPageTest::cleanup()
{
    Database::setFault({});
    m_world.reset();
}

void ThreadPageTest::keysNeverActOnWhatWasShownBefore()
{
    auto *pane = m_world->window().findChild<ConversationPane *>();
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    const ConversationId first = m_world->showMention();
    QVERIFY(first.isValid());
    m_world->press(QStringLiteral("V"));
    auto *list = m_world->find<QListView>("threadList");
    QTRY_VERIFY(list->isVisible() && list->currentIndex().isValid());
    QVERIFY(pane->targetMessage());
    m_world->press(QStringLiteral("V"));
    QTRY_VERIFY(!list->isVisible());
    // The next one is being read: nothing of the one before answers to keys.
    pane->showConversation(ConversationId());
    const ConversationId second = m_world->list().conversationAt(m_world->list().rowOf(first) == 0 ? 1 : 0);
    pane->showConversation(second);
    QCOMPARE(pane->basedOn(), Seq(0));
    QVERIFY(!pane->targetMessage());
    QTRY_VERIFY(pane->basedOn() > 0);
    QVERIFY(pane->targetMessage());
    QCOMPARE(pane->targetMessage()->conversation, second);
    // Nor of the thread before, while the other one is read.
    pane->showThread(true);
    QVERIFY(!pane->targetMessage());
    QTRY_VERIFY(pane->targetMessage());
    QCOMPARE(pane->targetMessage()->conversation, second);
}

void ThreadPageTest::followsTheConversationShown()
{
    QVERIFY(m_world->showMention().isValid());
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QHash<ThreadId, ConversationId> met;
    ConversationId one;
    ConversationId other;
    for (int row = 0; row < m_world->list().rowCount() && !other.isValid(); ++row) {
        const ConversationRecord record = m_world->record(m_world->list().conversationAt(row));
        one = met.value(record.thread);
        other = one.isValid() ? record.id : ConversationId();
        met.insert(record.thread, record.id);
    }
    QVERIFY(other.isValid());
    auto *pane = m_world->window().findChild<ConversationPane *>();
    pane->showConversation(one);
    pane->showThread(true);
    QTRY_VERIFY(pane->targetMessage());
    QCOMPARE(pane->targetMessage()->conversation, one);
    // Another way leads to another conversation of this thread, as J in the list does: keys act on what the header
    // names.
    pane->showConversation(other);
    QVERIFY(pane->isThreadShown());
    QVERIFY(pane->targetMessage());
    QCOMPARE(pane->targetMessage()->conversation, other);
}

void ThreadPageTest::saysThatItCannotBeRead()
{
    QVERIFY(m_world->showMention().isValid());
    auto *pane = m_world->window().findChild<ConversationPane *>();
    QTRY_VERIFY(pane->targetMessage());
    QSignalSpy told(pane, &ConversationPane::message);
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
    pane->showThread(true);
    QTRY_VERIFY(m_world->textOf("threadTitle").startsWith(QStringLiteral("The thread could not be read.")));
    QVERIFY(!pane->targetMessage());
    QCOMPARE(told.size(), 0);
    Database::setFault({});
    // It comes with the next commit.
    m_world->write(QStringLiteral("Patient Pia"), QStringLiteral("Is anybody there?"));
    QTRY_VERIFY(pane->targetMessage());
}

QTEST_MAIN(ThreadPageTest)
#include "tst_threadpage.moc"
