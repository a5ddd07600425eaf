// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Earshot {

// Single tags of a stranger's page, without reading it as a whole. Pure.

/// A tag at `at`, from "<" to ">"; empty when it is no such tag.
[[nodiscard]] QString tagAt(const QString &html, qsizetype at, QLatin1StringView name);
/// Where to go on after what begins at `at`: comments, scripts and styles hold no tags.
[[nodiscard]] qsizetype skippedTag(const QString &html, qsizetype at);
/// An attribute of a tag, its entities resolved; empty when it has none of that name.
[[nodiscard]] QString attributeOf(const QString &tag, QLatin1StringView name);

} // namespace Earshot
