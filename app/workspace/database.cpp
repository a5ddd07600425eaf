// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/database.h"

#include "workspace/givenrows.h"

#include <QFile>
#include <QFileInfo>
#include <QMutex>
#include <QUrl>

#include <sqlite3.h>

#include <array>
#include <atomic>

namespace Earshot {

namespace {

/// Tests set it on their thread while the workspace's threads ask it.
struct Fault
{
    std::atomic<bool> isSet = false;
    QMutex mutex;
    std::function<std::optional<Error>()> ask;
};

Fault &theFault()
{
    static Fault fault;
    return fault;
}

ErrorKind kindOfCode(int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ErrorKind::diskFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorKind::damaged;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return ErrorKind::readOnly;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorKind::locked;
    case SQLITE_INTERRUPT:
        return ErrorKind::cancelled;
    case SQLITE_CONSTRAINT:
        return ErrorKind::invalid;
    default:
        return ErrorKind::io;
    }
}

/// SQLite's count of the memory that it uses costs a lock at each allocation, shared by all threads; nobody asks for
/// it.
void leaveMemoryUncounted()
{
    static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(once);
}

int openFlags(Database::Mode mode)
{
    switch (mode) {
    case Database::Mode::readOnly:
        return SQLITE_OPEN_READONLY;
    case Database::Mode::readWrite:
        return SQLITE_OPEN_READWRITE;
    case Database::Mode::create:
        return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Database::Mode::still:
        return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    }
    Q_UNREACHABLE();
}

/// SQLite reads a write-ahead log only with shared memory beside it. What was left in one is read with an index of the
/// reader's own, which is to be had without locks only; where there is none the file is all there is.
QByteArray addressOfStill(const QString &path)
{
    const bool hasLog = QFileInfo(path + QStringLiteral("-wal")).size() > 0;
    return "file:" + QUrl::toPercentEncoding(path, "/") + (hasLog ? "?vfs=unix-none" : "?immutable=1");
}

} // namespace

Statement::Statement(Database &database, sqlite3_stmt *handle)
    : m_database(database)
    , m_handle(handle)
{
}

Statement::~Statement()
{
    if (m_handle) {
        sqlite3_reset(m_handle);
        sqlite3_clear_bindings(m_handle);
    }
}

int Statement::place(const char *name) const
{
    // The parameters' names begin with a colon. Without making a text of the heap, as this is done for each value.
    std::array<char, 64> parameter{':'};
    qstrncpy(parameter.data() + 1, name, parameter.size() - 1);
    const int index = sqlite3_bind_parameter_index(m_handle, parameter.data());
    Q_ASSERT_X(index > 0, "Statement::bind", name);
    return index;
}

Statement &Statement::bind(const char *name, qint64 value)
{
    if (m_handle)
        m_database.note(sqlite3_bind_int64(m_handle, place(name), value));
    return *this;
}

Statement &Statement::bind(const char *name, const QString &value)
{
    if (m_handle) {
        // A null QString is an empty text here: absence is bindNull().
        const QByteArray text = value.toUtf8();
        m_database.note(sqlite3_bind_text(m_handle, place(name), text.constData() ? text.constData() : "",
                                          int(text.size()), SQLITE_TRANSIENT));
    }
    return *this;
}

Statement &Statement::bindNull(const char *name)
{
    if (m_handle)
        m_database.note(sqlite3_bind_null(m_handle, place(name)));
    return *this;
}

Statement &Statement::bind(const char *name, const QByteArray &bytes)
{
    if (m_handle) {
        const char *data = bytes.isNull() ? "" : bytes.constData();
        m_database.note(sqlite3_bind_blob64(m_handle, place(name), data, quint64(bytes.size()), SQLITE_TRANSIENT));
    }
    return *this;
}

bool Statement::next()
{
    m_column = 0;
    if (!m_handle || m_database.failure() || m_database.meetsFault())
        return false;
    const int code = sqlite3_step(m_handle);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        m_database.note(code);
    return false;
}

void Statement::run()
{
    while (next()) {
    }
}

void Statement::restart()
{
    if (m_handle)
        sqlite3_reset(m_handle);
}

bool Statement::isNull() const
{
    return sqlite3_column_type(m_handle, m_column) == SQLITE_NULL;
}

Statement &Statement::operator>>(qint64 &value)
{
    value = sqlite3_column_int64(m_handle, m_column++);
    return *this;
}

Statement &Statement::operator>>(int &value)
{
    value = int(sqlite3_column_int64(m_handle, m_column++));
    return *this;
}

Statement &Statement::operator>>(bool &value)
{
    value = sqlite3_column_int64(m_handle, m_column++) != 0;
    return *this;
}

Statement &Statement::operator>>(QString &value)
{
    value = text(m_column++);
    return *this;
}

Statement &Statement::operator>>(Time &value)
{
    value = timeFromMs(sqlite3_column_int64(m_handle, m_column++));
    return *this;
}

