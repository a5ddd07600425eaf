// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/localdesk.h"
#include "tests/ui/windowworld.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/messagewidget.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/roster.h"
#include "ui/window/conversationwindow.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace Earshot;
using Mode = DraftRecord::Mode;

/// A note is given another text in the window.
class NoteEditingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void savedOneIsNotUndone();
    void byTheKeyboard();
    void byThePointer();
    void byThePalette();
    void menuOfAnotherMessageHasItNot();
    void draftsStayApart();
    void untouchedIsNoDraft();
    void anotherNoteAsks();
    void anotherNoteIsTakenAsItIsByThen();
    void whatIsAskedIsAboutWhatIsShown();
    void savedInOneWindowIsClosedInTheOther();
    void changedMeanwhileIsSaid();
    void emptyIsNotSaved();
    void draftOfANewerProgramIsLeftAlone();
    void withoutAnyItIsSaid();
    void ofOthersItIsSaid();
    void leadsEditOthers();
    void readOnlyHasItNot();

private:
    [[nodiscard]] ConversationPane &pane() const { return *m_world->window().findChild<ConversationPane *>(); }
    [[nodiscard]] QPlainTextEdit &edit() const { return *m_world->find<QPlainTextEdit>("composerText"); }
    [[nodiscard]] QString written() const { return edit().toPlainText(); }
    [[nodiscard]] QString bar() const { return m_world->textOf("messageBar"); }
    /// One of my notes, on screen.
    [[nodiscard]] MessageId note(const char *text);
    /// The same of another agent. @return that agent
    AgentId noteOfAnother(const char *text);
    [[nodiscard]] MessageRecord stored(MessageId id);
    void write(const char *text)
    {
        edit().selectAll();
        edit().insertPlainText(QString::fromUtf8(text));
    }
    /// Begins to give a note another text. @param text what is written; null = nothing yet
    void edit(MessageId id, const char *text = nullptr);
    /// Of the same conversation in a window of its own.
    [[nodiscard]] Composer &secondWindow();
    void menuOn(MessageId id);
    [[nodiscard]] QAction *inMenu(const char *command) const;
    void choose(const char *text) const;

    std::unique_ptr<WindowWorld> m_world;
    ConversationId m_id;
};

void NoteEditingTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    m_id = m_world->showMention();
    QVERIFY(m_id.isValid());
}

