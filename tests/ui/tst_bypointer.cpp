// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bypointer.h"
#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/afterdeed.h"
#include "ui/inbox/conversationlistmodel.h"

#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// The word that a search finds it by.
QString longestWord(const QString &text)
{
    QString longest;
    QString word;
    const QString all = text + QLatin1Char(' ');
    for (const QChar letter : all) {
        if (letter.isLetter()) {
            word += letter;
            continue;
        }
        if (word.size() > longest.size())
            longest = word;
        word.clear();
    }
    return longest;
}

} // namespace

/// What an agent does all day, by pointer alone: the keyboard writes words only.
class ByPointerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void claimIsTakenBack();
    void workIsGivenAway();
    void tagIsPutOn();
    void workIsPutOff();
    void workIsDone();
    void workComesFirst();
    void menuBarDoesTheSame();
    void answerIsWrittenAndSent();
    void savedReplyIsPutIn();
    void answerIsGivenOnTheThreadPage();
    void settingIsChanged();
    void searchLeadsToTheMessage();

private:
    [[nodiscard]] QTableView &table() const { return m_pointer->table(); }
    [[nodiscard]] QPoint placeOf(ConversationId id) const { return m_pointer->placeOf(id); }
    void goTo(const char *view) { m_pointer->goTo(view); }
    void chooseInMenu(ConversationId id, const char *command) { m_pointer->chooseInMenu(id, command); }
    void chooseInMenuOf(QWidget *viewport, QPoint at, const QString &text)
    {
        m_pointer->chooseInMenuOf(viewport, at, text);
    }
    void chooseInBar(const char *menu, const char *command) { m_pointer->chooseInBar(menu, command); }
    void chooseInPopup(const QString &text) { m_pointer->chooseInPopup(text); }
    [[nodiscard]] QString textOf(const char *command) const { return m_pointer->textOf(command); }
    void pick(int row) { m_pointer->pick(row); }
    void click(const char *name) { m_pointer->click(name); }

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<ByPointer> m_pointer;
    ConversationId m_mention;
};

void ByPointerTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    m_pointer = std::make_unique<ByPointer>(*m_world);
    QTRY_VERIFY(m_world->isReady());
    goTo("Unassigned");
    m_mention = m_world->list().conversationAt(2);
    QTRY_VERIFY(m_world->list().record(m_mention));
    QCOMPARE(m_world->record(m_mention).status, Status::open);
    QVERIFY(!m_world->record(m_mention).assignee.isValid());
}

void ByPointerTest::claimIsTakenBack()
{
    chooseInMenu(m_mention, "conversation.claim");
    QTRY_COMPARE(m_world->record(m_mention).assignee, m_world->desk().me());
    click("messageBarButton");
    QTRY_VERIFY(!m_world->record(m_mention).assignee.isValid());
}

void ByPointerTest::workIsGivenAway()
{
    chooseInMenu(m_mention, "conversation.assign");
    QTRY_VERIFY(m_world->widget("pickList") && m_world->widget("pickList")->isVisible());
    const auto *list = m_world->find<QListWidget>("pickList");
    const QList<AgentRecord> agents = m_world->window().roster().agents();
    AgentId other;
    int row = -1;
    for (const AgentRecord &agent : agents) {
        for (int i = 0; i < list->count(); ++i) {
            if (agent.id != m_world->desk().me() && list->item(i)->text().contains(agent.name)) {
                other = agent.id;
                row = i;
            }
        }
    }
    QVERIFY(other.isValid());
    pick(row);
    QTRY_COMPARE(m_world->record(m_mention).assignee, other);
}

void ByPointerTest::tagIsPutOn()
{
    const QStringList before = m_world->record(m_mention).tags;
    chooseInMenu(m_mention, "conversation.tag");
    QTRY_VERIFY(m_world->widget("pickList") && m_world->widget("pickList")->isVisible());
    pick(0);
    QTRY_VERIFY(m_world->record(m_mention).tags != before);
}

void ByPointerTest::workIsPutOff()
{
    chooseInMenu(m_mention, "conversation.snooze");
    pick(0);
    QTRY_COMPARE(m_world->record(m_mention).status, Status::snoozed);
}

void ByPointerTest::workIsDone()
{
    chooseInMenu(m_mention, "conversation.resolve");
    QTRY_COMPARE(m_world->record(m_mention).status, Status::resolved);
    goTo("Resolved");
    QTRY_VERIFY(m_world->list().rowOf(m_mention) >= 0);
}

void ByPointerTest::workComesFirst()
{
    const Priority before = m_world->record(m_mention).priority;
    chooseInMenu(m_mention, "conversation.priority");
    QTRY_VERIFY(m_world->widget("pickList") && m_world->widget("pickList")->isVisible());
    pick(0);
    QTRY_VERIFY(m_world->record(m_mention).priority != before);
    click("messageBarButton");
    QTRY_COMPARE(m_world->record(m_mention).priority, before);
}

void ByPointerTest::menuBarDoesTheSame()
{
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, placeOf(m_mention));
    QTRY_COMPARE(m_world->find<ConversationPane>("conversationPane")->record().id, m_mention);
    chooseInBar("&Conversation", "conversation.claim");
    QTRY_COMPARE(m_world->record(m_mention).assignee, m_world->desk().me());
    chooseInBar("&Conversation", "edit.undo");
    QTRY_VERIFY(!m_world->record(m_mention).assignee.isValid());
    chooseInBar("&Conversation", "conversation.resolve");
    QTRY_COMPARE(m_world->record(m_mention).status, Status::resolved);
}

