// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/registry.h"

namespace Earshot {

/// What of a WordPress site can be connected, if `page` is one of its pages: its comments, by application password
/// where the site offers them, to read only where it does not. The site's comments feed delivers the same items and is
/// named as `sameAs`. An empty list when the page is of no such site, or the site hides its interface. On the
/// network thread; `setting` outlives the future. Errors: transient, rateLimited.
[[nodiscard]] QFuture<Result<QList<Finding>>> findWordPress(const HttpAnswer &page, const NetworkSetting &setting);

} // namespace Earshot
