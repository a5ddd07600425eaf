// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskysession.h"

namespace Earshot {

/// Looks for what an earlier attempt did (Connector::findDelivered): by the key, and by what the target shows.
class BlueskySearch final : public Errand<std::optional<Delivered>>
{
public:
    BlueskySearch(BlueskySession &session, Outgoing outgoing, Attempt attempt, QObject *parent);

private:
    void begin();
    void takeRecord(const Result<QJsonObject> &reply);
    void lookAtTarget();

    BlueskySession &m_session;
    Outgoing m_outgoing;
    Attempt m_attempt;
};

} // namespace Earshot
