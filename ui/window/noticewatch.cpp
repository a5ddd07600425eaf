// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/noticewatch.h"

#include "ui/shell/whendone.h"
#include "workspace/queries.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostLines = 200;

struct News
{
    struct Line
    {
        JournalRecord journal;
        ConversationRecord conversation;
        QString note; ///< that mentions me
    };
    qint64 last = 0;
    QList<Line> lines; ///< oldest first
};

bool isDeliveryTrouble(const QString &kind)
{
    return kind == QLatin1StringView("deliveryFailed") || kind == QLatin1StringView("deliveryUnsure");
}

/// The newest note by this agent in the conversation, if it mentions me.
Result<QString> noteToMe(Database &database, const JournalRecord &line, AgentId me)
{
    const auto agents = loadAgents(database);
    const auto messages = loadMessages(database, {line.conversation, {}, 20});
    if (!agents || !messages)
        return fail(ErrorKind::io);
    QList<AgentFacts> known;
    for (const AgentRecord &agent : *agents) {
        AgentFacts facts;
        facts.id = agent.id;
        facts.name = agent.name;
        known.append(facts);
    }
    const auto note = std::find_if(messages->crbegin(), messages->crend(), [&line](const MessageRecord &message) {
        return message.kind == MessageKind::note && message.agent == line.agent;
    });
    const bool isToMe = note != messages->crend() && mentionedAgents(note->text, known).contains(me);
    return isToMe ? note->text : QString();
}

/// Those after `last` that are for me, older ones in front.
Done takeLines(Database &database, const QList<JournalRecord> &journal, qint64 last, AgentId me, Time now, News &news)
{
    for (const JournalRecord &line : journal) {
        const bool isMine = line.agent == me;
        const bool isAssigned = line.kind == QLatin1StringView("assign") && !isMine;
        const bool isNote = line.kind == QLatin1StringView("addNote") && !isMine;
        if (line.id <= last || !line.conversation.isValid() ||
            (!isAssigned && !isNote && !isDeliveryTrouble(line.kind)))
            continue;
        const auto rows = loadConversations(database, {line.conversation}, me, now);
        if (!rows || rows->isEmpty())
            continue;
        News::Line one{line, rows->constFirst(), {}};
        if (isNote)
            one.note = noteToMe(database, line, me).value_or(QString());
        const bool isForMe = isNote ? !one.note.isEmpty() : one.conversation.assignee == me;
        if (isForMe)
            news.lines.prepend(one);
    }
    return {};
}

Result<News> readNews(Database &database, qint64 last, AgentId me, Time now)
{
    // What is shown ahead of a server is my own, and numbered beyond all that is still to come.
    News news;
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
    return news;
}

} // namespace

NoticeWatch::NoticeWatch(Desk &desk, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(200);
    connect(&m_soon, &QTimer::timeout, this, &NoticeWatch::read);
    connect(&m_desk, &Desk::changed, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    read();
}

void NoticeWatch::read()
{
    if (m_isReading) {
        m_isDirty = true;
        return;
    }
    m_isReading = true;
    m_isDirty = false;
    const Time now = m_desk.workspace().clock().now();
    auto future = m_desk.workspace().read<News>(
        [last = m_last, me = m_desk.me(), now](Database &database) { return readNews(database, last, me, now); });
    whenDone(future, this, [this](const Result<News> &news) {
        m_isReading = false;
        if (news) {
            m_last = news->last;
            for (const News::Line &line : news->lines) {
                Notifications::Notice notice;
                notice.conversation = line.conversation.id;
                const QString name = line.conversation.contactName;
                if (line.journal.kind == QLatin1StringView("assign")) {
                    notice.kind = Notifications::Kind::assigned;
                    notice.title = tr("%1 assigned a conversation to you").arg(line.journal.agentName);
                    notice.text = tr("%1: %2").arg(name, line.conversation.snippet);
                } else if (!line.note.isEmpty()) {
                    notice.kind = Notifications::Kind::noted;
                    notice.title = tr("%1 mentions you in a note").arg(line.journal.agentName);
                    notice.text = tr("%1: %2").arg(name, line.note.simplified());
                } else {
                    notice.kind = Notifications::Kind::trouble;
                    notice.title = tr("A reply could not be sent");
                    notice.text = tr("To %1").arg(name);
                }
                Q_EMIT noticed(notice);
            }
        }
        if (m_isDirty)
            m_soon.start();
    });
}

} // namespace Earshot
