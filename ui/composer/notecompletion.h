// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCompleter>
#include <QObject>
#include <QStringListModel>

class QPlainTextEdit;

namespace Earshot {

/// Offers the agents' names after an "@" in a note. Belongs to its editor.
class NoteCompletion final : public QObject
{
    Q_OBJECT

public:
    explicit NoteCompletion(QPlainTextEdit *edit);
    void setNames(const QStringList &names);
    void setActive(bool isActive);
    [[nodiscard]] QCompleter *completer() const { return m_completer; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// What stands between the "@" and the cursor; null when there is none.
    [[nodiscard]] QString beginning() const;
    void offer();
    void insert(const QString &name);

    QPlainTextEdit *m_edit;
    QCompleter *m_completer;
    QStringListModel *m_names;
    bool m_isActive = false;
};

} // namespace Earshot
