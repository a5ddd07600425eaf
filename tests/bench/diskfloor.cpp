// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/diskfloor.h"

#include "tests/bench/figures.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QThread>

#include <functional>

#include <sqlite3.h>
#include <unistd.h>

namespace Earshot {

namespace {

constexpr int times = 1000;
constexpr int pageBytes = 4096;
constexpr unsigned long betweenTimes = 5; ///< ms: one after another, as an agent's, not as many as the disk takes

Figures measure(const std::function<void()> &once)
{
    Figures figures;
    QElapsedTimer timer;
    for (int i = 0; i < times; ++i) {
        QThread::msleep(betweenTimes);
        timer.start();
        once();
        figures.add(double(timer.nsecsElapsed()) / 1e6);
    }
    return figures;
}

Figures measurePages(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        qFatal("nothing can be written to %s", qPrintable(path));
    const QByteArray page(pageBytes, 'x');
    return measure([&] {
        file.write(page);
        ::fdatasync(file.handle());
    });
}

Figures measureTransactions(const QString &path)
{
    sqlite3 *database = nullptr;
    const auto run = [&database](const char *sql) {
        if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            qFatal("%s: %s", sql, sqlite3_errmsg(database));
    };
    if (sqlite3_open(path.toUtf8().constData(), &database) != SQLITE_OK)
        qFatal("no database can be made at %s", qPrintable(path));
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("CREATE TABLE one (value)");
    const Figures figures = measure([&run] { run("INSERT INTO one VALUES (1)"); });
    sqlite3_close(database);
    return figures;
}

} // namespace

void printDiskFloor(const QString &folder)
{
    const QTemporaryDir place(folder + QStringLiteral("/floor-XXXXXX"));
    printHeading(QStringLiteral("what this disk takes (milliseconds)"));
    printFigures(QStringLiteral("a page appended and synchronised"),
                 measurePages(place.filePath(QStringLiteral("pages"))), 0);
    printFigures(QStringLiteral("SQLite's smallest durable transaction"),
                 measureTransactions(place.filePath(QStringLiteral("one.db"))), 0);
}

} // namespace Earshot
