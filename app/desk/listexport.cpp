// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/listexport.h"

#include "desk/exportrows.h"
#include "workspace/readerpool.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int idsAtOnce = 5000;
constexpr int rowsAtOnce = 200;
constexpr int messagesAtOnce = 500;
constexpr int hitsAtOnce = 1000;
constexpr Duration searchedAtOnce{100}; ///< then it is asked whether to go on

/// All that stand in a list, in its order.
Result<QList<ConversationId>> idsOf(Database &database, ListQuery query, const std::function<bool(double)> &goesOn)
{
    query.after.reset();
    query.limit = idsAtOnce;
    QList<ConversationId> ids;
    for (;;) {
        const auto page = listConversations(database, query);
        if (!page)
            return tl::unexpected(page.error());
        for (const ListEntry &entry : *page)
            ids.append(entry.id);
        if (isReadWhole(query) || page->size() < query.limit)
            return ids;
        query.after = ListPlace{page->constLast().at, page->constLast().id};
        if (!goesOn(0))
            return fail(ErrorKind::cancelled);
    }
}

/// All whose messages a search finds, the newest hit first.
Result<QList<ConversationId>> idsFound(Database &database, const SearchQuery &search, const ListQuery &query,
                                       const std::function<bool(double)> &goesOn)
{
    QList<ConversationId> ids;
    QSet<ConversationId> met;
    MessageId before;
    for (;;) {
        const auto page = searchMessages(database, search, query.me, before, hitsAtOnce, query.now, searchedAtOnce);
        if (!page)
            return tl::unexpected(page.error());
        for (const SearchHit &hit : page->hits) {
            if (!met.contains(hit.conversation))
                ids.append(hit.conversation);
            met.insert(hit.conversation);
        }
        if (!page->hasMore && !page->isSearchingOlder)
            return ids;
        before = page->goOnBefore;
        if (!goesOn(0))
            return fail(ErrorKind::cancelled);
    }
}

Result<QList<MessageRecord>> allMessages(Database &database, ConversationId conversation)
{
    TimelineQuery query{conversation, {}, messagesAtOnce};
    QList<MessageRecord> messages;
    for (;;) {
        auto page = loadMessages(database, query);
        if (!page)
            return page;
        const bool isLast = page->size() < query.limit;
        if (!page->isEmpty())
            query.before = TimelinePlace{page->constFirst().sortAt, page->constFirst().id};
        messages = *page + messages;
        if (isLast)
            return messages;
    }
}

class Walk
{
public:
    Walk(Database &database, const ListExport &wish, const std::function<bool(double)> &goesOn)
        : m_database(database)
        , m_wish(wish)
        , m_goesOn(goesOn)
    {
    }
    Done write(ExportWriter &writer);
    [[nodiscard]] qint64 conversations() const { return m_conversations; }

private:
    [[nodiscard]] Result<QList<ConversationId>> wanted();
    Done writeThese(ExportWriter &writer, const QList<ConversationId> &ids);

    Database &m_database;
    const ListExport &m_wish;
    const std::function<bool(double)> &m_goesOn;
    ChannelsById m_channels;
    qint64 m_conversations = 0;
};

Result<QList<ConversationId>> Walk::wanted()
{
    if (m_wish.search)
        return idsFound(m_database, *m_wish.search, m_wish.query, m_goesOn);
    auto ids = idsOf(m_database, m_wish.query, m_goesOn);
    if (!ids || m_wish.only.isEmpty())
        return ids;
    QSet<ConversationId> left = m_wish.only;
    ids->removeIf([&left](ConversationId id) { return !left.remove(id); });
    *ids += left.values();
    return ids;
}

Done Walk::write(ExportWriter &writer)
{
    const auto channels = loadChannels(m_database, true);
    if (!channels)
        return tl::unexpected(channels.error());
    for (const ChannelRecord &channel : *channels)
        m_channels.insert(channel.id, channel);
    const auto ids = wanted();
    if (!ids)
        return tl::unexpected(ids.error());
    if (Done begun = writer.begin(conversationExportColumns()); !begun)
        return begun;
    for (qsizetype at = 0; at < ids->size(); at += rowsAtOnce) {
        if (!m_goesOn(double(at) / double(ids->size())))
            return fail(ErrorKind::cancelled);
        if (Done written = writeThese(writer, ids->mid(at, rowsAtOnce)); !written)
            return written;
    }
    return {};
}

Done Walk::writeThese(ExportWriter &writer, const QList<ConversationId> &ids)
{
    const auto rows = loadConversations(m_database, ids, m_wish.query.me, m_wish.query.now);
    if (!rows)
        return tl::unexpected(rows.error());
    for (const ConversationRecord &row : *rows) {
        if (Done written = writer.write(exportRow(row, m_channels)); !written)
            return written;
        ++m_conversations;
        if (m_wish.format == ExportWriter::Format::csv)
            continue;
        const auto messages = allMessages(m_database, row.id);
        if (!messages)
            return tl::unexpected(messages.error());
        for (const MessageRecord &message : *messages) {
            if (Done written = writer.write(exportRow(NumberedMessage{message, row.number}, m_channels)); !written)
                return written;
        }
    }
    return {};
}

} // namespace

Result<qint64> exportList(const QString &workspace, const ListExport &wish, const std::function<bool(double)> &goesOn)
{
    const auto database = openReader(workspace);
    if (!database)
        return tl::unexpected(database.error());
    Walk walk(**database, wish, goesOn);
    const auto rows =
        ExportWriter::toFile(wish.file, wish.format, [&walk](ExportWriter &writer) { return walk.write(writer); });
    if (!rows)
        return tl::unexpected(rows.error());
    return walk.conversations();
}

} // namespace Earshot
