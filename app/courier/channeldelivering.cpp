// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What ChannelRunner sends: one round after another over the channel's due deliveries.

#include "courier/channelrunner.h"
#include "model/future.h"

#include <algorithm>

namespace Earshot {

/// One round over a channel's due deliveries.
struct DeliverSweep
{
    QList<DueDelivery> due;
    ChannelReport report;
    bool skipUndoWindow = false;
    bool mayWait = false;
    QSet<qint64> tried;
    bool hasSentSince = false; ///< since it was last looked what is due
    Time comeBackAt;
    std::shared_ptr<QPromise<ChannelReport>> promise;
    std::function<void()> done;
};

namespace {

bool isDoubtful(const DueDelivery &delivery)
{
    return delivery.state == DeliveryState::sending || delivery.state == DeliveryState::unsure;
}

/// What can go now comes before what may have to wait until it can be judged.
QList<DueDelivery> inOrderOfWork(QList<DueDelivery> due)
{
    std::stable_partition(due.begin(), due.end(), [](const DueDelivery &delivery) { return !isDoubtful(delivery); });
    return due;
}

} // namespace

void ChannelRunner::lookForDeliveries()
{
    if (!m_setting.isScheduled || !m_hasPulled || m_channel.isPaused() || m_setting.intake->workspace().isCourierOff())
        return;
    const auto due = m_setting.intake->workspace().readNow<QList<DueDelivery>>(
        [channel = m_channel.id](Database &database) { return loadDue(database, channel); });
    if (!due)
        return;
    Time next;
    for (const DueDelivery &delivery : *due) {
        const bool isWaiting = delivery.state == DeliveryState::held || delivery.state == DeliveryState::queued;
        if (isWaiting && (!isKnown(next) || delivery.dueAt < next))
            next = std::max(delivery.dueAt, timeFromMs(1));
        else if (delivery.state == DeliveryState::sending && !m_isRunning)
            next = timeFromMs(1);
    }
    if (!isKnown(next))
        return;
    const Duration wait = std::clamp<Duration>(next - now(), Duration(0), longestSleep);
    if (!m_deliveryTimer.isActive() || m_deliveryTimer.remainingTimeAsDuration() > wait)
        m_deliveryTimer.start(wait);
}

QFuture<ChannelReport> ChannelRunner::deliver(bool skipUndoWindow, bool mayWait)
{
    auto promise = std::make_shared<QPromise<ChannelReport>>();
    promise->start();
    QFuture<ChannelReport> future = promise->future();
    add([this, promise, skipUndoWindow, mayWait](const std::function<void()> &done) {
        auto sweep = std::make_shared<DeliverSweep>();
        sweep->report.channel = m_channel.id;
        sweep->report.name = m_channel.name;
        sweep->skipUndoWindow = skipUndoWindow;
        sweep->mayWait = mayWait;
        sweep->promise = promise;
        sweep->done = done;
        whenDone(m_setting.intake->shortenWaits(m_channel.id), this, [this, sweep](const Result<int> &shortened) {
            if (!shortened)
                sweep->report.error = shortened.error();
            beginSweep(sweep);
        });
    });
    return future;
}

void ChannelRunner::beginSweep(const std::shared_ptr<DeliverSweep> &sweep)
{
    const auto due = m_setting.intake->workspace().readNow<QList<DueDelivery>>(
        [channel = m_channel.id](Database &database) { return loadDue(database, channel); });
    if (!due)
        sweep->report.error = due.error();
    else
        sweep->due = inOrderOfWork(*due);
    sweep->report.waiting = int(sweep->due.removeIf(
        [this, &sweep](const DueDelivery &delivery) { return mustWait(delivery, sweep->skipUndoWindow); }));
    if (sweep->due.isEmpty())
        deliverNext(sweep);
    else
        deliverWithConnector(sweep);
}

void ChannelRunner::deliverWithConnector(const std::shared_ptr<DeliverSweep> &sweep)
{
    withConnector([this, sweep](const Result<Connector *> &connector) {
        if (!connector) {
            sweep->report.error = connector.error();
            sweep->report.waiting += int(sweep->due.size());
            sweep->due.clear();
        }
        deliverNext(sweep);
    });
}

bool ChannelRunner::mustWait(const DueDelivery &delivery, bool skipUndoWindow) const
{
    if (isDoubtful(delivery))
        return false;
    const bool isSkipped = skipUndoWindow && delivery.state == DeliveryState::held;
    return m_channel.isPaused() || (delivery.dueAt > now() && !isSkipped);
}

/// The next part of a reply is due once the one before was published.
void ChannelRunner::addPartsNowDue(DeliverSweep &sweep)
{
    if (!std::exchange(sweep.hasSentSince, false))
        return;
    const auto due = m_setting.intake->workspace().readNow<QList<DueDelivery>>(
        [channel = m_channel.id](Database &database) { return loadDue(database, channel); });
    if (!due)
        return;
    for (const DueDelivery &delivery : *due) {
        if (!sweep.tried.contains(delivery.id.value) && !isDoubtful(delivery) &&
            !mustWait(delivery, sweep.skipUndoWindow))
            sweep.due.append(delivery);
    }
}

void ChannelRunner::deliverNext(const std::shared_ptr<DeliverSweep> &sweep)
{
    if (sweep->due.isEmpty())
        addPartsNowDue(*sweep);
    if (sweep->due.isEmpty()) {
        if (sweep->report.error && sweep->report.error->kind == ErrorKind::authExpired)
            dropConnector();
        if (isKnown(sweep->comeBackAt) && m_setting.isScheduled)
            m_deliveryTimer.start(std::clamp<Duration>(sweep->comeBackAt - now(), Duration(0), longestSleep));
        sweep->promise->addResult(sweep->report);
        sweep->promise->finish();
        sweep->done();
        lookForDeliveries();
        return;
    }
    DeliveryRun::What what;
    const DueDelivery next = sweep->due.takeFirst();
    sweep->tried.insert(next.id.value);
    what.delivery = next.id;
    what.channel = m_channel;
    what.process = m_setting.process;
    // What came due while no process ran has waited without anybody looking; a person's own "deliver" looks, and so
    // does who lets sending go on.
    what.isFirstAfterStart = m_setting.isScheduled && (!isKnown(m_resumedAt) || next.dueAt > m_resumedAt);
    what.skipUndoWindow = sweep->skipUndoWindow;
    what.mayWait = sweep->mayWait;
    what.longest = m_setting.longestAttempt;
    auto *run = new DeliveryRun(what, *m_connector, m_gate, *m_setting.intake, this);
    connect(run, &Run::ended, this, [this, run, sweep](const ChannelReport &report) {
        sweep->report.sent += report.sent;
        sweep->hasSentSince = sweep->hasSentSince || report.sent > 0;
        sweep->report.failed += report.failed;
        sweep->report.unsure += report.unsure;
        sweep->report.waiting += report.waiting;
        if (report.error)
            sweep->report.error = report.error;
        if (isKnown(run->comeBackAt()) && (!isKnown(sweep->comeBackAt) || run->comeBackAt() < sweep->comeBackAt))
            sweep->comeBackAt = run->comeBackAt();
        if (run->isConnectorStuck()) {
            // With it ends whatever it would still have done.
            m_connector.reset();
            deliverWithConnector(sweep);
        } else {
            deliverNext(sweep);
        }
    });
    run->start();
}

} // namespace Earshot
