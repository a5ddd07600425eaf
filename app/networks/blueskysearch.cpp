// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskysearch.h"

#include "networks/blueskyrecord.h"

namespace Earshot {

BlueskySearch::BlueskySearch(BlueskySession &session, Outgoing outgoing, Attempt attempt, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_outgoing(std::move(outgoing))
    , m_attempt(std::move(attempt))
{
    whenPrepared(m_session, [this] { begin(); });
}

void BlueskySearch::begin()
{
    if (m_outgoing.effect == Effect::unlike || m_outgoing.effect == Effect::unboost) {
        lookAtTarget();
        return;
    }
    const bool isDeletion = m_outgoing.effect == Effect::deleteOwn;
    const QByteArray collection = collectionOf(m_outgoing.effect);
    m_session.client->get("com.atproto.repo.getRecord",
                          {{"repo", m_session.view.did},
                           {"collection", QString::fromLatin1(collection)},
                           {"rkey", isDeletion ? parseAtUri(m_outgoing.targetUri).key : recordKeyFor(m_outgoing)}},
                          this, [this](const Result<QJsonObject> &reply) { takeRecord(reply); });
}

void BlueskySearch::takeRecord(const Result<QJsonObject> &reply)
{
    const bool isThere = reply.has_value();
    if (!isThere && !isAbsent(reply.error())) {
        end(tl::unexpected(reply.error()));
        return;
    }
    switch (m_outgoing.effect) {
    case Effect::reply: {
        const QString uri = isThere ? textOf(*reply, "uri") : QString();
        const bool isOurs =
            isThere && !m_attempt.boundUris.contains(uri) && isSameAnswer(objectOf(*reply, "value"), m_outgoing);
        if (!isOurs) {
            end(std::nullopt);
            return;
        }
        Delivered delivered = deliveredFrom(uri, textOf(*reply, "cid"), m_outgoing);
        delivered.scaled = scaledIn(objectOf(*reply, "value"), m_outgoing, m_session.access);
        end(delivered);
        return;
    }
    case Effect::deleteOwn:
        end(isThere ? std::optional<Delivered>() : std::optional(Delivered{}));
        return;
    default:
        if (isThere)
            end(std::optional(Delivered{}));
        else
            lookAtTarget();
    }
}

void BlueskySearch::lookAtTarget()
{
    auto *posts = new BlueskyPosts(m_session, {m_outgoing.targetUri}, this);
    whenDone(posts->future(), this, [this](const Result<QHash<QString, QJsonObject>> &found) {
        if (!found) {
            end(tl::unexpected(found.error()));
            return;
        }
        const bool isWanted = m_outgoing.effect == Effect::like || m_outgoing.effect == Effect::boost;
        const AtUri own = ownReaction(found->value(m_outgoing.targetUri), collectionOf(m_outgoing.effect));
        end(own.isValid() == isWanted ? std::optional(Delivered{}) : std::nullopt);
    });
}

} // namespace Earshot
