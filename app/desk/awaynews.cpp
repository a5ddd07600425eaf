// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/awaynews.h"

#include "desk/journalnews.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int pageSize = 500;
constexpr int mostRead = 20'000;
constexpr qsizetype mostTold = 200;

/// What somebody who comes back wants to know; tags and priorities are not among it.
bool isNews(const QString &kind)
{
    static const QSet<QString> kinds{QStringLiteral("assign"),         QStringLiteral("claim"),
                                     QStringLiteral("unassign"),       QStringLiteral("setStatus"),
                                     QStringLiteral("snooze"),         QStringLiteral("sendReply"),
                                     QStringLiteral("reopened"),       QStringLiteral("answeredOnNetwork"),
                                     QStringLiteral("deliveryFailed"), QStringLiteral("deliveryUnsure"),
                                     QStringLiteral("addNote"),        QStringLiteral("cancelReply")};
    return kinds.contains(kind);
}

bool isOfOwner(const JournalRecord &line)
{
    return line.kind == QLatin1StringView("assign") || line.kind == QLatin1StringView("claim") ||
           line.kind == QLatin1StringView("unassign");
}

/// Given to me or taken from me: mine whoever has it by now.
bool namesMe(const JournalRecord &line, AgentId me)
{
    const QString number = QString::number(me.value);
    return isOfOwner(line) && (line.before == number || line.after == number);
}

/// How long a restored server's lines may be behind the clock here.
constexpr Duration slack = std::chrono::hours(24);

struct ReadLines
{
    QList<JournalRecord> lines;
    QHash<ConversationId, AgentId> ownersBefore; ///< of those that have another one since, or had
    bool isCut = false;                          ///< there are more than are read
};

/// Whether the line that was the newest is still that.
bool isSameRecord(Database &database, const LastPresence &since)
{
    const auto line = loadJournal(database, since.journal + 1, 1);
    const bool isThere = line && !line->isEmpty() && line->constFirst().id == since.journal;
    return since.journal == 0 || (isThere && (!isKnown(since.lineAt) || line->constFirst().at == since.lineAt));
}

/// The lines that may matter, newest first. After a restored copy the numbers say nothing: the time does.
Result<ReadLines> readLines(Database &database, AgentId me, const LastPresence &since)
{
    const bool isByNumber = isSameRecord(database, since);
    const auto isOver = [&](const JournalRecord &line) {
        return isByNumber ? line.id <= since.journal : line.at <= since.at - slack;
    };
    const auto isNew = [&](const JournalRecord &line) { return isByNumber || line.at > since.at; };
    ReadLines found;
    qint64 before = firstForecastId;
    for (int read = 0; read < mostRead; read += pageSize) {
        const auto page = loadJournal(database, before, pageSize);
        if (!page)
            return tl::unexpected(page.error());
        for (const JournalRecord &line : *page) {
            if (isOver(line))
                return found;
            before = line.id;
            // The oldest one has the last word.
            if (isNew(line) && isOfOwner(line))
                found.ownersBefore.insert(line.conversation, AgentId(line.before.toLongLong()));
            if (isNew(line) && line.agent != me && line.conversation.isValid() && isNews(line.kind))
                found.lines.append(line);
        }
        if (page->size() < pageSize)
            return found;
    }
    found.isCut = true;
    return found;
}

bool isMine(Database &database, ConversationId id, AgentId me)
{
    Statement find = database.statement("select_assignee");
    return find.bind("id", id).next() && AgentId(find.integer(0)) == me;
}

/// @param isCut set where there may be more
Result<QList<ConversationRecord>> readWritten(Database &database, AgentId me, Time since, Time now, bool &isCut)
{
    ListQuery query;
    query.view = View::mine;
    query.me = me;
    query.limit = int(mostTold);
    query.now = now;
    const auto entries = listConversations(database, query);
    if (!entries)
        return tl::unexpected(entries.error());
    QList<ConversationId> ids;
    for (const ListEntry &entry : *entries)
        ids.append(entry.id);
    auto records = loadConversations(database, ids, me, now);
    isCut = records && records->size() >= mostTold && records->constLast().lastMessageAt > since;
    if (records)
        records->removeIf(
            [since](const ConversationRecord &record) { return !record.needsAnswer || record.lastMessageAt <= since; });
    return records;
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
    auto read = readLines(database, me, since);
    if (!read)
        return tl::unexpected(read.error());
    QList<JournalRecord> &lines = read->lines;
    QHash<ConversationId, bool> mine;
    lines.removeIf([&](const JournalRecord &line) {
        // Also what others did after one of them took it over.
        if (!mine.contains(line.conversation))
            mine.insert(line.conversation,
                        read->ownersBefore.value(line.conversation) == me || isMine(database, line.conversation, me));
        const bool isMyReply = isTakenBack(line) && isReplyOf(database, line, me);
        if (isMyReply)
            news.takenBack.insert(line.id);
        return !isMyReply && !namesMe(line, me) && !mine.value(line.conversation);
    });
    bool isWrittenCut = false;
    auto written = readWritten(database, me, since.at, now, isWrittenCut);
    if (!written)
        return tl::unexpected(written.error());
    news.isCut = read->isCut || lines.size() > mostTold || isWrittenCut;
    news.lines = lines.mid(0, mostTold);
    news.written = *written;
    return database.result(news);
}

} // namespace Earshot
