// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/serverconnection.h"

#include "desk/protocol.h"
#include "networks/proxywords.h"
#include "replica/serverwire.h"
#include "workspace/mediafolder.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

const QString deskCapability = QStringLiteral("urn:earshot:params:jmap:desk");
const QString coreCapability = QStringLiteral("urn:ietf:params:jmap:core");
constexpr qint64 largestAnswer = 256LL * 1024 * 1024;

ListedSlice sliceFrom(const QJsonValue &value)
{
    return {value[QLatin1StringView("id")].toString(),
            value[QLatin1StringView("blobId")].toString(),
            value[QLatin1StringView("size")].toInteger(),
            value[QLatin1StringView("state")].toString(),
            value[QLatin1StringView("kind")].toString(QStringLiteral("conversations")),
            value[QLatin1StringView("channel")].toString().toLongLong(),
            timeFromIso(value[QLatin1StringView("newestAt")].toString()).value_or(Time())};
}

/// A newer server speaks the protocol before its own, too.
bool isSpokenHere(const QJsonObject &session)
{
    const QJsonValue protocol =
        session.value(QLatin1StringView("capabilities"))[deskCapability][QLatin1StringView("protocol")];
    return protocol.toInt(protocolNumber) <= protocolNumber + 1;
}

/// A page where none of Earshot's can be: what is moved elsewhere, or asked for before anything else may be (RFC 6585).
bool isOfSomebodyElse(int status)
{
    return (status >= 200 && status < 400) || status == 511;
}

/// Whether a 401 is Earshot's own word. Any other is of something on the way to it: a hotel's log-in page, a proxy.
bool isOfEarshot(const HttpAnswer &refusal)
{
    const QJsonObject problem = QJsonDocument::fromJson(refusal.body).object();
    return refusal.header("www-authenticate").contains("realm=\"earshot\"") ||
           (problem.value(QLatin1StringView("type")) == QLatin1StringView("about:blank") &&
            problem.value(QLatin1StringView("status")).toInt() == 401);
}

/// What the server itself says to this very token, wherever else a 401 may come from.
Parting partingOf(const HttpAnswer &refusal, const Secret &token)
{
    return partingIn(QJsonDocument::fromJson(refusal.body).object(), token);
}

/// A person has to do something about it elsewhere; until then asking is of no use.
constexpr Duration untilSomebodyLogsIn = std::chrono::minutes(1);

