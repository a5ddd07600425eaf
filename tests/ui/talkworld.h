// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/intake.h"
#include "desk/localdesk.h"
#include "tests/ui/deskworld.h"

#include <QTemporaryDir>

#include <memory>

namespace Earshot {

/// Networks that answer nothing.
class NoService final : public ChannelService
{
    Q_OBJECT

public:
    [[nodiscard]] QFuture<Result<QList<Finding>>> discover(const QString &) override { return {}; }
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> preview(const NewChannel &) override { return {}; }
    [[nodiscard]] QFuture<Result<ChannelId>> addChannel(NewChannel) override { return {}; }
    [[nodiscard]] QFuture<Result<Secret>> signIn(const Finding &) override { return {}; }
    void cancelSignIn() override {}
    [[nodiscard]] QFuture<Done> renewSecret(ChannelId, Secret) override { return {}; }
    [[nodiscard]] QFuture<Result<Capabilities>> testChannel(ChannelId) override { return {}; }
    [[nodiscard]] QFuture<Done> removeChannel(ChannelId) override { return {}; }
    [[nodiscard]] QFuture<QList<ChannelReport>> pull(ChannelId) override { return {}; }
    [[nodiscard]] QFuture<QList<ChannelReport>> deliver(bool) override { return {}; }
};

/// A real workspace with one channel that can be answered and one conversation with Mira, for the tests of the right
/// pane. Ana acts.
class TalkWorld final
{
public:
    TalkWorld();
    ~TalkWorld();

    [[nodiscard]] LocalDesk &desk() { return *m_desk; }
    [[nodiscard]] Intake &intake() { return *m_intake; }
    [[nodiscard]] TestClock &clock() { return m_clock; }
    [[nodiscard]] ChannelId channel() const { return m_channel; }
    [[nodiscard]] AgentId kim() const { return m_kim; }
    [[nodiscard]] ConversationId conversation() const { return ConversationId(1); }

    /// Mira's next message, not yet stored; a second later than the last.
    [[nodiscard]] RemoteMessage inbound(const QString &text);
    void store(const QList<RemoteMessage> &messages, const QList<RemoteChange> &changes = {});
    /// Mira writes once.
    void write(const QString &text) { store({inbound(text)}); }
    [[nodiscard]] Outcome act(ActionArguments arguments);
    [[nodiscard]] Outcome actAs(AgentId agent, ActionArguments arguments);
    [[nodiscard]] ConversationRecord record();
    [[nodiscard]] QList<MessageRecord> messages();
    [[nodiscard]] QList<DraftRecord> drafts();
    [[nodiscard]] ChannelRecord channelRecord();
    [[nodiscard]] QList<AgentRecord> agents();
    void setCapabilities(const Capabilities &capabilities);

private:
    TestClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<LocalDesk> m_desk;
    std::unique_ptr<Intake> m_intake;
    ChannelId m_channel;
    AgentId m_kim;
    int m_written = 0;
};

} // namespace Earshot
