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

void trimHeaps()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

void trimHeapsRegularly(QObject *parent)
{
    auto *timer = new QTimer(parent);
    timer->callOnTimeout(&trimHeaps);
    timer->start(std::chrono::minutes(1));
}

} // namespace Earshot
