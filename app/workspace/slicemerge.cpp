// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/slicemerge.h"

#include "workspace/changes.h"
#include "workspace/givenrows.h"
#include "workspace/searchindex.h"
#include "workspace/slicesource.h"
#include "workspace/wirerows.h"

#include <QElapsedTimer>
#include <QFile>
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

/// Nearly all rows of a history are of the tables that have such a statement.
bool arePutTogether(const QByteArray &table)
{
    return QFile::exists(QStringLiteral(":/queries/slice_new_%1.sql").arg(QLatin1StringView(table)));
}

/// The statements that note of new rows what triggers do.
QByteArrayList notesOf(const QByteArray &table)
{
    if (table == "message")
        return {"slice_unindexed"};
    if (table == "identity")
        return {"slice_unindexed_identity"};
    if (table == "conversation")
        return {"slice_tally", "slice_view_count"};
    if (table == "conversation_tag")
        return {"slice_tag_tally"};
    return {};
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

/// The present table's next rows, until the piece is over or a source does not have all that they consist of.
class SliceMerge::Fresh final : public GivenRows
{
public:
    Fresh(SliceMerge &merge, Piece &piece)
        : m_merge(merge)
        , m_piece(piece)
        , m_isNoted(!notesOf(merge.m_tables.at(merge.m_table)).isEmpty())
        , m_source(merge.lowest())
    {
    }
    [[nodiscard]] qint64 count() const { return m_count; }
    /// The ids of those that were put in, with their messages' times; where they are wanted.
    [[nodiscard]] const QList<std::pair<qint64, qint64>> &taken() const { return m_taken; }

    /// Which of the wanted columns each of those is that the statement may ask for.
    void begin(const QList<QByteArray> &columns) override
    {
        m_columns.clear();
        for (const QByteArray &column : columns)
            m_columns.push_back(m_merge.placeOf(column));
        m_time = m_merge.placeOf("sort_at");
    }
    [[nodiscard]] bool isAtEnd() const override { return !m_source || m_piece.isOver() || m_source->lacksColumns(); }
    void step() override
    {
        if (m_isNoted)
            m_taken.append({m_source->id(), m_time < 0 ? 0 : m_source->number(m_time)});
        ++m_count;
        m_source->step();
        m_piece.count();
        m_source = m_merge.lowest();
    }
    void give(sqlite3_context *to, int column) const override
    {
        if (const int place = m_columns[size_t(column)]; place >= 0)
            m_source->giveColumn(to, place);
    }

private:
    SliceMerge &m_merge;
    Piece &m_piece;
    const bool m_isNoted;
    SliceSource *m_source;
    std::vector<int> m_columns;
    int m_time = -1;
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
        merge->m_sources.push_back(std::make_unique<SliceSource>(*std::move(database)));
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

int SliceMerge::placeOf(const QByteArray &column) const
{
    const auto it = std::ranges::find(m_columns, column, &WireColumn::column);
    return it == m_columns.cend() ? -1 : int(it - m_columns.cbegin());
}

SliceSource *SliceMerge::lowest()
{
    SliceSource *found = nullptr;
    for (const auto &source : m_sources) {
        if (source->hasRow() && (!found || source->id() < found->id()))
            found = source.get();
    }
    return found;
}

/// Until the follower has caught up, another row may still hold a unique value that this one has by now. That row
/// changed or went later, so it comes again: it makes room.
void SliceMerge::makeRoom(Database &database, const SliceSource &source)
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
void SliceMerge::bindRow(Statement &apply, const SliceSource &source)
{
    for (int i = 0; i < m_columns.size(); ++i) {
        if (source.lacks(i))
            bindValue(apply, m_columns.at(i).column.constData(), usualValue(m_columns.at(i)));
        else
            source.bindColumn(apply.handle(), i + 1, i);
    }
}

/// @return what SQLite says
int SliceMerge::put(Statement &apply, const SliceSource &source)
{
    bindRow(apply, source);
    // Directly: what a test would have fail are not a million rows, but the statements.
    const int code = sqlite3_step(apply.handle());
    sqlite3_reset(apply.handle());
    return code;
}

/// Whether that row is here as it is to be, or newer: people and threads come along with each slice, and looking takes
/// a small part of the time in which they are put in.
bool SliceMerge::isHere(Statement &get, const SliceSource &source) const
{
    const int seq = placeOf("seq");
    if (seq < 0 || source.lacks(seq))
        return false;
    get.restart();
    if (!get.bind("id", source.id()).next())
        return false;
    const Seq here = get.integer(1);
    get.restart();
    return source.number(seq) < here + (m_rows == SliceRows::againToo ? 0 : 1);
}

/// The present table's, over those that are here already.
void SliceMerge::putRows(Database &database, Piece &piece, qint64 most)
{
    Statement apply = statementFor(database, "slice_apply_", m_tables.at(m_table));
    if (!apply.handle())
        return;
    Statement get = statementFor(database, "get_", m_tables.at(m_table));
    apply.bind("again", m_rows == SliceRows::againToo ? 1 : 0);
    for (SliceSource *source = lowest(); source && most > 0 && !piece.isOver(); source = lowest(), --most) {
        int code = isHere(get, *source) ? SQLITE_DONE : put(apply, *source);
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
/// does: what they would have noted is noted here. It ends before one that is here already, whose key another has, of
/// which an older server knows too little, or a tag of a conversation that is here (what is counted of that changes).
/// @return how many
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
    const QByteArrayList notes = notesOf(m_tables.at(m_table));
    for (const QByteArray &name : notes) {
        GivenTimes times(fresh.taken(), "sort_at");
        Statement note = database.statement(name.constData());
        bindRows(note, "rows", times);
        note.run();
    }
    return fresh.count();
}

/// As many of the present table as there is time for.
void SliceMerge::putTable(Database &database, Piece &piece)
{
    bool areNew = arePutTogether(m_tables.at(m_table));
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
    indexIdentities(database);
    return m_table < m_tables.size();
}

} // namespace Earshot
