// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/ownerclient.h"

#include "model/actionjson.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPromise>
#include <QStandardPaths>

#include <memory>

namespace Earshot {

QString ownerSocketName(const QString &workspacePath)
{
    const QByteArray path = QFileInfo(workspacePath).canonicalFilePath().toUtf8();
    const QString hash =
        QString::fromLatin1(QCryptographicHash::hash(path, QCryptographicHash::Blake2b_256).toHex().left(24));
    // A folder of the user's own: nobody else can be there first under the name.
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return folder + QStringLiteral("/earshot-") + hash;
}

OwnerClient::OwnerClient(const QString &workspacePath, QObject *parent)
    : QObject(parent)
{
    connect(&m_socket, &QLocalSocket::readyRead, this, &OwnerClient::onReadable);
    connect(&m_socket, &QLocalSocket::disconnected, this, &OwnerClient::onGone);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, &OwnerClient::onGone);
    m_socket.connectToServer(ownerSocketName(workspacePath));
}

OwnerClient::~OwnerClient()
{
    // The socket says its farewell while it is destroyed, when our other members are gone already.
    m_socket.disconnect(this);
    onGone();
}

void OwnerClient::send(const QString &method, const QJsonObject &arguments, Answer answer)
{
    const bool isUsable =
        m_socket.state() == QLocalSocket::ConnectedState || m_socket.state() == QLocalSocket::ConnectingState;
    if (!isUsable) {
        answer(std::nullopt);
        return;
    }
    const int id = ++m_lastId;
    m_waiting.insert(id, std::move(answer));
    const QJsonObject request{
        {QStringLiteral("id"), id}, {QStringLiteral("method"), method}, {QStringLiteral("arguments"), arguments}};
    m_socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
}

void OwnerClient::onReadable()
{
    m_buffer += m_socket.readAll();
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
        const QJsonObject message = QJsonDocument::fromJson(m_buffer.first(end)).object();
        m_buffer.remove(0, end + 1);
        const Answer answer = m_waiting.take(message.value(QLatin1StringView("id")).toInt());
        if (answer)
            answer(message.value(QLatin1StringView("result")).toObject());
    }
}

void OwnerClient::onGone()
{
    const QHash<int, Answer> waiting = std::exchange(m_waiting, {});
    for (const Answer &answer : waiting)
        answer(std::nullopt);
}

QFuture<QList<Outcome>> OwnerClient::perform(AgentId agent, const QList<Action> &actions)
{
    auto promise = std::make_shared<QPromise<QList<Outcome>>>();
    promise->start();
    QJsonArray list;
    for (const Action &action : actions)
        list.append(toJson(action));
    const QJsonObject arguments{{QStringLiteral("agent"), agent.value}, {QStringLiteral("actions"), list}};
    send(QStringLiteral("Action/perform"), arguments,
         [promise, n = actions.size()](const std::optional<QJsonObject> &result) {
             const QJsonArray answers = result ? result->value(QLatin1StringView("outcomes")).toArray() : QJsonArray();
             QList<Outcome> outcomes;
             for (qsizetype i = 0; i < n; ++i) {
                 const Result<Outcome> outcome = outcomeFromJson(answers.at(i).toObject());
                 Outcome lost;
                 lost.kind = Outcome::Kind::refused;
                 lost.refusal.kind = RefusalKind::unreachable;
                 outcomes.append(outcome ? *outcome : lost);
             }
             promise->addResult(outcomes);
             promise->finish();
         });
    return promise->future();
}

QFuture<QList<ChannelReport>> OwnerClient::ask(const QString &method, const QJsonObject &arguments)
{
    auto promise = std::make_shared<QPromise<QList<ChannelReport>>>();
    promise->start();
    send(method, arguments, [promise](const std::optional<QJsonObject> &result) {
        QList<ChannelReport> reports;
        if (!result) {
            ChannelReport lost;
            lost.error = Error{
                ErrorKind::locked, QStringLiteral("the process that has this workspace open does not answer"), {}};
            reports.append(lost);
        } else {
            const QJsonArray list = result->value(QLatin1StringView("reports")).toArray();
            for (const QJsonValue &value : list)
                reports.append(reportFromJson(value.toObject()));
        }
        promise->addResult(reports);
        promise->finish();
    });
    return promise->future();
}

QFuture<QList<ChannelReport>> OwnerClient::pull(ChannelId channel)
{
    return ask(QStringLiteral("Courier/pull"), {{QStringLiteral("channel"), channel.value}});
}

QFuture<QList<ChannelReport>> OwnerClient::deliver(bool skipUndoWindow)
{
    return ask(QStringLiteral("Courier/deliver"), {{QStringLiteral("skipUndoWindow"), skipUndoWindow}});
}

QFuture<bool> OwnerClient::isThere()
{
    auto promise = std::make_shared<QPromise<bool>>();
    promise->start();
    send(QStringLiteral("Core/echo"), {}, [promise](const std::optional<QJsonObject> &result) {
        promise->addResult(result.has_value());
        promise->finish();
    });
    return promise->future();
}

QJsonObject toJson(const ChannelReport &report)
{
    QJsonObject json{{QStringLiteral("channel"), report.channel.value},
                     {QStringLiteral("name"), report.name},
                     {QStringLiteral("messages"), report.messages},
                     {QStringLiteral("changes"), report.changes},
                     {QStringLiteral("sent"), report.sent},
                     {QStringLiteral("waiting"), report.waiting},
                     {QStringLiteral("failed"), report.failed},
                     {QStringLiteral("unsure"), report.unsure}};
    if (report.error) {
        json.insert(QStringLiteral("error"), QJsonObject{{QStringLiteral("kind"), word(report.error->kind)},
                                                         {QStringLiteral("detail"), report.error->detail},
                                                         {QStringLiteral("until"), toMs(report.error->until)}});
    }
    return json;
}

ChannelReport reportFromJson(const QJsonObject &json)
{
    ChannelReport report;
    const auto number = [&json](QLatin1StringView name) { return json.value(name).toInt(); };
    report.channel = ChannelId(json.value(QLatin1StringView("channel")).toInteger());
    report.name = json.value(QLatin1StringView("name")).toString();
    report.messages = number(QLatin1StringView("messages"));
    report.changes = number(QLatin1StringView("changes"));
    report.sent = number(QLatin1StringView("sent"));
    report.waiting = number(QLatin1StringView("waiting"));
    report.failed = number(QLatin1StringView("failed"));
    report.unsure = number(QLatin1StringView("unsure"));
    const QJsonObject error = json.value(QLatin1StringView("error")).toObject();
    if (!error.isEmpty()) {
        report.error =
            Error{fromWord<ErrorKind>(error.value(QLatin1StringView("kind")).toString()).value_or(ErrorKind::unknown),
                  error.value(QLatin1StringView("detail")).toString(),
                  timeFromMs(error.value(QLatin1StringView("until")).toInteger())};
    }
    return report;
}

} // namespace Earshot
