// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/workspace.h"

namespace Earshot {

// Who may come in over the wire: the rows alone. What is hashed and how is the server's matter; no secret is stored.

/// A device that may act for an agent.
struct TokenRecord
{
    QString id;
    AgentId agent;
    QString device; ///< UUID under which its actions are numbered
    QString name;   ///< what its owner calls it
    QString hash;   ///< of the secret, hex
    Time createdAt;
    Time lastUsedAt;
    Time revokedAt;
    Time eraseAskedAt;       ///< its device is to erase what it keeps; it is revoked too
    Time erasedAt;           ///< its device said that it has
    bool isDisabled = false; ///< its agent is

    [[nodiscard]] bool isGood() const { return !isKnown(revokedAt) && !isDisabled; }
    bool operator==(const TokenRecord &) const = default;
};

[[nodiscard]] Result<std::optional<TokenRecord>> loadToken(Database &database, const QString &id);
/// The agent's tokens that are not revoked, or whose devices are to erase what they keep; oldest first.
[[nodiscard]] Result<QList<TokenRecord>> loadTokens(Database &database, AgentId agent);
void storeToken(Writing &writing, const TokenRecord &token);
/// @return false: the agent has no such token, or it is revoked already
[[nodiscard]] bool revokeToken(Writing &writing, const QString &id, AgentId agent);
/// Revokes it, where it is not yet, and tells its device to erase what it keeps when it is next seen.
/// @return false: the agent has no such token, or it was asked already
[[nodiscard]] bool askToErase(Writing &writing, const QString &id, AgentId agent);
/// Its device has erased what it kept. @return false: nobody asked for that, or it said so before
[[nodiscard]] bool storeErased(Writing &writing, const QString &id);
void storeTokenUse(Writing &writing, const QString &id);

struct AccountRecord
{
    AgentId agent;
    bool isDisabled = false;
    QString password; ///< Argon2id, with its salt and costs
};
[[nodiscard]] Result<std::optional<AccountRecord>> loadAccount(Database &database, const QString &name);
void storePassword(Writing &writing, AgentId agent, const QString &hashed);

/// A log-in, or something that was refused.
struct AccessLine
{
    Time at;
    QString kind;  ///< "logIn", "logInRefused", "logInSlowed", "logInPutOff", "passwordSet", "tokenMade",
                   ///< "tokenRevoked", "eraseAsked", "erased", "tokenRefused", "actionRefused", "rateLimited",
                   ///< "requestRefused", "connectionRefused", "originRefused"
    AgentId agent; ///< who did it
    QString name;  ///< as it was given; where it was not, the agent's when it is read
    QString address;
    QString token;
    QString detail;
    bool operator==(const AccessLine &) const = default;
};
/// A name, and an address from which somebody has logged in by it.
struct KnownPlace
{
    QString name;
    QString address;
};
/// As far as the log goes back.
[[nodiscard]] Result<QList<KnownPlace>> loadKnownPlaces(Database &database);
constexpr int keptAccessLines = 100'000;
/// Keeps the newest, and up to a hundredth more, of each: who came in and was let in; what people were refused; what
/// strangers were. So nobody makes others' lines go by being refused a lot.
void logAccess(Writing &writing, const AccessLine &line, int kept = keptAccessLines);
/// Newest first.
[[nodiscard]] Result<QList<AccessLine>> loadAccessLog(Database &database, int limit);

} // namespace Earshot
