// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/writerthread.h"

#include "workspace/quickcommits.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>

#include <sqlite3.h>

#include <utility>
#include <vector>

namespace Earshot {

namespace {

constexpr qint64 groupMs = 5;
/// Of the index: merged in one go, which takes about a millisecond.
constexpr int piecePages = 64;
constexpr std::chrono::milliseconds quietAfterWork(250);
constexpr std::chrono::milliseconds quietBetweenPieces(10);
/// What waits to be indexed is not found meanwhile: that goes on at once.
constexpr std::chrono::milliseconds quietBeforeIndexing(2);
constexpr std::chrono::milliseconds quietAfterFailure(10'000);
/// What somebody waits who wants something meanwhile; the first one after a while longer, as large pieces are quicker.
constexpr std::chrono::milliseconds indexingPiece(15);
constexpr std::chrono::milliseconds largeIndexingPiece(200);
constexpr std::chrono::milliseconds quietBeforeLargePieces(1000);

int onCommit(void *checkpointer, sqlite3 *, const char *, int pages)
{
    static_cast<Checkpointer *>(checkpointer)->logHas(pages);
    return SQLITE_OK;
}

} // namespace

WriterThread::WriterThread(std::unique_ptr<Database> database, Seq last, const Clock &clock)
    : m_database(std::move(database))
    , m_checkpointer(QString::fromUtf8(sqlite3_db_filename(m_database->handle(), "main")))
    , m_clock(clock)
    , m_last(last)
    , m_durable(last)
    , m_lateIndexing(indexingPiece)
{
    setObjectName(QStringLiteral("writer"));
    sqlite3_wal_hook(m_database->handle(), onCommit, &m_checkpointer);
    // Nothing could be written otherwise.
    if (const auto failure = tryIndex(*m_database); failure && failure->kind == ErrorKind::damaged)
        m_lateIndexing.mend(*m_database);
    m_isAllIndexed = !isIndexWaiting(*m_database) && !m_database->takeFailure();
    m_sinceWork.start();
    m_checkpointer.start();
}

WriterThread::~WriterThread()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_isEnding = true;
        m_hasWork.wakeAll();
    }
    QThread::wait();
}

void WriterThread::add(Task task)
{
    const QMutexLocker lock(&m_mutex);
    (task.urgency == Urgency::interactive ? m_interactive : m_bulk).push_back(std::move(task));
    m_hasWork.wakeOne();
}

bool WriterThread::awaitWork()
{
    const QMutexLocker lock(&m_mutex);
    while (m_interactive.empty() && m_bulk.empty() && !m_isEnding) {
        if (m_isIndexTidy && m_isAllIndexed)
            m_hasWork.wait(&m_mutex);
        else if (!m_hasWork.wait(&m_mutex, QDeadlineTimer(m_quiet)))
            return true;
    }
    return !m_interactive.empty() || !m_bulk.empty();
}

std::optional<WriterThread::Task> WriterThread::take(bool isFirst, Lasting lasting)
{
    const QMutexLocker lock(&m_mutex);
    std::deque<Task> &queue = m_interactive.empty() ? m_bulk : m_interactive;
    if (queue.empty() || (queue.front().isAlone && !isFirst))
        return std::nullopt;
    if (!isFirst && lasting == Lasting::untilFetchedAgain && queue.front().lasting != lasting)
        return std::nullopt;
    Task task = std::move(queue.front());
    queue.pop_front();
    return task;
}

void WriterThread::run()
{
    while (awaitWork()) {
        std::optional<Task> task = take(true);
        if (!task) {
            workOnIndex();
            continue;
        }
        const bool isAlone = task->isAlone;
        if (isAlone)
            runAlone(*task);
        else
            runGroup(std::move(*task));
        if (!isAlone)
            m_sinceWork.start();
        mergeOwed();
        m_quiet = m_isAllIndexed ? quietAfterWork : quietBeforeIndexing;
    }
}

