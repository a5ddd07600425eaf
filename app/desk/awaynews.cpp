// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/awaynews.h"

#include <algorithm>
#include <limits>

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
                                     QStringLiteral("addNote")};
    return kinds.contains(kind);
}

/// Given to me or taken from me: mine whoever has it by now.
bool namesMe(const JournalRecord &line, AgentId me)
{
    const QString number = QString::number(me.value);
    const bool isOwner = line.kind == QLatin1StringView("assign") || line.kind == QLatin1StringView("claim") ||
                         line.kind == QLatin1StringView("unassign");
    return isOwner && (line.before == number || line.after == number);
}

/// The lines that may matter, newest first.
Result<QList<JournalRecord>> readLines(Database &database, AgentId me, qint64 since)
{
    QList<JournalRecord> found;
    qint64 before = std::numeric_limits<qint64>::max();
    for (int read = 0; read < mostRead; read += pageSize) {
        const auto page = loadJournal(database, before, pageSize);
        if (!page)
            return page;
        for (const JournalRecord &line : *page) {
            if (line.id <= since)
                return found;
            before = line.id;
            if (line.agent != me && line.conversation.isValid() && isNews(line.kind))
                found.append(line);
        }
        if (page->size() < pageSize)
            break;
    }
    return found;
}

bool isMine(Database &database, ConversationId id, AgentId me)
{
    Statement find = database.statement("select_assignee");
    return find.bind("id", id).next() && AgentId(find.integer(0)) == me;
}

Result<QList<ConversationRecord>> readWritten(Database &database, AgentId me, Time since, Time now)
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
    if (records)
        records->removeIf(
            [since](const ConversationRecord &record) { return !record.needsAnswer || record.lastMessageAt <= since; });
    return records;
}

} // namespace

QString LastPresence::toText() const
{
    return QStringLiteral("%1 %2").arg(journal).arg(isKnown(at) ? toMs(at) : 0);
}

LastPresence LastPresence::fromText(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char(' '));
    const qint64 at = parts.value(1).toLongLong();
    return {parts.value(0).toLongLong(), at > 0 ? timeFromMs(at) : Time()};
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

Result<qint64> newestJournalLine(Database &database)
{
    const auto page = loadJournal(database, std::numeric_limits<qint64>::max(), 1);
    if (!page)
        return tl::unexpected(page.error());
    return page->isEmpty() ? 0 : page->constFirst().id;
}

Result<AwayNews> loadAwayNews(Database &database, AgentId me, const LastPresence &since, Time now)
{
    AwayNews news;
    auto lines = readLines(database, me, since.journal);
    if (!lines)
        return tl::unexpected(lines.error());
    QHash<ConversationId, bool> mine;
    lines->removeIf([&](const JournalRecord &line) {
        if (!mine.contains(line.conversation))
            mine.insert(line.conversation, isMine(database, line.conversation, me));
        return !namesMe(line, me) && !mine.value(line.conversation);
    });
    auto written = readWritten(database, me, since.at, now);
    if (!written)
        return tl::unexpected(written.error());
    news.isCut = lines->size() > mostTold;
    news.lines = lines->mid(0, mostTold);
    news.written = *written;
    return database.result(news);
}

} // namespace Earshot
