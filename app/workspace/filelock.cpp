// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/filelock.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace Earshot {

Result<std::unique_ptr<FileLock>> FileLock::take(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        const bool isReadOnly = errno == EROFS || errno == EACCES;
        return fail(isReadOnly ? ErrorKind::readOnly : ErrorKind::io, QString::fromLocal8Bit(std::strerror(errno)));
    }
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        ::close(descriptor);
        return fail(reason == EWOULDBLOCK ? ErrorKind::locked : ErrorKind::io,
                    QString::fromLocal8Bit(std::strerror(reason)));
    }
    return std::unique_ptr<FileLock>(new FileLock(descriptor));
}

// The file itself stays: removing it would let two processes hold locks on two files of one name.
bool FileLock::isTaken(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool isTaken = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    return isTaken;
}

FileLock::~FileLock()
{
    ::close(m_descriptor);
}

} // namespace Earshot
