// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "ui/shell/answerorder.h"
#include "workspace/authorproposals.h"
#include "workspace/queries.h"

#include <QWidget>

class QListWidget;
class QPushButton;

namespace Earshot {

class ConversationActions;
class PickDialog;
class PlainLabel;

/// Who a contact is, on which networks; the way to its profiles, and what makes two contacts one or parts them. Shows
/// what it is given and reads nothing by itself. Lives on the GUI thread with the screen that it is part of.
class ContactCard final : public QWidget
{
    Q_OBJECT

public:
    struct Person
    {
        ContactId contact;
        IdentityId identity; ///< that is current at first
        QString name;
    };
    explicit ContactCard(Desk &desk, QWidget *parent = nullptr);
    /// @param mayMerge the person who looks may act. Another contact's identities go at once
    void show(const Person &person, bool mayMerge);
    /// Where merging is done, as one deed with its undo.
    void setActions(ConversationActions *actions) { m_actions = actions; }
    /// They were read. The current one stays current.
    void take(const QList<IdentityRecord> &identities);
    [[nodiscard]] const QList<IdentityRecord> &identities() const { return m_known; }
    /// Who is the same person as the contact.
    void askForOther();
    /// Whether the current identity can be somebody else again, and is seen.
    [[nodiscard]] bool canSplit() const;
    /// The current identity is somebody else's after all.
    void split();
    /// So many identities are to be seen at once.
    static constexpr int shownAtOnce = 5;

Q_SIGNALS:
    void message(const QString &text);

private:
    void build();
    /// The one that is current in the list; null when there is none.
    [[nodiscard]] const IdentityRecord *current() const;
    void openProfile();
    void updateButtons();
    /// Those with the words typed in their name or handle.
    void offerPeople(PickDialog &dialog, const QString &typed, ContactId mine);
    void mergeByNumber(const QString &number, const Person &mine);
    void merge(ContactId other, const QString &name, const Person &mine);

    Desk &m_desk;
    ConversationActions *m_actions = nullptr;
    PlainLabel *m_name;
    QListWidget *m_identities;
    PlainLabel *m_followers; ///< of the identity that is current
    QPushButton *m_merge;
    QPushButton *m_split;
    QPushButton *m_profile;
    Person m_person;
    QList<IdentityRecord> m_known; ///< as they are listed
    bool m_mayMerge = false;
    QList<PersonProposal> m_offered; ///< to be merged with
    AnswerOrder m_offers;
};

} // namespace Earshot
