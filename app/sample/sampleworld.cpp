// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/sampleworld.h"

#include "networks/blueskypuller.h"
#include "networks/feedposition.h"
#include "networks/feedthreads.h"
#include "networks/mastodonserver.h"
#include "networks/mastodonthreads.h"
#include "networks/timelineposition.h"
#include "networks/wordpresscomment.h"
#include "networks/wordpressposts.h"
#include "networks/wordpressrest.h"

#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

const auto host = QStringLiteral("social.example");
const auto blogAddress = QStringLiteral("https://blog.acme.example/");
const auto blogLogin = QStringLiteral("care");
const auto blogPassword = QByteArrayLiteral("lamp desk echo tide");
/// As many items as a feed shows once the year is read.
constexpr qsizetype feedWindow = 30;

MastodonView viewOf(SamplePlace place, const FakeMastodon &mastodon)
{
    MastodonView view;
    view.domain = host;
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

Secret basicPassword()
{
    const QByteArray pair = blogLogin.toUtf8() + ':' + blogPassword;
    return Secret("Basic " + pair.toBase64());
}

QString starsTitle(int stars, const QString &title)
{
    return QString(stars, QChar(u'★')) + QString(5 - stars, QChar(u'☆')) + u' ' + title;
}

QString paragraph(const QString &text)
{
    return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
}

Capabilities blogCapabilities()
{
    Capabilities can;
    can.canReply = true;
    can.canHide = true;
    can.canDeleteOwn = true;
    can.canAskBeforePublishing = true;
    can.countRule = CountRule::utf8Bytes;
    can.maxLength = 65'525;
    can.visibilityDelay = std::chrono::seconds(2);
    return can;
}

/// Most people have some hundred, few have very many.
int followersOf(const QString &handle)
{
    quint32 mixed = 7;
    for (const QChar letter : handle)
        mixed = mixed * 31 + letter.unicode();
    return int(400'000 / (1 + mixed % 2000));
}

} // namespace

SampleWorld::SampleWorld(const Clock &clock)
    : m_clock(clock)
    , m_mastodon(std::make_shared<FakeMastodon>(host))
    , m_blog(std::make_shared<FakeWordPress>(QStringLiteral("blog.acme.example"), m_clock))
    , m_press(std::make_shared<FakeSite>(QStringLiteral("gadgets.example"), &m_clock))
    , m_reviews(std::make_shared<FakeSite>(QStringLiteral("reviews.example"), &m_clock))
    , m_sky(std::make_shared<FakeBluesky>(QStringLiteral("sky.example")))
{
    m_mastodon->addPerson(QStringLiteral("acme"), QStringLiteral("ACME Care"));
    m_sky->addPerson(QStringLiteral("acme"), QStringLiteral("ACME Care"));
    m_sky->setStep(Duration(0));
    m_user = m_blog->addUser(blogLogin, QStringLiteral("ACME Care"), QStringLiteral("editor"),
                             QString::fromLatin1(blogPassword));
    m_press->setTitle(QStringLiteral("Gadget Corner"));
    m_reviews->setTitle(QStringLiteral("ACME reviews"));
    for (const auto &site : {m_press, m_reviews})
        site->setWindow(10'000);
}

QString SampleWorld::post(const SamplePerson &person, const QString &text, const FakeMastodon::Manner &manner)
{
    if (!m_known.contains(person.handle)) {
        m_known.insert(person.handle);
        m_mastodon->addPerson(person.handle, person.name);
        m_mastodon->setFollowers(person.handle, followersOf(person.handle));
    }
    FakeMastodon::Manner how = manner;
    how.language = person.isGerman ? QStringLiteral("de") : QStringLiteral("en");
    how.createdAt = now();
    return m_mastodon->post(person.handle, text, how);
}

void SampleWorld::setTimes()
{
    m_mastodon->setTime(now());
    m_sky->setTime(now());
}

QString SampleWorld::skyPost(const SamplePerson &person, const QString &text, const QString &inReplyTo)
{
    // A handle is a host name there.
    const QString name = person.handle.section(u'@', 0, 0).replace(u'_', u'-');
    if (!m_skyKnown.contains(name)) {
        m_skyKnown.insert(name);
        m_sky->addPerson(name, person.name);
        m_sky->setFollowers(name, followersOf(name));
    }
    FakeBluesky::Manner manner;
    manner.inReplyTo = inReplyTo;
    manner.language = person.isGerman ? QStringLiteral("de") : QStringLiteral("en");
    m_sky->setTime(now());
    return m_sky->post(name, text, manner);
}

void SampleWorld::review(const SamplePerson &person, const QString &title, const QString &text, int stars)
{
    m_reviews->addPost(starsTitle(stars, title), paragraph(text), person.name);
}

void SampleWorld::fill(SamplePlan &plan)
{
    std::vector<std::pair<Time, Place>> order;
    for (int i = 0; i < int(plan.scripts.size()); ++i) {
        const SampleScript &script = plan.scripts.at(size_t(i));
        for (int k = 0; script.twinOf < 0 && k < int(script.lines.size()); ++k) {
            if (script.lines.at(size_t(k)).fate == SampleLine::Fate::sent)
                order.push_back({script.lines.at(size_t(k)).at, {i, k}});
        }
    }
    std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (SampleArticle &article : plan.articles) {
        m_clock.set(article.at);
        article.number = m_blog->addPost(article.title);
        m_newestArticle = article.number;
    }
    for (const auto &[at, place] : order) {
        m_clock.set(at);
        write(plan, place);
    }
    m_clock.set({});
    setTimes();
    readPosts(plan);
    readSky(plan);
    readComments(plan);
    readFeed(plan, SamplePlace::press);
    readFeed(plan, SamplePlace::reviews);
    amend(plan);
    for (const auto &site : {m_press, m_reviews})
        site->setWindow(feedWindow);
}

void SampleWorld::write(SamplePlan &plan, const Place &place)
{
    SampleScript &script = plan.scripts.at(size_t(place.script));
    SampleLine &line = script.lines.at(size_t(place.line));
    switch (script.place) {
    case SamplePlace::mention:
    case SamplePlace::hashtag:
        writePost(script, line);
        break;
    case SamplePlace::sky:
        writeSkyPost(script, line);
        break;
    case SamplePlace::blog:
        writeComment(plan, script, line);
        break;
    case SamplePlace::press:
        line.number = m_press->addPost(script.title, paragraph(line.text), script.customer.name);
        break;
    case SamplePlace::reviews:
        line.number =
            m_reviews->addPost(starsTitle(script.rating, script.title), paragraph(line.text), script.customer.name);
        break;
    }
}

void SampleWorld::writePost(SampleScript &script, SampleLine &line)
{
    m_mastodon->setTime(now());
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
        manner.createdAt = now();
        line.message.remoteId = m_mastodon->post(QStringLiteral("acme"), named, manner);
    }
}

void SampleWorld::writeSkyPost(SampleScript &script, SampleLine &line)
{
    const QString above = line.answers >= 0 ? script.lines.at(size_t(line.answers)).message.uri : QString();
    if (line.voice == SampleLine::Voice::us) {
        FakeBluesky::Manner manner;
        manner.inReplyTo = above;
        m_sky->setTime(now());
        line.message.uri = m_sky->post(QStringLiteral("acme"), line.text, manner);
    } else {
        line.message.uri = skyPost(script.customer, line.text, above);
    }
}

void SampleWorld::writeComment(const SamplePlan &plan, SampleScript &script, SampleLine &line)
{
    const qint64 article = plan.articles.at(size_t(script.article)).number;
    const qint64 parent = line.answers >= 0 ? script.lines.at(size_t(line.answers)).number : 0;
    if (line.voice == SampleLine::Voice::us)
        line.number = m_blog->userComment(m_user, article, line.text, parent);
    else
        line.number = m_blog->visitorComment(article, script.customer.name, line.text, parent);
    if (script.isHeld)
        m_blog->setStatus(line.number, QStringLiteral("hold"));
    if (script.ending == SampleScript::Ending::spam)
        m_blog->setStatus(line.number, QStringLiteral("spam"));
}

QJsonValue SampleWorld::ask(const QString &path) const
{
    HttpRequest request;
    request.url = QUrl(u"https://" + host + path);
    request.authorization = Secret("Bearer " + FakeMastodon::tokenOf(QStringLiteral("acme")));
    const QJsonDocument document = QJsonDocument::fromJson(m_mastodon->answer(request).body);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QList<QJsonObject> SampleWorld::statuses(const QStringList &ids) const
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

void SampleWorld::readPosts(SamplePlan &plan)
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
        const MastodonView view = viewOf(script.place, *m_mastodon);
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

QJsonObject SampleWorld::askSky(const QString &query) const
{
    const auto ask = [this](const QString &path, const QByteArray &method, const QJsonObject &body,
                            const QByteArray &token) {
        HttpRequest request;
        request.method = method;
        request.url = QUrl(u"https://sky.example/xrpc/" + path);
        request.authorization = Secret("Bearer " + token);
        request.headers = {{"Content-Type", "application/json"}};
        request.body = QJsonDocument(body).toJson();
        return QJsonDocument::fromJson(m_sky->answer(request).body).object();
    };
    const QJsonObject session =
        ask(QStringLiteral("com.atproto.server.createSession"), "POST",
            {{QStringLiteral("identifier"), m_sky->handleOf(QStringLiteral("acme"))},
             {QStringLiteral("password"), QString::fromLatin1(FakeBluesky::passwordOf(QStringLiteral("acme")))}},
            {});
    return ask(query, "GET", {}, textOf(session, "accessJwt").toLatin1());
}

void SampleWorld::readSky(SamplePlan &plan)
{
    BlueskyView view;
    view.did = m_sky->didOf(QStringLiteral("acme"));
    view.isSignedIn = true;
    for (SampleScript &script : plan.scripts) {
        if (script.place != SamplePlace::sky)
            continue;
        for (SampleLine &line : script.lines) {
            if (line.message.uri.isEmpty())
                continue;
            const QJsonObject found = askSky(u"app.bsky.feed.getPosts?uris=" + line.message.uri);
            line.message = messageFrom(listOf(found, "posts").first().toObject(), view);
            // Only a profile tells.
            const QJsonObject author = askSky(u"app.bsky.actor.getProfile?actor=" + line.message.author.id);
            line.message.author.followers = valueOf(author, "followersCount").toInt();
        }
    }
}

Position SampleWorld::skyPosition() const
{
    TimelineMark mark;
    mark.deepAt = now();
    const QJsonArray list =
        listOf(askSky(QStringLiteral("app.bsky.notification.listNotifications?limit=100")), "notifications");
    for (const QJsonValue &entry : list) {
        mark.ring.append(keyOfPost(entry.toObject()));
        mark.newest = std::max(mark.newest, timeOf(entry.toObject(), "indexedAt"));
    }
    const QJsonArray posts =
        listOf(askSky(u"app.bsky.feed.getAuthorFeed?limit=100&actor=" + m_sky->didOf(QStringLiteral("acme"))), "feed");
    for (const QJsonValue &entry : posts) {
        const QJsonObject post = objectOf(entry.toObject(), "post");
        mark.replies.insert(textOf(post, "uri"), valueOf(post, "replyCount").toInt());
    }
    return {mark.toString(), {}};
}

void SampleWorld::readComments(SamplePlan &plan)
{
    const QUrl base = wordPressBase(blogAddress);
    const auto get = [this](const QString &route, RestQuery query) {
        HttpRequest request;
        query.append({QStringLiteral("per_page"), QStringLiteral("100")});
        request.url = restUrl(QUrl(blogAddress + u"wp-json/"), route, query);
        request.authorization = basicPassword();
        return QJsonDocument::fromJson(m_blog->answer(request).body).array();
    };
    QStringList numbers;
    for (const SampleArticle &article : plan.articles)
        numbers.append(QString::number(article.number));
    QHash<qint64, WordPressPost> posts;
    const QJsonArray articles = get(QStringLiteral("/wp/v2/posts"), {{QStringLiteral("include"), numbers.join(u',')}});
    for (const QJsonValue &value : articles) {
        const WordPressPost post = readPost(value.toObject(), {});
        posts.insert(post.id, post);
    }
    QHash<qint64, RemoteMessage> messages;
    const qsizetype count = m_blog->comments().size();
    for (qsizetype offset = 0; offset < count; offset += 100) {
        const QJsonArray list =
            get(QStringLiteral("/wp/v2/comments"), {{QStringLiteral("context"), QStringLiteral("edit")},
                                                    {QStringLiteral("status"), QStringLiteral("any")},
                                                    {QStringLiteral("type"), QStringLiteral("all")},
                                                    {QStringLiteral("offset"), QString::number(offset)}});
        for (const QJsonValue &value : list) {
            if (const auto comment = readComment(value.toObject(), base))
                messages.insert(comment->id, toMessage(*comment, posts.value(comment->post), base, m_user));
        }
    }
    for (SampleScript &script : plan.scripts) {
        for (SampleLine &line : script.lines) {
            if (script.place == SamplePlace::blog)
                line.message = messages.value(line.number);
        }
    }
}

HttpAnswer SampleWorld::feed(SamplePlace place) const
{
    HttpRequest request;
    request.url = QUrl(channel(place).add.address);
    return (place == SamplePlace::press ? m_press : m_reviews)->answer(request);
}

void SampleWorld::readFeed(SamplePlan &plan, SamplePlace place)
{
    const HttpAnswer answer = feed(place);
    const Feed feed = parseFeed(answer.body, answer.header("content-type"), answer.url).value_or(Feed());
    const FeedKnown nothing;
    const FeedThreads threads(feed, nothing, now());
    QHash<QString, RemoteMessage> messages;
    for (const FeedItem &item : feed.items)
        messages.insert(item.id, threads.messageOf(item));
    for (SampleScript &script : plan.scripts) {
        if (script.place != place)
            continue;
        SampleLine &line = script.lines.front();
        line.message = messages.value(QStringLiteral("https://%1/?p=%2").arg(answer.url.host()).arg(line.number));
    }
}

/// What was changed on the network after it was read: the first state is the one that arrived.
void SampleWorld::amend(SamplePlan &plan)
{
    for (SampleScript &script : plan.scripts) {
        const RemoteMessage &first = script.lines.front().message;
        if (!script.editedText.isEmpty()) {
            m_mastodon->setTime(script.lines.front().at + std::chrono::minutes(6));
            m_mastodon->edit(first.remoteId, script.editedText);
            script.edited = messageFrom(statuses({first.remoteId}).value(0), viewOf(SamplePlace::mention, *m_mastodon));
            script.edited.parentUri = first.parentUri;
            script.edited.threadUri = first.threadUri;
        }
        if (script.isDeleted)
            m_mastodon->remove(first.remoteId);
    }
    m_mastodon->setTime(now());
}

Position SampleWorld::inboxPosition() const
{
    TimelineMark mark;
    const QJsonArray list = ask(QStringLiteral("/api/v1/notifications?limit=80&types%5B%5D=mention")).toArray();
    for (const QJsonValue &entry : list) {
        mark.ring.append(textOf(entry.toObject(), "id"));
        mark.newest = std::max(mark.newest, timeOf(entry.toObject(), "created_at"));
    }
    const QString own = QStringLiteral("/api/v1/accounts/%1/statuses?limit=80");
    const QJsonArray posts = ask(own.arg(m_mastodon->idOf(QStringLiteral("acme")))).toArray();
    for (const QJsonValue &entry : posts)
        mark.replies.insert(textOf(entry.toObject(), "uri"), valueOf(entry.toObject(), "replies_count").toInt());
    return {mark.toString(), {}};
}

Position SampleWorld::tagPosition() const
{
    TimelineMark mark;
    const QJsonArray list = ask(QStringLiteral("/api/v1/timelines/tag/acme?limit=80")).toArray();
    for (const QJsonValue &entry : list) {
        mark.ring.append(textOf(entry.toObject(), "uri"));
        mark.newest = std::max(mark.newest, timeOf(entry.toObject(), "created_at"));
    }
    return {mark.toString(), {}};
}

Position SampleWorld::position(SamplePlace place)
{
    switch (place) {
    case SamplePlace::mention:
        return inboxPosition();
    case SamplePlace::hashtag:
        return tagPosition();
    case SamplePlace::sky:
        return skyPosition();
    case SamplePlace::blog:
        return {m_blog->comments().isEmpty() ? QString() : QString::number(m_blog->comments().lastKey()), {}};
    case SamplePlace::press:
    case SamplePlace::reviews:
        break;
    }
    FeedMark mark;
    mark.pulledAt = now();
    const HttpAnswer answer = feed(place);
    const Feed feed = parseFeed(answer.body, answer.header("content-type"), answer.url).value_or(Feed());
    for (const FeedItem &item : feed.items)
        mark.known.see(item.id, item.hash, true);
    return {mark.toText(), {}};
}

SampleChannel SampleWorld::channel(SamplePlace place) const
{
    SampleChannel channel;
    const auto is = [&channel](Network network, const QString &address, const QString &name, Purpose purpose) {
        channel.add.network = network;
        channel.add.address = address;
        channel.add.name = name;
        channel.add.purpose = purpose;
    };
    switch (place) {
    case SamplePlace::mention:
        is(Network::mastodon, QStringLiteral("@acme@social.example"), QStringLiteral("ACME Care"), Purpose::support);
        channel.secret = Secret(FakeMastodon::tokenOf(QStringLiteral("acme")));
        channel.account.id = m_mastodon->idOf(QStringLiteral("acme"));
        channel.account.name = QStringLiteral("ACME Care");
        channel.pullEverySeconds = 15;
        break;
    case SamplePlace::hashtag:
        is(Network::mastodon, QStringLiteral("#acme@social.example"), QStringLiteral("#acme"), Purpose::community);
        channel.account.name = channel.add.address;
        channel.pullEverySeconds = 20;
        break;
    case SamplePlace::sky:
        is(Network::bluesky, QStringLiteral("@acme.sky.example"), QStringLiteral("ACME on Bluesky"), Purpose::support);
        channel.secret = Secret(FakeBluesky::passwordOf(QStringLiteral("acme")));
        channel.account = {m_sky->didOf(QStringLiteral("acme")), channel.add.address, QStringLiteral("ACME Care"),
                           QUrl(QStringLiteral("https://sky.example")), blueskyCapabilities(true)};
        channel.pullEverySeconds = 15;
        return channel;
    case SamplePlace::blog:
        is(Network::wordpress, blogAddress, QStringLiteral("ACME Blog"), Purpose::community);
        channel.add.login = blogLogin;
        channel.secret = Secret(blogPassword);
        channel.account = {userIdText(m_user), blogLogin, QStringLiteral("ACME Care"), wordPressBase(blogAddress),
                           blogCapabilities()};
        channel.pullEverySeconds = 20;
        return channel;
    case SamplePlace::press:
        is(Network::feed, QStringLiteral("https://gadgets.example/feed/"), QStringLiteral("Gadget Corner"),
           Purpose::corporate);
        channel.account = {{}, {}, channel.add.name, QUrl(channel.add.address), {}};
        return channel;
    case SamplePlace::reviews:
        is(Network::feed, QStringLiteral("https://reviews.example/feed/atom/"), QStringLiteral("ACME reviews"),
           Purpose::sales);
        channel.account = {{}, {}, channel.add.name, QUrl(channel.add.address), {}};
        channel.pullEverySeconds = 20;
        return channel;
    }
    channel.account.handle = channel.add.address;
    channel.account.baseUrl = parseMastodonAddress(channel.add.address).value_or(MastodonAddress()).baseUrl();
    Capabilities can = serverFrom(ask(QStringLiteral("/api/v2/instance")).toObject()).capabilities;
    const bool isSignedIn = !channel.secret.isEmpty();
    can.canReply = can.canReplyPrivately = can.canLike = can.canBoost = can.canDeleteOwn = isSignedIn;
    channel.account.capabilities = can;
    return channel;
}

} // namespace Earshot
