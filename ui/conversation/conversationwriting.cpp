// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/threadpage.h"
#include "ui/conversation/timelineview.h"
#include "ui/shell/errortext.h"
#include "ui/shell/whendone.h"

#include <algorithm>

namespace Earshot {

// What is begun to be written in the pane, or is written there again.

namespace {

ComposerSubject subjectOf(const ConversationReading &reading)
{
    ComposerSubject subject{reading.conversation, reading.channel, reading.agents, {}, reading.twins, {}};
    for (const MessageRecord &message : reading.timeline.messages) {
        if (message.kind == MessageKind::inbound)
            subject.newestInbound = message;
    }
    return subject;
}

} // namespace

void ConversationPane::openComposer(DraftRecord::Mode mode)
{
    if (m_isFirst) {
        m_wantedMode = mode;
        return;
    }
    if (isThreadShown() && m_thread->isOnStranger()) {
        Q_EMIT message(tr("This message belongs to no conversation in the inbox. Choose one that does."));
        return;
    }
    const MessageRecord *target = targetMessage();
    const bool answersFocused =
        target && target->conversation == m_id && target->kind == MessageKind::inbound && !DraftRecord::isOfNote(mode);
    if (!answersFocused)
        target = m_timeline->timeline().newestInbound();
    if (mode == DraftRecord::Mode::reply && target && target->visibility == Visibility::direct)
        mode = DraftRecord::Mode::privateReply;
    m_composer->open(mode, answersFocused ? std::optional(*target) : std::nullopt);
}

void ConversationPane::beginReply(const QString &text)
{
    if (m_isFirst) {
        QString &wanted = m_wantedTexts[m_id];
        wanted += wanted.isEmpty() ? text : QStringLiteral("\n\n") + text;
        // Whatever closes this window next: it is a draft by then.
        keepForLater(m_id);
        return;
    }
    openComposer(DraftRecord::Mode::reply);
    if (m_composer->isBusy())
        Q_EMIT message(tr("Another reply is just being handed over: this one was not begun."));
    else if (const bool isBelow = m_composer->hasText();
             !m_composer->isOfNote() && m_composer->insertText(text) && isBelow)
        Q_EMIT message(tr("A text was here already: the new one stands below it."));
}

void ConversationPane::keepForLater(ConversationId id)
{
    constexpr int enough = 20; // messages: the contact's newest is among them, else there is none to answer
    whenDone(readConversation(m_desk.workspace(), m_desk.me(), id, enough), this,
             [this, id](const Result<ConversationReading> &reading) {
                 // Or it was begun meanwhile.
                 if (!m_wantedTexts.contains(id))
                     return;
                 if (!reading) {
                     // Who comes back reads it once more.
                     if (reading.error().kind != ErrorKind::notFound)
                         return;
                     m_wantedTexts.remove(id);
                     Q_EMIT message(tr("The reply was not begun. %1").arg(ErrorText::of(reading.error())));
                     return;
                 }
                 m_composer->restoreDrafts(reading->drafts, reading->answered);
                 const QString why = m_composer->keepReply(subjectOf(*reading), m_wantedTexts.take(id));
                 if (why.isEmpty())
                     m_keptReplies.insert(id);
                 else
                     Q_EMIT message(tr("The reply was not begun. %1").arg(why));
             });
}

void ConversationPane::takeBack(ConversationId conversation, DeliveryId delivery)
{
    showConversation(conversation);
    m_takenBack = delivery;
    if (!m_isFirst)
        load();
}

void ConversationPane::takeWords(const WrittenReply &words, std::function<void(bool isTaken)> then)
{
    showConversation(words.message.conversation);
    m_takesBack = [this, words, then = std::move(then)] {
        then(!m_composer->hasDraftLike(words) && m_composer->takeBack(words));
    };
    if (!m_isFirst)
        load();
}

const MessageRecord *ConversationPane::noteToEdit() const
{
    if (m_isFirst)
        return nullptr;
    const Timeline &timeline = m_timeline->timeline();
    const MessageRecord *focused = m_timeline->hasFocus() ? m_timeline->current() : nullptr;
    if (focused && focused->kind == MessageKind::note)
        return focused;
    if (const MessageRecord *begun = timeline.find(m_composer->editedNote()))
        return begun;
    const QList<TimelineItem> &items = timeline.items();
    const auto newest = std::find_if(items.crbegin(), items.crend(), [me = m_desk.me()](const TimelineItem &item) {
        return item.message && item.message->kind == MessageKind::note && item.message->agent == me;
    });
    return newest == items.crend() ? nullptr : newest->message.get();
}

} // namespace Earshot
