// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakemastodon.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace Earshot {

namespace {

QString visibilityWord(Visibility visibility)
{
    switch (visibility) {
    case Visibility::everyone:
        return QStringLiteral("public");
    case Visibility::unlisted:
        return QStringLiteral("unlisted");
    case Visibility::followers:
        return QStringLiteral("private");
    case Visibility::direct:
        return QStringLiteral("direct");
    }
    Q_UNREACHABLE();
}

} // namespace

QJsonObject FakeMastodon::instance(bool isV2) const
{
    QJsonObject statuses{{QStringLiteral("max_characters"), m_maxCharacters},
                         {QStringLiteral("characters_reserved_per_url"), 23},
                         {QStringLiteral("max_media_attachments"), 4}};
    QJsonObject configuration{
        {QStringLiteral("statuses"), statuses},
        {QStringLiteral("media_attachments"), QJsonObject{{QStringLiteral("image_size_limit"), 16'777'216}}},
        {QStringLiteral("urls"), QJsonObject{{QStringLiteral("streaming"), QStringLiteral("wss://%1").arg(m_host)}}}};
    QJsonObject json{{QStringLiteral("title"), QStringLiteral("Fake place")},
                     {QStringLiteral("version"), QStringLiteral("4.4.0")},
                     {QStringLiteral("configuration"), configuration}};
    json.insert(isV2 ? QStringLiteral("domain") : QStringLiteral("uri"), m_host);
    if (isV2 && m_dialect == Dialect::mastodon)
        json.insert(QStringLiteral("api_versions"), QJsonObject{{QStringLiteral("mastodon"), 7}});
    return json;
}

QJsonObject FakeMastodon::accountJson(const QString &name) const
{
    const auto at = m_personAt.constFind(name);
    if (at == m_personAt.cend())
        return {};
    const Person &person = m_people.at(*at);
    const bool isRemote = name.contains(QLatin1Char('@'));
    const QString user = name.section(QLatin1Char('@'), 0, 0);
    const QString host = isRemote ? name.section(QLatin1Char('@'), 1) : m_host;
    // snac names the host even of its own people.
    const QString acct = m_dialect == Dialect::snac ? QString(user + QLatin1Char('@') + host) : name;
    return {{QStringLiteral("id"), person.id},
            {QStringLiteral("username"), user},
            {QStringLiteral("acct"), acct},
            {QStringLiteral("display_name"), person.displayName},
            {QStringLiteral("url"), QStringLiteral("https://%1/@%2").arg(host, user)},
            {QStringLiteral("avatar"), QStringLiteral("https://%1/avatars/%2.webp").arg(host, user)},
            {QStringLiteral("followers_count"), person.followers}};
}

QString FakeMastodon::htmlOf(const Post &post) const
{
    static const QRegularExpression links(QStringLiteral("(https?://[^\\s<]+)"));
    static const QRegularExpression names(QStringLiteral("(?<![\\w/@>])@([\\w.-]*\\w)(@[\\w.:-]*\\w)?"));
    static const QRegularExpression tags(QStringLiteral("(?<![\\w/&;])#(\\w+)"),
                                         QRegularExpression::UseUnicodePropertiesOption);
    QString html = post.text.toHtmlEscaped();
    html.replace(links, QStringLiteral("<a href=\"\\1\" rel=\"nofollow noopener\">\\1</a>"));
    html.replace(names, QStringLiteral("<span class=\"h-card\"><a href=\"https://%1/@\\1\" class=\"u-url mention\">"
                                       "@<span>\\1</span></a></span>")
                            .arg(m_host));
    html.replace(tags, QStringLiteral("<a href=\"https://%1/tags/\\1\" class=\"mention hashtag\" rel=\"tag\">"
                                      "#<span>\\1</span></a>")
                           .arg(m_host));
    switch (m_dialect) {
    case Dialect::mastodon:
        html = QLatin1StringView("<p>") + html.replace(QLatin1StringView("\n\n"), QLatin1StringView("</p><p>")) +
               QLatin1StringView("</p>");
        return html.replace(QLatin1Char('\n'), QLatin1StringView("<br />"));
    case Dialect::hollo:
        return QLatin1StringView("<p>") + html + QLatin1StringView("</p>");
    case Dialect::goToSocial:
    case Dialect::snac:
        return html.replace(QLatin1Char('\n'), QLatin1StringView("<br>"));
    }
    Q_UNREACHABLE();
}