void ByPointerTest::answerIsWrittenAndSent()
{
    const ConversationId id = m_world->showMention();
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, placeOf(id));
    QTRY_COMPARE(m_world->shown(), id);
    chooseInMenu(id, "conversation.reply");
    QTRY_VERIFY(m_world->widget("composerText") && m_world->widget("composerText")->isVisible());
    QTest::mouseClick(m_world->find<QAbstractScrollArea>("composerText")->viewport(), Qt::LeftButton);
    QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
    m_world->type(str("We look into it"));
    click("composerSend");
    QTRY_COMPARE(m_world->messages(id).constLast().text, str("We look into it"));
    QCOMPARE(m_world->messages(id).constLast().delivery->state, DeliveryState::held);
    QTRY_VERIFY(!m_world->widget("composer")->isVisible());
}

void ByPointerTest::searchLeadsToTheMessage()
{
    const QString word = longestWord(m_world->messages(m_mention).constFirst().text);
    QVERIFY(word.size() > 3);
    click("searchField");
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchField"));
    m_world->type(word);
    auto *hits = m_world->find<QAbstractItemView>("searchResults");
    QVERIFY(hits);
    QTRY_VERIFY(hits->isVisible() && hits->model()->rowCount() > 0);
    const QModelIndex first = hits->model()->index(hits->model()->rowCount() - 1, 0);
    hits->scrollTo(first);
    QTest::mouseClick(hits->viewport(), Qt::LeftButton, {}, hits->visualRect(first).center());
    QTRY_VERIFY(m_world->shown().isValid());
    bool isFound = false;
    const QList<MessageRecord> messages = m_world->messages(m_world->shown());
    for (const MessageRecord &message : messages)
        isFound = isFound || message.text.contains(word, Qt::CaseInsensitive);
    QVERIFY2(isFound, qPrintable(word));
}

void ByPointerTest::savedReplyIsPutIn()
{
    const QString greeting = str("Hello {first name}, we look into it.");
    QVERIFY(m_world->act(Act::KeepSavedReply{{}, str("Tom & Jerry"), greeting}).isApplied());
    QTRY_VERIFY(!m_world->window().roster().savedReplies().isEmpty());
    const SavedReplyRecord saved = m_world->window().roster().savedReplies().constFirst();
    const ConversationId id = m_world->showMention();
    chooseInMenu(id, "conversation.reply");
    QTRY_VERIFY(m_world->widget("composerText") && m_world->widget("composerText")->isVisible());
    auto *edit = m_world->find<QPlainTextEdit>("composerText");
    chooseInMenuOf(edit->viewport(), edit->viewport()->rect().center(), str("Saved replies"));
    auto *replies = m_world->find<QMenu>("composerSavedReplies");
    QVERIFY(replies);
    QTRY_COMPARE(QApplication::activePopupWidget(), replies);
    QCOMPARE(replies->actions().size(), m_world->window().roster().savedReplies().size());
    chooseInPopup(saved.name);
    const QString beginning = saved.text.section(u'{', 0, 0);
    QVERIFY(beginning.size() > 3);
    QTRY_VERIFY2(edit->toPlainText().startsWith(beginning), qPrintable(edit->toPlainText()));
    // Its places are filled in as when it is found by its name.
    QVERIFY2(!edit->toPlainText().contains(str("{first name}")), qPrintable(edit->toPlainText()));
}

void ByPointerTest::answerIsGivenOnTheThreadPage()
{
    const ConversationId id = m_world->showMention();
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, placeOf(id));
    QTRY_COMPARE(m_world->find<ConversationPane>("conversationPane")->record().id, id);
    chooseInBar("&View", "conversation.thread");
    auto *thread = m_world->find<QListView>("threadList");
    QTRY_VERIFY(thread->isVisible() && thread->currentIndex().isValid());
    const QPoint row = thread->visualRect(thread->currentIndex()).center();
    QTest::mouseClick(thread->viewport(), Qt::LeftButton, {}, row);
    chooseInMenuOf(thread->viewport(), row, textOf("conversation.reply"));
    QTRY_VERIFY(m_world->widget("composerText")->isVisible());
    QTest::mouseClick(m_world->find<QAbstractScrollArea>("composerText")->viewport(), Qt::LeftButton);
    m_world->type(str("Answered below the post"));
    click("composerSend");
    QTRY_COMPARE(m_world->messages(id).constLast().text, str("Answered below the post"));
    // Back to the conversation itself.
    chooseInBar("&View", "conversation.thread");
    QTRY_VERIFY(!thread->isVisible());
}

void ByPointerTest::settingIsChanged()
{
    const AfterDeed::Step before = AfterDeed::chosen();
    chooseInBar("&Earshot", "settings.show");
    QTRY_VERIFY(m_world->widget("settingsAfterDeed") && m_world->widget("settingsAfterDeed")->isVisible());
    auto *box = m_world->find<QComboBox>("settingsAfterDeed");
    m_pointer->chooseInBox(*box, box->itemText(box->currentIndex() == 1 ? 2 : 1));
    QTRY_VERIFY(AfterDeed::chosen() != before);
    auto *buttons = m_world->widget("settingsDialog")->findChild<QDialogButtonBox *>();
    QVERIFY(buttons);
    QTest::mouseClick(buttons->button(QDialogButtonBox::Close), Qt::LeftButton);
    QTRY_VERIFY(!m_world->widget("settingsDialog"));
}

QTEST_MAIN(ByPointerTest)
#include "tst_bypointer.moc"
