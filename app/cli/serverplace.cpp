// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/serverplace.h"

#include "desk/questionjson.h"
#include "model/actionjson.h"
#include "model/future.h"
#include "networks/browsersignin.h"
#include "networks/networktransport.h"
#include "networks/registry.h"

#include <QFile>
#include <QJsonArray>
#include <QMimeDatabase>

namespace Earshot {

namespace {

constexpr qint64 largestFile = 100LL * 1024 * 1024;
/// Until all channels were pulled, or all that was due was sent.
constexpr Duration networkPatience = std::chrono::minutes(15);

Error unsupportedHere()
{
    return {ErrorKind::unsupported, QStringLiteral("the command line does not ask this of a server"), {}};
}

/// The networks, as the server speaks to them. Every future has ended when it is returned, but that of a sign-in.
class ServerChannels final : public ChannelService
{
public:
    explicit ServerChannels(JmapClient &client)
        : m_client(client)
    {
    }

    QFuture<Result<QList<Finding>>> discover(const QString &address) override
    {
        const auto answer = call("Channel/find", {{QStringLiteral("address"), address}});
        return readyFuture(answer ? findingsFromWire(*answer) : tl::unexpected(answer.error()));
    }
    QFuture<Result<QList<RemoteMessage>>> preview(const NewChannel &) override
    {
        return readyFuture(Result<QList<RemoteMessage>>(tl::unexpected(unsupportedHere())));
    }
    QFuture<Result<ChannelId>> addChannel(NewChannel channel) override
    {
        const auto answer = call("Channel/add", toWire(channel));
        if (!answer)
            return readyFuture(Result<ChannelId>(tl::unexpected(answer.error())));
        return readyFuture(
            Result<ChannelId>(ChannelId(answer->value(QLatin1StringView("channel")).toString().toLongLong())));
    }
    /// On this machine, where the person and the browser are; the server is given what it brought.
    QFuture<Result<Secret>> signIn(const Finding &finding) override
    {
        if (!m_network)
            m_network = std::make_unique<NetworkTransport>();
        m_signIn = makeSignIn(finding.network, finding.address, {m_network.get(), &m_clock});
        if (!m_signIn)
            return readyFuture(Result<Secret>(fail(ErrorKind::unsupported, word(finding.network))));
        connect(m_signIn.get(), &BrowserSignIn::authorize, this, &ChannelService::signInPageReady);
        auto pending = Pending<Secret>::create();
        whenDone(m_signIn->start(), this, [pending](const Result<SignedIn> &signedIn) {
            pending->end(signedIn ? Result<Secret>(signedIn->token) : Result<Secret>(tl::unexpected(signedIn.error())));
        });
        return pending->future();
    }
    void cancelSignIn() override { m_signIn.reset(); }
    QFuture<Done> renewSecret(ChannelId channel, Secret secret) override
    {
        QJsonObject arguments = on(channel);
        arguments.insert(QStringLiteral("secret"),
                         QJsonObject{{QStringLiteral("base64"), QString::fromLatin1(secret.reveal().toBase64())}});
        return ended(call("Channel/renew", arguments));
    }
    QFuture<Result<Capabilities>> testChannel(ChannelId channel) override
    {
        const auto answer = call("Channel/test", on(channel));
        return readyFuture(answer ? capabilitiesFromWire(answer->value(QLatin1StringView("capabilities")).toObject())
                                  : tl::unexpected(answer.error()));
    }
    QFuture<Done> removeChannel(ChannelId channel) override { return ended(call("Channel/remove", on(channel))); }
    QFuture<QList<ChannelReport>> pull(ChannelId channel) override
    {
        return reports(call("Channel/pull", channel.isValid() ? on(channel) : QJsonObject()));
    }
    QFuture<QList<ChannelReport>> deliver(bool skipUndoWindow) override
    {
        return reports(call("Channel/deliver", {{QStringLiteral("skipUndoWindow"), skipUndoWindow}}));
    }

private:
    [[nodiscard]] static QJsonObject on(ChannelId channel)
    {
        return {{QStringLiteral("channel"), QString::number(channel.value)}};
    }
    [[nodiscard]] Result<QJsonObject> call(const char *method, const QJsonObject &arguments)
    {
        return m_client.call(QString::fromLatin1(method), arguments, false, networkPatience);
    }
    [[nodiscard]] static QFuture<Done> ended(const Result<QJsonObject> &answer)
    {
        return readyFuture(answer ? Done() : Done(tl::unexpected(answer.error())));
    }
    /// What failed altogether is one report with its error.
    [[nodiscard]] static QFuture<QList<ChannelReport>> reports(const Result<QJsonObject> &answer)
    {
        const auto list = answer ? reportsFromWire(*answer) : tl::unexpected(answer.error());
        ChannelReport failed;
        if (!list)
            failed.error = list.error();
        return readyFuture(list ? *list : QList<ChannelReport>{failed});
    }