Statement &Statement::operator>>(std::optional<int> &value)
{
    if (isNull())
        value.reset();
    else
        value = int(sqlite3_column_int64(m_handle, m_column));
    ++m_column;
    return *this;
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_handle, column);
}

QString Statement::text(int column) const
{
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(m_handle, column));
    return bytes ? QString::fromUtf8(bytes, sqlite3_column_bytes(m_handle, column)) : QString();
}

QByteArray Statement::bytes(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_handle, column));
    return {data, sqlite3_column_bytes(m_handle, column)};
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, Mode mode)
{
    leaveMemoryUncounted();
    sqlite3 *handle = nullptr;
    const QByteArray name = mode == Mode::still ? addressOfStill(path) : path.toUtf8();
    const int code = sqlite3_open_v2(name.constData(), &handle, openFlags(mode) | SQLITE_OPEN_NOMUTEX, nullptr);
    std::unique_ptr<Database> database(new Database(handle));
    if (code != SQLITE_OK)
        return fail(code == SQLITE_CANTOPEN ? ErrorKind::io : kindOfCode(code),
                    QString::fromUtf8(handle ? sqlite3_errmsg(handle) : "out of memory"));
    sqlite3_extended_result_codes(handle, 1);
    offerGivenRows(handle);
    sqlite3_busy_timeout(handle, 10'000);
    if (mode == Mode::still)
        database->execute(QStringLiteral("PRAGMA locking_mode = EXCLUSIVE"));
    return database;
}

Database::~Database()
{
    for (sqlite3_stmt *statement : std::as_const(m_statements))
        sqlite3_finalize(statement);
    sqlite3_close(m_handle);
}

void Database::setFault(std::function<std::optional<Error>()> fault)
{
    const QMutexLocker lock(&theFault().mutex);
    theFault().isSet = bool(fault);
    theFault().ask = std::move(fault);
}

bool Database::meetsFault()
{
    if (!theFault().isSet)
        return false;
    std::optional<Error> error;
    {
        const QMutexLocker lock(&theFault().mutex);
        if (theFault().ask)
            error = theFault().ask();
    }
    if (error)
        setFailure(*error);
    return error.has_value();
}

void Database::setFailure(const Error &error)
{
    if (!m_failure)
        m_failure = error;
}

std::optional<Error> Database::takeFailure()
{
    return std::exchange(m_failure, std::nullopt);
}

Done Database::done()
{
    if (auto error = takeFailure())
        return tl::unexpected(*error);
    return {};
}

void Database::note(int code)
{
    if (code != SQLITE_OK)
        setFailure({kindOfCode(code), QString::fromUtf8(sqlite3_errmsg(m_handle)), {}});
}

sqlite3_stmt *Database::prepare(const QByteArray &name)
{
    QFile file(QStringLiteral(":/queries/") + QLatin1StringView(name) + QStringLiteral(".sql"));
    if (!file.open(QIODevice::ReadOnly)) {
        Q_ASSERT_X(false, "no such statement", name.constData());
        setFailure({ErrorKind::unknown, QStringLiteral("no statement ") + QLatin1StringView(name), {}});
        return nullptr;
    }
    const QByteArray sql = file.readAll();
    sqlite3_stmt *handle = nullptr;
    note(sqlite3_prepare_v3(m_handle, sql.constData(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &handle, nullptr));
    return handle;
}

Statement Database::statement(const char *name)
{
    if (m_failure || meetsFault())
        return {*this, nullptr};
    const QByteArray key(name);
    sqlite3_stmt *&handle = m_statements[key];
    if (!handle)
        handle = prepare(key);
    Q_ASSERT_X(!handle || !sqlite3_stmt_busy(handle), "statement is in use already", name);
    return {*this, handle};
}

void Database::execute(const QString &script)
{
    if (m_failure || meetsFault())
        return;
    note(sqlite3_exec(m_handle, script.toUtf8().constData(), nullptr, nullptr, nullptr));
}

qint64 Database::pragma(const QString &name)
{
    if (m_failure || meetsFault())
        return 0;
    sqlite3_stmt *handle = nullptr;
    note(
        sqlite3_prepare_v2(m_handle, QStringLiteral("PRAGMA %1").arg(name).toUtf8().constData(), -1, &handle, nullptr));
    const int code = handle ? sqlite3_step(handle) : SQLITE_DONE;
    const qint64 value = code == SQLITE_ROW ? sqlite3_column_int64(handle, 0) : 0;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        note(code);
    sqlite3_finalize(handle);
    return value;
}

qint64 Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

int Database::changedRows() const
{
    return sqlite3_changes(m_handle);
}

void Database::setCancel(std::function<bool()> isCancelled)
{
    m_isCancelled = std::move(isCancelled);
    const auto ask = [](void *self) { return static_cast<Database *>(self)->m_isCancelled() ? 1 : 0; };
    sqlite3_progress_handler(m_handle, m_isCancelled ? 1000 : 0, m_isCancelled ? +ask : nullptr, this);
}

} // namespace Earshot
