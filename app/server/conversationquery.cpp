// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Conversation/query.

#include "server/queryfilter.h"
#include "server/querypage.h"
#include "server/readmethods.h"

#include <limits>

namespace Earshot {

namespace {

/// Above so many conversations of one tag, walking all of them and asking each is faster than sorting these.
constexpr int rareTag = 2000;

/// One FilterCondition. What is not named does not matter.
struct Condition
{
    std::optional<Status> status;
    std::optional<AgentId> assignee; ///< none = nobody's
    std::optional<ChannelId> channel;
    std::optional<ContactId> contact;
    std::optional<TeamId> team;
    std::optional<TagId> tag; ///< none = there is no such tag
    std::optional<Priority> priority;
    std::optional<bool> needsAnswer;
    std::optional<bool> isImported;
    std::optional<bool> isPrivate;
    std::optional<bool> hasTrouble;
    std::optional<qint64> number;
    std::optional<Time> before;
    std::optional<Time> after;

    [[nodiscard]] bool isCounted() const
    {
        return !contact && !team && !tag && !priority && !needsAnswer && !isImported && !isPrivate && !hasTrouble &&
               !number && !before && !after;
    }
};

struct Row
{
    qint64 id = 0;
    ChannelId channel;
    Status status = Status::open;
    AgentId assignee;
    TeamId team;
    Priority priority = Priority::normal;
    bool needsAnswer = false;
    bool isImported = false;
    bool isPrivate = false;
    int trouble = 0;
    ContactId contact;
    qint64 number = 0;
    Time at;
};

/// Reads a condition's members; the first that is not understood sticks.
class ConditionParser
{
public:
    explicit ConditionParser(Database &database)
        : m_database(database)
    {
    }
    tl::expected<Condition, MethodError> read(const QJsonObject &object);

private:
    bool take(const QString &name, const QJsonValue &value, Condition &condition);
    bool takeTag(const QJsonValue &value, Condition &condition);
    template <class T>
    static bool takeId(const QJsonValue &value, std::optional<T> &id)
    {
        bool isNumber = false;
        id = T(value.toString().toLongLong(&isNumber));
        return isNumber && id->isValid();
    }
    template <class Enum>
    static bool takeWord(const QJsonValue &value, std::optional<Enum> &word)
    {
        word = fromWord<Enum>(value.toString());
        return word.has_value();
    }
    static bool takeFlag(const QJsonValue &value, std::optional<bool> &flag)
    {
        flag = value.toBool();
        return value.isBool();
    }
    static bool takeTime(const QJsonValue &value, std::optional<Time> &time)
    {
        time = timeFromIso(value.toString());
        return time.has_value();
    }

