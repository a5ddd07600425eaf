// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/timelineview.h"

#include "ui/conversation/sentences.h"
#include "ui/conversation/timelineaccessible.h"
#include "ui/shell/plainlabel.h"

#include <QElapsedTimer>
#include <QPainter>
#include <QResizeEvent>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr int padding = 8; ///< above the first and below the last item
constexpr int idleMilliseconds = 4;
/// What was opened is painted before more than that is laid out.
constexpr std::chrono::milliseconds untilSeen(30);

} // namespace

TimelineView::TimelineView(const Clock &clock, const QString &mediaFolder, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_clock(clock)
    , m_pictures(mediaFolder)
{
    TimelineAccessible::install();
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Messages"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Window);
    m_idle.setInterval(0);
    connect(&m_idle, &QTimer::timeout, this, &TimelineView::measureInIdle);
    m_ticker.setInterval(1000);
    connect(&m_ticker, &QTimer::timeout, this, &TimelineView::tick);
    m_scroller.setInterval(40);
    connect(&m_scroller, &QTimer::timeout, this, &TimelineView::scrollWithPointer);
    connect(&m_pictures, &PictureLoader::loaded, this, [this] { viewport()->update(); });
    connect(&m_pictures, &PictureLoader::missing, this, &TimelineView::pictureMissing);
    m_tops = {padding};
}

void TimelineView::open(const TimelineContent &content, const QStringList &highlight)
{
    m_highlight = highlight;
    m_timeline.reset(content);
    m_pictures.lookAgain();
    m_measures.clear();
    m_unfolded.clear();
    m_layouts.clear();
    m_anchor = {};
    m_caret = {};
    m_hasCaret = false;
    m_link = {};
    m_scroller.stop();
    m_current = 0;
    m_hasAsked = false;
    m_isAllWanted = false;
    m_isToBeSeen = true;
    estimateAll(false);
    const qsizetype unseen = m_timeline.firstUnseen();
    if (unseen >= 0) {
        layOut({m_timeline.items().at(unseen).key, -padding});
        setCurrent(m_timeline.items().at(unseen).key);
    } else {
        scrollToEnd();
        if (const MessageRecord *newest = m_timeline.newest())
            setCurrent(Timeline::keyOf(newest->id));
    }
    tick();
}

void TimelineView::refresh(const TimelineContent &content)
{
    const Anchor place = anchor();
    m_timeline.refresh(content);
    afterChange(place);
}

void TimelineView::addOlder(const QList<MessageRecord> &messages, bool hasOlder)
{
    const Anchor place = anchor();
    m_timeline.addOlder(messages, hasOlder);
    m_hasAsked = false;
    afterChange(place);
    if (m_isAllWanted && !hasOlder)
        selectEverything();
}

void TimelineView::replace(const QList<MessageRecord> &messages)
{
    const Anchor place = anchor();
    m_timeline.replace(messages);
    afterChange(place);
}

void TimelineView::afterChange(const Anchor &place)
{
    estimateAll(true);
    if (m_current != 0 && m_timeline.indexOfKey(m_current) < 0)
        setCurrent(0);
    layOut(place);
    tick();
}

MessageLayout::Look TimelineView::look() const
{
    MessageLayout::Look look;
    look.font = font();
    look.palette = palette();
    look.width = viewport()->width();
    look.now = m_clock.now();
    look.channelIdentity = m_timeline.channelIdentity();
    look.direction = layoutDirection();
    look.highlight = m_highlight;
    look.canAct = m_canAct;
    return look;
}

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
            widget->setItem(item, layout, item.message ? Sentences::spoken(*item.message, m_clock.now()) : item.text);
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

void TimelineView::forget()
{
    open({}, {});
    qDeleteAll(std::exchange(m_pool, {}));
}

MessageWidget *TimelineView::takeWidget()
{
    if (!m_pool.isEmpty())
        return m_pool.takeLast();
    auto *widget =
        new MessageWidget([this](const MediaRecord &media,
                                 QSize size) { return m_pictures.picture(media.hash, size, devicePixelRatioF()); },
                          viewport());
    connectWidget(widget);
    return widget;
}

void TimelineView::connectWidget(MessageWidget *widget)
{
    connect(widget, &MessageWidget::pressed, this, &TimelineView::onPressed);
    connect(widget, &MessageWidget::dragged, this, &TimelineView::onDragged);
    connect(widget, &MessageWidget::released, this, &TimelineView::onReleased);
    connect(widget, &MessageWidget::caretWanted, this, [this](qint64 key, int position) {
        setCurrent(key);
        select({key, position}, {key, position}, true);
    });
    connect(widget, &MessageWidget::selected, this, [this](qint64 key, MessageLayout::Range range) {
        select({key, range.from}, {key, range.to}, false);
    });
    connect(widget, &MessageWidget::linkActivated, this, &TimelineView::linkActivated);
    connect(widget, &MessageWidget::pictureActivated, this, [this](qint64 key, const QString &hash) {
        const qsizetype index = m_timeline.indexOfKey(key);
        if (const auto message = index < 0 ? nullptr : m_timeline.items().at(index).message)
            Q_EMIT pictureActivated(*message, hash);
    });
    connect(widget, &MessageWidget::actionTriggered, this, &TimelineView::onAction);
    connect(widget, &MessageWidget::menuRequested, this,
            [this](qint64 key, QPoint global, const QUrl &link) { onMenu(key, global, link); });
}

void TimelineView::release(MessageWidget *widget)
{
    if (widget->isAncestorOf(focusWidget() ? focusWidget() : this))
        setFocus();
    m_active.remove(widget->key());
    widget->clear();
}

/// How far beyond its edges the view is ready to be scrolled, in pixels.
int TimelineView::margin() const
{
    return m_isToBeSeen ? 0 : viewport()->height();
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    const bool wasAtEnd = m_wasAtEnd;
    const Anchor place = anchor();
    if (event->oldSize().width() != event->size().width()) {
        m_layouts.clear();
        estimateAll(false);
    }
    if (wasAtEnd)
        scrollToEnd();
    else
        layOut(place);
}

void TimelineView::scrollContentsBy(int, int)
{
    if (m_isLayingOut)
        return;
    layOut(anchor());
    askForOlder();
}

void TimelineView::setHighlight(const QStringList &texts)
{
    if (texts == m_highlight)
        return;
    m_highlight = texts;
    layOutAnew();
}

void TimelineView::setCanAct(bool canAct)
{
    if (std::exchange(m_canAct, canAct) != canAct)
        layOutAnew();
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

void TimelineView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    const bool isLook = event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange ||
                        event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::StyleChange;
    if (!isLook || m_timeline.items().isEmpty())
        return;
    const Anchor place = anchor();
    m_layouts.clear();
    estimateAll(false);
    layOut(place);
}

void TimelineView::paintEvent(QPaintEvent *)
{
    if (!m_timeline.items().isEmpty())
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::Disabled, QPalette::Text));
    painter.drawText(viewport()->rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("No messages yet."));
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    placeWidgets();
    // After Qt has told of the list itself: what is said last counts.
    QMetaObject::invokeMethod(this, &TimelineView::tellFocus, Qt::QueuedConnection);
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        leaveLink();
    placeWidgets();
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

