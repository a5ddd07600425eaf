// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/decide.h"
#include "model/records.h"

namespace Earshot {

/// A short text for how something looks, in its tidy form: what looks the same has the same. With it a change says what
/// it was based on (`was`), so that two who change one thing do not overwrite each other without a word.
/// The first 16 hexadecimal digits of SHA-256 over the UTF-8 of its parts, with U+0000 between: a saved reply's name
/// and text; a macro's name, key and steps (see stepsToText()); an agent's name and the word of the role; a note's
/// text; of a channel what is changed of it, the others empty: its name, the word of its purpose, its interval (s); of
/// a view its compact JSON, see toJson().
[[nodiscard]] QString versionOf(const Act::KeepSavedReply &reply);
[[nodiscard]] QString versionOf(const Act::KeepMacro &macro);
/// Empty where it names a tag that only this replica has: the server has another id for that.
[[nodiscard]] QString versionOf(const ViewContent &view);
[[nodiscard]] QString versionOf(const QString &agentName, Role role);
[[nodiscard]] QString versionOfNote(const QString &text);
/// As the channel is or is shown, of what the wish changes.
[[nodiscard]] QString versionOf(const ChannelFacts &channel, const Act::EditChannel &wish);
[[nodiscard]] QString versionOf(const ChannelRecord &channel, const Act::EditChannel &wish);
/// The same wish of who has before the eyes what these facts show: where it said what it was based on, it is that now.
[[nodiscard]] ActionArguments basedOnPresent(ActionArguments arguments, const Facts &facts);

/// As it is kept: the name on one line, the key as a capital, based on nothing.
[[nodiscard]] Act::KeepSavedReply tidied(Act::KeepSavedReply reply);
[[nodiscard]] Act::KeepMacro tidied(Act::KeepMacro macro);

} // namespace Earshot
