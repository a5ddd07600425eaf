// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QByteArray>

namespace Earshot {

/// Whether a document may be compressed although nobody said so (a file "feed.xml.gz", a server that forgets
/// Content-Encoding): it begins like gzip (RFC 1952) or zlib (RFC 1950) data, or like nothing that is text.
[[nodiscard]] bool mayBeCompressed(const QByteArray &body);

/// The body with its compression undone: gzip, zlib, or bare deflate data (RFC 1951); as it is when it has none. What
/// breaks off gives what came before. Pure, thread-safe. Errors: tooLarge (more than `most` bytes).
[[nodiscard]] Result<QByteArray> inflated(const QByteArray &body, qsizetype most);

} // namespace Earshot
