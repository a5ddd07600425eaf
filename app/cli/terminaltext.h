// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Earshot {

/// A text that may come from a stranger, made safe for a terminal: control characters (escape sequences begin with
/// one), bidirectional controls, private-use characters and lone surrogates become blanks or nothing. Line feeds stay
/// when `keepsLines`, else they become blanks.
[[nodiscard]] QString terminalText(const QString &text, bool keepsLines = false);

/// How many columns a terminal needs for it: two for wide East Asian characters and emoji, none for combining marks.
[[nodiscard]] int displayWidth(const QString &text);

/// The text cut on a grapheme border to at most `columns`, with "…" when something was cut off.
[[nodiscard]] QString cutToWidth(const QString &text, int columns);

} // namespace Earshot
