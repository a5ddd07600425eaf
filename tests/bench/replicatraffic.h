// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/bench/actingclients.h"
#include "tests/bench/countingproxy.h"
#include "tests/bench/servedcopy.h"

namespace Earshot {

/// How many bytes go between a desktop that has everything and its server. Prints rows of a table.
class ReplicaTraffic
{
public:
    /// @param folder with the replica's file
    ReplicaTraffic(const ServedCopy &server, CountingProxy &proxy, ActingClients &others, QByteArray token,
                   QString folder);

    /// An idle hour, from so many seconds: what beats and what is compared come at known distances.
    void measureIdleness(int seconds);
    /// A day of one agent's work on so many conversations, while others make so many changes.
    void measureDay(int conversations, qint64 changes);
    /// Away while so many changes are made; then until all is here.
    void measureCatchingUp(const QString &what, qint64 changes, double budget);

private:
    void print(const QString &what, const CountingProxy::Bytes &bytes) const;

    const ServedCopy &m_server;
    CountingProxy &m_proxy;
    ActingClients &m_others;
    const QByteArray m_token;
    const QString m_folder;
};

} // namespace Earshot
