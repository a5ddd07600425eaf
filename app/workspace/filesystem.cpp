// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/filesystem.h"

#include <QFile>
#include <QFileInfo>
#include <QList>
#include <QStorageInfo>

#include <fcntl.h>
#include <unistd.h>

namespace Earshot {

bool isNetworkFileSystem(const QByteArray &type)
{
    static const QList<QByteArray> remote{
        "nfs", "nfs3", "nfs4",   "cifs", "smb",   "smb2",      "smb3",   "smbfs", "afs",   "afpfs",  "ncpfs", "davfs",
        "9p",  "ceph", "lustre", "gfs2", "ocfs2", "glusterfs", "beegfs", "gpfs",  "pvfs2", "vboxsf", "coda",  "webdav"};
    // Those of user space that are known to keep their files on this machine.
    static const QList<QByteArray> local{"fuseblk",        "fuse.ntfs-3g",  "fuse.encfs",          "fuse.gocryptfs",
                                         "fuse.cryfs",     "fuse.mergerfs", "fuse.bindfs",         "fuse.securefs",
                                         "fuse.overlayfs", "fuse.unionfs",  "fuse.fuse-overlayfs", "fuse.lxcfs",
                                         "fuse.ext4",      "fuse.exfat"};
    const QByteArray name = type.toLower();
    return remote.contains(name) || (name.startsWith("fuse.") && !local.contains(name));
}

Done mayWriteOn(const QByteArray &type)
{
    if (isNetworkFileSystem(type))
        return fail(
            ErrorKind::unsupported,
            QStringLiteral("a workspace on a network file system (%1) needs earshotd").arg(QString::fromLatin1(type)));
    return {};
}

bool mayMakeFilesIn(const QString &folder)
{
    return ::faccessat(AT_FDCWD, QFile::encodeName(folder).constData(), W_OK | X_OK, AT_EACCESS) == 0;
}

QByteArray fileSystemTypeOf(const QString &path)
{
    return QStorageInfo(QFileInfo(path).absolutePath()).fileSystemType();
}

} // namespace Earshot
