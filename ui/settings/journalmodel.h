// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/id.h"

#include <QAbstractTableModel>

#include <optional>

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
        AgentId agent = {}; ///< none = the network
        qint64 id = 0;
        QString action = {}; ///< UUID, empty for events
    };
    /// Which lines are wanted.
    struct Wish
    {
        QString text;                                ///< in one of their columns, in whatever letters; empty = all
        std::optional<AgentId> agent = std::nullopt; ///< whose; not set = everybody's
        [[nodiscard]] bool isOfAll() const { return text.isEmpty() && !agent; }
        bool operator==(const Wish &) const = default;
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Older ones, behind those that are here.
    void append(const QList<Line> &lines);
    /// Newer ones, before those that are here.
    void prepend(const QList<Line> &lines);
    /// What is shown ahead of a server becomes the server's line where that is among the newer ones, and goes where it
    /// is not among them itself: it was refused. @return the newer ones that are not here
    [[nodiscard]] QList<Line> settle(QList<Line> newer);
    void clear();
    /// Only these are shown.
    void narrow(const Wish &wish);
    /// What follows on the first so many goes.
    void keepFirst(qsizetype count);
    /// Whether a line is one of these. Thread-safe.
    [[nodiscard]] static bool isWanted(const Line &line, const Wish &wish);
    /// Shown or not.
    [[nodiscard]] qsizetype lineCount() const { return m_lines.size(); }
    /// The newest that is the record's, by its id; 0 = there is none.
    [[nodiscard]] qint64 newestRecord() const;
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
    [[nodiscard]] static QString folded(const Line &line);
    [[nodiscard]] bool isShown(const Line &line, const QString &folded) const
    {
        return (!m_wish.agent || line.agent == *m_wish.agent) && folded.contains(m_wish.text);
    }
    [[nodiscard]] bool isShown(int line) const { return isShown(m_lines.at(line), m_folded.at(line)); }
    void replace(int line, const Line &by);
    void remove(int line);

    QList<Line> m_lines;
    QStringList m_folded; ///< what is looked through, beside them
    QList<int> m_shown;   ///< rising
    Wish m_wish;          ///< its text folded
};

} // namespace Earshot
