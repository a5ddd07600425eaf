// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicafollower.h"

#include "replica/pauses.h"
#include "replica/wirebatch.h"

#include <QJsonArray>

#include <algorithm>

namespace Earshot {

namespace {

/// So often in a row the server answered and could not be listened to: that is no chance any more.
constexpr int mostDeaf = 2;
/// So many of its longest pauses are waited where the server wishes that.
constexpr int mostWished = 5;

/// A person has to do something before it can go on. Not where a certificate is of no use: it may be another one in a
/// moment, or the clock here be put right.
bool isFinal(ErrorKind kind)
{
    return kind == ErrorKind::authExpired || kind == ErrorKind::permission || kind == ErrorKind::refused ||
           kind == ErrorKind::unsupported || kind == ErrorKind::newerVersion;
}

} // namespace

ReplicaFollower::ReplicaFollower(ReplicaFile &file, ServerConnection &connection, const Pauses &pauses)
    : m_file(file)
    , m_connection(connection)
    , m_pauses(pauses)
    , m_again(this)
    , m_check(this)
    , m_take(this)
    , m_wake(this)
    , m_tidy(this)
    , m_server(connection, file.source().account)
    , m_watch(file, m_server)
    , m_awaySince(file.lastHeard())
{
    qRegisterMetaType<DeskStatus>();
    qRegisterMetaType<ServerSession>();
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ReplicaFollower::begin);
    m_take.setSingleShot(true);
    connect(&m_take, &QTimer::timeout, this, &ReplicaFollower::takeHeld);
    m_wake.setInterval(std::chrono::milliseconds(pauses.betweenLooks));
    connect(&m_wake, &QTimer::timeout, this, [this] {
        const Time now = m_pauses.timeOfDay ? m_pauses.timeOfDay->now() : SystemClock().now();
        if (m_sleep.hasSlept(now, std::chrono::milliseconds(m_running.elapsed())))
            onWake();
    });
    m_running.start();
    m_check.setInterval(std::chrono::milliseconds(pauses.betweenChecks));
    m_tidy.setSingleShot(true);
    connect(&m_tidy, &QTimer::timeout, this, &ReplicaFollower::tidy);
    connect(&m_check, &QTimer::timeout, this, [this] {
        if (m_isListening || (isDeaf() && m_isReached))
            m_watch.checkNext();
        m_check.setInterval(std::chrono::milliseconds(m_watch.pause(m_pauses.betweenChecks)));
    });
    connect(&connection, &ServerConnection::listening, this, &ReplicaFollower::onListening);
    connect(&connection, &ServerConnection::parted, this, &ReplicaFollower::onParted);
    connect(&connection, &ServerConnection::told, this, &ReplicaFollower::onTold);
    connect(&connection, &ServerConnection::listeningEnded, this, &ReplicaFollower::onListeningEnded);
}

void ReplicaFollower::begin()
{
    m_again.stop();
    if (!m_wake.isActive())
        m_wake.start();
    stopListening();
    m_logIn = m_connection.presentLogIn();
    const Result<ServerSession> session = waitFor(m_connection.begin());
    if (!session) {
        onTrouble(session.error());
        return;
    }
    if (session->account != m_file.source().account || session->agent != m_file.source().agent) {
        onTrouble({ErrorKind::refused,
                   QStringLiteral("it serves another workspace, or knows this device as somebody "
                                  "else's"),
                   {}});
        return;
    }
    if (const Done entered = m_file.enterEra(session->era); !entered) {
        onTrouble(entered.error());
        return;
    }
    m_isReached = true;
    m_isEmptied = false;
    m_newest = session->era.newest.value_or(0);
    Q_EMIT admitted(*session);
    if (!synchronise())
        return;
    if (isDeaf())
        tell(DeskStatus::Kind::current);
    // Not anew each time: a line that is cut more often would never be looked over.
    if (!m_check.isActive())
        m_check.start();
    m_line = m_connection.listen(session->socket, m_file.state());
}

bool ReplicaFollower::isDeaf() const
{
    return m_deaf >= mostDeaf;
}

void ReplicaFollower::rest()
{
    m_again.stop();
    m_logIn = m_connection.presentLogIn();
    onTrouble({ErrorKind::authExpired, {}, {}});
}

