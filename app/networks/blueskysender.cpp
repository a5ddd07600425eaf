// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskysender.h"

#include "model/textcount.h"

#include <algorithm>

namespace Earshot {

namespace {

/// What every server takes of a picture, also older ones (app.bsky.embed.images), and what the network shows of it.
constexpr MediaLimits pictureLimits{.maxBytes = 1'000'000, .maxEdge = 2'000};
/// Of a card's thumbnail (app.bsky.embed.external: 1,000,000 bytes).
constexpr MediaLimits cardLimits{.maxBytes = 900'000, .maxEdge = 1'000};

QJsonObject refTo(const QString &uri, const QString &cid)
{
    return {{QStringLiteral("uri"), uri}, {QStringLiteral("cid"), cid}};
}

QJsonObject replyTo(const Outgoing &outgoing)
{
    const StrongRef ref = strongRefFrom(outgoing.targetRemoteId);
    const QJsonObject parent = refTo(outgoing.targetUri, ref.cid);
    return {{QStringLiteral("root"), ref.rootUri.isEmpty() ? parent : refTo(ref.rootUri, ref.rootCid)},
            {QStringLiteral("parent"), parent}};
}

Error parentGone(Error error)
{
    if (isAbsent(error))
        error.kind = ErrorKind::parentGone;
    return error;
}

} // namespace

Result<Outgoing> prepareReply(Outgoing wish, const RemoteMessage &target, const BlueskySession &session)
{
    if (!session.view.isSignedIn)
        return Earshot::fail(ErrorKind::unsupported, QStringLiteral("the channel has no account"));
    if (collectionOf(wish.effect).isEmpty())
        return Earshot::fail(ErrorKind::unsupported, word(wish.effect));
    wish.targetUri = target.uri;
    wish.targetRemoteId = target.remoteId;
    wish.threadUri = target.threadUri.isEmpty() ? target.uri : target.threadUri;
    if (!isKnown(wish.createdAt))
        wish.createdAt = session.client->now();
    if (wish.effect == Effect::deleteOwn && !target.isOurs)
        return Earshot::fail(ErrorKind::invalid, QStringLiteral("not our own post"));
    if (wish.effect != Effect::reply)
        return wish;
    if (strongRefFrom(target.remoteId).cid.isEmpty())
        return Earshot::fail(ErrorKind::invalid, QStringLiteral("what is answered is not a post"));
    if (wish.visibility != Visibility::everyone)
        return Earshot::fail(ErrorKind::unsupported, QStringLiteral("posts here are public"));
    if (!wish.contentWarning.isEmpty())
        return Earshot::fail(ErrorKind::unsupported, QStringLiteral("warnings have no text here"));
    if (wish.text.trimmed().isEmpty() && wish.media.isEmpty())
        return Earshot::fail(ErrorKind::invalid, QStringLiteral("nothing to say"));
    if (wish.media.size() > session.capabilities.maxMedia)
        return Earshot::fail(ErrorKind::invalid,
                             QStringLiteral("more than %1 files").arg(session.capabilities.maxMedia));
    for (const OutgoingMedia &media : std::as_const(wish.media)) {
        if (!media.type.startsWith(QLatin1StringView("image/")))
            return Earshot::fail(ErrorKind::unsupported, QStringLiteral("only pictures: %1").arg(media.type));
    }
    const TextCount count = countText(wish.text, {}, session.capabilities);
    if (count.isTooLong())
        return Earshot::fail(ErrorKind::tooLong, QStringLiteral("%1 of %2").arg(count.used).arg(count.limit));
    return wish;
}

BlueskyDelivery::BlueskyDelivery(BlueskySession &session, Outgoing outgoing, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_outgoing(std::move(outgoing))
{
    whenPrepared(m_session, [this] { begin(); });
}

void BlueskyDelivery::begin()
{
    if (!m_session.view.isSignedIn)
        fail(ErrorKind::unsupported, QStringLiteral("the channel has no account"));
    else if (collectionOf(m_outgoing.effect).isEmpty())
        fail(ErrorKind::unsupported, word(m_outgoing.effect));
    else if (!parseAtUri(m_outgoing.targetUri).isValid())
        fail(ErrorKind::invalid, QStringLiteral("no target"));
    else if (m_outgoing.effect == Effect::deleteOwn)
        remove(parseAtUri(m_outgoing.targetUri));
    else
        lookAtTarget();
}

void BlueskyDelivery::lookAtTarget()
{
    auto *posts = new BlueskyPosts(m_session, {m_outgoing.targetUri}, this);
    whenDone(posts->future(), this, [this](const Result<QHash<QString, QJsonObject>> &found) {
        if (!found)
            fail(parentGone(found.error()));
        else if (found->isEmpty())
            fail(ErrorKind::parentGone, QStringLiteral("it is not shown to us any more"));
        else
            onTarget(*found->cbegin());
    });
}

void BlueskyDelivery::onTarget(const QJsonObject &post)
{
    const QByteArray collection = collectionOf(m_outgoing.effect);
    if (m_outgoing.effect == Effect::reply) {
        // The server would store such an answer, and nobody would ever see it.
        const QJsonObject viewer = objectOf(objectOf(post, "author"), "viewer");
        if (valueOf(objectOf(post, "viewer"), "replyDisabled").toBool()) {
            fail(ErrorKind::policy, QStringLiteral("its author does not let us answer"));
        } else if (valueOf(viewer, "blockedBy").toBool() || viewer.contains(QLatin1StringView("blocking"))) {
            fail(ErrorKind::permission, QStringLiteral("there is a block between its author and us"));
        } else {
            m_facets = findFacets(m_outgoing.text);
            for (const TextFacet &facet : std::as_const(m_facets)) {
                if (facet.kind == TextFacet::Kind::mention && !m_unresolved.contains(facet.value))
                    m_unresolved.append(facet.value);
            }
            resolveNext();
        }
        return;
    }
    const AtUri own = ownReaction(post, collection);
    const bool isWanted = m_outgoing.effect == Effect::like || m_outgoing.effect == Effect::boost;
    if (own.isValid() == isWanted)
        end(Delivered{});
    else if (isWanted)
        put(collection, {{QStringLiteral("$type"), QString::fromLatin1(collection)},
                         {QStringLiteral("subject"), refTo(textOf(post, "uri"), textOf(post, "cid"))},
                         {QStringLiteral("createdAt"), now()}});
    else
        remove(own);
}

void BlueskyDelivery::resolveNext()
{
    if (m_unresolved.isEmpty()) {
        uploadNext();
        return;
    }
    const QString handle = m_unresolved.takeFirst();
    m_session.client->get("com.atproto.identity.resolveHandle", {{"handle", handle}}, this,
                          [this, handle](const Result<QJsonObject> &reply) {
                              // Who is not known here is not mentioned, as in the network's own client.
                              const bool isUnknown =
                                  !reply && (isAbsent(reply.error()) || reply.error().kind == ErrorKind::policy);
                              if (!reply && !isUnknown) {
                                  fail(reply.error());
                                  return;
                              }
                              if (reply && isDid(textOf(*reply, "did")))
                                  m_dids.insert(handle, textOf(*reply, "did"));
                              resolveNext();
                          });
}

void BlueskyDelivery::uploadNext()
{
    if (m_images.size() == m_outgoing.media.size()) {
        if (m_images.isEmpty())
            lookAtLink();
        else
            putPost({{QStringLiteral("$type"), QStringLiteral("app.bsky.embed.images")},
                     {QStringLiteral("images"), m_images}});
        return;
    }
    const OutgoingMedia &media = m_outgoing.media.at(m_images.size());
    const Result<PreparedMedium> prepared = prepareMedium(m_session.access, media, pictureLimits);
    if (!prepared) {
        fail(prepared.error());
        return;
    }
    if (prepared->isScaled)
        m_scaled.append({.position = int(m_images.size()), .width = prepared->width, .height = prepared->height});
    QJsonObject image{{QStringLiteral("alt"), media.description}};
    if (prepared->width > 0 && prepared->height > 0)
        image.insert(QStringLiteral("aspectRatio"), QJsonObject{{QStringLiteral("width"), prepared->width},
                                                                {QStringLiteral("height"), prepared->height}});
    m_session.client->upload(prepared->content, prepared->type, this, [this, image](const Result<QJsonObject> &reply) {
        if (!reply) {
            fail(reply.error());
            return;
        }
        QJsonObject whole = image;
        whole.insert(QStringLiteral("image"), objectOf(*reply, "blob"));
        m_images.append(whole);
        uploadNext();
    });
}

/// The first link of a text without pictures is shown as a card, as the network's own client does.
void BlueskyDelivery::lookAtLink()
{
    const auto link = std::find_if(m_facets.cbegin(), m_facets.cend(),
                                   [](const TextFacet &facet) { return facet.kind == TextFacet::Kind::link; });
    if (link == m_facets.cend()) {
        putPost({});
        return;
    }
    auto *lookup = new LinkCardLookup(QUrl(link->value), cardLimits, m_session.client->setting(), this);
    whenDone(lookup->future(), this, [this](const Result<LinkCard> &card) {
        // A repeat may meet another page: the answer is the same for all that (isSameAnswer()).
        if (card)
            putCard(*card);
        else
            putPost({});
    });
}

void BlueskyDelivery::putCard(const LinkCard &card)
{
    const QJsonObject external{{QStringLiteral("uri"), card.url.toString(QUrl::FullyEncoded)},
                               {QStringLiteral("title"), card.title},
                               {QStringLiteral("description"), card.description}};
    const auto put = [this](const QJsonObject &whole) {
        putPost({{QStringLiteral("$type"), QStringLiteral("app.bsky.embed.external")},
                 {QStringLiteral("external"), whole}});
    };
    if (card.thumbnail.content.isEmpty()) {
        put(external);
        return;
    }
    m_session.client->upload(card.thumbnail.content, card.thumbnail.type, this,
                             [put, external](const Result<QJsonObject> &reply) {
                                 QJsonObject whole = external;
                                 if (reply)
                                     whole.insert(QStringLiteral("thumb"), objectOf(*reply, "blob"));
                                 put(whole);
                             });
}

void BlueskyDelivery::putPost(const QJsonObject &embed)
{
    QJsonObject record{{QStringLiteral("$type"), QString::fromLatin1(postCollection)},
                       {QStringLiteral("text"), m_outgoing.text},
                       {QStringLiteral("createdAt"), now()},
                       {QStringLiteral("reply"), replyTo(m_outgoing)}};
    const QJsonArray facets = facetsToJson(m_facets, m_dids);
    if (!facets.isEmpty())
        record.insert(QStringLiteral("facets"), facets);
    if (!m_outgoing.language.isEmpty())
        record.insert(QStringLiteral("langs"), QJsonArray{m_outgoing.language});
    if (!embed.isEmpty())
        record.insert(QStringLiteral("embed"), embed);
    put(postCollection, record);
}

void BlueskyDelivery::put(const QByteArray &collection, const QJsonObject &record)
{
    const QJsonObject body{{QStringLiteral("repo"), m_session.view.did},
                           {QStringLiteral("collection"), QString::fromLatin1(collection)},
                           {QStringLiteral("rkey"), recordKeyFor(m_outgoing)},
                           {QStringLiteral("swapRecord"), QJsonValue(QJsonValue::Null)},
                           {QStringLiteral("record"), record}};
    m_session.client->change(
        "com.atproto.repo.putRecord", body, this,
        [this, collection, record](const Result<QJsonObject> &reply) { onPut(collection, record, reply); });
}

void BlueskyDelivery::onPut(const QByteArray &collection, const QJsonObject &record, const Result<QJsonObject> &reply)
{
    if (!reply && reply.error().kind == ErrorKind::duplicate) {
        compare(collection, record);
        return;
    }
    if (!reply) {
        fail(reply.error());
        return;
    }
    const QString uri = textOf(*reply, "uri");
    if (parseAtUri(uri).key != recordKeyFor(m_outgoing))
        fail(ErrorKind::unsure, QStringLiteral("the answer does not name the record"));
    else if (collection != postCollection)
        end(Delivered{});
    else
        endSent(uri, textOf(*reply, "cid"));
}

void BlueskyDelivery::endSent(const QString &uri, const QString &cid)
{
    Delivered delivered = deliveredFrom(uri, cid, m_outgoing);
    delivered.scaled = m_scaled;
    end(delivered);
}

/// Something is under our key, and not to the byte what we sent: an earlier attempt of ours, or nothing of ours.
void BlueskyDelivery::compare(const QByteArray &collection, const QJsonObject &record)
{
    m_session.client->get(
        "com.atproto.repo.getRecord",
        {{"repo", m_session.view.did},
         {"collection", QString::fromLatin1(collection)},
         {"rkey", recordKeyFor(m_outgoing)}},
        this, [this, collection, record](const Result<QJsonObject> &reply) {
            if (!reply) {
                fail(ErrorKind::unsure, reply.error().detail);
                return;
            }
            const QJsonObject there = objectOf(*reply, "value");
            const bool isPost = collection == postCollection;
            const bool isSame = isPost ? isSameAnswer(there, m_outgoing)
                                       : textOf(objectOf(there, "subject"), "uri") == m_outgoing.targetUri;
            if (!isSame)
                fail(ErrorKind::duplicate, QStringLiteral("something else is at the place of this answer"));
            else if (isPost)
                endSent(textOf(*reply, "uri"), textOf(*reply, "cid"));
            else
                end(Delivered{});
        });
}

void BlueskyDelivery::remove(const AtUri &uri)
{
    if (uri.repo != m_session.view.did) {
        fail(ErrorKind::invalid, QStringLiteral("not our own record"));
        return;
    }
    const QJsonObject body{{QStringLiteral("repo"), uri.repo},
                           {QStringLiteral("collection"), uri.collection},
                           {QStringLiteral("rkey"), uri.key}};
    m_session.client->change("com.atproto.repo.deleteRecord", body, this, [this](const Result<QJsonObject> &reply) {
        if (reply)
            end(Delivered{});
        else
            fail(reply.error());
    });
}

} // namespace Earshot
