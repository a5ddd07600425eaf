// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "courier/handover.h"
#include "courier/secretstore.h"
#include "workspace/upkeep.h"
#include "workspace/wholefile.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr qint64 largestSealed = 16LL * 1024 * 1024;

/// The workspace, owned for as long as this takes: nobody else writes meanwhile. Errors: locked, those of opening.
Result<std::unique_ptr<Workspace>> own(const Call &call)
{
    auto workspace = Workspace::open(call.workspacePath(), Workspace::Access::owner, call.clock());
    if (!workspace && workspace.error().kind == ErrorKind::locked)
        return fail(ErrorKind::locked, QStringLiteral("close the program that has it open first"));
    return workspace;
}

std::unique_ptr<SecretStore> storeOf(const Call &call)
{
    const Invocation &given = call.invocation();
    return given.hasGlobal("key-file") ? makeFileStore(given.globalValue("key-file")) : makeKeychainStore();
}

/// Replies that are on their way would be unsure there.
Done checkNothingWaits(Workspace &workspace)
{
    const auto outbox =
        workspace.readNow<QList<DeliveryRecord>>([](Database &database) { return loadOutbox(database); });
    if (!outbox)
        return tl::unexpected(outbox.error());
    const auto waiting = std::count_if(outbox->cbegin(), outbox->cend(), [](const DeliveryRecord &delivery) {
        return delivery.state == DeliveryState::held || delivery.state == DeliveryState::queued ||
               delivery.state == DeliveryState::sending;
    });
    if (waiting > 0)
        return fail(ErrorKind::refused,
                    QStringLiteral("%1 wait to be sent and would be unsure there: earshotctl deliver "
                                   "--now first, or --force")
                        .arg(waiting));
    return {};
}

/// What the store holds of the workspace's channels.
Result<QHash<QString, Secret>> gatherSecrets(Call &call, Workspace &workspace)
{
    const auto names = workspace.readNow<QStringList>([](Database &database) -> Result<QStringList> {
        Statement find = database.statement("select_meta");
        const QString id = find.bind("name", QStringLiteral("workspace")).next() ? find.text(0) : QString();
        const auto channels = loadChannels(database);
        if (!channels)
            return tl::unexpected(channels.error());
        QStringList all;
        for (const ChannelRecord &channel : *channels)
            all.append(secretNameOf(id, channel.id.value));
        return all;
    });
    if (!names)
        return tl::unexpected(names.error());
    const auto store = storeOf(call);
    QHash<QString, Secret> secrets;
    for (const QString &name : *names) {
        const Result<Secret> secret = call.wait(store->read(name));
        if (!secret)
            return tl::unexpected(secret.error());
        if (!secret->isEmpty())
            secrets.insert(name, *secret);
    }
    return secrets;
}

Done save(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !commitWhole(file))
        return fail(ErrorKind::io, QStringLiteral("%1: %2").arg(path, file.errorString()));
    return {};
}

Done handOver(Call &call)
{
    const QString target = call.argument(0);
    if (!call.has("to"))
        return fail(ErrorKind::invalid, QStringLiteral("For which server? --to KEY, as its earshotctl workspace key "
                                                       "prints it"));
    const auto workspace = own(call);
    if (!workspace)
        return tl::unexpected(workspace.error());
    if ((*workspace)->isCourierOff())
        return fail(ErrorKind::refused, QStringLiteral("it is not the one to work with: earshotctl workspace info"));
    if (Done isCalm = call.has("force") ? Done() : checkNothingWaits(**workspace); !isCalm)
        return isCalm;
    const auto secrets = gatherSecrets(call, **workspace);
    if (!secrets)
        return tl::unexpected(secrets.error());
    // Nothing is marked before everything that the server needs lies there.
    const auto sealed = sealSecrets(*secrets, call.value("to"));
    if (!sealed)
        return tl::unexpected(sealed.error());
    if (Done copied =
            backupWorkspace(call.workspacePath(), target, [&call](double share) { call.output().progress(share); });
        !copied)
        return copied;
    const QString sealedFile = target + QStringLiteral(".sealed");
    if (Done saved = save(sealedFile, *sealed); !saved)
        return saved;
    if (Done marked = call.wait((*workspace)->handOver()); !marked)
        return marked;
    call.output().text(QStringLiteral("%1 is handed over: it can be read, but never pulls or sends again.\n"
                                      "Bring %2, %2.media and %3 to the server, and there:\n"
                                      "  earshotctl --workspace %2 --key-file KEY workspace receive %3")
                           .arg(call.workspacePath(), target, sealedFile));
    call.output().json(QJsonObject{{QStringLiteral("workspace"), call.workspacePath()},
                                   {QStringLiteral("copy"), target},
                                   {QStringLiteral("sealed"), sealedFile},
                                   {QStringLiteral("secrets"), secrets->size()}});
    return {};
}

Result<QString> givenKeyFile(const Call &call)
{
    if (!call.invocation().hasGlobal("key-file"))
        return fail(ErrorKind::invalid, QStringLiteral("The server's key file is needed: --key-file FILE, the one that "
                                                       "earshotd is started with"));
    return call.invocation().globalValue("key-file");
}

Done key(Call &call)
{
    const Result<QString> keyFile = givenKeyFile(call);
    if (!keyFile)
        return tl::unexpected(keyFile.error());
    const Result<QString> text = publicKeyOf(*keyFile);
    if (!text)
        return tl::unexpected(text.error());
    call.output().text(*text);
    call.output().json(QJsonObject{{QStringLiteral("key"), *text}});
    return {};
}

Done receive(Call &call)
{
    const Result<QString> keyFile = givenKeyFile(call);
    const Result<QByteArray> sealed =
        keyFile ? readInput(call.argument(0), largestSealed) : Result<QByteArray>(QByteArray());
    if (!keyFile || !sealed)
        return tl::unexpected(!keyFile ? keyFile.error() : sealed.error());
    const auto secrets = openSealed(*sealed, *keyFile);
    if (!secrets)
        return tl::unexpected(secrets.error());
    const auto workspace = own(call);
    if (!workspace)
        return tl::unexpected(workspace.error());
    const auto store = makeFileStore(*keyFile);
    for (auto secret = secrets->cbegin(); secret != secrets->cend(); ++secret) {
        if (Done kept = call.wait(store->write(secret.key(), *secret)); !kept)
            return kept;
    }
    if (Done adopted = call.wait((*workspace)->adopt()); !adopted)
        return adopted;
    call.output().text(QStringLiteral("%1 is this server's now, with the secrets of %2 channels. %3 can go. Start it: "
                                      "earshotd %1 --key-file %4")
                           .arg(call.workspacePath(), QString::number(secrets->size()), call.argument(0), *keyFile));
    call.output().json(
        QJsonObject{{QStringLiteral("workspace"), call.workspacePath()}, {QStringLiteral("secrets"), secrets->size()}});
    return {};
}

} // namespace

QList<Command> handOverCommands()
{
    return {
        {"workspace key",
         "",
         0,
         0,
         "On a server: print the key for which a hand-over seals its secrets",
         key,
         {},
         true},
        {"workspace hand-over",
         "TARGET",
         1,
         1,
         "Give this workspace to a server; here it can only be read afterwards",
         handOver,
         {{"to", "KEY", "the server's key, as its earshotctl workspace key prints it"},
          {"force", nullptr, "although replies wait to be sent"}},
         true},
        {"workspace receive",
         "SEALED",
         1,
         1,
         "On a server: take over what was handed over, with its secrets",
         receive,
         {},
         true},
    };
}

} // namespace Earshot