QByteArray bodyOf(const QString &account, const QList<ServerCall> &calls)
{
    QJsonArray methods;
    for (const ServerCall &call : calls) {
        QJsonObject arguments = call.object;
        arguments.insert(QStringLiteral("accountId"), account);
        methods.append(QJsonArray{call.name, arguments, QString::number(methods.size())});
    }
    const QJsonObject body{{QStringLiteral("using"), QJsonArray{coreCapability, deskCapability}},
                           {QStringLiteral("methodCalls"), methods}};
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace

Result<ServerSession> sessionFrom(const QJsonObject &object, const QUrl &server)
{
    if (!isSpokenHere(object))
        return fail(ErrorKind::newerVersion,
                    QStringLiteral("%1 is a newer Earshot than this one understands").arg(server.host()));
    ServerSession session;
    session.account = object.value(QLatin1StringView("primaryAccounts")).toObject().value(deskCapability).toString();
    const QJsonObject desk = object.value(QLatin1StringView("accounts"))[session.account]
                                 .toObject()
                                 .value(QLatin1StringView("accountCapabilities"))[deskCapability]
                                 .toObject();
    session.agent = AgentId(desk.value(QLatin1StringView("agent")).toString().toLongLong());
    if (!session.agent.isValid())
        return fail(ErrorKind::malformed, QStringLiteral("%1 is no Earshot server").arg(server.toString()));
    session.device = desk.value(QLatin1StringView("device")).toString();
    session.mostActions = std::max(1, desk.value(QLatin1StringView("maxActionsInPerform")).toInt());
    session.era.incarnation = desk.value(QLatin1StringView("incarnation")).toString();
    session.era.form = desk.value(QLatin1StringView("schema")).toInt();
    const QJsonObject earlier = desk.value(QLatin1StringView("earlier")).toObject();
    for (auto it = earlier.constBegin(); it != earlier.constEnd(); ++it)
        session.era.alike.insert(it.key(), it.value().toInteger());
    if (const QJsonValue newest = desk.value(QLatin1StringView("newest")); newest.isDouble())
        session.era.newest = newest.toInteger();
    session.mostBytes =
        object.value(QLatin1StringView("capabilities"))[coreCapability][QLatin1StringView("maxSizeRequest")]
            .toInteger();
    // At the address that the person gave, whatever name the server has for itself.
    session.socket = server;
    const bool isSecure = server.scheme() == QLatin1StringView("https");
    session.socket.setScheme(isSecure ? QStringLiteral("wss") : QStringLiteral("ws"));
    session.socket.setPath(QStringLiteral("/jmap/ws"));
    return session;
}

SliceListing listingFrom(const QJsonObject &object)
{
    SliceListing listing;
    listing.isComplete = object.value(QLatin1StringView("isComplete")).toBool();
    for (const QJsonValue &value : object.value(QLatin1StringView("slices")).toArray())
        listing.slices.append(sliceFrom(value));
    const QJsonValue toCome = object.value(QLatin1StringView("toCome"));
    for (const QJsonValue &value : toCome.toArray())
        listing.toCome.append(sliceFrom(value));
    // An older server does not tell which.
    if (!listing.isComplete && !toCome.isArray())
        listing.toCome.append(sliceFrom(QJsonObject()));
    return listing;
}

Duration LinePatience::ofUpload(qint64 bytes, int inVain) const
{
    // As the slowest mobile networks have it.
    constexpr qint64 bytesPerSecond = 20'000;
    const Duration once = silence + Duration(bytes * 1000 / bytesPerSecond);
    return std::min(once * (1 << std::min(inVain, 8)), silenceOfUpload);
}

ServerConnection::ServerConnection(const QUrl &server, const Secret &token, const Clock &clock,
                                   const QByteArray &authorities, const LinePatience &patience)
    : m_server(server)
    , m_clock(clock)
    , m_patience(patience)
    , m_hasToken(!token.isEmpty())
    , m_wire(new ServerWire(token, authorities))
{
    qRegisterMetaType<Parting>();
    m_thread.setObjectName(QStringLiteral("server"));
    m_wire->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, m_wire, &ServerWire::open);
    connect(m_wire, &ServerWire::listening, this, &ServerConnection::listening, Qt::DirectConnection);
    const auto tell = [this](const QJsonObject &message) {
        // In this order: whoever heeds again is told either that or this.
        const bool isDelta = message.value(QLatin1StringView("@type")) == QLatin1StringView("Delta");
        if (isDelta)
            m_hasIgnored = true;
        if (!isDelta || !m_isIgnoring)
            Q_EMIT told(message);
    };
    connect(m_wire, &ServerWire::told, this, tell, Qt::DirectConnection);
    connect(m_wire, &ServerWire::presenceTold, this, &ServerConnection::presenceTold, Qt::DirectConnection);
    connect(m_wire, &ServerWire::listeningEnded, this, &ServerConnection::listeningEnded, Qt::DirectConnection);
    m_thread.start();
}

