// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/slicemerge.h"

#include "workspace/changes.h"
#include "workspace/givenrows.h"
#include "workspace/searchindex.h"
#include "workspace/wirerows.h"

#include <QElapsedTimer>
#include <QFileInfo>

#include <sqlite3.h>

#include <algorithm>
#include <limits>

namespace Earshot {

namespace {

/// Rows between two looks at the clock.
constexpr int rowsAtOnce = 100;

Statement statementFor(Database &database, const char *verb, const QByteArray &table)
{
    const QByteArray name = verb + table;
    return database.statement(name.constData());
}

QList<QByteArray> conversationsLast()
{
    QList<QByteArray> tables = synchronisedTables();
    tables.removeOne("conversation");
    tables.append("conversation");
    return tables;
}

/// The row stays where it is until it is in: nothing is copied.
void bindColumn(sqlite3_stmt *statement, int parameter, sqlite3_stmt *row, int column)
{
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
        sqlite3_bind_int64(statement, parameter, sqlite3_column_int64(row, column));
        break;
    case SQLITE_TEXT: {
        const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(row, column));
        sqlite3_bind_text(statement, parameter, text, sqlite3_column_bytes(row, column), SQLITE_STATIC);
        break;
    }
    default:
        sqlite3_bind_value(statement, parameter, sqlite3_column_value(row, column));
    }
}

/// The same to a statement that asks for it.
void giveColumn(sqlite3_context *to, sqlite3_stmt *row, int column)
{
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER:
        sqlite3_result_int64(to, sqlite3_column_int64(row, column));
        break;
    case SQLITE_TEXT: {
        const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(row, column));
        sqlite3_result_text(to, text, sqlite3_column_bytes(row, column), SQLITE_STATIC);
        break;
    }
    default:
        sqlite3_result_value(to, sqlite3_column_value(row, column));
    }
}

/// Nearly all of a history are of these.
const QByteArrayList &mostRows()
{
    static const QByteArrayList tables{"thread", "contact", "identity", "message",     "message_version",
                                       "media",  "journal", "delivery", "conversation"};
    return tables;
}

/// Triggers note something of them.
bool isNoted(const QByteArray &table)
{
    return table == "message" || table == "conversation";
}

/// A slice that cannot be read says nothing of the workspace that it was to come into.
Error ofSlice(Error error)
{
    if (error.kind == ErrorKind::damaged) {
        error.kind = ErrorKind::malformed;
        error.detail = QStringLiteral("a slice cannot be read: ") + error.detail;
    }
    return error;
}

/// While it lives no trigger of that connection runs.
class WithoutTriggers
{
public:
    explicit WithoutTriggers(Database &database)
        : m_handle(database.handle())
    {
        sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    }
    ~WithoutTriggers() { sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, nullptr); }
    Q_DISABLE_COPY_MOVE(WithoutTriggers)

private:
    sqlite3 *m_handle;
};

bool hasTable(Database &database, const QByteArray &table)
{
    return sqlite3_table_column_metadata(database.handle(), "main", table.constData(), nullptr, nullptr, nullptr,
                                         nullptr, nullptr, nullptr) == SQLITE_OK;
}

} // namespace

/// How far one step goes.
class SliceMerge::Piece
{
public:
    explicit Piece(std::chrono::milliseconds most)
        : m_most(most)
    {
        m_timer.start();
    }
    /// One row more is in.
    void count()
    {
        m_isOver = m_most.count() == 0 || (++m_rows % rowsAtOnce == 0 && m_timer.hasExpired(m_most.count()));
    }
    [[nodiscard]] bool isOver() const { return m_isOver; }

private:
    const std::chrono::milliseconds m_most;
    QElapsedTimer m_timer;
    int m_rows = 0;
    bool m_isOver = false;
};

/// One slice, and the row of the present table that is its next one.
class SliceMerge::Source
{
public:
    explicit Source(std::unique_ptr<Database> database)
        : m_database(std::move(database))
    {
        m_database->execute(QStringLiteral("PRAGMA cache_size = -100"));
        // Rows of a slice without keys (an older server's) are sorted: not in files elsewhere.
        m_database->execute(QStringLiteral("PRAGMA temp_store = MEMORY"));
    }
    /// @param columns that are wanted of its rows
    void open(const QByteArray &table, const QList<WireColumn> &columns)
    {
        m_row.reset();
        m_hasRow = false;
        if (m_database->failure() || !hasTable(*m_database, table))
            return;
        const QByteArray name = "slice_rows_" + table;
        m_row.reset(new Statement(m_database->statement(name.constData())));
        findColumns(columns);
        step();
    }
    void step()
    {
        m_hasRow = m_row->next();
        m_id = m_hasRow ? m_row->integer(0) : 0;
    }
    /// Each page is read once: rows lie in the order of their ids.
    [[nodiscard]] qint64 pagesRead() const
    {
        int misses = 0;
        int highest = 0;
        sqlite3_db_status(m_database->handle(), SQLITE_DBSTATUS_CACHE_MISS, &misses, &highest, 0);
        return misses;
    }
    [[nodiscard]] bool hasRow() const { return m_hasRow; }
    [[nodiscard]] qint64 id() const { return m_id; }
    [[nodiscard]] qint64 number(int column) const { return m_row->integer(column); }
    [[nodiscard]] sqlite3_stmt *row() const { return m_row->handle(); }
    /// Which of the row's columns each of those is, or `lacking`.
    [[nodiscard]] const std::vector<int> &columns() const { return m_columns; }
    static constexpr int lacking = -1;
    [[nodiscard]] bool lacksColumns() const { return std::ranges::find(m_columns, lacking) != m_columns.cend(); }
    [[nodiscard]] const std::optional<Error> &failure() const { return m_database->failure(); }

private:
    void findColumns(const QList<WireColumn> &columns)
    {
        QList<QByteArray> names;
        for (int i = 0; m_row->handle() && i < sqlite3_column_count(m_row->handle()); ++i)
            names.append(sqlite3_column_name(m_row->handle(), i));
        m_columns.clear();
        for (const WireColumn &column : columns)
            m_columns.push_back(int(names.indexOf(column.column)));
    }

