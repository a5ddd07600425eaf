// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/courierworker.h"

#include "model/future.h"
#include "model/htmltext.h"
#include "networks/browsersignin.h"
#include "networks/networktransport.h"
#include "networks/sharedbudget.h"
#include "workspace/queries.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype proofItems = 5;
constexpr qsizetype mostOfText = 300;

/// Reports of several channels, gathered as they come.
struct Round
{
    QList<ChannelReport> reports;
    qsizetype left = 0;
    QPromise<QList<ChannelReport>> promise;

    Round() { promise.start(); }
    void endIfDone()
    {
        if (left > 0)
            return;
        std::sort(reports.begin(), reports.end(), [](const auto &a, const auto &b) { return a.channel < b.channel; });
        promise.addResult(reports);
        promise.finish();
    }
};

} // namespace

CourierWorker::CourierWorker(Setting setting)
    : m_setting(std::move(setting))
    , m_intake(*m_setting.workspace)
{
    m_process = newUuid(m_setting.workspace->clock().now()).toString(QUuid::WithoutBraces);
    m_wake.setParent(this);
    m_wake.setObjectName(QStringLiteral("wakeTimer"));
    m_drawing.setMaxThreadCount(1);
    m_setting.secrets->setParent(this);
}

CourierWorker::~CourierWorker()
{
    // Connectors speak through the transport to their very end.
    qDeleteAll(findChildren<ChannelRunner *>(Qt::FindDirectChildrenOnly));
    delete m_signIn;
}

NetworkSetting CourierWorker::network()
{
    return {m_setting.http.get(), &m_setting.workspace->clock()};
}

bool CourierWorker::isScheduled() const
{
    return m_setting.isScheduled && !m_setting.workspace->isCourierOff();
}

QString CourierWorker::secretName(ChannelId channel) const
{
    return secretNameOf(m_workspaceName, channel.value);
}

void CourierWorker::start()
{
    if (!m_setting.http)
        m_setting.http = std::make_unique<NetworkTransport>();
    m_setting.http = std::make_unique<SharedBudget>(std::move(m_setting.http), m_setting.workspace->clock());
    const auto name = m_setting.workspace->readNow<QString>([](Database &database) -> Result<QString> {
        Statement find = database.statement("select_meta");
        const bool isThere = find.bind("name", QStringLiteral("workspace")).next();
        return database.result(isThere ? find.text(0) : QString());
    });
    m_workspaceName = name.value_or(QString());
    for (auto it = m_setting.knownSecrets.cbegin(); it != m_setting.knownSecrets.cend(); ++it)
        static_cast<void>(m_setting.secrets->write(secretName(it.key()), it.value()));
    if (m_setting.isOwner)
        beginWork();
}

void CourierWorker::takeOver()
{
    m_setting.isOwner = true;
    beginWork();
}

void CourierWorker::beginWork()
{
    reload();
    if (m_setting.isScheduled) {
        connect(&m_wake, &QTimer::timeout, this, &CourierWorker::lookAround);
        m_wake.start(std::chrono::seconds(10));
        static_cast<void>(m_intake.forgetOldTombstones());
    }
    wakeDue();
}

void CourierWorker::lookAround()
{
    // Timers do not count while the machine sleeps: a channel that is pulled every hour would wait for the rest of it.
    if (m_listening && isScheduled() && m_listening->hasSlept())
        static_cast<void>(pull(ChannelId()));
    wakeDue();
}

void CourierWorker::wakeDue()
{
    static_cast<void>(m_intake.wakeDue());
}

