// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/connector.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QTcpServer>
#include <QTimer>
#include <QUrl>
#include <QUrlQuery>

#include <utility>

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
    /// What the page in the browser says, plain text.
    struct Words
    {
        QString signedIn;
        QString refused; ///< when the server sent the browser with an error
    };
    [[nodiscard]] Done start(Words words);
    /// "http://127.0.0.1:PORT/callback"; valid after start().
    [[nodiscard]] QString redirectUri() const;
    void stop();

Q_SIGNALS:
    /// The browser came with this address. May be emitted more than once: whoever listens decides which one counts.
    void cameBack(const QUrl &address);

private:
    void onConnection();

    QTcpServer m_server;
    Words m_words;
};

/// What a sign-in brings: what belongs into the keychain, and whose it is.
struct SignedIn
{
    Secret token;
    Account account;
};

/// Signs in through the person's own browser: what every network with OAuth's code flow (RFC 6749 4.1, RFC 8252)
/// shares. A network's own class asks its server for the page, and exchanges the code that comes back.
///
/// Use: make one, call start(), open the address that authorize() tells, wait for the future of start(). Opens nothing
/// itself. Lives on the network thread; destroyed early, the future ends as `cancelled`.
class BrowserSignIn : public QObject
{
    Q_OBJECT

public:
    enum class Way {
        browser, ///< the browser comes back to a port of this machine
        code,    ///< the server shows a code that the person copies into enterCode(); not every network can
    };

    explicit BrowserSignIn(QObject *parent);
    ~BrowserSignIn() override;

    /// Begins. To be called once. Errors: invalid (no address), refused (the person said no), permission, authExpired,
    /// unsupported (the server has no such sign-in), tryAgain (five minutes passed), malformed and those of the
    /// transport.
    [[nodiscard]] QFuture<Result<SignedIn>> start(Way way = Way::browser);
    /// The code that the server showed; only with Way::code.
    void enterCode(const QString &code);
    /// How long the person has; five minutes unless set.
    void setTimeLimit(Duration limit) { m_limit = limit; }

Q_SIGNALS:
    /// The page to open in the browser; emitted once, before the future ends, not at all when asking for it fails.
    void authorize(const QUrl &page);

protected:
    /// Asks for the page; ends in openPage() or end().
    virtual void begin() = 0;
    /// Makes a secret of the code; ends in end().
    virtual void exchange(const QString &code) = 0;
    /// Whether an answer that brought our state is by the server that we asked.
    [[nodiscard]] virtual bool isByOurs(const QUrlQuery &answer) const;

    void openPage(const QUrl &page);
    /// Only the first call counts.
    void end(Result<SignedIn> result);
    [[nodiscard]] const QString &redirectUri() const { return m_redirectUri; }
    [[nodiscard]] const Pkce &pkce() const { return m_pkce; }
    [[nodiscard]] const QByteArray &state() const { return m_state; }

private:
    void onCameBack(const QUrl &address);

    LoopbackListener m_listener;
    QTimer m_timer;
    Duration m_limit = std::chrono::minutes(5);
    QString m_redirectUri;
    const Pkce m_pkce = makePkce();
    const QByteArray m_state = makeNonce();
    bool m_isWaiting = false;
    std::shared_ptr<Pending<SignedIn>> m_pending = Pending<SignedIn>::create();
};

/// An application/x-www-form-urlencoded body.
[[nodiscard]] QByteArray formOf(const QList<std::pair<QByteArray, QString>> &pairs);

} // namespace Earshot
