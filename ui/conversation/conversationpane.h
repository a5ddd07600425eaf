// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/desk.h"
#include "ui/conversation/conversationreading.h"
#include "ui/shell/answerorder.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QStackedWidget;

namespace Earshot {

class AheadSigns;
class ChoiceBar;
class CommandRegistry;
class Composer;
class ContactSide;
class DraftBook;
class ConversationHeader;
class ConversationActions;
class FindBar;
class NoticeBar;
class PlainLabel;
class RetryButton;
class ThreadPage;
class TimelineView;
struct WrittenReply;
enum class MessageAction;

/// The right pane: one conversation with its header, timeline and composer. Reads in the background and keeps what was
/// there until the answer came; hears of every change and keeps its place. Lives on the GUI thread as long as its
/// window.
class ConversationPane final : public QWidget
{
    Q_OBJECT

public:
    /// @param drafts of another window's composer, to write into the same ones; null = its own
    ConversationPane(Desk &desk, ChannelService &channels, CommandRegistry &commands, QWidget *parent = nullptr,
                     std::shared_ptr<DraftBook> drafts = nullptr);

    /// None = shows that nothing is chosen.
    void showConversation(ConversationId id);
    [[nodiscard]] ConversationId conversation() const { return m_id; }
    /// A reply takes the visibility of the message that it answers. Also before the conversation was read: then it
    /// opens when it is there.
    void openComposer(DraftRecord::Mode mode);
    /// Opens it with a text with placeholders, also before the conversation was read: then as soon as it was, also when
    /// it was left meanwhile. It comes below what is written there already. Where it cannot be put in, says so.
    void beginReply(const QString &text);
    /// Puts a reply that was taken back into the composer again, in its conversation.
    void takeBack(ConversationId conversation, DeliveryId delivery);
    /// The same with words that are in no message.
    /// @param then whether they are there: not where another draft is
    void takeWords(const WrittenReply &words, std::function<void(bool isTaken)> then);
    /// The message that commands act on: the one in focus, else the contact's newest; null when there is none.
    [[nodiscard]] const MessageRecord *targetMessage() const;
    /// The message in focus stays the one that is meant although the keyboard goes, until another conversation is
    /// shown.
    void holdTarget(bool isHeld) { m_isTargetHeld = isHeld; }
    [[nodiscard]] bool isTargetHeld() const { return m_isTargetHeld; }
    /// The note in focus, else the one whose text is being changed, else one's own newest; null when there is none.
    [[nodiscard]] const MessageRecord *noteToEdit() const;
    /// Opens a message's attachments at their full size. @param hash with which to begin; empty = the first
    void showMedia(const MessageRecord &message, const QString &hash = {});
    /// Counts as not seen again, from its newest message on, until another one is shown.
    /// @return up to where it was seen; none = the contact has written nothing here
    MessageId markUnseen();
    /// The same for another that is not shown here.
    void markUnseen(const UnseenPlace &place);
    /// Takes that back, also when another one is shown by now.
    void markSeenAgain(ConversationId conversation, MessageId newest);
    [[nodiscard]] const ChannelRecord &channel() const { return m_reading.channel; }
    /// What has the keyboard in the timeline's place while nothing of it is on screen.
    [[nodiscard]] QWidget &statePage() const;
    /// Nothing of it is on screen yet, and it is on its way; not so of one that is gone or could not be read.
    [[nodiscard]] bool isReading() const { return m_id.isValid() && m_isFirst && m_readings.isOpen(); }
    /// The conversation's change number that is on screen: what actions are based on. 0 while nothing was read.
    [[nodiscard]] Seq basedOn() const { return m_reading.conversation.seq; }
    [[nodiscard]] const ConversationRecord &record() const { return m_reading.conversation; }
    /// The whole public thread in place of the conversation's own timeline; header and composer follow its current row.
    void showThread(bool isShown);
    [[nodiscard]] bool isThreadShown() const;
    [[nodiscard]] ThreadPage &thread() { return *m_thread; }
    /// Makes a message of the conversation the current one, also one that is not read yet.
    void showMessage(MessageId id);
    /// What a search found: the conversation, at the message, with the words marked.
    void showHit(ConversationId id, MessageId message, const QStringList &words);
    [[nodiscard]] FindBar &findBar() { return *m_find; }
    void showContactSide(bool isShown);
    [[nodiscard]] bool isContactSideShown() const;
    [[nodiscard]] ContactSide &contactSide() { return *m_contact; }
    /// Who else is in the conversation. @param warning the same for who is about to send
    void showOthers(const QString &sentence, const QString &warning, bool isWriting);
    /// What is done with the contact's conversations together, as one deed with its undo.
    void setActions(ConversationActions &actions);
    /// The shown one and the contact's other unresolved ones are taken, or resolved.
    void claimAllOfContact();
    void resolveAllOfContact();
    [[nodiscard]] bool hasOthersOfContact() const { return !m_reading.others.isEmpty(); }
    /// Asks its network for news.
    void pull();
    /// Whether anything may be done here at all.
    void setCanAct(bool canAct);
    /// What is pinned above the composer.
    [[nodiscard]] NoticeBar &notices() const { return *m_notices; }
    [[nodiscard]] Composer &composer() { return *m_composer; }
    [[nodiscard]] TimelineView &timeline() { return *m_timeline; }

Q_SIGNALS:
    void conversationChanged(Earshot::ConversationId id);
    /// It was read, for the first time or again, and is on screen.
    void conversationShown(bool isFirst);
    /// It is no longer there, or may no longer be seen.
    void conversationGone();
    /// One line for the window's bar.
    void message(const QString &text);
    /// A reply or note was applied. @param isResolved the conversation was resolved with it: the next row may come
    void performed(DraftRecord::Mode mode, bool isResolved, Earshot::ConversationId conversation);

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitContactSide();
    void build();
    void load();
    void onReading(quint64 question, const Result<ConversationReading> &reading);
    void take(const ConversationReading &reading);
    /// Nothing of a conversation that is no longer there stays here.
    void forget();
    void showSubject();
    void onChanged(const CommitNotice &notice);
    void readOlder();
    void readAllOlder();
    /// @param most of them, the newest
    void readBefore(int most);
    void readShown();
    /// What is before somebody's eyes counts as seen: in a window that is not in use it is not.
    void markSeen();
    /// Of what the contact wrote and of the notes to who reads; none = there is neither.
    [[nodiscard]] MessageId newestToSee() const;
    void showNews();
    [[nodiscard]] QString newsText(Seq since) const;
    void acknowledgeNews();
    void onAction(const MessageRecord &message, MessageAction action);
    void onDelivery(const MessageRecord &message, bool isUndo, const QList<Outcome> &outcomes);
    /// Makes a draft again of a reply that was taken back. @param shown what is on screen of it
    void giveBack(DeliveryId delivery, const std::optional<MessageRecord> &shown);
    /// Makes a draft of what a reply was to begin with in a conversation that was left before it was there.
    void keepForLater(ConversationId id);
    void showPage(const QString &text);
    void connectThread();
    void withUnresolvedOnes(std::function<void(const QList<ConversationRecord> &)> act);