MessageId NoteEditingTest::note(const char *text)
{
    const MessageId id(m_world->act(Act::AddNote{m_id, QString::fromUtf8(text)}).created);
    const auto isShown = [&] { return m_world->timeline().find(id) != nullptr; };
    return QTest::qWaitFor(isShown, 30'000) ? id : MessageId();
}

AgentId NoteEditingTest::noteOfAnother(const char *text)
{
    const QList<AgentRecord> agents = m_world->window().roster().agents();
    const auto other = std::find_if(agents.cbegin(), agents.cend(), [this](const AgentRecord &one) {
        return one.id != m_world->desk().me() && one.role == Role::agent && !one.isDisabled;
    });
    auto &desk = dynamic_cast<LocalDesk &>(m_world->desk());
    const Action action = makeAction(Act::AddNote{m_id, QString::fromUtf8(text)}, m_world->clock().now());
    const QList<Outcome> outcomes = desk.performAs(other->id, {action}).result();
    const MessageId id(outcomes.constFirst().created);
    return QTest::qWaitFor([&] { return m_world->timeline().find(id) != nullptr; }, 30'000) ? other->id : AgentId();
}

MessageRecord NoteEditingTest::stored(MessageId id)
{
    for (const MessageRecord &message : m_world->messages(m_id)) {
        if (message.id == id)
            return message;
    }
    return {};
}

void NoteEditingTest::edit(MessageId id, const char *text)
{
    pane().composer().editNote(*m_world->timeline().find(id));
    QTRY_COMPARE(pane().composer().mode(), std::optional(Mode::noteEdit));
    if (text)
        write(text);
}

Composer &NoteEditingTest::secondWindow()
{
    m_world->window().openWindow(m_id);
    const auto windows = QApplication::topLevelWidgets();
    const auto own = std::find_if(windows.cbegin(), windows.cend(), [](QWidget *top) {
        return qobject_cast<ConversationWindow *>(top) && top->isVisible();
    });
    ConversationPane &second = qobject_cast<ConversationWindow *>(*own)->pane();
    [this, &second] { QTRY_COMPARE(second.record().id, m_id); }();
    return second.composer();
}

void NoteEditingTest::menuOn(MessageId id)
{
    QVERIFY(pane().timeline().showMessage(id));
    const auto widgets = pane().timeline().findChildren<MessageWidget *>();
    const auto of = std::find_if(widgets.cbegin(), widgets.cend(), [id](const MessageWidget *one) {
        return one->isVisible() && one->key() == Timeline::keyOf(id);
    });
    QVERIFY(of != widgets.cend());
    const QPoint at = (*of)->rect().center();
    QTest::mouseClick(*of, Qt::LeftButton, {}, at);
    QContextMenuEvent asked(QContextMenuEvent::Mouse, at, (*of)->mapToGlobal(at));
    QCoreApplication::sendEvent(*of, &asked);
}

QAction *NoteEditingTest::inMenu(const char *command) const
{
    const auto *menu = m_world->find<QMenu>("messageMenu");
    QAction *action = m_world->window().commands().action(QString::fromLatin1(command));
    return menu && menu->actions().contains(action) ? action : nullptr;
}

void NoteEditingTest::choose(const char *text) const
{
    for (QPushButton *button : m_world->widget("composerChoices")->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == QString::fromUtf8(text))
            return QTest::mouseClick(button, Qt::LeftButton);
    }
    QFAIL(text);
}

/// Z after it says so, and means what was done before only when it is pressed again.
void NoteEditingTest::savedOneIsNotUndone()
{
    m_world->press(QStringLiteral("Shift+A"));
    QTRY_COMPARE(m_world->record(m_id).assignee, m_world->desk().me());
    m_world->press(QStringLiteral("N"));
    QTRY_VERIFY(edit().hasFocus());
    m_world->type(QStringLiteral("ask the warehouse"));
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_VERIFY2(bar().startsWith(QStringLiteral("Note saved (")), qPrintable(bar()));
    QVERIFY(!m_world->widget("messageBarButton")->isVisible());
    QTRY_VERIFY(m_world->focus() && !edit().hasFocus());
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(bar(), QStringLiteral("A note stays once it is saved; Shift+N changes it."));
    QCOMPARE(m_world->record(m_id).assignee, m_world->desk().me());
    QCOMPARE(m_world->messages(m_id).constLast().text, QStringLiteral("ask the warehouse"));
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY(!m_world->record(m_id).assignee.isValid());
    QTRY_VERIFY2(bar().startsWith(QStringLiteral("Undone: Assigned to you")), qPrintable(bar()));
    QCOMPARE(m_world->messages(m_id).constLast().text, QStringLiteral("ask the warehouse"));
}

void NoteEditingTest::byTheKeyboard()
{
    m_world->press(QStringLiteral("N"));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    m_world->type(QStringLiteral("Parcel is lost"));
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_VERIFY(!pane().composer().isOpen());
    const MessageId id = m_world->messages(m_id).constLast().id;
    QTRY_VERIFY(m_world->timeline().find(id));
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(pane().composer().mode(), std::optional(Mode::noteEdit));
    QCOMPARE(written(), QStringLiteral("Parcel is lost"));
    QCOMPARE(pane().composer().accessibleName(), QStringLiteral("Edit note"));
    QCOMPARE(edit().accessibleName(), QStringLiteral("Edit note"));
    QCOMPARE(m_world->find<QToolButton>("mode3")->text(), QStringLiteral("Edit note"));
    QVERIFY(m_world->find<QToolButton>("mode3")->isVisible() && m_world->find<QToolButton>("mode3")->isChecked());
    QCOMPARE(m_world->textOf("composerSend"), QStringLiteral("Save note"));
    QVERIFY(m_world->textOf("composerQuote").contains(QStringLiteral("Parcel is lost")));
    m_world->type(QStringLiteral(", it was found"));
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_VERIFY(!pane().composer().isOpen());
    QCOMPARE(stored(id).text, QStringLiteral("Parcel is lost, it was found"));
    QCOMPARE(stored(id).olderTexts, QStringList{QStringLiteral("Parcel is lost")});
    // Both are in the timeline.
    QTRY_COMPARE(m_world->timeline().find(id)->text, QStringLiteral("Parcel is lost, it was found"));
    const auto older = [this] {
        return pane().timeline().findChild<QToolButton *>(
            QStringLiteral("messageAction%1").arg(int(MessageAction::showOlder)));
    };
    QTRY_VERIFY(older());
    QCOMPARE(bar(), QStringLiteral("Note edited"));
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(stored(id).text, QStringLiteral("Parcel is lost"));
    QTRY_COMPARE(bar(), QStringLiteral("Undone: Note edited"));
}

void NoteEditingTest::byThePointer()
{
    const MessageId id = note("first text");
    QVERIFY(id.isValid());
    menuOn(id);
    QTRY_VERIFY(m_world->widget("messageMenu"));
    auto *menu = m_world->find<QMenu>("messageMenu");
    QVERIFY(inMenu("message.edit"));
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(inMenu("message.edit")).center());
    QTRY_COMPARE(written(), QStringLiteral("first text"));
    write("second text");
    QTest::mouseClick(m_world->widget("composerSend"), Qt::LeftButton);
    QTRY_COMPARE(stored(id).text, QStringLiteral("second text"));
    QTRY_COMPARE(bar(), QStringLiteral("Note edited"));
    QTest::mouseClick(m_world->widget("messageBarButton"), Qt::LeftButton);
    QTRY_COMPARE(stored(id).text, QStringLiteral("first text"));
}

