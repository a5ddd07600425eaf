// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskyaddress.h"
#include "networks/blueskyclient.h"
#include "networks/browsersignin.h"
#include "networks/oauthserver.h"

namespace Earshot {

/// Signs in at a server of the AT Protocol (https://atproto.com/specs/oauth) as a program on this machine: pushed
/// authorization request, PKCE, tokens bound to a key that is made for this sign-in. Before the browser opens, the
/// account's server and that server's own word for where one signs in are known; whoever signs in must be that account,
/// or, when only a server was named, one whose public identity leads to that server.
class BlueskySignIn final : public BrowserSignIn
{
    Q_OBJECT

public:
    /// @param address as in Finding: "@name.host", or an address on a server
    BlueskySignIn(const QString &address, NetworkSetting setting, QObject *parent = nullptr);

private:
    void begin() override;
    void exchange(const QString &code) override;
    [[nodiscard]] bool isByOurs(const QUrlQuery &answer) const override;
    void askNamedServer();
    void askServer();
    void push();
    void takeRequest(const Result<HttpAnswer> &answer);
    void takeTokens(const Result<HttpAnswer> &answer);
    void checkOwner();
    void learnAccount();
    void checkConnector();
    [[nodiscard]] QString scope() const;

    NetworkSetting m_setting;
    QString m_text;
    std::optional<BlueskyAddress> m_address;
    BlueskyClient *m_client;
    DpopExchange *m_dpop;
    OAuthServer m_server;
    BlueskyLogin m_login;
};

} // namespace Earshot
