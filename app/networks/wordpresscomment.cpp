// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/wordpresscomment.h"

#include "model/htmltext.h"
#include "networks/jsonvalues.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTimeZone>
#include <QUrlQuery>

namespace Earshot {

namespace {

constexpr auto markPrefix = "earshot/" EARSHOT_VERSION " delivery=";
constexpr int maxUserAgent = 255; // comments.comment_agent is varchar(255); more is a 500

qint64 numberOf(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1StringView(name)).toInteger();
}

/// `date_gmt` is UTC and carries no zone letter.
Time timeOf(const QJsonObject &object)
{
    QDateTime moment = QDateTime::fromString(textOf(object, "date_gmt"), Qt::ISODate);
    moment.setTimeZone(QTimeZone::utc());
    return timeFrom(moment);
}

QString webUrl(const QString &text)
{
    const QUrl url(text.trimmed());
    const bool isWeb = url.scheme() == QLatin1StringView("http") || url.scheme() == QLatin1StringView("https");
    return isWeb && url.isValid() && !url.host().isEmpty() ? url.toString(QUrl::FullyEncoded) : QString();
}

/// Salted with the site, so that the same visitor's id on two sites does not tell that it is the same person.
QString visitorId(const QLatin1StringView kind, const QString &secret, const QUrl &base)
{
    const QByteArray input = base.host().toUtf8() + base.path().toUtf8() + '\n' + secret.toUtf8();
    const QByteArray hash = QCryptographicHash::hash(input, QCryptographicHash::Sha256).toHex().left(32);
    return kind + QString::fromLatin1(hash);
}

QString authorIdOf(const QJsonObject &object, const QUrl &base)
{
    if (const qint64 user = numberOf(object, "author"); user > 0)
        return userIdText(user);
    const QString mail = textOf(object, "author_email").trimmed().toLower();
    if (!mail.isEmpty())
        return visitorId(QLatin1StringView("mail:"), mail, base);
    const QString name = textOf(object, "author_name").trimmed();
    const QString url = textOf(object, "author_url").trimmed();
    if (name.isEmpty() && url.isEmpty())
        return {};
    return visitorId(QLatin1StringView("name:"), name + u'\n' + url, base);
}

bool isPing(const QString &type)
{
    return type == QLatin1StringView("pingback") || type == QLatin1StringView("trackback");
}

} // namespace

QString commentRoute(qint64 id)
{
    return QStringLiteral("/wp/v2/comments/") + QString::number(id);
}

QString idList(const QList<qint64> &ids)
{
    QStringList texts;
    for (const qint64 id : ids)
        texts.append(QString::number(id));
    return texts.join(u',');
}

QString commentFields()
{
    return QStringLiteral("id,post,parent,author,author_name,author_email,author_url,author_user_agent,date_gmt,"
                          "content,link,status,type,_links.up");
}

std::optional<WordPressComment> readComment(const QJsonObject &object, const QUrl &base)
{
    WordPressComment comment;
    comment.id = numberOf(object, "id");
    if (comment.id <= 0)
        return std::nullopt;
    comment.post = numberOf(object, "post");
    comment.parent = numberOf(object, "parent");
    comment.userId = numberOf(object, "author");
    comment.authorId = authorIdOf(object, base);
    // Names are stored with entities, like a visitor's text.
    comment.authorName = cleanLine(decodeEntities(textOf(object, "author_name")));
    comment.authorUrl = webUrl(textOf(object, "author_url"));
    comment.userAgent = textOf(object, "author_user_agent");
    comment.sentAt = timeOf(object);
    comment.link = webUrl(textOf(object, "link"));
    comment.type = textOf(object, "type");
    comment.status = textOf(object, "status");
    const QJsonObject content = object.value(QLatin1StringView("content")).toObject();
    const bool isRaw = content.contains(QLatin1StringView("raw"));
    comment.text = fromCommentHtml(textOf(content, isRaw ? "raw" : "rendered"), isRaw, base);
    const QJsonArray up = object.value(QLatin1StringView("_links")).toObject().value(QLatin1StringView("up")).toArray();
    comment.postHref = QUrl(textOf(up.at(0).toObject(), "href"));
    return comment;
}

