// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/session.h"

#include "courier/courier.h"
#include "courier/ownerclient.h"
#include "courier/ownerserver.h"
#include "courier/remotedesk.h"
#include "desk/localdesk.h"
#include "workspace/queries.h"

#include <QStandardPaths>

#include <algorithm>

namespace Earshot {

namespace {

/// Whose replica it is.
Result<AgentId> agentOfReplica(Workspace &workspace)
{
    return workspace.readNow<AgentId>([](Database &database) -> Result<AgentId> {
        Statement find = database.statement("select_meta");
        find.bind("name", QStringLiteral("replica_agent"));
        return AgentId(find.next() ? find.text(0).toLongLong() : 0);
    });
}

Result<AgentId> findAgent(Workspace &workspace, const QString &name)
{
    if (name.isEmpty() && workspace.origin() == Workspace::Origin::replica)
        return agentOfReplica(workspace);
    const auto agents = workspace.readNow<QList<AgentRecord>>([](Database &database) { return loadAgents(database); });
    if (!agents)
        return tl::unexpected(agents.error());
    const auto match = std::find_if(agents->cbegin(), agents->cend(), [&name](const AgentRecord &agent) {
        if (agent.isDisabled)
            return false;
        return name.isEmpty() ? agent.role == Role::admin : agent.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (match == agents->cend())
        return fail(ErrorKind::notFound, QStringLiteral("no agent called %1").arg(name));
    return match->id;
}

/// The parts in the order of their making; they go in the reverse order.
class WorkingSession final : public Session
{
public:
    WorkingSession(std::unique_ptr<Workspace> workspace, AgentId me, Options options)
        : m_workspace(std::move(workspace))
    {
        CourierWorker::Setting setting;
        setting.workspace = m_workspace.get();
        // A stream would go beside the transport that was given.
        setting.mayListen = !options.http;
        if (options.http && options.keyFile.isEmpty()) {
            setting.secrets = makeMemoryStore();
            setting.knownSecrets = std::move(options.secrets);
        } else {
            setting.secrets = options.keyFile.isEmpty() ? makeKeychainStore() : makeFileStore(options.keyFile);
        }
        setting.http = std::move(options.http);
        setting.isOwner = m_workspace->isOwner();
        setting.isScheduled = options.runsCourier;
        setting.tellsPauses = options.tellsPauses;
        if (isOwner()) {
            auto desk = std::make_unique<LocalDesk>(*m_workspace, me);
            auto *local = desk.get();
            m_desk = std::move(desk);
            m_courier = std::make_unique<Courier>(*m_desk, std::move(setting), nullptr);
            m_server = std::make_unique<OwnerServer>(*local, *m_courier);
        } else {
            if (!options.isReadOnly)
                m_owner = std::make_unique<OwnerClient>(
                    m_workspace->path(), [this] { return takeOver(); }, options.ownerPatience);
            auto desk = std::make_unique<RemoteDesk>(*m_workspace, m_owner.get(), me);
            m_remote = desk.get();
            m_desk = std::move(desk);
            m_courier = std::make_unique<Courier>(*m_desk, std::move(setting), m_owner.get());
        }
    }

    [[nodiscard]] Workspace &workspace() override { return *m_workspace; }
    [[nodiscard]] Desk &desk() override { return *m_desk; }
    [[nodiscard]] ChannelService &channels() override { return *m_courier; }
    [[nodiscard]] bool isOwner() const override { return m_workspace->isOwner(); }
    [[nodiscard]] QFuture<Done> close() override { return m_desk->flushPersonal(); }

private:
    /// Nobody answers at the owner's socket: if nobody holds the file either, this process does from now on.
    std::optional<OwnerClient::Heir> takeOver()
    {
        if (const Done taken = m_workspace->takeOver(); !taken) {
            const QString why = word(taken.error().kind) + QStringLiteral(": ") + taken.error().detail;
            if (taken.error().kind != ErrorKind::locked && std::exchange(m_lastTrouble, why) != why)
                qWarning("The workspace has no owner and cannot be taken over: %s", qUtf8Printable(why));
            return std::nullopt;
        }
        m_local = std::make_unique<LocalDesk>(*m_workspace, m_desk->me());
        m_courier->takeOver();
        m_server = std::make_unique<OwnerServer>(*m_local, *m_courier);
        m_remote->takeOver(*m_local);
        return OwnerClient::Heir{m_local.get(), m_courier.get()};
    }

    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<OwnerClient> m_owner;
    std::unique_ptr<LocalDesk> m_local; ///< of a session that has taken over
    std::unique_ptr<Desk> m_desk;
    RemoteDesk *m_remote = nullptr; ///< of a session that began beside an owner
    QString m_lastTrouble;
    std::unique_ptr<Courier> m_courier;
    std::unique_ptr<OwnerServer> m_server;
};

} // namespace

Result<std::unique_ptr<Session>> Session::open(Options options, const Clock &clock)
{
    const auto access = options.isReadOnly ? Workspace::Access::readOnly : Workspace::Access::owner;
    Result<std::unique_ptr<Workspace>> workspace = options.read
                                                       ? Result<std::unique_ptr<Workspace>>(std::move(options.read))
                                                       : Workspace::open(options.path, access, clock);
    if (!workspace && workspace.error().kind == ErrorKind::locked)
        workspace = Workspace::open(options.path, Workspace::Access::readOnly, clock);
    if (!workspace)
        return tl::unexpected(workspace.error());
    const Result<AgentId> me = findAgent(**workspace, options.agentName);
    if (!me)
        return tl::unexpected(me.error());
    return std::unique_ptr<Session>(new WorkingSession(std::move(*workspace), *me, std::move(options)));
}

QString defaultWorkspacePath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/earshot/desk.earshot");
}

} // namespace Earshot
