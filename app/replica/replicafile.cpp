// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicafile.h"

#include "replica/replicameta.h"
#include "replica/serverera.h"
#include "replica/slicefiles.h"
#include "workspace/addressindex.h"
#include "workspace/databasefiles.h"
#include "workspace/readerpool.h"
#include "workspace/schema.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace Earshot {

namespace {

/// Of servers that do not tell theirs: the newest one that there was when they began to.
constexpr int formUntold = 21;

Result<ReplicaDescription> describeIn(Database &database)
{
    const bool isReplica = ReplicaMeta::read(database, ReplicaMeta::origin) == QLatin1StringView("replica");
    ReplicaDescription found;
    found.source.server = ReplicaMeta::read(database, ReplicaMeta::server);
    found.source.account = ReplicaMeta::read(database, ReplicaMeta::account);
    found.source.agent = AgentId(ReplicaMeta::read(database, ReplicaMeta::agent).toLongLong());
    found.isFrozen = !ReplicaMeta::read(database, ReplicaMeta::frozen).isEmpty();
    found.authorities = ReplicaMeta::read(database, ReplicaMeta::authorities).toUtf8();
    const QString asOf = ReplicaMeta::read(database, ReplicaMeta::asOf);
    found.isComplete = !asOf.isEmpty();
    if (found.isComplete)
        found.asOf = timeFromMs(asOf.toLongLong());
    else
        found.joining = joiningFromText(ReplicaMeta::read(database, ReplicaMeta::joining));
    if (Done done = database.done(); !done)
        return tl::unexpected(done.error());
    if (!isReplica || !found.source.agent.isValid())
        return fail(ErrorKind::invalid, QStringLiteral("this workspace is not a replica of a shared one"));
    return found;
}

/// The files that a database consists of.
/// An empty workspace at `path` that says what it is to be a replica of.
Done makeEmpty(const QString &path, const ReplicaSource &source, const Clock &clock)
{
    if (Done made = Workspace::create(path, QStringLiteral("-"), clock); !made)
        return made;
    auto opened = Database::open(path, Database::Mode::readWrite);
    if (!opened)
        return tl::unexpected(opened.error());
    Database &database = **opened;
    database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    {
        // The admin that every new workspace has: the people come with the slices.
        Statement remove = database.statement("remove_agent");
        remove.bind("id", qint64(1)).run();
    }
    dropAddressIndex(database);
    ReplicaMeta::write(database, ReplicaMeta::origin, QStringLiteral("replica"));
    ReplicaMeta::write(database, ReplicaMeta::server, source.server);
    ReplicaMeta::write(database, ReplicaMeta::account, source.account);
    ReplicaMeta::write(database, ReplicaMeta::agent, QString::number(source.agent.value));
    ReplicaMeta::write(database, ReplicaMeta::reach, QString::fromLatin1(ReplicaMeta::reachesNowhere));
    database.execute(QStringLiteral("COMMIT"));
    return database.done();
}

} // namespace

Seq numberOfState(const QString &state)
{
    return state.section(QLatin1Char('-'), -1).toLongLong();
}

QString eraOfState(const QString &state)
{
    return state.section(QLatin1Char('-'), 0, -2);
}

ReplicaFile::ReplicaFile(Workspace &workspace)
    : m_workspace(workspace)
{
}

Done ReplicaFile::create(const QString &path, const ReplicaSource &source, const Clock &clock)
{
    if (QFileInfo::exists(path))
        return fail(ErrorKind::invalid, QStringLiteral("%1 exists already").arg(path));
    // Under another name until it says what it is: a workspace without that would be one to work in.
    const QString unnamed = path + QStringLiteral(".new");
    removeDatabase(unnamed);
    Done made = makeEmpty(unnamed, source, clock);
    if (made && !QFile::rename(unnamed, path))
        made = fail(ErrorKind::io, QStringLiteral("%1 cannot be made").arg(path));
    if (!made)
        removeDatabase(unnamed);
    return made;
}

