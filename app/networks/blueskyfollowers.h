// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskysession.h"

namespace Earshot {

/// Adds to messages how many follow those who wrote to us: posts do not say. Each is asked for once a day, 25 at a
/// time. A server that does not tell is no error.
class BlueskyFollowers final : public Errand<QList<RemoteMessage>>
{
public:
    BlueskyFollowers(BlueskySession &session, QList<RemoteMessage> messages, QObject *parent);

private:
    void step();
    void take(const QJsonObject &answer);
    void finish();

    BlueskySession &m_session;
    QList<RemoteMessage> m_messages;
    QStringList m_people; ///< dids, still to be asked for
};

} // namespace Earshot
