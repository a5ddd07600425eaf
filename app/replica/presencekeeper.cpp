// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/presencekeeper.h"

#include <QJsonArray>
#include <QSet>
#include <QUuid>

namespace Earshot {

namespace {

constexpr auto soon = std::chrono::milliseconds(150);
/// After so long without a word the server has forgotten who is here.
constexpr Duration lifetime = std::chrono::seconds(25);
/// With a line that says nothing: another call may still be in time.
constexpr Duration callPatience = std::chrono::seconds(10);

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
    , m_beatEvery(beatEvery)
    , m_client(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(soon);
    connect(&m_soon, &QTimer::timeout, this, &PresenceKeeper::sayWhole);
    connect(&m_beat, &QTimer::timeout, this, &PresenceKeeper::beat);
    connect(&connection, &ServerConnection::listening, this, &PresenceKeeper::onListening);
    connect(&connection, &ServerConnection::listeningEnded, this, &PresenceKeeper::onListeningEnded);
    connect(&connection, &ServerConnection::presenceTold, this, &PresenceKeeper::onTold);
}

void PresenceKeeper::show(const QObject *window, const ShownConversations &shown)
{
    if (m_windows.value(window) == shown)
        return;
    if (shown == ShownConversations()) {
        m_windows.remove(window);
    } else {
        m_windows.insert(window, shown);
        m_hasLeft = false;
    }
    if (m_way != Way::none && !m_soon.isActive())
        m_soon.start();
}

void PresenceKeeper::onListening()
{
    const bool hasCalled = m_way == Way::calls;
    forget();
    m_way = Way::socket;
    m_beat.setInterval(std::chrono::milliseconds(m_beatEvery));
    // What was said by calls would stand beside it for a while, and be wrong soon.
    if (hasCalled)
        call({});
    if (!m_windows.isEmpty())
        sayWhole();
}

void PresenceKeeper::onListeningEnded()
{
    // Also said of a line that never was one, again and again.
    if (m_way == Way::socket)
        forget();
}

void PresenceKeeper::beginCalls(const QString &account)
{
    if (m_way == Way::calls || m_isServerOld)
        return;
    forget();
    m_way = Way::calls;
    m_account = account;
    m_beat.setInterval(std::chrono::milliseconds(m_beatEvery / 2));
    if (!m_windows.isEmpty())
        sayWhole();
}

void PresenceKeeper::forget()
{
    m_way = Way::none;
    m_isToCall = false;
    m_isServerOld = false;
    m_soon.stop();
    m_beat.stop();
    drop(m_said);
    m_said.clear();
}

QFuture<Done> PresenceKeeper::leave(Duration atMost)
{
    m_hasLeft = true;
    // A socket that ends says it.
    if (m_way != Way::calls || (m_said.isEmpty() && !m_isCalling))
        return readyFuture(Done());
    endLeaving();
    m_leaving = Pending<void>::create();
    const QFuture<Done> heard = m_leaving->future();
    QTimer::singleShot(atMost, this, &PresenceKeeper::endLeaving);
    sayWhole();
    return heard;
}

void PresenceKeeper::endLeaving()
{
    if (const auto leaving = std::exchange(m_leaving, nullptr))
        leaving->end(Done());
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
    if (m_hasLeft)
        return list;
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
    if (m_way == Way::none)
        return;
    const QJsonArray list = present();
    QSet<ConversationId> now;
    for (const QJsonValue &item : list)
        now.insert(ConversationId(item[QLatin1StringView("id")].toString().toLongLong()));
    const QSet<ConversationId> before = std::exchange(m_said, now);
    if (m_way == Way::calls)
        call(list);
    else
        m_connection.say(message(list));
    m_saidAt = m_clock.now();
    // The server tells anew who is where one was not before.
    drop(before - now);
    if (now.isEmpty())
        m_beat.stop();
    else
        m_beat.start();
}

/// One after another: none overtakes a later one.
void PresenceKeeper::call(const QJsonArray &shown)
{
    m_isToCall = m_isCalling;
    if (m_isCalling)
        return;
    m_isCalling = true;
    const ServerCall wish{QStringLiteral("Presence/set"),
                          {{QStringLiteral("client"), m_client}, {QStringLiteral("conversations"), shown}}};
    whenDone(m_connection.callOnce(m_account, wish, callPatience), this,
             [this](const Result<QJsonObject> &answer) { onAnswered(answer); });
}

void PresenceKeeper::onAnswered(const Result<QJsonObject> &answer)
{
    m_isCalling = false;
    if (m_way != Way::calls) {
        if (m_isToCall)
            call({});
    } else if (!answer && answer.error().kind == ErrorKind::unsupported) {
        forget();
        m_isServerOld = true;
    } else if (m_isToCall) {
        sayWhole();
    } else if (answer) {
        m_heardAt = m_clock.now();
        takeAll(answer->value(QLatin1StringView("list")).toArray());
    } else if (m_clock.now() - m_heardAt >= lifetime) {
        // Whoever was there may have left.
        drop(m_said);
    }
    if (!m_isCalling)
        endLeaving();
}

/// Where nobody is, it says nothing.
void PresenceKeeper::takeAll(const QJsonArray &list)
{
    QSet<ConversationId> left = m_said;
    for (const QJsonValue &others : list) {
        take(others.toObject());
        left.remove(ConversationId(others[QLatin1StringView("conversation")].toString().toLongLong()));
    }
    drop(left);
}

void PresenceKeeper::beat()
{
    if (m_way == Way::calls) {
        if (!m_isCalling)
            sayWhole();
        return;
    }
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
    if (m_way == Way::socket)
        take(message);
}

void PresenceKeeper::take(const QJsonObject &others)
{
    const ConversationId conversation(others.value(QLatin1StringView("conversation")).toString().toLongLong());
    if (!m_said.contains(conversation))
        return;
    QList<Present> there;
    for (const QJsonValue &agent : others.value(QLatin1StringView("agents")).toArray())
        there.append({AgentId(agent[QLatin1StringView("agent")].toString().toLongLong()),
                      agent[QLatin1StringView("isWriting")].toBool()});
    if (m_others.value(conversation) == there)
        return;
    if (there.isEmpty())
        m_others.remove(conversation);
    else
        m_others.insert(conversation, there);
    Q_EMIT changed(conversation);
}

} // namespace Earshot
