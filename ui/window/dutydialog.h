// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

#include <QDialog>
#include <QHash>

class QComboBox;
class QLineEdit;
class QTableWidget;

namespace Earshot {

class Roster;

/// One step of a handover, and the conversation as it was shown when it was chosen.
struct HandoverStep
{
    ActionArguments arguments;
    Seq basedOn = 0;
};

/// Going off duty: what is mine, and for each of it whether I keep it, give it back to the team or to a person, with a
/// note. Deletes itself when closed.
class DutyDialog final : public QDialog
{
    Q_OBJECT

public:
    /// @param begun the notes of an earlier one that was left
    DutyDialog(const Roster &roster, const HandoverWork &work, const QHash<ConversationId, QString> &begun,
               QWidget *parent);
    /// More than these are not listed one by one: they go as all of them do.
    static constexpr int mostListed = 200;
    /// What was typed, without what was only proposed.
    [[nodiscard]] QHash<ConversationId, QString> notes() const;

Q_SIGNALS:
    /// All that is to be done, in order, without the going off duty itself.
    void decided(const QList<Earshot::HandoverStep> &steps);

private:
    /// keep, the team, or an agent
    struct Fate
    {
        bool isKept = true;
        AgentId agent;
    };
    void addRow(const ConversationRecord &record, const QString &begun);
    /// @param row of the work; those beyond the listed ones go as all of them do
    void append(QList<HandoverStep> &all, const ConversationRecord &record, const Fate &fate, QString note) const;
    [[nodiscard]] QComboBox *makeChoice(const QString &name);
    [[nodiscard]] Fate fateOf(const QComboBox *choice) const;
    void onChosen(int row);
    [[nodiscard]] QString proposalFor(int row) const;
    [[nodiscard]] QList<HandoverStep> steps() const;
    /// Says by a row that nothing can be chosen in why not.
    static void explain(QComboBox *choice, QLineEdit *note, const ConversationRecord &record);

    const Roster &m_roster;
    HandoverWork m_work;
    QTableWidget *m_table;
    QComboBox *m_all;
    QList<QComboBox *> m_choices;
    QList<QLineEdit *> m_notes;
};

} // namespace Earshot
