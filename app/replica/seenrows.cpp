// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/seenrows.h"

#include "replica/replicameta.h"
#include "replica/serverera.h"
#include "workspace/personalstore.h"
#include "workspace/viewstore.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostMarks = 500;
constexpr int mostViews = 1000;

/// 0 = nothing. What fails stays in the database: the task is to fail with it.
MessageId seenHere(Database &database, AgentId me, ConversationId conversation)
{
    Statement find = database.statement("select_seen");
    return find.bind("me", me).bind("conversation", conversation).next() ? MessageId(find.integer(0)) : MessageId();
}

void runOnUntoldView(Writing &writing, const char *name, const QString &uuid)
{
    Statement statement = writing.statement(name);
    statement.bind("uuid", uuid).run();
}

QHash<QString, std::optional<ViewRecord>> untoldViews(Database &database, AgentId me)
{
    QHash<QString, std::optional<ViewRecord>> views;
    Statement rows = database.statement("list_own_views_untold");
    rows.bind("limit", mostViews);
    while (rows.next())
        views.insert(rows.text(0), std::nullopt);
    const QHash<QString, ViewRecord> own = views.isEmpty() ? QHash<QString, ViewRecord>() : ownViews(database, me);
    for (auto it = views.begin(); it != views.end(); ++it) {
        if (own.contains(it.key()))
            it.value() = own.value(it.key());
    }
    return views;
}

/// Nothing = it is told.
std::optional<MessageId> untoldSince(Database &database, ConversationId conversation)
{
    Statement find = database.statement("select_seen_untold");
    if (!find.bind("conversation", conversation).next())
        return std::nullopt;
    return MessageId(find.integer(0));
}

void forgetUntold(Writing &writing, ConversationId conversation)
{
    Statement remove = writing.statement("delete_seen_untold");
    remove.bind("conversation", conversation).run();
}

/// It is still to be told, to a server that has this.
void awaitAgain(Writing &writing, ConversationId conversation, MessageId there)
{
    Statement store = writing.statement("update_seen_untold");
    store.bind("conversation", conversation).bind("was", there).run();
}

/// The server has this.
/// @param isOwn nobody but this machine, or nobody since, told it so
void takeMark(Writing &writing, AgentId me, ConversationId conversation, MessageId there, bool isOwn)
{
    Database &database = writing.database();
    const MessageId here = seenHere(database, me, conversation);
    const bool isUntold = untoldSince(database, conversation).has_value();
    const bool isNewer = isUntold && here != there && (isOwn || here.value > there.value);
    if (isNewer) {
        awaitAgain(writing, conversation, there);
        return;
    }
    if (isUntold)
        forgetUntold(writing, conversation);
    if (here != there)
        storeSeen(writing, me, conversation, there);
}

QHash<ConversationId, MessageId> readSaid(Database &database)
{
    QHash<ConversationId, MessageId> said;
    const QStringList words = ReplicaMeta::read(database, ReplicaMeta::said).split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words)
        said.insert(ConversationId(word.section(u'.', 0, 0).toLongLong()),
                    MessageId(word.section(u'.', 1, 1).toLongLong()));
    return said;
}

/// Where what the server has is what was there when this was marked here, or what it was told from here.
QSet<ConversationId> ownOf(Database &database, const SeenNews &news)
{
    QSet<ConversationId> own;
    const QHash<ConversationId, MessageId> said = readSaid(database);
    for (auto it = news.state.seen.cbegin(); it != news.state.seen.cend(); ++it) {
        const std::optional<MessageId> was = untoldSince(database, it.key());
        // A server that was put back has what it had once: nobody has told it anything since.
        if (was && (news.isAnew || *was == it.value() || said.value(it.key()) == it.value()))
            own.insert(it.key());
    }
    return own;
}

void takeViews(Writing &writing, AgentId me, const QHash<QString, std::optional<ViewRecord>> &views)
{
    if (views.isEmpty())
        return;
    const auto untold = untoldViews(writing.database(), me);
    const QHash<QString, ViewRecord> own = ownViews(writing.database(), me);
    for (auto it = views.cbegin(); it != views.cend(); ++it) {
        const auto here = own.contains(it.key()) ? std::optional(own.value(it.key())) : std::nullopt;
        std::optional<ViewRecord> there = it.value();
        if (there)
            completeView(there->content, own.value(it.key()).content);
        if (!untold.contains(it.key()) && here != there)
            storeOwnView(writing, me, it.key(), there);
    }
}

