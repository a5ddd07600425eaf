// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/wantedmedia.h"

#include "replica/pauses.h"

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

/// Of the six connections that there are to one server.
constexpr qsizetype mostAtOnce = 3;
constexpr Duration longestMediaPause = std::chrono::seconds(30);

} // namespace

WantedMedia::WantedMedia(ServerConnection &connection, QString folder, Duration betweenTries, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_folder(std::move(folder))
    , m_betweenTries(betweenTries)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &WantedMedia::fetchAgain);
}

void WantedMedia::setSession(const ServerSession &session)
{
    m_session = session;
    fetchAgain();
}

void WantedMedia::rest()
{
    m_session.reset();
    m_again.stop();
}

void WantedMedia::fetchAgain()
{
    for (const QString &hash : std::as_const(m_wanted)) {
        if (!m_fetching.contains(hash) && !m_toFetch.contains(hash))
            m_toFetch.prepend(hash);
    }
    fetchNext();
}

void WantedMedia::want(const QString &hash)
{
    m_wanted.insert(hash);
    if (m_fetching.contains(hash))
        return;
    m_toFetch.removeOne(hash);
    m_toFetch.append(hash);
    fetchNext();
}

void WantedMedia::fetchNext()
{
    while (m_session && !m_toFetch.isEmpty() && m_fetching.size() < mostAtOnce)
        fetch(m_toFetch.takeLast());
}

void WantedMedia::fetch(const QString &hash)
{
    m_fetching.insert(hash);
    whenDone(m_connection.fetchMedia(m_session->account, hash, m_folder), this,
             [this, hash, asked = *m_session](const Done &fetched) { onFetched(hash, fetched, asked); });
}

void WantedMedia::onFetched(const QString &hash, const Done &fetched, const ServerSession &asked)
{
    m_fetching.remove(hash);
    if (fetched) {
        m_failures = 0;
        m_wanted.remove(hash);
        Q_EMIT arrived(hash);
    } else if (m_session && !m_session->isSameAs(asked)) {
        m_toFetch.append(hash);
    } else if (fetched.error().kind == ErrorKind::notFound) {
        // Whoever looks again asks again.
        m_wanted.remove(hash);
    } else if (m_session && fetched.error().kind == ErrorKind::transient && !m_again.isActive()) {
        const Duration grown = m_betweenTries * (1 << std::min(m_failures++, 5));
        m_again.start(scattered(std::min(grown, longestMediaPause), {}, {}, longestMediaPause));
    }
    fetchNext();
}

} // namespace Earshot
