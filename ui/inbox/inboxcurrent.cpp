// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// InboxPane's current row: how a person moves it, where it goes when they are through with it, and how it stays the
// same while the list changes around it.

#include "ui/inbox/afterdeed.h"
#include "ui/inbox/conversationtable.h"
#include "ui/inbox/inboxpane.h"

#include <algorithm>
#include <utility>

namespace Earshot {

void InboxPane::onCurrentChanged(int row)
{
    if (m_isRearranging)
        return;
    const ConversationId id = m_model.conversationAt(row);
    if (id == m_current)
        return;
    m_through = ConversationId();
    m_current = id;
    if (!id.isValid())
        return;
    m_resumeAt = m_lost = ConversationId();
    m_model.setFrozen(true);
    Q_EMIT targetsChanged();
    Q_EMIT conversationChosen(id);
    // What was done with moves out only now, not while the view is in the middle of moving.
    QMetaObject::invokeMethod(
        this, [this] { m_model.settle(m_current); }, Qt::QueuedConnection);
}

bool InboxPane::select(ConversationId id)
{
    const int row = m_model.rowOf(id);
    if (row < 0)
        return false;
    m_table->setCurrentIndex(m_model.index(row));
    return true;
}

void InboxPane::selectNext(int step)
{
    int from = m_table->currentIndex().row();
    if (from < 0) {
        const int resume = m_model.rowOf(m_resumeAt);
        from = step > 0 ? resume - (resume < 0 ? 0 : 1) : std::max(resume, 0);
    }
    if (const int to = stayingRow(from + step, step); to >= 0)
        m_table->setCurrentIndex(m_model.index(to));
}

int InboxPane::stayingRow(int from, int step) const
{
    for (int row = from; row >= 0 && row < m_model.rowCount(); row += step) {
        if (!m_model.index(row).data(int(ConversationListModel::Role::hasLeft)).toBool())
            return row;
    }
    return -1;
}

void InboxPane::clearCurrent()
{
    // The greyed ones go now: the place is the next one that stays.
    if (!m_resumeAt.isValid())
        m_resumeAt = m_model.conversationAt(stayingRow(m_table->currentIndex().row(), 1));
    m_current = m_lost = m_through = ConversationId();
    m_table->setCurrentIndex({});
    m_model.setFrozen(false);
    showWaiting();
}

void InboxPane::goOnFrom(const QList<ConversationId> &through)
{
    if (through.isEmpty() || !isShown())
        return;
    // A reply to one of many that are marked leaves the others marked.
    if (m_model.isMarked(through.constFirst()) && through.size() == m_model.markedCount())
        return clearMarks();
    m_model.unmark(through);
    if (through.size() == 1 && through.constFirst() == m_current)
        goOn();
}

void InboxPane::goOn()
{
    switch (AfterDeed::chosen()) {
    case AfterDeed::Step::next:
        m_through = m_current;
        return leaveLast() ? void() : selectNext(1);
    case AfterDeed::Step::stay:
        return;
    case AfterDeed::Step::list:
        return leaveCurrent();
    }
}

/// Whoever is through with it sees that nothing is left, or what has come meanwhile.
bool InboxPane::leaveLast()
{
    const int row = m_table->currentIndex().row();
    if (m_model.canFetchMore({}) || stayingRow(row + 1, 1) >= 0 || stayingRow(row - 1, -1) >= 0)
        return false;
    leaveCurrent();
    return true;
}

/// Nothing is shown until the person picks a row; the arrow keys go on from where the list was.
void InboxPane::leaveCurrent()
{
    const int row = m_table->currentIndex().row();
    const int next = stayingRow(row + 1, 1);
    m_resumeAt = m_model.conversationAt(next < 0 ? stayingRow(row - 1, -1) : next);
    clearCurrent();
    Q_EMIT conversationChosen(ConversationId());
    Q_EMIT targetsChanged();
    takeFocus();
}

void InboxPane::onReset()
{
    const ConversationId kept = std::exchange(m_kept, {});
    m_current = m_model.rowOf(kept) < 0 ? ConversationId() : kept;
    if (m_current.isValid() || !takeLost())
        m_model.setFrozen(m_current.isValid());
    if (m_current.isValid()) {
        m_isRearranging = true;
        m_table->setCurrentIndex(m_model.index(m_model.rowOf(m_current)));
        m_isRearranging = false;
        m_table->scrollTo(m_table->currentIndex());
    } else {
        m_table->scrollToTop();
    }
    updateState();
    Q_EMIT targetsChanged();
}

void InboxPane::onArranged()
{
    m_isRearranging = true;
    int row = m_model.rowOf(m_current);
    // What was worked on may no longer be seen; and comes back where a server was put back.
    if (row < 0 && m_current.isValid()) {
        const ConversationId lost = m_current;
        clearCurrent();
        m_lost = lost;
        Q_EMIT targetsChanged();
    } else if (row < 0 && takeLost()) {
        row = m_model.rowOf(m_current);
        Q_EMIT targetsChanged();
    }
    m_table->setCurrentIndex(row < 0 ? QModelIndex() : m_model.index(row));
    m_isRearranging = false;
    showWaiting();
    updateState();
}

/// While the rest of the list is still to come nothing is held back.
bool InboxPane::takeLost()
{
    if (m_model.rowOf(m_lost) < 0)
        return false;
    m_current = std::exchange(m_lost, {});
    m_resumeAt = ConversationId();
    m_model.setFrozen(isAllHere());
    return true;
}

bool InboxPane::isAllHere() const
{
    const DeskStatus status = m_desk.status();
    return status.kind == DeskStatus::Kind::here || isKnown(status.asOf);
}

} // namespace Earshot
