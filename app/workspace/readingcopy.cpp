// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/readingcopy.h"

#include "workspace/backup.h"
#include "workspace/filelock.h"
#include "workspace/readerpool.h"
#include "workspace/schema.h"
#include "workspace/searchindex.h"
#include "workspace/temporaryfiles.h"

#include <QDateTime>
#include <QDir>

namespace Earshot {

namespace {

const QString folderName = QStringLiteral("earshot-reading-");
const QString lockName = QStringLiteral("/lock");
/// One that is being made has no lock yet.
constexpr qint64 youngestLeft = 60;

void removeLeft(const QString &place)
{
    const QFileInfoList folders = QDir(place).entryInfoList({folderName + u'*'}, QDir::Dirs);
    for (const QFileInfo &folder : folders) {
        const bool isOld = folder.lastModified().secsTo(QDateTime::currentDateTime()) > youngestLeft;
        if (isOld && folder.isWritable() && !FileLock::isTaken(folder.filePath() + lockName))
            QDir(folder.filePath()).removeRecursively();
    }
}

/// Where there is room for it.
Result<QString> placeFor(const QString &path)
{
    const auto opened = openReader(path);
    if (!opened)
        return tl::unexpected(opened.error());
    const TemporaryFiles files(**opened);
    if (Done room = files.haveRoomForCopy(); !room)
        return tl::unexpected(room.error());
    return files.folder();
}

Done bringUpToDate(const QString &path)
{
    const auto opened = Database::open(path, Database::Mode::readWrite);
    if (!opened)
        return tl::unexpected(opened.error());
    Database &database = **opened;
    // Where the machine stops meanwhile another one is made.
    database.execute(QStringLiteral("PRAGMA synchronous = OFF"));
    if (Done done = migrate(database); !done)
        return done;
    // Nobody is going to write it: what waits would wait for ever.
    if (Done done = indexAll(database, {}); !done)
        return done;
    database.execute(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
    return database.done();
}

} // namespace

ReadingCopy::ReadingCopy(const QString &place)
    : m_folder(place + u'/' + folderName + QStringLiteral("XXXXXX"))
{
}

ReadingCopy::~ReadingCopy() = default;

Result<std::unique_ptr<ReadingCopy>> ReadingCopy::of(const QString &path)
{
    const auto place = placeFor(path);
    if (!place)
        return tl::unexpected(place.error());
    removeLeft(*place);
    std::unique_ptr<ReadingCopy> copy(new ReadingCopy(*place));
    if (Done made = copy->make(path); !made)
        return tl::unexpected(Error{made.error().kind, made.error().detail + QStringLiteral(" (") + *place + u')', {}});
    return copy;
}

Done ReadingCopy::make(const QString &path)
{
    if (!m_folder.isValid())
        return fail(ErrorKind::io, m_folder.errorString());
    auto lock = FileLock::take(m_folder.path() + lockName);
    if (!lock)
        return tl::unexpected(lock.error());
    m_lock = std::move(*lock);
    const Done copied = copyDatabase(path, this->path());
    return copied ? bringUpToDate(this->path()) : copied;
}

} // namespace Earshot
