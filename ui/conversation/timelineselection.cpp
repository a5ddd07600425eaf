// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/timelineview.h"

#include <QAccessible>
#include <QKeyEvent>

#include <algorithm>
#include <limits>

namespace Earshot {

// Selecting text by the keyboard, also across messages: the arrows move a caret, with Shift they select; Shift with up
// and down takes whole messages.

MessageLayout::Range TimelineView::selectionOf(qsizetype index) const
{
    const qsizetype anchor = m_timeline.indexOfKey(m_anchor.key);
    const qsizetype caret = m_timeline.indexOfKey(m_caret.key);
    if (anchor < 0 || caret < 0 || m_anchor == m_caret)
        return {};
    const bool isForward = anchor < caret || (anchor == caret && m_anchor.at <= m_caret.at);
    const qsizetype first = std::min(anchor, caret);
    const qsizetype last = std::max(anchor, caret);
    if (index < first || index > last)
        return {};
    const int from = index == first ? (isForward ? m_anchor : m_caret).at : 0;
    const int to = index == last ? (isForward ? m_caret : m_anchor).at : std::numeric_limits<int>::max();
    return {from, to};
}

int TimelineView::lengthOf(qint64 key) const
{
    const std::shared_ptr<const MessageLayout> layout = m_layouts.value(key);
    // What is far away is as long as it needs to be: all of it is meant.
    return layout ? std::max(0, layout->length() - 1) : std::numeric_limits<int>::max();
}

void TimelineView::select(const Place &anchor, const Place &caret, bool hasCaret)
{
    m_anchor = anchor;
    m_caret = caret;
    m_hasCaret = hasCaret;
    m_isAllWanted = false;
    leaveLink();
    showSelection();
}

void TimelineView::showSelection()
{
    for (MessageWidget *widget : std::as_const(m_active)) {
        widget->setSelection(selectionOf(m_timeline.indexOfKey(widget->key())));
        widget->setCaret(m_hasCaret && widget->key() == m_caret.key ? m_caret.at : -1);
    }
    MessageWidget *now = m_active.value(m_caret.key);
    if (!m_hasCaret || !now || !QAccessible::isActive())
        return;
    QAccessibleTextCursorEvent event(now, m_caret.at);
    QAccessible::updateAccessibility(&event);
    const MessageLayout::Range selected = now->selection();
    QAccessibleTextSelectionEvent selection(now, selected.from, std::min(selected.to, lengthOf(m_caret.key)));
    selection.setCursorPosition(m_caret.at);
    QAccessible::updateAccessibility(&selection);
}

bool TimelineView::moveCaret(bool isForward, bool isByWord, bool isSelecting)
{
    const qsizetype current = m_timeline.indexOfKey(m_current);
    if (current < 0)
        return false;
    Place caret = m_caret;
    if (!m_hasCaret || m_timeline.indexOfKey(caret.key) < 0) {
        // The first press shows where it begins: where the pointer was, else with the message.
        const bool isPlaced = caret.key == m_current && m_timeline.indexOfKey(m_anchor.key) >= 0;
        if (!isPlaced)
            caret = {m_current, 0};
        select(isPlaced && isSelecting ? m_anchor : caret, caret, true);
        if (!isSelecting)
            return true;
    }
    const std::shared_ptr<const MessageLayout> layout = m_layouts.value(caret.key);
    if (!layout)
        return false;
    Place next{caret.key, layout->nextPosition(std::min(caret.at, lengthOf(caret.key)), isForward, isByWord)};
    if (next.at < 0) {
        const qsizetype index = m_timeline.indexOfKey(caret.key) + (isForward ? 1 : -1);
        if (index < 0 || index >= m_timeline.items().size())
            return true;
        next.key = m_timeline.items().at(index).key;
        setCurrent(next.key);
        ensureVisible(index);
        next.at = isForward ? 0 : lengthOf(next.key);
    }
    select(isSelecting ? m_anchor : next, next, true);
    return true;
}

void TimelineView::extendByMessage(int by)
{
    const QList<TimelineItem> &items = m_timeline.items();
    const qsizetype current = m_timeline.indexOfKey(m_current);
    if (current < 0)
        return;
    const bool isBegun = m_hasCaret && m_timeline.indexOfKey(m_anchor.key) >= 0 && !(m_anchor == m_caret);
    const qsizetype anchor = isBegun ? m_timeline.indexOfKey(m_anchor.key) : current;
    const qsizetype from = isBegun ? m_timeline.indexOfKey(m_caret.key) : current;
    // The first press takes the message itself, the next ones its neighbours.
    const qsizetype to = isBegun ? std::clamp<qsizetype>(from + by, 0, items.size() - 1) : current;
    const bool isForward = to > anchor || (to == anchor && by > 0);
    const Place start{items.at(anchor).key, isForward ? 0 : lengthOf(items.at(anchor).key)};
    setCurrent(items.at(to).key);
    ensureVisible(to);
    select(start, {items.at(to).key, isForward ? lengthOf(items.at(to).key) : 0}, true);
}

bool TimelineView::onTextKey(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool isShift = modifiers & Qt::ShiftModifier;
    if (modifiers & ~(Qt::ShiftModifier | Qt::ControlModifier))
        return false;
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        return moveCaret((event.key() == Qt::Key_Right) != isMirrored, modifiers & Qt::ControlModifier, isShift);
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (modifiers != Qt::ShiftModifier) {
            if (modifiers == Qt::NoModifier)
                select({}, {}, false);
            return false;
        }
        extendByMessage(event.key() == Qt::Key_Down ? 1 : -1);
        return true;
    default:
        return false;
    }
}

