// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/heldanswer.h"
#include "tests/ui/windowworld.h"
#include "ui/composer/choicebar.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/search/searchcompletion.h"
#include "ui/search/searchmodel.h"
#include "ui/search/searchpane.h"
#include "ui/shell/plainlabel.h"
#include "workspace/database.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QImage>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTest>

using namespace Earshot;

namespace {

/// Whether the current row shows that the keyboard is there: a dotted line a little inside its edge.
bool hasDots(const QAbstractItemView &view)
{
    const QRect row = view.visualRect(view.currentIndex());
    if (!row.isValid())
        return false;
    const QImage image = view.viewport()->grab(row).toImage();
    int changes = 0;
    for (int x = 3; x + 4 < image.width(); ++x)
        changes += image.pixelColor(x, 2) != image.pixelColor(x + 1, 2);
    return changes > image.width() / 4;
}

} // namespace

/// The search's operators are proposed, what it found is shown at its place and marked, and a conversation can be
/// searched by itself.
class FindingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void operatorsAreProposed_data();
    void operatorsAreProposed();
    void tabTakesTheFirstProposal();
    void contactsAreProposedByNameAndHandle();
    void contactsAreProposedByAnyWord();
    void slowContactsDisturbNobody();
    void closedProposalsStayClosed_data();
    void closedProposalsStayClosed();
    void arrowsChooseAProposal();
    void enterSearchesForWhatWasTyped();
    void whatIsNotUnderstoodIsExplained();
    void hitIsShownAtItsMessage();
    void deedIsDoneToTheHit();
    void lettersWalkTheHits();
    void enterRunsNoCommandByChance();
    void findsWithinTheConversation();
    void findsWhatWasNotReadYet();
    void escapeGoesBackToTheHits();
    void escapeLeavesTheEmptyField();
    void whoTakesTheLastLetterBackWritesOn();
    void failedSearchIsTriedAgain();
    void failureIsSaidOverWhatIsListed();
    void fieldSaysHowCommandsAreFound();
    void commandsAreThereAtOnce();
    void commandsSayTheirKeys();
    void enterRunsTheCommandThatWasNamed();

private:
    [[nodiscard]] QWidget *popup() const { return m_world->widget("searchCompletion"); }
    [[nodiscard]] TimelineView &timeline() const
    {
        return m_world->window().findChild<ConversationPane *>()->timeline();
    }
    void enterField();

    std::unique_ptr<WindowWorld> m_world;
};

void FindingTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->window().roster().isLoaded() && m_world->list().rowCount() > 0);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void FindingTest::enterField()
{
    QTRY_VERIFY(!m_world->window().roster().tags().isEmpty());
    m_world->press(QStringLiteral("/"));
    QTRY_VERIFY(m_world->widget("searchField")->hasFocus());
}

void FindingTest::operatorsAreProposed_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QStringList>("proposed");
    const auto row = [](const char *word, const QStringList &proposed) {
        QTest::newRow(word) << QString::fromLatin1(word) << proposed;
    };
    row("t", {});
    row("ta", {QStringLiteral("tag:")});
    row("FR", {QStringLiteral("from:")});
    row("thinktower", {});
    row("is:s", {QStringLiteral("is:snoozed"), QStringLiteral("is:resolved"), QStringLiteral("is:unassigned"),
                 QStringLiteral("is:unseen")});
    row("is:open", {});
    row("pri", {QStringLiteral("priority:")});
    row("is:uns", {QStringLiteral("is:unseen")});
    row("is:tr", {QStringLiteral("is:trouble")});
    row("priority:u", {QStringLiteral("priority:urgent")});
    row("is:nothing", {});
}

void FindingTest::operatorsAreProposed()
{
    QFETCH(QString, word);
    QFETCH(QStringList, proposed);
    QCOMPARE(m_world->window().findChild<SearchCompletion *>()->proposals(word), proposed);
}

