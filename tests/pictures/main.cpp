// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/photographer.h"
#include "tests/pictures/sharedroom.h"
#include "tests/pictures/states.h"
#include "tests/ui/pseudolocale.h"
#include "ui/shell/appearance.h"
#include "ui/shell/icons.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>

#include <cstdio>

namespace {

int takeForReadme(const QString &folder)
{
    Earshot::Camera camera(folder, {}, Earshot::Camera::Look::none);
    Earshot::Photographer(camera).runForReadme();
    return camera.failed() == 0 ? 0 : 1;
}

} // namespace

/// Takes the pictures of one language, appearance and scale (from the environment, as for any Qt program):
/// earshot_pictures FOLDER [light|dark|contrast|long|hostile|names|room] [ONLY|readme]. packaging/photographs runs it
/// for all of them. FOLDER - takes no pictures. long: in a language that is longer, and what is clipped is found;
/// hostile: with everybody named as an attacker would be, and what takes that for markup is found; names: what a screen
/// reader has no word for is found; room: what lies upon another or beyond the screen is found, for a mirrored window
/// (Qt's -reverse) and for a small screen (QT_SCALE_FACTOR, laptop.json). These four are tests.
int main(int argc, char **argv)
{
    using Scheme = Earshot::Appearance::Scheme;
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(Earshot::Icons::icon(QStringLiteral("earshot")));
    const QStringList arguments = QApplication::arguments();
    QString folder = arguments.value(1);
    if (folder == QStringLiteral("-"))
        folder.clear();
    else if (folder.isEmpty() || !QDir().mkpath(folder))
        return 2;
    const QString look = arguments.value(2, QStringLiteral("light"));
    Earshot::WindowWorld::chooseAppearance(look == QStringLiteral("dark")       ? Scheme::dark
                                           : look == QStringLiteral("contrast") ? Scheme::highContrast
                                                                                : Scheme::light);
    const QString only = arguments.value(3);
    if (only == QStringLiteral("readme"))
        return takeForReadme(folder);
    using Look = Earshot::Camera::Look;
    Earshot::PseudoLocale pseudo;
    if (look == QStringLiteral("long"))
        QCoreApplication::installTranslator(&pseudo);
    const QHash<QString, Look> looks{{QStringLiteral("long"), Look::forClipping},
                                     {QStringLiteral("hostile"), Look::forMarkup},
                                     {QStringLiteral("names"), Look::forNames},
                                     {QStringLiteral("room"), Look::forRoom}};
    Earshot::Camera camera(folder, only, looks.value(look, Look::none));
    Earshot::Photographer(camera).run();
    Earshot::SharedRoom(camera, Earshot::WindowWorld::appearance()).run();
    for (const QString &missed : Earshot::States::notReached(camera.reached())) {
        std::fprintf(stderr, "%s: promised by states.h, and not reached\n", qPrintable(missed));
        camera.fail();
    }
    return camera.failed() == 0 ? 0 : 1;
}
