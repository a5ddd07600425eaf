// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/sentences.h"
#include "ui/conversation/timelineview.h"

#include <QElapsedTimer>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace Earshot {

// Where each item lies: estimated first, measured when it comes near, and the one at the top edge stays there.

namespace {

constexpr int idleMilliseconds = 4;
/// What was opened is painted before more than that is laid out.
constexpr std::chrono::milliseconds untilSeen(30);

} // namespace

TimelineView::Anchor TimelineView::anchor() const
{
    const auto [key, offset] = topItem();
    return {key, offset};
}

std::pair<qint64, int> TimelineView::topItem() const
{
    if (m_timeline.items().isEmpty() || m_tops.size() <= 1)
        return {0, 0};
    const int y = verticalScrollBar()->value();
    const qsizetype index = std::min(indexAt(y), m_tops.size() - 2);
    // The items may be newer than the heights: the place is that of what was drawn.
    const qint64 key = index < m_timeline.items().size() ? m_timeline.items().at(index).key : 0;
    return {key, y - m_tops.at(index)};
}

void TimelineView::estimateAll(bool keepsMeasured)
{
    const MessageLayout::Look seen = look();
    const QList<TimelineItem> &items = m_timeline.items();
    QHash<qint64, Measure> measures;
    measures.reserve(items.size());
    for (const TimelineItem &item : items) {
        const auto known = m_measures.constFind(item.key);
        const bool isSame = known != m_measures.cend() && known->message == item.message && known->text == item.text;
        if (isSame && keepsMeasured) {
            measures.insert(item.key, *known);
            continue;
        }
        m_layouts.remove(item.key);
        measures.insert(item.key, {item.message, item.text, MessageLayout::estimate(item, seen), false});
    }
    m_measures = std::move(measures);
    for (auto it = m_layouts.begin(); it != m_layouts.end();)
        it = m_measures.contains(it.key()) ? std::next(it) : m_layouts.erase(it);
    sumUp();
    m_idleNext = items.size() - 1;
    m_idle.start(m_isToBeSeen ? untilSeen : std::chrono::milliseconds(0));
}

void TimelineView::sumUp()
{
    const QList<TimelineItem> &items = m_timeline.items();
    m_tops.resize(items.size() + 1);
    int y = padding;
    for (qsizetype i = 0; i < items.size(); ++i) {
        m_tops[i] = y;
        // Thousands of items, summed up at every change: nothing is copied.
        const auto known = m_measures.constFind(items.at(i).key);
        y += known == m_measures.cend() ? 0 : known->height;
    }
    m_tops[items.size()] = y;
}

bool TimelineView::measure(qsizetype index)
{
    const TimelineItem &item = m_timeline.items().at(index);
    Measure &measure = m_measures[item.key];
    if (measure.isMeasured && m_layouts.contains(item.key))
        return false;
    auto layout = std::make_shared<const MessageLayout>(item, m_unfolded.value(item.key), look());
    const bool isChanged = measure.height != layout->height();
    measure.height = layout->height();
    measure.isMeasured = true;
    m_layouts.insert(item.key, std::move(layout));
    return isChanged;
}

qsizetype TimelineView::indexAt(int y) const
{
    const auto after = std::upper_bound(m_tops.cbegin(), m_tops.cend() - 1, y);
    return std::max<qsizetype>(0, after - m_tops.cbegin() - 1);
}

void TimelineView::settle(const Anchor &place)
{
    sumUp();
    const int page = viewport()->height();
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(fontMetrics().height() * 2);
    verticalScrollBar()->setRange(0, std::max(0, m_tops.constLast() + padding - page));
    const qsizetype index = m_timeline.indexOfKey(place.key);
    if (index >= 0)
        verticalScrollBar()->setValue(m_tops.at(index) + place.offset);
}

void TimelineView::layOut(const Anchor &place)
{
    if (m_isLayingOut)
        return;
    const QScopedValueRollback<bool> guard(m_isLayingOut, true);
    // By an estimate the place may lie beyond the item that it is counted from.
    if (const qsizetype index = m_timeline.indexOfKey(place.key); index >= 0)
        measure(index);
    settle(place);
    const int page = viewport()->height();
    // Each measured item may push others into or out of sight; real heights settle this in a few rounds.
    for (int round = 0; round < 6 && !m_timeline.items().isEmpty(); ++round) {
        const int y = verticalScrollBar()->value();
        bool isChanged = false;
        const qsizetype last = indexAt(y + page + margin());
        for (qsizetype i = indexAt(y - margin()); i <= last; ++i)
            isChanged = measure(i) || isChanged;
        if (!isChanged)
            break;
        settle(place);
    }
    placeWidgets();
    tellAtEnd();
}

