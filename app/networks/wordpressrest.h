// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/http.h"

#include <QJsonDocument>
#include <QString>

#include <utility>

namespace Earshot {

/// The query of a REST call: names and plain values, encoded when the address is made.
using RestQuery = QList<std::pair<QString, QString>>;

/// A 2xx answer of the REST interface.
struct RestAnswer
{
    int status = 0;
    QJsonDocument json;
    qint64 total = -1; ///< X-WP-Total: rows before paging; -1 where a proxy took the header away
};

/// The site's address in the one form that everything is named by: no query, no fragment, a slash at the end.
/// Empty when it is not an http(s) address.
[[nodiscard]] QUrl wordPressBase(const QString &address);

/// The root of the REST interface that any page of a WordPress site names, in its Link header or its HTML:
/// "https://blog.example/wp-json/", or "https://blog.example/index.php?rest_route=/" on sites without pretty links.
/// Never less safe than the page where both are on one host. Empty when the page names none.
/// https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/
[[nodiscard]] QUrl restRootOf(const HttpAnswer &page);

/// The address of a route ("/wp/v2/comments") under a root of either form.
[[nodiscard]] QUrl restUrl(const QUrl &root, const QString &route, const RestQuery &query = {});

/// The route of an address that the site itself gave (a `_links` href); empty when it is not under the root.
[[nodiscard]] QString restRouteOf(const QUrl &root, const QUrl &url);

/// The JSON of an answer's body, null when there is none. What plugins and themes print before it (warnings, the mark
/// of a byte order) or after it is left out.
[[nodiscard]] QJsonDocument restJson(const QByteArray &body);

/// True for the index of a REST interface that has WordPress' own routes.
[[nodiscard]] bool isRestIndex(const QJsonDocument &json);

/// True when this is WordPress' interface, which a plugin keeps from everybody who is not signed in.
[[nodiscard]] bool isClosedToVisitors(const HttpAnswer &answer);

/// "blog.example" for "www.blog.example": sites spell themselves both ways.
[[nodiscard]] QString bareHost(const QUrl &url);

/// The code of WordPress' own error body ("comment_duplicate"), empty when the body is something else.
[[nodiscard]] QString restErrorCode(const HttpAnswer &answer);

/// The error of an answer that is not 2xx: WordPress' code decides where it has one, the status otherwise.
[[nodiscard]] Error restErrorOf(const HttpAnswer &answer, Time now);

/// The answer's JSON, or its error; `malformed` when a 2xx answer has no JSON.
[[nodiscard]] Result<RestAnswer> understandRest(const HttpAnswer &answer, Time now);
/// The same of an answer whose restJson() is known.
[[nodiscard]] Result<RestAnswer> understandRest(const HttpAnswer &answer, const QJsonDocument &json, Time now);

} // namespace Earshot
