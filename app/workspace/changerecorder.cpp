// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/changerecorder.h"

#include "workspace/changes.h"

// The header declares sessions only to those who say that their SQLite has them.
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

namespace Earshot {

namespace {

void note(Database &database, int code, const char *what)
{
    if (code == SQLITE_OK)
        return;
    // A row that is not as it was left, and any other way in which it does not fit.
    const ErrorKind kind = code == SQLITE_FULL                            ? ErrorKind::diskFull
                           : code == SQLITE_IOERR || code == SQLITE_NOMEM ? ErrorKind::io
                                                                          : ErrorKind::damaged;
    database.setFailure({kind, QStringLiteral("%1: %2").arg(QLatin1StringView(what), QString::number(code)), {}});
}

int onConflict(void *, int, sqlite3_changeset_iter *)
{
    return SQLITE_CHANGESET_ABORT;
}

} // namespace

ChangeRecorder::ChangeRecorder(Database &database)
    : m_database(database)
{
    int code = sqlite3session_create(database.handle(), "main", &m_session);
    for (const QByteArray &table : synchronisedTables()) {
        if (code == SQLITE_OK)
            code = sqlite3session_attach(m_session, table.constData());
    }
    if (code == SQLITE_OK)
        code = sqlite3session_attach(m_session, "delivery_wish");
    note(database, code, "changes cannot be recorded");
}

ChangeRecorder::~ChangeRecorder()
{
    sqlite3session_delete(m_session);
}

QByteArray ChangeRecorder::take()
{
    if (m_database.failure())
        return {};
    int size = 0;
    void *data = nullptr;
    note(m_database, sqlite3session_changeset(m_session, &size, &data), "changes cannot be recorded");
    const QByteArray changes(static_cast<const char *>(data), size);
    sqlite3_free(data);
    return changes;
}

void revertChanges(Database &database, const QList<QByteArray> &changes)
{
    if (database.failure())
        return;
    sqlite3_changegroup *group = nullptr;
    int code = sqlite3changegroup_new(&group);
    for (qsizetype i = 0; i < changes.size() && code == SQLITE_OK; ++i) {
        // It only reads them.
        if (!changes.at(i).isEmpty())
            code = sqlite3changegroup_add(group, int(changes.at(i).size()), const_cast<char *>(changes.at(i).data()));
    }
    int size = 0;
    void *together = nullptr;
    if (code == SQLITE_OK)
        code = sqlite3changegroup_output(group, &size, &together);
    sqlite3changegroup_delete(group);
    int inverseSize = 0;
    void *inverse = nullptr;
    if (code == SQLITE_OK)
        code = sqlite3changeset_invert(size, together, &inverseSize, &inverse);
    sqlite3_free(together);
    if (code == SQLITE_OK)
        code = sqlite3changeset_apply_v2(database.handle(), inverseSize, inverse, nullptr, onConflict, nullptr, nullptr,
                                         nullptr, SQLITE_CHANGESETAPPLY_NOSAVEPOINT);
    sqlite3_free(inverse);
    note(database, code, "a change cannot be taken back");
}

} // namespace Earshot
