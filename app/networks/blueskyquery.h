// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QString>

namespace Earshot {

/// Whether a post's record carries a hashtag, in whatever capitals: in its list of tags, as a facet or in its text.
/// @param tag without '#'
[[nodiscard]] bool carriesTag(const QJsonObject &record, const QString &tag);

/// Whether a post that no search has brought, as it stands around one that was found, is meant by the search as well:
/// has all its words and phrases and the author that it names. What only the server can tell (dates, languages,
/// domains, words that must not be there) is not guessed: it is not meant, since the search itself brings what is.
/// @param post as app.bsky.feed.defs#postView
[[nodiscard]] bool isMeantBySearch(const QJsonObject &post, const QString &query);

} // namespace Earshot
