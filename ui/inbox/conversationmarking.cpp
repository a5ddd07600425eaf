// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationlistmodel.h"

#include "ui/shell/whendone.h"

#include <algorithm>

namespace Earshot {

// Which rows are marked.

namespace {

/// What no bulk deed asks for: twenty thousand snippets are ten megabytes.
ConversationRecord asMark(ConversationRecord record)
{
    record.snippet.clear();
    record.subject.clear();
    record.threadTitle.clear();
    return record;
}

/// What is listed, and how it is.
struct ToMark
{
    QList<ListEntry> entries;
    QHash<ConversationId, ConversationRecord> marks;
    bool hasMore = false; ///< of all that is listed these are not all
};

/// @param most of the first so many @param only of these; none = all
Result<ToMark> readToMark(Database &database, const ListQuery &query, int most,
                          const std::optional<QSet<ConversationId>> &only)
{
    auto entries = listConversations(database, query);
    if (!entries)
        return tl::unexpected(entries.error());
    // A list that is sorted as a whole ends there, and nobody knows whether the view does.
    const bool hasEnd = isReadWhole(query) && entries->size() >= mostSorted;
    const bool hasMore = hasEnd || entries->size() > most;
    entries->resize(std::min<qsizetype>(entries->size(), most));
    QList<ConversationId> ids;
    ids.reserve(entries->size());
    for (const ListEntry &entry : *entries) {
        if (!only || only->contains(entry.id))
            ids.append(entry.id);
    }
    const auto records = loadConversations(database, ids, query.me, query.now);
    if (!records)
        return tl::unexpected(records.error());
    ToMark read{*entries, {}, hasMore};
    read.marks.reserve(records->size());
    for (const ConversationRecord &record : *records)
        read.marks.insert(record.id, asMark(record));
    return read;
}

} // namespace

void ConversationListModel::setMarked(ConversationId id, bool isMarked)
{
    if (rowOf(id) < 0)
        return;
    ConversationRecord bare;
    bare.id = id;
    const ConversationRecord *known = record(id);
    setMarked(known ? *known : bare, isMarked);
}

void ConversationListModel::setMarked(const ConversationRecord &record, bool isMarked)
{
    if (isMarked == m_marked.contains(record.id))
        return;
    m_isRestUnmarked = isRestUnmarked();
    if (isMarked)
        m_marked.insert(record.id, asMark(record));
    else
        m_marked.remove(record.id);
    if (const int row = rowOf(record.id); row >= 0)
        Q_EMIT dataChanged(index(row), index(row), {int(Role::isMarked)});
    Q_EMIT markedChanged();
}

void ConversationListModel::markRange(int from, int to)
{
    m_isRestUnmarked = isRestUnmarked();
    for (int row = std::max(from, 0); row <= to && row < rowCount(); ++row) {
        ConversationRecord bare;
        bare.id = conversationAt(row);
        if (!bare.id.isValid() || m_marked.contains(bare.id))
            continue;
        if (m_marked.size() >= m_mostMarked) {
            m_isRestUnmarked = true;
            break;
        }
        const ConversationRecord *known = record(bare.id);
        m_marked.insert(bare.id, asMark(known ? *known : bare));
    }
    Q_EMIT dataChanged(index(std::max(from, 0)), index(std::min(to, rowCount() - 1)), {int(Role::isMarked)});
    Q_EMIT markedChanged();
}

QList<ConversationRecord> ConversationListModel::marked(int most) const
{
    QList<ConversationRecord> records;
    records.reserve(std::min<qsizetype>(most, m_marked.size()));
    for (auto it = m_marked.cbegin(); it != m_marked.cend() && records.size() < most; ++it)
        records.append(*it);
    return records;
}

void ConversationListModel::markAll()
{
    readMarks({});
}

void ConversationListModel::markAgain(const QSet<ConversationId> &ids)
{
    if (!ids.isEmpty())
        readMarks(ids);
}

void ConversationListModel::readMarks(const std::optional<QSet<ConversationId>> &only)
{
    // Twenty thousand records are made and freed where they are read: here it would be seen.
    const auto future =
        m_desk.workspace().read<ToMark>([query = pageQuery(m_mostMarked + 1, {}), only, most = m_mostMarked](
                                            Database &database) { return readToMark(database, query, most, only); });
    whenDone(future, this, [this, generation = m_generation, isAgain = only.has_value()](const Result<ToMark> &read) {
        if (generation != m_generation || (isAgain && !m_marked.isEmpty()))
            return;
        if (!read) {
            Q_EMIT markingFailed(read.error());
            return;
        }
        Marks marks = read->marks;
        for (const ConversationId id : unlisted(read->entries))
            marks.remove(id);
        // The rest of before was not marked either.
        takeMarks(marks, isAgain ? m_isRestUnmarked : read->hasMore);
    });
}

void ConversationListModel::takeMarks(const Marks &marks, bool isRestUnmarked)
{
    m_marked = marks;
    m_isRestUnmarked = isRestUnmarked;
    if (!m_entries.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_entries.size()) - 1), {int(Role::isMarked)});
    Q_EMIT markedChanged();
}

void ConversationListModel::unmark(const QList<ConversationId> &ids)
{
    bool areMarksChanged = false;
    int first = rowCount();
    int last = -1;
    for (const ConversationId id : ids) {
        if (!m_marked.remove(id))
            continue;
        areMarksChanged = true;
        if (const int row = rowOf(id); row >= 0) {
            first = std::min(first, row);
            last = std::max(last, row);
        }
    }
    // Once for all of them: they may be many thousands, and whoever hears it asks every command again.
    if (last >= 0)
        Q_EMIT dataChanged(index(first), index(last), {int(Role::isMarked)});
    if (areMarksChanged)
        Q_EMIT markedChanged();
}

void ConversationListModel::unmarkAll()
{
    takeMarks({}, false);
}

void ConversationListModel::followMark(const ConversationRecord &record)
{
    if (const auto marked = m_marked.find(record.id); marked != m_marked.end())
        *marked = asMark(record);
}

} // namespace Earshot
