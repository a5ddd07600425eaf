// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicasync.h"

#include "replica/pace.h"
#include "replica/wirebatch.h"
#include "workspace/slice.h"
#include "workspace/slicepack.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

namespace {

/// Before the server is believed to contradict itself.
constexpr int mostEras = 3;
constexpr int mostReplacements = 100;

QString sliceFilePrefix(const QString &path)
{
    return path + QStringLiteral(".slice-");
}

/// What was fetched of other slices is of no use any more.
void removeSlicesBut(const QString &path, const QString &kept)
{
    const QFileInfo info(path);
    const QString start = QFileInfo(sliceFilePrefix(path)).fileName();
    // Not by a pattern: the file's own name may hold what would be one.
    for (const QString &name : info.absoluteDir().entryList(QDir::Files)) {
        const QString file = info.absoluteDir().filePath(name);
        if (name.startsWith(start) && file != kept)
            QFile::remove(file);
    }
}

QString hashOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return QString::fromLatin1(hash.result().toHex());
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
{
}

QString ReplicaSync::packedFile(const ListedSlice &slice) const
{
    return sliceFilePrefix(m_file.path()) + slice.blob;
}

Done ReplicaSync::run(const Progress &progress)
{
    for (int era = 0; era < mostEras; ++era) {
        Result<Outcome> outcome = Outcome::done;
        if (m_file.isOfOlderForm())
            outcome = Outcome::otherEra;
        else if (!m_file.isComplete())
            outcome = join(progress);
        if (outcome && *outcome == Outcome::done)
            outcome = follow();
        if (!outcome)
            return tl::unexpected(outcome.error());
        if (*outcome == Outcome::done)
            return {};
        if (Done empty = m_file.startOver(); !empty)
            return empty;
    }
    return fail(ErrorKind::malformed, QStringLiteral("the server's answers do not belong together"));
}

Result<ReplicaSync::Outcome> ReplicaSync::join(const Progress &progress)
{
    int replacements = mostReplacements;
    for (bool isComplete = false; !isComplete;) {
        const Result<SliceListing> listing = m_server.slices();
        if (!listing)
            return tl::unexpected(listing.error());
        const Result<Outcome> taken = takeListed(*listing, progress);
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
    return Outcome::done;
}

Result<ReplicaSync::Outcome> ReplicaSync::takeListed(const SliceListing &listing, const Progress &progress)
{
    qint64 all = 0;
    qint64 here = 0;
    for (const ListedSlice &slice : listing.slices) {
        all += slice.size;
        here += m_file.hasSlice(slice.id) ? slice.size : 0;
    }
    for (const ListedSlice &slice : listing.slices) {
        if (m_file.hasSlice(slice.id))
            continue;
        if (!m_file.state().isEmpty() && eraOfState(slice.state) != eraOfState(m_file.state()))
            return Outcome::otherEra;
        const Done fetched = fetch(slice, [&](qint64 bytes) {
            // The server may still be making slices: what is to come grows, what was told does not shrink.
            m_share = std::max(m_share, all > 0 ? double(here + bytes) / double(all) : 0);
            if (progress)
                progress(m_share);
        });
        // Replaced meanwhile: the next listing has another.
        if (!fetched && fetched.error().kind == ErrorKind::notFound)
            continue;
        if (const Done taken = fetched ? take(slice) : fetched; !taken)
            return tl::unexpected(taken.error());
        here += slice.size;
        if (progress)
            progress(m_share);
    }
    return Outcome::done;
}

bool ReplicaSync::hasAll(const SliceListing &listing) const
{
    return std::all_of(listing.slices.cbegin(), listing.slices.cend(),
                       [this](const ListedSlice &slice) { return m_file.hasSlice(slice.id); });
}

Done ReplicaSync::fetch(const ListedSlice &slice, const std::function<void(qint64)> &arrived)
{
    // The name goes into a path.
    static const QRegularExpression hex(QStringLiteral("^[0-9a-f]{64}$"));
    if (!hex.match(slice.blob).hasMatch() || slice.size < 0)
        return fail(ErrorKind::malformed, QStringLiteral("a slice called %1").arg(slice.blob));
    removeSlicesBut(m_file.path(), packedFile(slice));
    QFile packed(packedFile(slice));
    if (!packed.open(QIODevice::WriteOnly | QIODevice::Append))
        return fail(ErrorKind::io, packed.errorString());
    packed.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    while (packed.size() < slice.size) {
        const auto piece =
            m_server.piece(slice.blob, packed.size(), std::min(m_sizes.piece, slice.size - packed.size()));
        if (!piece)
            return tl::unexpected(piece.error());
        if (piece->isEmpty())
            return fail(ErrorKind::malformed, QStringLiteral("a slice is shorter than the server says"));
        if (packed.write(*piece) != piece->size() || !packed.flush())
            return fail(packed.error() == QFileDevice::ResourceError ? ErrorKind::diskFull : ErrorKind::io,
                        packed.errorString());
        arrived(packed.size());
    }
    packed.close();
    if (hashOf(packed.fileName()) == slice.blob)
        return {};
    packed.remove();
    return fail(ErrorKind::malformed,
                QStringLiteral("a slice arrived otherwise than it was sent; it is fetched again"));
}

Done ReplicaSync::take(const ListedSlice &slice)
{
    const QString plain = m_file.path() + QStringLiteral(".slice");
    QFile::remove(plain);
    if (Done unpacked = unpackFile(packedFile(slice), plain, m_sizes.slice); !unpacked)
        return unpacked;
    const bool isUsable = slice.kind == QLatin1StringView("conversations");
    const Done taken = m_file.takeSlice(slice.id, slice.state, plain, {m_share, isUsable, {}});
    QFile::remove(plain);
    if (taken)
        QFile::remove(packedFile(slice));
    return taken;
}

Result<ReplicaSync::Outcome> ReplicaSync::follow()
{
    Pace pace;
    ChangeBatch come;
    QString state = m_file.state();
    for (bool hasMore = true; hasMore;) {
        const auto answers =
            m_server.call({{QStringLiteral("Row/changes"),
                            {{QStringLiteral("sinceState"), state}, {QStringLiteral("maxChanges"), m_sizes.changes}}}});
        if (!answers)
            return tl::unexpected(answers.error());
        const ServerCall &answer = answers->constFirst();
        if (answer.name == QLatin1StringView("error")) {
            if (typeOfError(answer) == QLatin1StringView("cannotCalculateChanges"))
                return Outcome::otherEra;
            return tl::unexpected(refused(answer));
        }
        hasMore = answer.object.value(QLatin1StringView("hasMoreChanges")).toBool();
        const QString before = std::exchange(state, answer.object.value(QLatin1StringView("newState")).toString());
        if (hasMore && state == before)
            return fail(ErrorKind::malformed, QStringLiteral("the server goes in a circle"));
        const auto batch = readRows(m_file.workspace(), {answer.object});
        if (!batch)
            return tl::unexpected(batch.error());
        come.rows += batch->rows;
        const bool isToCome = hasMore && come.rows.size() < m_sizes.held && pace.rest() > Pace::Ms(0);
        if (isToCome)
            continue;
        pace.begin();
        if (Done taken = m_file.takeRows(come, state, !hasMore); !taken)
            return tl::unexpected(taken.error());
        pace.end();
        m_changedRows += std::exchange(come.rows, {}).size();
    }
    return Outcome::done;
}

} // namespace Earshot
