// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"

#include "ui/composer/attachmentlist.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/mediakeeper.h"
#include "ui/shell/errortext.h"
#include "ui/shell/whendone.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QImage>
#include <QLocale>

namespace Earshot {

// What goes along with a reply.

void Composer::pickFiles()
{
    auto *dialog = new QFileDialog(this, tr("Attach"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &Composer::addFiles);
    dialog->open();
}

void Composer::addFiles(const QStringList &paths)
{
    const Capabilities can = room();
    if (!m_mode || m_attachments->media().size() + paths.size() > can.maxMedia) {
        m_choices->ask(tr("This network takes at most %n attachment(s).", nullptr, can.maxMedia));
        return;
    }
    for (const QString &path : paths) {
        whenDone(MediaKeeper::keepFile(m_desk.workspace().mediaFolder(), path, can.maxMediaBytes), this,
                 [this, conversation = m_subject.conversation.id, mode = *m_mode](const Result<OutgoingMedia> &media) {
                     takeMedia(conversation, mode, media);
                 });
    }
}

void Composer::addImage(const QImage &image)
{
    const Capabilities can = room();
    if (!m_mode || image.isNull() || m_attachments->media().size() >= can.maxMedia)
        return;
    whenDone(MediaKeeper::keepImage(m_desk.workspace().mediaFolder(), image), this,
             [this, conversation = m_subject.conversation.id, mode = *m_mode](const Result<OutgoingMedia> &media) {
                 takeMedia(conversation, mode, media);
             });
}

void Composer::takeMedia(ConversationId conversation, Mode mode, const Result<OutgoingMedia> &media)
{
    const bool isStillHere = m_subject.conversation.id == conversation && m_mode == mode;
    if (!media) {
        const bool isTooLarge = media.error().kind == ErrorKind::tooLarge;
        const bool isWrong = media.error().kind == ErrorKind::unsupported;
        m_choices->ask(isTooLarge ? tr("This file is larger than the network takes.")
                       : isWrong  ? tr("Only pictures, films and sounds can be attached.")
                                  : ErrorText::of(media.error()));
        return;
    }
    // It goes where it was given, also when its writer has gone on meanwhile.
    if (isStillHere) {
        m_attachments->add(*media);
        sayIfScaled(*media);
    } else {
        m_book->draft(conversation, mode).media.append(*media);
    }
}

void Composer::sayIfScaled(const OutgoingMedia &media)
{
    const qint64 most = m_subject.channel.capabilities.maxMediaBytes;
    const qint64 size = QFileInfo(m_desk.workspace().mediaFolder() + QLatin1Char('/') + media.hash).size();
    if (most > 0 && size > most && media.type.startsWith(QLatin1StringView("image/")))
        m_choices->ask(tr("This picture has %1, the network takes %2: it is sent smaller.")
                           .arg(locale().formattedDataSize(size, 1, QLocale::DataSizeTraditionalFormat),
                                locale().formattedDataSize(most, 1, QLocale::DataSizeTraditionalFormat)));
}

} // namespace Earshot
