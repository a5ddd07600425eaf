// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/serversignals.h"

#include <QSocketNotifier>

#include <csignal>
#include <cstdlib>
#include <sys/signalfd.h>
#include <unistd.h>

namespace Earshot {

ServerSignals::ServerSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&signals, number);
    // Threads made from now on inherit the mask: the signals only come by the descriptor.
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_descriptor = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    auto *notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &ServerSignals::onReadable);
}

ServerSignals::~ServerSignals()
{
    ::close(m_descriptor);
}

void ServerSignals::onReadable()
{
    signalfd_siginfo info{};
    while (::read(m_descriptor, &info, sizeof info) == ssize_t(sizeof info)) {
        if (info.ssi_signo == SIGHUP) {
            Q_EMIT reloadWished();
            continue;
        }
        if (m_isEnding)
            std::_Exit(130);
        m_isEnding = true;
        Q_EMIT endWished();
    }
}

} // namespace Earshot
