// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/id.h"
#include "model/outcome.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUuid>

#include <limits>
#include <utility>

namespace Earshot {

// Value types as JSON. One description of each struct's members serves both directions: a function `visit(member,
// value)` beside the struct's other functions is called with a JsonWriter or a JsonReader, which it calls with each
// member's name and value:
//
//   template <class Visitor>
//   void visit(Visitor &member, TagRecord &tag)
//   {
//       member("id", tag.id);
//       member("name", tag.name);
//   }
//
// Times are RFC 3339 in UTC (null = not known), words those of the house, what is optional is null.

/// How an id is written: as a number, or as the text that the protocol's types have; null = none.
enum class IdForm { number, text };

/// The words of an enumeration.
template <class Enum>
struct JsonWords
{
    [[nodiscard]] static QString word(Enum value) { return Earshot::word(value); }
    [[nodiscard]] static std::optional<Enum> value(const QString &text) { return fromWord<Enum>(text); }
};
template <>
struct JsonWords<RefusalKind>
{
    [[nodiscard]] static QString word(RefusalKind kind) { return Earshot::word(kind); }
    [[nodiscard]] static std::optional<RefusalKind> value(const QString &text) { return refusalFromWord(text); }
};

class JsonWriter
{
public:
    explicit JsonWriter(IdForm form = IdForm::number)
        : m_form(form)
    {
    }
    [[nodiscard]] QJsonObject object() const { return m_object; }

    template <class T>
    void operator()(const char *name, T &value)
    {
        m_object.insert(QLatin1StringView(name), toValue(value));
    }
    /// A member that came later: who wrote before it existed has its default.
    /// @return whether it is there
    template <class T>
    bool added(const char *name, T &value)
    {
        (*this)(name, value);
        return true;
    }
    void insert(const char *name, const QJsonValue &value) { m_object.insert(QLatin1StringView(name), value); }

private:
    [[nodiscard]] QJsonValue toValue(bool value) const { return value; }
    [[nodiscard]] QJsonValue toValue(int value) const { return value; }
    [[nodiscard]] QJsonValue toValue(qint64 value) const { return value; }
    [[nodiscard]] QJsonValue toValue(QString &value) const { return value; }
    [[nodiscard]] QJsonValue toValue(Time &value) const
    {
        return isKnown(value) ? QJsonValue(toIso(value)) : QJsonValue();
    }
    [[nodiscard]] QJsonValue toValue(Duration &value) const { return static_cast<qint64>(value.count()); }
    [[nodiscard]] QJsonValue toValue(QUuid &value) const
    {
        return value.isNull() ? QJsonValue() : QJsonValue(value.toString(QUuid::WithoutBraces));
    }
    template <class Tag>
    [[nodiscard]] QJsonValue toValue(Id<Tag> id) const
    {
        if (!id.isValid())
            return {};
        return m_form == IdForm::number ? QJsonValue(id.value) : QJsonValue(QString::number(id.value));
    }
    template <class Enum>
    requires std::is_enum_v<Enum>
    [[nodiscard]] QJsonValue toValue(Enum value) const { return JsonWords<Enum>::word(value); }
    template <class T>
    [[nodiscard]] QJsonValue toValue(std::optional<T> &value) const
    {
        return value ? toValue(*value) : QJsonValue();
    }
    [[nodiscard]] QJsonValue toValue(QStringList &list) const { return QJsonArray::fromStringList(list); }
    template <class T>
    [[nodiscard]] QJsonValue toValue(QList<T> &list) const
    {
        QJsonArray array;
        for (T &item : list)
            array.append(toValue(item));
        return array;
    }
    template <class Struct>
    requires std::is_class_v<Struct>
    [[nodiscard]] QJsonValue toValue(Struct &value) const
    {
        JsonWriter inner(m_form);
        visit(inner, value);
        return inner.object();
    }

    QJsonObject m_object;
    IdForm m_form;
};

/// Reads members one after another; the first one that is wrong is kept. Members that it is not asked for are passed
/// over: types only gain properties.
class JsonReader
{
public:
    explicit JsonReader(QJsonObject object, QString path = {}, IdForm form = IdForm::number)
        : m_object(std::move(object))
        , m_path(std::move(path))
        , m_form(form)
    {
    }

    [[nodiscard]] bool isFine() const { return m_problem.isEmpty(); }
    /// The path of the first member that was wrong.
    [[nodiscard]] const QString &problem() const { return m_problem; }

