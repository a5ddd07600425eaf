// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/talkworld.h"

#include "workspace/queries.h"

#include <QStandardPaths>

namespace Earshot {

TalkWorld::TalkWorld()
{
    QStandardPaths::setTestModeEnabled(true);
    const QString path = m_folder.filePath(QStringLiteral("talk.earshot"));
    if (!Workspace::create(path, QStringLiteral("Ana"), m_clock))
        qFatal("no workspace could be made");
    m_workspace = std::move(Workspace::open(path, Workspace::Access::owner, m_clock).value());
    m_desk = std::make_unique<LocalDesk>(*m_workspace, AgentId(1));
    m_intake = std::make_unique<Intake>(*m_workspace);
    Act::AddChannel channel;
    channel.network = Network::mastodon;
    channel.address = QStringLiteral("@acmecares@social.example");
    channel.name = QStringLiteral("Acme");
    channel.workSince = m_clock.now() - std::chrono::hours(1);
    m_channel = ChannelId(act(channel).created);
    m_kim = AgentId(act(Act::AddAgent{QStringLiteral("Kim"), Role::agent}).created);
    static_cast<void>(act(Act::SetDuty{m_kim, true}));
    Capabilities can;
    can.canReply = true;
    can.canReplyPrivately = true;
    can.hasContentWarning = true;
    can.countRule = CountRule::graphemes;
    can.maxLength = 60;
    can.maxMedia = 2;
    can.maxMediaBytes = 100'000;
    setCapabilities(can);
    write(QStringLiteral("My ThinkTower won't wake"));
}

TalkWorld::~TalkWorld()
{
    m_intake.reset();
    m_desk.reset();
    m_workspace.reset();
}

void TalkWorld::setCapabilities(const Capabilities &capabilities)
{
    const auto stored =
        m_intake->storeAccount(m_channel, QStringLiteral("1"), QStringLiteral("@acmecares@social.example"),
                               QStringLiteral("Acme"), QStringLiteral("https://social.example"), capabilities);
    if (!stored.result())
        qFatal("the account was not stored");
}

RemoteMessage TalkWorld::inbound(const QString &text)
{
    m_clock.advance(std::chrono::seconds(1));
    const QString number = QString::number(++m_written);
    RemoteMessage message;
    message.uri = QStringLiteral("https://social.example/") + number;
    message.url = message.uri;
    message.remoteId = number;
    message.threadUri = QStringLiteral("https://social.example/1");
    message.parentUri = m_written == 1 ? QString() : QStringLiteral("https://social.example/%1").arg(m_written - 1);
    message.author.id = QStringLiteral("mira");
    message.author.name = QStringLiteral("Mira Holm");
    message.author.handle = QStringLiteral("@mira@social.example");
    message.sentAt = m_clock.now();
    message.text = text;
    return message;
}

void TalkWorld::store(const QList<RemoteMessage> &messages, const QList<RemoteChange> &changes)
{
    Page page;
    page.messages = messages;
    page.changes = changes;
    if (!m_intake->storeMessages(m_channel, page).result())
        qFatal("the messages were not stored");
}

Outcome TalkWorld::act(ActionArguments arguments)
{
    return m_desk->perform({makeAction(std::move(arguments), m_clock.now())}).result().constFirst();
}

Outcome TalkWorld::actAs(AgentId agent, ActionArguments arguments)
{
    return m_desk->performAs(agent, {makeAction(std::move(arguments), m_clock.now())}).result().constFirst();
}

ConversationRecord TalkWorld::record()
{
    using Rows = QList<ConversationRecord>;
    const auto rows = m_workspace->readNow<Rows>([this](Database &database) {
        return loadConversations(database, {conversation()}, AgentId(1), m_clock.now());
    });
    return rows.value().constFirst();
}

QList<MessageRecord> TalkWorld::messages()
{
    using Rows = QList<MessageRecord>;
    return m_workspace
        ->readNow<Rows>([this](Database &database) {
            return loadMessages(database, {conversation(), {}, 10'000});
        })
        .value();
}

QList<DraftRecord> TalkWorld::drafts()
{
    (void)m_desk->flushPersonal().result();
    using Rows = QList<DraftRecord>;
    return m_workspace
        ->readNow<Rows>([this](Database &database) { return loadDrafts(database, AgentId(1), conversation()); })
        .value();
}

ChannelRecord TalkWorld::channelRecord()
{
    using Rows = QList<ChannelRecord>;
    return m_workspace->readNow<Rows>([](Database &database) { return loadChannels(database); }).value().constFirst();
}

QList<AgentRecord> TalkWorld::agents()
{
    using Rows = QList<AgentRecord>;
    return m_workspace->readNow<Rows>([](Database &database) { return loadAgents(database); }).value();
}

} // namespace Earshot
