// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_desktop: the desktop on the workspace named by EARSHOT_BENCH_WORKSPACE: how long a start takes until the inbox
// can be used, memory, and how fast the window answers. Starts itself again: as the real program, whose main() is
// linked in under another name, and as a window that is used by a script, on a copy of the file.

#include "courier/session.h"
#include "desktopuse.h"
#include "figures.h"
#include "ui/shell/appearance.h"
#include "ui/shell/heap.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QListView>
#include <QProcess>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>

#include <fcntl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>

using namespace Earshot;

int earshotMain(int argc, char **argv);

namespace {

constexpr int warmStarts = 30;
constexpr int coldStarts = 10;
constexpr const char *startedVariable = "EARSHOT_BENCH_STARTED";
constexpr const char *emptyWindow = "emptyWindow";

qint64 monotonicNow()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

/// Waits in the real program for its inbox: rows and counts painted and the next event handled; in a program that only
/// shows an empty window, for that. Says on standard output how long that took since the process was asked for, its
/// processor time and memory, and which files it has mapped; then ends the program.
class StartWatch final : public QObject
{
public:
    explicit StartWatch(qint64 startedAt)
        : m_startedAt(startedAt)
    {
        qApp->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Paint || m_isSeen)
            return false;
        const auto *list = qobject_cast<QTableView *>(watched->parent());
        const auto *views = qobject_cast<QListView *>(watched->parent());
        m_hasRows = m_hasRows || (list && list->model() && list->model()->rowCount() > 0);
        m_hasCounts = m_hasCounts || (views && views->objectName() == QLatin1StringView("views") &&
                                      views->model()->index(2, 0).data(Qt::UserRole + 2).isValid());
        if ((m_hasRows && m_hasCounts) || watched->objectName() == QLatin1StringView(emptyWindow)) {
            m_isSeen = true;
            QTimer::singleShot(0, this, &StartWatch::tell);
        }
        return false;
    }

private:
    void tell()
    {
        const double wall = double(monotonicNow() - m_startedAt) / 1e6;
        rusage use{};
        getrusage(RUSAGE_SELF, &use);
        const auto ms = [](const timeval &time) { return double(time.tv_sec) * 1e3 + double(time.tv_usec) / 1e3; };
        std::printf("usable %.3f %.3f\n", wall, ms(use.ru_utime) + ms(use.ru_stime));
        QTimer::singleShot(700, this, [] {
            std::printf("memory %lld\n", static_cast<long long>(memoryShare()));
            QFile maps(QStringLiteral("/proc/self/maps"));
            if (maps.open(QIODevice::ReadOnly))
                std::printf("%s", maps.readAll().constData());
            std::fflush(stdout);
            QCoreApplication::exit(0);
        });
    }

    qint64 m_startedAt;
    bool m_hasRows = false;
    bool m_hasCounts = false;
    bool m_isSeen = false;
};

void watchStart()
{
    if (const QByteArray started = qgetenv(startedVariable); !started.isEmpty())
        new StartWatch(started.toLongLong());
}
Q_COREAPP_STARTUP_FUNCTION(watchStart)

struct Start
{
    double wall = 0;
    double processor = 0;
    double memory = 0;
    QStringList files;
};

/// @param arguments in which way this program is to start itself again
std::optional<Start> startOnce(const QStringList &arguments, const QProcessEnvironment &home)
{
    QProcess program;
    QProcessEnvironment environment = home;
    environment.insert(QString::fromLatin1(startedVariable), QString::number(monotonicNow()));
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QCoreApplication::applicationFilePath(), arguments);
    if (!program.waitForFinished(60'000))
        return std::nullopt;
    Start start;
    const QStringList lines = QString::fromUtf8(program.readAllStandardOutput()).split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        const QStringList words = line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        if (words.value(0) == QLatin1StringView("usable")) {
            start.wall = words.value(1).toDouble();
            start.processor = words.value(2).toDouble();
        } else if (words.value(0) == QLatin1StringView("memory")) {
            start.memory = words.value(1).toDouble() / 1e6;
        } else if (words.value(5).startsWith(QLatin1Char('/')) && !start.files.contains(words.value(5))) {
            start.files.append(words.value(5));
        }
    }
    return start.wall > 0 ? std::optional(start) : std::nullopt;
}

/// Asks the system to forget what it keeps of these files in memory. It does not where another process has them mapped.
void forget(const QStringList &files)
{
    for (const QString &file : files) {
        const int handle = ::open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC);
        if (handle < 0)
            continue;
        ::fdatasync(handle);
        ::posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED);
        ::close(handle);
    }
}

