// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sample/sampleblog.h"

#include "networks/wordpresscomment.h"
#include "networks/wordpressposts.h"
#include "networks/wordpressrest.h"

#include <QJsonDocument>

namespace Earshot {

namespace {

const auto blogAddress = QStringLiteral("https://blog.acme.example/");
const auto blogLogin = QStringLiteral("care");
const auto blogPassword = QByteArrayLiteral("lamp desk echo tide");

Secret basicPassword()
{
    const QByteArray pair = blogLogin.toUtf8() + ':' + blogPassword;
    return Secret("Basic " + pair.toBase64());
}

Capabilities blogCapabilities()
{
    Capabilities can;
    can.canReply = true;
    can.canHide = true;
    can.canDeleteOwn = true;
    can.canAskBeforePublishing = true;
    can.countRule = CountRule::utf8Bytes;
    can.maxLength = 65'525;
    can.visibilityDelay = std::chrono::seconds(2);
    return can;
}

} // namespace

SampleBlog::SampleBlog(const Clock &clock)
    : m_network(std::make_shared<FakeWordPress>(QStringLiteral("blog.acme.example"), clock))
{
    m_user = m_network->addUser(blogLogin, QStringLiteral("ACME Care"), QStringLiteral("editor"),
                                QString::fromLatin1(blogPassword));
}

void SampleBlog::publish(SampleArticle &article)
{
    article.number = m_network->addPost(article.title);
    m_newestArticle = article.number;
}

void SampleBlog::write(const SamplePlan &plan, SampleScript &script, SampleLine &line)
{
    const qint64 article = plan.articles.at(size_t(script.article)).number;
    const qint64 parent = line.answers >= 0 ? script.lines.at(size_t(line.answers)).number : 0;
    if (line.voice == SampleLine::Voice::us)
        line.number = m_network->userComment(m_user, article, line.text, parent);
    else
        line.number = m_network->visitorComment(article, script.customer.name, line.text, parent);
    if (script.isHeld)
        m_network->setStatus(line.number, QStringLiteral("hold"));
    if (script.ending == SampleScript::Ending::spam)
        m_network->setStatus(line.number, QStringLiteral("spam"));
}

void SampleBlog::read(SamplePlan &plan)
{
    const QUrl base = wordPressBase(blogAddress);
    const auto get = [this](const QString &route, RestQuery query) {
        HttpRequest request;
        query.append({QStringLiteral("per_page"), QStringLiteral("100")});
        request.url = restUrl(QUrl(blogAddress + u"wp-json/"), route, query);
        request.authorization = basicPassword();
        return QJsonDocument::fromJson(m_network->answer(request).body).array();
    };
    QStringList numbers;
    for (const SampleArticle &article : plan.articles)
        numbers.append(QString::number(article.number));
    QHash<qint64, WordPressPost> posts;
    const QJsonArray articles = get(QStringLiteral("/wp/v2/posts"), {{QStringLiteral("include"), numbers.join(u',')}});
    for (const QJsonValue &value : articles) {
        const WordPressPost post = readPost(value.toObject(), {});
        posts.insert(post.id, post);
    }
    QHash<qint64, RemoteMessage> messages;
    const qsizetype count = m_network->comments().size();
    for (qsizetype offset = 0; offset < count; offset += 100) {
        const QJsonArray list =
            get(QStringLiteral("/wp/v2/comments"), {{QStringLiteral("context"), QStringLiteral("edit")},
                                                    {QStringLiteral("status"), QStringLiteral("any")},
                                                    {QStringLiteral("type"), QStringLiteral("all")},
                                                    {QStringLiteral("offset"), QString::number(offset)}});
        for (const QJsonValue &value : list) {
            if (const auto comment = readComment(value.toObject(), base))
                messages.insert(comment->id, toMessage(*comment, posts.value(comment->post), base, m_user));
        }
    }
    for (SampleScript &script : plan.scripts) {
        for (SampleLine &line : script.lines) {
            if (script.place == SamplePlace::blog)
                line.message = messages.value(line.number);
        }
    }
}

Position SampleBlog::position() const
{
    return {m_network->comments().isEmpty() ? QString() : QString::number(m_network->comments().lastKey()), {}};
}

SampleChannel SampleBlog::comments() const
{
    SampleChannel channel =
        SampleChannel::named(Network::wordpress, blogAddress, QStringLiteral("ACME Blog"), Purpose::community);
    channel.add.login = blogLogin;
    channel.secret = Secret(blogPassword);
    channel.account = {userIdText(m_user), blogLogin, QStringLiteral("ACME Care"), wordPressBase(blogAddress),
                       blogCapabilities()};
    channel.pullEverySeconds = 20;
    return channel;
}

} // namespace Earshot
