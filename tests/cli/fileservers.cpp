// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/fileservers.h"

#include "courier/courier.h"
#include "courier/secretstore.h"
#include "desk/localdesk.h"
#include "server/credentials.h"
#include "server/server.h"
#include "workspace/accountstore.h"

#include <QStandardPaths>

namespace Earshot {

namespace {

/// Also where assertions are off.
void check(bool isFine, const char *what)
{
    if (!isFine)
        qFatal("%s", what);
}

} // namespace

/// A file and all that serves it.
struct FileServers::Served
{
    SystemClock clock;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<LocalDesk> desk;
    std::unique_ptr<Courier> courier;
    std::unique_ptr<Server> server;
    QHash<QString, QString> tokenFiles;
};

FileServers::FileServers(const ControlProgram &program, QString file, const QString &admin)
    : m_program(program)
    , m_file(std::move(file))
{
    QStandardPaths::setTestModeEnabled(true);
    SystemClock clock;
    check(Workspace::create(m_file, admin, clock).has_value(), "the workspace could not be made");
}

FileServers::~FileServers() = default;

FileServers::Served &FileServers::served(const QString &file)
{
    std::unique_ptr<Served> &known = m_served[file];
    if (known)
        return *known;
    known = std::make_unique<Served>();
    auto workspace = Workspace::open(file, Workspace::Access::owner, known->clock);
    check(workspace.has_value(), "the workspace could not be opened");
    known->workspace = *std::move(workspace);
    known->desk = std::make_unique<LocalDesk>(*known->workspace, AgentId(1));
    CourierWorker::Setting setting;
    setting.workspace = known->workspace.get();
    setting.secrets = makeMemoryStore();
    setting.isOwner = true;
    known->courier = std::make_unique<Courier>(*known->desk, std::move(setting), nullptr);
    Server::Options options;
    options.channels = known->courier.get();
    known->server = std::make_unique<Server>(*known->desk, std::move(options));
    check(known->server->listen(QHostAddress(QHostAddress::LocalHost), 0).has_value(), "it could not be served");
    return *known;
}

QString FileServers::tokenFile(Served &served, const QString &agent)
{
    QString &file = served.tokenFiles[agent];
    if (!file.isEmpty())
        return file;
    const NewToken token = makeToken();
    TokenRecord record;
    record.id = token.parts.id;
    record.hash = token.parts.hash;
    record.device = newUuid(served.clock.now()).toString(QUuid::WithoutBraces);
    record.name = QStringLiteral("a script's");
    const auto stored =
        served.workspace->write<bool>(Urgency::interactive, [record, agent](Writing &writing) mutable -> Result<bool> {
            record.agent = AgentId(1);
            Statement list = writing.statement("list_agents");
            while (!agent.isEmpty() && list.next()) {
                if (list.text(1) == agent)
                    record.agent = AgentId(list.integer(0));
            }
            storeToken(writing, record);
            return true;
        });
    check(stored.result().has_value(), "no token");
    const QString name = record.id + QStringLiteral(".token");
    m_program.writeFile(name, token.text.reveal());
    file = m_program.file(name);
    return file;
}

QStringList FileServers::optionsFor(const QString &file, const QString &agent)
{
    Served &place = served(file.isEmpty() ? m_file : file);
    const QString address = QStringLiteral("http://127.0.0.1:%1").arg(place.server->port());
    return {QStringLiteral("--server"), address, QStringLiteral("--token-file"), tokenFile(place, agent)};
}

QString FileServers::address()
{
    return QStringLiteral("http://127.0.0.1:%1").arg(served(m_file).server->port());
}

} // namespace Earshot
