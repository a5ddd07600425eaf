// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "cli/present.h"
#include "cli/timelinetext.h"

#include <QJsonArray>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int usualLimit = 50;
constexpr int timelinePage = 500;
constexpr int threadLimit = 200;

QStringList viewWords()
{
    QStringList all;
    for (int view = 0; view <= static_cast<int>(View::trouble); ++view)
        all.append(word(static_cast<View>(view)));
    return all;
}

/// Which list --view, --channel or --tag name.
Result<ListQuery> givenList(Call &call)
{
    ListQuery query;
    query.view = View::all;
    query.me = call.me();
    query.now = call.now();
    const Result<int> limit = call.number("limit", usualLimit);
    if (!limit)
        return tl::unexpected(limit.error());
    query.limit = *limit;
    if (int(call.has("view")) + int(call.has("channel")) + int(call.has("tag")) > 1)
        return fail(ErrorKind::invalid, QStringLiteral("One of --view, --channel and --tag at a time"));
    if (call.has("view")) {
        const auto view = fromWord<View>(call.value("view"));
        if (view && *view <= View::trouble) {
            query.view = *view;
            return query;
        }
        const Result<ViewRecord> made = call.view(call.value("view"));
        if (!made)
            return fail(ErrorKind::invalid,
                        QStringLiteral("--view is one of %1, or the name of a view that somebody made; not \"%2\"")
                            .arg(viewWords().join(QStringLiteral(", ")), call.value("view")));
        if (!made->content.search.isEmpty())
            return fail(ErrorKind::invalid,
                        QStringLiteral("This view is a saved search: search %1").arg(made->content.search));
        query.view = View::custom;
        query.filter = made->content.filter;
        query.order = made->content.order;
        query.isGrouped = made->content.isGrouped;
    } else if (call.has("channel")) {
        const Result<ChannelRecord> channel = call.channel(call.value("channel"));
        if (!channel)
            return tl::unexpected(channel.error());
        query.view = View::channel;
        query.channel = channel->id;
    } else if (call.has("tag")) {
        const Result<TagRecord> tag = call.tag(call.value("tag"));
        if (!tag)
            return tl::unexpected(tag.error());
        query.view = View::tag;
        query.tag = tag->id;
    }
    return query;
}

Result<QList<ConversationRecord>> listed(Database &database, const ListQuery &query)
{
    const Result<QList<ListEntry>> entries = listConversations(database, query);
    if (!entries)
        return tl::unexpected(entries.error());
    QList<ConversationId> ids;
    // A sorted list comes whole.
    for (qsizetype i = 0; i < std::min<qsizetype>(entries->size(), query.limit); ++i)
        ids.append(entries->at(i).id);
    return loadConversations(database, ids, query.me, query.now);
}

void print(Call &call, const QList<ConversationRecord> &conversations, const ChannelsById &channels)
{
    Table table({QStringLiteral("NUMBER"), QStringLiteral("LAST"), QStringLiteral("STATUS"), QStringLiteral("OWNER"),
                 QStringLiteral("CHANNEL"), QStringLiteral("CONTACT"), QStringLiteral("SNIPPET")});
    QJsonArray json;
    for (const ConversationRecord &conversation : conversations) {
        table.add({QLatin1Char('#') + QString::number(conversation.number), call.shown(conversation.lastMessageAt),
                   word(conversation.status), conversation.assigneeName, channels.value(conversation.channel).name,
                   conversation.contactName, conversation.snippet});
        json.append(conversationJson(conversation, channels));
    }
    call.output().table(table);
    call.output().json(json);
}

Done inbox(Call &call)
{
    const Result<Session *> session = call.session(Call::For::reading);
    if (!session)
        return tl::unexpected(session.error());
    const Result<ListQuery> query = givenList(call);
    if (!query)
        return tl::unexpected(query.error());
    const auto conversations =
        call.read<QList<ConversationRecord>>([&query](Database &database) { return listed(database, *query); });
    const auto channels = call.channelsById();
    if (!conversations || !channels)
        return tl::unexpected(!conversations ? conversations.error() : channels.error());
    print(call, *conversations, *channels);
    return {};
}

