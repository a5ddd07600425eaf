// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/future.h"
#include "networks/feedinflate.h"

#include <QThreadPool>

#include <functional>

namespace Earshot {

/// Reads a body that a stranger sent: what is small at once, what is large (or compressed, and so of any size) on
/// another thread, as the network's has other channels to serve. `read` is pure: it runs on any thread, also when
/// nobody waits for its result any more.
template <class T>
[[nodiscard]] QFuture<Result<T>> readAside(const QByteArray &body, std::function<Result<T>()> read)
{
    // The worst feed of this size takes about 50 ms.
    constexpr qsizetype small = 256 * 1024;
    if (body.size() <= small && !mayBeCompressed(body))
        return readyFuture(read());
    const auto pending = Pending<T>::create();
    QThreadPool::globalInstance()->start([pending, read = std::move(read)] { pending->end(read()); });
    return pending->future();
}

} // namespace Earshot
