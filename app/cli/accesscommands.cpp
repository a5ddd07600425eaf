// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandgroups.h"
#include "cli/deed.h"
#include "cli/present.h"
#include "courier/accesschange.h"
#include "courier/ownerclient.h"
#include "server/credentials.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>

namespace Earshot {

namespace {

constexpr qint64 longestPassword = 1024;
constexpr qsizetype shortestPassword = 8;
constexpr int answerMs = 10'000;

Error asError(const QJsonObject &result)
{
    const auto kind = fromWord<ErrorKind>(result.value(QLatin1StringView("failure")).toString());
    return {kind.value_or(ErrorKind::unknown), result.value(QLatin1StringView("detail")).toString(), {}};
}

/// Hands it to the process that has the workspace open.
Done sendToOwner(const QString &path, const AccessChange &change)
{
    QLocalSocket socket;
    socket.connectToServer(ownerSocketName(path));
    const QJsonObject request{{QStringLiteral("id"), 1},
                              {QStringLiteral("method"), QStringLiteral("Access/store")},
                              {QStringLiteral("arguments"), toJson(change)}};
    socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(answerMs))
            return fail(ErrorKind::locked, QStringLiteral("the process that has this workspace open does not answer"));
    }
    const QJsonObject answer = QJsonDocument::fromJson(socket.readLine()).object();
    const QJsonObject result = answer.value(QLatin1StringView("result")).toObject();
    // A program that does not know the method answers with what it was asked.
    if (!result.contains(QLatin1StringView("failure")))
        return fail(ErrorKind::unsupported, QStringLiteral("the program that has this workspace open is too old"));
    if (!result.value(QLatin1StringView("failure")).toString().isEmpty())
        return tl::unexpected(asError(result));
    return {};
}

Done store(Call &call, Session &session, const AccessChange &change)
{
    if (!session.isOwner())
        return sendToOwner(session.workspace().path(), change);
    const Result<bool> stored = call.wait(session.workspace().write<bool>(
        Urgency::interactive, [change](Writing &writing) { return storeAccessChange(writing, change); }));
    return stored ? Done() : tl::unexpected(stored.error());
}

/// The named agent, when who acts may change others' access.
Result<AgentRecord> subject(Call &call)
{
    const Result<Session *> session = call.session(Call::For::acting);
    if (!session)
        return tl::unexpected(session.error());
    const auto agents = call.read<QList<AgentRecord>>([](Database &database) { return loadAgents(database); });
    if (!agents)
        return tl::unexpected(agents.error());
    for (const AgentRecord &agent : *agents) {
        if (agent.id == call.me() && agent.role != Role::admin)
            return fail(ErrorKind::permission, QStringLiteral("only an admin gives access"));
    }
    return call.agent(call.argument(0));
}

Done token(Call &call)
{
    const Result<AgentRecord> agent = subject(call);
    if (!agent)
        return tl::unexpected(agent.error());
    const NewToken made = makeToken();
    AccessChange change;
    change.kind = AccessChange::Kind::token;
    change.agent = agent->id;
    change.tokenId = made.parts.id;
    change.hash = made.parts.hash;
    change.device = newUuid(call.now()).toString(QUuid::WithoutBraces);
    change.name = call.has("device") ? call.value("device") : QStringLiteral("earshotctl");
    const Done stored = store(call, **call.session(Call::For::acting), change);
    if (!stored)
        return stored;
    const QString text = QString::fromLatin1(made.text.reveal());
    call.output().text(text);
    call.output().json(QJsonObject{{QStringLiteral("agent"), agent->name},
                                   {QStringLiteral("id"), change.tokenId},
                                   {QStringLiteral("device"), change.device},
                                   {QStringLiteral("token"), text}});
    return {};
}

Done password(Call &call)
{
    if (!call.has("password-file"))
        return fail(ErrorKind::invalid, QStringLiteral("The password is needed: --password-file FILE, - for standard "
                                                       "input"));
    Result<QByteArray> given = readInput(call.value("password-file"), longestPassword);
    if (!given)
        return tl::unexpected(given.error());
    while (given->endsWith('\n') || given->endsWith('\r'))
        given->chop(1);
    if (given->size() < shortestPassword)
        return fail(ErrorKind::invalid, QStringLiteral("A password has at least %1 bytes").arg(shortestPassword));
    const Result<AgentRecord> agent = subject(call);
    if (!agent)
        return tl::unexpected(agent.error());
    AccessChange change;
    change.agent = agent->id;
    change.hash = hashPassword(Secret(*given));
    const Done stored = store(call, **call.session(Call::For::acting), change);
    if (!stored)
        return stored;
    call.output().text(QStringLiteral("%1: password set").arg(agent->name));
    call.output().json(QJsonObject{{QStringLiteral("agent"), agent->name}});
    return {};
}

