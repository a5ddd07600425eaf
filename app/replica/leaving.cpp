// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/leaving.h"

#include "replica/replicatoken.h"
#include "replica/slicefiles.h"
#include "workspace/beforecopies.h"
#include "workspace/databasefiles.h"

#include <QDir>
#include <QFileInfo>

namespace Earshot {

Done eraseReplica(const QString &given)
{
    // What a link leads to, then the link.
    const QFileInfo named(given);
    const QString path = named.isSymLink() && named.exists() ? named.canonicalFilePath() : given;
    QStringList left = removeReplicaCopies(path);
    // The database last: what is left without it would not be known for what it is.
    left += removeSliceFiles(path);
    if (QDir media(path + QStringLiteral(".media")); media.exists() && !media.removeRecursively())
        left.append(media.path());
    QStringList ends = endsOfDatabase();
    for (const QString &unnamed : endsOfDatabase())
        ends.append(QStringLiteral(".new") + unnamed);
    for (const QString &end : ends + QStringList(QStringLiteral(".lock"))) {
        if (QFile::exists(path + end) && !QFile::remove(path + end))
            left.append(path + end);
    }
    if (path != given && left.isEmpty()) {
        for (const char *end : {".lock", ""}) {
            const QString name = given + QString::fromLatin1(end);
            if (QFileInfo(name).isSymLink() && !QFile::remove(name))
                left.append(name);
        }
    }
    return left.isEmpty() ? Done() : fail(ErrorKind::io, left.join(QStringLiteral(", ")));
}

Leaving::Leaving(ReplicaSession &session, Remove remove, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_remove(std::move(remove))
{
}

void Leaving::logOut()
{
    const QString name = replicaTokenName(m_session.server(), m_session.workspace().path());
    whenDone(m_session.logOut(), this, [this, name](const Done &atServer) {
        whenDone(m_remove(name), this,
                 [this, atServer](const Done &here) { Q_EMIT left(atServer.has_value(), here.has_value()); });
    });
}

} // namespace Earshot
