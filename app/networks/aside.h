// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/background.h"
#include "model/future.h"
#include "networks/feedinflate.h"

#include <QJsonDocument>

#include <functional>

namespace Earshot {

/// What is read at once: the worst feed of this size takes about 50 ms.
inline constexpr qsizetype smallBody = 256 * 1024;

/// Reads a body that a stranger sent: what is small at once, what is large (or compressed, and so of any size) on
/// another thread, as the network's has other channels to serve. `read` is pure: it runs on any thread, also when
/// nobody waits for its result any more.
template <class T>
[[nodiscard]] QFuture<Result<T>> readAside(const QByteArray &body, std::function<Result<T>()> read)
{
    if (body.size() <= smallBody && !mayBeCompressed(body))
        return readyFuture(read());
    const auto pending = Pending<T>::create();
    backgroundThreads().start([pending, read = std::move(read)] { pending->end(read()); });
    return pending->future();
}

/// Reads an answer's JSON: `parse` makes a document of the body, `then` gets it on the context's thread; at once when
/// the body is small, and never after the context died.
template <class Then>
void whenParsed(const QByteArray &body, QJsonDocument (*parse)(const QByteArray &), QObject *context, Then then)
{
    if (body.size() <= smallBody) {
        then(parse(body));
        return;
    }
    const auto parsed = readAside<QJsonDocument>(body, [body, parse] { return Result<QJsonDocument>(parse(body)); });
    whenDone(parsed, context, [then = std::move(then)](const Result<QJsonDocument> &document) {
        then(document.value_or(QJsonDocument()));
    });
}

} // namespace Earshot