bool ReplicaFollower::synchronise()
{
    // They come with what is fetched.
    m_held = {};
    if (!isDeaf())
        tellBehind(numberOfState(m_file.state()));
    ReplicaSync::Sizes sizes;
    sizes.scatter = m_pauses.longest / 6;
    sizes.isWanted = [this] { return isWanted(); };
    ReplicaSync sync(m_file, m_server, sizes);
    sync.setFollowing([this](Seq position) {
        if (!isDeaf())
            tellBehind(position);
    });
    // All of it is asked for.
    m_connection.ignoreDeltas();
    Done done = sync.run([this, &sync](double share) {
        tell(DeskStatus::Kind::joining, share);
        if (sync.isUsable())
            tellUsable();
    });
    if (m_connection.heedDeltas() && done)
        done = sync.run();
    if (!done) {
        onTrouble(done.error());
        return false;
    }
    m_watch.beginAnew();
    tidySoon();
    tellUsable();
    if (m_isListening)
        tell(DeskStatus::Kind::current);
    return true;
}

/// The line is dead and does not say so for a while, or a long pause goes on: neither is waited for.
void ReplicaFollower::onWake()
{
    const bool isWaiting = m_again.isActive();
    if (!m_isListening && !isWaiting)
        return;
    m_failures = 0;
    begin();
}

bool ReplicaFollower::isToTidy() const
{
    return m_file.isToSweep() || m_file.isToIndex();
}

void ReplicaFollower::tidySoon()
{
    if (!isToTidy())
        return;
    if (m_toTidySince == 0)
        m_toTidySince = std::max<qint64>(1, m_running.elapsed());
    m_tidy.start(std::chrono::seconds(1));
}

/// A piece now and then: deltas are to be taken meanwhile.
void ReplicaFollower::tidy()
{
    bool wasWanted = false;
    const auto wanted = [this, &wasWanted] { return wasWanted = isWanted(); };
    Done tidied;
    if (m_file.isToSweep())
        tidied = m_file.sweep(std::chrono::milliseconds(200), ReplicaFile::Sweeping::whole, wanted);
    else if (m_file.isToIndex() && !wanted())
        tidied = m_file.makeIndex(wanted);
    if (!isToTidy()) {
        m_toTidySince = 0;
        return;
    }
    // A reader that keeps the log ends some day, and so does whoever works here.
    m_tidy.start(tidied && !wasWanted ? std::chrono::seconds(1) : std::chrono::seconds(30));
}

bool ReplicaFollower::isWanted() const
{
    const Duration now(m_running.elapsed());
    const bool isLate = m_toTidySince != 0 && now - Duration(m_toTidySince) >= m_pauses.longestPutOff;
    const bool isCalm = now - Duration(m_lastDeed.load()) >= m_pauses.calm;
    return m_connection.isClosed() || (!isLate && !isCalm);
}

/// Whoever may see nothing any more keeps nothing but what was typed here.
void ReplicaFollower::onParted(Parting parting)
{
    if (parting != Parting::disabled)
        return;
    // What was heard before is not put in afterwards.
    stopListening();
    m_held = {};
    // A full disk, perhaps: the server says it again. It may also say to erase the rest, and nothing else asks it.
    const Duration pause = scattered(m_pauses.longest, {}, {}, m_pauses.longest);
    m_again.start(std::chrono::milliseconds(pause));
    if (m_isEmptied || !m_file.startOver())
        return;
    m_isEmptied = true;
    tidySoon();
    Q_EMIT emptied();
}

void ReplicaFollower::onListeningEnded(const QString &why, int line)
{
    // Of an earlier one, said late.
    if (line != m_line)
        return;
    if (m_isListening || ++m_deaf < mostDeaf) {
        onTrouble({ErrorKind::transient, why, {}});
        return;
    }
    // The server answers, but something on the way lets no WebSocket through: it is asked now and then instead.
    m_failures = 0;
    const Duration pause = scattered(m_pauses.longest / 4, {}, {}, m_pauses.longest);
    m_again.start(std::chrono::milliseconds(pause));
    Q_EMIT deafened();
}

void ReplicaFollower::stopListening()
{
    m_line = 0;
    m_isListening = false;
    m_connection.stopListening();
}

void ReplicaFollower::onListening(int line)
{
    // Said before it was told to stop.
    if (line != m_line)
        return;
    m_failures = 0;
    m_deaf = 0;
    m_isListening = true;
    tell(DeskStatus::Kind::current);
}

