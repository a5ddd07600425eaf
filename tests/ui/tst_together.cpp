// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bykeys.h"
#include "tests/ui/dictionaries.h"
#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/roster.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTest>
#include <QToolButton>

using namespace Earshot;

/// What one person has open with us is worked off together.
class TogetherTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void othersAreListedWithOwnerAndState();
    void allAreTaken();
    void manyAreCountedAndTaken();
    void theSameByName();
    void buttonsOfTheEditorByName();
    void allAreResolvedAndUndone();
    void oneRepeatsAnother();
    void duplicateIsNamedByItsNumber();
    void signsOfOthersStayAsTheyAre();

private:
    /// Two open conversations of one person, the first of which is shown.
    void show();
    /// The menu behind "1 more open".
    [[nodiscard]] QMenu *menu() const;
    void choose(const QString &text);

    std::unique_ptr<WindowWorld> m_world;
    ConversationRecord m_shown;
    ConversationRecord m_other;
};

void TogetherTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->window().roster().isLoaded() && m_world->list().rowCount() > 0);
    show();
}

void TogetherTest::show()
{
    m_shown = m_world->record(m_world->showMention());
    m_other = {};
    for (int row = 0; row < m_world->list().rowCount() && m_other.number == 0; ++row) {
        const ConversationRecord one = m_world->record(m_world->list().conversationAt(row));
        if (one.contact != m_shown.contact && one.status == Status::open && !one.assignee.isValid())
            m_other = one;
    }
    QVERIFY(m_other.number > 0);
    QVERIFY(m_world->act(Act::MergeContacts{m_other.contact, m_shown.contact}).isApplied());
    QTRY_VERIFY(m_world->widget("headerOthers")->isVisible());
}

QMenu *TogetherTest::menu() const
{
    QMetaObject::invokeMethod(
        m_world->widget("headerOthers"), [this] { m_world->find<QToolButton>("headerOthers")->click(); },
        Qt::QueuedConnection);
    QMenu *found = nullptr;
    const bool isThere = QTest::qWaitFor(
        [&] { return (found = m_world->window().findChild<QMenu *>(QStringLiteral("othersMenu"))) != nullptr; },
        30'000);
    return isThere ? found : nullptr;
}

void TogetherTest::choose(const QString &text)
{
    QMenu *shown = menu();
    QVERIFY(shown);
    const QList<QAction *> all = shown->findChildren<QAction *>();
    const auto wanted =
        std::find_if(all.cbegin(), all.cend(), [&](const QAction *action) { return action->text().startsWith(text); });
    QVERIFY(wanted != all.cend());
    (*wanted)->trigger();
    shown->close();
}

void TogetherTest::othersAreListedWithOwnerAndState()
{
    QVERIFY(m_world->act(Act::Assign{m_other.id, AgentId(2)}).isApplied());
    const QString owner = m_world->window().roster().agentName(AgentId(2));
    QCOMPARE(m_world->textOf("headerOthers"), QStringLiteral("1 more open"));
    QString line;
    const bool isTold = QTest::qWaitFor(
        [&] {
            QMenu *shown = menu();
            line = shown ? shown->actions().constFirst()->text() : QString();
            if (shown)
                shown->close();
            return line.contains(owner);
        },
        30'000);
    QVERIFY2(isTold, qPrintable(line));
    QVERIFY2(line.startsWith(QStringLiteral("#%1 ").arg(m_other.number)), qPrintable(line));
    QVERIFY2(line.contains(QStringLiteral("· open ·")), qPrintable(line));
}

void TogetherTest::allAreTaken()
{
    choose(QStringLiteral("&Take all 2"));
    for (const ConversationRecord &one : {m_shown, m_other})
        QTRY_COMPARE(m_world->record(one.id).assignee, m_world->desk().me());
}

/// Also those that the menu has no room for; what only waits is not called open.
void TogetherTest::manyAreCountedAndTaken()
{
    ListQuery open;
    open.view = View::open;
    open.now = m_world->clock().now();
    open.limit = 1000;
    const auto everybody = m_world->desk().workspace().readNow<QList<ListEntry>>(
        [&](Database &database) { return listConversations(database, open); });
    for (const ListEntry &entry : *everybody) {
        const ConversationRecord one = m_world->record(entry.id);
        if (one.assignee.isValid())
            QVERIFY(m_world->act(Act::Assign{one.id, m_world->desk().me()}).isApplied());
        if (one.contact != m_shown.contact)
            QVERIFY(m_world->act(Act::MergeContacts{one.contact, m_shown.contact}).isApplied());
    }
    const auto all = [this] {
        ListQuery query;
        query.view = View::contact;
        query.contact = m_shown.contact;
        query.filter.statuses = {Status::open, Status::pending, Status::snoozed};
        query.now = m_world->clock().now();
        query.limit = 1000;
        return m_world->desk()
            .workspace()
            .readNow<QList<ListEntry>>([&](Database &database) { return listConversations(database, query); })
            .value();
    };
    const qsizetype count = all().size();
    QVERIFY2(count > 22, qPrintable(QString::number(count)));
    const QString more = QStringLiteral("%1 more ").arg(count - 1);
    QTRY_VERIFY2(m_world->textOf("headerOthers").startsWith(more), qPrintable(m_world->textOf("headerOthers")));
    QVERIFY(m_world->act(Act::SetStatus{m_other.id, Status::pending, Reason::none, {}}).isApplied());
    QTRY_COMPARE(m_world->textOf("headerOthers"), more + QStringLiteral("not resolved"));
    choose(QStringLiteral("&Take all %1").arg(count));
    const auto isMine = [this](const ListEntry &one) {
        return m_world->record(one.id).assignee == m_world->desk().me();
    };
    const QList<ListEntry> taken = all();
    QTRY_VERIFY(std::all_of(taken.cbegin(), taken.cend(), isMine));
}

/// What the header and the contact's side have buttons for is found in the search field, too.
void TogetherTest::theSameByName()
{
    ByKeys keys(*m_world);
    keys.run(QStringLiteral("Take all of this contact"));
    for (const ConversationRecord &one : {m_shown, m_other})
        QTRY_COMPARE(m_world->record(one.id).assignee, m_world->desk().me());
    QVERIFY(!m_world->widget("contactSide")->isVisible());
    keys.run(QStringLiteral("This contact is the same person as…"));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("#%1").arg(m_other.number));
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->textOf("messageBar"), QStringLiteral("They are one contact already."));
    keys.run(QStringLiteral("Copy the message"));
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), m_world->timeline().newestInbound()->text);
    keys.run(QStringLiteral("Resolve all of this contact"));
    for (const ConversationRecord &one : {m_shown, m_other})
        QTRY_COMPARE(m_world->record(one.id).status, Status::resolved);
}