void FindingTest::tabTakesTheFirstProposal()
{
    enterField();
    m_world->type(QStringLiteral("lamp ta"));
    QTRY_VERIFY(popup() && popup()->isVisible());
    m_world->press(QStringLiteral("Tab"));
    QCOMPARE(m_world->textOf("searchField"), QStringLiteral("lamp tag:"));
    // What can stand behind it is proposed at once.
    const QString first = m_world->window().roster().tags().constFirst().name;
    QTRY_VERIFY(popup()->isVisible());
    m_world->press(QStringLiteral("Tab"));
    const QString value = first.contains(QLatin1Char(' ')) ? QLatin1Char('"') + first + QLatin1Char('"') : first;
    QCOMPARE(m_world->textOf("searchField"), QStringLiteral("lamp tag:%1 ").arg(value));
    QVERIFY(m_world->widget("searchField")->hasFocus());
}

void FindingTest::contactsAreProposedByNameAndHandle()
{
    m_world->write(QStringLiteral("Quirina Holm"), QStringLiteral("Does it exist in blue?"));
    enterField();
    m_world->type(QStringLiteral("from:quirina"));
    QTRY_VERIFY(popup() && popup()->isVisible());
    const auto proposed = [this] {
        QStringList all;
        const QAbstractItemModel *model = qobject_cast<QAbstractItemView *>(popup())->model();
        for (int row = 0; row < model->rowCount(); ++row)
            all.append(model->index(row, 0).data().toString());
        return all;
    };
    QTRY_VERIFY2(proposed().contains(QStringLiteral("from:\"Quirina Holm\"")), qPrintable(proposed().join(u'|')));
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    QTRY_COMPARE(m_world->textOf("searchField"), QStringLiteral("from:\"Quirina Holm\" "));
    QTRY_COMPARE(m_world->find<QAbstractItemView>("searchResults")->model()->rowCount(), 1);
    // By the handle, too.
    m_world->find<QLineEdit>("searchField")->clear();
    m_world->widget("searchField")->setFocus();
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchField"));
    const QString handle = QStringLiteral("from:@new1@elsewhere.example");
    m_world->type(QStringLiteral("from:new1"));
    QTRY_VERIFY2(proposed().contains(handle), qPrintable(proposed().join(u'|')));
}

/// Also by the family name alone.
void FindingTest::contactsAreProposedByAnyWord()
{
    m_world->write(QStringLiteral("Quirina Zwetschmann"), QStringLiteral("Does it exist in blue?"));
    enterField();
    m_world->type(QStringLiteral("from:zwetsch"));
    const auto proposed = [this] {
        const QAbstractItemModel *model = qobject_cast<QAbstractItemView *>(popup())->model();
        return model->rowCount() > 0 ? model->index(0, 0).data().toString() : QString();
    };
    QTRY_VERIFY(popup() && popup()->isVisible());
    QTRY_COMPARE(proposed(), QStringLiteral("from:\"Quirina Zwetschmann\""));
    // So it is searched, too.
    QTRY_COMPARE(m_world->find<QAbstractItemView>("searchResults")->model()->rowCount(), 1);
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    QTRY_COMPARE(m_world->textOf("searchField"), QStringLiteral("from:\"Quirina Zwetschmann\" "));
}

/// What was read for another word is not shown, and nothing is asked on the window's thread.
void FindingTest::slowContactsDisturbNobody()
{
    m_world->write(QStringLiteral("Quirina Holm"), QStringLiteral("Does it exist in blue?"));
    enterField();
    auto *field = m_world->find<QLineEdit>("searchField");
    field->setText(QStringLiteral("from:quiri"));
    HeldAnswer contacts(*field->findChild<SearchCompletion *>());
    m_world->type(QStringLiteral("n"));
    QTRY_VERIFY(contacts.isHeld());
    field->clear();
    m_world->type(QStringLiteral("lamp"));
    contacts.letGo();
    QVERIFY(!popup() || !popup()->isVisible());
}

void FindingTest::closedProposalsStayClosed_data()
{
    QTest::addColumn<int>("key");
    QTest::addRow("Escape") << int(Qt::Key_Escape);
    QTest::addRow("Enter") << int(Qt::Key_Return);
}

