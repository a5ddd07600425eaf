// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/lowarea.h"

#include <QApplication>
#include <QEvent>
#include <QLayout>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr int fewLines = 6;

} // namespace

LowArea::LowArea(QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(qApp, &QApplication::focusChanged, this, [this] {
        m_followed = {};
        follow();
    });
}

void LowArea::setPage(QWidget *page)
{
    setWidget(page);
    page->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    page->installEventFilter(this);
    fit();
}

QSize LowArea::sizeHint() const
{
    return widget() ? widget()->sizeHint() : QScrollArea::sizeHint();
}

QSize LowArea::minimumSizeHint() const
{
    const int lines = fontMetrics().lineSpacing() * fewLines;
    return widget() ? QSize(widget()->minimumSizeHint().width(), lines) : QSize(0, lines);
}

bool LowArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        fit();
    return QScrollArea::eventFilter(watched, event);
}

void LowArea::resizeEvent(QResizeEvent *event)
{
    fit();
    QScrollArea::resizeEvent(event);
}

void LowArea::fit()
{
    if (!widget() || !widget()->layout())
        return;
    const QLayout &layout = *widget()->layout();
    // Not what it wishes for: it gives way before it scrolls.
    const auto needed = [&layout](int width) {
        return layout.hasHeightForWidth() ? layout.totalMinimumHeightForWidth(width)
                                          : layout.totalMinimumSize().height();
    };
    const QSize room = maximumViewportSize();
    int width = room.width();
    if (needed(width) > room.height())
        width -= verticalScrollBar()->sizeHint().width();
    widget()->resize(width, std::max(room.height(), needed(width)));
    // What it holds has its place after the next turn.
    QMetaObject::invokeMethod(this, &LowArea::follow, Qt::QueuedConnection);
}

void LowArea::follow()
{
    QWidget *focused = QApplication::focusWidget();
    if (!focused || !widget() || !widget()->isAncestorOf(focused))
        return;
    if (widget()->height() <= viewport()->height()) {
        m_followed = {};
        return;
    }
    const QRect place(focused->mapTo(widget(), QPoint()), focused->size());
    const std::pair now(place, viewport()->size());
    // Where the person has scrolled to since stays.
    if (now == std::exchange(m_followed, now))
        return;
    // Together with what belongs to it, as far as there is room.
    QWidget *section = focused;
    while (section->parentWidget() != widget())
        section = section->parentWidget();
    for (const QWidget *wanted : {section, focused}) {
        const int top = wanted->mapTo(widget(), QPoint()).y();
        const int last = top + wanted->height() - viewport()->height();
        verticalScrollBar()->setValue(std::min(std::max(verticalScrollBar()->value(), last), top));
    }
}

} // namespace Earshot
