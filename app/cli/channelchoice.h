// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/remote.h"

namespace Earshot {

/// What a person said about the channel to be added.
struct ChannelWish
{
    QString address;
    std::optional<Network> network;
    bool hasUser = false;
    bool hasPassword = false;
    bool hasToken = false;
    bool hasBrowser = false; ///< would sign in by browser
};

/// Which of the things found at an address is meant: of the network that was named, able to use the secret that was
/// given, exactly the address that was typed, the best; in this order. Pure.
/// Errors: notFound (nothing of that network), invalid (something is needed: the detail names the option).
[[nodiscard]] Result<Finding> chooseFinding(const QList<Finding> &findings, const ChannelWish &wish);

/// Which options a finding still needs, as the person types them; empty = it can be added.
[[nodiscard]] QStringList missingOptions(const Finding &finding, const ChannelWish &wish);

} // namespace Earshot
