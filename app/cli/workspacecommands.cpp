// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "cli/present.h"

#include "sample/generator.h"
#include "workspace/upkeep.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

namespace Earshot {

namespace {

/// The file given as an argument, else the workspace in use.
QString fileOf(const Call &call)
{
    return call.argument(0).isEmpty() ? call.workspacePath() : QFileInfo(call.argument(0)).absoluteFilePath();
}

QString adminName(const Call &call)
{
    if (call.has("admin"))
        return call.value("admin").trimmed();
    const QString user = qEnvironmentVariable("USER").trimmed();
    return user.isEmpty() ? QStringLiteral("Admin") : user.at(0).toUpper() + user.mid(1);
}

Done create(Call &call)
{
    const QString file = fileOf(call);
    const QString admin = adminName(call);
    if (admin.isEmpty())
        return fail(ErrorKind::invalid, QStringLiteral("--admin wants a name"));
    const QString folder = QFileInfo(file).absolutePath();
    if (!QDir().mkpath(folder))
        return fail(ErrorKind::io, QStringLiteral("%1 cannot be made").arg(folder));
    if (Done made = Workspace::create(file, admin, call.clock()); !made)
        return made;
    call.output().text(QStringLiteral("Made the workspace %1 with the admin %2.").arg(file, admin));
    call.output().json(QJsonObject{{QStringLiteral("workspace"), file}, {QStringLiteral("admin"), admin}});
    return {};
}

Done verify(Call &call)
{
    const QString file = fileOf(call);
    const Result<VerifyReport> report = verifyWorkspace(file, [&call](double share) { call.output().progress(share); });
    if (!report)
        return tl::unexpected(report.error());
    call.output().json(QJsonObject{{QStringLiteral("isSound"), report->isSound()},
                                   {QStringLiteral("problems"), QJsonArray::fromStringList(report->problems)},
                                   {QStringLiteral("conversations"), report->conversations},
                                   {QStringLiteral("messages"), report->messages},
                                   {QStringLiteral("lastSeq"), report->lastSeq}});
    for (const QString &problem : report->problems)
        call.output().text(problem);
    if (!report->isSound())
        return fail(ErrorKind::damaged, QStringLiteral("%1 problems in %2").arg(report->problems.size()).arg(file));
    call.output().text(QStringLiteral("%1 is sound: %2 conversations, %3 messages.")
                           .arg(file)
                           .arg(report->conversations)
                           .arg(report->messages));
    return {};
}

Done backup(Call &call)
{
    const QString target = call.argument(0);
    const Done copied =
        backupWorkspace(call.workspacePath(), target, [&call](double share) { call.output().progress(share); });
    if (!copied)
        return copied;
    call.output().text(QStringLiteral("Copied %1 to %2.").arg(call.workspacePath(), target));
    call.output().json(
        QJsonObject{{QStringLiteral("workspace"), call.workspacePath()}, {QStringLiteral("backup"), target}});
    return {};
}

Done generate(Call &call)
{
    const Result<int> conversations = call.number("conversations", 2000);
    const Result<int> messages = conversations ? call.number("messages", *conversations * 5) : conversations;
    const Result<int> seed = messages ? call.number("seed", 1) : messages;
    if (!seed)
        return tl::unexpected(seed.error());
    if (*messages < *conversations)
        return fail(ErrorKind::invalid,
                    QStringLiteral("A conversation has a message at least: --messages %1 or more").arg(*conversations));
    const QString file = call.argument(0);
    const Done made = generateWorkspace(file, *conversations, *messages, static_cast<quint32>(*seed), call.clock(),
                                        [&call](double share) { call.output().progress(share); });
    if (!made)
        return made;
    call.output().text(
        QStringLiteral("Made %1: %2 conversations, %3 messages.").arg(file).arg(*conversations).arg(*messages));
    call.output().json(QJsonObject{{QStringLiteral("workspace"), file},
                                   {QStringLiteral("conversations"), *conversations},
                                   {QStringLiteral("messages"), *messages}});
    return {};
}

QString originWord(Workspace::Origin origin)
{
    switch (origin) {
    case Workspace::Origin::restored:
        return QStringLiteral("restored");
    case Workspace::Origin::copied:
        return QStringLiteral("copied");
    case Workspace::Origin::moved:
        return QStringLiteral("moved");
    case Workspace::Origin::same:
        break;
    }
    return QStringLiteral("same");
}

Done info(Call &call)
{
    const Result<Session *> session = call.session(Call::For::reading);
    if (!session)
        return tl::unexpected(session.error());
    const auto counts =
        call.read<ViewCounts>([&call](Database &database) { return countViews(database, call.me(), call.now()); });
    const auto channels = call.read<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); });
    const auto agents = call.read<QList<AgentRecord>>([](Database &database) { return loadAgents(database); });
    if (!counts || !channels || !agents)
        return tl::unexpected(!counts ? counts.error() : !channels ? channels.error() : agents.error());
    Workspace &workspace = (*session)->workspace();
    const QList<std::pair<QString, QJsonValue>> facts = {{QStringLiteral("workspace"), workspace.path()},
                                                         {QStringLiteral("bytes"), QFileInfo(workspace.path()).size()},
                                                         {QStringLiteral("origin"), originWord(workspace.origin())},
                                                         {QStringLiteral("isCourierOff"), workspace.isCourierOff()},
                                                         {QStringLiteral("channels"), channels->size()},
                                                         {QStringLiteral("agents"), agents->size()},
                                                         {QStringLiteral("open"), counts->open},
                                                         {QStringLiteral("unassigned"), counts->unassigned},
                                                         {QStringLiteral("pending"), counts->waiting},
                                                         {QStringLiteral("snoozed"), counts->snoozed},
                                                         {QStringLiteral("resolved"), counts->resolved},
                                                         {QStringLiteral("trouble"), counts->trouble}};
    Table table({QStringLiteral("WHAT"), QStringLiteral("VALUE")});
    QJsonObject json;
    for (const auto &[name, value] : facts) {
        table.add({name, value.toVariant().toString()});
        json.insert(name, value);
    }
    call.output().table(table);
    call.output().json(json);
    if (workspace.isCourierOff())
        call.output().note(
            QStringLiteral("This file was %1: nothing is pulled or sent until you say that it is the one "
                           "to work with: earshotctl workspace adopt")
                .arg(originWord(workspace.origin())));
    return {};
}

