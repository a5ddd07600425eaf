// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/durablenote.h"

#include "workspace/wholefile.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

#include <fcntl.h>
#include <unistd.h>

namespace Earshot {

namespace {

/// A name that is new in a folder survives a power cut.
void syncFolder(const QString &file)
{
    const int folder = ::open(QFile::encodeName(QFileInfo(file).absolutePath()).constData(), O_RDONLY | O_CLOEXEC);
    if (folder < 0)
        return;
    static_cast<void>(::fsync(folder));
    static_cast<void>(::close(folder));
}

} // namespace

Done writeNote(const QString &file, const QJsonObject &note)
{
    QSaveFile saved(file);
    const QByteArray body = QJsonDocument(note).toJson();
    // It syncs before it renames.
    if (!saved.open(QIODevice::WriteOnly) || saved.write(body) != body.size() || !commitWhole(saved))
        return fail(ErrorKind::io, file + QStringLiteral(": ") + saved.errorString());
    syncFolder(file);
    return {};
}

QJsonObject readNote(const QString &file)
{
    QFile saved(file);
    return saved.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(saved.readAll()).object() : QJsonObject();
}

QStringList pathsWithNote(const QString &folder, const QString &ending)
{
    QStringList paths;
    for (const QString &name : QDir(folder).entryList({QLatin1Char('*') + ending}, QDir::Files))
        paths.append(QDir(folder).absoluteFilePath(name.chopped(ending.size())));
    return paths;
}

} // namespace Earshot
