// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicafile.h"

#include "replica/emptying.h"
#include "replica/forecasts.h"
#include "replica/keptdrafts.h"
#include "replica/outboxanswers.h"
#include "replica/replicameta.h"
#include "replica/serverera.h"
#include "replica/slicefiles.h"
#include "workspace/addressindex.h"
#include "workspace/quickcommits.h"
#include "workspace/readerpool.h"
#include "workspace/schema.h"
#include "workspace/searchindex.h"
#include "workspace/slicemerge.h"
#include "workspace/wirerows.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace Earshot {

namespace {

/// A slice's state may be older than that of one before: following begins at the oldest.
QString lowerState(const QString &one, const QString &other)
{
    return one.isEmpty() || numberOfState(other) < numberOfState(one) ? other : one;
}

/// "400 1 1700000000000": of a thousand parts, whether there is something to work with, when the last one came (ms).
QString toText(const JoinProgress &joining)
{
    return QStringLiteral("%1 %2 %3")
        .arg(qRound(joining.share * 1000))
        .arg(int(joining.isUsable))
        .arg(toMs(joining.at));
}

QString toText(const QSet<qint64> &channels)
{
    QStringList words;
    for (const qint64 channel : channels)
        words.append(QString::number(channel));
    return words.join(QLatin1Char(' '));
}

JoinProgress joiningFromText(const QString &text)
{
    JoinProgress joining;
    const QStringList parts = text.split(QLatin1Char(' '));
    if (parts.size() < 3)
        return joining;
    joining.share = std::clamp(parts.at(0).toInt(), 0, 1000) / 1000.0;
    joining.isUsable = parts.at(1).toInt() != 0;
    joining.at = timeFromMs(parts.at(2).toLongLong());
    return joining;
}

/// Of servers that do not tell theirs: the newest one that there was when they began to.
constexpr int formUntold = 21;

Result<ReplicaDescription> describeIn(Database &database)
{
    const bool isReplica = ReplicaMeta::read(database, ReplicaMeta::origin) == QLatin1StringView("replica");
    ReplicaDescription found;
    found.source.server = ReplicaMeta::read(database, ReplicaMeta::server);
    found.source.account = ReplicaMeta::read(database, ReplicaMeta::account);
    found.source.agent = AgentId(ReplicaMeta::read(database, ReplicaMeta::agent).toLongLong());
    found.isFrozen = !ReplicaMeta::read(database, ReplicaMeta::frozen).isEmpty();
    found.authorities = ReplicaMeta::read(database, ReplicaMeta::authorities).toUtf8();
    const QString asOf = ReplicaMeta::read(database, ReplicaMeta::asOf);
    found.isComplete = !asOf.isEmpty();
    if (found.isComplete)
        found.asOf = timeFromMs(asOf.toLongLong());
    else
        found.joining = joiningFromText(ReplicaMeta::read(database, ReplicaMeta::joining));
    if (Done done = database.done(); !done)
        return tl::unexpected(done.error());
    if (!isReplica || !found.source.agent.isValid())
        return fail(ErrorKind::invalid, QStringLiteral("this workspace is not a replica of a shared one"));
    return found;
}

/// What a screen is told of rows that came.
/// @param before what it had everything up to
void noteRows(Database &database, const ChangeBatch &batch, Seq before, CommitNotice &notice)
{
    static const QSet<QByteArray> reloading{"channel", "agent",       "team",  "team_member",
                                            "tag",     "saved_reply", "macro", "notice"};
    for (const ChangedRow &row : batch.rows) {
        notice.hasChannels = notice.hasChannels || reloading.contains(row.table);
        notice.hasDeliveries = notice.hasDeliveries || row.table == "delivery";
        notice.hasViews = notice.hasViews || row.table == "shared_view";
        if (row.table == "conversation")
            notice.conversations.insert(ConversationId(row.id));
        const QList<WireColumn> &columns = wireColumns(database, row.table);
        const auto valueOf = [&](const char *name) -> qint64 {
            for (qsizetype i = 0; i < std::min(row.values.size(), columns.size()); ++i) {
                if (columns.at(i).column == name)
                    return row.values.at(i).toLongLong();
            }
            return 0;
        };
        if (const ConversationId conversation(valueOf("conversation")); conversation.isValid())
            notice.conversations.insert(conversation);
        notice.hasNewInbound =
            notice.hasNewInbound || (row.table == "message" && !row.isGone && valueOf("created_seq") > before &&
                                     valueOf("kind") == qint64(MessageKind::inbound));
    }
}

/// No older history is missing any more: told to who says how far a search reaches.
void endReach(Writing &writing)
{
    if (ReplicaMeta::read(writing.database(), ReplicaMeta::reach).isEmpty())
        return;
    ReplicaMeta::write(writing.database(), ReplicaMeta::reach, QString());
    writing.notice().hasChannels = true;
}

/// Between the first and the last rows of those that come together; a row may take the place of one that comes again.
void noteBetween(Database &database, bool isIt)
{
    const QString word = isIt ? QStringLiteral("yes") : QString();
    if (ReplicaMeta::read(database, ReplicaMeta::between) != word)
        ReplicaMeta::write(database, ReplicaMeta::between, word);
}

/// Whether what is shown ahead cannot be told from what came any more, or what is here is of another server's.
bool isTorn(Database &database)
{
    return !ReplicaMeta::read(database, ReplicaMeta::torn).isEmpty();
}

Error tornError()
{
    return {ErrorKind::damaged, QStringLiteral("what is shown ahead of the server is not as it was left"), {}};
}

bool isDamaged(const Database &database)
{
    return database.failure() && database.failure()->kind == ErrorKind::damaged;
}

/// The files that a database consists of.
void removeDatabase(const QString &path)
{
    for (const char *end : {"-wal", "-shm", ""})
        QFile::remove(path + QString::fromLatin1(end));
}

/// An empty workspace at `path` that says what it is to be a replica of.
Done makeEmpty(const QString &path, const ReplicaSource &source, const Clock &clock)
{
    if (Done made = Workspace::create(path, QStringLiteral("-"), clock); !made)
        return made;
    auto opened = Database::open(path, Database::Mode::readWrite);
    if (!opened)
        return tl::unexpected(opened.error());
    Database &database = **opened;
    database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    {
        // The admin that every new workspace has: the people come with the slices.
        Statement remove = database.statement("remove_agent");
        remove.bind("id", qint64(1)).run();
    }
    dropAddressIndex(database);
    ReplicaMeta::write(database, ReplicaMeta::origin, QStringLiteral("replica"));
    ReplicaMeta::write(database, ReplicaMeta::server, source.server);
    ReplicaMeta::write(database, ReplicaMeta::account, source.account);
    ReplicaMeta::write(database, ReplicaMeta::agent, QString::number(source.agent.value));
    ReplicaMeta::write(database, ReplicaMeta::reach, QString::fromLatin1(ReplicaMeta::reachesNowhere));
    database.execute(QStringLiteral("COMMIT"));
    return database.done();
}

} // namespace

