// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/accesscheck.h"

#include "courier/clockreader.h"

namespace Earshot {

namespace {

/// A connector and the way it speaks by, which must outlive it.
struct Trial
{
    Secret secret;
    std::unique_ptr<ClockReader> clock;
    std::unique_ptr<Connector> connector;
};

/// "@name@host" of a microblog; other networks' handles look otherwise.
bool isFullHandle(const QString &handle)
{
    return handle.startsWith(QLatin1Char('@')) && handle.count(QLatin1Char('@')) == 2;
}

Done unlike(const QString &theirs, const QString &ours)
{
    return fail(ErrorKind::otherAccount, QStringLiteral("%1 ≠ %2").arg(theirs.left(200), ours.left(200)));
}

} // namespace

QFuture<Result<CheckedAccess>> checkAccess(ChannelAccess access, const NetworkSetting &setting, QObject *context)
{
    const auto trial = std::make_shared<Trial>();
    trial->secret = access.secret;
    // The connector dies with the trial.
    access.keepSecret = [trial = trial.get()](const Secret &renewed) { trial->secret = renewed; };
    trial->clock = std::make_unique<ClockReader>(setting);
    trial->connector = makeConnector(access, {trial->clock.get(), setting.clock});
    if (!trial->connector)
        return readyFuture<Result<CheckedAccess>>(fail(ErrorKind::unsupported, word(access.network)));
    const auto pending = Pending<CheckedAccess>::create();
    whenDone(trial->connector->check(), context, [pending, trial](const Result<Account> &account) {
        if (account)
            pending->end(CheckedAccess{*account, trial->secret, trial->clock->offset()});
        else
            pending->end(tl::unexpected(account.error()));
    });
    return pending->future();
}

Done sameAccount(const ChannelRecord &channel, const Account &account)
{
    const QString theirs = account.handle.isEmpty() ? account.name : account.handle;
    const QString ours = channel.accountHandle.isEmpty() ? channel.address : channel.accountHandle;
    // A handle may change, and another may get the old one; an id stays.
    if (!channel.accountId.isEmpty())
        return account.id == channel.accountId ? Done() : unlike(theirs, ours);
    // A public source has no account of its own, but may listen to one.
    const bool isListening = isFullHandle(ours) && isFullHandle(account.handle);
    return !isListening || ours.compare(account.handle, Qt::CaseInsensitive) == 0 ? Done() : unlike(theirs, ours);
}

Done accountOfAddress(const ChannelAccess &access, const Account &account)
{
    if (access.secret.isEmpty() || !isFullHandle(access.address) || !isFullHandle(account.handle))
        return {};
    // The host of a handle may be another than the one that serves it.
    const auto nameOf = [](const QString &handle) { return handle.section(QLatin1Char('@'), 1, 1); };
    const bool isSame = nameOf(access.address).compare(nameOf(account.handle), Qt::CaseInsensitive) == 0;
    return isSame ? Done() : unlike(account.handle, access.address);
}

} // namespace Earshot
