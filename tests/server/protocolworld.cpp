// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/protocolworld.h"

#include "courier/courier.h"
#include "courier/secretstore.h"
#include "fakes/fakesite.h"

namespace Earshot {

namespace {

/// Also where assertions are off.
void check(const Outcome &outcome)
{
    if (!outcome.isApplied())
        qFatal("the world could not be furnished");
}

} // namespace

ProtocolWorld::ProtocolWorld()
{
    furnish();
    connectNetworks();
}

ProtocolWorld::~ProtocolWorld()
{
    stopServer();
}

/// What the examples find there.
void ProtocolWorld::furnish()
{
    check(act(Act::AddTag{ConversationId(1), QStringLiteral("broken")}));
    for (const ChannelId channel : {ServerWorld::open, ServerWorld::sales})
        receive(channel, QStringLiteral("twin"), QStringLiteral("seen on both"));
    receive(ServerWorld::open, QStringLiteral("private"), QStringLiteral("between us"));
    runSql(QStringLiteral("UPDATE message SET visibility = 3, seq = :1 WHERE uri LIKE '%/private'"));
    for (const ConversationId conversation : {ConversationId(5), ConversationId(6)}) {
        Act::SendReply reply;
        reply.conversation = conversation;
        reply.text = QStringLiteral("sent before");
        check(act(reply));
    }
    runSql(QStringLiteral("UPDATE delivery SET state = %1, seq = :1 WHERE id = 1;"
                          "UPDATE delivery SET state = %2, seq = :2 WHERE id = 2")
               .arg(int(DeliveryState::failed))
               .arg(int(DeliveryState::unsure)));
    check(act(Act::KeepSavedReply{{}, QStringLiteral("Thanks"), QStringLiteral("Thank you!")}));
    check(act(Act::KeepMacro{{}, QStringLiteral("Take it"), QStringLiteral("t"), {{MacroStepKind::claim, {}}}}));
    Act::SaveView view;
    view.content.name = QStringLiteral("Waiting long");
    view.content.filter.statuses = {Status::open};
    view.content.filter.needsAnswer = true;
    check(act(view));
    Act::PinNotice notice;
    notice.text = QStringLiteral("Be kind");
    notice.until = clock().now() + std::chrono::hours(24);
    check(act(notice));
    setPassword(ServerWorld::kim, "right horse");
}

/// A courier like the server's own; its network is a site beside the test.
void ProtocolWorld::connectNetworks()
{
    auto site = std::make_shared<FakeSite>(QStringLiteral("shop.example"), &clock());
    site->addPost(QStringLiteral("A lamp"), QStringLiteral("<p>It shines.</p>"));
    auto transport = std::make_unique<FakeTransport>();
    transport->add(site);
    CourierWorker::Setting setting;
    setting.workspace = &workspace();
    setting.http = std::move(transport);
    setting.secrets = makeMemoryStore();
    setting.isOwner = true;
    m_courier = std::make_unique<Courier>(desk(), std::move(setting), nullptr);
    stopServer();
    Server::Options options;
    options.channels = m_courier.get();
    start(std::move(options));
}

} // namespace Earshot
