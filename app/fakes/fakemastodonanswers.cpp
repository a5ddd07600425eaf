// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakemastodon.h"

#include "fakes/requestparts.h"
#include "networks/browsersignin.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace Earshot {

namespace {

Visibility visibilityFrom(const QString &word)
{
    if (word == QLatin1StringView("unlisted"))
        return Visibility::unlisted;
    if (word == QLatin1StringView("private"))
        return Visibility::followers;
    return word == QLatin1StringView("direct") ? Visibility::direct : Visibility::everyone;
}

QString partOfForm(const QByteArray &body, const QByteArray &name)
{
    const qsizetype at = body.indexOf(QByteArray("name=\"" + name + '"'));
    const qsizetype from = at < 0 ? -1 : body.indexOf("\r\n\r\n", at);
    return from < 0 ? QString() : QString::fromUtf8(body.mid(from + 4, body.indexOf("\r\n--", from) - from - 4));
}

} // namespace

HttpAnswer FakeMastodon::answerJson(int status, const QJsonValue &body) const
{
    HttpAnswer answer;
    answer.status = status;
    answer.headers.insert("content-type", "application/json");
    const QJsonDocument document = body.isArray() ? QJsonDocument(body.toArray()) : QJsonDocument(body.toObject());
    answer.body = document.toJson(QJsonDocument::Compact);
    return answer;
}

HttpAnswer FakeMastodon::answerError(int status, const QString &text) const
{
    HttpAnswer answer = answerJson(status, QJsonObject{{QStringLiteral("error"), text}});
    if (m_dialect == Dialect::snac)
        answer.body = status == 401 ? QByteArray() : "<h1>" + QByteArray::number(status) + "</h1>";
    return answer;
}

HttpAnswer FakeMastodon::missing() const
{
    return answerError(404, QStringLiteral("Record not found"));
}

