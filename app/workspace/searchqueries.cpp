// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/excerpt.h"
#include "workspace/queries.h"

#include <QDate>

#include <limits>

namespace Earshot {

namespace {

constexpr int candidateLimit = 20'000;
constexpr int authorLimit = 50;
constexpr qsizetype monthLimit = 24;
constexpr QChar attribute(0xe000);
const QChar beyondAll[] = {QChar(0xdbff), QChar(0xdfff)}; // U+10FFFF: after every text with the same start

/// A search as the index and the joined rows are asked it.
struct SearchPlan
{
    QStringList needed; ///< expressions of the index's query language, all of which must match
    QStringList unwanted;
    QList<ExcerptTerm> terms;
    bool isImpossible = false; ///< a filter names what does not exist
    TagId tag;
    QString author; ///< joined, where too many identities begin so
    std::optional<qint64> assignee;
};

QString quoted(QString text)
{
    text.removeIf([](QChar c) { return c.isNull() || (c.unicode() >= 0xe000 && c.unicode() <= 0xe002); });
    return u'"' + text.replace(u'"', u' ') + u'"';
}

QString attributeWord(QLatin1StringView kind, const QString &value)
{
    return u'"' + QString(attribute) + kind + value + u'"';
}

QString attributeWord(QLatin1StringView kind, qint64 value)
{
    return attributeWord(kind, QString::number(value));
}

QString anyOf(const QStringList &expressions)
{
    return u'(' + expressions.join(QStringLiteral(" OR ")) + u')';
}

void addTerm(SearchPlan &plan, const QString &text, bool isPrefix)
{
    ExcerptTerm term;
    term.isPrefix = isPrefix;
    for (const FoldedWord &word : foldedWords(text))
        term.words.append(word.text);
    if (term.words.isEmpty())
        return;
    plan.terms.append(term);
    plan.needed.append(isPrefix ? quoted(text) + QStringLiteral(" *") : quoted(text));
}

void planWords(SearchPlan &plan, const SearchQuery &query)
{
    for (qsizetype i = 0; i < query.words.size(); ++i)
        addTerm(plan, query.words[i], query.isPrefix.value(i));
    for (const QStringList &phrase : query.phrases)
        addTerm(plan, phrase.join(u' '), false);
    for (const QString &word : query.excluded) {
        if (!foldedWords(word).isEmpty())
            plan.unwanted.append(quoted(word));
    }
    if (query.kind)
        plan.needed.append(attributeWord(QLatin1StringView("k"), static_cast<qint64>(*query.kind)));
}

void planAuthors(SearchPlan &plan, Database &database, const QString &from)
{
    if (from.isEmpty())
        return;
    QStringList authors;
    {
        Statement find = database.statement("find_authors");
        find.bind("from", from).bind("end", from + QString(beyondAll, 2)).bind("limit", authorLimit + 1);
        while (find.next())
            authors.append(attributeWord(QLatin1StringView("a"), find.integer(0)));
    }
    if (authors.size() > authorLimit) {
        plan.author = from;
        return;
    }
    const Result<QList<AgentRecord>> agents = loadAgents(database);
    for (const AgentRecord &agent : agents.value_or(QList<AgentRecord>())) {
        if (agent.name.startsWith(from, Qt::CaseInsensitive))
            authors.append(attributeWord(QLatin1StringView("g"), agent.id.value));
    }
    if (authors.isEmpty())
        plan.isImpossible = true;
    else
        plan.needed.append(anyOf(authors));
}

void planChannels(SearchPlan &plan, Database &database, const QString &text)
{
    if (text.isEmpty())
        return;
    QStringList channels;
    const Result<QList<ChannelRecord>> all = loadChannels(database, true);
    for (const ChannelRecord &channel : all.value_or(QList<ChannelRecord>())) {
        if (channel.name.contains(text, Qt::CaseInsensitive) || channel.address.contains(text, Qt::CaseInsensitive) ||
            word(channel.network).compare(text, Qt::CaseInsensitive) == 0)
            channels.append(attributeWord(QLatin1StringView("c"), channel.id.value));
    }
    if (channels.isEmpty())
        plan.isImpossible = true;
    else
        plan.needed.append(anyOf(channels));
}

/// The attribute words of the months from one moment to another; empty when there are too many.
QStringList monthWords(Time first, Time last)
{
    QStringList months;
    const QDate end = toDateTime(last).date();
    QDate day = toDateTime(first).date();
    for (day = QDate(day.year(), day.month(), 1); day <= end; day = day.addMonths(1)) {
        if (months.size() == monthLimit)
            return {};
        months.append(attributeWord(QLatin1StringView("m"), day.toString(QStringLiteral("yyyyMM"))));
    }
    return months;
}

void planTimes(SearchPlan &plan, const SearchQuery &query, Time now)
{
    if (isKnown(query.after) && isKnown(query.before) && query.before <= query.after) {
        plan.isImpossible = true;
        return;
    }
    // Exact times are compared afterwards; months keep the index from walking what is far outside.
    if (isKnown(query.after)) {
        const Time last = isKnown(query.before) ? query.before - Duration(1) : std::max(now, query.after);
        if (const QStringList months = monthWords(query.after, last); !months.isEmpty()) {
            plan.needed.append(anyOf(months));
            return;
        }
    }
    if (isKnown(query.before) && query.before < now) {
        QStringList months = monthWords(query.before, now);
        // The month of `before` itself may hold earlier messages.
        if (toDateTime(query.before).date().day() != 1 && !months.isEmpty())
            months.removeFirst();
        plan.unwanted.append(months);
    }
}

void planOwner(SearchPlan &plan, const SearchQuery &query, AgentId me)
{
    if (query.isMine && query.isUnassigned)
        plan.isImpossible = true;
    if (query.isMine)
        plan.assignee = me.value;
    else if (query.isUnassigned)
        plan.assignee = 0;
}

void planTag(SearchPlan &plan, Database &database, const QString &name)
{
    if (name.isEmpty())
        return;
    Statement find = database.statement("find_tag");
    if (find.bind("name", name).next())
        find >> plan.tag;
    else
        plan.isImpossible = true;
}

SearchPlan makePlan(Database &database, const SearchQuery &query, AgentId me, Time now)
{
    SearchPlan plan;
    planWords(plan, query);
    planAuthors(plan, database, query.from);
    planChannels(plan, database, query.channel);
    planTag(plan, database, query.tag);
    planTimes(plan, query, now);
    planOwner(plan, query, me);
    return plan;
}

QString matchExpression(const SearchPlan &plan)
{
    // Every message has a kind: where nothing is asked of the text, that word walks all of them.
    const QString needed = plan.needed.isEmpty()
                               ? attributeWord(QLatin1StringView("k"), QString()) + QStringLiteral(" *")
                               : plan.needed.join(QStringLiteral(" AND "));
    return plan.unwanted.isEmpty() ? needed : u'(' + needed + QStringLiteral(") NOT ") + anyOf(plan.unwanted);
}

std::optional<SearchHit> readHit(Database &database, MessageId id, const SearchQuery &query, const SearchPlan &plan,
                                 Time now)
{
    Statement row = database.statement("select_hit");
    row.bind("id", id).bind("now", now).bind("from", query.after).bind("until", query.before);
    row.bind("private", query.isPrivate).bind("tag", plan.tag);
    if (query.status)
        row.bind("status", *query.status);
    if (plan.assignee)
        row.bind("assignee", *plan.assignee);
    if (!plan.author.isEmpty())
        row.bind("author", plan.author).bind("author_end", plan.author + QString(beyondAll, 2));
    if (!row.next())
        return std::nullopt;
    SearchHit hit;
    QString warning;
    QString text;
    row >> hit.conversation >> hit.at >> warning >> text;
    hit.message = id;
    hit.excerpt = makeExcerpt(warning.isEmpty() ? text : warning + u'\n' + text, plan.terms);
    return hit;
}

} // namespace

Result<SearchPage> searchMessages(Database &database, const SearchQuery &query, AgentId me, MessageId before, int limit,
                                  Time now)
{
    SearchPage page;
    if (query.isEmpty())
        return page;
    const SearchPlan plan = makePlan(database, query, me, now);
    if (plan.isImpossible)
        return database.result(page);
    Statement index = database.statement("search_index");
    index.bind("match", matchExpression(plan));
    index.bind("before", before.isValid() ? before.value : std::numeric_limits<qint64>::max());
    for (int looked = 0; index.next(); ++looked) {
        page.hasMore = page.hits.size() >= limit;
        page.isSearchingOlder = !page.hasMore && looked == candidateLimit;
        if (page.hasMore || page.isSearchingOlder)
            break;
        page.goOnBefore = MessageId(index.integer(0));
        if (auto hit = readHit(database, page.goOnBefore, query, plan, now))
            page.hits.append(*std::move(hit));
    }
    return database.result(page);
}

} // namespace Earshot
