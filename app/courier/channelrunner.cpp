// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/channelrunner.h"

#include "model/background.h"
#include "model/future.h"

#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>

namespace Earshot {

namespace {

constexpr Duration longestBackOff = std::chrono::hours(1);
constexpr Duration lookAgainEvery = std::chrono::minutes(5);

} // namespace

ChannelRunner::ChannelRunner(ChannelRecord channel, Setting setting, QObject *parent)
    : QObject(parent)
    , m_channel(std::move(channel))
    , m_setting(std::move(setting))
    , m_clock(m_setting.network)
    , m_health(m_channel, m_clock)
    , m_gate(m_clock)
{
    m_pullTimer.setSingleShot(true);
    m_deliveryTimer.setSingleShot(true);
    connect(&m_pullTimer, &QTimer::timeout, this, [this] { static_cast<void>(pull()); });
    connect(&m_deliveryTimer, &QTimer::timeout, this, [this] { static_cast<void>(deliver(false, false)); });
    m_isAccountKnown = m_channel.health != Health::unknown;
    if (std::exchange(m_setting.isScheduled, false))
        beginSchedule();
}

void ChannelRunner::beginSchedule()
{
    if (std::exchange(m_setting.isScheduled, true))
        return;
    // One that was made before does not listen.
    forgetConnector();
    // Nothing overdue goes out before a pull and the freshness test, so a start begins with pulling.
    m_pullTimer.start(withJitter(std::chrono::milliseconds(300)));
}

void ChannelRunner::setChannel(const ChannelRecord &channel)
{
    const bool isOther = channel.address != m_channel.address || channel.login != m_channel.login ||
                         channel.accountId != m_channel.accountId;
    const bool isResumed = m_channel.isPaused() && !channel.isPaused();
    m_channel = channel;
    if (isOther)
        forgetConnector();
    if (isResumed) {
        m_resumedAt = now();
        lookForDeliveries();
    }
}

void ChannelRunner::forgetConnector()
{
    // Not under the hands of a run that speaks through it.
    add([this](const std::function<void()> &done) {
        dropConnector();
        done();
    });
}

void ChannelRunner::dropConnector()
{
    if (!m_connector)
        return;
    // A child, because it must not outlive the gate that it speaks through.
    m_connector->setParent(this);
    m_connector.release()->deleteLater();
}

void ChannelRunner::add(Job job)
{
    m_jobs.push_back(std::move(job));
    // An answer does not wait until twelve pictures have come, or have not.
    if (m_media)
        m_media->endSoon();
    if (!m_isRunning)
        runNext();
}

void ChannelRunner::runNext()
{
    if (m_jobs.empty()) {
        m_isRunning = false;
        return;
    }
    m_isRunning = true;
    const Job job = std::move(m_jobs.front());
    m_jobs.pop_front();
    // Through the event loop: a job that ends at once must not deepen the stack.
    job([this] {
        QMetaObject::invokeMethod(
            this, [this] { runNext(); }, Qt::QueuedConnection);
    });
}

void ChannelRunner::withConnector(std::function<void(Result<Connector *>)> then)
{
    if (m_connector) {
        then(m_connector.get());
        return;
    }
    whenDone(m_setting.secrets->read(m_setting.secretName), this, [this, then](const Result<Secret> &secret) {
        // A public source needs no keychain, so a missing one is no trouble for it.
        if (!secret &&
            (m_channel.capabilities.canReply || !m_channel.login.isEmpty() || !m_channel.accountId.isEmpty())) {
            then(tl::unexpected(secret.error()));
            return;
        }
        makeConnectorWith(secret ? *secret : Secret());
        if (m_connector)
            then(m_connector.get());
        else
            then(fail(ErrorKind::unsupported, word(m_channel.network)));
    });
}

void ChannelRunner::makeConnectorWith(const Secret &secret)
{
    ChannelAccess access;
    access.network = m_channel.network;
    access.address = m_channel.address;
    access.baseUrl = QUrl(m_channel.baseUrl);
    access.accountId = m_channel.accountId;
    access.accountHandle = m_channel.accountHandle;
    access.user = m_channel.login;
    access.secret = secret;
    access.horizon = m_channel.horizon;
    // The return type is said: what "+" makes would refer to what is gone when it is read.
    access.mediaPath = [folder = m_setting.intake->workspace().mediaFolder()](const QString &hash) -> QString {
        return folder + QLatin1Char('/') + hash;
    };
    access.keepSecret = [self = QPointer<ChannelRunner>(this)](const Secret &renewed) {
        if (self)
            static_cast<void>(self->m_setting.secrets->write(self->m_setting.secretName, renewed));
    };
    m_gate.reset();
    m_connector = makeConnector(access, {&m_gate, m_setting.network.clock});
    if (!m_connector)
        return;
    connect(m_connector.get(), &Connector::limitTold, this, [this](int remaining, Time reset) {
        m_limitedUntil = remaining <= 0 ? reset : Time();
        m_limit = {remaining, reset};
    });
    if (!m_setting.isScheduled)
        return;
    connect(m_connector.get(), &Connector::heardSomething, this, [this] { m_pullTimer.start(200); });
    if (m_setting.mayListen)
        m_connector->listen();
}

void ChannelRunner::learnAccount(std::function<void(const Result<Account> &)> then)
{
    withConnector([this, then](const Result<Connector *> &connector) {
        if (!connector) {
            then(tl::unexpected(connector.error()));
            return;
        }
        whenDone((*connector)->check(), this, [this, then](const Result<Account> &account) {
            if (!account) {
                then(account);
                return;
            }
            auto stored = m_setting.intake->storeAccount(m_channel.id, account->id, account->handle, account->name,
                                                         account->baseUrl.toString(), account->capabilities);
            whenDone(stored, this, [this, then, account = *account](const Result<bool> &result) {
                m_isAccountKnown = result.has_value();
                m_channel.accountId = account.id;
                m_channel.capabilities = account.capabilities;
                then(result ? Result<Account>(account) : Result<Account>(tl::unexpected(result.error())));
            });
        });
    });
}

QFuture<Result<Account>> ChannelRunner::check()
{
    auto pending = Pending<Account>::create();
    QFuture<Result<Account>> future = pending->future();
    add([this, pending](const std::function<void()> &done) {
        learnAccount([this, pending, done](const Result<Account> &account) {
            // Whoever has it tested has read what it says.
            m_health.forgetGap();
            storeHealth(account ? std::nullopt : std::optional(account.error()), m_health.now());
            pending->end(account);
            done();
        });
    });
    return future;
}

QFuture<ChannelReport> ChannelRunner::pull()
{
    auto promise = std::make_shared<QPromise<ChannelReport>>();
    promise->start();
    QFuture<ChannelReport> future = promise->future();
    m_pullTimer.stop();
    add([this, promise](const std::function<void()> &done) {
        const auto failWith = [this, promise, done](const Error &error) {
            ChannelReport report;
            report.channel = m_channel.id;
            report.name = m_channel.name;
            report.error = error;
            storeHealth(error, {});
            scheduleNextPull(error, Duration(0));
            promise->addResult(report);
            promise->finish();
            done();
        };
        // One that lies further ahead was told before our clock was set back.
        if (m_limitedUntil > now() + longestSleep)
            m_limitedUntil = {};
        if (m_limitedUntil > now()) {
            failWith({ErrorKind::rateLimited, QStringLiteral("the network's limit"), m_limitedUntil});
            return;
        }
        const auto go = [this, promise, done, failWith](const std::optional<Error> &error) {
            if (error)
                failWith(*error);
            else
                startPull(promise, done);
        };
        if (m_isAccountKnown)
            withConnector([go](const Result<Connector *> &connector) {
                go(connector ? std::nullopt : std::optional(connector.error()));
            });
        else
            learnAccount(
                [go](const Result<Account> &account) { go(account ? std::nullopt : std::optional(account.error())); });
    });
    return future;
}

void ChannelRunner::startPull(const std::shared_ptr<QPromise<ChannelReport>> &promise,
                              const std::function<void()> &done)
{
    PullRun::What what;
    what.channel = m_channel.id;
    what.horizon = m_channel.horizon;
    what.looksAgain = !m_setting.isScheduled || now() - m_lookedAgainAt >= lookAgainEvery;
    // Many servers tell only of one post at a time, and allow a request a second.
    if (m_channel.network == Network::mastodon)
        what.mostLookedAt = 60;
    if (what.looksAgain)
        m_lookedAgainAt = now();
    auto *run = new PullRun(what, *m_connector, *m_setting.intake, this);
    connect(run, &Run::ended, this, [this, run, promise, done](ChannelReport report) {
        report.name = m_channel.name;
        // Whoever asked for the pull may look at once how the channel is.
        whenDone(afterPull(report, *run), this, [promise, done, report](const Result<bool> &) {
            promise->addResult(report);
            promise->finish();
            done();
        });
        fetchMedia();
    });
    run->start();
}

void ChannelRunner::fetchMedia()
{
    MediaRun::What what;
    what.channel = m_channel.id;
    what.network = m_channel.network;
    what.home = QUrl(m_channel.baseUrl.isEmpty() ? m_channel.address : m_channel.baseUrl);
    add([this, what](const std::function<void()> &done) {
        QThreadPool *drawing = m_setting.drawing ? m_setting.drawing : &backgroundThreads();
        auto *run = new MediaRun(what, *m_setting.network.http, *m_setting.intake, *drawing, m_triedMedia, this);
        connect(run, &Run::ended, this, [done](const ChannelReport &) { done(); });
        m_media = run;
        run->start();
        if (!m_jobs.empty())
            run->endSoon();
    });
}

QFuture<Result<bool>> ChannelRunner::afterPull(const ChannelReport &report, const PullRun &run)
{
    const QFuture<Result<bool>> stored = storeHealth(report.error, m_health.after(run, m_channel.horizon, now()));
    scheduleNextPull(report.error, run.askAgainIn());
    // Only after the first pull of this process that came through may anything overdue go out; then what an earlier
    // process left in doubt is looked for, too.
    if (!report.error && m_setting.isScheduled && !std::exchange(m_hasPulled, true))
        static_cast<void>(deliver(false, false));
    return stored;
}

QFuture<Result<bool>> ChannelRunner::storeHealth(const std::optional<Error> &error,
                                                 const ChannelHealth::Condition &condition)
{
    if (error && error->kind == ErrorKind::cancelled)
        return readyFuture(Result<bool>(true));
    // Another process may have renewed the secret meanwhile.
    if (error && error->kind == ErrorKind::authExpired)
        dropConnector();
    if (error)
        return m_setting.intake->storeHealth(m_channel.id, healthOf(error->kind), error->detail.left(500),
                                             error->until);
    return m_setting.intake->storeHealth(m_channel.id, condition.health, condition.detail, Time());
}

Duration ChannelRunner::withJitter(Duration duration) const
{
    const qint64 tenth = std::max<qint64>(duration.count() / 10, 1);
    return duration + Duration(QRandomGenerator::global()->bounded(tenth));
}

void ChannelRunner::scheduleNextPull(const std::optional<Error> &error, Duration wish)
{
    m_failures = error ? m_failures + 1 : 0;
    const Duration every = std::chrono::seconds(std::max(m_channel.pullEverySeconds, 15));
    Duration wait = std::max(every, wish);
    if (error)
        wait = std::max(every, std::min(longestBackOff, every * (1 << std::min(m_failures - 1, 6))));
    // 410 means for good. Looked at once a day all the same, as some say it by mistake.
    if (error && error->kind == ErrorKind::gone)
        wait = longestSleep;
    if (error && error->until > now()) {
        wait = std::max(wait, Duration(error->until - now()));
        if (error->kind == ErrorKind::rateLimited || error->kind == ErrorKind::quota)
            m_limitedUntil = error->until;
    }
    wait = std::min(withJitter(wait), longestSleep);
    static_cast<void>(m_setting.intake->storeNextPull(m_channel.id, now() + wait, error.has_value(), m_limit));
    if (m_setting.isScheduled && !m_channel.isRemoved())
        m_pullTimer.start(wait);
}

} // namespace Earshot
