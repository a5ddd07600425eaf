// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace Earshot {

/// The signals by which a service is told to end or to read its files again, in the event loop. One object a process,
/// made before any thread is.
class ServerSignals final : public QObject
{
    Q_OBJECT

public:
    ServerSignals();
    ~ServerSignals() override;

Q_SIGNALS:
    /// SIGTERM or SIGINT. A second one ends the process at once.
    void endWished();
    /// SIGHUP.
    void reloadWished();

private:
    void onReadable();

    int m_descriptor = -1;
    bool m_isEnding = false;
};

} // namespace Earshot
