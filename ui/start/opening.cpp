// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/start/opening.h"

#include "networks/authorities.h"
#include "replica/joining.h"
#include "ui/shell/knownworkspaces.h"
#include "ui/window/mainwindow.h"
#include "workspace/queries.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

namespace Earshot {

OpenedFile openFile(const QString &file, const QString &agent, const QString &keyFile, QString whyReadOnly,
                    const Clock &clock, std::unique_ptr<Workspace> read)
{
    const QString cannotBeWritten = MainWindow::tr("This file cannot be written to here: it can only be read.");
    if (read && whyReadOnly.isEmpty())
        whyReadOnly = cannotBeWritten;
    const auto open = [&] {
        Session::Options options;
        options.read = std::move(read);
        options.path = file;
        options.agentName = agent;
        options.keyFile = keyFile;
        options.isReadOnly = !whyReadOnly.isEmpty();
        options.runsCourier = !options.isReadOnly;
        return Session::open(std::move(options), clock);
    };
    auto session = open();
    if (!session && session.error().kind == ErrorKind::readOnly) {
        whyReadOnly = cannotBeWritten;
        session = open();
    }
    return {std::move(session), whyReadOnly};
}

Time heardUntil(Workspace &workspace)
{
    const auto channels =
        workspace.readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    return newestPull(channels.value_or(QList<ChannelRecord>()));
}

std::optional<QString> whyNotToJoin(const QString &file, const QString &server)
{
    switch (joinTargetOf(file, server)) {
    case JoinTarget::fresh:
    case JoinTarget::joined:
        break;
    case JoinTarget::otherReplica:
        return MainWindow::tr("This file is a replica of another server's workspace. To join name a file that is not "
                              "there yet.");
    case JoinTarget::ownWorkspace:
        return MainWindow::tr("This file is a workspace of its own. To join a shared one name a file that is not there "
                              "yet.");
    }
    return std::nullopt;
}

Result<QByteArray> trustFile(const QString &caFile)
{
    if (caFile.isEmpty())
        return QByteArray();
    const auto pem = readAuthorities(caFile);
    if (!pem)
        return tl::unexpected(pem.error());
    if (const Done trusted = trustAuthorities(*pem); !trusted)
        return tl::unexpected(trusted.error());
    return *pem;
}

QString lastWorkspace()
{
    const QList<KnownWorkspace> known = KnownWorkspaces::all();
    return known.isEmpty() ? defaultWorkspacePath() : known.constFirst().file;
}

QString freshWorkspace(const QString &name)
{
    return KnownWorkspaces::freshPath(QFileInfo(defaultWorkspacePath()).absolutePath(), name);
}

bool startElsewhere(const QString &keyFile, const QString &file, bool isForReading)
{
    QStringList arguments;
    if (!keyFile.isEmpty())
        arguments += {QStringLiteral("--key-file"), QFileInfo(keyFile).absoluteFilePath()};
    if (isForReading)
        arguments.append(QStringLiteral("--read-only"));
    arguments.append(file.isEmpty() ? QStringLiteral("--another") : file);
    return QProcess::startDetached(QCoreApplication::applicationFilePath(), arguments);
}

} // namespace Earshot
