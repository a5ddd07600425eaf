// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/answering.h"

#include "workspace/exportqueries.h"
#include "workspace/settingstore.h"

#include <QElapsedTimer>
#include <QFileInfo>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int longestPage = 500;
constexpr int threadLimit = 200;
/// Rows looked at for one page of which the agent may see few; the page then ends early.
constexpr int mostLooked = 20'000;
/// How long one page of a search may take.
constexpr Duration searchTime{250};

int pageOf(int limit)
{
    return std::clamp(limit, 1, longestPage);
}

/// Answers one kind of question after another from the same snapshot.
class Answerer
{
public:
    explicit Answerer(Reading &reading)
        : m_reading(reading)
        , m_database(reading.database)
    {
    }

    Result<ConversationPage> operator()(const Ask::Conversations &ask);
    Result<std::optional<ConversationRecord>> operator()(const Ask::Conversation &ask);
    Result<StoryRecord> operator()(const Ask::Story &ask);
    Result<QList<MessageRecord>> operator()(const Ask::Timeline &ask);
    Result<FoundPage> operator()(const Ask::Search &ask);
    Result<std::optional<MessageRecord>> operator()(const Ask::Message &ask);
    Result<std::optional<DeliveryRecord>> operator()(const Ask::Delivery &ask);
    Result<QList<DeliveryRecord>> operator()(const Ask::Outbox &) { return seen(loadOutbox(m_database)); }
    Result<QList<JournalRecord>> operator()(const Ask::Journal &ask);
    Result<QList<ChannelRecord>> operator()(const Ask::Channels &ask);
    Result<QList<AgentRecord>> operator()(const Ask::Agents &) { return loadAgents(m_database); }
    Result<QList<TagRecord>> operator()(const Ask::Tags &) { return loadTags(m_database); }
    Result<QList<TeamRecord>> operator()(const Ask::Teams &) { return loadTeams(m_database); }
    Result<OverviewRecord> operator()(const Ask::Overview &);
    Result<QList<CountedView>> operator()(const Ask::Views &);
    Result<QList<NoticeRecord>> operator()(const Ask::Notices &);
    Result<ConversationRows> operator()(const Ask::ConversationsById &ask);
    Result<MessageRows> operator()(const Ask::MessagesById &ask);
    Result<QList<TokenRecord>> operator()(const Ask::Tokens &ask);
    Result<QList<AccessLine>> operator()(const Ask::AccessLog &ask);

private:
    [[nodiscard]] bool sees(ChannelId channel) const { return !m_reading.hidden.contains(channel); }
    template <class T>
    [[nodiscard]] Result<QList<T>> seen(Result<QList<T>> all) const
    {
        if (all)
            all->removeIf([this](const T &row) { return !sees(row.channel); });
        return all;
    }
    Result<QList<ConversationRecord>> load(const QList<ConversationId> &ids)
    {
        return seen(loadConversations(m_database, ids, m_reading.me, m_reading.now));
    }
    Done checkSeen(ConversationId conversation);
    Result<FoundPage> found(const SearchPage &page);
    Result<qint64> countSeen(View view);
    Done countVisible(OverviewRecord &overview);

    Reading &m_reading;
    Database &m_database;
};

ListQuery queryOf(const Ask::Conversations &ask, const Reading &reading)
{
    ListQuery query;
    query.view = ask.view;
    query.me = reading.me;
    query.channel = ask.channel;
    query.tag = ask.tag;
    query.after = ask.after;
    query.now = reading.now;
    query.filter = ask.filter;
    query.order = ask.order;
    query.isGrouped = ask.isGrouped;
    return query;
}

/// What of a list that is read whole stands behind the place where the question goes on; at most `limit`.
QList<ListEntry> pieceOf(const QList<ListEntry> &all, const std::optional<ListPlace> &after, int limit)
{
    const auto isLast = [&after](const ListEntry &entry) { return entry.id == after->id; };
    const auto last = after ? std::find_if(all.cbegin(), all.cend(), isLast) : all.cend();
    if (after && last == all.cend())
        return {};
    return all.mid(after ? last - all.cbegin() + 1 : 0, limit);
}

