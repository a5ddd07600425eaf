// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"

#include <QWidget>

class QVBoxLayout;

namespace Earshot {

/// What goes along with a reply: one row a file, each with its description.
class AttachmentList final : public QWidget
{
    Q_OBJECT

public:
    /// @param folder where their files are, by which they are told apart
    explicit AttachmentList(QString folder, QWidget *parent = nullptr);

    void setMedia(const QList<OutgoingMedia> &media);
    void add(const OutgoingMedia &media);
    [[nodiscard]] const QList<OutgoingMedia> &media() const { return m_media; }

Q_SIGNALS:
    void changed();

private:
    void rebuild();
    void addRow(qsizetype i);
    [[nodiscard]] QString nameOf(const OutgoingMedia &media) const;

    QString m_folder;
    QVBoxLayout *m_rows;
    QList<QWidget *> m_widgets;
    QList<OutgoingMedia> m_media;
};

} // namespace Earshot
