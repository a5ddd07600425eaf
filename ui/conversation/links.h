// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace Earshot {

/// An address within a plain text.
struct Link
{
    int start = 0; ///< UTF-16
    int length = 0;
    QUrl url;
};

/// The http and https addresses that stand in a text as such. Nothing else ever becomes a link.
[[nodiscard]] QList<Link> findLinks(const QString &text);

/// Opens http and https addresses in the person's browser, nothing else. False when the address was refused.
bool openOutside(const QUrl &url);

} // namespace Earshot