    Database &m_database;
};

bool ConditionParser::takeTag(const QJsonValue &value, Condition &condition)
{
    condition.tag = TagId();
    Statement find = m_database.statement("select_tag_by_name");
    if (find.bind("name", value.toString()).next())
        condition.tag = TagId(find.integer(0));
    return value.isString();
}

bool ConditionParser::take(const QString &name, const QJsonValue &value, Condition &condition)
{
    if (name == QLatin1StringView("status"))
        return takeWord(value, condition.status);
    if (name == QLatin1StringView("priority"))
        return takeWord(value, condition.priority);
    if (name == QLatin1StringView("assignee") && value.isNull()) {
        condition.assignee = AgentId();
        return true;
    }
    if (name == QLatin1StringView("assignee"))
        return takeId(value, condition.assignee);
    if (name == QLatin1StringView("channel"))
        return takeId(value, condition.channel);
    if (name == QLatin1StringView("contact"))
        return takeId(value, condition.contact);
    if (name == QLatin1StringView("team"))
        return takeId(value, condition.team);
    if (name == QLatin1StringView("tag"))
        return takeTag(value, condition);
    if (name == QLatin1StringView("needsAnswer"))
        return takeFlag(value, condition.needsAnswer);
    if (name == QLatin1StringView("isImported"))
        return takeFlag(value, condition.isImported);
    if (name == QLatin1StringView("isPrivate"))
        return takeFlag(value, condition.isPrivate);
    if (name == QLatin1StringView("hasTrouble"))
        return takeFlag(value, condition.hasTrouble);
    if (name == QLatin1StringView("before"))
        return takeTime(value, condition.before);
    if (name == QLatin1StringView("after"))
        return takeTime(value, condition.after);
    condition.number = value.toInteger(-1);
    return value.isDouble() && *condition.number >= 0;
}

tl::expected<Condition, MethodError> ConditionParser::read(const QJsonObject &object)
{
    static const QStringList known{
        QStringLiteral("status"),    QStringLiteral("priority"),    QStringLiteral("assignee"),
        QStringLiteral("channel"),   QStringLiteral("contact"),     QStringLiteral("team"),
        QStringLiteral("tag"),       QStringLiteral("needsAnswer"), QStringLiteral("isImported"),
        QStringLiteral("isPrivate"), QStringLiteral("hasTrouble"),  QStringLiteral("before"),
        QStringLiteral("after"),     QStringLiteral("number")};
    Condition condition;
    for (auto member = object.constBegin(); member != object.constEnd(); ++member) {
        if (!known.contains(member.key()))
            return methodError("unsupportedFilter", member.key());
        if (!take(member.key(), member.value(), condition))
            return methodError("invalidArguments", QStringLiteral("filter: ") + member.key());
    }
    return condition;
}

bool isTagged(Database &database, qint64 conversation, TagId tag)
{
    Statement find = database.statement("select_conversation_tag");
    find.bind("conversation", conversation).bind("tag", tag.value);
    return find.next();
}

bool fits(Database &database, const Condition &wish, const Row &row)
{
    return (!wish.status || *wish.status == row.status) && (!wish.assignee || *wish.assignee == row.assignee) &&
           (!wish.channel || *wish.channel == row.channel) && (!wish.contact || *wish.contact == row.contact) &&
           (!wish.team || *wish.team == row.team) && (!wish.priority || *wish.priority == row.priority) &&
           (!wish.needsAnswer || *wish.needsAnswer == row.needsAnswer) &&
           (!wish.isImported || *wish.isImported == row.isImported) &&
           (!wish.isPrivate || *wish.isPrivate == row.isPrivate) &&
           (!wish.hasTrouble || *wish.hasTrouble == (row.trouble > 0)) &&
           (!wish.number || *wish.number == row.number) && (!wish.before || row.at < *wish.before) &&
           (!wish.after || row.at >= *wish.after) && (!wish.tag || isTagged(database, row.id, *wish.tag));
}

enum class Order { newest, oldest, longestWaiting };

/// The index to walk, chosen by what all results must fit.
struct Driver
{
    QByteArray statement = "walk_all";
    const char *parameter = nullptr;
    qint64 value = 0; ///< 0 is bound as null
};

Driver chooseDriver(Database &database, const QList<Condition> &needed)
{
    Condition all;
    for (const Condition &one : needed) {
        all.contact = one.contact ? one.contact : all.contact;
        all.assignee = one.assignee ? one.assignee : all.assignee;
        all.status = one.status ? one.status : all.status;
        all.channel = one.channel ? one.channel : all.channel;
        all.tag = one.tag ? one.tag : all.tag;
    }
    if (all.contact)
        return {"walk_contact", "contact", all.contact->value};
    if (all.assignee && all.status == Status::open)
        return {"walk_assignee", "assignee", all.assignee->value};
    if (all.tag) {
        Statement count = database.statement("count_tagged");
        count.bind("tag", all.tag->value);
        if (count.next() && count.integer(0) < rareTag)
            return {"walk_tag", "tag", all.tag->value};
    }
    if (all.channel)
        return {"walk_channel", "channel", all.channel->value};
    if (all.status)
        return {"walk_status", "status", qint64(*all.status)};
    return {};
}

class ConversationSource final : public IdSource
{
public:
    ConversationSource(MethodContext &context, const QueryFilter<Condition> &filter, Order order)
        : m_context(context)
        , m_filter(filter)
        , m_rows(statementFor(context.database, filter, order))
    {
        for (const Condition &needed : filter.needed())
            m_isImpossible = m_isImpossible || (needed.channel && !context.viewer.sees(*needed.channel));
        using Limits = std::numeric_limits<qint64>;
        const qint64 end = order == Order::newest ? Limits::max() : Limits::min();
        m_rows.bind("at", end).bind("id", end);
        if (order == Order::longestWaiting)
            return;
        const Driver driver = chooseDriver(context.database, filter.needed());
        if (!driver.parameter)
            return;
        if (driver.value == 0 && driver.statement == "walk_assignee")
            m_rows.bindNull(driver.parameter);
        else
            m_rows.bind(driver.parameter, driver.value);
    }

