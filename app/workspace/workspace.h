// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "workspace/database.h"
#include "workspace/filelock.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QSet>

#include <atomic>
#include <functional>
#include <memory>

namespace Earshot {

/// What a commit changed, told after it is durable.
struct CommitNotice
{
    Seq first = 0; ///< 0 = no numbered row changed
    Seq last = 0;
    QSet<ConversationId> conversations;
    QHash<AgentId, qint64> personal; ///< whose own was changed, and its last number (personalstore.h)
    bool hasDeliveries = false;      ///< a delivery changed its state
    bool hasChannels = false;        ///< a channel, agent, tag, team, saved reply or macro changed
    bool hasViews = false;           ///< a view is to be counted
    bool hasNewInbound = false;      ///< live inbound messages arrived
    bool hasOutbox = false;          ///< of a replica: what waits for the server, or what the server refused
    bool hasWithdrawn = false; ///< of a replica: conversations, not named here, may no longer be seen and are gone
};

/// What a writing task is given. Lives for one task.
class Writing
{
public:
    Writing(Database &database, Seq &last, CommitNotice &notice, Time now)
        : m_database(database)
        , m_last(last)
        , m_notice(notice)
        , m_now(now)
    {
    }
    [[nodiscard]] Database &database() { return m_database; }
    [[nodiscard]] Statement statement(const char *name) { return m_database.statement(name); }
    /// The next change number: one for each changed row.
    [[nodiscard]] Seq nextSeq() { return m_nextRow == 0 ? ++m_last : m_last; }
    [[nodiscard]] Seq lastSeq() const { return m_last; }
    /// On a replica the numbers are the server's: everything up to this one is here with this task's commit.
    void reach(Seq seq) { m_last = seq; }
    [[nodiscard]] Time now() const { return m_now; }
    [[nodiscard]] CommitNotice &notice() { return m_notice; }
    /// The same task at another time: for writing down what happened then.
    [[nodiscard]] Writing at(Time time) { return {m_database, m_last, m_notice, time}; }
    /// The same task showing on a replica what the server is going to do: the numbers stay where the server's rows
    /// reach to, and new rows take ids from `firstId` on.
    [[nodiscard]] Writing forecasting(qint64 firstId)
    {
        Writing ahead = *this;
        ahead.m_nextRow = firstId;
        return ahead;
    }
    [[nodiscard]] bool isForecasting() const { return m_nextRow != 0; }
    /// For a new row: none = the table gives it.
    [[nodiscard]] Id<struct RowTag> newRowId() { return Id<struct RowTag>(m_nextRow == 0 ? 0 : m_nextRow++); }
    /// A value of the table `meta`.
    [[nodiscard]] QString meta(const QString &name);
    void setMeta(const QString &name, const QString &value);

private:
    Database &m_database;
    Seq &m_last;
    CommitNotice &m_notice;
    Time m_now;
    qint64 m_nextRow = 0; ///< 0 = not forecasting
};

enum class Urgency { interactive, bulk };

/// What a power failure may do to a write after its COMMIT: nothing, or take it back together with all others like it
/// since, as it is fetched again then (QuickCommits).
enum class Lasting { surely, untilFetchedAgain };

class ReadingCopy;
class WriterThread;
class ReaderPool;

/// One workspace file opened in this process. Owns its lock, its one writer thread and its few readers; dies after they
/// have ended. All members may be called from any thread.
class Workspace final : public QObject
{
    Q_OBJECT

public:
    enum class Access {
        owner,    ///< takes FILE.lock: writes and runs the courier
        readOnly, ///< reads beside whoever owns it; nothing is ever written to it
    };
    /// Why this file was found not to be the one that this machine last wrote (design: "Incarnation"); handedOver: a
    /// server has it now, for ever; replica: it follows a server's workspace and can be read.
    enum class Origin { same, restored, copied, moved, handedOver, replica };

    /// Makes a new file with one admin. Errors: invalid (it exists), io, diskFull.
    [[nodiscard]] static Done create(const QString &path, const QString &adminName, const Clock &clock);
    /// A file of an older form is brought to this program's by who owns it; for reading a copy is (ReadingCopy).
    /// Errors: notFound (also: it is to be erased), locked, newerVersion, damaged, readOnly, unsupported (network file
    /// system; for reading: an older program works with it), diskFull, io.
    [[nodiscard]] static Result<std::unique_ptr<Workspace>> open(const QString &path, Access access,
                                                                 const Clock &clock);
    ~Workspace() override;

