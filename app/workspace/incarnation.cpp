// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/incarnation.h"

#include "workspace/wholefile.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <sys/stat.h>

#include <chrono>

namespace Earshot {

namespace {

constexpr std::chrono::seconds longestWrite(20); ///< from the time inside the record to its rename

QString recordPath(const QString &incarnation)
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/earshot/workspaces/") + incarnation + QStringLiteral(".json");
}

bool isFirstHand(const QString &path, qint64 writtenAtMs)
{
    struct stat info
    {
    };
    if (writtenAtMs == 0 || ::stat(QFile::encodeName(path).constData(), &info) != 0)
        return true;
    const auto changedAt = std::chrono::seconds(info.st_ctim.tv_sec);
    const auto since = changedAt - std::chrono::milliseconds(writtenAtMs);
    return since < longestWrite && since > -longestWrite;
}

} // namespace

std::optional<OutsideRecord> loadOutside(const QString &incarnation)
{
    QFile file(recordPath(incarnation));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    if (json.isEmpty())
        return std::nullopt;
    OutsideRecord record;
    record.incarnation = incarnation;
    record.path = json.value(QLatin1StringView("path")).toString();
    record.fileNumber = json.value(QLatin1StringView("fileNumber")).toString().toULongLong();
    record.highest = json.value(QLatin1StringView("highest")).toInteger();
    record.isFirstHand = isFirstHand(file.fileName(), json.value(QLatin1StringView("writtenAt")).toInteger());
    return record;
}

Done saveOutside(const OutsideRecord &record)
{
    const QString path = recordPath(record.incarnation);
    QDir().mkpath(QFileInfo(path).path());
    // QSaveFile syncs before it renames: after it, the record survives a power cut.
    QSaveFile file(path);
    const QJsonObject json{{QStringLiteral("path"), record.path},
                           {QStringLiteral("fileNumber"), QString::number(record.fileNumber)},
                           {QStringLiteral("highest"), record.highest},
                           {QStringLiteral("writtenAt"), QDateTime::currentMSecsSinceEpoch()}};
    const QByteArray body = QJsonDocument(json).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(body) != body.size() || !commitWhole(file))
        return fail(ErrorKind::io, path + QStringLiteral(": ") + file.errorString());
    return {};
}

quint64 fileNumber(const QString &path)
{
    struct stat info
    {
    };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? quint64(info.st_ino) : 0;
}

Workspace::Origin judgeOrigin(const OutsideRecord &file, const std::optional<OutsideRecord> &remembered)
{
    using Origin = Workspace::Origin;
    if (!remembered)
        return Origin::copied;
    if (file.highest < remembered->highest || !remembered->isFirstHand)
        return Origin::restored;
    if (remembered->path != file.path)
        return QFileInfo::exists(remembered->path) ? Origin::copied : Origin::moved;
    // Another file under the known name (a backup put back before anything was written since) may have a twin
    // elsewhere.
    return remembered->fileNumber == file.fileNumber ? Origin::same : Origin::restored;
}

} // namespace Earshot
