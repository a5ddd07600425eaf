// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Earshot {

/// A document such as strangers write, as XML that a strict reader accepts as far as possible: begins at the feed's
/// root; without document type, comments and processing instructions; control characters and references to them gone;
/// HTML's named entities resolved; every other "&" and every "<" that opens nothing escaped. Lines keep their numbers.
/// Empty when there is no root of a feed. Pure, linear.
[[nodiscard]] QString cleanFeedXml(const QString &document);

} // namespace Earshot