    [[nodiscard]] std::optional<qint64> next() override
    {
        while (!m_isImpossible && look() && m_rows.next()) {
            const Row row = readRow();
            if (!m_context.viewer.sees(row.channel))
                continue;
            if (m_filter.fits([this, &row](const Condition &wish) { return fits(m_context.database, wish, row); }))
                return row.id;
        }
        return std::nullopt;
    }

private:
    static Statement statementFor(Database &database, const QueryFilter<Condition> &filter, Order order)
    {
        if (order == Order::longestWaiting)
            return database.statement("walk_waiting");
        const QByteArray name = chooseDriver(database, filter.needed()).statement +
                                (order == Order::newest ? QByteArray("_newest") : QByteArray("_oldest"));
        return database.statement(name.constData());
    }
    [[nodiscard]] Row readRow()
    {
        Row row;
        m_rows >> row.id >> row.channel >> row.status >> row.assignee >> row.team >> row.priority;
        m_rows >> row.needsAnswer >> row.isImported >> row.isPrivate >> row.trouble >> row.contact >> row.number;
        m_rows >> row.at;
        return row;
    }

    MethodContext &m_context;
    const QueryFilter<Condition> &m_filter;
    Statement m_rows;
    bool m_isImpossible = false; ///< asks for a channel that the viewer may not see: as if there were none
};

/// From the kept counters, where the filter asks for nothing else.
std::optional<qint64> keptTotal(MethodContext &context, const QueryFilter<Condition> &filter)
{
    const QList<Condition> needed = filter.needed();
    if (!filter.isPlain() || needed.size() > 1 || (needed.size() == 1 && !needed.first().isCounted()))
        return std::nullopt;
    const Condition wish = needed.value(0);
    qint64 total = 0;
    Statement counts = context.database.statement("count_tally");
    counts.bind("status", wish.status ? qint64(*wish.status) : -1);
    counts.bind("assignee", wish.assignee ? wish.assignee->value : -1);
    while (counts.next()) {
        const ChannelId channel(counts.integer(0));
        if (context.viewer.sees(channel) && (!wish.channel || *wish.channel == channel))
            total += counts.integer(1);
    }
    return total;
}

tl::expected<Order, MethodError> readOrder(const QJsonValue &sort, const QueryFilter<Condition> &filter)
{
    const QJsonArray list = sort.toArray();
    if (!sort.isArray() && !sort.isNull() && !sort.isUndefined())
        return methodError("invalidArguments", QStringLiteral("sort"));
    if (list.isEmpty())
        return Order::newest;
    const QJsonObject comparator = list.first().toObject();
    const QJsonValue ascending = comparator.value(QLatin1StringView("isAscending"));
    const QJsonValue property = comparator.value(QLatin1StringView("property"));
    if (!property.isString() || (!ascending.isBool() && !ascending.isUndefined()))
        return methodError("invalidArguments", QStringLiteral("sort"));
    const bool isAscending = ascending.toBool(true);
    if (list.size() == 1 && property == QLatin1StringView("lastMessageAt"))
        return isAscending ? Order::oldest : Order::newest;
    const QList<Condition> needed = filter.needed();
    const auto areWaiting = [&needed](const auto &test) { return std::any_of(needed.cbegin(), needed.cend(), test); };
    if (list.size() == 1 && property == QLatin1StringView("waitingSince") && isAscending &&
        areWaiting([](const Condition &c) { return c.status == Status::open; }) &&
        areWaiting([](const Condition &c) { return c.needsAnswer == true; }))
        return Order::longestWaiting;
    return methodError("unsupportedSort",
                       QStringLiteral("lastMessageAt, or ascending waitingSince of what is open and needs an answer"));
}

} // namespace

MethodResult queryConversations(MethodContext &context, const QJsonObject &arguments)
{
    MethodArguments given(
        arguments, {"accountId", "filter", "sort", "position", "anchor", "anchorOffset", "limit", "calculateTotal"});
    const QueryWindow window = QueryWindow::read(given, context.limits.idsInQuery);
    if (given.problem())
        return tl::unexpected(*given.problem());
    ConditionParser parser(context.database);
    int left = mostConditions;
    const auto filter = readFilter<Condition>(
        given.value("filter"), [&parser](const QJsonObject &object) { return parser.read(object); }, left);
    if (!filter)
        return tl::unexpected(filter.error());
    const auto order = readOrder(given.value("sort"), *filter);
    if (!order)
        return tl::unexpected(order.error());
    ConversationSource source(context, *filter, *order);
    QList<QByteArray> tables{"conversation"};
    if (filter->mentions([](const Condition &condition) { return condition.tag.has_value(); }))
        tables += {"tag", "conversation_tag"};
    const QString state = context.viewer.state(newestSeq(context.database, context.viewer, tables));
    const std::optional<qint64> total = keptTotal(context, *filter);
    const MethodResult answer = answerQuery(source, window, total, context.viewer, context.limits, state);
    if (const auto error = context.database.takeFailure())
        return methodError("serverFail", word(error->kind));
    return answer;
}

} // namespace Earshot
