// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "realwordpress.h"

#include "networks/wordpresscomment.h"
#include "tests/networks/await.h"

#include <QFile>
#include <QJsonDocument>
#include <QUrlQuery>

namespace Earshot {

bool RealWordPress::load()
{
    QFile file(qEnvironmentVariable("EARSHOT_WORDPRESS_SITE"));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    m_site = QJsonDocument::fromJson(file.readAll()).object();
    m_url = QUrl(m_site.value(QStringLiteral("url")).toString());
    return m_url.isValid();
}

QString RealWordPress::user() const
{
    return m_site.value(QStringLiteral("editor")).toObject().value(QStringLiteral("user")).toString();
}

QByteArray RealWordPress::password() const
{
    return m_site.value(QStringLiteral("editor")).toObject().value(QStringLiteral("password")).toString().toUtf8();
}

HttpAnswer RealWordPress::exchange(const HttpRequest &request)
{
    return await(m_transport.exchange(request)).value_or(HttpAnswer());
}

qint64 RealWordPress::visitorComment(const QString &name, const QString &text)
{
    QUrlQuery form;
    form.addQueryItem(QStringLiteral("author"), name);
    form.addQueryItem(QStringLiteral("email"), name.toLower() + QStringLiteral("@customer.test"));
    form.addQueryItem(QStringLiteral("comment"), QString::fromLatin1(QUrl::toPercentEncoding(text)));
    form.addQueryItem(QStringLiteral("comment_post_ID"), m_site.value(QStringLiteral("post")).toVariant().toString());
    HttpRequest request;
    request.method = "POST";
    request.url = m_url.resolved(QUrl(QStringLiteral("wp-comments-post.php")));
    request.headers.emplaceBack("Content-Type", "application/x-www-form-urlencoded");
    request.body = form.query(QUrl::FullyEncoded).toLatin1();
    request.hasEffect = true;
    return commentIdOf(QString::fromLatin1(exchange(request).header("location")));
}

int RealWordPress::timesOnPage(const QString &text)
{
    HttpRequest request;
    request.url = m_url.resolved(QUrl(QStringLiteral("winter-blend/")));
    return int(QString::fromUtf8(exchange(request).body).count(text));
}

} // namespace Earshot
