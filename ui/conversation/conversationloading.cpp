// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What ConversationPane reads of its conversation, when it reads it again, and what was seen of it.

#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/conversation/contactside.h"
#include "ui/conversation/conversationheader.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/findbar.h"
#include "ui/conversation/mediaviewer.h"
#include "ui/conversation/timelineview.h"
#include "ui/shell/aheadsigns.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/retrybutton.h"
#include "ui/shell/whendone.h"

#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr int pageSize = 100;
constexpr int all = 1'000'000;        ///< more than any conversation has
constexpr qsizetype mostAgain = 1000; ///< messages read again at a change; older ones when they are shown
// Milliseconds: after so long without reading a change is read at once, otherwise they are collected.
constexpr int calm = 100;
constexpr int busyInterval = 30;

} // namespace

void ConversationPane::load()
{
    if (!m_id.isValid())
        return;
    m_sinceReading.start();
    const auto held = m_isFirst ? 0 : std::min(mostAgain, m_timeline->timeline().messageCount());
    const int limit = int(std::max<qsizetype>(pageSize, held + pageSize / 2));
    whenDone(readConversation(m_desk.workspace(), m_desk.me(), m_id, limit), this,
             [this, question = m_readings.ask()](const Result<ConversationReading> &reading) {
                 onReading(question, reading);
             });
}

void ConversationPane::onReading(quint64 question, const Result<ConversationReading> &reading)
{
    if (!m_readings.take(question))
        return;
    m_slow.stop();
    if (reading) {
        take(*reading);
        return;
    }
    if (reading.error().kind == ErrorKind::notFound) {
        showPage(tr("This conversation no longer exists."));
        forget();
    } else if (m_isFirst) {
        showPage({});
        m_pageText->setTrouble(tr("This conversation could not be read. %1").arg(ErrorText::of(reading.error())));
        m_retry->show();
    } else {
        Q_EMIT message(ErrorText::of(reading.error()));
    }
}

void ConversationPane::take(const ConversationReading &reading)
{
    const bool wasFirst = m_isFirst;
    m_isFirst = false;
    m_reading = reading;
    m_header->show(reading, m_desk.workspace().clock().now(), m_actions && m_canAct);
    m_header->showAhead(m_ahead->isAhead(m_id));
    m_pages->setCurrentIndex(1);
    m_retry->done();
    if (wasFirst) {
        m_looked = reading.conversation.publicSeq;
        TimelineContent content = reading.timeline;
        // Everything is seen already: then no mark of the new ones is drawn.
        if (!reading.conversation.isUnseen)
            content.seen = MessageId();
        m_timeline->open(content, m_highlight);
    } else {
        m_timeline->refresh(reading.timeline);
        if (std::exchange(m_showsEnd, false))
            m_timeline->scrollToEnd();
        readShown();
    }
    m_reading.timeline.messages.clear();
    m_contact->show(m_reading.conversation, m_canAct);
    showSubject();
    if (wasFirst)
        m_composer->restoreDrafts(reading.drafts, reading.answered);
    if (const auto takesBack = std::exchange(m_takesBack, {}))
        takesBack();
    if (m_takenBack.isValid())
        giveBack(std::exchange(m_takenBack, DeliveryId()), std::nullopt);
    if (m_wantedMode)
        openComposer(*std::exchange(m_wantedMode, std::nullopt));
    if (m_keptReplies.remove(m_id))
        openComposer(DraftRecord::Mode::reply);
    if (const QString text = m_wantedTexts.take(m_id); !text.isEmpty())
        beginReply(text);
    markSeen();
    showNews();
    m_commands.refresh();
    if (m_wantedMessage.isValid())
        showMessage(m_wantedMessage);
    Q_EMIT conversationShown(wasFirst);
}

/// Out of sight is not enough: it may be that it may no longer be seen.
void ConversationPane::forget()
{
    m_isFirst = true;
    ++m_generation;
    m_readingsShown.forget();
    m_reading = {};
    m_looked = 0;
    m_find->leave();
    m_news->clear();
    m_highlight.clear();
    m_timeline->forget();
    m_header->show({}, m_desk.workspace().clock().now(), false);
    m_contact->show({}, false);
    for (MediaViewer *viewer : window()->findChildren<MediaViewer *>(QString(), Qt::FindDirectChildrenOnly))
        viewer->close();
    m_commands.refresh();
    Q_EMIT conversationGone();
}

