// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

namespace Earshot {

/// "Earshot" in the file's header (PRAGMA application_id), so that `file` and we can tell.
constexpr qint64 applicationId = 0x45617273; // "Ears"

/// The newest version of the schema that this program knows: the number of the last file under :/schema.
[[nodiscard]] int newestSchemaVersion();

/// The newest of them in which rows that travel changed their form.
[[nodiscard]] int newestSynchronisedVersion();

/// The version of an open file. Errors: damaged (not a workspace), newerVersion, and those of reading.
[[nodiscard]] Result<int> schemaVersion(Database &database);

/// Whether opening a file for writing brings it to a newer form first, which may take minutes. By its header alone, so
/// at once; what was brought there and is still in the log only counts as older, too. Any thread.
[[nodiscard]] bool isOlderForm(const QString &path);

/// Brings a file to the newest version, or to an earlier one, one transaction a step; the first failing step ends it
/// and leaves the file as it was after the last good one.
[[nodiscard]] Done migrate(Database &database, int upTo = newestSchemaVersion());

} // namespace Earshot
