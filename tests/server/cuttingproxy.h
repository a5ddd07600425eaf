// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QTcpServer>
#include <QTcpSocket>

namespace Earshot {

/// A proxy on a free port of 127.0.0.1 before a server: hands bytes on, and loses what a test wants to be lost. Lives
/// on the test's thread, ends with it.
class CuttingProxy final : public QTcpServer
{
    Q_OBJECT

public:
    CuttingProxy(QString host, quint16 port);

    /// From the next request on that begins with these bytes: it reaches the server whole, its answer is lost. Empty:
    /// nothing is lost.
    /// @param instead what the client hears in their place; empty = the connection ends
    void cutAnswersTo(const QByteArray &beginning, const QByteArray &instead = {})
    {
        m_beginning = beginning;
        m_instead = instead;
    }
    [[nodiscard]] int cutCount() const { return m_cuts; }

private:
    void onConnection();
    void join(QTcpSocket *client);

    const QString m_host;
    const quint16 m_port;
    QByteArray m_beginning;
    QByteArray m_instead;
    int m_cuts = 0;
};

} // namespace Earshot
