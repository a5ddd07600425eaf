// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/secret.h"
#include "model/time.h"

#include <QString>

#include <optional>

namespace Earshot {

// What proves who somebody is. Passwords: Argon2id of libsodium with its "interactive" costs (64 MiB, about 0.1 s), to
// be computed away from any thread that others wait for. Tokens: 32 random bytes, kept as their BLAKE2b hash.

/// libsodium, made ready once. Thread-safe.
void prepareCredentials();

[[nodiscard]] QString hashPassword(const Secret &password);
/// Takes as long whether it fits or not. An empty `hashed` never fits and takes as long too.
[[nodiscard]] bool passwordFits(const Secret &password, const QString &hashed);

/// What a device sends: "earshot_ID_SECRET".
struct TokenText
{
    QString id;
    QString hash; ///< of the secret, hex
};
struct NewToken
{
    TokenText parts;
    Secret text; ///< told to the device, once
};
[[nodiscard]] NewToken makeToken();
/// Nothing when it has not a token's form.
[[nodiscard]] std::optional<TokenText> parseToken(const QByteArray &text);
/// A random key for markOf().
[[nodiscard]] QByteArray makeKey();
/// A keyed hash: the same secret again has the same, and nobody without the key learns more.
[[nodiscard]] quint64 markOf(const QByteArray &secret, const QByteArray &key);
/// In constant time.
[[nodiscard]] bool hashesEqual(const QString &one, const QString &other);

} // namespace Earshot
