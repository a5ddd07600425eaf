// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/schema.h"

#include <QDir>
#include <QFile>
#include <QtEndian>

namespace Earshot {

namespace {

/// Read once: each change that a replica takes asks for the newest one.
const QStringList &schemaFiles()
{
    static const QStringList files =
        QDir(QStringLiteral(":/schema")).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    return files;
}

int numberOf(const QString &file)
{
    return QStringView(file).left(4).toInt();
}

void applyStep(Database &database, const QString &name)
{
    QFile file(QStringLiteral(":/schema/") + name);
    if (!file.open(QIODevice::ReadOnly)) {
        database.setFailure({ErrorKind::unknown, QStringLiteral("no schema file ") + name, {}});
        return;
    }
    database.execute(QStringLiteral("BEGIN IMMEDIATE"));
    database.execute(QString::fromUtf8(file.readAll()));
    database.execute(QStringLiteral("PRAGMA user_version = %1").arg(numberOf(name)));
    database.execute(QStringLiteral("COMMIT"));
    if (auto error = database.takeFailure()) {
        database.execute(QStringLiteral("ROLLBACK"));
        static_cast<void>(database.takeFailure());
        database.setFailure({error->kind, name + QStringLiteral(": ") + error->detail, {}});
    }
}

} // namespace

int newestSchemaVersion()
{
    static const int newest = numberOf(schemaFiles().constLast());
    return newest;
}

int newestSynchronisedVersion()
{
    static const int newest = numberOf(schemaFiles().filter(QStringLiteral("-synchronised")).constLast());
    return newest;
}

Result<int> schemaVersion(Database &database)
{
    const qint64 application = database.pragma(QStringLiteral("application_id"));
    const auto version = int(database.pragma(QStringLiteral("user_version")));
    if (auto error = database.takeFailure())
        return tl::unexpected(*error);
    if (application != applicationId)
        return fail(ErrorKind::damaged, QStringLiteral("this file is not an Earshot workspace"));
    if (version > newestSchemaVersion())
        return fail(ErrorKind::newerVersion,
                    QStringLiteral("file version %1, this program knows %2").arg(version).arg(newestSchemaVersion()));
    return version;
}

/// https://www.sqlite.org/fileformat.html#the_database_header
bool isOlderForm(const QString &path)
{
    constexpr qsizetype versionAt = 60;
    constexpr qsizetype applicationAt = 68;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray header = file.read(100);
    return header.size() == 100 && header.startsWith("SQLite format 3") &&
           qFromBigEndian<quint32>(header.constData() + applicationAt) == applicationId &&
           qFromBigEndian<qint32>(header.constData() + versionAt) < newestSchemaVersion();
}

Done migrate(Database &database, int upTo)
{
    const Result<int> version = schemaVersion(database);
    if (!version)
        return tl::unexpected(version.error());
    for (const QString &name : schemaFiles()) {
        if (numberOf(name) > *version && numberOf(name) <= upTo && !database.failure())
            applyStep(database, name);
    }
    return database.done();
}

} // namespace Earshot
