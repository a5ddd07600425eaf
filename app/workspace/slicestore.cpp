// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/slicestore.h"

#include "workspace/readerpool.h"
#include "workspace/slicepack.h"
#include "workspace/wholefile.h"

#include <QDir>
#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

constexpr auto idleTime = std::chrono::hours(1);
const QString catalogueName = QStringLiteral("catalogue.json");

/// In which order they are fetched and made: what a person sees first comes first.
std::tuple<int, qint64, qint64> orderOf(const Slice &slice)
{
    switch (slice.range.kind) {
    case SliceKind::workspace:
        return {0, 0, 0};
    case SliceKind::channel:
        return {1, 0, 0};
    case SliceKind::conversations:
        return {2, -slice.newest, -slice.range.after};
    case SliceKind::people:
        return {3, 0, -slice.range.after};
    case SliceKind::contacts:
        return {4, 0, -slice.range.after};
    default:
        return {5, 0, -slice.range.after};
    }
}

} // namespace

SliceStore::SliceStore(QString workspace, const Clock &clock, const Options &options)
    : m_workspace(std::move(workspace))
    , m_clock(clock)
    , m_options(options)
    , m_catalogue(options.sizes)
{
    setObjectName(QStringLiteral("slices"));
    start(QThread::LowPriority);
}

SliceStore::~SliceStore()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_isEnding = true;
        m_hasWork.wakeAll();
    }
    wait();
    for (const Asked &asked : m_asked) {
        asked.promise->addResult(fail(ErrorKind::cancelled));
        asked.promise->finish();
    }
}

QFuture<Result<SliceStore::Listing>> SliceStore::list(const QSet<qint64> &hiddenChannels)
{
    Asked asked{hiddenChannels, std::make_shared<QPromise<Result<Listing>>>()};
    asked.promise->start();
    const auto future = asked.promise->future();
    const QMutexLocker lock(&m_mutex);
    m_asked.push_back(std::move(asked));
    m_hasWork.wakeAll();
    return future;
}

std::optional<QString> SliceStore::find(const QString &hash, const QSet<qint64> &hiddenChannels)
{
    const QMutexLocker lock(&m_mutex);
    const auto pathIfSeen = [&](qint64 channel) -> std::optional<QString> {
        if (hiddenChannels.contains(channel))
            return std::nullopt;
        return QString(folder() + u'/' + hash);
    };
    for (const auto &[key, slice] : m_catalogue.slices()) {
        // One that holds what is no more is not given away, even where it was already promised.
        if (slice.hash == hash && !hash.isEmpty())
            return slice.hasLostRows ? std::nullopt : pathIfSeen(slice.range.channel);
    }
    const auto retired = m_retired.constFind(hash);
    return retired == m_retired.cend() ? std::nullopt : pathIfSeen(retired->channel);
}

void SliceStore::run()
{
    load();
    QMutexLocker lock(&m_mutex);
    while (!m_isEnding) {
        if (m_asked.empty() && !m_isWished) {
            m_hasWork.wait(&m_mutex, QDeadlineTimer(idleTime));
            if (m_asked.empty() && !m_isEnding) {
                lock.unlock();
                clear();
                lock.relock();
            }
            continue;
        }
        const std::deque<Asked> asked = std::exchange(m_asked, {});
        lock.unlock();
        if (!asked.empty()) {
            const Done looked = look();
            for (const Asked &one : asked) {
                if (looked) {
                    answer(one);
                } else {
                    one.promise->addResult(tl::unexpected(looked.error()));
                    one.promise->finish();
                }
            }
        } else if (const auto key = next()) {
            const Done made = make(*key);
            m_trouble = made ? std::nullopt : std::optional(made.error());
            m_isWished = made.has_value();
        } else {
            m_isWished = false;
            save();
        }
        lock.relock();
    }
    lock.unlock();
    save();
}

Done SliceStore::look()
{
    clear();
    Result<std::unique_ptr<Database>> database = openReader(m_workspace);
    if (!database)
        return tl::unexpected(database.error());
    SliceCatalogue catalogue = m_catalogue;
    (*database)->execute(QStringLiteral("BEGIN"));
    const Done done = catalogue.refresh(**database);
    (*database)->execute(QStringLiteral("ROLLBACK"));
    const QMutexLocker lock(&m_mutex);
    if (done)
        m_catalogue = std::move(catalogue);
    return done;
}

/// Whether it has to be made before it can be given away.
bool SliceStore::isWanted(const Slice &slice) const
{
    if (!slice.isChanged)
        return false;
    const bool isResting = isKnown(slice.madeAt) && m_clock.now() - slice.madeAt < m_options.rest;
    return !isResting || slice.hasLostRows;
}

