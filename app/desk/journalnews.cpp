// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/journalnews.h"

#include "model/words.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostLines = 200;

/// The note that this line is of, if it mentions me; it is named by the action that made it.
QString noteToMe(Database &database, const JournalRecord &line, AgentId me)
{
    Statement find = database.statement("select_note_to");
    find.bind("uuid", line.action).bind("kind", MessageKind::note).bind("agent", me);
    return find.next() ? find.text(0) : QString();
}

/// Who put it on its way. Nobody's trouble, as a rule's, is the owner's.
bool isMyTrouble(Database &database, const JournalNews::Line &line, AgentId me)
{
    Statement find = database.statement("select_trouble_agent");
    find.bind("message", line.journal.message).bind("effect", line.effect);
    if (!find.next())
        return false;
    const AgentId writer(find.integer(0));
    return writer.isValid() ? writer == me : line.conversation.assignee == me;
}

bool isForMe(Database &database, JournalNews::Line &line, AgentId me)
{
    const JournalRecord &journal = line.journal;
    if (isTakenBack(journal))
        return isReplyOf(database, journal, me);
    if (isDeliveryTrouble(journal.kind)) {
        line.effect = fromWord<Effect>(journal.before).value_or(Effect::reply);
        return isMyTrouble(database, line, me);
    }
    if (journal.kind == QLatin1StringView("assign"))
        return line.conversation.assignee == me;
    line.note = noteToMe(database, journal, me);
    return !line.note.isEmpty();
}

Done takeLine(Database &database, const JournalRecord &line, AgentId me, Time now, JournalNews &news)
{
    const bool isTold = isDeliveryTrouble(line.kind) ||
                        (line.agent != me && (line.kind == QLatin1StringView("assign") ||
                                              line.kind == QLatin1StringView("addNote") || isTakenBack(line)));
    if (!line.conversation.isValid() || !isTold)
        return {};
    const auto rows = loadConversations(database, {line.conversation}, me, now);
    if (!rows)
        return tl::unexpected(rows.error());
    if (rows->isEmpty()) {
        news.waiting.append(line.id);
        return {};
    }
    JournalNews::Line one{line, rows->constFirst(), {}, Effect::reply};
    if (isForMe(database, one, me))
        news.lines.prepend(one);
    return database.done();
}

/// Those after `last` that are for me, older ones in front.
Done takeLines(Database &database, const QList<JournalRecord> &journal, qint64 last, AgentId me, Time now,
               JournalNews &news)
{
    for (const JournalRecord &line : journal) {
        if (line.id <= last)
            break;
        if (const Done done = takeLine(database, line, me, now, news); !done)
            return done;
    }
    return {};
}

Done takeWaiting(Database &database, const QList<qint64> &waiting, AgentId me, Time now, JournalNews &news)
{
    for (const qint64 id : waiting) {
        const auto found = loadJournal(database, id + 1, 1);
        if (!found)
            return tl::unexpected(found.error());
        // It may have been withdrawn.
        if (found->isEmpty() || found->constFirst().id != id)
            continue;
        if (const Done done = takeLine(database, found->constFirst(), me, now, news); !done)
            return done;
    }
    // That of a conversation that is gone waits until newer ones push it out.
    news.waiting = news.waiting.first(std::min<qsizetype>(news.waiting.size(), mostLines));
    return {};
}

} // namespace

bool isDeliveryTrouble(const QString &kind)
{
    return kind == QLatin1StringView("deliveryFailed") || kind == QLatin1StringView("deliveryUnsure");
}

bool isTakenBack(const JournalRecord &line)
{
    // One that was taken back already is so once more, which changes nothing.
    return line.kind == QLatin1StringView("cancelReply") && line.after == word(DeliveryState::cancelled);
}

bool isReplyOf(Database &database, const JournalRecord &line, AgentId agent)
{
    Statement find = database.statement("select_reply_agent");
    find.bind("message", line.message).bind("effect", Effect::reply);
    return find.next() && AgentId(find.integer(0)) == agent;
}

Result<JournalNews> loadJournalNews(Database &database, qint64 last, AgentId me, Time now, const QList<qint64> &waiting)
{
    // What is shown ahead of a server is my own, and numbered beyond all that is still to come.
    JournalNews news;
    news.last = std::max<qint64>(last, 0);
    // A deed on thousands writes thousands of lines: what is for me may stand behind them.
    for (qint64 before = firstForecastId; before > last + 1 && news.lines.size() < mostLines;) {
        const auto journal = loadJournal(database, before, last < 0 ? 1 : mostLines);
        if (!journal)
            return tl::unexpected(journal.error());
        if (journal->isEmpty())
            break;
        news.last = std::max(news.last, journal->constFirst().id);
        if (last < 0)
            break;
        before = journal->constLast().id;
        if (const Done done = takeLines(database, *journal, last, me, now, news); !done)
            return tl::unexpected(done.error());
    }
    if (const Done done = takeWaiting(database, waiting, me, now, news); !done)
        return tl::unexpected(done.error());
    return news;
}

} // namespace Earshot
