// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicasync.h"

#include "replica/slicearrival.h"
#include "replica/slicefiles.h"
#include "replica/wirebatch.h"
#include "workspace/slice.h"

#include <QJsonArray>
#include <QRandomGenerator>

#include <algorithm>

namespace Earshot {

namespace {

/// Before the server is believed to contradict itself.
constexpr int mostEras = 3;
constexpr int mostReplacements = 100;
constexpr int mostSights = 100;

/// Of an era without what the agent may see there.
QString incarnationOf(const QString &era)
{
    return era.section(QLatin1Char('.'), 0, 0);
}

QString typeOfError(const ServerCall &answer)
{
    return answer.object.value(QLatin1StringView("type")).toString();
}

/// What a refused method means to a replica.
Error refused(const ServerCall &answer)
{
    return {ErrorKind::unsupported, QStringLiteral("the server refuses: ") + typeOfError(answer), {}};
}

} // namespace

ReplicaSync::ReplicaSync(ReplicaFile &file, ReplicaServer &server, const Sizes &sizes)
    : m_file(file)
    , m_server(server)
    , m_sizes(sizes)
    , m_arrival(file.path(), server, sizes.piece, sizes.slice)
{
}

Done ReplicaSync::run(const Progress &progress)
{
    m_progress = progress;
    for (int era = 0; era < mostEras; ++era) {
        const Result<Outcome> outcome = bringUp();
        if (!outcome)
            return tl::unexpected(outcome.error());
        if (*outcome == Outcome::done)
            return tidyUp();
        if (Done empty = m_file.startOver(); !empty)
            return empty;
        if (Done rested = scatter(); !rested)
            return rested;
    }
    return fail(ErrorKind::malformed, QStringLiteral("the server's answers do not belong together"));
}

/// With what is here, as far as that goes.
Result<ReplicaSync::Outcome> ReplicaSync::bringUp()
{
    if (!m_file.isComplete() && m_file.isOfOlderForm())
        return Outcome::otherEra;
    Result<Outcome> outcome = m_file.isComplete() && !m_file.isFetching() ? Outcome::done : join();
    m_isSightAsBefore = false;
    // A fetch may take hours, and many come and go meanwhile.
    for (int changes = 0; changes < mostSights; ++changes) {
        if (outcome && *outcome == Outcome::done)
            outcome = follow();
        if (!outcome || *outcome == Outcome::done || !m_file.isComplete())
            return outcome;
        outcome = changeSight();
        if (outcome && *outcome == Outcome::done && m_file.isFetching()) {
            if (const Done rested = scatter(); !rested)
                return tl::unexpected(rested.error());
            outcome = join();
        }
    }
    return outcome;
}

/// What follows all rows, also of an earlier run that did not come to it. Who goes on following makes the index where
/// nobody waits for it (isWanted). Without it only twins are not told: what it fails of, as room for temporary files,
/// is no failure of this, and the next run tries again.
Done ReplicaSync::tidyUp()
{
    // The last slices may have been taken by a run that was killed then.
    removeSliceFiles(m_file.path());
    static_cast<void>(m_file.sweep(std::chrono::seconds(1), ReplicaFile::Sweeping::whole, m_sizes.isWanted));
    if (m_sizes.isWanted || !m_file.isToIndex())
        return {};
    const Done made = m_file.makeIndex([this] { return m_server.isClosed(); });
    if (!made && (made.error().kind == ErrorKind::cancelled || made.error().kind == ErrorKind::damaged))
        return made;
    return {};
}

/// The agent may see other channels than before. What is here of those that it still sees stays, as it is.
Result<ReplicaSync::Outcome> ReplicaSync::changeSight()
{
    const auto answers = m_server.call({{QStringLiteral("Channel/get"), {{QStringLiteral("ids"), QJsonValue()}}}});
    if (!answers)
        return tl::unexpected(answers.error());
    const ServerCall &answer = answers->constFirst();
    const QString era = eraOfState(answer.object.value(QLatin1StringView("state")).toString());
    const QString mine = eraOfState(m_file.state());
    if (answer.name == QLatin1StringView("error") || incarnationOf(era) != incarnationOf(mine))
        return Outcome::otherEra;
    // It was another one a moment ago, and is as before; else the server has forgotten what changed since.
    if (era == mine)
        return std::exchange(m_isSightAsBefore, true) ? Outcome::otherEra : Outcome::done;
    m_isSightAsBefore = false;
    QSet<qint64> seen;
    for (const QJsonValue &channel : answer.object.value(QLatin1StringView("list")).toArray())
        seen.insert(channel[QLatin1StringView("id")].toString().toLongLong());
    const auto here = m_file.channels();
    if (!here)
        return tl::unexpected(here.error());
    QList<qint64> withdrawn;
    for (const qint64 channel : *here) {
        if (!seen.remove(channel))
            withdrawn.append(channel);
    }
    const Done changed = m_file.changeSight(era, withdrawn, seen, m_sizes.isWanted);
    if (changed)
        return Outcome::done;
    // What is shown ahead cannot be taken back: all is fetched anew.
    if (changed.error().kind == ErrorKind::damaged)
        return Outcome::otherEra;
    return tl::unexpected(changed.error());
}

/// A change of what many may see makes all of them come at once.
Done ReplicaSync::scatter()
{
    const qint64 most = std::max<qint64>(1, m_sizes.scatter.count());
    return m_server.rest(Duration(QRandomGenerator::global()->bounded(most)));
}

Result<ReplicaSync::Outcome> ReplicaSync::join()
{
    int replacements = mostReplacements;
    m_ahead.clear();
    m_looked.invalidate();
    for (bool isComplete = false; !isComplete;) {
        // Also where there are no slices for a while.
        if (const Result<Outcome> looked = lookAhead(); !looked || *looked == Outcome::otherEra)
            return looked;
        Result<SliceListing> listing = m_server.slices();
        if (!listing)
            return tl::unexpected(listing.error());
        // Also where none of them is wanted: the channel that was being fetched may be out of sight again.
        const QString era = eraOfState(m_file.state());
        if (m_file.isFetching() && std::ranges::any_of(listing->slices, [&era](const ListedSlice &slice) {
                return eraOfState(slice.state) != era;
            }))
            return Outcome::otherEra;
        if (const QSet<qint64> wanted = m_file.toFetch(); !wanted.isEmpty())
            for (QList<ListedSlice> *slices : {&listing->slices, &listing->toCome})
                slices->removeIf([&wanted](const ListedSlice &slice) { return !wanted.contains(slice.channel); });
        const Result<Outcome> taken = takeListed(*listing);
        if (!taken || *taken == Outcome::otherEra)
            return taken;
        isComplete = listing->isComplete && hasAll(*listing);
        // What was replaced while it was fetched has a new name in the next listing.
        if (listing->isComplete && !isComplete && --replacements == 0)
            return fail(ErrorKind::transient, QStringLiteral("the slices change faster than they arrive"));
        if (const Done rested = isComplete ? Done() : m_server.rest(m_sizes.betweenListings); !rested)
            return tl::unexpected(rested.error());
    }
    if (m_file.state().isEmpty())
        return fail(ErrorKind::malformed, QStringLiteral("the server has no slices"));
    if (m_file.isFetching()) {
        if (const Done ended = m_file.endFetching(); !ended)
            return tl::unexpected(ended.error());
    }
    return Outcome::done;
}

Result<ReplicaSync::Outcome> ReplicaSync::takeListed(const SliceListing &listing)
{
    m_listed = 0;
    m_in = 0;
    QStringList wanted;
    for (const ListedSlice &slice : listing.slices) {
        m_listed += slice.size;
        m_in += m_file.hasSlice(slice.id) ? slice.size : 0;
        if (!m_file.hasSlice(slice.id))
            wanted.append(packedSliceFile(m_file.path(), slice.blob));
    }
    m_arrived = m_in;
    removeSliceFiles(m_file.path(), wanted);
    Coming coming{listing, 0, {}, {}};
    while (const ListedSlice *slice = nextWanted(coming)) {
        if (isOfOtherEra(*slice, coming))
            return Outcome::otherEra;
        if (const Result<Outcome> looked = lookAhead(); !looked || *looked == Outcome::otherEra)
            return looked;
        if (m_server.isClosed())
            return fail(ErrorKind::cancelled);
        const Result<bool> isWhole = isEnough(coming) ? true : fetchSome(*slice, coming);
        // Those that have come leave their room when they are in.
        const bool isTooMuch = !isWhole && isWhole.error().kind == ErrorKind::diskFull && !coming.come.isEmpty();
        if (!isWhole && !isTooMuch)
            return tl::unexpected(isWhole.error());
        if (const Done taken = isTooMuch || isEnough(coming) ? take(coming) : Done(); !taken)
            return tl::unexpected(taken.error());
        tellShare(m_arrived, double(m_in));
    }
    return take(coming).map([] { return Outcome::done; });
}

/// Nothing: all are here, or have come.
const ListedSlice *ReplicaSync::nextWanted(Coming &coming) const
{
    const QList<ListedSlice> &slices = coming.listing.slices;
    while (coming.next < slices.size() && m_file.hasSlice(slices.at(coming.next).id))
        ++coming.next;
    return coming.next < slices.size() ? &slices.at(coming.next) : nullptr;
}

bool ReplicaSync::isOfOtherEra(const ListedSlice &slice, const Coming &coming) const
{
    const QString &state = coming.come.isEmpty() ? m_file.state() : coming.come.constFirst().state;
    return !state.isEmpty() && eraOfState(slice.state) != eraOfState(state);
}

/// One piece more of the next one. @return whether it has come
Result<bool> ReplicaSync::fetchSome(const ListedSlice &slice, Coming &coming)
{
    const Result<qint64> here = m_arrival.fetchSome(slice);
    // Replaced meanwhile: the next listing has another.
    if (!here && here.error().kind == ErrorKind::notFound) {
        ++coming.next;
        return false;
    }
    if (!here)
        return tl::unexpected(here.error());
    if (*here < slice.size) {
        tellShare(m_arrived + *here, double(m_in));
        return false;
    }
    coming.come.append(slice);
    ++coming.next;
    m_arrived += slice.size;
    return true;
}

/// While the writer puts others in: one piece more, as far as they are taken together next time. @return whether
/// there was anything to do
bool ReplicaSync::fetchAhead(Coming &coming)
{
    const bool isFull = m_isTight || !m_file.isUsable() || coming.failure || isEnough(coming);
    const ListedSlice *const slice = isFull ? nullptr : nextWanted(coming);
    if (!slice || isOfOtherEra(*slice, coming))
        return false;
    const Result<bool> isWhole = fetchSome(*slice, coming);
    const Done unpacked = isWhole && *isWhole ? m_arrival.unpack(*slice) : Done();
    if (!isWhole)
        coming.failure = isWhole.error();
    else if (!unpacked)
        coming.failure = unpacked.error();
    return !coming.failure;
}

/// The server may still be making slices: what is to come grows, what was told does not shrink.
double ReplicaSync::shareWith(qint64 arrived, double in) const
{
    return std::max(m_share, m_listed > 0 ? std::min(1.0, (double(arrived) + in) / double(m_listed) / 2) : 0);
}

void ReplicaSync::tellShare(qint64 arrived, double in)
{
    m_share = shareWith(arrived, in);
    if (m_progress)
        m_progress(m_share);
}

/// Together they are put in with less work, but none of them is shown before all of them are here: first there is to be
/// something to work with, then each time about as much again. What each channel has of one time lies side by side in
/// the file: half of it now and half of it later would change most of its pages twice.
bool ReplicaSync::isEnough(Coming &coming) const
{
    if (coming.come.isEmpty())
        return false;
    qint64 size = 0;
    bool isUsable = false;
    const ListedSlice *const next = nextWanted(coming);
    bool isRoundOver = !next || next->kind != coming.come.constLast().kind;
    for (const ListedSlice &slice : std::as_const(coming.come)) {
        size += slice.size;
        isUsable = isUsable || slice.kind == QLatin1StringView("conversations");
        isRoundOver = isRoundOver || (slice.kind == next->kind && slice.channel == next->channel);
    }
    // Nobody waits for a large round where others work already.
    const qint64 packed = m_file.isFetching() ? m_sizes.packed / 32 : m_sizes.packed;
    const auto isMany = [&](qint64 times) {
        return times * coming.come.size() >= m_sizes.together || times * size >= packed;
    };
    if (m_isTight || isMany(1))
        return true;
    return isUsable && (!m_file.isUsable() || (isRoundOver && (2 * size >= m_arrived || isMany(2))));
}

bool ReplicaSync::hasAll(const SliceListing &listing) const
{
    return std::all_of(listing.slices.cbegin(), listing.slices.cend(),
                       [this](const ListedSlice &slice) { return m_file.hasSlice(slice.id); });
}

/// @return what is newer is here with these; nothing = no conversations are missing
std::optional<Time> ReplicaSync::reachWith(const QList<ListedSlice> &come, const SliceListing &listing) const
{
    std::optional<Time> newest;
    for (const ListedSlice &one : listing.slices + listing.toCome) {
        const bool isHere = m_file.hasSlice(one.id) ||
                            std::ranges::any_of(come, [&one](const ListedSlice &slice) { return slice.id == one.id; });
        if (one.kind != QLatin1StringView("conversations") || isHere)
            continue;
        // An older server does not tell.
        if (!isKnown(one.newest))
            return Time();
        newest = std::max(newest.value_or(Time()), one.newest);
    }
    return newest;
}

/// Those that have come are none any more; others come meanwhile.
Done ReplicaSync::take(Coming &coming)
{
    const QList<ListedSlice> slices = std::exchange(coming.come, {});
    if (slices.isEmpty())
        return {};
    Done done;
    if (!m_isTight) {
        done = takeTogether(slices, coming);
        m_isTight = !done && done.error().kind == ErrorKind::diskFull && slices.size() + coming.come.size() > 1;
    }
    if (m_isTight) {
        // One at a time needs less room, and each that is in leaves its own.
        for (const ListedSlice &slice : std::as_const(coming.come))
            m_arrival.removePlain(slice);
        done = {};
        for (auto slice = slices.cbegin(); slice != slices.cend() && done; ++slice)
            done = takeTogether({*slice}, coming);
    }
    const auto failure = std::exchange(coming.failure, {});
    // Where there was no room for what came meanwhile, there may be now.
    return done && failure && failure->kind != ErrorKind::diskFull ? Done(tl::unexpected(*failure)) : done;
}

Done ReplicaSync::takeTogether(const QList<ListedSlice> &slices, Coming &coming)
{
    QList<SliceToTake> files;
    Done done;
    bool isUsable = false;
    qint64 size = 0;
    for (const ListedSlice &slice : slices) {
        size += slice.size;
        done = m_server.isClosed() ? Done(fail(ErrorKind::cancelled)) : m_arrival.unpack(slice);
        if (!done)
            break;
        files.append({slice.id, slice.state, m_arrival.plainFile(slice)});
        isUsable = isUsable || slice.kind == QLatin1StringView("conversations");
    }
    if (done)
        done = m_file.takeSlices(files, {shareWith(m_arrived, double(m_in + size)), isUsable, {}},
                                 reachWith(slices, coming.listing),
                                 {m_sizes.put, [this] { return m_server.isClosed(); },
                                  [&](double share) { tellShare(m_arrived, double(m_in) + share * double(size)); },
                                  [&] { return fetchAhead(coming); }});
    m_in += done ? size : 0;
    for (const ListedSlice &slice : slices)
        done ? m_arrival.remove(slice) : m_arrival.removePlain(slice);
    return done;
}

/// What others do in what is here is not to wait for slices, which may take hours.
Result<ReplicaSync::Outcome> ReplicaSync::lookAhead()
{
    if (!m_file.isFetching() || (m_looked.isValid() && Duration(m_looked.elapsed()) < m_sizes.betweenLooks))
        return Outcome::done;
    Result<Outcome> followed = follow(ReplicaFile::Position::ahead);
    m_looked.start();
    return followed;
}

/// Rows are taken while the next ones are asked for; what comes meanwhile is taken as one.
Result<ReplicaSync::Outcome> ReplicaSync::follow(ReplicaFile::Position position)
{
    const bool isAhead = position == ReplicaFile::Position::ahead;
    ChangeBatch come;
    std::optional<ReplicaFile::RowsUnderWay> underWay;
    const auto endTaking = [&]() -> Done { return underWay ? m_file.endRows(*std::exchange(underWay, {})) : Done(); };
    QString state = isAhead && !m_ahead.isEmpty() ? m_ahead : m_file.state();
    for (bool hasMore = true; hasMore;) {
        Result<RowsAfter> next = askRows(state);
        const bool isToTake = !next || !next->batch.hasMore || !underWay || underWay->taken.isFinished() ||
                              come.rows.size() + next->batch.rows.size() >= m_sizes.held;
        if (Done ended = isToTake ? endTaking() : Done(); !ended)
            return tl::unexpected(ended.error());
        if (!next && next.error().kind == ErrorKind::notFound)
            return Outcome::otherEra;
        if (!next)
            return tl::unexpected(next.error());
        hasMore = next->batch.hasMore;
        state = next->state;
        come.rows += next->batch.rows;
        if (!isToTake)
            continue;
        m_changedRows += come.rows.size();
        if (m_following && !isAhead)
            m_following(numberOfState(state));
        underWay = m_file.beginRows(std::exchange(come, {}), state, !hasMore, position);
    }
    if (const Done ended = endTaking(); !ended)
        return tl::unexpected(ended.error());
    if (isAhead)
        m_ahead = state;
    return Outcome::done;
}

/// Errors: also notFound (what was since then is not known there any more).
Result<ReplicaSync::RowsAfter> ReplicaSync::askRows(const QString &state)
{
    const auto answers =
        m_server.call({{QStringLiteral("Row/changes"),
                        {{QStringLiteral("sinceState"), state}, {QStringLiteral("maxChanges"), m_sizes.changes}}}});
    if (!answers)
        return tl::unexpected(answers.error());
    const ServerCall &answer = answers->constFirst();
    if (answer.name == QLatin1StringView("error"))
        return typeOfError(answer) == QLatin1StringView("cannotCalculateChanges") ? fail(ErrorKind::notFound)
                                                                                  : tl::unexpected(refused(answer));
    auto batch =
        readRows(m_file.workspace(), {answer.object}, m_file.isServerOlder() ? Lacking::isUsual : Lacking::isWrong);
    if (!batch)
        return tl::unexpected(batch.error());
    RowsAfter rows{*std::move(batch), answer.object.value(QLatin1StringView("newState")).toString()};
    rows.batch.hasMore = answer.object.value(QLatin1StringView("hasMoreChanges")).toBool();
    if (rows.batch.hasMore && rows.state == state)
        return fail(ErrorKind::malformed, QStringLiteral("the server goes in a circle"));
    return rows;
}

} // namespace Earshot
