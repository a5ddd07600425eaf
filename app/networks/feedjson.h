// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/feedparser.h"

namespace Earshot {

/// Reads a JSON Feed (1.0 and 1.1). A document that ends in the middle gives its complete items. Errors: malformed.
[[nodiscard]] Result<Feed> readFeedJson(const QString &document, const QUrl &url);

} // namespace Earshot
