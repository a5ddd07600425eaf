// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/sharedchannels.h"

#include "desk/questionjson.h"

namespace Earshot {

namespace {

/// What the server does meanwhile is a conversation with a network.
constexpr Duration patience = std::chrono::minutes(15);

QJsonObject on(ChannelId channel)
{
    return {{QStringLiteral("channel"), QString::number(channel.value)}};
}

Done doneOf(const Result<QJsonObject> &answer)
{
    return answer ? Done() : Done(tl::unexpected(answer.error()));
}

/// What failed altogether is one report with its error.
QList<ChannelReport> reportsOf(const Result<QJsonObject> &answer)
{
    const auto list = answer ? reportsFromWire(*answer) : tl::unexpected(answer.error());
    ChannelReport failed;
    if (!list)
        failed.error = list.error();
    return list ? *list : QList<ChannelReport>{failed};
}

} // namespace

SharedChannels::SharedChannels(ServerConnection &connection, const Clock &clock, SigningIn::MakeTransport makeTransport,
                               QObject *parent)
    : ChannelService(parent)
    , m_connection(connection)
    , m_signingIn(clock, std::move(makeTransport))
{
    connect(&m_signingIn, &SigningIn::pageReady, this, &ChannelService::signInPageReady);
}

template <class T>
QFuture<T> SharedChannels::ask(const char *method, const QJsonObject &arguments,
                               std::function<T(const Result<QJsonObject> &)> read)
{
    if (m_account.isEmpty())
        return readyFuture(read(fail(ErrorKind::transient)));
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    whenDone(m_connection.callOnce(m_account, {QString::fromLatin1(method), arguments}, patience), this,
             [promise, read = std::move(read)](const Result<QJsonObject> &answer) {
                 promise->addResult(read(answer));
                 promise->finish();
             });
    return promise->future();
}

QFuture<Result<QList<Finding>>> SharedChannels::discover(const QString &address)
{
    return ask<Result<QList<Finding>>>(
        "Channel/find", {{QStringLiteral("address"), address}}, [](const Result<QJsonObject> &answer) {
            return answer ? findingsFromWire(*answer) : Result<QList<Finding>>(tl::unexpected(answer.error()));
        });
}

QFuture<Result<QList<RemoteMessage>>> SharedChannels::preview(const NewChannel &wish)
{
    return ask<Result<QList<RemoteMessage>>>("Channel/preview", toWire(wish), [](const Result<QJsonObject> &answer) {
        return answer ? latestFromWire(*answer) : Result<QList<RemoteMessage>>(tl::unexpected(answer.error()));
    });
}

QFuture<Result<ChannelId>> SharedChannels::addChannel(NewChannel channel)
{
    return ask<Result<ChannelId>>(
        "Channel/add", toWire(channel), [](const Result<QJsonObject> &answer) -> Result<ChannelId> {
            if (!answer)
                return tl::unexpected(answer.error());
            return ChannelId(answer->value(QLatin1StringView("channel")).toString().toLongLong());
        });
}

QFuture<Done> SharedChannels::renewSecret(ChannelId channel, Secret secret)
{
    QJsonObject arguments = on(channel);
    arguments.insert(QStringLiteral("secret"),
                     QJsonObject{{QStringLiteral("base64"), QString::fromLatin1(secret.reveal().toBase64())}});
    return ask<Done>("Channel/renew", arguments, doneOf);
}

QFuture<Result<Capabilities>> SharedChannels::testChannel(ChannelId channel)
{
    return ask<Result<Capabilities>>(
        "Channel/test", on(channel), [](const Result<QJsonObject> &answer) -> Result<Capabilities> {
            if (!answer)
                return tl::unexpected(answer.error());
            return capabilitiesFromWire(answer->value(QLatin1StringView("capabilities")).toObject());
        });
}

QFuture<Done> SharedChannels::removeChannel(ChannelId channel)
{
    return ask<Done>("Channel/remove", on(channel), doneOf);
}

QFuture<QList<ChannelReport>> SharedChannels::askReports(const char *method, const QJsonObject &arguments)
{
    return ask<QList<ChannelReport>>(method, arguments, reportsOf);
}

QFuture<QList<ChannelReport>> SharedChannels::pull(ChannelId channel)
{
    return askReports("Channel/pull", channel.isValid() ? on(channel) : QJsonObject());
}

QFuture<QList<ChannelReport>> SharedChannels::deliver(bool skipUndoWindow)
{
    return askReports("Channel/deliver", {{QStringLiteral("skipUndoWindow"), skipUndoWindow}});
}

} // namespace Earshot
