// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "ui/shell/answerorder.h"
#include "workspace/authorproposals.h"
#include "workspace/queries.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace Earshot {

class ConversationActions;
class PickDialog;
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
    void setActions(ConversationActions *actions) { m_actions = actions; }
    /// Who is the same person as the contact.
    void askForOther();
    /// Whether the one chosen here can be somebody else again, and is seen.
    [[nodiscard]] bool canSplit() const;
    /// The current identity is somebody else's after all.
    void split();
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void conversationWanted(Earshot::ConversationId id);
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
    void takeIdentities(const QList<IdentityRecord> &identities);
    void takeConversations(const QList<ConversationRecord> &conversations);
    /// The one that is current in the list; null when there is none.
    [[nodiscard]] const IdentityRecord *current() const;
    void openProfile();
    void updateButtons();
    /// Those whose name or handle begins so.
    void offerPeople(PickDialog &dialog, const QString &beginning, ContactId mine);
    void mergeByNumber(const QString &number, const ConversationRecord &mine);
    void merge(ContactId other, const QString &name, const ConversationRecord &mine);

    Desk &m_desk;
    ConversationActions *m_actions = nullptr;
    PlainLabel *m_name;
    QListWidget *m_identities;
    PlainLabel *m_followers; ///< of the identity that is current
    PlainLabel *m_before;
    RetryButton *m_retry;
    QListWidget *m_list;
    QPushButton *m_merge;
    QPushButton *m_split;
    QPushButton *m_profile;
    QList<IdentityRecord> m_known; ///< as they are listed
    bool m_mayMerge = false;
    ConversationRecord m_conversation;
    QTimer m_again;
    QTimer m_slow; ///< tells that reading takes long
    QElapsedTimer m_sinceOpened;
    AnswerOrder m_readings;
    QList<PersonProposal> m_offered; ///< to be merged with
    AnswerOrder m_offers;
};

} // namespace Earshot
