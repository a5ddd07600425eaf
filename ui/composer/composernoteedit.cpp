// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/shell/errortext.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

namespace Earshot {

// Another text for a note: a draft of its own, so that what is written anew in the conversation stays beside it.

MessageId Composer::editedNote() const
{
    const ConversationId conversation = m_subject.conversation.id;
    const bool isBegun = m_mode == Mode::noteEdit || m_book->has(conversation, Mode::noteEdit);
    return isBegun ? m_book->draft(conversation, Mode::noteEdit).target : MessageId();
}

void Composer::editNote(const MessageRecord &note)
{
    if (m_isSending || note.conversation != m_subject.conversation.id)
        return;
    m_book->know(note);
    const Draft &begun = m_book->draft(note.conversation, Mode::noteEdit);
    const bool isBegun = !begun.isEmpty();
    if (!isBegun)
        beginEdit(note);
    open(Mode::noteEdit);
    if (isBegun && begun.target != note.id)
        m_choices->ask(tr("Another note is being edited here: that is not saved yet."),
                       {{tr("Discard that and edit the other"), [this, id = note.id] { editInstead(id); }}});
}

/// In place of what is shown, with the text that it has by now.
void Composer::editInstead(MessageId id)
{
    const ConversationId conversation = m_subject.conversation.id;
    const auto read = m_desk.workspace().read<QList<MessageRecord>>(
        [id](Database &database) { return loadMessagesById(database, {id}); });
    whenDone(read, this,
             [this, conversation, shown = draft().target,
              text = m_edit->toPlainText()](const Result<QList<MessageRecord>> &notes) {
                 if (!isWriting(conversation, Mode::noteEdit) || m_isSending)
                     return;
                 if (!notes || notes->isEmpty()) {
                     Q_EMIT message(notes ? tr("That note is not there any more.") : ErrorText::of(notes.error()));
                     return;
                 }
                 // Something else is written here by now: asked again.
                 if (draft().target != shown || m_edit->toPlainText() != text) {
                     editNote(notes->constFirst());
                     return;
                 }
                 drop(conversation, Mode::noteEdit);
                 beginEdit(notes->constFirst());
                 open(Mode::noteEdit);
             });
}

void Composer::beginEdit(const MessageRecord &note)
{
    m_isLoading = true;
    Draft &place = m_book->draft(note.conversation, Mode::noteEdit);
    place.original = note.text;
    place.target = note.id;
    place.document->setPlainText(note.text);
    place.basedOn = m_subject.conversation.seq;
    place.language.clear();
    place.cursor = int(note.text.size());
    m_isLoading = false;
    m_book->tell(note.conversation, Mode::noteEdit);
}

/// The note as it is by now: somebody else may have given it another text.
void Composer::followNote(const MessageRecord &note)
{
    m_book->know(note);
    Draft &place = m_book->draft(note.conversation, Mode::noteEdit);
    if (m_isSending || place.target != note.id || place.original == note.text)
        return;
    if (place.isEmpty()) {
        beginEdit(note);
        return;
    }
    // Asked where it is seen.
    if (m_mode != Mode::noteEdit)
        return;
    place.original = note.text;
    keepDraft();
    if (place.isEmpty())
        return;
    m_choices->ask(tr("This note was changed meanwhile: %1").arg(Wording::isolated(Wording::excerpt(note.text))),
                   {{tr("Use that"),
                     [this, note] {
                         // An edit: its undo brings back what was typed.
                         QTextCursor all(m_edit->document());
                         all.select(QTextCursor::Document);
                         all.insertText(note.text);
                         m_edit->setFocus();
                     }},
                    {tr("Keep mine"), [this] { m_edit->setFocus(); }}});
}

void Composer::askAboutLostNote()
{
    m_choices->ask(tr("The note that this changes is not there any more."),
                   {{tr("Make it a new note"), [this] { moveTextTo(Mode::note); }}});
}

} // namespace Earshot
