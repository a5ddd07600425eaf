// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/zoomedpicture.h"

#include <QPaintEvent>
#include <QPainter>

namespace Earshot {

namespace {

constexpr int smallestSide = 256;

} // namespace

ZoomedPicture::ZoomedPicture(QWidget *parent)
    : QWidget(parent)
{
}

QList<QImage> ZoomedPicture::levelsOf(const QImage &image)
{
    QList<QImage> levels;
    for (QImage level = image; !level.isNull();) {
        levels.append(level);
        if (std::min(level.width(), level.height()) < 2 * smallestSide)
            break;
        level = level.scaled(level.size() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    }
    return levels;
}

void ZoomedPicture::setLevels(const QList<QImage> &levels)
{
    m_levels = levels;
    m_text.clear();
    adjustSize();
    update();
}

void ZoomedPicture::setText(const QString &text)
{
    m_levels.clear();
    m_text = text;
    setAccessibleName(text);
    adjustSize();
    update();
}

void ZoomedPicture::setZoom(int percent)
{
    m_zoom = percent;
    adjustSize();
    update();
}

QSize ZoomedPicture::sizeHint() const
{
    if (isEmpty())
        return fontMetrics().size(0, m_text);
    const QSizeF size = QSizeF(pictureSize()) * m_zoom / 100.0 / devicePixelRatioF();
    return size.toSize().expandedTo(QSize(1, 1));
}

void ZoomedPicture::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    if (isEmpty()) {
        painter.drawText(rect(), Qt::AlignCenter, m_text);
        return;
    }
    // The smallest level that has all that can be seen.
    const int wanted = int(width() * devicePixelRatioF());
    qsizetype level = 0;
    while (level + 1 < m_levels.size() && m_levels.at(level + 1).width() >= wanted)
        ++level;
    const QImage &image = m_levels.at(level);
    const double perPixel = double(image.width()) / width();
    const double perLine = double(image.height()) / height();
    const QRectF part(event->rect());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(
        part, image, QRectF(part.x() * perPixel, part.y() * perLine, part.width() * perPixel, part.height() * perLine));
}

} // namespace Earshot
