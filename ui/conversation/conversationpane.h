// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/desk.h"
#include "ui/conversation/conversationreading.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QStackedWidget;

namespace Earshot {

class ChoiceBar;
class CommandRegistry;
class Composer;
class ConversationHeader;
class PlainLabel;
class TimelineView;
enum class MessageAction;

/// The right pane: one conversation with its header, timeline and composer. Reads in the background and keeps what was
/// there until the answer came; hears of every change and keeps its place. Lives on the GUI thread as long as its
/// window.
class ConversationPane final : public QWidget
{
    Q_OBJECT

public:
    ConversationPane(Desk &desk, ChannelService &channels, CommandRegistry &commands, QWidget *parent = nullptr);

    /// None = shows that nothing is chosen.
    void showConversation(ConversationId id);
    [[nodiscard]] ConversationId conversation() const { return m_id; }
    /// A reply takes the visibility of the message that it answers. Also before the conversation was read: then it
    /// opens when it is there.
    void openComposer(DraftRecord::Mode mode);
    /// The conversation's change number that is on screen: what actions are based on. 0 while it is being read.
    [[nodiscard]] Seq basedOn() const { return m_reading.conversation.seq; }
    [[nodiscard]] const ConversationRecord &record() const { return m_reading.conversation; }
    [[nodiscard]] Composer &composer() { return *m_composer; }
    [[nodiscard]] TimelineView &timeline() { return *m_timeline; }

Q_SIGNALS:
    void conversationChanged(Earshot::ConversationId id);
    /// One line for the window's bar.
    void message(const QString &text);
    /// A reply or note was applied. @param isResolved the conversation was resolved with it: the next row may come
    void performed(DraftRecord::Mode mode, bool isResolved);

private:
    void build();
    void load();
    void onReading(quint64 generation, const Result<ConversationReading> &reading);
    void take(const ConversationReading &reading);
    void showSubject();
    void onChanged(const CommitNotice &notice);
    void readOlder();
    void readShown();
    void markSeen();
    void showNews();
    [[nodiscard]] QString newsText(Seq since) const;
    void acknowledgeNews();
    void onAction(const MessageRecord &message, MessageAction action);
    void onDelivery(const MessageRecord &message, bool isUndo, const QList<Outcome> &outcomes);
    void pull();
    void showPage(const QString &text);

    Desk &m_desk;
    ChannelService &m_channels;
    CommandRegistry &m_commands;
    QStackedWidget *m_pages;
    PlainLabel *m_pageText;
    ConversationHeader *m_header;
    ChoiceBar *m_news;
    TimelineView *m_timeline;
    Composer *m_composer;
    ConversationId m_id;
    ConversationReading m_reading; ///< without its messages: the timeline has them
    std::optional<DraftRecord::Mode> m_wantedMode;
    QTimer m_slow; ///< tells that reading takes long
    QTimer m_again;
    QElapsedTimer m_sinceReading;
    quint64 m_generation = 0; ///< of showConversation(): late answers of an earlier one are dropped
    Seq m_looked = 0;         ///< up to where news were shown without a draft
    bool m_showsEnd = false;  ///< something of mine is about to appear there
    bool m_isFirst = true;    ///< nothing of this conversation was taken yet
};

} // namespace Earshot
