// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/clockreader.h"

#include "model/future.h"

namespace Earshot {

QFuture<Result<HttpAnswer>> ClockReader::exchange(HttpRequest request)
{
    // Watched before it is handed out, so that the clock is known to whoever gets the answer.
    const QFuture<Result<HttpAnswer>> future = m_setting.http->exchange(std::move(request));
    whenDone(future, &m_context, [this](const Result<HttpAnswer> &answer) {
        if (answer && !answer->header("date").isEmpty())
            m_offset = clockOffset(*answer, m_setting.clock->now());
    });
    return future;
}

Duration ClockReader::offset() const
{
    // A Date has whole seconds, and answers take their time.
    return std::chrono::abs(m_offset) < std::chrono::minutes(1) ? Duration(0) : m_offset;
}

} // namespace Earshot
