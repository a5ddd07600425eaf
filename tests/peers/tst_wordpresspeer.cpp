// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/networktransport.h"
#include "networks/wordpressconnector.h"
#include "networks/wordpressfinder.h"
#include "tests/networks/await.h"
#include "tests/server/cuttingproxy.h"

#include <QFile>
#include <QMap>
#include <QTest>
#include <QUrlQuery>
#include <QUuid>

using namespace Earshot;
using namespace std::chrono_literals;

/// The connector against a real WordPress (tests/peers/wordpress/run).
class WordPressPeerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void siteIsFound();
    void commentIsAnsweredAndSeen();
    void moderationDoesWhatItSays();
    void editsAndDeletionsAreNoticed();
    void lostAnswerIsFound();
    void sameWordsAreADuplicate();
    void ownCommentIsDeleted();
    void longHistoryIsWalkedWhileItChanges();
    void wrongPasswordIsNoticed();
    void visitorsReadWhatIsPublic();
    void plainLinksDoAsWell();
    void downAndBackAgain();

private:
    [[nodiscard]] ChannelAccess access(const QString &address = {}) const;
    [[nodiscard]] std::unique_ptr<WordPressConnector> connector(const ChannelAccess &access);
    [[nodiscard]] HttpAnswer exchange(const QByteArray &method, const QUrl &url, const QByteArray &type = {},
                                      const QByteArray &body = {}, bool isSignedIn = false);
    /// As the form on the site's page does it; the comment's number.
    qint64 visitorComment(const QString &name, const QString &text, qint64 parent = 0);
    /// What the site's own people do, by REST.
    [[nodiscard]] QJsonObject asEditor(const QByteArray &method, const QString &route, const QJsonObject &body = {});
    [[nodiscard]] bool isOnPage(const QString &text);
    void switchTo(const QJsonObject &switches) const;
    void setMaintenance(bool isOn) const;
    [[nodiscard]] RemoteMessage message(WordPressConnector &connector, qint64 id);
    [[nodiscard]] Outgoing wish(WordPressConnector &connector, Effect effect, qint64 target, const QString &text = {});
    [[nodiscard]] QString uri(qint64 id) const { return commentUri(m_url, id); }

    const SystemClock m_clock{};
    std::unique_ptr<NetworkTransport> m_transport;
    QJsonObject m_site;
    QUrl m_url;
};

namespace {

ErrorKind kindOf(const auto &result)
{
    return result ? ErrorKind::unknown : result.error().kind;
}

} // namespace

void WordPressPeerTest::initTestCase()
{
    const QString path = qEnvironmentVariable("EARSHOT_WORDPRESS_SITE");
    if (path.isEmpty())
        QSKIP("no WordPress was started (tests/peers/wordpress/run)");
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_site = QJsonDocument::fromJson(file.readAll()).object();
    m_url = wordPressBase(m_site.value(QStringLiteral("url")).toString());
    QVERIFY(!m_url.isEmpty());
}

void WordPressPeerTest::init()
{
    m_transport = std::make_unique<NetworkTransport>();
}

void WordPressPeerTest::cleanup()
{
    m_transport.reset();
    switchTo({});
    setMaintenance(false);
}

ChannelAccess WordPressPeerTest::access(const QString &address) const
{
    const QJsonObject editor = m_site.value(QStringLiteral("editor")).toObject();
    ChannelAccess access;
    access.network = Network::wordpress;
    access.address = address.isEmpty() ? m_url.toString() : address;
    access.user = editor.value(QStringLiteral("user")).toString();
    access.secret = Secret(editor.value(QStringLiteral("password")).toString().toUtf8());
    return access;
}

std::unique_ptr<WordPressConnector> WordPressPeerTest::connector(const ChannelAccess &access)
{
    return std::make_unique<WordPressConnector>(access, NetworkSetting{m_transport.get(), &m_clock});
}

