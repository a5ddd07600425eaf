// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/serverworld.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTcpSocket>

#include <cstdint>
#include <cstdlib>

using namespace Earshot;

namespace {

/// In the input, for a good token: so that what lies behind it is met too.
constexpr auto tokenMark = "earshot_TOKEN";
constexpr int answerTime = 15; // ms, for one that does not come at once

/// Nobody is refused for coming often.
ServerLimits limits()
{
    ServerLimits limits;
    limits.strangersPerSecond = limits.strangerBurst = 1'000'000;
    limits.requestsPerSecond = limits.requestBurst = 1'000'000;
    limits.freeFailures = limits.freeFailuresOfAddress = limits.freeFailuresOfName = 1'000'000;
    limits.listenersPerToken = 1000;
    limits.headBytes = 2048;
    return limits;
}

/// What must hold for what a server says: HTTP, and no mistake of its own.
void check(const QByteArray &answer)
{
    if (answer.isEmpty())
        return;
    if (!answer.startsWith("HTTP/1.1 ") || answer.startsWith("HTTP/1.1 500"))
        std::abort();
}

struct World
{
    ServerWorld world{limits(), 2};
    QByteArray token = world.token(ServerWorld::kim);
    QByteArray account = world.account().toLatin1();
};

} // namespace

/// Any bytes to the whole server, by a new connection: it answers or hangs up, and is there for the next.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int count = 0;
    static QCoreApplication &application = *new QCoreApplication(count, nullptr);
    Q_UNUSED(application)
    static World &here = *new World; // it stays: at the end Qt goes first
    QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    bytes.replace(tokenMark, here.token).replace("ACCOUNT", here.account);

    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), here.world.server().port());
    client.write(bytes);
    const QDeadlineTimer limit(5000);
    QDeadlineTimer patience(answerTime);
    qint64 known = 0;
    while (client.state() != QAbstractSocket::UnconnectedState && !patience.hasExpired()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        if (client.bytesAvailable() > std::exchange(known, client.bytesAvailable()))
            patience.setRemainingTime(1); // perhaps there is more
        if (limit.hasExpired())
            std::abort();
    }
    check(client.readAll());
    client.abort();
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return 0;
}
