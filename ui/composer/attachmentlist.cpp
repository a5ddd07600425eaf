// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/attachmentlist.h"

#include "ui/shell/icons.h"
#include "ui/shell/plainlabel.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Earshot {

AttachmentList::AttachmentList(QString folder, QWidget *parent)
    : QWidget(parent)
    , m_folder(std::move(folder))
    , m_rows(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("attachments"));
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(4);
    hide();
}

void AttachmentList::setMedia(const QList<OutgoingMedia> &media)
{
    const bool isOfTheSame = std::equal(media.cbegin(), media.cend(), m_media.cbegin(), m_media.cend(),
                                        [](const OutgoingMedia &one, const OutgoingMedia &other) {
                                            return one.hash == other.hash && one.type == other.type;
                                        });
    m_media = media;
    if (isOfTheSame) {
        // The fields stay: one of them may be the one that the keyboard comes back to.
        for (qsizetype i = 0; i < m_media.size(); ++i) {
            auto *field = m_widgets.at(i)->findChild<QLineEdit *>();
            const QSignalBlocker quiet(field);
            field->setText(m_media.at(i).description);
        }
        return;
    }
    rebuild();
}

void AttachmentList::add(const OutgoingMedia &media)
{
    m_media.append(media);
    // The others stay: one of them may be under somebody's hands.
    addRow(m_media.size() - 1);
    show();
    Q_EMIT changed();
}

void AttachmentList::rebuild()
{
    for (QWidget *widget : std::as_const(m_widgets)) {
        widget->hide();
        widget->deleteLater();
    }
    m_widgets.clear();
    for (qsizetype i = 0; i < m_media.size(); ++i)
        addRow(i);
    setVisible(!m_media.isEmpty());
}

/// What it is, and how large: nobody knows it by its type.
QString AttachmentList::nameOf(const OutgoingMedia &media) const
{
    const QString group = media.type.section(QLatin1Char('/'), 0, 0);
    const QString kind = group == QLatin1StringView("image")   ? tr("Picture")
                         : group == QLatin1StringView("video") ? tr("Video")
                         : group == QLatin1StringView("audio") ? tr("Audio")
                                                               : tr("File");
    const QFileInfo file(m_folder + QLatin1Char('/') + media.hash);
    if (!file.exists())
        return kind;
    return tr("%1, %2", "a picture, and its size")
        .arg(kind, locale().formattedDataSize(file.size(), 0, QLocale::DataSizeTraditionalFormat));
}

void AttachmentList::addRow(qsizetype i)
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(new PlainLabel(tr("%1. %2").arg(i + 1).arg(nameOf(m_media.at(i))), row));
    auto *description = new QLineEdit(m_media.at(i).description, row);
    description->setObjectName(QStringLiteral("attachmentDescription%1").arg(i));
    description->setAccessibleName(tr("Description of attachment %1").arg(i + 1));
    description->setPlaceholderText(tr("Describe it for people who cannot see it"));
    description->setMaxLength(1500);
    connect(description, &QLineEdit::textChanged, this, [this, i](const QString &text) {
        m_media[i].description = text;
        Q_EMIT changed();
    });
    line->addWidget(description, 1);
    auto *remove = new QToolButton(row);
    remove->setObjectName(QStringLiteral("attachmentRemove%1").arg(i));
    remove->setIcon(Icons::icon(QStringLiteral("close")));
    remove->setAutoRaise(true);
    remove->setAccessibleName(tr("Remove attachment %1").arg(i + 1));
    remove->setToolTip(tr("Remove"));
    connect(remove, &QToolButton::clicked, this, [this, i] {
        m_media.removeAt(i);
        rebuild();
        Q_EMIT changed();
    });
    line->addWidget(remove);
    m_rows->addWidget(row);
    m_widgets.append(row);
}

} // namespace Earshot
