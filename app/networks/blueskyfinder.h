// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/registry.h"

namespace Earshot {

/// What an address is on Bluesky: an account (to answer with an app password, or to listen to), a hashtag, a search, or
/// a server where one may have an account. An empty list when it is nothing there. A name without '@' that may as well
/// be a site is asked about at that very host alone. Errors: those of the transport when nobody could be asked.
/// @param mayBeServer whether a site that is nothing else should be asked if it is a server
[[nodiscard]] QFuture<Result<QList<Finding>>> findBluesky(const QString &address, bool mayBeServer,
                                                          const NetworkSetting &setting);

} // namespace Earshot
