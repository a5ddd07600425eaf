// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/wireclient.h"

#include <QEventLoop>
#include <QTimer>
#include <QUuid>

namespace Earshot {

namespace {

/// Lets events come until it is so.
template <class Condition>
bool waitUntil(QTcpSocket &socket, int limitMs, const Condition &isSo)
{
    QEventLoop loop;
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &loop, &QEventLoop::quit);
    QObject::connect(&socket, &QTcpSocket::readyRead, &loop, &QEventLoop::quit);
    QObject::connect(&socket, &QTcpSocket::connected, &loop, &QEventLoop::quit);
    QObject::connect(&socket, &QTcpSocket::disconnected, &loop, &QEventLoop::quit);
    timer.start(limitMs);
    while (!isSo() && timer.isActive())
        loop.exec();
    return isSo();
}

} // namespace

WireClient::WireClient(quint16 port, QByteArray token, QString account)
    : m_port(port)
    , m_token(std::move(token))
    , m_account(std::move(account))
{
    connectAgain();
}

void WireClient::connectAgain()
{
    m_buffer.clear();
    m_isEnding = false;
    m_socket.abort();
    m_socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
    waitUntil(m_socket, 5000, [this] { return m_socket.state() == QAbstractSocket::ConnectedState; });
}

void WireClient::write(const QByteArray &bytes)
{
    m_socket.write(bytes);
}

bool WireClient::takeReply(WireReply &reply)
{
    m_buffer += m_socket.readAll();
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QList<QByteArray> lines = m_buffer.left(end).split('\n');
    WireReply read;
    read.status = lines.first().split(' ').value(1).toInt();
    for (const QByteArray &line : lines.mid(1))
        read.headers.insert(line.left(line.indexOf(':')).toLower(), line.mid(line.indexOf(':') + 1).trimmed());
    const qsizetype length = read.headers.value("content-length", "0").toLongLong();
    if (m_buffer.size() < end + 4 + length)
        return false;
    read.body = m_buffer.mid(end + 4, length);
    m_buffer.remove(0, end + 4 + length);
    m_isEnding = read.headers.value("connection") == "close";
    reply = read;
    return true;
}

WireReply WireClient::read(int limitMs)
{
    WireReply reply;
    bool isTaken = false; // it is asked again at the end, and the next answer is not to be taken with it
    waitUntil(m_socket, limitMs, [this, &reply, &isTaken] {
        isTaken = isTaken || takeReply(reply);
        return isTaken || m_socket.state() == QAbstractSocket::UnconnectedState;
    });
    return reply;
}

bool WireClient::isClosed(int limitMs)
{
    return waitUntil(m_socket, limitMs, [this] { return m_socket.state() == QAbstractSocket::UnconnectedState; });
}

bool WireClient::waitFor(const std::function<bool()> &isSo, int limitMs)
{
    return waitUntil(m_socket, limitMs, isSo);
}

WireReply WireClient::send(const QByteArray &method, const QByteArray &path, const QByteArray &body,
                           const QByteArray &headers)
{
    if (m_isEnding || m_socket.state() != QAbstractSocket::ConnectedState)
        connectAgain();
    QByteArray bytes = method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n";
    if (!m_token.isEmpty())
        bytes += "Authorization: Bearer " + m_token + "\r\n";
    if (!body.isEmpty() && !headers.toLower().contains("content-type"))
        bytes += "Content-Type: application/json\r\n";
    if (!body.isEmpty())
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    write(bytes + headers + "\r\n" + body);
    return read();
}

WireReply WireClient::post(const QJsonArray &calls)
{
    return send("POST", "/jmap/api", requestBody(calls));
}

QJsonObject WireClient::call(const QString &method, QJsonObject arguments)
{
    if (!arguments.contains(QStringLiteral("accountId")))
        arguments.insert(QStringLiteral("accountId"), m_account);
    const QJsonObject answer = post(oneCall(method, arguments)).json();
    const QJsonArray response = answer.value(QStringLiteral("methodResponses")).toArray().at(0).toArray();
    QJsonObject result = response.at(1).toObject();
    if (response.at(0).toString() == QStringLiteral("error"))
        result.insert(QStringLiteral("error"), result.value(QStringLiteral("type")));
    return result;
}

QJsonArray WireClient::perform(const QJsonArray &actions)
{
    return call(QStringLiteral("Action/perform"), {{QStringLiteral("actions"), actions}})
        .value(QStringLiteral("outcomes"))
        .toArray();
}

QJsonArray oneCall(const QString &method, const QJsonObject &arguments)
{
    QJsonArray calls;
    calls.append(QJsonArray{method, arguments, QStringLiteral("0")});
    return calls;
}

QByteArray requestBody(const QJsonArray &calls)
{
    const QJsonObject request{{QStringLiteral("using"), QJsonArray{QStringLiteral("urn:ietf:params:jmap:core"),
                                                                   QStringLiteral("urn:earshot:params:jmap:desk")}},
                              {QStringLiteral("methodCalls"), calls}};
    return QJsonDocument(request).toJson(QJsonDocument::Compact);
}

QJsonObject wireAction(const QString &kind, const QJsonObject &arguments, qint64 number)
{
    return {{QStringLiteral("id"), QUuid::createUuid().toString(QUuid::WithoutBraces)},
            {QStringLiteral("number"), number},
            {QStringLiteral("kind"), kind},
            {QStringLiteral("arguments"), arguments}};
}

} // namespace Earshot
