// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

/// @file
/// Where each folder's tests are one program (EARSHOT_TOGETHER), there is one to link instead of a hundred, and it
/// knows the main() of each. A test is still a process of its own: its name is the program's first argument, or in
/// `EARSHOT_TEST`, so that the processes a test starts are that test, too.

#ifdef EARSHOT_TOGETHER

#include <QTest>
#ifdef QT_WIDGETS_LIB
#include <QApplication>
#elif defined QT_GUI_LIB
#include <QGuiApplication>
#endif

namespace Earshot {

/// A test of this program, known from before main() on.
class TestProgram
{
public:
    using Main = int (*)(int argc, char **argv);

    /// `file`: the source, "…/tst_NAME.cpp", whose NAME it is called by.
    TestProgram(const char *file, Main main);
};

#ifdef QT_WIDGETS_LIB
using TestApplication = QApplication;
#elif defined QT_GUI_LIB
using TestApplication = QGuiApplication;
#else
using TestApplication = QCoreApplication;
#endif

/// What Qt's own main() does for a test.
template <typename Test, typename Application>
int runTest(int argc, char **argv)
{
    Application application(argc, argv);
    application.setAttribute(Qt::AA_Use96Dpi, true);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace Earshot

/// What `int main(argc, argv)` is to a test; its body follows.
#define EARSHOT_TEST_PROGRAM(argc, argv)                                                                               \
    static int testProgram(int argc, char **argv);                                                                     \
    static const Earshot::TestProgram registered(__FILE__, testProgram);                                               \
    static int testProgram(int argc, char **argv)

#undef QTEST_MAIN
#undef QTEST_GUILESS_MAIN
#undef QTEST_APPLESS_MAIN
#define QTEST_MAIN(Test)                                                                                               \
    static const Earshot::TestProgram registered(__FILE__, Earshot::runTest<Test, Earshot::TestApplication>);
#define QTEST_GUILESS_MAIN(Test)                                                                                       \
    static const Earshot::TestProgram registered(__FILE__, Earshot::runTest<Test, QCoreApplication>);
#define QTEST_APPLESS_MAIN(Test)                                                                                       \
    EARSHOT_TEST_PROGRAM(argc, argv)                                                                                   \
    {                                                                                                                  \
        Test test;                                                                                                     \
        return QTest::qExec(&test, argc, argv);                                                                        \
    }

#else

#define EARSHOT_TEST_PROGRAM(argc, argv) int main(int argc, char **argv)

#endif