QJsonObject FakeMastodon::statusJson(const Post &post, const QString &viewer) const
{
    QJsonArray mentions;
    // snac leaves this list empty in the view of the one who was named.
    for (const QString &name : post.mentions) {
        if (m_dialect != Dialect::snac)
            mentions.append(accountJson(name));
    }
    QJsonArray tags;
    const QStringList tagNames = tagsIn(post.text);
    for (const QString &name : tagNames)
        tags.append(QJsonObject{{QStringLiteral("name"), name}});
    QJsonArray media;
    for (const QString &id : post.media)
        media.append(QJsonObject{{QStringLiteral("id"), id},
                                 {QStringLiteral("type"), QStringLiteral("image")},
                                 {QStringLiteral("url"), QStringLiteral("https://%1/media/%2.png").arg(m_host, id)},
                                 {QStringLiteral("description"), m_media.value(id).description}});
    int replies = 0;
    const QList<size_t> answers = repliesTo(post.id);
    for (const size_t place : answers)
        replies += isVisible(m_posts.at(place), viewer) ? 1 : 0;

    QJsonObject json{
        {QStringLiteral("id"), post.id},
        {QStringLiteral("uri"), post.uri},
        {QStringLiteral("url"), QString(post.uri).replace(QLatin1StringView("users/"), QLatin1StringView("@"))},
        {QStringLiteral("created_at"), toIso(post.createdAt)},
        {QStringLiteral("account"), accountJson(post.author)},
        {QStringLiteral("content"), htmlOf(post)},
        {QStringLiteral("visibility"), visibilityWord(post.manner.visibility)},
        {QStringLiteral("spoiler_text"), post.manner.contentWarning},
        {QStringLiteral("language"), post.manner.language},
        {QStringLiteral("mentions"), mentions},
        {QStringLiteral("tags"), tags},
        {QStringLiteral("media_attachments"), media},
        {QStringLiteral("replies_count"), replies},
        {QStringLiteral("favourites_count"), qint64(post.likedBy.size())},
        {QStringLiteral("reblogs_count"), qint64(post.boostedBy.size())},
        {QStringLiteral("favourited"), post.likedBy.contains(viewer)},
        {QStringLiteral("reblogged"), post.boostedBy.contains(viewer)},
        {QStringLiteral("reblog"), QJsonValue::Null},
        {QStringLiteral("in_reply_to_id"), QJsonValue::Null},
        {QStringLiteral("in_reply_to_account_id"), QJsonValue::Null},
        {QStringLiteral("edited_at"), QJsonValue::Null}};
    if (const Post *parent = find(post.manner.inReplyTo)) {
        json.insert(QStringLiteral("in_reply_to_id"), parent->id);
        json.insert(QStringLiteral("in_reply_to_account_id"), idOf(parent->author));
    }
    // Hollo never tells the time of an edit.
    if (isKnown(post.editedAt) && m_dialect != Dialect::hollo)
        json.insert(QStringLiteral("edited_at"), toIso(post.editedAt));
    if (!post.manner.poll.isEmpty()) {
        QJsonArray options;
        for (const QString &title : post.manner.poll)
            options.append(QJsonObject{{QStringLiteral("title"), title}});
        json.insert(QStringLiteral("poll"), QJsonObject{{QStringLiteral("options"), options}});
    }
    if (const Post *quoted = find(post.manner.quoteOf))
        json.insert(QStringLiteral("quote"),
                    QJsonObject{{QStringLiteral("state"), QStringLiteral("accepted")},
                                {QStringLiteral("quoted_status"), statusJson(*quoted, viewer)}});
    return json;
}

QJsonObject FakeMastodon::contextJson(const Post &post, const QString &viewer) const
{
    QJsonArray ancestors;
    for (const Post *above = find(post.manner.inReplyTo); above; above = find(above->manner.inReplyTo)) {
        if (isVisible(*above, viewer))
            ancestors.prepend(statusJson(*above, viewer));
    }
    QJsonArray descendants;
    const std::function<void(const QString &)> descend = [&](const QString &id) {
        const QList<size_t> places = repliesTo(id);
        for (const size_t place : places) {
            const Post &below = m_posts.at(place);
            if (below.isDeleted)
                continue;
            if (isVisible(below, viewer))
                descendants.append(statusJson(below, viewer));
            descend(below.id);
        }
    };
    descend(post.id);
    return {{QStringLiteral("ancestors"), ancestors}, {QStringLiteral("descendants"), descendants}};
}

} // namespace Earshot
