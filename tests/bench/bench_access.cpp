// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_access: the real program on the workspace named by EARSHOT_BENCH_WORKSPACE, beside a screen reader: how long
// until the row is heard after a key, how long the list and the whole window take to be walked, and what that costs in
// memory. Wants the desktop of tests/peers/screenreader/run.

#include "figures.h"
#include "tests/peers/screenreader.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

using namespace Earshot;

namespace {

constexpr int rows = 200;
constexpr int walks = 20;
constexpr qint64 patience = 60'000; ///< milliseconds

/// Proportional share of memory of a process, in megabytes.
double megabytesOf(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/smaps_rollup").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("Pss:"))
            return line.mid(4).simplified().split(' ').value(0).toDouble() / 1e3;
    }
    return 0;
}

/// Milliseconds until it is so; negative when it never was.
template <class Condition>
double until(const Condition &isThere)
{
    QElapsedTimer timer;
    timer.start();
    while (!isThere()) {
        if (timer.elapsed() > patience)
            return -1;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

template <class Work>
double timeOf(const Work &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}

bool measure(ScreenReader &reader, qint64 process)
{
    AccessibleNode window;
    AccessibleNode list;
    const double begun = until([&] {
        const std::vector<AccessibleNode> programs = reader.programs();
        if (programs.empty())
            return false;
        window = programs.back();
        list = reader.find(window, QStringLiteral("list"), QStringLiteral("Conversations"));
        // Keys go to the window that the window manager has made the active one.
        return list.isThere() && reader.facts(list).childCount > 3 &&
               reader.facts(reader.children(window).front()).is(ScreenReader::Active);
    });
    if (begun < 0)
        return false;
    printHeading(QStringLiteral("beside a screen reader (milliseconds)"));
    printFigure(QStringLiteral("memory (PSS) before, MB"), QString::number(megabytesOf(process), 'f', 0));
    // Everything: a view too long to be read at once.
    const auto place = [&] {
        const std::vector<AccessibleNode> children = reader.children(list);
        return children.empty() ? QString() : reader.facts(children.front()).description;
    };
    const QString before = place();
    reader.type(QStringLiteral("ga"));
    if (until([&] { return !place().isEmpty() && place() != before; }) < 0)
        return false;
    printFigure(QStringLiteral("its list, by its first row"), place());
    Figures heard;
    for (int i = 0; i < rows; ++i) {
        static_cast<void>(reader.takeSaid());
        reader.press('j');
        QStringList said;
        const double took = until([&] {
            said += reader.takeSaid();
            return !said.isEmpty() && !said.constLast().startsWith(QLatin1String("list:"));
        });
        if (took < 0)
            return false;
        heard.add(took);
    }
    printFigures(QStringLiteral("a key until its row was heard and read"), heard, 0);
    Figures children;
    Figures all;
    int nodes = 0;
    for (int i = 0; i < walks; ++i) {
        children.add(timeOf([&] { static_cast<void>(reader.children(list)); }));
        all.add(timeOf([&] {
            nodes = reader.walk(window, [](const AccessibleNode &, const AccessibleFacts &) { return true; });
        }));
    }
    printFigures(QStringLiteral("the list's children asked for"), children, 16);
    printFigures(QStringLiteral("the whole window walked (%1 things)").arg(nodes), all, 0);
    printFigure(QStringLiteral("rows the list tells of"), QString::number(reader.children(list).size()));
    printFigure(QStringLiteral("memory (PSS) after, MB"), QString::number(megabytesOf(process), 'f', 0));
    return true;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QString file = QCoreApplication::arguments().value(1, qEnvironmentVariable("EARSHOT_BENCH_WORKSPACE"));
    if (!QFileInfo::exists(file)) {
        std::fprintf(stderr, "no workspace: name one, or set EARSHOT_BENCH_WORKSPACE\n");
        return 1;
    }
    ScreenReader reader;
    if (!reader.isListening()) {
        std::fprintf(stderr, "no accessibility bus: %s\n", qPrintable(reader.trouble()));
        return 1;
    }
    // A home of its own: the file counts as a copy, whose channels are neither pulled nor sent to.
    const QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
        environment.insert(QString::fromLatin1(name), home.path());
    environment.insert(QStringLiteral("LANG"), QStringLiteral("en_GB.UTF-8"));
    QProcess program;
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::ForwardedChannels);
    program.start(QStringLiteral(EARSHOT_BINARY_DIR "/ui/earshot"), {file});
    const bool isMeasured = program.waitForStarted() && measure(reader, program.processId());
    if (!isMeasured)
        std::fprintf(stderr, "the window was not heard\n");
    program.kill();
    program.waitForFinished();
    return isMeasured ? 0 : 1;
}
