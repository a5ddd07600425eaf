// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonjson.h"

#include "model/htmltext.h"

#include <QRegularExpression>

namespace Earshot {

namespace {

Visibility visibilityFrom(const QString &word)
{
    if (word == QLatin1StringView("public"))
        return Visibility::everyone;
    if (word == QLatin1StringView("unlisted"))
        return Visibility::unlisted;
    // Words that only some servers know ("local", "mutuals_only") are narrower than public: answered no wider.
    return word == QLatin1StringView("direct") ? Visibility::direct : Visibility::followers;
}

/// Whether a tag opens the link of a name or a hashtag. Its class says so; an address may hold the word by chance.
bool isNameLink(QStringView tag)
{
    static const QRegularExpression pattern(
        QStringLiteral("^<a\\s(?:[^>]*\\s)?class\\s*=\\s*(?:\"[^\"]*|'[^']*|)\\b(?:mention|hashtag)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    return tag.startsWith(QLatin1StringView("<a"), Qt::CaseInsensitive) && pattern.match(tag.toString()).hasMatch();
}

/// Names and hashtags are links whose address says nothing to a reader: their text alone stays.
QString withoutNameLinks(const QString &html)
{
    QString out;
    out.reserve(html.size());
    bool isInside = false;
    qsizetype from = 0;
    while (from < html.size()) {
        const qsizetype open = html.indexOf(QLatin1Char('<'), from);
        const qsizetype close = open < 0 ? -1 : html.indexOf(QLatin1Char('>'), open);
        if (close < 0)
            break;
        out += QStringView(html).mid(from, open - from);
        const QStringView tag = QStringView(html).mid(open, close + 1 - open);
        if (isNameLink(tag))
            isInside = true;
        else if (isInside && tag.compare(QLatin1StringView("</a>"), Qt::CaseInsensitive) == 0)
            isInside = false;
        else
            out += tag;
        from = close + 1;
    }
    return out + QStringView(html).mid(from);
}

/// Line ends inside a paragraph are line breaks to the network's own clients, and some servers make no others.
QString withLineBreaks(const QString &html)
{
    static const QRegularExpression lineEnd(
        QStringLiteral(
            "(?<!<br>)(?<!<br/>)(?<!<br />)\\r?\\n(?!\\s*(?:</?(?:p|div|ul|ol|li|blockquote|pre|h\\d|br)\\b|$))"),
        QRegularExpression::CaseInsensitiveOption);
    QString out;
    qsizetype from = 0;
    for (;;) {
        const qsizetype open = html.indexOf(QLatin1StringView("<p>"), from, Qt::CaseInsensitive);
        const qsizetype close = open < 0 ? -1 : html.indexOf(QLatin1StringView("</p>"), open, Qt::CaseInsensitive);
        if (close < 0)
            return out + QStringView(html).mid(from);
        out += QStringView(html).mid(from, open - from);
        out += html.mid(open, close - open).replace(lineEnd, QStringLiteral("<br>"));
        from = close;
    }
}

RemoteAuthor authorFrom(const QJsonObject &account, const MastodonView &view)
{
    RemoteAuthor author;
    author.id = textOf(account, "id");
    author.handle = handleOf(account, view);
    author.name = cleanLine(textOf(account, "display_name"));
    author.url = webAddress(textOf(account, "url"));
    author.avatarUrl = webAddress(textOf(account, "avatar"));
    // Negative where the person hides it.
    if (const int followers = valueOf(account, "followers_count").toInt(-1); followers >= 0)
        author.followers = followers;
    return author;
}

RemoteMedia mediaFrom(const QJsonObject &attachment)
{
    RemoteMedia media;
    media.url = webAddress(textOf(attachment, "url"));
    if (media.url.isEmpty())
        media.url = webAddress(textOf(attachment, "remote_url"));
    media.previewUrl = webAddress(textOf(attachment, "preview_url"));
    const QString type = textOf(attachment, "type");
    media.type = type == QLatin1StringView("gifv") ? QStringLiteral("video")
                                                   : (type == QLatin1StringView("unknown") ? QString() : type);
    media.description = cleanText(textOf(attachment, "description"), 5000);
    const QJsonObject original = valueOf(valueOf(attachment, "meta").toObject(), "original").toObject();
    media.width = valueOf(original, "width").toInt();
    media.height = valueOf(original, "height").toInt();
    return media;
}

QString quoteIn(const QJsonObject &status, const MastodonView &view)
{
    const QJsonObject quote = valueOf(status, "quote").toObject();
    // Mastodon wraps the quoted post with a state; Hollo and older forks put it there itself.
    const QJsonObject wrapped = valueOf(quote, "quoted_status").toObject();
    const QJsonObject quoted = wrapped.isEmpty() ? quote : wrapped;
    const QString text = plainText(textOf(quoted, "content"));
    if (text.isEmpty())
        return {};
    QString lines = QLatin1StringView("> ") + handleOf(valueOf(quoted, "account").toObject(), view) + QLatin1Char(':');
    const QStringList parts = text.split(QLatin1Char('\n'));
    for (const QString &line : parts)
        lines += QLatin1StringView("\n> ") + line;
    return lines;
}

QString pollIn(const QJsonObject &status)
{
    QStringList lines;
    const QJsonArray options = valueOf(valueOf(status, "poll").toObject(), "options").toArray();
    for (const QJsonValue &option : options)
        lines.append(QLatin1StringView("- ") + cleanLine(textOf(option.toObject(), "title")));
    return lines.join(QLatin1Char('\n'));
}

bool isUs(const QJsonObject &account, const MastodonView &view)
{
    if (!view.accountId.isEmpty() && textOf(account, "id") == view.accountId)
        return true;
    return !view.accountHandle.isEmpty() &&
           handleOf(account, view).compare(view.accountHandle, Qt::CaseInsensitive) == 0;
}

bool namesUs(const QJsonObject &status, const MastodonView &view)
{
    const QJsonArray mentions = valueOf(status, "mentions").toArray();
    for (const QJsonValue &mention : mentions) {
        if (isUs(mention.toObject(), view))
            return true;
    }
    if (!mentions.isEmpty() || view.accountHandle.isEmpty())
        return false;
    // Some servers leave the list empty although the text names us.
    const QString name = view.accountHandle.section(QLatin1Char('@'), 1, 1);
    const QString host = view.accountHandle.section(QLatin1Char('@'), 2);
    const QRegularExpression whole(QLatin1StringView("(?<![\\w/@.])@") + QRegularExpression::escape(name) +
                                       QLatin1StringView("(?:@") + QRegularExpression::escape(host) +
                                       QLatin1StringView(")?(?![\\w@-])"),
                                   QRegularExpression::CaseInsensitiveOption);
    return whole.match(plainText(textOf(status, "content"))).hasMatch();
}

bool hasTag(const QJsonObject &status, const QString &name)
{
    const QJsonArray tags = valueOf(status, "tags").toArray();
    for (const QJsonValue &tag : tags) {
        if (textOf(tag.toObject(), "name").compare(name, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

bool hasWords(const QJsonObject &status, const QString &words)
{
    const QString text = plainText(textOf(status, "content")) + QLatin1Char(' ') + textOf(status, "spoiler_text");
    const QStringList all = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &word : all) {
        const QRegularExpression whole(
            QLatin1StringView("(?<![\\w])") + QRegularExpression::escape(word) + QLatin1StringView("(?![\\w])"),
            QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
        if (!whole.match(text).hasMatch())
            return false;
    }
    return true;
}

} // namespace

QString plainText(const QString &html)
{
    return cleanText(htmlToText(withLineBreaks(withoutNameLinks(html))));
}

QString uriOf(const QJsonObject &status)
{
    const QString uri = textOf(status, "uri");
    return uri.isEmpty() ? webAddress(textOf(status, "url")) : uri;
}

QString handleOf(const QJsonObject &account, const MastodonView &view)
{
    QString acct = textOf(account, "acct");
    if (acct.isEmpty())
        acct = textOf(account, "username");
    if (acct.isEmpty())
        return {};
    if (!acct.contains(QLatin1Char('@'))) {
        const QString host = view.domain.isEmpty() ? QUrl(textOf(account, "url")).authority() : view.domain;
        acct += QLatin1Char('@') + host;
    }
    return cleanLine(QLatin1Char('@') + acct, 500);
}

bool isForChannel(const QJsonObject &status, const MastodonView &view)
{
    const QString answered = textOf(status, "in_reply_to_account_id");
    const bool answersUs = !view.accountId.isEmpty() && answered == view.accountId;
    if (isUs(valueOf(status, "account").toObject(), view) || answersUs || namesUs(status, view))
        return true;
    switch (view.kind) {
    case MastodonAddress::Kind::tag:
        return hasTag(status, view.words);
    case MastodonAddress::Kind::search:
        return hasWords(status, view.words);
    default:
        return false;
    }
}

bool isInboxType(const QString &type)
{
    // "reply" and "comment" are what Misskey's family and Pixelfed may call an answer to us.
    static const QStringList types{QStringLiteral("mention"), QStringLiteral("quote"), QStringLiteral("reply"),
                                   QStringLiteral("comment")};
    return types.contains(type);
}

RemoteMessage messageFrom(const QJsonObject &status, const MastodonView &view)
{
    RemoteMessage message;
    message.uri = uriOf(status);
    message.remoteId = textOf(status, "id");
    message.url = webAddress(textOf(status, "url"));
    if (textOf(status, "in_reply_to_id").isEmpty())
        message.threadUri = message.uri;
    const QJsonObject account = valueOf(status, "account").toObject();
    message.author = authorFrom(account, view);
    message.isOurs = view.isSignedIn && isUs(account, view);
    message.isContext = !message.isOurs && !isForChannel(status, view);
    message.sentAt = timeOf(status, "created_at");
    message.editedAt = timeOf(status, "edited_at");
    QStringList parts{plainText(textOf(status, "content")), quoteIn(status, view), pollIn(status)};
    parts.removeAll(QString());
    message.text = cleanText(parts.join(QLatin1StringView("\n\n")));
    message.contentWarning = cleanText(textOf(status, "spoiler_text"), 5000);
    message.language = textOf(status, "language").left(35);
    message.visibility = visibilityFrom(textOf(status, "visibility"));
    const QJsonArray mentions = valueOf(status, "mentions").toArray();
    for (const QJsonValue &mention : mentions) {
        const QString handle = handleOf(mention.toObject(), view);
        const bool isOther = !isUs(mention.toObject(), view) && handle != message.author.handle;
        if (isOther && !handle.isEmpty() && !message.mentions.contains(handle))
            message.mentions.append(handle);
    }
    const QJsonArray attachments = valueOf(status, "media_attachments").toArray();
    for (const QJsonValue &attachment : attachments)
        message.media.append(mediaFrom(attachment.toObject()));
    return message;
}

QString comparable(const QString &text)
{
    // "@name@host" is shown as "@name"; markup signs, blanks and breaks are the server's to change.
    static const QRegularExpression host(QStringLiteral("(@[\\w.-]+)@[\\w.:-]+\\w"));
    QString plain = text.normalized(QString::NormalizationForm_C);
    plain.replace(host, QStringLiteral("\\1"));
    QString kept;
    for (const QChar c : std::as_const(plain)) {
        if (c.isLetterOrNumber() || c.isSurrogate())
            kept += c;
    }
    return kept.isEmpty() ? plain.simplified() : kept;
}

} // namespace Earshot
