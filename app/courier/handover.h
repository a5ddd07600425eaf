// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/secret.h"

#include <QHash>
#include <QString>

namespace Earshot {

// A workspace goes to a server with the secrets of its channels, which nobody on the way may read: they are sealed for
// the server's public key (libsodium crypto_box_seal) and open with its key file only.

/// The public key that belongs to a key file, as a person copies it: "earshot-key:...". The file is made when it is
/// missing. Errors: noKeychain.
[[nodiscard]] Result<QString> publicKeyOf(const QString &keyFile);

/// Secrets by the names of the secret store. Errors: invalid (not such a key).
[[nodiscard]] Result<QByteArray> sealSecrets(const QHash<QString, Secret> &secrets, const QString &publicKey);

/// Errors: noKeychain (no such key file), invalid (sealed for another key, or changed on the way).
[[nodiscard]] Result<QHash<QString, Secret>> openSealed(const QByteArray &sealed, const QString &keyFile);

} // namespace Earshot
