// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

namespace Earshot {

/// Ctrl+C and the request to end, as a signal in the event loop. The first one is told; a second one ends the process
/// as usual. One object a process, on the main thread.
class Interrupt final : public QObject
{
    Q_OBJECT

public:
    Interrupt();
    ~Interrupt() override;

    /// May be asked from any thread.
    [[nodiscard]] static bool hasHappened();

Q_SIGNALS:
    void happened();
};

} // namespace Earshot
