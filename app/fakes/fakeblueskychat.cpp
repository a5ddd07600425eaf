// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakeblueskychat.h"

#include "fakes/requestparts.h"
#include "model/textcount.h"
#include "networks/blueskytext.h"
#include "networks/jsonvalues.h"

#include <algorithm>

namespace Earshot {

namespace {

FakeBlueskyChat::Answer refused(int status, const char *error, const QString &message)
{
    return {status, {{QStringLiteral("error"), QString::fromLatin1(error)}, {QStringLiteral("message"), message}}};
}

/// A page of rows from new to old, below the cursor.
template <class Row, class Key>
QList<Row> pageOf(const QList<Row> &newestFirst, const QUrlQuery &query, Key key, QString *cursor)
{
    const QString below = item(query, "cursor");
    const QString asked = item(query, "limit");
    const int limit = asked.isEmpty() ? 50 : asked.toInt();
    QList<Row> rows;
    for (const Row &row : newestFirst) {
        if (!below.isEmpty() && key(row) >= below)
            continue;
        if (rows.size() == limit) {
            *cursor = key(rows.last());
            break;
        }
        rows.append(row);
    }
    return rows;
}

} // namespace

QString FakeBlueskyChat::nextRev()
{
    return QStringLiteral("3n%1").arg(++m_serial, 11, 10, QLatin1Char('0'));
}

FakeBlueskyChat::Talk &FakeBlueskyChat::talkOf(QStringList members)
{
    members.removeDuplicates();
    members.sort();
    const auto talk =
        std::find_if(m_talks.begin(), m_talks.end(), [&members](const Talk &one) { return one.members == members; });
    if (talk != m_talks.end())
        return *talk;
    const QString id = nextRev();
    m_talks.append({.id = id, .rev = id, .members = members, .messages = {}});
    return m_talks.last();
}

FakeBlueskyChat::Message &FakeBlueskyChat::add(Talk &talk, const QString &from, const QString &text, Time at)
{
    talk.rev = nextRev();
    talk.messages.append({.id = talk.rev, .rev = talk.rev, .sender = from, .text = text, .at = at, .isDeleted = false});
    return talk.messages.last();
}

QString FakeBlueskyChat::send(const QString &from, const QString &to, const QString &text, Time at)
{
    return add(talkOf({from, to}), from, text, at).id;
}

void FakeBlueskyChat::remove(const QString &id)
{
    for (Talk &talk : m_talks) {
        for (Message &message : talk.messages) {
            if (message.id == id) {
                message.isDeleted = true;
                message.rev = talk.rev = nextRev();
            }
        }
    }
}

QStringList FakeBlueskyChat::textsBetween(const QString &a, const QString &b) const
{
    QStringList members{a, b};
    members.sort();
    QStringList texts;
    for (const Talk &talk : m_talks) {
        for (const Message &message : talk.messages) {
            if (talk.members == members && !message.isDeleted)
                texts.append(message.text);
        }
    }
    return texts;
}

QJsonObject FakeBlueskyChat::json(const Message &message)
{
    const char *type = message.isDeleted ? "deletedMessageView" : "messageView";
    QJsonObject shown{
        {QStringLiteral("$type"), QString(QLatin1StringView("chat.bsky.convo.defs#") + QLatin1StringView(type))},
        {QStringLiteral("id"), message.id},
        {QStringLiteral("rev"), message.rev},
        {QStringLiteral("sender"), QJsonObject{{QStringLiteral("did"), message.sender}}},
        {QStringLiteral("sentAt"), toIso(message.at)}};
    if (!message.isDeleted)
        shown.insert(QStringLiteral("text"), message.text);
    return shown;
}

QJsonObject FakeBlueskyChat::json(const Talk &talk, const std::function<QJsonObject(const QString &)> &profileOf)
{
    QJsonArray members;
    for (const QString &did : talk.members)
        members.append(profileOf(did));
    QJsonObject shown{{QStringLiteral("id"), talk.id},
                      {QStringLiteral("rev"), talk.rev},
                      {QStringLiteral("members"), members},
                      {QStringLiteral("muted"), false},
                      {QStringLiteral("unreadCount"), 0}};
    if (!talk.messages.isEmpty())
        shown.insert(QStringLiteral("lastMessage"), json(talk.messages.last()));
    return shown;
}

FakeBlueskyChat::Answer FakeBlueskyChat::answer(const QByteArray &method, const QString &viewer, const QUrlQuery &query,
                                                const QJsonObject &body, Time now,
                                                const std::function<QJsonObject(const QString &)> &profileOf)
{
    QString cursor;
    const auto withCursor = [&cursor](QJsonObject answer) {
        if (!cursor.isEmpty())
            answer.insert(QStringLiteral("cursor"), cursor);
        return Answer{200, answer};
    };
    if (method == "listConvos") {
        QList<Talk> mine;
        std::copy_if(m_talks.begin(), m_talks.end(), std::back_inserter(mine),
                     [&viewer](const Talk &talk) { return talk.members.contains(viewer) && !talk.messages.isEmpty(); });
        std::sort(mine.begin(), mine.end(), [](const Talk &a, const Talk &b) { return a.rev > b.rev; });
        QJsonArray convos;
        const QList<Talk> page = pageOf(
            mine, query, [](const Talk &talk) { return talk.rev; }, &cursor);
        for (const Talk &talk : page)
            convos.append(json(talk, profileOf));
        return withCursor({{QStringLiteral("convos"), convos}});
    }
    if (method == "getConvoForMembers") {
        const QString other = item(query, "members");
        if (m_closed.contains(other))
            return refused(400, "InvalidRequest", QStringLiteral("recipient has disabled incoming messages"));
        return {200, {{QStringLiteral("convo"), json(talkOf({viewer, other}), profileOf)}}};
    }
    const QString id = method == "sendMessage" ? textOf(body, "convoId") : item(query, "convoId");
    const auto talk = std::find_if(m_talks.begin(), m_talks.end(),
                                   [&](const Talk &one) { return one.id == id && one.members.contains(viewer); });
    if (talk == m_talks.end())
        return refused(400, "InvalidConvo", QStringLiteral("Convo not found"));
    if (method == "getConvo")
        return {200, {{QStringLiteral("convo"), json(*talk, profileOf)}}};
    if (method == "getMessages") {
        QList<Message> newest = talk->messages;
        std::reverse(newest.begin(), newest.end());
        QJsonArray messages;
        const QList<Message> page = pageOf(
            newest, query, [](const Message &message) { return message.id; }, &cursor);
        for (const Message &message : page)
            messages.append(json(message));
        return withCursor({{QStringLiteral("messages"), messages}});
    }
    if (method != "sendMessage")
        return refused(501, "MethodNotImplemented", QStringLiteral("Method Not Implemented"));
    Capabilities rule;
    rule.countRule = CountRule::bluesky;
    rule.maxLength = 1000;
    const QString text = textOf(objectOf(body, "message"), "text");
    if (countText(text, {}, rule).isTooLong())
        return refused(400, "InvalidRequest",
                       QStringLiteral("Input/message/text must not be longer than 1000 graphemes"));
    return {200, json(add(*talk, viewer, text, now))};
}

} // namespace Earshot
