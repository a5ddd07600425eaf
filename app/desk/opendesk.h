// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/desk.h"

namespace Earshot {

/// A workspace that is open for work: here, or served elsewhere. Lives on the thread that made it, which needs an event
/// loop.
class OpenDesk
{
public:
    virtual ~OpenDesk() = default;

    [[nodiscard]] virtual Workspace &workspace() = 0;
    [[nodiscard]] virtual Desk &desk() = 0;
    [[nodiscard]] virtual ChannelService &channels() = 0;
    /// Whether this process is the one that pulls and sends.
    [[nodiscard]] virtual bool isOwner() const = 0;
    /// Before it goes: what was typed last is written.
    [[nodiscard]] virtual QFuture<Done> close() = 0;
};

} // namespace Earshot
