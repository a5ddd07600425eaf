// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/tolddraft.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace Earshot {

namespace {

constexpr std::array modeWords{"reply", "privateReply", "note", "noteEdit"};

QJsonObject toJson(const TypedElsewhere &typed)
{
    QJsonObject json{{QStringLiteral("device"), typed.device},
                     {QStringLiteral("at"), toMs(typed.at)},
                     {QStringLiteral("text"), typed.text},
                     {QStringLiteral("contentWarning"), typed.contentWarning}};
    if (typed.target.isValid())
        json.insert(QStringLiteral("target"), QString::number(typed.target.value));
    return json;
}

TypedElsewhere typedFromJson(const QJsonObject &json)
{
    TypedElsewhere typed;
    typed.device = json.value(QLatin1StringView("device")).toString();
    typed.at = timeFromMs(json.value(QLatin1StringView("at")).toInteger());
    typed.text = json.value(QLatin1StringView("text")).toString();
    typed.contentWarning = json.value(QLatin1StringView("contentWarning")).toString();
    typed.target = MessageId(json.value(QLatin1StringView("target")).toString().toLongLong());
    typed.key = besideKey(typed.at, typed.device);
    return typed;
}

} // namespace

QString besideKey(Time at, const QString &device)
{
    return QString::number(toMs(at)) + QLatin1Char(' ') + device;
}

TypedElsewhere ToldDraft::asBeside() const
{
    TypedElsewhere typed{draft.mode, {}, device, draft.updatedAt, draft.text, draft.contentWarning, {}};
    typed.key = besideKey(typed.at, typed.device);
    if (draft.mode == DraftRecord::Mode::noteEdit)
        typed.target = draft.target;
    return typed;
}

QJsonObject toJson(const ToldDraft &told)
{
    if (told.isEmpty() && told.was.isEmpty())
        return {};
    if (told.isEmpty())
        return {{QStringLiteral("was"), QJsonArray::fromStringList(told.was)}};
    const DraftRecord &draft = told.draft;
    QJsonArray beside;
    for (const TypedElsewhere &typed : told.beside)
        beside.append(toJson(typed));
    // What is shown here ahead of the server has another id there.
    const bool isKnownThere = draft.target.isValid() && !isForecast(draft.target);
    return {{QStringLiteral("text"), draft.text},
            {QStringLiteral("contentWarning"), draft.contentWarning},
            {QStringLiteral("target"), isKnownThere ? QJsonValue(QString::number(draft.target.value)) : QJsonValue()},
            {QStringLiteral("basedOn"), draft.basedOn},
            {QStringLiteral("leftOut"), QJsonArray::fromStringList(draft.leftOut)},
            {QStringLiteral("language"), draft.language},
            {QStringLiteral("attachments"), told.attachments},
            {QStringLiteral("device"), told.device},
            {QStringLiteral("at"), toMs(draft.updatedAt)},
            {QStringLiteral("beside"), beside}};
}

ToldDraft toldDraftFromJson(const QJsonObject &json)
{
    ToldDraft told;
    DraftRecord &draft = told.draft;
    draft.text = json.value(QLatin1StringView("text")).toString();
    draft.contentWarning = json.value(QLatin1StringView("contentWarning")).toString();
    draft.target = MessageId(json.value(QLatin1StringView("target")).toString().toLongLong());
    draft.basedOn = json.value(QLatin1StringView("basedOn")).toInteger();
    for (const QJsonValue &handle : json.value(QLatin1StringView("leftOut")).toArray())
        draft.leftOut.append(handle.toString());
    draft.language = json.value(QLatin1StringView("language")).toString();
    told.attachments = std::max(0, json.value(QLatin1StringView("attachments")).toInt());
    told.device = json.value(QLatin1StringView("device")).toString();
    draft.updatedAt = timeFromMs(json.value(QLatin1StringView("at")).toInteger());
    for (const QJsonValue &typed : json.value(QLatin1StringView("beside")).toArray())
        told.beside.append(typedFromJson(typed.toObject()));
    for (const QJsonValue &digest : json.value(QLatin1StringView("was")).toArray())
        told.was.append(digest.toString());
    return told;
}

QString digestOf(const ToldDraft &told)
{
    if (told.isEmpty())
        return {};
    QJsonObject json = toJson(told);
    json.remove(QStringLiteral("device"));
    json.remove(QStringLiteral("at"));
    const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

QString wordOfMode(DraftRecord::Mode mode)
{
    return DraftRecord::isKnown(mode) ? QString::fromLatin1(modeWords.at(static_cast<size_t>(mode))) : QString();
}

std::optional<DraftRecord::Mode> modeFromWord(const QString &word)
{
    const auto found = std::find_if(modeWords.cbegin(), modeWords.cend(),
                                    [&word](const char *known) { return word == QLatin1StringView(known); });
    if (found == modeWords.cend())
        return std::nullopt;
    return static_cast<DraftRecord::Mode>(found - modeWords.cbegin());
}

Result<QList<TypedElsewhere>> loadTypedElsewhere(Database &database, AgentId me, ConversationId conversation)
{
    QList<TypedElsewhere> all;
    Statement incoming = database.statement("select_drafts_incoming");
    incoming.bind("conversation", conversation);
    while (incoming.next()) {
        ToldDraft told = toldDraftFromJson(QJsonDocument::fromJson(incoming.text(1).toUtf8()).object());
        told.draft.mode = static_cast<DraftRecord::Mode>(incoming.integer(0));
        TypedElsewhere typed = told.asBeside();
        typed.key.clear();
        typed.isGone = told.isEmpty();
        if (DraftRecord::isKnown(typed.mode))
            all.append(typed);
    }
    Statement rows = database.statement("select_drafts_beside");
    rows.bind("me", me).bind("conversation", conversation);
    while (rows.next()) {
        TypedElsewhere typed;
        rows >> typed.mode >> typed.key >> typed.text >> typed.contentWarning >> typed.target;
        typed.at = timeFromMs(typed.key.section(QLatin1Char(' '), 0, 0).toLongLong());
        typed.device = typed.key.section(QLatin1Char(' '), 1);
        if (DraftRecord::isKnown(typed.mode))
            all.append(typed);
    }
    return database.result(all);
}

Result<QMap<DraftRecord::Mode, int>> loadFilesElsewhere(Database &database, AgentId me, ConversationId conversation)
{
    QMap<DraftRecord::Mode, int> files;
    Statement rows = database.statement("select_drafts_elsewhere");
    rows.bind("me", me).bind("conversation", conversation);
    while (rows.next())
        files.insert(static_cast<DraftRecord::Mode>(rows.integer(0)), int(rows.integer(1)));
    return database.result(files);
}

} // namespace Earshot
