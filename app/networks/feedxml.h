// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QUrl>

#include <functional>
#include <utility>
#include <vector>

namespace Earshot {

/// One element of a feed, whole, with its names made the same for all feeds: "dc:creator" whatever prefix (or none, or
/// an undeclared one) the document uses. RSS of every version has no prefix, Atom of both versions has "atom".
struct FeedElement
{
    QString name;
    QList<std::pair<QString, QString>> attributes;
    QString text;          ///< its text; the markup inside it when isMarkup
    bool isMarkup = false; ///< it held elements where text was to be expected (XHTML content, forgotten CDATA)
    QUrl base;             ///< what its relative links belong to (xml:base)
    QString language;      ///< xml:lang
    std::vector<FeedElement> children;

    [[nodiscard]] const FeedElement *child(QLatin1StringView childName) const;
    /// The trimmed text of the first child with this name that has any.
    [[nodiscard]] QString textOf(QLatin1StringView childName) const;
    [[nodiscard]] QString attribute(QLatin1StringView attributeName) const;
};

/// How reading ended.
struct FeedXmlEnd
{
    bool isComplete = false; ///< the root's end was met and nothing had to be skipped
    QString trouble;         ///< "line 12: ..." for the first thing that was wrong, or empty
    QString rootName;        ///< "rss", "rdf:RDF", "atom:feed", or empty when there is no feed
    QString version;         ///< the root's version attribute
};

/// What the reader hands over, in the order of the document. False ends the reading.
struct FeedXmlSink
{
    std::function<bool(const FeedElement &)> item;
    std::function<void(const FeedElement &)> aboutFeed; ///< every other element of the feed or channel
};

/// Reads RSS and Atom of every version as they come: junk before the root, control characters, unescaped "&" and "<",
/// HTML's named entities, undeclared prefixes. DTDs are thrown away unread and entities of their own never expanded.
/// A broken item is read as well as it can be (feedloose.h), what else is broken is skipped up to the next item. At
/// most 100 levels, 2 million characters per element, 100 repairs.
[[nodiscard]] FeedXmlEnd readFeedXml(const QString &document, const QUrl &base, const FeedXmlSink &sink);

} // namespace Earshot
