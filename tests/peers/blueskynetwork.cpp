// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskynetwork.h"

#include "fakes/fakebluesky.h"
#include "tests/cli/networkserver.h"
#include "tests/networks/await.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTest>

namespace Earshot {

namespace {

const auto postType = QStringLiteral("app.bsky.feed.post");

QJsonObject refTo(const QJsonObject &post)
{
    return {{QStringLiteral("uri"), post.value(QStringLiteral("uri"))},
            {QStringLiteral("cid"), post.value(QStringLiteral("cid"))}};
}

/// What the public sees of the fake, on a port of its own.
class PublicSide final : public FakeNetwork
{
public:
    explicit PublicSide(FakeNetwork &whole)
        : m_whole(whole)
    {
    }
    [[nodiscard]] QStringList hosts() const override { return {}; }
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override
    {
        HttpRequest asked = request;
        asked.url.setHost(QStringLiteral("public.api.bsky.app"));
        return m_whole.answer(asked);
    }

private:
    FakeNetwork &m_whole;
};

} // namespace

struct BlueskyNetwork::Pretence
{
    std::shared_ptr<FakeBluesky> fake =
        std::make_shared<FakeBluesky>(QStringLiteral("127.0.0.1"), QStringLiteral("test"));
    NetworkServer server;
    NetworkServer appView;
};

BlueskyNetwork::BlueskyNetwork() = default;
BlueskyNetwork::~BlueskyNetwork() = default;

void BlueskyNetwork::pretend()
{
    m_pretence = std::make_unique<Pretence>();
    FakeBluesky &fake = *m_pretence->fake;
    m_pretence->server.serve(m_pretence->fake);
    m_pretence->appView.serve(std::make_shared<PublicSide>(fake));
    // The program's clock is the machine's.
    fake.setMeanwhile([&fake](const HttpRequest &) { fake.setTime(timeFrom(QDateTime::currentDateTimeUtc())); });
    QJsonObject accounts;
    for (const char *account : {"brand", "customer"}) {
        const QString name = QString::fromLatin1(account);
        fake.addPerson(name);
        accounts.insert(name,
                        QJsonObject{{QStringLiteral("did"), fake.didOf(name)},
                                    {QStringLiteral("handle"), fake.handleOf(name)},
                                    {QStringLiteral("password"), QString::fromUtf8(FakeBluesky::passwordOf(name))}});
    }
    m_network = {{QStringLiteral("pds"), QString(QLatin1StringView("http://") + m_pretence->server.host())},
                 {QStringLiteral("appview"), QString(QLatin1StringView("http://") + m_pretence->appView.host())},
                 {QStringLiteral("accounts"), accounts}};
}

bool BlueskyNetwork::endTokens()
{
    m_tokenEnds = 0;
    if (m_pretence) {
        m_pretence->fake->expireTokens();
        return true;
    }
    // One that is given now is the last to end.
    if (!signIn())
        return false;
    const QByteArray claims = QByteArray::fromBase64(m_token.split('.').value(1), QByteArray::Base64UrlEncoding);
    const qint64 end = QJsonDocument::fromJson(claims).object().value(QStringLiteral("exp")).toInteger();
    m_tokenEnds = 0;
    return end > 0 && QTest::qWaitFor([end] { return QDateTime::currentSecsSinceEpoch() > end; }, 60'000);
}

bool BlueskyNetwork::load()
{
    QFile file(qEnvironmentVariable("EARSHOT_BLUESKY_NETWORK"));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    m_folder = QFileInfo(file).absolutePath();
    m_network = QJsonDocument::fromJson(file.readAll()).object();
    return server().isValid() && !account("brand", "did").isEmpty();
}

QString BlueskyNetwork::account(const char *name, const char *what) const
{
    const QJsonObject accounts = m_network.value(QStringLiteral("accounts")).toObject();
    return accounts.value(QLatin1StringView(name)).toObject().value(QLatin1StringView(what)).toString();
}

void BlueskyNetwork::setReadable(bool isReadable)
{
    if (m_pretence) {
        m_pretence->fake->setAppViewDown(!isReadable);
        return;
    }
    QFile file(m_folder + QStringLiteral("/switches.json"));
    if (file.open(QIODevice::WriteOnly))
        file.write(isReadable ? "{}" : R"({"appviewDown":true})");
}

QJsonObject BlueskyNetwork::call(const QUrl &server, const QByteArray &method, const QJsonObject &body,
                                 const QList<std::pair<QString, QString>> &query)
{
    HttpRequest request;
    QByteArray address = server.toEncoded() + "/xrpc/" + method;
    char sign = '?';
    for (const auto &[name, value] : query) {
        address += sign + name.toLatin1() + '=' + QUrl::toPercentEncoding(value);
        sign = '&';
    }
    request.url = QUrl::fromEncoded(address);
    if (!m_token.isEmpty() && server == this->server())
        request.authorization = Secret("Bearer " + m_token);
    if (!body.isEmpty()) {
        request.method = "POST";
        request.hasEffect = true;
        request.headers.emplaceBack("Content-Type", "application/json");
        request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    }
    const HttpAnswer answer = await(m_transport.exchange(request)).value_or(HttpAnswer());
    return answer.status == 200 ? QJsonDocument::fromJson(answer.body).object() : QJsonObject();
}

bool BlueskyNetwork::signIn()
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    if (now < m_tokenEnds)
        return true;
    m_token.clear();
    const QJsonObject session = call(server(), "com.atproto.server.createSession",
                                     {{QStringLiteral("identifier"), account("customer", "did")},
                                      {QStringLiteral("password"), account("customer", "password")}});
    m_token = session.value(QStringLiteral("accessJwt")).toString().toLatin1();
    m_tokenEnds = now + 15;
    return !m_token.isEmpty();
}

QJsonArray BlueskyNetwork::mentionIn(const QString &text) const
{
    const QByteArray handle = '@' + account("brand", "handle").toUtf8();
    const qsizetype at = text.toUtf8().indexOf(handle);
    if (at < 0)
        return {};
    const QJsonObject index{{QStringLiteral("byteStart"), at}, {QStringLiteral("byteEnd"), at + handle.size()}};
    const QJsonObject feature{{QStringLiteral("$type"), QStringLiteral("app.bsky.richtext.facet#mention")},
                              {QStringLiteral("did"), account("brand", "did")}};
    return {QJsonObject{{QStringLiteral("index"), index}, {QStringLiteral("features"), QJsonArray{feature}}}};
}

QJsonObject BlueskyNetwork::post(const QString &text, const QJsonObject &parent, const QString &createdAt)
{
    if (!signIn())
        return {};
    const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    QJsonObject record{{QStringLiteral("$type"), postType},
                       {QStringLiteral("text"), text},
                       {QStringLiteral("langs"), QJsonArray{QStringLiteral("en")}},
                       {QStringLiteral("facets"), mentionIn(text)},
                       {QStringLiteral("createdAt"), createdAt.isEmpty() ? now : createdAt}};
    if (!parent.isEmpty()) {
        const QJsonObject root = parent.value(QStringLiteral("root")).toObject();
        record.insert(QStringLiteral("reply"),
                      QJsonObject{{QStringLiteral("root"), root.isEmpty() ? refTo(parent) : root},
                                  {QStringLiteral("parent"), refTo(parent)}});
    }
    return create("customer", record);
}

QJsonObject BlueskyNetwork::create(const char *name, const QJsonObject &record)
{
    QJsonObject made = call(server(), "com.atproto.repo.createRecord",
                            {{QStringLiteral("repo"), account(name, "did")},
                             {QStringLiteral("collection"), postType},
                             {QStringLiteral("record"), record}});
    made.insert(QStringLiteral("record"), record);
    return made;
}

QJsonObject BlueskyNetwork::postWith(const QString &text, const QJsonObject &more)
{
    if (!signIn())
        return {};
    QJsonObject record{{QStringLiteral("$type"), postType},
                       {QStringLiteral("text"), text},
                       {QStringLiteral("facets"), mentionIn(text)},
                       {QStringLiteral("createdAt"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}};
    for (auto it = more.constBegin(); it != more.constEnd(); ++it)
        record.insert(it.key(), it.value());
    return create("customer", record);
}

QJsonObject BlueskyNetwork::announce(const QString &text)
{
    m_token.clear();
    m_tokenEnds = 0;
    const QJsonObject session = call(server(), "com.atproto.server.createSession",
                                     {{QStringLiteral("identifier"), account("brand", "did")},
                                      {QStringLiteral("password"), account("brand", "password")}});
    m_token = session.value(QStringLiteral("accessJwt")).toString().toLatin1();
    const QJsonObject made =
        create("brand", {{QStringLiteral("$type"), postType},
                         {QStringLiteral("text"), text},
                         {QStringLiteral("createdAt"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}});
    m_token.clear();
    return made;
}

QJsonObject BlueskyNetwork::seen(const QJsonObject &post)
{
    return call(appView(), "app.bsky.feed.getPosts", {},
                {{QStringLiteral("uris"), post.value(QStringLiteral("uri")).toString()}})
        .value(QStringLiteral("posts"))
        .toArray()
        .first()
        .toObject();
}

QStringList BlueskyNetwork::hiddenBelow(const QJsonObject &root)
{
    const QString key = root.value(QStringLiteral("uri")).toString().section(QLatin1Char('/'), -1);
    const QJsonObject gate = call(server(), "com.atproto.repo.getRecord", {},
                                  {{QStringLiteral("repo"), account("brand", "did")},
                                   {QStringLiteral("collection"), QStringLiteral("app.bsky.feed.threadgate")},
                                   {QStringLiteral("rkey"), key}});
    QStringList uris;
    const QJsonArray hidden =
        gate.value(QStringLiteral("value")).toObject().value(QStringLiteral("hiddenReplies")).toArray();
    for (const QJsonValue &uri : hidden)
        uris.append(uri.toString());
    return uris;
}

bool BlueskyNetwork::edit(const QJsonObject &post, const QString &text)
{
    QJsonObject record = post.value(QStringLiteral("record")).toObject();
    record.insert(QStringLiteral("text"), text);
    record.insert(QStringLiteral("facets"), mentionIn(text));
    const QString key = post.value(QStringLiteral("uri")).toString().section(QLatin1Char('/'), -1);
    return signIn() && !call(server(), "com.atproto.repo.putRecord",
                             {{QStringLiteral("repo"), account("customer", "did")},
                              {QStringLiteral("collection"), postType},
                              {QStringLiteral("rkey"), key},
                              {QStringLiteral("record"), record}})
                            .isEmpty();
}

bool BlueskyNetwork::remove(const QJsonObject &post)
{
    const QString key = post.value(QStringLiteral("uri")).toString().section(QLatin1Char('/'), -1);
    return signIn() && !call(server(), "com.atproto.repo.deleteRecord",
                             {{QStringLiteral("repo"), account("customer", "did")},
                              {QStringLiteral("collection"), postType},
                              {QStringLiteral("rkey"), key}})
                            .isEmpty();
}

QStringList BlueskyNetwork::answersToCustomer()
{
    QStringList texts;
    if (!signIn())
        return texts;
    const QJsonArray list = call(server(), "app.bsky.notification.listNotifications", {},
                                 {{QStringLiteral("limit"), QStringLiteral("100")}})
                                .value(QStringLiteral("notifications"))
                                .toArray();
    for (const QJsonValue &entry : list) {
        if (entry.toObject().value(QStringLiteral("reason")).toString() == QLatin1StringView("reply"))
            texts.append(
                entry.toObject().value(QStringLiteral("record")).toObject().value(QStringLiteral("text")).toString());
    }
    return texts;
}

QJsonArray BlueskyNetwork::answersTo(const QJsonObject &post)
{
    const QJsonObject thread = call(appView(), "app.bsky.feed.getPostThread", {},
                                    {{QStringLiteral("uri"), post.value(QStringLiteral("uri")).toString()}})
                                   .value(QStringLiteral("thread"))
                                   .toObject();
    QJsonArray posts;
    const QJsonArray replies = thread.value(QStringLiteral("replies")).toArray();
    for (const QJsonValue &reply : replies)
        posts.append(reply.toObject().value(QStringLiteral("post")));
    return posts;
}

bool BlueskyNetwork::isIndexed(const QJsonObject &post)
{
    const QJsonArray found = call(appView(), "app.bsky.feed.getPosts", {},
                                  {{QStringLiteral("uris"), post.value(QStringLiteral("uri")).toString()}})
                                 .value(QStringLiteral("posts"))
                                 .toArray();
    return !found.isEmpty() &&
           found.first().toObject().value(QStringLiteral("cid")) == post.value(QStringLiteral("cid"));
}

} // namespace Earshot