Done CourierWorker::reload()
{
    const auto channels = m_setting.workspace->readNow<QList<ChannelRecord>>(
        [](Database &database) { return loadChannels(database, true); });
    if (!channels)
        return tl::unexpected(channels.error());
    if (!m_setting.isOwner)
        return {};
    // Before the first channel is asked, which a file that was copied, moved or restored allows only once it is
    // adopted.
    if (m_setting.tellsPauses && isScheduled() && !m_listening)
        m_listening.emplace(m_intake).begin();
    for (const ChannelRecord &channel : *channels) {
        const auto known = m_runners.find(channel.id.value);
        if (channel.isRemoved()) {
            if (known != m_runners.end()) {
                known->second->deleteLater();
                m_runners.erase(known);
            }
        } else if (known != m_runners.end()) {
            known->second->setChannel(channel);
            if (isScheduled())
                known->second->beginSchedule();
        } else {
            ChannelRunner::Setting setting;
            setting.intake = &m_intake;
            setting.secrets = m_setting.secrets.get();
            setting.network = network();
            setting.secretName = secretName(channel.id);
            setting.process = m_process;
            setting.mayListen = m_setting.mayListen;
            setting.drawing = &m_drawing;
            setting.isScheduled = isScheduled();
            m_runners.emplace(channel.id.value, new ChannelRunner(channel, setting, this));
        }
    }
    return {};
}

void CourierWorker::lookForDeliveries()
{
    for (const auto &[id, runner] : m_runners)
        runner->lookForDeliveries();
}

QFuture<QList<ChannelReport>> CourierWorker::forEach(ChannelId only, bool flag, Step step)
{
    const Done read = reload();
    auto round = std::make_shared<Round>();
    QFuture<QList<ChannelReport>> future = round->promise.future();
    if (!read) {
        // Of no channel: which there are cannot be told.
        ChannelReport report;
        report.error = read.error();
        round->reports.append(report);
        round->endIfDone();
        return future;
    }
    QList<ChannelRunner *> runners;
    for (const auto &[id, runner] : m_runners) {
        if (!only.isValid() || only.value == id)
            runners.append(runner);
    }
    if (m_setting.workspace->isCourierOff()) {
        const QString why =
            m_setting.workspace->origin() == Workspace::Origin::handedOver
                ? QStringLiteral("this workspace was handed over: a server pulls and sends for it")
            : m_setting.workspace->origin() == Workspace::Origin::replica
                ? QStringLiteral("this is a replica: its server pulls and sends")
                : QStringLiteral("this file was copied, moved or restored: say which first (workspace adopt)");
        for (const ChannelRunner *runner : std::as_const(runners)) {
            ChannelReport report;
            report.channel = runner->channel().id;
            report.name = runner->channel().name;
            report.error = Error{ErrorKind::refused, why, {}};
            round->reports.append(report);
        }
        runners.clear();
    }
    round->left = runners.size();
    round->endIfDone();
    for (ChannelRunner *runner : std::as_const(runners)) {
        ChannelReport lost;
        lost.channel = runner->channel().id;
        lost.name = runner->channel().name;
        lost.error = Error{ErrorKind::cancelled, QStringLiteral("the channel was removed"), {}};
        // A runner that goes away meanwhile ends without a report; the others' reports do not wait for it.
        auto *watcher = new QFutureWatcher<ChannelReport>(this);
        connect(watcher, &QFutureWatcherBase::finished, this, [round, watcher, lost] {
            watcher->deleteLater();
            round->reports.append(watcher->future().resultCount() > 0 ? watcher->result() : lost);
            --round->left;
            round->endIfDone();
        });
        watcher->setFuture(step(*runner, flag));
    }
    return future;
}

QFuture<QList<ChannelReport>> CourierWorker::pull(ChannelId only)
{
    return forEach(only, false, [](ChannelRunner &runner, bool) { return runner.pull(); });
}

QFuture<QList<ChannelReport>> CourierWorker::deliver(bool skipUndoWindow)
{
    return forEach(ChannelId(), skipUndoWindow,
                   [](ChannelRunner &runner, bool skip) { return runner.deliver(skip, true); });
}

QFuture<Result<Account>> CourierWorker::check(ChannelId channel)
{
    reload();
    const auto runner = m_runners.find(channel.value);
    if (runner == m_runners.end())
        return readyFuture<Result<Account>>(fail(ErrorKind::notFound));
    runner->second->forgetConnector();
    return runner->second->check();
}

QFuture<Result<QList<Finding>>> CourierWorker::discover(const QString &address)
{
    return Earshot::discover(address, network());
}

QFuture<Result<CheckedAccess>> CourierWorker::checkAccess(const ChannelAccess &access)
{
    return Earshot::checkAccess(access, network(), this);
}

