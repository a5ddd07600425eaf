// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/intake.h"
#include "desk/localdesk.h"
#include "workspace/facts.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>

namespace Earshot {

/// A test on a real workspace file of Ana, who has a channel, and Kim; without any network.
class DeskWorld : public QObject
{
protected:
    class TestClock final : public Clock
    {
    public:
        [[nodiscard]] Time now() const override { return timeFromMs(m_now.load()); }
        void advance(Duration by) { m_now += by.count(); }

    private:
        std::atomic<qint64> m_now{1'800'000'000'000};
    };

    void begin();
    void end();
    [[nodiscard]] Outcome act(ActionArguments arguments, Seq basedOn = 0, bool force = false);
    [[nodiscard]] Outcome actAs(AgentId agent, ActionArguments arguments, Seq basedOn = 0);
    [[nodiscard]] RemoteMessage mention(const QString &id, const QString &text,
                                        const QString &author = QStringLiteral("mira"));
    void ingest(const QList<RemoteMessage> &messages);
    [[nodiscard]] ConversationFacts conversation(ConversationId id);
    [[nodiscard]] qint64 count(const char *statement);
    [[nodiscard]] DeliveryJob job(qint64 delivery);
    [[nodiscard]] DeliveryId sendReply(const QString &text, Seq basedOn = 0);
    [[nodiscard]] int beginAttempt(DeliveryId delivery);
    void openDesk();

    TestClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<LocalDesk> m_desk;
    std::unique_ptr<Intake> m_intake;
    ChannelId m_channel;
    const ConversationId m_first{1};
};

} // namespace Earshot
