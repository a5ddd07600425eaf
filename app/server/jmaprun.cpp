// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/jmaprun.h"

#include "desk/questionjson.h"
#include "model/actionjson.h"
#include "server/blobservice.h"
#include "server/deskmethods.h"
#include "server/hiddentargets.h"

#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

const QString performName = QStringLiteral("Action/perform");

/// What an earlier action made, if it was applied; asked by those that build on it.
std::optional<qint64> createdBy(Database &database, const QUuid &action)
{
    Statement find = database.statement("select_outcome_of_action");
    find.bind("action", action.toString(QUuid::WithoutBraces));
    if (!find.next())
        return std::nullopt;
    const Result<Outcome> outcome = outcomeFromJson(QJsonDocument::fromJson(find.text(0).toUtf8()).object());
    return outcome && outcome->created != 0 ? std::optional(outcome->created) : std::nullopt;
}

/// The files that a reply would send along.
QStringList filesOf(const QJsonObject &action)
{
    QStringList hashes;
    const QJsonValue media = action.value(QLatin1StringView("arguments")).toObject().value(QLatin1StringView("media"));
    for (const QJsonValue &file : media.toArray())
        hashes.append(file.toObject().value(QLatin1StringView("hash")).toString());
    return hashes;
}

/// The arguments of a deed; a channel that there is not is none, and then answered as one that is hidden.
QJsonObject onKnownChannel(Database &database, QJsonObject arguments)
{
    const QString name = QStringLiteral("channel");
    const QString channel = arguments.value(name).toString();
    Statement find = database.statement("get_channel");
    if (!channel.isEmpty() && !find.bind("id", channel.toLongLong()).next())
        arguments.insert(name, QString());
    return arguments;
}

} // namespace

QUuid JmapRun::idOf(const QJsonValue &action)
{
    return QUuid::fromString(action.toObject().value(QLatin1StringView("id")).toString());
}

void JmapRun::respond(const MethodResult &result)
{
    const MethodCall &call = request.calls[next++];
    if (!result && result.error().type == QLatin1StringView("forbidden"))
        forbidden.append(call.name);
    if (result)
        responses.append({call.name, *result, call.callId});
    else
        responses.append({QStringLiteral("error"), result.error().toJson(), call.callId});
}

/// What one method says is bounded by its own limits; what many say together, here.
void JmapRun::respondBounded(const MethodResult &result)
{
    if (result && request.calls.size() > 1)
        responseBytesLeft = std::max<qint64>(0, responseBytesLeft - weightOf(*result, responseBytesLeft + 1));
    if (responseBytesLeft > 0 || next == 0)
        respond(result);
    else
        respond(methodError("requestTooLarge", QStringLiteral("the answers of one request are too long together")));
}

/// The arguments of a method of ours, whose account is this one.
MethodResult JmapRun::withoutAccount(const QJsonObject &arguments) const
{
    const QJsonValue account = arguments.value(QLatin1StringView("accountId"));
    if (!account.isString())
        return methodError("invalidArguments", QStringLiteral("accountId"));
    if (account.toString() != viewer.account)
        return methodError("accountNotFound");
    QJsonObject rest = arguments;
    rest.remove(QStringLiteral("accountId"));
    return rest;
}

/// Nothing is done in another incarnation of the workspace than who calls has heard of.
bool JmapRun::isForThis(const QJsonObject &arguments) const
{
    const QJsonValue incarnation = arguments.value(QLatin1StringView("ifIncarnation"));
    return !incarnation.isString() || incarnation.toString() == viewer.incarnation;
}

bool JmapRun::isBrief() const
{
    constexpr qsizetype few = 5;
    return request.calls.size() == 1 && request.calls.constFirst().name == performName &&
           request.calls.constFirst().arguments.value(QLatin1StringView("actions")).toArray().size() <= few;
}

