// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskypage.h"

namespace Earshot {

/// The newest of what the channel listens to, without the threads around it, what is embedded, and direct messages. As
/// many are asked for as by a pull: a server may show others between them, whatever reasons it is asked for.
class BlueskyLatest final : public Errand<QList<RemoteMessage>>
{
public:
    BlueskyLatest(BlueskySession &session, qsizetype most, QObject *parent);

private:
    void ask(int limit);
    void take(const Result<QJsonObject> &reply, int limit);

    BlueskySession &m_session;
    const qsizetype m_most;
};

} // namespace Earshot