void NoteEditingTest::byThePalette()
{
    const MessageId id = note("first text");
    m_world->press(QStringLiteral("/"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchField"));
    m_world->type(QStringLiteral("edit note"));
    // Where commands alone are found, the first Enter goes into the list.
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("searchResults"));
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(pane().composer().mode(), std::optional(Mode::noteEdit));
    QCOMPARE(pane().composer().editedNote(), id);
    QVERIFY(m_world->window().commands().keyText(QStringLiteral("message.edit")).contains(QStringLiteral("Shift")));
}

void NoteEditingTest::menuOfAnotherMessageHasItNot()
{
    QVERIFY(note("a note").isValid());
    menuOn(m_world->timeline().newestInbound()->id);
    QTRY_VERIFY(m_world->widget("messageMenu"));
    QVERIFY(inMenu("message.copyLink"));
    QVERIFY(!inMenu("message.edit"));
    m_world->widget("messageMenu")->close();
}

void NoteEditingTest::draftsStayApart()
{
    const MessageId id = note("the old text");
    m_world->press(QStringLiteral("N"));
    m_world->type(QStringLiteral("a new note"));
    QVERIFY(!m_world->find<QToolButton>("mode3")->isVisible());
    m_world->press(QStringLiteral("Escape"));
    m_world->widget("conversations")->setFocus();
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(written(), QStringLiteral("the old text"));
    write("the better text");
    m_world->press(QStringLiteral("Escape"));
    m_world->widget("conversations")->setFocus();
    m_world->press(QStringLiteral("N"));
    QTRY_COMPARE(written(), QStringLiteral("a new note"));
    // What was begun is one click away.
    QTest::mouseClick(m_world->widget("mode3"), Qt::LeftButton);
    QCOMPARE(written(), QStringLiteral("the better text"));
    QCOMPARE(stored(id).text, QStringLiteral("the old text"));
    QVERIFY(m_world->desk().flushPersonal().result());
    m_world->reopen();
    QTRY_VERIFY(m_world->isReady());
    const ConversationId again = m_world->show([this](const ConversationRecord &one) { return one.id == m_id; });
    QCOMPARE(again, m_id);
    QTRY_VERIFY(m_world->timeline().find(id));
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(written(), QStringLiteral("the better text"));
    QTest::mouseClick(m_world->widget("mode2"), Qt::LeftButton);
    QTRY_COMPARE(written(), QStringLiteral("a new note"));
    QTest::mouseClick(m_world->widget("mode3"), Qt::LeftButton);
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_COMPARE(stored(id).text, QStringLiteral("the better text"));
    QTRY_VERIFY(!pane().composer().isOpen());
    m_world->widget("conversations")->setFocus();
    m_world->press(QStringLiteral("N"));
    QTRY_COMPARE(written(), QStringLiteral("a new note"));
}

void NoteEditingTest::untouchedIsNoDraft()
{
    QVERIFY(note("the text").isValid());
    const auto drafts = [this] {
        return m_world->desk()
            .workspace()
            .readNow<QList<DraftRecord>>(
                [this](Database &database) { return loadDrafts(database, m_world->desk().me(), m_id); })
            .value()
            .size();
    };
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(written(), QStringLiteral("the text"));
    m_world->type(QStringLiteral("!"));
    QVERIFY(m_world->desk().flushPersonal().result());
    QCOMPARE(drafts(), 1);
    m_world->press(QStringLiteral("Backspace"));
    QVERIFY(m_world->desk().flushPersonal().result());
    QCOMPARE(drafts(), 0);
}

void NoteEditingTest::anotherNoteAsks()
{
    const MessageId one = note("note one");
    const MessageId two = note("note two");
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(written(), QStringLiteral("note two"));
    write("note two, better");
    m_world->press(QStringLiteral("Escape"));
    QVERIFY(pane().timeline().showMessage(one));
    pane().timeline().setFocus();
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(written(), QStringLiteral("note two, better"));
    QVERIFY(m_world->textOf("composerChoices").startsWith(QStringLiteral("Another note is being edited here")));
    choose("Discard that and edit the other");
    QTRY_COMPARE(written(), QStringLiteral("note one"));
    QCOMPARE(pane().composer().editedNote(), one);
    QCOMPARE(stored(two).text, QStringLiteral("note two"));
}

void NoteEditingTest::anotherNoteIsTakenAsItIsByThen()
{
    const MessageId one = note("note one");
    const MessageId two = note("note two");
    edit(two, "note two, better");
    edit(one);
    QTRY_VERIFY(m_world->textOf("composerChoices").startsWith(QStringLiteral("Another note is being edited here")));
    QVERIFY(m_world->act(Act::EditNote{one, QStringLiteral("note one, by a lead")}).isApplied());
    QTRY_COMPARE(m_world->timeline().find(one)->text, QStringLiteral("note one, by a lead"));
    choose("Discard that and edit the other");
    QTRY_COMPARE(written(), QStringLiteral("note one, by a lead"));
    QCOMPARE(pane().composer().editedNote(), one);
}

void NoteEditingTest::whatIsAskedIsAboutWhatIsShown()
{
    const MessageId one = note("note one");
    const MessageId two = note("note two");
    const MessageId three = note("note three");
    edit(two, "note two, better");
    edit(one);
    QTRY_VERIFY(m_world->textOf("composerChoices").startsWith(QStringLiteral("Another note is being edited here")));
    Composer &second = secondWindow();
    second.editNote(*m_world->timeline().find(three));
    auto *discard = second.findChild<QWidget *>(QStringLiteral("composerChoices"))->findChild<QPushButton *>();
    QVERIFY(discard);
    discard->click();
    QTRY_COMPARE(second.editedNote(), three);
    QCOMPARE(written(), QStringLiteral("note three"));
    QTRY_COMPARE(m_world->textOf("composerChoices"), QString());
    // It says which one it is.
    QTRY_VERIFY(m_world->textOf("composerQuote").contains(QStringLiteral("note three")));
}

void NoteEditingTest::savedInOneWindowIsClosedInTheOther()
{
    const MessageId id = note("as it was");
    edit(id, "better");
    Composer &second = secondWindow();
    second.editNote(*m_world->timeline().find(id));
    QCOMPARE(second.mode(), std::optional(Mode::noteEdit));
    QCOMPARE(second.findChild<QPlainTextEdit *>(QStringLiteral("composerText"))->toPlainText(),
             QStringLiteral("better"));
    QTest::mouseClick(m_world->widget("composerSend"), Qt::LeftButton);
    QTRY_COMPARE(stored(id).text, QStringLiteral("better"));
    QTRY_VERIFY(!pane().composer().isOpen());
    QTRY_VERIFY(!second.isOpen());
    QVERIFY(!second.findChild<QToolButton *>(QStringLiteral("mode3"))->isVisible());
    // Nothing is left to be saved once more, neither here nor there, nor after the next start.
    for (Composer *composer : {&second, &pane().composer()}) {
        composer->open(Mode::noteEdit);
        QVERIFY(!composer->isOpen());
        QVERIFY(!composer->editedNote().isValid());
    }
    QVERIFY(m_world->desk().flushPersonal().result());
    const auto drafts = m_world->desk().workspace().readNow<QList<DraftRecord>>(
        [this](Database &database) { return loadDrafts(database, m_world->desk().me(), m_id); });
    QVERIFY(drafts && drafts->isEmpty());
    QCOMPARE(stored(id).olderTexts.size(), 1);
}

void NoteEditingTest::changedMeanwhileIsSaid()
{
    const MessageId id = note("as it was");
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(written(), QStringLiteral("as it was"));
    // Untouched it follows.
    QVERIFY(m_world->act(Act::EditNote{id, QStringLiteral("by a lead")}).isApplied());
    QTRY_COMPARE(written(), QStringLiteral("by a lead"));
    write("mine");
    QVERIFY(m_world->act(Act::EditNote{id, QStringLiteral("by a lead, again")}).isApplied());
    QTRY_VERIFY(m_world->textOf("composerChoices").contains(QStringLiteral("by a lead, again")));
    QCOMPARE(written(), QStringLiteral("mine"));
    choose("Use that");
    QCOMPARE(written(), QStringLiteral("by a lead, again"));
    edit().undo();
    QCOMPARE(written(), QStringLiteral("mine"));
}

void NoteEditingTest::emptyIsNotSaved()
{
    const MessageId id = note("the text");
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(written(), QStringLiteral("the text"));
    edit().clear();
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_COMPARE(m_world->textOf("composerChoices"), QStringLiteral("The note is empty."));
    QCOMPARE(stored(id).text, QStringLiteral("the text"));
}

/// What a newer program's draft is nobody here knows: it stays, and is shown as nothing else.
void NoteEditingTest::draftOfANewerProgramIsLeftAlone()
{
    DraftRecord newer;
    newer.conversation = m_id;
    newer.mode = static_cast<Mode>(9);
    newer.text = QStringLiteral("of a newer program");
    m_world->desk().saveDraft(newer);
    QVERIFY(m_world->desk().flushPersonal().result());
    m_world->reopen();
    QTRY_VERIFY(m_world->isReady());
    QCOMPARE(m_world->show([this](const ConversationRecord &one) { return one.id == m_id; }), m_id);
    for (const Mode mode : {Mode::reply, Mode::note}) {
        pane().openComposer(mode);
        QCOMPARE(pane().composer().mode(), std::optional(mode));
        QCOMPARE(written(), QString());
        pane().composer().closeEditor();
    }
    QVERIFY(!pane().composer().editedNote().isValid());
    pane().openComposer(Mode::note);
    write("a note");
    QVERIFY(m_world->desk().flushPersonal().result());
    const auto stored = [this] {
        return m_world->desk()
            .workspace()
            .readNow<QStringList>([this](Database &database) {
                QStringList texts;
                Statement rows = database.statement("select_draft_rows");
                rows.bind("me", m_world->desk().me()).bind("conversation", m_id).bind("mode", 9);
                while (rows.next())
                    texts.append(rows.text(1));
                return database.result(texts);
            })
            .value();
    };
    QCOMPARE(stored(), QStringList{QStringLiteral("of a newer program")});
}

void NoteEditingTest::withoutAnyItIsSaid()
{
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(bar(), QStringLiteral("You have written no note here."));
    QVERIFY(!pane().composer().isOpen());
}

void NoteEditingTest::ofOthersItIsSaid()
{
    const AgentId boss(m_world->act(Act::AddAgent{QStringLiteral("Boss"), Role::admin}).created);
    QVERIFY(m_world->act(Act::EditAgent{m_world->desk().me(), {}, Role::agent, {}}).isApplied());
    QTRY_VERIFY(!m_world->window().roster().isLead());
    QVERIFY(noteOfAnother("theirs").isValid());
    const MessageId id = m_world->messages(m_id).constLast().id;
    QVERIFY(pane().timeline().showMessage(id));
    pane().timeline().setFocus();
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(bar(), QStringLiteral("Only leads and whoever wrote a note can edit it."));
    menuOn(id);
    QTRY_VERIFY(m_world->widget("messageMenu"));
    QVERIFY(!inMenu("message.edit"));
    m_world->widget("messageMenu")->close();
    Q_UNUSED(boss)
}

void NoteEditingTest::leadsEditOthers()
{
    const AgentId writer = noteOfAnother("theirs");
    QVERIFY(writer.isValid());
    const MessageId id = m_world->messages(m_id).constLast().id;
    QVERIFY(pane().timeline().showMessage(id));
    pane().timeline().setFocus();
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(written(), QStringLiteral("theirs"));
    write("put right");
    m_world->press(QStringLiteral("Ctrl+Return"));
    QTRY_COMPARE(stored(id).text, QStringLiteral("put right"));
    QCOMPARE(stored(id).agent, writer);
}

void NoteEditingTest::readOnlyHasItNot()
{
    QVERIFY(note("mine").isValid());
    MainWindow::Options options;
    options.whyReadOnly = QStringLiteral("This file can only be read.");
    m_world->reopen(options);
    QTRY_VERIFY(m_world->isReady());
    QCOMPARE(m_world->show([this](const ConversationRecord &one) { return one.id == m_id; }), m_id);
    QTRY_VERIFY(!m_world->window().roster().canAct());
    QVERIFY(!m_world->window().commands().isEnabled(QStringLiteral("message.edit")));
    // The search field says so of every command that it lists.
    for (const char *command : {"message.edit", "conversation.resolve", "conversation.unseen", "edit.undo"})
        QCOMPARE(m_world->window().commands().whyNot(QString::fromLatin1(command)), options.whyReadOnly);
    // What needs no right has its own reasons.
    const auto whyNot = [this](const char *id) { return m_world->window().commands().whyNot(QString::fromLatin1(id)); };
    QVERIFY(pane().timeline().showMessage(m_world->messages(m_id).constLast().id));
    QCOMPARE(whyNot("message.media"), QStringLiteral("This message has no attachments."));
    QVERIFY(whyNot("conversation.findNext").contains(QStringLiteral("cannot be done now")));
    pane().showThread(true);
    QVERIFY(whyNot("conversation.find").contains(QStringLiteral("leave it first")));
    pane().showThread(false);
    m_world->press(QStringLiteral("Shift+N"));
    QTRY_COMPARE(bar(), QStringLiteral("This file can only be read."));
    QVERIFY(!pane().composer().isOpen());
    pane().showConversation({});
    QCOMPARE(whyNot("conversation.find"), QStringLiteral("Choose a conversation first."));
    QCOMPARE(whyNot("conversation.reply"), options.whyReadOnly);
}

QTEST_MAIN(NoteEditingTest)
#include "tst_noteediting.moc"
