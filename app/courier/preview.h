// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"

#include <QByteArray>
#include <QSize>

namespace Earshot {

/// The longest side of what the desk keeps of a picture, in pixels.
constexpr int longestPreviewSide = 1280;
/// A picture of more pixels is not decoded: 96 MB as it lies in memory, whatever its file weighs.
constexpr qint64 mostPreviewPixels = 24'000'000;

struct Preview
{
    QByteArray bytes; ///< PNG where the picture has transparent parts, else JPEG
    QSize original;   ///< as it is to be looked at, before it was made smaller
};

/// What is kept of a picture that a network gave: one still frame of at most 1,280 pixels a side, drawn anew, so that
/// nothing else that the file carried (place, camera, further frames, what only claims to be a picture) stays. PNG,
/// JPEG, GIF and WebP by their content only. Takes time and memory: not on a thread that anybody waits for.
/// Errors: unsupported (no such picture), tooLarge, malformed.
[[nodiscard]] Result<Preview> makePreview(const QByteArray &file);

} // namespace Earshot
