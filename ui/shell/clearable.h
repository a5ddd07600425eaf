// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QLineEdit;

namespace Earshot {

/// Gives a field a button that empties it, with a name for who cannot see it: Qt's own has none.
void makeClearable(QLineEdit &field);

} // namespace Earshot
