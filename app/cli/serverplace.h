// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "cli/jmapclient.h"
#include "cli/workplace.h"

namespace Earshot {

/// A workplace that a server serves (app/server/PROTOCOL.md). Errors: those of JmapClient::begin.
[[nodiscard]] Result<std::unique_ptr<Workplace>> openServer(std::unique_ptr<JmapClient> client);

} // namespace Earshot
