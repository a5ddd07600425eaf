// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Message/query.

#include "server/queryfilter.h"
#include "server/querypage.h"
#include "server/readmethods.h"
#include "workspace/personalstore.h"
#include "workspace/queries.h"

#include <QElapsedTimer>
#include <QSet>

#include <limits>
#include <memory>

namespace Earshot {

namespace {

using Limits = std::numeric_limits<qint64>;

/// One FilterCondition. What is not named does not matter.
struct MessageCondition
{
    std::optional<QString> text; ///< as people search
    std::optional<ConversationId> conversation;
    std::optional<ChannelId> channel;
    std::optional<MessageKind> kind;
    std::optional<Time> before;
    std::optional<Time> after;
};

struct MessageRow
{
    qint64 id = 0;
    ChannelId channel;
    MessageKind kind = MessageKind::inbound;
    ConversationId conversation;
    Time at;
};

bool take(const QString &name, const QJsonValue &value, MessageCondition &condition)
{
    const auto takeId = [&value](auto &id) {
        bool isNumber = false;
        id.emplace(value.toString().toLongLong(&isNumber));
        return isNumber && id->isValid();
    };
    const auto takeTime = [&value](std::optional<Time> &time) {
        time = timeFromIso(value.toString());
        return time.has_value();
    };
    if (name == QLatin1StringView("conversation"))
        return takeId(condition.conversation);
    if (name == QLatin1StringView("channel"))
        return takeId(condition.channel);
    if (name == QLatin1StringView("before"))
        return takeTime(condition.before);
    if (name == QLatin1StringView("after"))
        return takeTime(condition.after);
    if (name == QLatin1StringView("kind")) {
        condition.kind = fromWord<MessageKind>(value.toString());
        return condition.kind.has_value();
    }
    condition.text = value.toString();
    return value.isString();
}

tl::expected<MessageCondition, MethodError> readCondition(const QJsonObject &object)
{
    static const QStringList known{QStringLiteral("text"), QStringLiteral("conversation"), QStringLiteral("channel"),
                                   QStringLiteral("kind"), QStringLiteral("before"),       QStringLiteral("after")};
    MessageCondition condition;
    for (auto member = object.constBegin(); member != object.constEnd(); ++member) {
        if (!known.contains(member.key()))
            return methodError("unsupportedFilter", member.key());
        if (!take(member.key(), member.value(), condition))
            return methodError("invalidArguments", QStringLiteral("filter: ") + member.key());
    }
    return condition;
}

/// All but the text, which the index has looked at.
bool fits(const MessageCondition &wish, const MessageRow &row)
{
    return (!wish.conversation || *wish.conversation == row.conversation) &&
           (!wish.channel || *wish.channel == row.channel) && (!wish.kind || *wish.kind == row.kind) &&
           (!wish.before || row.at < *wish.before) && (!wish.after || row.at >= *wish.after);
}

enum class MessageOrder { newestArrival, newest, oldest };

/// Rows in their order, before anything is asked of them.
class RowSource
{
public:
    RowSource() = default;
    virtual ~RowSource() = default;
    Q_DISABLE_COPY_MOVE(RowSource)
    [[nodiscard]] virtual std::optional<MessageRow> next() = 0;
    /// It could have gone on for longer than a request may.
    [[nodiscard]] virtual bool hasGivenUp() const { return false; }
};

MessageRow readRow(Statement &statement)
{
    MessageRow row;
    statement >> row.id >> row.channel >> row.kind >> row.conversation >> row.at;
    return row;
}

class WalkedRows final : public RowSource
{
public:
    WalkedRows(Database &database, ConversationId conversation, MessageOrder order)
        : m_rows(database.statement(!conversation.isValid()         ? "walk_messages"
                                    : order == MessageOrder::newest ? "walk_timeline_newest"
                                                                    : "walk_timeline_oldest"))
    {
        if (!conversation.isValid()) {
            m_rows.bind("before", Limits::max());
            return;
        }
        const qint64 end = order == MessageOrder::newest ? Limits::max() : Limits::min();
        m_rows.bind("conversation", conversation).bind("at", end).bind("id", end);
    }
    [[nodiscard]] std::optional<MessageRow> next() override
    {
        return m_rows.next() ? std::optional(readRow(m_rows)) : std::nullopt;
    }

private:
    Statement m_rows;
};

class FoundRows final : public RowSource
{
public:
    FoundRows(MethodContext &context, const QString &text)
        : m_context(context)
        , m_query(parseSearch(text))
    {
    }
    [[nodiscard]] std::optional<MessageRow> next() override
    {
        while (m_at == m_page.hits.size()) {
            if (m_isBegun && !m_page.hasMore && !m_page.isSearchingOlder)
                return std::nullopt;
            m_hasGivenUp = m_isBegun && m_context.searchTimeLeft <= Duration::zero();
            if (m_hasGivenUp)
                return std::nullopt;
            readPage();
            if (m_context.database.failure())
                return std::nullopt;
        }
        const MessageId id = m_page.hits[m_at++].message;
        Statement find = m_context.database.statement("select_message_entry");
        find.bind("id", id);
        return find.next() ? std::optional(readRow(find)) : std::nullopt;
    }
    [[nodiscard]] bool hasGivenUp() const override { return m_hasGivenUp; }

private:
    void readPage()
    {
        constexpr int pageSize = 200;
        QElapsedTimer timer;
        timer.start();
        const auto page = searchMessages(m_context.database, m_query, m_context.viewer.agent, m_page.goOnBefore,
                                         pageSize, m_context.now);
        m_page = page.value_or(SearchPage());
        m_context.searchTimeLeft -= Duration(timer.elapsed() + 1);
        m_isBegun = true;
        m_at = 0;
        if (!page)
            m_context.database.setFailure(page.error());
    }

