// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/secret.h"
#include "model/time.h"
#include "networks/http.h"

#include <QUrl>

namespace Earshot {

/// What signs an account in: an app password and the session that came of it, or what a sign-in by browser gave. Kept
/// as one secret.
struct BlueskyLogin
{
    QByteArray password;
    QByteArray access;
    QByteArray refresh;
    Time accessEnds; ///< by our clock
    QString did;     ///< whose the session is
    QString handle;

    // Of a sign-in by browser (OAuth) alone.
    Secret key;       ///< Es256Key::privateKey(): the tokens are bound to it
    QString clientId; ///< as it was named when signing in
    QUrl tokenUrl;    ///< where the tokens are renewed

    [[nodiscard]] bool isOAuth() const { return !key.isEmpty(); }

    /// A bare password, or what toSecret() made.
    [[nodiscard]] static BlueskyLogin from(const Secret &secret);
    [[nodiscard]] Secret toSecret() const;
};

/// How long a token lives by its own word (RFC 7519); an hour when it does not say. Not checked: it is only our hint.
[[nodiscard]] Duration lifetimeOf(const QByteArray &token);

/// A request to the token endpoint of a login (RFC 6749, 4.1.3 and 6); the login's client is added.
[[nodiscard]] HttpRequest tokenRequest(const BlueskyLogin &login, const QList<std::pair<QByteArray, QString>> &form);
/// The login with the tokens that were given. Errors: authExpired (the grant is of no use any more), permission (they
/// are not bound to our key, not for this protocol or another account's), malformed, and those of an answer. An answer
/// that was lost is `transient`: whether the server still knows the old token, the next try tells.
[[nodiscard]] Result<BlueskyLogin> withTokens(BlueskyLogin login, const Result<HttpAnswer> &answer, Time now);

} // namespace Earshot