/// One piece, while nobody waits. What fails here is left for a while: a commit that is wanted will say so.
void WriterThread::workOnIndex()
{
    if (m_isAllIndexed) {
        tidyIndex();
        m_quiet = quietBetweenPieces;
        return;
    }
    const bool isQuiet = m_sinceWork.hasExpired(quietBeforeLargePieces.count());
    m_lateIndexing.setPiece(isQuiet ? largeIndexingPiece : indexingPiece);
    const Result<bool> worked = m_lateIndexing.step(*m_database);
    if (!worked && mendIndex(worked.error()))
        return;
    m_isAllIndexed = worked && !*worked;
    m_isIndexTidy = m_isIndexTidy && m_isAllIndexed;
    m_quiet = !worked ? quietAfterFailure : *worked ? std::chrono::milliseconds(0) : quietAfterWork;
}

void WriterThread::tidyIndex()
{
    m_isIndexTidy = !mergeAlone([](Database &database) { return mergeIndex(database, piecePages); });
}

/// In a transaction of its own, for which nobody waits: what a power failure takes back is to be merged again. @return
/// whether anything was merged, and is kept
bool WriterThread::mergeAlone(bool (*merge)(Database &))
{
    const QuickCommits quick(*m_database);
    m_database->execute(QStringLiteral("BEGIN IMMEDIATE"));
    const bool isMerged = merge(*m_database) && !m_database->failure();
    m_database->execute(isMerged ? QStringLiteral("COMMIT") : QStringLiteral("ROLLBACK"));
    const bool isKept = isMerged && !m_database->failure();
    const std::optional<Error> failure = m_database->takeFailure();
    if (failure && sqlite3_get_autocommit(m_database->handle()) == 0)
        sqlite3_exec(m_database->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    mendIndex(failure);
    return isKept;
}

/// Who acts is answered before: merging took as long as all the rest of a commit. Where others wait already the next
/// commit does it with what is theirs, which is one to the disk less.
void WriterThread::mergeOwed()
{
    if (!m_isMergeOwed || isAnythingWaiting())
        return;
    m_isMergeOwed = false;
    mergeAlone(mergeWaiting);
}

bool WriterThread::isAnythingWaiting()
{
    const QMutexLocker lock(&m_mutex);
    return !m_interactive.empty() || !m_bulk.empty();
}

/// What waits to be indexed again is told, as it is not found meanwhile.
bool WriterThread::mendIndex(const std::optional<Error> &failure)
{
    if (!failure || failure->kind != ErrorKind::damaged || !m_lateIndexing.mend(*m_database))
        return false;
    m_isAllIndexed = false;
    m_quiet = quietBeforeIndexing;
    CommitNotice notice;
    notice.first = m_last + 1;
    notice.hasChannels = true;
    tell(notice);
    return true;
}

void WriterThread::runAlone(Task &task)
{
    const Seq before = m_last;
    CommitNotice notice;
    notice.first = before + 1;
    Writing writing(*m_database, m_last, notice, m_clock.now());
    const bool isGood = task.work(writing);
    static_cast<void>(m_database->takeFailure());
    if (sqlite3_get_autocommit(m_database->handle()) == 0)
        sqlite3_exec(m_database->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    if (!isGood)
        m_last = before;
    m_durable = m_last;
    m_isAllIndexed = false; // what comes by a slice is indexed afterwards
    task.finished(std::nullopt);
    if (isGood)
        tell(notice);
}

void WriterThread::tell(CommitNotice notice)
{
    notice.last = m_last;
    if (notice.first > notice.last)
        notice.first = notice.last = 0;
    Q_EMIT committed(notice);
}

void WriterThread::runGroup(Task first)
{
    QElapsedTimer timer;
    timer.start();
    CommitNotice notice;
    notice.first = m_last + 1;
    std::vector<Task> good;
    const Lasting lasting = first.lasting;
    std::optional<QuickCommits> quick;
    if (lasting == Lasting::untilFetchedAgain)
        quick.emplace(*m_database);
    m_database->execute(QStringLiteral("BEGIN IMMEDIATE"));
    std::optional<Error> failure = m_database->takeFailure();

    std::optional<Task> task = std::move(first);
    while (task && !failure) {
        const bool isFirst = good.empty();
        const bool isGood = runTask(*task, isFirst, notice);
        const bool isWhole = isFirst ? endFirst(isGood) : endSavepoint(isGood);
        if (isGood)
            good.push_back(std::move(*task));
        else
            task->finished(std::nullopt);
        if (!isWhole)
            failure = Error{ErrorKind::tryAgain, QStringLiteral("the transaction ended early"), {}};
        task = timer.elapsed() < groupMs && !failure ? take(false, lasting) : std::nullopt;
    }
    if (failure && task)
        good.push_back(std::move(*task));
    if (failure || good.empty())
        abandon(notice);
    else
        failure = commit(notice);

    const bool isCommitted = !failure && !good.empty();
    for (const Task &done : good)
        done.finished(failure);
    if (isCommitted)
        tell(notice);
}

bool WriterThread::runTask(Task &task, bool isFirst, CommitNotice &notice)
{
    const Seq before = m_last;
    const CommitNotice noticeBefore = notice;
    // The transaction itself is the first one's. In a savepoint each statement would cost more the more pages were
    // changed before it: SQLite walks through all that it keeps of them in memory.
    if (!isFirst)
        m_database->execute(QStringLiteral("SAVEPOINT task"));
    Writing writing(*m_database, m_last, notice, m_clock.now());
    // work() reports the database's own failure as its answer, so none is left behind here.
    const bool isGood = task.work(writing);
    if (!isGood) {
        m_last = before;
        notice = noticeBefore;
    }
    static_cast<void>(m_database->takeFailure());
    return isGood;
}

bool WriterThread::endFirst(bool isKept)
{
    sqlite3 *handle = m_database->handle();
    if (!isKept && sqlite3_get_autocommit(handle) == 0)
        sqlite3_exec(handle, "ROLLBACK", nullptr, nullptr, nullptr);
    return isKept ? sqlite3_get_autocommit(handle) == 0
                  : sqlite3_exec(handle, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
}

bool WriterThread::endSavepoint(bool isKept)
{
    // Directly, so that nothing that failed before can keep it from being done. A full disk may have made SQLite end
    // the whole transaction; then there is no savepoint any more, and what came after it stood alone.
    sqlite3 *handle = m_database->handle();
    const char *const end = isKept ? "RELEASE task" : "ROLLBACK TO task; RELEASE task";
    return sqlite3_exec(handle, end, nullptr, nullptr, nullptr) == SQLITE_OK && sqlite3_get_autocommit(handle) == 0;
}

std::optional<Error> WriterThread::commit(const CommitNotice &notice)
{
    if (std::exchange(m_isMergeOwed, false))
        mergeWaiting(*m_database);
    if (indexWaiting(*m_database, Merging::later)) {
        m_isIndexTidy = false;
        m_isMergeOwed = true;
    }
    const std::optional<Error> ofIndex = m_database->failure();
    if (m_last >= notice.first) {
        Statement log = m_database->statement("insert_commit_log");
        log.bind("first", notice.first).bind("last", m_last).bind("at", m_clock.now()).run();
    }
    m_database->execute(QStringLiteral("COMMIT"));
    std::optional<Error> error = m_database->takeFailure();
    if (!error) {
        m_durable = m_last;
        return std::nullopt;
    }
    abandon(notice);
    if (mendIndex(ofIndex))
        return Error{ErrorKind::tryAgain, error->detail, {}};
    // The disk's own reason is what helps; anything else is worth another try.
    if (error->kind != ErrorKind::diskFull && error->kind != ErrorKind::readOnly && error->kind != ErrorKind::damaged)
        error->kind = ErrorKind::tryAgain;
    return error;
}

void WriterThread::abandon(const CommitNotice &notice)
{
    if (sqlite3_get_autocommit(m_database->handle()) == 0)
        sqlite3_exec(m_database->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    m_last = notice.first - 1;
}

} // namespace Earshot
