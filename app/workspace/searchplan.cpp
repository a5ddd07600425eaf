// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/searchplan.h"

#include "workspace/queries.h"

#include <QDate>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int authorLimit = 50;
constexpr QChar attribute(0xe000);

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
        find.bind("from", from).bind("end", endOfBeginning(from)).bind("limit", authorLimit + 1);
        while (find.next())
            authors.append(attributeWord(QLatin1StringView("a"), find.integer(0)));
    }
    authors.removeDuplicates(); // found by name and by handle
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
    else if (channels.size() < all->size())
        plan.needed.append(anyOf(channels));
}

/// The attribute words of all months from one moment to another, whole years by their beginning: the index knows
/// beginnings of so many letters.
QStringList monthWords(Time first, Time last)
{
    const auto dayOf = [](Time time) { return QDateTime::fromMSecsSinceEpoch(toMs(time), Qt::UTC).date(); };
    QStringList words;
    const QDate end = dayOf(last);
    QDate day = dayOf(first);
    day = QDate(day.year(), day.month(), 1);
    while (day <= end) {
        const bool isWholeYear = day.month() == 1 && day.year() < end.year();
        const QString form = isWholeYear ? QStringLiteral("yyyy") : QStringLiteral("yyyyMM");
        words.append(attributeWord(QLatin1StringView("m"), day.toString(form)));
        if (isWholeYear)
            words.last().append(QStringLiteral(" *"));
        day = isWholeYear ? day.addYears(1) : day.addMonths(1);
    }
    return words;
}

void planTimes(SearchPlan &plan, const SearchQuery &query, Time now)
{
    if (!isKnown(query.after) && !isKnown(query.before))
        return;
    // Exact times are compared afterwards; months keep the index from walking what is far outside. No message is newer
    // than its arrival; a year more is for clocks that were wrong.
    const Time first = std::max(query.after, Time());
    const Time newest = std::max(now, first) + std::chrono::days(366);
    const Time last = isKnown(query.before) ? std::min(query.before - Duration(1), newest) : newest;
    if (first > last)
        plan.isImpossible = true;
    else
        plan.needed.append(anyOf(monthWords(first, last)));
}

void planOwner(SearchPlan &plan, const SearchQuery &query, AgentId me)
{
    if (query.isMine && query.isUnassigned)
        plan.isImpossible = true;
    if (query.isMine)
        plan.owner = me;
    else if (query.isUnassigned)
        plan.owner = AgentId();
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

} // namespace

QString endOfBeginning(const QString &text)
{
    return text + QString(QChar(0xdbff)) + QChar(0xdfff); // U+10FFFF
}

SearchPlan planSearch(Database &database, const SearchQuery &query, AgentId me, Time now)
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

bool SearchPlan::asksIndex() const
{
    return !needed.isEmpty() || !unwanted.isEmpty();
}

QString matchExpression(const SearchPlan &plan)
{
    // Every message has a kind: where nothing is asked of the text, that word walks all of them.
    const QString needed = plan.needed.isEmpty()
                               ? attributeWord(QLatin1StringView("k"), QString()) + QStringLiteral(" *")
                               : plan.needed.join(QStringLiteral(" AND "));
    return plan.unwanted.isEmpty() ? needed : u'(' + needed + QStringLiteral(") NOT ") + anyOf(plan.unwanted);
}

} // namespace Earshot
