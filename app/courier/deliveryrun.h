// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/effectgate.h"
#include "courier/run.h"
#include "desk/intake.h"
#include "networks/connector.h"

#include <QTimer>

namespace Earshot {

/// Carries out one delivery as far as it goes now: asks the network what came since, prepares and stores the Outgoing,
/// writes the attempt before its first byte, sends, stores the end. What is `sending` or `unsure` from before is looked
/// for first, never before its deadline plus the channel's visibility delay. Lives on the network thread.
class DeliveryRun final : public Run
{
    Q_OBJECT

public:
    struct What
    {
        DeliveryId delivery;
        ChannelRecord channel;
        QString process; ///< names this process in the attempts
        bool isFirstAfterStart = false;
        bool skipUndoWindow = false;
        Duration longest = std::chrono::seconds(45); ///< of an attempt
        bool mayWait = false; ///< waits until an attempt may be judged, instead of leaving it for later
    };
    /// @param gate what the connector speaks through
    DeliveryRun(What what, Connector &connector, EffectGate &gate, Intake &intake, QObject *parent);

    void start() override;
    /// When to come back; not known = nothing more to do by itself.
    [[nodiscard]] Time comeBackAt() const { return m_comeBackAt; }
    /// The connector did not end its attempt in time and must be used no more.
    [[nodiscard]] bool isConnectorStuck() const { return m_isConnectorStuck; }

private:
    [[nodiscard]] Time now() const { return m_intake.workspace().clock().now(); }
    [[nodiscard]] KnownMessage target() const;
    void load();
    void onLoaded();
    void reconcile();
    void look();
    void onLooked(const Result<std::optional<Delivered>> &found);
    void askFirst();
    void onAsked(const Result<QList<RemoteMessage>> &thread);
    [[nodiscard]] QStringList recipients(Visibility visibility) const;
    void prepare();
    void begin(bool isRepeat);
    void onBegun(const Result<int> &number);
    void send();
    void onDeadline();
    void onSent(const Result<Delivered> &delivered);
    void finishAttempt(const AttemptEnd &attemptEnd);
    void postpone(const Error &error);
    void failNow(const Error &error);
    void countState();

    What m_what;
    Connector &m_connector;
    EffectGate &m_gate;
    Intake &m_intake;
    DeliveryJob m_job;
    Outgoing m_outgoing;
    int m_number = 0;
    bool m_isRepeat = false; ///< BeginWish::isRepeat of the attempt under way
    Time m_begunAt;
    Time m_comeBackAt;
    QTimer m_deadline;
    bool m_isConnectorStuck = false;
};

} // namespace Earshot
