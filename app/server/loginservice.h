// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/desk.h"
#include "model/secret.h"
#include "server/accesslog.h"
#include "server/ratelimiter.h"
#include "server/serverlimits.h"
#include "workspace/accountstore.h"

#include <QSet>
#include <QThreadPool>

namespace Earshot {

/// Name and password against a device's token. Lives on the server's thread; passwords are looked at on one of its own.
class LoginService final : public QObject
{
    Q_OBJECT

public:
    struct Wish
    {
        QString name;
        Secret password;
        QString deviceName;
        QString address; ///< where it comes from
    };
    struct Answer
    {
        Secret token;
        QString tokenId;
        QString device; ///< UUID
        AgentId agent;
        QString name;
    };

    LoginService(Workspace &workspace, AccessLog &log, const ServerLimits &limits, QObject *parent = nullptr);
    ~LoginService() override;

    /// Whether somebody has logged in by this name from there before.
    [[nodiscard]] bool isAtHome(const QString &name, const QString &address) const;
    /// Ends once. Errors: refused (name or password is wrong, or the agent is disabled: not told which), rateLimited
    /// (until), tryAgain (too many at once), and those of writing.
    [[nodiscard]] QFuture<Result<Answer>> logIn(const Wish &wish);

private:
    struct Attempt;
    [[nodiscard]] std::optional<Duration> waitFor(const Attempt &attempt);
    void begin(const Attempt &attempt);
    [[nodiscard]] AttemptLimiter &limiterOfBoth(const Wish &wish);
    void judge(const std::shared_ptr<Attempt> &attempt, const std::optional<AccountRecord> &account);
    void admit(const std::shared_ptr<Attempt> &attempt, AgentId agent);
    void refuse(const std::shared_ptr<Attempt> &attempt);
    void remember(const QString &name, const QString &address);

    Workspace &m_workspace;
    AccessLog &m_log;
    const ServerLimits m_limits;
    const QByteArray m_key; ///< what was tried is remembered by a hash with it
    AttemptLimiter m_byBoth;
    AttemptLimiter m_atHome; ///< by both, too: there, nothing else is asked
    AttemptLimiter m_byAddress;
    AttemptLimiter m_byName;
    QSet<QString> m_known; ///< by name and network: where somebody has logged in before
    QThreadPool m_thread;
    int m_waiting = 0;
};

} // namespace Earshot
