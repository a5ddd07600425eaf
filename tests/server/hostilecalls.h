// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Earshot {

// In a file without classes: moc loses its way in such texts.

/// Method calls that are right, of every family: a JSON list. STATE stands for what a state begins with.
extern const char *const goodCalls;
/// What does not belong anywhere, and what nearly does: a JSON list.
extern const char *const rubbish;

} // namespace Earshot
