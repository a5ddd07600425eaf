// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/effectgate.h"

#include "model/future.h"

#include <algorithm>

namespace Earshot {

void EffectGate::beginAttempt(Duration longest)
{
    m_deadline = m_uptime() + longest;
    m_hasPassed = false;
}

QFuture<Result<HttpAnswer>> EffectGate::exchange(HttpRequest request)
{
    if (m_deadline && request.hasEffect) {
        const Duration left = *m_deadline - m_uptime();
        if (left <= Duration(0)) {
            const auto pending = Pending<HttpAnswer>::create();
            pending->end(fail(ErrorKind::transient, QStringLiteral("the time for this attempt is over")));
            return pending->future();
        }
        request.timeout = std::min(request.timeout, left);
        m_hasPassed = true;
    }
    return m_http.exchange(std::move(request));
}

} // namespace Earshot
