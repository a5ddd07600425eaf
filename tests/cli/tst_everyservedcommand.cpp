// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/everycommand.h"

#include <QTest>

EARSHOT_TEST_PROGRAM(argc, argv)
{
    const QCoreApplication application(argc, argv);
    Earshot::EveryCommandTest test(Earshot::EveryCommandTest::On::server,
                                   QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl"));
    return QTest::qExec(&test, argc, argv);
}
