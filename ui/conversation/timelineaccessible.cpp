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
    QAccessibleInterface *message = QAccessible::queryAccessibleInterface(view()->currentWidget());
    QAccessibleInterface *link = message ? message->child(view()->currentLinkIndex()) : nullptr;
    return link ? link : message;
}

QAccessibleInterface *TimelineAccessible::childAt(int x, int y) const
{
    const QPoint place = view()->viewport()->mapFromGlobal(QPoint(x, y));
    const QList<MessageWidget *> shown = view()->shownWidgets();
    const auto found = std::find_if(shown.cbegin(), shown.cend(),
                                    [place](const MessageWidget *one) { return one->geometry().contains(place); });
    return found == shown.cend() ? nullptr : QAccessible::queryAccessibleInterface(*found);
}

MessageAccessible::MessageAccessible(MessageWidget *widget)
    : QAccessibleWidget(widget, QAccessible::ListItem)
{
}

MessageAccessible::~MessageAccessible()
{
    for (const QAccessible::Id id : std::as_const(m_links))
        QAccessible::deleteAccessibleInterface(id);
}

int MessageAccessible::linkCount() const
{
    const MessageLayout *drawing = message()->drawing();
    return drawing ? int(drawing->links().size()) : 0;
}

int MessageAccessible::childCount() const
{
    return linkCount() + int(message()->buttons().size());
}

QAccessibleInterface *MessageAccessible::child(int index) const
{
    const int links = linkCount();
    if (index < 0 || index >= childCount())
        return nullptr;
    if (index >= links)
        return QAccessible::queryAccessibleInterface(message()->buttons().at(index - links));
    if (const auto known = m_links.constFind(index); known != m_links.constEnd())
        return QAccessible::accessibleInterface(*known);
    auto *made = new LinkAccessible(message(), index);
    m_links.insert(index, QAccessible::registerAccessibleInterface(made));
    return made;
}

int MessageAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    if (const auto *link = dynamic_cast<const LinkAccessible *>(child))
        return link->parent() == this && link->isValid() ? link->index() : -1;
    const auto at = child ? message()->buttons().indexOf(qobject_cast<QWidget *>(child->object())) : -1;
    return at < 0 ? -1 : linkCount() + int(at);
}

QAccessibleInterface *MessageAccessible::childAt(int x, int y) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (QAccessibleInterface *one = child(i); one && one->rect().contains(x, y))
            return one;
    }
    return nullptr;
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
    // Positions are those of caret and selection: nothing may be left out.
    const QString whole = drawing ? drawing->wholeText() : QString();
    return whole.mid(start, end < 0 ? -1 : end - start);
}

int MessageAccessible::cursorPosition() const
{
    return std::max(0, message()->caret());
}

int MessageAccessible::characterCount() const
{
    const MessageLayout *drawing = message()->drawing();
    return drawing ? std::max(0, drawing->length() - 1) : 0;
}

void MessageAccessible::setCursorPosition(int position)
{
    Q_EMIT message()->caretWanted(message()->key(), std::clamp(position, 0, characterCount()));
}

QRect MessageAccessible::characterRect(int offset) const
{
    const MessageLayout *drawing = message()->drawing();
    const QList<QRect> places = drawing ? drawing->rectsOf({offset, offset + 1}) : QList<QRect>();
    return places.isEmpty() ? QRect()
                            : QRect(widget()->mapToGlobal(places.constFirst().topLeft()), places.constFirst().size());
}

void MessageAccessible::scrollToSubstring(int start, int end)
{
    if (auto *view = qobject_cast<TimelineView *>(widget()->parentWidget()->parentWidget()))
        view->reveal(message()->key(), {start, end});
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

LinkAccessible::LinkAccessible(MessageWidget *message, int index)
    : m_message(message)
    , m_index(index)
{
}

TimelineView *LinkAccessible::view() const
{
    return m_message ? qobject_cast<TimelineView *>(m_message->parentWidget()->parentWidget()) : nullptr;
}

bool LinkAccessible::isValid() const
{
    return m_message && m_message->drawing() && m_index < m_message->drawing()->links().size();
}

QAccessibleInterface *LinkAccessible::parent() const
{
    return QAccessible::queryAccessibleInterface(m_message);
}

QString LinkAccessible::text(QAccessible::Text kind) const
{
    if (!isValid())
        return {};
    const MessageLayout::Target link = m_message->drawing()->links().at(m_index);
    if (kind == QAccessible::Name)
        return link.text;
    const bool isTarget = kind == QAccessible::Description || kind == QAccessible::Value;
    return isTarget ? QString::fromUtf8(link.url.toEncoded()) : QString();
}

QRect LinkAccessible::rect() const
{
    if (!isValid())
        return {};
    QRect whole;
    for (const QRect &line : m_message->drawing()->rectsOf(m_message->drawing()->links().at(m_index).range))
        whole = whole.united(line);
    return {m_message->mapToGlobal(whole.topLeft()), whole.size()};
}

QAccessible::State LinkAccessible::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    const TimelineView *timeline = view();
    state.focusable = true;
    state.linked = true;
    state.focused = timeline && timeline->hasFocus() && timeline->currentWidget() == m_message &&
                    timeline->currentLinkIndex() == m_index;
    return state;
}

void *LinkAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

QStringList LinkAccessible::actionNames() const
{
    return {pressAction(), setFocusAction()};
}

void LinkAccessible::doAction(const QString &name)
{
    if (!isValid() || !view())
        return;
    if (name == setFocusAction())
        view()->focusLink(m_message->key(), m_index);
    else if (name == pressAction())
        Q_EMIT view()->linkActivated(m_message->drawing()->links().at(m_index).url);
}

QStringList LinkAccessible::keyBindingsForAction(const QString &) const
{
    return {};
}

} // namespace Earshot
