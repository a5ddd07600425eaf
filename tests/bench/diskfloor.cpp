// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/diskfloor.h"

#include "tests/bench/figures.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QThread>

#include <array>
#include <functional>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Earshot {

namespace {

constexpr int times = 1000;
constexpr int pageBytes = 4096;
using Frame = std::array<char, 120>;
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

/// Two ends of a connection over loopback.
std::pair<int, int> connection()
{
    const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *any = reinterpret_cast<sockaddr *>(&address);
    const int near = ::socket(AF_INET, SOCK_STREAM, 0);
    const bool isThere = ::bind(listening, any, size) == 0 && ::listen(listening, 1) == 0 &&
                         ::getsockname(listening, any, &size) == 0 && ::connect(near, any, size) == 0;
    const int far = isThere ? ::accept(listening, nullptr, nullptr) : -1;
    if (far < 0)
        qFatal("no connection over loopback");
    ::close(listening);
    const int atOnce = 1;
    for (const int end : {near, far})
        ::setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &atOnce, sizeof atOnce);
    return {near, far};
}

/// A relay that does nothing but append what A sends, synchronise it and send it on to B.
Figures measureRelay(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        qFatal("nothing can be written to %s", qPrintable(path));
    const auto [a, fromA] = connection();
    const auto [toB, b] = connection();
    std::thread relay([&file, in = fromA, out = toB] {
        Frame frame{};
        while (::recv(in, frame.data(), frame.size(), MSG_WAITALL) == ssize_t(frame.size())) {
            file.write(frame.data(), frame.size());
            ::fdatasync(file.handle());
            ::send(out, frame.data(), frame.size(), 0);
        }
    });
    const Figures figures = measure([a = a, b = b] {
        Frame frame{};
        ::send(a, frame.data(), frame.size(), 0);
        ::recv(b, frame.data(), frame.size(), MSG_WAITALL);
    });
    ::shutdown(a, SHUT_WR);
    relay.join();
    for (const int end : {a, fromA, toB, b})
        ::close(end);
    return figures;
}

} // namespace

void printDiskFloor(const QString &folder)
{
    const QTemporaryDir place(folder + QStringLiteral("/floor-XXXXXX"));
    printHeading(QStringLiteral("what this machine takes (milliseconds)"));
    printFigures(QStringLiteral("a page appended and synchronised"),
                 measurePages(place.filePath(QStringLiteral("pages"))), 0);
    printFigures(QStringLiteral("SQLite's smallest durable transaction"),
                 measureTransactions(place.filePath(QStringLiteral("one.db"))), 0);
    printFigures(QStringLiteral("A to B through a plain relay that synchronises"),
                 measureRelay(place.filePath(QStringLiteral("relay"))), 0);
}

} // namespace Earshot