    template <class T>
    void operator()(const char *name, T &value)
    {
        const QJsonValue json = m_object.value(QLatin1StringView(name));
        if (json.isUndefined() || !read(json, m_path + QLatin1StringView(name), value))
            complain(name);
    }
    template <class T>
    bool added(const char *name, T &value)
    {
        const bool isThere = m_object.contains(QLatin1StringView(name));
        if (isThere)
            (*this)(name, value);
        return isThere;
    }
    [[nodiscard]] QJsonValue value(const char *name) const { return m_object.value(QLatin1StringView(name)); }
    void complain(const char *name)
    {
        if (m_problem.isEmpty())
            m_problem = m_path + QLatin1StringView(name);
    }
    void adopt(const JsonReader &inner)
    {
        if (m_problem.isEmpty())
            m_problem = inner.m_problem;
    }
    [[nodiscard]] QString pathOf(const char *name) const { return m_path + QLatin1StringView(name); }

private:
    bool read(const QJsonValue &json, const QString &, bool &value)
    {
        value = json.toBool();
        return json.isBool();
    }
    bool read(const QJsonValue &json, const QString &, qint64 &value)
    {
        // Two defaults tell a whole number from anything else.
        value = json.toInteger(0);
        return json.isDouble() && json.toInteger(1) == value;
    }
    bool read(const QJsonValue &json, const QString &path, int &value)
    {
        qint64 number = 0;
        if (!read(json, path, number) || number < std::numeric_limits<int>::min() ||
            number > std::numeric_limits<int>::max())
            return false;
        value = static_cast<int>(number);
        return true;
    }
    bool read(const QJsonValue &json, const QString &, QString &value)
    {
        value = json.toString();
        return json.isString();
    }
    bool read(const QJsonValue &json, const QString &, Time &value)
    {
        value = Time();
        if (json.isNull())
            return true;
        value = timeFromIso(json.toString()).value_or(Time());
        return isKnown(value);
    }
    bool read(const QJsonValue &json, const QString &path, Duration &value)
    {
        qint64 ms = 0;
        const bool isRead = read(json, path, ms);
        value = Duration(ms);
        return isRead;
    }
    bool read(const QJsonValue &json, const QString &, QUuid &value)
    {
        value = QUuid::fromString(json.toString());
        return json.isNull() || (json.isString() && !value.isNull());
    }
    template <class Tag>
    bool read(const QJsonValue &json, const QString &path, Id<Tag> &value)
    {
        value = {};
        if (json.isNull())
            return true;
        if (m_form == IdForm::number || !json.isString())
            return m_form == IdForm::number && read(json, path, value.value) && value.value > 0;
        bool isNumber = false;
        value.value = json.toString().toLongLong(&isNumber);
        return isNumber && value.value > 0;
    }
    template <class Enum>
    requires std::is_enum_v<Enum>
    bool read(const QJsonValue &json, const QString &, Enum &value)
    {
        const std::optional<Enum> found = json.isString() ? JsonWords<Enum>::value(json.toString()) : std::nullopt;
        value = found.value_or(Enum());
        return found.has_value();
    }
    template <class T>
    bool read(const QJsonValue &json, const QString &path, std::optional<T> &value)
    {
        value.reset();
        if (json.isNull())
            return true;
        T inner{};
        if (!read(json, path, inner))
            return false;
        value = std::move(inner);
        return true;
    }
    bool read(const QJsonValue &json, const QString &, QStringList &list)
    {
        list.clear();
        const QJsonArray array = json.toArray();
        for (const QJsonValue &value : array) {
            if (!value.isString())
                return false;
            list.append(value.toString());
        }
        return json.isArray();
    }
    template <class T>
    bool read(const QJsonValue &json, const QString &path, QList<T> &list)
    {
        list.clear();
        const QJsonArray array = json.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            T item{};
            if (!read(array.at(i), path + QStringLiteral("[%1]").arg(i), item))
                return false;
            list.append(std::move(item));
        }
        return json.isArray();
    }
    template <class Struct>
    requires std::is_class_v<Struct>
    bool read(const QJsonValue &json, const QString &path, Struct &value)
    {
        JsonReader inner(json.toObject(), path + QLatin1Char('.'), m_form);
        visit(inner, value);
        adopt(inner);
        return json.isObject();
    }

    QJsonObject m_object;
    QString m_path;
    QString m_problem;
    IdForm m_form;
};

} // namespace Earshot
