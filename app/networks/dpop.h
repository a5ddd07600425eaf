// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/es256key.h"
#include "networks/registry.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace Earshot {

/// Sends requests with a proof that we hold the key to which their token is bound (RFC 9449, "DPoP"). Remembers the
/// nonce that each server last gave and how far its clock is ahead, and sends a request again, once, that was refused
/// for want of them: such a request was not read. Lives on the network thread.
class DpopExchange final : public QObject
{
    Q_OBJECT

public:
    using Then = std::function<void(const Result<HttpAnswer> &)>;

    DpopExchange(Es256Key key, NetworkSetting setting, QObject *parent = nullptr);

    [[nodiscard]] const Es256Key &key() const { return m_key; }
    /// @param token access token to present; empty at the endpoints that give tokens
    void send(const HttpRequest &request, const Secret &token, QObject *context, Then then);

private:
    void attempt(const HttpRequest &request, const Secret &token, bool isRepeat, QObject *context, const Then &then);
    /// @return whether the proof would be another one now
    bool hear(const QUrl &url, const HttpAnswer &answer);

    Es256Key m_key;
    NetworkSetting m_setting;
    QHash<QString, QString> m_nonces; ///< by origin
    QHash<QString, Duration> m_offsets;
};

/// One proof.
/// @param nonce what the server gave; may be empty
/// @param token the access token that goes along; empty when none does
[[nodiscard]] QByteArray dpopProof(const Es256Key &key, const QByteArray &method, const QUrl &url, const QString &nonce,
                                   const Secret &token, Time now);
/// Whether an answer refuses a request, unread, for its proof: for want of a nonce, or as its time is wrong.
[[nodiscard]] bool isProofRefused(const HttpAnswer &answer);

} // namespace Earshot
