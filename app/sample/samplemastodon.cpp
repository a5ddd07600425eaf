// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/samplemastodon.h"

#include "networks/mastodonserver.h"
#include "networks/mastodonthreads.h"
#include "networks/timelineposition.h"

#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

const auto mastodonHost = QStringLiteral("social.example");

MastodonView viewOf(SamplePlace place, const FakeMastodon &mastodon)
{
    MastodonView view;
    view.domain = mastodonHost;
    if (place == SamplePlace::hashtag) {
        view.kind = MastodonAddress::Kind::tag;
        view.words = QStringLiteral("acme");
        return view;
    }
    view.accountId = mastodon.idOf(QStringLiteral("acme"));
    view.accountHandle = QStringLiteral("@acme@social.example");
    view.isSignedIn = true;
    return view;
}

} // namespace

SampleMastodon::SampleMastodon(const Clock &clock)
    : m_clock(clock)
    , m_network(std::make_shared<FakeMastodon>(mastodonHost))
{
    m_network->addPerson(QStringLiteral("acme"), QStringLiteral("ACME Care"));
}

QString SampleMastodon::post(const SamplePerson &person, const QString &text, const FakeMastodon::Manner &manner)
{
    if (!m_known.contains(person.handle)) {
        m_known.insert(person.handle);
        m_network->addPerson(person.handle, person.name);
        m_network->setFollowers(person.handle, sampleFollowers(person.handle));
    }
    FakeMastodon::Manner how = manner;
    how.language = person.isGerman ? QStringLiteral("de") : QStringLiteral("en");
    how.createdAt = m_clock.now();
    return m_network->post(person.handle, text, how);
}

void SampleMastodon::write(SampleScript &script, SampleLine &line)
{
    m_network->setTime(m_clock.now());
    FakeMastodon::Manner manner;
    manner.visibility = script.isDirect ? Visibility::direct : Visibility::everyone;
    if (line.answers >= 0)
        manner.inReplyTo = script.lines.at(size_t(line.answers)).message.remoteId;
    const QString named = u'@' + script.customer.handle + u' ' + line.text;
    if (line.voice == SampleLine::Voice::customer) {
        line.message.remoteId = post(script.customer, line.text, manner);
    } else if (line.voice == SampleLine::Voice::bystander) {
        line.message.remoteId = post(line.bystander, named, manner);
    } else {
        manner.createdAt = m_clock.now();
        line.message.remoteId = m_network->post(QStringLiteral("acme"), named, manner);
    }
}