Result<ConversationPage> Answerer::operator()(const Ask::Conversations &ask)
{
    const qsizetype limit = pageOf(ask.limit);
    ListQuery query = queryOf(ask, m_reading);
    ConversationPage page;
    for (int looked = 0; page.list.size() < limit && looked < mostLooked; looked += query.limit) {
        query.limit = static_cast<int>(limit - page.list.size());
        auto entries = listConversations(m_database, query);
        if (!entries)
            return tl::unexpected(entries.error());
        if (isReadWhole(query))
            *entries = pieceOf(*entries, query.after, query.limit);
        QList<ConversationId> ids;
        for (const ListEntry &entry : *entries)
            ids.append(entry.id);
        const auto conversations = load(ids);
        if (!conversations)
            return tl::unexpected(conversations.error());
        page.list += *conversations;
        page.next.reset();
        if (entries->size() < query.limit)
            break;
        page.next = query.after = ListPlace{entries->last().at, entries->last().id};
    }
    return page;
}

Result<std::optional<ConversationRecord>> Answerer::operator()(const Ask::Conversation &ask)
{
    auto found = conversationByNumber(m_database, ask.number, m_reading.me, m_reading.now);
    if (found && *found && !sees((*found)->channel))
        found->reset();
    return found;
}

Done Answerer::checkSeen(ConversationId conversation)
{
    const auto found = load({conversation});
    if (!found)
        return tl::unexpected(found.error());
    return found->isEmpty() ? Done(fail(ErrorKind::notFound, QStringLiteral("no such conversation"))) : Done();
}

Result<StoryRecord> Answerer::operator()(const Ask::Story &ask)
{
    if (const Done isSeen = checkSeen(ask.conversation); !isSeen)
        return tl::unexpected(isSeen.error());
    TimelineQuery query;
    query.conversation = ask.conversation;
    query.limit = pageOf(ask.limit) + 1;
    auto messages = loadMessages(m_database, query);
    auto events = loadEvents(m_database, ask.conversation);
    if (!messages || !events)
        return tl::unexpected(!messages ? messages.error() : events.error());
    StoryRecord story{*messages, messages->size() == query.limit, *events, {}};
    if (story.hasOlder)
        story.messages.removeFirst();
    if (ask.withThread) {
        auto thread = seen(loadThreadContext(m_database, ask.conversation, threadLimit));
        if (!thread)
            return tl::unexpected(thread.error());
        story.thread = *thread;
    }
    return story;
}

Result<QList<MessageRecord>> Answerer::operator()(const Ask::Timeline &ask)
{
    if (const Done isSeen = checkSeen(ask.conversation); !isSeen)
        return tl::unexpected(isSeen.error());
    TimelineQuery query;
    query.conversation = ask.conversation;
    query.limit = pageOf(ask.limit);
    if (ask.before.isValid())
        query.before = TimelinePlace{ask.beforeAt, ask.before};
    return loadMessages(m_database, query);
}

Result<FoundPage> Answerer::found(const SearchPage &page)
{
    QList<MessageId> messageIds;
    QList<ConversationId> conversationIds;
    for (const SearchHit &hit : page.hits) {
        messageIds.append(hit.message);
        if (!conversationIds.contains(hit.conversation))
            conversationIds.append(hit.conversation);
    }
    const auto messages = loadMessagesById(m_database, messageIds);
    const auto conversations = load(conversationIds);
    if (!messages || !conversations)
        return tl::unexpected(!messages ? messages.error() : conversations.error());
    FoundPage result;
    for (const SearchHit &hit : page.hits) {
        const auto message = std::find_if(messages->cbegin(), messages->cend(),
                                          [&hit](const MessageRecord &one) { return one.id == hit.message; });
        const auto conversation =
            std::find_if(conversations->cbegin(), conversations->cend(),
                         [&hit](const ConversationRecord &one) { return one.id == hit.conversation; });
        if (message != messages->cend() && conversation != conversations->cend())
            result.list.append({*message, *conversation, hit.excerpt, hit.at});
    }
    return result;
}

