// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/draftbook.h"

#include <QPlainTextDocumentLayout>
#include <QSet>
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
        place->emptiedAt = m_emptied.take({conversation.value, static_cast<size_t>(mode)});
        place->document = std::make_shared<QTextDocument>();
        // A plain text editor takes no other layout.
        place->document->setDocumentLayout(new QPlainTextDocumentLayout(place->document.get()));
        place->history = std::make_unique<DraftHistory>(*place->document);
    }
    place->used = ++m_uses;
    return *place;
}

bool DraftBook::has(ConversationId conversation, DraftRecord::Mode mode) const
{
    const auto found = m_drafts.find(conversation.value);
    return found != m_drafts.end() && found->second[static_cast<size_t>(mode)] &&
           !found->second[static_cast<size_t>(mode)]->isEmpty();
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

void DraftBook::tidyUp()
{
    letEmptyGo();
    QSet<MessageId> answered;
    for (const auto &[conversation, places] : m_drafts) {
        for (const std::unique_ptr<Draft> &place : places) {
            if (place)
                answered.insert(place->target);
        }
    }
    m_known.removeIf([&answered](const auto &known) { return !answered.contains(known.key()); });
}

void DraftBook::letEmptyGo()
{
    struct Empty
    {
        quint64 used = 0;
        qint64 conversation = 0;
        size_t mode = 0;
    };
    QList<Empty> all;
    for (const auto &[conversation, places] : m_drafts) {
        for (size_t mode = 0; mode < places.size(); ++mode) {
            const Draft *place = places.at(mode).get();
            if (place && !place->isKept && place->document.use_count() == 1 && place->isEmpty())
                all.append({place->used, conversation, mode});
        }
    }
    std::sort(all.begin(), all.end(), [](const Empty &one, const Empty &other) { return one.used < other.used; });
    for (qsizetype i = 0; i + mostEmpty < all.size(); ++i) {
        const auto found = m_drafts.find(all.at(i).conversation);
        std::unique_ptr<Draft> &place = found->second.at(all.at(i).mode);
        if (isKnown(place->emptiedAt))
            m_emptied.insert({all.at(i).conversation, all.at(i).mode}, place->emptiedAt);
        place.reset();
        if (std::none_of(found->second.cbegin(), found->second.cend(), [](const auto &one) { return bool(one); }))
            m_drafts.erase(found);
    }
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
