// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/timelineview.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace Earshot {

// What a person does on the timeline: keys, the current message, menus and buttons.

bool TimelineView::event(QEvent *event)
{
    // Here everything that is read, not everything in the list.
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->matches(QKeySequence::SelectAll)) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::SelectAll)) {
        selectEverything();
        return;
    }
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (onTextKey(*event))
        return;
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (const QUrl link = currentLink(); isEnter && !link.isEmpty()) {
        Q_EMIT linkActivated(link);
        return;
    }
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    switch (isPlain ? event->key() : 0) {
    case Qt::Key_Up:
        moveCurrent(-1);
        return;
    case Qt::Key_Down:
        moveCurrent(1);
        return;
    case Qt::Key_PageUp:
        moveByPage(-1);
        return;
    case Qt::Key_PageDown:
    case Qt::Key_Space:
        moveByPage(1);
        return;
    case Qt::Key_Home:
        verticalScrollBar()->setValue(0);
        moveCurrent(-int(m_timeline.items().size()));
        askForOlder();
        return;
    case Qt::Key_End:
        scrollToEnd();
        moveCurrent(int(m_timeline.items().size()));
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

const MessageRecord *TimelineView::current() const
{
    const qsizetype index = m_current == 0 ? -1 : m_timeline.indexOfKey(m_current);
    return index < 0 ? nullptr : m_timeline.items().at(index).message.get();
}

bool TimelineView::isCurrentShown() const
{
    return hasFocus();
}

void TimelineView::moveCurrent(int by)
{
    const QList<TimelineItem> &items = m_timeline.items();
    if (items.isEmpty())
        return;
    const int sign = by < 0 ? -1 : 1;
    const qsizetype from = m_timeline.indexOfKey(m_current);
    const int y = verticalScrollBar()->value();
    // A message taller than the window is read before it is left.
    if (from >= 0 && std::abs(by) == 1) {
        const int hidden = sign > 0 ? m_tops.at(from + 1) - (y + viewport()->height()) : y - m_tops.at(from);
        const bool isInView = m_tops.at(from) < y + viewport()->height() && m_tops.at(from + 1) > y;
        if (isInView && hidden > 2 * fontMetrics().height() &&
            m_tops.at(from + 1) - m_tops.at(from) > viewport()->height()) {
            verticalScrollBar()->setValue(y + sign * std::min(hidden, viewport()->height() * 3 / 4));
            return;
        }
    }
    qsizetype to = std::clamp<qsizetype>((from < 0 ? items.size() - 1 : from) + by, 0, items.size() - 1);
    // Lines that tell what happened are passed over.
    while (to > 0 && to < items.size() - 1 && items.at(to).kind == TimelineItem::Kind::event)
        to += sign;
    if (items.at(to).kind == TimelineItem::Kind::event)
        to = std::abs(by) > 1 ? to - sign : std::max<qsizetype>(from, 0);
    to = std::clamp<qsizetype>(to, 0, items.size() - 1);
    setCurrent(items.at(to).key);
    ensureVisible(to);
}

void TimelineView::moveByPage(int direction)
{
    const int page = viewport()->height();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + direction * (page - 2 * fontMetrics().height()));
    const QList<TimelineItem> &items = m_timeline.items();
    if (items.isEmpty())
        return;
    const int y = verticalScrollBar()->value();
    qsizetype index = indexAt(y + (direction < 0 ? 8 : page - 8));
    while (index > 0 && items.at(index).kind == TimelineItem::Kind::event)
        --index;
    setCurrent(items.at(index).key);
}

void TimelineView::setCurrent(qint64 key)
{
    if (m_current == key)
        return;
    if (m_link.key != key)
        leaveLink();
    m_current = key;
    for (MessageWidget *widget : std::as_const(m_active))
        widget->setCurrent(isCurrentShown() && widget->key() == key);
    Q_EMIT currentChanged();
    tellFocus();
}