MessageId ConversationPane::markUnseen()
{
    const MessageRecord *newest = m_isFirst ? nullptr : m_timeline->timeline().newestInbound();
    if (!newest)
        return {};
    MessageId before;
    for (const TimelineItem &item : m_timeline->timeline().items()) {
        if (item.message && !item.isContext && item.message->id < newest->id)
            before = std::max(before, item.message->id);
    }
    m_staysUnseen = true;
    m_markedUnseen.insert(m_id);
    const MessageId seen = newestToSee();
    m_desk.markSeen(m_id, before);
    return seen;
}

void ConversationPane::markUnseen(const UnseenPlace &place)
{
    m_markedUnseen.insert(place.conversation);
    m_desk.markSeen(place.conversation, place.before);
}

void ConversationPane::markSeenAgain(ConversationId conversation, MessageId newest)
{
    // It may have been looked at since, with what came in between.
    if (!m_markedUnseen.remove(conversation))
        return;
    if (conversation == m_id)
        m_staysUnseen = false;
    m_desk.markSeen(conversation, newest);
}

void ConversationPane::onChanged(const CommitNotice &notice)
{
    // What a person did is shown at once; many commits in a row are read together.
    if (m_id.isValid() && (notice.conversations.contains(m_id) || notice.hasChannels) && !m_again.isActive())
        m_again.start(m_sinceReading.isValid() && !m_sinceReading.hasExpired(calm) ? busyInterval : 0);
}

void ConversationPane::readOlder()
{
    readBefore(pageSize);
}

void ConversationPane::readAllOlder()
{
    readBefore(all);
}

void ConversationPane::readBefore(int most)
{
    const MessageRecord *oldest = m_timeline->timeline().oldest();
    if (!oldest)
        return;
    TimelineQuery query;
    query.conversation = m_id;
    query.before = TimelinePlace{oldest->sortAt, oldest->id};
    query.limit = most;
    using Messages = QList<MessageRecord>;
    whenDone(m_desk.workspace().read<Messages>([query](Database &database) { return loadMessages(database, query); }),
             this, [this, most, generation = m_generation](const Result<Messages> &messages) {
                 if (generation != m_generation)
                     return;
                 if (messages) {
                     m_timeline->addOlder(*messages, messages->size() == most);
                     const MessageId wanted = std::exchange(m_wantedMessage, MessageId());
                     if (wanted.isValid() && !m_timeline->showMessage(wanted) && messages->size() == most)
                         showMessage(wanted);
                 } else {
                     m_timeline->askAgainForOlder();
                     // Who scrolls on later is not to be led away.
                     m_wantedMessage = {};
                     Q_EMIT message(ErrorText::of(messages.error()));
                 }
             });
}

void ConversationPane::readShown()
{
    if (m_timeline->timeline().messageCount() <= mostAgain)
        return;
    using Messages = QList<MessageRecord>;
    const QList<MessageId> ids = m_timeline->shownMessages();
    whenDone(m_desk.workspace().read<Messages>([ids](Database &database) { return loadMessagesById(database, ids); }),
             this, [this, question = m_readingsShown.ask()](const Result<Messages> &messages) {
                 if (m_readingsShown.take(question) && messages)
                     m_timeline->replace(*messages);
             });
}

MessageId ConversationPane::newestToSee() const
{
    const MessageRecord *inbound = m_timeline->timeline().newestInbound();
    MessageId note = m_reading.note ? m_reading.note->message : MessageId();
    // One's own that the server does not have yet is newer than all that is still to come: as far as is shown, then.
    if (isForecast(note))
        note = m_timeline->timeline().newestConfirmed();
    return inbound ? std::max(inbound->id, note) : note;
}

void ConversationPane::markSeen()
{
    const bool isNoteUnseen = m_reading.note && m_reading.note->isUnseen;
    if (m_staysUnseen || m_isFirst || !(m_reading.conversation.isUnseen || isNoteUnseen) || !isVisible() ||
        !isActiveWindow())
        return;
    if (const MessageId newest = newestToSee(); newest.isValid()) {
        m_reading.conversation.isUnseen = false;
        if (m_reading.note)
            m_reading.note->isUnseen = false;
        m_markedUnseen.remove(m_id);
        m_desk.markSeen(m_id, newest);
    }
}

} // namespace Earshot
