// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/bench/actingclients.h"
#include "tests/bench/listeners.h"

#include <QList>

namespace Earshot {

/// Asks more and more of a server, until it does not keep up, and says where that is and how: first more who listen,
/// then more actions. Prints a table; ends within about two minutes.
class ServerGrowth
{
public:
    /// @param connected how many are connected already. @param tokens each for 20 more
    ServerGrowth(quint16 port, ActingClients &clients, int connected, QList<QByteArray> tokens);

    void growConnections();
    void growRate();

    /// Tokens for more than a server lets in.
    [[nodiscard]] static int tokensNeeded();

private:
    void printHead() const;
    ActingClients::Measured step(const ActingClients::Load &load);

    const quint16 m_port;
    ActingClients &m_clients;
    int m_connected;
    QList<QByteArray> m_tokens;
};

} // namespace Earshot