/// A conversation's newest `limit` messages, oldest first; fetched in pages.
Result<QList<MessageRecord>> timeline(Database &database, ConversationId conversation, int limit)
{
    QList<MessageRecord> all;
    TimelineQuery query;
    query.conversation = conversation;
    while (all.size() < limit) {
        query.limit = static_cast<int>(std::min<qsizetype>(timelinePage, limit - all.size()));
        Result<QList<MessageRecord>> page = loadMessages(database, query);
        if (!page)
            return page;
        const bool isLast = page->size() < query.limit;
        all = *page + all;
        if (isLast)
            break;
        query.before = TimelinePlace{page->first().sortAt, page->first().id};
    }
    return all;
}

/// Everything that `show` tells, of one moment.
struct Shown
{
    QList<MessageRecord> messages;
    QList<JournalRecord> events;
    QList<MessageRecord> thread;
};

Result<Shown> load(Database &database, ConversationId conversation, int limit, bool withThread)
{
    auto messages = timeline(database, conversation, limit);
    if (!messages)
        return tl::unexpected(messages.error());
    auto events = loadEvents(database, conversation);
    if (!events)
        return tl::unexpected(events.error());
    Shown shown{*messages, *events, {}};
    if (withThread) {
        auto thread = loadThreadContext(database, conversation, threadLimit);
        if (!thread)
            return tl::unexpected(thread.error());
        shown.thread = *thread;
    }
    return shown;
}

template <class T, class Function>
QJsonArray arrayOf(const QList<T> &all, Function toJson)
{
    QJsonArray array;
    for (const T &one : all)
        array.append(toJson(one));
    return array;
}

Done show(Call &call)
{
    const Result<Session *> session = call.session(Call::For::reading);
    if (!session)
        return tl::unexpected(session.error());
    const Result<int> limit = call.number("limit", std::numeric_limits<int>::max());
    if (!limit)
        return tl::unexpected(limit.error());
    const Result<ConversationRecord> conversation = call.conversation(call.argument(0));
    if (!conversation)
        return tl::unexpected(conversation.error());
    const bool withThread = call.has("thread");
    const auto shown =
        call.read<Shown>([&](Database &database) { return load(database, conversation->id, *limit, withThread); });
    const auto channels = call.channelsById();
    if (!shown || !channels)
        return tl::unexpected(!shown ? shown.error() : channels.error());
    QJsonObject json = conversationJson(*conversation, *channels);
    json.insert(QStringLiteral("messages"), arrayOf(shown->messages, messageJson));
    json.insert(QStringLiteral("events"), arrayOf(shown->events, journalJson));
    if (withThread)
        json.insert(QStringLiteral("thread"), arrayOf(shown->thread, messageJson));
    call.output().json(json);
    if (!call.output().isJson())
        call.output().text(timelineText(*conversation, channels->value(conversation->channel), shown->thread,
                                        shown->messages, shown->events, call.zone()));
    return {};
}

/// Matches without the marks that screens highlight by.
QString plainExcerpt(QString excerpt)
{
    return excerpt.remove(QChar(0xE001)).remove(QChar(0xE002));
}

/// Goes on into older messages until there are `limit` hits or no more.
Result<QList<SearchHit>> searchAll(Database &database, const SearchQuery &query, AgentId me, int limit, Time now)
{
    QList<SearchHit> hits;
    MessageId before;
    while (hits.size() < limit && !Interrupt::hasHappened()) {
        const Result<SearchPage> page =
            searchMessages(database, query, me, before, static_cast<int>(limit - hits.size()), now);
        if (!page)
            return tl::unexpected(page.error());
        hits += page->hits;
        before = page->goOnBefore;
        if (!before.isValid() || (!page->hasMore && !page->isSearchingOlder))
            break;
    }
    return hits;
}

struct Found
{
    QList<SearchHit> hits;
    QHash<MessageId, MessageRecord> messages;
    QHash<ConversationId, ConversationRecord> conversations;
};

Result<Found> find(Database &database, const SearchQuery &query, AgentId me, int limit, Time now)
{
    const auto hits = searchAll(database, query, me, limit, now);
    if (!hits)
        return tl::unexpected(hits.error());
    Found found{*hits, {}, {}};
    QList<MessageId> messages;
    QList<ConversationId> conversations;
    for (const SearchHit &hit : *hits) {
        messages.append(hit.message);
        if (!conversations.contains(hit.conversation))
            conversations.append(hit.conversation);
    }
    const auto loadedMessages = loadMessagesById(database, messages);
    const auto loadedConversations = loadConversations(database, conversations, me, now);
    if (!loadedMessages || !loadedConversations)
        return tl::unexpected(!loadedMessages ? loadedMessages.error() : loadedConversations.error());
    for (const MessageRecord &message : *loadedMessages)
        found.messages.insert(message.id, message);
    for (const ConversationRecord &conversation : *loadedConversations)
        found.conversations.insert(conversation.id, conversation);
    return found;
}

