// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QStringView>

namespace Earshot {

/// A part of a text that networks treat as one thing.
struct TextSpan
{
    enum class Kind {
        address, ///< http(s)://...
        handle,  ///< @user or @user@domain
    };
    Kind kind = Kind::address;
    qsizetype start = 0; ///< UTF-16 units
    qsizetype size = 0;
    qsizetype localSize = 0; ///< of a handle: "@user" without its domain

    bool operator==(const TextSpan &) const = default;
    [[nodiscard]] qsizetype end() const { return start + size; }
};

/// The addresses (only with a protocol; trailing punctuation is not part of them) and handles of a text, in order and
/// not overlapping, as Mastodon finds them. Linear time. Pure.
[[nodiscard]] QList<TextSpan> textSpans(QStringView text);

} // namespace Earshot