    std::vector<int> m_columns;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<Statement> m_row; ///< goes before its database
    bool m_hasRow = false;
    qint64 m_id = 0;
};

/// The present table's next rows, until the piece is over or a source does not have all that they consist of.
class SliceMerge::Fresh final : public GivenRows
{
public:
    Fresh(SliceMerge &merge, Piece &piece)
        : m_merge(merge)
        , m_piece(piece)
        , m_isNoted(isNoted(merge.m_tables.at(merge.m_table)))
        , m_source(merge.lowest())
    {
    }
    [[nodiscard]] qint64 count() const { return m_count; }
    /// The ids of those that were put in, with their messages' times; where they are wanted.
    [[nodiscard]] const QList<std::pair<qint64, qint64>> &taken() const { return m_taken; }

    /// Which of the slice's columns each of those is that the statement may ask for.
    void begin(const QList<QByteArray> &columns) override
    {
        m_columns.clear();
        for (const QByteArray &column : columns)
            m_columns.push_back(int(m_merge.placeOf(column)));
        m_time = m_merge.placeOf("sort_at");
    }
    [[nodiscard]] bool isAtEnd() const override { return !m_source || m_piece.isOver() || m_source->lacksColumns(); }
    void step() override
    {
        if (m_isNoted)
            m_taken.append({m_source->id(), m_time < 0 ? 0 : m_source->number(m_source->columns()[size_t(m_time)])});
        ++m_count;
        m_source->step();
        m_piece.count();
        m_source = m_merge.lowest();
    }
    void give(sqlite3_context *to, int column) const override
    {
        const int place = m_columns[size_t(column)];
        if (place >= 0)
            giveColumn(to, m_source->row(), m_source->columns()[size_t(place)]);
    }

private:
    SliceMerge &m_merge;
    Piece &m_piece;
    const bool m_isNoted;
    Source *m_source;
    std::vector<int> m_columns;
    qsizetype m_time = -1;
    QList<std::pair<qint64, qint64>> m_taken;
    qint64 m_count = 0;
};

SliceMerge::SliceMerge(SliceRows rows)
    : m_rows(rows)
    , m_tables(conversationsLast())
{
}

SliceMerge::~SliceMerge() = default;

Result<std::unique_ptr<SliceMerge>> SliceMerge::open(const QStringList &files, SliceRows rows)
{
    std::unique_ptr<SliceMerge> merge(new SliceMerge(rows));
    for (const QString &file : files) {
        if (!QFileInfo::exists(file))
            return fail(ErrorKind::notFound, file);
        auto database = Database::open(file, Database::Mode::still);
        if (!database)
            return tl::unexpected(ofSlice(database.error()));
        merge->m_bytes += QFileInfo(file).size();
        merge->m_sources.push_back(std::make_unique<Source>(*std::move(database)));
    }
    return merge;
}

double SliceMerge::share() const
{
    constexpr double page = 4096;
    qint64 pages = 0;
    for (const auto &source : m_sources)
        pages += source->pagesRead();
    return m_bytes > 0 ? std::min(1.0, double(pages) * page / double(m_bytes)) : 1;
}

void SliceMerge::openTable(Database &database)
{
    const Statement apply = statementFor(database, "slice_apply_", m_tables.at(m_table));
    if (!apply.handle())
        return;
    m_columns.clear();
    const QList<WireColumn> &known = wireColumns(database, m_tables.at(m_table));
    for (int parameter = 1; parameter <= sqlite3_bind_parameter_count(apply.handle()); ++parameter) {
        const QByteArrayView name(sqlite3_bind_parameter_name(apply.handle(), parameter) + 1);
        const auto it = std::ranges::find(known, name, &WireColumn::column);
        if (it != known.cend())
            m_columns.append(*it);
    }
    for (const auto &source : m_sources)
        source->open(m_tables.at(m_table), m_columns);
    m_isOpen = true;
}

qsizetype SliceMerge::placeOf(const QByteArray &column) const
{
    const auto it = std::ranges::find(m_columns, column, &WireColumn::column);
    return it == m_columns.cend() ? -1 : it - m_columns.cbegin();
}

