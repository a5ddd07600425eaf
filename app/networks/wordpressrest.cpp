// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/wordpressrest.h"

#include "model/htmltext.h"
#include "networks/aside.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

namespace Earshot {

namespace {

constexpr int linkSearchLength = 512 * 1024; // a page's head, however generous; the rest is not searched

bool isWeb(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == QLatin1StringView("http") || url.scheme() == QLatin1StringView("https"));
}

QUrl rootInHeader(const HttpAnswer &page)
{
    static const QRegularExpression link(
        QStringLiteral(R"(<([^<>]*)>\s*;[^<]*\brel\s*=\s*"?https://api\.w\.org/"?(?:[\s;,]|$))"),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = link.match(QString::fromUtf8(page.header("link")));
    return match.hasMatch() ? page.url.resolved(QUrl(match.captured(1))) : QUrl();
}

QUrl rootInHtml(const HttpAnswer &page)
{
    static const QRegularExpression tag(QStringLiteral(R"(<link\b[^>]{0,2000}>)"),
                                        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression rel(QStringLiteral(R"(\brel\s*=\s*["']?https://api\.w\.org/["'\s>/])"),
                                        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression href(QStringLiteral(R"re(\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'))re"),
                                         QRegularExpression::CaseInsensitiveOption);
    const QString html = QString::fromUtf8(page.body.left(linkSearchLength));
    for (auto tags = tag.globalMatch(html); tags.hasNext();) {
        const QString found = tags.next().captured();
        const QRegularExpressionMatch target = href.match(found);
        if (rel.match(found).hasMatch() && target.hasMatch())
            return page.url.resolved(QUrl(decodeEntities(target.captured(1) + target.captured(2))));
    }
    return {};
}

ErrorKind kindOf(const QString &code, ErrorKind byStatus)
{
    static const QHash<QString, ErrorKind> kinds{
        {QStringLiteral("comment_duplicate"), ErrorKind::duplicate},
        {QStringLiteral("comment_flood"), ErrorKind::rateLimited},
        {QStringLiteral("comment_content_column_length"), ErrorKind::tooLong},
        {QStringLiteral("rest_comment_content_invalid"), ErrorKind::policy},
        {QStringLiteral("rest_comment_author_data_required"), ErrorKind::policy},
        {QStringLiteral("rest_comment_failed_create"), ErrorKind::policy},
        {QStringLiteral("rest_comment_closed"), ErrorKind::policy},
        {QStringLiteral("rest_comment_draft_post"), ErrorKind::policy},
        {QStringLiteral("rest_comment_trash_post"), ErrorKind::parentGone},
        {QStringLiteral("rest_comment_invalid_post_id"), ErrorKind::parentGone},
        {QStringLiteral("rest_invalid_param"), ErrorKind::policy},
        {QStringLiteral("rest_invalid_json"), ErrorKind::policy},
        {QStringLiteral("rest_comment_invalid_id"), ErrorKind::notFound},
        {QStringLiteral("rest_post_invalid_id"), ErrorKind::notFound},
    };
    return kinds.value(code, byStatus);
}

} // namespace

QUrl wordPressBase(const QString &address)
{
    QUrl url(address.trimmed(), QUrl::TolerantMode);
    url.setUserInfo({});
    url.setQuery(QString());
    url.setFragment({});
    if (!url.path().endsWith(u'/'))
        url.setPath(url.path() + u'/');
    return isWeb(url) ? url : QUrl();
}

QUrl restRootOf(const HttpAnswer &page)
{
    const QUrl inHeader = rootInHeader(page);
    QUrl root = isWeb(inHeader) ? inHeader : rootInHtml(page);
    // Behind a proxy that does the encryption, a site may believe that it is reached without.
    const bool isSafeHere = page.url.scheme() == QLatin1StringView("https") && root.host() == page.url.host();
    if (isSafeHere && root.scheme() == QLatin1StringView("http") && root.port(80) == 80) {
        root.setScheme(page.url.scheme());
        root.setPort(page.url.port());
    }
    return isWeb(root) ? root : QUrl();
}

QUrl restUrl(const QUrl &root, const QString &route, const RestQuery &query)
{
    const QString parameter = QStringLiteral("rest_route");
    QUrl url = root;
    // PHP reads "+" as a blank, and QUrlQuery leaves it: every value is encoded here, completely.
    const auto encoded = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text, "/,")); };
    QUrlQuery items(root);
    if (items.hasQueryItem(parameter)) {
        QString base = items.queryItemValue(parameter, QUrl::FullyDecoded);
        while (base.endsWith(u'/'))
            base.chop(1);
        items.removeAllQueryItems(parameter);
        items.addQueryItem(parameter, encoded(base + route));
    } else {
        QString path = root.path();
        while (path.endsWith(u'/'))
            path.chop(1);
        url.setPath(path + route);
    }
    for (const auto &[name, value] : query)
        items.addQueryItem(encoded(name), encoded(value));
    url.setQuery(items);
    return url;
}

