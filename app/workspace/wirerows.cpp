// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/wirerows.h"

#include "model/remote.h"
#include "model/words.h"
#include "workspace/changes.h"

#include <QJsonArray>
#include <QMutex>

#include <sqlite3.h>

#include <algorithm>
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

QString wordOf(WireForm form, qint64 value)
{
    switch (form) {
    case WireForm::network:
        return word(static_cast<Network>(value));
    case WireForm::purpose:
        return word(static_cast<Purpose>(value));
    case WireForm::role:
        return word(static_cast<Role>(value));
    case WireForm::status:
        return word(static_cast<Status>(value));
    case WireForm::reason:
        return word(static_cast<Reason>(value));
    case WireForm::priority:
        return word(static_cast<Priority>(value));
    case WireForm::messageKind:
        return word(static_cast<MessageKind>(value));
    case WireForm::visibility:
        return word(static_cast<Visibility>(value));
    case WireForm::presence:
        return word(static_cast<Presence>(value));
    case WireForm::moderation:
        return word(static_cast<Moderation>(value));
    case WireForm::effect:
        return word(static_cast<Effect>(value));
    case WireForm::deliveryState:
        return word(static_cast<DeliveryState>(value));
    case WireForm::health:
        return word(static_cast<Health>(value));
    default:
        return word(static_cast<CountRule>(value));
    }
}

QJsonValue numberAs(WireForm form, qint64 value)
{
    switch (form) {
    case WireForm::text:
    case WireForm::lines:
    case WireForm::number:
        return value;
    case WireForm::flag:
        return value != 0;
    case WireForm::reference:
        return value == 0 ? QJsonValue() : QJsonValue(QString::number(value));
    case WireForm::time:
        return value == 0 ? QJsonValue() : QJsonValue(toIso(timeFromMs(value)));
    default:
        return wordOf(form, value);
    }
}

QJsonValue textAs(WireForm form, const QString &text)
{
    if (form != WireForm::lines)
        return text;
    return text.isEmpty() ? QJsonArray() : QJsonArray::fromStringList(text.split(u'\n'));
}

QJsonValue valueOf(sqlite3_stmt *row, int column, WireForm form)
{
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
        return numberAs(form, sqlite3_column_int64(row, column));
    case SQLITE_NULL:
        return QJsonValue();
    default:
        return textAs(form, QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(row, column)),
                                              sqlite3_column_bytes(row, column)));
    }
}

// The same, written at once: what many are told of, and what a thousand follow, is not built up as objects first.

void appendNumber(QByteArray &to, WireForm form, qint64 value)
{
    switch (form) {
    case WireForm::text:
    case WireForm::lines:
    case WireForm::number:
        to += QByteArray::number(value);
        return;
    case WireForm::flag:
        to += value != 0 ? "true" : "false";
        return;
    case WireForm::reference:
        to += value == 0 ? QByteArrayLiteral("null") : '"' + QByteArray::number(value) + '"';
        return;
    case WireForm::time:
        to += value == 0 ? QByteArrayLiteral("null") : '"' + toIso(timeFromMs(value)).toLatin1() + '"';
        return;
    default:
        to += '"' + wordOf(form, value).toLatin1() + '"';
    }
}

/// RFC 8259 7.
void appendString(QByteArray &to, QByteArrayView text)
{
    if (!text.isValidUtf8()) {
        appendString(to, QString::fromUtf8(text).toUtf8());
        return;
    }
    to += '"';
    for (const char letter : text) {
        if (letter == '"' || letter == '\\')
            to += '\\';
        if (const auto code = uchar(letter); code >= 0x20)
            to += letter;
        else
            to += "\\u00" + QByteArray::number(code, 16).rightJustified(2, '0');
    }
    to += '"';
}

