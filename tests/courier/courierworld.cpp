// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courierworld.h"

#include "workspace/exportqueries.h"
#include "workspace/queries.h"

namespace Earshot {

CourierWorld::CourierWorld(FakeMastodon::Dialect dialect)
    : server(std::make_shared<FakeMastodon>(QStringLiteral("social.example"), dialect))
    , secrets(makeMemoryStore())
{
    server->setTime(clock.now());
    server->addPerson(QStringLiteral("acme"));
    server->addPerson(QStringLiteral("mira"));
    place.network = server;
    place.add.network = Network::mastodon;
    place.add.address = QStringLiteral("@acme@social.example");
    place.secret = FakeMastodon::tokenOf(QStringLiteral("acme"));
    createWorkspace();
}

CourierWorld::CourierWorld(const std::function<Place(WorldClock &)> &make)
    : secrets(makeMemoryStore())
{
    place = make(clock);
    createWorkspace();
}

void CourierWorld::createWorkspace()
{
    const Done made = Workspace::create(folder.filePath(QStringLiteral("w.earshot")), QStringLiteral("Ana"), clock);
    Q_ASSERT(made);
    if (!isKnown(place.add.horizon)) {
        place.add.workSince = clock.now() - std::chrono::days(1);
        place.add.horizon = clock.now() - std::chrono::days(30);
    }
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
    transport->add(place.network);
    workspace = std::move(
        Workspace::open(folder.filePath(QStringLiteral("w.earshot")), Workspace::Access::owner, clock).value());
    desk = std::make_unique<LocalDesk>(*workspace, AgentId(1));
    intake = std::make_unique<Intake>(*workspace);
    if (!channel.isValid()) {
        channel = ChannelId(resultOf(desk->perform({makeAction(place.add, clock.now())})).constFirst().created);
        static_cast<void>(secrets->write(QStringLiteral("s"), Secret(place.secret)));
    }
    ChannelRunner::Setting setting;
    setting.intake = intake.get();
    setting.secrets = secrets.get();
    setting.network = {transport.get(), &clock};
    setting.secretName = QStringLiteral("s");
    setting.longestAttempt = longestAttempt;
    setting.process = newUuid(clock.now()).toString();
    runner = std::make_unique<ChannelRunner>(channelRow(), setting, nullptr);
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

ChannelRecord CourierWorld::channelRow()
{
    const auto channels =
        workspace->readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    return channels->constFirst();
}

void CourierWorld::waitLong()
{
    clock.advance(std::chrono::minutes(3));
    if (server)
        server->setTime(clock.now());
}

QList<MessageRecord> allMessages(Workspace &workspace)
{
    const auto messages =
        workspace.readNow<QList<MessageRecord>>([](Database &database) -> Result<QList<MessageRecord>> {
            const auto ids = messagesAfter(database, MessageId(), 10'000);
            return ids ? loadMessagesById(database, *ids) : tl::unexpected(ids.error());
        });
    Q_ASSERT(messages);
    return *messages;
}

QStringList rowsOf(Workspace &workspace)
{
    const Time now = workspace.clock().now();
    const auto conversations =
        workspace.readNow<QList<ConversationRecord>>([now](Database &database) -> Result<QList<ConversationRecord>> {
            const auto ids = conversationsAfter(database, ConversationId(), 10'000);
            return ids ? loadConversations(database, *ids, AgentId(1), now) : tl::unexpected(ids.error());
        });
    Q_ASSERT(conversations);
    QStringList rows;
    QHash<ConversationId, QString> names;
    for (const ConversationRecord &conversation : *conversations) {
        const QString name = conversation.contactHandle + conversation.contactName + conversation.subject;
        names.insert(conversation.id, name);
        rows.append(QStringLiteral("%1 | %2 | %3 messages | %4 | %5")
                        .arg(name, word(conversation.status), QString::number(conversation.messageCount),
                             toIso(conversation.lastMessageAt), conversation.threadTitle));
    }
    const QList<MessageRecord> messages = allMessages(workspace);
    for (const MessageRecord &message : messages) {
        rows.append(QStringLiteral("%1 | %2 | %3 | %4 | %5 | %6 | %7")
                        .arg(message.uri, word(message.kind), message.authorHandle, message.text,
                             names.value(message.conversation), word(message.presence), toIso(message.sortAt)));
    }
    rows.sort();
    return rows;
}

} // namespace Earshot
