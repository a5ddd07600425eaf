// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

namespace Earshot {

struct FeedElement;

/// A piece of text from a feed whose author did not say whether it is markup: markup when it looks like it, else plain
/// text that keeps its lines. Markup that was escaped once too often is unescaped first.
[[nodiscard]] QString feedText(const QString &raw, const QUrl &base);

/// The same on one line, for titles and names.
[[nodiscard]] QString feedLine(const QString &raw);

/// The plain text of an Atom text construct or RSS element as its type and mode say (text, html, xhtml, base64, ...).
[[nodiscard]] QString elementText(const FeedElement &element);
[[nodiscard]] QString elementLine(const FeedElement &element);

/// An address that can be shown and followed: absolute http or https without user and password; else empty.
[[nodiscard]] QString webAddress(const QString &address, const QUrl &base);

/// A BCP 47 tag ("en_US" becomes "en-US"), or empty.
[[nodiscard]] QString languageTag(const QString &claimed);

} // namespace Earshot
