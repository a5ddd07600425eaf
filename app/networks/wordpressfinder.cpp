// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/wordpressfinder.h"

#include "model/future.h"
#include "model/htmltext.h"
#include "networks/wordpressrest.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

namespace Earshot {

namespace {

using Findings = QList<Finding>;

/// Asks the possible roots for their index, one after another; owns itself until it has ended.
class Search final : public QObject
{
public:
    Search(QList<QUrl> roots, QUrl page, NetworkSetting setting)
        : m_roots(std::move(roots))
        , m_page(std::move(page))
        , m_setting(setting)
        , m_pending(Pending<Findings>::create())
    {
    }

    [[nodiscard]] QFuture<Result<Findings>> start()
    {
        const QFuture<Result<Findings>> future = m_pending->future();
        askNext();
        return future;
    }

private:
    void askNext();
    void onIndex(const QUrl &root, const Result<HttpAnswer> &answer);
    void end(Result<Findings> result);

    QList<QUrl> m_roots;
    const QUrl m_page;
    const NetworkSetting m_setting;
    const std::shared_ptr<Pending<Findings>> m_pending;
};

bool hasGenerator(const HttpAnswer &page)
{
    static const QRegularExpression generator(QStringLiteral(R"(<meta\b[^>]{0,500}\bcontent\s*=\s*["']WordPress\b)"),
                                              QRegularExpression::CaseInsensitiveOption);
    return generator.match(QString::fromUtf8(page.body.left(512 * 1024))).hasMatch();
}

/// Where the interface lives on sites that took the link away, for a page at the site's own address.
QList<QUrl> guessedRoots(const QUrl &page)
{
    const QUrl home = page.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
    const QUrl top = home.resolved(QUrl(QStringLiteral("/")));
    QUrl plain = top;
    plain.setQuery(QStringLiteral("rest_route=/"));
    return {top.resolved(QUrl(QStringLiteral("wp-json/"))), plain};
}

/// The address of the feed of all comments, with pretty links or without.
QString commentsFeed(const QUrl &home, const QUrl &root)
{
    QUrl feed = home;
    if (root.hasQuery())
        feed.setQuery(QStringLiteral("feed=comments-rss2"));
    else
        feed = home.resolved(QUrl(QStringLiteral("comments/feed/")));
    return feed.toString(QUrl::FullyEncoded);
}

/// @param index empty: it is shown to nobody who is not signed in
Finding findingOf(const QJsonObject &index, const QUrl &root, const QUrl &page)
{
    QUrl home = wordPressBase(index.value(QStringLiteral("home")).toString());
    // The index is the site's word; it must not send a person's password to another host.
    const bool isElsewhere = bareHost(root) != bareHost(page);
    if (home.isEmpty() || home.host() != page.host())
        home = wordPressBase((isElsewhere ? page : root).resolved(QUrl(QStringLiteral("/"))).toString());
    // An interface on a host of its own (WordPress.com) can be read, but no password goes there.
    const bool hasPasswords =
        (index.isEmpty() ||
         index.value(QStringLiteral("authentication")).toObject().contains(QStringLiteral("application-passwords"))) &&
        !isElsewhere;
    Finding finding;
    finding.network = Network::wordpress;
    finding.address = home.toString(QUrl::FullyEncoded);
    finding.name = cleanLine(decodeEntities(index.value(QStringLiteral("name")).toString()));
    if (finding.name.isEmpty())
        finding.name = home.host();
    finding.what = QStringLiteral("comments");
    finding.canAnswer = hasPasswords;
    finding.canModerate = hasPasswords;
    finding.needsUser = hasPasswords;
    finding.needsPassword = hasPasswords;
    finding.isBest = true;
    finding.sameAs = commentsFeed(home, root);
    return finding;
}

void Search::askNext()
{
    if (m_roots.isEmpty())
        return end(Findings());
    const QUrl root = m_roots.takeFirst();
    HttpRequest request;
    request.url = restUrl(root, QStringLiteral("/"));
    request.headers.emplaceBack("Accept", "application/json");
    whenDone(m_setting.http->exchange(std::move(request)), this,
             [this, root](const Result<HttpAnswer> &answer) { onIndex(root, answer); });
}

void Search::onIndex(const QUrl &root, const Result<HttpAnswer> &answer)
{
    if (!answer)
        return end(tl::unexpected<Error>(answer.error()));
    if (answer->status >= 500 || answer->status == 429)
        return end(tl::unexpected<Error>(restErrorOf(*answer, m_setting.clock->now())));
    // Nobody but who is signed in may see even what there is: passwords are worth a try.
    if (isClosedToVisitors(*answer) && bareHost(root) == bareHost(m_page))
        return end(Findings{findingOf({}, root, m_page)});
    const QJsonDocument json = restJson(answer->body);
    if (answer->status != 200 || !isRestIndex(json))
        return askNext();
    end(Findings{findingOf(json.object(), root, m_page)});
}

void Search::end(Result<Findings> result)
{
    m_pending->end(std::move(result));
    deleteLater();
}

} // namespace

QFuture<Result<QList<Finding>>> findWordPress(const HttpAnswer &page, const NetworkSetting &setting)
{
    QList<QUrl> roots;
    if (const QUrl root = restRootOf(page); root.isValid())
        roots.append(root);
    else if (hasGenerator(page))
        roots = guessedRoots(page.url);
    // No parent: it ends with the transport's last answer, which comes in any case.
    auto *search = new Search(roots, page.url, setting);
    return search->start();
}

} // namespace Earshot
