// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/jmapprocessor.h"
#include "tests/server/serverworld.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace Earshot;

namespace {

constexpr std::array agents{ServerWorld::ana, ServerWorld::kim, ServerWorld::bo, ServerWorld::vic};

struct World
{
    ServerWorld world{{}, 2};
    AccessLog log{world.workspace()};
    PresenceHub hub{world.workspace(), limits()};
    PresenceClients presence{hub, world.clock(), limits()};
    JmapProcessor processor{world.desk(), log, nullptr, presence, limits()};
    QByteArray account = world.account().toLatin1();
    QUuid device = QUuid::createUuid();
    int asked = 0;

    /// As admins have it by now.
    bool seesAll(AgentId agent)
    {
        const auto viewer = world.workspace().readNow<std::optional<Viewer>>(
            [agent](Database &database) { return loadViewer(database, agent); });
        return viewer && *viewer && (*viewer)->hidden.isEmpty();
    }

    static ServerLimits limits()
    {
        ServerLimits limits;
        limits.searchTime = std::chrono::milliseconds(200);
        return limits;
    }
};

/// What must hold for any answer: each call has one, none of them says that the server failed, and who may not see a
/// channel reads nothing of it.
void check(const QJsonObject &answer, qsizetype calls, bool maySeeAll)
{
    const QJsonArray responses = answer.value(QLatin1StringView("methodResponses")).toArray();
    if (responses.size() != calls)
        std::abort();
    for (const QJsonValue &response : responses) {
        // There are no networks here.
        if (response[1][QLatin1StringView("type")] == QLatin1StringView("serverFail") &&
            response[1][QLatin1StringView("kind")] != QLatin1StringView("unsupported")) {
            std::fprintf(stderr, "%s\n", QJsonDocument(response.toArray()).toJson().constData());
            std::abort();
        }
    }
    if (!maySeeAll && QJsonDocument(responses).toJson().contains("secretword number"))
        std::abort();
}

} // namespace

/// Any request on a small workspace; the first byte says of whom. It ends, and it is answered.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int count = 0;
    static QCoreApplication &application = *new QCoreApplication(count, nullptr);
    Q_UNUSED(application)
    static World *here = nullptr; // the last one stays: at the end Qt goes first
    if (size == 0)
        return 0;
    // What was written must not grow for ever.
    if (!here || ++here->asked > 3000) {
        delete here;
        here = new World;
    }
    QByteArray bytes(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    bytes.replace("ACCOUNT", here->account);
    const auto object = parseJson(bytes);
    const auto request = object ? readRequest(*object, ServerLimits()) : tl::unexpected(object.error());
    if (!request)
        return 0;
    Principal principal;
    principal.agent = agents[data[0] % agents.size()];
    principal.device = here->device;
    const bool couldSeeAll = here->seesAll(principal.agent);
    const QFuture<Result<QJsonObject>> future = here->processor.run(principal, *request);
    const QDeadlineTimer limit(20'000);
    while (!future.isFinished()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        if (limit.hasExpired())
            std::abort();
    }
    const Result<QJsonObject> answer = future.result();
    if (answer)
        check(*answer, request->calls.size(), couldSeeAll || here->seesAll(principal.agent));
    else if (answer.error().kind != ErrorKind::permission)
        std::abort();
    return 0;
}
