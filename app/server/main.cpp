// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/session.h"
#include "server/epolldispatcher.h"
#include "server/metrics.h"
#include "server/server.h"
#include "server/serverconfig.h"
#include "server/serversignals.h"

#include <QCoreApplication>

#include <cstdio>
#include <sys/resource.h>

using namespace Earshot;

namespace {

// As sysexits.h has them, so that a service manager can tell.
constexpr int usageError = 64;
constexpr int cannotOpen = 66;
constexpr int cannotListen = 69;

int fail(int code, const QString &what)
{
    std::fprintf(stderr, "earshotd: %s\n", qPrintable(what));
    return code;
}

/// One descriptor a connection: as many as the system lets us have.
void raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

Result<std::optional<QSslConfiguration>> tlsOf(const ServerConfig &config)
{
    if (config.certificate.isEmpty())
        return std::optional<QSslConfiguration>();
    const Result<QSslConfiguration> tls = loadTls(config.certificate, config.key);
    if (!tls)
        return tl::unexpected(tls.error());
    return std::optional(*tls);
}

/// An administrator who does not know would wait for mentions.
void tellCourierIsOff(const QString &workspace)
{
    std::fprintf(
        stderr,
        "earshotd: this machine does not know this workspace as the one to work with (it was copied, moved or "
        "restored): it is served, but nothing is pulled or sent. If it is the one, stop earshotd and say so, as "
        "the user whom it runs as: earshotctl --workspace %s workspace adopt\n",
        qPrintable(workspace));
}

int serve(QCoreApplication &application, const ServerConfig &config, ServerSignals &signals)
{
    SystemClock clock;
    Session::Options options;
    options.path = config.workspace;
    options.keyFile = config.secretsKey;
    options.runsCourier = config.runsCourier;
    options.tellsPauses = true;
    const Result<std::unique_ptr<Session>> session = Session::open(std::move(options), clock);
    if (!session)
        return fail(cannotOpen, word(session.error().kind) + QStringLiteral(": ") + session.error().detail);
    auto *desk = qobject_cast<LocalDesk *>(&(*session)->desk());
    if (!desk)
        return fail(cannotOpen, QStringLiteral("another program has this workspace open"));
    if (config.runsCourier && desk->workspace().isCourierOff())
        tellCourierIsOff(config.workspace);
    const auto tls = tlsOf(config);
    if (!tls)
        return fail(usageError, tls.error().detail);
    Server::Options wire;
    wire.publicUrl = config.publicUrl;
    wire.origins = config.origins;
    wire.isBehindProxy = config.isBehindProxy;
    wire.limits.connectionsPerAddress = config.connectionsPerAddress;
    wire.channels = &(*session)->channels();
    Server server(*desk, wire);
    if (const Done listening = server.listen(config.address, config.port, *tls); !listening)
        return fail(cannotListen, listening.error().detail);
    MetricsListener metrics(server, (*session)->workspace());
    if (const Done listening = config.metricsPort > 0 ? metrics.listen(config.metricsPort) : Done(); !listening)
        return fail(cannotListen, listening.error().detail);
    QObject::connect(&signals, &ServerSignals::endWished, &server, &Server::stop);
    QObject::connect(&server, &Server::stopped, &application, &QCoreApplication::quit);
    QObject::connect(&signals, &ServerSignals::reloadWished, &server, [&server, &config] {
        if (const auto again = tlsOf(config); again && *again)
            server.setTls(**again);
        else if (!again)
            std::fprintf(stderr, "earshotd: the certificate stays as it was: %s\n", qPrintable(again.error().detail));
    });
    std::printf("listening on %s port %d\n", qPrintable(config.address.toString()), int(server.port()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("earshotd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EARSHOT_VERSION));
    const Result<ServerConfig> config =
        readConfig(QCoreApplication::arguments().mid(1), QProcessEnvironment::systemEnvironment());
    if (!config)
        return fail(usageError, config.error().detail);
    if (config->wantsHelp || config->wantsVersion) {
        const QString text = config->wantsHelp ? serverHelp() : QStringLiteral("earshotd " EARSHOT_VERSION "\n");
        std::fputs(qPrintable(text), stdout);
        return 0;
    }
    raiseDescriptorLimit();
    ServerSignals ends;
    return serve(application, *config, ends);
}
