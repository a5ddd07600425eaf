// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/inbox/conversationlistmodel.h"
#include "workspace/queries.h"

#include <QAbstractListModel>

namespace Earshot {

class Roster;

/// The left pane's rows: views with counts, those that somebody made, teams, colleagues (for leads), channels with
/// their health, tags; each group under a heading. Follows the roster; what changed arrives as insertions, removals and
/// dataChanged().
class ViewListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class Role {
        isHeading = Qt::UserRole + 1,
        count,      ///< qint64; invalid = this row has none
        isCounting, ///< bool: it will have one, but is not known yet
        icon,       ///< name of an icon
        hasTrouble, ///< bool: a channel that needs somebody, or undelivered replies
        limit,      ///< int: how many a colleague is to have at most; 0 = no limit
        isFull,     ///< bool: has as many
        waiting,    ///< how long the conversation of a colleague waits that waits longest, short; empty = none does
    };

    explicit ViewListModel(const Roster &roster, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

    [[nodiscard]] QStringList mimeTypes() const override { return {m_dragType}; }
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::CopyAction; }
    [[nodiscard]] bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                       const QModelIndex &parent) const override;
    [[nodiscard]] bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                    const QModelIndex &parent) override;

    /// What the row lists; nothing for a heading and for a saved search. `after`, `limit`, `me` and `now` are not set.
    [[nodiscard]] std::optional<ListQuery> query(int row) const;
    /// The view that somebody made, in this row; null for all others.
    [[nodiscard]] const ViewRecord *made(int row) const;
    /// What the row lists, also where it is a saved search: finds it again after a change.
    [[nodiscard]] ListQuery place(int row) const { return m_rows.value(row).query; }
    /// The row that lists the same; -1 when there is none.
    [[nodiscard]] int rowOf(const ListQuery &query) const;
    [[nodiscard]] QString title(const ListQuery &query) const;

Q_SIGNALS:
    /// Rows went or came; it may be the same ones elsewhere.
    void rebuilt();
    /// Conversations were dropped onto the row of a person, of a tag, or of those that nobody has.
    void dropped(const QList<Earshot::ConversationId> &ids, const Earshot::ListQuery &on);

private:
    struct Row
    {
        QString text;
        QString icon;
        QString detail;
        QString said; ///< all of it in words, where that is more than text and count
        Time oldestWaiting;
        ListQuery query;
        QString search;
        std::optional<qint64> count;
        bool isHeading = false;
        bool isCounted = false;
        bool takesConversations = false;
        bool hasTrouble = false;
        int limit = 0;
        bool isFull = false;
        bool operator==(const Row &) const = default;
        [[nodiscard]] bool isSame(const Row &other) const;
    };
    void rebuild();
    [[nodiscard]] QList<Row> rows() const;
    [[nodiscard]] Row notesRow() const;
    [[nodiscard]] Row madeRow(const ViewRecord &view) const;
    /// With its heading, unless it is empty.
    static void add(QList<Row> &all, const QString &heading, const QList<Row> &group);
    [[nodiscard]] QList<Row> made(bool areShared) const;
    [[nodiscard]] QList<Row> teamRows() const;
    [[nodiscard]] QList<Row> agentRows() const;
    [[nodiscard]] QList<Row> channelRows() const;
    [[nodiscard]] QList<Row> tagRows() const;
    [[nodiscard]] static QString spoken(const Row &row);
    [[nodiscard]] Row viewRow(View view, const QString &icon) const;
    /// Looks up how many it holds.
    void count(Row &row) const;

    const Roster &m_roster;
    const QString m_dragType;
    QList<Row> m_rows;
};

} // namespace Earshot