HttpAnswer WordPressPeerTest::exchange(const QByteArray &method, const QUrl &url, const QByteArray &type,
                                       const QByteArray &body, bool isSignedIn)
{
    HttpRequest request;
    request.method = method;
    request.url = url;
    if (!type.isEmpty())
        request.headers.emplaceBack("Content-Type", type);
    if (isSignedIn) {
        const QByteArray pair = access().user.toUtf8() + ':' + access().secret.reveal();
        request.authorization = Secret("Basic " + pair.toBase64());
    }
    request.body = body;
    request.hasEffect = method != "GET";
    Result<HttpAnswer> answer = await(m_transport->exchange(request));
    // On a connection that the site had just closed.
    if (!answer && answer.error().kind == ErrorKind::unsure)
        answer = await(m_transport->exchange(request));
    if (!answer)
        qWarning("%s %s: %s", method.constData(), qUtf8Printable(url.toString()),
                 qUtf8Printable(answer.error().detail));
    return answer.value_or(HttpAnswer());
}

qint64 WordPressPeerTest::visitorComment(const QString &name, const QString &text, qint64 parent)
{
    QUrlQuery form;
    form.addQueryItem(QStringLiteral("author"), name);
    form.addQueryItem(QStringLiteral("email"), name.toLower() + QStringLiteral("@customer.test"));
    form.addQueryItem(QStringLiteral("comment"), QString::fromLatin1(QUrl::toPercentEncoding(text)));
    form.addQueryItem(QStringLiteral("comment_post_ID"), m_site.value(QStringLiteral("post")).toVariant().toString());
    form.addQueryItem(QStringLiteral("comment_parent"), QString::number(parent));
    const HttpAnswer answer = exchange("POST", m_url.resolved(QUrl(QStringLiteral("wp-comments-post.php"))),
                                       "application/x-www-form-urlencoded", form.query(QUrl::FullyEncoded).toLatin1());
    return commentIdOf(QString::fromLatin1(answer.header("location")));
}

QJsonObject WordPressPeerTest::asEditor(const QByteArray &method, const QString &route, const QJsonObject &body)
{
    const QUrl root = m_url.resolved(QUrl(QStringLiteral("?rest_route=/")));
    const HttpAnswer answer = exchange(method, restUrl(root, route), "application/json",
                                       QJsonDocument(body).toJson(QJsonDocument::Compact), true);
    return QJsonDocument::fromJson(answer.body).object();
}

bool WordPressPeerTest::isOnPage(const QString &text)
{
    const QUrl page = m_url.resolved(QUrl(QStringLiteral("winter-blend/")));
    return QString::fromUtf8(exchange("GET", page).body).contains(text);
}

void WordPressPeerTest::switchTo(const QJsonObject &switches) const
{
    QFile file(m_site.value(QStringLiteral("directory")).toString() + QStringLiteral("/switches.json"));
    if (file.open(QIODevice::WriteOnly))
        file.write(QJsonDocument(switches).toJson());
}

void WordPressPeerTest::setMaintenance(bool isOn) const
{
    QFile file(m_site.value(QStringLiteral("directory")).toString() + QStringLiteral("/site/.maintenance"));
    if (!isOn)
        file.remove();
    else if (file.open(QIODevice::WriteOnly))
        file.write("<?php $upgrading = time();\n");
}

RemoteMessage WordPressPeerTest::message(WordPressConnector &connector, qint64 id)
{
    const auto page = await(connector.refresh({{uri(id), QString::number(id), false}}));
    return page && !page->messages.isEmpty() ? page->messages.first() : RemoteMessage();
}

Outgoing WordPressPeerTest::wish(WordPressConnector &connector, Effect effect, qint64 target, const QString &text)
{
    Outgoing wish;
    wish.effect = effect;
    wish.clientId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    wish.text = text;
    wish.createdAt = m_clock.now();
    return connector.prepare(wish, message(connector, target)).value_or(Outgoing());
}

