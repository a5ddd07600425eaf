// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandline.h"

#include <QCoreApplication>
#include <QLoggingCategory>

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("earshotctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EARSHOT_VERSION));
    // Standard error is read by scripts: what libraries remark by the way (no session bus, no runtime folder) stays
    // away from it unless QT_LOGGING_RULES asks for it.
    QLoggingCategory::setFilterRules(QStringLiteral("*.debug=false\n*.info=false\n*.warning=false"));
    return Earshot::runCommandLine(QCoreApplication::arguments().mid(1));
}
