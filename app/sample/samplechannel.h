// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "model/secret.h"
#include "networks/connector.h"

namespace Earshot {

/// What a channel of the sample is connected as.
struct SampleChannel
{
    Act::AddChannel add;
    Account account;
    Secret secret;
    int pullEverySeconds = 60;

    [[nodiscard]] static SampleChannel named(Network network, const QString &address, const QString &name,
                                             Purpose purpose)
    {
        SampleChannel channel;
        channel.add.network = network;
        channel.add.address = address;
        channel.add.name = name;
        channel.add.purpose = purpose;
        return channel;
    }
};

} // namespace Earshot
