// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/linkcard.h"

#include "model/htmltext.h"
#include "networks/feedencoding.h"
#include "networks/htmltags.h"
#include "networks/jsonvalues.h"

#include <QHash>

namespace Earshot {

using namespace Qt::StringLiterals;

namespace {

/// A reply waits for it: better none than a late one.
constexpr auto patience = std::chrono::seconds(6);
constexpr qint64 longestPage = 2'000'000;
constexpr qint64 longestPicture = 8'000'000;
constexpr qsizetype longestTitle = 300;
constexpr qsizetype longestDescription = 1'000;

HttpRequest askFor(const QUrl &url, const char *types, qint64 most)
{
    HttpRequest request;
    request.url = url;
    request.headers = {{"Accept", types}};
    request.timeout = patience;
    request.maxBody = most;
    return request;
}

/// Only what every decoder knows from its first bytes is shown to one.
QString pictureType(const QByteArray &content)
{
    if (content.startsWith("\x89PNG\r\n\x1a\n"))
        return u"image/png"_s;
    return content.startsWith("\xff\xd8\xff") ? u"image/jpeg"_s : QString();
}

} // namespace

LinkCard linkCardFrom(const QString &html, const QUrl &page)
{
    QHash<QString, QString> said;
    QString title;
    for (qsizetype at = html.indexOf(u'<'); at >= 0; at = html.indexOf(u'<', skippedTag(html, at))) {
        if (const QString tag = tagAt(html, at, "meta"_L1); !tag.isEmpty()) {
            const QString property = attributeOf(tag, "property"_L1);
            const QString name = (property.isEmpty() ? attributeOf(tag, "name"_L1) : property).toLower();
            if (!name.isEmpty() && !said.contains(name))
                said.insert(name, attributeOf(tag, "content"_L1));
        } else if (title.isEmpty() && !tagAt(html, at, "title"_L1).isEmpty()) {
            const qsizetype start = html.indexOf(u'>', at) + 1;
            title = decodeEntities(html.mid(start, html.indexOf(u'<', start) - start).left(longestTitle * 4));
        } else if (!tagAt(html, at, "body"_L1).isEmpty()) {
            break;
        }
    }
    const auto first = [&said](std::initializer_list<const char *> names) {
        for (const char *name : names) {
            if (const QString value = said.value(QLatin1StringView(name)).trimmed(); !value.isEmpty())
                return value;
        }
        return QString();
    };
    LinkCard card;
    card.url = page;
    const QString named = first({"og:title", "twitter:title"});
    card.title = cleanLine(named.isEmpty() ? title : named, longestTitle);
    card.description = cleanLine(first({"og:description", "twitter:description", "description"}), longestDescription);
    const QString picture = first({"og:image:secure_url", "og:image", "twitter:image"});
    if (!picture.isEmpty())
        card.picture = QUrl(webAddress(page.resolved(QUrl(picture)).toString(QUrl::FullyEncoded)));
    return card;
}

LinkCardLookup::LinkCardLookup(const QUrl &url, const MediaLimits &limits, const NetworkSetting &setting,
                               QObject *parent)
    : Errand(parent)
    , m_url(url)
    , m_limits(limits)
    , m_setting(setting)
{
    whenDone(m_setting.http->exchange(askFor(url, "text/html, application/xhtml+xml;q=0.9", longestPage)), this,
             [this](const Result<HttpAnswer> &answer) { takePage(answer); });
}

void LinkCardLookup::takePage(const Result<HttpAnswer> &answer)
{
    if (!answer) {
        end(tl::unexpected(answer.error()));
        return;
    }
    const QByteArray type = answer->header("content-type").toLower();
    if (answer->status != 200 || !type.contains("html")) {
        end(fail(ErrorKind::notFound, u"%1 is no page"_s.arg(m_url.host())));
        return;
    }
    m_card = linkCardFrom(decodeDocument(answer->body, type), answer->url);
    m_card.url = m_url;
    if (m_card.title.isEmpty())
        end(fail(ErrorKind::notFound, u"%1 says nothing of itself"_s.arg(m_url.host())));
    else if (m_card.picture.isEmpty())
        end(m_card);
    else
        whenDone(m_setting.http->exchange(askFor(m_card.picture, "image/jpeg, image/png", longestPicture)), this,
                 [this](const Result<HttpAnswer> &picture) { takePicture(picture); });
}

void LinkCardLookup::takePicture(const Result<HttpAnswer> &answer)
{
    const QString type = answer && answer->status == 200 ? pictureType(answer->body) : QString();
    const Result<PreparedMedium> picture = type.isEmpty() ? Result<PreparedMedium>(fail(ErrorKind::notFound, {}))
                                                          : fittedMedium(answer->body, type, m_limits);
    if (picture)
        m_card.thumbnail = *picture;
    end(m_card);
}

} // namespace Earshot
