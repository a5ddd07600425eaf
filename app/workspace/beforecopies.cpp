// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/beforecopies.h"

#include "workspace/databasefiles.h"
#include "workspace/readerpool.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace Earshot {

namespace {

enum class CopyOf { replica, other, unknown };

CopyOf judge(const QString &copy)
{
    auto opened = openReader(copy);
    if (!opened)
        return CopyOf::unknown;
    Database &database = **opened;
    Statement find = database.statement("select_meta");
    const bool isReplica = find.bind("name", QStringLiteral("courier_off")).next() && find.text(0) == u"replica";
    if (database.takeFailure())
        return CopyOf::unknown;
    return isReplica ? CopyOf::replica : CopyOf::other;
}

/// The copies beside a file, whole or not: ".before-22".
QStringList endsOfCopies(const QString &path)
{
    static const QRegularExpression form(QStringLiteral("^(\\.before-[0-9]+)(\\.part|\\.media|\\.media\\.part)?$"));
    const QFileInfo info(path);
    QStringList ends;
    for (const QString &name : info.absoluteDir().entryList(QDir::Files | QDir::Dirs)) {
        // Not by a pattern: the file's own name may hold what would be one.
        if (!name.startsWith(info.fileName()))
            continue;
        const QRegularExpressionMatch match = form.match(name.mid(info.fileName().size()));
        if (match.hasMatch() && !ends.contains(match.captured(1)))
            ends.append(match.captured(1));
    }
    return ends;
}

} // namespace

QString copyBefore(const QString &path, int version)
{
    return path + QStringLiteral(".before-%1").arg(version);
}

QStringList removeReplicaCopies(const QString &path)
{
    QStringList left;
    const auto removeFile = [&left](const QString &name) {
        if (QFile::exists(name) && !QFile::remove(name))
            left.append(name);
    };
    const auto removeFolder = [&left](const QString &name) {
        if (QDir folder(name); folder.exists() && !folder.removeRecursively())
            left.append(name);
    };
    for (const QString &end : endsOfCopies(path)) {
        const QString copy = path + end;
        // Not one yet: it was under way when the program ended.
        for (const QString &unfinished : endsOfDatabase())
            removeFile(copy + QStringLiteral(".part") + unfinished);
        removeFolder(copy + QStringLiteral(".media.part"));
        const CopyOf judged = QFileInfo::exists(copy) ? judge(copy) : CopyOf::replica;
        if (judged == CopyOf::unknown)
            left.append(copy);
        if (judged != CopyOf::replica)
            continue;
        // The file comes last: by it the pictures are known for what they are.
        removeFolder(copy + QStringLiteral(".media"));
        for (const char *part : {"-wal", "-shm", ".lock", ""})
            removeFile(copy + QString::fromLatin1(part));
    }
    return left;
}

} // namespace Earshot