Done adopt(Call &call)
{
    const Result<Session *> session = call.session(Call::For::acting);
    if (!session)
        return tl::unexpected(session.error());
    if (!(*session)->isOwner())
        return fail(ErrorKind::locked, QStringLiteral("the program that has it open asks the same question"));
    if (Done adopted = call.wait((*session)->workspace().adopt()); !adopted)
        return adopted;
    call.output().text(QStringLiteral("%1 is this machine's workspace now. What was waiting to be sent is unsure: look "
                                      "with earshotctl outbox.")
                           .arg(call.workspacePath()));
    call.output().json(QJsonObject{{QStringLiteral("workspace"), call.workspacePath()}});
    return {};
}

} // namespace

QList<Command> workspaceCommands()
{
    return {
        {"workspace create",
         "[FILE]",
         0,
         1,
         "Make a new workspace file",
         create,
         {{"admin", "NAME", "the first agent, an admin; without it your user name"}}},
        {"workspace info", "", 0, 0, "What the workspace holds and whether it may send", info, {}},
        {"workspace verify", "[FILE]", 0, 1, "Check a workspace file thoroughly", verify, {}},
        {"workspace backup", "TARGET", 1, 1, "Copy the workspace with its media, also while it is in use", backup, {}},
        {"workspace adopt", "", 0, 0, "Say that a restored, copied or moved file is the one to work with", adopt, {}},
        {"workspace generate",
         "FILE",
         1,
         1,
         "Make a workspace of invented conversations, the same for the same numbers",
         generate,
         {{"conversations", "N", "how many; without it 2000"},
          {"messages", "M", "how many in all; without it five a conversation"},
          {"seed", "S", "another number makes others; without it 1"}}},
    };
}

} // namespace Earshot
