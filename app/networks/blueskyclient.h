// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskylogin.h"
#include "networks/dpop.h"
#include "networks/errand.h"
#include "networks/http.h"
#include "networks/jsonvalues.h"
#include "networks/registry.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace Earshot {

/// Speaks XRPC (https://atproto.com/specs/xrpc) with one server, with or without an account. Signs in when the first
/// call needs it, renews the session before it ends and when the server says ExpiredToken. A lost answer to that is
/// harmless, as the old refresh token stays valid for a while; after a sign-in by browser (OAuth) it may have ended the
/// sign-in, as there each refresh token counts once: the next renewal tells (authExpired). Lives on the network thread.
/// Callbacks come on that thread and never after their context died.
class BlueskyClient final : public QObject
{
    Q_OBJECT

public:
    using Then = std::function<void(Result<QJsonObject>)>;
    using Query = QList<std::pair<QByteArray, QString>>;

    BlueskyClient(NetworkSetting setting, QObject *parent = nullptr);

    void setServer(const QUrl &server) { m_server = server; }
    [[nodiscard]] const QUrl &server() const { return m_server; }
    /// @param identifier handle or DID; an empty secret: no account
    void setLogin(const QString &identifier, const Secret &secret);
    /// Refresh tokens of a sign-in by browser are left alone: what has ended is `authExpired`.
    void setMayRenew(bool mayRenew) { m_mayRenew = mayRenew; }
    [[nodiscard]] bool isSignedIn() const { return m_hasLogin; }
    [[nodiscard]] const BlueskyLogin &login() const { return m_login; }
    [[nodiscard]] const NetworkSetting &setting() const { return m_setting; }
    [[nodiscard]] Time now() const { return m_setting.clock->now(); }
    /// How far the server's clock is ahead of ours, by its last answer; zero where it does not tell.
    [[nodiscard]] Duration clockOffset() const { return m_clockOffset; }

    /// Makes sure of a session: did and handle of login() are known afterwards.
    void signIn(QObject *context, std::function<void(Done)> then);
    /// A query. @param method its NSID, "app.bsky.feed.getPosts"
    void get(const QByteArray &method, const Query &query, QObject *context, Then then);
    /// A procedure that changes something. An answer that leaves open whether it was done is `unsure`.
    void change(const QByteArray &method, const QJsonObject &body, QObject *context, Then then);
    /// com.atproto.repo.uploadBlob. That is not yet an effect, so it never answers `unsure`.
    void upload(const QByteArray &content, const QString &mimeType, QObject *context, Then then);
    /// Any JSON from anywhere, without account: identity documents.
    void getPublic(const QUrl &url, QObject *context, std::function<void(Result<HttpAnswer>)> then);

Q_SIGNALS:
    void limitTold(int remaining, Earshot::Time reset);
    /// The session changed and should be kept.
    void loginChanged();

private:
    struct Asked
    {
        HttpRequest request;
        QObject *context = nullptr;
        Then then;
        QByteArray token{}; ///< that it was sent with
        bool isRepeat = false;
    };
    void send(Asked asked);
    void onAnswer(const Asked &asked, const Result<HttpAnswer> &answer);
    void exchange(const HttpRequest &request, QObject *context, std::function<void(const Result<HttpAnswer> &)> then);
    [[nodiscard]] HttpRequest requestFor(const QByteArray &verb, const QByteArray &method, const Query &query) const;
    [[nodiscard]] Result<QJsonObject> judge(const HttpRequest &request, const HttpAnswer &answer);
    [[nodiscard]] Error errorFrom(const HttpRequest &request, const HttpAnswer &answer) const;
    void askForSession();
    void refresh();
    void renewTokens();
    void createSession();
    void takeSession(const Result<QJsonObject> &session);
    void endWaiting(const Done &done);

    NetworkSetting m_setting;
    QUrl m_server;
    QString m_identifier;
    bool m_hasLogin = false;
    bool m_mayRenew = true;
    BlueskyLogin m_login;
    Duration m_clockOffset{0};
    DpopExchange *m_dpop = nullptr;                           ///< after a sign-in by browser alone
    std::vector<std::function<void(const Done &)>> m_waiting; ///< for the session that is being asked for
};

/// So many instead of a page of `limit` that was too large to read (a few enormous items must not stop a channel); 0
/// when it was one already.
[[nodiscard]] inline int fewerThan(int limit)
{
    return limit > 1 ? std::max(1, limit / 6) : 0;
}

[[nodiscard]] inline bool isTooLarge(const Result<QJsonObject> &reply)
{
    return !reply && reply.error().kind == ErrorKind::tooLarge;
}

/// Whether the error says that the thing is not there.
[[nodiscard]] inline bool isAbsent(const Error &error)
{
    return error.kind == ErrorKind::notFound || error.kind == ErrorKind::gone;
}

} // namespace Earshot