void measureStarts(const QString &file, const QProcessEnvironment &home)
{
    printHeading(QStringLiteral("start of the program (milliseconds)"));
    const QStringList program{QStringLiteral("--program"), file};
    Figures empty;
    Figures wall;
    Figures processor;
    Figures memory;
    QStringList files{file, file + QStringLiteral("-wal"), file + QStringLiteral("-shm")};
    for (int i = 0; i <= warmStarts; ++i) {
        // In turn, so that both are measured on the same machine however its speed changes.
        const std::optional<Start> nothing = startOnce({QStringLiteral("--empty")}, home);
        const std::optional<Start> start = startOnce(program, home);
        if (!start || !nothing) {
            printFigure(QStringLiteral("start"), QStringLiteral("the inbox did not appear"));
            return;
        }
        files += start->files;
        if (i == 0)
            continue;
        empty.add(nothing->wall);
        wall.add(start->wall);
        processor.add(start->processor);
        memory.add(start->memory);
    }
    files.removeDuplicates();
    printFigures(QStringLiteral("to an empty window of Qt, warm"), empty, 0);
    printFigures(QStringLiteral("to a usable inbox, warm"), wall, 150);
    printFigures(QStringLiteral("  processor time until then"), processor, 0);
    Figures cold;
    for (int i = 0; i < coldStarts; ++i) {
        forget(files);
        if (const std::optional<Start> start = startOnce(program, home))
            cold.add(start->wall);
    }
    printFigures(QStringLiteral("to a usable inbox, cold"), cold, 450);
    printFigures(QStringLiteral("memory (PSS) after that, MB"), memory, 80);
}

int showEmptyWindow(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QWidget window;
    window.setObjectName(QLatin1StringView(emptyWindow));
    window.resize(1280, 760);
    window.show();
    return QApplication::exec();
}

int useWindow(int argc, char **argv)
{
    // As the program's main() does.
    limitHeaps();
    QApplication application(argc, argv);
    trimHeapsRegularly(&application);
    QApplication::setQuitOnLastWindowClosed(false);
    const SystemClock clock;
    Session::Options options;
    options.path = application.arguments().value(2);
    auto session = Session::open(std::move(options), clock);
    if (!session) {
        std::fprintf(stderr, "%s\n", qPrintable(session.error().detail));
        return 1;
    }
    Appearance appearance(application);
    MainWindow::Options look;
    look.title = QStringLiteral("Bench");
    look.asksBeforeClosing = false;
    MainWindow window((*session)->desk(), (*session)->channels(), appearance, look);
    window.resize(1280, 760);
    window.show();
    DesktopUse(window, (*session)->desk()).run(application.arguments().value(3).toInt());
    return 0;
}

int orchestrate(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QString file = application.arguments().value(1, qEnvironmentVariable("EARSHOT_BENCH_WORKSPACE"));
    if (!QFileInfo::exists(file)) {
        std::fprintf(stderr, "no workspace: name one, or set EARSHOT_BENCH_WORKSPACE\n");
        return 1;
    }
    // A home of its own: nothing of the user's is read or changed, and the file counts as a copy, whose channels are
    // neither pulled nor sent to.
    const QTemporaryDir home(QFileInfo(file).absolutePath() + QStringLiteral("/home-XXXXXX"));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), home.path());
    for (const char *name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        environment.insert(QString::fromLatin1(name), home.path());
    measureStarts(file, environment);

    const QString copy = home.filePath(QStringLiteral("used.earshot"));
    if (!QFile::copy(file, copy)) {
        std::fprintf(stderr, "%s cannot be copied for use\n", qPrintable(file));
        return 1;
    }
    QProcess use;
    use.setProcessEnvironment(environment);
    use.setProcessChannelMode(QProcess::ForwardedChannels);
    const QString seconds = qEnvironmentVariable("EARSHOT_BENCH_SECONDS", QStringLiteral("300"));
    use.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--use"), copy, seconds});
    return use.waitForFinished(-1) ? use.exitCode() : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QByteArray mode(argc > 1 ? argv[1] : "");
    if (mode == "--use")
        return useWindow(argc, argv);
    if (mode == "--empty")
        return showEmptyWindow(argc, argv);
    if (mode != "--program")
        return orchestrate(argc, argv);
    argv[1] = argv[0];
    return earshotMain(argc - 1, argv + 1);
}
