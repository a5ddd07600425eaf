// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courierworld.h"

#include "workspace/queries.h"

namespace Earshot {

CourierWorld::CourierWorld(FakeMastodon::Dialect dialect)
    : server(std::make_shared<FakeMastodon>(QStringLiteral("social.example"), dialect))
    , secrets(makeMemoryStore())
{
    server->setTime(clock.now());
    server->addPerson(QStringLiteral("acme"));
    server->addPerson(QStringLiteral("mira"));
    const Done made = Workspace::create(folder.filePath(QStringLiteral("w.earshot")), QStringLiteral("Ana"), clock);
    Q_ASSERT(made);
    beginProcess();
}

void CourierWorld::endProcess()
{
    runner.reset();
    desk.reset();
    intake.reset();
    workspace.reset();
    transport.reset();
}

void CourierWorld::beginProcess()
{
    transport = std::make_unique<FakeTransport>();
    transport->add(server);
    workspace = std::move(
        Workspace::open(folder.filePath(QStringLiteral("w.earshot")), Workspace::Access::owner, clock).value());
    desk = std::make_unique<LocalDesk>(*workspace, AgentId(1));
    intake = std::make_unique<Intake>(*workspace);
    if (!channel.isValid()) {
        Act::AddChannel add;
        add.network = Network::mastodon;
        add.address = QStringLiteral("@acme@social.example");
        add.workSince = clock.now() - std::chrono::days(1);
        add.horizon = clock.now() - std::chrono::days(30);
        channel = ChannelId(resultOf(desk->perform({makeAction(add, clock.now())})).constFirst().created);
        static_cast<void>(secrets->write(QStringLiteral("s"), Secret(FakeMastodon::tokenOf(QStringLiteral("acme")))));
    }
    const auto channels =
        workspace->readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    ChannelRunner::Setting setting;
    setting.intake = intake.get();
    setting.secrets = secrets.get();
    setting.network = {transport.get(), &clock};
    setting.secretName = QStringLiteral("s");
    setting.process = newUuid(clock.now()).toString();
    runner = std::make_unique<ChannelRunner>(channels->constFirst(), setting, nullptr);
}

QString CourierWorld::customerAsks(const QString &text)
{
    clock.advance(std::chrono::seconds(1));
    server->setTime(clock.now());
    return server->post(QStringLiteral("mira"), QStringLiteral("@acme ") + text);
}

DeliveryId CourierWorld::reply(const QString &text)
{
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = text;
    const Outcome outcome = resultOf(desk->perform({makeAction(reply, clock.now())})).constFirst();
    return outcome.isApplied() ? DeliveryId(outcome.created) : DeliveryId();
}

DeliveryJob CourierWorld::job(DeliveryId delivery)
{
    return workspace->readNow<DeliveryJob>([delivery](Database &database) { return loadJob(database, delivery); })
        .value();
}

int CourierWorld::published(const QString &text) const
{
    int count = 0;
    const QStringList posts = server->postsOf(QStringLiteral("acme"));
    for (const QString &id : posts)
        count += server->textOfPost(id).contains(text) ? 1 : 0;
    return count;
}

int CourierWorld::storedMessages()
{
    TimelineQuery query;
    query.conversation = ConversationId(1);
    query.limit = 1000;
    const auto messages =
        workspace->readNow<QList<MessageRecord>>([query](Database &database) { return loadMessages(database, query); });
    return int(messages->size());
}

void CourierWorld::waitLong()
{
    clock.advance(std::chrono::minutes(3));
    server->setTime(clock.now());
}

} // namespace Earshot
