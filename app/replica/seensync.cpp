// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/seensync.h"

#include "replica/performcall.h"
#include "replica/replicameta.h"

#include <utility>

namespace Earshot {

namespace {

QHash<ConversationId, MessageId> seenFrom(const QJsonValue &value)
{
    QHash<ConversationId, MessageId> seen;
    const QJsonObject json = value.toObject();
    for (auto it = json.constBegin(); it != json.constEnd(); ++it)
        seen.insert(ConversationId(it.key().toLongLong()), MessageId(it.value().toString().toLongLong()));
    seen.remove(ConversationId());
    return seen;
}

QJsonObject toWire(const SeenWork &work, const QString &incarnation)
{
    QJsonObject seen;
    for (auto it = work.state.seen.cbegin(); it != work.state.seen.cend(); ++it)
        seen.insert(QString::number(it.key().value),
                    QJsonObject{{QStringLiteral("message"), QString::number(it.value().value)},
                                {QStringLiteral("was"), QString::number(work.was.value(it.key()).value)}});
    return {{QStringLiteral("seen"), seen},
            {QStringLiteral("views"), toJson(work.state).value(QLatin1StringView("views"))},
            {QStringLiteral("ifIncarnation"), incarnation}};
}

} // namespace

SeenSync::SeenSync(Workspace &workspace, ServerConnection &connection, AgentId me, Duration betweenTries,
                   QObject *parent)
    : PersonalSync(workspace, connection, QStringLiteral("Personal"), ReplicaMeta::personal, betweenTries, parent)
    , m_me(me)
{
}

void SeenSync::take(const Answer &answer)
{
    SeenNews news;
    news.state.seen = seenFrom(answer.json.value(QLatin1StringView("seen")));
    news.state.views =
        personalFromJson({{QStringLiteral("views"), answer.json.value(QLatin1StringView("views"))}}).views;
    news.newState = answer.state;
    news.since = answer.since;
    news.isAnew = answer.isAnew;
    whenDone(workspace().write<void>(Urgency::bulk,
                                     [me = m_me, news](Writing &writing) { return takeSeen(writing, me, news); }),
             this, [this](const Done &taken) {
                 if (!taken)
                     setBehind();
                 onNoted(taken);
             });
}

void SeenSync::setCurrent(bool isCurrent)
{
    if (std::exchange(m_isCurrent, isCurrent) != isCurrent && isCurrent)
        wake();
}

void SeenSync::look()
{
    const auto work = workspace().read<SeenWork>([me = m_me, withViews = !m_areViewsRefused](Database &database) {
        return nextSeenWork(database, me, withViews);
    });
    whenDone(work, this, [this](const Result<SeenWork> &found) {
        if (!found)
            pause(found.error());
        else if (found->isEmpty() || !mayTell() || !m_isCurrent)
            end();
        else
            tell(*found);
    });
}

/// Told again it finds itself there. That it was told is in the file first: the program may end before it is answered.
void SeenSync::tell(const SeenWork &work)
{
    const auto noted =
        workspace().write<void>(Urgency::bulk, [work](Writing &writing) { return noteSaid(writing, work); });
    whenDone(noted, this, [this, work](const Done &done) {
        if (!done)
            pause(done.error());
        else if (!mayTell() || !m_isCurrent)
            end();
        else
            call({QStringLiteral("Personal/set"), toWire(work, session()->era.incarnation)},
                 [this, work](const Result<QJsonObject> &answer) { onTellAnswer(work, answer); });
    });
}

void SeenSync::onTellAnswer(const SeenWork &work, const Result<QJsonObject> &answer)
{
    if (!answer) {
        if (answer.error().kind == ErrorKind::unsupported)
            setServerOld();
        else if (isRefusedAsAWhole(answer.error().kind) && work.state.seen.isEmpty())
            m_areViewsRefused = true;
        else {
            // It may have been heard there.
            setBehind();
            pause(answer.error());
            return;
        }
        end(true);
        return;
    }
    setWell();
    const auto noted = workspace().write<void>(
        Urgency::bulk,
        [me = m_me, work, otherwise = seenFrom(answer->value(QLatin1StringView("otherwise"))),
         before = answer->value(QLatin1StringView("oldState")).toString(),
         after = answer->value(QLatin1StringView("newState")).toString()](Writing &writing) -> Done {
            noteSeenTold(writing, me, work, otherwise);
            // Nobody else told anything in between.
            if (ReplicaMeta::read(writing.database(), ReplicaMeta::personal) == before)
                ReplicaMeta::write(writing.database(), ReplicaMeta::personal, after);
            return {};
        });
    whenDone(noted, this, [this](const Done &done) { onNoted(done); });
}

void SeenSync::onNoted(const Done &done)
{
    if (done)
        end(true);
    else
        pause(done.error());
}

} // namespace Earshot
