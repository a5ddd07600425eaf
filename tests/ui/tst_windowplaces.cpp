// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicadesk.h"
#include "tests/ui/heldanswer.h"
#include "tests/ui/shareddesktop.h"
#include "tests/ui/windowworld.h"
#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/window/contactwindow.h"
#include "ui/window/conversationwindow.h"
#include "ui/window/ownwindows.h"
#include "ui/window/windowplaces.h"
#include "workspace/database.h"

#include <QApplication>
#include <QFile>
#include <QTest>

#include <algorithm>

using namespace Earshot;

/// Conversations and contacts in windows of their own are there again after the next start.
class WindowPlacesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup()
    {
        Database::setFault({});
        m_world.reset();
    }
    void comeBackWhereTheyWere();
    void contactsComeBackToo();
    void areKnownWithoutQuitting();
    void closedOnesStayClosed();
    void whatIsGoneIsLeftOut();
    void laterConversationIsWhatComesBack();
    void unreadOnesAreKept();
    void onesThatCouldNotBeLookedForAreKept();
    void whatMayStillComeIsKept();
    void theOneThatGoesIsNotRemembered();
    void anotherFileOfThatNameHasNone();
    void readOnlyWindowHasItsOwn();
    void areNoMoreThanTwenty();

private:
    [[nodiscard]] static QList<ConversationWindow *> windows()
    {
        QList<ConversationWindow *> found;
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *window = qobject_cast<ConversationWindow *>(top); window && window->isVisible())
                found.append(window);
        }
        return found;
    }
    [[nodiscard]] static ConversationWindow *of(ConversationId id)
    {
        const QList<ConversationWindow *> all = windows();
        const auto found = std::find_if(all.cbegin(), all.cend(), [id](ConversationWindow *one) {
            return one->pane().conversation() == id && one->pane().record().id == id;
        });
        return found == all.cend() ? nullptr : *found;
    }
    [[nodiscard]] static ContactWindow *contact()
    {
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *window = qobject_cast<ContactWindow *>(top); window && window->isVisible())
                return window;
        }
        return nullptr;
    }
    [[nodiscard]] WindowPlaces places() const { return {m_world->desk().workspace().path(), false}; }
    [[nodiscard]] QList<ConversationId> remembered() const
    {
        QList<ConversationId> ids;
        for (const WindowPlace &place : places().stored())
            ids.append(place.conversation);
        return ids;
    }
    /// With the keys, from the list.
    void openOne(int row);

    std::unique_ptr<WindowWorld> m_world;
    QList<ConversationId> m_opened;
};

void WindowPlacesTest::init()
{
    m_opened.clear();
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
}

void WindowPlacesTest::openOne(int row)
{
    const ConversationId id = m_world->list().conversationAt(row);
    QVERIFY(m_world->show([id](const ConversationRecord &one) { return one.id == id; }).isValid());
    m_world->window().activateWindow();
    QTRY_VERIFY(m_world->window().isActiveWindow());
    m_world->press(QStringLiteral("Shift+O"));
    QTRY_VERIFY(of(id));
    m_opened.append(id);
}

void WindowPlacesTest::comeBackWhereTheyWere()
{
    openOne(0);
    openOne(2);
    of(m_opened.at(0))->setGeometry(40, 50, 501, 402);
    of(m_opened.at(1))->setGeometry(90, 80, 533, 444);
    const QRect first = of(m_opened.at(0))->geometry();
    const QRect second = of(m_opened.at(1))->geometry();
    m_world->reopen();
    // The window that one works in does not wait for them.
    QVERIFY(windows().isEmpty());
    QTRY_VERIFY(!windows().isEmpty());
    QVERIFY(m_world->list().state() == ConversationListModel::State::ready);
    QTRY_VERIFY(of(m_opened.at(0)) && of(m_opened.at(1)));
    QCOMPARE(windows().size(), 2);
    QCOMPARE(of(m_opened.at(0))->geometry(), first);
    QCOMPARE(of(m_opened.at(1))->geometry(), second);
    // And once more, as nothing was closed.
    QTRY_COMPARE(remembered(), m_opened);
    m_world->reopen();
    QTRY_VERIFY(of(m_opened.at(0)) && of(m_opened.at(1)));
}

