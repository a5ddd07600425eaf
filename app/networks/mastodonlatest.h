// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/mastodonpage.h"

namespace Earshot {

/// The newest of what the channel listens to, without the threads around it. As many are asked for as by a pull: a
/// server may show others between them, whatever types it is asked for.
class MastodonLatest final : public Errand<QList<RemoteMessage>>
{
public:
    MastodonLatest(MastodonSession &session, qsizetype most, QObject *parent);

private:
    void ask(const QByteArray &path);
    void take(const QByteArray &path, const Result<MastodonReply> &reply);

    MastodonSession &m_session;
    const qsizetype m_most;
};

} // namespace Earshot
