// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/blobservice.h"

#include "model/future.h"
#include "server/viewer.h"
#include "workspace/mediafolder.h"

#include <QFile>

#include <algorithm>

namespace Earshot {

namespace {

/// What networks take, and what is nothing but itself when it is opened.
const QStringList &mediaTypes()
{
    static const QStringList types{
        QStringLiteral("image/jpeg"), QStringLiteral("image/png"),       QStringLiteral("image/gif"),
        QStringLiteral("image/webp"), QStringLiteral("image/avif"),      QStringLiteral("video/mp4"),
        QStringLiteral("video/webm"), QStringLiteral("video/quicktime"), QStringLiteral("audio/mpeg"),
        QStringLiteral("audio/ogg"),  QStringLiteral("audio/wav"),       QStringLiteral("audio/flac")};
    return types;
}

/// Runs on one of the pool's threads; the future ends there.
template <class T>
QFuture<Result<T>> onDisk(QThreadPool &pool, std::function<Result<T>()> work)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QFuture<Result<T>> future = promise->future();
    pool.start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

} // namespace

bool isBlobId(const QString &text)
{
    return text.size() == 64 && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

bool mayHaveBlob(Database &database, AgentId agent, const QSet<qint64> &hiddenChannels, const QString &hash,
                 QString *type)
{
    {
        Statement media = database.statement("select_media_of_hash");
        media.bind("hash", hash);
        while (media.next()) {
            if (hiddenChannels.contains(media.integer(0)))
                continue;
            if (type)
                *type = media.text(1);
            return true;
        }
    }
    Statement upload = database.statement("select_upload");
    if (!upload.bind("hash", hash).bind("agent", agent).next())
        return false;
    if (type)
        *type = upload.text(0);
    return true;
}

BlobService::BlobService(Workspace &workspace, SliceStore &slices, const ServerLimits &limits, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_uploadsKept(limits.uploadsKept)
    , m_slices(slices)
{
    connect(&m_sweep, &QTimer::timeout, this, &BlobService::forgetUnused);
    m_sweep.start(limits.uploadSweep);
    m_disk.setMaxThreadCount(limits.diskThreads);
}

BlobService::~BlobService()
{
    m_disk.waitForDone();
}

QFuture<Result<BlobService::Blob>> BlobService::load(AgentId agent, const QString &account, const QString &hash)
{
    if (!isBlobId(hash))
        return readyFuture(Result<Blob>(fail(ErrorKind::notFound)));
    struct Found
    {
        bool isMedia = false;
        QString type;
        QSet<qint64> hidden;
    };
    auto pending = Pending<Blob>::create();
    const auto found = m_workspace.read<Found>([agent, account, hash](Database &database) -> Result<Found> {
        const auto viewer = loadViewer(database, agent);
        if (!viewer)
            return tl::unexpected(viewer.error());
        if (!*viewer || (*viewer)->account != account)
            return fail(ErrorKind::notFound);
        Found blob;
        blob.hidden = (*viewer)->hidden;
        blob.isMedia = mayHaveBlob(database, agent, blob.hidden, hash, &blob.type);
        return database.result(blob);
    });
    whenDone(found, this, [this, pending, hash](const Result<Found> &blob) {
        if (!blob)
            pending->end(tl::unexpected(blob.error()));
        else if (blob->isMedia)
            pending->end(Blob{m_workspace.mediaFolder() + u'/' + hash, blob->type});
        else if (const auto slice = m_slices.find(hash, blob->hidden))
            pending->end(Blob{*slice, QStringLiteral("application/zstd")});
        else
            pending->end(fail(ErrorKind::notFound));
    });
    return pending->future();
}

QFuture<Result<BlobService::Kept>> BlobService::keep(AgentId agent, const QByteArray &bytes, const QString &type)
{
    auto pending = Pending<Kept>::create();
    const QFuture<Result<Kept>> future = pending->future();
    if (!mediaTypes().contains(type)) {
        pending->end(fail(ErrorKind::unsupported));
        return future;
    }
    const auto stored =
        onDisk<QString>(m_disk, [folder = m_workspace.mediaFolder(), bytes] { return keepMediaBytes(folder, bytes); });
    whenDone(stored, this, [this, pending, agent, type, size = bytes.size()](const Result<QString> &hash) {
        if (!hash) {
            pending->end(tl::unexpected(hash.error()));
            return;
        }
        const auto noted = m_workspace.write<bool>(
            Urgency::interactive,
            [agent, type, size, hash = *hash, folder = m_workspace.mediaFolder()](Writing &writing) -> Result<bool> {
                // It was there already, and was forgotten as unused meanwhile.
                if (!QFile::exists(folder + u'/' + hash))
                    return fail(ErrorKind::tryAgain);
                Statement store = writing.statement("upsert_upload");
                store.bind("hash", hash).bind("agent", agent).bind("type", type).bind("size", size);
                store.bind("at", writing.now()).run();
                return true;
            });
        whenDone(noted, this, [pending, kept = Kept{*hash, type, size}](const Result<bool> &result) {
            if (result)
                pending->end(kept);
            else
                pending->end(tl::unexpected(result.error()));
        });
    });
    return future;
}

/// Those that a message has are its own from then on: who sees it has them.
void BlobService::forgetUnused()
{
    static_cast<void>(m_workspace.write<bool>(
        Urgency::bulk, [folder = m_workspace.mediaFolder(), kept = m_uploadsKept](Writing &writing) -> Result<bool> {
            QStringList old;
            {
                Statement find = writing.statement("select_old_uploads");
                find.bind("before", writing.now() - kept);
                while (find.next())
                    old.append(find.text(0));
            }
            if (old.isEmpty())
                return false;
            {
                Statement forget = writing.statement("delete_old_uploads");
                forget.bind("before", writing.now() - kept).run();
            }
            for (const QString &hash : std::as_const(old)) {
                Statement use = writing.statement("select_hash_use");
                // On the writer's thread, so that nobody notes the same file in between.
                if (use.bind("hash", hash).next() && use.integer(0) == 0)
                    QFile::remove(folder + u'/' + hash);
            }
            return true;
        }));
}

} // namespace Earshot