void TogetherTest::buttonsOfTheEditorByName()
{
    const Dictionaries dictionaries;
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->window().roster().isLoaded() && m_world->list().rowCount() > 0);
    QVERIFY(m_world->showMention().isValid());
    CommandRegistry &commands = m_world->window().commands();
    for (const char *id : {"composer.move", "composer.language"})
        QCOMPARE(commands.whyNot(QString::fromLatin1(id)), QStringLiteral("Begin a reply or a note first."));
    const auto menu = [] { return qobject_cast<QMenu *>(QApplication::activePopupWidget()); };
    ByKeys keys(*m_world);
    keys.press(QStringLiteral("N"));
    QTRY_COMPARE(m_world->focus(), m_world->widget("composerText"));
    m_world->type(QStringLiteral("It is fixed"));
    keys.run(QStringLiteral("Language of the spelling…"));
    QTRY_VERIFY(menu() && menu()->activeAction());
    QTest::keyClick(menu(), Qt::Key_Up); // round to the last
    QTest::keyClick(menu(), Qt::Key_Return);
    QTRY_COMPARE(m_world->widget("composerLanguage")->accessibleName(), QStringLiteral("Spelling: No spelling"));
    keys.run(QStringLiteral("Move text to…"));
    QTRY_VERIFY(menu() && menu()->activeAction());
    QCOMPARE(menu()->activeAction()->text(), QStringLiteral("Public reply"));
    QTest::keyClick(menu(), Qt::Key_Return);
    QTRY_VERIFY(m_world->textOf("composerSend").startsWith(QStringLiteral("Publish as")));
    QVERIFY(m_world->find<QPlainTextEdit>("composerText")->toPlainText().contains(QStringLiteral("It is fixed")));
}

void TogetherTest::allAreResolvedAndUndone()
{
    choose(QStringLiteral("&Resolve all 2"));
    for (const ConversationRecord &one : {m_shown, m_other})
        QTRY_COMPARE(m_world->record(one.id).status, Status::resolved);
    QTRY_VERIFY(m_world->textOf("messageBar").startsWith(QStringLiteral("Resolved (2")));
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("edit.undo")));
    for (const ConversationRecord &one : {m_shown, m_other})
        QTRY_COMPARE(m_world->record(one.id).status, Status::open);
}

