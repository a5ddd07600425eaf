// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connectorbench.h"

#include <algorithm>

namespace Earshot {

Done ConnectorBench::pull(int mostPages)
{
    for (int i = 0; i < mostPages; ++i) {
        const Result<Page> page = await(speaker().pull(position));
        if (!page)
            return tl::unexpected(page.error());
        ++pages;
        for (const RemoteMessage &message : page->messages) {
            // What is work once stays work: a later sight of it as background does not take that back.
            const bool wasWork = messages.contains(message.uri) && !messages.value(message.uri).isContext;
            messages.insert(message.uri, message);
            messages[message.uri].isContext = message.isContext && !wasWork;
        }
        for (const RemoteChange &change : page->changes) {
            if (change.presence)
                changes.insert(change.uri, *change.presence);
        }
        position = page->next;
        withheld = page->withheld;
        if (page->gapFrom)
            gap = page->gapFrom;
        if (!page->hasMore)
            return {};
    }
    return {};
}

QStringList ConnectorBench::missingUris(const QStringList &uris) const
{
    QStringList absent;
    for (const QString &uri : uris) {
        const auto found = stored(uri);
        if (!found || found->isContext)
            absent.append(uri);
    }
    return absent;
}

std::optional<RemoteMessage> ConnectorBench::stored(const QString &uri) const
{
    const auto it = messages.constFind(uri);
    return it == messages.constEnd() ? std::nullopt : std::optional(*it);
}

Result<Outgoing> ConnectorBench::answerToUri(const QString &uri, const QString &text, const QString &clientId)
{
    const auto target = stored(uri);
    if (!target)
        return fail(ErrorKind::notFound, uri);
    Outgoing wish;
    wish.effect = Effect::reply;
    wish.clientId = clientId;
    wish.text = text;
    wish.createdAt = clock.now();
    return speaker().prepare(wish, *target);
}

int ConnectorBench::requestsTo(const QString &partOfPath) const
{
    return int(std::count_if(transport.requests().begin(), transport.requests().end(), [&](const HttpRequest &request) {
        return request.url.toString(QUrl::FullyEncoded).contains(partOfPath);
    }));
}

} // namespace Earshot
