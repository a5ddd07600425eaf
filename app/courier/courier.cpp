// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/courier.h"

#include "courier/ownerclient.h"
#include "model/future.h"

namespace Earshot {

/// One address on its way to being a channel.
struct Courier::Adding
{
    NewChannel channel;
    Duration clockOffset{0}; ///< how far the network's clock is ahead of ours
    std::shared_ptr<Pending<ChannelId>> pending = Pending<ChannelId>::create();
};

Courier::Courier(Desk &desk, CourierWorker::Setting setting, OwnerClient *owner, QObject *parent)
    : ChannelService(parent)
    , m_desk(desk)
    , m_owner(owner)
    , m_isOwner(setting.isOwner)
    , m_worker(new CourierWorker(std::move(setting)))
{
    m_thread.setObjectName(QStringLiteral("network"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, m_worker, &CourierWorker::start);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &CourierWorker::signInPageReady, this, &ChannelService::signInPageReady);
    connect(&desk, &Desk::changed, m_worker, [worker = m_worker](const CommitNotice &notice) {
        if (notice.hasChannels)
            worker->reload();
        if (notice.hasDeliveries)
            worker->lookForDeliveries();
    });
    m_thread.start();
}

Courier::~Courier()
{
    m_thread.quit();
    m_thread.wait();
}

void Courier::takeOver()
{
    m_isOwner = true;
    m_owner = nullptr;
    QMetaObject::invokeMethod(m_worker, &CourierWorker::takeOver, Qt::QueuedConnection);
}

namespace {

ChannelAccess accessOf(const NewChannel &channel)
{
    ChannelAccess access;
    access.network = channel.finding.network;
    access.address = channel.finding.address;
    access.user = channel.user;
    access.secret = channel.secret;
    return access;
}

QFuture<QList<ChannelReport>> readOnlyReport()
{
    ChannelReport report;
    report.error = Error{ErrorKind::readOnly, QStringLiteral("this workspace is open for reading only"), {}};
    return readyFuture(QList<ChannelReport>{report});
}

} // namespace

template <class T>
QFuture<T> Courier::onNetwork(std::function<QFuture<T>(CourierWorker &)> work)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QFuture<T> future = promise->future();
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, promise, work = std::move(work)] {
            whenDone(work(*worker), worker, [promise](const T &value) {
                promise->addResult(value);
                promise->finish();
            });
        },
        Qt::QueuedConnection);
    return future;
}

QFuture<Result<QList<Finding>>> Courier::discover(const QString &address)
{
    return onNetwork<Result<QList<Finding>>>([address](CourierWorker &worker) { return worker.discover(address); });
}

QFuture<Result<QList<RemoteMessage>>> Courier::preview(const NewChannel &wish)
{
    return onNetwork<Result<QList<RemoteMessage>>>(
        [access = accessOf(wish)](CourierWorker &worker) { return worker.preview(access); });
}

QFuture<Result<Secret>> Courier::signIn(const Finding &finding)
{
    return onNetwork<Result<Secret>>([finding](CourierWorker &worker) { return worker.signIn(finding); });
}

void Courier::cancelSignIn()
{
    QMetaObject::invokeMethod(m_worker, &CourierWorker::cancelSignIn, Qt::QueuedConnection);
}

QFuture<Result<ChannelId>> Courier::addChannel(NewChannel channel)
{
    auto adding = std::make_shared<Adding>();
    adding->channel = std::move(channel);
    const ChannelAccess access = accessOf(adding->channel);
    // Asked before anything is stored: an address that does not work is not added.
    auto checked =
        onNetwork<Result<CheckedAccess>>([access](CourierWorker &worker) { return worker.checkAccess(access); });
    whenDone(checked, this, [this, adding, access](const Result<CheckedAccess> &found) {
        const Done isMeant = found ? accountOfAddress(access, found->account) : Done(tl::unexpected(found.error()));
        if (!isMeant) {
            adding->pending->end(tl::unexpected(isMeant.error()));
            return;
        }
        if (adding->channel.name.isEmpty())
            adding->channel.name =
                adding->channel.finding.name.isEmpty() ? found->account.name : adding->channel.finding.name;
        adding->clockOffset = found->clockOffset;
        adding->channel.secret = found->secret;
        performAdd(adding);
    });
    return adding->pending->future();
}

void Courier::performAdd(const std::shared_ptr<Adding> &adding)
{
    const NewChannel &channel = adding->channel;
    Act::AddChannel add;
    add.network = channel.finding.network;
    add.address = channel.finding.address;
    add.name = channel.name;
    add.login = channel.user;
    add.purpose = channel.purpose;
    // What is old is told by the network's dates, so it is counted by the network's clock.
    add.horizon = channel.horizon + (channel.isHorizonAgo ? adding->clockOffset : Duration(0));
    add.workSince = channel.workSince + (channel.isWorkSinceAgo ? adding->clockOffset : Duration(0));
    const Time now = m_desk.workspace().clock().now();
    const AgentId actor = channel.actor.isValid() ? channel.actor : m_desk.me();
    whenDone(m_desk.performAs(actor, {makeAction(add, now)}), this, [this, adding](const QList<Outcome> &outcomes) {
        const Outcome &outcome = outcomes.constFirst();
        if (!outcome.isApplied()) {
            const QString why = outcome.refusal.detail.isEmpty() ? word(outcome.refusal.kind) : outcome.refusal.detail;
            adding->pending->end(fail(ErrorKind::refused, why));
            return;
        }
        keepAddedSecret(adding, ChannelId(outcome.created));
    });
}

