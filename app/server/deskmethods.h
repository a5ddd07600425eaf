// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/channelservice.h"
#include "desk/localdesk.h"
#include "model/future.h"
#include "server/authenticator.h"
#include "server/presenceclients.h"
#include "server/readmethods.h"

namespace Earshot {

/// Desk/..., Access/tokens and Access/log: ready-made rows, as commands and screens show them (desk/questions.h).
/// Errors: invalidArguments, accountNotFound, notFound, forbidden, serverFail.
[[nodiscard]] MethodResult answerDeskQuestion(MethodContext &context, const Workspace &workspace, const QString &name,
                                              const QJsonObject &arguments);

/// An error as a method's: its kind is told beside.
[[nodiscard]] MethodError methodErrorOf(const Error &error);

/// The methods beside Action/perform that do something: with the networks, with who may come in, with the file itself,
/// with who is there. Lives on the desk's thread; dies after whatever it began has ended or was cancelled.
class DeedMethods final : public QObject
{
    Q_OBJECT

public:
    /// @param channels null = no networks here
    DeedMethods(LocalDesk &desk, ChannelService *channels, PresenceClients &presence, QObject *parent = nullptr);

    [[nodiscard]] static bool isKnown(const QString &name);
    /// Ends once. @param address where who calls is, for the access log. Errors: refused (who calls may not), invalid
    /// (arguments), notFound, and those of what is done.
    [[nodiscard]] QFuture<Result<QJsonObject>> run(const QString &name, const Viewer &viewer, const QString &address,
                                                   const QJsonObject &arguments);

Q_SIGNALS:
    /// An agent's device has told a draft; it is stored.
    void draftSet(Earshot::AgentId agent, qint64 version);

private:
    using Answer = std::shared_ptr<Pending<QJsonObject>>;
    struct Deed;
    struct Method
    {
        const char *name;
        Role least;
        bool isOnChannel; ///< its argument "channel" must be one that who calls sees
        void (DeedMethods::*carryOut)(const Deed &deed);
    };
    static const QList<Method> &methods();
    [[nodiscard]] static const Method *find(const QString &name);

    void findChannels(const Deed &deed);
    void previewChannel(const Deed &deed);
    void addChannel(const Deed &deed);
    void renewChannel(const Deed &deed);
    void testChannel(const Deed &deed);
    void removeChannel(const Deed &deed);
    void pull(const Deed &deed);
    void deliver(const Deed &deed);
    void changeAccess(const Deed &deed);
    void adopt(const Deed &deed);
    void setDraft(const Deed &deed);
    void setPersonal(const Deed &deed);
    void setPresence(const Deed &deed);
    void answerReports(const Deed &deed, const QFuture<QList<ChannelReport>> &reports);

    LocalDesk &m_desk;
    ChannelService *m_channels;
    PresenceClients &m_presence;
};

} // namespace Earshot
