// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/session.h"

namespace Earshot {

/// The sample workspace, opened: 2,000 conversations over a year on fake networks that answer. Lives in a temporary
/// folder that goes with the session. Errors: those of Session::open, diskFull, io.
[[nodiscard]] Result<std::unique_ptr<Session>> openSampleSession(const Clock &clock);

} // namespace Earshot
