// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/browsersignin.h"
#include "networks/mastodonclient.h"

namespace Earshot {

/// Signs in at a Mastodon server (mastodon.md: OAuth with PKCE, state and client secret; the program registers itself
/// anew each time, as the loopback port is part of what is registered).
class MastodonSignIn final : public BrowserSignIn
{
    Q_OBJECT

public:
    /// @param address "@name@host", a host, or any address that a finding gave
    MastodonSignIn(const QString &address, NetworkSetting setting, QObject *parent = nullptr);

private:
    void begin() override;
    void exchange(const QString &code) override;
    void takeApp(const Result<MastodonReply> &reply);
    void takeToken(const Result<MastodonReply> &reply);
    void learnAccount(const Secret &token);

    NetworkSetting m_setting;
    QUrl m_baseUrl;
    MastodonClient *m_client = nullptr;
    QString m_clientId;
    Secret m_clientSecret;
};

} // namespace Earshot
