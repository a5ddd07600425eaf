// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/knownworkspaces.h"

#include "workspace/erasemark.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QSettings>

#include <algorithm>

namespace Earshot {

namespace {

const QString key = QStringLiteral("workspaces/known");
constexpr qsizetype mostKnown = 30;

QList<KnownWorkspace> stored()
{
    QSettings settings;
    // Another window may have noted one meanwhile.
    settings.sync();
    QList<KnownWorkspace> list;
    const QStringList lines = settings.value(key).toStringList();
    for (qsizetype i = 0; i + 2 < lines.size(); i += 3)
        list.append({lines.at(i), lines.at(i + 1), lines.at(i + 2)});
    return list;
}

void store(const QList<KnownWorkspace> &list)
{
    QStringList lines;
    for (const KnownWorkspace &one : list.first(std::min(list.size(), mostKnown)))
        lines += {one.file, one.name, one.server};
    QSettings().setValue(key, lines);
}

QList<KnownWorkspace> without(QList<KnownWorkspace> list, const QString &file)
{
    list.removeIf([&file](const KnownWorkspace &one) { return KnownWorkspaces::isSame(one.file, file); });
    return list;
}

} // namespace

QList<KnownWorkspace> KnownWorkspaces::all()
{
    QList<KnownWorkspace> list = stored();
    // A stick that is not plugged in is known again when it is.
    list.removeIf([](const KnownWorkspace &one) { return !QFileInfo::exists(one.file); });
    return list;
}

void KnownWorkspaces::note(const KnownWorkspace &workspace)
{
    QList<KnownWorkspace> list = stored();
    if (!list.isEmpty() && list.constFirst() == workspace)
        return;
    list = without(list, workspace.file);
    list.prepend(workspace);
    store(list);
}

void KnownWorkspaces::forget(const QString &file)
{
    store(without(stored(), file));
}

bool KnownWorkspaces::isSame(const QString &one, const QString &other)
{
    const QFileInfo first(one);
    const QFileInfo second(other);
    return first.absoluteFilePath() == second.absoluteFilePath() ||
           (first.exists() && first.canonicalFilePath() == second.canonicalFilePath());
}

QString KnownWorkspaces::freshPath(const QString &folder, const QString &wish)
{
    static const QRegularExpression unfit(QStringLiteral("[^A-Za-z0-9._-]"));
    static const QRegularExpression hiding(QStringLiteral("^[.]+"));
    QString name = QString(wish).remove(unfit).remove(hiding).left(100);
    if (name.isEmpty())
        name = QStringLiteral("desk");
    QString path = folder + QLatin1Char('/') + name + QStringLiteral(".earshot");
    for (int number = 2; QFileInfo::exists(path) || QFileInfo::exists(eraseMarkOf(path)); ++number)
        path = QStringLiteral("%1/%2-%3.earshot").arg(folder, name, QString::number(number));
    return path;
}

} // namespace Earshot
