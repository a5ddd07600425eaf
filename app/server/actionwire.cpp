// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/actionwire.h"

#include "model/actionjson.h"
#include "model/withdrawal.h"

#include <QJsonArray>
#include <QSet>

namespace Earshot {

namespace {

/// Whether a member of that kind's arguments holds an id.
bool isIdMember(const QString &kind, const QString &member)
{
    // Elsewhere it is a tag's name.
    if (member == QLatin1StringView("tag"))
        return kind == QLatin1StringView("pinNotice");
    static const QSet<QString> members{
        QStringLiteral("conversation"), QStringLiteral("agent"),  QStringLiteral("duplicateOf"),
        QStringLiteral("message"),      QStringLiteral("target"), QStringLiteral("delivery"),
        QStringLiteral("contact"),      QStringLiteral("from"),   QStringLiteral("into"),
        QStringLiteral("channel"),      QStringLiteral("team"),   QStringLiteral("savedReply"),
        QStringLiteral("macro"),        QStringLiteral("view"),   QStringLiteral("notice"),
        QStringLiteral("before")};
    return members.contains(member);
}

QString kindIn(const QJsonObject &action)
{
    return action.value(QLatin1StringView("kind")).toString();
}

QUuid referenceIn(const QJsonValue &value)
{
    const QString text = value.toString();
    return text.startsWith(u'#') ? QUuid::fromString(QStringView(text).mid(1)) : QUuid();
}

/// The id as a number, however it came; what is none is left for actionFromJson() to complain about.
QJsonValue plainId(const QJsonValue &value)
{
    bool isNumber = false;
    const qint64 number = value.toString().toLongLong(&isNumber);
    return isNumber && number > 0 ? QJsonValue(number) : value;
}

/// What may be left out, by kind: null in actionjson.h.
QJsonObject withDefaults(QJsonObject arguments, const QString &kind)
{
    const auto fill = [&arguments](const char *name, const QJsonValue &value) {
        if (!arguments.contains(QLatin1StringView(name)))
            arguments.insert(QLatin1StringView(name), value);
    };
    if (kind == QLatin1StringView("setStatus")) {
        fill("reason", QStringLiteral("none"));
        fill("duplicateOf", QJsonValue());
    } else if (kind == QLatin1StringView("sendReply")) {
        for (const char *name : {"target", "visibility"})
            fill(name, QJsonValue());
        for (const char *name : {"contentWarning", "language"})
            fill(name, QString());
        for (const char *name : {"thenResolve", "skipUndoWindow"})
            fill(name, false);
        fill("media", QJsonArray());
    } else if (kind == QLatin1StringView("editAgent")) {
        for (const char *name : {"name", "role", "isDisabled"})
            fill(name, QJsonValue());
    } else if (kind == QLatin1StringView("setTeamMember")) {
        fill("isMember", true);
    } else if (kind == QLatin1StringView("setChannelTeam")) {
        fill("team", QJsonValue());
    } else if (kind == QLatin1StringView("editChannel")) {
        for (const char *name : {"name", "purpose", "pullEverySeconds"})
            fill(name, QJsonValue());
    }
    return arguments;
}

} // namespace

QList<QUuid> referencesOf(const QJsonObject &action)
{
    QList<QUuid> references;
    const QString kind = kindIn(action);
    const QJsonObject arguments = action.value(QLatin1StringView("arguments")).toObject();
    for (auto member = arguments.constBegin(); member != arguments.constEnd(); ++member) {
        const QUuid reference = isIdMember(kind, member.key()) ? referenceIn(member.value()) : QUuid();
        if (!reference.isNull())
            references.append(reference);
    }
    return references;
}

Result<Action> readAction(const QJsonObject &action, const CreatedIds &created, const QUuid &device)
{
    const QString kind = kindIn(action);
    const bool isWithdrawal = kind == withdrawalKind;
    QJsonObject arguments = isWithdrawal ? QJsonObject() : action.value(QLatin1StringView("arguments")).toObject();
    for (auto member = arguments.begin(); member != arguments.end(); ++member) {
        if (!isIdMember(kind, member.key()))
            continue;
        const QUuid reference = referenceIn(member.value());
        if (reference.isNull()) {
            *member = plainId(*member);
            continue;
        }
        if (!created.contains(reference))
            return fail(ErrorKind::notFound, QStringLiteral("arguments.") + member.key());
        *member = created.value(reference);
    }
    QJsonObject plain{{QStringLiteral("device"), QJsonValue()}, {QStringLiteral("number"), 0},
                      {QStringLiteral("actor"), QJsonValue()},  {QStringLiteral("claimedAt"), QJsonValue()},
                      {QStringLiteral("basedOn"), 0},           {QStringLiteral("force"), false}};
    for (auto member = action.constBegin(); member != action.constEnd(); ++member)
        plain.insert(member.key(), member.value());
    if (plain.value(QLatin1StringView("arguments")).isObject())
        plain.insert(QStringLiteral("arguments"), withDefaults(arguments, kind));
    // What stands around it is read as with any other.
    if (isWithdrawal) {
        plain.insert(QStringLiteral("kind"), kindOf(Act::Claim{}));
        plain.insert(QStringLiteral("arguments"), QJsonObject{{QStringLiteral("conversation"), 1}});
    }
    plain.insert(QStringLiteral("actor"), plainId(plain.value(QLatin1StringView("actor"))));
    Result<Action> read = actionFromJson(plain);
    if (!read)
        return read;
    if (read->id.isNull())
        return fail(ErrorKind::invalid, QStringLiteral("id"));
    if (read->number < 0 || read->basedOn < 0)
        return fail(ErrorKind::invalid, read->number < 0 ? QStringLiteral("number") : QStringLiteral("basedOn"));
    if (!read->device.isNull() && read->device != device)
        return fail(ErrorKind::invalid, QStringLiteral("device"));
    if (isWithdrawal)
        return fail(ErrorKind::refused, QString(withdrawnDetail));
    read->device = device;
    return read;
}

} // namespace Earshot
