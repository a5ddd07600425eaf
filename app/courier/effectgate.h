// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/http.h"

#include <functional>
#include <optional>

namespace Earshot {

/// A channel's way to the network. While an attempt runs it lets effects through until the attempt's end only, each
/// with no more time than is left: what a connector wants to send later, after slow answers or a sleep of the machine,
/// is refused as `transient`, as nothing of it left. So nothing of an attempt can still arrive once it is judged.
/// Lives on the network thread, owned by the channel's runner; outlives the channel's connectors.
class EffectGate final : public HttpTransport
{
public:
    /// @param uptime counts while the machine sleeps
    explicit EffectGate(HttpTransport &http, std::function<Duration()> uptime = Earshot::uptime)
        : m_http(http)
        , m_uptime(std::move(uptime))
    {
    }

    [[nodiscard]] QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override;

    /// An attempt begins: effects pass for `longest`, then no more until reset().
    void beginAttempt(Duration longest);
    /// The connector has ended the attempt, or is a new one: nothing of an attempt is under way.
    void reset() { m_deadline.reset(); }
    /// Whether an effect was let through since the attempt began.
    [[nodiscard]] bool hasPassed() const { return m_hasPassed; }

private:
    HttpTransport &m_http;
    std::function<Duration()> m_uptime;
    std::optional<Duration> m_deadline;
    bool m_hasPassed = false;
};

} // namespace Earshot
