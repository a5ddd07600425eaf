// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTcpServer>
#include <QUrl>

namespace Earshot {

/// Proof Key for Code Exchange (RFC 7636), method S256.
struct Pkce
{
    QByteArray verifier;  ///< 43 unreserved characters, kept
    QByteArray challenge; ///< sent along
};

[[nodiscard]] Pkce makePkce();
/// The challenge that belongs to a verifier.
[[nodiscard]] QByteArray challengeFor(const QByteArray &verifier);
/// An unguessable word of URL-safe characters with 256 bits, for `state` and verifiers.
[[nodiscard]] QByteArray makeNonce();

/// Waits on 127.0.0.1 for the browser to come back from a server's sign-in page (RFC 8252 7.3), answers it with a small
/// page, and gives the query that it brought. Answers any other path with 404. Lives on the thread that made it.
class LoopbackListener final : public QObject
{
    Q_OBJECT

public:
    explicit LoopbackListener(QObject *parent = nullptr);
    /// @param title what the page in the browser says, plain text
    [[nodiscard]] Done start(const QString &title);
    /// "http://127.0.0.1:PORT/callback"; valid after start().
    [[nodiscard]] QString redirectUri() const;
    void stop();

Q_SIGNALS:
    /// The browser came with this address. May be emitted more than once: whoever listens decides which one counts.
    void cameBack(const QUrl &address);

private:
    void onConnection();

    QTcpServer m_server;
    QString m_title;
};

} // namespace Earshot
