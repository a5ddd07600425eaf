// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/start/keyring.h"

namespace Earshot {

SecretStore &Keyring::secrets()
{
    if (!m_secrets)
        m_secrets = m_keyFile.isEmpty() ? makeKeychainStore() : makeFileStore(m_keyFile);
    return *m_secrets;
}

TokenStore Keyring::tokens()
{
    return {[this](const QString &name) { return secrets().read(name); },
            [this](const QString &name, const Secret &token) { return secrets().write(name, token); },
            [this](const QString &name) { return secrets().remove(name); }};
}

} // namespace Earshot
