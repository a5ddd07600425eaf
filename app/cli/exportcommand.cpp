// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "cli/exportwriter.h"
#include "cli/present.h"

#include <QSaveFile>

namespace Earshot {

namespace {

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

QJsonObject rowOf(const ConversationRecord &conversation, const ChannelsById &channels)
{
    QJsonObject row = conversationJson(conversation, channels);
    row.insert(QStringLiteral("type"), QStringLiteral("conversation"));
    return row;
}

QJsonObject rowOf(const NumberedMessage &numbered, const ChannelsById &channels)
{
    const MessageRecord &message = numbered.message;
    QJsonObject row = messageJson(message);
    row.insert(QStringLiteral("type"), QStringLiteral("message"));
    row.insert(QStringLiteral("conversation"), idJson(numbered.number));
    row.insert(QStringLiteral("channel"), message.channel.value);
    row.insert(QStringLiteral("network"), word(channels.value(message.channel).network));
    return row;
}

/// Walks a table from its beginning to its end.
template <class Asked>
Done writeAll(Call &call, ExportWriter &writer, const QStringList &columns, const ChannelsById &channels)
{
    if (Done begun = writer.begin(columns); !begun)
        return begun;
    Asked question;
    for (;;) {
        if (Interrupt::hasHappened())
            return fail(ErrorKind::cancelled);
        const auto page = call.ask(question);
        if (!page)
            return tl::unexpected(page.error());
        for (const auto &row : page->list) {
            if (Done written = writer.write(rowOf(row, channels)); !written)
                return written;
        }
        if (!page->next.isValid() || call.output().isClosed())
            return {};
        question.after = page->next;
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
        if (Done written = writeAll<Ask::ConversationsById>(call, writer, conversationColumns(), *channels); !written)
            return written;
    }
    return wish.hasMessages ? writeAll<Ask::MessagesById>(call, writer, messageColumns(), *channels) : Done();
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
    if (Done opened = call.open(Call::For::reading); !opened)
        return tl::unexpected(opened.error());
    if (call.has("output") && call.value("output") != QLatin1StringView("-"))
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
           "write to this file, whole or not at all; without it the rows go to standard output, also with --json"}}},
    };
}

} // namespace Earshot
