// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/samplesky.h"

#include "networks/blueskypuller.h"
#include "networks/timelineposition.h"

#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

SampleSky::SampleSky(const Clock &clock)
    : m_clock(clock)
    , m_network(std::make_shared<FakeBluesky>(QStringLiteral("sky.example")))
{
    m_network->addPerson(QStringLiteral("acme"), QStringLiteral("ACME Care"));
    m_network->setStep(Duration(0));
}

QString SampleSky::post(const SamplePerson &person, const QString &text, const QString &inReplyTo)
{
    // A handle is a host name there.
    const QString name = person.handle.section(u'@', 0, 0).replace(u'_', u'-');
    if (!m_known.contains(name)) {
        m_known.insert(name);
        m_network->addPerson(name, person.name);
        m_network->setFollowers(name, sampleFollowers(name));
    }
    FakeBluesky::Manner manner;
    manner.inReplyTo = inReplyTo;
    manner.language = person.isGerman ? QStringLiteral("de") : QStringLiteral("en");
    m_network->setTime(m_clock.now());
    return m_network->post(name, text, manner);
}

void SampleSky::write(SampleScript &script, SampleLine &line)
{
    const QString above = line.answers >= 0 ? script.lines.at(size_t(line.answers)).message.uri : QString();
    if (line.voice == SampleLine::Voice::us) {
        FakeBluesky::Manner manner;
        manner.inReplyTo = above;
        m_network->setTime(m_clock.now());
        line.message.uri = m_network->post(QStringLiteral("acme"), line.text, manner);
    } else {
        line.message.uri = post(script.customer, line.text, above);
    }
}

QJsonObject SampleSky::ask(const QString &query) const
{
    const auto send = [this](const QString &path, const QByteArray &method, const QJsonObject &body,
                             const QByteArray &token) {
        HttpRequest request;
        request.method = method;
        request.url = QUrl(u"https://sky.example/xrpc/" + path);
        request.authorization = Secret("Bearer " + token);
        request.headers = {{"Content-Type", "application/json"}};
        request.body = QJsonDocument(body).toJson();
        return QJsonDocument::fromJson(m_network->answer(request).body).object();
    };
    const QJsonObject session =
        send(QStringLiteral("com.atproto.server.createSession"), "POST",
             {{QStringLiteral("identifier"), m_network->handleOf(QStringLiteral("acme"))},
              {QStringLiteral("password"), QString::fromLatin1(FakeBluesky::passwordOf(QStringLiteral("acme")))}},
             {});
    return send(query, "GET", {}, textOf(session, "accessJwt").toLatin1());
}

void SampleSky::read(SamplePlan &plan)
{
    BlueskyView view;
    view.did = m_network->didOf(QStringLiteral("acme"));
    view.isSignedIn = true;
    for (SampleScript &script : plan.scripts) {
        if (script.place != SamplePlace::sky)
            continue;
        for (SampleLine &line : script.lines) {
            if (line.message.uri.isEmpty())
                continue;
            const QJsonObject found = ask(u"app.bsky.feed.getPosts?uris=" + line.message.uri);
            line.message = messageFrom(listOf(found, "posts").first().toObject(), view);
            // Only a profile tells.
            const QJsonObject author = ask(u"app.bsky.actor.getProfile?actor=" + line.message.author.id);
            line.message.author.followers = valueOf(author, "followersCount").toInt();
        }
    }
}

Position SampleSky::position() const
{
    TimelineMark mark;
    mark.deepAt = m_clock.now();
    const QJsonArray list =
        listOf(ask(QStringLiteral("app.bsky.notification.listNotifications?limit=100")), "notifications");
    for (const QJsonValue &entry : list) {
        mark.ring.append(keyOfPost(entry.toObject()));
        mark.newest = std::max(mark.newest, timeOf(entry.toObject(), "indexedAt"));
    }
    const QJsonArray posts =
        listOf(ask(u"app.bsky.feed.getAuthorFeed?limit=100&actor=" + m_network->didOf(QStringLiteral("acme"))), "feed");
    for (const QJsonValue &entry : posts) {
        const QJsonObject post = objectOf(entry.toObject(), "post");
        mark.replies.insert(textOf(post, "uri"), valueOf(post, "replyCount").toInt());
    }
    return {mark.toString(), {}};
}

SampleChannel SampleSky::account() const
{
    const QString address = QStringLiteral("@acme.sky.example");
    SampleChannel channel =
        SampleChannel::named(Network::bluesky, address, QStringLiteral("ACME on Bluesky"), Purpose::support);
    channel.secret = Secret(FakeBluesky::passwordOf(QStringLiteral("acme")));
    channel.account = {m_network->didOf(QStringLiteral("acme")), address, QStringLiteral("ACME Care"),
                       QUrl(QStringLiteral("https://sky.example")), blueskyCapabilities(true)};
    channel.pullEverySeconds = 15;
    return channel;
}

} // namespace Earshot
