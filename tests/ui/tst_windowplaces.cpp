// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/window/conversationwindow.h"
#include "ui/window/windowplaces.h"
#include "workspace/database.h"

#include <QApplication>
#include <QTest>

#include <algorithm>

using namespace Earshot;

/// Conversations in windows of their own are there again after the next start.
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
    void areKnownWithoutQuitting();
    void closedOnesStayClosed();
    void whatIsGoneIsLeftOut();
    void laterConversationIsWhatComesBack();
    void unreadOnesAreKept();
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
                    {other.id, other.number + 1, {}}, // as in another file of that name
                    {there.id, there.number, QByteArrayLiteral("no geometry")}});
    // What the window before knows is written as it goes, before this one reads.
    const QList<WindowPlace> wanted = places().stored();
    QCOMPARE(wanted.size(), 3);
    m_world->reopen();
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
