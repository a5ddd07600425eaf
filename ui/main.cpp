// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/settingsfile.h"
#include "ui/shell/appearance.h"
#include "ui/shell/dialogkeys.h"
#include "ui/shell/heap.h"
#include "ui/shell/icons.h"
#include "ui/shell/screenfit.h"
#include "ui/shell/translations.h"
#include "ui/start/program.h"
#include "ui/window/wishes.h"

#include <QApplication>

namespace Earshot {

namespace {

int run(QApplication &application)
{
    installTranslations(application);
    const Wishes wishes = wishesOf(application);
    if (const QString aside = putDamagedSettingsAside(); !aside.isEmpty())
        qWarning("the settings could not be read; they lie in %s", qUtf8Printable(aside));
    Appearance appearance(application);
    const ScreenFit fit(&application);
    const DialogKeys keys(&application);
    Program program(appearance);
    // Queued: it may end before there is an event loop.
    QObject::connect(
        &program, &Program::ended, &application, [](int exitCode) { QCoreApplication::exit(exitCode); },
        Qt::QueuedConnection);
    program.start(wishes);
    return QApplication::exec();
}

} // namespace

} // namespace Earshot

int main(int argc, char **argv)
{
    Earshot::limitHeaps();
    QCoreApplication::setOrganizationName(QStringLiteral("earshot"));
    QCoreApplication::setApplicationName(QStringLiteral("earshot"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EARSHOT_VERSION));
    if (Earshot::asksForWords(argc, argv)) {
        QCoreApplication application(argc, argv);
        Earshot::installTranslations(application);
        static_cast<void>(Earshot::wishesOf(application));
    }
    QGuiApplication::setDesktopFileName(QStringLiteral("earshot"));
    QApplication application(argc, argv);
    Earshot::trimHeapsRegularly(&application);
    QApplication::setApplicationDisplayName(QStringLiteral("Earshot"));
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(Earshot::Icons::icon(QStringLiteral("earshot")));
    return Earshot::run(application);
}