Done tokens(Call &call)
{
    const Result<AgentRecord> agent = subject(call);
    if (!agent)
        return tl::unexpected(agent.error());
    const auto list =
        call.read<QList<TokenRecord>>([id = agent->id](Database &database) { return loadTokens(database, id); });
    if (!list)
        return tl::unexpected(list.error());
    Table table({QStringLiteral("ID"), QStringLiteral("DEVICE"), QStringLiteral("MADE"), QStringLiteral("USED")});
    QJsonArray json;
    for (const TokenRecord &record : *list) {
        table.add({record.id, record.name, call.shown(record.createdAt), call.shown(record.lastUsedAt)});
        json.append(QJsonObject{{QStringLiteral("id"), record.id},
                                {QStringLiteral("name"), record.name},
                                {QStringLiteral("createdAt"), toIso(record.createdAt)},
                                {QStringLiteral("lastUsedAt"), toIso(record.lastUsedAt)}});
    }
    call.output().table(table);
    call.output().json(json);
    return {};
}

Done revoke(Call &call)
{
    const Result<AgentRecord> agent = subject(call);
    if (!agent)
        return tl::unexpected(agent.error());
    AccessChange change;
    change.kind = AccessChange::Kind::revoke;
    change.agent = agent->id;
    change.tokenId = call.argument(1);
    const Done stored = store(call, **call.session(Call::For::acting), change);
    if (!stored)
        return stored;
    call.output().text(QStringLiteral("%1: token %2 revoked").arg(agent->name, change.tokenId));
    call.output().json(QJsonObject{{QStringLiteral("agent"), agent->name}, {QStringLiteral("id"), change.tokenId}});
    return {};
}

Done accessLog(Call &call)
{
    const Result<int> limit = call.number("limit", 50);
    if (!limit)
        return tl::unexpected(limit.error());
    const Result<Session *> session = call.session(Call::For::reading);
    if (!session)
        return tl::unexpected(session.error());
    const auto lines =
        call.read<QList<AccessLine>>([limit](Database &database) { return loadAccessLog(database, *limit); });
    if (!lines)
        return tl::unexpected(lines.error());
    Table table({QStringLiteral("AT"), QStringLiteral("WHAT"), QStringLiteral("NAME"), QStringLiteral("ADDRESS"),
                 QStringLiteral("TOKEN"), QStringLiteral("DETAIL")});
    QJsonArray json;
    for (const AccessLine &line : *lines) {
        table.add({call.shown(line.at), line.kind, line.name, line.address, line.token, line.detail});
        json.append(QJsonObject{{QStringLiteral("at"), toIso(line.at)},
                                {QStringLiteral("kind"), line.kind},
                                {QStringLiteral("name"), line.name},
                                {QStringLiteral("address"), line.address},
                                {QStringLiteral("token"), line.token},
                                {QStringLiteral("detail"), line.detail}});
    }
    call.output().table(table);
    call.output().json(json);
    return {};
}

Done edit(Call &call, const Act::EditAgent &wish, const AgentRecord &agent, const QString &done)
{
    Act::EditAgent arguments = wish;
    arguments.agent = agent.id;
    Deed deed;
    deed.action = makeAction(arguments, call.now());
    deed.subject = agent.name;
    deed.done = done;
    deed.json = QJsonObject{{QStringLiteral("name"), agent.name}};
    const auto outcomes = doAll(call, {deed}, true);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

Done changeRole(Call &call)
{
    const std::optional<Role> wished = fromWord<Role>(call.argument(1));
    if (!wished)
        return fail(ErrorKind::invalid, QStringLiteral("A role is one of %1, not \"%2\"")
                                            .arg(words<Role>().join(QStringLiteral(", ")), call.argument(1)));
    const Result<AgentRecord> agent = subject(call);
    if (!agent)
        return tl::unexpected(agent.error());
    Act::EditAgent wish;
    wish.role = wished;
    return edit(call, wish, *agent, QStringLiteral("has the role ") + word(*wished));
}

Done setDisabled(Call &call, bool isDisabled)
{
    const Result<AgentRecord> agent = subject(call);
    if (!agent)
        return tl::unexpected(agent.error());
    Act::EditAgent wish;
    wish.isDisabled = isDisabled;
    return edit(call, wish, *agent, isDisabled ? QStringLiteral("disabled") : QStringLiteral("enabled"));
}

Done disable(Call &call)
{
    return setDisabled(call, true);
}

Done enable(Call &call)
{
    return setDisabled(call, false);
}

} // namespace

QList<Command> accessCommands()
{
    return {
        {"agent role", "NAME ROLE", 2, 2, "Give a person another role: viewer, agent, lead, admin", changeRole, {}},
        {"agent disable", "NAME", 1, 1, "Let a person do nothing any more; what they did stays", disable, {}},
        {"agent enable", "NAME", 1, 1, "Let a disabled person work again", enable, {}},
        {"agent password",
         "NAME",
         1,
         1,
         "Set the password with which a person logs in to earshotd",
         password,
         {{"password-file", "FILE", "file with the password; - for standard input"}}},
        {"agent token",
         "NAME",
         1,
         1,
         "Make a token for a person's device or program; it is shown once",
         token,
         {{"device", "TEXT", "what the device is called"}}},
        {"agent tokens", "NAME", 1, 1, "List a person's tokens", tokens, {}},
        {"agent log",
         "",
         0,
         0,
         "Tell who logged in and what was refused, newest first",
         accessLog,
         {{"limit", "N", "at most so many; without it 50"}}},
        {"agent revoke", "NAME ID", 2, 2, "Revoke a person's token", revoke, {}},
    };
}

} // namespace Earshot