Result<FoundPage> Answerer::operator()(const Ask::Search &ask)
{
    const SearchQuery query = parseSearch(ask.text);
    if (!query.problem.isEmpty() || query.isEmpty())
        return fail(ErrorKind::invalid,
                    query.problem.isEmpty() ? QStringLiteral("Search for what?") : query.problemInEnglish());
    const qsizetype limit = pageOf(ask.limit);
    FoundPage result;
    result.next = ask.before;
    QElapsedTimer timer;
    timer.start();
    do {
        const auto page = searchMessages(m_database, query, m_reading.me, result.next,
                                         static_cast<int>(limit - result.list.size()), m_reading.now);
        if (!page)
            return tl::unexpected(page.error());
        const auto more = found(*page);
        if (!more)
            return more;
        result.list += more->list;
        const bool goesOn = page->hasMore || page->isSearchingOlder;
        result.next = goesOn ? page->goOnBefore : MessageId();
    } while (result.next.isValid() && result.list.size() < limit && !timer.hasExpired(searchTime.count()));
    return result;
}

Result<std::optional<MessageRecord>> Answerer::operator()(const Ask::Message &ask)
{
    const auto messages = seen(loadMessagesById(m_database, {ask.id}));
    if (!messages)
        return tl::unexpected(messages.error());
    return messages->isEmpty() ? std::optional<MessageRecord>() : std::optional(messages->first());
}

Result<std::optional<DeliveryRecord>> Answerer::operator()(const Ask::Delivery &ask)
{
    auto found = loadDelivery(m_database, ask.id);
    if (found && *found && !sees((*found)->channel))
        found->reset();
    return found;
}

Result<QList<JournalRecord>> Answerer::operator()(const Ask::Journal &ask)
{
    const int limit = pageOf(ask.limit);
    QList<JournalRecord> lines;
    qint64 before = ask.before;
    for (int looked = 0; looked < mostLooked; looked += limit) {
        const auto page = loadJournal(m_database, before, limit);
        if (!page)
            return tl::unexpected(page.error());
        lines += *seen(page);
        if (page->size() < limit || lines.size() >= limit)
            break;
        before = page->last().id;
    }
    return lines.mid(0, limit);
}

Result<QList<ChannelRecord>> Answerer::operator()(const Ask::Channels &ask)
{
    auto channels = loadChannels(m_database, ask.withRemoved);
    if (channels)
        channels->removeIf([this](const ChannelRecord &channel) { return !sees(channel.id); });
    return channels;
}

Result<QList<CountedView>> Answerer::operator()(const Ask::Views &)
{
    const auto views = loadViews(m_database, m_reading.me);
    if (!views)
        return tl::unexpected(views.error());
    const auto counts = countViews(m_database, m_reading.me, m_reading.now);
    if (!counts)
        return tl::unexpected(counts.error());
    QList<CountedView> counted;
    for (const ViewRecord &view : *views) {
        const auto count = counts->views.constFind(view.uuid);
        // The counters know nothing of channels that an agent does not see.
        const bool isKnown = m_reading.hidden.isEmpty() && count != counts->views.cend();
        counted.append({view, isKnown ? std::optional(*count) : std::nullopt});
    }
    return counted;
}

Result<QList<NoticeRecord>> Answerer::operator()(const Ask::Notices &)
{
    auto notices = loadNotices(m_database, m_reading.now);
    if (notices)
        notices->removeIf([this](const NoticeRecord &notice) { return !sees(notice.pinned.channel); });
    return notices;
}

/// For views in which there is never much.
Result<qint64> Answerer::countSeen(View view)
{
    qint64 count = 0;
    Ask::Conversations ask;
    ask.view = view;
    ask.limit = longestPage;
    do {
        const auto page = (*this)(ask);
        if (!page)
            return tl::unexpected(page.error());
        count += page->list.size();
        ask.after = page->next;
    } while (ask.after);
    return count;
}

/// From the kept counters, of the channels that the agent sees.
Done Answerer::countVisible(OverviewRecord &overview)
{
    const auto tally = [this](qint64 status, qint64 assignee) {
        qint64 total = 0;
        Statement counts = m_database.statement("count_tally");
        counts.bind("status", status).bind("assignee", assignee);
        while (counts.next())
            total += sees(ChannelId(counts.integer(0))) ? counts.integer(1) : 0;
        return total;
    };
    overview.open = tally(qint64(Status::open), -1);
    overview.unassigned = tally(qint64(Status::open), 0);
    overview.waiting = tally(qint64(Status::pending), -1);
    overview.snoozed = tally(qint64(Status::snoozed), -1);
    overview.resolved = tally(qint64(Status::resolved), -1);
    Statement due = m_database.statement("list_due_snoozed");
    due.bind("now", m_reading.now);
    while (due.next()) {
        if (!sees(ChannelId(due.integer(0))))
            continue;
        --overview.snoozed;
        ++overview.open;
        overview.unassigned += due.integer(1) == 0 ? 1 : 0;
    }
    const Result<qint64> trouble = countSeen(View::trouble);
    overview.trouble = trouble.value_or(0);
    return trouble ? Done() : Done(tl::unexpected(trouble.error()));
}