HttpAnswer FakeMastodon::answer(const HttpRequest &request)
{
    if (m_meanwhile)
        m_meanwhile(request);
    Call call;
    call.method = request.method;
    call.url = request.url;
    const QList<QByteArray> parts = request.url.path(QUrl::FullyEncoded).toLatin1().split('/');
    for (const QByteArray &part : parts)
        call.path.append(QUrl::fromPercentEncoding(part));
    call.query = formFrom(request.url.query(QUrl::FullyEncoded).toLatin1());
    call.key = headerOf(request, "Idempotency-Key");
    const bool isJson = headerOf(request, "Content-Type").startsWith("application/json");
    if (isJson)
        call.body = QJsonDocument::fromJson(request.body).object();
    else
        call.form = formFrom(request.body);

    const QByteArray token = request.authorization.reveal();
    if (!token.isEmpty()) {
        for (const Person &person : std::as_const(m_people)) {
            if (token == "Bearer " + tokenOf(person.name) && !m_revoked.contains(person.name))
                call.viewer = person.name;
        }
        if (call.viewer.isEmpty())
            return answerError(401, QStringLiteral("The access token is invalid"));
    }
    if (!m_forbidden.isEmpty() && request.url.path().contains(m_forbidden))
        return answerError(403, QStringLiteral("This action is outside the authorized scopes"));

    HttpAnswer answer;
    if (m_remaining == 0)
        answer = answerError(429, QStringLiteral("Too many requests"));
    else
        answer = route(call, request);
    if (m_remaining > 0)
        --m_remaining;
    if (m_remaining >= 0) {
        answer.headers.insert("x-ratelimit-remaining", QByteArray::number(m_remaining));
        answer.headers.insert("x-ratelimit-reset", toIso(m_reset).toLatin1());
    }
    if (m_tellsDate)
        answer.headers.insert(
            "date",
            QLocale::c().toString(toDateTime(m_now), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toLatin1());
    answer.url = request.url;
    return answer;
}

HttpAnswer FakeMastodon::route(const Call &call, const HttpRequest &request)
{
    const QString path = call.url.path(QUrl::FullyEncoded);
    const bool isSignedIn = !call.viewer.isEmpty();
    if (path == QLatin1StringView("/api/v2/instance"))
        return m_dialect == Dialect::snac ? missing() : answerJson(200, instance(true));
    if (path == QLatin1StringView("/api/v1/instance"))
        return answerJson(200, instance(false));
    if (path == QLatin1StringView("/api/v1/apps") || path.startsWith(QLatin1StringView("/oauth/")))
        return onOauth(call);
    if (path == QLatin1StringView("/api/v1/notifications"))
        return isSignedIn ? notifications(call) : answerError(401, QStringLiteral("Unauthorized"));
    if (path == QLatin1StringView("/api/v2/notifications/policy") || path.endsWith(QLatin1StringView("/filters")))
        return isSignedIn ? onSettings(path) : answerError(401, QStringLiteral("Unauthorized"));
    if (path.startsWith(QLatin1StringView("/api/v1/timelines/tag/"))) {
        const QString tag = call.path.value(5).toLower();
        return timeline(call, [&](const Post &post) { return tagsIn(post.text).contains(tag); });
    }
    if (path == QLatin1StringView("/api/v1/timelines/public"))
        return timeline(call, [](const Post &) { return true; });
    const QString area = call.path.value(3);
    if (area == QLatin1StringView("accounts"))
        return onAccounts(call);
    if (area == QLatin1StringView("statuses"))
        return onStatuses(call, request);
    if (area == QLatin1StringView("media"))
        return isSignedIn ? onMedia(call, request) : answerError(401, QStringLiteral("Unauthorized"));
    return missing();
}

HttpAnswer FakeMastodon::page(const Call &call, const QList<Line> &lines, bool isNotifications) const
{
    const bool isHolloWay = m_dialect == Dialect::hollo && isNotifications;
    const qsizetype limit = std::clamp(item(call.query, "limit").toInt(), 1, m_largestPage);
    const QString maxId = isHolloWay ? QString() : item(call.query, "max_id");
    const int below = maxId.isEmpty() ? m_serial + 1 : m_serialOf.value(maxId, 0);
    const QString olderThan = item(call.query, "older_than");
    QJsonArray array;
    Line last;
    bool hasMore = false;
    for (const Line &line : lines) {
        if (m_serialOf.value(line.id) >= below || (!olderThan.isEmpty() && toIso(line.createdAt) >= olderThan))
            continue;
        if (array.size() == limit) {
            hasMore = true;
            break;
        }
        array.append(line.json());
        last = line;
    }
    HttpAnswer answer = answerJson(200, array);
    const bool hasLinks = !(m_dialect == Dialect::snac && isNotifications);
    // GoToSocial links on from every page that holds something, others only where more follows.
    if (hasLinks && (hasMore || (m_dialect == Dialect::goToSocial && !array.isEmpty()))) {
        QUrl next(call.url);
        QUrlQuery query(call.url);
        query.removeAllQueryItems(QStringLiteral("max_id"));
        query.removeAllQueryItems(QStringLiteral("older_than"));
        QString text = query.toString(QUrl::FullyEncoded);
        text += isHolloWay ? QLatin1StringView("&older_than=") +
                                 QString::fromLatin1(QUrl::toPercentEncoding(toIso(last.createdAt)))
                           : QLatin1StringView("&max_id=") + QString::fromLatin1(QUrl::toPercentEncoding(last.id));
        next.setQuery(text);
        answer.headers.insert("link",
                              '<' + next.toEncoded() + ">; rel=\"next\", <" + call.url.toEncoded() + ">; rel=\"prev\"");
    }
    return answer;
}

HttpAnswer FakeMastodon::notifications(const Call &call) const
{
    const QStringList types = call.query.allQueryItemValues(QStringLiteral("types[]"), QUrl::FullyDecoded) +
                              call.query.allQueryItemValues(QStringLiteral("types%5B%5D"), QUrl::FullyDecoded);
    QList<Line> lines;
    const bool isFiltered = m_policy.values().contains(QStringLiteral("filter")) &&
                            item(call.query, "include_filtered") != QLatin1StringView("true");
    for (auto it = m_notifications.crbegin(); it != m_notifications.crend() && !isFiltered; ++it) {
        if (it->to != call.viewer || (!types.isEmpty() && !types.contains(it->type)))
            continue;
        const Post *post = find(it->postId);
        if (!post)
            continue;
        const auto json = [this, it, post, &call] {
            return QJsonObject{{QStringLiteral("id"), it->id},
                               {QStringLiteral("type"), it->type},
                               {QStringLiteral("created_at"), toIso(it->createdAt)},
                               {QStringLiteral("account"), accountJson(it->from)},
                               {QStringLiteral("status"), statusJson(*post, call.viewer)}};
        };
        lines.append({.id = it->id, .json = json, .createdAt = it->createdAt});
    }
    return page(call, lines, true);
}

HttpAnswer FakeMastodon::context(const Post &post, const QString &viewer)
{
    HttpAnswer answer = answerJson(200, contextJson(post, viewer));
    if (m_fetching > 0) {
        answer.headers.insert("mastodon-async-refresh", "id=\"ImNvbnRleHQ6MTEz\", retry=0, result_count=2");
        if (--m_fetching == 0 && m_arrival)
            std::exchange(m_arrival, {})();
    }
    return answer;
}

HttpAnswer FakeMastodon::onSettings(const QString &path) const
{
    if (path.endsWith(QLatin1StringView("/policy"))) {
        if (m_dialect != Dialect::mastodon || !m_filters.isEmpty())
            return missing();
        QJsonObject policy{{QStringLiteral("summary"), QJsonObject{{QStringLiteral("pending_requests_count"), 0}}}};
        for (const char *rule : {"for_not_following", "for_not_followers", "for_new_accounts", "for_private_mentions",
                                 "for_limited_accounts"})
            policy.insert(QString::fromLatin1(rule),
                          m_policy.value(QString::fromLatin1(rule), QStringLiteral("accept")));
        return answerJson(200, policy);
    }
    const bool isV2 = path == QLatin1StringView("/api/v2/filters");
    if (m_dialect == Dialect::hollo || (isV2 && m_dialect == Dialect::snac))
        return missing();
    QJsonArray filters;
    for (const QJsonObject &filter : m_filters)
        filters.append(filter);
    return answerJson(200, filters);
}

HttpAnswer FakeMastodon::timeline(const Call &call, const std::function<bool(const Post &)> &wants) const
{
    QList<Line> lines;
    for (auto it = m_posts.crbegin(); it != m_posts.crend(); ++it) {
        if (!it->isDeleted && it->manner.visibility == Visibility::everyone && wants(*it))
            lines.append({.id = it->id,
                          .json = [this, it, &call] { return statusJson(*it, call.viewer); },
                          .createdAt = it->createdAt});
    }
    return page(call, lines, false);
}

HttpAnswer FakeMastodon::onAccounts(const Call &call)
{
    const QString what = call.path.value(4);
    if (what == QLatin1StringView("verify_credentials"))
        return call.viewer.isEmpty() ? answerError(401, QStringLiteral("Unauthorized"))
                                     : answerJson(200, accountJson(call.viewer));
    if (what == QLatin1StringView("lookup")) {
        QString name = item(call.query, "acct");
        if (name.endsWith(QLatin1Char('@') + m_host))
            name.chop(m_host.size() + 1);
        const QJsonObject account = accountJson(name);
        return account.isEmpty() ? missing() : answerJson(200, account);
    }
    if (call.path.value(5) != QLatin1StringView("statuses"))
        return missing();
    QList<Line> lines;
    for (auto it = m_posts.crbegin(); it != m_posts.crend(); ++it) {
        if (idOf(it->author) == what && isVisible(*it, call.viewer))
            lines.append({.id = it->id,
                          .json = [this, it, &call] { return statusJson(*it, call.viewer); },
                          .createdAt = it->createdAt});
    }
    return page(call, lines, false);
}

HttpAnswer FakeMastodon::onStatuses(const Call &call, const HttpRequest &request)
{
    Q_UNUSED(request)
    const QString id = call.path.value(4);
    if (id.isEmpty() && call.method == "POST")
        return call.viewer.isEmpty() ? answerError(401, QStringLiteral("Unauthorized")) : publish(call);
    if (id.isEmpty()) {
        if (m_dialect != Dialect::mastodon)
            return answerError(m_dialect == Dialect::goToSocial ? 405 : 404, QStringLiteral("method not allowed"));
        QJsonArray found;
        const QStringList ids = call.query.allQueryItemValues(QStringLiteral("id[]"), QUrl::FullyDecoded) +
                                call.query.allQueryItemValues(QStringLiteral("id%5B%5D"), QUrl::FullyDecoded);
        for (const QString &one : ids.first(std::min<qsizetype>(20, ids.size()))) {
            const Post *post = find(one);
            if (post && isVisible(*post, call.viewer))
                found.append(statusJson(*post, call.viewer));
        }
        return answerJson(200, found);
    }
    Post *post = find(id);
    if (!post || !isVisible(*post, call.viewer))
        return missing();
    const QString verb = call.path.value(5);
    if (verb == QLatin1StringView("context"))
        return context(*post, call.viewer);
    if (call.method == "GET")
        return answerJson(200, statusJson(*post, call.viewer));
    if (call.viewer.isEmpty())
        return answerError(401, QStringLiteral("Unauthorized"));
    if (call.method == "DELETE") {
        const QJsonObject json = statusJson(*post, call.viewer);
        if (post->author != call.viewer)
            return missing();
        remove(id);
        return answerJson(200, json);
    }
    return react(call, *post);
}

HttpAnswer FakeMastodon::react(const Call &call, Post &post)
{
    const QString verb = call.path.value(5);
    if (verb == QLatin1StringView("favourite")) {
        if (m_dialect == Dialect::hollo && post.likedBy.contains(call.viewer))
            return missing();
        post.likedBy.insert(call.viewer);
    } else if (verb == QLatin1StringView("unfavourite")) {
        post.likedBy.remove(call.viewer);
    } else if (verb == QLatin1StringView("reblog")) {
        // GoToSocial makes a second boost.
        if (m_dialect == Dialect::goToSocial || !post.boostedBy.contains(call.viewer))
            post.boostedBy.append(call.viewer);
    } else if (verb == QLatin1StringView("unreblog")) {
        post.boostedBy.removeAll(call.viewer);
    } else {
        return missing();
    }
    return answerJson(200, statusJson(post, call.viewer));
}

HttpAnswer FakeMastodon::publish(const Call &call)
{
    const QString keyOfViewer = call.viewer + QLatin1Char(' ') + QString::fromUtf8(call.key);
    if (m_honoursKeys && !call.key.isEmpty() && m_postOfKey.contains(keyOfViewer)) {
        if (const Post *post = find(m_postOfKey.value(keyOfViewer)))
            return answerJson(200, statusJson(*post, call.viewer));
    }
    const auto field = [&](const char *name) {
        // Hollo takes a form for no fields at all and publishes an empty post.
        const QString inForm = m_dialect == Dialect::hollo ? QString() : item(call.form, name);
        return call.body.isEmpty() ? inForm : call.body.value(QLatin1StringView(name)).toString();
    };
    const QString parent = field("in_reply_to_id");
    if (!parent.isEmpty() && !find(parent))
        return m_dialect == Dialect::hollo ? answerError(500, {}) : missing();
    const QString text = field("status");
    if (text.size() > m_maxCharacters)
        return m_dialect == Dialect::goToSocial
                   ? answerError(400, QStringLiteral("Bad Request: text with spoiler exceed max chars (500)"))
                   : answerError(422, QStringLiteral("Validation failed: Text character limit of 500 exceeded"));
    QStringList media;
    const QJsonArray mediaIds = call.body.value(QLatin1StringView("media_ids")).toArray();
    for (const QJsonValue &id : mediaIds) {
        if (m_media.value(id.toString()).pollsLeft > 0)
            return answerError(422, QStringLiteral("Cannot attach files that have not finished processing"));
        media.append(id.toString());
    }
    Manner manner;
    manner.visibility = visibilityFrom(field("visibility"));
    manner.inReplyTo = parent;
    manner.contentWarning = field("spoiler_text");
    if (!field("language").isEmpty())
        manner.language = field("language");
    const QString id = post(call.viewer, text, manner);
    Post *made = find(id);
    made->media = media;
    m_postOfKey.insert(keyOfViewer, id);
    return answerJson(200, statusJson(*made, call.viewer));
}

HttpAnswer FakeMastodon::onMedia(const Call &call, const HttpRequest &request)
{
    const auto json = [this](const QString &id) {
        const Medium medium = m_media.value(id);
        const QJsonValue url = medium.pollsLeft > 0
                                   ? QJsonValue(QJsonValue::Null)
                                   : QJsonValue(QStringLiteral("https://%1/media/%2.png").arg(m_host, id));
        return QJsonObject{{QStringLiteral("id"), id},
                           {QStringLiteral("type"), QStringLiteral("image")},
                           {QStringLiteral("url"), url},
                           {QStringLiteral("description"), medium.description}};
    };
    if (call.method == "POST" && request.body.size() > m_largestUpload)
        return answerError(413, QStringLiteral("Payload Too Large"));
    if (call.method == "POST") {
        const QString id = makeId();
        m_media.insert(id,
                       {.type = {}, .description = partOfForm(request.body, "description"), .pollsLeft = m_mediaDelay});
        return answerJson(m_mediaDelay > 0 ? 202 : 200, json(id));
    }
    const auto medium = m_media.find(call.path.value(4));
    if (medium == m_media.end())
        return missing();
    medium->pollsLeft = std::max(0, medium->pollsLeft - 1);
    return answerJson(medium->pollsLeft > 0 ? 206 : 200, json(medium.key()));
}

HttpAnswer FakeMastodon::onOauth(const Call &call)
{
    const QString path = call.url.path();
    if (path == QLatin1StringView("/api/v1/apps")) {
        const App app{
            .secret = makeId(), .redirectUri = item(call.form, "redirect_uris"), .scopes = item(call.form, "scopes")};
        if (app.redirectUri.isEmpty())
            return answerError(422, QStringLiteral("Validation failed: Redirect URI can't be blank"));
        const QString id = makeId();
        m_apps.insert(id, app);
        return answerJson(
            200, QJsonObject{{QStringLiteral("client_id"), id}, {QStringLiteral("client_secret"), app.secret}});
    }
    if (path != QLatin1StringView("/oauth/token"))
        return missing();
    const Grant grant = m_grants.take(item(call.form, "code"));
    const App app = m_apps.value(item(call.form, "client_id"));
    const bool checksProof = m_dialect == Dialect::mastodon || m_dialect == Dialect::hollo;
    const bool isProven = !checksProof || challengeFor(item(call.form, "code_verifier").toUtf8()) == grant.challenge;
    if (grant.person.isEmpty() || grant.clientId != item(call.form, "client_id") || !isProven ||
        item(call.form, "redirect_uri") != app.redirectUri)
        return answerError(400, QStringLiteral("invalid_grant"));
    if (item(call.form, "client_secret") != app.secret)
        return answerError(401, QStringLiteral("invalid_client"));
    return answerJson(200, QJsonObject{{QStringLiteral("access_token"), QString::fromUtf8(tokenOf(grant.person))},
                                       {QStringLiteral("token_type"), QStringLiteral("Bearer")}});
}

QString FakeMastodon::codeFor(const QUrl &page, const QString &person)
{
    const QUrlQuery query = formFrom(page.query(QUrl::FullyEncoded).toLatin1());
    const QString clientId = item(query, "client_id");
    const App app = m_apps.value(clientId);
    if (app.redirectUri != item(query, "redirect_uri") || app.scopes != item(query, "scope"))
        return {};
    const QString code = makeId();
    m_grants.insert(code,
                    {.person = person, .clientId = clientId, .challenge = item(query, "code_challenge").toLatin1()});
    return code;
}

QUrl FakeMastodon::decideInBrowser(const QUrl &page, const QString &person, bool isAllowed)
{
    const QUrlQuery query = formFrom(page.query(QUrl::FullyEncoded).toLatin1());
    QUrl back(item(query, "redirect_uri"));
    QUrlQuery answer;
    if (isAllowed) {
        answer.addQueryItem(QStringLiteral("code"), codeFor(page, person));
        answer.addQueryItem(QStringLiteral("state"), item(query, "state"));
    } else {
        answer.addQueryItem(QStringLiteral("error"), QStringLiteral("access_denied"));
        // Hollo leaves the state out of a denial.
        if (m_dialect != Dialect::hollo)
            answer.addQueryItem(QStringLiteral("state"), item(query, "state"));
    }
    back.setQuery(answer);
    return back;
}

} // namespace Earshot
