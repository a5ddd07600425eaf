// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"
#include "networks/http.h"
#include "networks/pointbudget.h"

#include <QHash>

#include <memory>

namespace Earshot {

/// A transport before another one, that lets all channels on one server share what it grants: where a server says by
/// the headers RateLimit-Remaining and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers) that nothing is left for
/// us, no channel asks it before the reset. What changes something has limits of its own beside that, and its answers
/// tell the nearest: they say only of the same account's changes when these may go on. Servers whose limits are an
/// account's own do not send these. What an account writes on Bluesky costs points that no header tells: they are
/// counted here, for all channels of the account, and nothing is sent that would go beyond them. (What was spent before
/// the program started is not known: the server's refusal tells, and does no harm.) Lives on the network thread;
/// futures as of HttpTransport, with rateLimited for what was not sent.
class SharedBudget final : public HttpTransport
{
public:
    /// @param clock outlives it
    SharedBudget(std::unique_ptr<HttpTransport> http, const Clock &clock);
    ~SharedBudget() override;

    [[nodiscard]] QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override;

private:
    void learn(const QString &bucket, const HttpAnswer &answer);

    std::unique_ptr<HttpTransport> m_http;
    const Clock &m_clock;
    QHash<QString, Time> m_spentUntil; ///< by the server's authority, for changes with the account
    PointBudget m_writes;
    std::unique_ptr<QObject> m_context; ///< for answers that come when this is gone
};

} // namespace Earshot
