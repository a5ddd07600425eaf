// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/browsersignin.h"
#include "networks/connector.h"
#include "networks/mastodonclient.h"

#include <QFuture>
#include <QTimer>

namespace Earshot {

/// What a sign-in brings: the token for the keychain and whose it is.
struct SignedIn
{
    Secret token;
    Account account;
};

/// Signs in at a Mastodon server through the person's own browser (mastodon.md: OAuth with PKCE, state and client
/// secret; the program registers itself anew each time, as the loopback port is part of what is registered).
///
/// Use: make one, call start(), open the address that authorize() tells, wait for the future of start(). Opens nothing
/// itself. Lives on the network thread; destroyed early, the future ends as `cancelled`.
class MastodonSignIn final : public QObject
{
    Q_OBJECT

public:
    enum class Way {
        browser, ///< the browser comes back to a port of this machine
        code,    ///< the server shows a code that the person copies into enterCode()
    };

    /// @param address "@name@host", a host, or any address that a finding gave
    MastodonSignIn(const QString &address, NetworkSetting setting, QObject *parent = nullptr);
    ~MastodonSignIn() override;

    /// Begins. To be called once. Errors: invalid (no address), refused (the person said no), permission, authExpired,
    /// tryAgain (five minutes passed, or the browser came back from another sign-in), malformed and those of the
    /// transport.
    [[nodiscard]] QFuture<Result<SignedIn>> start(Way way = Way::browser);
    /// The code that the server showed; only with Way::code.
    void enterCode(const QString &code);
    /// How long the person has; five minutes unless set.
    void setTimeLimit(Duration limit) { m_limit = limit; }

Q_SIGNALS:
    /// The page to open in the browser; emitted once, before the future ends, not at all when registering fails.
    void authorize(const QUrl &page);

private:
    void registerApp();
    void takeApp(const Result<MastodonReply> &reply);
    void onCameBack(const QUrl &address);
    void exchange(const QString &code);
    void takeToken(const Result<MastodonReply> &reply);
    void learnAccount(const Secret &token);
    void end(Result<SignedIn> result);

    NetworkSetting m_setting;
    QString m_address;
    QUrl m_baseUrl;
    MastodonClient *m_client = nullptr;
    LoopbackListener m_listener;
    QTimer m_timer;
    Duration m_limit = std::chrono::minutes(5);
    QString m_redirectUri;
    QString m_clientId;
    Secret m_clientSecret;
    Pkce m_pkce;
    QByteArray m_state;
    bool m_isWaiting = false;
    bool m_hasEnded = false;
    QPromise<Result<SignedIn>> m_promise;
};

} // namespace Earshot
