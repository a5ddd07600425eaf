// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/parting.h"
#include "server/credentials.h"
#include "workspace/accountstore.h"

#include <QHash>
#include <QObject>
#include <QUuid>

#include <functional>
#include <optional>

namespace Earshot {

/// Who a request comes from: an agent, by one of its devices.
struct Principal
{
    AgentId agent;
    QString token;
    QString tokenName;
    QUuid device;
    QString address; ///< where it comes from; set by whoever asked
};

/// Knows whom a token belongs to. Remembers good ones until something about agents or tokens changes. Lives on the
/// server's thread.
class Authenticator final : public QObject
{
    Q_OBJECT

public:
    explicit Authenticator(Workspace &workspace, QObject *parent = nullptr);

    using Checked = Result<std::optional<Principal>>;

    /// Calls `then` on the context's thread, at once or later, with nothing when the token is not good. An error says
    /// that this could not be found out: whoever asked is no stranger for that.
    /// @param authorization the header's value, "Bearer TOKEN"
    void check(const QByteArray &authorization, QObject *context, const std::function<void(const Checked &)> &then);
    /// Why a token that check() does not know is not good, for the device that has it: only a token that was good once
    /// hears anything. Calls `then` on the context's thread, once.
    struct Farewell
    {
        Parting parting = Parting::none;
        QString tokenId;
        QString hash; ///< of the secret
    };
    void explain(const QByteArray &authorization, QObject *context, const std::function<void(const Farewell &)> &then);
    /// The same for a device that was told to erase what it kept and has of its token no more than the id and
    /// erasedProof(): `erase`, or nothing.
    void explainErased(const QString &tokenId, const QString &proof, QObject *context,
                       const std::function<void(const Farewell &)> &then);
    /// The token is good no more, before a commit says so: whoever is answered that it was revoked may rely on it.
    void forget(const QString &token);

Q_SIGNALS:
    /// What was good may not be any more, or somebody sees other channels: connections that last are to check() again.
    void grantsChanged();

private:
    void remember(const TokenRecord &token);
    void lookForGrants();

    Workspace &m_workspace;
    QHash<QString, TokenRecord> m_known;
    quint64 m_generation = 0; ///< how often everything was forgotten
    QByteArray m_grants;      ///< a digest of who may come in and see what
    bool m_isLooking = false;
    bool m_looksAgain = false;
};

} // namespace Earshot