void WordPressPeerTest::siteIsFound()
{
    const HttpAnswer page = exchange("GET", m_url.resolved(QUrl(QStringLiteral("winter-blend/"))));
    const auto findings = await(findWordPress(page, {m_transport.get(), &m_clock}));
    QCOMPARE(findings.value_or(QList<Finding>()).size(), 1);
    const Finding finding = findings->first();
    QCOMPARE(finding.address, m_url.toString());
    QCOMPARE(finding.name, QStringLiteral("Lantern Coffee & Tea"));
    QVERIFY(finding.canAnswer && finding.needsPassword);
    const HttpAnswer feed = exchange("GET", QUrl(finding.sameAs));
    QVERIFY(feed.header("content-type").startsWith("application/rss+xml"));

    const auto desk = connector(access(finding.address));
    const auto account = await(desk->check());
    QVERIFY(account.has_value());
    const QJsonObject editor = m_site.value(QStringLiteral("editor")).toObject();
    QCOMPARE(account->id, userIdText(editor.value(QStringLiteral("id")).toInteger()));
    QCOMPARE(account->name, QStringLiteral("Lantern Coffee"));
    QVERIFY(account->capabilities.canReply);
}

void WordPressPeerTest::commentIsAnsweredAndSeen()
{
    const auto desk = connector(access());
    const auto before = await(desk->pull({}));
    QVERIFY(before.has_value());
    const qint64 question = visitorComment(QStringLiteral("Dora"), QStringLiteral("2 & 3 <b>bags</b>?\nšo 🫘"));
    QVERIFY(question > 0);
    const auto page = await(desk->pull(before->next));
    QVERIFY(page.has_value());
    QCOMPARE(page->messages.size(), 1);
    const RemoteMessage asked = page->messages.first();
    QCOMPARE(asked.uri, uri(question));
    QCOMPARE(asked.text, QStringLiteral("2 & 3 bags?\nšo 🫘"));
    QCOMPARE(asked.author.name, QStringLiteral("Dora"));
    QCOMPARE(asked.threadTitle, QStringLiteral("Our new winter blend"));
    QCOMPARE(asked.moderation, Moderation::approved);
    QVERIFY(std::chrono::abs(asked.sentAt - m_clock.now()) < 60s);

    const Outgoing reply = wish(*desk, Effect::reply, question, QStringLiteral("Both <soon> & \"fresh\""));
    const auto delivered = await(desk->deliver(reply));
    QVERIFY2(delivered.has_value(), qPrintable(delivered ? QString() : delivered.error().detail));
    QVERIFY(isOnPage(QStringLiteral("Both &lt;soon&gt; &amp;")));
    QVERIFY(isOnPage(QStringLiteral("comment-") + delivered->remoteId));
    const auto after = await(desk->pull(page->next));
    QVERIFY(after.has_value());
    QCOMPARE(after->messages.size(), 1);
    QCOMPARE(after->messages.first().uri, delivered->uri);
    QCOMPARE(after->messages.first().clientId, reply.clientId);
    QCOMPARE(after->messages.first().text, reply.text);
    QCOMPARE(after->messages.first().parentUri, asked.uri);
    QVERIFY(after->messages.first().isOurs);

    const auto thread = await(desk->thread({asked.uri, asked.remoteId, false}));
    QVERIFY(thread.has_value());
    QCOMPARE(thread->size(), 3);
    QCOMPARE(thread->first().text, QStringLiteral("Tell us how you like it."));
    QCOMPARE(thread->last(), after->messages.first());
}

void WordPressPeerTest::moderationDoesWhatItSays()
{
    switchTo({{QStringLiteral("moderated"), true}});
    const auto desk = connector(access());
    const QString text = QStringLiteral("held words");
    const qint64 held = visitorComment(QStringLiteral("Hugo"), text);
    QCOMPARE(message(*desk, held).moderation, Moderation::held);
    QVERIFY(!isOnPage(text));
    struct Step
    {
        Effect effect;
        Moderation after;
    };
    const QList<Step> steps{{Effect::approve, Moderation::approved}, {Effect::spam, Moderation::spam},
                            {Effect::spam, Moderation::spam},        {Effect::restore, Moderation::approved},
                            {Effect::trash, Moderation::trash},      {Effect::restore, Moderation::approved},
                            {Effect::hide, Moderation::held},        {Effect::approve, Moderation::approved}};
    for (const Step &step : steps) {
        const Outgoing outgoing = wish(*desk, step.effect, held);
        const auto delivered = await(desk->deliver(outgoing));
        QVERIFY(delivered.has_value());
        QCOMPARE(delivered->moderation, step.after);
        QCOMPARE(message(*desk, held).moderation, step.after);
        QCOMPARE(isOnPage(text), step.after == Moderation::approved);
        const auto found = await(desk->findDelivered(outgoing, {m_clock.now(), 2min, {}}));
        QVERIFY(found && *found);
    }
}

