// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/serverconnection.h"

#include "networks/proxywords.h"
#include "replica/serverwire.h"
#include "workspace/mediafolder.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

constexpr qint64 largestAnswer = 256LL * 1024 * 1024;

QByteArray bodyOf(const QString &account, const QList<ServerCall> &calls)
{
    QJsonArray methods;
    for (const ServerCall &call : calls) {
        QJsonObject arguments = call.object;
        arguments.insert(QStringLiteral("accountId"), account);
        methods.append(QJsonArray{call.name, arguments, QString::number(methods.size())});
    }
    const QJsonObject body{{QStringLiteral("using"), ServerSession::capabilities()},
                           {QStringLiteral("methodCalls"), methods}};
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace

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
    , m_answers(server, clock)
    , m_patience(patience)
    , m_hasToken(!token.isEmpty())
    , m_wire(new ServerWire(token, authorities, patience.beat))
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
                const Parting parting = answer->status == 401 ? ServerAnswers::parting(*answer, token) : Parting::none;
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
        if (answer.status == 401 && ServerAnswers::isOfEarshot(answer))
            return fail(ErrorKind::refused, QStringLiteral("the name or the password is wrong"));
        const Result<QJsonObject> object = m_answers.object(answer);
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
        const bool isForgotten = answer.status == 200 || answer.status == 204 ||
                                 (answer.status == 401 && ServerAnswers::isOfEarshot(answer));
        return isForgotten ? Done() : Done(tl::unexpected(m_answers.error(answer)));
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
        return answer.status == 204 ? Done() : Done(tl::unexpected(m_answers.error(answer)));
    });
}

QFuture<Result<ServerSession>> ServerConnection::begin()
{
    QMetaObject::invokeMethod(m_wire, &ServerWire::connectAnew);
    return ask<ServerSession>(request("GET", QStringLiteral("/.well-known/jmap")),
                              [this, logIn = presentLogIn()](const HttpAnswer &answer) -> Result<ServerSession> {
                                  const Result<QJsonObject> object = m_answers.object(answer);
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
        const Result<QJsonObject> object = m_answers.object(answer);
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
        return tl::unexpected(m_answers.error(answer));
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

QFuture<Result<QList<ServerCall>>> ServerConnection::call(const QString &account, const QList<ServerCall> &calls)
{
    return ask<QList<ServerCall>>(callRequest(account, calls), [this, count = calls.size()](const HttpAnswer &answer) {
        return m_answers.calls(answer, count);
    });
}

QFuture<Result<QJsonObject>> ServerConnection::callOnce(const QString &account, const ServerCall &call,
                                                        Duration patience)
{
    HttpRequest wish = callRequest(account, {call});
    wish.hasEffect = true;
    wish.waitWhileMoving(std::min(patience, m_patience.silence));
    return ask<QJsonObject>(wish, [this](const HttpAnswer &answer) -> Result<QJsonObject> {
        const auto answers = m_answers.calls(answer, 1);
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
        const Result<QJsonObject> object = m_answers.object(taken);
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
            return tl::unexpected(m_answers.error(answer));
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
