// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/registry.h"

namespace Earshot {

/// Carries requests on and reads the other end's clock from the answers. Lives on the network thread, outlives the
/// connectors that speak through it.
class ClockReader final : public HttpTransport
{
public:
    explicit ClockReader(const NetworkSetting &setting)
        : m_setting(setting)
    {
    }

    [[nodiscard]] QFuture<Result<HttpAnswer>> exchange(HttpRequest request) override;

    /// How far the network's clock is ahead of ours, by its last answer with a Date; 0 where none had one, and when it
    /// is less than a minute.
    [[nodiscard]] Duration offset() const;

private:
    NetworkSetting m_setting;
    QObject m_context;
    Duration m_offset{0};
};

} // namespace Earshot
