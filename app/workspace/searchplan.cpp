// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/searchplan.h"

#include "model/htmltext.h"
#include "workspace/queries.h"
#include "workspace/typedname.h"

#include <QDate>

#include <algorithm>

namespace Earshot {

namespace {

constexpr int authorLimit = 50;
constexpr int mostChecked = 200;
/// The first letters of the words of fixed attributes in the index, as the view message_search makes them.
enum Letter : char32_t {
    kindLetter = 0x100000,
    monthLetter = 0x100100,
    yearLetter = 0x101000,
    channelLetter = 0x104000,
    agentLetter = 0x105000,
    authorLetter = 0x107000,
    authorLowLetter = 0x108000,
};
constexpr qint64 letters = 4096; ///< of a channel, an agent or half an author

/// What may be asked of texts: no text has the letters of attributes.
QString askable(const QString &text)
{
    QString words;
    for (const char32_t c : text.toUcs4()) {
        if (c != 0 && !isReservedLetter(c))
            words.append(QChar::fromUcs4(c == U'"' ? U' ' : c));
    }
    return words;
}

QString quoted(const QString &word)
{
    return u'"' + word + u'"';
}

QString letter(char32_t first, qint64 value = 0)
{
    return QStringView(QChar::fromUcs4(first + static_cast<char32_t>(value))).toString();
}

QString kindWord(MessageKind kind)
{
    return quoted(letter(kindLetter, static_cast<qint64>(kind)));
}

/// The word of a channel or an agent: a letter of its own, or spelt where there are too many.
QString numberWord(char32_t first, qint64 value)
{
    return quoted(value < letters ? letter(first, value) : letter(first) + QString::number(value));
}

QString authorWord(qint64 identity)
{
    if (identity >= letters * letters)
        return quoted(letter(authorLetter) + QString::number(identity));
    return quoted(letter(authorLetter, identity / letters) + letter(authorLowLetter, identity % letters));
}

QString anyOf(const QStringList &expressions)
{
    return u'(' + expressions.join(QStringLiteral(" OR ")) + u')';
}

QString anyKind()
{
    QStringList kinds;
    for (int kind = 0; kind <= static_cast<int>(MessageKind::context); ++kind)
        kinds.append(kindWord(static_cast<MessageKind>(kind)));
    return anyOf(kinds);
}

void addTerm(SearchPlan &plan, const QString &asked, bool isPrefix)
{
    const QString text = askable(asked);
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
    // Only signs that the index does not hold were asked for: nothing has them, not everything.
    const bool asksText = !query.words.isEmpty() || !query.phrases.isEmpty();
    plan.isImpossible = plan.isImpossible || (asksText && plan.terms.isEmpty());
    for (const QString &word : query.excluded) {
        if (const QString text = askable(word); !foldedWords(text).isEmpty())
            plan.unwanted.append(quoted(text));
    }
    if (query.kind)
        plan.needed.append(kindWord(*query.kind));
}

void planAuthors(SearchPlan &plan, Database &database, const QString &from)
{
    if (from.isEmpty())
        return;
    QStringList authors;
    for (const qint64 author : findAuthors(database, from, authorLimit + 1))
        authors.append(authorWord(author));
    authors.removeDuplicates();
    if (authors.size() > authorLimit) {
        plan.author = from;
        return;
    }
    const TypedName typed(from);
    const Result<QList<AgentRecord>> agents = loadAgents(database);
    for (const AgentRecord &agent : agents.value_or(QList<AgentRecord>())) {
        if (typed.isOf(agent.name))
            authors.append(numberWord(agentLetter, agent.id.value));
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
            channels.append(numberWord(channelLetter, channel.id.value));
    }
    if (channels.isEmpty())
        plan.isImpossible = true;
    else if (channels.size() < all->size())
        plan.needed.append(anyOf(channels));
}

/// The words of all months from one moment to another, whole years by the letter that they begin with.
QStringList monthWords(Time first, Time last)
{
    const auto dayOf = [](Time time) { return QDateTime::fromMSecsSinceEpoch(toMs(time), Qt::UTC).date(); };
    QStringList words;
    const QDate end = dayOf(last);
    QDate day = dayOf(first);
    day = QDate(day.year(), day.month(), 1);
    while (day <= end) {
        const bool isWholeYear = day.month() == 1 && day.year() < end.year();
        const QString year = letter(yearLetter, day.year());
        words.append(isWholeYear ? quoted(year) + QStringLiteral(" *")
                                 : quoted(year + letter(monthLetter, day.month())));
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

/// What is only the agent's. Whoever asks for nothing else than that looks for conversations.
void planOwn(SearchPlan &plan, const SearchQuery &query, AgentId me)
{
    if (query.isDrafted)
        plan.drafter = me;
    if (query.isUnseen)
        plan.unseenBy = me;
    const bool asksMessages = plan.asksIndex() || !plan.author.isEmpty() || query.isPrivate;
    plan.isOnce = (plan.drafter || plan.unseenBy) && !asksMessages;
    // A word is looked for in all that was said there.
    plan.isNewOnly = plan.unseenBy && !plan.isOnce && plan.terms.isEmpty() && plan.unwanted.isEmpty();
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

/// Nothing = too many would have to be looked at, or none of them was meant.
std::optional<std::vector<qint64>> checkedAuthors(Database &database, const TypedName &name, size_t limit)
{
    const QString match = name.shortExpression();
    if (match.isEmpty())
        return std::nullopt;
    Statement list = database.statement("list_authors_to_check");
    list.bind("match", match).bind("limit", mostChecked);
    std::vector<qint64> authors;
    int checked = 0;
    for (; authors.size() < limit && list.next(); ++checked) {
        if (name.isOf(list.text(1), list.text(2)))
            authors.push_back(list.integer(0));
    }
    // None at all: where the index cuts words otherwise than we do, it still finds the whole one.
    const bool isUnsure = authors.empty() || (authors.size() < limit && checked == mostChecked);
    return isUnsure ? std::nullopt : std::optional(authors);
}

} // namespace

std::vector<qint64> findAuthors(Database &database, const QString &typed, int limit)
{
    const TypedName name(typed);
    if (auto authors = checkedAuthors(database, name, size_t(limit)))
        return *std::move(authors);
    Statement find = database.statement(name.hasWords() ? "find_authors" : "find_authors_beginning");
    find.bind("limit", limit);
    if (name.hasWords())
        find.bind("match", name.expression());
    else
        find.bind("from", typed).bind("end", endOfBeginning(typed));
    std::vector<qint64> authors;
    while (find.next())
        authors.push_back(find.integer(0));
    return authors;
}

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
    planOwn(plan, query, me);
    return plan;
}

bool SearchPlan::asksIndex() const
{
    return !needed.isEmpty() || !unwanted.isEmpty();
}

QString matchExpression(const SearchPlan &plan)
{
    // Every message has a kind: where nothing is asked of the text, these words walk all of them.
    const QString needed = plan.needed.isEmpty() ? anyKind() : plan.needed.join(QStringLiteral(" AND "));
    return plan.unwanted.isEmpty() ? needed : u'(' + needed + QStringLiteral(") NOT ") + anyOf(plan.unwanted);
}

} // namespace Earshot
