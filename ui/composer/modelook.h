// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"

#include <QColor>
#include <QCoreApplication>
#include <QPalette>

namespace Earshot {

/// How the three ways of writing differ to the eye and to the ear, on screen everywhere the same: each has a word, an
/// icon and a colour. The colours have a contrast of at least 4.5 on the palette's Base.
class ModeLook final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::ModeLook)

public:
    using Mode = DraftRecord::Mode;
    /// The ways of writing something new.
    static constexpr Mode all[] = {Mode::reply, Mode::privateReply, Mode::note};

    [[nodiscard]] static QString word(Mode mode);
    [[nodiscard]] static QString icon(Mode mode);
    [[nodiscard]] static QColor color(Mode mode, const QPalette &palette);
    /// A ground for text, near the palette's Base.
    [[nodiscard]] static QColor tint(Mode mode, const QPalette &palette);
};

} // namespace Earshot
