// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/changes.h"

#include <sqlite3.h>

#include <memory>
#include <vector>

namespace Earshot {

namespace {

QVariant valueOf(sqlite3_stmt *handle, int column)
{
    switch (sqlite3_column_type(handle, column)) {
    case SQLITE_INTEGER:
        return QVariant::fromValue<qint64>(sqlite3_column_int64(handle, column));
    case SQLITE_NULL:
        return {};
    default:
        return QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(handle, column)),
                                 sqlite3_column_bytes(handle, column));
    }
}

Statement statementFor(Database &database, const char *verb, const QByteArray &table)
{
    const QByteArray name = verb + table;
    return database.statement(name.constData());
}

/// The changed rows of one table, by number, one step ahead.
class ChangeSource
{
public:
    ChangeSource(Database &database, const QByteArray &table, Seq since, int limit)
        : m_table(table)
        , m_rows(statementFor(database, "changes_", table))
    {
        m_rows.bind("since", since).bind("limit", limit);
        step();
    }
    void step() { m_hasRow = m_rows.next(); }
    [[nodiscard]] bool hasRow() const { return m_hasRow; }
    [[nodiscard]] Seq seq() const { return m_rows.integer(isTombstone() ? 0 : 1); }
    [[nodiscard]] ChangedRow row() const
    {
        if (isTombstone())
            return {m_rows.text(1).toUtf8(), seq(), true, m_rows.integer(2), {}};
        ChangedRow row{m_table, seq(), false, m_rows.integer(0), {}};
        const int columns = sqlite3_column_count(m_rows.handle());
        row.values.reserve(columns);
        for (int i = 0; i < columns; ++i)
            row.values.append(valueOf(m_rows.handle(), i));
        return row;
    }

private:
    [[nodiscard]] bool isTombstone() const { return m_table == "tombstone"; }

    QByteArray m_table;
    Statement m_rows;
    bool m_hasRow = false;
};

using ChangeSources = std::vector<std::unique_ptr<ChangeSource>>;

ChangeSource *lowest(const ChangeSources &sources)
{
    ChangeSource *found = nullptr;
    for (const auto &source : sources) {
        if (source->hasRow() && (!found || source->seq() < found->seq()))
            found = source.get();
    }
    return found;
}

/// The table's columns in their order: the parameters of its statement `apply_TABLE`.
QList<QByteArray> columnsOf(Statement &apply)
{
    QList<QByteArray> columns;
    for (int i = 1; i <= sqlite3_bind_parameter_count(apply.handle()); ++i)
        columns.append(sqlite3_bind_parameter_name(apply.handle(), i) + 1);
    return columns;
}

void bindColumns(Statement &statement, const QList<QByteArray> &columns, const QList<QVariant> &values)
{
    for (qsizetype i = 0; i < columns.size(); ++i)
        bindValue(statement, columns.at(i).constData(), values.at(i));
}

/// Until the follower has caught up, another row may still hold a unique value that this one has by now. That row
/// changed or went later, so it comes again: it makes room.
void displace(Database &database, const ChangedRow &row, const QList<QByteArray> &columns)
{
    Statement others = statementFor(database, "displace_", row.table);
    if (!others.handle())
        return;
    const int parameters = sqlite3_bind_parameter_count(others.handle());
    for (int i = 1; i <= parameters; ++i) {
        const QByteArray name = sqlite3_bind_parameter_name(others.handle(), i) + 1;
        bindValue(others, name.constData(), row.values.value(columns.indexOf(name)));
    }
    others.run();
}

/// A row whose keys and whatever else an index holds are as they were: most changes are of such, and SQLite rewrites
/// each index of which an UPDATE so much as names a column. @return false: it is not, or there is none
bool revise(Database &database, const ChangedRow &row, const QList<QByteArray> &columns)
{
    Statement update = statementFor(database, "revise_", row.table);
    bindColumns(update, columns, row.values);
    update.run();
    return !database.failure() && sqlite3_changes(database.handle()) > 0;
}

/// @param columns of its table; found where they are not yet
void applyRow(Database &database, const ChangedRow &row, QList<QByteArray> &columns)
{
    Statement apply = statementFor(database, "apply_", row.table);
    if (!apply.handle())
        return;
    if (columns.isEmpty())
        columns = columnsOf(apply);
    if (columns.size() != row.values.size()) {
        database.setFailure({ErrorKind::invalid, QStringLiteral("a row with other columns"), {}});
        return;
    }
    if (row.table == "conversation" && revise(database, row, columns))
        return;
    if (hasOtherKeys(row.table))
        displace(database, row, columns);
    bindColumns(apply, columns, row.values);
    apply.run();
}

} // namespace

const QList<QByteArray> &synchronisedTables()
{
    static const QList<QByteArray> tables{"agent",
                                          "team",
                                          "team_member",
                                          "device",
                                          "channel",
                                          "contact",
                                          "identity",
                                          "thread",
                                          "conversation",
                                          "message",
                                          "message_version",
                                          "media",
                                          "tag",
                                          "conversation_tag",
                                          "note_mention",
                                          "delivery",
                                          "journal",
                                          "saved_reply",
                                          "macro",
                                          "shared_view",
                                          "notice",
                                          "workspace_setting"};
    return tables;
}

bool hasOtherKeys(const QByteArray &table)
{
    return table != "contact" && table != "message_version";
}

Seq tombstonesSince(Database &database)
{
    Statement find = database.statement("select_meta");
    return find.bind("name", QStringLiteral("tombstones_since")).next() ? find.text(0).toLongLong() : 0;
}

Result<ChangeBatch> changesSince(Database &database, Seq since, int limit)
{
    if (since < tombstonesSince(database))
        return fail(ErrorKind::notFound, QStringLiteral("deleted rows are not remembered for so long"));
    ChangeSources sources;
    for (const QByteArray &table : synchronisedTables())
        sources.push_back(std::make_unique<ChangeSource>(database, table, since, limit + 1));
    sources.push_back(std::make_unique<ChangeSource>(database, "tombstone", since, limit + 1));
    ChangeBatch batch;
    batch.upTo = since;
    ChangeSource *source = lowest(sources);
    for (; source && batch.rows.size() < limit; source = lowest(sources)) {
        batch.rows.append(source->row());
        batch.upTo = batch.rows.last().seq;
        source->step();
    }
    batch.hasMore = source != nullptr;
    sources.clear();
    return database.result(batch);
}

void bindValue(Statement &statement, const char *name, const QVariant &value)
{
    if (!value.isValid())
        statement.bindNull(name);
    else if (value.userType() == QMetaType::QString)
        statement.bind(name, value.toString());
    else
        statement.bind(name, value.toLongLong());
}

void applyChanges(Database &database, const ChangeBatch &batch)
{
    QHash<QByteArray, QList<QByteArray>> columns;
    for (const ChangedRow &row : batch.rows) {
        if (!synchronisedTables().contains(row.table)) {
            database.setFailure({ErrorKind::invalid, QStringLiteral("a row of an unknown table"), {}});
            return;
        }
        if (!row.isGone) {
            applyRow(database, row, columns[row.table]);
            continue;
        }
        Statement remove = statementFor(database, "remove_", row.table);
        remove.bind("id", row.id).run();
    }
}

} // namespace Earshot
