// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationlistmodel.h"

#include "ui/shell/whendone.h"

#include <algorithm>

namespace Earshot {

// How what a commit changed comes into the list.

namespace {

/// Rows from the top within which leaving and moving is followed exactly.
constexpr int followedRows = 1000;
constexpr qsizetype askedAtOnce = 200; ///< further down, at a time
constexpr qsizetype fewRows = 20;      ///< fewer are soon done: the next page is read before
constexpr qsizetype mostRuns = 16;     ///< of rows that go or come one run after the other

/// Which of these no note names the person in any more.
Result<QSet<ConversationId>> withoutNote(Database &database, AgentId me, const QList<ConversationRecord> &records)
{
    QList<ConversationId> ids;
    for (const ConversationRecord &record : records)
        ids.append(record.id);
    const auto notes = loadNotesToMe(database, me, ids);
    if (!notes)
        return tl::unexpected(notes.error());
    QSet<ConversationId> gone(ids.cbegin(), ids.cend());
    for (const NoteToMe &note : *notes)
        gone.remove(note.conversation);
    return gone;
}

/// Which of these are no longer in a list that is read in pieces. One index seek for each.
Result<QSet<ConversationId>> goneFrom(Database &database, ListQuery query, const QList<ConversationRecord> &records)
{
    if (query.view == View::notesToMe)
        return withoutNote(database, query.me, records);
    QSet<ConversationId> gone;
    const bool isRising = query.order == ListOrder::longestWaiting;
    query.limit = 1;
    for (const ConversationRecord &record : records) {
        const qint64 before = record.id.value + (isRising ? -1 : 1);
        query.after = ListPlace{isRising ? record.waitingSince : record.lastMessageAt, ConversationId(before)};
        const auto found = listConversations(database, query);
        if (!found)
            return tl::unexpected(found.error());
        if (found->isEmpty() || found->constFirst().id != record.id)
            gone.insert(record.id);
    }
    return gone;
}

QHash<ConversationId, Time> placesOf(const QList<ListEntry> &entries)
{
    QHash<ConversationId, Time> places;
    places.reserve(entries.size());
    for (const ListEntry &entry : entries)
        places.insert(entry.id, entry.at);
    return places;
}

/// Which of these are no longer there at all.
Result<QSet<ConversationId>> withdrawnOf(Database &database, const QList<ConversationId> &ids, const ListQuery &query)
{
    const auto there = loadConversations(database, ids, query.me, query.now);
    if (!there)
        return tl::unexpected(there.error());
    QSet<ConversationId> withdrawn(ids.cbegin(), ids.cend());
    for (const ConversationRecord &record : *there)
        withdrawn.remove(record.id);
    return withdrawn;
}

/// With one row its whole thread may have moved.
QList<ConversationId> elsewhere(const QList<ListEntry> &rows, const QHash<ConversationId, Time> &places)
{
    QList<ConversationId> found;
    for (const ListEntry &row : rows) {
        if (places.value(row.id) != row.at)
            found.append(row.id);
    }
    return found;
}

} // namespace

void ConversationListModel::onChanged(const CommitNotice &notice)
{
    m_changed.unite(notice.conversations);
    // Names of agents and tags stand in many rows.
    m_isAllChanged = m_isAllChanged || notice.hasChannels;
    m_hasWithdrawn = m_hasWithdrawn || notice.hasWithdrawn;
    if (!m_reconcileSoon.isActive())
        reconcileSoon();
}

/// Nothing of it stays, greyed, marked or far down, and whether or not rows may move: it may no longer be seen.
void ConversationListModel::removeWithdrawn()
{
    m_hasWithdrawn = false;
    m_isReconciling = true;
    QList<ConversationId> ids = m_marked.keys();
    for (const ListEntry &entry : std::as_const(m_entries))
        ids.append(entry.id);
    using Ids = QSet<ConversationId>;
    const auto future = m_desk.workspace().read<Ids>(
        [ids, query = pageQuery(0, {})](Database &database) { return withdrawnOf(database, ids, query); });
    whenDone(future, this, [this, generation = m_generation](const Result<Ids> &withdrawn) {
        const bool isOfThese = generation == m_generation;
        m_hasWithdrawn = m_hasWithdrawn || !isOfThese || !withdrawn;
        if (!isOfThese)
            return reconcileSoon();
        m_isReconciling = false;
        // Then nothing is shown, until it could be read.
        if (!withdrawn) {
            m_error = withdrawn.error();
            setState(State::failed);
            return;
        }
        m_newest.clear();
        setWaiting({});
        removeRowsWhere([&](const ListEntry &entry) { return withdrawn->contains(entry.id); });
        for (const ConversationId id : *withdrawn)
            m_left.remove(id);
        unmark(withdrawn->values());
        const QList<ConversationId> known = m_records.keys();
        for (const ConversationId id : known) {
            if (rowOf(id) < 0)
                m_records.remove(id);
        }
        Q_EMIT rearranged();
        fillUp();
        reconcileSoon();
    });
}

void ConversationListModel::reconcileSoon()
{
    const bool isCalm = !m_sinceReconciled.isValid() || m_sinceReconciled.hasExpired(frame);
    m_reconcileSoon.start(isCalm ? 0 : frame);
}

void ConversationListModel::reconcile()
{
    if (m_isReconciling || m_isPaging || m_state != State::ready)
        return;
    if (m_hasWithdrawn)
        return removeWithdrawn();
    m_isReconciling = true;
    QSet<ConversationId> changed = std::exchange(m_changed, {});
    if (std::exchange(m_isAllChanged, false)) {
        for (qsizetype row = 0; row < std::min<qsizetype>(m_entries.size(), followedRows); ++row)
            changed.insert(m_entries.at(row).id);
    }
    QList<ConversationId> shown;
    QSet<ConversationId> far;
    for (const ConversationId id : std::as_const(changed)) {
        const int row = rowOf(id);
        if (row >= 0 || m_marked.contains(id))
            shown.append(id);
        // What a person's filter says of one row may take reading many; a list that is read whole needs no asking, and
        // what is done with a contact's conversation takes it out of no list of that contact.
        if (row < followedRows || m_query.view == View::custom || m_query.view == View::contact || isReadWhole(m_query))
            continue;
        // The others next time.
        (far.size() < askedAtOnce ? far : m_changed).insert(id);
    }
    const qsizetype followed = std::min<qsizetype>(std::max<qsizetype>(m_entries.size(), pageSize), followedRows);
    const int limit = isReadWhole(m_query) ? mostSorted + 1 : int(followed + changed.size() + m_waiting.size());
    const QList<ListEntry> rows = isReadWhole(m_query) ? m_entries : QList<ListEntry>();
    auto future = m_desk.workspace().read<Page>(
        [query = pageQuery(limit, {}), shown, far, rows](Database &database) -> Result<Page> {
            auto entries = listConversations(database, query);
            if (!entries)
                return tl::unexpected(entries.error());
            auto read = loadRows(database, shown, query);
            if (!read)
                return tl::unexpected(read.error());
            QList<ConversationRecord> asked = far.isEmpty() ? QList<ConversationRecord>() : read->records;
            asked.removeIf([&far](const ConversationRecord &record) { return !far.contains(record.id); });
            auto gone = goneFrom(database, query, asked);
            if (!gone)
                return tl::unexpected(gone.error());
            // Twenty thousand are looked up where it is not seen.
            const auto places = placesOf(*entries);
            return Page{*entries, *read, *gone, places, rows, elsewhere(rows, places)};
        });
    whenDone(future, this, [this, changed, limit, generation = m_generation](const Result<Page> &page) {
        if (generation != m_generation)
            return;
        m_isReconciling = false;
        m_sinceReconciled.start();
        if (page) {
            for (const ConversationRecord &record : page->read.records) {
                if (const ConversationRecord *before = m_records.object(record.id))
                    m_before.insert(record.id, *before);
            }
            takeRows(page->read);
            compare(*page, changed, limit);
            m_before.clear();
        }
        if (!m_changed.isEmpty() || m_isAllChanged || m_hasWithdrawn)
            reconcileSoon();
    });
}

QSet<ConversationId> ConversationListModel::unlisted(const QList<ListEntry> &now) const
{
    QSet<ConversationId> found;
    qsizetype lastKnown = now.size() - 1;
    while (!m_isComplete && lastKnown >= 0 && rowOf(now.at(lastKnown).id) < 0)
        --lastKnown;
    for (qsizetype i = 0; i <= lastKnown; ++i) {
        if (rowOf(now.at(i).id) < 0)
            found.insert(now.at(i).id);
    }
    return found;
}

void ConversationListModel::compare(const Page &page, const QSet<ConversationId> &changed, int limit)
{
    const QList<ListEntry> &now = page.entries;
    const QHash<ConversationId, Time> &places = page.places;
    const bool isWhole = now.size() < limit;
    m_newest = now;
    QSet<ConversationId> moved;
    bool areMarksChanged = false;
    QSet<ConversationId> looked = changed;
    if (isReadWhole(m_query)) {
        const bool areSameRows = page.rows.isSharedWith(m_entries);
        const QList<ConversationId> others = areSameRows ? page.elsewhere : elsewhere(m_entries, places);
        for (const ConversationId id : others)
            looked.insert(id);
    }
    for (const ConversationId id : std::as_const(looked)) {
        const int row = rowOf(id);
        if (row < 0 && isWhole && !places.contains(id))
            areMarksChanged = m_marked.remove(id) || areMarksChanged;
        const auto place = places.constFind(id);
        const bool isFurther = row >= followedRows && !isWhole && place == places.constEnd();
        if (row < 0 || (isFurther && !page.gone.contains(id)))
            continue;
        if (place == places.constEnd()) {
            if (!m_left.contains(id))
                m_left.insert(id, reasonOfLeaving(id));
            Q_EMIT dataChanged(index(row), index(row));
        } else {
            m_left.remove(id);
            if (*place != m_entries.at(row).at)
                moved.insert(id);
            Q_EMIT dataChanged(index(row), index(row));
        }
    }
    setWaiting(moved.unite(unlisted(now)));
    if (areMarksChanged)
        Q_EMIT markedChanged();
    if (!m_isFrozen)
        catchUp();
}

void ConversationListModel::catchUp(ConversationId kept)
{
    const QSet<ConversationId> waiting = m_waiting;
    removeRowsWhere([&](const ListEntry &entry) {
        return (m_left.contains(entry.id) && entry.id != kept) || waiting.contains(entry.id);
    });
    for (auto it = m_left.begin(); it != m_left.end();)
        it = it.key() == kept ? std::next(it) : m_left.erase(it);
    if (!waiting.isEmpty())
        insertMissing(m_newest);
    setWaiting({});
    Q_EMIT rearranged();
    fillUp();
}

void ConversationListModel::settle(ConversationId kept)
{
    if (m_left.isEmpty() || (m_left.size() == 1 && m_left.contains(kept)))
        return;
    removeRowsWhere([&](const ListEntry &entry) { return m_left.contains(entry.id) && entry.id != kept; });
    for (auto it = m_left.begin(); it != m_left.end();)
        it = it.key() == kept ? std::next(it) : m_left.erase(it);
    Q_EMIT rearranged();
    fillUp();
}

/// A view asks for more when somebody scrolls: whoever did all that was read has nothing to scroll.
void ConversationListModel::fillUp()
{
    if (m_entries.size() < fewRows)
        fetchMore({});
}

void ConversationListModel::removeRowsWhere(const std::function<bool(const ListEntry &)> &isGone)
{
    QList<Run> runs;
    bool areMarksChanged = false;
    for (int row = 0; row < m_entries.size(); ++row) {
        const ListEntry &entry = m_entries.at(row);
        if (!isGone(entry))
            continue;
        if (runs.isEmpty() || runs.constLast().row + runs.constLast().count < row)
            runs.append({row, 0, 0});
        ++runs.last().count;
        if (!m_waiting.contains(entry.id))
            areMarksChanged = m_marked.remove(entry.id) || areMarksChanged;
    }
    if (runs.size() > mostRuns) {
        QList<ListEntry> stay;
        stay.reserve(m_entries.size());
        qsizetype next = 0;
        for (const Run &run : std::as_const(runs)) {
            stay.append(m_entries.sliced(next, run.row - next));
            next = run.row + run.count;
        }
        layOut(stay + m_entries.sliced(next));
    } else {
        for (auto run = runs.crbegin(); run != runs.crend(); ++run) {
            beginRemoveRows({}, run->row, run->row + run->count - 1);
            m_entries.remove(run->row, run->count);
            m_areRowsStale = true;
            endRemoveRows();
        }
    }
    if (areMarksChanged)
        Q_EMIT markedChanged();
}

void ConversationListModel::insertMissing(const QList<ListEntry> &now)
{
    // What stayed has the same order in both lists: walk them side by side.
    QList<Run> runs;
    int row = 0;
    for (qsizetype i = 0; i < now.size(); ++i) {
        if (const int known = rowOf(now.at(i).id); known >= 0) {
            row = known + 1;
            continue;
        }
        if (row >= m_entries.size() && !m_isComplete)
            break;
        if (runs.isEmpty() || runs.constLast().from + runs.constLast().count < i)
            runs.append({row, 0, i});
        ++runs.last().count;
    }
    if (runs.size() > mostRuns) {
        QList<ListEntry> all;
        all.reserve(m_entries.size() + now.size());
        qsizetype next = 0;
        for (const Run &run : std::as_const(runs)) {
            all.append(m_entries.sliced(next, run.row - next));
            all.append(now.sliced(run.from, run.count));
            next = run.row;
        }
        layOut(all + m_entries.sliced(next));
        return;
    }
    // From the end on, so that the places before are still right.
    for (auto run = runs.crbegin(); run != runs.crend(); ++run) {
        beginInsertRows({}, run->row, run->row + run->count - 1);
        m_entries.insert(run->row, run->count, ListEntry());
        std::copy_n(now.cbegin() + run->from, run->count, m_entries.begin() + run->row);
        m_areRowsStale = true;
        endInsertRows();
    }
}

/// In one step: each run for itself would move all rows below it and measure the view anew.
void ConversationListModel::layOut(const QList<ListEntry> &entries)
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    QList<ConversationId> ids;
    for (const QModelIndex &one : before)
        ids.append(conversationAt(one.row()));
    m_entries = entries;
    m_areRowsStale = true;
    QModelIndexList after;
    for (const ConversationId id : std::as_const(ids)) {
        const int row = rowOf(id);
        after.append(row < 0 ? QModelIndex() : index(row));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged();
}

} // namespace Earshot
