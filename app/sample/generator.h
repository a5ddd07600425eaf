// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <functional>

namespace Earshot {

[[nodiscard]] Done generateWorkspace(const QString &path, qint64 conversations, qint64 messages, quint32 seed, const Clock &clock,
                                     const std::function<void(double)> &progress);

} // namespace Earshot
