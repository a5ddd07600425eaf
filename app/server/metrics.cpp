// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/metrics.h"

#include "server/answers.h"

#include <QFileInfo>

namespace Earshot {

namespace {

void append(QByteArray &text, const char *name, const char *kind, const char *help, qint64 value)
{
    text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + kind + '\n' + name + ' ' +
            QByteArray::number(value) + '\n';
}

} // namespace

MetricsListener::MetricsListener(const Server &server, Workspace &workspace, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_path(workspace.path())
    , m_front(ServerLimits())
{
    connect(&m_front, &HttpFront::headArrived, this, &MetricsListener::onHead);
    connect(&workspace, &Workspace::committed, this,
            [this](const CommitNotice &notice) { m_lastSeq = std::max(m_lastSeq, notice.last); });
}

Done MetricsListener::listen(quint16 port)
{
    if (!m_front.listen(QHostAddress(QHostAddress::LocalHost), port))
        return fail(ErrorKind::io, m_front.errorString());
    return {};
}

void MetricsListener::onHead(HttpConnection *connection)
{
    const HttpHead &head = connection->head();
    HttpReply reply;
    reply.type = "text/plain; version=0.0.4";
    if (head.method != "GET" || head.path != QLatin1StringView("/metrics"))
        reply = plainProblem(404);
    else
        reply.body = text();
    connection->answer(reply);
}

QByteArray MetricsListener::text() const
{
    const Server::Counts counts = m_server.counts();
    QByteArray text;
    append(text, "earshot_connections", "gauge", "Open connections, WebSockets among them", m_server.connectionCount());
    append(text, "earshot_websockets", "gauge", "Open WebSockets", counts.sockets);
    append(text, "earshot_listeners", "gauge", "Clients that may be told of changes", counts.listeners);
    append(text, "earshot_requests_running", "gauge", "JMAP requests being carried out", counts.running);
    append(text, "earshot_requests_total", "counter", "JMAP requests accepted since the start, also over WebSockets",
           counts.requests);
    append(text, "earshot_refused_total", "counter",
           "Requests answered with 400 or more or a RequestError, and connections turned away, since the start",
           counts.refused);
    append(text, "earshot_last_change", "gauge", "Number of the newest change committed since the start", m_lastSeq);
    append(text, "earshot_wal_bytes", "gauge", "Size of the workspace's write-ahead log",
           QFileInfo(m_path + QStringLiteral("-wal")).size());
    return text;
}

} // namespace Earshot
