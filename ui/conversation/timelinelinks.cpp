// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/timelineview.h"

#include "ui/shell/plainlabel.h"

#include <QScrollBar>
#include <QToolTip>

#include <utility>

namespace Earshot {

// Links by the keyboard: Tab and Shift+Tab go from one to the next, also into the next message; behind the last one
// that is near they leave the timeline. Where it leads is told as to the pointer.

bool TimelineView::focusNextPrevChild(bool next)
{
    return (hasFocus() && moveToLink(next)) || QAbstractScrollArea::focusNextPrevChild(next);
}

bool TimelineView::moveToLink(bool isForward)
{
    const QList<TimelineItem> &items = m_timeline.items();
    const int step = isForward ? 1 : -1;
    const qsizetype start = m_timeline.indexOfKey(m_link.index >= 0 ? m_link.key : m_current);
    for (qsizetype i = start; i >= 0 && i < items.size(); i += step) {
        const qint64 key = items.at(i).key;
        const std::shared_ptr<const MessageLayout> layout = m_layouts.value(key);
        if (!layout)
            return false;
        const int count = int(layout->links().size());
        int wanted = isForward ? 0 : count - 1;
        if (i == start && m_link.index >= 0)
            wanted = m_link.index + step;
        else if (i == start && !isForward)
            wanted = -1; // A message is entered from above.
        if (wanted >= 0 && wanted < count) {
            focusLink(key, wanted);
            return true;
        }
    }
    leaveLink();
    return false;
}

void TimelineView::focusLink(qint64 key, int index)
{
    const std::shared_ptr<const MessageLayout> layout = m_layouts.value(key);
    if (!layout || index < 0 || index >= layout->links().size())
        return;
    setFocus();
    select({}, {}, false);
    m_link = {key, index};
    setCurrent(key);
    const MessageLayout::Target target = layout->links().at(index);
    reveal(key, target.range);
    for (MessageWidget *widget : std::as_const(m_active))
        widget->setLink(linkOf(widget->key()));
    const QList<QRect> places = layout->rectsOf(target.range);
    if (MessageWidget *widget = m_active.value(key); widget && !places.isEmpty())
        QToolTip::showText(widget->mapToGlobal(places.constLast().bottomLeft()),
                           PlainLabel::toolTipOf(QString::fromUtf8(target.url.toEncoded())), widget);
    tellFocus();
}

void TimelineView::leaveLink()
{
    if (std::exchange(m_link, LinkPlace()).index < 0)
        return;
    QToolTip::hideText();
    for (MessageWidget *widget : std::as_const(m_active))
        widget->setLink({});
}

MessageLayout::Range TimelineView::linkOf(qint64 key) const
{
    if (m_link.index < 0 || key != m_link.key || !hasFocus())
        return {};
    const std::shared_ptr<const MessageLayout> layout = m_layouts.value(key);
    const QList<MessageLayout::Target> links = layout ? layout->links() : QList<MessageLayout::Target>();
    return m_link.index < links.size() ? links.at(m_link.index).range : MessageLayout::Range();
}

QUrl TimelineView::currentLink() const
{
    const std::shared_ptr<const MessageLayout> layout = m_layouts.value(m_link.key);
    const QList<MessageLayout::Target> links = layout ? layout->links() : QList<MessageLayout::Target>();
    return m_link.index >= 0 && m_link.index < links.size() ? links.at(m_link.index).url : QUrl();
}

void TimelineView::reveal(qint64 key, MessageLayout::Range range)
{
    const qsizetype index = m_timeline.indexOfKey(key);
    const std::shared_ptr<const MessageLayout> layout = m_layouts.value(key);
    if (index < 0 || !layout)
        return;
    ensureVisible(index);
    const QList<QRect> places = layout->rectsOf(range);
    if (places.isEmpty())
        return;
    // Of a message taller than the window only a part is in sight.
    const int y = verticalScrollBar()->value();
    const int top = m_tops.at(index) + places.constFirst().top();
    const int bottom = m_tops.at(index) + places.constLast().bottom();
    if (top < y)
        verticalScrollBar()->setValue(top - fontMetrics().height());
    else if (bottom > y + viewport()->height())
        verticalScrollBar()->setValue(bottom - viewport()->height() + fontMetrics().height());
}

} // namespace Earshot
