// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A workplace in a file on this machine.

#include "cli/await.h"
#include "cli/workplace.h"
#include "courier/ownerwire.h"
#include "desk/answering.h"
#include "workspace/facts.h"
#include "workspace/mediafolder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>

namespace Earshot {

namespace {

constexpr int answerMs = 10'000;

Error asError(const QJsonObject &result)
{
    const auto kind = fromWord<ErrorKind>(result.value(QLatin1StringView("failure")).toString());
    return {kind.value_or(ErrorKind::unknown), result.value(QLatin1StringView("detail")).toString(), {}};
}

/// Hands it to the process that has the workspace open.
Done askOwner(const QString &path, const QString &method, const QJsonObject &arguments)
{
    QLocalSocket socket;
    socket.connectToServer(ownerSocketName(path));
    const QJsonObject request{
        {QStringLiteral("id"), 1}, {QStringLiteral("method"), method}, {QStringLiteral("arguments"), arguments}};
    socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(answerMs))
            return fail(ErrorKind::locked, QStringLiteral("the process that has this workspace open does not answer"));
    }
    const QJsonObject answer = QJsonDocument::fromJson(socket.readLine()).object();
    const QJsonObject result = answer.value(QLatin1StringView("result")).toObject();
    // A program that does not know the method answers with what it was asked.
    if (!result.contains(QLatin1StringView("failure")))
        return fail(ErrorKind::unsupported, QStringLiteral("the program that has this workspace open is too old"));
    if (!result.value(QLatin1StringView("failure")).toString().isEmpty())
        return tl::unexpected(asError(result));
    return {};
}

class FilePlace final : public Workplace
{
public:
    FilePlace(std::unique_ptr<Session> session, Interrupt &interrupt)
        : m_session(std::move(session))
        , m_interrupt(interrupt)
    {
    }

    [[nodiscard]] QString name() const override { return m_session->workspace().path(); }
    [[nodiscard]] AgentId me() const override { return m_session->desk().me(); }

    [[nodiscard]] Result<Answer> answer(const Question &question) override
    {
        Workspace &workspace = m_session->workspace();
        return workspace.readNow<Answer>([&](Database &database) -> Result<Answer> {
            const auto actor = loadActor(database, me());
            if (!actor)
                return fail(ErrorKind::notFound, QStringLiteral("no such agent"));
            Reading reading{
                database, me(), actor->role, actor->hiddenChannels, workspace.clock().now(), fileOverview(workspace)};
            return answerQuestion(reading, question);
        });
    }

    [[nodiscard]] Result<HistoryReach> reach() override
    {
        return m_session->workspace().readNow<HistoryReach>(loadHistoryReach);
    }

    [[nodiscard]] Result<QList<Outcome>> perform(const QList<Action> &actions) override
    {
        return awaitValue(m_session->desk().perform(actions), m_interrupt);
    }
    [[nodiscard]] ChannelService &channels() override { return m_session->channels(); }
    [[nodiscard]] Result<OutgoingMedia> keepFile(const QString &file, const QString &description) override
    {
        return keepMedia(m_session->workspace().mediaFolder(), file, description);
    }

    [[nodiscard]] Done changeAccess(const AccessChange &wished) override
    {
        AccessChange change = wished;
        change.by = me();
        Workspace &workspace = m_session->workspace();
        if (!m_session->isOwner())
            return askOwner(workspace.path(), QStringLiteral("Access/store"), toJson(change));
        const auto stored = workspace.write<bool>(
            Urgency::interactive, [change](Writing &writing) { return storeAccessChange(writing, change); });
        const Result<bool> result = await(stored, m_interrupt);
        return result ? Done() : tl::unexpected(result.error());
    }

    [[nodiscard]] Done adopt() override
    {
        if (!m_session->isOwner())
            return askOwner(m_session->workspace().path(), QStringLiteral("Workspace/adopt"), {});
        return await(m_session->workspace().adopt(), m_interrupt);
    }
    [[nodiscard]] Done close() override { return await(m_session->close(), m_interrupt); }

private:
    std::unique_ptr<Session> m_session;
    Interrupt &m_interrupt;
};

} // namespace

Result<std::unique_ptr<Workplace>> openFile(Session::Options options, const Clock &clock, Interrupt &interrupt)
{
    Result<std::unique_ptr<Session>> session = Session::open(std::move(options), clock);
    if (!session)
        return tl::unexpected(session.error());
    return std::unique_ptr<Workplace>(new FilePlace(*std::move(session), interrupt));
}

} // namespace Earshot
