// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/messagewidget.h"

#include "ui/shell/plainlabel.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QToolTip>

namespace Earshot {

MessageWidget::MessageWidget(MessageLayout::Pictures pictures, QWidget *parent)
    : QWidget(parent)
    , m_pictures(std::move(pictures))
{
    setObjectName(QStringLiteral("timelineMessage"));
    setMouseTracking(true);
}

void MessageWidget::setItem(const TimelineItem &item, std::shared_ptr<const MessageLayout> layout,
                            const QString &spoken)
{
    const bool isOther = m_key != item.key;
    m_key = item.key;
    m_layout = std::move(layout);
    if (isOther) {
        m_selection = {};
        m_caret = -1;
        m_link = {};
    }
    setAccessibleName(spoken);
    placeButtons(item);
    update();
}

void MessageWidget::clear()
{
    m_key = 0;
    m_layout.reset();
    m_selection = {};
    m_caret = -1;
    m_link = {};
}

void MessageWidget::placeButtons(const TimelineItem &item)
{
    const QList<MessageLayout::Button> &wanted = m_layout->buttons();
    while (m_buttons.size() < wanted.size()) {
        auto *button = new QToolButton(this);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        connect(button, &QToolButton::clicked, this, [this, button] {
            Q_EMIT actionTriggered(m_key, static_cast<MessageAction>(button->property("action").toInt()));
        });
        m_buttons.append(button);
    }
    for (qsizetype i = 0; i < m_buttons.size(); ++i) {
        QToolButton *button = m_buttons.at(i);
        button->setVisible(i < wanted.size());
        if (i >= wanted.size())
            continue;
        const MessageLayout::Button &shown = wanted.at(i);
        const bool isFold = shown.action == MessageAction::fold;
        button->setProperty("action", static_cast<int>(shown.action));
        button->setObjectName(QStringLiteral("messageAction%1").arg(static_cast<int>(shown.action)));
        button->setText(shown.text);
        button->setAccessibleName(shown.text);
        button->setAutoRaise(isFold);
        const Qt::ArrowType closed = layoutDirection() == Qt::RightToLeft ? Qt::LeftArrow : Qt::RightArrow;
        button->setArrowType(!isFold ? Qt::NoArrow : item.isOpenFold ? Qt::DownArrow : closed);
        button->setToolButtonStyle(isFold ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonTextOnly);
        button->setGeometry(shown.rect);
    }
}

void MessageWidget::setCurrent(bool isCurrent)
{
    if (m_isCurrent == isCurrent)
        return;
    m_isCurrent = isCurrent;
    update();
}

void MessageWidget::setSelection(MessageLayout::Range selection)
{
    if (m_selection == selection)
        return;
    m_selection = selection;
    update();
}

void MessageWidget::setCaret(int position)
{
    if (m_caret == position)
        return;
    m_caret = position;
    update();
}

void MessageWidget::setLink(MessageLayout::Range link)
{
    if (m_link == link)
        return;
    m_link = link;
    update();
}

QList<QWidget *> MessageWidget::buttons() const
{
    QList<QWidget *> shown;
    for (QToolButton *button : m_buttons) {
        if (!button->isHidden())
            shown.append(button);
    }
    return shown;
}

bool MessageWidget::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        showToolTip(help->pos(), help->globalPos());
        return true;
    }
    return QWidget::event(event);
}

void MessageWidget::showToolTip(QPoint place, QPoint global)
{
    QString text;
    if (const Link *link = m_layout ? m_layout->linkAt(place) : nullptr) {
        // Written out in full, as it will be asked for: a look-alike host shows itself.
        text = QString::fromUtf8(link->url.toEncoded());
    } else if (m_layout) {
        for (const MessageLayout::Picture &picture : m_layout->pictures()) {
            if (picture.rect.contains(place))
                text = picture.media.description;
        }
    }
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(global, PlainLabel::toolTipOf(text), this);
}

void MessageWidget::paintEvent(QPaintEvent *)
{
    if (!m_layout)
        return;
    QPainter painter(this);
    m_layout->paint(painter, m_selection, m_isCurrent, m_pictures, m_caret);
    if (!m_link.isEmpty())
        m_layout->paintFrame(painter, m_link);
}

void MessageWidget::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_layout)
        return;
    const bool isThird = m_doubled.isValid() && !m_doubled.hasExpired(QApplication::doubleClickInterval()) &&
                         (event->pos() - m_doubledAt).manhattanLength() < QApplication::startDragDistance();
    const bool isExtending = (event->modifiers() & Qt::ShiftModifier) != 0;
    m_doubled.invalidate();
    m_pressed = m_key;
    m_pressedAt = m_layout->positionAt(event->pos());
    m_hasDrawn = isThird || isExtending;
    Q_EMIT pressed(mapToParent(event->pos()), isThird ? 3 : 1, isExtending);
}

void MessageWidget::mouseMoveEvent(QMouseEvent *event)
{
    // Also when it shows something else by now, or nothing: the pointer is held by the widget on which it went down.
    if ((event->buttons() & Qt::LeftButton) != 0 && m_pressed != 0) {
        m_hasDrawn = m_hasDrawn || m_key != m_pressed || m_layout->positionAt(event->pos()) != m_pressedAt;
        if (m_hasDrawn)
            Q_EMIT dragged(mapToParent(event->pos()));
        return;
    }
    if (!m_layout)
        return;
    if (m_layout->linkAt(event->pos()))
        setCursor(Qt::PointingHandCursor);
    else if (m_layout->isOnText(event->pos()))
        setCursor(Qt::IBeamCursor);
    else
        unsetCursor();
}

void MessageWidget::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_pressed == 0)
        return;
    const bool isClick = m_pressed == m_key && !m_hasDrawn;
    m_pressed = 0;
    Q_EMIT released();
    if (!isClick || !m_layout)
        return;
    if (const Link *link = m_layout->linkAt(event->pos()))
        Q_EMIT linkActivated(link->url);
    for (const MessageLayout::Picture &picture : m_layout->pictures()) {
        if (picture.rect.contains(event->pos()))
            Q_EMIT pictureActivated(m_key, picture.media.hash);
    }
}

void MessageWidget::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_layout || m_layout->linkAt(event->pos()))
        return;
    m_pressed = m_key;
    m_hasDrawn = true;
    m_doubled.start();
    m_doubledAt = event->pos();
    Q_EMIT pressed(mapToParent(event->pos()), 2, false);
}

void MessageWidget::contextMenuEvent(QContextMenuEvent *event)
{
    const Link *link = m_layout ? m_layout->linkAt(event->pos()) : nullptr;
    Q_EMIT menuRequested(m_key, event->globalPos(), link ? link->url : QUrl());
}

} // namespace Earshot
