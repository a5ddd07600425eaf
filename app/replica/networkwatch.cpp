// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/networkwatch.h"

namespace Earshot {

namespace {

using Reachability = QNetworkInformation::Reachability;

/// A server may stand in the same house.
bool isNetwork(Reachability reachability)
{
    return reachability != Reachability::Unknown && reachability != Reachability::Disconnected;
}

} // namespace

void NetworkWatch::begin()
{
    if (std::exchange(m_hasBegun, true) ||
        !QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    const QNetworkInformation *system = QNetworkInformation::instance();
    m_isThere = isNetwork(system->reachability());
    connect(system, &QNetworkInformation::reachabilityChanged, this, &NetworkWatch::onReachability);
}

void NetworkWatch::onReachability(Reachability now)
{
    const bool wasThere = std::exchange(m_isThere, isNetwork(now));
    if (m_isThere && !wasThere)
        Q_EMIT cameBack();
}

} // namespace Earshot
