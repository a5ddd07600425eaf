// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/authenticator.h"

#include "model/future.h"

#include <QCryptographicHash>

namespace Earshot {

namespace {

constexpr qsizetype mostKnown = 20'000;
/// The time of the last use is kept that roughly.
constexpr Duration useInterval = std::chrono::hours(1);

Principal principalOf(const TokenRecord &token)
{
    return {token.agent, token.id, token.name, QUuid::fromString(token.device), {}};
}

std::optional<TokenText> tokenOf(const QByteArray &authorization)
{
    const bool isBearer = authorization.left(7).toLower() == "bearer ";
    return isBearer ? parseToken(authorization.mid(7).trimmed()) : std::nullopt;
}

Parting partingOf(const TokenRecord &token)
{
    if (isKnown(token.eraseAskedAt))
        return Parting::erase;
    return token.isDisabled ? Parting::disabled : Parting::none;
}

Result<QByteArray> digestOfGrants(Database &database)
{
    Statement find = database.statement("select_grants");
    QCryptographicHash digest(QCryptographicHash::Sha256);
    if (find.next()) {
        for (int column = 0; column < 5; ++column)
            digest.addData(QByteArray(find.text(column).toUtf8() + '\n'));
    }
    return database.result(digest.result());
}

} // namespace

Authenticator::Authenticator(Workspace &workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    connect(&workspace, &Workspace::committed, this, [this](const CommitNotice &notice) {
        if (!notice.hasChannels)
            return;
        m_known.clear();
        ++m_generation;
        lookForGrants();
    });
    m_grants = workspace.readNow<QByteArray>(digestOfGrants).value_or(QByteArray());
}

/// Tags, saved replies or a channel's health are no grants: everybody who listens is not to be looked up for them.
void Authenticator::lookForGrants()
{
    m_looksAgain = m_isLooking;
    if (m_isLooking)
        return;
    m_isLooking = true;
    whenDone(m_workspace.read<QByteArray>(digestOfGrants), this, [this](const Result<QByteArray> &grants) {
        m_isLooking = false;
        // What cannot be read may be anything.
        const bool isOther = !grants || *grants != m_grants;
        m_grants = grants.value_or(QByteArray());
        if (m_looksAgain)
            lookForGrants();
        if (isOther)
            Q_EMIT grantsChanged();
    });
}

void Authenticator::explain(const QByteArray &authorization, QObject *context,
                            const std::function<void(const Farewell &)> &then)
{
    const auto given = tokenOf(authorization);
    if (!given) {
        then({});
        return;
    }
    const auto loaded = m_workspace.read<std::optional<TokenRecord>>(
        [id = given->id](Database &database) { return loadToken(database, id); });
    whenDone(loaded, context, [given = *given, then](const Result<std::optional<TokenRecord>> &token) {
        const bool isIts = token && *token && hashesEqual((*token)->hash, given.hash);
        then(isIts ? Farewell{partingOf(**token), given.id, given.hash} : Farewell());
    });
}

void Authenticator::explainErased(const QString &tokenId, const QString &proof, QObject *context,
                                  const std::function<void(const Farewell &)> &then)
{
    const auto loaded = m_workspace.read<std::optional<TokenRecord>>(
        [tokenId](Database &database) { return loadToken(database, tokenId); });
    whenDone(loaded, context, [tokenId, proof, then](const Result<std::optional<TokenRecord>> &token) {
        const bool isIts =
            token && *token && partingOf(**token) == Parting::erase && hashesEqual(erasedProof((*token)->hash), proof);
        then(isIts ? Farewell{Parting::erase, tokenId, {}} : Farewell());
    });
}

void Authenticator::check(const QByteArray &authorization, QObject *context,
                          const std::function<void(const Checked &)> &then)
{
    const auto given = tokenOf(authorization);
    if (!given) {
        then(std::optional<Principal>());
        return;
    }
    if (const auto known = m_known.constFind(given->id); known != m_known.cend()) {
        then(hashesEqual(known->hash, given->hash) ? std::optional(principalOf(*known)) : std::optional<Principal>());
        return;
    }
    const auto loaded = m_workspace.read<std::optional<TokenRecord>>(
        [id = given->id](Database &database) { return loadToken(database, id); });
    whenDone(loaded, context,
             [this, self = QPointer(this), given = *given, then,
              generation = m_generation](const Result<std::optional<TokenRecord>> &token) {
                 if (!token) {
                     then(tl::unexpected(token.error()));
                     return;
                 }
                 if (!self || !*token || !(*token)->isGood() || !hashesEqual((*token)->hash, given.hash)) {
                     then(std::optional<Principal>());
                     return;
                 }
                 if (generation == m_generation)
                     remember(**token);
                 then(std::optional(principalOf(**token)));
             });
}

void Authenticator::forget(const QString &token)
{
    m_known.remove(token);
    ++m_generation;
}

void Authenticator::remember(const TokenRecord &token)
{
    if (m_known.size() >= mostKnown)
        m_known.clear();
    m_known.insert(token.id, token);
    if (m_workspace.clock().now() - token.lastUsedAt < useInterval)
        return;
    static_cast<void>(m_workspace.write<bool>(Urgency::bulk, [id = token.id](Writing &writing) -> Result<bool> {
        storeTokenUse(writing, id);
        return true;
    }));
}

} // namespace Earshot
