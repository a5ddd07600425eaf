// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/server.h"

#include "model/future.h"
#include "server/answers.h"
#include "server/credentials.h"
#include "server/sessionobject.h"

#include <QFileInfo>
#include <QPointer>

#include <algorithm>

namespace Earshot {

namespace {

constexpr Duration stopTime = std::chrono::seconds(30);
constexpr Duration stopStep = std::chrono::milliseconds(20);

bool isHostCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView(".-:[]").contains(c);
}

QByteArray lastOfList(const QByteArray &list)
{
    return list.mid(list.lastIndexOf(',') + 1).trimmed();
}

} // namespace

Server::Server(LocalDesk &desk, Options options, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_options(std::move(options))
    , m_authenticator(desk.workspace())
    , m_logins(desk.workspace(), m_options.limits)
    , m_processor(desk, m_options.channels, m_options.limits)
    , m_hub(desk.workspace(), m_authenticator)
    , m_presence(desk.workspace(), m_options.limits)
    , m_slices(desk.workspace().path(), desk.workspace().clock(), m_options.limits.slices)
    , m_blobs(desk.workspace(), m_slices, m_options.limits)
    , m_requests(m_options.limits.requestsPerSecond, m_options.limits.requestBurst)
    , m_strangers(m_options.limits.strangersPerSecond, m_options.limits.strangerBurst)
    , m_sockets({m_processor, m_hub, m_presence, m_requests, desk.workspace().clock()}, m_options.limits)
    , m_front(m_options.limits)
{
    connect(&m_front, &HttpFront::headArrived, this, &Server::onHead);
    connect(&m_authenticator, &Authenticator::grantsChanged, &m_presence, &PresenceHub::checkAll);
    connect(&m_ending, &QTimer::timeout, this, &Server::endWhenIdle);
}

Server::~Server() = default;

Done Server::listen(const QHostAddress &address, quint16 port, const std::optional<QSslConfiguration> &tls)
{
    if (!tls && !address.isLoopback())
        return fail(ErrorKind::refused, QStringLiteral("beyond this machine only with TLS"));
    if (tls)
        m_front.setTls(*tls);
    if (!m_front.listen(address, port))
        return fail(ErrorKind::io, m_front.errorString());
    return {};
}

const QList<Server::Route> &Server::routes()
{
    static const QList<Route> all{
        {"GET", "/.well-known/jmap", &Server::sendSession}, {"POST", "/jmap/api", &Server::takeRequest},
        {"GET", "/jmap/eventsource/", &Server::openStream}, {"GET", "/jmap/ws", &Server::openSocket},
        {"GET", "/auth/tokens", &Server::listTokens},       {"DELETE", "/auth/tokens/", &Server::dropToken},
        {"POST", "/auth/logout", &Server::logOut},          {"GET", "/jmap/download/", &Server::sendBlob},
        {"POST", "/jmap/upload/", &Server::takeUpload},     {"GET", "/jmap/slices", &Server::listSlices},
    };
    return all;
}

QString Server::clientAddress(const HttpConnection &connection) const
{
    if (m_options.isBehindProxy && connection.peer().isLoopback()) {
        // The last one is what our own proxy saw; those before are what its client claims.
        const QHostAddress forwarded(QString::fromLatin1(lastOfList(connection.head().header("x-forwarded-for"))));
        if (!forwarded.isNull())
            return forwarded.toString();
    }
    return connection.peer().toString();
}

QString Server::baseUrl(const HttpConnection &connection) const
{
    if (!m_options.publicUrl.isEmpty())
        return m_options.publicUrl;
    const QByteArray host = connection.head().header("host");
    const bool isProxied = m_options.isBehindProxy && connection.peer().isLoopback();
    const bool isSecure = connection.isEncrypted() ||
                          (isProxied && lastOfList(connection.head().header("x-forwarded-proto")).toLower() == "https");
    return (isSecure ? QStringLiteral("https://") : QStringLiteral("http://")) + QString::fromLatin1(host);
}

/// A page of another site. Its browser says where it comes from; programs say nothing.
bool Server::isForeign(const HttpConnection &connection) const
{
    if (!connection.head().has("origin"))
        return false;
    const QString origin = QString::fromLatin1(connection.head().header("origin"));
    return origin != baseUrl(connection) && !m_options.origins.contains(origin);
}

void Server::onHead(HttpConnection *connection)
{
    const QByteArray host = connection->head().header("host");
    if (host.isEmpty() || !std::all_of(host.cbegin(), host.cend(), isHostCharacter))
        connection->answer(plainProblem(400));
    else if (m_isStopping)
        connection->answer(laterAnswer(503, std::chrono::seconds(5), QStringLiteral("the server is stopping")));
    else if (isForeign(*connection))
        connection->answer(plainProblem(403, QStringLiteral("other sites' pages may not call this server")));
    else
        route(*connection);
}

void Server::route(HttpConnection &connection)
{
    const HttpHead &head = connection.head();
    if (head.path == QLatin1StringView("/healthz") && (head.method == "GET" || head.method == "HEAD")) {
        answerHealth(connection);
        return;
    }
    if (head.path == QLatin1StringView("/auth/login") && head.method == "POST") {
        takeLogin(connection);
        return;
    }
    bool isKnown = head.path == QLatin1StringView("/auth/login") || head.path == QLatin1StringView("/healthz");
    for (const Route &route : routes()) {
        const QLatin1StringView path(route.path);
        const bool takesMore = path.endsWith(u'/');
        if (head.path != path && !(takesMore && (head.path.startsWith(path) || head.path + u'/' == path)))
            continue;
        isKnown = true;
        if (head.method == route.method) {
            authenticate(connection, route.handler);
            return;
        }
    }
    connection.answer(plainProblem(isKnown ? 405 : 404));
}

void Server::authenticate(HttpConnection &connection, Handler handler)
{
    const auto checked = [this, &connection, handler](const Authenticator::Checked &principal) {
        if (!principal) {
            connection.answer(troubleAnswer(principal.error()));
            return;
        }
        const Time now = m_desk.workspace().clock().now();
        const auto wait =
            *principal ? m_requests.take((*principal)->token, now) : m_strangers.take(clientAddress(connection), now);
        m_refusedCount += wait || !*principal ? 1 : 0;
        if (wait)
            connection.answer(laterAnswer(429, *wait, QStringLiteral("too many requests")));
        else if (!*principal)
            refuseStranger(connection);
        else
            (this->*handler)(connection, **principal);
    };
    m_authenticator.check(connection.head().header("authorization"), &connection, checked);
}

/// Somebody has a token that is no good (any more): for the access log. Who shows none is only asked for one.
void Server::refuseStranger(HttpConnection &connection)
{
    const auto given =
        parseToken(connection.head().header("authorization").mid(qsizetype(qstrlen("Bearer "))).trimmed());
    if (given) {
        const AccessLine line{{}, QStringLiteral("tokenRefused"), {}, {}, clientAddress(connection), given->id, {}};
        static_cast<void>(m_desk.workspace().write<bool>(Urgency::bulk, [line](Writing &writing) -> Result<bool> {
            logAccess(writing, line);
            return true;
        }));
    }
    connection.answer(strangerAnswer());
}

void Server::answerHealth(HttpConnection &connection)
{
    if (const auto wait = m_strangers.take(QStringLiteral("healthz"), m_desk.workspace().clock().now())) {
        connection.answer(laterAnswer(429, *wait, {}));
        return;
    }
    const auto read = m_desk.workspace().read<bool>([](Database &database) {
        Statement find = database.statement("select_last_seq");
        const bool isThere = find.next();
        return database.result(isThere);
    });
    whenDone(read, &connection, [&connection](const Result<bool> &result) {
        HttpReply answer;
        answer.status = result && *result ? 200 : 503;
        answer.type = "text/plain";
        answer.body = answer.status == 200 ? "ok\n" : "the workspace cannot be read\n";
        connection.answer(answer);
    });
}

void Server::sendSession(HttpConnection &connection, const Principal &principal)
{
    const auto viewer = m_desk.workspace().read<std::optional<Viewer>>(
        [agent = principal.agent](Database &database) { return loadViewer(database, agent); });
    whenDone(viewer, &connection, [this, &connection, principal](const Result<std::optional<Viewer>> &loaded) {
        const QString name = QFileInfo(m_desk.workspace().path()).completeBaseName();
        if (!loaded)
            connection.answer(troubleAnswer(loaded.error()));
        else if (!*loaded)
            connection.answer(strangerAnswer());
        else
            connection.answer(
                jsonAnswer(sessionObject(**loaded, principal, m_options.limits, baseUrl(connection), name)));
    });
}

void Server::takeRequest(HttpConnection &connection, const Principal &principal)
{
    const HttpHead &head = connection.head();
    const QByteArray type = head.header("content-type").toLower();
    if (type != "application/json" && !type.startsWith("application/json;")) {
        connection.answer(problemAnswer(notJson(QStringLiteral("the content's type is not application/json"))));
        return;
    }
    if (head.contentLength > m_options.limits.requestBytes) {
        connection.answer(problemAnswer(overLimit(QStringLiteral("maxSizeRequest"), 413)));
        return;
    }
    connection.readBody(m_options.limits.requestBytes, [this, &connection, principal](const QByteArray &body) {
        runRequest(connection, principal, body);
    });
}

void Server::runRequest(HttpConnection &connection, const Principal &principal, const QByteArray &body)
{
    const auto object = parseJson(body);
    const auto request = object ? readRequest(*object, m_options.limits) : tl::unexpected(object.error());
    if (!request) {
        connection.answer(problemAnswer(request.error()));
        return;
    }
    if (m_running.value(principal.token) >= m_options.limits.concurrentRequests) {
        HttpReply answer = problemAnswer(overLimit(QStringLiteral("maxConcurrentRequests"), 429));
        answer.headers.emplaceBack("Retry-After", "1");
        connection.answer(answer);
        return;
    }
    ++m_running[principal.token];
    ++m_requestCount;
    Q_EMIT requestAccepted();
    whenDone(m_processor.run(principal, *request), this,
             [this, token = principal.token,
              client = QPointer<HttpConnection>(&connection)](const Result<QJsonObject> &result) {
                 if (--m_running[token] == 0)
                     m_running.remove(token);
                 if (!client)
                     return;
                 if (result)
                     client->answer(jsonAnswer(*result));
                 else if (result.error().kind == ErrorKind::permission)
                     client->answer(strangerAnswer());
                 else
                     client->answer(troubleAnswer(result.error()));
             });
}

/// Each costs at every commit: a device needs one or two.
bool Server::refusesListener(HttpConnection &connection, const Principal &principal)
{
    if (m_hub.listenerCountOf(principal.token) + m_sockets.awaitedCountOf(principal.token) <
        m_options.limits.listenersPerToken)
        return false;
    ++m_refusedCount;
    connection.answer(laterAnswer(429, std::chrono::seconds(30), QStringLiteral("too many sockets of one token")));
    return true;
}

void Server::openStream(HttpConnection &connection, const Principal &principal)
{
    if (refusesListener(connection, principal))
        return;
    const Result<EventStream::Wish> wish = EventStream::readWish(connection.head());
    if (!wish)
        connection.answer(plainProblem(400, wish.error().detail));
    else
        new EventStream(connection, m_hub, principal, *wish);
}

void Server::openSocket(HttpConnection &connection, const Principal &principal)
{
    const HttpHead &head = connection.head();
    const QList<QByteArray> protocols = head.header("sec-websocket-protocol").split(',');
    const bool speaksJmap = std::any_of(protocols.cbegin(), protocols.cend(),
                                        [](const QByteArray &protocol) { return protocol.trimmed() == "jmap"; });
    if (!head.isUpgrade() || !speaksJmap || head.contentLength > 0)
        connection.answer(plainProblem(400, QStringLiteral("a WebSocket's handshake with the subprotocol jmap")));
    else if (!refusesListener(connection, principal))
        m_sockets.adopt(connection.takeSocket(), principal);
}

Server::Counts Server::counts() const
{
    return {m_sockets.clientCount(), m_hub.listenerCount(), m_processor.runningCount(), m_requestCount, m_refusedCount};
}

void Server::stop()
{
    m_isStopping = true;
    m_front.closeSoon();
    m_sockets.closeSoon();
    m_ending.start(stopStep);
    QTimer::singleShot(stopTime, this, &Server::stopped);
}

void Server::endWhenIdle()
{
    if (m_front.isBusy() || m_sockets.isBusy() || m_processor.runningCount() > 0)
        return;
    m_ending.stop();
    Q_EMIT stopped();
}

} // namespace Earshot
