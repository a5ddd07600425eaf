// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/courierworker.h"
#include "desk/desk.h"

#include <QThread>

namespace Earshot {

class OwnerClient;

/// Moves messages: the channel service on the machine that owns the workspace. Its work happens on a network thread of
/// its own. Beside another process that owns the file it only looks (discover, preview, sign-in) and hands pulls and
/// deliveries to that process. Lives on the thread that made it; dies before the desk and the workspace.
class Courier final : public ChannelService
{
    Q_OBJECT

public:
    /// @param owner where pulls and deliveries go when another process owns the file; null = here, or nowhere where
    /// this one does not own it either (readOnly)
    Courier(Desk &desk, CourierWorker::Setting setting, OwnerClient *owner, QObject *parent = nullptr);
    ~Courier() override;

    /// This process has become the owner: pulls and deliveries happen here from now on.
    void takeOver();

    [[nodiscard]] QFuture<Result<QList<Finding>>> discover(const QString &address) override;
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> preview(const NewChannel &wish) override;
    [[nodiscard]] QFuture<Result<ChannelId>> addChannel(NewChannel channel) override;
    [[nodiscard]] QFuture<Result<Secret>> signIn(const Finding &finding) override;
    void cancelSignIn() override;
    [[nodiscard]] QFuture<Done> renewSecret(ChannelId channel, Secret secret) override;
    [[nodiscard]] QFuture<Result<Capabilities>> testChannel(ChannelId channel) override;
    [[nodiscard]] QFuture<Done> removeChannel(ChannelId channel) override;
    [[nodiscard]] QFuture<QList<ChannelReport>> pull(ChannelId channel) override;
    [[nodiscard]] QFuture<QList<ChannelReport>> deliver(bool skipUndoWindow) override;

private:
    struct Adding;
    /// Runs `work` on the network thread; the future ends there.
    template <class T>
    [[nodiscard]] QFuture<T> onNetwork(std::function<QFuture<T>(CourierWorker &)> work);
    void performAdd(const std::shared_ptr<Adding> &adding);
    void keepAddedSecret(const std::shared_ptr<Adding> &adding, ChannelId channel);
    void takeBack(const std::shared_ptr<Adding> &adding, ChannelId channel, const Error &error);

    [[nodiscard]] bool isReadOnly() const { return !m_isOwner && !m_owner; }

    Desk &m_desk;
    OwnerClient *m_owner;
    bool m_isOwner;
    QThread m_thread;
    CourierWorker *m_worker;
};

} // namespace Earshot
