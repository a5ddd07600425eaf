// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/pictureloader.h"

#include <QFileInfo>
#include <QImageReader>
#include <QMetaObject>

#include <array>

namespace Earshot {

namespace {

constexpr qint64 mostPixels = 50'000'000;
constexpr qint64 mostBytes = 40'000'000;
constexpr int mostMegabytes = 256;
constexpr qsizetype cacheKilobytes = 48'000;

bool isHash(const QString &hash)
{
    return hash.size() == 64 && std::all_of(hash.cbegin(), hash.cend(), [](QChar c) {
               return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) ||
                      (c >= QLatin1Char('a') && c <= QLatin1Char('f'));
           });
}

} // namespace

PictureLoader::PictureLoader(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_ready(cacheKilobytes)
{
    m_thread.setMaxThreadCount(1);
}

PictureLoader::~PictureLoader()
{
    m_thread.clear();
    m_thread.waitForDone();
}

QPixmap PictureLoader::picture(const QString &hash, QSize size, qreal ratio)
{
    const QSize pixels = size * ratio;
    const QString key =
        QStringLiteral("%1/%2x%3").arg(hash, QString::number(pixels.width()), QString::number(pixels.height()));
    if (const QPixmap *ready = m_ready.object(key))
        return *ready;
    // Only a hash is a file's name: nothing that a network says becomes a path.
    if (m_asked.contains(key) || !isHash(hash))
        return {};
    m_asked.insert(key);
    const QString path = m_folder + QLatin1Char('/') + hash;
    m_thread.start([this, key, hash, path, pixels, ratio] {
        if (!QFileInfo::exists(path)) {
            QMetaObject::invokeMethod(
                this, [this, hash] { Q_EMIT missing(hash); }, Qt::QueuedConnection);
            return;
        }
        const QImage image = decode(path, pixels);
        QMetaObject::invokeMethod(
            this, [this, key, hash, image, ratio] { onDecoded(key, hash, image, ratio); }, Qt::QueuedConnection);
    });
    return {};
}

void PictureLoader::retry(const QString &hash)
{
    m_asked.removeIf([&hash](const QString &key) { return key.startsWith(hash); });
    Q_EMIT loaded(hash);
}

QImage PictureLoader::decode(const QString &path, QSize size)
{
    static constexpr std::array formats = {"png", "jpeg", "gif", "webp"};
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    QImageReader::setAllocationLimit(mostMegabytes);
    const QByteArray format = reader.format();
    const bool isAllowed =
        std::any_of(formats.begin(), formats.end(), [&format](const char *name) { return format == name; });
    const QSize own = reader.size();
    if (!isAllowed || !own.isValid() || qint64(own.width()) * own.height() > mostPixels || reader.device() == nullptr ||
        reader.device()->size() > mostBytes)
        return {};
    if (own.width() > size.width() || own.height() > size.height())
        reader.setScaledSize(own.scaled(size, Qt::KeepAspectRatio).expandedTo({1, 1}));
    return reader.read();
}

void PictureLoader::onDecoded(const QString &key, const QString &hash, const QImage &image, qreal ratio)
{
    if (image.isNull())
        return;
    auto *pixmap = new QPixmap(QPixmap::fromImage(image));
    pixmap->setDevicePixelRatio(ratio);
    const auto cost = qsizetype(image.sizeInBytes() / 1024 + 1);
    m_ready.insert(key, pixmap, cost);
    m_asked.remove(key);
    Q_EMIT loaded(hash);
}

} // namespace Earshot
