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
constexpr qsizetype longestDetail = 200;
constexpr QLatin1StringView erasedPath("/auth/erased");
const QString rateLimited = QStringLiteral("rateLimited");
const QString requestRefused = QStringLiteral("requestRefused");

bool isHostCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView(".-:[]").contains(c);
}

AccessLine lineOf(const Principal &principal, const QString &kind, const QString &detail)
{
    return {{}, kind, principal.agent, {}, principal.address, principal.token, detail};
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
    , m_log(desk.workspace())
    , m_authenticator(desk.workspace())
    , m_logins(desk.workspace(), m_log, m_options.limits)
    , m_presence(desk.workspace(), m_options.limits)
    , m_presenceClients(m_presence, desk.workspace().clock(), m_options.limits)
    , m_processor(desk, m_log, m_options.channels, m_presenceClients, m_options.limits)
    , m_hub(desk.workspace(), m_authenticator)
    , m_slices(desk.workspace().path(), desk.workspace().clock(), m_options.limits.slices)
    , m_blobs(desk.workspace(), m_slices, m_options.limits)
    , m_requests(m_options.limits.requestsPerSecond, m_options.limits.requestBurst)
    , m_strangers(m_options.limits.strangersPerSecond, m_options.limits.strangerBurst)
    , m_running(m_options.limits.concurrentRequests)
    , m_uploading(m_options.limits.concurrentUploads)
    , m_sockets(partsOfSockets(), m_options.limits)
    , m_front(m_options.limits)
{
    connect(&m_front, &HttpFront::headArrived, this, &Server::onHead);
    connect(&m_front, &HttpFront::refused, this, &Server::onRefused);
    connect(&m_front, &HttpFront::turnedAway, this, &Server::onTurnedAway);
    connect(&m_authenticator, &Authenticator::grantsChanged, &m_presence, &PresenceHub::checkAll);
    connect(&m_processor, &JmapProcessor::draftSet, &m_hub, &PushHub::tellDraft);
    connect(&m_ending, &QTimer::timeout, this, &Server::endWhenIdle);
}

Server::~Server() = default;

SocketService::Parts Server::partsOfSockets()
{
    const auto accepted = [this] {
        ++m_requestCount;
        Q_EMIT requestAccepted();
    };
    const auto refused = [this](const Principal &principal, const Problem &problem) {
        ++m_refusedOnSockets;
        if (problem.status == 429 || problem.status == 413)
            m_log.writeSeldom(lineOf(principal, problem.status == 429 ? rateLimited : requestRefused, problem.limit),
                              problem.limit);
    };
    return {m_processor, m_hub, m_presence, m_requests, m_running, m_desk.workspace().clock(), accepted, refused};
}

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

QHostAddress Server::clientAddress(const HttpConnection &connection) const
{
    if (m_options.isBehindProxy && connection.peer().isLoopback()) {
        // The last one is what our own proxy saw; those before are what its client claims.
        const QHostAddress forwarded(QString::fromLatin1(lastOfList(connection.head().header("x-forwarded-for"))));
        if (!forwarded.isNull())
            return forwarded;
    }
    return connection.peer();
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

/// A page of another site that may call.
bool Server::isInvited(const HttpConnection &connection) const
{
    return m_options.origins.contains(QString::fromLatin1(connection.head().header("origin")));
}

/// Its browser asks first: https://fetch.spec.whatwg.org/#cors-preflight-request
void Server::answerPreflight(HttpConnection &connection)
{
    if (slowsStranger(connection, QStringLiteral("preflight ")))
        return;
    HttpReply answer;
    answer.status = 204;
    answer.headers.emplaceBack("Access-Control-Allow-Methods", "GET, POST, DELETE");
    answer.headers.emplaceBack("Access-Control-Allow-Headers",
                               "Authorization, Content-Type, Last-Event-ID, Range, If-Range");
    answer.headers.emplaceBack("Access-Control-Max-Age", "600");
    connection.answer(answer);
}

void Server::onHead(HttpConnection *connection)
{
    if (isInvited(*connection))
        connection->addHeaders(
            {{"Access-Control-Allow-Origin", connection->head().header("origin")},
             {"Access-Control-Expose-Headers", "Retry-After, WWW-Authenticate, ETag, Content-Range, Accept-Ranges"},
             {"Vary", "Origin"}});
    const QByteArray host = connection->head().header("host");
    if (host.isEmpty() || !std::all_of(host.cbegin(), host.cend(), isHostCharacter))
        refuse(*connection, plainProblem(400));
    else if (m_isStopping)
        connection->answer(laterAnswer(503, std::chrono::seconds(5), QStringLiteral("the server is stopping")));
    else if (isForeign(*connection))
        refuseForeign(*connection);
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
    if (head.path == erasedPath && head.method == "POST") {
        takeErased(connection);
        return;
    }
    bool isKnown = head.path == erasedPath || head.path == QLatin1StringView("/auth/login") ||
                   head.path == QLatin1StringView("/healthz");
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
    if (isKnown && head.method == "OPTIONS" && head.has("access-control-request-method") && isInvited(connection))
        answerPreflight(connection);
    else
        refuse(connection, plainProblem(isKnown ? 405 : 404));
}

/// Whether an address without a good token asks too much, which is then said. @param about what is counted by itself
bool Server::slowsStranger(HttpConnection &connection, const QString &about)
{
    const auto wait = m_strangers.take(about + networkOf(clientAddress(connection)), m_desk.workspace().clock().now());
    if (wait) {
        m_log.writeSeldom({{}, rateLimited, {}, {}, clientAddress(connection).toString(), {}, {}});
        connection.answer(laterAnswer(429, *wait, QStringLiteral("too many requests")));
    }
    return wait.has_value();
}

void Server::refuseForeign(HttpConnection &connection)
{
    if (slowsStranger(connection))
        return;
    const QString origin = QString::fromLatin1(connection.head().header("origin").left(longestDetail));
    m_log.writeSeldom({{}, QStringLiteral("originRefused"), {}, {}, clientAddress(connection).toString(), {}, origin});
    connection.answer(plainProblem(403, QStringLiteral("other sites' pages may not call this server")));
}

/// Says no to whom it may concern: nobody has been asked who it is.
void Server::refuse(HttpConnection &connection, const HttpReply &refusal)
{
    if (!slowsStranger(connection))
        connection.answer(refusal);
}

/// Says no to somebody known, who may not have so much. @param what the limit, by its name
void Server::refuseKnown(HttpConnection &connection, const Principal &principal, const QString &what,
                         const HttpReply &refusal)
{
    m_log.writeSeldom(lineOf(principal, refusal.status == 429 ? rateLimited : requestRefused, what), what);
    connection.answer(refusal);
}

void Server::onRefused(HttpConnection *connection, int status)
{
    const QString reason = QString::number(status) + u' ' + QString::fromLatin1(reasonPhrase(status));
    m_log.writeSeldom({{}, requestRefused, connection->sender(), {}, clientAddress(*connection).toString(), {}, reason},
                      reason);
}

void Server::onTurnedAway(const QHostAddress &address)
{
    m_log.writeSeldom({{}, QStringLiteral("connectionRefused"), {}, {}, address.toString(), {}, {}});
}

void Server::authenticate(HttpConnection &connection, Handler handler)
{
    const auto checked = [this, &connection, handler](const Authenticator::Checked &principal) {
        if (!principal) {
            connection.answer(troubleAnswer(principal.error()));
            return;
        }
        if (!*principal) {
            refuseStranger(connection);
            return;
        }
        Principal known = **principal;
        known.address = clientAddress(connection).toString();
        if (const auto wait = m_requests.take(known.token, m_desk.workspace().clock().now())) {
            refuseKnown(connection, known, QStringLiteral("requestsPerSecond"),
                        laterAnswer(429, *wait, QStringLiteral("too many requests")));
            return;
        }
        (this->*handler)(connection, known);
    };
    m_authenticator.check(connection.head().header("authorization"), &connection, checked);
}

/// Somebody has a token that is no good (any more): for the access log. Who shows none is only asked for one.
void Server::refuseStranger(HttpConnection &connection)
{
    if (slowsStranger(connection))
        return;
    const auto given =
        parseToken(connection.head().header("authorization").mid(qsizetype(qstrlen("Bearer "))).trimmed());
    if (given)
        m_log.writeSeldom(
            {{}, QStringLiteral("tokenRefused"), {}, {}, clientAddress(connection).toString(), given->id, {}});
    sayWhoIsNot(connection);
}

void Server::answerHealth(HttpConnection &connection)
{
    if (slowsStranger(connection, QStringLiteral("healthz ")))
        return;
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
        if (answer.status != 200)
            answer.headers.emplaceBack("Retry-After", "5");
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
            sayWhoIsNot(connection);
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
        const QString limit = QStringLiteral("maxSizeRequest");
        refuseKnown(connection, principal, limit, problemAnswer(overLimit(limit, 413)));
        return;
    }
    connection.readBody(
        m_options.limits.requestBytes, principal.agent,
        [this, &connection, principal](const QByteArray &body) { runRequest(connection, principal, body); });
}

void Server::runRequest(HttpConnection &connection, const Principal &principal, const QByteArray &body)
{
    const auto object = parseJson(body);
    const auto request = object ? readRequest(*object, m_options.limits) : tl::unexpected(object.error());
    if (!request) {
        connection.answer(problemAnswer(request.error()));
        return;
    }
    auto place = m_running.take(principal.token);
    if (!place) {
        const QString limit = QStringLiteral("maxConcurrentRequests");
        HttpReply later = problemAnswer(overLimit(limit, 429));
        later.headers.emplaceBack("Retry-After", "1");
        refuseKnown(connection, principal, limit, later);
        return;
    }
    ++m_requestCount;
    Q_EMIT requestAccepted();
    whenDone(m_processor.run(principal, *request), this,
             [this, place = std::move(place),
              client = QPointer<HttpConnection>(&connection)](const Result<QJsonObject> &result) mutable {
                 place.reset();
                 if (!client)
                     return;
                 if (result)
                     client->answer(jsonAnswer(*result));
                 else if (result.error().kind == ErrorKind::permission)
                     sayWhoIsNot(*client);
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
    refuseKnown(connection, principal, QStringLiteral("listenersPerToken"),
                laterAnswer(429, std::chrono::seconds(30), QStringLiteral("too many sockets of one token")));
    return true;
}

void Server::openStream(HttpConnection &connection, const Principal &principal)
{
    if (refusesListener(connection, principal))
        return;
    const Result<EventStream::Wish> wish = EventStream::readWish(connection.head(), m_options.limits);
    if (!wish)
        connection.answer(plainProblem(400, wish.error().detail));
    else
        new EventStream(connection, m_hub, m_presenceClients, principal, *wish);
}

void Server::openSocket(HttpConnection &connection, const Principal &principal)
{
    const HttpHead &head = connection.head();
    const QList<QByteArray> protocols = head.header("sec-websocket-protocol").split(',');
    const bool speaksJmap = std::any_of(protocols.cbegin(), protocols.cend(),
                                        [](const QByteArray &protocol) { return protocol.trimmed() == "jmap"; });
    if (!head.isUpgrade() || !speaksJmap || head.contentLength > 0)
        connection.answer(plainProblem(400, QStringLiteral("a WebSocket's handshake with the subprotocol jmap")));
    else if (QTcpSocket *socket = refusesListener(connection, principal) ? nullptr : connection.takeSocket())
        m_sockets.adopt(socket, principal);
}

Server::Counts Server::counts() const
{
    return {m_sockets.clientCount(), m_hub.listenerCount(), m_processor.runningCount(), m_requestCount,
            m_front.refusedCount() + m_refusedOnSockets};
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
