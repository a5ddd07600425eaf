// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/timelineaccessible.h"

#include "ui/conversation/messagewidget.h"
#include "ui/conversation/timelineview.h"

#include <algorithm>

namespace Earshot {

namespace {

QAccessibleInterface *make(const QString &, QObject *object)
{
    if (auto *view = qobject_cast<TimelineView *>(object))
        return new TimelineAccessible(view);
    if (auto *message = qobject_cast<MessageWidget *>(object))
        return new MessageAccessible(message);
    return nullptr;
}

} // namespace

void TimelineAccessible::install()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

TimelineAccessible::TimelineAccessible(TimelineView *view)
    : QAccessibleWidget(view, QAccessible::List)
{
}

TimelineView *TimelineAccessible::view() const
{
    return static_cast<TimelineView *>(widget());
}

int TimelineAccessible::childCount() const
{
    return int(view()->shownWidgets().size());
}

QAccessibleInterface *TimelineAccessible::child(int index) const
{
    const QList<MessageWidget *> shown = view()->shownWidgets();
    return index >= 0 && index < shown.size() ? QAccessible::queryAccessibleInterface(shown.at(index)) : nullptr;
}

int TimelineAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const QList<MessageWidget *> shown = view()->shownWidgets();
    return child ? int(shown.indexOf(qobject_cast<MessageWidget *>(child->object()))) : -1;
}

QAccessibleInterface *TimelineAccessible::focusChild() const
{
    if (!view()->hasFocus())
        return QAccessibleWidget::focusChild();
    return QAccessible::queryAccessibleInterface(view()->currentWidget());
}

MessageAccessible::MessageAccessible(MessageWidget *widget)
    : QAccessibleWidget(widget, QAccessible::ListItem)
{
}

MessageWidget *MessageAccessible::message() const
{
    return static_cast<MessageWidget *>(widget());
}

QAccessibleInterface *MessageAccessible::parent() const
{
    // Past the viewport: the list is the timeline.
    QWidget *viewport = widget()->parentWidget();
    return QAccessible::queryAccessibleInterface(viewport ? viewport->parentWidget() : nullptr);
}

QAccessible::State MessageAccessible::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    const auto *view = qobject_cast<TimelineView *>(widget()->parentWidget()->parentWidget());
    state.focusable = true;
    state.readOnly = true;
    state.multiLine = true;
    state.focused = view && view->hasFocus() && view->currentWidget() == widget();
    return state;
}

void *MessageAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface)
        return static_cast<QAccessibleTextInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

void MessageAccessible::selection(int index, int *start, int *end) const
{
    const MessageLayout::Range range = message()->selection();
    *start = index == 0 ? range.from : 0;
    *end = index == 0 ? range.to : 0;
}

int MessageAccessible::selectionCount() const
{
    return message()->selection().isEmpty() ? 0 : 1;
}

void MessageAccessible::addSelection(int start, int end)
{
    setSelection(0, start, end);
}

void MessageAccessible::removeSelection(int)
{
    setSelection(0, 0, 0);
}

void MessageAccessible::setSelection(int, int start, int end)
{
    Q_EMIT message()->selected(message()->key(), {start, end});
}

QString MessageAccessible::text(int start, int end) const
{
    const MessageLayout *drawing = message()->drawing();
    return drawing ? drawing->text({start, end < 0 ? drawing->length() : end}) : QString();
}

int MessageAccessible::cursorPosition() const
{
    return std::max(0, message()->caret());
}

int MessageAccessible::characterCount() const
{
    const MessageLayout *drawing = message()->drawing();
    return drawing ? drawing->length() : 0;
}

int MessageAccessible::offsetAtPoint(const QPoint &point) const
{
    const MessageLayout *drawing = message()->drawing();
    return drawing ? drawing->positionAt(widget()->mapFromGlobal(point)) : -1;
}

QString MessageAccessible::attributes(int, int *start, int *end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

} // namespace Earshot
