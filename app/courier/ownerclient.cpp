// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/ownerclient.h"

#include "model/actionjson.h"
#include "model/future.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QPromise>

#include <memory>

namespace Earshot {

namespace {

constexpr Duration seekEvery = std::chrono::milliseconds(150);

/// A promise that ends with the first value that it is given; with `lost` when it is given none.
template <class T>
class Promised
{
public:
    explicit Promised(T lost)
        : m_lost(std::move(lost))
    {
        m_promise.start();
    }
    ~Promised() { end(m_lost); }
    Q_DISABLE_COPY_MOVE(Promised)
    [[nodiscard]] QFuture<T> future() { return m_promise.future(); }
    void end(const T &value)
    {
        if (std::exchange(m_hasEnded, true))
            return;
        m_promise.addResult(value);
        m_promise.finish();
    }
    void endWithLost() { end(m_lost); }

private:
    QPromise<T> m_promise;
    T m_lost;
    bool m_hasEnded = false;
};

Outcome unreachable()
{
    Outcome lost;
    lost.kind = Outcome::Kind::refused;
    lost.refusal.kind = RefusalKind::unreachable;
    return lost;
}

Error noOwner()
{
    return {ErrorKind::locked, QStringLiteral("the process that has this workspace open does not answer"), {}};
}

} // namespace

OwnerClient::OwnerClient(const QString &workspacePath, TakeOver takeOver, Duration patience, QObject *parent)
    : QObject(parent)
    , m_path(workspacePath)
    , m_takeOver(std::move(takeOver))
    , m_patience(patience)
{
    connect(&m_socket, &QLocalSocket::connected, this, &OwnerClient::onConnected);
    connect(&m_socket, &QLocalSocket::readyRead, this, &OwnerClient::onReadable);
    connect(&m_socket, &QLocalSocket::disconnected, this, &OwnerClient::onGone);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, &OwnerClient::onGone);
    m_seek.setSingleShot(true);
    connect(&m_seek, &QTimer::timeout, this, &OwnerClient::seek);
    m_giveUp.setSingleShot(true);
    connect(&m_giveUp, &QTimer::timeout, this, &OwnerClient::giveUp);
    m_socket.connectToServer(ownerSocketName(m_path));
}

OwnerClient::~OwnerClient()
{
    // The socket says its farewell while it is destroyed, when our other members are gone already.
    m_socket.disconnect(this);
    giveUp();
}

void OwnerClient::send(Request request)
{
    if (m_hasGivenUp) {
        request.answer(std::nullopt);
        return;
    }
    const int id = ++m_lastId;
    const auto kept = m_waiting.emplace(id, std::move(request)).first;
    if (isConnected())
        write(id, kept->second);
}

void OwnerClient::write(int id, const Request &request)
{
    const QJsonObject line{{QStringLiteral("id"), id},
                           {QStringLiteral("method"), request.method},
                           {QStringLiteral("arguments"), request.arguments}};
    m_socket.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
}

void OwnerClient::onConnected()
{
    m_seek.stop();
    m_giveUp.stop();
    m_hasGivenUp = false;
    m_buffer.clear();
    const bool isAnother = std::exchange(m_wasConnected, true);
    write(0, {QStringLiteral("Desk/follow"), {}, {}, {}});
    // Whoever was asked before has ended without an answer; what it did is known by the action's id.
    for (const auto &[id, request] : m_waiting)
        write(id, request);
    if (isAnother) {
        CommitNotice anything;
        anything.hasDeliveries = true;
        anything.hasChannels = true;
        Q_EMIT changed(anything);
    }
}

void OwnerClient::onReadable()
{
    m_buffer += m_socket.readAll();
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
        const QJsonObject message = QJsonDocument::fromJson(m_buffer.first(end)).object();
        m_buffer.remove(0, end + 1);
        const QJsonValue notice = message.value(QLatin1StringView("changed"));
        if (notice.isObject()) {
            Q_EMIT changed(noticeFromJson(notice.toObject()));
            continue;
        }
        const auto node = m_waiting.extract(message.value(QLatin1StringView("id")).toInt());
        if (!node.empty())
            node.mapped().answer(message.value(QLatin1StringView("result")).toObject());
    }
}

void OwnerClient::onGone()
{
    if (!m_giveUp.isActive() && !m_hasGivenUp)
        m_giveUp.start(m_patience);
    if (!m_seek.isActive())
        m_seek.start(seekEvery);
}

void OwnerClient::seek()
{
    if (m_socket.state() != QLocalSocket::UnconnectedState)
        return;
    if (m_takeOver) {
        if (const std::optional<Heir> heir = m_takeOver()) {
            handOver(*heir);
            return;
        }
    }
    m_socket.connectToServer(ownerSocketName(m_path));
}

