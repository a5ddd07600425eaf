// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QStringList>

class QCompleter;
class QLineEdit;
class QStringListModel;

namespace Earshot {

class Desk;
class Roster;

/// Proposes the search's operators and what can stand behind them, for the word at the cursor: "ta" gives "tag:",
/// "tag:ha" the tags, "is:" its words, "from:mi" colleagues and, as soon as they were read, contacts. Down goes into
/// the list, Enter, Tab or a click takes one; nothing is taken unasked. Lives with its field.
class SearchCompletion final : public QObject
{
    Q_OBJECT

public:
    /// @param desk where contacts are read, never on the GUI thread
    SearchCompletion(QLineEdit *field, const Roster &roster, Desk &desk);
    /// What can be made of such a word, best first; empty when nothing or when it is whole already. Contacts, which are
    /// too many to be held, are not among it.
    [[nodiscard]] QStringList proposals(const QString &word) const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void offer();
    void show(const QStringList &proposed);
    /// Reads the contacts that a word asks for; they are added to what is shown if the word still stands there and
    /// nobody has closed it or searched since.
    void askForContacts(const QString &word, const QStringList &proposed);
    void insert(const QString &proposal);
    /// The word in front of the cursor, with an opened quotation mark; and where it begins.
    [[nodiscard]] std::pair<qsizetype, QString> word() const;
    [[nodiscard]] QStringList values(const QString &name) const;

    QLineEdit *m_field;
    const Roster &m_roster;
    Desk &m_desk;
    QCompleter *m_completer;
    QStringListModel *m_model;
    int m_question = 0; ///< the newest for contacts; counted on where their answer is wanted no more
};

} // namespace Earshot
