// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/photographer.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>

/// Takes the pictures of one language, appearance and scale (from the environment, as for any Qt program):
/// earshot_pictures FOLDER [light|dark|contrast] [ONLY|readme]. packaging/photographs runs it for all of them.
int main(int argc, char **argv)
{
    using Scheme = Earshot::Appearance::Scheme;
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(Earshot::Icons::icon(QStringLiteral("earshot")));
    const QStringList arguments = QApplication::arguments();
    const QString folder = arguments.value(1);
    if (folder.isEmpty() || !QDir().mkpath(folder))
        return 2;
    const QString look = arguments.value(2, QStringLiteral("light"));
    Earshot::WindowWorld::chooseAppearance(look == QStringLiteral("dark")       ? Scheme::dark
                                           : look == QStringLiteral("contrast") ? Scheme::highContrast
                                                                                : Scheme::light);
    const QString only = arguments.value(3);
    if (only == QStringLiteral("readme"))
        return Earshot::Photographer(folder, {}).runForReadme() == 0 ? 0 : 1;
    return Earshot::Photographer(folder, only).run() == 0 ? 0 : 1;
}
