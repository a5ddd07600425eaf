// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/bench/actingclients.h"

#include "model/action.h"
#include "model/time.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkRequest>
#include <QTimer>
#include <QUuid>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <algorithm>

namespace Earshot {

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

void runFor(int ms, const std::function<bool()> &isDone)
{
    QElapsedTimer timer;
    timer.start();
    QEventLoop loop;
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        if (timer.elapsed() > ms || isDone())
            loop.quit();
    });
    tick.start(2);
    loop.exec();
}

ActingClients::ActingClients(quint16 port, QString account, int conversations)
    : m_port(port)
    , m_account(std::move(account))
    , m_conversations(conversations)
{
    m_clock.start();
}

ActingClients::~ActingClients()
{
    for (const auto &client : m_clients)
        QObject::disconnect(client.get(), nullptr, client.get(), nullptr);
}

int ActingClients::open(const QList<QByteArray> &tokens)
{
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        openOne(tokens[i], i == tokens.size() - 1);
        if (i % 50 == 49)
            runFor(10'000, [&] { return m_open > i; });
    }
    runFor(20'000, [&] { return m_open == tokens.size() && m_isTold; });
    return m_open;
}

void ActingClients::openOne(const QByteArray &token, bool isListening)
{
    m_clients.push_back(std::make_unique<QWebSocket>());
    QWebSocket &socket = *m_clients.back();
    QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket, [this](const QString &text) { onText(text); });
    QObject::connect(&socket, &QWebSocket::disconnected, &socket, [this, &socket] {
        ++m_ended[socket.closeCode() == QWebSocketProtocol::CloseCodeAbnormalDisconnection
                      ? socket.errorString()
                      : str("closed with %1").arg(int(socket.closeCode()))];
    });
    QObject::connect(&socket, &QWebSocket::connected, &socket, [this, &socket, isListening] {
        ++m_open;
        if (isListening)
            socket.sendTextMessage(str(R"({"@type":"WebSocketPushEnable","deltas":true})"));
    });
    QNetworkRequest request(QUrl(str("ws://127.0.0.1:%1/jmap/ws").arg(m_port)));
    request.setRawHeader("Authorization", "Bearer " + token);
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({str("jmap")});
    socket.open(request, options);
}

QJsonObject ActingClients::note(int n) const
{
    return {{str("kind"), str("addNote")},
            {str("arguments"), QJsonObject{{str("conversation"), QString::number(1 + n % m_conversations)},
                                           {str("text"), str("a note")}}}};
}

qint64 ActingClients::change(qint64 numbers, const Load &load)
{
    beginMeasuring();
    const double from = now();
    int made = 0;
    const auto isEnough = [&] { return m_seqs.second - m_seqs.first >= numbers; };
    constexpr int mostInFlight = 50;
    constexpr int patience = 600'000;
    runFor(patience, [&] {
        while (!isEnough() && m_sent.size() < mostInFlight &&
               made < (now() - from) * load.perSecond / 1000 / load.inFrame) {
            act(load.inFrame);
            ++made;
        }
        return isEnough() && m_sent.isEmpty();
    });
    return isEnough() ? m_seqs.second : 0;
}

/// One frame.
void ActingClients::act(int inFrame)
{
    const QString id = newUuid(SystemClock().now()).toString(QUuid::WithoutBraces);
    QJsonArray actions;
    for (int i = 0; i < inFrame; ++i) {
        QJsonObject action = m_make ? m_make(m_next * inFrame + i) : note(m_next * inFrame + i);
        action.insert(str("id"), newUuid(SystemClock().now()).toString(QUuid::WithoutBraces));
        actions.append(action);
    }
    QJsonArray calls;
    calls.append(QJsonArray{str("Action/perform"),
                            QJsonObject{{str("accountId"), m_account}, {str("actions"), actions}}, str("a")});
    const QJsonObject request{{str("@type"), str("Request")},
                              {str("id"), id},
                              {str("using"), QJsonArray{str("urn:earshot:params:jmap:desk")}},
                              {str("methodCalls"), calls}};
    m_sent.insert(id, {now(), inFrame});
    // The last one only listens.
    m_clients[size_t(m_next++) % (m_clients.size() - 1)]->sendTextMessage(
        QString::fromUtf8(QJsonDocument(request).toJson(QJsonDocument::Compact)));
}

