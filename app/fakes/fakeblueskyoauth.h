// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"
#include "networks/http.h"

#include <QJsonObject>
#include <QList>
#include <QSet>
#include <QString>
#include <QUrlQuery>

#include <optional>

namespace Earshot {

/// The sign-in by browser of a server of the AT Protocol, in memory: its two documents, pushed requests, the page,
/// tokens bound to keys. As strict as the real one: each proof, challenge, code and refresh token is looked at, each
/// counts once; who uses an old refresh token has lost the sign-in.
class FakeBlueskyOAuth final
{
public:
    explicit FakeBlueskyOAuth(const QString &host)
        : m_origin(QStringLiteral("https://") + host)
    {
    }

    /// Without it the server answers 404 where its documents would be.
    void setOffered(bool isOffered) { m_isOffered = isOffered; }
    /// The nonces given so far are worth nothing any more.
    void changeNonce() { ++m_nonce; }
    /// What is handed out from now on is another one's; for servers that lie.
    void setWrongOwner(const QString &did) { m_wrongOwner = did; }
    /// Changes a value of the server's own description.
    void setMetadata(const QString &name, const QJsonValue &value) { m_changed.insert(name, value); }
    void expireTokens();
    void endSessions() { m_grants.clear(); }
    [[nodiscard]] int renewals() const { return m_renewals; }

    /// The answer of an address of the sign-in; nothing for any other.
    [[nodiscard]] std::optional<HttpAnswer> answer(const HttpRequest &request, Time now);
    /// A person at the page that the program asked to open. @return where the browser goes then
    [[nodiscard]] QUrl decideInBrowser(const QUrl &page, const QString &did, bool isAllowed);
    /// Whose the token of a request is; an answer that refuses it otherwise.
    [[nodiscard]] std::optional<HttpAnswer> authorise(const HttpRequest &request, Time now, QString *did) const;

private:
    struct Request
    {
        QUrlQuery form;
        QJsonObject key;
        QString uri;
        QString code;
        QString did;
    };
    struct Grant
    {
        QString did;
        QString client;
        QString scope;
        QJsonObject key;
        QByteArray access;
        QByteArray refresh;
        QSet<QByteArray> spent; ///< refresh tokens of before
        Time ends;
    };
    [[nodiscard]] HttpAnswer document() const;
    [[nodiscard]] HttpAnswer push(const HttpRequest &request, const QJsonObject &key);
    [[nodiscard]] HttpAnswer token(const HttpRequest &request, const QJsonObject &key, Time now);
    [[nodiscard]] HttpAnswer redeem(const QUrlQuery &form, const QJsonObject &key, Time now);
    [[nodiscard]] HttpAnswer renew(const QUrlQuery &form, const QJsonObject &key, Time now);
    [[nodiscard]] HttpAnswer handOut(Grant &grant, Time now);
    [[nodiscard]] HttpAnswer told(int status, const QJsonObject &body) const;
    [[nodiscard]] HttpAnswer refused(int status, const char *error, const QString &description) const;
    /// The key of a request's proof; an answer that refuses it otherwise.
    [[nodiscard]] std::optional<HttpAnswer> checkProof(const HttpRequest &request, const QByteArray &token, Time now,
                                                       int status, QJsonObject *key) const;

    QString m_origin;
    bool m_isOffered = true;
    int m_nonce = 1;
    int m_serial = 0;
    int m_renewals = 0;
    QString m_wrongOwner;
    QJsonObject m_changed;
    QList<Request> m_requests;
    QList<Grant> m_grants;
    mutable QSet<QString> m_proofs; ///< seen once
};

} // namespace Earshot
