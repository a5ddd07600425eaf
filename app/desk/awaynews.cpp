// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/awaynews.h"

#include "desk/journalnews.h"

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr qsizetype mostTold = 200;

/// Whether the line that was the newest is still that.
bool isSameRecord(Database &database, const LastPresence &since)
{
    const auto line = loadJournal(database, since.journal + 1, 1);
    const bool isThere = line && !line->isEmpty() && line->constFirst().id == since.journal;
    return since.journal == 0 || (isThere && (!isKnown(since.lineAt) || line->constFirst().at == since.lineAt));
}

/// Newest first, at least the first `mostTold`. @param isCut set where there may be more
Result<QList<ConversationRecord>> readWritten(Database &database, AgentId me, Time since, Time now, bool &isCut)
{
    ListQuery query;
    query.view = View::mine;
    query.me = me;
    query.limit = int(mostTold);
    query.now = now;
    QList<ConversationRecord> written;
    bool hasMore = true;
    while (hasMore && written.size() < mostTold) {
        const auto entries = listConversations(database, query);
        if (!entries)
            return tl::unexpected(entries.error());
        QList<ConversationId> ids;
        for (const ListEntry &entry : *entries)
            ids.append(entry.id);
        const auto records = loadConversations(database, ids, me, now);
        if (!records)
            return tl::unexpected(records.error());
        for (const ConversationRecord &record : *records) {
            if (record.needsAnswer && record.lastMessageAt > since)
                written.append(record);
        }
        hasMore = entries->size() >= mostTold && entries->constLast().at > since;
        if (hasMore)
            query.after = ListPlace{entries->constLast().at, entries->constLast().id};
    }
    isCut = hasMore;
    return written;
}

} // namespace

QString LastPresence::toText() const
{
    const auto ms = [](Time time) { return isKnown(time) ? toMs(time) : 0; };
    return QStringLiteral("%1 %2 %3").arg(journal).arg(ms(at)).arg(ms(lineAt));
}

LastPresence LastPresence::fromText(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char(' '));
    const auto time = [&parts](int part) {
        const qint64 ms = parts.value(part).toLongLong();
        return ms > 0 ? timeFromMs(ms) : Time();
    };
    return {parts.value(0).toLongLong(), time(1), time(2)};
}

qsizetype AwayNews::conversations() const
{
    QSet<ConversationId> ids;
    for (const JournalRecord &line : lines)
        ids.insert(line.conversation);
    for (const ConversationRecord &record : written)
        ids.insert(record.id);
    return ids.size();
}

Result<LastPresence> newestJournalLine(Database &database)
{
    const auto page = loadJournal(database, firstForecastId, 1);
    if (!page)
        return tl::unexpected(page.error());
    LastPresence last;
    if (!page->isEmpty()) {
        last.journal = page->constFirst().id;
        last.lineAt = page->constFirst().at;
    }
    return last;
}

Result<AwayNews> loadAwayNews(Database &database, AgentId me, const LastPresence &since, Time now)
{
    AwayNews news;
    // After a restored copy the numbers say nothing: the time does.
    const bool isByNumber = isSameRecord(database, since);
    const auto lines = loadJournalAbout(database, me, isByNumber ? since.journal : 0, isByNumber ? Time() : since.at,
                                        int(mostTold) + 1);
    if (!lines)
        return tl::unexpected(lines.error());
    news.lines = lines->first(std::min(lines->size(), mostTold));
    for (const JournalRecord &line : std::as_const(news.lines)) {
        if (isTakenBack(line) && isReplyOf(database, line, me))
            news.takenBack.insert(line.id);
    }
    bool isWrittenCut = false;
    auto written = readWritten(database, me, since.at, now, isWrittenCut);
    if (!written)
        return tl::unexpected(written.error());
    news.isCut = lines->size() > mostTold || isWrittenCut;
    news.written = *written;
    return database.result(news);
}

} // namespace Earshot
