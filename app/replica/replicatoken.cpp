// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicatoken.h"

#include "replica/serveraddress.h"

#include <QCryptographicHash>
#include <QFileInfo>

namespace Earshot {

namespace {

const QString replicaMark = QStringLiteral("#replica-");

/// Written first: what is kept twice is found again, what is kept nowhere is not.
void adopt(const TokenStore &store, const QString &from, const QString &to, QObject *context,
           const std::shared_ptr<Pending<Secret>> &pending)
{
    whenDone(store.read(from), context, [store, from, to, context, pending](const Result<Secret> &kept) {
        if (!kept || kept->isEmpty()) {
            pending->end(kept);
            return;
        }
        whenDone(store.write(to, *kept), context, [store, from, context, pending, kept](const Done &written) {
            if (!written) {
                pending->end(kept);
                return;
            }
            whenDone(store.remove(from), context, [pending, kept](const Done &) { pending->end(kept); });
        });
    });
}

} // namespace

bool isReplicaTokenName(const QString &name)
{
    return name.contains(replicaMark);
}

QString replicaTokenName(const QUrl &server, const QString &path)
{
    const QString file = QFileInfo(path).canonicalFilePath();
    const QByteArray hash = QCryptographicHash::hash(file.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return tokenNameOf(server) + replicaMark + QString::fromLatin1(hash);
}

QFuture<Result<Secret>> findReplicaToken(const TokenStore &store, const QUrl &server, const QString &path,
                                         QObject *context)
{
    const QString name = replicaTokenName(server, path);
    auto pending = Pending<Secret>::create();
    const QFuture<Result<Secret>> future = pending->future();
    whenDone(store.read(name), context, [store, server, name, context, pending](const Result<Secret> &own) {
        if (own && own->isEmpty())
            adopt(store, tokenNameOf(server), name, context, pending);
        else
            pending->end(own);
    });
    return future;
}

} // namespace Earshot
