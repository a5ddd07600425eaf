// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

namespace Earshot {

/// What lies beside a replica that is to be erased at its server's word, from then on until it is (replica/erasing.h).
/// @param path also a link to the replica
[[nodiscard]] QString eraseMarkOf(const QString &path);
/// What the name of such a mark ends with.
[[nodiscard]] QString eraseMarkEnd();
/// Nobody reads what may no longer be there. Errors: notFound (the mark is there).
[[nodiscard]] Done mayBeRead(const QString &path);

} // namespace Earshot
