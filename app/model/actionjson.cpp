// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/actionjson.h"

#include "model/jsonmembers.h"
#include "model/viewmembers.h"

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

// What jsonmembers.h calls.

template <class Visitor>
static void visit(Visitor &member, Act::Claim &claim)
{
    member("conversation", claim.conversation);
}
template <class Visitor>
static void visit(Visitor &member, Act::Assign &assign)
{
    member("conversation", assign.conversation);
    member("agent", assign.agent);
}
template <class Visitor>
static void visit(Visitor &member, Act::Unassign &unassign)
{
    member("conversation", unassign.conversation);
}
template <class Visitor>
static void visit(Visitor &member, Act::SetStatus &set)
{
    member("conversation", set.conversation);
    member("status", set.status);
    member("reason", set.reason);
    member("duplicateOf", set.duplicateOf);
}
template <class Visitor>
static void visit(Visitor &member, Act::Snooze &snooze)
{
    member("conversation", snooze.conversation);
    member("until", snooze.until);
}
template <class Visitor>
static void visit(Visitor &member, Act::Wake &wake)
{
    member("conversation", wake.conversation);
}
template <class Visitor>
static void visit(Visitor &member, Act::AddTag &add)
{
    member("conversation", add.conversation);
    member("tag", add.tag);
}
template <class Visitor>
static void visit(Visitor &member, Act::RemoveTag &remove)
{
    member("conversation", remove.conversation);
    member("tag", remove.tag);
}
template <class Visitor>
static void visit(Visitor &member, Act::SetPriority &set)
{
    member("conversation", set.conversation);
    member("priority", set.priority);
}
template <class Visitor>
static void visit(Visitor &member, Act::AddNote &add)
{
    member("conversation", add.conversation);
    member("text", add.text);
}
template <class Visitor>
static void visit(Visitor &member, Act::EditNote &edit)
{
    member("message", edit.message);
    member("text", edit.text);
    member.added("was", edit.was);
}
template <class Visitor>
static void visit(Visitor &member, OutgoingMedia &media)
{
    member("hash", media.hash);
    member("type", media.type);
    member("description", media.description);
}
template <class Visitor>
static void visit(Visitor &member, Act::SendReply &send)
{
    member("conversation", send.conversation);
    member("target", send.target);
    member("text", send.text);
    member("contentWarning", send.contentWarning);
    member("language", send.language);
    member("visibility", send.visibility);
    member("media", send.media);
    member("thenResolve", send.thenResolve);
    member("skipUndoWindow", send.skipUndoWindow);
    member.added("leftOut", send.leftOut);
    member.added("mayWiden", send.mayWiden);
    member.added("furtherParts", send.furtherParts);
}
template <class Visitor>
static void visit(Visitor &member, Act::CancelDelivery &cancel)
{
    member("delivery", cancel.delivery);
}
template <class Visitor>
static void visit(Visitor &member, Act::RetryDelivery &retry)
{
    member("delivery", retry.delivery);
}
template <class Visitor>
static void visit(Visitor &member, Act::SettleDelivery &settle)
{
    member("delivery", settle.delivery);
}
template <class Visitor>
static void visit(Visitor &member, Act::PerformEffect &perform)
{
    member("message", perform.message);
    member("effect", perform.effect);
}
template <class Visitor>
static void visit(Visitor &member, Act::MergeContacts &merge)
{
    member("from", merge.from);
    member("into", merge.into);
}
template <class Visitor>
static void visit(Visitor &member, Act::SplitContact &split)
{
    member("contact", split.contact);
}
template <class Visitor>
static void visit(Visitor &member, Act::SetDuty &set)
{
    member("agent", set.agent);
    member("onDuty", set.onDuty);
}
template <class Visitor>
static void visit(Visitor &member, Act::PauseSending &pause)
{
    member("channel", pause.channel);
    member("reason", pause.reason);
}
template <class Visitor>
static void visit(Visitor &member, Act::ResumeSending &resume)
{
    member("channel", resume.channel);
}
template <class Visitor>
static void visit(Visitor &member, Act::AddAgent &add)
{
    member("name", add.name);
    member("role", add.role);
}
template <class Visitor>
static void visit(Visitor &member, Act::EditAgent &edit)
{
    member("agent", edit.agent);
    member("name", edit.name);
    member("role", edit.role);
    member("isDisabled", edit.isDisabled);
    member.added("was", edit.was);
    member.added("openLimit", edit.openLimit);
}
template <class Visitor>
static void visit(Visitor &member, Act::AddChannel &add)
{
    member("network", add.network);
    member("address", add.address);
    member("name", add.name);
    member("baseUrl", add.baseUrl);
    member("login", add.login);
    member("purpose", add.purpose);
    member("horizon", add.horizon);
    member("workSince", add.workSince);
}
template <class Visitor>
static void visit(Visitor &member, Act::EditChannel &edit)
{
    member("channel", edit.channel);
    member("name", edit.name);
    member("purpose", edit.purpose);
    member("pullEverySeconds", edit.pullEverySeconds);
    member.added("was", edit.was);
}
template <class Visitor>
static void visit(Visitor &member, Act::RemoveChannel &remove)
{
    member("channel", remove.channel);
}
template <class Visitor>
static void visit(Visitor &member, Act::KeepSavedReply &keep)
{
    member("savedReply", keep.savedReply);
    member("name", keep.name);
    member("text", keep.text);
    member.added("was", keep.was);
}
template <class Visitor>
static void visit(Visitor &member, Act::RemoveSavedReply &remove)
{
    member("savedReply", remove.savedReply);
}
template <class Visitor>
static void visit(Visitor &member, MacroStep &step)
{
    member("kind", step.kind);
    member("argument", step.argument);
}
template <class Visitor>
static void visit(Visitor &member, Act::KeepMacro &keep)
{
    member("macro", keep.macro);
    member("name", keep.name);
    member("key", keep.key);
    member("steps", keep.steps);
    member.added("was", keep.was);
}
template <class Visitor>
static void visit(Visitor &member, Act::RemoveMacro &remove)
{
    member("macro", remove.macro);
}
template <class Visitor>
static void visit(Visitor &member, Act::AddTeam &add)
{
    member("name", add.name);
}
template <class Visitor>
static void visit(Visitor &member, Act::RenameTeam &rename)
{
    member("team", rename.team);
    member("name", rename.name);
}
template <class Visitor>
static void visit(Visitor &member, Act::RemoveTeam &remove)
{
    member("team", remove.team);
}
template <class Visitor>
static void visit(Visitor &member, Act::SetTeamMember &set)
{
    member("team", set.team);
    member("agent", set.agent);
    member("isMember", set.isMember);
}
template <class Visitor>
static void visit(Visitor &member, Act::SetChannelTeam &set)
{
    member("channel", set.channel);
    member("team", set.team);
}
template <class Visitor>
static void visit(Visitor &member, Act::SaveView &save)
{
    member("view", save.view);
    visit(member, save.content);
}
template <class Visitor>
static void visit(Visitor &member, Act::RemoveView &remove)
{
    member("view", remove.view);
}
template <class Visitor>
static void visit(Visitor &member, Act::MoveView &move)
{
    member("view", move.view);
    member("before", move.before);
}
template <class Visitor>
static void visit(Visitor &member, Act::UnpinNotice &unpin)
{
    member("notice", unpin.notice);
}
template <class Visitor>
static void visit(Visitor &member, Act::ChangeSetting &change)
{
    member("setting", change.setting);
    member("value", change.value);
}
template <class Visitor>
static void visit(Visitor &member, Refusal &refusal)
{
    member("kind", refusal.kind);
    member("by", refusal.by);
    member("byName", refusal.byName);
    member("detail", refusal.detail);
    member("expected", refusal.expected);
}

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
