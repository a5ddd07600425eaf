// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <initializer_list>

class QFormLayout;

namespace Earshot {

/// Fields of forms that stand below each other begin in one line: every label becomes as wide as the widest that is
/// shown. To be called anew when rows are shown, hidden or named otherwise.
void alignLabels(std::initializer_list<QFormLayout *> forms);

} // namespace Earshot
