// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "cli/reachnote.h"
#include "desk/exportrows.h"
#include "desk/exportwriter.h"

namespace Earshot {

namespace {

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
            if (Done written = writer.write(exportRow(row, channels)); !written)
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
        if (Done written = writeAll<Ask::ConversationsById>(call, writer, conversationExportColumns(), *channels);
            !written)
            return written;
    }
    return wish.hasMessages ? writeAll<Ask::MessagesById>(call, writer, messageExportColumns(), *channels) : Done();
}

/// The file appears when it is whole.
Done writeToFile(Call &call, const Wish &wish, const QString &name)
{
    const auto rows =
        ExportWriter::toFile(name, wish.format, [&](ExportWriter &writer) { return writeWish(call, writer, wish); });
    if (!rows)
        return tl::unexpected(rows.error());
    call.output().text(QStringLiteral("Wrote %1 rows to %2.").arg(*rows).arg(name));
    call.output().json(QJsonObject{{QStringLiteral("output"), name}, {QStringLiteral("rows"), *rows}});
    return {};
}

Done exportAll(Call &call)
{
    const Result<Wish> wish = givenWish(call);
    if (!wish)
        return tl::unexpected(wish.error());
    if (Done opened = call.open(Call::For::reading); !opened)
        return tl::unexpected(opened.error());
    // Before: what comes meanwhile is in it, too.
    if (Done said = sayReach(call, AnsweredFrom::rows); !said)
        return said;
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
           "write to this file, whole or not at all; without it the rows go to standard output, also with --json"}},
         false,
         reachHelp},
    };
}

} // namespace Earshot
