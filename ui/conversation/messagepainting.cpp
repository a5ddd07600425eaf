// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/messagelayout.h"

#include "ui/composer/modelook.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"

#include <QCoreApplication>
#include <QPainter>

namespace Earshot {

namespace {

constexpr int radius = 6;
constexpr int bar = 3; ///< the coloured edge of what we wrote
constexpr int frameWidth = 2;

DraftRecord::Mode modeOf(const MessageRecord &message)
{
    if (message.kind == MessageKind::note)
        return DraftRecord::Mode::note;
    return message.visibility == Visibility::direct ? DraftRecord::Mode::privateReply : DraftRecord::Mode::reply;
}

} // namespace

void MessageLayout::paint(QPainter &painter, Range selection, bool isCurrent, const Pictures &pictures, int caret) const
{
    if (m_item.isFirstUnseen) {
        const QColor accent = Appearance::accent(m_look.palette);
        const QString text = QCoreApplication::translate("Earshot::MessageLayout", "New");
        const int width = m_metrics.horizontalAdvance(text);
        const int middle = m_markHeight / 2 + 2;
        painter.setPen(accent);
        painter.drawLine(m_card.left(), middle, m_card.center().x() - width / 2 - 8, middle);
        painter.drawLine(m_card.center().x() + width / 2 + 8, middle, m_card.right(), middle);
        painter.drawText(QRect(m_card.left(), 0, m_card.width(), 2 * middle), Qt::AlignCenter, text);
    }
    if (m_item.kind == TimelineItem::Kind::message)
        paintCard(painter, isCurrent);
    // Words stand on some of them.
    for (const Picture &picture : m_pictures)
        paintPicture(painter, picture, pictures);
    for (const Block &block : m_blocks) {
        QList<QTextLayout::FormatRange> marks;
        const int from = std::max(0, selection.from - block.start);
        const int to = std::min(int(block.layout->text().size()), selection.to - block.start);
        if (from < to) {
            QTextLayout::FormatRange mark;
            mark.start = from;
            mark.length = to - from;
            mark.format.setBackground(m_look.palette.color(QPalette::Highlight));
            mark.format.setForeground(m_look.palette.color(QPalette::HighlightedText));
            marks.append(mark);
        }
        block.layout->draw(&painter, block.place, marks);
        const int place = caret - block.start;
        if (caret >= 0 && place >= 0 && place <= block.layout->text().size() && blockAt(caret) == &block) {
            painter.setPen(m_look.palette.color(QPalette::Text));
            block.layout->drawCursor(&painter, block.place, place, 2);
        }
    }
}

void MessageLayout::paintFrame(QPainter &painter, Range link) const
{
    painter.setPen(QPen(m_look.palette.color(QPalette::Text), frameWidth));
    painter.setBrush(Qt::NoBrush);
    for (const QRect &rect : rectsOf(link))
        painter.drawRect(rect.adjusted(-2, 0, 1, 0));
}

void MessageLayout::paintCard(QPainter &painter, bool isCurrent) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    const MessageRecord &message = *m_item.message;
    const bool isOurs = message.kind == MessageKind::note || message.kind == MessageKind::reply;
    QColor ground = m_look.palette.color(QPalette::Base);
    QPen frame(Appearance::line(m_look.palette));
    if (isOurs)
        ground = ModeLook::tint(modeOf(message), m_look.palette);
    if (message.kind == MessageKind::note)
        frame = QPen(ModeLook::color(DraftRecord::Mode::note, m_look.palette), 1, Qt::DashLine);
    if (isCurrent)
        frame = QPen(Appearance::accent(m_look.palette), 2);
    if (m_item.isContext && !isCurrent)
        frame = Qt::NoPen;
    painter.setPen(frame);
    painter.setBrush(m_item.isContext ? QBrush(Qt::NoBrush) : QBrush(ground));
    painter.drawRoundedRect(QRectF(m_card).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    if (isOurs) {
        const bool isRtl = m_look.direction == Qt::RightToLeft;
        const int x = isRtl ? m_card.right() - bar + 1 : m_card.left();
        painter.fillRect(QRect(x, m_card.top() + radius, bar, m_card.height() - 2 * radius),
                         ModeLook::color(modeOf(message), m_look.palette));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void MessageLayout::paintPicture(QPainter &painter, const Picture &picture, const Pictures &pictures) const
{
    const bool isPicture = !picture.media.hash.isEmpty() && picture.media.type.startsWith(QLatin1StringView("image"));
    const QPixmap pixmap = isPicture && pictures ? pictures(picture.media, picture.rect.size()) : QPixmap();
    if (!pixmap.isNull()) {
        const QSizeF size = pixmap.deviceIndependentSize();
        painter.drawPixmap(QRectF(QPointF(picture.rect.topLeft()), size).toRect(), pixmap);
        return;
    }
    painter.setPen(Appearance::line(m_look.palette));
    painter.setBrush(m_look.palette.color(QPalette::AlternateBase));
    painter.drawRect(picture.rect.adjusted(0, 0, -1, -1));
}

} // namespace Earshot