    /// Owns a file that was open for reading beside its owner, once that one has ended. To be called on the thread that
    /// opened it. Errors: locked (it still has an owner), notFound (another file lies at its path now), readOnly (a
    /// copy is read), those of open().
    [[nodiscard]] Done takeOver();
    [[nodiscard]] QString path() const { return m_path; }
    /// Where its rows can be read: of a file of an older form that is open for reading a copy (ReadingCopy).
    [[nodiscard]] QString readablePath() const;
    [[nodiscard]] QString mediaFolder() const { return m_path + QStringLiteral(".media"); }
    [[nodiscard]] bool isOwner() const { return m_access.load() == Access::owner; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    /// A copied or restored file publishes and pulls nothing until a person has said what it is.
    [[nodiscard]] Origin origin() const { return m_origin.load(); }
    [[nodiscard]] bool isCourierOff() const { return origin() != Origin::same; }
    /// Whether it never acts, as a server goes on with it.
    [[nodiscard]] bool isServed() const { return origin() == Origin::handedOver || origin() == Origin::replica; }
    /// The person's answer: from now on this file is the one of this machine, and the courier may run.
    /// Errors: refused (it was handed over), and those of writing.
    [[nodiscard]] QFuture<Done> adopt();
    /// A server has a copy and goes on with it: from now on this file is for reading, and its courier never runs again.
    [[nodiscard]] QFuture<Done> handOver();

    /// Bytes of the write-ahead log that are not in the file yet, as the newest commit found it; 0 where another
    /// process writes. It grows without end only while somebody reads one state for long, or the disk refuses
    /// checkpoints.
    [[nodiscard]] qint64 logBytes() const;

    /// Runs `work` on a reader thread with a snapshot of its own; the future ends on that thread.
    template <class T>
    [[nodiscard]] QFuture<Result<T>> read(std::function<Result<T>(Database &)> work)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        QFuture<Result<T>> future = promise->future();
        onReader([promise, work = std::move(work)](Result<Database *> database) {
            promise->addResult(database ? work(**database) : Result<T>(tl::unexpected(database.error())));
            promise->finish();
        });
        return future;
    }
    /// The same on the calling thread: for the command line and tests, never for the GUI thread.
    template <class T>
    [[nodiscard]] Result<T> readNow(const std::function<Result<T>(Database &)> &work)
    {
        Result<T> result = fail(ErrorKind::unknown);
        onThisThread([&](Result<Database *> database) {
            result = database ? work(**database) : Result<T>(tl::unexpected(database.error()));
        });
        return result;
    }

    /// Runs `work` on the writer thread, with others in one transaction; the future ends there, after COMMIT. A work
    /// that answers an error is rolled back alone. If COMMIT fails: tryAgain.
    template <class T>
    [[nodiscard]] QFuture<Result<T>> write(Urgency urgency, std::function<Result<T>(Writing &)> work,
                                           Lasting lasting = Lasting::surely)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        QFuture<Result<T>> future = promise->future();
        const auto then = [promise](Result<T> result) {
            promise->addResult(std::move(result));
            promise->finish();
        };
        write<T>(urgency, std::move(work), then, lasting);
        return future;
    }

    /// The same with a call on the writer thread in place of a future's end. It is not made where the file is closed
    /// before. (QFuture::then() of Qt 6.4 is no way to go on: set at the moment in which the future ends it runs twice,
    /// the second time without its promise.)
    template <class T>
    void write(Urgency urgency, std::function<Result<T>(Writing &)> work, std::function<void(Result<T>)> then,
               Lasting lasting = Lasting::surely)
    {
        auto answer = std::make_shared<Result<T>>(fail(ErrorKind::unknown));
        onWriter({urgency,
                  [answer, work = std::move(work)](Writing &writing) {
                      *answer = work(writing);
                      if (auto error = writing.database().takeFailure())
                          *answer = tl::unexpected(*error);
                      return answer->has_value();
                  },
                  [then = std::move(then), answer](const std::optional<Error> &error) {
                      then(error ? Result<T>(tl::unexpected(*error)) : std::move(*answer));
                  },
                  lasting});
    }

    /// Runs `work` on the writer thread in no transaction at all, when what is urgent is done: for what makes
    /// transactions of its own. What it leaves open is rolled back. An answered error means that `Writing`'s numbers
    /// did not move.
    [[nodiscard]] QFuture<Done> writeAlone(std::function<Done(Writing &)> work);

    /// Keeps the highest change number outside the file as well, durably: before anything is sent.
    [[nodiscard]] Done recordOutside();

    struct WriteTask
    {
        Urgency urgency = Urgency::interactive;
        std::function<bool(Writing &)> work; ///< false: roll this one back
        std::function<void(const std::optional<Error> &)> finished;
        Lasting lasting = Lasting::surely;
        bool isAlone = false; ///< bulk, in no transaction
    };

Q_SIGNALS:
    /// takeOver() succeeded: from now on this process writes.
    void ownershipTaken();
    /// After each commit, from the writer thread; it is durable where any of it is to last.
    void committed(const Earshot::CommitNotice &notice);

private:
    Workspace(QString path, Access access, const Clock &clock);
    [[nodiscard]] Done start();
    [[nodiscard]] Done openForReading();
    [[nodiscard]] Done openForWriting();
    [[nodiscard]] Done learnOrigin(Database &database, Seq &last);
    void startNewIncarnation(Database &database, const QString &earlier, Seq &last);
    void onReader(std::function<void(Result<Database *>)> work);
    void onThisThread(const std::function<void(Result<Database *>)> &work);
    void onWriter(WriteTask task);

    QString m_path;
    std::atomic<Access> m_access;
    const Clock &m_clock;
    std::atomic<Origin> m_origin{Origin::same};
    QString m_incarnation;
    std::unique_ptr<FileLock> m_lock;
    std::unique_ptr<ReadingCopy> m_copy; ///< null = the file itself is read
    std::unique_ptr<WriterThread> m_writer;
    std::unique_ptr<ReaderPool> m_readers;
    quint64 m_fileNumber = 0; ///< of the file that the readers hold
};

} // namespace Earshot

Q_DECLARE_METATYPE(Earshot::CommitNotice)