QString restRouteOf(const QUrl &root, const QUrl &url)
{
    const QString parameter = QStringLiteral("rest_route");
    if (QUrlQuery(root).hasQueryItem(parameter))
        return QUrlQuery(url).queryItemValue(parameter, QUrl::FullyDecoded);
    QString prefix = root.path();
    while (prefix.endsWith(u'/'))
        prefix.chop(1);
    return url.path().startsWith(prefix + u'/') ? url.path().mid(prefix.size()) : QString();
}

QJsonDocument restJson(const QByteArray &body)
{
    constexpr qsizetype longestPreface = 64 * 1024;
    constexpr int mostTries = 20;
    const auto parsed = [&body](qsizetype from) {
        QJsonParseError problem;
        QJsonDocument json = QJsonDocument::fromJson(body.mid(from), &problem);
        // A page of HTML holds many a "[]" that is no answer: what has something before it must reach to the end.
        if (problem.error == QJsonParseError::GarbageAtEnd && from == 0)
            json = QJsonDocument::fromJson(body.mid(from, problem.offset));
        return json;
    };
    QJsonDocument json = parsed(0);
    static const QRegularExpression start(QStringLiteral(R"re(\[\s*[\]{]|\{\s*["}])re"));
    const QString head = json.isNull() ? QString::fromLatin1(body.left(longestPreface)) : QString();
    auto places = start.globalMatch(head);
    for (int i = 0; i < mostTries && json.isNull() && places.hasNext(); ++i)
        json = parsed(places.next().capturedStart());
    return json;
}

bool isClosedToVisitors(const HttpAnswer &answer)
{
    return (answer.status == 401 || answer.status == 403) &&
           restErrorCode(answer).startsWith(QLatin1StringView("rest_"));
}

QString bareHost(const QUrl &url)
{
    const QString host = url.host();
    return host.startsWith(QLatin1StringView("www.")) ? host.mid(4) : host;
}

bool isRestIndex(const QJsonDocument &json)
{
    return json.object().value(QStringLiteral("namespaces")).toArray().contains(QJsonValue(QStringLiteral("wp/v2")));
}

/// WordPress' own words for an error; a large page is none.
static QJsonObject errorIn(const HttpAnswer &answer)
{
    return answer.body.size() <= smallBody ? restJson(answer.body).object() : QJsonObject();
}

QString restErrorCode(const HttpAnswer &answer)
{
    return errorIn(answer).value(QStringLiteral("code")).toString();
}

Error restErrorOf(const HttpAnswer &answer, Time now)
{
    using namespace std::chrono_literals;
    Error error = errorOf(answer, now);
    const QJsonObject body = errorIn(answer);
    const QString code = body.value(QStringLiteral("code")).toString();
    if (!code.isEmpty()) {
        const QString message = decodeEntities(body.value(QStringLiteral("message")).toString());
        error.detail = cleanLine(code + QStringLiteral(": ") + message);
    } else if (answer.status == 401 || answer.status == 403) {
        error.detail += QStringLiteral(" (not by WordPress: something in front of it refuses)");
    }
    error.kind = kindOf(code, error.kind);
    // WordPress waits 15 s between two comments of one visitor and does not say so in a header.
    if (code == QLatin1StringView("comment_flood") && !isKnown(error.until))
        error.until = now + 20s;
    return error;
}

Result<RestAnswer> understandRest(const HttpAnswer &answer, Time now)
{
    return understandRest(answer, restJson(answer.body), now);
}

Result<RestAnswer> understandRest(const HttpAnswer &answer, const QJsonDocument &json, Time now)
{
    if (answer.status < 200 || answer.status > 299)
        return tl::unexpected<Error>(restErrorOf(answer, now));
    RestAnswer understood{.status = answer.status, .json = json};
    if (understood.json.isNull())
        return fail(ErrorKind::malformed, QStringLiteral("no JSON from ") + answer.url.host());
    bool isNumber = false;
    const qint64 total = answer.header("x-wp-total").toLongLong(&isNumber);
    if (isNumber && total >= 0)
        understood.total = total;
    return understood;
}

} // namespace Earshot
