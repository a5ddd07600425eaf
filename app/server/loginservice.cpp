// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/loginservice.h"

#include "model/future.h"
#include "model/htmltext.h"
#include "server/credentials.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype longestName = 80;

constexpr qsizetype mostAddresses = 50'000;

QString keyOf(const QString &address)
{
    const QHostAddress host(address);
    return host.isNull() ? address : networkOf(host);
}

QString keyOf(const QString &name, const QString &address)
{
    return name.toCaseFolded() + u'\n' + keyOf(address);
}

} // namespace

struct LoginService::Attempt
{
    Wish wish;
    quint64 mark = 0; ///< of name and password: the same again has the same
    std::shared_ptr<Pending<Answer>> pending = Pending<Answer>::create();
};

LoginService::LoginService(Workspace &workspace, AccessLog &log, const ServerLimits &limits, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_log(log)
    , m_limits(limits)
    , m_key(makeKey())
    , m_byBoth(limits.freeFailures, limits.longestWait)
    , m_atHome(limits.freeFailures, limits.longestWaitAtHome)
    , m_byAddress(limits.freeFailuresOfAddress, limits.longestWait)
    , m_byName(limits.freeFailuresOfName, limits.longestWaitOfName)
{
    m_thread.setMaxThreadCount(1);
    const auto places = workspace.read<QList<KnownPlace>>([](Database &database) { return loadKnownPlaces(database); });
    whenDone(places, this, [this](const Result<QList<KnownPlace>> &known) {
        for (const KnownPlace &place : known.value_or(QList<KnownPlace>()))
            remember(place.name, place.address);
    });
}

LoginService::~LoginService()
{
    m_thread.clear();
    m_thread.waitForDone();
}

bool LoginService::isAtHome(const QString &name, const QString &address) const
{
    return m_known.contains(keyOf(name.left(longestName), address));
}

AttemptLimiter &LoginService::limiterOfBoth(const Wish &wish)
{
    return isAtHome(wish.name, wish.address) ? m_atHome : m_byBoth;
}

/// Whoever fails under other names at the same address, or under this name elsewhere, shall not keep its owner out
/// where that is known.
std::optional<Duration> LoginService::waitFor(const Attempt &attempt)
{
    const Wish &wish = attempt.wish;
    const Time now = m_workspace.clock().now();
    QList<std::optional<Duration>> waits{limiterOfBoth(wish).ask(keyOf(wish.name, wish.address), attempt.mark, now)};
    if (!isAtHome(wish.name, wish.address)) {
        waits.append(m_byAddress.ask(keyOf(wish.address), attempt.mark, now));
        waits.append(m_byName.ask(wish.name.toCaseFolded(), attempt.mark, now));
    }
    return *std::max_element(waits.cbegin(), waits.cend());
}

void LoginService::begin(const Attempt &attempt)
{
    const Wish &wish = attempt.wish;
    const Time now = m_workspace.clock().now();
    limiterOfBoth(wish).begin(keyOf(wish.name, wish.address), attempt.mark, now);
    m_byAddress.begin(keyOf(wish.address), attempt.mark, now);
    m_byName.begin(wish.name.toCaseFolded(), attempt.mark, now);
}

QFuture<Result<LoginService::Answer>> LoginService::logIn(const Wish &wish)
{
    auto attempt = std::make_shared<Attempt>();
    attempt->wish = wish;
    attempt->wish.name = wish.name.left(longestName);
    attempt->mark = markOf(wish.name.toCaseFolded().toUtf8() + '\n' + wish.password.reveal(), m_key);
    attempt->wish.deviceName = cleanLine(wish.deviceName, int(longestName));
    const QFuture<Result<Answer>> future = attempt->pending->future();
    const Time now = m_workspace.clock().now();
    if (const auto wait = waitFor(*attempt)) {
        m_log.writeSeldom(
            {{}, QStringLiteral("logInSlowed"), {}, attempt->wish.name, wish.address, {}, attempt->wish.deviceName});
        attempt->pending->end(fail(ErrorKind::rateLimited, {}, now + *wait));
        return future;
    }
    if (m_waiting >= m_limits.waitingLogins) {
        m_log.writeSeldom(
            {{}, QStringLiteral("logInPutOff"), {}, attempt->wish.name, wish.address, {}, attempt->wish.deviceName});
        attempt->pending->end(fail(ErrorKind::tryAgain, {}, now + std::chrono::seconds(2)));
        return future;
    }
    ++m_waiting;
    begin(*attempt);
    const auto loaded = m_workspace.read<std::optional<AccountRecord>>(
        [name = attempt->wish.name](Database &database) { return loadAccount(database, name); });
    whenDone(loaded, this, [this, attempt](const Result<std::optional<AccountRecord>> &account) {
        if (account) {
            judge(attempt, *account);
            return;
        }
        --m_waiting;
        attempt->pending->end(tl::unexpected(account.error()));
    });
    return future;
}

/// Whoever is not there, or disabled, costs as much time as who is.
void LoginService::judge(const std::shared_ptr<Attempt> &attempt, const std::optional<AccountRecord> &account)
{
    const bool mayEnter = account && !account->isDisabled;
    const QString hashed = mayEnter ? account->password : QString();
    QPromise<bool> promise;
    promise.start();
    const QFuture<bool> fits = promise.future();
    m_thread.start(
        [password = attempt->wish.password, hashed, shared = std::make_shared<QPromise<bool>>(std::move(promise))] {
            shared->addResult(passwordFits(password, hashed));
            shared->finish();
        });
    whenDone(fits, this, [this, attempt, agent = mayEnter ? account->agent : AgentId()](bool doesFit) {
        --m_waiting;
        if (doesFit)
            admit(attempt, agent);
        else
            refuse(attempt);
    });
}

void LoginService::admit(const std::shared_ptr<Attempt> &attempt, AgentId agent)
{
    const Wish &wish = attempt->wish;
    limiterOfBoth(wish).succeed(keyOf(wish.name, wish.address));
    m_byAddress.forgive(keyOf(wish.address));
    m_byName.forgive(wish.name.toCaseFolded());
    remember(wish.name, wish.address);
    const NewToken token = makeToken();
    TokenRecord record;
    record.id = token.parts.id;
    record.hash = token.parts.hash;
    record.agent = agent;
    record.device = newUuid(m_workspace.clock().now()).toString(QUuid::WithoutBraces);
    record.name = wish.deviceName;
    AccessLine line{{}, QStringLiteral("logIn"), agent, wish.name, wish.address, record.id, wish.deviceName};
    const auto stored = m_workspace.write<bool>(Urgency::interactive, [record, line](Writing &writing) -> Result<bool> {
        storeToken(writing, record);
        logAccess(writing, line);
        return true;
    });
    whenDone(stored, this, [attempt, record, text = token.text](const Result<bool> &result) {
        if (result)
            attempt->pending->end(Answer{text, record.id, record.device, record.agent, attempt->wish.name});
        else
            attempt->pending->end(tl::unexpected(result.error()));
    });
}

void LoginService::remember(const QString &name, const QString &address)
{
    if (m_known.size() >= mostAddresses)
        m_known.clear();
    m_known.insert(keyOf(name, address));
}

void LoginService::refuse(const std::shared_ptr<Attempt> &attempt)
{
    const Wish &wish = attempt->wish;
    m_log.write({{}, QStringLiteral("logInRefused"), {}, wish.name, wish.address, {}, wish.deviceName});
    attempt->pending->end(fail(ErrorKind::refused));
}

} // namespace Earshot
