// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"
#include "workspace/slicestore.h"

#include <QtGlobal>

namespace Earshot {

/// What a client may ask of the server before it is refused, politely. Sizes in bytes. Passed in, so that tests meet
/// each limit quickly.
struct ServerLimits
{
    // The wire, before anybody is known.
    qsizetype headBytes = 16 * 1024;
    qint64 bodyBytesOfAll = 256LL * 1024 * 1024; ///< bodies being received, together
    qint64 bodyBytesOfOne = 96LL * 1024 * 1024;  ///< of one agent: as much as its requests and uploads at once may have
    int connections = 12'000;
    int connectionsPerAddress = 256; ///< (of IPv6: network); 0 = any number
    bool countsLoopback = false;     ///< there, too; else not, as a reverse proxy may stand there
    Duration headTime = std::chrono::seconds(10);
    Duration bodyTime = std::chrono::seconds(20);  ///< until more of a body comes; of a stranger's: until all is here
    Duration idleTime = std::chrono::seconds(75);  ///< between two requests
    Duration writeTime = std::chrono::seconds(30); ///< without a byte being taken
    Duration handshakeTime = std::chrono::seconds(10);
    Duration sweepTime = std::chrono::milliseconds(500); ///< how often the times are looked at

    // JMAP (RFC 8620 2), as the session object tells them.
    qint64 requestBytes = 4LL * 1024 * 1024;
    qint64 uploadBytes = 40LL * 1024 * 1024;
    int concurrentRequests = 4; ///< of one token
    int concurrentUploads = 2;
    int callsInRequest = 32;
    qint64 responseBytes = 64LL * 1024 * 1024;     ///< of the reading methods of one request, from the second on
    Duration searchTime = std::chrono::seconds(2); ///< of one request's searches, together
    int objectsInGet = 1000;
    int actionsInPerform = 500;
    int idsInQuery = 1000;
    int depthOfQuery = 10'000; ///< so far a query is walked from its start, and counted
    int changes = 2000;
    int diskThreads = 2;
    Duration beatTime = std::chrono::seconds(30);   ///< between two pings; who answers none until the next is gone
    std::chrono::seconds leastPing{5};              ///< of a stream of events
    int listenersPerToken = 20;                     ///< WebSockets and event streams
    qint64 unreadPushesOfAll = 256LL * 1024 * 1024; ///< shared by all who listen: where they are many, each has less
    qint64 unreadPushes = 256LL * 1024; ///< waiting for one WebSocket; who reads no faster is told the states, later
    Duration uploadsKept = std::chrono::hours(24); ///< without a message that has them
    Duration uploadSweep = std::chrono::hours(1);  ///< how often they are looked for

    // The first synchronisation.
    SliceStore::Options slices;

    // Presence.
    Duration presenceTime = std::chrono::seconds(25); ///< without a heartbeat
    Duration presenceSweep = std::chrono::seconds(1);
    qsizetype shownConversations = 50; ///< by one client
    int presentClients = 20;           ///< of one agent, that say over HTTP what they show

    // Log-ins. Failures are counted for a name from one address, for an address, and for a name from anywhere. Where
    // somebody has come in by that name before, the first alone counts, so that nobody locks a colleague out.
    qint64 loginBytes = 8 * 1024;
    int freeFailures = 5;
    int freeFailuresOfAddress = 30;
    int freeFailuresOfName = 100;
    Duration longestWait = std::chrono::minutes(15);
    Duration longestWaitAtHome = std::chrono::minutes(1);
    Duration longestWaitOfName = std::chrono::seconds(5);
    int waitingLogins = 8; ///< each takes 64 MiB and 0.1 s while it is looked at, one at a time

    // Requests, as a bucket that fills by so many a second up to the burst.
    int requestsPerSecond = 200; ///< of one token
    int requestBurst = 1000;
    int strangersPerSecond = 10; ///< of one address without a good token
    int strangerBurst = 60;
};

/// After which what could not be read is read again.
constexpr Duration readAgainTime = std::chrono::milliseconds(200);

} // namespace Earshot
