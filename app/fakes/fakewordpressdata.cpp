// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakewordpressdata.h"

#include "networks/wordpressrest.h"

#include <QRegularExpression>

namespace Earshot {

namespace {

QString folded(const QString &text)
{
    QString plain;
    const QString apart = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
    for (const QChar letter : apart) {
        if (letter.category() != QChar::Mark_NonSpacing)
            plain.append(letter);
    }
    return plain;
}

/// As the site tells times: without a zone letter.
QString bareIso(const QDateTime &moment)
{
    return moment.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
}

QString rendered(const QString &raw)
{
    QString html = raw;
    html.replace(u'\n', QLatin1StringView("<br />\n"));
    return QLatin1StringView("<p>") + html + QLatin1StringView("</p>\n");
}

QJsonObject href(const QUrl &url)
{
    return {{QStringLiteral("href"), url.toString(QUrl::FullyEncoded)}};
}

} // namespace

QString storedText(const QString &text, bool isTrusted)
{
    static const QRegularExpression ampersand(QStringLiteral("&(?![a-zA-Z#0-9]+;)"));
    QString stored = text;
    if (!isTrusted)
        stored.replace(ampersand, QStringLiteral("&amp;"));
    stored.replace(QLatin1StringView("<a "), QLatin1StringView("<a rel=\"nofollow ugc\" "));
    return stored;
}

bool isEqualInDatabase(const QString &one, const QString &other)
{
    return folded(one) == folded(other);
}

QString fakePostLink(const FakeWordPressPost &post, const QUrl &home, bool isPretty)
{
    const QString relative =
        isPretty ? QString(post.slug + u'/') : QString(QStringLiteral("?p=") + QString::number(post.id));
    return home.toString() + relative;
}

QJsonObject commentJson(const FakeWordPressComment &comment, const FakeWordPressPost &post, const QUrl &home,
                        const QUrl &root, bool mayEdit)
{
    QJsonObject content{{QStringLiteral("rendered"), rendered(comment.raw)}};
    const QDateTime moment = toDateTime(comment.createdAt);
    QJsonObject object{
        {QStringLiteral("id"), comment.id},
        {QStringLiteral("post"), comment.post},
        {QStringLiteral("parent"), comment.parent},
        {QStringLiteral("author"), comment.user},
        {QStringLiteral("author_name"), comment.name},
        {QStringLiteral("author_url"), comment.url},
        // The site's clock is two hours ahead, so that confusing the two shows.
        {QStringLiteral("date"), bareIso(moment.addSecs(7'200))},
        {QStringLiteral("date_gmt"), bareIso(moment)},
        {QStringLiteral("link"), QString(fakePostLink(post, home, !root.hasQuery()) + QStringLiteral("#comment-") +
                                         QString::number(comment.id))},
        {QStringLiteral("status"), comment.status},
        {QStringLiteral("type"), comment.type},
        {QStringLiteral("meta"), QJsonArray()},
    };
    if (mayEdit) {
        object.insert(QStringLiteral("author_email"), comment.mail);
        object.insert(QStringLiteral("author_ip"), QStringLiteral("127.0.0.1"));
        object.insert(QStringLiteral("author_user_agent"), comment.userAgent);
        content.insert(QStringLiteral("raw"), comment.raw);
    }
    object.insert(QStringLiteral("content"), content);
    const QString route = QStringLiteral("/wp/v2/%1/%2").arg(post.restBase(), QString::number(post.id));
    QJsonObject up = href(restUrl(root, route));
    up.insert(QStringLiteral("embeddable"), true);
    up.insert(QStringLiteral("post_type"), post.type);
    object.insert(QStringLiteral("_links"), QJsonObject{{QStringLiteral("up"), QJsonArray{up}}});
    return object;
}

QJsonObject postJson(const FakeWordPressPost &post, const QUrl &home, bool isPretty)
{
    const auto html = [](const QString &text) { return QJsonObject{{QStringLiteral("rendered"), text}}; };
    return {{QStringLiteral("id"), post.id},
            {QStringLiteral("date_gmt"), bareIso(toDateTime(post.createdAt))},
            {QStringLiteral("type"), post.type},
            {QStringLiteral("link"), fakePostLink(post, home, isPretty)},
            {QStringLiteral("title"), html(post.title.toHtmlEscaped())},
            {QStringLiteral("content"), html(QStringLiteral("<p>Tell us how you like it.</p>\n"))}};
}

QJsonObject userJson(const FakeWordPressUser &user, bool mayEdit)
{
    QJsonObject object{{QStringLiteral("id"), user.id}, {QStringLiteral("name"), user.name}};
    if (mayEdit) {
        object.insert(QStringLiteral("username"), user.login);
        object.insert(QStringLiteral("roles"), QJsonArray{user.role});
        QJsonObject rights{{QStringLiteral("read"), true}};
        if (user.isEditor())
            rights.insert(QStringLiteral("moderate_comments"), true);
        object.insert(QStringLiteral("capabilities"), rights);
    }
    return object;
}

QJsonObject onlyFields(const QJsonObject &object, const QString &fields)
{
    if (fields.isEmpty())
        return object;
    QJsonObject chosen;
    const QStringList names = fields.split(u',');
    for (const QString &name : names) {
        const QString key = name.section(u'.', 0, 0);
        if (object.contains(key))
            chosen.insert(key, object.value(key));
    }
    return chosen;
}

} // namespace Earshot
