// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/browsersignin.h"

#include "networks/es256key.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTimer>
#include <QUrlQuery>

#include <array>

namespace Earshot {

namespace {

constexpr qsizetype longestHead = 16 * 1024;
constexpr auto headTime = std::chrono::seconds(10);
constexpr int mostConnections = 20;
constexpr auto outOfBand = "urn:ietf:wg:oauth:2.0:oob";

QByteArray answerWith(const QByteArray &status, const QString &text)
{
    const QByteArray page =
        "<!doctype html><meta charset=utf-8><title>Earshot</title><p>" + text.toHtmlEscaped().toUtf8();
    return "HTTP/1.1 " + status +
           "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + QByteArray::number(page.size()) +
           "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n" + page;
}

} // namespace

QByteArray makeNonce()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return urlSafe(QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words));
}

QByteArray challengeFor(const QByteArray &verifier)
{
    return urlSafe(QCryptographicHash::hash(verifier, QCryptographicHash::Sha256));
}

Pkce makePkce()
{
    const QByteArray verifier = makeNonce();
    return {.verifier = verifier, .challenge = challengeFor(verifier)};
}

LoopbackListener::LoopbackListener(QObject *parent)
    : QObject(parent)
{
    m_server.setMaxPendingConnections(mostConnections);
    connect(&m_server, &QTcpServer::newConnection, this, &LoopbackListener::onConnection);
}

Done LoopbackListener::start(Words words)
{
    m_words = std::move(words);
    if (!m_server.listen(QHostAddress(QHostAddress::LocalHost), 0))
        return fail(ErrorKind::io, m_server.errorString());
    return {};
}

QString LoopbackListener::redirectUri() const
{
    return QStringLiteral("http://127.0.0.1:%1/callback").arg(m_server.serverPort());
}

void LoopbackListener::stop()
{
    m_server.close();
}

void LoopbackListener::onConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(headTime, socket, &QTcpSocket::abort);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            const QByteArray head = socket->peek(longestHead);
            if (!head.contains("\r\n\r\n")) {
                if (head.size() >= longestHead)
                    socket->abort();
                return;
            }
            socket->readAll();
            const QByteArray target = head.left(head.indexOf("\r\n")).split(' ').value(1);
            const QUrl address = QUrl(redirectUri()).resolved(QUrl::fromEncoded(target));
            const bool isOurs = head.startsWith("GET ") && address.path() == QLatin1StringView("/callback");
            const bool isRefused = QUrlQuery(address).hasQueryItem(QStringLiteral("error"));
            socket->write(isOurs ? answerWith("200 OK", isRefused ? m_words.refused : m_words.signedIn)
                                 : answerWith("404 Not Found", QStringLiteral("404")));
            socket->disconnectFromHost();
            if (isOurs)
                Q_EMIT cameBack(address);
        });
    }
}

BrowserSignIn::BrowserSignIn(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_listener, &LoopbackListener::cameBack, this, &BrowserSignIn::onCameBack);
    connect(&m_timer, &QTimer::timeout, this,
            [this] { end(fail(ErrorKind::tryAgain, QStringLiteral("nobody signed in within the time"))); });
}

BrowserSignIn::~BrowserSignIn()
{
    m_pending->end(fail(ErrorKind::cancelled));
}

void BrowserSignIn::end(Result<SignedIn> result)
{
    m_isWaiting = false;
    m_timer.stop();
    m_listener.stop();
    // Who waits for the future may delete us.
    const std::shared_ptr<Pending<SignedIn>> pending = m_pending;
    pending->end(std::move(result));
}

QFuture<Result<SignedIn>> BrowserSignIn::start(Way way)
{
    const QFuture<Result<SignedIn>> future = m_pending->future();
    if (way == Way::browser) {
        // The port first: it is part of the address that the server is told.
        const Done started = m_listener.start(
            {.signedIn = tr("You can close this page and return to Earshot, which completes the sign-in."),
             .refused = tr("You were not signed in. You can close this page and return to Earshot.")});
        if (!started) {
            end(tl::unexpected(started.error()));
            return future;
        }
        m_redirectUri = m_listener.redirectUri();
    } else {
        m_redirectUri = QLatin1StringView(outOfBand);
    }
    m_timer.start(m_limit);
    begin();
    return future;
}

void BrowserSignIn::openPage(const QUrl &page)
{
    m_isWaiting = true;
    Q_EMIT authorize(page);
}

bool BrowserSignIn::isByOurs(const QUrlQuery &) const
{
    return true;
}

void BrowserSignIn::onCameBack(const QUrl &address)
{
    if (!m_isWaiting)
        return;
    QString encoded = address.query(QUrl::FullyEncoded);
    encoded.replace(QLatin1Char('+'), QLatin1StringView("%20"));
    const QUrlQuery query(encoded);
    const auto item = [&](const char *name) {
        return query.queryItemValue(QLatin1StringView(name), QUrl::FullyDecoded);
    };
    const QString state = item("state");
    const QString error = item("error");
    // A denial may come without state. It can do no more than end this attempt.
    if (!error.isEmpty() && (state.isEmpty() || state.toLatin1() == m_state)) {
        const bool isDenied = error == QLatin1StringView("access_denied");
        end(fail(isDenied ? ErrorKind::refused : ErrorKind::permission,
                 QStringLiteral("%1 %2").arg(error.left(100), item("error_description").left(300)).trimmed()));
        return;
    }
    // Not our state: somebody else's page sent the browser here. Ours may still come.
    if (state.toLatin1() != m_state || item("code").isEmpty())
        return;
    if (!isByOurs(query)) {
        end(fail(ErrorKind::permission, QStringLiteral("the browser came back from another server")));
        return;
    }
    m_isWaiting = false;
    exchange(item("code"));
}

void BrowserSignIn::enterCode(const QString &code)
{
    if (!m_isWaiting || code.trimmed().isEmpty())
        return;
    m_isWaiting = false;
    exchange(code.trimmed());
}

QByteArray formOf(const QList<std::pair<QByteArray, QString>> &pairs)
{
    QByteArray form;
    for (const auto &[name, value] : pairs)
        form += (form.isEmpty() ? "" : "&") + name + '=' + QUrl::toPercentEncoding(value);
    return form;
}

} // namespace Earshot
