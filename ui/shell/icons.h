// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/words.h"

#include <QIcon>

namespace Earshot {

/// The bundled icons: one-coloured SVG under :/icons, drawn in the palette's text colour as it is when they are
/// painted, so that they follow light, dark, disabled and selected.
namespace Icons {

/// @param name file name without ending; one that does not exist gives an empty icon and a warning
[[nodiscard]] QIcon icon(const QString &name);
/// Draws one in a colour of the caller's choice (delegates).
void paint(QPainter *painter, const QRect &rect, const QString &name, const QColor &color);
/// The name of a network's glyph.
[[nodiscard]] QString ofNetwork(Network network);

} // namespace Icons

} // namespace Earshot
