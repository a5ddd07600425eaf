// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/readmethods.h"

#include "server/drafts.h"
#include "server/methodarguments.h"
#include "server/personal.h"
#include "workspace/wirerows.h"

namespace Earshot {

namespace {

enum class Verb { none, get, changes, query, queryChanges, changesOfAll, checksum, drafts, personal };

struct MethodName
{
    QByteArray table;
    Verb verb = Verb::none;
};

MethodName split(const QString &name)
{
    if (name == QLatin1StringView("Row/changes"))
        return {{}, Verb::changesOfAll};
    if (name == QLatin1StringView("Row/checksum"))
        return {{}, Verb::checksum};
    if (name == QLatin1StringView("Draft/changes"))
        return {{}, Verb::drafts};
    if (name == QLatin1StringView("Personal/changes"))
        return {{}, Verb::personal};
    static const QHash<QString, Verb> verbs{{QStringLiteral("get"), Verb::get},
                                            {QStringLiteral("changes"), Verb::changes},
                                            {QStringLiteral("query"), Verb::query},
                                            {QStringLiteral("queryChanges"), Verb::queryChanges}};
    const qsizetype slash = name.indexOf(u'/');
    MethodName method{tableOfWireType(name.left(slash)), verbs.value(name.mid(slash + 1), Verb::none)};
    const bool isQuery = method.verb == Verb::query || method.verb == Verb::queryChanges;
    if (slash < 0 || method.table.isEmpty() || (isQuery && method.table != "conversation" && method.table != "message"))
        method.verb = Verb::none;
    return method;
}

} // namespace

bool isReadMethod(const QString &name)
{
    return split(name).verb != Verb::none;
}

MethodResult runReadMethod(MethodContext &context, const QString &name, const QJsonObject &arguments)
{
    const MethodName method = split(name);
    if (method.verb == Verb::none)
        return methodError("unknownMethod");
    const QJsonValue account = arguments.value(QLatin1StringView("accountId"));
    if (!account.isString())
        return methodError("invalidArguments", QStringLiteral("accountId"));
    if (account.toString() != context.viewer.account)
        return methodError("accountNotFound");
    switch (method.verb) {
    case Verb::get:
        return getRows(context, method.table, arguments);
    case Verb::changes:
        return changedRows(context, method.table, arguments);
    case Verb::changesOfAll:
        return changesOfAllRows(context, arguments);
    case Verb::checksum:
        return checksumOfRows(context, arguments);
    case Verb::drafts:
        return changedDrafts(context, arguments);
    case Verb::personal:
        return changedPersonal(context, arguments);
    case Verb::query:
        return method.table == "message" ? queryMessages(context, arguments) : queryConversations(context, arguments);
    default:
        return methodError("cannotCalculateChanges", QStringLiteral("ask the query again"));
    }
}

} // namespace Earshot
