// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakewordpress.h"

#include "networks/wordpressrest.h"

#include <algorithm>

namespace Earshot {

namespace {

HttpAnswer json(int status, const QJsonDocument &document)
{
    HttpAnswer answer;
    answer.status = status;
    answer.headers.insert("content-type", "application/json; charset=UTF-8");
    answer.body = document.toJson(QJsonDocument::Compact);
    return answer;
}

HttpAnswer json(int status, const QJsonObject &object)
{
    return json(status, QJsonDocument(object));
}

HttpAnswer refusal(int status, const char *code, const char *message = "Sorry, no.")
{
    return json(status, QJsonObject{{QStringLiteral("code"), QLatin1StringView(code)},
                                    {QStringLiteral("message"), QLatin1StringView(message)},
                                    {QStringLiteral("data"), QJsonObject{{QStringLiteral("status"), status}}}});
}

QList<qint64> numbers(const QString &list)
{
    QList<qint64> all;
    const QStringList parts = list.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts)
        all.append(part.toLongLong());
    return all;
}

/// What a status word makes of a comment; empty when WordPress does not know the word.
QString statusAfter(const FakeWordPressComment &comment, const QString &word)
{
    if (word == QLatin1StringView("approved") || word == QLatin1StringView("approve") || word == QLatin1StringView("1"))
        return QStringLiteral("approved");
    if (word == QLatin1StringView("hold") || word == QLatin1StringView("0"))
        return QStringLiteral("hold");
    if (word == QLatin1StringView("spam") || word == QLatin1StringView("trash"))
        return word;
    if (word == QLatin1StringView("unspam") || word == QLatin1StringView("untrash"))
        return comment.statusBefore.isEmpty() ? QStringLiteral("hold") : comment.statusBefore;
    return {};
}

} // namespace

FakeWordPress::FakeWordPress(QString host, const Clock &clock)
    : m_host(std::move(host))
    , m_clock(clock)
{
}

QString FakeWordPress::Call::value(const char *name) const
{
    return query.queryItemValue(QLatin1StringView(name), QUrl::FullyDecoded);
}

QUrl FakeWordPress::home() const
{
    return QUrl(QStringLiteral("https://%1/").arg(m_host));
}

QUrl FakeWordPress::root() const
{
    return home().resolved(QUrl(m_isPretty ? QStringLiteral("wp-json/") : QStringLiteral("index.php?rest_route=/")));
}

qint64 FakeWordPress::addUser(const QString &login, const QString &name, const QString &role, const QString &password)
{
    const qint64 id = ++m_lastId;
    m_users.insert(id, {id, login, name, role, password});
    return id;
}

qint64 FakeWordPress::addPost(const QString &title, const QString &type, bool isPublic)
{
    FakeWordPressPost post;
    post.id = ++m_lastId;
    post.title = title;
    post.type = type;
    post.slug = QStringLiteral("entry-%1").arg(post.id);
    post.isPublic = isPublic;
    post.createdAt = m_clock.now();
    m_posts.insert(post.id, post);
    return post.id;
}

qint64 FakeWordPress::store(FakeWordPressComment comment)
{
    comment.id = ++m_lastComment;
    comment.createdAt = m_clock.now();
    m_comments.insert(comment.id, comment);
    return comment.id;
}

qint64 FakeWordPress::visitorComment(qint64 post, const QString &name, const QString &text, qint64 parent)
{
    FakeWordPressComment comment;
    comment.post = post;
    comment.parent = parent;
    comment.name = name;
    comment.mail = name.toLower().remove(u' ') + QStringLiteral("@customer.test");
    comment.userAgent = QStringLiteral("Mozilla/5.0");
    comment.raw = storedText(text, false);
    comment.status = m_isModerated ? QStringLiteral("hold") : QStringLiteral("approved");
    return store(comment);
}

qint64 FakeWordPress::userComment(qint64 user, qint64 post, const QString &text, qint64 parent)
{
    FakeWordPressComment comment;
    comment.post = post;
    comment.parent = parent;
    comment.user = user;
    comment.name = m_users.value(user).name;
    comment.mail = m_users.value(user).login + QStringLiteral("@blog.test");
    comment.raw = storedText(text, true);
    return store(comment);
}

