// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "cli/deed.h"
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
                           .arg(file, QString::number(report->conversations), QString::number(report->messages)));
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
    call.output().text(QStringLiteral("Made %1: %2 conversations, %3 messages.")
                           .arg(file, QString::number(*conversations), QString::number(*messages)));
    call.output().json(QJsonObject{{QStringLiteral("workspace"), file},
                                   {QStringLiteral("conversations"), *conversations},
                                   {QStringLiteral("messages"), *messages}});
    return {};
}

Done info(Call &call)
{
    if (Done opened = call.open(Call::For::reading); !opened)
        return tl::unexpected(opened.error());
    const auto overview = call.ask(Ask::Overview());
    if (!overview)
        return tl::unexpected(overview.error());
    const QList<std::pair<QString, QJsonValue>> facts = {
        {QStringLiteral("workspace"), call.place().name()},
        {QStringLiteral("bytes"), overview->bytes ? QJsonValue(*overview->bytes) : QJsonValue()},
        {QStringLiteral("origin"), overview->origin},
        {QStringLiteral("isCourierOff"), overview->isCourierOff},
        {QStringLiteral("channels"), overview->channels},
        {QStringLiteral("agents"), overview->agents},
        {QStringLiteral("open"), overview->open},
        {QStringLiteral("unassigned"), overview->unassigned},
        {QStringLiteral("pending"), overview->waiting},
        {QStringLiteral("snoozed"), overview->snoozed},
        {QStringLiteral("resolved"), overview->resolved},
        {QStringLiteral("trouble"), overview->trouble},
        {word(Setting::undoSeconds), overview->settings.undoSeconds},
        {word(Setting::reopenDays), overview->settings.reopenDays}};
    Table table({QStringLiteral("WHAT"), QStringLiteral("VALUE")});
    QJsonObject json;
    for (const auto &[name, value] : facts) {
        // What one may not know is no empty line.
        if (!value.isNull())
            table.add({name, value.toVariant().toString()});
        json.insert(name, value);
    }
    call.output().table(table);
    call.output().json(json);
    if (overview->origin == QLatin1StringView("handedOver"))
        call.output().note(QStringLiteral("This file was handed over to a server: it can be read here, no more."));
    else if (overview->origin == QLatin1StringView("replica"))
        call.output().note(noteOfReplica(call));
    else if (overview->isCourierOff)
        call.output().note(
            QStringLiteral("This file was %1: nothing is pulled or sent until you say that it is the one "
                           "to work with: earshotctl workspace adopt")
                .arg(overview->origin));
    return {};
}

Done set(Call &call)
{
    const std::optional<Setting> setting = fromWord<Setting>(call.argument(0));
    if (!setting)
        return fail(ErrorKind::invalid,
                    QStringLiteral("There is no setting \"%1\", but %2 and %3")
                        .arg(call.argument(0), word(Setting::undoSeconds), word(Setting::reopenDays)));
    bool isNumber = false;
    const int value = call.argument(1).toInt(&isNumber);
    const SettingLimits limits = limitsOf(*setting);
    if (!isNumber || value < limits.least || value > limits.most)
        return fail(ErrorKind::invalid,
                    QStringLiteral("%1 takes a whole number from %2 to %3")
                        .arg(word(*setting), QString::number(limits.least), QString::number(limits.most)));
    if (Done opened = call.open(Call::For::acting); !opened)
        return opened;
    Deed deed;
    deed.action = makeAction(Act::ChangeSetting{*setting, value}, call.now());
    deed.subject = word(*setting);
    deed.done = QStringLiteral("is %1 now").arg(value);
    deed.json = QJsonObject{{QStringLiteral("setting"), word(*setting)}, {QStringLiteral("value"), value}};
    const auto outcomes = doAll(call, {deed}, true);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

Done adopt(Call &call)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return tl::unexpected(opened.error());
    if (Done adopted = call.place().adopt(); !adopted)
        return adopted;
    call.output().text(QStringLiteral("%1 is the one to work with now. What was waiting to be sent is unsure: look "
                                      "with earshotctl outbox.")
                           .arg(call.place().name()));
    call.output().json(QJsonObject{{QStringLiteral("workspace"), call.place().name()}});
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
         {{"admin", "NAME", "the first agent, an admin; without it your user name"}},
         true},
        {"workspace info", "", 0, 0, "What the workspace holds and whether it may send", info, {}},
        {"workspace set",
         "undoSeconds|reopenDays NUMBER",
         2,
         2,
         "For how many seconds a reply can be taken back (0 to 300), or after how many days what comes to a resolved "
         "conversation opens a new one (0 to 3650)",
         set,
         {}},
        {"workspace verify", "[FILE]", 0, 1, "Check a workspace file thoroughly", verify, {}, true},
        {"workspace backup",
         "TARGET",
         1,
         1,
         "Copy the workspace with its media, also while it is in use",
         backup,
         {},
         true},
        {"workspace adopt", "", 0, 0, "Say that a restored, copied or moved file is the one to work with", adopt, {}},
        {"workspace generate",
         "FILE",
         1,
         1,
         "Make a workspace of invented conversations, the same for the same numbers",
         generate,
         {{"conversations", "N", "how many; without it 2000"},
          {"messages", "M", "how many in all; without it five a conversation"},
          {"seed", "S", "another number makes others; without it 1"}},
         true},
    };
}

} // namespace Earshot