    MethodContext &m_context;
    SearchQuery m_query;
    SearchPage m_page;
    qsizetype m_at = 0;
    bool m_isBegun = false;
    bool m_hasGivenUp = false;
};

class MessageSource final : public IdSource
{
public:
    MessageSource(MethodContext &context, const QueryFilter<MessageCondition> &filter, std::unique_ptr<RowSource> rows,
                  bool collapses)
        : m_context(context)
        , m_filter(filter)
        , m_rows(std::move(rows))
        , m_collapses(collapses)
    {
    }
    [[nodiscard]] std::optional<qint64> next() override
    {
        while (look()) {
            const std::optional<MessageRow> row = m_rows->next();
            if (!row && m_rows->hasGivenUp())
                giveUp();
            if (!row)
                return std::nullopt;
            const bool isWanted = m_context.viewer.sees(row->channel) &&
                                  m_filter.fits([&row](const MessageCondition &wish) { return fits(wish, *row); });
            if (isWanted && isFirstOfConversation(*row))
                return row->id;
        }
        return std::nullopt;
    }

private:
    bool isFirstOfConversation(const MessageRow &row)
    {
        if (!m_collapses || !row.conversation.isValid())
            return true;
        const qsizetype before = m_met.size();
        m_met.insert(row.conversation);
        return m_met.size() > before;
    }

