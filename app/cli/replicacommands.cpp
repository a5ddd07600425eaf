// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "cli/jmapreplicaserver.h"
#include "cli/replicaparting.h"
#include "cli/serverlogin.h"
#include "networks/authorities.h"
#include "replica/replicasync.h"
#include "replica/rowcheck.h"
#include "workspace/searchindex.h"

#include <QFileInfo>

#include <chrono>
#include <thread>

namespace Earshot {

namespace {

constexpr int mostFindings = 5; ///< of one range
constexpr std::chrono::milliseconds betweenFindings(300);

/// --server, or the one that the file is a replica of.
Result<QUrl> serverOf(const Call &call, const QString &path)
{
    if (call.invocation().hasGlobal("server"))
        return givenServer(call.invocation());
    if (!QFileInfo::exists(path))
        return fail(ErrorKind::invalid, QStringLiteral("Of which server? --server https://desk.example"));
    const auto found = ReplicaFile::describe(path);
    if (!found)
        return tl::unexpected(found.error());
    Done trusted = found->authorities.isEmpty() ? Done() : trustAuthorities(found->authorities);
    if (trusted)
        trusted = trustGiven(call.invocation());
    return trusted ? parseServer(found->source.server) : tl::unexpected(trusted.error());
}

/// The replica at that place, made when there is none. Errors: refused (it is of something else).
Result<std::unique_ptr<ReplicaFile>> openReplica(const Call &call, const QString &path, const ReplicaSource &source)
{
    if (!QFileInfo::exists(path)) {
        if (Done made = ReplicaFile::create(path, source, call.clock()); !made)
            return tl::unexpected(made.error());
    }
    auto file = ReplicaFile::open(path, call.clock());
    if (!file && file.error().kind == ErrorKind::locked)
        return fail(ErrorKind::locked, QStringLiteral("close the program that has it open first"));
    if (file && (*file)->source() != source)
        return fail(
            ErrorKind::refused,
            QStringLiteral("%1 is a replica of another workspace or somebody else's: name another file").arg(path));
    return file;
}

/// Whoever opens the replica later, the desktop too, is to find its server by the same certificates.
Done keepAuthorities(const Call &call, ReplicaFile &file)
{
    if (!call.invocation().hasGlobal("ca-file"))
        return {};
    const auto pem = readAuthorities(call.invocation().globalValue("ca-file"));
    return pem ? file.keepAuthorities(*pem) : Done(tl::unexpected(pem.error()));
}

/// Who reads it next may do so without a program that goes on with it.
Done indexWhatCame(ReplicaFile &file)
{
    return file.workspace()
        .writeAlone(
            [](Writing &writing) { return indexAll(writing.database(), [] { return Interrupt::hasHappened(); }); })
        .result();
}

Done replicate(Call &call)
{
    const QString path = QFileInfo(call.argument(0)).absoluteFilePath();
    if (Done went = carryOnParting(call, path); !went)
        return went;
    const Result<QUrl> server = serverOf(call, path);
    if (!server)
        return tl::unexpected(server.error());
    const Result<Secret> token = findToken(call.invocation(), *server, call.interrupt());
    if (!token)
        return tl::unexpected(token.error());
    JmapClient client(*server, *token, call.interrupt(), call.clock());
    if (Done begun = client.begin(); !begun)
        return tl::unexpected(heedParting(call, client, *token, path, begun.error()));
    const bool isThere = QFileInfo::exists(path);
    const auto file = openReplica(call, path, {server->toString(), client.account(), client.agent()});
    if (!file)
        return tl::unexpected(file.error());
    if (Done kept = keepAuthorities(call, **file); !kept)
        return kept;
    if (Done noted = noteFetchedBy(**file, *token, !isThere); !noted)
        return noted;
    const bool isNew = !(*file)->isComplete();
    if (Done entered = (*file)->enterEra(client.era()); !entered)
        return entered;
    JmapReplicaServer wire(client);
    ReplicaSync sync(**file, wire);
    if (Done done = sync.run([&call](double share) { call.output().progress(share); }); !done)
        return done;
    // Nobody waits here. What cannot be swept now is by the next run.
    for (Done swept; swept && (*file)->isToSweep();)
        swept = (*file)->sweep();
    if (Done indexed = indexWhatCame(**file); !indexed)
        return indexed;
    call.output().text(
        isNew ? QStringLiteral("%1 is a replica of %2: earshotctl --workspace %1 inbox reads it, also "
                               "without the server. Bring it up to date: earshotctl workspace replicate %1")
                    .arg(path, server->toString())
              : QStringLiteral("%1 is up to date: %2 rows changed.").arg(path, QString::number(sync.changedRows())));
    call.output().json(QJsonObject{{QStringLiteral("workspace"), path},
                                   {QStringLiteral("server"), server->toString()},
                                   {QStringLiteral("isNew"), isNew},
                                   {QStringLiteral("changedRows"), sync.changedRows()}});
    return {};
}

/// Beside whoever follows with it; with --repair alone.
Result<std::unique_ptr<ReplicaFile>> openToCompare(const Call &call, const QString &path, const ReplicaSource &source,
                                                   std::unique_ptr<Workspace> &beside)
{
    if (call.has("repair"))
        return openReplica(call, path, source);
    auto workspace = Workspace::open(path, Workspace::Access::readOnly, call.clock());
    if (!workspace)
        return tl::unexpected(workspace.error());
    beside = std::move(*workspace);
    return ReplicaFile::on(*beside);
}

struct Comparison
{
    QList<RowDifference> differences;
    qint64 count = 0;
};

/// Who follows with the replica goes on meanwhile: what was found is told of one state only.
Result<RowCheck::Finding> compareRange(RowCheck &check, ReplicaFile &file, Seq since)
{
    if (Done learned = file.learn(); !learned)
        return tl::unexpected(learned.error());
    const QString state = file.state();
    auto finding = check.compare(since);
    if (Done learned = file.learn(); !learned)
        return tl::unexpected(learned.error());
    if (finding && file.state() != state)
        finding->isTold = finding->isTold && finding->differences.isEmpty();
    return finding;
}

/// All ranges. Where the server moves on meanwhile, the same one again.
Result<Comparison> compareAll(RowCheck &check, ReplicaFile &file)
{
    Comparison comparison;
    Seq since = 0;
    int tries = 0;
    for (bool hasMore = true; hasMore;) {
        if (Interrupt::hasHappened())
            return fail(ErrorKind::cancelled);
        const auto finding = compareRange(check, file, since);
        if (!finding)
            return tl::unexpected(finding.error());
        if (!finding->isTold && ++tries == mostFindings)
            return fail(ErrorKind::tryAgain, QStringLiteral("the replica is not up to date, or the server changes all "
                                                            "the time: first earshotctl workspace replicate"));
        if (!finding->isTold) {
            std::this_thread::sleep_for(betweenFindings);
            continue;
        }
        tries = 0;
        comparison.differences += finding->differences;
        comparison.count += finding->count;
        hasMore = finding->hasMore;
        since = finding->upTo;
    }
    return comparison;
}

QString wordOf(RowDifference::Kind kind)
{
    switch (kind) {
    case RowDifference::Kind::missing:
        return QStringLiteral("missing");
    case RowDifference::Kind::surplus:
        return QStringLiteral("surplus");
    case RowDifference::Kind::different:
        break;
    }
    return QStringLiteral("different");
}

/// @param repaired rows that were put right
Done tell(Call &call, const Comparison &comparison, qint64 repaired)
{
    QJsonArray list;
    Table table({QStringLiteral("TABLE"), QStringLiteral("ID"), QStringLiteral("HERE")});
    for (const RowDifference &row : comparison.differences) {
        const QString name = QString::fromLatin1(row.table);
        table.add({name, QString::number(row.id), wordOf(row.kind)});
        list.append(QJsonObject{{QStringLiteral("table"), name},
                                {QStringLiteral("id"), QString::number(row.id)},
                                {QStringLiteral("kind"), wordOf(row.kind)}});
    }
    if (!list.isEmpty())
        call.output().table(table);
    call.output().json(QJsonObject{{QStringLiteral("compared"), comparison.count},
                                   {QStringLiteral("differences"), list},
                                   {QStringLiteral("repaired"), repaired}});
    if (list.isEmpty())
        call.output().text(QStringLiteral("%1 rows are as the server has them.").arg(comparison.count));
    else if (repaired > 0)
        call.output().text(QStringLiteral("%1 rows were put right.").arg(repaired));
    else
        return fail(
            ErrorKind::damaged,
            QStringLiteral("%1 rows are not as the server has them; --repair fetches them anew").arg(list.size()));
    return {};
}

Done compare(Call &call)
{
    const QString path = QFileInfo(call.argument(0)).absoluteFilePath();
    const auto found = ReplicaFile::describe(path);
    if (!found)
        return tl::unexpected(found.error());
    const Result<QUrl> server = serverOf(call, path);
    if (!server)
        return tl::unexpected(server.error());
    const Result<Secret> token = findToken(call.invocation(), *server, call.interrupt());
    if (!token)
        return tl::unexpected(token.error());
    JmapClient client(*server, *token, call.interrupt(), call.clock());
    if (Done begun = client.begin(); !begun)
        return begun;
    if (client.account() != found->source.account || client.agent() != found->source.agent)
        return fail(ErrorKind::refused,
                    QStringLiteral("%1 is a replica of another workspace or somebody else's").arg(path));
    std::unique_ptr<Workspace> beside;
    const auto file = openToCompare(call, path, found->source, beside);
    if (!file)
        return tl::unexpected(file.error());
    (*file)->heedServerForm(client.era().form);
    JmapReplicaServer wire(client);
    if (call.has("repair")) {
        Done synced = (*file)->enterEra(client.era());
        if (synced)
            synced = ReplicaSync(**file, wire).run();
        if (!synced)
            return synced;
    }
    RowCheck check(**file, wire);
    // What is shown ahead of the server's answer is neither wrong nor to be overwritten.
    if ((*file)->isComplete() && !check.comesToRest())
        return fail(ErrorKind::tryAgain,
                    QStringLiteral("actions wait to be sent from %1: open it in the desktop first").arg(path));
    const auto comparison = compareAll(check, **file);
    if (!comparison)
        return tl::unexpected(comparison.error());
    qint64 repaired = 0;
    if (call.has("repair")) {
        const auto done = check.repair(comparison->differences);
        if (!done)
            return tl::unexpected(done.error());
        repaired = *done;
    }
    return tell(call, *comparison, repaired);
}

} // namespace

QString noteOfReplica(const Call &call)
{
    const auto found = ReplicaFile::describe(call.workspacePath());
    if (!found)
        return found.error().detail;
    const QString state = found->isComplete ? QStringLiteral("as it was at %1").arg(call.shown(found->asOf))
                                            : QStringLiteral("not whole yet");
    return QStringLiteral("A replica of %1, %2: it can be read here. Bring it up to date: earshotctl workspace "
                          "replicate %3")
        .arg(found->source.server, state, call.workspacePath());
}

QList<Command> replicaCommands()
{
    return {{"workspace replicate",
             "FILE",
             1,
             1,
             "Make a replica of a server's workspace, to be read also without it, or bring it up to date",
             replicate,
             {}},
            {"workspace compare",
             "FILE",
             1,
             1,
             "Compare a replica with its server, row by row, and tell what differs",
             compare,
             {{"repair", nullptr, "bring it up to date and fetch anew what differs"}}}};
}

} // namespace Earshot
