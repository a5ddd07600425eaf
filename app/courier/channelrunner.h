// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/channelhealth.h"
#include "courier/clockreader.h"
#include "courier/deliveryrun.h"
#include "courier/effectgate.h"
#include "courier/mediarun.h"
#include "courier/pullrun.h"
#include "courier/secretstore.h"
#include "networks/registry.h"

#include <QPointer>
#include <QTimer>

#include <deque>
#include <functional>

namespace Earshot {

/// Everything the courier does for one channel: one thing at a time, on its own schedule with back-off and jitter, so
/// that a slow or dead channel never delays another. Lives on the network thread.
class ChannelRunner final : public QObject
{
    Q_OBJECT

public:
    struct Setting
    {
        Intake *intake = nullptr;
        SecretStore *secrets = nullptr;
        NetworkSetting network;
        QString secretName;
        QString process;
        bool isScheduled = false;                           ///< pulls and delivers by itself
        Duration longestAttempt = std::chrono::seconds(45); ///< to publish something, at most 60 s
        bool mayListen = true;                              ///< may open the network's stream
        /// Where pictures are drawn, one at a time for all channels; null = wherever there is room.
        QThreadPool *drawing = nullptr;
    };
    ChannelRunner(ChannelRecord channel, Setting setting, QObject *parent);

    [[nodiscard]] const ChannelRecord &channel() const { return m_channel; }
    /// The row changed: account, capabilities, address, pause.
    void setChannel(const ChannelRecord &channel);
    /// From now on it pulls and delivers by itself, if it does not yet.
    void beginSchedule();
    /// A new secret: the connector is made anew, after what is under way.
    void forgetConnector();

    [[nodiscard]] QFuture<ChannelReport> pull();
    /// Everything of the channel that is due; one after another, in the order it was queued.
    [[nodiscard]] QFuture<ChannelReport> deliver(bool skipUndoWindow, bool mayWait);
    [[nodiscard]] QFuture<Result<Account>> check();
    /// Deliveries changed: looks when the next one is due.
    void lookForDeliveries();

private:
    static constexpr Duration longestSleep = std::chrono::hours(24);

    using Job = std::function<void(std::function<void()> done)>;
    void add(Job job);
    void dropConnector();
    void runNext();
    void withConnector(std::function<void(Result<Connector *>)> then);
    void makeConnectorWith(const Secret &secret);
    void learnAccount(std::function<void(const Result<Account> &)> then);
    void startPull(const std::shared_ptr<QPromise<ChannelReport>> &promise, const std::function<void()> &done);
    void fetchMedia();
    /// @return when the channel's health is stored
    QFuture<Result<bool>> afterPull(const ChannelReport &report, const PullRun &run);
    [[nodiscard]] bool mustWait(const DueDelivery &delivery, bool skipUndoWindow) const;
    void beginSweep(const std::shared_ptr<struct DeliverSweep> &sweep);
    void deliverWithConnector(const std::shared_ptr<struct DeliverSweep> &sweep);
    void addPartsNowDue(struct DeliverSweep &sweep);
    void deliverNext(const std::shared_ptr<struct DeliverSweep> &sweep);
    QFuture<Result<bool>> storeHealth(const std::optional<Error> &error, const ChannelHealth::Condition &condition);
    void scheduleNextPull(const std::optional<Error> &error, Duration wish);
    [[nodiscard]] Duration withJitter(Duration duration) const;
    [[nodiscard]] Time now() const { return m_setting.network.clock->now(); }

    ChannelRecord m_channel;
    Setting m_setting;
    ClockReader m_clock;
    ChannelHealth m_health;
    EffectGate m_gate;
    std::unique_ptr<Connector> m_connector;
    std::deque<Job> m_jobs;
    bool m_isRunning = false;
    bool m_isAccountKnown = false;
    bool m_hasPulled = false;
    QSet<qint64> m_triedMedia;
    QPointer<MediaRun> m_media; ///< while pictures are fetched
    int m_failures = 0;
    Time m_lookedAgainAt;
    Time m_limitedUntil;
    RequestLimit m_limit; ///< as last told
    Time m_resumedAt;     ///< when a person let sending go on
    QTimer m_pullTimer;
    QTimer m_deliveryTimer;
};

} // namespace Earshot
