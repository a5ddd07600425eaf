// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/replica/decider.h"
#include "tests/replica/mortaldesktop.h"
#include "tests/replica/roughline.h"
#include "tests/server/cuttingproxy.h"

namespace Earshot {

/// An agent of a random history: a desktop behind a line of its own, and what was done at it.
struct Colleague
{
    std::unique_ptr<CuttingProxy> line;
    std::unique_ptr<RoughLine> rough; ///< before the other
    std::unique_ptr<Desktop> desktop;
    std::unique_ptr<MortalDesktop> mortal; ///< has the same replica while the other is closed
    QList<DeskDeed> deeds;
    Decider decider;

    [[nodiscard]] bool isThere() const { return mortal || desktop->isOpen(); }
};

} // namespace Earshot