bool isInternal(const WordPressComment &comment)
{
    static const QStringList types{QStringLiteral("note"), QStringLiteral("order_note"),
                                   QStringLiteral("webhook_delivery"), QStringLiteral("action_log")};
    return types.contains(comment.type);
}

RemoteMessage toMessage(const WordPressComment &comment, const WordPressPost &post, const QUrl &base, qint64 ourUserId)
{
    RemoteMessage message;
    message.uri = commentUri(base, comment.id);
    message.remoteId = QString::number(comment.id);
    message.url = comment.link;
    message.threadUri = comment.post > 0 ? postUri(base, comment.post) : QString();
    message.parentUri = comment.parent > 0 ? commentUri(base, comment.parent) : message.threadUri;
    message.threadTitle = post.title;
    message.threadUrl = post.url.isEmpty() ? message.threadUri : post.url;
    // No avatar: Gravatar's address is on a foreign host and carries a hash of the e-mail.
    message.author.id = comment.authorId;
    message.author.name = comment.authorName;
    message.author.url = comment.authorUrl;
    message.isOurs = ourUserId > 0 && comment.userId == ourUserId;
    message.isContext = isPing(comment.type);
    message.sentAt = comment.sentAt;
    message.text = comment.text;
    message.moderation = moderationOf(comment.status);
    // Anybody can send any user agent through the form; only our own is believed.
    if (message.isOurs)
        message.clientId = clientIdOf(comment.userAgent);
    return message;
}

QString commentUri(const QUrl &base, qint64 id)
{
    return base.toString(QUrl::FullyEncoded) + QStringLiteral("#comment-") + QString::number(id);
}

QString postUri(const QUrl &base, qint64 id)
{
    return base.toString(QUrl::FullyEncoded) + QStringLiteral("?p=") + QString::number(id);
}

qint64 commentIdOf(const QString &uri)
{
    const QString fragment = QUrl(uri).fragment();
    const QLatin1StringView prefix("comment-");
    return fragment.startsWith(prefix) ? QStringView(fragment).mid(prefix.size()).toLongLong() : 0;
}

qint64 postIdOf(const QString &uri)
{
    return QUrlQuery(QUrl(uri)).queryItemValue(QStringLiteral("p")).toLongLong();
}

QString postRemoteId(qint64 id)
{
    return QStringLiteral("post:") + QString::number(id);
}

QString userIdText(qint64 userId)
{
    return QStringLiteral("user:") + QString::number(userId);
}

qint64 userIdOf(const QString &text)
{
    const QLatin1StringView prefix("user:");
    return text.startsWith(prefix) ? QStringView(text).mid(prefix.size()).toLongLong() : 0;
}

Moderation moderationOf(const QString &status)
{
    if (status == QLatin1StringView("approved") || status == QLatin1StringView("approve") ||
        status == QLatin1StringView("1"))
        return Moderation::approved;
    if (status == QLatin1StringView("hold") || status == QLatin1StringView("0"))
        return Moderation::held;
    if (status == QLatin1StringView("spam"))
        return Moderation::spam;
    // A trashed post takes its comments along.
    if (status == QLatin1StringView("trash") || status == QLatin1StringView("post-trashed"))
        return Moderation::trash;
    return Moderation::none;
}

QString deliveryMark(const QString &clientId)
{
    return QString(QLatin1StringView(markPrefix) + clientId).left(maxUserAgent);
}

QString clientIdOf(const QString &userAgent)
{
    static const QRegularExpression mark(QStringLiteral(R"(^earshot/\S+ delivery=(\S+)$)"));
    return mark.match(userAgent).captured(1);
}

QString toCommentHtml(const QString &text)
{
    QString html = text;
    html.replace(u'&', QLatin1StringView("&amp;"));
    html.replace(u'<', QLatin1StringView("&lt;"));
    html.replace(u'>', QLatin1StringView("&gt;"));
    return html;
}

QString fromCommentHtml(const QString &html, bool isRaw, const QUrl &base)
{
    if (!isRaw)
        return cleanText(htmlToText(html, base));
    // Raw text breaks its lines by line breaks; WordPress makes paragraphs of them only when it renders.
    QString broken = html;
    broken.remove(u'\r');
    broken.replace(u'\n', QLatin1StringView("<br>"));
    return cleanText(htmlToText(broken, base));
}

} // namespace Earshot
