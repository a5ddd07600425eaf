// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/wirevalues.h"

#include "model/remote.h"
#include "model/words.h"
#include "workspace/database.h"

#include <QJsonArray>

#include <sqlite3.h>

#include <optional>

namespace Earshot {

namespace {

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

QVariant variantOf(const std::optional<qint64> &number)
{
    return number ? QVariant(*number) : QVariant();
}

QByteArrayView textIn(sqlite3_stmt *row, int column)
{
    const auto *const text = reinterpret_cast<const char *>(sqlite3_column_text(row, column));
    return QByteArrayView(text, sqlite3_column_bytes(row, column));
}

} // namespace

QJsonValue wireValue(const Statement &row, int column, WireForm form)
{
    switch (sqlite3_column_type(row.handle(), column)) {
    case SQLITE_INTEGER:
        return numberAs(form, sqlite3_column_int64(row.handle(), column));
    case SQLITE_NULL:
        return QJsonValue();
    default:
        return textAs(form, QString::fromUtf8(textIn(row.handle(), column)));
    }
}

void appendWireValue(QByteArray &to, const Statement &row, int column, WireForm form)
{
    switch (sqlite3_column_type(row.handle(), column)) {
    case SQLITE_INTEGER:
        appendNumber(to, form, sqlite3_column_int64(row.handle(), column));
        break;
    case SQLITE_NULL:
        to += "null";
        break;
    default:
        appendText(to, form, textIn(row.handle(), column));
    }
}

QVariant storedFromWire(WireForm form, const QJsonValue &value)
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

} // namespace Earshot
