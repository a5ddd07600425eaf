// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCompleter>
#include <QObject>

class QPlainTextEdit;
class QStandardItemModel;
class QTextCursor;

namespace Earshot {

/// Offers names after a sign ("@", ";", ":") while a text is written. Belongs to its editor.
class TextCompletion final : public QObject
{
    Q_OBJECT

public:
    struct Entry
    {
        QString name;   ///< what is typed
        QString detail; ///< shown behind it; may be empty
        bool operator==(const Entry &) const = default;
    };

    /// @param isInside also what is inside a name is found, not only how it begins
    TextCompletion(QPlainTextEdit *edit, QChar sign, bool isInside);
    /// For tests and the screen reader.
    void setNames(const QString &objectName, const QString &accessibleName);
    void setEntries(const QList<Entry> &entries);
    [[nodiscard]] QString nameOf(int index) const { return m_entries.value(index).name; }
    [[nodiscard]] QString detailOf(int index) const { return m_entries.value(index).detail; }
    void setActive(bool isActive);
    /// Also by how a word of the detail begins, as people by their names.
    void setFindsDetails(bool areFound) { m_findsDetails = areFound; }
    /// How much must be typed after the sign before anything is offered.
    void setLeast(int characters) { m_least = characters; }
    [[nodiscard]] QCompleter *completer() const { return m_completer; }

Q_SIGNALS:
    /// @param index of the entry. @param typed from the sign to the cursor: what to replace
    void chosen(int index, const QTextCursor &typed);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// What stands between the sign and the cursor; null when there is none.
    [[nodiscard]] QString beginning() const;
    void offer();
    [[nodiscard]] QList<int> byDetail(const QString &begun) const;
    /// @param entries by their places
    void fill(const QList<int> &entries);
    void choose(const QModelIndex &index);

    QPlainTextEdit *m_edit;
    QCompleter *m_completer;
    QStandardItemModel *m_offered; ///< of the entries; what begins so first
    QList<Entry> m_entries;
    QStringList m_names; ///< theirs
    QChar m_sign;
    bool m_isInside;
    bool m_findsDetails = false;
    int m_least = 0;
    bool m_isActive = false;
};

} // namespace Earshot
