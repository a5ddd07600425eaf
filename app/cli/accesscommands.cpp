// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandgroups.h"
#include "cli/deed.h"
#include "cli/present.h"
#include "server/credentials.h"

#include <QJsonArray>

namespace Earshot {

namespace {

constexpr qint64 longestPassword = 1024;
constexpr qsizetype shortestPassword = 8;

enum class Whose { anybodys, oneSelf };

/// The named agent, when who acts may change others' access; or is that agent, where everybody may change one's own.
Result<AgentRecord> subject(Call &call, Whose may = Whose::anybodys)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return tl::unexpected(opened.error());
    const auto agents = call.ask(Ask::Agents());
    if (!agents)
        return tl::unexpected(agents.error());
    Result<AgentRecord> named = call.agent(call.argument(0));
    for (const AgentRecord &agent : *agents) {
        const bool isOwn = may == Whose::oneSelf && named && named->id == call.me();
        if (agent.id == call.me() && agent.role != Role::admin && !isOwn)
            return fail(ErrorKind::permission, QStringLiteral("only an admin gives access"));
    }
    return named;
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
    const Done stored = call.place().changeAccess(change);
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

QJsonValue timeOrNull(Time time)
{
    return isKnown(time) ? QJsonValue(toIso(time)) : QJsonValue();
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
    const Done stored = call.place().changeAccess(change);
    if (!stored)
        return stored;
    call.output().text(QStringLiteral("%1: password set").arg(agent->name));
    call.output().json(QJsonObject{{QStringLiteral("agent"), agent->name}});
    return {};
}

/// What a device that is to erase what it keeps has said to that.
QString erasingOf(const Call &call, const TokenRecord &record)
{
    if (isKnown(record.erasedAt))
        return QStringLiteral("erased ") + call.shown(record.erasedAt);
    return isKnown(record.eraseAskedAt) ? QStringLiteral("not seen since ") + call.shown(record.eraseAskedAt)
                                        : QString();
}

Done tokens(Call &call)
{
    const Result<AgentRecord> agent = subject(call, Whose::oneSelf);
    if (!agent)
        return tl::unexpected(agent.error());
    const auto list = call.ask(Ask::Tokens{agent->id});
    if (!list)
        return tl::unexpected(list.error());
    Table table({QStringLiteral("ID"), QStringLiteral("DEVICE"), QStringLiteral("MADE"), QStringLiteral("USED"),
                 QStringLiteral("ERASING")});
    QJsonArray json;
    for (const TokenRecord &record : *list) {
        table.add({record.id, record.name, call.shown(record.createdAt), call.shown(record.lastUsedAt),
                   erasingOf(call, record)});
        json.append(QJsonObject{{QStringLiteral("id"), record.id},
                                {QStringLiteral("name"), record.name},
                                {QStringLiteral("createdAt"), toIso(record.createdAt)},
                                {QStringLiteral("lastUsedAt"), toIso(record.lastUsedAt)},
                                {QStringLiteral("eraseAskedAt"), timeOrNull(record.eraseAskedAt)},
                                {QStringLiteral("erasedAt"), timeOrNull(record.erasedAt)}});
    }
    call.output().table(table);
    call.output().json(json);
    return {};
}

Done takeAway(Call &call, AccessChange::Kind kind, const QString &said)
{
    const Result<AgentRecord> agent = subject(call, Whose::oneSelf);
    if (!agent)
        return tl::unexpected(agent.error());
    AccessChange change;
    change.kind = kind;
    change.agent = agent->id;
    change.tokenId = call.argument(1);
    const Done stored = call.place().changeAccess(change);
    if (!stored)
        return stored;
    call.output().text(said.arg(agent->name, change.tokenId));
    call.output().json(QJsonObject{{QStringLiteral("agent"), agent->name}, {QStringLiteral("id"), change.tokenId}});
    return {};
}

Done revoke(Call &call)
{
    return takeAway(call, AccessChange::Kind::revoke, QStringLiteral("%1: token %2 revoked"));
}

Done erase(Call &call)
{
    return takeAway(call, AccessChange::Kind::erase,
                    QStringLiteral("%1: token %2 revoked. Its device erases what it keeps when it is next seen; "
                                   "agent tokens tells when it has"));
}

Done accessLog(Call &call)
{
    const Result<int> limit = call.number("limit", 50);
    if (!limit)
        return tl::unexpected(limit.error());
    if (Done opened = call.open(Call::For::reading); !opened)
        return tl::unexpected(opened.error());
    const auto lines = call.ask(Ask::AccessLog{*limit});
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

Done changeLimit(Call &call)
{
    bool isNumber = false;
    const bool isNone = call.argument(1) == QLatin1StringView("none");
    const int limit = isNone ? 0 : call.argument(1).toInt(&isNumber);
    if (!isNone && (!isNumber || limit < 1))
        return fail(ErrorKind::invalid,
                    QStringLiteral("A limit is a number from 1 on, or none, not \"%1\"").arg(call.argument(1)));
    const Result<AgentRecord> agent = subject(call);
    if (!agent)
        return tl::unexpected(agent.error());
    Act::EditAgent wish;
    wish.openLimit = limit;
    return edit(call, wish, *agent,
                isNone ? QStringLiteral("has no limit") : QStringLiteral("is to have at most %1 open").arg(limit));
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
        {"agent limit",
         "NAME N",
         2,
         2,
         "Say how many open conversations a person is to have at most, or none: spreading work keeps to it",
         changeLimit,
         {}},
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
        {"agent tokens", "NAME", 1, 1, "List a person's tokens, and how far erasing them is", tokens, {}},
        {"agent log",
         "",
         0,
         0,
         "Tell who logged in and what was refused, newest first",
         accessLog,
         {{"limit", "N", "at most so many; without it 50"}}},
        {"agent revoke", "NAME ID", 2, 2, "Revoke a person's token", revoke, {}},
        {"agent erase",
         "NAME ID",
         2,
         2,
         "Revoke a person's token and have its device erase what it keeps when it is next seen",
         erase,
         {}},
    };
}

} // namespace Earshot
