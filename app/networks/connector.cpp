// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/connector.h"

#include <algorithm>

namespace Earshot {

QFuture<Result<QList<RemoteMessage>>> Connector::latest(qsizetype most)
{
    const auto pending = Pending<QList<RemoteMessage>>::create();
    whenDone(pull(Position()), this, [pending, most](const Result<Page> &page) {
        if (page)
            pending->end(newestOf(page->messages, most));
        else
            pending->end(tl::unexpected(page.error()));
    });
    return pending->future();
}

QList<RemoteMessage> newestOf(QList<RemoteMessage> messages, qsizetype most)
{
    std::stable_sort(messages.begin(), messages.end(),
                     [](const RemoteMessage &a, const RemoteMessage &b) { return a.sentAt > b.sentAt; });
    return messages.first(std::min(most, messages.size()));
}

} // namespace Earshot