void WordPressPeerTest::editsAndDeletionsAreNoticed()
{
    const auto desk = connector(access());
    const qint64 edited = visitorComment(QStringLiteral("Eda"), QStringLiteral("first words"));
    const qint64 removed = visitorComment(QStringLiteral("Eda"), QStringLiteral("other words"));
    const qint64 answer = visitorComment(QStringLiteral("Fay"), QStringLiteral("an answer"), removed);
    const QString route = QStringLiteral("/wp/v2/comments/%1");
    QVERIFY(!asEditor("POST", route.arg(edited), {{QStringLiteral("content"), QStringLiteral("new words")}}).isEmpty());
    const QUrl root = m_url.resolved(QUrl(QStringLiteral("?rest_route=/")));
    const QUrl forGood = restUrl(root, route.arg(removed), {{QStringLiteral("force"), QStringLiteral("true")}});
    QCOMPARE(exchange("DELETE", forGood, {}, {}, true).status, 200);
    QList<KnownMessage> known;
    for (const qint64 id : {edited, removed, answer})
        known.append({uri(id), QString::number(id), false});
    const auto page = await(desk->refresh(known));
    QVERIFY(page.has_value());
    QCOMPARE(page->messages.size(), 2);
    QCOMPARE(page->changes, (QList<RemoteChange>{{uri(removed), Presence::gone, {}}}));
    QCOMPARE(message(*desk, edited).text, QStringLiteral("new words"));
    QCOMPARE(message(*desk, answer).parentUri, message(*desk, answer).threadUri);
    QCOMPARE(kindOf(await(desk->thread(known.at(1)))), ErrorKind::notFound);
}

void WordPressPeerTest::lostAnswerIsFound()
{
    CuttingProxy proxy(m_url.host(), quint16(m_url.port()));
    const QString address = QStringLiteral("http://127.0.0.1:%1/").arg(proxy.serverPort());
    const auto desk = connector(access(address));
    const qint64 question = visitorComment(QStringLiteral("Lou"), QStringLiteral("Did it arrive?"));
    const auto asked = await(desk->refresh({{commentUri(QUrl(address), question), {}, false}}));
    QCOMPARE(asked.value_or(Page()).messages.size(), 1);
    Outgoing reply;
    reply.clientId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    reply.text = QStringLiteral("It did, see https://example.com/?a=1&b=2");
    reply = desk->prepare(reply, asked->messages.first()).value_or(Outgoing());
    const Attempt attempt{m_clock.now(), 2min, {}};
    const auto none = await(desk->findDelivered(reply, attempt));
    QVERIFY(none.has_value() && !none->has_value());

    proxy.cutAnswersTo("POST ");
    QCOMPARE(kindOf(await(desk->deliver(reply))), ErrorKind::unsure);
    QCOMPARE(proxy.cutCount(), 1);
    proxy.cutAnswersTo({});
    const auto found = await(desk->findDelivered(reply, attempt));
    QVERIFY(found && *found);
    const auto thread = await(desk->thread({commentUri(QUrl(address), question), {}, false}));
    QVERIFY(thread.has_value());
    QCOMPARE(std::count_if(thread->cbegin(), thread->cend(),
                           [&](const RemoteMessage &message) { return message.clientId == reply.clientId; }),
             1);
    const auto repeated = await(desk->deliver(reply));
    QVERIFY(repeated.has_value());
    QCOMPARE(repeated->uri, (*found)->uri);
}

