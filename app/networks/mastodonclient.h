// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/errand.h"
#include "networks/http.h"
#include "networks/registry.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <functional>
#include <optional>

namespace Earshot {

/// What the API answered with a 2xx status.
struct MastodonReply
{
    int status = 0;
    QJsonValue body; ///< an object or an array
    QByteArray next; ///< path and query of `Link rel="next"`, empty when there is none that may be followed
    bool hasLink = false;
    /// The server is still fetching what belongs to the answer from other servers: worth asking again after this long.
    /// https://docs.joinmastodon.org/methods/async_refreshes/
    std::optional<Duration> refreshIn;
};

/// An id as a piece of a path: ids are opaque and may hold '/', ':' and more.
[[nodiscard]] QByteArray idInPath(const QString &id);

/// Whether the error says that the server does not know this endpoint (or this thing): 404, 405, 501.
[[nodiscard]] bool isMissing(const Error &error);

/// Speaks the Mastodon client API (https://docs.joinmastodon.org/api/) with one server, with or without a token. Lives
/// on the network thread. Callbacks come on that thread and never after their context died.
class MastodonClient final : public QObject
{
    Q_OBJECT

public:
    using Then = std::function<void(Result<MastodonReply>)>;

    MastodonClient(QUrl baseUrl, Secret token, NetworkSetting setting, QObject *parent = nullptr);

    [[nodiscard]] const QUrl &baseUrl() const { return m_baseUrl; }
    [[nodiscard]] const Secret &token() const { return m_token; }
    [[nodiscard]] bool isSignedIn() const { return !m_token.isEmpty(); }
    [[nodiscard]] Time now() const { return m_setting.clock->now(); }
    /// How far the server's clock is ahead of ours, by its last answer.
    [[nodiscard]] Duration clockOffset() const { return m_clockOffset; }

    /// @param pathAndQuery percent-encoded, from the root: "/api/v1/notifications?limit=40"
    void get(const QByteArray &pathAndQuery, QObject *context, Then then);
    /// A request that changes something: POST or DELETE with a JSON body (empty object = no body). An answer that
    /// leaves open whether it was done is `unsure`.
    void change(const QByteArray &method, const QByteArray &path, const QJsonObject &body, const QByteArray &key,
                QObject *context, Then then);
    /// Sends one file; the answer is a MediaAttachment. That is not yet an effect, so it never answers `unsure`.
    void upload(const QByteArray &content, const QString &mimeType, const QString &description, QObject *context,
                Then then);
    /// Form-encoded without token, as OAuth wants it (RFC 6749 4.1.3).
    void postForm(const QByteArray &path, const QByteArray &form, QObject *context, Then then);

Q_SIGNALS:
    void limitTold(int remaining, Earshot::Time reset);

private:
    void exchange(HttpRequest request, QObject *context, Then then);
    [[nodiscard]] HttpRequest requestFor(const QByteArray &method, const QByteArray &pathAndQuery) const;
    [[nodiscard]] Result<MastodonReply> judge(const HttpRequest &request, const HttpAnswer &answer,
                                              const QJsonDocument &document);
    [[nodiscard]] Error errorFrom(const HttpRequest &request, const HttpAnswer &answer,
                                  const QJsonDocument &document) const;
    void tellLimit(const HttpAnswer &answer);

    QUrl m_baseUrl;
    Secret m_token;
    NetworkSetting m_setting;
    Duration m_clockOffset{0};
};

} // namespace Earshot
