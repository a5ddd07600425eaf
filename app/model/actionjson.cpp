// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/actionjson.h"

#include "model/actionmembers.h"

#include <array>

namespace Earshot {

namespace {

constexpr std::array<QLatin1StringView, 3> outcomeWords = {QLatin1StringView("applied"), QLatin1StringView("refused"),
                                                           QLatin1StringView("unknown")};

} // namespace

template <>
struct JsonWords<Outcome::Kind>
{
    [[nodiscard]] static QString word(Outcome::Kind kind)
    {
        return QString(outcomeWords.at(static_cast<size_t>(kind)));
    }
    [[nodiscard]] static std::optional<Outcome::Kind> value(const QString &text)
    {
        for (size_t i = 0; i < outcomeWords.size(); ++i) {
            if (text == outcomeWords[i])
                return static_cast<Outcome::Kind>(i);
        }
        return std::nullopt;
    }
};

namespace {

/// The arguments of a kind with their defaults; nothing when there is no such kind.
template <size_t... Index>
std::optional<ActionArguments> emptyArguments(const QString &kind, std::index_sequence<Index...>)
{
    std::optional<ActionArguments> found;
    const auto look = [&](ActionArguments arguments) {
        if (kindOf(arguments) == kind)
            found = std::move(arguments);
    };
    (look(ActionArguments(std::in_place_index<Index>)), ...);
    return found;
}

/// The kind beside its arguments.
void writeArguments(JsonWriter &writer, ActionArguments &arguments)
{
    JsonWriter inner;
    std::visit([&inner](auto &one) { visit(inner, one); }, arguments);
    writer.insert("kind", kindOf(arguments));
    writer.insert("arguments", inner.object());
}

void readArguments(JsonReader &reader, ActionArguments &arguments)
{
    QString kind;
    reader("kind", kind);
    const auto empty = emptyArguments(kind, std::make_index_sequence<ActionArguments::kindCount>());
    if (!empty)
        return reader.complain("kind");
    if (!reader.value("arguments").isObject())
        return reader.complain("arguments");
    arguments = *empty;
    JsonReader inner(reader.value("arguments").toObject(), reader.pathOf("arguments."));
    std::visit([&inner](auto &one) { visit(inner, one); }, arguments);
    reader.adopt(inner);
}

template <class Visitor>
void visit(Visitor &member, Action &action)
{
    member("id", action.id);
    member("device", action.device);
    member("number", action.number);
    member("actor", action.actor);
    member("claimedAt", action.claimedAt);
    member("basedOn", action.basedOn);
    member("force", action.force);
}

template <class Visitor>
void visit(Visitor &member, Refusal &refusal)
{
    member("kind", refusal.kind);
    member("by", refusal.by);
    member("byName", refusal.byName);
    member("detail", refusal.detail);
    member("expected", refusal.expected);
}

template <class Visitor>
void visit(Visitor &member, Outcome &outcome)
{
    member("outcome", outcome.kind);
    member("seq", outcome.seq);
    member("created", outcome.created);
    member("hadEffect", outcome.hadEffect);
    member("undoBasedOn", outcome.undoBasedOn);
}

template <class T>
Result<T> finished(const JsonReader &reader, T value)
{
    if (!reader.isFine())
        return fail(ErrorKind::invalid, reader.problem());
    return value;
}

} // namespace

QJsonObject toJson(const Action &action)
{
    JsonWriter writer;
    Action copy = action;
    visit(writer, copy);
    writeArguments(writer, copy.arguments);
    return writer.object();
}

QJsonObject toJson(const Outcome &outcome)
{
    JsonWriter writer;
    Outcome copy = outcome;
    visit(writer, copy);
    JsonWriter refusal;
    visit(refusal, copy.refusal);
    writer.insert("refusal", copy.kind == Outcome::Kind::refused ? QJsonValue(refusal.object()) : QJsonValue());
    JsonWriter inverse;
    if (copy.inverse)
        writeArguments(inverse, *copy.inverse);
    writer.insert("inverse", copy.inverse ? QJsonValue(inverse.object()) : QJsonValue());
    return writer.object();
}

QJsonObject toJson(const ViewContent &view)
{
    JsonWriter writer;
    ViewContent copy = view;
    visit(writer, copy);
    return writer.object();
}

Result<ViewContent> viewFromJson(const QJsonObject &object)
{
    JsonReader reader(object);
    ViewContent view;
    visit(reader, view);
    return finished(reader, std::move(view));
}

Result<Action> actionFromJson(const QJsonObject &object)
{
    JsonReader reader(object);
    Action action;
    visit(reader, action);
    readArguments(reader, action.arguments);
    // An action's id names what it makes and tells a repeat from a second wish.
    if (action.id.isNull())
        reader.complain("id");
    return finished(reader, std::move(action));
}

Result<Outcome> outcomeFromJson(const QJsonObject &object)
{
    JsonReader reader(object);
    Outcome outcome;
    visit(reader, outcome);
    const bool isRefused = outcome.kind == Outcome::Kind::refused;
    if (reader.value("refusal").isObject() != isRefused)
        reader.complain("refusal");
    if (isRefused) {
        JsonReader inner(reader.value("refusal").toObject(), QStringLiteral("refusal."));
        visit(inner, outcome.refusal);
        reader.adopt(inner);
    }
    const QJsonValue inverse = reader.value("inverse");
    if (inverse.isObject()) {
        JsonReader inner(inverse.toObject(), QStringLiteral("inverse."));
        readArguments(inner, outcome.inverse.emplace());
        reader.adopt(inner);
    } else if (!inverse.isNull()) {
        reader.complain("inverse");
    }
    return finished(reader, std::move(outcome));
}

} // namespace Earshot
