// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/feednames.h"
#include "networks/feedxml.h"

namespace Earshot {

/// Reads an item that is no well-formed XML (HTML with forgotten escapes in its text, mostly) by looking for its parts'
/// start and end tags. What stands in a part for text is taken as HTML.
/// @param source between the item's own tags, cleaned as readFeedXml() does
/// @param item has the item's name, base and language, and gets the parts
void readLooseItem(QStringView source, const FeedNames &names, FeedElement &item);

/// Whether an element holds text for people: markup found inside is theirs, not the feed's structure.
[[nodiscard]] bool holdsFeedText(const QString &name);

} // namespace Earshot
