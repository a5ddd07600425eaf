// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/singleinstance.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>

namespace Earshot {

namespace {

constexpr quint32 magic = 0x45617273; // "Ears"
constexpr qint64 mostBytes = 64 * 1024;

/// As it will be called when it is there: what of it exists has a canonical path, the rest follows.
QString futurePath(const QString &file)
{
    const QFileInfo info(file);
    if (info.exists())
        return info.canonicalFilePath();
    const QString folder = info.absolutePath();
    if (folder == info.absoluteFilePath())
        return folder;
    return QDir::cleanPath(futurePath(folder) + QLatin1Char('/') + info.fileName());
}

} // namespace

SingleInstance::SingleInstance(const QString &file, QObject *parent)
    : QObject(parent)
    , m_name(socketName(file))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
}

QString SingleInstance::socketName(const QString &file)
{
    const QByteArray hash =
        QCryptographicHash::hash(futurePath(file).toUtf8(), QCryptographicHash::Sha256).toHex().left(24);
    return QStringLiteral("earshot-window-") + QString::fromLatin1(hash);
}

bool SingleInstance::handOver(const QStringList &arguments, const QString &activationToken)
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(500))
        return false;
    QByteArray message;
    QDataStream stream(&message, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << magic << arguments << activationToken;
    socket.write(message);
    // The other answers one byte when it has understood: only then may this process end.
    return socket.waitForBytesWritten(500) && socket.waitForReadyRead(1000) && socket.read(1) == QByteArrayLiteral("k");
}

Done SingleInstance::listen()
{
    if (m_server.listen(m_name))
        return {};
    // A crashed process leaves its socket behind; whoever holds the workspace's lock may take the name over.
    QLocalServer::removeServer(m_name);
    if (m_server.listen(m_name))
        return {};
    return fail(ErrorKind::io, m_server.errorString());
}

void SingleInstance::onConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (socket->bytesAvailable() > mostBytes) {
                socket->abort();
                return;
            }
            QDataStream stream(socket);
            stream.setVersion(QDataStream::Qt_6_0);
            stream.startTransaction();
            quint32 begin = 0;
            QStringList arguments;
            QString token;
            stream >> begin >> arguments >> token;
            if (!stream.commitTransaction())
                return;
            if (begin != magic) {
                socket->abort();
                return;
            }
            socket->write("k", 1);
            socket->flush();
            Q_EMIT handedOver(arguments, token);
        });
    }
}

} // namespace Earshot
