// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/serverlogin.h"

#include "cli/call.h"
#include "cli/jmapclient.h"
#include "courier/secretstore.h"
#include "networks/authorities.h"

namespace Earshot {

namespace {

constexpr qint64 longestToken = 1024;
constexpr qint64 longestCertificates = 4 * 1024 * 1024;

} // namespace

std::unique_ptr<SecretStore> secretsOf(const Invocation &invocation)
{
    return invocation.hasGlobal("key-file") ? makeFileStore(invocation.globalValue("key-file")) : makeKeychainStore();
}

Result<QUrl> givenServer(const Invocation &invocation)
{
    if (!invocation.hasGlobal("server"))
        return fail(ErrorKind::invalid, QStringLiteral("Which server? --server URL"));
    if (invocation.hasGlobal("workspace"))
        return fail(ErrorKind::invalid, QStringLiteral("Either --server or --workspace, not both"));
    Result<QUrl> server = parseServer(invocation.globalValue("server"));
    if (server) {
        if (Done trusted = trustGiven(invocation); !trusted)
            return tl::unexpected(trusted.error());
    }
    return server;
}

Done trustGiven(const Invocation &invocation)
{
    if (!invocation.hasGlobal("ca-file"))
        return {};
    const QString file = invocation.globalValue("ca-file");
    const Result<QByteArray> pem = readInput(file, longestCertificates);
    if (!pem)
        return tl::unexpected(pem.error());
    const Done trusted = trustAuthorities(*pem);
    return trusted ? trusted
                   : fail(ErrorKind::invalid, QStringLiteral("There is no certificate (PEM) in %1").arg(file));
}

Result<Secret> findToken(const Invocation &invocation, const QUrl &server, Interrupt &interrupt)
{
    if (invocation.hasGlobal("token-file")) {
        const Result<QByteArray> given = readInput(invocation.globalValue("token-file"), longestToken);
        if (!given)
            return tl::unexpected(given.error());
        if (given->trimmed().isEmpty())
            return fail(ErrorKind::invalid, QStringLiteral("%1 is empty").arg(invocation.globalValue("token-file")));
        return Secret(given->trimmed());
    }
    const auto store = secretsOf(invocation);
    Result<Secret> kept = await(store->read(tokenNameOf(server)), interrupt);
    // Without a keychain nobody can have logged in without a key file.
    const bool hasNoStore = !kept && kept.error().kind == ErrorKind::noKeychain && !invocation.hasGlobal("key-file");
    if (hasNoStore)
        return fail(
            ErrorKind::authExpired,
            QStringLiteral("not logged in at %1: earshotctl login --server %1 --user NAME --key-file FILE (there "
                           "is no keychain: %2), or name a token with --token-file FILE")
                .arg(server.toString(), kept.error().detail));
    if (kept && kept->isEmpty())
        return fail(ErrorKind::authExpired,
                    QStringLiteral("not logged in at %1: earshotctl login --server %1 --user NAME, or name a token "
                                   "with --token-file FILE")
                        .arg(server.toString()));
    return kept;
}

Done keepToken(const Invocation &invocation, const QUrl &server, const Secret &token, Interrupt &interrupt)
{
    const auto store = secretsOf(invocation);
    return await(store->write(tokenNameOf(server), token), interrupt);
}

Done forgetToken(const Invocation &invocation, const QUrl &server, Interrupt &interrupt)
{
    const auto store = secretsOf(invocation);
    return await(store->remove(tokenNameOf(server)), interrupt);
}

} // namespace Earshot
