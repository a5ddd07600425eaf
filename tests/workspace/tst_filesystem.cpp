// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/filesystem.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Earshot;

/// Which file systems may hold a workspace that is written.
class FileSystemTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void networksAreRefused_data();
    void networksAreRefused();
    void typeIsRead();
};

void FileSystemTest::networksAreRefused_data()
{
    QTest::addColumn<bool>("isRefused");
    for (const char *type :
         {"nfs", "nfs4", "cifs", "smb3", "SMBFS", "afs", "9p", "ceph", "lustre", "glusterfs", "davfs", "vboxsf",
          "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.s3fs"})
        QTest::newRow(type) << true;
    for (const char *type : {"ext4", "btrfs", "xfs", "zfs", "tmpfs", "overlay", "ecryptfs", "fuseblk", "fuse.gocryptfs",
                             "fuse.mergerfs", "apfs", "ntfs3", "vfat", ""})
        QTest::newRow(*type ? type : "not known") << false;
}

void FileSystemTest::networksAreRefused()
{
    QFETCH(bool, isRefused);
    const QByteArray tag = QTest::currentDataTag();
    const QByteArray type = tag == "not known" ? QByteArray() : tag;
    const Done may = mayWriteOn(type);
    QCOMPARE(may.has_value(), !isRefused);
    if (may)
        return;
    QCOMPARE(may.error().kind, ErrorKind::unsupported);
    // What can be done, and why.
    QVERIFY(may.error().detail.contains(QLatin1StringView("earshotd")));
    QVERIFY(may.error().detail.contains(QString::fromLatin1(type)));
}

void FileSystemTest::typeIsRead()
{
    const QTemporaryDir folder;
    // Also of a file that is to be made.
    QVERIFY(!fileSystemTypeOf(folder.filePath(QStringLiteral("new.earshot"))).isEmpty());
    QVERIFY(!fileSystemTypeOf(QStringLiteral("/proc/x")).compare("proc"));
}

QTEST_GUILESS_MAIN(FileSystemTest)
#include "tst_filesystem.moc"
