// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/ratelimiter.h"

#include <algorithm>
#include <cmath>

namespace Earshot {

namespace {

constexpr qsizetype mostKeys = 50'000;
constexpr Duration memory = std::chrono::hours(1);
constexpr int mostDoublings = 20;
constexpr qsizetype mostAsking = 100; ///< of one key
/// So long a turn is kept for those who came before.
constexpr Duration turnKept = std::chrono::seconds(30);
/// What comes at once again is no other attempt.
constexpr Duration leastPause = std::chrono::seconds(1);
constexpr Duration turnTaken = std::chrono::seconds(5); ///< after which it may be another's

} // namespace

QString networkOf(const QHostAddress &address)
{
    bool isFour = false;
    const quint32 four = address.toIPv4Address(&isFour);
    if (isFour)
        return QHostAddress(four).toString();
    Q_IPV6ADDR six = address.toIPv6Address();
    for (int i = 8; i < 16; ++i)
        six[i] = 0;
    return QHostAddress(six).toString() + QStringLiteral("/64");
}

double RateLimiter::levelOf(const Bucket &bucket, Time now) const
{
    const double seconds = std::max(0.0, double((now - bucket.at).count()) / 1000.0);
    return std::min(double(m_burst), bucket.level + seconds * m_perSecond);
}

void RateLimiter::forgetFull(Time now)
{
    m_buckets.removeIf([this, now](const auto &bucket) { return levelOf(bucket.value(), now) >= m_burst; });
    // Everybody is busy at once: better to forgive than to grow.
    if (m_buckets.size() >= mostKeys)
        m_buckets.clear();
}

std::optional<Duration> RateLimiter::take(const QString &key, Time now)
{
    if (m_buckets.size() >= mostKeys)
        forgetFull(now);
    if (!m_buckets.contains(key))
        m_buckets.insert(key, {double(m_burst), now});
    Bucket &bucket = m_buckets[key];
    bucket.level = levelOf(bucket, now);
    bucket.at = now;
    if (bucket.level >= 1) {
        bucket.level -= 1;
        return std::nullopt;
    }
    return Duration(qint64(std::ceil((1 - bucket.level) * 1000 / m_perSecond)));
}

std::shared_ptr<void> PlaceLimiter::take(const QString &key)
{
    if (m_taken->value(key) >= m_most)
        return nullptr;
    ++(*m_taken)[key];
    // The pointer itself says nothing but that there is a place.
    return {m_taken.get(), [taken = m_taken, key](void *) {
                if (--(*taken)[key] == 0)
                    taken->remove(key);
            }};
}

void AttemptLimiter::note(QList<Asking> &all, quint64 attempt, Time now)
{
    const auto known =
        std::find_if(all.begin(), all.end(), [attempt](const Asking &asking) { return asking.attempt == attempt; });
    if (known != all.end()) {
        known->cameAgain = known->cameAgain || now - known->last >= leastPause;
        known->last = now;
        return;
    }
    if (all.size() >= mostAsking) {
        const auto once = std::find_if(all.begin(), all.end(), [](const Asking &asking) { return !asking.cameAgain; });
        if (once == all.end())
            return;
        all.erase(once);
    }
    all.append({attempt, now, false});
}

std::optional<Duration> AttemptLimiter::ask(const QString &key, quint64 attempt, Time now)
{
    const auto found = m_failures.find(key);
    if (found == m_failures.end() || (found->until <= now && found->asking.isEmpty()))
        return std::nullopt;
    QList<Asking> &asking = found->asking;
    if (now - found->until > turnKept)
        asking.removeIf([now](const Asking &one) { return now - one.last > turnKept; });
    note(asking, attempt, now);
    if (found->until > now)
        return found->until - now;
    const auto next = std::find_if(asking.cbegin(), asking.cend(), [](const Asking &one) { return one.cameAgain; });
    if (next != asking.cend() && next->attempt != attempt)
        return turnTaken;
    return std::nullopt;
}

void AttemptLimiter::begin(const QString &key, quint64 attempt, Time now)
{
    if (m_failures.size() >= mostKeys) {
        m_failures.removeIf([now](const auto &failures) { return now - failures.value().last > memory; });
        if (m_failures.size() >= mostKeys)
            m_failures.clear();
    }
    Failures &failures = m_failures[key];
    if (now - failures.last > memory)
        failures = {};
    failures.asking.removeIf([attempt](const Asking &asking) { return asking.attempt == attempt; });
    ++failures.count;
    failures.last = now;
    if (failures.count < m_free)
        return;
    const int doublings = std::min(failures.count - m_free, mostDoublings);
    failures.until = now + std::min<Duration>(m_longest, std::chrono::seconds(1) * (1 << doublings));
}

void AttemptLimiter::succeed(const QString &key)
{
    m_failures.remove(key);
}

void AttemptLimiter::forgive(const QString &key)
{
    const auto failures = m_failures.find(key);
    if (failures == m_failures.end())
        return;
    --failures->count;
    failures->until = {};
}

} // namespace Earshot
