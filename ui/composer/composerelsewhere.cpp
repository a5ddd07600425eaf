// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/attachmentlist.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"
#include "workspace/tolddraft.h"

#include <QLineEdit>
#include <QSysInfo>

#include <algorithm>

namespace Earshot {

// What the same agent types in other windows and on other machines.

namespace {

QString excerptOf(const TypedElsewhere &typed)
{
    return Wording::excerpt(typed.contentWarning + QLatin1Char(' ') + typed.text);
}

struct Elsewhere
{
    QList<TypedElsewhere> typed;
    QMap<DraftRecord::Mode, int> files;
    QList<MessageRecord> notes; ///< that were given another text there
};

struct Arrival
{
    DraftRecord draft;
    QList<MessageRecord> answered;
};

} // namespace

void Composer::takeDefaults(Draft &place)
{
    if (m_mode != Mode::noteEdit && !m_book->knows(place.target)) {
        place.target = m_subject.newestInbound ? m_subject.newestInbound->id : MessageId();
        if (m_subject.newestInbound)
            m_book->know(*m_subject.newestInbound);
    }
    if (place.basedOn == 0)
        place.basedOn = m_subject.conversation.seq;
}

void Composer::tellDraft()
{
    if (!m_isLoading && m_mode)
        m_book->tell(m_subject.conversation.id, *m_mode);
}

void Composer::followDraft(ConversationId conversation, Mode mode)
{
    if (m_isLoading)
        return;
    if (m_mode && mode == Mode::noteEdit && conversation == m_subject.conversation.id)
        showEditing();
    if (!isWriting(conversation, mode))
        return;
    Draft &now = draft();
    // Saved in another window.
    if (mode == Mode::noteEdit && !now.target.isValid())
        return closeEditor();
    // Another note is edited there by now: what was asked was about the one before.
    if (const bool isOfAnother = m_target && m_target->id != now.target; mode == Mode::noteEdit && isOfAnother) {
        m_choices->clear();
        m_elsewhere->clear();
        loadElsewhere();
    }
    m_isLoading = true;
    takeDefaults(now);
    if (m_warning->text() != now.contentWarning)
        m_warning->setText(now.contentWarning);
    if (m_attachments->media() != now.media)
        m_attachments->setMedia(now.media);
    m_isLoading = false;
    showTarget();
    showCount();
}

/// What is shown is under somebody's hands.
void Composer::holdDraft()
{
    m_desk.holdDraft(this, m_subject.conversation.id, m_mode);
    m_elsewhere->clear();
    m_stays->hide();
    if (m_mode)
        loadElsewhere();
}

void Composer::onDraftArrived(ConversationId conversation, Mode mode, bool isReplaced)
{
    if (isWriting(conversation, mode))
        loadElsewhere();
    if (!isReplaced)
        return;
    const auto arrived =
        m_desk.workspace().read<Arrival>([me = m_desk.me(), conversation, mode](Database &database) -> Result<Arrival> {
            Arrival arrival;
            arrival.draft.conversation = conversation;
            arrival.draft.mode = mode;
            const auto drafts = loadDrafts(database, me, conversation);
            for (const DraftRecord &draft : drafts.value_or(QList<DraftRecord>())) {
                if (draft.mode == mode)
                    arrival.draft = draft;
            }
            if (arrival.draft.target.isValid())
                arrival.answered = loadMessagesById(database, {arrival.draft.target}).value_or(QList<MessageRecord>());
            return database.result(arrival);
        });
    whenDone(arrived, this, [this](const Result<Arrival> &arrival) {
        if (arrival)
            replaceDraft(arrival->draft, arrival->answered);
    });
}

void Composer::replaceDraft(const DraftRecord &record, const QList<MessageRecord> &answered)
{
    for (const MessageRecord &message : answered)
        m_book->know(message);
    m_isLoading = true;
    m_book->replace(record);
    m_isLoading = false;
    // It was opened just now.
    if (isWriting(record.conversation, record.mode)) {
        fill();
        showCount();
    }
}

void Composer::loadElsewhere()
{
    const ConversationId conversation = m_subject.conversation.id;
    const auto loaded =
        m_desk.workspace().read<Elsewhere>([me = m_desk.me(), conversation](Database &database) -> Result<Elsewhere> {
            Elsewhere elsewhere;
            elsewhere.typed = loadTypedElsewhere(database, me, conversation).value_or(QList<TypedElsewhere>());
            elsewhere.files = loadFilesElsewhere(database, me, conversation).value_or(QMap<Mode, int>());
            QList<MessageId> notes;
            for (const TypedElsewhere &typed : std::as_const(elsewhere.typed)) {
                if (typed.target.isValid())
                    notes.append(typed.target);
            }
            if (!notes.isEmpty())
                elsewhere.notes = loadMessagesById(database, notes).value_or(QList<MessageRecord>());
            return database.result(elsewhere);
        });
    whenDone(loaded, this, [this, conversation, mode = *m_mode](const Result<Elsewhere> &elsewhere) {
        if (!elsewhere || !isWriting(conversation, mode))
            return;
        const int files = elsewhere->files.value(mode);
        m_stays->setText(tr("%Ln attachment(s) of this draft stay(s) on your other machine and will not be sent from "
                            "here.",
                            nullptr, files));
        m_stays->setVisible(files > 0);
        m_elsewhere->clear();
        for (const MessageRecord &note : elsewhere->notes) {
            if (note.id != draft().target)
                m_book->know(note);
        }
        for (const TypedElsewhere &typed : elsewhere->typed) {
            if (typed.mode == mode) {
                askAbout(typed);
                break;
            }
        }
    });
}

void Composer::askAbout(const TypedElsewhere &typed)
{
    if (typed.isGone) {
        m_elsewhere->ask(tr("This draft was sent or discarded on another machine."),
                         {{tr("Discard it here"), [this, typed] { takeElsewhere(typed); }},
                          {tr("Keep it"), [this, typed] { settleElsewhere(typed, false); }}});
        return;
    }
    // At once: what was typed may look like a place for the next word.
    const auto asked = [&typed](const QString &sentence, const auto &...further) {
        return sentence.arg(Wording::isolated(typed.device), Wording::clockTime(typed.at),
                            Wording::isolated(excerptOf(typed)), further...);
    };
    if (isOfOtherNote(typed)) {
        const MessageRecord *note = m_book->known(typed.target);
        const QString sentence = note ? asked(tr("Typed on %1 at %2: %3 – for another note: %4"),
                                              Wording::isolated(Wording::excerpt(note->text)))
                                      : asked(tr("Typed on %1 at %2: %3 – for a note that is not there any more"));
        m_elsewhere->ask(sentence, {{tr("Edit that one"), [this, typed] { editElsewhere(typed); }},
                                    {tr("Discard it"), [this, typed] { giveUpElsewhere(typed); }}});
        return;
    }
    const bool isOfUnknown = typed.mode == Mode::noteEdit && !typed.target.isValid();
    m_elsewhere->ask(
        asked(isOfUnknown ? tr("Typed on %1 at %2, perhaps for another note: %3") : tr("Typed on %1 at %2: %3")),
        {{tr("Use that"), [this, typed] { takeElsewhere(typed); }},
         {tr("Keep mine"), [this, typed] { giveUpElsewhere(typed); }}});
}

bool Composer::isOfOtherNote(const TypedElsewhere &typed)
{
    return typed.target.isValid() && typed.target != draft().target;
}

/// Both stay: what is here goes where that was.
void Composer::editElsewhere(const TypedElsewhere &typed)
{
    if (m_mode != Mode::noteEdit || m_isSending)
        return;
    const ConversationId conversation = m_subject.conversation.id;
    Draft &now = draft();
    if (!now.isEmpty()) {
        TypedElsewhere mine;
        mine.mode = Mode::noteEdit;
        mine.device = QSysInfo::machineHostName();
        // When and where name it.
        mine.at = std::max(m_desk.workspace().clock().now(), typed.at + std::chrono::milliseconds(1));
        mine.text = now.history->text();
        mine.target = now.target;
        settleElsewhere(mine, true);
    }
    DraftRecord record;
    record.conversation = conversation;
    record.mode = Mode::noteEdit;
    record.text = typed.text;
    record.target = typed.target;
    record.basedOn = m_subject.conversation.seq;
    record.updatedAt = typed.at;
    replaceDraft(record, {});
    keepDraft();
    settleElsewhere(typed, false);
    open(Mode::noteEdit);
}

/// An edit: its undo brings back what was here.
void Composer::takeElsewhere(const TypedElsewhere &typed)
{
    if (!m_mode || m_isSending)
        return;
    QTextCursor all(m_edit->document());
    all.select(QTextCursor::Document);
    all.insertText(typed.text);
    m_warning->setText(typed.contentWarning);
    keepDraft();
    settleElsewhere(typed, false);
    m_edit->setFocus();
}

void Composer::giveUpElsewhere(const TypedElsewhere &typed)
{
    const ConversationId conversation = m_subject.conversation.id;
    whenDone(m_desk.settleElsewhere(conversation, typed, false), this, [this, conversation, typed](const Done &done) {
        if (done && isWriting(conversation, typed.mode))
            m_choices->remark(tr("What was typed on %1 is discarded.").arg(Wording::isolated(typed.device)),
                              {{tr("Undo"), [this, typed] { settleElsewhere(typed, true); }}});
    });
    m_edit->setFocus();
}

void Composer::settleElsewhere(const TypedElsewhere &typed, bool isKept)
{
    static_cast<void>(m_desk.settleElsewhere(m_subject.conversation.id, typed, isKept));
}

} // namespace Earshot
