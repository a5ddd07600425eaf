// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QThreadPool>

namespace Earshot {

/// Reads pictures kept beside the workspace. Decodes on one thread of its own, at most the size that is shown, only
/// PNG, JPEG, GIF and WebP, and nothing large enough to hurt. Lives on the GUI thread; waits for its thread when it
/// dies.
class PictureLoader final : public QObject
{
    Q_OBJECT

public:
    explicit PictureLoader(const QString &folder, QObject *parent = nullptr);
    ~PictureLoader() override;

    /// The picture within `size`, or null: then it is read and loaded() follows, if it can be shown at all.
    [[nodiscard]] QPixmap picture(const QString &hash, QSize size, qreal ratio);

    /// A file that was missing is there by now.
    void retry(const QString &hash);
    /// Somebody looks anew: what was missing may be had by now, or is to be asked for again.
    void lookAgain() { m_asked.clear(); }

    /// Decodes one file within these limits; null when it is anything else than a small enough picture. Any thread.
    [[nodiscard]] static QImage decode(const QString &path, QSize size);

Q_SIGNALS:
    void loaded(const QString &hash);
    /// There is no such file; it is not tried again before retry() or lookAgain().
    void missing(const QString &hash);

private:
    void onDecoded(const QString &key, const QString &hash, const QImage &image, qreal ratio);

    QString m_folder;
    QThreadPool m_thread;
    QCache<QString, QPixmap> m_ready;
    QSet<QString> m_asked; ///< also what cannot be shown: it is tried once
};

} // namespace Earshot