Seq numberOfState(const QString &state)
{
    return state.section(QLatin1Char('-'), -1).toLongLong();
}

QString eraOfState(const QString &state)
{
    return state.section(QLatin1Char('-'), 0, -2);
}

ReplicaFile::ReplicaFile(Workspace &workspace)
    : m_workspace(workspace)
{
}

Done ReplicaFile::create(const QString &path, const ReplicaSource &source, const Clock &clock)
{
    if (QFileInfo::exists(path))
        return fail(ErrorKind::invalid, QStringLiteral("%1 exists already").arg(path));
    // Under another name until it says what it is: a workspace without that would be one to work in.
    const QString unnamed = path + QStringLiteral(".new");
    removeDatabase(unnamed);
    Done made = makeEmpty(unnamed, source, clock);
    if (made && !QFile::rename(unnamed, path))
        made = fail(ErrorKind::io, QStringLiteral("%1 cannot be made").arg(path));
    if (!made)
        removeDatabase(unnamed);
    return made;
}

Result<std::unique_ptr<ReplicaFile>> ReplicaFile::open(const QString &path, const Clock &clock)
{
    auto workspace = Workspace::open(path, Workspace::Access::owner, clock);
    if (!workspace)
        return tl::unexpected(workspace.error());
    auto file = on(**workspace);
    if (file)
        (*file)->m_owned = std::move(*workspace);
    return file;
}

Result<std::unique_ptr<ReplicaFile>> ReplicaFile::on(Workspace &workspace)
{
    std::unique_ptr<ReplicaFile> file(new ReplicaFile(workspace));
    if (Done learned = file->learn(); !learned)
        return tl::unexpected(learned.error());
    if (file->m_description.isFrozen)
        return fail(ErrorKind::readOnly, QStringLiteral("this is a copy for reading: it follows nobody"));
    // The program ended in between. What cannot be done now is tried again.
    static_cast<void>(file->sweep(std::chrono::seconds(1), Sweeping::brief));
    if (!workspace.isOwner())
        return file;
    if (file->isComplete() && !file->isFetching())
        removeSliceFiles(file->path());
    else
        removePlainSliceFiles(file->path());
    return file;
}

