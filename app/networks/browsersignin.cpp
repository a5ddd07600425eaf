// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/browsersignin.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTimer>

#include <array>

namespace Earshot {

namespace {

constexpr qsizetype longestHead = 16 * 1024;
constexpr auto headTime = std::chrono::seconds(10);
constexpr int mostConnections = 20;

QByteArray urlSafe(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

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

Done LoopbackListener::start(const QString &title)
{
    m_title = title;
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
            socket->write(isOurs ? answerWith("200 OK", m_title) : answerWith("404 Not Found", QStringLiteral("404")));
            socket->disconnectFromHost();
            if (isOurs)
                Q_EMIT cameBack(address);
        });
    }
}

} // namespace Earshot
