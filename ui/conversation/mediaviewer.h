// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/records.h"

#include <QDialog>
#include <QFuture>
#include <QImage>

#include <functional>

class QHBoxLayout;
class QScrollArea;
class QToolButton;

namespace Earshot {

class PlainLabel;
class ZoomedPicture;

/// One message's pictures at any size, each with its description; any attachment that was fetched can be saved.
/// Decodes off the GUI thread. Plus, minus, 0 (as it is) and F (fit) zoom; the arrows go from one to the next. Deletes
/// itself.
class MediaViewer final : public QDialog
{
    Q_OBJECT

public:
    /// @param folder where files lie by their hash
    MediaViewer(QString folder, QList<MediaRecord> media, int index, QWidget *parent);

    /// In percent of the picture's own size.
    [[nodiscard]] int zoom() const { return m_zoom; }
    [[nodiscard]] int index() const { return m_index; }
    /// Copies the file as it was fetched, on a thread of the pool. What was there is replaced only by the whole of it.
    /// Errors: notFound, io, diskFull.
    [[nodiscard]] QFuture<Done> saveAs(const QString &path) const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *addButton(const char *name, const QString &text, const QString &help, std::function<void()> run);
    void showAt(int index);
    void take(int index, const QList<QImage> &levels);
    void setZoom(int percent);
    void fit();
    void askWhere();
    void save(const QString &path);

    QString m_folder;
    QList<MediaRecord> m_media;
    int m_index = 0;
    int m_zoom = 100;
    bool m_isFitted = true;
    QScrollArea *m_area;
    ZoomedPicture *m_picture;
    PlainLabel *m_description;
    PlainLabel *m_trouble;
    PlainLabel *m_size;
    QToolButton *m_previous = nullptr;
    QToolButton *m_next = nullptr;
    QToolButton *m_save = nullptr;
    QList<QToolButton *> m_zooming; ///< only for a picture
    QHBoxLayout *m_buttons;
};

} // namespace Earshot
