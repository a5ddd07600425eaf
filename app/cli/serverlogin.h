// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/interrupt.h"
#include "cli/invocation.h"
#include "model/secret.h"

#include <QUrl>

#include <memory>

namespace Earshot {

class SecretStore;

// Which server is meant and as whom. Tokens are kept in the keychain, or with --key-file in its file, one a server.

/// --server, and from now on this process trusts --ca-file too. Errors: invalid, notFound, io.
[[nodiscard]] Result<QUrl> givenServer(const Invocation &invocation);

/// From now on this process trusts --ca-file too, where it is given. Errors: invalid, notFound, io.
[[nodiscard]] Done trustGiven(const Invocation &invocation);

/// The token of --token-file, else the one that is kept. Errors: authExpired (none is kept), noKeychain, io.
[[nodiscard]] Result<Secret> findToken(const Invocation &invocation, const QUrl &server, Interrupt &interrupt);

/// Where they are kept.
[[nodiscard]] std::unique_ptr<SecretStore> secretsOf(const Invocation &invocation);

/// Errors: noKeychain, io.
[[nodiscard]] Done keepToken(const Invocation &invocation, const QUrl &server, const Secret &token,
                             Interrupt &interrupt);
[[nodiscard]] Done forgetToken(const Invocation &invocation, const QUrl &server, Interrupt &interrupt);

} // namespace Earshot
