// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationlistmodel.h"

#include "ui/shell/whendone.h"

#include <algorithm>
#include <span>

namespace Earshot {

// How pages of the list, and what rows show, are read.

namespace {

constexpr int missingAtOnce = 100;
constexpr qsizetype shownAtOnce = 50; ///< more than a window has room for

} // namespace

ListQuery ConversationListModel::pageQuery(int limit, std::optional<ListPlace> after) const
{
    ListQuery query = m_query;
    query.after = after;
    query.limit = limit;
    query.now = m_desk.workspace().clock().now();
    return query;
}

void ConversationListModel::load(std::optional<ListPlace> after)
{
    m_isPaging = true;
    const bool isFirst = !after.has_value();
    auto future =
        m_desk.workspace().read<Page>([query = pageQuery(pageSize, after)](Database &database) -> Result<Page> {
            auto entries = listConversations(database, query);
            if (!entries)
                return tl::unexpected(entries.error());
            // What is seen at first comes with the list; the page's others a moment later.
            QList<ConversationId> ids;
            for (const ListEntry &entry : std::span(*entries).first(std::min(entries->size(), shownAtOnce)))
                ids.append(entry.id);
            auto rows = loadRows(database, ids, query);
            if (!rows)
                return tl::unexpected(rows.error());
            return Page{*entries, *rows, {}, {}, {}, {}};
        });
    whenDone(future, this, [this, isFirst, generation = m_generation](const Result<Page> &page) {
        if (generation != m_generation)
            return;
        m_isPaging = false;
        if (page) {
            takePage(*page, isFirst);
            return;
        }
        m_error = page.error();
        if (isFirst) {
            setState(State::failed);
            return;
        }
        // Asked for by every scroll, it would fail as often.
        m_hasPagingFailed = true;
        Q_EMIT pagingFailed(m_error);
    });
}

void ConversationListModel::takePage(const Page &page, bool isFirst)
{
    if (isFirst)
        m_notes.clear();
    for (const NoteToMe &note : page.read.notes)
        m_notes.insert(note.conversation, note);
    for (const ConversationRecord &record : page.read.records)
        m_records.insert(record.id, new ConversationRecord(record));
    m_isComplete = isReadWhole(m_query) || page.entries.size() < pageSize;
    if (isFirst) {
        // What waited belongs to the view before: nobody who hears of the reset may let it in here.
        setWaiting({});
        m_newest.clear();
        beginResetModel();
        m_entries = page.entries;
        m_left.clear();
        if (!m_keepsMarks)
            m_marked.clear();
        m_areRowsStale = true;
        endResetModel();
        Q_EMIT markedChanged();
    } else {
        QList<ListEntry> fresh;
        for (const ListEntry &entry : page.entries) {
            if (rowOf(entry.id) < 0)
                fresh.append(entry);
        }
        if (!fresh.isEmpty()) {
            const int first = int(m_entries.size());
            beginInsertRows({}, first, first + int(fresh.size()) - 1);
            m_entries.append(fresh);
            for (int row = first; row < m_entries.size(); ++row)
                m_rows.insert(m_entries.at(row).id, row);
            endInsertRows();
        }
    }
    setState(State::ready);
    for (const ListEntry &entry : std::span(page.entries).first(std::min<qsizetype>(page.entries.size(), pageSize)))
        static_cast<void>(record(entry.id)); // asks for it where it is not here
    if (!m_changed.isEmpty() || m_isAllChanged || m_hasWithdrawn)
        reconcileSoon();
}

Result<ConversationListModel::Rows>
ConversationListModel::loadRows(Database &database, const QList<ConversationId> &ids, const ListQuery &query)
{
    auto records = loadConversations(database, ids, query.me, query.now);
    if (!records)
        return tl::unexpected(records.error());
    if (query.view != View::notesToMe)
        return Rows{*std::move(records), {}};
    auto notes = loadNotesToMe(database, query.me, ids);
    if (!notes)
        return tl::unexpected(notes.error());
    QSet<ConversationId> without(ids.cbegin(), ids.cend());
    for (const NoteToMe &note : std::as_const(*notes))
        without.remove(note.conversation);
    // Nobody has to ask for these again.
    for (const ConversationId id : std::as_const(without)) {
        NoteToMe none;
        none.conversation = id;
        notes->append(none);
    }
    return Rows{*std::move(records), *std::move(notes)};
}

void ConversationListModel::loadMissing()
{
    if (m_isLoadingMissing)
        return;
    QList<ConversationId> ids;
    for (const ConversationId id : std::as_const(m_missing)) {
        if (rowOf(id) >= 0)
            ids.append(id);
        if (ids.size() == missingAtOnce)
            break;
    }
    if (ids.isEmpty()) {
        m_missing.clear();
        return;
    }
    m_isLoadingMissing = true;
    auto future = m_desk.workspace().read<Rows>(
        [ids, query = pageQuery(0, {})](Database &database) { return loadRows(database, ids, query); });
    whenDone(future, this, [this, ids, generation = m_generation](const Result<Rows> &read) {
        m_isLoadingMissing = false;
        for (const ConversationId id : ids)
            m_missing.remove(id);
        // Their notes are of no other list.
        if (read)
            takeRows(generation == m_generation ? *read : Rows{read->records, {}});
        if (!m_missing.isEmpty())
            m_missingSoon.start();
    });
}

void ConversationListModel::takeRows(const Rows &read)
{
    for (const NoteToMe &note : read.notes)
        m_notes.insert(note.conversation, note);
    for (const ConversationRecord &record : read.records) {
        m_records.insert(record.id, new ConversationRecord(record));
        followMark(record);
        tellChanged(rowOf(record.id));
    }
}

} // namespace Earshot