void Courier::keepAddedSecret(const std::shared_ptr<Adding> &adding, ChannelId channel)
{
    const auto learn = [this, adding, channel] {
        if (!m_isOwner) {
            adding->pending->end(channel);
            return;
        }
        auto checked = onNetwork<Result<Account>>([channel](CourierWorker &worker) { return worker.check(channel); });
        whenDone(checked, this, [adding, channel](const Result<Account> &) { adding->pending->end(channel); });
    };
    if (adding->channel.secret.isEmpty()) {
        learn();
        return;
    }
    auto kept = onNetwork<Done>([channel, secret = adding->channel.secret](CourierWorker &worker) {
        return worker.keepSecret(channel, secret);
    });
    whenDone(kept, this, [this, adding, channel, learn](const Done &done) {
        if (done)
            learn();
        else
            takeBack(adding, channel, done.error());
    });
}

void Courier::takeBack(const std::shared_ptr<Adding> &adding, ChannelId channel, const Error &error)
{
    const Time now = m_desk.workspace().clock().now();
    const AgentId actor = adding->channel.actor.isValid() ? adding->channel.actor : m_desk.me();
    whenDone(m_desk.performAs(actor, {makeAction(Act::RemoveChannel{channel}, now)}), this,
             [adding, error](const QList<Outcome> &) { adding->pending->end(tl::unexpected(error)); });
}

QFuture<Done> Courier::renewSecret(ChannelId channel, Secret secret)
{
    if (isReadOnly())
        return readyFuture<Done>(fail(ErrorKind::readOnly));
    return onNetwork<Done>([channel, secret = std::move(secret), isOwner = m_isOwner](CourierWorker &worker) {
        auto pending = Pending<void>::create();
        whenDone(worker.renewSecret(channel, secret), &worker, [pending, &worker, channel, isOwner](const Done &kept) {
            // Another owner learns of it when it pulls next.
            if (!kept || !isOwner) {
                pending->end(kept);
                return;
            }
            whenDone(worker.check(channel), &worker, [pending](const Result<Account> &account) {
                pending->end(account ? Done() : Done(tl::unexpected(account.error())));
            });
        });
        return pending->future();
    });
}

QFuture<Result<Capabilities>> Courier::testChannel(ChannelId channel)
{
    auto pending = Pending<Capabilities>::create();
    if (!m_isOwner) {
        pending->end(
            fail(ErrorKind::locked, QStringLiteral("the process that has this workspace open tests its channels")));
        return pending->future();
    }
    auto checked = onNetwork<Result<Account>>([channel](CourierWorker &worker) { return worker.check(channel); });
    whenDone(checked, this, [pending](const Result<Account> &account) {
        if (account)
            pending->end(account->capabilities);
        else
            pending->end(tl::unexpected(account.error()));
    });
    return pending->future();
}

QFuture<Done> Courier::removeChannel(ChannelId channel)
{
    auto pending = Pending<void>::create();
    const Time now = m_desk.workspace().clock().now();
    whenDone(m_desk.perform({makeAction(Act::RemoveChannel{channel}, now)}), this,
             [this, pending, channel](const QList<Outcome> &outcomes) {
                 if (!outcomes.constFirst().isApplied()) {
                     pending->end(fail(ErrorKind::refused, word(outcomes.constFirst().refusal.kind)));
                     return;
                 }
                 auto dropped =
                     onNetwork<Done>([channel](CourierWorker &worker) { return worker.dropSecret(channel); });
                 whenDone(dropped, this, [pending](const Done &) { pending->end(Done()); });
             });
    return pending->future();
}

QFuture<QList<ChannelReport>> Courier::pull(ChannelId channel)
{
    if (m_owner)
        return m_owner->pull(channel);
    if (isReadOnly())
        return readOnlyReport();
    return onNetwork<QList<ChannelReport>>([channel](CourierWorker &worker) { return worker.pull(channel); });
}

QFuture<QList<ChannelReport>> Courier::deliver(bool skipUndoWindow)
{
    if (m_owner)
        return m_owner->deliver(skipUndoWindow);
    if (isReadOnly())
        return readOnlyReport();
    return onNetwork<QList<ChannelReport>>(
        [skipUndoWindow](CourierWorker &worker) { return worker.deliver(skipUndoWindow); });
}

} // namespace Earshot