void SliceStore::answer(const Asked &asked)
{
    Listing listing;
    listing.isComplete = true;
    listing.trouble = m_trouble;
    const bool isFirst = !m_isWished;
    {
        const QMutexLocker lock(&m_mutex);
        for (const auto &[key, slice] : m_catalogue.slices()) {
            if (asked.hidden.contains(slice.range.channel))
                continue;
            if (isWanted(slice)) {
                listing.isComplete = false;
                if (slice.range.kind == SliceKind::conversations && slice.newest != 0)
                    listing.toCome.append(slice);
            } else if (slice.rows > 0) {
                m_catalogue.slice(key).listedAt = m_clock.now();
                listing.slices.append(slice);
            }
        }
    }
    std::sort(listing.slices.begin(), listing.slices.end(),
              [](const Slice &a, const Slice &b) { return orderOf(a) < orderOf(b); });
    if (!listing.isComplete) {
        m_hiddenFromAll = isFirst ? asked.hidden : m_hiddenFromAll.intersect(asked.hidden);
        m_isWished = true;
    }
    asked.promise->addResult(std::move(listing));
    asked.promise->finish();
}

std::optional<SliceCatalogue::Key> SliceStore::next()
{
    const QMutexLocker lock(&m_mutex);
    std::optional<SliceCatalogue::Key> best;
    for (const auto &[key, slice] : m_catalogue.slices()) {
        if (isWanted(slice) && !m_hiddenFromAll.contains(slice.range.channel) &&
            (!best || orderOf(slice) < orderOf(m_catalogue.slice(*best))))
            best = key;
    }
    return best;
}

Done SliceStore::make(const SliceCatalogue::Key &key)
{
    if (!QDir().mkpath(folder()))
        return fail(ErrorKind::io, folder());
    QFile::setPermissions(folder(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const SliceRange range = m_catalogue.slice(key).range;
    const QString plain = folder() + QStringLiteral("/plain.part");
    const QString packedPath = folder() + QStringLiteral("/packed.part");
    const Result<WrittenSlice> written = writeSlice(m_workspace, plain, range, m_catalogue.mostUnits(range.kind));
    Result<PackedFile> packed = PackedFile();
    if (written && written->rows > 0)
        packed = packFile(plain, packedPath);
    QFile::remove(plain);
    if (written && packed && !packed->hash.isEmpty()) {
        const QString path = folder() + u'/' + packed->hash;
        QFile::remove(path);
        if (!QFile::rename(packedPath, path))
            packed = fail(ErrorKind::io, path);
    }
    QFile::remove(packedPath);
    if (!written || !packed)
        return tl::unexpected(written ? packed.error() : written.error());
    const QMutexLocker lock(&m_mutex);
    Slice &slice = m_catalogue.slice(key);
    const bool hadLostRows = slice.hasLostRows;
    const QString old = std::exchange(slice.hash, packed->hash);
    slice.size = packed->size;
    m_retired.remove(packed->hash);
    if (!old.isEmpty() && old != packed->hash) {
        // What holds rows that are no more is not kept for anybody.
        if (hadLostRows)
            QFile::remove(folder() + u'/' + old);
        else
            m_retired.insert(old, {range.channel, m_clock.now()});
    }
    m_catalogue.note(key, *written, m_clock.now());
    return {};
}

/// Removes what nobody fetches any more.
void SliceStore::clear()
{
    const QMutexLocker lock(&m_mutex);
    const Time now = m_clock.now();
    m_retired.removeIf([this, now](const auto &retired) {
        const bool isOver = now - retired.value().since > m_options.keptFor;
        if (isOver)
            QFile::remove(folder() + u'/' + retired.key());
        return isOver;
    });
    for (const auto &[key, known] : m_catalogue.slices()) {
        if (known.hash.isEmpty() || now - std::max(known.listedAt, known.madeAt) <= m_options.unusedFor)
            continue;
        Slice &slice = m_catalogue.slice(key);
        QFile::remove(folder() + u'/' + slice.hash);
        slice.hash.clear();
        slice.madeAt = {};
        slice.isChanged = true;
    }
    QSet<QString> known{catalogueName};
    for (const auto &[key, slice] : m_catalogue.slices())
        known.insert(slice.hash);
    for (const QString &name : QDir(folder()).entryList(QDir::Files)) {
        if (!known.contains(name) && !m_retired.contains(name))
            QFile::remove(folder() + u'/' + name);
    }
}

/// Goes on with the files of the last time.
void SliceStore::load()
{
    QFile file(folder() + u'/' + catalogueName);
    const QMutexLocker lock(&m_mutex);
    if (file.open(QIODevice::ReadOnly))
        m_catalogue.takeJson(QJsonDocument::fromJson(file.readAll()).object());
    for (const auto &[key, known] : m_catalogue.slices()) {
        if (known.hash.isEmpty() || QFile::exists(folder() + u'/' + known.hash))
            continue;
        Slice &slice = m_catalogue.slice(key);
        slice.hash.clear();
        slice.madeAt = {};
        slice.isChanged = true;
    }
}

/// Where this fails, the next start makes the slices anew.
void SliceStore::save()
{
    if (!QDir(folder()).exists())
        return;
    QSaveFile file(folder() + u'/' + catalogueName);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(QJsonDocument(m_catalogue.toJson()).toJson(QJsonDocument::Compact));
        static_cast<void>(commitWhole(file));
    }
}

} // namespace Earshot
