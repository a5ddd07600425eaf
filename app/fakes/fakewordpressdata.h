// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/time.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUrl>

namespace Earshot {

struct FakeWordPressUser
{
    qint64 id = 0;
    QString login;
    QString name;
    QString role;     ///< "editor" or "subscriber"
    QString password; ///< the application password; empty = none (revoked)

    [[nodiscard]] bool isEditor() const { return role == QLatin1StringView("editor"); }
};

struct FakeWordPressPost
{
    qint64 id = 0;
    QString title;
    QString type = QStringLiteral("post");
    QString slug;
    bool isPublic = true;
    bool isOpen = true; ///< takes comments
    Time createdAt;

    /// "posts" of "post": how the type's routes are called.
    [[nodiscard]] QString restBase() const { return type + u's'; }
};

struct FakeWordPressComment
{
    qint64 id = 0;
    qint64 post = 0;
    qint64 parent = 0;
    qint64 user = 0; ///< 0 = a visitor
    QString name;
    QString mail;
    QString url;
    QString userAgent;
    QString raw;
    QString type = QStringLiteral("comment");
    QString status = QStringLiteral("approved");
    QString statusBefore; ///< where unspam and untrash lead back
    Time createdAt;
};

/// The text as a visitor's is stored: kses turns "&" into an entity, and links are marked.
[[nodiscard]] QString storedText(const QString &text, bool isTrusted);

/// True when WordPress' database calls two texts equal: it ignores case and accents.
[[nodiscard]] bool isEqualInDatabase(const QString &one, const QString &other);

/// @param root of the REST interface; @param mayEdit gives the edit context.
[[nodiscard]] QJsonObject commentJson(const FakeWordPressComment &comment, const FakeWordPressPost &post,
                                      const QUrl &home, const QUrl &root, bool mayEdit);
[[nodiscard]] QJsonObject postJson(const FakeWordPressPost &post, const QUrl &home, bool isPretty);
[[nodiscard]] QJsonObject userJson(const FakeWordPressUser &user, bool mayEdit);

/// Only what `_fields` names; everything when it is empty.
[[nodiscard]] QJsonObject onlyFields(const QJsonObject &object, const QString &fields);

[[nodiscard]] QString fakePostLink(const FakeWordPressPost &post, const QUrl &home, bool isPretty);

} // namespace Earshot
