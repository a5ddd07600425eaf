// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/checkpointer.h"
#include "workspace/searchindex.h"
#include "workspace/workspace.h"

#include <QElapsedTimer>
#include <QMutex>
#include <QThread>
#include <QWaitCondition>

#include <deque>

namespace Earshot {

/// The one thread that writes. Groups waiting tasks into one transaction of at most 5 ms, interactive ones first, each
/// after the first in a savepoint of its own; answers and notices only after COMMIT. Owns the thread that checkpoints.
class WriterThread final : public QThread
{
    Q_OBJECT

public:
    /// @param last the highest change number that was handed out
    WriterThread(std::unique_ptr<Database> database, Seq last, const Clock &clock);
    /// Finishes what was given to it, then ends.
    ~WriterThread() override;

    void add(Workspace::WriteTask task);
    /// The highest change number that was committed.
    [[nodiscard]] Seq lastSeq() const { return m_durable.load(); }
    [[nodiscard]] qint64 logBytes() const { return m_checkpointer.logBytes(); }

Q_SIGNALS:
    void committed(const Earshot::CommitNotice &notice);

protected:
    void run() override;

private:
    using Task = Workspace::WriteTask;
    /// Waits for work. False: nothing comes any more.
    [[nodiscard]] bool awaitWork();
    /// Nothing when nothing is waiting. @param isFirst whether it begins a transaction, so that it may be one of those
    /// that stand alone
    /// @param lasting of the transaction: what lasts longer waits for the next one
    [[nodiscard]] std::optional<Task> take(bool isFirst, Lasting lasting = Lasting::surely);
    void workOnIndex();
    void tidyIndex();
    /// @param failure of the index alone. @return whether that is made anew
    bool mendIndex(const std::optional<Error> &failure);
    bool mergeAlone(bool (*merge)(Database &));
    void mergeOwed();
    [[nodiscard]] bool isAnythingWaiting();
    void runGroup(Task first);
    void runAlone(Task &task);
    void tell(CommitNotice notice);
    /// @param isFirst nothing else is in the transaction yet
    [[nodiscard]] bool runTask(Task &task, bool isFirst, CommitNotice &notice);
    /// What is not kept takes the transaction with it; another begins. False: there is none.
    [[nodiscard]] bool endFirst(bool isKept);
    /// False: what is in the transaction is no longer whole tasks only, so it must not be committed.
    [[nodiscard]] bool endSavepoint(bool isKept);
    [[nodiscard]] std::optional<Error> commit(const CommitNotice &notice);
    /// Rolls the transaction back, if there still is one, and its numbers.
    void abandon(const CommitNotice &notice);

    std::unique_ptr<Database> m_database;
    Checkpointer m_checkpointer;
    const Clock &m_clock;
    Seq m_last;
    std::atomic<Seq> m_durable;
    QMutex m_mutex;
    QWaitCondition m_hasWork;
    std::deque<Task> m_interactive;
    std::deque<Task> m_bulk;
    bool m_isEnding = false;
    LateIndexing m_lateIndexing;
    QElapsedTimer m_sinceWork;           ///< somebody wanted something
    bool m_isAllIndexed = true;          ///< no message waits to be indexed, as far as is known
    bool m_isMergeOwed = false;          ///< by the last commit, which left it for after the answers
    bool m_isIndexTidy = true;           ///< there is nothing to merge, as far as is known
    std::chrono::milliseconds m_quiet{}; ///< how long nothing must come before the index is worked on further
};

} // namespace Earshot
