// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskysession.h"

#include "model/htmltext.h"
#include "networks/blueskyidentity.h"

#include <algorithm>

namespace Earshot {

using Kind = BlueskyAddress::Kind;

namespace {

constexpr qsizetype mostPostsAtOnce = 25;
constexpr int highestParents = 100;
constexpr qsizetype mostInThread = 2'000;

void takeAbove(const QJsonObject &node, BlueskyThread &thread)
{
    QList<QJsonObject> above;
    QJsonObject parent = objectOf(node, "parent");
    while (!parent.isEmpty() && above.size() < mostInThread) {
        if (valueOf(parent, "notFound").toBool())
            thread.deleted.append(textOf(parent, "uri"));
        if (const QJsonObject post = objectOf(parent, "post"); !post.isEmpty())
            above.prepend(post);
        parent = objectOf(parent, "parent");
    }
    thread.posts += above;
}

void takeBelow(const QJsonObject &top, BlueskyThread &thread)
{
    // Breadth first: an endless chain of replies must not deepen the stack.
    QList<QJsonObject> nodes{top};
    for (qsizetype i = 0; i < nodes.size() && thread.posts.size() < mostInThread; ++i) {
        const QJsonObject node = nodes.at(i);
        if (valueOf(node, "notFound").toBool())
            thread.deleted.append(textOf(node, "uri"));
        if (const QJsonObject post = objectOf(node, "post"); !post.isEmpty())
            thread.posts.append(post);
        const QJsonArray replies = listOf(node, "replies");
        for (const QJsonValue &reply : replies)
            nodes.append(reply.toObject());
    }
}

} // namespace

Capabilities blueskyCapabilities(bool isSignedIn)
{
    Capabilities can;
    can.canReply = isSignedIn;
    can.canLike = isSignedIn;
    can.canBoost = isSignedIn;
    can.canHideBelowOwn = isSignedIn;
    can.canDeleteOwn = isSignedIn;
    can.canAskBeforePublishing = isSignedIn;
    can.countRule = CountRule::bluesky;
    can.maxLength = 300;
    can.maxPrivateLength = 1000; // chat.bsky.convo.defs#messageInput
    can.maxMedia = 4;
    can.maxMediaBytes = 1'000'000;
    // A repeat meets the record that its first try made, for ever: the key is ours. But where somebody has deleted that
    // meanwhile, a repeat would bring it back; after this long a person is asked who knows.
    can.keyLifetime = std::chrono::minutes(15);
    return can;
}

BlueskySession::BlueskySession(ChannelAccess channel, NetworkSetting setting, QObject *parent)
    : QObject(parent)
    , access(std::move(channel))
    , client(new BlueskyClient(setting, this))
{
    const auto parsed = parseBlueskyAddress(access.address);
    isAddressValid = parsed && parsed->kind != Kind::post;
    address = parsed.value_or(BlueskyAddress());
    QString identifier = access.user;
    if (identifier.startsWith(QLatin1Char('@')))
        identifier.remove(0, 1);
    if (identifier.isEmpty() && !access.accountId.isEmpty())
        identifier = access.accountId;
    if (identifier.isEmpty() && address.kind == Kind::account)
        identifier = address.name;
    if (identifier.isEmpty())
        identifier = BlueskyLogin::from(access.secret).did;
    if (address.kind == Kind::server) {
        // A server's own address: whoever signs in there.
        address.kind = Kind::account;
        address.name = identifier;
        isAddressValid = isAddressValid && !identifier.isEmpty();
    }
    client->setLogin(identifier, identifier.isEmpty() ? Secret() : access.secret);
    client->setMayRenew(access.mayRenew);
    client->setServer(address.server.isEmpty() ? access.baseUrl : address.server);
    connect(client, &BlueskyClient::loginChanged, this, [this] {
        if (access.keepSecret)
            access.keepSecret(client->login().toSecret());
    });
    view.kind = address.kind;
    view.isSignedIn = client->isSignedIn();
    view.did = access.accountId;
    if (address.kind == Kind::tag || address.kind == Kind::search)
        view.words = address.name;
    capabilities = blueskyCapabilities(view.isSignedIn);
}

void BlueskySession::prepare(QObject *context, std::function<void(Done)> then)
{
    if (m_isReady)
        then({});
    else if (client->server().isEmpty())
        learn(context, std::move(then));
    else
        enter(context, std::move(then));
}

void BlueskySession::learn(QObject *context, std::function<void(Done)> then)
{
    if (!isAddressValid) {
        then(fail(ErrorKind::invalid, QStringLiteral("not a Bluesky address: %1").arg(access.address)));
        return;
    }
    findServer(context, [this, context, then = std::move(then)](const Done &done) {
        if (done)
            enter(context, then);
        else
            then(done);
    });
}

void BlueskySession::findServer(QObject *context, std::function<void(Done)> then)
{
    if (!address.server.isEmpty()) {
        then({});
        return;
    }
    if (!client->isSignedIn()) {
        client->setServer(publicAppView());
        then({});
        return;
    }
    const QString name = access.user.isEmpty() ? address.name : access.user;
    auto *lookup = new BlueskyLookup(*client, name.startsWith(QLatin1Char('@')) ? name.mid(1) : name,
                                     BlueskyLookup::Way::everywhere, this);
    whenDone(lookup->future(), context, [this, then = std::move(then)](const Result<BlueskyIdentity> &identity) {
        if (identity) {
            client->setServer(identity->server);
            then({});
        } else if (!client->server().isEmpty() && identity.error().kind != ErrorKind::notFound) {
            // The directory is silent; the server that we know may well answer.
            then({});
        } else {
            const bool isGone = identity.error().kind == ErrorKind::notFound;
            then(isGone ? fail(ErrorKind::gone, identity.error().detail) : tl::unexpected(identity.error()));
        }
    });
}

void BlueskySession::enter(QObject *context, std::function<void(Done)> then)
{
    if (!isAddressValid) {
        then(fail(ErrorKind::invalid, QStringLiteral("not a Bluesky address: %1").arg(access.address)));
        return;
    }
    if (!client->isSignedIn()) {
        learnProfile(context, std::move(then));
        return;
    }
    client->signIn(context, [this, context, then = std::move(then)](const Done &done) {
        if (!done) {
            then(done);
            return;
        }
        view.did = client->login().did;
        view.handle = client->login().handle;
        learnProfile(context, then);
    });
}

void BlueskySession::learnProfile(QObject *context, std::function<void(Done)> then)
{
    if (!view.isSignedIn && address.kind != Kind::account) {
        m_isReady = true;
        then({});
        return;
    }
    const QString actor = view.isSignedIn ? view.did : address.name;
    client->get("app.bsky.actor.getProfile", {{"actor", actor}}, context,
                [this, then = std::move(then)](const Result<QJsonObject> &profile) {
                    // Who we are is known from signing in: a name is worth no failure.
                    if (!profile && !view.isSignedIn) {
                        Error error = profile.error();
                        if (error.kind == ErrorKind::notFound)
                            error.kind = ErrorKind::gone;
                        then(tl::unexpected(error));
                        return;
                    }
                    if (profile && !view.isSignedIn) {
                        view.did = textOf(*profile, "did");
                        view.handle = textOf(*profile, "handle");
                        if (!isDid(view.did)) {
                            then(fail(ErrorKind::malformed, QStringLiteral("the account has no DID")));
                            return;
                        }
                    }
                    if (profile)
                        accountName = cleanLine(textOf(*profile, "displayName"));
                    m_isReady = true;
                    then({});
                });
}

BlueskyThread threadFrom(const QJsonObject &answer)
{
    BlueskyThread thread;
    const QJsonObject top = objectOf(answer, "thread");
    takeAbove(top, thread);
    takeBelow(top, thread);
    return thread;
}

void askThread(BlueskyClient &client, const QString &uri, int depth, QObject *context, BlueskyClient::Then then)
{
    struct Reach
    {
        int below;
        int above;
    };
    QList<Reach> lesser;
    for (const Reach reach : {Reach{1, highestParents}, Reach{0, highestParents}, Reach{0, 0}}) {
        if (reach.below < depth || reach.above == 0)
            lesser.append(reach);
    }
    const auto ask = [&client, uri, context, then = std::move(then)](const auto &self, Reach reach,
                                                                     QList<Reach> rest) -> void {
        client.get(
            "app.bsky.feed.getPostThread",
            {{"uri", uri}, {"depth", QString::number(reach.below)}, {"parentHeight", QString::number(reach.above)}},
            context, [self, then, rest](const Result<QJsonObject> &reply) mutable {
                const bool isTooLarge = !reply && reply.error().kind == ErrorKind::tooLarge;
                if (isTooLarge && !rest.isEmpty()) {
                    const Reach next = rest.takeFirst();
                    self(self, next, rest);
                } else {
                    then(reply);
                }
            });
    };
    ask(ask, {depth, highestParents}, lesser);
}

BlueskyContexts::BlueskyContexts(BlueskySession &session, QStringList uris, int depth, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_uris(std::move(uris))
    , m_depth(depth)
{
    step();
}

void BlueskyContexts::step()
{
    while (!m_uris.isEmpty() && m_covered.contains(m_uris.first()))
        m_uris.removeFirst();
    if (m_uris.isEmpty()) {
        end(m_found);
        return;
    }
    askThread(*m_session.client, m_uris.takeFirst(), m_depth, this,
              [this](const Result<QJsonObject> &reply) { take(reply); });
}

void BlueskyContexts::take(const Result<QJsonObject> &reply)
{
    if (reply) {
        const BlueskyThread thread = threadFrom(*reply);
        for (const QJsonObject &post : thread.posts)
            m_covered.insert(textOf(post, "uri"));
        m_found.append(thread);
    } else if (!isAbsent(reply.error()) && reply.error().kind != ErrorKind::permission &&
               reply.error().kind != ErrorKind::tooLarge) {
        end(tl::unexpected(reply.error()));
        return;
    }
    step();
}

BlueskyPosts::BlueskyPosts(BlueskySession &session, QStringList uris, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_uris(std::move(uris))
    , m_atOnce(mostPostsAtOnce)
    , m_isOne(m_uris.size() == 1)
{
    step();
}

void BlueskyPosts::step()
{
    if (m_uris.isEmpty()) {
        end(m_found);
        return;
    }
    const QStringList asked = m_uris.first(std::min(m_atOnce, m_uris.size()));
    m_uris.remove(0, asked.size());
    BlueskyClient::Query query;
    for (const QString &uri : asked)
        query.append({"uris", uri});
    m_session.client->get("app.bsky.feed.getPosts", query, this,
                          [this, asked](const Result<QJsonObject> &reply) { take(asked, reply); });
}

void BlueskyPosts::take(const QStringList &asked, const Result<QJsonObject> &reply)
{
    const bool isTooLarge = !reply && reply.error().kind == ErrorKind::tooLarge;
    if (isTooLarge && asked.size() > 1) {
        m_uris = asked + m_uris;
        m_atOnce = asked.size() / 2;
    } else if (!reply && (!isTooLarge || m_isOne)) {
        end(tl::unexpected(reply.error()));
        return;
    } else if (reply) {
        const QJsonArray posts = listOf(*reply, "posts");
        for (const QJsonValue &post : posts)
            m_found.insert(textOf(post.toObject(), "uri"), post.toObject());
    }
    step();
}

} // namespace Earshot
