// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// @file
/// Two threads write one number, and nothing orders them but that the pool was told to begin: the thread sanitizer has
/// to find that, or what qtsynchronization.cpp tells it hides too much.

#include <QCoreApplication>
#include <QThreadPool>

int main(int argc, char **argv)
{
    const QCoreApplication program(argc, argv);
    int number = 0;
    QThreadPool pool;
    pool.start([&number] { ++number; });
    ++number;
    pool.waitForDone();
    return number == 2 ? 0 : 1;
}