void OwnerClient::handOver(const Heir &heir)
{
    m_socket.disconnect(this);
    m_giveUp.stop();
    const std::map<int, Request> waiting = std::exchange(m_waiting, {});
    for (const auto &[id, request] : waiting)
        request.doHere(heir);
}

void OwnerClient::giveUp()
{
    // Goes on seeking, but nobody waits for it any longer.
    m_hasGivenUp = true;
    const std::map<int, Request> waiting = std::exchange(m_waiting, {});
    for (const auto &[id, request] : waiting)
        request.answer(std::nullopt);
}

QFuture<QList<Outcome>> OwnerClient::perform(AgentId agent, const QList<Action> &actions)
{
    const qsizetype count = actions.size();
    auto promised = std::make_shared<Promised<QList<Outcome>>>(QList<Outcome>(count, unreachable()));
    QFuture<QList<Outcome>> future = promised->future();
    QJsonArray list;
    for (const Action &action : actions)
        list.append(toJson(action));
    const auto answer = [promised, count](const std::optional<QJsonObject> &result) {
        const QJsonArray answers = result ? result->value(QLatin1StringView("outcomes")).toArray() : QJsonArray();
        QList<Outcome> outcomes;
        for (qsizetype i = 0; i < count; ++i)
            outcomes.append(outcomeFromJson(answers.at(i).toObject()).value_or(unreachable()));
        promised->end(outcomes);
    };
    send({QStringLiteral("Action/perform"),
          {{QStringLiteral("agent"), agent.value}, {QStringLiteral("actions"), list}},
          answer,
          [this, promised, agent, actions](const Heir &heir) {
              whenDone(heir.desk->performAs(agent, actions), this,
                       [promised](const QList<Outcome> &outcomes) { promised->end(outcomes); });
          }});
    return future;
}

QFuture<Done> OwnerClient::savePersonal(AgentId agent, const PersonalState &state)
{
    auto promised = std::make_shared<Promised<Done>>(Done(tl::unexpected(noOwner())));
    QFuture<Done> future = promised->future();
    const auto answer = [promised](const std::optional<QJsonObject> &result) {
        if (!result) {
            promised->endWithLost();
            return;
        }
        const QString failure = result->value(QLatin1StringView("failure")).toString();
        promised->end(failure.isEmpty() ? Done() : Done(fail(fromWord<ErrorKind>(failure).value_or(ErrorKind::io))));
    };
    send({QStringLiteral("Personal/save"),
          {{QStringLiteral("agent"), agent.value}, {QStringLiteral("state"), toJson(state)}},
          answer,
          [this, promised, agent, state](const Heir &heir) {
              whenDone(heir.desk->savePersonalAs(agent, state), this,
                       [promised](const Done &done) { promised->end(done); });
          }});
    return future;
}

QFuture<QList<ChannelReport>> OwnerClient::ask(const QString &method, const QJsonObject &arguments,
                                               std::function<QFuture<QList<ChannelReport>>(const Heir &)> doHere)
{
    ChannelReport lost;
    lost.error = noOwner();
    auto promised = std::make_shared<Promised<QList<ChannelReport>>>(QList<ChannelReport>{lost});
    QFuture<QList<ChannelReport>> future = promised->future();
    const auto answer = [promised](const std::optional<QJsonObject> &result) {
        if (!result) {
            promised->endWithLost();
            return;
        }
        QList<ChannelReport> reports;
        const QJsonArray list = result->value(QLatin1StringView("reports")).toArray();
        for (const QJsonValue &report : list)
            reports.append(reportFromJson(report.toObject()));
        promised->end(reports);
    };
    send({method, arguments, answer, [this, promised, doHere = std::move(doHere)](const Heir &heir) {
              whenDone(doHere(heir), this, [promised](const QList<ChannelReport> &reports) { promised->end(reports); });
          }});
    return future;
}

QFuture<QList<ChannelReport>> OwnerClient::pull(ChannelId channel)
{
    return ask(QStringLiteral("Courier/pull"), {{QStringLiteral("channel"), channel.value}},
               [channel](const Heir &heir) { return heir.channels->pull(channel); });
}

QFuture<QList<ChannelReport>> OwnerClient::deliver(bool skipUndoWindow)
{
    return ask(QStringLiteral("Courier/deliver"), {{QStringLiteral("skipUndoWindow"), skipUndoWindow}},
               [skipUndoWindow](const Heir &heir) { return heir.channels->deliver(skipUndoWindow); });
}

QFuture<bool> OwnerClient::isThere()
{
    auto promised = std::make_shared<Promised<bool>>(false);
    QFuture<bool> future = promised->future();
    send({QStringLiteral("Core/echo"),
          {},
          [promised](const std::optional<QJsonObject> &result) { promised->end(result.has_value()); },
          [promised](const Heir &) { promised->end(true); }});
    return future;
}

} // namespace Earshot
