// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/jmaprequest.h"

#include <QJsonArray>
#include <QStringList>

#include <initializer_list>
#include <optional>

namespace Earshot {

/// Reads a method's arguments. The first that is of the wrong type, out of its range or not known sticks as the error.
class MethodArguments
{
public:
    MethodArguments(const QJsonObject &arguments, std::initializer_list<const char *> known)
        : m_arguments(arguments)
    {
        QStringList names;
        for (const char *name : known)
            names.append(QString::fromLatin1(name));
        for (auto it = arguments.constBegin(); it != arguments.constEnd(); ++it) {
            if (!names.contains(it.key()))
                complain(it.key().toUtf8().constData());
        }
    }

    [[nodiscard]] const std::optional<MethodError> &problem() const { return m_problem; }
    void complain(const char *name)
    {
        if (!m_problem)
            m_problem = MethodError{QStringLiteral("invalidArguments"), QString::fromUtf8(name), {}, {}};
    }

    [[nodiscard]] bool isGiven(const char *name) const { return !value(name).isUndefined() && !value(name).isNull(); }
    [[nodiscard]] QJsonValue value(const char *name) const { return m_arguments.value(QLatin1StringView(name)); }

    [[nodiscard]] std::optional<QString> text(const char *name)
    {
        if (!isGiven(name))
            return std::nullopt;
        if (!value(name).isString())
            complain(name);
        return value(name).toString();
    }
    [[nodiscard]] std::optional<bool> flag(const char *name)
    {
        if (!isGiven(name))
            return std::nullopt;
        if (!value(name).isBool())
            complain(name);
        return value(name).toBool();
    }
    [[nodiscard]] std::optional<qint64> number(const char *name, qint64 least)
    {
        if (!isGiven(name))
            return std::nullopt;
        // Two defaults tell a whole number from anything else.
        const qint64 number = value(name).toInteger(least);
        if (!value(name).isDouble() || value(name).toInteger(least - 1) != number || number < least)
            complain(name);
        return number;
    }
    /// Nothing = null or left out.
    [[nodiscard]] std::optional<QStringList> texts(const char *name)
    {
        if (!isGiven(name))
            return std::nullopt;
        if (!value(name).isArray())
            complain(name);
        QStringList list;
        for (const QJsonValue &item : value(name).toArray()) {
            if (!item.isString())
                complain(name);
            list.append(item.toString());
        }
        return list;
    }

private:
    const QJsonObject &m_arguments;
    std::optional<MethodError> m_problem;
};

} // namespace Earshot
