// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/errand.h"
#include "networks/http.h"
#include "networks/registry.h"

namespace Earshot {

/// Where a server of the AT Protocol has its accounts sign in.
struct OAuthServer
{
    QString issuer;
    QUrl authorize;
    QUrl token;
    QUrl par;           ///< pushed authorization requests (RFC 9126)
    QStringList scopes; ///< as supported; empty when it does not say

    bool operator==(const OAuthServer &) const = default;
};

/// Asks a resource server for its authorization server (RFC 9728), and that for what it is (RFC 8414), by the profile
/// of https://atproto.com/specs/oauth: whoever answers must name itself as it was asked for, or somebody could stand in
/// for another. Errors: unsupported (it has none), malformed (it breaks the profile), and those of the transport.
class OAuthServerLookup final : public Errand<OAuthServer>
{
public:
    OAuthServerLookup(const QUrl &resource, const NetworkSetting &setting, QObject *parent);

private:
    void ask(const QUrl &url, std::function<void(const QJsonObject &)> then);
    void askServer(const QUrl &issuer);

    NetworkSetting m_setting;
};

} // namespace Earshot