Result<bool> JmapRun::readSegment(Database &database, const Workspace &workspace, const ServerLimits &limits, Time now)
{
    const Result<std::optional<Viewer>> loaded = loadViewer(database, principal.agent);
    if (!loaded)
        return tl::unexpected(loaded.error());
    if (!*loaded)
        return fail(ErrorKind::permission);
    viewer = **loaded;
    MethodContext context{database, viewer, limits, now, searchTimeLeft};
    while (!isDone() && !actions && !deed) {
        const MethodCall &call = request.calls[next];
        const MethodResult arguments = resolveReferences(call.arguments, responses, referenceBytesLeft);
        if (!arguments)
            respond(arguments);
        else if (call.name == QLatin1StringView("Core/echo") && request.capabilities.contains(coreCapability))
            respond(arguments);
        else if (!request.capabilities.contains(deskCapability))
            respond(methodError("unknownMethod"));
        else if (call.name == performName)
            prepareActions(database, *arguments, limits);
        else if (const bool isAsked = isQuestion(call.name); isAsked || DeedMethods::isKnown(call.name)) {
            const MethodResult rest = withoutAccount(*arguments);
            if (!rest)
                respond(rest);
            else if (isAsked)
                respondToQuestion(context, workspace, *rest);
            else if (!isForThis(*rest))
                respond(methodError("stateMismatch", viewer.incarnation));
            else
                prepareDeed(database, *rest);
        } else
            respondBounded(runReadMethod(context, call.name, *arguments));
    }
    return true;
}

void JmapRun::respondToQuestion(MethodContext &context, const Workspace &workspace, const QJsonObject &arguments)
{
    const QString name = request.calls[next].name;
    const MethodResult result = answerDeskQuestion(context, workspace, name, arguments);
    if (!result && result.error().type == QLatin1StringView("notFound") &&
        aimsAtHidden(context.database, viewer, arguments))
        forbidden.append(name + targetsOf(arguments) + hiddenMark);
    respondBounded(result);
}

void JmapRun::prepareDeed(Database &database, const QJsonObject &arguments)
{
    deed = onKnownChannel(database, arguments);
    deedAtHidden = aimsAtHidden(database, viewer, arguments) ? targetsOf(arguments) : QString();
}

void JmapRun::prepareActions(Database &database, const QJsonObject &arguments, const ServerLimits &limits)
{
    const QJsonValue list = arguments.value(QLatin1StringView("actions"));
    const QJsonValue account = arguments.value(QLatin1StringView("accountId"));
    const QJsonValue incarnation = arguments.value(QLatin1StringView("ifIncarnation"));
    const qsizetype known = incarnation.isString() ? 3 : 2;
    if (!account.isString() || !list.isArray() || arguments.size() != known) {
        respond(methodError("invalidArguments", QStringLiteral("accountId, actions and ifIncarnation")));
        return;
    }
    if (account.toString() != viewer.account) {
        respond(methodError("accountNotFound"));
        return;
    }
    if (!isForThis(arguments)) {
        respond(methodError("stateMismatch", viewer.incarnation));
        return;
    }
    if (list.toArray().size() > limits.actionsInPerform) {
        respond(methodError("requestTooLarge", QStringLiteral("at most %1 actions").arg(limits.actionsInPerform)));
        return;
    }
    actions = list.toArray();
    outcomes = {};
    noted = 0;
    atHidden.clear();
    for (qsizetype i = 0; i < actions->size(); ++i) {
        const QJsonValue action = actions->at(i);
        if (aimsAtHidden(database, viewer, action.toObject().value(QLatin1StringView("arguments")).toObject()))
            atHidden.insert(i);
        for (const QString &hash : filesOf(action.toObject())) {
            if (!isBlobId(hash) || !mayHaveBlob(database, principal.agent, viewer.hidden, hash))
                withForeignFiles.insert(idOf(action));
        }
        for (const QUuid &reference : referencesOf(action.toObject())) {
            if (const auto id = createdBy(database, reference))
                created.insert(reference, *id);
        }
    }
}

} // namespace Earshot
