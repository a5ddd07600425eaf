// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/remote.h"

namespace Earshot {

/// Copies a file into a workspace's media folder under the hash of its content, so that it can be sent along. A file
/// that is there already stays, as one that was put there now. Whole or not at all. Any thread.
/// @param maxBytes more are refused
/// Errors: notFound, tooLarge, diskFull, io.
[[nodiscard]] Result<OutgoingMedia> keepMedia(const QString &mediaFolder, const QString &file,
                                              const QString &description, qint64 maxBytes = 100 * 1024 * 1024);

/// Whether keepMedia() put a file of such a folder there a moment ago: what it is to be sent along with may not be
/// written yet.
[[nodiscard]] bool isKeptJustNow(const QString &file);

/// The same for bytes that were fetched; of these isKeptJustNow() is not true. @return their hash, the file's name.
/// Errors: diskFull, io.
[[nodiscard]] Result<QString> keepMediaBytes(const QString &mediaFolder, const QByteArray &bytes);

} // namespace Earshot