ServerConnection::~ServerConnection()
{
    // In this order: what is under way has timers of that thread. Ended by what is posted to it, it may be gone before
    // Qt has woken it for that.
    QMetaObject::invokeMethod(m_wire, &ServerWire::close, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
    delete m_wire;
}

void ServerConnection::setToken(const Secret &token)
{
    m_hasToken = !token.isEmpty();
    QMetaObject::invokeMethod(m_wire, [wire = m_wire, token] { wire->setToken(token); });
    // Afterwards: whatever is asked under this number is asked with this token, or a later one.
    ++m_logIn;
}

void ServerConnection::close()
{
    m_isClosed = true;
    QMetaObject::invokeMethod(m_wire, &ServerWire::close);
}

int ServerConnection::listen(const QUrl &socket, const QString &pushState)
{
    const int line = ++m_line;
    QMetaObject::invokeMethod(m_wire,
                              [wire = m_wire, socket, pushState, line] { wire->listen(socket, pushState, line); });
    return line;
}

void ServerConnection::stopListening()
{
    QMetaObject::invokeMethod(m_wire, &ServerWire::stopListening);
}

void ServerConnection::ignoreDeltas()
{
    m_hasIgnored = false;
    m_isIgnoring = true;
}

bool ServerConnection::heedDeltas()
{
    m_isIgnoring = false;
    return m_hasIgnored;
}

void ServerConnection::say(const QJsonObject &message)
{
    QMetaObject::invokeMethod(m_wire, [wire = m_wire, message] { wire->say(message); });
}

template <class T>
QFuture<Result<T>> ServerConnection::ask(const HttpRequest &request, std::function<Result<T>(const HttpAnswer &)> read)
{
    auto answered = Pending<T>::create();
    const QFuture<Result<T>> future = answered->future();
    QMetaObject::invokeMethod(m_wire, [this, wire = m_wire, request, answered, read = std::move(read)] {
        auto pending = Pending<HttpAnswer>::create();
        whenDone(pending->future(), wire, [this, wire, answered, read, token = wire->token()](const auto &answer) {
            if (answer) {
                const Parting parting = answer->status == 401 ? partingOf(*answer, token) : Parting::none;
                // Somebody who logged in since then has what is here.
                const bool isLate = !wire->token().isEmpty() && wire->token().reveal() != token.reveal();
                if (parting != Parting::none && !isLate)
                    Q_EMIT parted(parting);
                answered->end(read(*answer));
                return;
            }
            Error error = answer.error();
            if (error.detail != proxyAsks())
                error.detail = m_server.host() + QStringLiteral(": ") + error.detail;
            answered->end(tl::unexpected(error));
        });
        wire->send(request, pending);
    });
    return future;
}

HttpRequest ServerConnection::request(const QByteArray &method, const QString &path) const
{
    HttpRequest request;
    request.method = method;
    request.url = m_server;
    request.url.setPath(path);
    request.maxBody = largestAnswer;
    request.maxRedirects = 0;
    request.longestSilence = m_patience.silence;
    return request;
}

Error ServerConnection::errorFrom(const HttpAnswer &answer) const
{
    if (answer.status == 401 && !isOfEarshot(answer))
        return {
            ErrorKind::transient,
            QStringLiteral("something on the way to the server asks for a log-in of its own, as a hotel's page or a "
                           "proxy does"),
            m_clock.now() + untilSomebodyLogsIn};
    Error error = errorOf(answer, m_clock.now());
    const QString detail = QJsonDocument::fromJson(answer.body).object().value(QLatin1StringView("detail")).toString();
    error.detail = QStringLiteral("%1 answers %2 %3").arg(m_server.host()).arg(answer.status).arg(detail).trimmed();
    if (answer.status == 404)
        error = {ErrorKind::notFound, QStringLiteral("no Earshot server answers at %1").arg(m_server.toString()), {}};
    if (isOfSomebodyElse(answer.status))
        error = {ErrorKind::malformed, QStringLiteral("%1 is no Earshot server").arg(m_server.toString()), {}};
    return error;
}

Result<QJsonObject> ServerConnection::objectFrom(const HttpAnswer &answer) const
{
    if (answer.status != 200)
        return tl::unexpected(errorFrom(answer));
    const QJsonDocument document = QJsonDocument::fromJson(answer.body);
    if (!document.isObject())
        return fail(ErrorKind::malformed, QStringLiteral("%1 is no Earshot server").arg(m_server.toString()));
    return document.object();
}

QFuture<Result<ServerLogin>> ServerConnection::logIn(const QString &name, const Secret &password, const QString &device)
{
    HttpRequest wish = request("POST", QStringLiteral("/auth/login"));
    wish.headers.emplaceBack("Content-Type", "application/json");
    wish.body = QJsonDocument(QJsonObject{{QStringLiteral("name"), name},
                                          {QStringLiteral("password"), QString::fromUtf8(password.reveal())},
                                          {QStringLiteral("device"), device}})
                    .toJson(QJsonDocument::Compact);
    wish.hasEffect = true;
    return ask<ServerLogin>(wish, [this](const HttpAnswer &answer) -> Result<ServerLogin> {
        if (answer.status == 401 && isOfEarshot(answer))
            return fail(ErrorKind::refused, QStringLiteral("the name or the password is wrong"));
        const Result<QJsonObject> object = objectFrom(answer);
        if (!object)
            return tl::unexpected(object.error());
        const QByteArray token = object->value(QLatin1StringView("token")).toString().toUtf8();
        if (token.isEmpty())
            return fail(ErrorKind::malformed, QStringLiteral("%1 is no Earshot server").arg(m_server.toString()));
        return ServerLogin{Secret(token), AgentId(object->value(QLatin1StringView("agent")).toVariant().toLongLong())};
    });
}

QFuture<Done> ServerConnection::logOut()
{
    // What a locked keychain keeps stays valid at the server.
    if (!m_hasToken)
        return readyFuture(Done(fail(ErrorKind::authExpired, QStringLiteral("there is no log-in here"))));
    HttpRequest wish = request("POST", QStringLiteral("/auth/logout"));
    wish.timeout = std::chrono::seconds(10);
    return ask<void>(wish, [this](const HttpAnswer &answer) -> Done {
        // What it does not know (any more) it has forgotten.
        const bool isForgotten =
            answer.status == 200 || answer.status == 204 || (answer.status == 401 && isOfEarshot(answer));
        return isForgotten ? Done() : Done(tl::unexpected(errorFrom(answer)));
    });
}

QFuture<Done> ServerConnection::reportErased(const QString &tokenId, const QString &proof)
{
    HttpRequest wish = request("POST", QStringLiteral("/auth/erased"));
    wish.headers.emplaceBack("Content-Type", "application/json");
    wish.body = QJsonDocument(QJsonObject{{QStringLiteral("token"), tokenId}, {QStringLiteral("proof"), proof}})
                    .toJson(QJsonDocument::Compact);
    wish.timeout = std::chrono::seconds(10);
    return ask<void>(wish, [this](const HttpAnswer &answer) -> Done {
        return answer.status == 204 ? Done() : Done(tl::unexpected(errorFrom(answer)));
    });
}

QFuture<Result<ServerSession>> ServerConnection::begin()
{
    QMetaObject::invokeMethod(m_wire, &ServerWire::connectAnew);
    return ask<ServerSession>(request("GET", QStringLiteral("/.well-known/jmap")),
                              [this, logIn = presentLogIn()](const HttpAnswer &answer) -> Result<ServerSession> {
                                  const Result<QJsonObject> object = objectFrom(answer);
                                  if (!object)
                                      return tl::unexpected(object.error());
                                  Result<ServerSession> session = sessionFrom(*object, m_server);
                                  if (session)
                                      session->logIn = logIn;
                                  return session;
                              });
}

QFuture<Result<SliceListing>> ServerConnection::slices()
{
    HttpRequest wish = request("GET", QStringLiteral("/jmap/slices"));
    wish.waitWhileMoving(m_patience.silence);
    return ask<SliceListing>(wish, [this](const HttpAnswer &answer) -> Result<SliceListing> {
        const Result<QJsonObject> object = objectFrom(answer);
        if (!object)
            return tl::unexpected(object.error());
        return listingFrom(*object);
    });
}

QFuture<Result<QByteArray>> ServerConnection::piece(const QString &account, const QString &blob, qint64 from,
                                                    qint64 most)
{
    HttpRequest wish = request("GET", QStringLiteral("/jmap/download/%1/%2/blob").arg(account, blob));
    wish.url.setQuery(QStringLiteral("type=application/octet-stream"));
    wish.headers.emplaceBack("Range", "bytes=" + QByteArray::number(from) + '-' + QByteArray::number(from + most - 1));
    wish.waitWhileMoving(m_patience.silence);
    return ask<QByteArray>(wish, [this, blob, from](const HttpAnswer &answer) -> Result<QByteArray> {
        if (answer.status == 404)
            return fail(ErrorKind::notFound, blob);
        if (answer.status == 206)
            return answer.body;
        // A proxy that knows no ranges sends everything.
        if (answer.status == 200)
            return answer.body.mid(from);
        return tl::unexpected(errorFrom(answer));
    });
}

HttpRequest ServerConnection::callRequest(const QString &account, const QList<ServerCall> &calls) const
{
    HttpRequest wish = request("POST", QStringLiteral("/jmap/api"));
    wish.headers.emplaceBack("Content-Type", "application/json");
    wish.body = bodyOf(account, calls);
    wish.waitWhileMoving(m_patience.silence);
    return wish;
}

Result<QList<ServerCall>> ServerConnection::answersFrom(const HttpAnswer &answer, qsizetype count) const
{
    const Result<QJsonObject> object = objectFrom(answer);
    if (!object)
        return tl::unexpected(object.error());
    QList<ServerCall> answers;
    for (const QJsonValue &response : object->value(QLatin1StringView("methodResponses")).toArray())
        answers.append({response[0].toString(), response[1].toObject()});
    if (answers.size() != count)
        return fail(ErrorKind::malformed, QStringLiteral("%1 answers something else").arg(m_server.toString()));
    return answers;
}

QFuture<Result<QList<ServerCall>>> ServerConnection::call(const QString &account, const QList<ServerCall> &calls)
{
    return ask<QList<ServerCall>>(callRequest(account, calls), [this, count = calls.size()](const HttpAnswer &answer) {
        return answersFrom(answer, count);
    });
}

QFuture<Result<QJsonObject>> ServerConnection::callOnce(const QString &account, const ServerCall &call,
                                                        Duration patience)
{
    HttpRequest wish = callRequest(account, {call});
    wish.hasEffect = true;
    wish.waitWhileMoving(std::min(patience, m_patience.silence));
    return ask<QJsonObject>(wish, [this](const HttpAnswer &answer) -> Result<QJsonObject> {
        const auto answers = answersFrom(answer, 1);
        // A proxy answers for a server that died, and it may have died after the deed; so may who answers nonsense.
        if (!answers && (answer.status >= 500 || answer.status == 200))
            return tl::unexpected(Error{ErrorKind::unsure, answers.error().detail, answers.error().until});
        if (!answers)
            return tl::unexpected(answers.error());
        const ServerCall &told = answers->constFirst();
        if (told.name == QLatin1StringView("error")) {
            Error error = methodErrorFrom(told.object);
            // Transient means that nobody was reached.
            if (error.kind == ErrorKind::transient)
                error.kind = ErrorKind::unsure;
            return tl::unexpected(error);
        }
        return told.object;
    });
}

QFuture<Result<QString>> ServerConnection::upload(const QString &account, const QByteArray &bytes, const QString &type,
                                                  int inVain)
{
    HttpRequest wish = request("POST", QStringLiteral("/jmap/upload/%1/").arg(account));
    wish.headers.emplaceBack("Content-Type", type.toLatin1());
    wish.body = bytes;
    wish.waitWhileMoving(m_patience.ofUpload(bytes.size(), inVain));
    return ask<QString>(wish, [this, type](const HttpAnswer &answer) -> Result<QString> {
        if (answer.status == 413)
            return fail(ErrorKind::tooLarge);
        if (answer.status == 415 || answer.status == 400)
            return fail(ErrorKind::unsupported, QStringLiteral("%1 is not sent along").arg(type));
        HttpAnswer taken = answer;
        if (taken.status == 201)
            taken.status = 200;
        const Result<QJsonObject> object = objectFrom(taken);
        if (!object)
            return tl::unexpected(object.error());
        return object->value(QLatin1StringView("blobId")).toString();
    });
}

QFuture<Done> ServerConnection::fetchMedia(const QString &account, const QString &hash, const QString &mediaFolder)
{
    HttpRequest wish = request("GET", QStringLiteral("/jmap/download/%1/%2/blob").arg(account, hash));
    wish.url.setQuery(QStringLiteral("type=application/octet-stream"));
    wish.waitWhileMoving(m_patience.silence);
    return ask<void>(wish, [this, hash, mediaFolder](const HttpAnswer &answer) -> Done {
        if (answer.status == 404)
            return fail(ErrorKind::notFound, hash);
        if (answer.status != 200)
            return tl::unexpected(errorFrom(answer));
        const Result<QString> kept = keepMediaBytes(mediaFolder, answer.body);
        if (!kept)
            return tl::unexpected(kept.error());
        return *kept == hash ? Done()
                             : fail(ErrorKind::malformed, QStringLiteral("another file came than was asked for"));
    });
}

QFuture<Done> ServerConnection::rest(Duration time)
{
    auto done = std::make_shared<QPromise<Done>>();
    done->start();
    QMetaObject::invokeMethod(m_wire, [wire = m_wire, time, done] {
        auto pending = Pending<bool>::create();
        whenDone(pending->future(), wire, [done](const Result<bool> &isOver) {
            done->addResult(isOver ? Done() : Done(tl::unexpected(isOver.error())));
            done->finish();
        });
        wire->rest(time, pending);
    });
    return done->future();
}

} // namespace Earshot
