// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/presencekeeper.h"

#include <QJsonArray>
#include <QSet>

namespace Earshot {

namespace {

constexpr auto soon = std::chrono::milliseconds(150);
/// After so long without a word the server has forgotten who is here.
constexpr Duration lifetime = std::chrono::seconds(25);

QJsonObject message(const QJsonValue &conversations = QJsonValue::Undefined)
{
    QJsonObject object{{QStringLiteral("@type"), QStringLiteral("Presence")}};
    if (!conversations.isUndefined())
        object.insert(QStringLiteral("conversations"), conversations);
    return object;
}

} // namespace

PresenceKeeper::PresenceKeeper(ServerConnection &connection, const Clock &clock, QObject *parent, Duration beatEvery)
    : QObject(parent)
    , m_connection(connection)
    , m_clock(clock)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(soon);
    m_beat.setInterval(std::chrono::milliseconds(beatEvery));
    connect(&m_soon, &QTimer::timeout, this, &PresenceKeeper::sayWhole);
    connect(&m_beat, &QTimer::timeout, this, &PresenceKeeper::beat);
    connect(&connection, &ServerConnection::listening, this, &PresenceKeeper::onListening);
    connect(&connection, &ServerConnection::listeningEnded, this, &PresenceKeeper::forget);
    connect(&connection, &ServerConnection::presenceTold, this, &PresenceKeeper::onTold);
}

void PresenceKeeper::show(const QObject *window, const ShownConversations &shown)
{
    if (m_windows.value(window) == shown)
        return;
    if (shown == ShownConversations())
        m_windows.remove(window);
    else
        m_windows.insert(window, shown);
    if (m_isListening && !m_soon.isActive())
        m_soon.start();
}

void PresenceKeeper::onListening()
{
    forget();
    m_isListening = true;
    if (!m_windows.isEmpty())
        sayWhole();
}

void PresenceKeeper::forget()
{
    m_isListening = false;
    m_soon.stop();
    m_beat.stop();
    drop(m_said);
    m_said.clear();
}

void PresenceKeeper::drop(const QSet<ConversationId> &conversations)
{
    for (const ConversationId conversation : conversations) {
        if (m_others.remove(conversation))
            Q_EMIT changed(conversation);
    }
}

/// The most important first, so that what is cut off is a row.
QJsonArray PresenceKeeper::present() const
{
    QJsonArray list;
    QSet<ConversationId> named;
    const auto add = [&list, &named](ConversationId id, const char *flag) {
        if (named.contains(id) || list.size() >= mostShown)
            return;
        named.insert(id);
        QJsonObject item{{QStringLiteral("id"), QString::number(id.value)}};
        if (flag)
            item.insert(QLatin1StringView(flag), true);
        list.append(item);
    };
    for (const ShownConversations &window : m_windows) {
        for (const ConversationId id : window.writing)
            add(id, "isWriting");
    }
    for (const ShownConversations &window : m_windows) {
        for (const ConversationId id : window.open)
            add(id, nullptr);
    }
    for (const ShownConversations &window : m_windows) {
        for (const ConversationId id : window.listed)
            add(id, "isListed");
    }
    return list;
}

void PresenceKeeper::sayWhole()
{
    if (!m_isListening)
        return;
    const QJsonArray list = present();
    QSet<ConversationId> now;
    for (const QJsonValue &item : list)
        now.insert(ConversationId(item[QLatin1StringView("id")].toString().toLongLong()));
    const QSet<ConversationId> before = std::exchange(m_said, now);
    m_connection.say(message(list));
    m_saidAt = m_clock.now();
    // The server tells anew who is where one was not before.
    drop(before - now);
    if (now.isEmpty())
        m_beat.stop();
    else
        m_beat.start();
}

void PresenceKeeper::beat()
{
    if (m_clock.now() - m_saidAt < lifetime) {
        m_connection.say(message());
        m_saidAt = m_clock.now();
        return;
    }
    // The machine has slept: whoever was there may have left, and the server counts this one out.
    m_connection.say(message(QJsonArray()));
    drop(std::exchange(m_said, {}));
    sayWhole();
}

void PresenceKeeper::onTold(const QJsonObject &message)
{
    const ConversationId conversation(message.value(QLatin1StringView("conversation")).toString().toLongLong());
    if (!m_isListening || !m_said.contains(conversation))
        return;
    QList<Present> others;
    for (const QJsonValue &agent : message.value(QLatin1StringView("agents")).toArray())
        others.append({AgentId(agent[QLatin1StringView("agent")].toString().toLongLong()),
                       agent[QLatin1StringView("isWriting")].toBool()});
    if (m_others.value(conversation) == others)
        return;
    if (others.isEmpty())
        m_others.remove(conversation);
    else
        m_others.insert(conversation, others);
    Q_EMIT changed(conversation);
}

} // namespace Earshot
