// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/draftbook.h"

#include <QPlainTextDocumentLayout>
#include <QTextCursor>

#include <algorithm>

namespace Earshot {

namespace {

/// What is written beside the text, whose undo history goes its own way.
void takeAllButText(Draft &place, const DraftRecord &record)
{
    place.contentWarning = record.contentWarning;
    place.target = record.target;
    place.basedOn = record.basedOn;
    place.media = record.media;
    place.leftOut = record.leftOut;
    place.language = record.language;
    place.cursor = int(record.text.size());
}

} // namespace

Draft &DraftBook::draft(ConversationId conversation, DraftRecord::Mode mode)
{
    std::unique_ptr<Draft> &place = m_drafts[conversation.value][static_cast<size_t>(mode)];
    if (!place) {
        place = std::make_unique<Draft>();
        place->document = std::make_unique<QTextDocument>();
        // A plain text editor takes no other layout.
        place->document->setDocumentLayout(new QPlainTextDocumentLayout(place->document.get()));
        place->history = std::make_unique<DraftHistory>(*place->document);
    }
    return *place;
}

bool DraftBook::has(ConversationId conversation, DraftRecord::Mode mode) const
{
    const auto found = m_drafts.find(conversation.value);
    return found != m_drafts.end() && found->second[static_cast<size_t>(mode)] &&
           !found->second[static_cast<size_t>(mode)]->isEmpty();
}

bool DraftBook::answers(MessageId message) const
{
    return std::any_of(m_drafts.cbegin(), m_drafts.cend(), [message](const auto &ofConversation) {
        return std::any_of(
            ofConversation.second.cbegin(), ofConversation.second.cend(),
            [message](const std::unique_ptr<Draft> &draft) { return draft && draft->target == message; });
    });
}

void DraftBook::restore(const DraftRecord &record)
{
    if (has(record.conversation, record.mode))
        return;
    Draft &place = draft(record.conversation, record.mode);
    // It is still to be removed where it was read.
    if (isKnown(place.emptiedAt) && record.updatedAt <= place.emptiedAt)
        return;
    place.isKept = true;
    place.history->restore(record.text, record.history);
    takeAllButText(place, record);
    takeOriginal(place, record);
    tell(record.conversation, record.mode);
}

void DraftBook::replace(const DraftRecord &record)
{
    Draft &place = draft(record.conversation, record.mode);
    place.isKept = true;
    if (record.mode == DraftRecord::Mode::noteEdit && place.target != record.target) {
        // An undo would put the text of one note into another.
        place.document->setPlainText(record.text);
    } else if (place.history->text() != record.text) {
        QTextCursor all(place.document.get());
        all.select(QTextCursor::Document);
        all.insertText(record.text);
    }
    takeAllButText(place, record);
    takeOriginal(place, record);
    tell(record.conversation, record.mode);
}

/// Where the note has another text by now, its writer is to hear of it.
void DraftBook::takeOriginal(Draft &place, const DraftRecord &record) const
{
    place.original.clear();
    const MessageRecord *note = record.mode == DraftRecord::Mode::noteEdit ? known(record.target) : nullptr;
    if (!note)
        return;
    const bool isChanged = note->editedAt > record.updatedAt && !note->olderTexts.isEmpty();
    place.original = isChanged ? note->olderTexts.constLast() : note->text;
}

const MessageRecord *DraftBook::known(MessageId message) const
{
    const auto found = m_known.constFind(message);
    return found == m_known.cend() ? nullptr : &*found;
}

void DraftBook::forgetUnanswered()
{
    m_known.removeIf([this](const auto &known) { return !answers(known.key()); });
}

DraftRecord DraftBook::record(ConversationId conversation, DraftRecord::Mode mode, Time now)
{
    const Draft &place = draft(conversation, mode);
    DraftRecord record;
    record.conversation = conversation;
    record.mode = mode;
    record.text = place.history->text();
    record.contentWarning = place.contentWarning;
    record.target = place.target;
    record.basedOn = place.basedOn;
    record.media = place.media;
    record.leftOut = place.leftOut;
    record.language = place.language;
    record.history = place.history->toText();
    record.updatedAt = now;
    return record;
}

} // namespace Earshot
