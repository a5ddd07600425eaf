// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyfollowers.h"

#include <algorithm>

namespace Earshot {

namespace {

/// Of app.bsky.actor.getProfiles.
constexpr qsizetype mostAtOnce = 25;

bool isByTheirs(const RemoteMessage &message)
{
    return !message.isOurs && !message.isContext && !message.author.id.isEmpty();
}

} // namespace

BlueskyFollowers::BlueskyFollowers(BlueskySession &session, QList<RemoteMessage> messages, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_messages(std::move(messages))
{
    const Time now = m_session.client->now();
    m_session.followers.forgetIfMany();
    for (const RemoteMessage &message : std::as_const(m_messages)) {
        const QString &who = message.author.id;
        if (isByTheirs(message) && m_session.followers.isDue(who, now) && !m_people.contains(who))
            m_people.append(who);
    }
    step();
}

void BlueskyFollowers::step()
{
    if (m_people.isEmpty()) {
        finish();
        return;
    }
    const QStringList asked = m_people.first(std::min(mostAtOnce, m_people.size()));
    m_people.remove(0, asked.size());
    BlueskyClient::Query query;
    for (const QString &who : asked) {
        query.append({"actors", who});
        m_session.followers.noteAsked(who, m_session.client->now());
    }
    m_session.client->get("app.bsky.actor.getProfiles", query, this, [this, asked](const Result<QJsonObject> &reply) {
        if (!reply) {
            // What was pulled is not to be lost, or to wait, over this.
            for (const QString &who : asked)
                m_session.followers.noteUnanswered(who, m_session.client->now());
            finish();
            return;
        }
        take(*reply);
        step();
    });
}

void BlueskyFollowers::take(const QJsonObject &answer)
{
    const QJsonArray profiles = listOf(answer, "profiles");
    for (const QJsonValue &profile : profiles) {
        const QJsonObject one = profile.toObject();
        if (const int count = valueOf(one, "followersCount").toInt(-1); count >= 0)
            m_session.followers.learn(textOf(one, "did"), count);
    }
}

void BlueskyFollowers::finish()
{
    for (RemoteMessage &message : m_messages) {
        if (isByTheirs(message))
            message.author.followers = m_session.followers.of(message.author.id);
    }
    end(m_messages);
}

} // namespace Earshot
