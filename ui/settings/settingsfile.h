// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QString>

namespace Earshot {

// A person's settings of this program as one file, to take along to another machine: shortcuts, appearance,
// notifications, the words added to dictionaries. Not where windows stood, and never a secret: there is none in them.
//
//   {"format": "earshot-settings", "version": 1, "values": {"shortcuts/conversation.reply": ["Y", ""], ...},
//    "words": {"de_DE": ["ThinkTower"]}}

/// @param ownWords folder of the dictionaries' own words. Errors: io.
[[nodiscard]] Done exportSettings(const QString &path, const QString &ownWords);
/// Takes over what it knows and replaces what is there of it; nothing is changed when the file is none of ours.
/// Errors: io, malformed, newerVersion.
[[nodiscard]] Done importSettings(const QString &path, const QString &ownWords);

/// To be called before settings are first read: a file that cannot be read any more, as after a crash of the machine,
/// is put aside, so that the program starts with its defaults. @return where it lies now; empty = it was fine
[[nodiscard]] QString putDamagedSettingsAside();

} // namespace Earshot
