// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/conversationlistmodel.h"

#include "ui/shell/whendone.h"

namespace Earshot {

// How rows are read.

namespace {

constexpr int missingAtOnce = 100;

} // namespace

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

} // namespace Earshot
