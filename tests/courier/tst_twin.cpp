// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courierworld.h"
#include "workspace/exportqueries.h"
#include "workspace/queries.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

/// One post that two of our accounts hear: answered once, whichever account answers, here or outside.
class TwinTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void secondAnswerIsRefused();
    void takenBackAnswerDoesNotCount();
    void answerFromOutsideStopsWhatWaits();
    void anotherPostIsNoTwin();

private:
    struct Account
    {
        ChannelId channel;
        std::unique_ptr<ChannelRunner> runner;
    };
    [[nodiscard]] Account connectAccount(const QString &name);
    [[nodiscard]] Outcome act(ActionArguments arguments, Seq basedOn, bool force = false);
    [[nodiscard]] Outcome reply(const Account &from, const QString &text, Seq basedOn, bool force = false);
    void pullBoth();
    [[nodiscard]] ConversationRecord conversationOf(const Account &account);
    [[nodiscard]] DeliveryJob job(qint64 delivery);
    [[nodiscard]] QList<TwinRecord> twinsOf(const Account &account);

    WorldClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeMastodon> m_server;
    std::unique_ptr<FakeTransport> m_transport;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<LocalDesk> m_desk;
    std::unique_ptr<Intake> m_intake;
    Account m_acme;
    Account m_help;
    QString m_post;
};

void TwinTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_shared<FakeMastodon>(QStringLiteral("social.example"));
    m_server->setTime(m_clock.now());
    for (const char *name : {"acme", "help", "mira"})
        m_server->addPerson(QString::fromLatin1(name));
    m_transport = std::make_unique<FakeTransport>();
    m_transport->add(m_server);
    m_secrets = makeMemoryStore();
    const QString path = m_folder->filePath(QStringLiteral("w.earshot"));
    QVERIFY(Workspace::create(path, QStringLiteral("Ana"), m_clock).has_value());
    m_workspace = std::move(Workspace::open(path, Workspace::Access::owner, m_clock).value());
    m_desk = std::make_unique<LocalDesk>(*m_workspace, AgentId(1));
    m_intake = std::make_unique<Intake>(*m_workspace);
    m_acme = connectAccount(QStringLiteral("acme"));
    m_help = connectAccount(QStringLiteral("help"));
    m_clock.advance(std::chrono::seconds(1));
    m_server->setTime(m_clock.now());
    m_post = m_server->post(QStringLiteral("mira"), QStringLiteral("@acme @help it broke"));
    pullBoth();
}

void TwinTest::cleanup()
{
    m_acme = {};
    m_help = {};
    m_desk.reset();
    m_intake.reset();
    m_workspace.reset();
    m_transport.reset();
    m_server.reset();
    m_folder.reset();
}

TwinTest::Account TwinTest::connectAccount(const QString &name)
{
    Act::AddChannel add;
    add.network = Network::mastodon;
    add.address = QStringLiteral("@%1@social.example").arg(name);
    add.name = name;
    add.workSince = m_clock.now() - std::chrono::days(1);
    add.horizon = m_clock.now() - std::chrono::days(30);
    Account account;
    account.channel = ChannelId(resultOf(m_desk->perform({makeAction(add, m_clock.now())})).constFirst().created);
    static_cast<void>(m_secrets->write(name, Secret(FakeMastodon::tokenOf(name))));
    const auto channels =
        m_workspace->readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    ChannelRunner::Setting setting;
    setting.intake = m_intake.get();
    setting.secrets = m_secrets.get();
    setting.network = {m_transport.get(), &m_clock};
    setting.secretName = name;
    setting.process = newUuid(m_clock.now()).toString();
    account.runner = std::make_unique<ChannelRunner>(channels->constLast(), setting, nullptr);
    return account;
}

void TwinTest::pullBoth()
{
    for (const Account *account : {&m_acme, &m_help}) {
        const ChannelReport report = resultOf(account->runner->pull());
        QVERIFY2(!report.error, qPrintable(report.error ? report.error->detail : QString()));
    }
}

Outcome TwinTest::act(ActionArguments arguments, Seq basedOn, bool force)
{
    Action action = makeAction(std::move(arguments), m_clock.now(), basedOn);
    action.force = force;
    return resultOf(m_desk->perform({action})).constFirst();
}

Outcome TwinTest::reply(const Account &from, const QString &text, Seq basedOn, bool force)
{
    Act::SendReply reply;
    reply.conversation = conversationOf(from).id;
    reply.text = text;
    return act(reply, basedOn, force);
}

ConversationRecord TwinTest::conversationOf(const Account &account)
{
    const Time now = m_clock.now();
    const auto all =
        m_workspace->readNow<QList<ConversationRecord>>([now](Database &database) -> Result<QList<ConversationRecord>> {
            const auto ids = conversationsAfter(database, ConversationId(), 100);
            return ids ? loadConversations(database, *ids, AgentId(1), now) : tl::unexpected(ids.error());
        });
    QList<ConversationRecord> own;
    for (const ConversationRecord &conversation : *all) {
        if (conversation.channel == account.channel)
            own.append(conversation);
    }
    Q_ASSERT(own.size() == 1);
    return own.constFirst();
}

DeliveryJob TwinTest::job(qint64 delivery)
{
    return m_workspace
        ->readNow<DeliveryJob>([delivery](Database &database) { return loadJob(database, DeliveryId(delivery)); })
        .value();
}

