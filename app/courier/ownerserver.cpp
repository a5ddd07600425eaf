// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/ownerserver.h"

#include "courier/accesschange.h"
#include "model/actionjson.h"
#include "model/future.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>

namespace Earshot {

namespace {

constexpr qint64 longestLine = 64LL * 1024 * 1024;
/// A follower that does not read is no longer told: it asks anew when it comes back.
constexpr qint64 mostUnread = 16LL * 1024 * 1024;

Outcome refusedAs(const Error &error)
{
    Outcome outcome;
    outcome.kind = Outcome::Kind::refused;
    outcome.refusal.kind = RefusalKind::invalid;
    outcome.refusal.detail = error.detail;
    return outcome;
}

} // namespace

OwnerServer::OwnerServer(LocalDesk &desk, ChannelService &channels, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_channels(channels)
{
    const QString name = ownerSocketName(desk.workspace().path());
    QDir().mkpath(QFileInfo(name).path());
    // We hold the file's lock, so whoever had this name has ended.
    QLocalServer::removeServer(name);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &OwnerServer::onConnected);
    connect(&desk, &Desk::changed, this, &OwnerServer::tellFollowers);
    if (!m_server.listen(name))
        qWarning("No local socket for other commands: %s", qPrintable(m_server.errorString()));
}

void OwnerServer::onConnected()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        socket->setParent(this);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onReadable(socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            m_followers.remove(socket);
            socket->deleteLater();
        });
    }
}

void OwnerServer::onReadable(QLocalSocket *socket)
{
    if (!socket->canReadLine() && socket->bytesAvailable() > longestLine) {
        socket->abort();
        return;
    }
    while (socket->canReadLine())
        handle(socket, QJsonDocument::fromJson(socket->readLine()).object());
}

void OwnerServer::handle(QLocalSocket *socket, const QJsonObject &request)
{
    const int id = request.value(QLatin1StringView("id")).toInt();
    const QString method = request.value(QLatin1StringView("method")).toString();
    const QJsonObject arguments = request.value(QLatin1StringView("arguments")).toObject();
    if (method == QLatin1StringView("Action/perform"))
        perform(socket, id, arguments);
    else if (method == QLatin1StringView("Access/store"))
        storeAccess(socket, id, arguments);
    else if (method == QLatin1StringView("Workspace/adopt"))
        adopt(socket, id);
    else if (method == QLatin1StringView("Personal/save"))
        savePersonal(socket, id, arguments);
    else if (method == QLatin1StringView("Desk/follow"))
        m_followers.insert(socket);
    else if (method == QLatin1StringView("Courier/pull"))
        answerReports(socket, id,
                      m_channels.pull(ChannelId(arguments.value(QLatin1StringView("channel")).toInteger())));
    else if (method == QLatin1StringView("Courier/deliver"))
        answerReports(socket, id, m_channels.deliver(arguments.value(QLatin1StringView("skipUndoWindow")).toBool()));
    else
        answer(socket, id, arguments);
}

void OwnerServer::perform(QLocalSocket *socket, int id, const QJsonObject &arguments)
{
    QList<Action> actions;
    std::optional<Error> problem;
    const QJsonArray list = arguments.value(QLatin1StringView("actions")).toArray();
    for (const QJsonValue &value : list) {
        const Result<Action> action = actionFromJson(value.toObject());
        if (action)
            actions.append(*action);
        else if (!problem)
            problem = action.error();
    }
    const auto reply = [socket = QPointer<QLocalSocket>(socket), id](const QList<Outcome> &outcomes) {
        QJsonArray answers;
        for (const Outcome &outcome : outcomes)
            answers.append(toJson(outcome));
        if (socket)
            answer(socket, id, {{QStringLiteral("outcomes"), answers}});
    };
    if (problem) {
        reply(QList<Outcome>(list.size(), refusedAs(*problem)));
        return;
    }
    const AgentId agent(arguments.value(QLatin1StringView("agent")).toInteger());
    whenDone(m_desk.performAs(agent, actions), this, reply);
}

void OwnerServer::adopt(QLocalSocket *socket, int id)
{
    whenDone(m_desk.workspace().adopt(), socket, [socket, id](const Done &done) {
        answer(socket, id,
               {{QStringLiteral("failure"), done ? QString() : word(done.error().kind)},
                {QStringLiteral("detail"), done ? QString() : done.error().detail}});
    });
}

void OwnerServer::storeAccess(QLocalSocket *socket, int id, const QJsonObject &arguments)
{
    const auto reply = [socket, id](const Result<bool> &result) {
        answer(socket, id,
               {{QStringLiteral("failure"), result ? QString() : word(result.error().kind)},
                {QStringLiteral("detail"), result ? QString() : result.error().detail}});
    };
    const Result<AccessChange> change = accessChangeFromJson(arguments);
    if (!change) {
        reply(tl::unexpected(change.error()));
        return;
    }
    const auto stored = m_desk.workspace().write<bool>(
        Urgency::interactive, [change = *change](Writing &writing) { return storeAccessChange(writing, change); });
    whenDone(stored, socket, reply);
}

void OwnerServer::savePersonal(QLocalSocket *socket, int id, const QJsonObject &arguments)
{
    const AgentId agent(arguments.value(QLatin1StringView("agent")).toInteger());
    const PersonalState state = personalFromJson(arguments.value(QLatin1StringView("state")).toObject());
    whenDone(m_desk.savePersonalAs(agent, state), socket, [socket, id](const Done &done) {
        answer(socket, id, {{QStringLiteral("failure"), done ? QString() : word(done.error().kind)}});
    });
}

void OwnerServer::tellFollowers(const CommitNotice &notice)
{
    if (m_followers.isEmpty())
        return;
    const QByteArray line =
        QJsonDocument(QJsonObject{{QStringLiteral("changed"), toJson(notice)}}).toJson(QJsonDocument::Compact) + '\n';
    const QSet<QLocalSocket *> followers = m_followers;
    for (QLocalSocket *socket : followers) {
        if (socket->bytesToWrite() > mostUnread)
            socket->abort();
        else
            socket->write(line);
    }
}

void OwnerServer::answerReports(QLocalSocket *socket, int id, const QFuture<QList<ChannelReport>> &reports)
{
    whenDone(reports, socket, [socket, id](const QList<ChannelReport> &list) {
        QJsonArray answers;
        for (const ChannelReport &report : list)
            answers.append(toJson(report));
        answer(socket, id, {{QStringLiteral("reports"), answers}});
    });
}

void OwnerServer::answer(QLocalSocket *socket, int id, const QJsonObject &result)
{
    const QJsonObject message{{QStringLiteral("id"), id}, {QStringLiteral("result"), result}};
    socket->write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace Earshot