/// A server that was never told, or does not know any more.
void noteAllUntold(Writing &writing, AgentId me)
{
    Statement all = writing.statement("insert_all_seen_untold");
    all.bind("agent", me).run();
    const QStringList views = ownViews(writing.database(), me).keys();
    for (const QString &uuid : views)
        runOnUntoldView(writing, "insert_own_view_untold", uuid);
}

} // namespace

void noteUntold(Writing &writing, AgentId me, const PersonalState &state)
{
    for (auto it = state.seen.cbegin(); it != state.seen.cend(); ++it) {
        Statement note = writing.statement("insert_seen_untold");
        note.bind("agent", me).bind("conversation", it.key()).run();
    }
    for (auto it = state.views.cbegin(); it != state.views.cend(); ++it)
        runOnUntoldView(writing, "insert_own_view_untold", it.key());
}

void noteChannelUntold(Writing &writing, AgentId me, ChannelId channel)
{
    Statement note = writing.statement("insert_channel_seen_untold");
    note.bind("agent", me).bind("channel", channel).run();
}

Result<SeenWork> nextSeenWork(Database &database, AgentId me, bool withViews)
{
    SeenWork work;
    // Until it is judged its conversations may have other numbers at the server.
    if (isOfAnotherEra(database))
        return database.result(work);
    Statement rows = database.statement("list_seen_untold");
    rows.bind("agent", me).bind("limit", mostMarks);
    while (rows.next()) {
        const ConversationId conversation(rows.integer(0));
        work.state.seen.insert(conversation, MessageId(rows.integer(1)));
        work.was.insert(conversation, MessageId(rows.integer(2)));
    }
    if (work.isEmpty() && withViews)
        work.state.views = untoldViews(database, me);
    return database.result(work);
}

Done noteSaid(Writing &writing, const SeenWork &work)
{
    Database &database = writing.database();
    if (isOfAnotherEra(database))
        return fail(ErrorKind::tryAgain);
    QHash<ConversationId, MessageId> said = readSaid(database);
    said.insert(work.state.seen);
    QStringList words;
    for (auto it = said.cbegin(); it != said.cend(); ++it)
        words.append(QString::number(it.key().value) + u'.' + QString::number(it.value().value));
    words.sort();
    const QString now = words.join(u' ');
    if (now != ReplicaMeta::read(database, ReplicaMeta::said))
        ReplicaMeta::write(database, ReplicaMeta::said, now);
    return database.done();
}

Done takeSeen(Writing &writing, AgentId me, const SeenNews &news)
{
    Database &database = writing.database();
    if (isOfAnotherEra(database) || ReplicaMeta::read(database, ReplicaMeta::personal) != news.since)
        return fail(ErrorKind::tryAgain);
    const QSet<ConversationId> own = ownOf(database, news);
    if (news.isAnew || news.since.isEmpty())
        noteAllUntold(writing, me);
    for (auto it = news.state.seen.cbegin(); it != news.state.seen.cend(); ++it)
        takeMark(writing, me, it.key(), it.value(), own.contains(it.key()));
    takeViews(writing, me, news.state.views);
    ReplicaMeta::write(database, ReplicaMeta::personal, news.newState);
    return database.done();
}

void unsee(Writing &writing, AgentId me, ConversationId conversation, MessageId message)
{
    Database &database = writing.database();
    if (!untoldSince(database, conversation) || seenHere(database, me, conversation).value < message.value)
        return;
    Statement find = database.statement("select_message_kind");
    const bool isTheirs = find.bind("id", message).next() && find.integer(0) != qint64(MessageKind::reply);
    if (isTheirs)
        storeSeen(writing, me, conversation, MessageId(message.value - 1));
}

void noteSeenTold(Writing &writing, AgentId me, const SeenWork &work, const QHash<ConversationId, MessageId> &otherwise)
{
    Database &database = writing.database();
    for (auto it = work.state.seen.cbegin(); it != work.state.seen.cend(); ++it) {
        const MessageId there = otherwise.value(it.key(), it.value());
        // Something else by now: it is told again.
        if (seenHere(database, me, it.key()) != it.value()) {
            awaitAgain(writing, it.key(), there);
            continue;
        }
        forgetUntold(writing, it.key());
        if (there != it.value())
            storeSeen(writing, me, it.key(), there);
    }
    const auto now = untoldViews(database, me);
    for (auto it = work.state.views.cbegin(); it != work.state.views.cend(); ++it) {
        if (now.value(it.key()) == it.value())
            runOnUntoldView(writing, "delete_own_view_untold", it.key());
    }
    ReplicaMeta::write(database, ReplicaMeta::said, QString());
}

} // namespace Earshot