/// Beside the conversation that it was opened from, and where it was.
void WindowPlacesTest::contactsComeBackToo()
{
    openOne(0);
    const ConversationRecord from = m_world->record(m_opened.at(0));
    QTRY_VERIFY(of(from.id)->pane().basedOn() > 0);
    QVERIFY(of(from.id)->commands().trigger(QStringLiteral("contact.show")));
    QTRY_VERIFY(contact());
    contact()->setGeometry(70, 60, 611, 620);
    const QRect place = contact()->geometry();
    const auto isKnown = [this, &from] {
        const QList<WindowPlace> all = places().stored();
        return all.size() == 2 && !all.at(0).isContact && all.at(1).isContact && all.at(1).conversation == from.id &&
               all.at(1).number == from.number;
    };
    QTRY_VERIFY(isKnown());
    m_world->reopen();
    QTRY_VERIFY(of(from.id) && contact());
    QCOMPARE(contact()->contact(), from.contact);
    QCOMPARE(contact()->geometry(), place);
    QTRY_VERIFY(isKnown());
    // One that is closed stays closed.
    contact()->close();
    QTRY_COMPARE(places().stored().size(), 1);
    m_world->reopen();
    QTRY_VERIFY(of(from.id));
    QTRY_COMPARE(remembered(), m_opened);
    QVERIFY(!contact());
}

/// Whoever is killed says no farewell.
void WindowPlacesTest::areKnownWithoutQuitting()
{
    openOne(1);
    of(m_opened.at(0))->resize(517, 431);
    const auto size = [this] {
        QWidget probe;
        probe.restoreGeometry(places().stored().value(0).geometry);
        return probe.size();
    };
    QTRY_COMPARE(size(), QSize(517, 431));
    QTRY_COMPARE(places().stored().value(0).number, m_world->record(m_opened.at(0)).number);
    MainWindow other(m_world->desk(), m_world->service(), WindowWorld::appearance(), {});
    other.show();
    QTRY_COMPARE(windows().size(), 2);
}

void WindowPlacesTest::closedOnesStayClosed()
{
    openOne(0);
    openOne(2);
    ConversationWindow *closed = of(m_opened.at(0));
    closed->activateWindow();
    QTRY_VERIFY(closed->isActiveWindow() && QApplication::focusWidget());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_COMPARE(windows().size(), 1);
    // Also if this start ends without a farewell.
    QTRY_COMPARE(remembered(), m_opened.mid(1));
    m_world->reopen();
    QTRY_VERIFY(of(m_opened.at(1)));
    QTRY_COMPARE(remembered(), m_opened.mid(1));
    QCOMPARE(windows().size(), 1);
}

void WindowPlacesTest::whatIsGoneIsLeftOut()
{
    const ConversationRecord there = m_world->record(m_world->list().conversationAt(0));
    const ConversationRecord other = m_world->record(m_world->list().conversationAt(1));
    places().store({{ConversationId(987'654'321), 0, {}},
                    {other.id, other.number + 1, {}}, // as after a restore
                    {there.id, there.number, QByteArrayLiteral("no geometry")}});
    QCOMPARE(places().stored().size(), 3);
    MainWindow next(m_world->desk(), m_world->service(), WindowWorld::appearance(), {});
    next.show();
    QTRY_VERIFY(of(there.id));
    QTRY_COMPARE(remembered(), QList<ConversationId>{there.id});
    QCOMPARE(windows().size(), 1);
}

void WindowPlacesTest::laterConversationIsWhatComesBack()
{
    openOne(0);
    const ConversationId later = m_world->list().conversationAt(3);
    of(m_opened.at(0))->pane().showConversation(later);
    QTRY_VERIFY(of(later));
    QTRY_COMPARE(remembered(), QList<ConversationId>{later});
    m_world->reopen();
    QTRY_VERIFY(of(later));
}

void WindowPlacesTest::unreadOnesAreKept()
{
    openOne(0);
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
    m_world->reopen();
    QTRY_VERIFY(m_world->list().state() == ConversationListModel::State::failed);
    m_world->reopen();
    QTRY_VERIFY(m_world->list().state() == ConversationListModel::State::failed);
    Database::setFault({});
    QCOMPARE(remembered(), m_opened);
    // They come with the list.
    m_world->list().refresh();
    QTRY_VERIFY(of(m_opened.at(0)));
}

/// The list was read, and then the disk failed.
void WindowPlacesTest::onesThatCouldNotBeLookedForAreKept()
{
    const ConversationRecord one = m_world->record(m_world->list().conversationAt(1));
    places().store({{one.id, one.number, {}}});
    OwnWindows own(m_world->desk(), m_world->service(), m_world->window().roster(), m_world->window().commands(),
                   m_world->window().findChild<ConversationPane *>()->composer().drafts(), places());
    HeldAnswer answer(own);
    Database::setFault([] { return std::optional(Error{ErrorKind::io, QStringLiteral("gone"), {}}); });
    own.restore();
    QTRY_VERIFY(answer.isHeld());
    Database::setFault({});
    answer.letGo();
    QVERIFY(windows().isEmpty());
    QCOMPARE(remembered(), QList<ConversationId>{one.id});
    own.restore();
    QTRY_VERIFY(of(one.id));
    QCOMPARE(windows().size(), 1);
}

