// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "ui/shell/answerorder.h"
#include "workspace/queries.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace Earshot {

class ContactCard;
class ConversationActions;
class PlainLabel;
class RetryButton;

/// Beside a conversation: who its contact is on which networks, and what was written with us before. Reads in the
/// background while it is shown. Lives on the GUI thread.
class ContactSide final : public QWidget
{
    Q_OBJECT

public:
    explicit ContactSide(Desk &desk, QWidget *parent = nullptr);
    /// The conversation whose contact is shown. @param mayMerge the person may act
    void show(const ConversationRecord &conversation, bool mayMerge);
    /// Where merging is done, as one deed with its undo.
    void setActions(ConversationActions *actions);
    /// Who is the same person as the contact.
    void askForOther();
    /// Whether the one chosen here can be somebody else again, and is seen.
    [[nodiscard]] bool canSplit() const;
    /// The current identity is somebody else's after all.
    void split();
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void conversationWanted(Earshot::ConversationId id);
    /// All of the contact, in its own window.
    void allWanted();
    void message(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void load();
    /// What is shown of the contact before.
    void forget();
    void openConversation(const QListWidgetItem *item);
    struct Reading
    {
        QList<IdentityRecord> identities;
        QList<ConversationRecord> conversations;
    };
    void take(const Reading &reading);
    void takeConversations(const QList<ConversationRecord> &conversations);

    Desk &m_desk;
    ContactCard *m_card;
    PlainLabel *m_before;
    RetryButton *m_retry;
    QListWidget *m_list;
    QPushButton *m_all;
    ConversationRecord m_conversation;
    QTimer m_again;
    QTimer m_slow; ///< tells that reading takes long
    QElapsedTimer m_sinceOpened;
    AnswerOrder m_readings;
};

} // namespace Earshot
