// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/intake.h"
#include "desk/localdesk.h"

#include <QTemporaryDir>

#include <atomic>
#include <memory>

namespace Earshot {

/// A clock that a test moves.
class TestClock final : public Clock
{
public:
    [[nodiscard]] Time now() const override { return timeFromMs(m_now.load()); }
    void advance(Duration by) { m_now += by.count(); }

private:
    std::atomic<qint64> m_now{1'800'000'000'000};
};

/// A real workspace file with a desk, one channel and two agents (Ana, who acts, and Kim), for the tests of screens.
class DeskWorld final
{
public:
    /// @param hasChannel else nothing is connected and Kim is not there
    explicit DeskWorld(bool hasChannel = true);
    ~DeskWorld();

    [[nodiscard]] LocalDesk &desk() { return *m_desk; }
    [[nodiscard]] TestClock &clock() { return m_clock; }
    [[nodiscard]] ChannelId channel() const { return m_channel; }
    [[nodiscard]] AgentId kim() const { return m_kim; }
    /// `count` people write one mention each, a second apart.
    void write(int count, Visibility visibility = Visibility::everyone);
    /// The one of that number does, in the same conversation.
    void writeAgain(int number);
    [[nodiscard]] Outcome act(ActionArguments arguments);
    [[nodiscard]] Outcome actAs(AgentId agent, ActionArguments arguments);

private:
    [[nodiscard]] RemoteMessage message(int number) const;
    void store(const Page &page);

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
