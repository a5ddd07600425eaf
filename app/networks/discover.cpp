// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/future.h"
#include "networks/aside.h"
#include "networks/blueskyfinder.h"
#include "networks/feedfinder.h"
#include "networks/hosts.h"
#include "networks/mastodonaddress.h"
#include "networks/mastodonfinder.h"
#include "networks/registry.h"
#include "networks/wordpressfinder.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostLikelyTried = 8;

/// The page that an address means, as a browser would take it; invalid for "@name@host" and the like.
QUrl pageOf(const QString &address)
{
    if (address.startsWith(QLatin1Char('@')) || address.startsWith(QLatin1Char('#')) ||
        address.startsWith(QLatin1StringView("search:")))
        return {};
    if (address.startsWith(QLatin1StringView("http://"), Qt::CaseInsensitive) ||
        address.startsWith(QLatin1StringView("https://"), Qt::CaseInsensitive))
        return QUrl(address, QUrl::StrictMode);
    if (address.contains(QLatin1Char('@')) || address.contains(QLatin1Char(' ')) ||
        address.contains(QLatin1StringView("://")))
        return {};
    QUrl url(QStringLiteral("https://") + address, QUrl::StrictMode);
    if (isThisMachine(url.host()))
        url.setScheme(QStringLiteral("http"));
    const bool isHost = isThisMachine(url.host()) || url.host().contains(QLatin1Char('.'));
    return isHost ? url : QUrl();
}

/// Asks one address for everything that we know how to speak. Deletes itself when it has ended.
class Discovery final : public QObject
{
public:
    Discovery(QString address, NetworkSetting setting)
        : m_address(std::move(address))
        , m_setting(setting)
    {
    }

    [[nodiscard]] QFuture<Result<QList<Finding>>> start()
    {
        QFuture<Result<QList<Finding>>> future = m_pending->future();
        const QUrl page = pageOf(m_address);
        if (page.isValid())
            fetch(page, [this](const Result<HttpAnswer> &answer) { onPage(answer); });
        else
            askMastodon();
        return future;
    }

private:
    void fetch(const QUrl &url, std::function<void(const Result<HttpAnswer> &)> then)
    {
        HttpRequest request;
        request.url = url;
        request.headers = {
            {"Accept", "text/html, application/feed+json, application/atom+xml, application/rss+xml, */*;q=0.5"}};
        whenDone(m_setting.http->exchange(request), this, std::move(then));
    }

    using ThenFeeds = std::function<void(const QList<Finding> &)>;

    /// The feeds of a page. One that is a feed itself is known by where it was asked for, unless it moved for good: a
    /// passing redirect may lead elsewhere tomorrow.
    void findFeedsAt(const HttpAnswer &answer, QUrl asked, ThenFeeds then)
    {
        asked.setFragment({});
        const auto look = [answer] { return Result<QList<Finding>>(findFeeds(answer)); };
        whenDone(readAside<QList<Finding>>(answer.body, look), this,
                 [answer, asked, then = std::move(then)](const Result<QList<Finding>> &read) {
                     QList<Finding> found = read.value_or(QList<Finding>());
                     for (Finding &finding : found) {
                         if (answer.movedTo.isEmpty() && finding.address == answer.url.toString(QUrl::FullyEncoded))
                             finding.address = asked.toString(QUrl::FullyEncoded);
                     }
                     then(found);
                 });
    }

    /// Whether there is any point in trying other addresses of a site that answered so.
    [[nodiscard]] bool mayTryMore() const
    {
        return m_page.url.isValid() && (m_page.status < 400 || m_page.status == 404 || m_page.status == 410);
    }

    void onPage(const Result<HttpAnswer> &answer)
    {
        if (!answer) {
            m_failure = answer.error();
            askMastodon();
            return;
        }
        m_page = *answer;
        if (answer->status < 200 || answer->status > 299) {
            m_failure = errorOf(*answer, m_setting.clock->now());
            askWordPress();
            return;
        }
        findFeedsAt(*answer, pageOf(m_address), [this](const QList<Finding> &found) {
            m_findings += found;
            askWordPress();
        });
    }