void WordPressPeerTest::sameWordsAreADuplicate()
{
    const auto desk = connector(access());
    const qint64 question = visitorComment(QStringLiteral("Gus"), QStringLiteral("Is it decaf?"));
    QVERIFY(await(desk->deliver(wish(*desk, Effect::reply, question, QStringLiteral("Voilà, it is")))).has_value());
    const auto again = await(desk->deliver(wish(*desk, Effect::reply, question, QStringLiteral("voila, IT is"))));
    QCOMPARE(kindOf(again), ErrorKind::policy);
    Outgoing ghost = wish(*desk, Effect::reply, question, QStringLiteral("To nobody"));
    ghost.targetUri = uri(99'999);
    QCOMPARE(kindOf(await(desk->deliver(ghost))), ErrorKind::parentGone);
    Outgoing tooLong = wish(*desk, Effect::reply, question, QStringLiteral("x"));
    tooLong.text = QString(65'526, u'x');
    QCOMPARE(kindOf(await(desk->deliver(tooLong))), ErrorKind::tooLong);
}

void WordPressPeerTest::ownCommentIsDeleted()
{
    const auto desk = connector(access());
    const qint64 question = visitorComment(QStringLiteral("Ivy"), QStringLiteral("Open on Sunday?"));
    const auto reply = await(desk->deliver(wish(*desk, Effect::reply, question, QStringLiteral("Wrong answer"))));
    QVERIFY(reply.has_value());
    const Outgoing removal = wish(*desk, Effect::deleteOwn, reply->remoteId.toLongLong());
    QVERIFY(await(desk->deliver(removal)).has_value());
    QVERIFY(!isOnPage(QStringLiteral("Wrong answer")));
    QVERIFY(await(desk->deliver(removal)).has_value());
}

void WordPressPeerTest::longHistoryIsWalkedWhileItChanges()
{
    QList<qint64> ids;
    for (int i = 0; i < 130; ++i) {
        const QJsonObject made = asEditor("POST", QStringLiteral("/wp/v2/comments"),
                                          {{QStringLiteral("post"), m_site.value(QStringLiteral("page"))},
                                           {QStringLiteral("content"), QStringLiteral("line %1").arg(i)}});
        ids.append(made.value(QStringLiteral("id")).toInteger());
        QVERIFY(ids.last() > 0);
    }
    const auto desk = connector(access());
    QMap<QString, RemoteMessage> kept;
    const auto keep = [&kept](const Page &page) {
        for (const RemoteMessage &message : page.messages)
            kept.insert(message.uri, message);
        return page.next;
    };
    const auto first = await(desk->pull({}));
    QVERIFY(first && first->hasMore);
    Position position = keep(*first);
    // What goes away above moves unseen comments past the next page.
    const QUrl root = m_url.resolved(QUrl(QStringLiteral("?rest_route=/")));
    for (int i = 0; i < 12; ++i) {
        const QString route = QStringLiteral("/wp/v2/comments/%1").arg(ids.takeLast());
        const QUrl forGood = restUrl(root, route, {{QStringLiteral("force"), QStringLiteral("true")}});
        QCOMPARE(exchange("DELETE", forGood, {}, {}, true).status, 200);
    }
    const qint64 late = visitorComment(QStringLiteral("Late"), QStringLiteral("while you walk"));
    for (int pages = 0; pages < 10 && !position.walk.isEmpty(); ++pages) {
        const auto page = await(desk->pull(position));
        QVERIFY(page.has_value());
        position = keep(*page);
    }
    QVERIFY(position.walk.isEmpty());
    QVERIFY(!kept.contains(uri(late)));
    const auto next = await(desk->pull(position));
    QVERIFY(next.has_value());
    keep(*next);
    QVERIFY(kept.contains(uri(late)));
    for (const qint64 id : std::as_const(ids))
        QVERIFY2(kept.contains(uri(id)), qPrintable(QString::number(id)));
    QCOMPARE(kept.value(uri(ids.first())).threadTitle, QStringLiteral("About us"));
}

void WordPressPeerTest::wrongPasswordIsNoticed()
{
    ChannelAccess wrong = access();
    wrong.secret = Secret("aaaa bbbb cccc dddd eeee ffff");
    const auto stranger = connector(wrong);
    QCOMPARE(kindOf(await(stranger->check())), ErrorKind::authExpired);
    QCOMPARE(kindOf(await(stranger->pull({}))), ErrorKind::authExpired);

    const QJsonObject reader = m_site.value(QStringLiteral("reader")).toObject();
    ChannelAccess weak = access();
    weak.user = reader.value(QStringLiteral("user")).toString();
    weak.secret = Secret(reader.value(QStringLiteral("password")).toString().toUtf8());
    const auto subscriber = connector(weak);
    const auto account = await(subscriber->check());
    QCOMPARE(kindOf(account), ErrorKind::permission);
    QCOMPARE(account.error().detail, QStringLiteral("moderate_comments"));

    // As WordPress shows it once: with blanks.
    ChannelAccess spaced = access();
    spaced.secret = Secret(QByteArray(spaced.secret.reveal()).insert(4, ' ').insert(9, ' '));
    const auto desk = connector(spaced);
    QVERIFY(await(desk->check()).has_value());
}

void WordPressPeerTest::visitorsReadWhatIsPublic()
{
    const qint64 seen = visitorComment(QStringLiteral("Joe"), QStringLiteral("for all to read"));
    switchTo({{QStringLiteral("moderated"), true}});
    const qint64 held = visitorComment(QStringLiteral("Joe"), QStringLiteral("not yet"));
    ChannelAccess open = access();
    open.user.clear();
    open.secret = {};
    const auto reader = connector(open);
    const auto account = await(reader->check());
    QVERIFY(account && !account->capabilities.canReply);
    const auto page = await(reader->pull({}));
    QVERIFY(page.has_value());
    QStringList uris;
    for (const RemoteMessage &message : page->messages)
        uris.append(message.uri);
    QVERIFY(uris.contains(uri(seen)) && !uris.contains(uri(held)));
    QVERIFY(!page->messages.first().author.id.isEmpty());
}

void WordPressPeerTest::plainLinksDoAsWell()
{
    const qint64 question = visitorComment(QStringLiteral("Kim"), QStringLiteral("Pretty or plain?"));
    const auto pretty = connector(access());
    const RemoteMessage before = message(*pretty, question);
    switchTo({{QStringLiteral("plain"), true}});
    const auto plain = connector(access());
    QVERIFY(await(plain->check()).has_value());
    const RemoteMessage after = message(*plain, question);
    QCOMPARE(after.uri, before.uri);
    QCOMPARE(after.threadUri, before.threadUri);
    QCOMPARE(after.threadTitle, before.threadTitle);
    QVERIFY(after.url != before.url && after.url.contains(QStringLiteral("?p=")));
    const Outgoing reply = wish(*plain, Effect::reply, question, QStringLiteral("Both will do"));
    QVERIFY(await(plain->deliver(reply)).has_value());
    const auto found = await(plain->findDelivered(reply, {m_clock.now(), 2min, {}}));
    QVERIFY(found && *found);
    const auto thread = await(plain->thread({after.uri, after.remoteId, false}));
    QVERIFY(thread.has_value());
    QCOMPARE(thread->first().text, QStringLiteral("Tell us how you like it."));
}

void WordPressPeerTest::downAndBackAgain()
{
    auto proxy = std::make_unique<CuttingProxy>(m_url.host(), quint16(m_url.port()));
    const quint16 port = proxy->serverPort();
    const auto desk = connector(access(QStringLiteral("http://127.0.0.1:%1/").arg(port)));
    QVERIFY(await(desk->pull({})).has_value());
    proxy.reset();
    QCOMPARE(kindOf(await(desk->pull({}))), ErrorKind::transient);
    proxy = std::make_unique<CuttingProxy>(m_url.host(), quint16(m_url.port()));
    proxy->close();
    QVERIFY(proxy->listen(QHostAddress::LocalHost, port));
    QVERIFY(await(desk->pull({})).has_value());

    setMaintenance(true);
    const auto page = await(desk->pull({}));
    QVERIFY(kindOf(page) == ErrorKind::transient || kindOf(page) == ErrorKind::rateLimited);
    QVERIFY(isKnown(page.error().until));
    setMaintenance(false);
    QVERIFY(await(desk->pull({})).has_value());
}

QTEST_GUILESS_MAIN(WordPressPeerTest)
#include "tst_wordpresspeer.moc"
