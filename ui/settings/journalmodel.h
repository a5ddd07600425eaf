// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"

#include <QAbstractTableModel>

namespace Earshot {

/// The journal's lines that were read, in words, and which of them are shown. Lives on the GUI thread.
class JournalModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Column { time, who, what, conversation };
    struct Line
    {
        QString time;
        QString who;
        QString what;
        qint64 number = 0; ///< of the conversation; 0 = it is about none
        ConversationId conversation;
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Older ones, behind those that are here.
    void append(const QList<Line> &lines);
    void clear();
    /// Only lines with this in one of their columns are shown; empty = all.
    void narrow(const QString &wanted);
    /// Shown or not.
    [[nodiscard]] qsizetype lineCount() const { return m_lines.size(); }
    /// Which line a row shows; -1 = there is no such row.
    [[nodiscard]] int lineOf(int row) const { return m_shown.value(row, -1); }
    /// -1 = it is not shown.
    [[nodiscard]] int rowOf(int line) const;
    [[nodiscard]] ConversationId conversationOf(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] bool isWanted(int line) const { return m_folded.at(line).contains(m_wanted); }

    QList<Line> m_lines;
    QStringList m_folded; ///< what is looked through, beside them
    QList<int> m_shown;   ///< rising
    QString m_wanted;     ///< folded
};

} // namespace Earshot
