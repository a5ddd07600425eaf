// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>

namespace Earshot {

/// A server on 127.0.0.1 that reads whole HTTP requests and leaves everything else, good or evil, to the test. Lives
/// and dies with the test, on its thread.
class RawServer final : public QObject
{
    Q_OBJECT

public:
    /// Called with each whole request and its number, from 0.
    using Handler = std::function<void(QTcpSocket &socket, const QByteArray &request, int number)>;

    explicit RawServer(Handler handler);

    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/"),
                           const QString &scheme = QStringLiteral("http")) const;
    [[nodiscard]] const QList<QByteArray> &requests() const { return m_requests; }
    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] quint64 bytesReceived() const { return m_bytesReceived; }
    void stopListening() { m_server.close(); }

    /// Closes with a reset instead of an orderly end.
    static void reset(QTcpSocket &socket);
    /// Writes `chunk` again and again, as fast as it is taken, `total` bytes in all.
    static void stream(QTcpSocket &socket, const QByteArray &chunk, qint64 total);
    /// A whole answer on a connection that stays open.
    static QByteArray answer(int status, const QByteArray &body = {}, const QByteArray &headers = {});

private:
    void onConnection();
    void onReadyRead(QTcpSocket &socket);

    QTcpServer m_server;
    Handler m_handler;
    QHash<QTcpSocket *, QByteArray> m_buffers;
    QList<QByteArray> m_requests;
    int m_connections = 0;
    quint64 m_bytesReceived = 0;
};

} // namespace Earshot
