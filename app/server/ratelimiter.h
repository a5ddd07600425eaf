// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QHash>
#include <QHostAddress>
#include <QString>

#include <memory>
#include <optional>

namespace Earshot {

/// What an address is counted as: itself, or of IPv6 the network of 64 bits that one host has to itself.
[[nodiscard]] QString networkOf(const QHostAddress &address);

/// One bucket a key, filled with time. Bounded: who has been quiet for long is forgotten. Not thread-safe.
class RateLimiter
{
public:
    RateLimiter(int perSecond, int burst)
        : m_perSecond(perSecond)
        , m_burst(burst)
    {
    }
    /// Takes one. @return how long to wait when there is none; nothing = go on
    [[nodiscard]] std::optional<Duration> take(const QString &key, Time now);

private:
    struct Bucket
    {
        double level = 0;
        Time at;
    };
    [[nodiscard]] double levelOf(const Bucket &bucket, Time now) const;
    void forgetFull(Time now);

    int m_perSecond;
    int m_burst;
    QHash<QString, Bucket> m_buckets;
};

/// How many of a key are under way at once. Not thread-safe.
class PlaceLimiter
{
public:
    explicit PlaceLimiter(int most)
        : m_most(most)
        , m_taken(std::make_shared<QHash<QString, int>>())
    {
    }
    /// @return a place, that is left when its last copy dies; null = none is free
    [[nodiscard]] std::shared_ptr<void> take(const QString &key);

private:
    int m_most;
    std::shared_ptr<QHash<QString, int>> m_taken; ///< places may outlive the limiter
};

/// Counts failed attempts of a key: some are free, then each makes the next wait twice as long, up to a limit. An hour
/// without any is a new start. When a wait is over, the turn belongs to whoever has come again with the same for
/// longest: so who knows what is right gets in beside one who tries something else each time. Not thread-safe.
class AttemptLimiter
{
public:
    AttemptLimiter(int freeFailures, Duration longestWait)
        : m_free(freeFailures)
        , m_longest(longestWait)
    {
    }
    /// Asks for a turn, with what is to be tried. @return how long to wait; nothing = it may try
    [[nodiscard]] std::optional<Duration> ask(const QString &key, quint64 attempt, Time now);
    /// An attempt begins: it counts as failed until it has succeeded, so that many at once gain nothing.
    void begin(const QString &key, quint64 attempt, Time now);
    void succeed(const QString &key);
    /// Takes back this one attempt only: what others did under the key still counts.
    void forgive(const QString &key);

private:
    /// Somebody who was told to wait.
    struct Asking
    {
        quint64 attempt = 0;
        Time last;
        bool cameAgain = false;
    };
    struct Failures
    {
        int count = 0;
        Time last;
        Time until;
        QList<Asking> asking; ///< in the order in which they first came
    };
    static void note(QList<Asking> &all, quint64 attempt, Time now);
    int m_free;
    Duration m_longest;
    QHash<QString, Failures> m_failures;
};

} // namespace Earshot
