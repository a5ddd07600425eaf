// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandline.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("earshotctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EARSHOT_VERSION));
    return Earshot::runCommandLine(QCoreApplication::arguments().mid(1));
}
