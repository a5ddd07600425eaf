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

Result<QByteArray> readAll(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.exists() ? ErrorKind::io : ErrorKind::notFound, path);
    return file.readAll();
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

BlobService::BlobService(Workspace &workspace, const ServerLimits &limits, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    m_disk.setMaxThreadCount(limits.diskThreads);
}

BlobService::~BlobService()
{
    m_disk.waitForDone();
}

QFuture<Result<BlobService::Blob>> BlobService::load(AgentId agent, const QString &hash)
{
    auto pending = Pending<Blob>::create();
    const QFuture<Result<Blob>> future = pending->future();
    if (!isBlobId(hash)) {
        pending->end(fail(ErrorKind::notFound));
        return future;
    }
    const auto allowed = m_workspace.read<QString>([agent, hash](Database &database) -> Result<QString> {
        const auto viewer = loadViewer(database, agent);
        QString type;
        if (!viewer || !*viewer || !mayHaveBlob(database, agent, (*viewer)->hidden, hash, &type))
            return fail(ErrorKind::notFound);
        return database.result(type);
    });
    whenDone(allowed, this, [this, pending, hash](const Result<QString> &type) {
        if (!type) {
            pending->end(tl::unexpected(type.error()));
            return;
        }
        const QString path = m_workspace.mediaFolder() + u'/' + hash;
        const auto read = onDisk<QByteArray>(m_disk, [path] { return readAll(path); });
        whenDone(read, this, [pending, type = *type](const Result<QByteArray> &bytes) {
            if (bytes)
                pending->end(Blob{*bytes, type});
            else
                pending->end(tl::unexpected(bytes.error()));
        });
    });
    return future;
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
            Urgency::interactive, [agent, type, size, hash = *hash](Writing &writing) -> Result<bool> {
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

} // namespace Earshot