SliceMerge::Source *SliceMerge::lowest()
{
    Source *found = nullptr;
    for (const auto &source : m_sources) {
        if (source->hasRow() && (!found || source->id() < found->id()))
            found = source.get();
    }
    return found;
}

/// Until the follower has caught up, another row may still hold a unique value that this one has by now. That row
/// changed or went later, so it comes again: it makes room.
void SliceMerge::makeRoom(Database &database, const Source &source)
{
    const QByteArray &table = m_tables.at(m_table);
    Statement others = statementFor(database, "displace_", table);
    if (!others.handle())
        return;
    for (int i = 1; i <= sqlite3_bind_parameter_count(others.handle()); ++i) {
        const QByteArrayView name(sqlite3_bind_parameter_name(others.handle(), i) + 1);
        for (int column = 0; column < sqlite3_column_count(source.row()); ++column) {
            if (name == QByteArrayView(sqlite3_column_name(source.row(), column)))
                sqlite3_bind_value(others.handle(), i, sqlite3_column_value(source.row(), column));
        }
    }
    others.run();
}

/// The columns are the first parameters. What an older server knows nothing of is as where nothing is said.
void SliceMerge::bindRow(Statement &apply, const Source &source)
{
    const std::vector<int> &columns = source.columns();
    for (int i = 0; i < int(columns.size()); ++i) {
        const int column = columns[size_t(i)];
        if (column != Source::lacking)
            bindColumn(apply.handle(), i + 1, source.row(), column);
        else
            bindValue(apply, m_columns.at(i).column.constData(), usualValue(m_columns.at(i)));
    }
}

/// @return what SQLite says
int SliceMerge::put(Statement &apply, const Source &source)
{
    bindRow(apply, source);
    // Directly: what a test would have fail are not a million rows, but the statements.
    const int code = sqlite3_step(apply.handle());
    sqlite3_reset(apply.handle());
    return code;
}

/// The present table's, over those that are here already.
void SliceMerge::putRows(Database &database, Piece &piece, qint64 most)
{
    Statement apply = statementFor(database, "slice_apply_", m_tables.at(m_table));
    if (!apply.handle())
        return;
    apply.bind("again", m_rows == SliceRows::againToo ? 1 : 0);
    for (Source *source = lowest(); source && most > 0 && !piece.isOver(); source = lowest(), --most) {
        int code = put(apply, *source);
        if ((code & 0xff) == SQLITE_CONSTRAINT && hasOtherKeys(m_tables.at(m_table))) {
            makeRoom(database, *source);
            code = put(apply, *source);
        }
        if (code != SQLITE_DONE)
            database.noteCode(code);
        if (database.failure())
            return;
        source->step();
        piece.count();
    }
}

/// The present table's, by one statement and without a trigger, which would take longer for each than all the rest
/// does: what they would have noted is noted here. It ends before one that is here already, whose key another has, or
/// of which an older server knows too little. @return how many
qint64 SliceMerge::putNewRows(Database &database, Piece &piece)
{
    const WithoutTriggers without(database);
    Fresh fresh(*this, piece);
    {
        Statement insert = statementFor(database, "slice_new_", m_tables.at(m_table));
        if (!insert.handle())
            return 0;
        bindRows(insert, "rows", fresh);
        const int code = sqlite3_step(insert.handle());
        if (code != SQLITE_DONE && (code & 0xff) != SQLITE_CONSTRAINT)
            database.noteCode(code);
    }
    const QList<std::pair<qint64, qint64>> taken = fresh.taken();
    QByteArrayList notes;
    if (m_tables.at(m_table) == "message")
        notes = {"slice_unindexed"};
    else if (m_tables.at(m_table) == "conversation")
        notes = {"slice_tally", "slice_view_count"};
    for (const QByteArray &name : std::as_const(notes)) {
        GivenTimes times(taken, "sort_at");
        Statement note = database.statement(name.constData());
        bindRows(note, "rows", times);
        note.run();
    }
    return fresh.count();
}

/// As many of the present table as there is time for.
void SliceMerge::putTable(Database &database, Piece &piece)
{
    bool areNew = mostRows().contains(m_tables.at(m_table));
    while (lowest() && !piece.isOver() && !database.failure()) {
        // Where many are here already, others of this piece are likely to be, too.
        areNew = areNew && putNewRows(database, piece) >= rowsAtOnce;
        putRows(database, piece, areNew ? 1 : std::numeric_limits<qint64>::max());
    }
}

bool SliceMerge::step(Database &database, std::chrono::milliseconds most)
{
    Piece piece(most);
    while (!piece.isOver() && m_table < m_tables.size() && !database.failure()) {
        if (!m_isOpen)
            openTable(database);
        putTable(database, piece);
        if (lowest() || database.failure())
            continue;
        m_isOpen = false;
        ++m_table;
    }
    for (const auto &source : m_sources) {
        if (source->failure())
            database.setFailure(ofSlice(*source->failure()));
    }
    deferIndexing(database);
    return m_table < m_tables.size();
}

} // namespace Earshot
