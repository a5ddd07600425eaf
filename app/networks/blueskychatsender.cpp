// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskychatsender.h"

#include "model/textcount.h"
#include "networks/blueskytext.h"

namespace Earshot {

namespace {

constexpr int mostPages = 10;

/// Finds the talk that a delivery goes to.
/// @param then the talk's id
void findTalk(const BlueskySession &session, const Outgoing &outgoing, QObject *context,
              std::function<void(Result<QString>)> then)
{
    if (const ChatUri uri = ChatUri::from(outgoing.targetRemoteId); uri.isValid()) {
        then(uri.talk);
        return;
    }
    session.client->get("chat.bsky.convo.getConvoForMembers", {{"members", outgoing.targetRemoteId}}, context,
                        [then = std::move(then)](const Result<QJsonObject> &reply) {
                            if (!reply)
                                then(tl::unexpected(reply.error()));
                            else
                                then(textOf(objectOf(*reply, "convo"), "id"));
                        });
}

Delivered deliveredFrom(const QString &talk, const QString &message)
{
    const QString uri = ChatUri{talk, message}.toString();
    return {.uri = uri, .remoteId = uri, .url = {}, .moderation = Moderation::none};
}

} // namespace

Result<Outgoing> prepareChatMessage(Outgoing wish, const RemoteMessage &target, const BlueskySession &session)
{
    const bool isInTalk = ChatUri::from(target.uri).isValid();
    if (session.areTalksRefused || !session.view.isSignedIn)
        return fail(ErrorKind::unsupported, QStringLiteral("the account may not send messages"));
    if (wish.effect != Effect::reply)
        return fail(ErrorKind::unsupported, word(wish.effect));
    wish.targetUri = target.uri;
    // Who is meant stands in the stored answer: a repeat asks nobody.
    wish.targetRemoteId = isInTalk ? target.uri : target.author.id;
    wish.threadUri = target.threadUri;
    wish.visibility = Visibility::direct;
    if (!isKnown(wish.createdAt))
        wish.createdAt = session.client->now();
    if (!isInTalk && (target.isOurs || !isDid(target.author.id)))
        return fail(ErrorKind::invalid, QStringLiteral("nobody to write to"));
    if (!wish.media.isEmpty())
        return fail(ErrorKind::unsupported, QStringLiteral("messages here hold no files"));
    if (!wish.contentWarning.isEmpty())
        return fail(ErrorKind::unsupported, QStringLiteral("warnings have no text here"));
    if (wish.text.trimmed().isEmpty())
        return fail(ErrorKind::invalid, QStringLiteral("nothing to say"));
    const TextCount count = countText(wish.text, {}, roomFor(session.capabilities, true));
    if (count.isTooLong())
        return fail(ErrorKind::tooLong, QStringLiteral("%1 of %2").arg(count.used).arg(count.limit));
    return wish;
}

BlueskyChatDelivery::BlueskyChatDelivery(BlueskySession &session, Outgoing outgoing, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_outgoing(std::move(outgoing))
{
    whenPrepared(m_session, [this] {
        findTalk(m_session, m_outgoing, this, [this](const Result<QString> &talk) {
            if (!talk)
                end(tl::unexpected(talk.error()));
            else if (talk->isEmpty())
                end(fail(ErrorKind::policy, QStringLiteral("they take no messages from us")));
            else
                send(*talk);
        });
    });
}

void BlueskyChatDelivery::send(const QString &talk)
{
    QJsonObject message{{QStringLiteral("text"), m_outgoing.text}};
    // Links alone: whom a message names is not told here.
    const QJsonArray facets = facetsToJson(findFacets(m_outgoing.text), {});
    if (!facets.isEmpty())
        message.insert(QStringLiteral("facets"), facets);
    const QJsonObject body{{QStringLiteral("convoId"), talk}, {QStringLiteral("message"), message}};
    m_session.client->change("chat.bsky.convo.sendMessage", body, this, [this, talk](const Result<QJsonObject> &reply) {
        if (!reply)
            end(tl::unexpected(reply.error()));
        else if (const QString id = textOf(*reply, "id"); id.isEmpty())
            end(fail(ErrorKind::unsure, QStringLiteral("the answer does not name the message")));
        else
            end(deliveredFrom(talk, id));
    });
}

BlueskyChatSearch::BlueskyChatSearch(BlueskySession &session, Outgoing outgoing, Attempt attempt, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_outgoing(std::move(outgoing))
    , m_search(std::move(attempt), mostPages)
{
    whenPrepared(m_session, [this] {
        findTalk(m_session, m_outgoing, this, [this](const Result<QString> &talk) {
            if (talk)
                look(*talk, {});
            else
                end(tl::unexpected(talk.error()));
        });
    });
}

bool BlueskyChatSearch::isMatch(const QJsonObject &message, const QString &talk) const
{
    return textOf(objectOf(message, "sender"), "did") == m_session.view.did &&
           textOf(message, "text") == m_outgoing.text &&
           m_search.isPossible(ChatUri{talk, textOf(message, "id")}.toString(), timeOf(message, "sentAt"));
}

void BlueskyChatSearch::look(const QString &talk, const QString &cursor)
{
    askChatPage(*m_session.client, talk, cursor, this, [this, talk](const Result<QJsonObject> &reply) {
        if (reply)
            take(talk, *reply);
        else
            end(tl::unexpected(reply.error()));
    });
}

void BlueskyChatSearch::take(const QString &talk, const QJsonObject &reply)
{
    m_search.setClock(m_session.client->now(), m_session.client->clockOffset());
    const QJsonArray messages = listOf(reply, "messages");
    for (const QJsonValue &entry : messages) {
        const QJsonObject message = entry.toObject();
        if (isMatch(message, talk)) {
            end(std::optional(deliveredFrom(talk, textOf(message, "id"))));
            return;
        }
    }
    const QString next = textOf(reply, "cursor");
    switch (m_search.after(timeOf(messages.last().toObject(), "sentAt"), !next.isEmpty())) {
    case OwnSearch::Next::page:
        look(talk, next);
        return;
    case OwnSearch::Next::end:
        end(std::optional<Delivered>());
        return;
    case OwnSearch::Next::unknown:
        end(fail(ErrorKind::unsure, QStringLiteral("the talk has grown too long to look for it")));
        return;
    }
}

} // namespace Earshot
