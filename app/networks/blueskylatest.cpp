// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskylatest.h"

namespace Earshot {

BlueskyLatest::BlueskyLatest(BlueskySession &session, qsizetype most, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_most(most)
{
    whenPrepared(m_session, [this] { ask(mostOnPage); });
}

void BlueskyLatest::ask(int limit)
{
    const BlueskyPageRequest page = newestPage(m_session, limit);
    m_session.client->get(page.method, page.query, this,
                          [this, limit](const Result<QJsonObject> &reply) { take(reply, limit); });
}

void BlueskyLatest::take(const Result<QJsonObject> &reply, int limit)
{
    if (const int fewer = fewerThan(limit); isTooLarge(reply) && fewer > 0) {
        ask(fewer);
        return;
    }
    const Done isList = reply ? holdsList(*reply, m_session) : Done(tl::unexpected(reply.error()));
    if (!isList) {
        end(tl::unexpected(isList.error()));
        return;
    }
    QList<RemoteMessage> messages;
    const QList<BlueskyItem> items = itemsOf(*reply, m_session);
    for (const BlueskyItem &item : items) {
        if (!item.post.isEmpty())
            messages.append(messageFrom(item.post, m_session.view));
    }
    messages.removeIf([](const RemoteMessage &message) { return message.uri.isEmpty(); });
    end(newestOf(std::move(messages), m_most));
}

} // namespace Earshot
