// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "cli/present.h"
#include "cli/reachnote.h"
#include "cli/timelinetext.h"

#include <QJsonArray>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int usualLimit = 50;
constexpr int timelinePage = 500;

QStringList viewWords()
{
    QStringList all;
    for (int view = 0; view <= static_cast<int>(View::trouble); ++view)
        all.append(word(static_cast<View>(view)));
    return all;
}

/// Which list --view, --channel or --tag name.
Result<Ask::Conversations> givenList(Call &call)
{
    Ask::Conversations query;
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

/// Page after page, up to the question's limit.
Result<QList<ConversationRecord>> listed(Call &call, Ask::Conversations query)
{
    QList<ConversationRecord> all;
    const int limit = query.limit;
    do {
        query.limit = static_cast<int>(limit - all.size());
        const auto page = call.ask(query);
        if (!page)
            return tl::unexpected(page.error());
        all += page->list;
        query.after = page->next;
    } while (query.after && all.size() < limit && !Interrupt::hasHappened());
    return all;
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
    if (Done opened = call.open(Call::For::reading); !opened)
        return tl::unexpected(opened.error());
    const Result<Ask::Conversations> query = givenList(call);
    if (!query)
        return tl::unexpected(query.error());
    const auto conversations = listed(call, *query);
    const auto channels = call.channelsById();
    if (!conversations || !channels)
        return tl::unexpected(!conversations ? conversations.error() : channels.error());
    print(call, *conversations, *channels);
    return {};
}

/// A conversation's newest `limit` messages with its events. The newest page and the events are of one moment; older
/// messages follow in pages.
Result<StoryRecord> story(Call &call, ConversationId conversation, int limit)
{
    Result<StoryRecord> story = call.ask(Ask::Story{conversation, limit, call.has("thread")});
    while (story && story->hasOlder && story->messages.size() < limit && !Interrupt::hasHappened()) {
        Ask::Timeline older;
        older.conversation = conversation;
        older.beforeAt = story->messages.first().sortAt;
        older.before = story->messages.first().id;
        older.limit = static_cast<int>(std::min<qsizetype>(timelinePage, limit - story->messages.size()));
        const auto page = call.ask(older);
        if (!page)
            return tl::unexpected(page.error());
        story->hasOlder = page->size() == older.limit;
        story->messages = *page + story->messages;
    }
    return story;
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
    if (Done opened = call.open(Call::For::reading); !opened)
        return tl::unexpected(opened.error());
    const Result<int> limit = call.number("limit", std::numeric_limits<int>::max());
    if (!limit)
        return tl::unexpected(limit.error());
    const Result<ConversationRecord> conversation = call.conversation(call.argument(0));
    if (!conversation)
        return tl::unexpected(conversation.error());
    const auto shown = story(call, conversation->id, *limit);
    const auto channels = call.channelsById();
    if (!shown || !channels)
        return tl::unexpected(!shown ? shown.error() : channels.error());
    QJsonObject json = conversationJson(*conversation, *channels);
    json.insert(QStringLiteral("messages"), arrayOf(shown->messages, messageJson));
    json.insert(QStringLiteral("events"), arrayOf(shown->events, journalJson));
    if (call.has("thread"))
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
Result<QList<FoundRecord>> searchAll(Call &call, const QString &text, int limit)
{
    QList<FoundRecord> found;
    Ask::Search search;
    search.text = text;
    do {
        search.limit = static_cast<int>(limit - found.size());
        const auto page = call.ask(search);
        if (!page)
            return tl::unexpected(page.error());
        found += page->list;
        search.before = page->next;
    } while (search.before.isValid() && found.size() < limit && !Interrupt::hasHappened());
    return found;
}

Done search(Call &call)
{
    const Result<int> limit = call.number("limit", usualLimit);
    if (!limit)
        return tl::unexpected(limit.error());
    const QString text = call.invocation().arguments.join(QLatin1Char(' '));
    const SearchQuery query = parseSearch(text);
    if (!query.problem.isEmpty() || query.isEmpty())
        return fail(ErrorKind::invalid,
                    query.problem.isEmpty() ? QStringLiteral("Search for what?") : query.problemInEnglish());
    if (Done opened = call.open(Call::For::reading); !opened)
        return tl::unexpected(opened.error());
    const auto found = searchAll(call, text, *limit);
    if (!found)
        return tl::unexpected(found.error());
    Table table({QStringLiteral("NUMBER"), QStringLiteral("SENT"), QStringLiteral("STATUS"), QStringLiteral("AUTHOR"),
                 QStringLiteral("TEXT")});
    QJsonArray json;
    for (const FoundRecord &hit : *found) {
        const MessageRecord &message = hit.message;
        const ConversationRecord &conversation = hit.conversation;
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
    return sayReach(call, AnsweredFrom::index);
}

Result<QList<JournalRecord>> journalLines(Call &call, qint64 before, int limit)
{
    QList<JournalRecord> lines;
    for (;;) {
        const Ask::Journal ask{before, static_cast<int>(limit - lines.size())};
        const auto page = call.ask(ask);
        if (!page)
            return page;
        lines += *page;
        if (page->isEmpty() || lines.size() >= limit || Interrupt::hasHappened())
            return lines;
        before = page->last().id;
    }
}

Done journal(Call &call)
{
    const Result<int> limit = call.number("limit", usualLimit);
    const Result<int> before = limit ? call.number("before", 0) : limit;
    if (!before)
        return tl::unexpected(before.error());
    if (Done opened = call.open(Call::For::reading); !opened)
        return tl::unexpected(opened.error());
    const auto lines = journalLines(call, *before, *limit);
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
         "Search all history: words, \"a phrase\", -word, from:, tag:, channel:, is:, priority:, before:, after:",
         search,
         {limit},
         false,
         reachHelp},
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