/// How far the one that looks has been told.
void ActingClients::onPush(const QString &text, double at)
{
    m_isTold = true;
    ++m_measured.pushes;
    const bool isDelta = text.startsWith(u"{\"@type\":\"Delta\"");
    m_measured.deltas += isDelta ? 1 : 0;
    const QString key = isDelta ? str("\"to\":\"") : str("\"pushState\":\"");
    const qsizetype begin = text.indexOf(key) + key.size();
    m_heardSeqs.emplace_back(text.mid(begin, text.indexOf(u'"', begin) - begin).section(u'-', -1).toLongLong(), at);
}

void ActingClients::onText(const QString &text)
{
    const double at = now();
    if (!text.contains(u"\"requestId\"")) {
        onPush(text, at);
        return;
    }
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    const QString id = object.value(str("requestId")).toString();
    // The answer to what was given up before.
    if (!m_sent.contains(id))
        return;
    const Sent sent = m_sent.take(id);
    if (object.value(str("@type")).toString() == str("RequestError")) {
        const QString limit = object.value(str("limit")).toString();
        ++m_measured.problems[str("%1 %2").arg(object.value(str("status")).toInt()).arg(limit)];
        m_measured.polite += object.contains(str("retryAfter")) ? 1 : 0;
    }
    const QJsonArray outcomes = object.value(str("methodResponses"))[0][1][str("outcomes")].toArray();
    m_measured.refused += outcomes.isEmpty() ? sent.actions : 0;
    if (const QJsonValue type = object.value(str("methodResponses"))[0][1][str("type")]; type.isString())
        ++m_measured.problems[str("method: ") + type.toString()];
    for (const QJsonValue &outcome : outcomes) {
        if (outcome[str("outcome")] != str("applied")) {
            ++m_measured.refused;
            ++m_measured.problems[str("action: ") + outcome[str("refusal")][str("kind")].toString()];
            continue;
        }
        m_measured.answers.push_back(at - sent.at);
        const qint64 seq = outcome[str("seq")].toInteger();
        m_seqs = {m_seqs.first == 0 ? seq : std::min(m_seqs.first, seq), std::max(m_seqs.second, seq)};
        m_sentOfSeq.insert(seq, sent.at);
    }
    takeTurn();
}

void ActingClients::noteApplied(qint64 seq)
{
    m_appliedSeqs.emplace_back(seq, now());
    takeTurn();
}

/// Where the last one has been answered, and applied.
void ActingClients::takeTurn()
{
    if (m_turns == 0 || !m_sent.isEmpty() || m_appliedSeqs.empty() || m_appliedSeqs.back().first < m_seqs.second)
        return;
    if (--m_turns > 0)
        act(1);
}

std::vector<double> ActingClients::timesUntil(const std::vector<std::pair<qint64, double>> &reached) const
{
    std::vector<double> times;
    for (auto it = m_sentOfSeq.cbegin(); it != m_sentOfSeq.cend(); ++it) {
        const auto found = std::lower_bound(reached.cbegin(), reached.cend(), it.key(),
                                            [](const auto &place, qint64 seq) { return place.first < seq; });
        if (found != reached.cend())
            times.push_back(found->second - it.value());
    }
    return times;
}

void ActingClients::beginMeasuring()
{
    m_measured = {};
    m_sent.clear();
    m_sentOfSeq.clear();
    m_heardSeqs.clear();
    m_appliedSeqs.clear();
    m_seqs = {};
}

void ActingClients::endMeasuring(double begun)
{
    m_measured.seconds = (now() - begun) / 1000;
    m_measured.unanswered = m_sent.size();
    runFor(2000, [] { return false; });
    m_measured.heard = timesUntil(m_heardSeqs);
    m_measured.applied = timesUntil(m_appliedSeqs);
}

ActingClients::Measured ActingClients::measureTurns(int turns)
{
    beginMeasuring();
    const double begun = now();
    m_turns = turns;
    act(1);
    constexpr int patience = 600'000;
    runFor(patience, [this] { return m_turns == 0; });
    m_turns = 0;
    endMeasuring(begun);
    return m_measured;
}

ActingClients::Measured ActingClients::measure(const Load &load)
{
    beginMeasuring();
    const double begun = now();
    int made = 0;
    const int all = load.perSecond * load.seconds / load.inFrame;
    runFor(load.seconds * 3000, [&] {
        const double passed = now() - begun;
        while (made < all && made < passed * load.perSecond / 1000 / load.inFrame) {
            act(load.inFrame);
            ++made;
        }
        return made == all && m_sent.isEmpty();
    });
    endMeasuring(begun);
    return m_measured;
}

} // namespace Earshot
