// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/mastodonsession.h"

namespace Earshot {

// The list that a channel listens to: notifications for an inbox, a public timeline otherwise.

/// Where its newest page is.
[[nodiscard]] QByteArray newestPage(const MastodonSession &session);
/// The same page with fewer items; empty when it is one already.
[[nodiscard]] QByteArray withFewer(const QByteArray &path);

struct MastodonItem
{
    QString key; ///< what a mark remembers it by
    QString id;  ///< for max_id
    Time createdAt;
    QJsonObject post; ///< empty when the item brings none
};
/// What stands on a page; what cannot be remembered is left out.
[[nodiscard]] QList<MastodonItem> itemsOf(const QJsonArray &page, const MastodonSession &session);

} // namespace Earshot
