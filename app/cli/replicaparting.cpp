// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/replicaparting.h"

#include "cli/jmapclient.h"
#include "cli/serverlogin.h"
#include "courier/secretstore.h"
#include "model/future.h"
#include "replica/erasing.h"
#include "replica/replicafile.h"
#include "replica/replicameta.h"

#include <QFileInfo>

namespace Earshot {

namespace {

/// Lets `run` begin something that ends with a signal, and waits for that.
template <class Ending, class Ended, class Run>
void untilEnded(Call &call, Ending &ending, void (Ending::*ended)(Ended), Run run)
{
    QEventLoop loop;
    bool isOver = false;
    QObject::connect(&ending, ended, &loop, [&] {
        isOver = true;
        loop.quit();
    });
    QObject::connect(&call.interrupt(), &Interrupt::happened, &loop, &QEventLoop::quit);
    run();
    if (!isOver && !Interrupt::hasHappened())
        loop.exec();
}

/// The command line's own log-in stays (Erasing): other replicas that it fetched are to hear the same, and it is good
/// for nothing else.
TokenStore storeFor(Call &call, const QUrl &server, const Secret &token)
{
    const std::shared_ptr<SecretStore> kept = secretsOf(call.invocation());
    const QString own = tokenNameOf(server);
    return {[&call, server, token, own, kept](const QString &name) {
                if (name != own)
                    return kept->read(name);
                const Secret found =
                    token.isEmpty() ? findToken(call.invocation(), server, call.interrupt()).value_or(Secret()) : token;
                return readyFuture(Result<Secret>(found));
            },
            {},
            [kept](const QString &name) { return kept->remove(name); }};
}

/// @return that it is erased, or what is left
Error eraseNow(Call &call, const QString &path, const QUrl &server, const Secret &token)
{
    Erasing erasing(path, storeFor(call, server, token), call.clock());
    QString left;
    QObject::connect(&erasing, &Erasing::ended, &erasing, [&left](const QString &told) { left = told; });
    untilEnded(call, erasing, &Erasing::ended, [&erasing] { erasing.run(); });
    if (!left.isEmpty())
        return {ErrorKind::io, QStringLiteral("not everything could be erased. Left: %1").arg(left), {}};
    return {ErrorKind::permission,
            QStringLiteral("%1 says that this device is to erase what it kept of it: %2 is deleted")
                .arg(server.toString(), path),
            {}};
}

/// @return that it is empty, or why not
Error emptyNow(ReplicaFile &file, const QUrl &server)
{
    Done emptied = file.startOver();
    while (emptied && file.isToSweep())
        emptied = file.sweep();
    if (!emptied)
        return emptied.error();
    return {ErrorKind::permission,
            QStringLiteral("your access to %1 was withdrawn: what %2 held of it is deleted")
                .arg(server.toString(), file.path()),
            {}};
}

} // namespace

Done noteFetchedBy(ReplicaFile &file, const Secret &token, bool isNew)
{
    const auto noted =
        file.workspace().write<void>(Urgency::interactive, [id = tokenIdOf(token), isNew](Writing &writing) -> Done {
            // The desktop's own stays the desktop's.
            if (isNew || !ReplicaMeta::read(writing.database(), ReplicaMeta::fetchedBy).isEmpty())
                ReplicaMeta::write(writing.database(), ReplicaMeta::fetchedBy, id);
            return writing.database().done();
        });
    return noted.result();
}

Error heedParting(Call &call, const JmapClient &client, const Secret &token, const QString &path, const Error &error)
{
    if (client.parting() == Parting::none || !QFileInfo::exists(path))
        return error;
    auto file = ReplicaFile::open(path, call.clock());
    if (!file && file.error().kind == ErrorKind::locked)
        return {ErrorKind::locked, QStringLiteral("close the program that has it open first"), {}};
    if (!file)
        return file.error();
    const auto keeper = (*file)->workspace().readNow<QString>(
        [](Database &database) { return database.result(ReplicaMeta::read(database, ReplicaMeta::fetchedBy)); });
    // The desktop's own, or somebody else's.
    if (!keeper || keeper->isEmpty() || *keeper != tokenIdOf(token))
        return error;
    if (client.parting() == Parting::disabled)
        return emptyNow(**file, client.server());
    if (const Done begun = beginErasure(path, client.server(), tokenNameOf(client.server()), tokenIdOf(token)); !begun)
        return begun.error();
    file->reset();
    return eraseNow(call, path, client.server(), token);
}

Done carryOnParting(Call &call, const QString &path)
{
    if (const auto begun = erasureOf(path))
        return tl::unexpected(eraseNow(call, path, begun->server, {}));
    if (erasedReportOf(path)) {
        ErasedReporting reporting(path, call.clock());
        untilEnded(call, reporting, &ErasedReporting::ended, [&reporting] { reporting.run(); });
    }
    return {};
}

} // namespace Earshot
