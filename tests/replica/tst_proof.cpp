// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/courier.h"
#include "courier/secretstore.h"
#include "fakes/fakebluesky.h"
#include "fakes/fakemastodon.h"
#include "replica/sharedchannels.h"
#include "tests/networks/await.h"
#include "tests/server/serverworld.h"

#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// The latest items of what is about to be connected, read by the server of a shared workspace.
class SharedProofTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void serverReadsWithTheSignIn();
    void whatTheServerIsRefusedIsTold();
    void onlyAnAdminMayLook();
    void serverWithoutNetworksSaysSo();

private:
    /// @param isConnected whether this server speaks to networks
    void start(bool isConnected = true);
    [[nodiscard]] Result<QList<RemoteMessage>> shown(Network network, const QString &address, const QByteArray &secret,
                                                     AgentId agent = ServerWorld::ana);
    [[nodiscard]] static QStringList texts(const Result<QList<RemoteMessage>> &messages);

    std::shared_ptr<FakeMastodon> m_mastodon;
    std::shared_ptr<FakeBluesky> m_bluesky;
    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<Courier> m_courier;
};

void SharedProofTest::init()
{
    m_world = std::make_unique<ServerWorld>();
    m_mastodon = std::make_shared<FakeMastodon>();
    m_mastodon->setTime(m_world->clock().now());
    m_bluesky = std::make_shared<FakeBluesky>();
    m_bluesky->setTime(m_world->clock().now());
    for (const QString &name : {u"acme"_s, u"mira"_s}) {
        m_mastodon->addPerson(name);
        m_bluesky->addPerson(name);
    }
}

void SharedProofTest::cleanup()
{
    m_world->stopServer();
    m_courier.reset();
    m_world.reset();
}

void SharedProofTest::start(bool isConnected)
{
    auto transport = std::make_unique<FakeTransport>();
    transport->add(m_mastodon);
    transport->add(m_bluesky);
    CourierWorker::Setting setting;
    setting.workspace = &m_world->workspace();
    setting.http = std::move(transport);
    setting.secrets = makeMemoryStore();
    setting.isOwner = true;
    m_courier = std::make_unique<Courier>(m_world->desk(), std::move(setting), nullptr);
    m_world->stopServer();
    Server::Options options;
    options.channels = isConnected ? m_courier.get() : nullptr;
    m_world->start(std::move(options));
}

Result<QList<RemoteMessage>> SharedProofTest::shown(Network network, const QString &address, const QByteArray &secret,
                                                    AgentId agent)
{
    ServerConnection connection(QUrl(u"http://127.0.0.1:%1"_s.arg(m_world->server().port())),
                                Secret(m_world->token(agent)), m_world->clock());
    SharedChannels channels(connection, m_world->clock());
    channels.setAccount(m_world->account());
    NewChannel wish;
    wish.finding.network = network;
    wish.finding.address = address;
    wish.secret = Secret(secret);
    return await(channels.preview(wish));
}

QStringList SharedProofTest::texts(const Result<QList<RemoteMessage>> &messages)
{
    if (!messages)
        return {word(messages.error().kind)};
    QStringList list;
    for (const RemoteMessage &message : *messages)
        list.append(message.text);
    return list;
}

void SharedProofTest::serverReadsWithTheSignIn()
{
    for (int i = 1; i <= 7; ++i) {
        m_mastodon->post(u"mira"_s, u"@acme question %1"_s.arg(i));
        m_bluesky->post(u"mira"_s, u"@acme.pds.example question %1"_s.arg(i));
    }
    m_bluesky->post(u"acme"_s, u"We are open"_s);
    start();
    const auto latest = shown(Network::mastodon, u"@acme@social.example"_s, FakeMastodon::tokenOf(u"acme"_s));
    QCOMPARE(texts(latest), QStringList({u"@acme question 7"_s, u"@acme question 6"_s, u"@acme question 5"_s,
                                         u"@acme question 4"_s, u"@acme question 3"_s}));
    QCOMPARE(latest->constFirst().author.handle, u"@mira@social.example"_s);
    QVERIFY(isKnown(latest->constFirst().sentAt));
    const QString address = u"@acme.pds.example"_s;
    QCOMPARE(texts(shown(Network::bluesky, address, FakeBluesky::passwordOf(u"acme"_s))).constFirst(),
             u"@acme.pds.example question 7"_s);
    QCOMPARE(texts(shown(Network::bluesky, address, {})), QStringList{u"We are open"_s});
}

void SharedProofTest::whatTheServerIsRefusedIsTold()
{
    start();
    QCOMPARE(texts(shown(Network::mastodon, u"@acme@social.example"_s, "wrong")),
             QStringList{word(ErrorKind::authExpired)});
    QCOMPARE(texts(shown(Network::mastodon, u"@acme@social.example"_s, FakeMastodon::tokenOf(u"mira"_s))),
             QStringList{word(ErrorKind::otherAccount)});
}

void SharedProofTest::onlyAnAdminMayLook()
{
    m_mastodon->post(u"acme"_s, u"We are open"_s);
    start();
    for (const AgentId agent : {ServerWorld::kim, ServerWorld::vic})
        QCOMPARE(texts(shown(Network::mastodon, u"@acme@social.example"_s, {}, agent)),
                 QStringList{word(ErrorKind::refused)});
    QCOMPARE(texts(shown(Network::mastodon, u"@acme@social.example"_s, {})), QStringList{u"We are open"_s});
}

void SharedProofTest::serverWithoutNetworksSaysSo()
{
    start(false);
    QCOMPARE(texts(shown(Network::mastodon, u"@acme@social.example"_s, {})), QStringList{word(ErrorKind::unsupported)});
}

QTEST_GUILESS_MAIN(SharedProofTest)
#include "tst_proof.moc"