qint64 FakeWordPress::pingback(qint64 post, const QString &title, const QString &url)
{
    FakeWordPressComment comment;
    comment.post = post;
    comment.name = title;
    comment.url = url;
    comment.raw = QStringLiteral("[&#8230;] worth reading [&#8230;]");
    comment.type = QStringLiteral("pingback");
    return store(comment);
}

void FakeWordPress::setStatus(qint64 comment, const QString &statusWord)
{
    FakeWordPressComment &target = m_comments[comment];
    const QString next = statusAfter(target, statusWord);
    if (next.isEmpty() || next == target.status)
        return;
    target.statusBefore = target.status;
    target.status = next;
}

void FakeWordPress::remove(qint64 comment)
{
    const qint64 parent = m_comments.value(comment).parent;
    m_comments.remove(comment);
    for (FakeWordPressComment &other : m_comments)
        other.parent = other.parent == comment ? parent : other.parent;
}

HttpAnswer FakeWordPress::answer(const HttpRequest &request)
{
    if (m_isDown) {
        HttpAnswer down;
        down.status = 503;
        down.url = request.url;
        down.headers.insert("retry-after", "600");
        down.body = "Briefly unavailable for scheduled maintenance.";
        return down;
    }
    Call call;
    call.route = routeOf(request.url);
    if (call.route.isEmpty())
        return page(request.url);
    call.method = request.method;
    call.query = QUrlQuery(request.url);
    call.body = QJsonDocument::fromJson(request.body).object();
    call.user = userOf(request);
    call.wantsEdit = call.value("context") == QLatin1StringView("edit");
    const bool isShut = m_isClosed && !call.user;
    HttpAnswer answer = isShut ? refusal(401, "rest_login_required", "Only for members.") : route(call);
    answer.body = m_noise.first + answer.body + m_noise.second;
    answer.url = request.url;
    return answer;
}

QString FakeWordPress::routeOf(const QUrl &url) const
{
    const QUrlQuery query(url);
    if (query.hasQueryItem(QStringLiteral("rest_route")))
        return query.queryItemValue(QStringLiteral("rest_route"), QUrl::FullyDecoded);
    const QString prefix = QStringLiteral("/wp-json");
    return m_isPretty && url.path().startsWith(prefix + u'/') ? url.path().mid(prefix.size()) : QString();
}

const FakeWordPressUser *FakeWordPress::userOf(const HttpRequest &request) const
{
    const QByteArray pair = QByteArray::fromBase64(request.authorization.reveal().mid(6)); // "Basic "
    const QString login = QString::fromUtf8(pair.left(pair.indexOf(':')));
    const QString password = QString::fromUtf8(pair.mid(pair.indexOf(':') + 1)).remove(u' ');
    for (const FakeWordPressUser &user : m_users) {
        if (user.login == login && !user.password.isEmpty() && QString(user.password).remove(u' ') == password)
            return &user;
    }
    return nullptr;
}

HttpAnswer FakeWordPress::page(const QUrl &url) const
{
    HttpAnswer answer;
    const bool isHome = url.path() == QLatin1StringView("/") || url.path().isEmpty();
    const bool isPost = std::any_of(m_posts.cbegin(), m_posts.cend(), [&](const FakeWordPressPost &post) {
        return m_isPretty && url.path() == u'/' + post.slug + u'/';
    });
    answer.status = isHome || isPost ? 200 : 404;
    answer.url = url;
    answer.headers.insert("content-type", "text/html; charset=UTF-8");
    QByteArray head = "<meta name=\"generator\" content=\"WordPress 6.1.9\" />\n";
    if (m_isLinked) {
        const QByteArray target = root().toEncoded();
        answer.headers.insert("link", "<" + target + ">; rel=\"https://api.w.org/\"");
        head += "<link rel=\"https://api.w.org/\" href=\"" + target + "\" />\n";
    }
    answer.body = "<!DOCTYPE html><html><head>\n" + head + "</head><body></body></html>\n";
    return answer;
}

