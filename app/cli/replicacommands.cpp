// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/commandgroups.h"
#include "cli/jmapclient.h"
#include "cli/serverlogin.h"
#include "replica/replicasync.h"

#include <QFileInfo>

namespace Earshot {

namespace {

/// The server as a replica asks it.
class JmapReplicaServer final : public ReplicaServer
{
public:
    explicit JmapReplicaServer(JmapClient &client)
        : m_client(client)
    {
    }

    [[nodiscard]] Result<SliceListing> slices() override
    {
        const auto answer = m_client.send("GET", QStringLiteral("/jmap/slices"), {});
        if (!answer)
            return tl::unexpected(answer.error());
        SliceListing listing;
        listing.isComplete = answer->value(QLatin1StringView("isComplete")).toBool();
        for (const QJsonValue &value : answer->value(QLatin1StringView("slices")).toArray())
            listing.slices.append(
                {value[QLatin1StringView("id")].toString(), value[QLatin1StringView("blobId")].toString(),
                 value[QLatin1StringView("size")].toInteger(), value[QLatin1StringView("state")].toString()});
        return listing;
    }

    [[nodiscard]] Result<QByteArray> piece(const QString &blob, qint64 from, qint64 most) override
    {
        return m_client.download(blob, from, most);
    }

    [[nodiscard]] Result<QList<ServerCall>> call(const QList<ServerCall> &calls) override
    {
        QJsonArray wishes;
        for (const ServerCall &call : calls) {
            QJsonArray wish;
            wish.append(call.name);
            wish.append(call.object);
            wishes.append(wish);
        }
        const auto responses = m_client.callAll(wishes);
        if (!responses)
            return tl::unexpected(responses.error());
        QList<ServerCall> answers;
        for (const QJsonValue &response : *responses)
            answers.append({response[0].toString(), response[1].toObject()});
        return answers;
    }

    [[nodiscard]] Done rest(Duration time) override { return m_client.rest(time); }

private:
    JmapClient &m_client;
};

/// --server, or the one that the file is a replica of.
Result<QUrl> serverOf(const Call &call, const QString &path)
{
    if (call.invocation().hasGlobal("server"))
        return givenServer(call.invocation());
    if (!QFileInfo::exists(path))
        return fail(ErrorKind::invalid, QStringLiteral("Of which server? --server https://desk.example"));
    const auto found = ReplicaFile::describe(path);
    return found ? parseServer(found->source.server) : tl::unexpected(found.error());
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

Done replicate(Call &call)
{
    const QString path = QFileInfo(call.argument(0)).absoluteFilePath();
    const Result<QUrl> server = serverOf(call, path);
    if (!server)
        return tl::unexpected(server.error());
    const Result<Secret> token = findToken(call.invocation(), *server, call.interrupt());
    if (!token)
        return tl::unexpected(token.error());
    JmapClient client(*server, *token, call.interrupt(), call.clock());
    if (Done begun = client.begin(); !begun)
        return begun;
    const auto file = openReplica(call, path, {server->toString(), client.account(), client.agent()});
    if (!file)
        return tl::unexpected(file.error());
    const bool isNew = !(*file)->isComplete();
    JmapReplicaServer wire(client);
    ReplicaSync sync(**file, wire);
    if (Done done = sync.run([&call](double share) { call.output().progress(share); }); !done)
        return done;
    call.output().text(
        isNew ? QStringLiteral("%1 is a replica of %2: earshotctl --workspace %1 inbox reads it, also "
                               "without the server. Bring it up to date: earshotctl workspace replicate %1")
                    .arg(path, server->toString())
              : QStringLiteral("%1 is up to date: %2 rows changed.").arg(path).arg(sync.changedRows()));
    call.output().json(QJsonObject{{QStringLiteral("workspace"), path},
                                   {QStringLiteral("server"), server->toString()},
                                   {QStringLiteral("isNew"), isNew},
                                   {QStringLiteral("changedRows"), sync.changedRows()}});
    return {};
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
             {}}};
}

} // namespace Earshot