QFuture<Done> CourierWorker::renewSecret(ChannelId channel, const Secret &secret)
{
    const auto rows =
        m_setting.workspace->readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    if (!rows)
        return readyFuture<Done>(tl::unexpected(rows.error()));
    const auto row = std::find_if(rows->cbegin(), rows->cend(), [channel](const auto &r) { return r.id == channel; });
    if (row == rows->cend())
        return readyFuture<Done>(fail(ErrorKind::notFound));
    const ChannelRecord known = *row;
    ChannelAccess access;
    access.network = known.network;
    access.address = known.address;
    access.baseUrl = QUrl(known.baseUrl);
    access.accountId = known.accountId;
    access.user = known.login;
    access.secret = secret;
    auto pending = Pending<void>::create();
    whenDone(checkAccess(access), this, [this, pending, known](const Result<CheckedAccess> &checked) {
        const Done isOurs = checked ? sameAccount(known, checked->account) : Done(tl::unexpected(checked.error()));
        if (!isOurs)
            return pending->end(isOurs);
        whenDone(keepSecret(known.id, checked->secret), this, [pending](const Done &kept) { pending->end(kept); });
    });
    return pending->future();
}

QFuture<Result<QList<RemoteMessage>>> CourierWorker::preview(ChannelAccess access)
{
    access.mayRenew = false;
    std::shared_ptr<Connector> connector = makeConnector(access, network());
    if (!connector)
        return readyFuture<Result<QList<RemoteMessage>>>(fail(ErrorKind::unsupported, word(access.network)));
    if (access.secret.isEmpty())
        return latestOf(std::move(connector));
    auto pending = Pending<QList<RemoteMessage>>::create();
    whenDone(connector->check(), this, [this, pending, connector, access](const Result<Account> &account) {
        const Done isMeant = account ? accountOfAddress(access, *account) : Done(tl::unexpected(account.error()));
        if (!isMeant) {
            pending->end(tl::unexpected(isMeant.error()));
            return;
        }
        whenDone(latestOf(connector), this,
                 [pending](const Result<QList<RemoteMessage>> &messages) { pending->end(messages); });
    });
    return pending->future();
}

QFuture<Result<QList<RemoteMessage>>> CourierWorker::latestOf(std::shared_ptr<Connector> connector)
{
    auto pending = Pending<QList<RemoteMessage>>::create();
    // The connector lives until it has answered.
    whenDone(connector->latest(proofItems), this, [pending, connector](Result<QList<RemoteMessage>> messages) {
        if (messages) {
            for (RemoteMessage &message : *messages)
                message.text = cleanLine(message.text, mostOfText);
        }
        pending->end(std::move(messages));
    });
    return pending->future();
}

QFuture<Done> CourierWorker::keepSecret(ChannelId channel, const Secret &secret)
{
    const auto runner = m_runners.find(channel.value);
    if (runner != m_runners.end())
        runner->second->forgetConnector();
    return m_setting.secrets->write(secretName(channel), secret);
}

QFuture<Done> CourierWorker::dropSecret(ChannelId channel)
{
    return m_setting.secrets->remove(secretName(channel));
}

QFuture<Result<Secret>> CourierWorker::signIn(const Finding &finding)
{
    cancelSignIn();
    BrowserSignIn *signIn = makeSignIn(finding.network, finding.address, network()).release();
    if (!signIn)
        return readyFuture<Result<Secret>>(fail(ErrorKind::unsupported, word(finding.network)));
    signIn->setParent(this);
    m_signIn = signIn;
    connect(signIn, &BrowserSignIn::authorize, this, &CourierWorker::signInPageReady);
    auto pending = Pending<Secret>::create();
    whenDone(signIn->start(), this, [this, pending, signIn](const Result<SignedIn> &signedIn) {
        if (m_signIn == signIn)
            m_signIn = nullptr;
        signIn->deleteLater();
        pending->end(signedIn ? Result<Secret>(signedIn->token) : Result<Secret>(tl::unexpected(signedIn.error())));
    });
    return pending->future();
}

void CourierWorker::cancelSignIn()
{
    delete std::exchange(m_signIn, nullptr);
}

} // namespace Earshot
