// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/blueskysession.h"

namespace Earshot {

// Direct messages (chat.bsky.convo): a service of its own behind the account's server. Its messages have no at:// uris
// and no keys of the client's choosing; a talk and each of its messages carry a `rev`, which grows with every change.

/// What a direct message is known by: "bsky-chat:TALK/MESSAGE". The talk alone is its thread.
struct ChatUri
{
    QString talk;
    QString message;

    [[nodiscard]] bool isValid() const { return !talk.isEmpty(); }
    [[nodiscard]] QString toString() const;
    /// Of anything else: not valid.
    [[nodiscard]] static ChatUri from(const QString &uri);
};

/// What the service calls a talk's messages, as ours.
/// @param members profiles by DID
[[nodiscard]] QList<RemoteMessage> chatMessagesFrom(const QJsonArray &newestFirst, const QString &talk,
                                                    const QHash<QString, QJsonObject> &members,
                                                    const BlueskyView &view);
[[nodiscard]] QHash<QString, QJsonObject> chatMembersOf(const QJsonObject &convo);

/// Whether an error says that the account has no direct messages: a password without that right, a server that hands on
/// none.
[[nodiscard]] bool isChatRefused(const Error &error);

/// Asks for a page of a talk's messages, newest first; for fewer where they are too large to read.
void askChatPage(BlueskyClient &client, const QString &talk, const QString &cursor, QObject *context,
                 BlueskyClient::Then then);

/// What reading the talks brought.
struct BlueskyChatNews
{
    QList<RemoteMessage> messages; ///< oldest first in each talk
    QStringList deleted;           ///< uris
    QString rev;                   ///< up to which all is read
    bool isCut = false;            ///< a talk was longer than what is read of it
};

/// Reads what changed in the account's talks since a rev: those talks, newest first, each back to it. The first time
/// back to the horizon. Errors: those of the calls; permission when the account may not use the service.
class BlueskyChatPull final : public Errand<BlueskyChatNews>
{
public:
    BlueskyChatPull(BlueskySession &session, const QString &since, QObject *parent);

private:
    void askTalks(const QString &cursor);
    void takeTalks(const Result<QJsonObject> &reply, const QString &cursor);
    void readNext();
    void askMessages(const QString &cursor, int page);
    void takeMessages(const QJsonObject &reply, const QString &cursor, int page);

    BlueskySession &m_session;
    QString m_since;
    QList<QJsonObject> m_talks;
    QJsonArray m_read; ///< of the talk that is being read, newest first
    BlueskyChatNews m_news;
};

/// One talk as it is now, for Connector::thread.
class BlueskyTalk final : public Errand<QList<RemoteMessage>>
{
public:
    BlueskyTalk(BlueskySession &session, const QString &talk, QObject *parent);

private:
    void askMessages(const QHash<QString, QJsonObject> &members);

    BlueskySession &m_session;
    QString m_talk;
};

} // namespace Earshot