Done search(Call &call)
{
    const Result<int> limit = call.number("limit", usualLimit);
    if (!limit)
        return tl::unexpected(limit.error());
    const SearchQuery query = parseSearch(call.invocation().arguments.join(QLatin1Char(' ')));
    if (!query.problem.isEmpty() || query.isEmpty())
        return fail(ErrorKind::invalid, query.problem.isEmpty() ? QStringLiteral("Search for what?") : query.problem);
    const Result<Session *> session = call.session(Call::For::reading);
    if (!session)
        return tl::unexpected(session.error());
    const auto found =
        call.read<Found>([&](Database &database) { return find(database, query, call.me(), *limit, call.now()); });
    if (!found)
        return tl::unexpected(found.error());
    Table table({QStringLiteral("NUMBER"), QStringLiteral("SENT"), QStringLiteral("STATUS"), QStringLiteral("AUTHOR"),
                 QStringLiteral("TEXT")});
    QJsonArray json;
    for (const SearchHit &hit : found->hits) {
        const MessageRecord message = found->messages.value(hit.message);
        const ConversationRecord conversation = found->conversations.value(hit.conversation);
        const QString excerpt = plainExcerpt(hit.excerpt);
        table.add({QLatin1Char('#') + QString::number(conversation.number), call.shown(hit.at),
                   word(conversation.status), authorOf(message), excerpt});
        QJsonObject row = messageJson(message);
        row.insert(QStringLiteral("conversation"), conversation.number);
        row.insert(QStringLiteral("subject"), conversation.subject);
        row.insert(QStringLiteral("excerpt"), excerpt);
        json.append(row);
    }
    call.output().table(table);
    call.output().json(json);
    return {};
}

Done journal(Call &call)
{
    const Result<int> limit = call.number("limit", usualLimit);
    const Result<int> before = limit ? call.number("before", 0) : limit;
    if (!before)
        return tl::unexpected(before.error());
    const Result<Session *> session = call.session(Call::For::reading);
    if (!session)
        return tl::unexpected(session.error());
    const auto lines =
        call.read<QList<JournalRecord>>([&](Database &database) { return loadJournal(database, *before, *limit); });
    if (!lines)
        return tl::unexpected(lines.error());
    Table table({QStringLiteral("ID"), QStringLiteral("AT"), QStringLiteral("AGENT"), QStringLiteral("WHAT"),
                 QStringLiteral("NUMBER"), QStringLiteral("FROM, TO")});
    QJsonArray json;
    for (const JournalRecord &line : *lines) {
        const QString number =
            line.conversationNumber != 0 ? QLatin1Char('#') + QString::number(line.conversationNumber) : QString();
        table.add({QString::number(line.id), call.shown(line.at), line.agentName, line.kind, number,
                   changeText(line.before, line.after)});
        json.append(journalJson(line));
    }
    call.output().table(table);
    call.output().json(json);
    return {};
}

} // namespace

QList<Command> readingCommands()
{
    const CommandOption limit{"limit", "N", "at most so many; without it 50"};
    return {
        {"inbox",
         "",
         0,
         0,
         "List conversations, newest first",
         inbox,
         {{"view", "V",
           "mine, unassigned, open, waiting, snoozed, resolved, all, notesToMe, trouble, or the name of one that "
           "somebody made; without it all"},
          {"channel", "CHANNEL", "only a channel's unresolved ones"},
          {"tag", "T", "only those with this tag"},
          limit}},
        {"show",
         "NUMBER",
         1,
         1,
         "Show a conversation with its messages and events",
         show,
         {{"limit", "N", "only the newest messages; without it all"},
          {"thread", nullptr, "also the rest of the public thread"}}},
        {"search",
         "QUERY...",
         1,
         -1,
         "Search all history: words, \"a phrase\", -word, from:, tag:, channel:, is:, before:, after:",
         search,
         {limit}},
        {"journal",
         "",
         0,
         0,
         "List who did what, newest first",
         journal,
         {limit, {"before", "ID", "go on before this line"}}},
    };
}

} // namespace Earshot
