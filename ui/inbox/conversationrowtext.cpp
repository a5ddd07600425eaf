// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationlistmodel.h"

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
    return !total && canFetchMore({}) ? tr("row %1 of more than %2").arg(place, known)
                                      : tr("row %1 of %2").arg(place, known);
}

QString ConversationListModel::reasonOfLeaving(ConversationId id) const
{
    const ConversationRecord *known = m_records.object(id);
    if (!known)
        return tr("No longer here");
    if (known->status == Status::resolved)
        return tr("Resolved");
    if (known->status == Status::snoozed)
        return tr("Snoozed until %1").arg(Wording::clockTime(known->snoozedUntil));
    // Whoever answers an open one has it from then on; that it was answered is why it leaves.
    if (known->status == Status::pending)
        return tr("Answered");
    if (known->assignee == m_query.me)
        return tr("You took this");
    if (known->assignee.isValid())
        return tr("%1 took this").arg(Wording::isolated(known->assigneeName));
    return tr("Back in the queue");
}

QString ConversationListModel::sentence(const ConversationRecord &record) const
{
    QStringList parts{Wording::isolated(record.contactName), Wording::of(record.network),
                      Wording::age(record.lastMessageAt, m_desk.workspace().clock().now())};
    if (record.isUnseen)
        parts.append(tr("unseen"));
    if (record.needsAnswer)
        parts.append(tr("needs an answer"));
    parts.append(Wording::of(record.status));
    if (record.priority != Priority::normal)
        parts.append(Wording::of(record.priority));
    if (record.isPrivate)
        parts.append(tr("private"));
    if (record.assignee.isValid())
        parts.append(tr("assigned to %1").arg(Wording::isolated(record.assigneeName)));
    if (record.trouble > 0)
        parts.append(tr("a reply was not delivered"));
    if (const QString others = m_presence ? m_presence->sentenceOf(record.id) : QString(); !others.isEmpty())
        parts.append(others);
    if (m_marked.contains(record.id))
        parts.append(tr("marked"));
    if (m_left.contains(record.id))
        parts.append(m_left.value(record.id));
    parts.append(Wording::isolated(record.snippet));
    parts.append(record.tags);
    return parts.join(QStringLiteral(", "));
}

} // namespace Earshot