void TimelineView::placeWidgets()
{
    const QList<TimelineItem> &items = m_timeline.items();
    const int y = verticalScrollBar()->value();
    const int page = viewport()->height();
    QSet<qint64> wanted;
    const qsizetype first = items.isEmpty() ? 0 : indexAt(y - margin());
    const qsizetype last = items.isEmpty() ? -1 : indexAt(y + page + margin());
    for (qsizetype i = first; i <= last; ++i)
        wanted.insert(items.at(i).key);
    const QList<MessageWidget *> active = m_active.values();
    QList<MessageWidget *> spare;
    for (MessageWidget *widget : active) {
        if (wanted.contains(widget->key()))
            continue;
        release(widget);
        spare.append(widget);
    }
    for (qsizetype i = first; i <= last; ++i) {
        const TimelineItem &item = items.at(i);
        MessageWidget *widget = m_active.value(item.key);
        if (!widget) {
            // One that is shown already: to hide and show it costs as much as all else.
            widget = spare.isEmpty() ? takeWidget() : spare.takeLast();
            m_active.insert(item.key, widget);
        }
        const std::shared_ptr<const MessageLayout> layout = m_layouts.value(item.key);
        if (layout && widget->drawing() != layout.get())
            widget->setItem(item, layout,
                            item.message ? Sentences::spoken(*item.message, m_clock.now(), item.text) : item.text);
        widget->setCurrent(isCurrentShown() && item.key == m_current);
        widget->setSelection(selectionOf(i));
        widget->setCaret(m_hasCaret && item.key == m_caret.key ? m_caret.at : -1);
        widget->setLink(linkOf(item.key));
        widget->setGeometry(0, m_tops.at(i) - y, viewport()->width(), m_tops.at(i + 1) - m_tops.at(i));
        widget->show();
    }
    for (MessageWidget *widget : std::as_const(spare))
        widget->hide();
    m_pool += spare;
    // What is far away is laid out again when it comes near: layouts are large.
    for (auto it = m_layouts.begin(); it != m_layouts.end();)
        it = wanted.contains(it.key()) ? std::next(it) : m_layouts.erase(it);
}

/// How far beyond its edges the view is ready to be scrolled, in pixels.
int TimelineView::margin() const
{
    return m_isToBeSeen ? 0 : viewport()->height();
}

void TimelineView::layOutAnew()
{
    if (m_timeline.items().isEmpty())
        return;
    const Anchor place = anchor();
    m_layouts.clear();
    estimateAll(true);
    layOut(place);
}

void TimelineView::scrollToEnd()
{
    for (int round = 0; round < 6; ++round) {
        const int before = m_tops.constLast();
        const qsizetype count = m_timeline.items().size();
        const Anchor end =
            count > 0 ? Anchor{m_timeline.items().constLast().key, m_tops.at(count) - m_tops.at(count - 1)} : Anchor();
        layOut(end);
        if (m_tops.constLast() == before)
            break;
    }
    tellAtEnd();
}

bool TimelineView::isAtEnd() const
{
    return verticalScrollBar()->value() >= verticalScrollBar()->maximum() - padding;
}

void TimelineView::measureInIdle()
{
    m_idle.setInterval(0);
    const bool wasToBeSeen = std::exchange(m_isToBeSeen, false);
    QElapsedTimer watch;
    watch.start();
    const MessageLayout::Look seen = look();
    bool isChanged = false;
    const Anchor place = anchor();
    const bool wasAtEnd = isAtEnd();
    while (m_idleNext >= 0 && watch.elapsed() < idleMilliseconds) {
        if (m_idleNext < m_timeline.items().size()) {
            const TimelineItem &item = m_timeline.items().at(m_idleNext);
            Measure &measure = m_measures[item.key];
            if (!measure.isMeasured) {
                const int height = MessageLayout(item, m_unfolded.value(item.key), seen).height();
                isChanged = isChanged || height != measure.height;
                measure.height = height;
                measure.isMeasured = true;
            }
        }
        --m_idleNext;
    }
    if (m_idleNext < 0)
        m_idle.stop();
    if (!isChanged && !wasToBeSeen)
        return;
    if (wasAtEnd)
        scrollToEnd();
    else
        layOut(place);
}

} // namespace Earshot
