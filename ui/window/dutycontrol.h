// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"

#include <QHash>
#include <QObject>

class QWidget;

namespace Earshot {

class CommandRegistry;
class ConversationActions;
class Roster;
struct HandoverStep;

/// Going on and off duty; off duty with a handover of what is mine. Lives with its window.
class DutyControl final : public QObject
{
    Q_OBJECT

public:
    DutyControl(Desk &desk, const Roster &roster, ConversationActions &actions, QWidget *window);
    void addCommands(CommandRegistry &commands);

Q_SIGNALS:
    void failed(const Earshot::Error &error);
    /// Once, as soon as it is known: spread work passes whoever sits here.
    void startedOffDuty();

private:
    [[nodiscard]] bool isOnDuty() const;
    void offer();
    void goOff();
    void askWhatBecomes();
    void perform(bool isOnDuty, const QList<HandoverStep> &before);

    Desk &m_desk;
    const Roster &m_roster;
    ConversationActions &m_actions;
    QWidget *m_window;
    bool m_isOffered = false;
    QHash<ConversationId, QString> m_notes; ///< typed into a dialog that was left
};

} // namespace Earshot
