// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/mediarun.h"

#include "model/future.h"
#include "workspace/mediafolder.h"

namespace Earshot {

namespace {

constexpr int mostAtOnce = 12;
constexpr qint64 longestPicture = 4LL * 1024 * 1024;
constexpr Duration longestFetch = std::chrono::seconds(10);

/// An edited message has another picture in the same place.
qint64 keyOf(const MediaToFetch &media)
{
    return static_cast<qint64>(qHash(media.url, size_t(media.id)));
}

/// The last two labels of a host name: what "the same network" means for previews on a server of their own.
QString domainOf(const QUrl &url)
{
    const QStringList labels = url.host().split(QLatin1Char('.'));
    return labels.size() <= 2 ? url.host() : labels.mid(labels.size() - 2).join(QLatin1Char('.'));
}

} // namespace

MediaRun::MediaRun(What what, HttpTransport &http, Intake &intake, QThreadPool &drawing, QSet<qint64> &given,
                   QObject *parent)
    : Run(parent)
    , m_what(std::move(what))
    , m_http(http)
    , m_intake(intake)
    , m_drawing(drawing)
    , m_given(given)
{
    m_report.channel = m_what.channel;
}

void MediaRun::start()
{
    const auto media = m_intake.mediaToFetch(m_what.channel, mostAtOnce * 4);
    if (!media) {
        endWith(media.error());
        return;
    }
    for (const MediaToFetch &candidate : *media) {
        if (m_left.size() < mostAtOnce && !m_given.contains(keyOf(candidate)) && isOwnNetwork(QUrl(candidate.url)))
            m_left.append(candidate);
    }
    fetchNext();
}

bool MediaRun::isOwnNetwork(const QUrl &url) const
{
    const bool isSafe = url.scheme() == QLatin1StringView("https") || url.host() == m_what.home.host();
    const bool isNear = url.host() == m_what.home.host() || domainOf(url) == domainOf(m_what.home);
    // A microblog's server names its own copies; a feed may name anybody's, also those who only count readers.
    const bool isMicroblog = m_what.network == Network::mastodon || m_what.network == Network::bluesky;
    return isSafe && (isNear || isMicroblog);
}

void MediaRun::fetchNext()
{
    if (m_left.isEmpty()) {
        end();
        return;
    }
    const MediaToFetch media = m_left.takeFirst();
    m_given.insert(keyOf(media));
    HttpRequest request;
    request.url = QUrl(media.url);
    request.headers = {{"Accept", "image/webp, image/png, image/jpeg, image/gif"}};
    request.maxBody = longestPicture;
    request.timeout = longestFetch;
    whenDone(m_http.exchange(request), this,
             [this, media](const Result<HttpAnswer> &answer) { onAnswer(media, answer); });
}

void MediaRun::onAnswer(const MediaToFetch &media, const Result<HttpAnswer> &answer)
{
    if (!answer || answer->status != 200) {
        fetchNext();
        return;
    }
    auto pending = Pending<Kept>::create();
    QFuture<Result<Kept>> kept = pending->future();
    // Drawing takes as long as many requests: the other channels do not wait for it.
    m_drawing.start([pending, folder = m_intake.workspace().mediaFolder(), file = answer->body] {
        pending->end(keepPreview(folder, file));
    });
    whenDone(kept, this, [this, media](const Result<Kept> &result) { onKept(media, result); });
}

Result<MediaRun::Kept> MediaRun::keepPreview(const QString &folder, const QByteArray &file)
{
    const Result<Preview> preview = makePreview(file);
    if (!preview)
        return tl::unexpected(preview.error());
    const Result<QString> hash = keepMediaBytes(folder, preview->bytes);
    if (!hash)
        return tl::unexpected(hash.error());
    return Kept{*hash, preview->original};
}

void MediaRun::onKept(const MediaToFetch &media, const Result<Kept> &kept)
{
    if (kept) {
        whenDone(m_intake.storeMediaHash(media.id, kept->hash, kept->original), this,
                 [this](const Result<bool> &) { fetchNext(); });
        return;
    }
    const ErrorKind kind = kept.error().kind;
    const bool isDisk = kind == ErrorKind::diskFull || kind == ErrorKind::io;
    if (isDisk)
        endWith(kept.error());
    else
        fetchNext();
}

} // namespace Earshot
