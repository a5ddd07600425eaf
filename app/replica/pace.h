// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QElapsedTimer>

#include <algorithm>
#include <chrono>

namespace Earshot {

/// How often the server's rows are taken. While thousands of actions wait each of them is decided anew with every few
/// rows: where taking rows took noticeably long the next ones are let come for as long as that took, and are taken as
/// one. The sender goes on meanwhile, so that what is decided anew grows with what waits and not with its square.
class Pace
{
public:
    using Ms = std::chrono::milliseconds;
    static constexpr Ms noticeable{50};
    static constexpr Ms longest{10'000};

    /// Taking begins.
    void begin() { m_timer.start(); }
    /// It is over.
    void end()
    {
        const Ms cost(m_timer.restart());
        m_rest = cost < noticeable ? Ms(0) : std::min(cost, longest);
    }
    /// Until rows are to be taken again; zero = at once.
    [[nodiscard]] Ms rest() const
    {
        return m_timer.isValid() ? std::max(m_rest - Ms(m_timer.elapsed()), Ms(0)) : Ms(0);
    }

private:
    QElapsedTimer m_timer;
    Ms m_rest{};
};

} // namespace Earshot