void TimelineView::selectEverything()
{
    const QList<TimelineItem> &items = m_timeline.items();
    if (items.isEmpty())
        return;
    const qint64 last = items.constLast().key;
    select({items.constFirst().key, 0}, {last, lengthOf(last)}, true);
    m_isAllWanted = m_timeline.hasOlder();
    if (m_isAllWanted)
        Q_EMIT allOlderWanted();
}

QString TimelineView::selectedText() const
{
    const qsizetype anchor = m_timeline.indexOfKey(m_anchor.key);
    const qsizetype caret = m_timeline.indexOfKey(m_caret.key);
    QStringList parts;
    if (anchor < 0 || caret < 0)
        return {};
    for (qsizetype i = std::min(anchor, caret); i <= std::max(anchor, caret); ++i) {
        if (const QString part = textOf(i, anchor != caret); !part.isEmpty())
            parts.append(part);
    }
    return parts.join(QStringLiteral("\n\n"));
}

QString TimelineView::textOf(qsizetype index, bool isOneOfSeveral) const
{
    const MessageLayout::Range range = selectionOf(index);
    if (range.isEmpty())
        return {};
    const TimelineItem &item = m_timeline.items().at(index);
    std::shared_ptr<const MessageLayout> layout = m_layouts.value(item.key);
    const bool isWhole = range.from == 0 && range.to == std::numeric_limits<int>::max();
    // Of what is far away: thousands of whole ones are not laid out for their text.
    if (!layout && isWhole)
        return item.message ? MessageLayout::copied(*item.message, look()) : item.text;
    if (!layout)
        layout = std::make_shared<const MessageLayout>(item, m_unfolded.value(item.key), look());
    const QString text = layout->text(range);
    const MessageLayout::Range head = layout->headRange();
    // Whose words these are and when they were said is not lost where the selection begins within them.
    if (isOneOfSeveral && !text.isEmpty() && range.from > head.from && !head.isEmpty())
        return layout->text(head) + u'\n' + (range.from >= head.to ? text : layout->text({head.to, range.to}));
    return text;
}

} // namespace Earshot
