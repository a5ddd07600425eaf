// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/feeditem.h"
#include "networks/feedtext.h"

#include <utility>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MAX_MEDIA = 20;

QString described(const FeedElement &element)
{
    for (const QLatin1StringView name : {"media:description"_L1, "media:title"_L1}) {
        if (const FeedElement *child = element.child(name))
            return elementLine(*child);
    }
    return {};
}

QString previewOf(const FeedElement &element)
{
    const FeedElement *thumbnail = element.child("media:thumbnail"_L1);
    return thumbnail ? webAddress(thumbnail->attribute("url"_L1), thumbnail->base) : QString();
}

RemoteMedia mediumOf(const FeedElement &element)
{
    RemoteMedia medium;
    const bool isLink = element.name == "atom:link"_L1;
    medium.url = webAddress(element.attribute(isLink ? "href"_L1 : "url"_L1), element.base);
    medium.type = element.attribute("type"_L1).left(100);
    if (medium.type.isEmpty())
        medium.type = element.attribute("medium"_L1).left(100);
    medium.width = qBound(0, element.attribute("width"_L1).toInt(), 100'000);
    medium.height = qBound(0, element.attribute("height"_L1).toInt(), 100'000);
    medium.description = isLink ? feedLine(element.attribute("title"_L1)) : described(element);
    medium.previewUrl = previewOf(element);
    return medium;
}

bool isMedium(const FeedElement &element)
{
    if (element.name == "atom:link"_L1)
        return element.attribute("rel"_L1).toLower() == "enclosure"_L1;
    return element.name == "enclosure"_L1 || element.name == "media:content"_L1;
}

/// The picture of a person, not of what is said.
bool isAvatar(const QString &address)
{
    const QString host = QUrl(address).host();
    return host.endsWith("gravatar.com"_L1) || host == "avatars.githubusercontent.com"_L1;
}

/// What nothing plays any more: YouTube still names it beside the preview.
bool isFlash(const RemoteMedia &medium)
{
    return medium.type == "application/x-shockwave-flash"_L1;
}

/// One that measures people, not one that shows them something.
bool isPixel(const RemoteMedia &medium)
{
    return medium.width == 1 && medium.height == 1;
}

void collect(const FeedElement &element, QList<RemoteMedia> &media, QString &avatar)
{
    for (const FeedElement &child : element.children) {
        if (child.name == "media:group"_L1 && element.name != child.name)
            collect(child, media, avatar);
        if (!isMedium(child))
            continue;
        const RemoteMedia medium = mediumOf(child);
        const bool isKnown = std::any_of(media.cbegin(), media.cend(),
                                         [&medium](const RemoteMedia &other) { return other.url == medium.url; });
        if (medium.url.isEmpty() || isKnown || isPixel(medium) || isFlash(medium) || media.size() >= MAX_MEDIA)
            continue;
        if (isAvatar(medium.url))
            avatar = medium.url;
        else
            media.append(medium);
    }
}

} // namespace

QList<RemoteMedia> mediaOf(const FeedElement &item, QString &avatar)
{
    QList<RemoteMedia> media;
    collect(item, media, avatar);
    const FeedElement *group = item.child("media:group"_L1);
    QString preview = previewOf(item);
    if (preview.isEmpty() && group)
        preview = previewOf(*group);
    if (isAvatar(preview))
        avatar = std::exchange(preview, {});
    if (preview.isEmpty())
        return media;
    if (media.isEmpty())
        media.append({.url = preview, .previewUrl = preview, .type = u"image"_s, .description = {}});
    else if (media.first().previewUrl.isEmpty())
        media.first().previewUrl = preview;
    return media;
}

} // namespace Earshot
