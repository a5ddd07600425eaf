// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/questionjson.h"

#include "desk/channelmembers.h"
#include "desk/questionmembers.h"
#include "desk/recordmembers.h"

namespace Earshot {

namespace {

template <class T>
struct IsList : std::false_type
{
};
template <class T>
struct IsList<QList<T>> : std::true_type
{
};
template <class T>
struct IsOptional : std::false_type
{
};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type
{
};

template <class T>
QJsonObject written(T value)
{
    JsonWriter writer(IdForm::text);
    if constexpr (IsList<T>()) {
        writer("list", value);
    } else if constexpr (IsOptional<T>()) {
        QList<typename T::value_type> list;
        if (value)
            list.append(*value);
        writer("list", list);
    } else {
        visit(writer, value);
    }
    return writer.object();
}

template <class T>
Result<T> readAs(const QJsonObject &json, ErrorKind wrong)
{
    JsonReader reader(json, {}, IdForm::text);
    T value{};
    if constexpr (IsList<T>()) {
        reader("list", value);
    } else if constexpr (IsOptional<T>()) {
        QList<typename T::value_type> list;
        reader("list", list);
        if (!list.isEmpty())
            value = list.first();
    } else {
        visit(reader, value);
    }
    if (!reader.isFine())
        return fail(wrong, reader.problem());
    return value;
}

/// The question of a method with its defaults; nothing when there is none.
template <size_t... Index>
std::optional<Question> emptyQuestion(const QString &method, std::index_sequence<Index...>)
{
    std::optional<Question> found;
    const auto look = [&](auto question) {
        if (method == QLatin1StringView(decltype(question)::method))
            found = question;
    };
    (look(std::variant_alternative_t<Index, Question>()), ...);
    return found;
}

std::optional<Question> emptyQuestion(const QString &method)
{
    return emptyQuestion(method, std::make_index_sequence<std::variant_size_v<Question>>());
}

} // namespace

QString methodOf(const Question &question)
{
    return std::visit([](const auto &ask) { return QString(QLatin1StringView(ask.method)); }, question);
}

bool isQuestion(const QString &method)
{
    return emptyQuestion(method).has_value();
}

QJsonObject toJson(const Question &question)
{
    return std::visit([](const auto &ask) { return written(ask); }, question);
}

Result<Question> questionFromJson(const QString &method, const QJsonObject &arguments)
{
    std::optional<Question> question = emptyQuestion(method);
    if (!question)
        return fail(ErrorKind::invalid, method);
    return std::visit(
        [&arguments](const auto &empty) -> Result<Question> {
            const QJsonObject known = written(empty);
            for (const QString &name : arguments.keys()) {
                if (!known.contains(name))
                    return fail(ErrorKind::invalid, name);
            }
            auto read = readAs<std::decay_t<decltype(empty)>>(arguments, ErrorKind::invalid);
            if (!read)
                return tl::unexpected(read.error());
            return Question(*read);
        },
        *question);
}

QJsonObject toJson(const Answer &answer)
{
    return std::visit([](const auto &one) { return written(one); }, answer);
}

Result<Answer> answerFromJson(const Question &question, const QJsonObject &json)
{
    return std::visit(
        [&json](const auto &ask) -> Result<Answer> {
            auto read = readAs<typename std::decay_t<decltype(ask)>::Answer>(json, ErrorKind::malformed);
            if (!read)
                return tl::unexpected(read.error());
            return Answer(*std::move(read));
        },
        question);
}

QJsonObject toWire(const QList<Finding> &findings)
{
    return written(findings);
}

QJsonObject toWire(const NewChannel &channel)
{
    return written(channel);
}

QJsonObject toWire(const QList<RemoteMessage> &latest)
{
    return written(latest);
}

QJsonObject toWire(const Capabilities &capabilities)
{
    return written(capabilities);
}

QJsonObject toWire(const QList<ChannelReport> &reports)
{
    return written(reports);
}

Result<QList<Finding>> findingsFromWire(const QJsonObject &json)
{
    return readAs<QList<Finding>>(json, ErrorKind::invalid);
}

Result<NewChannel> newChannelFromWire(const QJsonObject &json)
{
    return readAs<NewChannel>(json, ErrorKind::invalid);
}

Result<QList<RemoteMessage>> latestFromWire(const QJsonObject &json)
{
    return readAs<QList<RemoteMessage>>(json, ErrorKind::malformed);
}

Result<Capabilities> capabilitiesFromWire(const QJsonObject &json)
{
    return readAs<Capabilities>(json, ErrorKind::invalid);
}

Result<QList<ChannelReport>> reportsFromWire(const QJsonObject &json)
{
    return readAs<QList<ChannelReport>>(json, ErrorKind::invalid);
}

} // namespace Earshot
