// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonlatest.h"

namespace Earshot {

MastodonLatest::MastodonLatest(MastodonSession &session, qsizetype most, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_most(most)
{
    whenPrepared(m_session, [this] { ask(newestPage(m_session)); });
}

void MastodonLatest::ask(const QByteArray &path)
{
    m_session.client->get(path, this, [this, path](const Result<MastodonReply> &reply) { take(path, reply); });
}

void MastodonLatest::take(const QByteArray &path, const Result<MastodonReply> &reply)
{
    const bool isLarge = !reply && reply.error().kind == ErrorKind::tooLarge;
    if (const QByteArray fewer = isLarge ? withFewer(path) : QByteArray(); !fewer.isEmpty()) {
        ask(fewer);
        return;
    }
    if (!reply) {
        end(tl::unexpected(reply.error()));
        return;
    }
    if (!reply->body.isArray()) {
        end(fail(ErrorKind::malformed, QStringLiteral("not a list: %1").arg(QString::fromLatin1(path))));
        return;
    }
    QList<RemoteMessage> messages;
    const QList<MastodonItem> items = itemsOf(reply->body.toArray(), m_session);
    for (const MastodonItem &item : items) {
        if (!item.post.isEmpty())
            messages.append(messageFrom(item.post, m_session.view));
    }
    end(newestOf(std::move(messages), m_most));
}

} // namespace Earshot