Result<ReplicaDescription> ReplicaFile::describe(const QString &path)
{
    if (!QFileInfo::exists(path))
        return fail(ErrorKind::notFound, path);
    auto opened = openReader(path);
    if (!opened)
        return tl::unexpected(opened.error());
    if (const auto version = schemaVersion(**opened); !version)
        return tl::unexpected(version.error());
    return describeIn(**opened);
}

int ReplicaFile::formHere() const
{
    return std::min(newestSynchronisedVersion(), m_serverForm.value_or(newestSynchronisedVersion()));
}

void ReplicaFile::heedServerForm(int form)
{
    m_serverForm = form > 0 ? form : formUntold;
}

Done ReplicaFile::learn()
{
    return m_workspace
        .readNow<bool>([this](Database &database) -> Result<bool> {
            const auto found = describeIn(database);
            if (!found)
                return tl::unexpected(found.error());
            m_description = *found;
            m_state = ReplicaMeta::read(database, ReplicaMeta::state);
            const QStringList slices =
                ReplicaMeta::read(database, ReplicaMeta::slices).split(QLatin1Char(' '), Qt::SkipEmptyParts);
            m_slices = QSet<QString>(slices.cbegin(), slices.cend());
            m_form = ReplicaMeta::read(database, ReplicaMeta::form).toInt();
            m_isToSweep = !ReplicaMeta::read(database, ReplicaMeta::toSweep).isEmpty();
            m_isToIndex = !hasAddressIndex(database);
            const QStringList toFetch =
                ReplicaMeta::read(database, ReplicaMeta::toFetch).split(QLatin1Char(' '), Qt::SkipEmptyParts);
            m_toFetch.clear();
            for (const QString &channel : toFetch)
                m_toFetch.insert(channel.toLongLong());
            return database.result(true);
        })
        .map([](bool) {});
}

/// Noted before any of their rows is in: whatever ends in between, following goes on from where nothing of them is
/// missed, and what is deleted meanwhile is heard of.
Done ReplicaFile::beginSlices(const QString &lowest, int form)
{
    const auto begun = m_workspace.writeAlone([&](Writing &writing) -> Done {
        Database &database = writing.database();
        database.execute(QStringLiteral("BEGIN IMMEDIATE"));
        ReplicaMeta::write(database, ReplicaMeta::state, lowest);
        ReplicaMeta::write(database, ReplicaMeta::form, QString::number(form));
        noteBetween(database, true);
        database.execute(QStringLiteral("COMMIT"));
        return database.done();
    });
    const Done done = begun.result();
    if (!done)
        return done;
    m_state = lowest;
    m_form = form;
    return {};
}

Done ReplicaFile::takeSlices(const QList<SliceToTake> &slices, JoinProgress come, std::optional<Time> reach,
                             const SliceTaking &taking)
{
    come.isUsable = come.isUsable || m_description.joining.isUsable;
    come.at = m_workspace.clock().now();
    QSet<QString> taken = m_slices;
    QString lowest = m_state;
    QStringList files;
    for (const SliceToTake &slice : slices) {
        taken.insert(slice.id);
        lowest = lowerState(lowest, slice.state);
        files.append(slice.file);
    }
    const bool isAgain = isFetching();
    // What is fetched in another form is here all the same.
    const bool isMissing = reach && (!isAgain || !isOfOlderForm());
    const QString reachText = isMissing ? QString::number(toMs(*reach)) : QString();
    const auto merge = SliceMerge::open(files, isAgain ? SliceRows::againToo : SliceRows::newerOnes);
    if (!merge)
        return tl::unexpected(merge.error());
    if (Done begun = beginSlices(lowest, isAgain ? m_form : formHere()); !begun)
        return begun;
    bool hasMore = true;
    bool isApart = false;
    const auto putPiece = [&](Writing &writing) -> Done {
        Database &database = writing.database();
        isApart = isTorn(database);
        if (isApart)
            return tl::unexpected(tornError());
        const QuickCommits quick(database);
        database.execute(QStringLiteral("BEGIN IMMEDIATE"));
        withdrawForecasts(writing);
        isApart = isDamaged(database);
        indexWaiting(database);
        hasMore = (*merge)->step(database, taking.piece);
        if (!hasMore) {
            ReplicaMeta::write(database, ReplicaMeta::slices,
                               QStringList(taken.cbegin(), taken.cend()).join(QLatin1Char(' ')));
            if (!isAgain)
                ReplicaMeta::write(database, ReplicaMeta::joining, toText(come));
            ReplicaMeta::write(database, ReplicaMeta::reach, reachText);
        }
        if (!database.failure())
            decideAgain(writing);
        database.execute(QStringLiteral("COMMIT"));
        writing.notice().hasChannels = true;
        writing.notice().hasViews = true;
        return database.done();
    };
    while (hasMore) {
        if (taking.isClosed && taking.isClosed())
            return fail(ErrorKind::cancelled);
        const QFuture<Result<void>> put = m_workspace.writeAlone(putPiece);
        while (taking.meanwhile && taking.meanwhile() && !put.isFinished()) {
        }
        if (const Done done = put.result(); !done)
            return endApart(done, isApart);
        if (hasMore && taking.progress)
            taking.progress((*merge)->share());
    }
    m_slices = taken;
    if (!isAgain)
        m_description.joining = come;
    return {};
}

