// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/connector.h"

namespace Earshot {

/// What a network takes of a picture; 0 = no limit known.
struct MediaLimits
{
    qint64 maxBytes = 0;
    int maxEdge = 0; ///< pixels of the longer side
};

/// A file as it is sent.
struct PreparedMedium
{
    QByteArray content;
    QString type;  ///< MIME
    int width = 0; ///< pixels, 0 where it is no picture
    int height = 0;
    bool isScaled = false; ///< it is smaller than what was attached
};

/// Makes a picture smaller that is over the limits; anything else is left as it is. Always the same bytes of the same.
/// Errors: tooLarge (no picture, or not to be made small enough).
[[nodiscard]] Result<PreparedMedium> fittedMedium(const QByteArray &content, const QString &type,
                                                  const MediaLimits &limits);

/// Reads an attached file, and makes a picture smaller that is over the limits: always the same bytes for the same
/// file, so that a repeat sends the same. Errors: io (it cannot be read), tooLarge (no picture, or not to be made
/// small enough).
[[nodiscard]] Result<PreparedMedium> prepareMedium(const ChannelAccess &access, const OutgoingMedia &media,
                                                   const MediaLimits &limits);

} // namespace Earshot
