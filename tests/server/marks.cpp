// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/marks.h"

#include "workspace/changes.h"
#include "workspace/wirerows.h"

#include <QDateTime>

#include <sqlite3.h>

#include <optional>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// The tables whose rows belong to no channel.
const QSet<QByteArray> wholeWorkspaces{"agent",       "team",  "team_member", "device",           "tag",
                                       "saved_reply", "macro", "shared_view", "workspace_setting"};

std::optional<Canary> canaryFor(const QByteArray &table, const WireColumn &column, int i)
{
    // What rows are found by, and the names of files, which are looked for by themselves.
    static const QSet<QByteArray> left{"seq", "created_seq", "number", "hash", "type"};
    if (left.contains(column.column))
        return std::nullopt;
    constexpr qint64 million = 1'000'000;
    const auto when = QDateTime({2087, 1, 1}, {}, Qt::UTC).addSecs(3600 * i);
    QString value;
    QByteArray told;
    switch (column.form) {
    case WireForm::text:
    case WireForm::lines:
        told = hiddenMark + 'k' + QByteArray::number(i) + 'i';
        value = str("%1 || '%2' || id").arg(QString::fromLatin1(column.column), QString::fromLatin1(told));
        break;
    case WireForm::number:
        told = QByteArray::number(77'000 + i);
        value = str("%1 + id % 1000000").arg((77'000 + i) * million);
        break;
    case WireForm::time:
        told = when.toString(str("yyyy-MM-ddTHH:")).toLatin1();
        value = str("%1 + id % 1000").arg(when.toMSecsSinceEpoch());
        break;
    default:
        return std::nullopt;
    }
    const QString where = table == "channel" ? str("id = 2") : str("channel = 2");
    const QString sql = str("UPDATE %1 SET %2 = %3 WHERE %4")
                            .arg(QString::fromLatin1(table), QString::fromLatin1(column.column), value, where);
    return Canary{QString::fromLatin1(table + '.' + column.column), sql, told};
}

/// Tables that the server counts on and that tell nothing: change numbers, and what waits to be indexed.
const QSet<QByteArray> numbersOnly{"commit_log", "unindexed", "unindexed_identity"};

/// The least of the numbers that mark a server's own tables.
constexpr qint64 innerNumber = 88'000'000'000;

/// What a marked row has in a column.
QString innerValue(const QString &table, const QString &column, const QString &type, const QString &parent)
{
    // What is counted, and when it was pulled, is told to who may see the channel.
    if (column == str("channel"))
        return str("2");
    // Whoever asks for its own finds it.
    if (!parent.isEmpty())
        return str("(SELECT min(id) FROM %1)").arg(parent);
    if (column == str("agent") || column == str("of_agent"))
        return str("1");
    // A token that holds is listed.
    if (column == str("revoked_at"))
        return str("0");
    if (type == str("INTEGER"))
        return QString::number(innerNumber + 1000 * table.size() + column.size());
    const QString text = str("'%1 %2.%3'").arg(QString::fromLatin1(innerMark), table, column);
    return type == str("BLOB") ? str("CAST(%1 AS BLOB)").arg(text) : text;
}

/// The rows of a statement that the program itself has no use for.
QList<QStringList> rowsOf(Database &database, const QString &sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(database.handle(), sql.toUtf8().constData(), -1, &statement, nullptr) != SQLITE_OK)
        qFatal("%s", sqlite3_errmsg(database.handle()));
    QList<QStringList> rows;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        QStringList row;
        for (int i = 0; i < sqlite3_column_count(statement); ++i)
            row.append(QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement, i))));
        rows.append(row);
    }
    sqlite3_finalize(statement);
    return rows;
}

} // namespace

QList<Canary> canaries(Database &database)
{
    QList<Canary> all;
    int i = 0;
    for (const QByteArray &table : synchronisedTables()) {
        for (const WireColumn &column : wireColumns(database, table)) {
            if (const auto canary = canaryFor(table, column, ++i); canary && !wholeWorkspaces.contains(table))
                all.append(*canary);
        }
    }
    return all;
}

QList<InnerTable> innerTables(Database &database)
{
    // A tombstone travels as what was destroyed; it belongs to a channel and is marked as the rows are.
    const QList<QByteArray> travelling = synchronisedTables() + QList<QByteArray>{"tombstone"};
    // Not views, and not what the full-text indexes are made of: they have the words of messages and names only.
    const auto names = rowsOf(database, str("SELECT name FROM pragma_table_list WHERE schema = 'main' AND "
                                            "type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"));
    QList<InnerTable> tables;
    for (const QStringList &row : names) {
        const QString &name = row.constFirst();
        if (travelling.contains(name.toUtf8()) || numbersOnly.contains(name.toUtf8()))
            continue;
        const auto described = rowsOf(database, str("SELECT c.name, c.type, f.\"table\" FROM pragma_table_info('%1') c "
                                                    "LEFT JOIN pragma_foreign_key_list('%1') f ON f.\"from\" = c.name")
                                                    .arg(name));
        QStringList columns;
        QStringList values;
        for (const QStringList &column : described) {
            columns.append(column[0]);
            values.append(innerValue(name, column[0], column[1], column[2]));
        }
        const QString sql = str("INSERT OR REPLACE INTO %1 (%2) VALUES (%3)");
        tables.append({name, sql.arg(name, columns.join(u','), values.join(u','))});
    }
    return tables;
}

QStringList unmarkedInnerTables(Database &database)
{
    QStringList names;
    for (const InnerTable &table : innerTables(database)) {
        QStringList isMarked;
        for (const QStringList &column : rowsOf(database, str("PRAGMA table_info(%1)").arg(table.name))) {
            isMarked.append(str("%1 BETWEEN %2 AND %3").arg(column[1]).arg(innerNumber).arg(innerNumber + 999'999'999));
            isMarked.append(str("instr(%1, '%2')").arg(column[1], QString::fromLatin1(innerMark)));
        }
        const QString find = str("SELECT count(*) FROM %1 WHERE %2").arg(table.name, isMarked.join(str(" OR ")));
        if (rowsOf(database, find)[0][0] == str("0"))
            names.append(table.name);
    }
    return names;
}

QSet<QString> innerColumnsIn(const QByteArray &told)
{
    static const QRegularExpression mark(QString::fromLatin1(innerMark) + str(" ([a-z_.]+)"));
    const QString text = QString::fromUtf8(told);
    QSet<QString> columns;
    for (auto match = mark.globalMatch(text); match.hasNext();)
        columns.insert(match.next().captured(1));
    return columns;
}

} // namespace Earshot