QList<TwinRecord> TwinTest::twinsOf(const Account &account)
{
    TimelineQuery query;
    query.conversation = conversationOf(account).id;
    query.limit = 10;
    return m_workspace
        ->readNow<QList<TwinRecord>>([query](Database &database) -> Result<QList<TwinRecord>> {
            const auto messages = loadMessages(database, query);
            return messages ? loadTwins(database, messages->constFirst().id) : tl::unexpected(messages.error());
        })
        .value();
}

void TwinTest::secondAnswerIsRefused()
{
    // Both agents have the same state before their eyes.
    const Seq seen = std::max(conversationOf(m_acme).seq, conversationOf(m_help).seq);
    QCOMPARE(twinsOf(m_help).size(), 1);
    QCOMPARE(twinsOf(m_help).constFirst().number, conversationOf(m_acme).number);
    QCOMPARE(twinsOf(m_help).constFirst().channelName, QStringLiteral("acme"));
    QVERIFY(!twinsOf(m_help).constFirst().isAnswered);
    QVERIFY(reply(m_acme, QStringLiteral("We look into it"), seen).isApplied());
    QVERIFY(twinsOf(m_help).constFirst().isAnswered);
    QCOMPARE(reply(m_help, QStringLiteral("So do we"), seen).refusal.kind, RefusalKind::answeredElsewhere);
    QCOMPARE(resultOf(m_acme.runner->deliver(true, false)).sent, 1);
    QCOMPARE(resultOf(m_help.runner->deliver(true, false)).sent, 0);
    // Our answer names the other account as well, since the question did: that is no question to it. Also once it has
    // come back from the network, and with what is seen of the second conversation now.
    pullBoth();
    QCOMPARE(reply(m_help, QStringLiteral("So do we"), seen).refusal.kind, RefusalKind::answeredElsewhere);
    QCOMPARE(m_server->postsOf(QStringLiteral("help")).size(), 0);
    // "Do it anyway" goes all the way.
    const Outcome anyway = reply(m_help, QStringLiteral("So do we"), seen, true);
    QVERIFY(anyway.isApplied());
    QCOMPARE(resultOf(m_help.runner->deliver(true, false)).sent, 1);
    QCOMPARE(job(anyway.created).state, DeliveryState::sent);
    QCOMPARE(m_server->postsOf(QStringLiteral("help")).size(), 1);
    QCOMPARE(m_server->postsOf(QStringLiteral("acme")).size(), 1);
}

void TwinTest::takenBackAnswerDoesNotCount()
{
    const Seq seen = std::max(conversationOf(m_acme).seq, conversationOf(m_help).seq);
    const Outcome first = reply(m_acme, QStringLiteral("We look into it"), seen);
    QVERIFY(first.isApplied());
    QVERIFY(act(Act::CancelDelivery{DeliveryId(first.created)}, 0).isApplied());
    QVERIFY(!twinsOf(m_help).constFirst().isAnswered);
    QVERIFY(reply(m_help, QStringLiteral("We do"), seen).isApplied());
    QCOMPARE(resultOf(m_help.runner->deliver(true, false)).sent, 1);
    QCOMPARE(m_server->postsOf(QStringLiteral("acme")).size(), 0);
}

void TwinTest::answerFromOutsideStopsWhatWaits()
{
    const Seq seen = std::max(conversationOf(m_acme).seq, conversationOf(m_help).seq);
    const Outcome waiting = reply(m_help, QStringLiteral("We look into it"), seen);
    QVERIFY(waiting.isApplied());
    // Somebody answers in a browser, as the other account, before it goes out.
    m_clock.advance(std::chrono::seconds(2));
    m_server->setTime(m_clock.now());
    static_cast<void>(m_server->post(QStringLiteral("acme"), QStringLiteral("@mira on it"), {.inReplyTo = m_post}));
    QVERIFY(!resultOf(m_acme.runner->pull()).error);
    m_clock.advance(std::chrono::minutes(1));
    m_server->setTime(m_clock.now());
    QCOMPARE(resultOf(m_help.runner->deliver(false, false)).failed, 1);
    QCOMPARE(job(waiting.created).failure, QStringLiteral("answeredElsewhere"));
    QCOMPARE(m_server->postsOf(QStringLiteral("help")).size(), 0);
    QCOMPARE(conversationOf(m_help).status, Status::open);
    QCOMPARE(conversationOf(m_help).trouble, 1);
    // The person who is told decides.
    QCOMPARE(act(Act::RetryDelivery{DeliveryId(waiting.created)}, seen).refusal.kind, RefusalKind::answeredElsewhere);
    QVERIFY(act(Act::RetryDelivery{DeliveryId(waiting.created)}, 0).isApplied());
    QCOMPARE(resultOf(m_help.runner->deliver(false, false)).sent, 1);
    QCOMPARE(m_server->postsOf(QStringLiteral("help")).size(), 1);
}

void TwinTest::anotherPostIsNoTwin()
{
    m_clock.advance(std::chrono::seconds(1));
    m_server->setTime(m_clock.now());
    static_cast<void>(
        m_server->post(QStringLiteral("mira"), QStringLiteral("@help and another thing"), {.inReplyTo = m_post}));
    pullBoth();
    const Seq seen = std::max(conversationOf(m_acme).seq, conversationOf(m_help).seq);
    QVERIFY(reply(m_acme, QStringLiteral("We look into it"), seen).isApplied());
    // Answers her newest post, which only this account heard.
    QVERIFY(reply(m_help, QStringLiteral("And into that"), seen).isApplied());
}

QTEST_GUILESS_MAIN(TwinTest)
#include "tst_twin.moc"
