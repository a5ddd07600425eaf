// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "ui/conversation/threadmodel.h"
#include "ui/shell/answerorder.h"

#include <QPersistentModelIndex>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <utility>

class QHBoxLayout;
class QListView;
class QPushButton;

namespace Earshot {

class PlainLabel;
class RetryButton;

/// A post or an article with everything that is written under it, as on the network: each message with its
/// conversation's state and owner. Its current row says which conversation is worked on; several can be marked. Reads
/// in the background and follows changes. Lives on the GUI thread.
class ThreadPage final : public QWidget
{
    Q_OBJECT

public:
    ThreadPage(Desk &desk, QWidget *parent = nullptr);

    /// Shows the thread around a conversation, with this message current (none = the conversation's newest).
    void open(ConversationId around, MessageId current);
    /// This conversation is worked on now: its newest message becomes current, unless one of its messages is.
    void follow(ConversationId conversation);
    [[nodiscard]] const ThreadModel &model() const { return m_model; }
    [[nodiscard]] QListView &list() { return *m_list; }
    /// The row's message, null when it belongs to no conversation.
    [[nodiscard]] const MessageRecord *current() const;
    /// Whether the current message is of no conversation: nothing can be done with it.
    [[nodiscard]] bool isOnStranger() const;
    /// Which conversations are drawn as marked.
    void setMarks(std::function<bool(ConversationId)> isMarked);

Q_SIGNALS:
    /// The person moved to a message of this conversation.
    void conversationWanted(Earshot::ConversationId id);
    /// Enter or a double click.
    void messageOpened(Earshot::ConversationId conversation, Earshot::MessageId id);
    void currentChanged();
    /// Ctrl and a click: several are marked by the pointer as by X.
    void markWanted(const Earshot::ConversationRecord &conversation);
    /// The thread that is shown could not be read anew; of one that is opened the page itself says so.
    void failed(const Earshot::Error &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void load();
    void loadMore();
    [[nodiscard]] QHBoxLayout *makeLeftOut();
    /// The rows of the thread before are gone, and with them what keys act on.
    void clear();
    void take(const ThreadReading &reading);
    /// The current row, else the topmost, and how far it is from the top.
    [[nodiscard]] std::pair<QPersistentModelIndex, int> placeOnScreen() const;
    /// -1 when nothing of it is here.
    [[nodiscard]] int newestRowOf(ConversationId conversation) const;
    void onChanged(const CommitNotice &notice);

    Desk &m_desk;
    ThreadModel m_model;
    PlainLabel *m_title;
    RetryButton *m_retry;
    PlainLabel *m_leftOut; ///< how many are not shown
    QPushButton *m_more;
    QListView *m_list;
    QTimer m_again;
    QTimer m_slow; ///< tells that reading takes long
    ConversationId m_around;
    int m_most = mostThreadMessages;
    MessageId m_wanted; ///< becomes current when it was read
    AnswerOrder m_readings;
    bool m_isTaking = false;
    bool m_isFirst = true;
};

} // namespace Earshot
