// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/wirerows.h"

#include "workspace/changes.h"

#include <QMutex>

#include <sqlite3.h>

#include <array>
#include <map>
#include <optional>

namespace Earshot {

namespace {

struct FormRule
{
    const char *column; ///< "table.column", or "column" in every table
    WireForm form;
};

/// What a column of that name holds; the first that fits counts.
constexpr auto formRules = std::to_array<FormRule>({
    {"delivery.state", WireForm::deliveryState},
    {"delivery.effect", WireForm::effect},
    {"message.kind", WireForm::messageKind},
    {"message.mentions", WireForm::lines},
    {"agent.role", WireForm::role},
    {"agent.on_duty", WireForm::flag},
    {"agent.disabled", WireForm::flag},
    {"journal.kind", WireForm::text},
    {"journal.action", WireForm::text},
    {"delivery.device", WireForm::text},
    {"delivery.left_out", WireForm::lines},
    {"journal.device", WireForm::text},
    {"message.remote_id", WireForm::text},
    {"identity.remote_id", WireForm::text},
    {"channel.account_id", WireForm::text},
    {"channel.network", WireForm::network},
    {"channel.purpose", WireForm::purpose},
    {"channel.health", WireForm::health},
    {"channel.count_rule", WireForm::countRule},
    {"channel.horizon", WireForm::time},
    {"channel.work_since", WireForm::time},
    {"channel.health_since", WireForm::time},
    {"channel.health_until", WireForm::time},
    {"channel.heard_until", WireForm::time},
    {"channel.heard_again", WireForm::time},
    {"channel.is_behind", WireForm::flag},
    {"channel.paused_by", WireForm::reference},
    {"conversation.status", WireForm::status},
    {"conversation.reason", WireForm::reason},
    {"conversation.priority", WireForm::priority},
    {"conversation.waiting_since", WireForm::time},
    {"conversation.snoozed_until", WireForm::time},
    {"conversation.needs_answer", WireForm::flag},
    {"conversation.is_imported", WireForm::flag},
    {"conversation.is_private", WireForm::flag},
    {"conversation.status_by", WireForm::reference},
    {"conversation.assignee_by", WireForm::reference},
    {"conversation.priority_by", WireForm::reference},
    {"thread.is_ours", WireForm::flag},
    {"message.visibility", WireForm::visibility},
    {"message.presence", WireForm::presence},
    {"message.moderation", WireForm::moderation},
    {"message.liked", WireForm::flag},
    {"message.boosted", WireForm::flag},
    {"shared_view.least", WireForm::priority},
    {"shared_view.needs_answer", WireForm::flag},
    {"shared_view.is_private", WireForm::flag},
    {"shared_view.is_grouped", WireForm::flag},
    {"notice.until", WireForm::time},
    {"notice.shared_view", WireForm::reference},
    {"delivery.then_resolve", WireForm::flag},
    {"delivery.held_until", WireForm::time},
    {"id", WireForm::reference},
    {"channel", WireForm::reference},
    {"agent", WireForm::reference},
    {"team", WireForm::reference},
    {"contact", WireForm::reference},
    {"identity", WireForm::reference},
    {"thread", WireForm::reference},
    {"conversation", WireForm::reference},
    {"message", WireForm::reference},
    {"tag", WireForm::reference},
    {"target", WireForm::reference},
    {"assignee", WireForm::reference},
    {"merged_into", WireForm::reference},
    {"alias_of", WireForm::reference},
    {"follows", WireForm::reference},
    {"duplicate_of", WireForm::reference},
    {"newest_message", WireForm::reference},
});

std::optional<WireForm> ruledForm(const QByteArray &table, const QByteArray &column)
{
    const QByteArray full = table + '.' + column;
    for (const FormRule &rule : formRules) {
        if (full == rule.column || column == rule.column)
            return rule.form;
    }
    if (column.endsWith("_at") || column == "at")
        return WireForm::time;
    if (column.startsWith("can_") || column.startsWith("has_"))
        return WireForm::flag;
    return std::nullopt;
}

QString camelCase(const QByteArray &column)
{
    QString name;
    bool isNew = false;
    for (const char c : column) {
        if (c == '_') {
            isNew = true;
            continue;
        }
        const QChar letter = QLatin1Char(c);
        name += isNew ? letter.toUpper() : letter;
        isNew = false;
    }
    return name;
}

/// What "none" is stored as.
QVariant noneOf(const WireColumn &column)
{
    if (column.isNullable)
        return {};
    return column.form == WireForm::text || column.form == WireForm::lines ? QVariant(QStringLiteral(""))
                                                                           : QVariant(qint64(0));
}

QString usualOf(Database &database, const QByteArray &table, const QByteArray &column)
{
    Statement find = database.statement("select_column_default");
    find.bind("table", QString::fromLatin1(table)).bind("column", QString::fromLatin1(column));
    return find.next() ? find.text(0) : QString();
}

} // namespace

QList<WireColumn> readWireColumns(Database &database, const QByteArray &table)
{
    const QByteArray name = "get_" + table;
    const Statement row = database.statement(name.constData());
    QList<WireColumn> columns;
    for (int i = 0; row.handle() && i < sqlite3_column_count(row.handle()); ++i) {
        const QByteArray column = sqlite3_column_name(row.handle(), i);
        const bool isNumber = QByteArrayView(sqlite3_column_decltype(row.handle(), i)) == QByteArrayView("INTEGER");
        const WireForm otherwise = isNumber ? WireForm::number : WireForm::text;
        int isNotNull = 0;
        sqlite3_table_column_metadata(database.handle(), "main", table.constData(), column.constData(), nullptr,
                                      nullptr, &isNotNull, nullptr, nullptr);
        columns.append({column, camelCase(column), ruledForm(table, column).value_or(otherwise), isNotNull == 0,
                        usualOf(database, table, column)});
    }
    return columns;
}

QString wireTypeOf(const QByteArray &table)
{
    QString name = camelCase(table);
    name[0] = name[0].toUpper();
    return name;
}

QByteArray tableOfWireType(const QString &type)
{
    static const QHash<QString, QByteArray> tables = [] {
        QHash<QString, QByteArray> all;
        for (const QByteArray &table : synchronisedTables())
            all.insert(wireTypeOf(table), table);
        return all;
    }();
    return tables.value(type);
}

const QList<WireColumn> &wireColumns(Database &database, const QByteArray &table)
{
    static QMutex mutex;
    // Not a QHash: other threads go on reading what they were given while it grows.
    static std::map<QByteArray, QList<WireColumn>> known;
    static const QList<WireColumn> none;
    const QMutexLocker lock(&mutex);
    if (const auto it = known.find(table); it != known.end())
        return it->second;
    const QList<WireColumn> columns = readWireColumns(database, table);
    return columns.isEmpty() ? none : known.emplace(table, columns).first->second;
}

/// Of the plain numbers and texts that the schema has.
QVariant usualValue(const WireColumn &column)
{
    if (column.usual.isEmpty() || column.usual.compare(QLatin1StringView("null"), Qt::CaseInsensitive) == 0)
        return noneOf(column);
    bool isNumber = false;
    const qint64 number = column.usual.toLongLong(&isNumber);
    if (isNumber)
        return number;
    return column.usual.mid(1, column.usual.size() - 2).replace(QStringLiteral("''"), QStringLiteral("'"));
}

QJsonObject wireRow(const Statement &row, const QList<WireColumn> &columns, const QStringList &properties)
{
    QJsonObject object;
    for (int i = 0; i < columns.size(); ++i) {
        const WireColumn &column = columns[i];
        if (i == 0 || properties.isEmpty() || properties.contains(column.property))
            object.insert(column.property, wireValue(row, i, column.form));
    }
    return object;
}

void appendWireRow(QByteArray &to, const Statement &row, const QList<WireColumn> &columns)
{
    to += '{';
    for (int i = 0; i < columns.size(); ++i) {
        const WireColumn &column = columns[i];
        if (i > 0)
            to += ',';
        to += '"' + column.property.toLatin1() + "\":";
        appendWireValue(to, row, i, column.form);
    }
    to += '}';
}

Result<ChangedRow> rowFromWire(const QByteArray &table, const QList<WireColumn> &columns, const QJsonObject &object,
                               Lacking lacking)
{
    ChangedRow row;
    row.table = table;
    for (const WireColumn &column : columns) {
        const QJsonValue value = object.value(column.property);
        const bool isLacking = value.isUndefined() && lacking == Lacking::isUsual;
        const QVariant stored = isLacking        ? usualValue(column)
                                : value.isNull() ? noneOf(column)
                                                 : storedFromWire(column.form, value);
        if (!value.isNull() && !isLacking && !stored.isValid())
            return fail(ErrorKind::malformed, wireTypeOf(table) + u'.' + column.property);
        row.values.append(stored);
        if (column.column == "id")
            row.id = stored.toLongLong();
        else if (column.column == "seq")
            row.seq = stored.toLongLong();
    }
    return row;
}

} // namespace Earshot