Done ReplicaFile::makeIndex(const std::function<bool()> &isWanted)
{
    const auto made = m_workspace.writeAlone([&isWanted](Writing &writing) -> Done {
        // Twins become known: what is open shows them.
        writing.notice().hasChannels = true;
        return makeAddressIndex(writing.database(), isWanted);
    });
    Done ended = made.result();
    const bool isLeft = !ended && ended.error().kind == ErrorKind::cancelled;
    m_isToIndex = isLeft;
    if (!ended && !isLeft)
        qWarning("the index of addresses could not be made: %s", qUtf8Printable(ended.error().detail));
    return ended;
}

Done ReplicaFile::takeRows(const ChangeBatch &batch, const QString &state, bool isWhole)
{
    return endRows(beginRows(batch, state, isWhole));
}

ReplicaFile::RowsUnderWay ReplicaFile::beginRows(ChangeBatch batch, const QString &state, bool isLast,
                                                 Position position)
{
    RowsUnderWay rows{{}, state, isLast, position, m_workspace.clock().now(), std::make_shared<bool>(false)};
    rows.taken = m_workspace.write<void>(
        Urgency::interactive,
        [batch = std::move(batch), before = numberOfState(m_state), rows](Writing &writing) -> Done {
            return putRows(writing, batch, before, rows);
        },
        Lasting::untilFetchedAgain);
    return rows;
}

Done ReplicaFile::putRows(Writing &writing, const ChangeBatch &batch, Seq before, const RowsUnderWay &rows)
{
    Database &database = writing.database();
    const Seq position = numberOfState(rows.state);
    *rows.isApart = isTorn(database);
    if (*rows.isApart)
        return tl::unexpected(tornError());
    const bool isOtherEra = rows.isWhole() && isOfAnotherEra(database);
    const Seq reached = rows.isLast ? position : 0;
    const bool isConcerned = isOtherEra || concernsForecasts(database, batch, reached);
    if (isConcerned)
        withdrawForecasts(writing);
    *rows.isApart = isDamaged(database);
    applyChanges(database, batch);
    noteRows(database, batch, std::max(before, writing.lastSeq()), writing.notice());
    if (rows.position == Position::kept)
        ReplicaMeta::write(database, ReplicaMeta::state, rows.state);
    noteBetween(database, !rows.isWhole());
    if (rows.isWhole()) {
        ReplicaMeta::write(database, ReplicaMeta::asOf, QString::number(toMs(rows.at)));
        ReplicaMeta::write(database, ReplicaMeta::slices, QString());
        ReplicaMeta::write(database, ReplicaMeta::joining, QString());
        endReach(writing);
    }
    // What comes once more, after slices that are older, was reached before.
    if (position > writing.lastSeq())
        writing.reach(position);
    if (isOtherEra)
        judgeOtherEras(writing);
    if (isConcerned)
        decideAgain(writing, reached);
    if (rows.isLast)
        endAnswered(writing, position);
    if (rows.isWhole())
        keepDraftsOutOfSight(writing);
    return database.done();
}

/// All is fetched anew, with what is still to be sent.
Done ReplicaFile::endApart(const Done &failed, bool isApart)
{
    if (isApart)
        static_cast<void>(startOver());
    return failed;
}

Done ReplicaFile::endRows(const RowsUnderWay &rows)
{
    const Done done = rows.taken.result();
    if (!done)
        return endApart(done, *rows.isApart);
    if (rows.position == Position::kept)
        m_state = rows.state;
    if (rows.isWhole()) {
        m_slices.clear();
        m_description.isComplete = true;
        m_description.asOf = rows.at;
        m_description.joining = {};
    }
    return {};
}

