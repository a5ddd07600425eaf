// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/sentences.h"
#include "ui/conversation/timeline.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/inboxpane.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Earshot;

/// What a person who cannot see the screen is told.
class AccessTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void listShowsTheRowsOnScreenOnly();
    void rowIsASentence();
    void rowFollowsItsConversation();
    void movingTellsTheRow();
    void viewIsAnnounced();
    void arrivalsAreAnnouncedButNotEach();
    void rowCanBePressed();
    void timelineIsAListOfMessages();
    void attachmentsAreSpoken();
    void everythingInteractiveHasAName();

private:
    [[nodiscard]] QAccessibleInterface *list() const
    {
        return QAccessible::queryAccessibleInterface(m_world->widget("conversations"));
    }

    std::unique_ptr<WindowWorld> m_world;
};

void AccessTest::init()
{
    QAccessible::setActive(true);
    m_world = std::make_unique<WindowWorld>();
    m_world->press(QStringLiteral("Ctrl+8"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Everything"));
    QTRY_COMPARE(m_world->list().rowCount(), 200);
}

void AccessTest::cleanup()
{
    m_world.reset();
}

void AccessTest::listShowsTheRowsOnScreenOnly()
{
    QCOMPARE(list()->role(), QAccessible::List);
    QVERIFY(list()->childCount() > 3);
    QVERIFY(list()->childCount() < 40);
    for (int i = 0; i < list()->childCount(); ++i) {
        QAccessibleInterface *row = list()->child(i);
        QVERIFY(row && row->isValid());
        QCOMPARE(list()->indexOfChild(row), i);
        QCOMPARE(row->parent(), list());
        QCOMPARE(row->role(), QAccessible::ListItem);
        QVERIFY(row->rect().isValid());
        const QPoint middle = row->rect().center();
        if (i > 0 && i < list()->childCount() - 1)
            QCOMPARE(list()->childAt(middle.x(), middle.y()), row);
    }
    QVERIFY(!list()->child(list()->childCount()));
    // Scrolled far down the children are others.
    const QString first = list()->child(0)->text(QAccessible::Name);
    m_world->find<QTableView>("conversations")->scrollTo(m_world->list().index(150));
    QVERIFY(list()->child(0)->text(QAccessible::Name) != first);
    QVERIFY(list()->childCount() < 40);
}

void AccessTest::rowIsASentence()
{
    const ConversationRecord record = m_world->record(m_world->list().conversationAt(0));
    const QString name = list()->child(0)->text(QAccessible::Name);
    QVERIFY(name.contains(record.contactName));
    QVERIFY(name.contains(record.snippet));
    QTRY_COMPARE(list()->child(0)->text(QAccessible::Description),
                 QStringLiteral("row 1 of %1").arg(m_world->textOf("viewCount")));
    QVERIFY(m_world->textOf("viewCount").toInt() > m_world->list().rowCount());
    // While a view of one's own is being counted.
    QCOMPARE(m_world->list().placeText(0, {}), QStringLiteral("row 1 of more than 200"));
    m_world->press(QStringLiteral("Ctrl+2"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    const QString all = QStringLiteral("row 1 of %1").arg(m_world->list().rowCount());
    QTRY_COMPARE(list()->child(0)->text(QAccessible::Description), all);
}

void AccessTest::rowFollowsItsConversation()
{
    m_world->press(QStringLiteral("J"));
    QAccessibleInterface *row = list()->focusChild();
    QVERIFY(row);
    const QString name = row->text(QAccessible::Name).section(QLatin1Char(','), 0, 0);
    for (int i = 0; i < 3; ++i)
        m_world->write(QStringLiteral("Newcomer"), QStringLiteral("me too"));
    QTRY_VERIFY(m_world->widget("newOnes")->isVisible());
    QTest::mouseClick(m_world->widget("newOnes"), Qt::LeftButton);
    QTRY_COMPARE(m_world->list().rowOf(m_world->shown()), 3);
    QVERIFY(row->isValid());
    QCOMPARE(row->text(QAccessible::Name).section(QLatin1Char(','), 0, 0), name);
    QVERIFY(row->state().selected);
}

void AccessTest::movingTellsTheRow()
{
    if (!QAccessible::isActive())
        QSKIP("this platform tells nobody");
    static QStringList told;
    told.clear();
    const auto before = QAccessible::installUpdateHandler([](QAccessibleEvent *event) {
        QAccessibleInterface *about = event->accessibleInterface();
        if (event->type() == QAccessible::Focus && about)
            told.append(about->text(QAccessible::Name));
    });
    m_world->press(QStringLiteral("J J"));
    QAccessible::installUpdateHandler(before);
    QVERIFY(told.size() >= 2);
    QVERIFY(told.constLast().contains(m_world->record(m_world->list().conversationAt(1)).contactName));
}

void AccessTest::viewIsAnnounced()
{
    if (!QAccessible::isActive())
        QSKIP("this platform tells nobody");
    static QStringList told;
    told.clear();
    const auto before = QAccessible::installUpdateHandler([](QAccessibleEvent *event) {
        QAccessibleInterface *about = event->type() == QAccessible::ObjectShow ? event->accessibleInterface() : nullptr;
        if (about && about->role() == QAccessible::Notification)
            told.append(about->text(QAccessible::Name));
    });
    m_world->press(QStringLiteral("G O"));
    const qsizetype once = told.filter(QStringLiteral("All open")).size();
    m_world->widget("views")->setFocus();
    m_world->press(QStringLiteral("Ctrl+2"));
    QAccessible::installUpdateHandler(before);
    QCOMPARE(once, 1);
    QVERIFY(told.filter(QStringLiteral("Unassigned")).isEmpty());
}

void AccessTest::arrivalsAreAnnouncedButNotEach()
{
    m_world->press(QStringLiteral("G U"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QVERIFY(m_world->showMention().isValid());
    const QSignalSpy told(m_world->window().findChild<InboxPane *>(), &InboxPane::announced);
    m_world->write(QStringLiteral("First"), QStringLiteral("Mine too"));
    QTRY_COMPARE(m_world->list().waitingCount(), 1);
    m_world->write(QStringLiteral("Second"), QStringLiteral("Mine too"));
    QTRY_COMPARE(m_world->list().waitingCount(), 2);
    // The second waits its ten seconds.
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.at(0).at(0).toString(), QStringLiteral("Show 1 new conversation"));
    QTRY_COMPARE_WITH_TIMEOUT(told.size(), 2, 20'000);
    QCOMPARE(told.at(1).at(0).toString(), QStringLiteral("Show 2 new conversations"));
}

void AccessTest::rowCanBePressed()
{
    QAccessibleInterface *row = list()->child(2);
    QVERIFY(row && row->actionInterface());
    QVERIFY(row->actionInterface()->actionNames().contains(QAccessibleActionInterface::pressAction()));
    row->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QTRY_COMPARE(m_world->shown(), m_world->list().conversationAt(2));
    QTRY_VERIFY(m_world->widget("conversationPane")->isAncestorOf(m_world->focus()));
}

void AccessTest::timelineIsAListOfMessages()
{
    const ConversationId id =
        m_world->show([](const ConversationRecord &one) { return one.messageCount >= 3 && !one.isPrivate; });
    QVERIFY(id.isValid());
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(m_world->widget("timeline")->hasFocus());
    QAccessibleInterface *timeline = QAccessible::queryAccessibleInterface(m_world->widget("timeline"));
    QCOMPARE(timeline->role(), QAccessible::List);
    QVERIFY(timeline->childCount() >= 1);
    int y = -100'000;
    bool hasText = false;
    for (int i = 0; i < timeline->childCount(); ++i) {
        QAccessibleInterface *message = timeline->child(i);
        QVERIFY(message);
        QCOMPARE(message->parent(), timeline);
        QCOMPARE(timeline->indexOfChild(message), i);
        QVERIFY(message->rect().top() > y);
        y = message->rect().top();
        QVERIFY(!message->text(QAccessible::Name).isEmpty());
        QVERIFY(message->textInterface());
        QVERIFY(message->textInterface()->characterCount() > 0);
        hasText = hasText || message->textInterface()->text(0, -1).contains(m_world->timeline().newest()->text);
    }
    QVERIFY(hasText);
    QAccessibleInterface *current = timeline->focusChild();
    QVERIFY(current);
    QVERIFY(current->state().focused);
    const QString name = current->text(QAccessible::Name);
    m_world->press(QStringLiteral("Up"));
    QTRY_VERIFY(timeline->focusChild()->text(QAccessible::Name) != name);
}

void AccessTest::attachmentsAreSpoken()
{
    MessageRecord message;
    message.authorName = QStringLiteral("Mira");
    message.text = QStringLiteral("Look");
    MediaRecord picture;
    picture.type = QStringLiteral("image/png");
    MediaRecord film;
    film.type = QStringLiteral("video/mp4");
    film.description = QStringLiteral("the lamp flickers");
    message.media = {picture, film};
    const QString said = Sentences::spoken(message, message.sortAt);
    QVERIFY2(said.contains(QStringLiteral("Picture without a description")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("Video: ")) && said.contains(film.description), qPrintable(said));
}

void AccessTest::everythingInteractiveHasAName()
{
    QVERIFY(m_world->show([](const ConversationRecord &one) { return one.network == Network::mastodon; }).isValid());
    m_world->press(QStringLiteral("R"));
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    for (const char *command : {"channels.show", "outbox.show", "help.keys"}) {
        QVERIFY(m_world->window().commands().trigger(QString::fromLatin1(command)));
    }
    QStringList nameless;
    for (QWidget *top : QApplication::topLevelWidgets()) {
        for (QWidget *widget : top->findChildren<QWidget *>()) {
            const bool isInteractive = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget) ||
                                       qobject_cast<QComboBox *>(widget) || qobject_cast<QPlainTextEdit *>(widget) ||
                                       qobject_cast<QAbstractItemView *>(widget);
            if (!isInteractive || !widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
                continue;
            QAccessibleInterface *told = QAccessible::queryAccessibleInterface(widget);
            if (!told || told->text(QAccessible::Name).isEmpty() ||
                told->text(QAccessible::Description).contains(QStringLiteral("<qt>")))
                nameless.append(widget->objectName() + QLatin1Char(' ') +
                                QString::fromLatin1(widget->metaObject()->className()));
        }
    }
    QVERIFY2(nameless.isEmpty(), qUtf8Printable(nameless.join(QStringLiteral(", "))));
}

QTEST_MAIN(AccessTest)
#include "tst_access.moc"
