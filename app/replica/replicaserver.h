// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/time.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

namespace Earshot {

/// One method called, and what it answers. An answer's `name` is "error" when it was refused; `object` says why.
struct ServerCall
{
    QString name;
    QJsonObject object;
};

/// What a method's error means here.
[[nodiscard]] Error methodErrorFrom(const QJsonObject &error);

/// A slice as the server lists it (app/server/PROTOCOL.md, "The first synchronisation").
struct ListedSlice
{
    QString id;
    QString blob; ///< SHA-256 of the packed file, in hex
    qint64 size = 0;
    QString state;
    QString kind = {};  ///< "workspace", "channel", "conversations", ...
    qint64 channel = 0; ///< 0 = of the whole workspace
    Time newest = {};   ///< message of its conversations; not known = it has none, or the server does not tell
};

struct SliceListing
{
    QList<ListedSlice> slices;
    bool isComplete = false;   ///< false: more are being made; ask again
    QList<ListedSlice> toCome; ///< those with conversations that are being made: their ids, channels and newest message
};

/// What /jmap/slices answers.
[[nodiscard]] SliceListing listingFrom(const QJsonObject &object);

/// What a replica asks of its server. Every member waits: on a thread that may. Errors of all: transient (not reached),
/// authExpired, permission, rateLimited, malformed, cancelled.
class ReplicaServer
{
public:
    virtual ~ReplicaServer() = default;

    [[nodiscard]] virtual Result<SliceListing> slices() = 0;
    /// `most` bytes of a blob from a place on, or more. Errors: also notFound (it was replaced).
    [[nodiscard]] virtual Result<QByteArray> piece(const QString &blob, qint64 from, qint64 most) = 0;
    /// Several methods on one snapshot; as many answers, in their order.
    [[nodiscard]] virtual Result<QList<ServerCall>> call(const QList<ServerCall> &calls) = 0;
    /// Lets time pass.
    [[nodiscard]] virtual Done rest(Duration time) = 0;
    /// Whoever waits for what is done with its answers waits no longer: what takes a while ends with `cancelled`. Any
    /// thread.
    [[nodiscard]] virtual bool isClosed() const { return false; }
};

} // namespace Earshot