void TimelineView::tellFocus()
{
    if (!currentWidget() || !hasFocus() || !QAccessible::isActive())
        return;
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(this);
    QAccessibleInterface *now = list ? list->focusChild() : nullptr;
    if (!now)
        return;
    QAccessibleEvent event(now, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

void TimelineView::ensureVisible(qsizetype index)
{
    const int y = verticalScrollBar()->value();
    const int page = viewport()->height();
    const int top = m_tops.at(index);
    const int bottom = m_tops.at(index + 1);
    if (top < y || bottom - top > page)
        verticalScrollBar()->setValue(top - 8);
    else if (bottom > y + page)
        verticalScrollBar()->setValue(bottom - page + 8);
}

bool TimelineView::showMessage(MessageId id)
{
    const qsizetype index = m_timeline.indexOf(id);
    if (index < 0)
        return false;
    setCurrent(Timeline::keyOf(id));
    const int page = viewport()->height();
    const int y = verticalScrollBar()->value();
    if (m_tops.at(index) < y || m_tops.at(index + 1) > y + page)
        layOut({Timeline::keyOf(id), -page / 4});
    askForOlder();
    return true;
}

void TimelineView::onAction(qint64 key, MessageAction action)
{
    const qsizetype index = m_timeline.indexOfKey(key);
    if (index < 0)
        return;
    const Anchor place = anchor();
    switch (action) {
    case MessageAction::fold:
        m_timeline.toggleFold(key);
        forget(key);
        afterChange(place);
        return;
    case MessageAction::showText:
        m_unfolded[key].warning = !m_unfolded[key].warning;
        break;
    case MessageAction::showOlder:
        m_unfolded[key].older = !m_unfolded[key].older;
        break;
    case MessageAction::showMore:
        ++m_unfolded[key].more;
        break;
    default:
        if (const auto message = m_timeline.items().at(index).message)
            Q_EMIT actionTriggered(*message, action);
        return;
    }
    forget(key);
    layOut(place);
}

void TimelineView::forget(qint64 key)
{
    m_layouts.remove(key);
    m_measures[key].isMeasured = false;
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    MessageWidget *now = currentWidget();
    if (event->reason() != QContextMenuEvent::Keyboard || !now) {
        event->ignore();
        return;
    }
    // Where the keyboard is, as far as that can be seen.
    const MessageLayout::Range caret{now->caret(), now->caret() + 1};
    const QList<QRect> places = now->drawing()->rectsOf(now->link().isEmpty() ? caret : now->link());
    const QPoint wanted = now->pos() + (places.isEmpty() ? QPoint(now->width() / 4, now->height() / 2)
                                                         : places.constFirst().bottomLeft());
    const QPoint seen(wanted.x(), std::clamp(wanted.y(), 0, std::max(0, viewport()->height() - 1)));
    onMenu(m_current, viewport()->mapToGlobal(seen), currentLink());
}

void TimelineView::onMenu(qint64 key, QPoint global, const QUrl &link)
{
    const qsizetype index = m_timeline.indexOfKey(key);
    if (index < 0)
        return;
    setCurrent(key);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("messageMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(selectedText().isEmpty() ? tr("&Copy message") : tr("&Copy"), this, &TimelineView::copy);
    if (!link.isEmpty()) {
        menu->addAction(tr("&Open link"), this, [this, link] { Q_EMIT linkActivated(link); });
        menu->addAction(tr("Copy link &address"), this,
                        [link] { QGuiApplication::clipboard()->setText(link.toString(QUrl::FullyEncoded)); });
        menu->addSeparator();
    }
    if (const auto message = m_timeline.items().at(index).message) {
        // What stands around is of other conversations.
        if (m_canAct && message->kind == MessageKind::inbound && !m_timeline.items().at(index).isContext)
            menu->addAction(tr("&Reply to this message"), this, [this, message] { Q_EMIT answerWanted(*message); });
        menu->addSeparator();
        Q_EMIT menuOpening(menu);
    }
    menu->popup(global);
}

void TimelineView::copy()
{
    QString text = selectedText();
    if (const MessageRecord *message = current(); text.isEmpty() && message)
        text = message->text;
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

} // namespace Earshot
