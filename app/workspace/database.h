// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/id.h"

#include <QHash>
#include <QString>

#include <functional>
#include <memory>
#include <type_traits>

struct sqlite3;
struct sqlite3_stmt;

namespace Earshot {

class Database;

/// One prepared statement in use. Reset and cleared when it leaves scope, so no reader keeps a snapshot open. After a
/// failure anywhere on its Database it does nothing and finds no row (see Database::failure()).
class Statement
{
public:
    Statement(Database &database, sqlite3_stmt *handle);
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    /// Binds by name (without the colon). A name that the statement does not have is a programmer's error.
    Statement &bind(const char *name, qint64 value);
    Statement &bind(const char *name, int value) { return bind(name, qint64(value)); }
    Statement &bind(const char *name, bool value) { return bind(name, qint64(value)); }
    Statement &bind(const char *name, const QString &value);
    Statement &bind(const char *name, Time value) { return bind(name, toMs(value)); }
    Statement &bind(const char *name, Duration value) { return bind(name, qint64(value.count())); }
    Statement &bindNull(const char *name);
    Statement &bind(const char *name, const QByteArray &bytes);
    /// An id that is none is stored as null.
    template <class Tag>
    Statement &bind(const char *name, Id<Tag> id)
    {
        return id.isValid() ? bind(name, id.value) : bindNull(name);
    }
    template <class Enum>
    requires std::is_enum_v<Enum> Statement &bind(const char *name, Enum value) { return bind(name, qint64(value)); }

    /// The next row; false at the end or after a failure.
    bool next();
    /// Runs a statement that gives no rows.
    void run();
    /// Back before its first row: to be asked again. What is bound stays so unless it is bound anew.
    void restart();

    /// The present row's columns, from the left, one after another.
    [[nodiscard]] bool isNull() const;
    Statement &operator>>(qint64 &value);
    Statement &operator>>(int &value);
    Statement &operator>>(bool &value);
    Statement &operator>>(QString &value);
    Statement &operator>>(Time &value);
    Statement &operator>>(std::optional<int> &value);
    template <class Tag>
    Statement &operator>>(Id<Tag> &id)
    {
        return *this >> id.value;
    }
    template <class Enum>
    requires std::is_enum_v<Enum> Statement &operator>>(Enum &value)
    {
        qint64 number = 0;
        *this >> number;
        value = static_cast<Enum>(number);
        return *this;
    }
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;
    /// For code that handles any row: the column's own type (null, integer, text).
    [[nodiscard]] sqlite3_stmt *handle() const { return m_handle; }

private:
    int place(const char *name) const;

    Database &m_database;
    sqlite3_stmt *m_handle;
    int m_column = 0;
};

/// A connection to a workspace file. Used by one thread at a time. The first failure sticks: from then on statements do
/// nothing and find nothing until takeFailure(), so that a sequence of them is checked once, at its end.
class Database
{
public:
    enum class Mode {
        readOnly,
        readWrite,
        create,
        still, ///< read only, where no file can be made beside it: nobody may write it meanwhile
    };

    static Result<std::unique_ptr<Database>> open(const QString &path, Mode mode);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// The statement in :/queries/NAME.sql, prepared once per connection.
    [[nodiscard]] Statement statement(const char *name);
    /// BEGIN, COMMIT, SAVEPOINT and PRAGMA; also whole migration scripts.
    void execute(const QString &script);
    [[nodiscard]] qint64 pragma(const QString &name);

    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    /// Records a failure from outside SQLite; the first one stays.
    void setFailure(const Error &error);
    /// What SQLite answered where a statement is stepped directly.
    void noteCode(int code) { note(code); }
    /// The failure, forgotten here: what follows works again.
    std::optional<Error> takeFailure();
    /// `value`, or the failure that made it meaningless.
    template <class T>
    [[nodiscard]] Result<T> result(T value)
    {
        if (auto error = takeFailure())
            return tl::unexpected(*error);
        return value;
    }
    [[nodiscard]] Done done();

    [[nodiscard]] qint64 lastInsertId() const;
    [[nodiscard]] int changedRows() const;
    [[nodiscard]] sqlite3 *handle() const { return m_handle; }

    /// Looked at while statements run; true ends them with `cancelled`.
    void setCancel(std::function<bool()> isCancelled);

    /// Called before each access (prepare, step, execute); an error from it is what the access fails with. For tests.
    static void setFault(std::function<std::optional<Error>()> fault);

private:
    friend class Statement;
    explicit Database(sqlite3 *handle)
        : m_handle(handle)
    {
    }
    sqlite3_stmt *prepare(const QByteArray &name);
    bool meetsFault();
    void note(int code);

    sqlite3 *m_handle;
    QHash<QByteArray, sqlite3_stmt *> m_statements;
    std::optional<Error> m_failure;
    std::function<bool()> m_isCancelled;
};

} // namespace Earshot
