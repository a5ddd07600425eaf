// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QByteArray>
#include <QHash>
#include <QStringList>

namespace Earshot {

/// Of each synchronised table that there was, the properties with which its rows travelled.
using WireProperties = QHash<QByteArray, QStringList>;

/// As a program knew them whose newest migration of synchronised tables is `form`; empty = as this one does. Found by
/// making an empty file of that form in memory, once. Thread-safe. Errors: those of a database.
[[nodiscard]] Result<WireProperties> propertiesOfForm(int form);

} // namespace Earshot
