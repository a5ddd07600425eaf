// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <utility>

namespace Earshot {

namespace {

QString pathOf(const QString &name)
{
    return QStringLiteral(":/icons/") + name + QStringLiteral(".svg");
}

/// The drawing in one colour, kept in Qt's pixmap cache.
QPixmap drawn(const QString &name, QSize size, const QColor &color)
{
    const QString key =
        QStringLiteral("earshot/%1/%2x%3/%4")
            .arg(name, QString::number(size.width()), QString::number(size.height()), color.name(QColor::HexArgb));
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(pathOf(name));
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class SvgIconEngine final : public QIconEngine
{
public:
    explicit SvgIconEngine(QString name)
        : m_name(std::move(name))
    {
    }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap shown = drawn(m_name, rect.size() * ratio, color(mode));
        shown.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect, shown);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return drawn(m_name, size, color(mode));
    }
    [[nodiscard]] QIconEngine *clone() const override { return new SvgIconEngine(m_name); }

private:
    [[nodiscard]] static QColor color(QIcon::Mode mode)
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::Text);
        return palette.color(QPalette::Active, mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::Text);
    }
    QString m_name;
};

} // namespace

QIcon Icons::icon(const QString &name)
{
    if (!QFile::exists(pathOf(name))) {
        qWarning("no icon named %s", qUtf8Printable(name));
        return {};
    }
    return QIcon(new SvgIconEngine(name));
}

void Icons::paint(QPainter *painter, const QRect &rect, const QString &name, const QColor &color)
{
    const qreal ratio = painter->device()->devicePixelRatioF();
    QPixmap shown = drawn(name, rect.size() * ratio, color);
    shown.setDevicePixelRatio(ratio);
    painter->drawPixmap(rect, shown);
}

QString Icons::ofNetwork(Network network)
{
    return QStringLiteral("network-") + word(network);
}

} // namespace Earshot
