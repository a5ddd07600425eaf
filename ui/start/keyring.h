// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/secretstore.h"
#include "replica/replicatoken.h"

#include <memory>

namespace Earshot {

/// Where this program's log-ins are kept: in the keychain, or with --key-file encrypted beside it. Reached when first
/// needed, as a keychain may ask its person.
class Keyring
{
public:
    /// @param keyFile empty = the keychain. @param secrets instead of both
    explicit Keyring(QString keyFile = {}, std::unique_ptr<SecretStore> secrets = {})
        : m_keyFile(std::move(keyFile))
        , m_secrets(std::move(secrets))
    {
    }

    /// Before the first secret is asked for.
    void setKeyFile(const QString &keyFile) { m_keyFile = keyFile; }
    [[nodiscard]] const QString &keyFile() const { return m_keyFile; }
    [[nodiscard]] SecretStore &secrets();
    /// Not to be used when this has gone.
    [[nodiscard]] TokenStore tokens();

private:
    QString m_keyFile;
    std::unique_ptr<SecretStore> m_secrets;
};

} // namespace Earshot
