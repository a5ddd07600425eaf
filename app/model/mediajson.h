// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"

#include <QJsonArray>

namespace Earshot {

// What goes along with a draft, for its row and for the way to the process that owns the file.

[[nodiscard]] QJsonArray mediaToJson(const QList<OutgoingMedia> &media);
/// Without what has no hash.
[[nodiscard]] QList<OutgoingMedia> mediaFromJson(const QJsonArray &list);

} // namespace Earshot
