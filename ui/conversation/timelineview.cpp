// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/timelineview.h"

#include "ui/conversation/timelineaccessible.h"
#include "ui/shell/plainlabel.h"

#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace Earshot {

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

void TimelineView::tellAtEnd()
{
    if (m_wasAtEnd == isAtEnd())
        return;
    m_wasAtEnd = !m_wasAtEnd;
    Q_EMIT atEndChanged(m_wasAtEnd);
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
