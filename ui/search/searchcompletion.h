// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QStringList>

class QCompleter;
class QLineEdit;
class QStringListModel;

namespace Earshot {

class Roster;

/// Proposes the search's operators and what can stand behind them, for the word at the cursor: "ta" gives "tag:",
/// "tag:ha" the tags, "is:" its words. Down goes into the list, Enter, Tab or a click takes one; nothing is taken
/// unasked. Lives with its field.
class SearchCompletion final : public QObject
{
    Q_OBJECT

public:
    SearchCompletion(QLineEdit *field, const Roster &roster);
    /// What can be made of such a word, best first; empty when nothing or when it is whole already.
    [[nodiscard]] QStringList proposals(const QString &word) const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void offer();
    void insert(const QString &proposal);
    /// The word in front of the cursor, with an opened quotation mark; and where it begins.
    [[nodiscard]] std::pair<qsizetype, QString> word() const;
    [[nodiscard]] QStringList values(const QString &name) const;

    QLineEdit *m_field;
    const Roster &m_roster;
    QCompleter *m_completer;
    QStringListModel *m_model;
};

} // namespace Earshot