QJsonValue SampleMastodon::ask(const QString &path) const
{
    HttpRequest request;
    request.url = QUrl(u"https://" + mastodonHost + path);
    request.authorization = Secret("Bearer " + FakeMastodon::tokenOf(QStringLiteral("acme")));
    const QJsonDocument document = QJsonDocument::fromJson(m_network->answer(request).body);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QList<QJsonObject> SampleMastodon::statuses(const QStringList &ids) const
{
    constexpr qsizetype atOnce = 20;
    QList<QJsonObject> found;
    for (qsizetype from = 0; from < ids.size(); from += atOnce) {
        QString path = QStringLiteral("/api/v1/statuses?");
        for (const QString &id : ids.mid(from, atOnce))
            path += u"id%5B%5D=" + id + u'&';
        const QJsonArray statuses = ask(path.chopped(1)).toArray();
        for (const QJsonValue &status : statuses)
            found.append(status.toObject());
    }
    return found;
}

void SampleMastodon::read(SamplePlan &plan)
{
    QStringList ids;
    for (const SampleScript &script : plan.scripts) {
        for (const SampleLine &line : script.lines) {
            if (!line.message.remoteId.isEmpty())
                ids.append(line.message.remoteId);
        }
    }
    QHash<QString, QJsonObject> byId;
    MastodonThreads threads;
    const QList<QJsonObject> all = statuses(ids);
    for (const QJsonObject &status : all) {
        byId.insert(textOf(status, "id"), status);
        threads.learn(status);
    }
    for (SampleScript &script : plan.scripts) {
        if (script.place != SamplePlace::mention && script.place != SamplePlace::hashtag)
            continue;
        const MastodonView view = viewOf(script.place, *m_network);
        if (script.twinOf >= 0)
            script.lines.front().message.remoteId =
                plan.scripts.at(size_t(script.twinOf)).lines.front().message.remoteId;
        for (SampleLine &line : script.lines) {
            if (line.message.remoteId.isEmpty())
                continue;
            const QJsonObject status = byId.value(line.message.remoteId);
            line.message = messageFrom(status, view);
            threads.place(line.message, status);
        }
    }
}

void SampleMastodon::amend(SamplePlan &plan)
{
    for (SampleScript &script : plan.scripts) {
        const RemoteMessage &first = script.lines.front().message;
        if (!script.editedText.isEmpty()) {
            m_network->setTime(script.lines.front().at + std::chrono::minutes(6));
            m_network->edit(first.remoteId, script.editedText);
            script.edited = messageFrom(statuses({first.remoteId}).value(0), viewOf(SamplePlace::mention, *m_network));
            script.edited.parentUri = first.parentUri;
            script.edited.threadUri = first.threadUri;
        }
        if (script.isDeleted)
            m_network->remove(first.remoteId);
    }
    m_network->setTime(m_clock.now());
}

Position SampleMastodon::inboxPosition() const
{
    TimelineMark mark;
    const QJsonArray list = ask(QStringLiteral("/api/v1/notifications?limit=80&types%5B%5D=mention")).toArray();
    for (const QJsonValue &entry : list) {
        mark.ring.append(textOf(entry.toObject(), "id"));
        mark.newest = std::max(mark.newest, timeOf(entry.toObject(), "created_at"));
    }
    const QString own = QStringLiteral("/api/v1/accounts/%1/statuses?limit=80");
    const QJsonArray posts = ask(own.arg(m_network->idOf(QStringLiteral("acme")))).toArray();
    for (const QJsonValue &entry : posts)
        mark.replies.insert(textOf(entry.toObject(), "uri"), valueOf(entry.toObject(), "replies_count").toInt());
    return {mark.toString(), {}};
}

Position SampleMastodon::tagPosition() const
{
    TimelineMark mark;
    const QJsonArray list = ask(QStringLiteral("/api/v1/timelines/tag/acme?limit=80")).toArray();
    for (const QJsonValue &entry : list) {
        mark.ring.append(textOf(entry.toObject(), "uri"));
        mark.newest = std::max(mark.newest, timeOf(entry.toObject(), "created_at"));
    }
    return {mark.toString(), {}};
}

SampleChannel SampleMastodon::account() const
{
    const QString address = QStringLiteral("@acme@social.example");
    SampleChannel channel =
        SampleChannel::named(Network::mastodon, address, QStringLiteral("ACME Care"), Purpose::support);
    channel.secret = Secret(FakeMastodon::tokenOf(QStringLiteral("acme")));
    channel.account.id = m_network->idOf(QStringLiteral("acme"));
    channel.account.name = QStringLiteral("ACME Care");
    channel.pullEverySeconds = 15;
    return connected(channel);
}

SampleChannel SampleMastodon::hashtag() const
{
    const QString address = QStringLiteral("#acme@social.example");
    SampleChannel channel =
        SampleChannel::named(Network::mastodon, address, QStringLiteral("#acme"), Purpose::community);
    channel.account.name = address;
    channel.pullEverySeconds = 20;
    return connected(channel);
}

SampleChannel SampleMastodon::connected(SampleChannel channel) const
{
    channel.account.handle = channel.add.address;
    channel.account.baseUrl = parseMastodonAddress(channel.add.address).value_or(MastodonAddress()).baseUrl();
    Capabilities can = serverFrom(ask(QStringLiteral("/api/v2/instance")).toObject()).capabilities;
    const bool isSignedIn = !channel.secret.isEmpty();
    can.canReply = can.canReplyPrivately = can.canLike = can.canBoost = can.canDeleteOwn = isSignedIn;
    channel.account.capabilities = can;
    return channel;
}

} // namespace Earshot
