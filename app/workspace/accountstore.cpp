// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/accountstore.h"

#include <limits>

namespace Earshot {

namespace {

TokenRecord readToken(Statement &row)
{
    TokenRecord token;
    row >> token.id >> token.agent >> token.device >> token.name >> token.hash;
    row >> token.createdAt >> token.lastUsedAt >> token.revokedAt >> token.eraseAskedAt >> token.erasedAt;
    row >> token.isDisabled;
    return token;
}

} // namespace

Result<std::optional<TokenRecord>> loadToken(Database &database, const QString &id)
{
    std::optional<TokenRecord> token;
    {
        Statement find = database.statement("select_token");
        if (find.bind("id", id).next())
            token = readToken(find);
    }
    return database.result(token);
}

Result<QList<TokenRecord>> loadTokens(Database &database, AgentId agent)
{
    QList<TokenRecord> tokens;
    Statement list = database.statement("list_tokens");
    list.bind("agent", agent);
    while (list.next())
        tokens.append(readToken(list));
    return database.result(tokens);
}

void storeToken(Writing &writing, const TokenRecord &token)
{
    Statement insert = writing.statement("insert_token");
    insert.bind("id", token.id).bind("agent", token.agent).bind("device", token.device).bind("name", token.name);
    insert.bind("hash", token.hash).bind("at", writing.now()).run();
}

bool revokeToken(Writing &writing, const QString &id, AgentId agent)
{
    Statement update = writing.statement("update_token_revoked");
    update.bind("id", id).bind("agent", agent).bind("at", writing.now()).run();
    if (writing.database().changedRows() == 0)
        return false;
    writing.notice().hasChannels = true; // whoever remembers it is to forget it
    return true;
}

bool askToErase(Writing &writing, const QString &id, AgentId agent)
{
    Statement update = writing.statement("update_token_erase");
    update.bind("id", id).bind("agent", agent).bind("at", writing.now()).run();
    if (writing.database().changedRows() == 0)
        return false;
    writing.notice().hasChannels = true; // as revokeToken()
    return true;
}

bool storeErased(Writing &writing, const QString &id)
{
    Statement update = writing.statement("update_token_erased");
    update.bind("id", id).bind("at", writing.now()).run();
    return writing.database().changedRows() > 0;
}

void storeTokenUse(Writing &writing, const QString &id)
{
    Statement update = writing.statement("update_token_used");
    update.bind("id", id).bind("at", writing.now()).run();
}

Result<std::optional<AccountRecord>> loadAccount(Database &database, const QString &name)
{
    std::optional<AccountRecord> account;
    {
        Statement find = database.statement("select_account_by_name");
        if (find.bind("name", name).next()) {
            account.emplace();
            find >> account->agent >> account->isDisabled >> account->password;
        }
    }
    return database.result(account);
}

void storePassword(Writing &writing, AgentId agent, const QString &hashed)
{
    Statement store = writing.statement("upsert_account");
    store.bind("agent", agent).bind("password", hashed).bind("at", writing.now()).run();
}

void logAccess(Writing &writing, const AccessLine &line, int kept)
{
    qint64 id = 0;
    {
        Statement insert = writing.statement("insert_access");
        insert.bind("at", writing.now()).bind("kind", line.kind).bind("agent", line.agent).bind("name", line.name);
        insert.bind("address", line.address).bind("token", line.token).bind("detail", line.detail).run();
        id = writing.database().lastInsertId();
    }
    // It looks at very many of them.
    if (id % (kept / 100 + 1) != 0)
        return;
    for (int kindOfLine = 0; kindOfLine < 3; ++kindOfLine) {
        Statement trim = writing.statement("trim_access_log");
        trim.bind("class", kindOfLine).bind("keep", kept).run();
    }
}

Result<QList<KnownPlace>> loadKnownPlaces(Database &database)
{
    QList<KnownPlace> places;
    Statement list = database.statement("list_log_in_places");
    while (list.next())
        places.append({list.text(0), list.text(1)});
    return database.result(places);
}

Result<QList<AccessLine>> loadAccessLog(Database &database, int limit)
{
    QList<AccessLine> lines;
    Statement list = database.statement("list_access");
    list.bind("before", std::numeric_limits<qint64>::max()).bind("limit", limit);
    while (list.next()) {
        AccessLine line;
        list >> line.at >> line.kind >> line.agent >> line.name >> line.address >> line.token >> line.detail;
        lines.append(line);
    }
    return database.result(lines);
}

} // namespace Earshot
