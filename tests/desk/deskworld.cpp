// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "deskworld.h"

namespace Earshot {

void DeskWorld::openDesk()
{
    m_workspace = std::move(
        Workspace::open(m_folder->filePath(QStringLiteral("d.earshot")), Workspace::Access::owner, m_clock).value());
    m_desk = std::make_unique<LocalDesk>(*m_workspace, AgentId(1));
    m_intake = std::make_unique<Intake>(*m_workspace);
}

void DeskWorld::begin()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(Workspace::create(m_folder->filePath(QStringLiteral("d.earshot")), QStringLiteral("Ana"), m_clock));
    openDesk();
    Act::AddChannel channel;
    channel.network = Network::mastodon;
    channel.address = QStringLiteral("@acme@social.example");
    channel.workSince = m_clock.now() - std::chrono::hours(1);
    const Outcome added = act(channel);
    QVERIFY(added.isApplied());
    m_channel = ChannelId(added.created);
    Capabilities can;
    can.canReply = can.canReplyPrivately = can.canLike = true;
    QVERIFY(m_intake->storeAccount(m_channel, QStringLiteral("1"), QStringLiteral("@acme"), {}, {}, can).result());
    QVERIFY(act(Act::AddAgent{QStringLiteral("Kim"), Role::agent}).isApplied());
}

void DeskWorld::end()
{
    Database::setFault({});
    m_intake.reset();
    m_desk.reset();
    m_workspace.reset();
    m_folder.reset();
}

Outcome DeskWorld::act(ActionArguments arguments, Seq basedOn, bool force)
{
    Action action = makeAction(std::move(arguments), m_clock.now(), basedOn);
    action.force = force;
    return m_desk->perform({action}).result().constFirst();
}

Outcome DeskWorld::actAs(AgentId agent, ActionArguments arguments, Seq basedOn)
{
    return m_desk->performAs(agent, {makeAction(std::move(arguments), m_clock.now(), basedOn)}).result().constFirst();
}

RemoteMessage DeskWorld::mention(const QString &id, const QString &text, const QString &author)
{
    RemoteMessage message;
    message.uri = QStringLiteral("https://social.example/") + id;
    message.remoteId = id;
    message.threadUri = message.uri;
    message.author.id = author;
    message.author.name = author;
    message.author.handle = QStringLiteral("@") + author;
    message.sentAt = m_clock.now();
    message.text = text;
    return message;
}

void DeskWorld::ingest(const QList<RemoteMessage> &messages)
{
    Page page;
    page.messages = messages;
    page.next.mark = QStringLiteral("m");
    QVERIFY(m_intake->storePage(m_channel, page).result());
}

ConversationFacts DeskWorld::conversation(ConversationId id)
{
    Action action = makeAction(Act::Claim{id}, m_clock.now());
    return m_workspace
        ->readNow<ConversationFacts>([&](Database &database) -> Result<ConversationFacts> {
            return *loadFacts(database, action, QString()).conversation;
        })
        .value();
}

qint64 DeskWorld::count(const char *statement)
{
    return m_workspace
        ->readNow<qint64>([statement](Database &database) -> Result<qint64> {
            qint64 n = 0;
            Statement find = database.statement(statement);
            while (find.next())
                ++n;
            return n;
        })
        .value();
}

DeliveryJob DeskWorld::job(qint64 delivery)
{
    return m_workspace
        ->readNow<DeliveryJob>([delivery](Database &database) { return loadJob(database, DeliveryId(delivery)); })
        .value();
}

DeliveryId DeskWorld::sendReply(const QString &text, Seq basedOn)
{
    Act::SendReply reply;
    reply.conversation = m_first;
    reply.text = text;
    const Outcome outcome = act(reply, basedOn);
    return outcome.isApplied() ? DeliveryId(outcome.created) : DeliveryId();
}

int DeskWorld::beginAttempt(DeliveryId delivery)
{
    BeginWish wish;
    wish.delivery = delivery;
    wish.outgoing.text = QStringLiteral("text");
    wish.process = QStringLiteral("p");
    return m_intake->beginAttempt(wish).result().value();
}

} // namespace Earshot