    Desk &m_desk;
    ChannelService &m_channels;
    CommandRegistry &m_commands;
    ConversationActions *m_actions = nullptr;
    QStackedWidget *m_pages;
    QStackedWidget *m_body; ///< timeline with contact side, or thread
    PlainLabel *m_pageText;
    RetryButton *m_retry;
    ConversationHeader *m_header;
    AheadSigns *m_ahead;
    FindBar *m_find;
    ChoiceBar *m_news;
    NoticeBar *m_notices;
    TimelineView *m_timeline;
    ContactSide *m_contact;
    ThreadPage *m_thread;
    Composer *m_composer;
    ConversationId m_id;
    ConversationReading m_reading; ///< without its messages: the timeline has them
    std::optional<DraftRecord::Mode> m_wantedMode;
    QHash<ConversationId, QString> m_wantedTexts; ///< to begin a reply with when it was read
    QSet<ConversationId> m_keptReplies;           ///< of which that is a draft by now
    QStringList m_highlight;                      ///< what was searched for, until another conversation is shown
    MessageId m_wantedMessage;                    ///< to be shown when it was read
    QSet<ConversationId> m_markedUnseen;          ///< and not looked at since
    QTimer m_slow;                                ///< tells that reading takes long
    QTimer m_again;
    QElapsedTimer m_sinceReading;
    AnswerOrder m_readings;
    AnswerOrder m_readingsShown;       ///< of what is shown of a long one
    quint64 m_generation = 0;          ///< of showConversation(): late answers of an earlier one are dropped
    Seq m_looked = 0;                  ///< up to where news were shown without a draft
    bool m_showsEnd = false;           ///< something of mine is about to appear there
    DeliveryId m_takenBack;            ///< its words go into the composer when it was read
    std::function<void()> m_takesBack; ///< as soon as the conversation is there
    bool m_staysUnseen = false;
    bool m_canAct = true;
    bool m_isTargetHeld = false;
    bool m_isFirst = true; ///< nothing of this conversation was taken yet
};

} // namespace Earshot
