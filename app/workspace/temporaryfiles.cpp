// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/temporaryfiles.h"

#include <QFileInfo>
#include <QStorageInfo>

#include <sqlite3.h>

namespace Earshot {

namespace {

constexpr qint64 megabyte = 1'000'000;
/// A disk that has this much is not full.
constexpr qint64 room = 64 * megabyte;

QString fileOf(Database &database)
{
    return QString::fromUtf8(sqlite3_db_filename(database.handle(), "main"));
}

qint64 pragma(Database &database, const char *name)
{
    qint64 value = 0;
    const auto take = [](void *to, int, char **columns, char **) {
        *static_cast<qint64 *>(to) = QByteArray(columns[0]).toLongLong();
        return 0;
    };
    const QByteArray sql = QByteArray("PRAGMA ") + name;
    sqlite3_exec(database.handle(), sql.constData(), take, &value, nullptr);
    return value;
}

qint64 usedBytes(Database &database)
{
    return (pragma(database, "page_count") - pragma(database, "freelist_count")) * pragma(database, "page_size");
}

qint64 freeBytesOf(const QString &folder)
{
    return QStorageInfo(folder).bytesAvailable();
}

} // namespace

TemporaryFiles::TemporaryFiles(Database &database)
    : m_database(database)
{
    database.execute(QStringLiteral("PRAGMA temp_store = FILE"));
}

TemporaryFiles::~TemporaryFiles()
{
    sqlite3_exec(m_database.handle(), "PRAGMA temp_store = MEMORY", nullptr, nullptr, nullptr);
}

QString TemporaryFiles::folder() const
{
    char *name = nullptr;
    if (sqlite3_file_control(m_database.handle(), "main", SQLITE_FCNTL_TEMPFILENAME, &name) != SQLITE_OK || !name)
        return {};
    const QString folder = QFileInfo(QString::fromUtf8(name)).absolutePath();
    sqlite3_free(name);
    return folder;
}

Error TemporaryFiles::explained(const Error &error) const
{
    const QString temporary = folder();
    if (error.kind == ErrorKind::io && temporary.isEmpty())
        return {error.kind, QStringLiteral("there is no folder that temporary files can be written to"), {}};
    const QString said = QStringLiteral("temporary files lie in %1, where %2 MB are free")
                             .arg(temporary, QString::number(freeBytesOf(temporary) / megabyte));
    if (error.kind == ErrorKind::io)
        return {error.kind, error.detail + QStringLiteral("; ") + said, {}};
    const QString workspace = QFileInfo(fileOf(m_database)).absolutePath();
    return error.kind == ErrorKind::diskFull && freeBytesOf(workspace) >= room ? Error{ErrorKind::io, said, {}} : error;
}

Done TemporaryFiles::haveRoomForAll() const
{
    const QFileInfo file(fileOf(m_database));
    const QString temporary = folder();
    const bool isOneDisk = QStorageInfo(temporary).device() == QStorageInfo(file.absolutePath()).device();
    // The copy holds what is in use, not what was freed.
    const qint64 wanted = usedBytes(m_database) + room;
    if (freeBytesOf(file.absolutePath()) >= (isOneDisk ? 2 : 1) * wanted && freeBytesOf(temporary) >= wanted)
        return {};
    return fail(
        ErrorKind::diskFull,
        QStringLiteral("%1 MB are needed in %2 and in %3").arg(wanted / megabyte).arg(temporary, file.absolutePath()));
}

Done TemporaryFiles::haveRoomForCopy() const
{
    const QString temporary = folder();
    const qint64 wanted = usedBytes(m_database) + room;
    if (temporary.isEmpty())
        return fail(ErrorKind::io, QStringLiteral("there is no folder that temporary files can be written to"));
    if (freeBytesOf(temporary) >= wanted)
        return {};
    return fail(ErrorKind::diskFull, QStringLiteral("%1 MB are needed in %2").arg(wanted / megabyte).arg(temporary));
}

} // namespace Earshot
