// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bypointer.h"

#include "ui/inbox/conversationlistmodel.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QStyleOptionViewItem>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include <algorithm>

namespace Earshot {

QTableView &ByPointer::table() const
{
    return *m_world.find<QTableView>("conversations");
}

QPoint ByPointer::placeOf(ConversationId id) const
{
    const QModelIndex row = m_world.list().index(m_world.list().rowOf(id));
    return QPoint(table().viewport()->width() / 2, table().visualRect(row).center().y());
}

QString ByPointer::textOf(const char *command) const
{
    return m_world.window().commands().plainText(QString::fromUtf8(command));
}

void ByPointer::click(const char *name)
{
    QTRY_VERIFY2(m_world.widget(name) && m_world.widget(name)->isVisible(), name);
    QWidget *one = m_world.widget(name);
    // Beside its text a box takes no click.
    const bool isBox = qobject_cast<QCheckBox *>(one);
    QTest::mouseClick(one, Qt::LeftButton, {}, isBox ? QPoint(8, one->height() / 2) : QPoint());
}

void ByPointer::clickRow(QAbstractItemView &list, const QString &text)
{
    for (int row = 0; row < list.model()->rowCount(); ++row) {
        const QModelIndex index = list.model()->index(row, 0);
        if (!index.data().toString().startsWith(text))
            continue;
        list.scrollTo(index);
        const QPoint place = list.visualRect(index).center();
        QTest::mouseMove(list.viewport(), place);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, place);
        return;
    }
    QFAIL(qPrintable(text));
}

void ByPointer::check(QListWidget &list, int row)
{
    QListWidgetItem *item = list.item(row);
    list.scrollToItem(item);
    QStyleOptionViewItem option;
    option.initFrom(&list);
    option.rect = list.visualItemRect(item);
    option.features = QStyleOptionViewItem::HasCheckIndicator;
    const QRect sign = list.style()->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &option, &list);
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, sign.center());
}

void ByPointer::activate(QWidget &window)
{
    // Without a window manager nobody is active for a moment when a menu has closed, and then the next one closes too.
    QCoreApplication::processEvents();
    window.activateWindow();
    QTRY_COMPARE(QGuiApplication::applicationState(), Qt::ApplicationActive);
}

void ByPointer::chooseInBox(QComboBox &box, const QString &text)
{
    activate(*box.window());
    QTest::mouseClick(&box, Qt::LeftButton);
    QTRY_VERIFY(box.view()->isVisible());
    clickRow(*box.view(), text);
    QTRY_VERIFY(!box.view()->isVisible());
    QVERIFY(box.currentText().startsWith(text));
}

void ByPointer::goTo(const char *view)
{
    auto *views = m_world.find<QAbstractItemView>("views");
    for (int row = 0; row < views->model()->rowCount(); ++row) {
        const QModelIndex index = views->model()->index(row, 0);
        if (index.data().toString() == QString::fromUtf8(view))
            QTest::mouseClick(views->viewport(), Qt::LeftButton, {}, views->visualRect(index).center());
    }
    QTRY_COMPARE(m_world.textOf("viewTitle"), QString::fromUtf8(view));
    QTRY_COMPARE(m_world.list().state(), ConversationListModel::State::ready);
}

void ByPointer::chooseInMenu(ConversationId id, const char *command)
{
    chooseInMenuOf(table().viewport(), placeOf(id), textOf(command));
}

void ByPointer::chooseInMenuOf(QWidget *viewport, QPoint at, const QString &text)
{
    activate(m_world.window());
    QTest::mousePress(viewport, Qt::RightButton, {}, at);
    QContextMenuEvent asked(QContextMenuEvent::Mouse, at, viewport->mapToGlobal(at));
    QCoreApplication::sendEvent(viewport, &asked);
    QTest::mouseRelease(viewport, Qt::RightButton, {}, at);
    chooseInPopup(text);
}

void ByPointer::chooseInBar(const char *menu, const char *command)
{
    QMenuBar *bar = m_world.window().menuBar();
    const QList<QAction *> menus = bar->actions();
    const auto wanted = std::find_if(menus.cbegin(), menus.cend(),
                                     [menu](const QAction *one) { return one->text() == QString::fromUtf8(menu); });
    QVERIFY2(wanted != menus.cend(), menu);
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->actionGeometry(*wanted).center());
    chooseInPopup(textOf(command));
}

void ByPointer::chooseInPopup(const QString &text)
{
    QMenu *menu = nullptr;
    QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
    const QList<QAction *> actions = menu->actions();
    for (QAction *action : actions) {
        QString shown = action->text().section(u'\t', 0, 0);
        shown.replace(QStringLiteral("&&"), QStringLiteral("\n")).remove(u'&').replace(u'\n', u'&');
        if (shown != text)
            continue;
        QTRY_VERIFY2(action->isEnabled(), qPrintable(text));
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        return;
    }
    QFAIL(qPrintable(text));
}

void ByPointer::chooseInMenuOfButton(const char *name, const QString &text)
{
    QTRY_VERIFY2(m_world.widget(name) && m_world.widget(name)->isVisible(), name);
    activate(*m_world.widget(name)->window());
    bool isChosen = false;
    QTimer choosing;
    // The press that opens it comes back only when it has closed.
    QObject::connect(&choosing, &QTimer::timeout, &choosing, [&] {
        if (!QApplication::activePopupWidget())
            return;
        choosing.stop();
        chooseInPopup(text);
        isChosen = true;
    });
    choosing.start();
    click(name);
    QTRY_VERIFY2(isChosen, qPrintable(text));
}

void ByPointer::pick(int row)
{
    QTRY_VERIFY(m_world.widget("pickList") && m_world.widget("pickList")->isVisible());
    auto *list = m_world.find<QListWidget>("pickList");
    QVERIFY(row >= 0 && row < list->count());
    list->scrollToItem(list->item(row));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(row)).center());
    QTRY_VERIFY(!m_world.widget("pickDialog"));
}

} // namespace Earshot
