// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/wordpresssite.h"

#include "networks/aside.h"
#include "networks/wordpresscomment.h"

#include <algorithm>

namespace Earshot {

namespace {

Secret basic(const ChannelAccess &access)
{
    const QByteArray pair = access.user.toUtf8() + ':' + access.secret.reveal();
    return Secret("Basic " + pair.toBase64());
}

QString noAddress()
{
    return QStringLiteral("the channel's address is no http(s) address");
}

} // namespace

WordPressSite::WordPressSite(ChannelAccess access, NetworkSetting setting, QObject *parent)
    : QObject(parent)
    , m_access(std::move(access))
    , m_setting(setting)
    , m_base(wordPressBase(m_access.address))
    , m_user(userIdOf(m_access.accountId))
{
}

void WordPressSite::get(const QString &route, RestQuery query, Then then)
{
    const QString context = QStringLiteral("context");
    const bool hasContext =
        std::any_of(query.cbegin(), query.cend(), [&](const auto &i) { return i.first == context; });
    if (isSignedIn() && !hasContext)
        query.prepend({context, QStringLiteral("edit")});
    withRoot([this, route, query = std::move(query), then = std::move(then)](const Result<QUrl> &root) {
        if (!root)
            return then(tl::unexpected<Error>(root.error()));
        read(restUrl(*root, route, query), then);
    });
}

void WordPressSite::getIndex(Then then)
{
    withRoot([this, then = std::move(then)](const Result<QUrl> &root) {
        if (!root)
            return then(tl::unexpected<Error>(root.error()));
        read(restUrl(*root, QStringLiteral("/")), then);
    });
}

void WordPressSite::read(const QUrl &url, Then then)
{
    HttpRequest request;
    request.url = url;
    send(std::move(request), [this, then = std::move(then)](const Result<HttpAnswer> &answer) {
        if (!answer)
            return then(tl::unexpected<Error>(answer.error()));
        whenParsed(answer->body, restJson, this, [this, answer = *answer, then](const QJsonDocument &json) {
            then(understandRest(answer, json, now()));
        });
    });
}

void WordPressSite::post(const QString &route, const QJsonObject &body, ThenHttp then)
{
    withRoot([this, route, body, then = std::move(then)](const Result<QUrl> &root) {
        if (!root)
            return then(tl::unexpected<Error>(root.error()));
        HttpRequest request;
        request.method = "POST";
        request.url = restUrl(*root, route);
        request.headers.emplaceBack("Content-Type", "application/json");
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
        request.hasEffect = true;
        send(std::move(request), then);
    });
}

void WordPressSite::withUser(ThenUser then)
{
    if (!isSignedIn())
        return then(0);
    if (m_user > 0)
        return then(m_user);
    get(QStringLiteral("/wp/v2/users/me"), {{QStringLiteral("_fields"), QStringLiteral("id")}},
        [this, then = std::move(then)](const Result<RestAnswer> &answer) {
            if (!answer)
                return then(tl::unexpected<Error>(answer.error()));
            const qint64 user = answer->json.object().value(QStringLiteral("id")).toInteger();
            if (user <= 0)
                return then(fail(ErrorKind::malformed, QStringLiteral("users/me has no id")));
            m_user = user;
            then(user);
        });
}

void WordPressSite::withRoot(ThenRoot then)
{
    if (m_root.isValid())
        return then(m_root);
    if (m_base.isEmpty())
        return then(fail(ErrorKind::invalid, noAddress()));
    m_waiting.push_back(std::move(then));
    if (m_waiting.size() == 1)
        learnRoot();
}

void WordPressSite::learnRoot()
{
    HttpRequest request;
    request.url = m_base;
    whenDone(m_setting.http->exchange(std::move(request)), this, [this](const Result<HttpAnswer> &page) {
        if (!page)
            return rootLearnt(tl::unexpected<Error>(page.error()));
        const QUrl root = restRootOf(*page);
        if (root.isValid() && isStrange(root, page->url))
            return rootLearnt(
                fail(ErrorKind::malformed, QStringLiteral("the REST interface is elsewhere: ") + root.toString()));
        if (root.isValid())
            return rootLearnt(root);
        const bool isAnswer = page->status >= 200 && page->status < 500 && page->status != 429;
        const Error whenNone =
            isAnswer ? Error{ErrorKind::malformed, QStringLiteral("no WordPress REST interface found"), {}}
                     : restErrorOf(*page, now());
        if (!isAnswer)
            return rootLearnt(tl::unexpected<Error>(whenNone));
        // Themes and security plugins take the links away; the interface may be there all the same.
        const QUrl home = wordPressBase(page->url.toString());
        QUrl plain = home;
        plain.setQuery(QStringLiteral("rest_route=/"));
        tryRoots({home.resolved(QUrl(QStringLiteral("wp-json/"))), plain}, whenNone);
    });
}

void WordPressSite::tryRoots(QList<QUrl> candidates, Error whenNone)
{
    if (candidates.isEmpty())
        return rootLearnt(tl::unexpected<Error>(whenNone));
    const QUrl candidate = candidates.takeFirst();
    HttpRequest request;
    request.url = restUrl(candidate, QStringLiteral("/"));
    whenDone(m_setting.http->exchange(std::move(request)), this,
             [this, candidate, candidates, whenNone](const Result<HttpAnswer> &answer) {
                 if (!answer)
                     return rootLearnt(tl::unexpected<Error>(answer.error()));
                 if (answer->status >= 500)
                     return rootLearnt(tl::unexpected<Error>(restErrorOf(*answer, now())));
                 if (isClosedToVisitors(*answer) || (answer->status == 200 && isRestIndex(restJson(answer->body))))
                     return rootLearnt(candidate);
                 tryRoots(candidates, whenNone);
             });
}

void WordPressSite::rootLearnt(const Result<QUrl> &root)
{
    if (root)
        m_root = *root;
    const std::vector<ThenRoot> waiting = std::exchange(m_waiting, {});
    for (const ThenRoot &then : waiting)
        then(root);
}

void WordPressSite::send(HttpRequest request, ThenHttp then)
{
    request.headers.emplaceBack("Accept", "application/json");
    if (isSignedIn())
        request.authorization = basic(m_access);
    whenDone(m_setting.http->exchange(std::move(request)), this,
             [this, then = std::move(then)](const Result<HttpAnswer> &answer) {
                 if (answer)
                     forgetRootIfMoved(*answer);
                 then(answer);
             });
}

bool WordPressSite::isStrange(const QUrl &root, const QUrl &page) const
{
    if (!isSignedIn())
        return false;
    const bool isDowngrade = page.scheme() == QLatin1StringView("https") && root.scheme() != page.scheme();
    return isDowngrade || (bareHost(root) != bareHost(page) && bareHost(root) != bareHost(m_base));
}

void WordPressSite::forgetRootIfMoved(const HttpAnswer &answer)
{
    // The site changed its links (or its address) while we ran: no route of ours answers with anything else than
    // these, so that the next call asks the site again where the interface lives.
    const bool isRedirect = answer.status >= 300 && answer.status < 400;
    const QString code = answer.status == 404 ? restErrorCode(answer) : QString();
    const bool isNoRoute = answer.status == 404 && (code.isEmpty() || code == QLatin1StringView("rest_no_route"));
    if (isRedirect || isNoRoute)
        m_root.clear();
}

} // namespace Earshot
