// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "cli/exportwriter.h"
#include "cli/present.h"

#include "workspace/exportqueries.h"

#include <QSaveFile>

namespace Earshot {

namespace {

constexpr int pageSize = 500;

const QStringList &conversationColumns()
{
    static const QStringList columns =
        QStringLiteral("id,channel,channelName,network,contact,contactHandle,subject,status,reason,snoozedUntil,"
                       "assignee,priority,tags,createdAt,lastMessageAt,waitingSince,messageCount,needsAnswer,isPrivate,"
                       "isImported,snippet,threadTitle,threadUrl")
            .split(QLatin1Char(','));
    return columns;
}

const QStringList &messageColumns()
{
    static const QStringList columns =
        QStringLiteral("id,conversation,channel,network,kind,author,authorHandle,agent,text,contentWarning,language,"
                       "visibility,remoteId,uri,url,sentAt,arrivedAt,editedAt,remoteState.edited,remoteState.presence,"
                       "remoteState.moderation,delivery,failure,rating")
            .split(QLatin1Char(','));
    return columns;
}

/// One page of rows, each with its own kind's members.
struct Page
{
    QList<QJsonObject> rows;
    qint64 last = 0; ///< id after which the next page begins
};

Result<Page> conversationPage(Database &database, qint64 after, const ChannelsById &channels, AgentId me, Time now)
{
    const auto ids = conversationsAfter(database, ConversationId(after), pageSize);
    if (!ids)
        return tl::unexpected(ids.error());
    const auto conversations = loadConversations(database, *ids, me, now);
    if (!conversations)
        return tl::unexpected(conversations.error());
    Page page;
    page.last = ids->isEmpty() ? after : ids->last().value;
    for (const ConversationRecord &conversation : *conversations) {
        QJsonObject row = conversationJson(conversation, channels);
        row.insert(QStringLiteral("type"), QStringLiteral("conversation"));
        page.rows.append(row);
    }
    return page;
}

Result<Page> messagePage(Database &database, qint64 after, const ChannelsById &channels, AgentId me, Time now)
{
    const auto ids = messagesAfter(database, MessageId(after), pageSize);
    if (!ids)
        return tl::unexpected(ids.error());
    const auto messages = loadMessagesById(database, *ids);
    if (!messages)
        return tl::unexpected(messages.error());
    QSet<ConversationId> owners;
    for (const MessageRecord &message : *messages)
        owners.insert(message.conversation);
    const auto conversations = loadConversations(database, owners.values(), me, now);
    if (!conversations)
        return tl::unexpected(conversations.error());
    QHash<ConversationId, qint64> numbers;
    for (const ConversationRecord &conversation : *conversations)
        numbers.insert(conversation.id, conversation.number);
    Page page;
    page.last = ids->isEmpty() ? after : ids->last().value;
    for (const MessageRecord &message : *messages) {
        QJsonObject row = messageJson(message);
        row.insert(QStringLiteral("type"), QStringLiteral("message"));
        row.insert(QStringLiteral("conversation"), idJson(numbers.value(message.conversation)));
        row.insert(QStringLiteral("channel"), message.channel.value);
        row.insert(QStringLiteral("network"), word(channels.value(message.channel).network));
        page.rows.append(row);
    }
    return page;
}

using Pager = Result<Page> (*)(Database &, qint64, const ChannelsById &, AgentId, Time);

/// Walks a table from its beginning to its end.
Done writeAll(Call &call, ExportWriter &writer, const QStringList &columns, const ChannelsById &channels, Pager pager)
{
    if (Done begun = writer.begin(columns); !begun)
        return begun;
    qint64 after = 0;
    for (;;) {
        if (Interrupt::hasHappened())
            return fail(ErrorKind::cancelled);
        const auto page = call.read<Page>(
            [&](Database &database) { return pager(database, after, channels, call.me(), call.now()); });
        if (!page)
            return tl::unexpected(page.error());
        for (const QJsonObject &row : page->rows) {
            if (Done written = writer.write(row); !written)
                return written;
        }
        if (page->last == after || call.output().isClosed())
            return {};
        after = page->last;
    }
}

struct Wish
{
    ExportWriter::Format format = ExportWriter::Format::jsonLines;
    bool hasConversations = true;
    bool hasMessages = true;
};

Result<Wish> givenWish(const Call &call)
{
    const QString format = call.has("format") ? call.value("format") : QStringLiteral("jsonl");
    const bool isCsv = format == QLatin1StringView("csv");
    if (!isCsv && format != QLatin1StringView("jsonl"))
        return fail(ErrorKind::invalid, QStringLiteral("--format is jsonl or csv, not \"%1\"").arg(format));
    // A table has one set of columns; lines of JSON each say what they are.
    QString what = isCsv ? QStringLiteral("conversations") : QStringLiteral("all");
    if (call.has("what"))
        what = call.value("what");
    Wish wish;
    wish.format = isCsv ? ExportWriter::Format::csv : ExportWriter::Format::jsonLines;
    wish.hasConversations = what == QLatin1StringView("conversations") || what == QLatin1StringView("all");
    wish.hasMessages = what == QLatin1StringView("messages") || what == QLatin1StringView("all");
    if (!wish.hasConversations && !wish.hasMessages)
        return fail(ErrorKind::invalid,
                    QStringLiteral("--what is conversations, messages or all, not \"%1\"").arg(what));
    if (isCsv && wish.hasConversations && wish.hasMessages)
        return fail(ErrorKind::invalid, QStringLiteral("A CSV file holds one of them: --what conversations or "
                                                       "--what messages"));
    return wish;
}

Done writeWish(Call &call, ExportWriter &writer, const Wish &wish)
{
    const auto channels = call.channelsById();
    if (!channels)
        return tl::unexpected(channels.error());
    if (wish.hasConversations) {
        if (Done written = writeAll(call, writer, conversationColumns(), *channels, conversationPage); !written)
            return written;
    }
    return wish.hasMessages ? writeAll(call, writer, messageColumns(), *channels, messagePage) : Done();
}

Error fileError(const QFileDevice &file)
{
    const bool isFull = file.error() == QFileDevice::ResourceError || file.error() == QFileDevice::WriteError;
    return {isFull ? ErrorKind::diskFull : ErrorKind::io,
            QStringLiteral("%1: %2").arg(file.fileName(), file.errorString()),
            {}};
}

/// The file appears when it is whole.
Done writeToFile(Call &call, const Wish &wish, const QString &name)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return tl::unexpected(fileError(file));
    ExportWriter writer(wish.format, [&file](const QByteArray &bytes) -> Done {
        if (file.write(bytes) != bytes.size())
            return tl::unexpected(fileError(file));
        return {};
    });
    if (Done written = writeWish(call, writer, wish); !written)
        return written;
    if (!file.commit())
        return tl::unexpected(fileError(file));
    call.output().text(QStringLiteral("Wrote %1 rows to %2.").arg(writer.rowCount()).arg(name));
    call.output().json(QJsonObject{{QStringLiteral("output"), name}, {QStringLiteral("rows"), writer.rowCount()}});
    return {};
}

Done exportAll(Call &call)
{
    const Result<Wish> wish = givenWish(call);
    if (!wish)
        return tl::unexpected(wish.error());
    const bool isToFile = call.has("output") && call.value("output") != QLatin1StringView("-");
    if (call.output().isJson() && !isToFile)
        return fail(ErrorKind::invalid, QStringLiteral("--json prints one document, and rows are none: write them with "
                                                       "--output FILE, or leave --json out"));
    const Result<Session *> session = call.session(Call::For::reading);
    if (!session)
        return tl::unexpected(session.error());
    if (isToFile)
        return writeToFile(call, *wish, call.value("output"));
    ExportWriter writer(wish->format, [&call](const QByteArray &bytes) {
        call.output().raw(bytes);
        return Done();
    });
    return writeWish(call, writer, *wish);
}

} // namespace

QList<Command> exportCommands()
{
    return {
        {"export",
         "",
         0,
         0,
         "Write all conversations and messages out, a row each; never a secret",
         exportAll,
         {{"format", "F", "jsonl (an object a line) or csv; without it jsonl"},
          {"what", "W", "conversations, messages or, with jsonl, all; without it all, with csv conversations"},
          {"output", "FILE",
           "write to this file, whole or not at all; without it standard output, "
           "which --json forbids: rows are no single document"}}},
    };
}

} // namespace Earshot
