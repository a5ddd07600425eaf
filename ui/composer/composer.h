// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "model/placeholders.h"
#include "model/remote.h"
#include "ui/composer/draftbook.h"
#include "workspace/queries.h"
#include "workspace/writtenreply.h"

#include <QFrame>
#include <QPointer>
#include <QTextCursor>

class QButtonGroup;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace Earshot {

class AttachmentList;
class ChoiceBar;
class CommandRegistry;
class ComposerEdit;
class PlainLabel;
class RecipientMenu;
class Speller;
class TextCompletion;
class WrapLayout;
struct TextCount;
struct TypedElsewhere;

/// What the composer has to know of the conversation on screen.
struct ComposerSubject
{
    ConversationRecord conversation;
    ChannelRecord channel;
    QList<AgentRecord> agents;
    std::optional<MessageRecord> newestInbound;
    QList<TwinRecord> twins;                        ///< the newest message as heard on other channels
    std::optional<MessageRecord> editedNote;        ///< of Composer::editedNote(), as it is now
    QList<std::pair<QString, QString>> people = {}; ///< handle and name of who has to do with the thread
};

/// Where replies and notes are written. Closed until opened; three modes that differ in frame, icon, word and button,
/// each with a draft of its own. Clears only after the desk has applied what was sent; a refusal is explained here and
/// keeps the text. Lives on the GUI thread as long as its pane.
class Composer final : public QFrame
{
    Q_OBJECT

public:
    using Mode = DraftRecord::Mode;

    /// @param drafts shared with the composers of other windows, so that all write into the same ones; null = its own
    explicit Composer(Desk &desk, QWidget *parent = nullptr, std::shared_ptr<DraftBook> drafts = nullptr);
    ~Composer() override;

