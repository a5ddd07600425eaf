// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/heap.h"

#include <QTimer>

#include <chrono>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace Earshot {

void limitHeaps()
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 2);
#endif
}

void trimHeapsRegularly([[maybe_unused]] QObject *parent)
{
#ifdef __GLIBC__
    auto *timer = new QTimer(parent);
    timer->callOnTimeout([] { malloc_trim(0); });
    timer->start(std::chrono::minutes(1));
#endif
}

} // namespace Earshot
