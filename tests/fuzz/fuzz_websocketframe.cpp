// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/handsocket.h"
#include "tests/server/serverworld.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <cstdint>
#include <cstdlib>
#include <sys/socket.h>

using namespace Earshot;

namespace {

/// Nobody is refused for coming often, and what is too long is soon met.
ServerLimits limits()
{
    ServerLimits limits;
    limits.strangersPerSecond = limits.strangerBurst = 1'000'000;
    limits.requestsPerSecond = limits.requestBurst = 1'000'000;
    limits.requestBytes = 2048;
    return limits;
}

struct World
{
    ServerWorld world{limits(), 2};
    QByteArray token = world.token(ServerWorld::kim);
};

template <class Condition>
void waitUntil(const Condition &isSo)
{
    const QDeadlineTimer limit(10'000);
    while (!isSo()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        if (limit.hasExpired())
            std::abort();
    }
}

/// What must hold for what a server says: frames as they are, messages of ours, and no mistake of its own.
void check(HandSocket &client)
{
    client.take();
    if (!client.isSound)
        std::abort();
    for (const QByteArray &message : client.messages) {
        const QJsonObject object = QJsonDocument::fromJson(message).object();
        if (object.value(QLatin1StringView("@type")).toString().isEmpty() || message.contains("\"serverFail\""))
            std::abort();
    }
}

} // namespace

/// Any bytes to the whole server after a good handshake: all of them are read, whatever was begun ends, and nothing
/// stays behind.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int count = 0;
    static QCoreApplication &application = *new QCoreApplication(count, nullptr);
    Q_UNUSED(application)
    static World &here = *new World; // it stays: at the end Qt goes first
    // The world's threads go on at the end, while all that is static goes: it ends before. What is made static later
    // goes earlier, so this is said again.
    static uint64_t inputs = 0;
    if (++inputs; (inputs & (inputs - 1)) == 0)
        std::atexit([] { std::_Exit(0); });
    const Server &server = here.world.server();
    HandSocket client(server.port(), here.token);
    waitUntil([&client] { return client.isOpen(); });
    waitUntil([&server] { return server.counts().sockets == 1; });
    client.socket().write(reinterpret_cast<const char *>(data), qint64(size));
    waitUntil([&client] {
        client.read();
        return client.socket().bytesToWrite() == 0 || client.socket().state() != QAbstractSocket::ConnectedState;
    });
    // No more comes. The server sees that when it has read the rest, and hangs up.
    if (client.socket().state() == QAbstractSocket::ConnectedState)
        ::shutdown(int(client.socket().socketDescriptor()), SHUT_WR);
    waitUntil([&client, &server] {
        client.read();
        const Server::Counts counts = server.counts();
        return client.socket().state() == QAbstractSocket::UnconnectedState && server.connectionCount() == 0 &&
               counts.sockets == 0 && counts.listeners == 0 && counts.running == 0;
    });
    check(client);
    return 0;
}
