// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/actionjson.h"

#include <QJsonArray>

#include <array>
#include <limits>
#include <utility>

namespace Earshot {

namespace {

// One description of each struct's members serves both directions: `visit` is called with a JsonWriter or a JsonReader,
// which is called with each member's name and value.

template <class Visitor>
void visit(Visitor &member, Act::Claim &claim)
{
    member("conversation", claim.conversation);
}
template <class Visitor>
void visit(Visitor &member, Act::Assign &assign)
{
    member("conversation", assign.conversation);
    member("agent", assign.agent);
}
template <class Visitor>
void visit(Visitor &member, Act::Unassign &unassign)
{
    member("conversation", unassign.conversation);
}
template <class Visitor>
void visit(Visitor &member, Act::SetStatus &set)
{
    member("conversation", set.conversation);
    member("status", set.status);
    member("reason", set.reason);
    member("duplicateOf", set.duplicateOf);
}
template <class Visitor>
void visit(Visitor &member, Act::Snooze &snooze)
{
    member("conversation", snooze.conversation);
    member("until", snooze.until);
}
template <class Visitor>
void visit(Visitor &member, Act::Wake &wake)
{
    member("conversation", wake.conversation);
}
template <class Visitor>
void visit(Visitor &member, Act::AddTag &add)
{
    member("conversation", add.conversation);
    member("tag", add.tag);
}
template <class Visitor>
void visit(Visitor &member, Act::RemoveTag &remove)
{
    member("conversation", remove.conversation);
    member("tag", remove.tag);
}
template <class Visitor>
void visit(Visitor &member, Act::SetPriority &set)
{
    member("conversation", set.conversation);
    member("priority", set.priority);
}
template <class Visitor>
void visit(Visitor &member, Act::AddNote &add)
{
    member("conversation", add.conversation);
    member("text", add.text);
}
template <class Visitor>
void visit(Visitor &member, Act::EditNote &edit)
{
    member("message", edit.message);
    member("text", edit.text);
}
template <class Visitor>
void visit(Visitor &member, OutgoingMedia &media)
{
    member("hash", media.hash);
    member("type", media.type);
    member("description", media.description);
}
template <class Visitor>
void visit(Visitor &member, Act::SendReply &send)
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
void visit(Visitor &member, Act::CancelDelivery &cancel)
{
    member("delivery", cancel.delivery);
}
template <class Visitor>
void visit(Visitor &member, Act::RetryDelivery &retry)
{
    member("delivery", retry.delivery);
}
template <class Visitor>
void visit(Visitor &member, Act::SettleDelivery &settle)
{
    member("delivery", settle.delivery);
}
template <class Visitor>
void visit(Visitor &member, Act::PerformEffect &perform)
{
    member("message", perform.message);
    member("effect", perform.effect);
}
template <class Visitor>
void visit(Visitor &member, Act::MergeContacts &merge)
{
    member("from", merge.from);
    member("into", merge.into);
}
template <class Visitor>
void visit(Visitor &member, Act::SplitContact &split)
{
    member("contact", split.contact);
}
template <class Visitor>
void visit(Visitor &member, Act::SetDuty &set)
{
    member("agent", set.agent);
    member("onDuty", set.onDuty);
}
template <class Visitor>
void visit(Visitor &member, Act::PauseSending &pause)
{
    member("channel", pause.channel);
    member("reason", pause.reason);
}
template <class Visitor>
void visit(Visitor &member, Act::ResumeSending &resume)
{
    member("channel", resume.channel);
}
template <class Visitor>
void visit(Visitor &member, Act::AddAgent &add)
{
    member("name", add.name);
    member("role", add.role);
}
template <class Visitor>
void visit(Visitor &member, Act::EditAgent &edit)
{
    member("agent", edit.agent);
    member("name", edit.name);
    member("role", edit.role);
    member("isDisabled", edit.isDisabled);
}
template <class Visitor>
void visit(Visitor &member, Act::AddChannel &add)
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
void visit(Visitor &member, Act::EditChannel &edit)
{
    member("channel", edit.channel);
    member("name", edit.name);
    member("purpose", edit.purpose);
    member("pullEverySeconds", edit.pullEverySeconds);
}
template <class Visitor>
void visit(Visitor &member, Act::RemoveChannel &remove)
{
    member("channel", remove.channel);
}
template <class Visitor>
void visit(Visitor &member, Act::KeepSavedReply &keep)
{
    member("savedReply", keep.savedReply);
    member("name", keep.name);
    member("text", keep.text);
}
template <class Visitor>
void visit(Visitor &member, Act::RemoveSavedReply &remove)
{
    member("savedReply", remove.savedReply);
}
template <class Visitor>
void visit(Visitor &member, MacroStep &step)
{
    member("kind", step.kind);
    member("argument", step.argument);
}
template <class Visitor>
void visit(Visitor &member, Act::KeepMacro &keep)
{
    member("macro", keep.macro);
    member("name", keep.name);
    member("key", keep.key);
    member("steps", keep.steps);
}
template <class Visitor>
void visit(Visitor &member, Act::RemoveMacro &remove)
{
    member("macro", remove.macro);
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

constexpr std::array<QLatin1StringView, 3> outcomeWords = {QLatin1StringView("applied"), QLatin1StringView("refused"),
                                                           QLatin1StringView("unknown")};

template <class Enum>
QString wordOf(Enum value)
{
    return word(value);
}
template <>
QString wordOf(Outcome::Kind kind)
{
    return QString(outcomeWords.at(static_cast<size_t>(kind)));
}

template <class Enum>
std::optional<Enum> valueOf(const QString &text)
{
    return fromWord<Enum>(text);
}
template <>
std::optional<RefusalKind> valueOf(const QString &text)
{
    return refusalFromWord(text);
}
template <>
std::optional<Outcome::Kind> valueOf(const QString &text)
{
    for (size_t i = 0; i < outcomeWords.size(); ++i) {
        if (text == outcomeWords[i])
            return static_cast<Outcome::Kind>(i);
    }
    return std::nullopt;
}

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

class JsonWriter
{
public:
    [[nodiscard]] QJsonObject object() const { return m_object; }

    template <class T>
    void operator()(const char *name, T &value)
    {
        m_object.insert(QLatin1StringView(name), toValue(value));
    }
    /// A member that came later: who wrote before it existed has its default.
    template <class T>
    void added(const char *name, T &value)
    {
        (*this)(name, value);
    }
    void arguments(ActionArguments &arguments)
    {
        QString kind = kindOf(arguments);
        JsonWriter inner;
        std::visit([&inner](auto &one) { visit(inner, one); }, arguments);
        m_object.insert(QStringLiteral("kind"), kind);
        m_object.insert(QStringLiteral("arguments"), inner.object());
    }
    void insert(const char *name, const QJsonValue &value) { m_object.insert(QLatin1StringView(name), value); }

private:
    static QJsonValue toValue(bool value) { return value; }
    static QJsonValue toValue(int value) { return value; }
    static QJsonValue toValue(qint64 value) { return value; }
    static QJsonValue toValue(const QString &value) { return value; }
    static QJsonValue toValue(Time value) { return isKnown(value) ? QJsonValue(toIso(value)) : QJsonValue(); }
    static QJsonValue toValue(const QUuid &value)
    {
        return value.isNull() ? QJsonValue() : QJsonValue(value.toString(QUuid::WithoutBraces));
    }
    template <class Tag>
    static QJsonValue toValue(Id<Tag> id)
    {
        return id.isValid() ? QJsonValue(id.value) : QJsonValue();
    }
    template <class Enum>
    requires std::is_enum_v<Enum>
    static QJsonValue toValue(Enum value) { return wordOf(value); }
    template <class T>
    static QJsonValue toValue(const std::optional<T> &value)
    {
        return value ? toValue(*value) : QJsonValue();
    }
    static QJsonValue toValue(const QStringList &list) { return QJsonArray::fromStringList(list); }
    template <class T>
    requires std::is_class_v<T> &&(!std::is_same_v<T, QString>)static QJsonValue toValue(QList<T> &list)
    {
        QJsonArray array;
        for (T &one : list) {
            JsonWriter inner;
            visit(inner, one);
            array.append(inner.object());
        }
        return array;
    }

    QJsonObject m_object;
};

/// Reads members one after another; the first one that is wrong is kept.
class JsonReader
{
public:
    explicit JsonReader(QJsonObject object, QString path = {})
        : m_object(std::move(object))
        , m_path(std::move(path))
    {
    }

    [[nodiscard]] bool isFine() const { return m_problem.isEmpty(); }
    [[nodiscard]] const QString &problem() const { return m_problem; }

    template <class T>
    void operator()(const char *name, T &value)
    {
        const QJsonValue json = m_object.value(QLatin1StringView(name));
        if (json.isUndefined() || !read(json, name, value))
            complain(name);
    }
    template <class T>
    void added(const char *name, T &value)
    {
        if (m_object.contains(QLatin1StringView(name)))
            (*this)(name, value);
    }
    [[nodiscard]] QJsonValue value(const char *name) const { return m_object.value(QLatin1StringView(name)); }
    void complain(const char *name)
    {
        if (m_problem.isEmpty())
            m_problem = m_path + QLatin1StringView(name);
    }
    void arguments(ActionArguments &arguments)
    {
        QString kind;
        (*this)("kind", kind);
        const auto empty = emptyArguments(kind, std::make_index_sequence<std::variant_size_v<ActionArguments>>());
        if (!empty)
            return complain("kind");
        if (!value("arguments").isObject())
            return complain("arguments");
        arguments = *empty;
        JsonReader inner(value("arguments").toObject(), m_path + QStringLiteral("arguments."));
        std::visit([&inner](auto &one) { visit(inner, one); }, arguments);
        adopt(inner);
    }
    void adopt(const JsonReader &inner)
    {
        if (m_problem.isEmpty())
            m_problem = inner.m_problem;
    }
    [[nodiscard]] QString pathOf(const char *name) const { return m_path + QLatin1StringView(name); }

private:
    bool read(const QJsonValue &json, const char *, bool &value)
    {
        value = json.toBool();
        return json.isBool();
    }
    bool read(const QJsonValue &json, const char *, qint64 &value)
    {
        // Two defaults tell a whole number from anything else.
        value = json.toInteger(0);
        return json.isDouble() && json.toInteger(1) == value;
    }
    bool read(const QJsonValue &json, const char *name, int &value)
    {
        qint64 number = 0;
        if (!read(json, name, number) || number < std::numeric_limits<int>::min() ||
            number > std::numeric_limits<int>::max())
            return false;
        value = static_cast<int>(number);
        return true;
    }
    bool read(const QJsonValue &json, const char *, QString &value)
    {
        value = json.toString();
        return json.isString();
    }
    bool read(const QJsonValue &json, const char *, Time &value)
    {
        value = Time();
        if (json.isNull())
            return true;
        const QDateTime moment = QDateTime::fromString(json.toString(), Qt::ISODateWithMs);
        value = timeFrom(moment);
        return json.isString() && moment.isValid() && moment.timeSpec() != Qt::LocalTime && isKnown(value);
    }
    bool read(const QJsonValue &json, const char *, QUuid &value)
    {
        value = QUuid::fromString(json.toString());
        return json.isNull() || (json.isString() && !value.isNull());
    }
    template <class Tag>
    bool read(const QJsonValue &json, const char *name, Id<Tag> &value)
    {
        value = {};
        return json.isNull() || (read(json, name, value.value) && value.value > 0);
    }
    template <class Enum>
    requires std::is_enum_v<Enum>
    bool read(const QJsonValue &json, const char *, Enum &value)
    {
        const std::optional<Enum> found = json.isString() ? valueOf<Enum>(json.toString()) : std::nullopt;
        value = found.value_or(Enum());
        return found.has_value();
    }
    template <class T>
    bool read(const QJsonValue &json, const char *name, std::optional<T> &value)
    {
        value.reset();
        if (json.isNull())
            return true;
        T inner{};
        if (!read(json, name, inner))
            return false;
        value = std::move(inner);
        return true;
    }
    bool read(const QJsonValue &json, const char *, QStringList &list)
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
    requires std::is_class_v<T> &&
        (!std::is_same_v<T, QString>)bool read(const QJsonValue &json, const char *name, QList<T> &list)
    {
        list.clear();
        const QJsonArray array = json.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            const QString path = pathOf(name) + QStringLiteral("[%1]").arg(i);
            JsonReader inner(array.at(i).toObject(), path + QLatin1Char('.'));
            T one;
            visit(inner, one);
            adopt(inner);
            list.append(one);
        }
        return json.isArray();
    }

    QJsonObject m_object;
    QString m_path;
    QString m_problem;
};

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
    member.arguments(action.arguments);
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
        inverse.arguments(*copy.inverse);
    writer.insert("inverse", copy.inverse ? QJsonValue(inverse.object()) : QJsonValue());
    return writer.object();
}

Result<Action> actionFromJson(const QJsonObject &object)
{
    JsonReader reader(object);
    Action action;
    visit(reader, action);
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
        inner.arguments(outcome.inverse.emplace());
        reader.adopt(inner);
    } else if (!inverse.isNull()) {
        reader.complain("inverse");
    }
    return finished(reader, std::move(outcome));
}

} // namespace Earshot
