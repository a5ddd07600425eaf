// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/interrupt.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <unistd.h>

namespace Earshot {

namespace {

std::array<int, 2> pipeEnds = {-1, -1};
volatile std::sig_atomic_t interrupted = 0;

extern "C" void onInterruptSignal(int number)
{
    interrupted = 1;
    // Whoever presses twice wants it to end now.
    std::signal(number, SIG_DFL);
    const char byte = 'i';
    [[maybe_unused]] const ssize_t written = ::write(pipeEnds[1], &byte, 1);
}

} // namespace

Interrupt::Interrupt()
{
    if (::pipe(pipeEnds.data()) != 0)
        return;
    auto *notifier = new QSocketNotifier(pipeEnds[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        Q_EMIT happened();
    });
    std::signal(SIGINT, onInterruptSignal);
    std::signal(SIGTERM, onInterruptSignal);
}

Interrupt::~Interrupt()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    ::close(pipeEnds[0]);
    ::close(pipeEnds[1]);
}

bool Interrupt::hasHappened()
{
    return interrupted != 0;
}

} // namespace Earshot
