// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mastodonbench.h"

#include <algorithm>

namespace Earshot {

MastodonBench::MastodonBench(FakeMastodon::Dialect dialect)
    : server(std::make_shared<FakeMastodon>(QStringLiteral("social.example"), dialect))
{
    server->addPerson(QStringLiteral("brand"));
    server->addPerson(QStringLiteral("mira"), QStringLiteral("Mira"));
    server->addPerson(QStringLiteral("jo@far.example"));
    transport.add(server);
    access.network = Network::mastodon;
    access.address = QStringLiteral("@brand@social.example");
    access.secret = Secret(FakeMastodon::tokenOf(QStringLiteral("brand")));
    restart();
}

void MastodonBench::restart()
{
    connector = std::make_unique<MastodonConnector>(access, NetworkSetting{.http = &transport, .clock = &clock});
    connector->setPauses(Duration(1), Duration(5));
}

Done MastodonBench::pull(int mostPages)
{
    for (int i = 0; i < mostPages; ++i) {
        const Result<Page> page = await(connector->pull(position));
        if (!page)
            return tl::unexpected(page.error());
        ++pages;
        for (const RemoteMessage &message : page->messages) {
            // What is work once stays work: a later sight of it as background does not take that back.
            const bool wasWork = stored.contains(message.uri) && !stored.value(message.uri).isContext;
            stored.insert(message.uri, message);
            stored[message.uri].isContext = message.isContext && !wasWork;
        }
        position = page->next;
        if (page->gapFrom)
            gap = page->gapFrom;
        if (!page->hasMore)
            return {};
    }
    return {};
}

QStringList MastodonBench::missing(const QStringList &ids) const
{
    QStringList absent;
    for (const QString &id : ids) {
        const auto found = message(id);
        if (!found || found->isContext)
            absent.append(id);
    }
    return absent;
}

std::optional<RemoteMessage> MastodonBench::message(const QString &id) const
{
    const auto it = stored.constFind(server->uriOf(id));
    return it == stored.constEnd() ? std::nullopt : std::optional(*it);
}

Result<Outgoing> MastodonBench::answerTo(const QString &id, const QString &text, const QString &clientId)
{
    const auto target = message(id);
    if (!target)
        return fail(ErrorKind::notFound, id);
    Outgoing wish;
    wish.effect = Effect::reply;
    wish.clientId = clientId;
    wish.text = text;
    return connector->prepare(wish, *target);
}

int MastodonBench::requestsTo(const QString &partOfPath) const
{
    return int(std::count_if(transport.requests().begin(), transport.requests().end(), [&](const HttpRequest &request) {
        return request.url.toString(QUrl::FullyEncoded).contains(partOfPath);
    }));
}

} // namespace Earshot
