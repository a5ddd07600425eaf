// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/noticewatch.h"

#include "desk/journalnews.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"

namespace Earshot {

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
    auto future = m_desk.workspace().read<JournalNews>(
        [last = m_last, waiting = m_waiting, me = m_desk.me(), now](Database &database) {
            return loadJournalNews(database, last, me, now, waiting);
        });
    whenDone(future, this, [this](const Result<JournalNews> &news) {
        m_isReading = false;
        if (news) {
            m_last = news->last;
            m_waiting = news->waiting;
            for (const JournalNews::Line &line : news->lines)
                Q_EMIT noticed(noticeOf(line));
        }
        if (m_isDirty)
            m_soon.start();
    });
}

Notifications::Notice NoticeWatch::noticeOf(const JournalNews::Line &line)
{
    Notifications::Notice notice;
    notice.conversation = line.conversation.id;
    const QString name = line.conversation.contactName;
    if (isDeliveryTrouble(line.journal.kind)) {
        const bool isUnsure = line.journal.kind == QLatin1StringView("deliveryUnsure");
        const bool isReply = line.effect == Effect::reply;
        notice.kind = Notifications::Kind::trouble;
        if (isReply)
            notice.title = isUnsure ? tr("It is not known if a reply arrived") : tr("A reply could not be sent");
        else
            notice.title = isUnsure ? tr("It is not known if something was done on the network")
                                    : tr("Something could not be done on the network");
        notice.text = isReply ? tr("To %1").arg(name) : tr("%1: %2").arg(name, Wording::of(line.effect));
    } else if (isTakenBack(line.journal)) {
        notice.kind = Notifications::Kind::takenBack;
        notice.title = tr("%1 took back your reply").arg(line.journal.agentName);
        notice.text = tr("To %1: it is not sent. Its words stand in the conversation.").arg(name);
    } else if (!line.note.isEmpty()) {
        notice.kind = Notifications::Kind::noted;
        notice.title = tr("%1 mentions you in a note").arg(line.journal.agentName);
        notice.text = tr("%1: %2").arg(name, line.note.simplified());
    } else {
        notice.kind = Notifications::Kind::assigned;
        notice.title = tr("%1 assigned a conversation to you").arg(line.journal.agentName);
        notice.text = tr("%1: %2").arg(name, line.conversation.snippet);
    }
    return notice;
}

} // namespace Earshot