    void askWordPress()
    {
        // A site's own address may mean whoever signs in there; one that its page names is meant rather.
        const auto named = parseMastodonAddress(m_address);
        if (!named || named->kind == MastodonAddress::Kind::server)
            m_profile = profileIn(m_page);
        whenDone(findWordPress(m_page, m_setting), this, [this](const Result<QList<Finding>> &found) {
            if (found)
                m_findings += *found;
            askMastodon();
        });
    }

    void askMastodon()
    {
        whenDone(findMastodon(m_profile.isEmpty() ? m_address : m_profile, m_setting), this,
                 [this](const Result<QList<Finding>> &found) {
                     if (found)
                         m_findings += *found;
                     else if (!m_failure)
                         m_failure = found.error();
                     askBluesky();
                 });
    }

    void askBluesky()
    {
        whenDone(findBluesky(m_address, m_findings.isEmpty(), m_setting), this,
                 [this](const Result<QList<Finding>> &found) {
                     if (found)
                         m_findings += *found;
                     else if (!m_failure)
                         m_failure = found.error();
                     if (m_findings.isEmpty() && mayTryMore())
                         m_likely = likelyFeedUrls(m_page.url);
                     tryLikely();
                 });
    }

    /// Sites that announce nothing often have a feed at one of the usual places.
    void tryLikely()
    {
        if (!m_findings.isEmpty() || m_likely.isEmpty() || m_tried++ >= mostLikelyTried) {
            end();
            return;
        }
        const QUrl likely = m_likely.takeFirst();
        fetch(likely, [this, likely](const Result<HttpAnswer> &answer) {
            if (!answer || answer->status != 200) {
                tryLikely();
                return;
            }
            findFeedsAt(*answer, likely, [this](const QList<Finding> &found) {
                m_findings += found;
                tryLikely();
            });
        });
    }

    void end()
    {
        dropRepeated();
        markBest();
        if (m_findings.isEmpty() && m_failure)
            m_pending->end(tl::unexpected(*m_failure));
        else if (m_findings.isEmpty() && parseMastodonAddress(m_address) && !pageOf(m_address).isValid())
            m_pending->end(fail(ErrorKind::notFound, QStringLiteral("nobody is found under %1").arg(m_address)));
        else if (m_findings.isEmpty() && !pageOf(m_address).isValid())
            m_pending->end(fail(ErrorKind::invalid, QStringLiteral("this is not an address")));
        else
            m_pending->end(m_findings);
        deleteLater();
    }

    /// The same address found twice (a comments feed that the page names and WordPress names as well).
    void dropRepeated()
    {
        QList<Finding> unique;
        for (const Finding &finding : std::as_const(m_findings)) {
            const auto same = std::find_if(unique.begin(), unique.end(), [&finding](const Finding &other) {
                // An account may be answered for or only listened to.
                return other.network == finding.network && other.address == finding.address &&
                       other.canAnswer == finding.canAnswer;
            });
            if (same == unique.end())
                unique.append(finding);
            else if (same->sameAs.isEmpty())
                same->sameAs = finding.sameAs;
        }
        m_findings = unique;
    }

    /// What can answer comes first; the first of all is the best.
    void markBest()
    {
        const auto worth = [](const Finding &finding) {
            return (finding.canModerate ? 4 : 0) + (finding.canAnswer ? 2 : 0) + (finding.isBest ? 1 : 0);
        };
        std::stable_sort(m_findings.begin(), m_findings.end(),
                         [worth](const Finding &a, const Finding &b) { return worth(a) > worth(b); });
        for (qsizetype i = 0; i < m_findings.size(); ++i)
            m_findings[i].isBest = i == 0;
    }

    QString m_address;
    QString m_profile; ///< whose account's page that is
    NetworkSetting m_setting;
    std::shared_ptr<Pending<QList<Finding>>> m_pending = Pending<QList<Finding>>::create();
    QList<Finding> m_findings;
    std::optional<Error> m_failure;
    HttpAnswer m_page;
    QList<QUrl> m_likely;
    int m_tried = 0;
};

} // namespace

QFuture<Result<QList<Finding>>> discover(const QString &address, const NetworkSetting &setting)
{
    return (new Discovery(address.trimmed(), setting))->start();
}

} // namespace Earshot
