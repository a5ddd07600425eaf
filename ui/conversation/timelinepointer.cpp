// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/timelineview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>

#include <algorithm>

namespace Earshot {

// Selecting text by the pointer, also from one message into another: letters, words behind a double click, paragraphs
// behind a third; with Shift from where the selection began. Beyond the edge the timeline scrolls.

namespace {

constexpr int slowest = 4; ///< px a step beyond the edge
constexpr int fastest = 80;

} // namespace

TimelineView::Place TimelineView::placeAt(QPoint place) const
{
    if (m_timeline.items().isEmpty())
        return {};
    const int top = verticalScrollBar()->value();
    const int y = top + std::clamp(place.y(), 0, std::max(0, viewport()->height() - 1));
    const qsizetype index = std::min(indexAt(y), m_timeline.items().size() - 1);
    const qint64 key = m_timeline.items().at(index).key;
    const std::shared_ptr<const MessageLayout> layout = m_layouts.value(key);
    return {key, layout ? layout->positionAt(QPoint(place.x(), y - m_tops.at(index))) : 0};
}

MessageLayout::Range TimelineView::unitAt(const Place &place) const
{
    const std::shared_ptr<const MessageLayout> layout = m_layouts.value(place.key);
    if (!layout || m_clicks == 1)
        return {place.at, place.at};
    return m_clicks == 2 ? layout->wordAt(place.at) : layout->paragraphAt(place.at);
}

bool TimelineView::isBefore(const Place &one, const Place &other) const
{
    const qsizetype first = m_timeline.indexOfKey(one.key);
    const qsizetype second = m_timeline.indexOfKey(other.key);
    return first < second || (first == second && one.at < other.at);
}

void TimelineView::onPressed(QPoint place, int clicks, bool isExtending)
{
    setFocus(Qt::MouseFocusReason);
    const Place at = placeAt(place);
    if (isExtending) {
        const bool hasBegun = m_timeline.indexOfKey(m_anchor.key) >= 0;
        m_clicks = 1;
        m_pressedFrom = m_pressedTo = hasBegun ? m_anchor : Place{m_current == 0 ? at.key : m_current, 0};
        setCurrent(at.key);
        extendTo(place);
        return;
    }
    m_clicks = clicks;
    setCurrent(at.key);
    const MessageLayout::Range unit = unitAt(at);
    m_pressedFrom = {at.key, unit.from};
    m_pressedTo = {at.key, unit.to};
    select(m_pressedFrom, m_pressedTo, false);
}

void TimelineView::onDragged(QPoint place)
{
    m_pointer = place;
    extendTo(place);
    if (place.y() >= 0 && place.y() < viewport()->height())
        m_scroller.stop();
    else if (!m_scroller.isActive())
        m_scroller.start();
}

void TimelineView::extendTo(QPoint place)
{
    const Place at = placeAt(place);
    const MessageLayout::Range unit = unitAt(at);
    const Place from{at.key, unit.from};
    const Place to{at.key, unit.to};
    // That on which it went down stays selected, whichever way the pointer goes.
    if (isBefore(from, m_pressedFrom))
        select(m_pressedTo, from, false);
    else
        select(m_pressedFrom, isBefore(to, m_pressedTo) ? m_pressedTo : to, false);
}

void TimelineView::scrollWithPointer()
{
    const int beyond = m_pointer.y() < 0 ? m_pointer.y() : std::max(0, m_pointer.y() - viewport()->height() + 1);
    const int step = std::clamp(std::abs(beyond), slowest, fastest);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + (beyond < 0 ? -step : step));
    extendTo(m_pointer);
}

void TimelineView::onReleased()
{
    m_scroller.stop();
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (const QString text = selectedText(); clipboard->supportsSelection() && !text.isEmpty())
        clipboard->setText(text, QClipboard::Selection);
}

} // namespace Earshot
