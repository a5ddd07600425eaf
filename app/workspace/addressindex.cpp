// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/addressindex.h"

#include "workspace/quickcommits.h"
#include "workspace/temporaryfiles.h"

#include <sqlite3.h>

namespace Earshot {

void dropAddressIndex(Database &database)
{
    Statement drop = database.statement("drop_message_uri");
    drop.run();
}

bool hasAddressIndex(Database &database)
{
    Statement find = database.statement("select_has_message_uri");
    return find.next();
}

Done makeAddressIndex(Database &database, const std::function<bool()> &isCancelled)
{
    if (hasAddressIndex(database) || database.failure())
        return database.done();
    // Who loses it with the power makes it again: it is not all here yet.
    const QuickCommits quick(database);
    const TemporaryFiles files(database);
    if (isCancelled)
        database.setCancel(isCancelled);
    // One piece is sorted while the next one is read.
    sqlite3_limit(database.handle(), SQLITE_LIMIT_WORKER_THREADS, 1);
    {
        Statement make = database.statement("make_message_uri");
        make.run();
    }
    sqlite3_limit(database.handle(), SQLITE_LIMIT_WORKER_THREADS, 0);
    database.setCancel({});
    const auto failure = database.takeFailure();
    return failure ? Done(tl::unexpected(files.explained(*failure))) : Done();
}

} // namespace Earshot
