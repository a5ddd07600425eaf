// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/remote.h"

#include <QJsonObject>
#include <QUrl>

#include <optional>

namespace Earshot {

/// The public object under which comments stand: a post, a page, or any other type of the site.
struct WordPressPost
{
    qint64 id = 0;
    QString route; ///< REST route of the object itself ("/wp/v2/pages/12"), empty when the site gives none
    QString title; ///< empty when it cannot be read
    QString url;

    bool operator==(const WordPressPost &) const = default;
};

/// One comment as `GET /wp/v2/comments` tells it. https://developer.wordpress.org/rest-api/reference/comments/
struct WordPressComment
{
    qint64 id = 0;
    qint64 post = 0;
    qint64 parent = 0;
    qint64 userId = 0; ///< 0 = a visitor
    QString authorId;  ///< "user:2", "mail:…" or "name:…"; the e-mail itself is never kept
    QString authorName;
    QString authorUrl;
    QString userAgent; ///< edit context only
    Time sentAt;
    QString text;
    QString link;
    QString type;
    QString status; ///< the site's own word
    QUrl postHref;  ///< the `up` link: where the post can be read
};

/// The fields that readComment() wants, for `_fields`.
[[nodiscard]] QString commentFields();
/// Where one of them is found.
[[nodiscard]] QString commentRoute(qint64 id);
/// As the site's lists are asked for: "1,2,3".
[[nodiscard]] QString idList(const QList<qint64> &ids);

/// Nothing when the object is no comment (no id).
/// @param base the site's address: salt of the visitors' ids, and what relative links are resolved by.
[[nodiscard]] std::optional<WordPressComment> readComment(const QJsonObject &object, const QUrl &base);

/// True for comments that only the site's own people see (editors' notes, shop orders): never delivered.
[[nodiscard]] bool isInternal(const WordPressComment &comment);

/// @param ourUserId 0 when nobody is signed in.
[[nodiscard]] RemoteMessage toMessage(const WordPressComment &comment, const WordPressPost &post, const QUrl &base,
                                      qint64 ourUserId);

/// What a comment is known by for ever: neither its pretty link, nor its post, nor the form of the site's REST links
/// can change it.
[[nodiscard]] QString commentUri(const QUrl &base, qint64 id);
[[nodiscard]] QString postUri(const QUrl &base, qint64 id);
/// The number in a uri of these two forms, 0 when it is another.
[[nodiscard]] qint64 commentIdOf(const QString &uri);
[[nodiscard]] qint64 postIdOf(const QString &uri);

/// How remoteId names a post (the root of a thread); a comment's is its number.
[[nodiscard]] QString postRemoteId(qint64 id);

[[nodiscard]] QString userIdText(qint64 userId);
/// The number in "user:2", 0 when it is something else.
[[nodiscard]] qint64 userIdOf(const QString &text);

/// Held, approved, spam, trash from any of the site's words for them.
[[nodiscard]] Moderation moderationOf(const QString &status);

/// What we send as `author_user_agent`, so that a reply can be found again; at most 255 characters.
[[nodiscard]] QString deliveryMark(const QString &clientId);
/// The clientId in such a mark, empty when it is another program's.
[[nodiscard]] QString clientIdOf(const QString &userAgent);

/// Plain text as WordPress wants it: HTML, where nothing in the text becomes markup.
[[nodiscard]] QString toCommentHtml(const QString &text);
/// The plain text of a comment's raw or rendered content.
[[nodiscard]] QString fromCommentHtml(const QString &html, bool isRaw, const QUrl &base);

} // namespace Earshot