void ReplicaFollower::onTold(const QJsonObject &message)
{
    if (!m_isListening)
        return;
    const QString type = message.value(QLatin1StringView("@type")).toString();
    if (type == QLatin1StringView("Delta"))
        onDelta(message);
    else if (type == QLatin1StringView("StateChange"))
        takePresent(message.value(QLatin1StringView("pushState")).toString());
}

/// The server is there by now.
void ReplicaFollower::takePresent(const QString &state)
{
    const QString &mine = heldState();
    const bool isNew = eraOfState(state) != eraOfState(mine) || numberOfState(state) > numberOfState(mine);
    if (isNew)
        synchronise();
}

void ReplicaFollower::onDelta(const QJsonObject &delta)
{
    const QString from = delta.value(QLatin1StringView("from")).toString();
    const QString to = delta.value(QLatin1StringView("to")).toString();
    const QString mine = heldState();
    const bool fits = eraOfState(from) == eraOfState(mine) && numberOfState(from) <= numberOfState(mine);
    if (!fits)
        takePresent(to);
    else if (numberOfState(to) > numberOfState(mine))
        hold(delta);
}

/// Those that have come already are taken as one.
void ReplicaFollower::hold(const QJsonObject &delta)
{
    m_held.to = delta.value(QLatin1StringView("to")).toString();
    for (const QJsonValue &part : delta.value(QLatin1StringView("changes")).toArray())
        m_held.changes.append(part.toObject());
    if (!m_take.isActive())
        m_take.start(m_pace.rest());
}

void ReplicaFollower::takeHeld()
{
    const Held held = std::exchange(m_held, {});
    if (!m_isListening || held.to.isEmpty())
        return;
    m_pace.begin();
    const auto batch =
        readRows(m_file.workspace(), held.changes, m_file.isServerOlder() ? Lacking::isUsual : Lacking::isWrong);
    const Done taken = batch ? m_file.takeRows(*batch, held.to, true) : Done(tl::unexpected(batch.error()));
    m_pace.end();
    if (!taken) {
        onTrouble(taken.error());
        return;
    }
    tell(DeskStatus::Kind::current);
}

void ReplicaFollower::onTrouble(const Error &error)
{
    if (std::exchange(m_isReached, false))
        m_awaySince = m_file.workspace().clock().now();
    stopListening();
    m_held = {};
    if (error.kind == ErrorKind::cancelled)
        return;
    // Somebody has logged in or out since it asked: it begins under that one at once.
    if (error.kind == ErrorKind::authExpired && m_logIn != m_connection.presentLogIn())
        return;
    // Also where a person has to do something, it may be done elsewhere: rarely looked at again.
    const auto grown = m_pauses.first * (1 << std::min(m_failures++, 16));
    Duration pause = isFinal(error.kind) ? m_pauses.longest : std::min<Duration>(grown, m_pauses.longest);
    pause = scattered(pause, error.until, m_file.workspace().clock().now(), m_pauses.longest * mostWished);
    // A log-in that is not valid becomes so by a person only: begin() comes with it.
    if (error.kind != ErrorKind::authExpired)
        m_again.start(std::chrono::milliseconds(pause));
    tell(isFinal(error.kind) ? DeskStatus::Kind::refused : DeskStatus::Kind::offline, 0, error);
}

void ReplicaFollower::tell(DeskStatus::Kind kind, double share, const Error &why)
{
    const bool isAway = kind == DeskStatus::Kind::offline || kind == DeskStatus::Kind::refused;
    DeskStatus status;
    status.kind = kind;
    status.share = isAway && !m_file.isComplete() ? m_file.joining().share : share;
    status.behind = kind == DeskStatus::Kind::catchingUp ? m_behind : 0;
    status.asOf = m_file.asOf();
    status.awaySince = isAway ? m_awaySince : Time();
    status.why = why;
    Q_EMIT statusChanged(status);
}

void ReplicaFollower::tellBehind(Seq position)
{
    m_behind = std::max<Seq>(0, m_newest - position);
    tell(m_file.isComplete() ? DeskStatus::Kind::catchingUp : DeskStatus::Kind::joining);
}

void ReplicaFollower::tellUsable()
{
    if (!std::exchange(m_isUsable, true))
        Q_EMIT usable();
}

} // namespace Earshot
