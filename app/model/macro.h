// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/words.h"

#include <QList>
#include <QString>

namespace Earshot {

/// One thing that a macro does.
struct MacroStep
{
    MacroStepKind kind = MacroStepKind::claim;
    QString argument; ///< see MacroStepKind
    bool operator==(const MacroStep &) const = default;
};

/// As it is stored: a JSON list. Read and written as a whole, never asked for.
[[nodiscard]] QString stepsToText(const QList<MacroStep> &steps);
/// What a newer version wrote and this one does not know is left out.
[[nodiscard]] QList<MacroStep> stepsFromText(const QString &text);

/// Whether the step says all it needs; `problem` = what is missing, for the log.
[[nodiscard]] bool isComplete(const MacroStep &step, QString *problem = nullptr);

} // namespace Earshot