/// A replica is not all here yet, or not any more.
void WindowPlacesTest::whatMayStillComeIsKept()
{
    ServerWorld server;
    SharedDesktop kim(server, ServerWorld::kim, WindowWorld::appearance());
    auto &desk = static_cast<ReplicaDesk &>(kim.desk());
    const ConversationId id(1);
    const WindowPlaces places(desk.workspace().path(), false);
    const WindowPlace missing{ConversationId(987'654'321), 7, {}};
    places.store({missing, {id, 0, {}}});
    const DeskStatus current = desk.status();
    DeskStatus partly = current;
    partly.kind = DeskStatus::Kind::joining;
    partly.share = 0.4;
    desk.setStatus(partly);
    OwnWindows own(desk, m_world->service(), kim.window().roster(), kim.window().commands(),
                   kim.pane().composer().drafts(), places);
    own.restore();
    QTRY_VERIFY(of(id));
    QTRY_COMPARE(places.stored().size(), 2);
    QTRY_VERIFY(places.stored().constFirst().conversation == id);
    QCOMPARE(places.stored().constLast(), missing);
    // Now it is known.
    desk.setStatus(current);
    QTRY_COMPARE(places.stored().size(), 1);
    QVERIFY(of(id));
}

/// It stands there and says that it is no longer here.
void WindowPlacesTest::theOneThatGoesIsNotRemembered()
{
    openOne(0);
    QTRY_COMPARE(remembered(), m_opened);
    m_world->window().openWindow(ConversationId(987'654'321));
    QTRY_COMPARE(windows().size(), 2);
    openOne(2);
    QTRY_COMPARE(remembered(), m_opened);
    QCOMPARE(windows().size(), 3);
}

void WindowPlacesTest::anotherFileOfThatNameHasNone()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("desk.earshot"));
    const auto make = [](const QString &name) { return QFile(name).open(QIODevice::WriteOnly); };
    const QList<WindowPlace> some{{ConversationId(57), 57, {}}};
    QVERIFY(make(path));
    for (const bool isReading : {false, true}) {
        WindowPlaces(path, isReading).store(some);
        QCOMPARE(WindowPlaces(path, isReading).stored(), some);
    }
    QVERIFY(make(path + QStringLiteral(".new")) && QFile::remove(path));
    QVERIFY(QFile::rename(path + QStringLiteral(".new"), path));
    QVERIFY(WindowPlaces(path, false).stored().isEmpty());
    // Of one that is erased nothing is kept.
    WindowPlaces(path, false).store(some);
    WindowPlaces::forget(path);
    for (const bool isReading : {false, true})
        QVERIFY(WindowPlaces(path, isReading).stored().isEmpty());
}

void WindowPlacesTest::readOnlyWindowHasItsOwn()
{
    openOne(0);
    MainWindow::Options options;
    options.whyReadOnly = QStringLiteral("This file can only be read.");
    options.asOf = m_world->clock().now();
    m_world->reopen(options);
    QTRY_VERIFY(m_world->isReady());
    QCOMPARE(remembered(), m_opened);
    const ConversationId other = m_world->list().conversationAt(2);
    m_world->window().openWindow(other);
    QTRY_VERIFY(of(other));
    QCOMPARE(windows().size(), 1);
    QCOMPARE(remembered(), m_opened);
    m_world->reopen();
    QTRY_VERIFY(of(m_opened.at(0)));
    QCOMPARE(windows().size(), 1);
}

void WindowPlacesTest::areNoMoreThanTwenty()
{
    QList<WindowPlace> many;
    for (qint64 id = 1; id <= 30; ++id)
        many.append({ConversationId(id), id, QByteArrayLiteral("somewhere")});
    places().store(many);
    QCOMPARE(places().stored(), many.first(20));
    const WindowPlaces other(m_world->desk().workspace().path() + QStringLiteral(".other"), false);
    QVERIFY(other.stored().isEmpty());
    places().store({});
    QVERIFY(places().stored().isEmpty());
    // Files that come and go do not stay for ever.
    places().store(many);
    for (int i = 0; i < 100; ++i)
        WindowPlaces(QStringLiteral("/nowhere/sample%1").arg(i), false).store(many);
    QCOMPARE(places().stored(), many.first(20));
    QVERIFY(WindowPlaces(QStringLiteral("/nowhere/sample0"), false).stored().isEmpty());
}

QTEST_MAIN(WindowPlacesTest)
#include "tst_windowplaces.moc"