void TimelineView::tellAtEnd()
{
    if (m_wasAtEnd == isAtEnd())
        return;
    m_wasAtEnd = !m_wasAtEnd;
    Q_EMIT atEndChanged(m_wasAtEnd);
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

void TimelineView::tick()
{
    // Seconds count only while a reply waits; what it says changes then and so does its layout.
    bool isWaiting = false;
    const Anchor place = anchor();
    for (MessageWidget *widget : std::as_const(m_active)) {
        const qsizetype index = m_timeline.indexOfKey(widget->key());
        const MessageRecord *message = index < 0 ? nullptr : m_timeline.items().at(index).message.get();
        if (!message || !message->delivery)
            continue;
        const DeliveryRecord &delivery = *message->delivery;
        const bool isCounting = delivery.state == DeliveryState::held || delivery.retryAt > m_clock.now();
        if (!isCounting)
            continue;
        isWaiting = true;
        m_layouts.remove(widget->key());
    }
    if (!isWaiting) {
        m_ticker.stop();
        return;
    }
    layOut(place);
    if (!m_ticker.isActive())
        m_ticker.start();
}

void TimelineView::askForOlder()
{
    if (m_hasAsked || !m_timeline.hasOlder() || verticalScrollBar()->value() > 2 * viewport()->height())
        return;
    m_hasAsked = true;
    Q_EMIT olderWanted();
}

void TimelineView::askAgainForOlder()
{
    m_hasAsked = false;
    m_isAllWanted = false;
}

QList<MessageId> TimelineView::shownMessages() const
{
    QList<MessageId> ids;
    for (const MessageWidget *widget : m_active) {
        const qsizetype index = m_timeline.indexOfKey(widget->key());
        if (index >= 0 && m_timeline.items().at(index).message)
            ids.append(m_timeline.items().at(index).message->id);
    }
    return ids;
}

QList<MessageWidget *> TimelineView::shownWidgets() const
{
    QList<MessageWidget *> shown;
    for (MessageWidget *widget : m_active) {
        if (widget->geometry().intersects(viewport()->rect()))
            shown.append(widget);
    }
    std::sort(shown.begin(), shown.end(),
              [](const MessageWidget *one, const MessageWidget *other) { return one->y() < other->y(); });
    return shown;
}

} // namespace Earshot
