// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QUrl>

namespace Earshot {

/// The plain text of a piece of HTML from a stranger. The one way by which markup enters the workspace: no markup,
/// script, style, remote load or tracking pixel survives, only text. Paragraphs, list items, quotes and line breaks
/// keep their shape; a link whose text is not its address is written "text (https://address)"; images become their
/// alternative text in brackets; Mastodon's "invisible"/"ellipsis" link spans give the whole address; `quote-inline`
/// paragraphs are dropped. Malformed, deeply nested or endless markup gives the best text that can be had, in linear
/// time and bounded memory.
/// @param base resolves relative links; only http, https and mailto addresses are shown.
[[nodiscard]] QString htmlToText(const QString &html, const QUrl &base = {});

/// Named, decimal and hexadecimal character references of HTML decoded once; anything unknown stays as it is.
[[nodiscard]] QString decodeEntities(const QString &text);

/// Whether a letter is kept out of every text for marks of our own: U+E001 and U+E002 stand around what a search found,
/// those from U+100000 (a plane for private use) are the index's words for channel, author, kind and month.
[[nodiscard]] constexpr bool isReservedLetter(char32_t c)
{
    return c == 0xE001 || c == 0xE002 || c >= 0x100000;
}

/// A stranger's text made safe to show and store: NFC, CR LF to LF, control characters, reserved letters and lone
/// surrogates removed, bidirectional embeddings, overrides and isolates closed where they were left open, at most three
/// blank lines in a row, white space trimmed, cut at `maxLength` UTF-16 units on a grapheme border with "…".
[[nodiscard]] QString cleanText(const QString &text, qsizetype maxLength = 100'000);

/// cleanText() on one line: for names, titles and snippets. Runs of white space become one blank.
[[nodiscard]] QString cleanLine(const QString &text, qsizetype maxLength = 200);

} // namespace Earshot
