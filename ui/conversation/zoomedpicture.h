// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QImage>
#include <QWidget>

namespace Earshot {

/// A picture at any size: only what is on screen is painted, so that a large one costs no more when it is made larger.
class ZoomedPicture final : public QWidget
{
    Q_OBJECT

public:
    explicit ZoomedPicture(QWidget *parent = nullptr);

    /// The picture and its halves, quarters, ... down to a small one: smaller sizes are painted from these. Takes its
    /// time: not for the GUI thread.
    [[nodiscard]] static QList<QImage> levelsOf(const QImage &image);
    void setLevels(const QList<QImage> &levels);
    /// Why there is none to see.
    void setText(const QString &text);
    [[nodiscard]] bool isEmpty() const { return m_levels.isEmpty(); }
    /// In pixels; empty without a picture.
    [[nodiscard]] QSize pictureSize() const { return isEmpty() ? QSize() : m_levels.constFirst().size(); }
    /// In percent of the picture's own size.
    void setZoom(int percent);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<QImage> m_levels; ///< the whole one first
    QString m_text;
    int m_zoom = 100;
};

} // namespace Earshot