/// Also when contacts are found afterwards. No message is: Enter would go to it, as soon as it is there.
void FindingTest::closedProposalsStayClosed()
{
    QFETCH(int, key);
    m_world->write(QStringLiteral("Anabel Holm"), QStringLiteral("Does it exist in blue?"));
    enterField();
    auto *field = m_world->find<QLineEdit>("searchField");
    field->setText(QStringLiteral("zzyzx from:"));
    HeldAnswer contacts(*field->findChild<SearchCompletion *>());
    m_world->type(QStringLiteral("a"));
    QTRY_VERIFY(contacts.isHeld());
    QTRY_VERIFY(popup() && popup()->isVisible());
    QTest::keyClick(popup(), Qt::Key(key));
    QVERIFY(!popup()->isVisible());
    QVERIFY(field->hasFocus());
    QCOMPARE(field->text(), QStringLiteral("zzyzx from:a"));
    contacts.letGo();
    QVERIFY(!popup()->isVisible());
}

void FindingTest::arrowsChooseAProposal()
{
    enterField();
    m_world->type(QStringLiteral("is:"));
    QTRY_VERIFY(popup() && popup()->isVisible());
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    QTRY_COMPARE(m_world->textOf("searchField"), QStringLiteral("is:pending "));
    QVERIFY(!popup()->isVisible());
}

void FindingTest::enterSearchesForWhatWasTyped()
{
    enterField();
    m_world->type(QStringLiteral("thinktower is:op"));
    QTRY_VERIFY(popup() && popup()->isVisible());
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(m_world->textOf("searchField"), QStringLiteral("thinktower is:op"));
}

void FindingTest::whatIsNotUnderstoodIsExplained()
{
    const auto allowed = [this] { return m_world->find<PlainLabel>("searchAllowed"); };
    const auto type = [this](const char *text) {
        auto *field = m_world->find<QLineEdit>("searchField");
        field->selectAll();
        QTest::keyClicks(field, QString::fromLatin1(text));
    };
    enterField();
    // What is being typed is no mistake yet.
    type("thinktower priority:ur");
    QTRY_VERIFY(m_world->textOf("searchTitle").startsWith(QStringLiteral("Found")));
    QVERIFY(allowed()->isHidden());
    type("thinktower priority:rubbish");
    QTRY_COMPARE(m_world->textOf("searchTitle"), QStringLiteral("Not understood: priority:rubbish"));
    QVERIFY(allowed()->isVisible() && allowed()->isTrouble());
    QCOMPARE(allowed()->text(), QStringLiteral("After priority: comes one of these: low, normal, high, urgent."));
    type("before:never");
    QTRY_VERIFY(allowed()->text().startsWith(QStringLiteral("After before: comes a day")));
    type("thinktower");
    QTRY_VERIFY(m_world->textOf("searchTitle").startsWith(QStringLiteral("Found")));
    QVERIFY(allowed()->isHidden());
}

void FindingTest::hitIsShownAtItsMessage()
{
    enterField();
    m_world->type(QStringLiteral("strange noise"));
    QTRY_VERIFY(m_world->textOf("searchTitle").startsWith(QStringLiteral("Found")));
    m_world->press(QStringLiteral("Down"));
    QTRY_VERIFY(m_world->widget("searchResults")->hasFocus());
    QTRY_VERIFY(hasDots(*m_world->find<QAbstractItemView>("searchResults")));
    QTRY_VERIFY(m_world->shown().isValid());
    QTRY_VERIFY(timeline().current() != nullptr);
    QVERIFY(timeline().current()->text.contains(QStringLiteral("strange noise")));
    QCOMPARE(timeline().highlight(), (QStringList{QStringLiteral("strange"), QStringLiteral("noise")}));
    // Another conversation has nothing marked.
    m_world->press(QStringLiteral("Esc"));
    QVERIFY(m_world->showMention().isValid());
}

