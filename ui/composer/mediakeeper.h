// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/remote.h"

#include <QFuture>
#include <QImage>

namespace Earshot {

/// Puts files that go along with a reply beside the workspace, named by the hash of their content. Works on a thread of
/// Qt's pool, on which the futures end; each ends exactly once.
namespace MediaKeeper {

/// @param mostBytes of anything but a picture, which is made smaller when sent; 0 = no limit known. Errors: notFound,
/// tooLarge, unsupported (not a picture, sound or film), diskFull, io.
[[nodiscard]] QFuture<Result<OutgoingMedia>> keepFile(const QString &folder, const QString &path, qint64 mostBytes);
/// A picture from the clipboard, kept as PNG.
[[nodiscard]] QFuture<Result<OutgoingMedia>> keepImage(const QString &folder, const QImage &image);

} // namespace MediaKeeper

} // namespace Earshot
