// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskychat.h"

#include "model/htmltext.h"
#include "networks/blueskytext.h"

#include <algorithm>

namespace Earshot {

namespace {

const auto scheme = QLatin1StringView("bsky-chat:");
const auto deletedType = QLatin1StringView("chat.bsky.convo.defs#deletedMessageView");
constexpr qsizetype mostTalks = 1'000;
constexpr int mostTalkPages = 50; // of a talk
constexpr int pageSize = 100;

void askPage(BlueskyClient &client, const BlueskyClient::Query &query, int limit, QObject *context,
             const BlueskyClient::Then &then)
{
    BlueskyClient::Query whole = query;
    whole.append({"limit", QString::number(limit)});
    client.get("chat.bsky.convo.getMessages", whole, context,
               [&client, query, limit, context, then](const Result<QJsonObject> &reply) {
                   if (const int fewer = fewerThan(limit); isTooLarge(reply) && fewer > 0)
                       askPage(client, query, fewer, context, then);
                   else
                       then(reply);
               });
}

} // namespace

QString ChatUri::toString() const
{
    return message.isEmpty() ? QString(scheme + talk) : QString(scheme + talk + QLatin1Char('/') + message);
}

ChatUri ChatUri::from(const QString &uri)
{
    if (!uri.startsWith(scheme))
        return {};
    const QString parts = uri.mid(scheme.size());
    return {parts.section(QLatin1Char('/'), 0, 0), parts.section(QLatin1Char('/'), 1)};
}

bool isChatRefused(const Error &error)
{
    return error.kind == ErrorKind::permission || error.kind == ErrorKind::unsupported ||
           error.kind == ErrorKind::policy || isAbsent(error);
}

QHash<QString, QJsonObject> chatMembersOf(const QJsonObject &convo)
{
    QHash<QString, QJsonObject> members;
    const QJsonArray list = listOf(convo, "members");
    for (const QJsonValue &member : list)
        members.insert(textOf(member.toObject(), "did"), member.toObject());
    return members;
}

QList<RemoteMessage> chatMessagesFrom(const QJsonArray &newestFirst, const QString &talk,
                                      const QHash<QString, QJsonObject> &members, const BlueskyView &view)
{
    QList<RemoteMessage> messages;
    QString lastOfOthers;
    for (qsizetype i = newestFirst.size() - 1; i >= 0; --i) {
        const QJsonObject shown = newestFirst.at(i).toObject();
        const QString sender = textOf(objectOf(shown, "sender"), "did");
        const QString id = textOf(shown, "id");
        if (textOf(shown, "$type") == deletedType || id.isEmpty() || !isDid(sender))
            continue;
        RemoteMessage message;
        message.uri = ChatUri{talk, id}.toString();
        message.remoteId = message.uri;
        message.threadUri = ChatUri{talk, {}}.toString();
        QJsonObject profile = members.value(sender);
        profile.insert(QStringLiteral("did"), sender);
        message.author = blueskyAuthorFrom(profile);
        message.isOurs = sender == view.did;
        message.visibility = Visibility::direct;
        message.sentAt = timeOf(shown, "sentAt");
        message.text = cleanText(textWithLinks(shown));
        if (message.isOurs)
            message.parentUri = lastOfOthers;
        else
            lastOfOthers = message.uri;
        messages.append(std::move(message));
    }
    return messages;
}

void askChatPage(BlueskyClient &client, const QString &talk, const QString &cursor, QObject *context,
                 BlueskyClient::Then then)
{
    BlueskyClient::Query query{{"convoId", talk}};
    if (!cursor.isEmpty())
        query.append({"cursor", cursor});
    askPage(client, query, pageSize, context, then);
}

BlueskyChatPull::BlueskyChatPull(BlueskySession &session, const QString &since, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_since(since)
{
    m_news.rev = since;
    askTalks({});
}

void BlueskyChatPull::askTalks(const QString &cursor)
{
    BlueskyClient::Query query{{"limit", QString::number(pageSize)}};
    if (!cursor.isEmpty())
        query.append({"cursor", cursor});
    m_session.client->get("chat.bsky.convo.listConvos", query, this,
                          [this, cursor](const Result<QJsonObject> &reply) { takeTalks(reply, cursor); });
}

void BlueskyChatPull::takeTalks(const Result<QJsonObject> &reply, const QString &cursor)
{
    if (!reply) {
        end(tl::unexpected(reply.error()));
        return;
    }
    bool isKnown = false;
    const QJsonArray convos = listOf(*reply, "convos");
    for (const QJsonValue &entry : convos) {
        const QJsonObject convo = entry.toObject();
        const QString rev = textOf(convo, "rev");
        // Sorted by it: below a known one nothing has changed.
        isKnown = isKnown || rev <= m_since;
        if (rev <= m_since || textOf(convo, "id").isEmpty())
            continue;
        m_news.rev = std::max(m_news.rev, rev);
        m_talks.append(convo);
    }
    const QString next = textOf(*reply, "cursor");
    if (!isKnown && !next.isEmpty() && next != cursor && m_talks.size() < mostTalks)
        askTalks(next);
    else
        readNext();
}

void BlueskyChatPull::readNext()
{
    if (m_talks.isEmpty()) {
        // An account without talks was read all the same: below every rev.
        if (m_news.rev.isEmpty())
            m_news.rev = QStringLiteral("0");
        end(m_news);
        return;
    }
    m_read = {};
    askMessages({}, 1);
}

void BlueskyChatPull::askMessages(const QString &cursor, int page)
{
    askChatPage(*m_session.client, textOf(m_talks.first(), "id"), cursor, this,
                [this, cursor, page](const Result<QJsonObject> &reply) {
                    if (reply)
                        takeMessages(*reply, cursor, page);
                    else
                        end(tl::unexpected(reply.error()));
                });
}

void BlueskyChatPull::takeMessages(const QJsonObject &reply, const QString &cursor, int page)
{
    const QString talk = textOf(m_talks.first(), "id");
    // It bounds the first walk; later ones take whatever is new.
    const Time horizon = m_since.isEmpty() ? m_session.access.horizon : Time();
    bool isEnd = false;
    const QJsonArray shown = listOf(reply, "messages");
    for (const QJsonValue &entry : shown) {
        const QJsonObject message = entry.toObject();
        const bool isTooOld = isKnown(horizon) && timeOf(message, "sentAt") < horizon;
        const bool isStored = !m_since.isEmpty() && textOf(message, "rev") <= m_since;
        isEnd = isEnd || isTooOld || isStored;
        if (textOf(message, "$type") == deletedType)
            m_news.deleted.append(ChatUri{talk, textOf(message, "id")}.toString());
        if (!isTooOld)
            m_read.append(message);
    }
    const QString next = textOf(reply, "cursor");
    const bool hasMore = !isEnd && !next.isEmpty() && next != cursor;
    if (hasMore && page < mostTalkPages) {
        askMessages(next, page + 1);
        return;
    }
    m_news.isCut = m_news.isCut || hasMore;
    // Those of the same page that are stored already say what ours answer.
    QList<RemoteMessage> messages = chatMessagesFrom(m_read, talk, chatMembersOf(m_talks.first()), m_session.view);
    m_news.messages += messages;
    m_talks.removeFirst();
    readNext();
}

BlueskyTalk::BlueskyTalk(BlueskySession &session, const QString &talk, QObject *parent)
    : Errand(parent)
    , m_session(session)
    , m_talk(talk)
{
    m_session.client->get("chat.bsky.convo.getConvo", {{"convoId", m_talk}}, this,
                          [this](const Result<QJsonObject> &reply) {
                              if (reply)
                                  askMessages(chatMembersOf(objectOf(*reply, "convo")));
                              else
                                  end(tl::unexpected(reply.error()));
                          });
}

void BlueskyTalk::askMessages(const QHash<QString, QJsonObject> &members)
{
    askChatPage(*m_session.client, m_talk, {}, this, [this, members](const Result<QJsonObject> &reply) {
        if (reply)
            end(chatMessagesFrom(listOf(*reply, "messages"), m_talk, members, m_session.view));
        else
            end(tl::unexpected(reply.error()));
    });
}

} // namespace Earshot