void FindingTest::deedIsDoneToTheHit()
{
    m_world->press(QStringLiteral("J X J X"));
    QTRY_COMPARE(m_world->textOf("bulkText"), QStringLiteral("2 conversations marked"));
    const QList<ConversationId> marked{m_world->list().conversationAt(0), m_world->list().conversationAt(1)};
    enterField();
    m_world->type(QStringLiteral("strange noise"));
    QTRY_VERIFY(m_world->textOf("searchTitle").startsWith(QStringLiteral("Found")));
    m_world->press(QStringLiteral("Down"));
    QTRY_VERIFY(m_world->shown().isValid());
    while (marked.contains(m_world->shown()))
        m_world->press(QStringLiteral("J"));
    const ConversationId hit = m_world->shown();
    auto *found = m_world->find<QListView>("searchResults");
    const int row = found->currentIndex().row();
    // Whatever it was: the deed makes it another.
    QVERIFY(m_world->act(Act::SetStatus{hit, Status::open, Reason::none, {}}).isApplied());
    m_world->press(QStringLiteral("X !"));
    QTRY_COMPARE(m_world->record(hit).reason, Reason::spam);
    for (const ConversationId id : marked)
        QVERIFY(m_world->record(id).status != Status::resolved);
    // The next hit comes, and what was marked stays marked.
    QTRY_VERIFY(m_world->shown() != hit);
    QVERIFY(found->currentIndex().row() > row);
    QCOMPARE(m_world->list().markedCount(), 2);
}

void FindingTest::lettersWalkTheHits()
{
    enterField();
    m_world->type(QStringLiteral("strange noise"));
    QTRY_VERIFY(m_world->textOf("searchTitle").startsWith(QStringLiteral("Found")));
    m_world->press(QStringLiteral("Down"));
    const auto *hits = m_world->find<QAbstractItemView>("searchResults");
    const int first = hits->currentIndex().row();
    const int inbox = m_world->find<QAbstractItemView>("conversations")->currentIndex().row();
    m_world->press(QStringLiteral("J"));
    QCOMPARE(hits->currentIndex().row(), first + 1);
    m_world->press(QStringLiteral("K"));
    QCOMPARE(hits->currentIndex().row(), first);
    QCOMPARE(m_world->find<QAbstractItemView>("conversations")->currentIndex().row(), inbox);
}

void FindingTest::enterRunsNoCommandByChance()
{
    const ConversationId id = m_world->showMention();
    QVERIFY(id.isValid());
    enterField();
    m_world->type(QStringLiteral("spam"));
    m_world->press(QStringLiteral("Return"));
    // What is meant is what is found; where nothing is, the keyboard goes to the commands, and no further.
    QTRY_VERIFY(!m_world->widget("searchField")->hasFocus());
    QVERIFY(m_world->record(id).status != Status::resolved);
}

void FindingTest::findsWithinTheConversation()
{
    const ConversationId id = m_world->showMention();
    Act::AddNote note;
    note.conversation = id;
    for (const char *text : {"First about the Lämp", "something else", "the LAMP again"}) {
        note.text = QString::fromUtf8(text);
        QVERIFY(m_world->act(note).isApplied());
    }
    QTRY_VERIFY(m_world->timeline().messageCount() >= 4);
    m_world->press(QStringLiteral("Ctrl+F"));
    QTRY_VERIFY(m_world->widget("findField")->hasFocus());
    m_world->type(QStringLiteral("lamp"));
    QTRY_COMPARE(m_world->textOf("findPlace"), QStringLiteral("2 of 2"));
    QCOMPARE(timeline().current()->text, QStringLiteral("the LAMP again"));
    QCOMPARE(timeline().highlight(), QStringList{QStringLiteral("lamp")});
    m_world->press(QStringLiteral("Shift+Return"));
    QCOMPARE(m_world->textOf("findPlace"), QStringLiteral("1 of 2"));
    QCOMPARE(timeline().current()->text, QString::fromUtf8("First about the Lämp"));
    // Round at the ends.
    m_world->press(QStringLiteral("F3 F3"));
    QCOMPARE(m_world->textOf("findPlace"), QStringLiteral("1 of 2"));
    m_world->type(QStringLiteral("x"));
    QTRY_COMPARE(m_world->textOf("findPlace"), QStringLiteral("Nothing found"));
    m_world->press(QStringLiteral("Esc"));
    QVERIFY(!m_world->widget("findBar")->isVisible());
    QVERIFY(timeline().highlight().isEmpty());
    QTRY_VERIFY(timeline().hasFocus());
}

