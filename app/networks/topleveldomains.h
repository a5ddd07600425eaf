// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Earshot {

/// Whether a name ends with a top-level domain that exists: "acme.com" does, "file.txt" does not. In lower case, as the
/// public suffix list has it that Qt holds (https://publicsuffix.org); where this build of Qt holds none, each does.
[[nodiscard]] bool hasTopLevelDomain(const QString &name);

} // namespace Earshot