    JmapClient &m_client;
    SystemClock m_clock;
    std::unique_ptr<NetworkTransport> m_network; ///< for sign-ins only
    std::unique_ptr<BrowserSignIn> m_signIn;
};

class ServerPlace final : public Workplace
{
public:
    explicit ServerPlace(std::unique_ptr<JmapClient> client)
        : m_client(std::move(client))
        , m_channels(*m_client)
    {
    }

    [[nodiscard]] QString name() const override { return m_client->server().toString(); }
    [[nodiscard]] AgentId me() const override { return m_client->agent(); }

    [[nodiscard]] Result<Answer> answer(const Question &question) override
    {
        const auto answer = m_client->call(methodOf(question), toJson(question), true);
        return answer ? answerFromJson(question, *answer) : tl::unexpected(answer.error());
    }

    [[nodiscard]] Result<QList<Outcome>> perform(const QList<Action> &actions) override
    {
        QList<Outcome> outcomes;
        for (qsizetype from = 0; from < actions.size(); from += m_client->mostActions()) {
            QJsonArray list;
            for (const Action &action : actions.mid(from, m_client->mostActions()))
                list.append(toJson(action));
            // An action's id tells a repeat, so a lost answer may be asked for again.
            const auto answer =
                m_client->call(QStringLiteral("Action/perform"), {{QStringLiteral("actions"), list}}, true);
            if (!answer)
                return tl::unexpected(answer.error());
            const QJsonArray told = answer->value(QLatin1StringView("outcomes")).toArray();
            for (const QJsonValue &one : told) {
                const Result<Outcome> outcome = outcomeFromJson(one.toObject());
                if (!outcome)
                    return fail(ErrorKind::malformed, outcome.error().detail);
                outcomes.append(*outcome);
            }
        }
        return outcomes;
    }

    [[nodiscard]] ChannelService &channels() override { return m_channels; }

    [[nodiscard]] Result<OutgoingMedia> keepFile(const QString &file, const QString &description) override
    {
        QFile source(file);
        if (!source.open(QIODevice::ReadOnly))
            return fail(source.exists() ? ErrorKind::io : ErrorKind::notFound,
                        QStringLiteral("%1: %2").arg(file, source.errorString()));
        if (source.size() > largestFile)
            return fail(ErrorKind::tooLarge,
                        QStringLiteral("%1 has more than %2 bytes").arg(file, QString::number(largestFile)));
        const QString type = QMimeDatabase().mimeTypeForFile(file).name();
        const Result<QString> blob = m_client->upload(source.readAll(), type);
        return blob ? Result<OutgoingMedia>(OutgoingMedia{*blob, type, description}) : tl::unexpected(blob.error());
    }

    [[nodiscard]] Done changeAccess(const AccessChange &change) override
    {
        return done(m_client->call(QStringLiteral("Access/change"), toJson(change), false));
    }
    [[nodiscard]] Done adopt() override { return done(m_client->call(QStringLiteral("Workspace/adopt"), {}, false)); }
    [[nodiscard]] Done close() override { return {}; }

private:
    [[nodiscard]] static Done done(const Result<QJsonObject> &answer)
    {
        return answer ? Done() : Done(tl::unexpected(answer.error()));
    }

    std::unique_ptr<JmapClient> m_client;
    ServerChannels m_channels;
};

} // namespace

Result<std::unique_ptr<Workplace>> openServer(std::unique_ptr<JmapClient> client)
{
    if (Done begun = client->begin(); !begun)
        return tl::unexpected(begun.error());
    return std::unique_ptr<Workplace>(new ServerPlace(std::move(client)));
}

} // namespace Earshot
