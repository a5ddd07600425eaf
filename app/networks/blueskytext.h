// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace Earshot {

/// A part of a text that is more than text, by bytes of its UTF-8 (app.bsky.richtext.facet).
struct TextFacet
{
    enum class Kind { mention, link, tag };
    Kind kind = Kind::link;
    qsizetype start = 0; ///< first byte
    qsizetype end = 0;   ///< the byte behind the last
    QString value;       ///< handle, address with protocol, or tag without '#' (with '$' where that is its sign)

    bool operator==(const TextFacet &) const = default;
};

/// Finds mentions, links, hashtags and cashtags as the network's own client does (detectFacets of @atproto/api;
/// compared with it in tests/peers): handles and addresses of domains that exist, the latter with or without protocol
/// and without a mark behind them, hashtags of at most 64 graphemes that are no numbers. In order, not overlapping.
[[nodiscard]] QList<TextFacet> findFacets(const QString &text);

/// The record's form. @param dids of the mentioned by handle in lower case; who is missing there is not mentioned
[[nodiscard]] QJsonArray facetsToJson(const QList<TextFacet> &facets, const QHash<QString, QString> &dids);

/// A record's text as a person reads it: shortened links whole, hidden ones beside their text. Facets
/// (app.bsky.richtext.facet) that are out of range, overlap or cut a character are left out.
[[nodiscard]] QString textWithLinks(const QJsonObject &record);

} // namespace Earshot
