// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/attachmentlist.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/speller.h"

namespace Earshot {

// What was sent and taken back is a draft again.

namespace {

DraftRecord::Mode modeOf(const WrittenReply &written)
{
    const MessageRecord &message = written.message;
    if (message.kind == MessageKind::note)
        return written.target ? DraftRecord::Mode::noteEdit : DraftRecord::Mode::note;
    return message.visibility == Visibility::direct ? DraftRecord::Mode::privateReply : DraftRecord::Mode::reply;
}

} // namespace

bool Composer::hasDraftLike(const WrittenReply &written) const
{
    return m_book->has(written.message.conversation, modeOf(written));
}

bool Composer::takeBack(const WrittenReply &written)
{
    const MessageRecord &reply = written.message;
    // What is being handed over is emptied when it has arrived.
    if (reply.conversation != m_subject.conversation.id || m_isSending)
        return false;
    const Mode mode = modeOf(written);
    const bool isJoined = m_book->has(reply.conversation, mode);
    Draft &place = m_book->draft(reply.conversation, mode);
    m_isLoading = true;
    if (isJoined)
        putAbove(place, reply);
    else
        putBack(place, written);
    for (const MediaRecord &media : reply.media) {
        if (!media.hash.isEmpty())
            place.media.append({media.hash, media.type, media.description});
    }
    place.thenResolve = written.thenResolve;
    m_isLoading = false;
    open(mode);
    if (m_mode == mode)
        keepDraft();
    else
        save(reply.conversation, mode);
    m_book->tell(reply.conversation, mode);
    if (isJoined)
        Q_EMIT message(tr("There was another draft by now: what was taken back stands above it."));
    return true;
}

void Composer::putBack(Draft &place, const WrittenReply &written)
{
    const MessageRecord &reply = written.message;
    if (modeOf(written) == Mode::noteEdit)
        place.original = written.original;
    place.document->setPlainText(reply.text);
    place.contentWarning = reply.contentWarning;
    place.basedOn = m_subject.conversation.seq;
    place.cursor = int(reply.text.size());
    place.leftOut = written.leftOut;
    place.target = MessageId();
    if (written.target) {
        m_book->know(*written.target);
        place.target = written.target->id;
    }
    // By itself it is that of the message answered.
    const bool isChosen = !written.target || reply.language != written.target->language;
    place.language = isChosen ? reply.language : QString();
    const QString known = m_speller && isChosen ? m_speller->dictionaryFor(reply.language) : QString();
    if (!known.isEmpty())
        place.language = known;
}

void Composer::putAbove(Draft &place, const MessageRecord &reply)
{
    // Whom it answers and names is the newer draft's: that is what its writer has before the eyes.
    const QString text = place.document->isEmpty() ? reply.text : reply.text + QStringLiteral("\n\n");
    QTextCursor start(place.document.get());
    start.insertText(text);
    place.cursor += int(text.size());
    if (place.contentWarning.isEmpty())
        place.contentWarning = reply.contentWarning;
    else if (!reply.contentWarning.isEmpty() && reply.contentWarning != place.contentWarning)
        place.contentWarning = reply.contentWarning + QStringLiteral(", ") + place.contentWarning;
}

} // namespace Earshot
