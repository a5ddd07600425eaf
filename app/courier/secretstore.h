// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/secret.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <memory>

namespace Earshot {

/// Where the channels' secrets are kept: never in the workspace file, a log, the journal or an export. Lives on the
/// network thread; futures end there.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    /// Errors: noKeychain (missing, or locked: isKeychainDenied()), io. A name that is not there gives an empty secret.
    [[nodiscard]] virtual QFuture<Result<Secret>> read(const QString &name) = 0;
    [[nodiscard]] virtual QFuture<Done> write(const QString &name, Secret secret) = 0;
    [[nodiscard]] virtual QFuture<Done> remove(const QString &name) = 0;
};

/// The system's keychain (QtKeychain: Secret Service, KWallet, macOS, Windows).
[[nodiscard]] std::unique_ptr<SecretStore> makeKeychainStore();

/// A file encrypted with libsodium (XChaCha20-Poly1305 secretbox), for machines without a keychain. The key file holds
/// 32 random bytes and is made (mode 0600) at the first write; the secrets lie beside it as KEYFILE.secrets.
[[nodiscard]] std::unique_ptr<SecretStore> makeFileStore(const QString &keyFile);

/// The key of such a file. Errors: noKeychain. @param mayMake whether it is made where there is none
[[nodiscard]] Result<Secret> readKeyFile(const QString &keyFile, bool mayMake);

/// Under which name a channel's secret is kept. @param workspace its id, of the table `meta`
[[nodiscard]] QString secretNameOf(const QString &workspace, qint64 channel);

/// Secrets in memory only: the sample workspace and tests.
[[nodiscard]] std::unique_ptr<SecretStore> makeMemoryStore();

} // namespace Earshot
