// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/joining.h"

#include "replica/leaving.h"
#include "replica/pauses.h"
#include "replica/replicatoken.h"
#include "replica/serveraddress.h"

#include <QDir>
#include <QFileInfo>
#include <QSysInfo>

#include <utility>

namespace Earshot {

namespace {

constexpr Duration usualPauseOfJoining = std::chrono::seconds(1);
/// Of what the server wishes: as long as it wants to hear of no password after too many wrong ones.
constexpr Duration longestPauseOfJoining = std::chrono::minutes(15);

} // namespace

JoinTarget joinTargetOf(const QString &path, const QString &server)
{
    if (!QFileInfo::exists(path))
        return JoinTarget::fresh;
    const auto replica = ReplicaFile::describe(path);
    if (!replica)
        return JoinTarget::ownWorkspace;
    const Result<QUrl> wished = parseServer(server);
    const bool isSame = wished && replica->source.server == wished->toString();
    return isSame ? JoinTarget::joined : JoinTarget::otherReplica;
}

Joining::Joining(QString path, Keep keep, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_keep(std::move(keep))
    , m_clock(clock)
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &Joining::goOn);
}

void Joining::logIn(const QString &address, const QString &name, const Secret &password)
{
    const Result<QUrl> server = parseServer(address.trimmed());
    if (!server) {
        Q_EMIT failed(server.error(), false);
        return;
    }
    m_connection = std::make_unique<ServerConnection>(*server, Secret(), m_clock);
    m_isByToken = name.isEmpty();
    m_isUnderWay = true;
    m_isFresh = false;
    m_wait.stop();
    if (m_isByToken)
        begin(password);
    else
        ask(name, password);
}

void Joining::ask(const QString &name, const Secret &password)
{
    if (m_isGivenUp) {
        end({ErrorKind::cancelled, {}, {}}, false);
        return;
    }
    whenDone(m_connection->logIn(name, password, QSysInfo::machineHostName()), m_connection.get(),
             [this, name, password](const Result<ServerLogin> &login) {
                 if (login)
                     begin(login->token);
                 else if (!waitsFor(login.error(), [this, name, password] { ask(name, password); }))
                     end(login.error(), login.error().kind == ErrorKind::unsure);
             });
}

/// @return false: it names no time, or nobody waits for that any more
bool Joining::waitsFor(const Error &why, std::function<void()> again)
{
    // A page of somebody else's is asked again for another reason, and by a person.
    const bool isBusy = why.kind == ErrorKind::rateLimited || why.detail.contains(QLatin1StringView("answers 503"));
    if (m_isGivenUp || !isBusy || !isKnown(why.until))
        return false;
    m_again = std::move(again);
    m_wait.start(
        std::chrono::milliseconds(scattered(usualPauseOfJoining, why.until, m_clock.now(), longestPauseOfJoining)));
    Q_EMIT waiting(why);
    return true;
}

void Joining::goOn()
{
    m_wait.stop();
    std::exchange(m_again, {})();
}

void Joining::giveUp()
{
    m_isGivenUp = true;
    if (m_wait.isActive())
        goOn();
    else if (!m_isUnderWay)
        Q_EMIT givenUp(false);
}

void Joining::end(const Error &error, bool isLeft)
{
    m_isUnderWay = false;
    if (m_isGivenUp)
        Q_EMIT givenUp(isLeft);
    else
        Q_EMIT failed(error, isLeft);
}

void Joining::begin(const Secret &token)
{
    m_connection->setToken(token);
    if (m_isGivenUp) {
        giveBack({ErrorKind::cancelled, {}, {}});
        return;
    }
    whenDone(m_connection->begin(), m_connection.get(), [this, token](const Result<ServerSession> &session) {
        if (!session && waitsFor(session.error(), [this, token] { begin(token); }))
            return;
        Done made = session ? Done() : Done(tl::unexpected(session.error()));
        if (made)
            made = m_isGivenUp ? Done(fail(ErrorKind::cancelled)) : makeReplica(*session);
        if (made)
            keep(token);
        else
            giveBack(made.error());
    });
}

Done Joining::makeReplica(const ServerSession &session)
{
    const ReplicaSource source{m_connection->server().toString(), session.account, session.agent};
    if (!QFileInfo::exists(m_path)) {
        QDir().mkpath(QFileInfo(m_path).absolutePath());
        m_isFresh = true;
        return ReplicaFile::create(m_path, source, m_clock);
    }
    const auto found = ReplicaFile::describe(m_path);
    if (!found)
        return tl::unexpected(found.error());
    if (found->source.account != source.account || found->source.agent != source.agent)
        return fail(ErrorKind::refused, QStringLiteral("this replica is of another workspace or somebody else's"));
    return {};
}

void Joining::keep(const Secret &token)
{
    Q_EMIT keeping();
    whenDone(m_keep(replicaTokenName(m_connection->server(), m_path), token), this, [this, token](const Done &kept) {
        if (kept && !m_isGivenUp) {
            m_isUnderWay = false;
            Q_EMIT joined(token);
            return;
        }
        // There is nothing in it yet.
        if (m_isFresh && m_isGivenUp)
            static_cast<void>(eraseReplica(m_path));
        giveBack(kept ? Error{ErrorKind::cancelled, {}, {}} : kept.error());
    });
}

/// Nobody here knows the token: at the server it would stand for a device that there is not.
void Joining::giveBack(const Error &error)
{
    if (m_isByToken) {
        end(error, false);
        return;
    }
    whenDone(m_connection->logOut(), m_connection.get(),
             [this, error](const Done &forgotten) { end(error, !forgotten.has_value()); });
}

} // namespace Earshot