HttpAnswer FakeWordPress::route(const Call &call)
{
    const QStringList parts = call.route.split(u'/', Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return index();
    const QString name = parts.value(2);
    const qint64 id = parts.value(3).toLongLong();
    if (parts.value(0) != QLatin1StringView("wp") || parts.value(1) != QLatin1StringView("v2"))
        return refusal(404, "rest_no_route");
    if (name == QLatin1StringView("users"))
        return me(call);
    if (name == QLatin1StringView("comments")) {
        if (id > 0)
            return oneComment(call, id);
        return call.method == "POST" ? createComment(call) : listComments(call);
    }
    if (id > 0) {
        const FakeWordPressPost post = m_posts.value(id);
        if (post.restBase() != name || (!post.isPublic && !call.mayEdit()))
            return refusal(404, "rest_post_invalid_id");
        return json(200, onlyFields(postJson(post, home(), m_isPretty), call.value("_fields")));
    }
    return listPosts(call, name);
}

HttpAnswer FakeWordPress::index() const
{
    const QJsonObject endpoints{{QStringLiteral("authorization"),
                                 QString(home().toString() + QStringLiteral("wp-admin/authorize-application.php"))}};
    QJsonObject authentication;
    if (m_offersPasswords)
        authentication.insert(QStringLiteral("application-passwords"),
                              QJsonObject{{QStringLiteral("endpoints"), endpoints}});
    const QJsonArray namespaces{QStringLiteral("oembed/1.0"), QStringLiteral("wp/v2")};
    return json(200, QJsonObject{{QStringLiteral("name"), QStringLiteral("Lantern Coffee &amp; Tea")},
                                 {QStringLiteral("home"), home().toString(QUrl::StripTrailingSlash)},
                                 {QStringLiteral("namespaces"), namespaces},
                                 {QStringLiteral("authentication"), authentication}});
}

HttpAnswer FakeWordPress::me(const Call &call) const
{
    if (!call.user)
        return refusal(401, "rest_not_logged_in", "You are not currently logged in.");
    return json(200, onlyFields(userJson(*call.user, call.wantsEdit), call.value("_fields")));
}

bool FakeWordPress::isListed(const FakeWordPressComment &comment, const Call &call) const
{
    const QString status = call.value("status");
    const bool isHeld = comment.status == QLatin1StringView("hold");
    const bool isApproved = comment.status == QLatin1StringView("approved");
    const bool hasStatus = status == QLatin1StringView("any") || (status == QLatin1StringView("all") && isHeld) ||
                           (status.isEmpty() && isApproved) || (status == QLatin1StringView("all") && isApproved) ||
                           comment.status == status;
    const QString type = call.value("type").isEmpty() ? QStringLiteral("comment") : call.value("type");
    const bool hasType = type == QLatin1StringView("all") || comment.type == type;
    const auto isIn = [&call](const char *name, qint64 value) {
        return !call.query.hasQueryItem(QLatin1StringView(name)) || numbers(call.value(name)).contains(value);
    };
    return hasStatus && hasType && isIn("include", comment.id) && isIn("post", comment.post) &&
           isIn("parent", comment.parent) && isIn("author", comment.user);
}

HttpAnswer FakeWordPress::listComments(const Call &call) const
{
    const bool asksMore =
        !call.value("status").isEmpty() || !call.value("type").isEmpty() || !call.value("author").isEmpty();
    if (call.wantsEdit && !call.mayEdit())
        return refusal(call.user ? 403 : 401, "rest_forbidden_context", "Sorry, you are not allowed to edit comments.");
    if (asksMore && !call.mayEdit())
        return refusal(call.user ? 403 : 401, "rest_forbidden_param");
    const qint64 perPage = call.value("per_page").isEmpty() ? 10 : call.value("per_page").toLongLong();
    if (perPage < 1 || perPage > 100)
        return refusal(400, "rest_invalid_param", "Invalid parameter(s): per_page");
    QList<FakeWordPressComment> rows;
    for (const FakeWordPressComment &comment : m_comments) {
        if (isListed(comment, call))
            rows.prepend(comment); // newest number first: the map is in order
    }
    QJsonArray list;
    const qsizetype from = call.value("offset").toLongLong();
    for (qsizetype i = from; i < std::min<qsizetype>(rows.size(), from + perPage); ++i) {
        // Counted, but not shown: what stands under a private post.
        if (m_posts.value(rows.at(i).post).isPublic || call.mayEdit())
            list.append(onlyFields(toJson(rows.at(i), call.wantsEdit), call.value("_fields")));
    }
    HttpAnswer answer = json(200, QJsonDocument(list));
    if (m_hasTotals)
        answer.headers.insert("x-wp-total", QByteArray::number(rows.size()));
    return answer;
}

HttpAnswer FakeWordPress::oneComment(const Call &call, qint64 id)
{
    if (!m_comments.contains(id))
        return refusal(404, "rest_comment_invalid_id", "Invalid comment ID.");
    const bool changes = call.method != "GET";
    if ((changes || call.wantsEdit) && !call.mayEdit())
        return refusal(call.user ? 403 : 401, changes ? "rest_cannot_edit" : "rest_forbidden_context");
    if (!call.mayEdit() && m_comments.value(id).status != QLatin1StringView("approved"))
        return refusal(401, "rest_cannot_read");
    if (changes)
        setStatus(id, call.body.value(QStringLiteral("status")).toString());
    return json(200, onlyFields(toJson(m_comments.value(id), call.wantsEdit || changes), call.value("_fields")));
}

bool FakeWordPress::isDuplicate(const FakeWordPressComment &comment) const
{
    return std::any_of(m_comments.cbegin(), m_comments.cend(), [&](const FakeWordPressComment &other) {
        return other.post == comment.post && other.parent == comment.parent && other.name == comment.name &&
               other.mail == comment.mail && other.status != QLatin1StringView("trash") &&
               isEqualInDatabase(other.raw, comment.raw);
    });
}

HttpAnswer FakeWordPress::createComment(const Call &call)
{
    if (!call.user)
        return refusal(401, "rest_comment_login_required", "Sorry, you must be logged in to comment.");
    FakeWordPressComment comment;
    comment.post = call.body.value(QStringLiteral("post")).toInteger();
    comment.parent = call.body.value(QStringLiteral("parent")).toInteger();
    comment.user = call.user->id;
    comment.name = call.user->name;
    comment.mail = call.user->login + QStringLiteral("@blog.test");
    comment.userAgent = m_replacesUserAgent ? QStringLiteral("guard/1.0")
                                            : call.body.value(QStringLiteral("author_user_agent")).toString();
    comment.raw = call.body.value(QStringLiteral("content")).toString();
    if (!m_posts.contains(comment.post))
        return refusal(403, "rest_comment_invalid_post_id");
    if (!m_posts.value(comment.post).isOpen)
        return refusal(403, "rest_comment_closed", "Sorry, comments are closed for this item.");
    if (comment.raw.trimmed().isEmpty())
        return refusal(400, "rest_comment_content_invalid", "Invalid comment content.");
    if (comment.raw.toUtf8().size() > 65'525)
        return refusal(400, "comment_content_column_length");
    if (comment.userAgent.size() > 255)
        return refusal(500, "rest_comment_failed_create");
    // The text as sent is compared with texts as stored: replies with links slip through.
    if (isDuplicate(comment))
        return refusal(409, "comment_duplicate",
                       "Duplicate comment detected; it looks as though you&#8217;ve already "
                       "said that!");
    comment.raw = storedText(comment.raw, call.user->isEditor());
    const qint64 id = store(comment);
    if (const int status = std::exchange(m_breakAfterComment, 0)) {
        HttpAnswer broken;
        broken.status = status;
        return broken;
    }
    return json(201, toJson(m_comments.value(id), call.mayEdit()));
}

HttpAnswer FakeWordPress::listPosts(const Call &call, const QString &restBase) const
{
    if (!call.value("status").isEmpty() && !call.mayEdit())
        return refusal(call.user ? 403 : 401, "rest_forbidden_status");
    const QList<qint64> wanted = numbers(call.value("include"));
    QJsonArray list;
    for (const FakeWordPressPost &post : m_posts) {
        const bool isVisible = post.isPublic || call.value("status") == QLatin1StringView("any");
        if (post.restBase() == restBase && isVisible && wanted.contains(post.id))
            list.append(onlyFields(postJson(post, home(), m_isPretty), call.value("_fields")));
    }
    return json(200, QJsonDocument(list));
}

QJsonObject FakeWordPress::toJson(const FakeWordPressComment &comment, bool mayEdit) const
{
    return commentJson(comment, m_posts.value(comment.post), home(), root(), mayEdit);
}

} // namespace Earshot
