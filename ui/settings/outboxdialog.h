// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "workspace/writtenreply.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace Earshot {

class Roster;

/// "Outbox and trouble": every reply or deed not yet done on its network, what the server of a shared workspace has not
/// answered yet or refused, why, and what can be done. Deletes itself when closed.
class OutboxDialog final : public QDialog
{
    Q_OBJECT

public:
    OutboxDialog(Desk &desk, const Roster &roster, QWidget *parent = nullptr);

Q_SIGNALS:
    void conversationAsked(Earshot::ConversationId id);
    /// What was typed is to be written on; when it is in the composer, the entry is done with.
    void editAsked(const Earshot::WrittenReply &written, qint64 entry);

private:
    void fill();
    void choose(qint64 kept, const QList<qint64> &from);
    /// A delivery, an entry as its negative; 0 = none is chosen.
    [[nodiscard]] qint64 chosen() const;
    void showDelivery();
    void perform(ActionArguments arguments, bool force);
    [[nodiscard]] const DeliveryRecord *current() const;
    [[nodiscard]] std::optional<WaitingAction> currentWaiting() const;
    void addWaiting();
    void showWaiting(const WaitingAction &one);
    void editWaiting();
    void doAnyway();
    void discard();
    [[nodiscard]] QString describe(const DeliveryRecord &delivery) const;

    Desk &m_desk;
    const Roster &m_roster;
    QStackedWidget *m_stack;
    QListWidget *m_list;
    QLabel *m_why;
    QPushButton *m_open;
    QPushButton *m_retry;
    QPushButton *m_arrived;
    QPushButton *m_cancel;
    QPushButton *m_edit;
    QPushButton *m_anyway;
    QPushButton *m_discard;
};

} // namespace Earshot