Result<std::unique_ptr<ReplicaFile>> ReplicaFile::open(const QString &path, const Clock &clock)
{
    auto workspace = Workspace::open(path, Workspace::Access::owner, clock);
    if (!workspace)
        return tl::unexpected(workspace.error());
    auto file = on(**workspace);
    if (file)
        (*file)->m_owned = std::move(*workspace);
    return file;
}

Result<std::unique_ptr<ReplicaFile>> ReplicaFile::on(Workspace &workspace)
{
    std::unique_ptr<ReplicaFile> file(new ReplicaFile(workspace));
    if (Done learned = file->learn(); !learned)
        return tl::unexpected(learned.error());
    if (file->m_description.isFrozen)
        return fail(ErrorKind::readOnly, QStringLiteral("this is a copy for reading: it follows nobody"));
    // The program ended in between. What cannot be done now is tried again.
    static_cast<void>(file->sweep(std::chrono::seconds(1), Sweeping::brief));
    if (!workspace.isOwner())
        return file;
    if (file->isComplete() && !file->isFetching())
        removeSliceFiles(file->path());
    else
        removePlainSliceFiles(file->path());
    return file;
}

Result<ReplicaDescription> ReplicaFile::describe(const QString &path)
{
    if (!QFileInfo::exists(path))
        return fail(ErrorKind::notFound, path);
    auto opened = openReader(path);
    if (!opened)
        return tl::unexpected(opened.error());
    if (const auto version = schemaVersion(**opened); !version)
        return tl::unexpected(version.error());
    return describeIn(**opened);
}

int ReplicaFile::formHere() const
{
    return std::min(newestSynchronisedVersion(), m_serverForm.value_or(newestSynchronisedVersion()));
}

void ReplicaFile::heedServerForm(int form)
{
    m_serverForm = form > 0 ? form : formUntold;
}

Done ReplicaFile::learn()
{
    return m_workspace
        .readNow<bool>([this](Database &database) -> Result<bool> {
            const auto found = describeIn(database);
            if (!found)
                return tl::unexpected(found.error());
            m_description = *found;
            m_state = ReplicaMeta::read(database, ReplicaMeta::state);
            const QStringList slices =
                ReplicaMeta::read(database, ReplicaMeta::slices).split(QLatin1Char(' '), Qt::SkipEmptyParts);
            m_slices = QSet<QString>(slices.cbegin(), slices.cend());
            m_form = ReplicaMeta::read(database, ReplicaMeta::form).toInt();
            m_isToSweep = !ReplicaMeta::read(database, ReplicaMeta::toSweep).isEmpty();
            m_isToIndex = !hasAddressIndex(database);
            const QStringList toFetch =
                ReplicaMeta::read(database, ReplicaMeta::toFetch).split(QLatin1Char(' '), Qt::SkipEmptyParts);
            m_toFetch.clear();
            for (const QString &channel : toFetch)
                m_toFetch.insert(channel.toLongLong());
            return database.result(true);
        })
        .map([](bool) {});
}

Done ReplicaFile::enterEra(const ServerEra &era)
{
    bool isStillIt = true;
    const auto entered = m_workspace.write<void>(Urgency::interactive, [&](Writing &writing) -> Done {
        isStillIt = Earshot::enterEra(writing, era);
        return writing.database().done();
    });
    heedServerForm(era.form);
    const Done done = entered.result();
    return done && !isStillIt ? startOver() : done;
}

Done ReplicaFile::keepAuthorities(const QByteArray &pem)
{
    const auto kept = m_workspace.write<void>(Urgency::interactive, [&pem](Writing &writing) -> Done {
        ReplicaMeta::write(writing.database(), ReplicaMeta::authorities, QString::fromUtf8(pem));
        return writing.database().done();
    });
    const Done done = kept.result();
    if (done)
        m_description.authorities = pem;
    return done;
}

} // namespace Earshot
