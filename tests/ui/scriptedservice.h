// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"

#include <QPromise>

#include <memory>
#include <optional>

namespace Earshot {

/// Networks that answer what a test says, when it says so: every question stays open until its answer is given.
class ScriptedService final : public ChannelService
{
    Q_OBJECT

public:
    template <class T>
    struct Question
    {
        std::shared_ptr<QPromise<T>> promise;
        [[nodiscard]] bool isOpen() const { return promise && !promise->future().isFinished(); }
        QFuture<T> ask()
        {
            promise = std::make_shared<QPromise<T>>();
            promise->start();
            return promise->future();
        }
        void answer(T value) const
        {
            promise->addResult(std::move(value));
            promise->finish();
        }
    };

    [[nodiscard]] QFuture<Result<QList<Finding>>> discover(const QString &address) override
    {
        asked.append(address);
        return discovery.ask();
    }
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> preview(const NewChannel &wish) override
    {
        previewed.append(wish);
        return previewing.ask();
    }
    [[nodiscard]] QFuture<Result<ChannelId>> addChannel(NewChannel channel) override
    {
        added = std::move(channel);
        return adding.ask();
    }
    [[nodiscard]] QFuture<Result<Secret>> signIn(const Finding &) override { return signingIn.ask(); }
    void cancelSignIn() override
    {
        ++cancelled;
        if (signingIn.isOpen())
            signingIn.answer(fail(ErrorKind::cancelled));
    }
    [[nodiscard]] QFuture<Done> renewSecret(ChannelId, Secret secret) override
    {
        renewed = std::move(secret);
        return renewing.ask();
    }
    [[nodiscard]] QFuture<Result<Capabilities>> testChannel(ChannelId) override { return testing.ask(); }
    [[nodiscard]] QFuture<Done> removeChannel(ChannelId channel) override
    {
        removed = channel;
        return removing.ask();
    }
    [[nodiscard]] QFuture<QList<ChannelReport>> pull(ChannelId) override { return pulling.ask(); }
    [[nodiscard]] QFuture<QList<ChannelReport>> deliver(bool) override { return delivering.ask(); }

    QStringList asked;
    QList<NewChannel> previewed;
    std::optional<NewChannel> added;
    std::optional<Secret> renewed;
    ChannelId removed;
    int cancelled = 0;
    Question<Result<QList<Finding>>> discovery;
    Question<Result<QList<RemoteMessage>>> previewing;
    Question<Result<ChannelId>> adding;
    Question<Result<Secret>> signingIn;
    Question<Done> renewing;
    Question<Result<Capabilities>> testing;
    Question<Done> removing;
    Question<QList<ChannelReport>> pulling;
    Question<QList<ChannelReport>> delivering;
};

} // namespace Earshot
