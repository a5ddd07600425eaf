// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/future.h"
#include "model/secret.h"

#include <QUrl>

#include <functional>

namespace Earshot {

/// Under which name a store of secrets keeps the token of one replica: two replicas of a server are two devices, and
/// the command line (tokenNameOf()) is another.
/// @param path of a file that is there
[[nodiscard]] QString replicaTokenName(const QUrl &server, const QString &path);

/// Whether that is the name of a replica's own, which nothing else needs.
[[nodiscard]] bool isReplicaTokenName(const QString &name);

/// A store of secrets.
struct TokenStore
{
    std::function<QFuture<Result<Secret>>(const QString &name)> read; ///< empty = there is none
    std::function<QFuture<Done>(const QString &name, const Secret &token)> write;
    std::function<QFuture<Done>(const QString &name)> remove;
};

/// The token of a replica; empty = there is none. One that an older program kept under the server's name becomes its
/// own, and nobody else's any more. Errors: those of the store.
/// @param context ends on its thread, never after it has gone
[[nodiscard]] QFuture<Result<Secret>> findReplicaToken(const TokenStore &store, const QUrl &server, const QString &path,
                                                       QObject *context);

} // namespace Earshot
