// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/deskworld.h"

#include <QStandardPaths>

namespace Earshot {

DeskWorld::DeskWorld(bool hasChannel)
{
    QStandardPaths::setTestModeEnabled(true);
    const QString path = m_folder.filePath(QStringLiteral("d.earshot"));
    if (!Workspace::create(path, QStringLiteral("Ana"), m_clock))
        qFatal("no workspace could be made");
    m_workspace = std::move(Workspace::open(path, Workspace::Access::owner, m_clock).value());
    m_desk = std::make_unique<LocalDesk>(*m_workspace, AgentId(1));
    m_intake = std::make_unique<Intake>(*m_workspace);
    if (!hasChannel)
        return;
    Act::AddChannel channel;
    channel.network = Network::mastodon;
    channel.address = QStringLiteral("@acme@social.example");
    channel.name = QStringLiteral("Acme");
    channel.workSince = m_clock.now() - std::chrono::hours(1);
    m_channel = ChannelId(act(channel).created);
    m_kim = AgentId(act(Act::AddAgent{QStringLiteral("Kim"), Role::agent}).created);
    static_cast<void>(act(Act::SetDuty{m_kim, true}));
}

DeskWorld::~DeskWorld()
{
    m_intake.reset();
    m_desk.reset();
    m_workspace.reset();
}

void DeskWorld::write(int count, Visibility visibility)
{
    Page page;
    for (int i = 0; i < count; ++i) {
        m_clock.advance(std::chrono::seconds(1));
        page.messages.append(message(++m_written));
        page.messages.last().visibility = visibility;
    }
    store(page);
}

void DeskWorld::writeAgain(int number)
{
    m_clock.advance(std::chrono::seconds(1));
    RemoteMessage again = message(number);
    again.parentUri = again.uri;
    again.uri += QStringLiteral("/again");
    again.remoteId += QStringLiteral("-again");
    Page page;
    page.messages.append(again);
    store(page);
}

RemoteMessage DeskWorld::message(int number) const
{
    const QString name = QStringLiteral("person%1").arg(number);
    RemoteMessage message;
    message.uri = QStringLiteral("https://social.example/") + name;
    message.remoteId = name;
    message.threadUri = message.uri;
    message.author.id = name;
    message.author.name = name;
    message.sentAt = m_clock.now();
    message.text = QStringLiteral("<b>hello</b> from ") + name;
    return message;
}

void DeskWorld::store(const Page &page)
{
    if (!m_intake->storeMessages(m_channel, page).result())
        qFatal("the messages were not stored");
}

Outcome DeskWorld::act(ActionArguments arguments)
{
    return m_desk->perform({makeAction(std::move(arguments), m_clock.now())}).result().constFirst();
}

Outcome DeskWorld::actAs(AgentId agent, ActionArguments arguments)
{
    return m_desk->performAs(agent, {makeAction(std::move(arguments), m_clock.now())}).result().constFirst();
}

} // namespace Earshot
