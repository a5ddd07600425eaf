// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/windowplaces.h"

#include "workspace/incarnation.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFileInfo>
#include <QSettings>
#include <QStringList>

#include <algorithm>

namespace Earshot {

namespace {

const QString group = QStringLiteral("ownWindows");
const QString contactWord = QStringLiteral("contact");

QString pathOf(const QString &file)
{
    const QString path = QFileInfo(file).canonicalFilePath();
    return path.isEmpty() ? file : path;
}

/// A path would make folders of the settings.
QString keyOf(const QString &file, bool isReading)
{
    const QByteArray name = QCryptographicHash::hash(file.toUtf8(), QCryptographicHash::Sha1).toHex();
    return QString::fromLatin1(name) + (isReading ? QStringLiteral("-reading") : QString());
}

/// Once a file is gone another one comes to lie at its path, and the system may give it the same number.
QString identityOf(const QString &file)
{
    const QDateTime born = QFileInfo(file).birthTime();
    return QString::number(fileNumber(file)) + QLatin1Char('-') +
           QString::number(born.isValid() ? born.toMSecsSinceEpoch() : 0);
}

/// The sample has another path at each start.
void forgetGoneFiles(QSettings &settings)
{
    const QStringList keys = settings.childKeys();
    for (const QString &key : keys) {
        if (keys.size() > WindowPlaces::mostWorkspaces &&
            !QFileInfo::exists(settings.value(key).toStringList().value(0)))
            settings.remove(key);
    }
}

} // namespace

WindowPlaces::WindowPlaces(const QString &file, bool isReading)
    : m_file(pathOf(file))
    , m_key(keyOf(m_file, isReading))
    , m_identity(identityOf(m_file))
{
}

QList<WindowPlace> WindowPlaces::stored() const
{
    QList<WindowPlace> places;
    QSettings settings;
    settings.beginGroup(group);
    // The first two lines are the file.
    const QStringList lines = settings.value(m_key).toStringList();
    if (lines.value(1) != m_identity)
        return places;
    for (const QString &line : lines.mid(2)) {
        const QStringList parts = line.split(QLatin1Char(' '));
        const ConversationId id(parts.value(0).toLongLong());
        if (id.isValid() && places.size() < most)
            places.append({id, parts.value(1).toLongLong(), QByteArray::fromBase64(parts.value(2).toLatin1()),
                           parts.value(3) == contactWord});
    }
    return places;
}

void WindowPlaces::store(const QList<WindowPlace> &places) const
{
    QStringList lines{m_file, m_identity};
    for (const WindowPlace &place : places.first(std::min(places.size(), most)))
        lines.append(QStringLiteral("%1 %2 %3 %4")
                         .arg(QString::number(place.conversation.value), QString::number(place.number),
                              QString::fromLatin1(place.geometry.toBase64()),
                              place.isContact ? contactWord : QStringLiteral("conversation")));
    QSettings settings;
    settings.beginGroup(group);
    if (places.isEmpty()) {
        settings.remove(m_key);
        return;
    }
    settings.setValue(m_key, lines);
    forgetGoneFiles(settings);
}

void WindowPlaces::forget(const QString &file)
{
    QSettings settings;
    settings.beginGroup(group);
    for (const bool isReading : {false, true})
        settings.remove(keyOf(pathOf(file), isReading));
}

} // namespace Earshot
