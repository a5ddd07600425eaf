// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QThreadPool>

namespace Earshot {

/// The threads for what takes its time: as many as there are processors, two at least; what is begun is over before the
/// application is gone. Not QThreadPool::globalInstance(): Qt 6.4 fills large areas with those, and a window that is
/// painted waits until they are free. Thread-safe.
[[nodiscard]] QThreadPool &backgroundThreads();

} // namespace Earshot
