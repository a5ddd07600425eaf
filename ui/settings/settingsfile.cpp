// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/settingsfile.h"

#include "workspace/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSettings>

#include <algorithm>
#include <array>

namespace Earshot {

namespace {

constexpr int version = 1;
constexpr qint64 largest = 4'000'000;

/// Where windows stood belongs to one screen.
bool isTaken(const QString &key)
{
    static constexpr std::array groups{QLatin1StringView("shortcuts/"), QLatin1StringView("keys/"),
                                       QLatin1StringView("appearance"), QLatin1StringView("notifications/"),
                                       QLatin1StringView("tray/"),      QLatin1StringView("list/"),
                                       QLatin1StringView("lists/"),     QLatin1StringView("composer/")};
    return std::any_of(groups.begin(), groups.end(), [&key](QLatin1StringView group) { return key.startsWith(group); });
}

bool isLanguage(const QString &name)
{
    static const QRegularExpression language(QStringLiteral("^[A-Za-z_-]{2,20}$"));
    return language.match(name).hasMatch();
}

bool write(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && commitWhole(file);
}

} // namespace

Done exportSettings(const QString &path, const QString &ownWords)
{
    QJsonObject values;
    QSettings settings;
    const QStringList keys = settings.allKeys();
    for (const QString &key : keys) {
        if (isTaken(key))
            values.insert(key, QJsonValue::fromVariant(settings.value(key)));
    }
    QJsonObject words;
    const QStringList files = QDir(ownWords).entryList({QStringLiteral("*.txt")}, QDir::Files);
    for (const QString &name : files) {
        QFile file(ownWords + QLatin1Char('/') + name);
        if (file.open(QIODevice::ReadOnly))
            words.insert(name.chopped(4),
                         QJsonArray::fromStringList(
                             QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)));
    }
    const QJsonObject all{{QStringLiteral("format"), QStringLiteral("earshot-settings")},
                          {QStringLiteral("version"), version},
                          {QStringLiteral("values"), values},
                          {QStringLiteral("words"), words}};
    if (!write(path, QJsonDocument(all).toJson()))
        return fail(ErrorKind::io, path);
    return {};
}

Done importSettings(const QString &path, const QString &ownWords)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::io, path);
    if (file.size() > largest)
        return fail(ErrorKind::malformed, path);
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    if (all.value(QLatin1StringView("format")).toString() != QLatin1StringView("earshot-settings") ||
        !all.value(QLatin1StringView("values")).isObject())
        return fail(ErrorKind::malformed, path);
    if (all.value(QLatin1StringView("version")).toInt() > version)
        return fail(ErrorKind::newerVersion, path);
    QSettings settings;
    const QStringList before = settings.allKeys();
    for (const QString &key : before) {
        if (isTaken(key))
            settings.remove(key);
    }
    const QJsonObject values = all.value(QLatin1StringView("values")).toObject();
    for (auto it = values.constBegin(); it != values.constEnd(); ++it) {
        if (isTaken(it.key()))
            settings.setValue(it.key(), it.value().isArray() ? QVariant(it.value().toVariant().toStringList())
                                                             : it.value().toVariant());
    }
    settings.sync();
    const QJsonObject words = all.value(QLatin1StringView("words")).toObject();
    QDir().mkpath(ownWords);
    for (auto it = words.constBegin(); it != words.constEnd(); ++it) {
        // A name from a file is no path.
        if (!isLanguage(it.key()))
            continue;
        const QStringList list = it.value().toVariant().toStringList();
        if (!write(ownWords + QLatin1Char('/') + it.key() + QStringLiteral(".txt"),
                   list.join(QLatin1Char('\n')).toUtf8() + '\n'))
            return fail(ErrorKind::io, ownWords);
    }
    return settings.status() == QSettings::NoError ? Done() : fail(ErrorKind::io, settings.fileName());
}

QString putDamagedSettingsAside()
{
    QString path;
    {
        QSettings settings;
        path = settings.fileName();
        const QStringList keys = settings.allKeys();
        if (settings.status() != QSettings::FormatError) {
            // A machine that lost its power may leave a file of the right length and nothing in it.
            QFile file(path);
            const bool isEmptied = keys.isEmpty() && file.open(QIODevice::ReadOnly) && file.read(64).contains('\0');
            if (!isEmptied)
                return {};
        }
    }
    const QString aside = path + QStringLiteral(".damaged");
    QFile::remove(aside);
    return QFile::rename(path, aside) ? aside : QString();
}

} // namespace Earshot
