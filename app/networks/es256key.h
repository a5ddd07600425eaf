// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/secret.h"

#include <QJsonObject>

#include <memory>
#include <optional>

namespace Earshot {

/// A pair of keys on the curve P-256 that signs as ES256 (RFC 7518, 3.4). A value; copies share the keys. Without keys
/// (default-made) it signs nothing.
class Es256Key final
{
public:
    Es256Key() = default;
    /// New keys of the system's randomness; invalid only when the library fails.
    [[nodiscard]] static Es256Key generate();
    /// What privateKey() gave; invalid when it is anything else.
    [[nodiscard]] static Es256Key from(const Secret &privateKey);

    [[nodiscard]] bool isValid() const { return m_key != nullptr; }
    /// Both keys, for the keychain: base64 of DER (RFC 5915).
    [[nodiscard]] Secret privateKey() const;
    /// The public key as a JSON Web Key (RFC 7517): crv, kty, x, y.
    [[nodiscard]] QJsonObject publicKey() const;
    /// @return 64 bytes, r and s; empty when it failed
    [[nodiscard]] QByteArray sign(const QByteArray &text) const;

private:
    std::shared_ptr<void> m_key; ///< EVP_PKEY
};

/// Whether a signature of sign() is by the owner of a public key.
[[nodiscard]] bool isSignedBy(const QJsonObject &publicKey, const QByteArray &text, const QByteArray &signature);

/// base64url without padding, as JSON Web Tokens and Keys write bytes.
[[nodiscard]] inline QByteArray urlSafe(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace Earshot