Done ReplicaFile::enterEra(const ServerEra &era)
{
    bool isStillIt = true;
    const auto entered = m_workspace.write<void>(Urgency::interactive, [&](Writing &writing) -> Done {
        isStillIt = Earshot::enterEra(writing, era);
        return writing.database().done();
    });
    heedServerForm(era.form);
    const Done done = entered.result();
    return done && !isStillIt ? startOver() : done;
}

Done ReplicaFile::keepAuthorities(const QByteArray &pem)
{
    const auto kept = m_workspace.write<void>(Urgency::interactive, [&pem](Writing &writing) -> Done {
        ReplicaMeta::write(writing.database(), ReplicaMeta::authorities, QString::fromUtf8(pem));
        return writing.database().done();
    });
    const Done done = kept.result();
    if (done)
        m_description.authorities = pem;
    return done;
}

Done ReplicaFile::startOver()
{
    const auto emptied = m_workspace.writeAlone([](Writing &writing) { return emptyReplica(writing); });
    const Done done = emptied.result();
    if (!done)
        return done;
    m_state.clear();
    m_slices.clear();
    m_toFetch.clear();
    m_description.isComplete = false;
    m_description.asOf = {};
    m_description.joining = {};
    m_isToSweep = true;
    m_isToIndex = true;
    // What could not be swept now is swept later: what is here is right.
    static_cast<void>(sweep());
    return {};
}

Result<QList<qint64>> ReplicaFile::channels()
{
    return m_workspace.readNow<QList<qint64>>([this](Database &database) -> Result<QList<qint64>> {
        // Some of the slices of what is being fetched may be here, and its own row not yet.
        QSet<qint64> ids = m_toFetch;
        Statement list = database.statement("list_channel_ids");
        while (list.next())
            ids.insert(list.integer(0));
        return database.result(QList<qint64>(ids.cbegin(), ids.cend()));
    });
}

Done ReplicaFile::changeSight(const QString &era, const QList<qint64> &withdrawn, const QSet<qint64> &added,
                              const std::function<bool()> &isWanted)
{
    QSet<qint64> wanted = m_toFetch + added;
    for (const qint64 channel : withdrawn)
        wanted.remove(channel);
    const QString state = era + QLatin1Char('-') + QString::number(numberOfState(m_state));
    const auto changed = m_workspace.writeAlone(
        [&](Writing &writing) { return withdrawChannels(writing, withdrawn, state, toText(wanted)); });
    const Done done = changed.result();
    if (!done)
        return done;
    m_state = state;
    m_toFetch = wanted;
    if (!withdrawn.isEmpty())
        m_slices.clear();
    m_isToSweep = m_isToSweep || !withdrawn.isEmpty();
    static_cast<void>(sweep(std::chrono::seconds(1), Sweeping::whole, isWanted));
    return {};
}

Done ReplicaFile::endFetching()
{
    const auto ended = m_workspace.write<void>(Urgency::interactive, [this](Writing &writing) -> Done {
        ReplicaMeta::write(writing.database(), ReplicaMeta::toFetch, QString());
        ReplicaMeta::write(writing.database(), ReplicaMeta::slices, QString());
        endReach(writing);
        ReplicaMeta::write(writing.database(), ReplicaMeta::form, QString::number(formHere()));
        return writing.database().done();
    });
    const Done done = ended.result();
    if (!done)
        return done;
    m_toFetch.clear();
    m_slices.clear();
    m_form = formHere();
    return {};
}

Done ReplicaFile::sweep(Duration most, Sweeping sweeping, const std::function<bool()> &isWanted)
{
    QElapsedTimer timer;
    timer.start();
    while (m_isToSweep) {
        bool isClean = false;
        bool isPutOff = false;
        const auto swept =
            m_workspace.writeAlone([&, path = path(), folder = m_workspace.mediaFolder()](Writing &writing) -> Done {
                Database &database = writing.database();
                const bool yields = isWanted && isNextSweepNoticed(database);
                isPutOff = (sweeping == Sweeping::brief && isNextSweepLong(database)) || (yields && isWanted());
                if (isPutOff)
                    return {};
                const auto result = sweepReplica(writing, path, folder, yields ? isWanted : nullptr);
                isPutOff = !result && result.error().kind == ErrorKind::cancelled;
                if (isPutOff)
                    return {};
                isClean = result.value_or(false);
                return result ? Done() : Done(tl::unexpected(result.error()));
            });
        const Done done = swept.result();
        m_isToSweep = !isClean;
        if (!done)
            return done;
        if (isPutOff || Duration(timer.elapsed()) > most)
            return {};
    }
    return {};
}

} // namespace Earshot
