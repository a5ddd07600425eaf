// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"

#include "ui/composer/attachmentlist.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/mediakeeper.h"
#include "ui/shell/errortext.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QImage>
#include <QLocale>

#include <algorithm>
#include <tuple>
#include <utility>

namespace Earshot {

// What goes along with a reply, and a reply that waits for it.

namespace {

/// Nobody has written on; only what was waited for has come. Who looked at what is new meanwhile changed nothing.
bool isSameButForMedia(const DraftRecord &before, const DraftRecord &now)
{
    const auto beside = [](const DraftRecord &draft) {
        return std::tie(draft.text, draft.contentWarning, draft.target, draft.leftOut, draft.language);
    };
    const qsizetype known = before.media.size();
    return beside(before) == beside(now) && now.media.first(std::min(known, now.media.size())) == before.media &&
           std::all_of(now.media.cbegin() + known, now.media.cend(),
                       [](const OutgoingMedia &media) { return media.description.isEmpty(); });
}

} // namespace

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
    if (!hasRoomFor(paths.size()))
        return;
    for (const QString &path : paths)
        await(MediaKeeper::keepFile(m_desk.workspace().mediaFolder(), path, can.maxMediaBytes));
}

void Composer::addImage(const QImage &image)
{
    if (!image.isNull() && hasRoomFor(1))
        await(MediaKeeper::keepImage(m_desk.workspace().mediaFolder(), image));
}

bool Composer::hasRoomFor(qsizetype more)
{
    if (isOfNote()) {
        m_choices->remark(tr("A note takes no files."));
        return false;
    }
    const int most = room().maxMedia;
    if (m_mode && most == 0) {
        m_choices->remark(tr("This network takes no files."));
        return false;
    }
    if (m_mode && m_attachments->media().size() + arriving() + more <= most)
        return true;
    m_choices->remark(tr("This network takes at most %Ln attachment(s).", nullptr, most));
    return false;
}

void Composer::await(const QFuture<Result<OutgoingMedia>> &media)
{
    ++m_arriving[{m_subject.conversation.id, *m_mode}];
    whenDone(media, this, [this, given = m_subject.conversation, mode = *m_mode](const Result<OutgoingMedia> &result) {
        if (--m_arriving[{given.id, mode}] == 0)
            m_arriving.remove({given.id, mode});
        takeMedia(given, mode, result);
    });
}

int Composer::arriving() const
{
    return m_mode ? m_arriving.value({m_subject.conversation.id, *m_mode}) : 0;
}

void Composer::takeMedia(const ConversationRecord &given, Mode mode, const Result<OutgoingMedia> &media)
{
    const bool isStillHere = isWriting(given.id, mode);
    if (!media) {
        const bool isTooLarge = media.error().kind == ErrorKind::tooLarge;
        const bool isWrong = media.error().kind == ErrorKind::unsupported;
        const QString why = isTooLarge ? tr("This file is larger than the network takes.")
                            : isWrong  ? tr("Only pictures, videos and audio can be attached.")
                                       : ErrorText::of(media.error());
        if (isStillHere) {
            if (std::exchange(m_waiting, std::nullopt))
                m_choices->ask(tr("Not sent. %1").arg(why));
            else
                m_choices->remark(why);
        } else {
            Q_EMIT message(tr("Not attached to the draft for %1. %2").arg(Wording::isolated(given.contactName), why));
        }
        return;
    }
    // It goes where it was given, also when its writer has gone on meanwhile.
    if (isStillHere) {
        m_attachments->add(*media);
        if (m_waiting)
            sendWithMedia();
        else
            sayIfScaled(*media);
        return;
    }
    m_book->draft(given.id, mode).media.append(*media);
    save(given.id, mode);
    m_book->tell(given.id, mode);
}

void Composer::sayIfScaled(const OutgoingMedia &media)
{
    const qint64 most = m_subject.channel.capabilities.maxMediaBytes;
    const qint64 size = QFileInfo(m_desk.workspace().mediaFolder() + QLatin1Char('/') + media.hash).size();
    if (most > 0 && size > most && media.type.startsWith(QLatin1StringView("image/")))
        m_choices->remark(tr("This picture has %1, the network takes %2: it is sent smaller.")
                              .arg(locale().formattedDataSize(size, 1, QLocale::DataSizeTraditionalFormat),
                                   locale().formattedDataSize(most, 1, QLocale::DataSizeTraditionalFormat)));
}

bool Composer::waitsForMedia(bool thenResolve, Consent consent)
{
    m_waiting.reset();
    if (arriving() == 0)
        return false;
    m_waiting = Waiting{m_book->record(m_subject.conversation.id, *m_mode, Time()), m_subject.conversation.seq,
                        thenResolve, consent};
    askAboutWaiting();
    return true;
}

void Composer::askAboutWaiting()
{
    if (m_waiting)
        m_choices->ask(tr("The attachment is still being read. The reply goes out when it is there."),
                       {{tr("Do not send"), [this] { m_waiting.reset(); }}});
}

QString Composer::whyNotClosedYet()
{
    return tr("A reply still waits for its attachment. Close when it has gone, or choose “Do not send” where it is.");
}

void Composer::giveUpWaiting()
{
    if (!std::exchange(m_waiting, std::nullopt))
        return;
    m_choices->clear();
    Q_EMIT message(tr("The reply to %1 is not sent: its attachment was still being read. It is kept as a draft.")
                       .arg(Wording::isolated(m_subject.conversation.contactName)));
}

void Composer::sendWithMedia()
{
    if (!m_waiting || arriving() > 0)
        return;
    Waiting waiting = *std::exchange(m_waiting, std::nullopt);
    m_choices->clear();
    // Who went on writing is not through.
    if (!isSameButForMedia(waiting.written, m_book->record(m_subject.conversation.id, *m_mode, Time()))) {
        m_choices->ask(tr("Not sent yet: the reply was changed while its attachment was being read."),
                       {{waiting.thenResolve ? tr("Send and resolve") : tr("Send"),
                         [this, thenResolve = waiting.thenResolve] { send(thenResolve); }}});
        return;
    }
    // What was agreed to was what had come until then.
    waiting.consent.toMoveOn = waiting.consent.toMoveOn && waiting.seen == m_subject.conversation.seq;
    send(waiting.thenResolve, waiting.consent);
}

} // namespace Earshot