    /// What can be done by a key while one writes. Once.
    void addCommands(CommandRegistry &commands);
    /// For a menu.
    [[nodiscard]] static QStringList commandIds();
    /// Another conversation closes the composer (its drafts stay); the same one again refreshes what is shown.
    void setSubject(const ComposerSubject &subject);
    /// @param answered the messages that they answer
    void restoreDrafts(const QList<DraftRecord> &drafts, const QList<MessageRecord> &answered = {});
    /// What ";" offers.
    void setSavedReplies(const QList<SavedReplyRecord> &replies);
    /// The speller outlives the composer; null = nothing is checked.
    void setSpeller(Speller *speller);
    /// Puts a text with placeholders in, filled in, below what is written there; its first gap is selected. Opens
    /// nothing by itself.
    /// @return false: it is closed, or something is being handed over
    bool insertText(const QString &text);
    /// @param target the message to answer; none = the draft's, else the contact's newest
    void open(Mode mode, const std::optional<MessageRecord> &target = {});
    /// insertText() into the reply's draft of a conversation that is not shown.
    /// @return why it cannot be written there; empty = it is kept
    [[nodiscard]] QString keepReply(const ComposerSubject &subject, const QString &text);
    /// Opens it with the text of a note, to give it another one; where that was begun, with what is written. Where
    /// another note's was, with that, and asks.
    void editNote(const MessageRecord &note);
    /// The note that is given another text; none = none is.
    [[nodiscard]] MessageId editedNote() const;
    void closeEditor();
    /// Where one types.
    [[nodiscard]] QWidget &editor() const;
    [[nodiscard]] bool isOpen() const { return m_mode.has_value(); }
    [[nodiscard]] std::optional<Mode> mode() const { return m_mode; }
    /// What is written here does not leave the workspace.
    [[nodiscard]] bool isOfNote() const { return m_mode && DraftRecord::isOfNote(*m_mode); }
    /// What the writer has acknowledged of the conversation.
    [[nodiscard]] Seq basedOn();
    /// The writer has seen what is new.
    void acknowledge(Seq seq);
    /// Makes a draft again of what was taken back; above another one that was begun since, and then says so.
    /// @return false: it belongs to another conversation, or something is being handed over
    bool takeBack(const WrittenReply &written);
    /// Whether something is written where this would be taken back to.
    [[nodiscard]] bool hasDraftLike(const WrittenReply &written) const;
    /// Something is being handed over, or will be when its attachment is there.
    [[nodiscard]] bool isBusy() const { return m_isSending || m_waiting; }
    /// The first of the two.
    [[nodiscard]] bool isSending() const { return m_isSending; }
    /// A reply goes out by itself when its attachment is there.
    [[nodiscard]] bool isWaiting() const { return m_waiting.has_value(); }
    /// For the windows that would take it away.
    [[nodiscard]] static QString whyNotClosedYet();
    /// Whether anything is written in the present mode.
    [[nodiscard]] bool hasText() const;
    /// Whether an answer that leaves the house is begun here.
    [[nodiscard]] bool isWritingReply() const { return m_mode && !isOfNote() && hasText(); }
    /// Who else is in the conversation; empty = nobody. @param isWriting one of them writes an answer too
    void showOthers(const QString &sentence, bool isWriting);
    [[nodiscard]] const std::shared_ptr<DraftBook> &drafts() const { return m_book; }

Q_SIGNALS:
    /// Somebody begins, or goes on, to write in it: it is about to take the keyboard.
    void opening();
    void openChanged(bool isOpen);
    /// isSending() is another.
    void sendingChanged();
    /// isWritingReply() is another.
    void writingChanged(bool isWriting);
    /// The person has begun to type an answer where there was none; after writingChanged().
    void replyBegun();
    /// It was applied. @param isResolved with it the conversation was resolved
    void performed(DraftRecord::Mode mode, bool isResolved, Earshot::ConversationId conversation);
    /// A reply waits in the undo window; before performed().
    void replyHeld(Earshot::ConversationId conversation, Earshot::DeliveryId delivery);
    /// The desk has a reply of which nothing is shown here before it comes from the server: what it answers is not all
    /// here. Before performed().
    void replyUnshown(Earshot::ConversationId conversation);
    /// A new one; before performed() and undoable().
    void noteSaved(Earshot::ConversationId conversation);
    /// A note was given another text, or saved and its conversation resolved. @param inverse takes that back
    void undoable(const QString &deed, const Earshot::Action &inverse);
    /// The writer wants to see what came since.
    void newsWanted();
    void message(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// What the writer has said yes to.
    struct Consent
    {
        bool toMoveOn = false; ///< although the conversation has moved on, was taken or changed
        bool toBeTooLong = false;
        bool toMoreReaders = false;
        bool toAnswerGone = false; ///< although what it answers no longer exists
        bool toSplit = false;
        bool toGaps = false; ///< although something of a saved reply is not filled in
    };
    struct Waiting
    {
        DraftRecord written; ///< as it was when it was to be sent
        Seq seen = 0;        ///< what was in the conversation then
        bool thenResolve = false;
        Consent consent;
    };
    [[nodiscard]] QToolButton *addModeButton(Mode mode);
    void buildHead();
    void buildFoot();
    void showMode();
    void showEditing();
    void showTarget();
    [[nodiscard]] QString twinSentence() const;
    void showCount();
    void fit();
    [[nodiscard]] bool isCommand(const QKeyEvent &event) const;
    [[nodiscard]] QStringList hints() const;
    void showKeys();
    /// What its buttons do, where only some drafts have them.
    void addButtonCommands(CommandRegistry &commands);
    void popUp(const QToolButton &button);
    /// As it goes out: with the names that are put before it and the content warning of what is answered.
    [[nodiscard]] TextCount count();
    /// The text as posts that each fit, with room for names and warning in each; one where it fits.
    [[nodiscard]] QStringList parts();
    [[nodiscard]] Visibility visibility() const;
    /// What the network takes in the present mode.
    [[nodiscard]] Capabilities room() const
    {
        return roomFor(m_subject.channel.capabilities, visibility() == Visibility::direct);
    }
    /// Who would be named; `named` only those that were not taken off.
    [[nodiscard]] QStringList recipients() const;
    [[nodiscard]] QStringList named();
    /// Who is notified whatever is chosen: the text names them, or the network does not ask.
    [[nodiscard]] QStringList toldAnyway();
    void showReaders();
    void showSendButton();
    void fill();
    void keepDraft();
    void save(ConversationId conversation, DraftRecord::Mode mode);
    void drop(ConversationId conversation, DraftRecord::Mode mode);
    void tellDraft();
    /// Another window that shares the drafts may have changed this one.
    void followDraft(ConversationId conversation, DraftRecord::Mode mode);
    /// What a draft answers where nothing was chosen.
    void takeDefaults(Draft &place);
    void tellWriting(bool isTyped);
    [[nodiscard]] Draft &draft();
    void beginEdit(const MessageRecord &note);
    void editInstead(MessageId id);
    void followNote(const MessageRecord &note);
    void askAboutLostNote();
    /// A reply that was begun answers another message now, which its words may not be about.
    /// @param before what it answered
    void askAboutOtherTarget(MessageId before);
    void buildHelp();
    void offerMentions();
    [[nodiscard]] PlaceholderValues placeholderValues(const ComposerSubject &subject) const;
    void addRepliesTo(QMenu *menu);
    void insertReply(int index, QTextCursor typed);
    void insertFilled(QTextCursor cursor, const QString &text, const QString &before = {});
    /// Which language the draft is checked in: its own, else that of the message answered, else the system's.
    [[nodiscard]] QString language();
    void showLanguage();
    void fillLanguages();
    void chooseLanguage(const QString &language);
    [[nodiscard]] static bool canWrite(const ComposerSubject &subject, Mode mode, QString *why);
    [[nodiscard]] static QString nameOf(const ChannelRecord &channel);
    [[nodiscard]] QString channelName() const { return nameOf(m_subject.channel); }
    void moveTextTo(Mode mode);
    void putBack(Draft &place, const WrittenReply &written);
    void putAbove(Draft &place, const MessageRecord &reply);
    void pickFiles();
    void addFiles(const QStringList &paths);
    void addImage(const QImage &image);
    /// Files that are being read for the draft in the editor.
    [[nodiscard]] int arriving() const;
    /// Whoever sends while files are read means these, too: it is sent when they are there.
    [[nodiscard]] bool waitsForMedia(bool thenResolve, Consent consent);
    void askAboutWaiting();
    /// What is left does not go out by itself, and its writer hears of it.
    void giveUpWaiting();
    void sendWithMedia();
    /// Says so where there is none.
    [[nodiscard]] bool hasRoomFor(qsizetype more);
    void await(const QFuture<Result<OutgoingMedia>> &media);
    void takeMedia(const ConversationRecord &given, Mode mode, const Result<OutgoingMedia> &media);
    void sayIfScaled(const OutgoingMedia &media);
    void holdDraft();
    void onDraftArrived(ConversationId conversation, DraftRecord::Mode mode, bool isReplaced);
    void replaceDraft(const DraftRecord &record, const QList<MessageRecord> &answered);
    void loadElsewhere();
    void askAbout(const TypedElsewhere &typed);
    [[nodiscard]] bool isOfOtherNote(const TypedElsewhere &typed);
    void editElsewhere(const TypedElsewhere &typed);
    void takeElsewhere(const TypedElsewhere &typed);
    void giveUpElsewhere(const TypedElsewhere &typed);
    void settleElsewhere(const TypedElsewhere &typed, bool isKept);

    void send(bool thenResolve) { send(thenResolve, Consent()); }
    void send(bool thenResolve, Consent consent);
    [[nodiscard]] bool asksBeforeSending(bool thenResolve, Consent consent);
    [[nodiscard]] bool asksAboutGap(bool thenResolve, Consent consent);
    [[nodiscard]] QList<Action> actions(bool thenResolve, Consent consent);
    void onOutcomes(ConversationId conversation, Mode mode, bool thenResolve, Consent consent,
                    const QList<Outcome> &outcomes);
    void tellUndoable(const QString &deed, const Outcome &outcome);
    void explain(const Refusal &refusal, bool thenResolve, Consent consent);
    [[nodiscard]] bool isWriting(ConversationId conversation, Mode mode) const;
    void setSending(bool isSending);

    Desk &m_desk;
    QPointer<CommandRegistry> m_commands;
    ComposerSubject m_subject;
    std::shared_ptr<DraftBook> m_book;
    std::shared_ptr<QTextDocument> m_shown; ///< in the editor
    std::optional<Mode> m_mode;
    std::optional<MessageRecord> m_target;
    QButtonGroup *m_modes;
    QToolButton *m_move;
    WrapLayout *m_head = nullptr;
    QToolButton *m_close;
    PlainLabel *m_counter;
    PlainLabel *m_twin;
    PlainLabel *m_context;
    RecipientMenu *m_recipients;
    PlainLabel *m_quote;
    QLineEdit *m_warning;
    ComposerEdit *m_edit;
    AttachmentList *m_attachments;
    ChoiceBar *m_choices;
    ChoiceBar *m_elsewhere; ///< what was typed on another machine
    PlainLabel *m_stays;    ///< which files lie there
    PlainLabel *m_company;  ///< who else is in the conversation
    QToolButton *m_attach;
    PlainLabel *m_hint;
    QPushButton *m_send;
    TextCompletion *m_agents;
    TextCompletion *m_replies;
    TextCompletion *m_emoji;
    QToolButton *m_language;
    Speller *m_speller = nullptr;
    QList<SavedReplyRecord> m_saved;
    bool m_wasWriting = false;
    bool m_isCompanyWriting = false;
    QMap<std::pair<ConversationId, Mode>, int> m_arriving; ///< files that are being read
    std::optional<Waiting> m_waiting;                      ///< for these
    bool m_isSending = false;
    bool m_isLoading = false; ///< a draft is being put into the fields
};

} // namespace Earshot
