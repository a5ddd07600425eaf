// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "networks/registry.h"

namespace Earshot {

/// Who a secret speaks as at an address, asked before anything is stored.
struct CheckedAccess
{
    Account account;
    Secret secret; ///< to be kept: asking may have used up what was given and made a new one of it
    /// How far the network's clock is ahead of ours, by its answers; 0 where they have no Date, and when it is less
    /// than a minute.
    Duration clockOffset{0};
};

/// Asks the network once, with a connector of its own. Errors are those of Connector::check(), and unsupported.
/// @param context lives on the network thread; when it dies the future ends with `cancelled`
[[nodiscard]] QFuture<Result<CheckedAccess>> checkAccess(ChannelAccess access, const NetworkSetting &setting,
                                                         QObject *context);

/// Whether the account is the one that the channel speaks as. Errors: otherAccount.
[[nodiscard]] Done sameAccount(const ChannelRecord &channel, const Account &account);

/// Whether the account is the one that the address of a new channel names, if it names one. Errors: otherAccount.
[[nodiscard]] Done accountOfAddress(const ChannelAccess &access, const Account &account);

} // namespace Earshot
