// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/feedserver.h"

#include <QTcpSocket>

namespace Earshot {

FeedServer::FeedServer()
{
    connect(&m_server, &QTcpServer::newConnection, this, &FeedServer::onConnection);
    if (!m_server.listen(QHostAddress::LocalHost, 0))
        qFatal("no port is free");
}

QString FeedServer::address() const
{
    return QStringLiteral("http://127.0.0.1:%1/feed.xml").arg(m_server.serverPort());
}

void FeedServer::onConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
            const QByteArray request = socket->peek(64 * 1024);
            if (!request.contains("\r\n\r\n"))
                return;
            socket->readAll();
            ++m_requests;
            socket->write(answerTo(request));
            socket->disconnectFromHost();
        });
    }
}

QByteArray FeedServer::answerTo(const QByteArray &request) const
{
    const bool isFeed = request.startsWith("GET /feed.xml ") || request.startsWith("HEAD /feed.xml ");
    const QByteArray status = m_isBroken ? "500 Broken" : isFeed ? "200 OK" : "404 Not Found";
    const QByteArray body = isFeed && !m_isBroken ? feed() : QByteArray("nothing here");
    QByteArray answer = "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Type: ";
    answer += isFeed && !m_isBroken ? "application/rss+xml; charset=utf-8" : "text/plain";
    answer += "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    return request.startsWith("HEAD ") ? answer : answer + body;
}

QByteArray FeedServer::feed() const
{
    QString xml = QStringLiteral("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
                                 "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Lamp talk</title>"
                                 "<link>https://talk.example/</link><description>Lamps</description>\n");
    for (const Item &item : m_items) {
        xml += QStringLiteral("<item><guid isPermaLink=\"false\">%1</guid><title>%2</title><dc:creator>%3</dc:creator>"
                              "<pubDate>%4</pubDate><description>%5</description></item>\n")
                   .arg(item.id, item.title.toHtmlEscaped(), item.author.toHtmlEscaped(),
                        item.at.toUTC().toString(Qt::RFC2822Date), item.text.toHtmlEscaped());
    }
    return (xml + QStringLiteral("</channel></rss>\n")).toUtf8();
}

} // namespace Earshot
