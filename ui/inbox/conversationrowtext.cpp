// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationlistmodel.h"

#include "ui/shell/plainlabel.h"
#include "ui/shell/presencesigns.h"
#include "ui/shell/wording.h"

#include <QLocale>

#include <algorithm>

namespace Earshot {

// What a row says to who cannot see it, and why it leaves.

QString ConversationListModel::placeText(int row, std::optional<qint64> total) const
{
    const QLocale locale;
    const QString known = locale.toString(std::max<qint64>(total.value_or(0), rowCount()));
    const QString place = locale.toString(row + 1);
    // A view that has no count is read page by page.
    return !total && !m_isComplete ? tr("row %1 of more than %2").arg(place, known)
                                   : tr("row %1 of %2").arg(place, known);
}

QString ConversationListModel::reasonOfLeaving(ConversationId id) const
{
    const ConversationRecord *known = m_records.object(id);
    if (!known)
        return tr("No longer here");
    const auto before = m_before.constFind(id);
    if (before == m_before.constEnd())
        return reasonOfStatus(*known);
    // What changed is why it left; of several, what this list looks at.
    const bool isOfTrouble = m_query.view == View::trouble || m_query.filter.hasTrouble;
    if (isOfTrouble && before->trouble > 0 && known->trouble == 0)
        return tr("The trouble is over");
    if (before->status != known->status)
        return known->status == Status::open ? tr("Open again") : reasonOfStatus(*known);
    if (before->assignee != known->assignee)
        return reasonOfStatus(*known);
    if (before->tags != known->tags) {
        for (const QString &tag : before->tags) {
            if (!known->tags.contains(tag))
                return tr("The tag %1 was taken off").arg(Wording::isolated(tag));
        }
        return tr("Tagged with %1").arg(Wording::isolated(known->tags.constLast()));
    }
    if (before->priority != known->priority)
        return tr("Priority is now %1").arg(Wording::of(known->priority));
    if (before->needsAnswer && !known->needsAnswer)
        return tr("Answered");
    return tr("No longer here");
}

QString ConversationListModel::reasonOfStatus(const ConversationRecord &now) const
{
    if (now.status == Status::resolved)
        return tr("Resolved");
    if (now.status == Status::snoozed)
        return tr("Snoozed until %1").arg(Wording::clockTime(now.snoozedUntil));
    // Whoever answers an open one has it from then on; that it was answered is why it leaves.
    if (now.status == Status::pending)
        return tr("Answered");
    if (now.assignee == m_query.me)
        return tr("You took this");
    if (now.assignee.isValid())
        return tr("%1 took this").arg(Wording::isolated(now.assigneeName));
    return tr("Back in the queue");
}

QString ConversationListModel::headText(const ConversationRecord &record) const
{
    if (m_query.view != View::contact)
        return record.contactName;
    // Of one that was removed nobody knows the name any more.
    const QString channel = m_channelNames.value(record.channel, Wording::of(record.network));
    return QStringLiteral("#%1 · ").arg(record.number) + Wording::isolated(channel);
}

QString ConversationListModel::timeText(const ConversationRecord &record, Time now) const
{
    if (m_query.order == ListOrder::longestWaiting && isKnown(record.waitingSince))
        return tr("waits %1", "for how long: 3 h").arg(Wording::waitingFor(record.waitingSince, now));
    const NoteToMe note = m_notes.value(record.id);
    return Wording::age(note.message.isValid() ? note.at : record.lastMessageAt, now);
}

QString ConversationListModel::followersText(const ConversationRecord &record) const
{
    return m_query.order == ListOrder::reach && record.followers > 0 ? Wording::followers(record.followers) : QString();
}

QString ConversationListModel::edgeText(const ConversationRecord &record, Time now) const
{
    return followersText(record).isEmpty() ? timeText(record, now) : Wording::aboutFollowers(record.followers);
}

QString ConversationListModel::lineText(const ConversationRecord &record) const
{
    const NoteToMe note = m_notes.value(record.id);
    if (!note.message.isValid())
        return record.snippet;
    return tr("%1: %2", "who wrote a note, and its beginning")
        .arg(Wording::isolated(note.by), Wording::isolated(note.text));
}

bool ConversationListModel::isUnseen(const ConversationRecord &record) const
{
    return record.isUnseen || m_notes.value(record.id).isUnseen;
}

bool ConversationListModel::beginsThread(int row) const
{
    if (!m_query.isGrouped || row <= 0 || row >= rowCount())
        return false;
    const ConversationRecord *above = record(conversationAt(row - 1));
    const ConversationRecord *here = record(conversationAt(row));
    return above && here && above->thread != here->thread;
}

QString ConversationListModel::stateText(const ConversationRecord &record) const
{
    if (record.status == Status::snoozed)
        return tr("until %1").arg(Wording::clockTime(record.snoozedUntil));
    if (record.status == Status::resolved)
        return record.reason == Reason::none ? Wording::of(record.status) : Wording::of(record.reason);
    if (record.status == Status::pending || m_query.view == View::contact)
        return Wording::of(record.status);
    return {};
}

/// What is painted as signs, in words, and the whole number where it is shortened.
QString ConversationListModel::toolTip(ConversationId id) const
{
    const ConversationRecord *known = record(id);
    QStringList parts{known ? followersText(*known) : QString(), m_presence ? m_presence->sentenceOf(id) : QString(),
                      isAhead(id) ? AheadSigns::words() : QString()};
    parts.removeAll(QString());
    return PlainLabel::toolTipOf(parts.join(QStringLiteral(" · ")));
}

QString ConversationListModel::sentence(const ConversationRecord &record) const
{
    QStringList parts{Wording::isolated(headText(record)), Wording::of(record.network),
                      timeText(record, m_desk.workspace().clock().now())};
    if (const QString followers = followersText(record); !followers.isEmpty())
        parts.append(followers);
    if (isUnseen(record))
        parts.append(tr("unseen"));
    if (record.isToBeAnswered())
        parts.append(tr("needs an answer"));
    parts.append(Wording::of(record.status));
    if (const QString state = stateText(record); !state.isEmpty() && state != parts.constLast())
        parts.append(state);
    if (record.priority != Priority::normal)
        parts.append(Wording::of(record.priority));
    if (record.isPrivate)
        parts.append(tr("private"));
    if (record.assignee.isValid())
        parts.append(tr("assigned to %1").arg(Wording::isolated(record.assigneeName)));
    if (record.trouble > 0)
        parts.append(tr("a reply was not delivered"));
    if (record.hasDraft)
        parts.append(draftText());
    if (const QString others = m_presence ? m_presence->sentenceOf(record.id) : QString(); !others.isEmpty())
        parts.append(others);
    if (isAhead(record.id))
        parts.append(AheadSigns::words());
    const ConversationId above = m_query.isGrouped ? conversationAt(rowOf(record.id) - 1) : ConversationId();
    if (const ConversationRecord *known = above.isValid() ? this->record(above) : nullptr;
        known && known->thread == record.thread)
        parts.append(tr("same thread as above"));
    if (m_marked.contains(record.id))
        parts.append(tr("marked"));
    if (m_left.contains(record.id))
        parts.append(m_left.value(record.id));
    parts.append(Wording::isolated(lineText(record)));
    parts.append(record.tags);
    // As it is shown.
    if (record.tags.isEmpty() && !record.threadTitle.isEmpty() && !m_left.contains(record.id))
        parts.append(Wording::isolated(record.threadTitle));
    return parts.join(QStringLiteral(", "));
}

} // namespace Earshot