void FindingTest::findsWhatWasNotReadYet()
{
    const ConversationId id = m_world->showMention();
    Act::AddNote note;
    note.conversation = id;
    note.text = QStringLiteral("needle in the hay");
    QVERIFY(m_world->act(note).isApplied());
    QList<Action> hay;
    for (int i = 0; i < 700; ++i) {
        note.text = QStringLiteral("hay %1").arg(i);
        hay.append(makeAction(note, m_world->clock().now()));
    }
    const auto done = m_world->desk().perform(hay);
    QTRY_VERIFY_WITH_TIMEOUT(done.isFinished(), 60'000);
    // Opened anew it has read the newest only.
    m_world->press(QStringLiteral("J"));
    QTRY_VERIFY(m_world->shown() != id);
    QVERIFY(m_world->show([id](const ConversationRecord &one) { return one.id == id; }).isValid());
    QTRY_VERIFY(m_world->timeline().messageCount() > 0);
    QVERIFY(m_world->timeline().messageCount() < 700);
    m_world->press(QStringLiteral("Ctrl+F"));
    QTRY_VERIFY(m_world->widget("findField")->hasFocus());
    m_world->type(QStringLiteral("needle"));
    QTRY_COMPARE(m_world->textOf("findPlace"), QStringLiteral("1 of 1"));
    QTRY_VERIFY_WITH_TIMEOUT(timeline().current() && timeline().current()->text == QStringLiteral("needle in the hay"),
                             30'000);
}

void FindingTest::escapeGoesBackToTheHits()
{
    enterField();
    m_world->type(QStringLiteral("strange noise"));
    QTRY_VERIFY(m_world->textOf("searchTitle").startsWith(QStringLiteral("Found")));
    m_world->press(QStringLiteral("Down"));
    QTRY_VERIFY(m_world->shown().isValid());
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(m_world->focus() && m_world->focus() != m_world->widget("searchResults"));
    m_world->press(QStringLiteral("Escape"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchResults"));
    QVERIFY(m_world->textOf("searchTitle").startsWith(QStringLiteral("Found")));
    m_world->press(QStringLiteral("Escape"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void FindingTest::escapeLeavesTheEmptyField()
{
    enterField();
    m_world->press(QStringLiteral("Escape"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    m_world->press(QStringLiteral("J"));
    QTRY_VERIFY(m_world->shown().isValid());
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(timeline().hasFocus());
    enterField();
    m_world->press(QStringLiteral("Escape"));
    QTRY_VERIFY(timeline().hasFocus());
    enterField();
    m_world->type(QStringLiteral("zzyzx"));
    QTRY_VERIFY(m_world->widget("searchPane")->isVisible());
    m_world->press(QStringLiteral("Escape"));
    QTRY_VERIFY(m_world->textOf("searchField").isEmpty());
    QCOMPARE(m_world->focus(), m_world->widget("searchField"));
    QVERIFY(m_world->widget("conversations")->isVisible());
}

void FindingTest::whoTakesTheLastLetterBackWritesOn()
{
    enterField();
    m_world->type(QStringLiteral("zzyzx"));
    QTRY_VERIFY(m_world->widget("searchPane")->isVisible());
    m_world->press(QStringLiteral("Backspace Backspace Backspace Backspace Backspace"));
    QTRY_VERIFY(m_world->widget("conversations")->isVisible());
    QCOMPARE(m_world->focus(), m_world->widget("searchField"));
}

void FindingTest::failedSearchIsTriedAgain()
{
    enterField();
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
    m_world->type(QStringLiteral("zzz strange"));
    auto *pane = m_world->window().findChild<SearchPane *>();
    QTRY_COMPARE(pane->model().state(), SearchModel::State::failed);
    Database::setFault({});
    QPushButton *again = nullptr;
    for (QPushButton *button : pane->findChildren<QPushButton *>()) {
        if (button->isVisible())
            again = button;
    }
    QVERIFY(again);
    QCOMPARE(again->text(), QStringLiteral("Try again"));
    again->click();
    QTRY_COMPARE(pane->model().state(), SearchModel::State::ready);
}

void FindingTest::failureIsSaidOverWhatIsListed()
{
    enterField();
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
    // The name of a command, too: there is something to list.
    m_world->type(QStringLiteral("spam"));
    auto *pane = m_world->window().findChild<SearchPane *>();
    QTRY_COMPARE(pane->model().state(), SearchModel::State::failed);
    Database::setFault({});
    QVERIFY(pane->model().rowCount() > 0);
    auto *trouble = pane->findChild<ChoiceBar *>(QStringLiteral("searchTrouble"));
    QVERIFY(trouble->isVisible());
    QVERIFY2(trouble->text().startsWith(QStringLiteral("The search failed")), qPrintable(trouble->text()));
    auto *again = trouble->findChild<QPushButton *>();
    QCOMPARE(again->text(), QStringLiteral("Try again"));
    again->click();
    QTRY_COMPARE(pane->model().state(), SearchModel::State::ready);
    QVERIFY(!trouble->isVisible());
}

/// By what is read before anything is typed, also by who cannot see it.
void FindingTest::fieldSaysHowCommandsAreFound()
{
    auto *field = m_world->find<QLineEdit>("searchField");
    QVERIFY2(field->placeholderText().contains(QStringLiteral("> command")), qPrintable(field->placeholderText()));
    QVERIFY(field->fontMetrics().horizontalAdvance(field->placeholderText()) < field->width() - 60);
    const QString said = QAccessible::queryAccessibleInterface(field)->text(QAccessible::Description);
    QVERIFY2(said.startsWith(QStringLiteral("With > at the beginning")), qPrintable(said));
}

void FindingTest::commandsAreThereAtOnce()
{
    enterField();
    m_world->type(QStringLiteral(">"));
    auto *found = m_world->find<QListView>("searchResults");
    QTRY_COMPARE(found->model()->rowCount(), int(m_world->window().commands().ids().size()));
    // What cannot be done says why, and does nothing.
    m_world->type(QStringLiteral("undo"));
    QTRY_COMPARE(found->model()->rowCount(), 1);
    const QString said = found->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(said.contains(QStringLiteral("There is nothing to undo.")), qPrintable(said));
    m_world->press(QStringLiteral("Down Return"));
    QTRY_COMPARE(m_world->textOf("messageBar"), QStringLiteral("There is nothing to undo."));
    QVERIFY(found->isVisible());
}

/// To whoever hears them, too.
void FindingTest::commandsSayTheirKeys()
{
    const QString reply = QStringLiteral("conversation.reply");
    const QString key = m_world->window().commands().keyText(reply);
    QCOMPARE(key, QStringLiteral("R"));
    enterField();
    m_world->type(QStringLiteral(">reply"));
    const QAbstractItemModel *rows = m_world->find<QListView>("searchResults")->model();
    const auto said = [rows, &reply] {
        for (int row = 0; row < rows->rowCount(); ++row) {
            const QModelIndex found = rows->index(row, 0);
            if (found.data(int(SearchModel::Role::command)).toString() == reply)
                return found.data(Qt::AccessibleTextRole).toString();
        }
        return QString();
    };
    QTRY_VERIFY2(said().split(QStringLiteral(", ")).contains(key), qPrintable(said()));
}

/// Nothing else can be meant.
void FindingTest::enterRunsTheCommandThatWasNamed()
{
    enterField();
    m_world->type(QStringLiteral(">shortc"));
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(m_world->widget("shortcutsDialog") && m_world->widget("shortcutsDialog")->isVisible());
    m_world->press(QStringLiteral("Escape"));
    // Where all are listed one is to be chosen.
    enterField();
    m_world->press(QStringLiteral("Ctrl+A"));
    m_world->type(QStringLiteral(">"));
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchResults"));
}

QTEST_MAIN(FindingTest)
#include "tst_finding.moc"
