// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/accesscheck.h"
#include "courier/channelrunner.h"
#include "courier/listeningwatch.h"

#include <QHash>

#include <map>
#include <optional>

namespace Earshot {

/// The courier's half on the network thread: the transport, the secrets and one runner a channel. Made on the thread
/// that owns the courier, then moved; everything else happens on the network thread, its end too.
class CourierWorker final : public QObject
{
    Q_OBJECT

public:
    struct Setting
    {
        Workspace *workspace = nullptr;
        std::unique_ptr<HttpTransport> http; ///< null = the real networks, made on the network thread
        std::unique_ptr<SecretStore> secrets;
        QHash<ChannelId, Secret> knownSecrets; ///< put into `secrets` at the start
        bool mayListen = true;                 ///< may open networks' streams
        bool isOwner = false;                  ///< may write: pulls and deliveries happen here
        bool isScheduled = false;
        bool tellsPauses = false; ///< a server: every desktop is to know when it did not listen for long
    };
    explicit CourierWorker(Setting setting);
    ~CourierWorker() override;

    /// First call on the network thread.
    void start();
    /// This process has become the owner: the work begins as at a start.
    void takeOver();
    /// Rows of channels changed: runners follow. Errors: those of reading; then what was known before goes on.
    Done reload();
    void lookForDeliveries();

    [[nodiscard]] QFuture<QList<ChannelReport>> pull(ChannelId only);
    [[nodiscard]] QFuture<QList<ChannelReport>> deliver(bool skipUndoWindow);
    [[nodiscard]] QFuture<Result<Account>> check(ChannelId channel);
    [[nodiscard]] QFuture<Result<QList<Finding>>> discover(const QString &address);
    /// Where the access has a secret it is checked first, and nothing of it is renewed.
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> preview(ChannelAccess access);
    /// Who we would be at an address, before it is a channel.
    [[nodiscard]] QFuture<Result<CheckedAccess>> checkAccess(const ChannelAccess &access);
    /// Tries a new secret, and keeps it when it speaks as the channel does.
    [[nodiscard]] QFuture<Done> renewSecret(ChannelId channel, const Secret &secret);
    [[nodiscard]] QFuture<Done> keepSecret(ChannelId channel, const Secret &secret);
    [[nodiscard]] QFuture<Done> dropSecret(ChannelId channel);
    [[nodiscard]] QFuture<Result<Secret>> signIn(const Finding &finding);
    void cancelSignIn();

Q_SIGNALS:
    void signInPageReady(const QUrl &page);

private:
    using Step = QFuture<ChannelReport> (*)(ChannelRunner &runner, bool flag);
    [[nodiscard]] QFuture<QList<ChannelReport>> forEach(ChannelId only, bool flag, Step step);
    [[nodiscard]] QFuture<Result<QList<RemoteMessage>>> latestOf(std::shared_ptr<Connector> connector);
    [[nodiscard]] NetworkSetting network();
    [[nodiscard]] QString secretName(ChannelId channel) const;
    [[nodiscard]] bool isScheduled() const;
    void lookAround();
    void wakeDue();
    void beginWork();

    Setting m_setting;
    Intake m_intake;
    std::optional<ListeningWatch> m_listening; ///< none = nobody is to be told
    QString m_workspaceName;
    QString m_process;
    std::map<qint64, ChannelRunner *> m_runners;
    QTimer m_wake;
    QThreadPool m_drawing; ///< one thread: a picture at a time
    QObject *m_signIn = nullptr;
};

} // namespace Earshot
