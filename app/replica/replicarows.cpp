// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicafile.h"

#include "replica/forecasts.h"
#include "replica/keptdrafts.h"
#include "replica/outboxanswers.h"
#include "replica/replicameta.h"
#include "replica/seenrows.h"
#include "workspace/addressindex.h"
#include "workspace/quickcommits.h"
#include "workspace/searchindex.h"
#include "workspace/slicemerge.h"
#include "workspace/wirerows.h"

#include <algorithm>
#include <utility>

namespace Earshot {

// How slices and rows of the server are put in.

namespace {

/// A slice's state may be older than that of one before: following begins at the oldest.
QString lowerState(const QString &one, const QString &other)
{
    return one.isEmpty() || numberOfState(other) < numberOfState(one) ? other : one;
}

/// Not there = not valid.
QVariant valueIn(Database &database, const ChangedRow &row, const char *name)
{
    const QList<WireColumn> &columns = wireColumns(database, row.table);
    for (qsizetype i = 0; i < std::min(row.values.size(), columns.size()); ++i) {
        if (columns.at(i).column == name)
            return row.values.at(i);
    }
    return {};
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
        // With a channel, what there is of its network.
        notice.hasViews = notice.hasViews || row.table == "shared_view" || row.table == "channel";
        if (row.table == "conversation")
            notice.conversations.insert(ConversationId(row.id));
        const auto valueOf = [&](const char *name) { return valueIn(database, row, name).toLongLong(); };
        if (const ConversationId conversation(valueOf("conversation")); conversation.isValid())
            notice.conversations.insert(conversation);
        notice.hasNewInbound =
            notice.hasNewInbound || (row.table == "message" && !row.isGone && valueOf("created_seq") > before &&
                                     valueOf("kind") == qint64(MessageKind::inbound));
    }
}

/// What is heard of now was not seen, also where the server does not know yet that its agent has read what was there.
/// @param before as noteRows()
void unseeEdited(Writing &writing, const ChangeBatch &batch, Seq before)
{
    Database &database = writing.database();
    for (const ChangedRow &row : batch.rows) {
        const bool isEdit = row.table == "journal" && !row.isGone &&
                            valueIn(database, row, "kind").toString() == QLatin1StringView("edited") &&
                            valueIn(database, row, "created_seq").toLongLong() > before;
        if (isEdit)
            unsee(writing, AgentId(ReplicaMeta::read(database, ReplicaMeta::agent).toLongLong()),
                  ConversationId(valueIn(database, row, "conversation").toLongLong()),
                  MessageId(valueIn(database, row, "message").toLongLong()));
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

} // namespace

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
    unseeEdited(writing, batch, std::max(before, writing.lastSeq()));
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

Done ReplicaFile::endFetching()
{
    const auto ended = m_workspace.write<void>(Urgency::interactive, [this](Writing &writing) -> Done {
        const AgentId me(ReplicaMeta::read(writing.database(), ReplicaMeta::agent).toLongLong());
        for (const qint64 channel : std::as_const(m_toFetch))
            noteChannelUntold(writing, me, ChannelId(channel));
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

} // namespace Earshot
