// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/background.h"

#include <QCoreApplication>

#include <algorithm>

namespace Earshot {

namespace {

class Threads final : public QThreadPool
{
public:
    Threads()
    {
        setMaxThreadCount(std::max(2, maxThreadCount()));
        qAddPostRoutine([] { backgroundThreads().waitForDone(); });
    }
};

} // namespace

QThreadPool &backgroundThreads()
{
    static Threads threads;
    return threads;
}

} // namespace Earshot
