// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/eventstream.h"

#include "workspace/wirerows.h"

#include <QJsonDocument>
#include <QPointer>

#include <algorithm>

namespace Earshot {

namespace {

/// Nobody is left without any for so long that proxies hang up.
constexpr int mostPing = 900;

} // namespace

Result<EventStream::Wish> EventStream::readWish(const HttpHead &head, const ServerLimits &limits)
{
    Wish wish;
    const QString types = head.query.queryItemValue(QStringLiteral("types"), QUrl::FullyDecoded);
    if (!types.isEmpty() && types != QLatin1StringView("*"))
        wish.types = types.split(u',');
    for (const QString &type : std::as_const(wish.types)) {
        if (tableOfWireType(type).isEmpty())
            return fail(ErrorKind::invalid, QStringLiteral("types"));
    }
    const QString closes = head.query.queryItemValue(QStringLiteral("closeafter"));
    wish.closesAfterState = closes == QLatin1StringView("state");
    if (!closes.isEmpty() && !wish.closesAfterState && closes != QLatin1StringView("no"))
        return fail(ErrorKind::invalid, QStringLiteral("closeafter"));
    const QString ping = head.query.queryItemValue(QStringLiteral("ping"));
    bool isNumber = true;
    const int seconds = ping.isEmpty() ? 0 : ping.toInt(&isNumber);
    if (!isNumber || seconds < 0)
        return fail(ErrorKind::invalid, QStringLiteral("ping"));
    wish.pingSeconds = seconds == 0 ? 0 : std::clamp(seconds, int(limits.leastPing.count()), mostPing);
    wish.lastEventId = QString::fromLatin1(head.header("last-event-id"));
    wish.presence = head.query.queryItemValue(QStringLiteral("presence"), QUrl::FullyDecoded);
    return wish;
}

EventStream::EventStream(HttpConnection &connection, PushHub &hub, const PresenceClients &presence,
                         const Principal &principal, const Wish &wish)
    : QObject(&connection)
    , m_connection(connection)
    , m_hub(hub)
    , m_wish(wish)
{
    connection.beginStream("text/event-stream");
    const QPointer<EventStream> self(this);
    PushHub::Listener listener;
    listener.principal = principal;
    listener.changed = [self](const QJsonObject &change, const QString &pushState) {
        if (self)
            self->send("state", change, pushState);
    };
    listener.gone = [self] {
        if (self)
            self->m_connection.closeSoon();
    };
    m_listener = hub.add(std::move(listener));
    hub.listen(m_listener, wish.types, wish.lastEventId);
    if (!wish.presence.isEmpty())
        connect(&presence, &PresenceClients::told, this,
                [this, agent = principal.agent](AgentId told, const QString &client, QJsonObject others) {
                    if (told != agent || client != m_wish.presence)
                        return;
                    others.insert(QStringLiteral("@type"), QStringLiteral("PresenceChange"));
                    send("presence", others, {});
                });
    if (wish.pingSeconds == 0)
        return;
    connect(&m_ping, &QTimer::timeout, this, [this] {
        send("ping", {{QStringLiteral("interval"), m_wish.pingSeconds}}, {});
    });
    m_ping.start(std::chrono::seconds(wish.pingSeconds));
}

EventStream::~EventStream()
{
    m_hub.remove(m_listener);
}

void EventStream::send(const QByteArray &event, const QJsonObject &data, const QString &id)
{
    QByteArray text = "event: " + event + '\n';
    if (!id.isEmpty())
        text += "id: " + id.toLatin1() + '\n';
    text += "data: " + QJsonDocument(data).toJson(QJsonDocument::Compact) + "\n\n";
    if (m_connection.send(text) && m_wish.closesAfterState && event == "state")
        m_connection.closeSoon();
}

} // namespace Earshot