Result<OverviewRecord> Answerer::operator()(const Ask::Overview &)
{
    OverviewRecord overview = m_reading.file;
    if (m_reading.role != Role::admin)
        overview.bytes.reset();
    const auto channels = (*this)(Ask::Channels());
    const auto agents = loadAgents(m_database);
    if (!channels || !agents)
        return tl::unexpected(!channels ? channels.error() : agents.error());
    overview.channels = channels->size();
    overview.agents = agents->size();
    overview.settings = loadSettings(m_database);
    if (const Done counted = countVisible(overview); !counted)
        return tl::unexpected(counted.error());
    return overview;
}

Result<ConversationRows> Answerer::operator()(const Ask::ConversationsById &ask)
{
    const int limit = pageOf(ask.limit);
    const auto ids = conversationsAfter(m_database, ask.after, limit);
    if (!ids)
        return tl::unexpected(ids.error());
    const auto conversations = load(*ids);
    if (!conversations)
        return tl::unexpected(conversations.error());
    return ConversationRows{*conversations, ids->size() == limit ? ids->last() : ConversationId()};
}

Result<MessageRows> Answerer::operator()(const Ask::MessagesById &ask)
{
    const int limit = pageOf(ask.limit);
    const auto ids = messagesAfter(m_database, ask.after, limit);
    if (!ids)
        return tl::unexpected(ids.error());
    const auto messages = seen(loadMessagesById(m_database, *ids));
    if (!messages)
        return tl::unexpected(messages.error());
    QSet<ConversationId> owners;
    for (const MessageRecord &message : *messages)
        owners.insert(message.conversation);
    const auto conversations = load(owners.values());
    if (!conversations)
        return tl::unexpected(conversations.error());
    QHash<ConversationId, qint64> numbers;
    for (const ConversationRecord &conversation : *conversations)
        numbers.insert(conversation.id, conversation.number);
    MessageRows rows;
    rows.next = ids->size() == limit ? ids->last() : MessageId();
    for (const MessageRecord &message : *messages)
        rows.list.append({message, numbers.value(message.conversation)});
    return rows;
}

Result<QList<TokenRecord>> Answerer::operator()(const Ask::Tokens &ask)
{
    if (m_reading.role != Role::admin && m_reading.me != ask.agent)
        return fail(ErrorKind::refused, QStringLiteral("permission: ") + word(Role::admin));
    return loadTokens(m_database, ask.agent);
}

Result<QList<AccessLine>> Answerer::operator()(const Ask::AccessLog &ask)
{
    if (m_reading.role != Role::admin)
        return fail(ErrorKind::refused, QStringLiteral("permission: ") + word(Role::admin));
    return loadAccessLog(m_database, std::clamp(ask.limit, 1, mostLooked));
}

} // namespace

Result<Answer> answerQuestion(Reading &reading, const Question &question)
{
    return std::visit(
        [&reading](const auto &ask) -> Result<Answer> {
            auto answer = Answerer(reading)(ask);
            if (!answer)
                return tl::unexpected(answer.error());
            return Answer(*std::move(answer));
        },
        question);
}

OverviewRecord fileOverview(const Workspace &workspace)
{
    OverviewRecord file;
    switch (workspace.origin()) {
    case Workspace::Origin::restored:
        file.origin = QStringLiteral("restored");
        break;
    case Workspace::Origin::copied:
        file.origin = QStringLiteral("copied");
        break;
    case Workspace::Origin::moved:
        file.origin = QStringLiteral("moved");
        break;
    case Workspace::Origin::handedOver:
        file.origin = QStringLiteral("handedOver");
        break;
    case Workspace::Origin::replica:
        file.origin = QStringLiteral("replica");
        break;
    case Workspace::Origin::same:
        break;
    }
    file.isCourierOff = workspace.isCourierOff();
    file.bytes = QFileInfo(workspace.path()).size();
    return file;
}

} // namespace Earshot
