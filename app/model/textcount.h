// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"

namespace Earshot {

struct TextCount
{
    int used = 0;
    int limit = 0;        ///< 0 = none known
    qsizetype cutAt = -1; ///< UTF-16 position in the text where the limit is passed, -1 when it fits
    [[nodiscard]] bool isTooLong() const { return limit > 0 && used > limit; }
    bool operator==(const TextCount &) const = default;
};

/// A text's length as the network counts it (networks.md 4; Mastodon's StatusLengthValidator). Advice only: the server
/// is the judge. Pure.
[[nodiscard]] TextCount countText(const QString &text, const QString &contentWarning, const Capabilities &capabilities);

/// The text cut into parts that each fit (at paragraph, sentence or word borders, never within a URL, handle or
/// grapheme). One element when it fits or no limit is known.
[[nodiscard]] QStringList splitText(const QString &text, const Capabilities &capabilities);

/// A reply that is too long for one post, cut into posts that fit beside the names and the warning that each of them
/// carries; one element when it fits, or when those alone are too long.
/// @param names whom it names, as recipientsOf() tells; ownDomain as in missingNames()
/// @param contentWarning as it will be shown
[[nodiscard]] QStringList splitReply(const QString &text, const QStringList &names, const QString &ownDomain,
                                     const QString &contentWarning, const Capabilities &capabilities);

} // namespace Earshot