void appendText(QByteArray &to, WireForm form, QByteArrayView text)
{
    if (form != WireForm::lines) {
        appendString(to, text);
        return;
    }
    to += '[';
    for (qsizetype from = 0; !text.isEmpty() && from <= text.size();) {
        const qsizetype end = text.indexOf('\n', from);
        const qsizetype until = end < 0 ? text.size() : end;
        if (from > 0)
            to += ',';
        appendString(to, text.sliced(from, until - from));
        from = until + 1;
    }
    to += ']';
}

template <class Enum>
std::optional<qint64> numberOf(const QString &text)
{
    const std::optional<Enum> value = fromWord<Enum>(text);
    return value ? std::optional(qint64(*value)) : std::nullopt;
}

std::optional<qint64> numberOfWord(WireForm form, const QString &text)
{
    switch (form) {
    case WireForm::network:
        return numberOf<Network>(text);
    case WireForm::purpose:
        return numberOf<Purpose>(text);
    case WireForm::role:
        return numberOf<Role>(text);
    case WireForm::status:
        return numberOf<Status>(text);
    case WireForm::reason:
        return numberOf<Reason>(text);
    case WireForm::priority:
        return numberOf<Priority>(text);
    case WireForm::messageKind:
        return numberOf<MessageKind>(text);
    case WireForm::visibility:
        return numberOf<Visibility>(text);
    case WireForm::presence:
        return numberOf<Presence>(text);
    case WireForm::moderation:
        return numberOf<Moderation>(text);
    case WireForm::effect:
        return numberOf<Effect>(text);
    case WireForm::deliveryState:
        return numberOf<DeliveryState>(text);
    case WireForm::health:
        return numberOf<Health>(text);
    default:
        return numberOf<CountRule>(text);
    }
}

std::optional<qint64> timeOf(const QJsonValue &value)
{
    const std::optional<Time> time = timeFromIso(value.toString());
    return time ? std::optional(toMs(*time)) : std::nullopt;
}

/// What "none" is stored as.
QVariant noneOf(const WireColumn &column)
{
    if (column.isNullable)
        return {};
    return column.form == WireForm::text || column.form == WireForm::lines ? QVariant(QStringLiteral(""))
                                                                           : QVariant(qint64(0));
}

QVariant variantOf(const std::optional<qint64> &number)
{
    return number ? QVariant(*number) : QVariant();
}

/// @return an invalid one when it is not what the column holds
QVariant storedAs(WireForm form, const QJsonValue &value)
{
    constexpr qint64 none = -1;
    switch (form) {
    case WireForm::text:
        return value.isString() ? QVariant(value.toString()) : QVariant();
    case WireForm::lines:
        return value.isArray() ? QVariant(value.toVariant().toStringList().join(u'\n')) : QVariant();
    case WireForm::number:
        return value.isDouble() && (value.toInteger(none) != none || value.toDouble() == double(none))
                   ? QVariant(value.toInteger())
                   : QVariant();
    case WireForm::flag:
        return value.isBool() ? QVariant(qint64(value.toBool())) : QVariant();
    case WireForm::reference: {
        bool isNumber = false;
        const qint64 id = value.toString().toLongLong(&isNumber);
        return isNumber ? QVariant(id) : QVariant();
    }
    case WireForm::time:
        return variantOf(timeOf(value));
    default:
        return variantOf(value.isString() ? numberOfWord(form, value.toString()) : std::nullopt);
    }
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
            object.insert(column.property, valueOf(row.handle(), i, column.form));
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
        switch (sqlite3_column_type(row.handle(), i)) {
        case SQLITE_INTEGER:
            appendNumber(to, column.form, sqlite3_column_int64(row.handle(), i));
            break;
        case SQLITE_NULL:
            to += "null";
            break;
        default: {
            const auto *const text = reinterpret_cast<const char *>(sqlite3_column_text(row.handle(), i));
            appendText(to, column.form, QByteArrayView(text, sqlite3_column_bytes(row.handle(), i)));
        }
        }
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
                                                 : storedAs(column.form, value);
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