void TogetherTest::oneRepeatsAnother()
{
    QMenu *shown = menu();
    QVERIFY(shown);
    const auto *originals = shown->actions().constLast()->menu();
    QVERIFY(originals);
    QCOMPARE(originals->actions().size(), 1);
    originals->actions().constFirst()->trigger();
    shown->close();
    QTRY_COMPARE(m_world->record(m_shown.id).duplicateOf, m_other.id);
    QCOMPARE(m_world->record(m_shown.id).reason, Reason::duplicate);
    QCOMPARE(m_world->record(m_other.id).status, Status::open);
    // Whoever opens it finds the way to the other one.
    auto *pane = m_world->window().findChild<ConversationPane *>();
    // The next one comes first.
    QTRY_VERIFY(pane->record().id.isValid() && pane->record().id != m_shown.id);
    pane->showConversation(m_shown.id);
    auto *leads = m_world->find<QToolButton>("headerOriginal");
    QTRY_VERIFY(leads->isVisible());
    QCOMPARE(leads->text(), QStringLiteral("Repeats #%1").arg(m_other.number));
    leads->setFocus(Qt::TabFocusReason);
    QTest::keyClick(leads, Qt::Key_Space);
    QTRY_COMPARE(pane->record().id, m_other.id);
    QTRY_VERIFY(!leads->isVisible());
}

void TogetherTest::duplicateIsNamedByItsNumber()
{
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("conversation.resolveWithReason")));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("Duplicate"));
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->widget("pickField")->accessibleName(),
                 QStringLiteral("Which conversation is this a duplicate of?"));
    QTRY_VERIFY(m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("#999999"));
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(m_world->textOf("messageBar").contains(QStringLiteral("There is no conversation")));
    QCOMPARE(m_world->record(m_shown.id).status, Status::open);
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("conversation.resolveWithReason")));
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->type(QStringLiteral("Duplicate"));
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->widget("pickField")->accessibleName(),
                 QStringLiteral("Which conversation is this a duplicate of?"));
    QTRY_VERIFY(m_world->widget("pickField")->hasFocus());
    m_world->type(QString::number(m_other.number));
    m_world->press(QStringLiteral("Return"));
    QTRY_COMPARE(m_world->record(m_shown.id).duplicateOf, m_other.id);
}

/// What a menu takes for the sign of a key is written twice there, and once where it is only read.
void TogetherTest::signsOfOthersStayAsTheyAre()
{
    m_world->write({QStringLiteral("Tom"), QStringLiteral("Ann")}, QStringLiteral("Cheese & crackers?"));
    QTRY_COMPARE(m_world->list().waitingCount(), 2);
    QTest::mouseClick(m_world->widget("newOnes"), Qt::LeftButton);
    QTRY_COMPARE(m_world->list().waitingCount(), 0);
    const ConversationId original = m_world->list().conversationAt(0);
    QVERIFY(m_world->record(original).snippet.contains(QStringLiteral("Cheese & crackers")));
    const ConversationRecord other = m_world->record(original);
    QVERIFY(m_world->act(Act::MergeContacts{other.contact, m_shown.contact}).isApplied());
    QTRY_COMPARE(m_world->textOf("headerOthers"), QStringLiteral("2 more open"));
    QMenu *shown = menu();
    QVERIFY(shown);
    QStringList lines;
    for (const QAction *action : shown->actions())
        lines.append(action->text());
    shown->close();
    QVERIFY2(lines.join(u'\n').contains(QStringLiteral("Cheese && crackers")), qPrintable(lines.join(u'\n')));
    Act::SetStatus repeats{m_shown.id, Status::resolved, Reason::duplicate, original};
    QVERIFY(m_world->act(repeats).isApplied());
    auto *leads = m_world->find<QToolButton>("headerOriginal");
    QTRY_VERIFY(leads->isVisible());
    QVERIFY2(leads->toolTip().contains(QStringLiteral("Cheese &amp; crackers")), qPrintable(leads->toolTip()));
    const QString heard = QAccessible::queryAccessibleInterface(leads)->text(QAccessible::Description);
    QVERIFY2(heard.contains(QStringLiteral("Cheese & crackers")), qPrintable(heard));
}

QTEST_MAIN(TogetherTest)
#include "tst_together.moc"