    MethodContext &m_context;
    const QueryFilter<MessageCondition> &m_filter;
    std::unique_ptr<RowSource> m_rows;
    bool m_collapses;
    QSet<ConversationId> m_met;
};

/// Text is the index's matter: it is asked once, and of all results.
tl::expected<std::optional<QString>, MethodError> textOf(const QueryFilter<MessageCondition> &filter)
{
    QStringList texts;
    for (const MessageCondition &needed : filter.needed()) {
        if (needed.text)
            texts.append(*needed.text);
    }
    int all = 0;
    const std::function<void(const QueryFilter<MessageCondition> &)> count =
        [&](const QueryFilter<MessageCondition> &part) {
            all += part.condition.text ? 1 : 0;
            for (const auto &inner : part.parts)
                count(inner);
        };
    count(filter);
    if (all != texts.size())
        return methodError("unsupportedFilter", QStringLiteral("text is not asked for in OR or NOT"));
    return texts.isEmpty() ? std::nullopt : std::optional(texts.join(u' '));
}

ConversationId conversationOf(const QueryFilter<MessageCondition> &filter)
{
    for (const MessageCondition &needed : filter.needed()) {
        if (needed.conversation)
            return *needed.conversation;
    }
    return {};
}

tl::expected<MessageOrder, MethodError> readOrder(const QJsonValue &sort, bool isTimeline)
{
    const QJsonArray list = sort.toArray();
    if (!sort.isArray() && !sort.isNull() && !sort.isUndefined())
        return methodError("invalidArguments", QStringLiteral("sort"));
    if (list.isEmpty())
        return isTimeline ? MessageOrder::oldest : MessageOrder::newestArrival;
    const QJsonObject comparator = list.first().toObject();
    const QJsonValue ascending = comparator.value(QLatin1StringView("isAscending"));
    const QJsonValue property = comparator.value(QLatin1StringView("property"));
    if (!property.isString() || (!ascending.isBool() && !ascending.isUndefined()))
        return methodError("invalidArguments", QStringLiteral("sort"));
    if (list.size() == 1 && isTimeline && property == QLatin1StringView("sortAt"))
        return ascending.toBool(true) ? MessageOrder::oldest : MessageOrder::newest;
    if (list.size() == 1 && !isTimeline && property == QLatin1StringView("id") && !ascending.toBool(true))
        return MessageOrder::newestArrival;
    return methodError("unsupportedSort",
                       QStringLiteral("sortAt within a conversation; else id, newest (the highest) first"));
}

/// Changes whenever the results can have changed (RFC 8620 5.5), which depend on all that the text asks for.
QString queryStateOf(MethodContext &context, const std::optional<QString> &text)
{
    QList<QByteArray> tables{"message"};
    Time woken;
    qint64 own = 0;
    if (text) {
        const SearchQuery query = parseSearch(*text);
        tables.append("conversation");
        if (!query.tag.isEmpty())
            tables += {"tag", "conversation_tag"};
        if (!query.from.isEmpty())
            tables += {"identity", "agent"};
        if (!query.channel.isEmpty())
            tables.append("channel");
        if (query.status)
            woken = newestWoken(context.database, context.viewer, context.now);
        if (query.isUnseen)
            own = personalVersion(context.database, context.viewer.agent);
    }
    QString state = context.viewer.state(newestSeq(context.database, context.viewer, tables));
    if (isKnown(woken))
        state += u'.' + QString::number(toMs(woken));
    if (own > 0)
        state += QStringLiteral(".own") + QString::number(own);
    return state;
}

} // namespace

MethodResult queryMessages(MethodContext &context, const QJsonObject &arguments)
{
    MethodArguments given(arguments, {"accountId", "filter", "sort", "position", "anchor", "anchorOffset", "limit",
                                      "calculateTotal", "collapseConversations"});
    const QueryWindow window = QueryWindow::read(given, context.limits.idsInQuery);
    const bool collapses = given.flag("collapseConversations").value_or(false);
    if (given.problem())
        return tl::unexpected(*given.problem());
    int left = mostConditions;
    const auto filter = readFilter<MessageCondition>(given.value("filter"), readCondition, left);
    if (!filter)
        return tl::unexpected(filter.error());
    const auto text = textOf(*filter);
    if (!text)
        return tl::unexpected(text.error());
    if (const SearchQuery query = parseSearch(text->value_or(QString())); !query.problem.isEmpty())
        return methodError("invalidArguments", QStringLiteral("filter: ") + query.problemInEnglish());
    const ConversationId conversation = *text ? ConversationId() : conversationOf(*filter);
    const auto order = readOrder(given.value("sort"), conversation.isValid());
    if (!order)
        return tl::unexpected(order.error());
    std::unique_ptr<RowSource> rows;
    if (*text)
        rows = std::make_unique<FoundRows>(context, **text);
    else
        rows = std::make_unique<WalkedRows>(context.database, conversation, *order);
    MessageSource source(context, *filter, std::move(rows), collapses);
    const QString state = queryStateOf(context, *text);
    const MethodResult answer = answerQuery(source, window, std::nullopt, context.viewer, context.limits, state);
    if (const auto error = context.database.takeFailure())
        return methodError("serverFail", word(error->kind));
    return answer;
}

} // namespace Earshot
