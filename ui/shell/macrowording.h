// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QCoreApplication>

namespace Earshot {

class Roster;

/// What macros do, in words.
class MacroWording final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::MacroWording)

public:
    /// "Add a tag".
    [[nodiscard]] static QString of(MacroStepKind kind);
    /// "Add the tag hardware".
    [[nodiscard]] static QString of(const MacroStep &step, const Roster &roster);
    [[nodiscard]] static QString of(const QList<MacroStep> &steps, const Roster &roster);
    /// "1 hour", "3 days".
    [[nodiscard]] static QString minutes(qint64 minutes);
};

} // namespace Earshot
