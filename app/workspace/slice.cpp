// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/slice.h"

#include "workspace/changes.h"
#include "workspace/readerpool.h"

#include <QFile>

#include <sqlite3.h>

#include <string_view>

namespace Earshot {

namespace {

/// What each kind holds, in an order in which what is looked for by another table's rows comes after it.
QList<QByteArray> tablesOf(SliceKind kind)
{
    switch (kind) {
    case SliceKind::workspace:
        return {"agent",       "team",   "team_member",       "device", "tag", "saved_reply", "macro",
                "shared_view", "notice", "workspace_setting", "journal"};
    case SliceKind::channel:
        return {"channel", "notice", "journal"};
    case SliceKind::conversations:
        return {"conversation", "message", "message_version", "media",    "conversation_tag", "note_mention",
                "delivery",     "journal", "thread",          "identity", "contact"};
    case SliceKind::threads:
        return {"thread", "message", "message_version", "media"};
    case SliceKind::people:
        return {"identity"};
    case SliceKind::contacts:
        return {"contact"};
    }
    Q_UNREACHABLE();
}

QByteArray nameOf(SliceKind kind)
{
    switch (kind) {
    case SliceKind::workspace:
        return "workspace";
    case SliceKind::channel:
        return "channel";
    case SliceKind::conversations:
        return "conversations";
    case SliceKind::threads:
        return "threads";
    case SliceKind::people:
        return "people";
    case SliceKind::contacts:
        return "contacts";
    }
    Q_UNREACHABLE();
}

/// The table whose ids make a kind's ranges; empty = it has none.
QByteArray unitOf(SliceKind kind)
{
    switch (kind) {
    case SliceKind::conversations:
        return "conversation";
    case SliceKind::threads:
        return "thread";
    case SliceKind::people:
        return "identity";
    case SliceKind::contacts:
        return "contact";
    default:
        return {};
    }
}

Statement statementFor(Database &database, const QByteArray &verb, const QByteArray &table)
{
    const QByteArray name = "slice_" + verb + '_' + table;
    return database.statement(name.constData());
}

/// Binds of the range what the statement asks for.
void bindRange(Statement &statement, const SliceRange &range)
{
    const int parameters = statement.handle() ? sqlite3_bind_parameter_count(statement.handle()) : 0;
    for (int i = 1; i <= parameters; ++i) {
        const std::string_view name = sqlite3_bind_parameter_name(statement.handle(), i);
        if (name == ":channel")
            statement.bind("channel", range.channel);
        else if (name == ":after")
            statement.bind("after", range.after);
        else if (name == ":up_to")
            statement.bind("up_to", range.upTo);
    }
}

void findEnd(Database &database, SliceRange &range, int most)
{
    const QByteArray unit = unitOf(range.kind);
    if (unit.isEmpty() || !range.isOpen())
        return;
    Statement find = statementFor(database, "end", unit);
    bindRange(find, range);
    if (find.bind("most", most).next())
        range.upTo = find.integer(0);
}

void attach(Database &database, const QString &file)
{
    Statement attach = database.statement("attach_slice");
    attach.bind("file", file).run();
}

void readIds(Database &database, WrittenSlice &slice)
{
    Statement ids = database.statement("slice_ids");
    while (ids.next()) {
        const qint64 count = ids.integer(3);
        slice.rows += count;
        if (count > 0)
            slice.ids.insert(ids.text(0).toLatin1(), {ids.integer(1), ids.integer(2)});
    }
    if (slice.range.kind == SliceKind::conversations) {
        Statement newest = database.statement("slice_newest");
        slice.newest = newest.next() ? newest.integer(0) : 0;
    }
}

} // namespace

Result<WrittenSlice> writeSlice(const QString &workspace, const QString &file, const SliceRange &range, int most)
{
    {
        // An empty file is an empty database; a reader's connection makes none.
        QFile empty(file);
        if (!empty.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return fail(ErrorKind::io, empty.errorString());
        empty.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    Result<std::unique_ptr<Database>> opened = openReader(workspace);
    if (!opened)
        return tl::unexpected(opened.error());
    Database &database = **opened;
    // It writes the attached file only; a reader's connection forbids that too.
    database.execute(QStringLiteral("PRAGMA query_only = OFF"));
    attach(database, file);
    database.execute(QStringLiteral("PRAGMA slice.journal_mode = OFF"));
    database.execute(QStringLiteral("PRAGMA slice.synchronous = OFF"));
    // Its rows come in the order of what they belong to: the pages are filled here and written once.
    database.execute(QStringLiteral("PRAGMA slice.cache_size = -48000"));
    database.execute(QStringLiteral("BEGIN"));
    WrittenSlice slice;
    slice.range = range;
    {
        Statement last = database.statement("select_last_seq");
        slice.position = last.next() ? last.integer(0) : 0;
    }
    for (const QByteArray &table : synchronisedTables())
        statementFor(database, "create", table).run();
    findEnd(database, slice.range, most);
    for (const QByteArray &table : tablesOf(range.kind)) {
        Statement insert = statementFor(database, nameOf(range.kind), table);
        bindRange(insert, slice.range);
        insert.run();
    }
    readIds(database, slice);
    database.execute(QStringLiteral("COMMIT"));
    return database.result(slice);
}

} // namespace Earshot
