// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationtable.h"

#include "ui/inbox/conversationdelegate.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/tableaccessible.h"
#include "ui/shell/announcing.h"

#include <QAccessible>
#include <QDrag>
#include <QHeaderView>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace Earshot {

ConversationTable::ConversationTable(ConversationListModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    TableAccessible::install();
    setModel(&model);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setDragDropMode(QAbstractItemView::DragOnly);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->hide();
    horizontalHeader()->setStretchLastSection(true);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    // After the view's own: it knows of the change by then.
    const auto keep = [this](const QModelIndex &, int first) { keepPlace(first); };
    connect(&model, &QAbstractItemModel::rowsAboutToBeInserted, this, keep);
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this, keep);
    connect(&model, &QAbstractItemModel::layoutAboutToBeChanged, this, [this] { keepScatteredPlace(); });
    connect(&model, &QAbstractItemModel::layoutChanged, this, &ConversationTable::backToPlace);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &ConversationTable::backToPlace);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &ConversationTable::backToPlace);
}

void ConversationTable::keepPlace(int firstChanged)
{
    m_place.clear();
    // At the top the newest are what one wants to see; a current row keeps its place by itself.
    if (currentIndex().isValid() || verticalScrollBar()->value() == 0)
        return;
    const auto [first, last] = rowsOnScreen();
    for (int row = first; row <= last && firstChanged <= last; ++row)
        m_place.append({QPersistentModelIndex(m_model.index(row)), rowViewportPosition(row)});
}

/// Rows go or come all over the list: what is worked on stays where it is.
void ConversationTable::keepScatteredPlace()
{
    keepPlace(0);
    const QRect current = visualRect(currentIndex());
    if (currentIndex().isValid() && viewport()->rect().intersects(current))
        m_place.append({QPersistentModelIndex(currentIndex()), current.top()});
}

void ConversationTable::backToPlace()
{
    const auto place = std::exchange(m_place, {});
    const auto stayed = std::find_if(place.cbegin(), place.cend(), [](const auto &one) { return one.first.isValid(); });
    if (stayed == place.cend())
        return;
    // Else the bar ends where the last row was before.
    updateGeometries();
    const int by = rowViewportPosition(stayed->first.row()) - stayed->second;
    verticalScrollBar()->setValue(verticalScrollBar()->value() + by);
}

QString ConversationTable::placeText(int row) const
{
    return m_model.placeText(row, m_total);
}

std::pair<int, int> ConversationTable::rowsOnScreen() const
{
    const int first = rowAt(0);
    if (first < 0)
        return {0, -1};
    const int last = rowAt(viewport()->height() - 1);
    return {first, last < 0 ? m_model.rowCount() - 1 : last};
}

bool ConversationTable::marks(const QMouseEvent &event)
{
    const int row = rowAt(event.pos().y());
    if (event.button() != Qt::LeftButton || row < 0)
        return false;
    const int x = layoutDirection() == Qt::RightToLeft ? viewport()->width() - 1 - event.pos().x() : event.pos().x();
    const bool isBeside = x < ConversationDelegate::sideMargin + ConversationDelegate::gutter;
    const bool isRange = event.modifiers() & Qt::ShiftModifier;
    if (!isBeside && !isRange && !(event.modifiers() & Qt::ControlModifier))
        return false;
    setFocus(Qt::MouseFocusReason);
    Q_EMIT markClicked(row, isRange);
    return true;
}

void ConversationTable::mousePressEvent(QMouseEvent *event)
{
    m_isMarking = marks(*event);
    if (!m_isMarking)
        QTableView::mousePressEvent(event);
}

void ConversationTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_isMarking = marks(*event);
    if (!m_isMarking)
        QTableView::mouseDoubleClickEvent(event);
}

void ConversationTable::mouseMoveEvent(QMouseEvent *event)
{
    // Else the row under a hand that trembles would be opened, and so seen.
    if (!m_isMarking)
        QTableView::mouseMoveEvent(event);
}

void ConversationTable::mouseReleaseEvent(QMouseEvent *event)
{
    if (!std::exchange(m_isMarking, false))
        QTableView::mouseReleaseEvent(event);
}

void ConversationTable::startDrag(Qt::DropActions actions)
{
    const int row = currentIndex().row();
    if (row < 0)
        return;
    auto *drag = new QDrag(this);
    drag->setMimeData(m_model.mimeData({currentIndex()}));
    const bool isMarked = m_model.isMarked(m_model.conversationAt(row));
    drag->setPixmap(pictureOf(tr("%Ln conversation(s)", nullptr, isMarked ? m_model.markedCount() : 1)));
    drag->setHotSpot({-14, -6});
    drag->exec(actions);
}

QPixmap ConversationTable::pictureOf(const QString &text) const
{
    const QSize size = fontMetrics().size(Qt::TextSingleLine, text) + QSize(20, 10);
    QPixmap picture(size * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Highlight));
    painter.drawRoundedRect(QRect(QPoint(), size), 5, 5);
    painter.setPen(palette().color(QPalette::HighlightedText));
    painter.drawText(QRect(QPoint(), size), Qt::AlignCenter, text);
    return picture;
}

QModelIndex ConversationTable::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    // Of one column: its ends are its first and its last row.
    if (action == MoveHome || action == MoveEnd)
        return QTableView::moveCursor(action, modifiers | Qt::ControlModifier);
    const int start = !currentIndex().isValid() && m_start ? m_start() : -1;
    return start < 0 ? QTableView::moveCursor(action, modifiers) : model()->index(start, 0);
}

void ConversationTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    // Past QTableView: its event counts cells from the first row of all, ours are the rows on screen.
    QAbstractItemView::currentChanged(current, previous);
    // J and K move here from anywhere.
    if (hasFocus())
        tellFocus();
    else if (current.isValid() && QAccessible::isActive())
        announce(this, current.data(Qt::AccessibleTextRole).toString());
}

void ConversationTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QAbstractItemView::selectionChanged(selected, deselected);
}

void ConversationTable::focusInEvent(QFocusEvent *event)
{
    // Past QTableView, which would make the first row current: nothing is opened, and so seen, by itself.
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
    // After Qt has told of the list itself: what is said last counts.
    if (QAccessible::isActive())
        QMetaObject::invokeMethod(this, &ConversationTable::tellFocus, Qt::QueuedConnection);
}

void ConversationTable::resizeEvent(QResizeEvent *event)
{
    // A bar that opens below must not cover what is worked on.
    const QRect current = visualRect(currentIndex());
    const bool wasShown = current.isValid() && current.top() >= 0 && current.bottom() < event->oldSize().height();
    QTableView::resizeEvent(event);
    if (wasShown)
        scrollTo(currentIndex());
}

void ConversationTable::tellFocus()
{
    if (!QAccessible::isActive() || !hasFocus() || !currentIndex().isValid())
        return;
    auto *list = dynamic_cast<TableAccessible *>(QAccessible::queryAccessibleInterface(this));
    QAccessibleInterface *row = list ? list->focusChild() : nullptr;
    if (!row)
        return;
    QAccessibleEvent event(row, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

void ConversationTable::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    Q_EMIT losingRows();
    QTableView::rowsAboutToBeRemoved(parent, start, end);
}

} // namespace Earshot
