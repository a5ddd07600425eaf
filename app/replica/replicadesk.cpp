// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicadesk.h"

#include "model/actionjson.h"

#include <QFile>
#include <QJsonArray>
#include <QTimer>

#include <algorithm>

namespace Earshot {

namespace {

/// Longer than this nobody waits for the rows of what the server has done already.
constexpr Duration longestWait = std::chrono::seconds(2);
constexpr Duration patience = std::chrono::seconds(30);
constexpr Duration betweenTries = std::chrono::seconds(1); ///< doubled each time
constexpr Duration longestBetweenTries = std::chrono::seconds(30);

QList<Outcome> allRefused(qsizetype count, RefusalKind kind, const QString &detail)
{
    Outcome outcome;
    outcome.kind = Outcome::Kind::refused;
    outcome.refusal.kind = kind;
    outcome.refusal.detail = detail;
    return QList<Outcome>(count, outcome);
}

/// What the server's failure means to who acted: whatever kept it from answering, the same action may be sent again.
RefusalKind refusalOf(const Error &error)
{
    const bool isRefused = error.kind == ErrorKind::authExpired || error.kind == ErrorKind::permission;
    return isRefused ? RefusalKind::permission : RefusalKind::unreachable;
}

QJsonObject wireOf(const Action &action)
{
    QJsonObject object = toJson(action);
    // The server knows who this device is.
    for (const char *name : {"device", "actor"})
        object.insert(QLatin1StringView(name), QJsonValue());
    return object;
}

Seq newestSeq(Workspace &workspace)
{
    const auto last = workspace.readNow<Seq>([](Database &database) -> Result<Seq> {
        Statement find = database.statement("select_last_seq");
        return find.next() ? find.integer(0) : 0;
    });
    return last.value_or(0);
}

} // namespace

/// Actions on their way.
struct ReplicaDesk::Performing
{
    QList<Action> actions;
    QList<OutgoingMedia> files; ///< to be there before
    QList<Outcome> outcomes;
    bool mayHaveArrived = false; ///< what was sent last
    int failures = 0;            ///< since the server last answered
    Seq upTo = 0;                ///< after which all that they did is visible
    QPromise<QList<Outcome>> promise;
    bool hasEnded = false;

    ~Performing()
    {
        if (!hasEnded) {
            promise.addResult(outcomes + allRefused(actions.size() - outcomes.size(), RefusalKind::unreachable, {}));
            promise.finish();
        }
    }
    void refuseRest(const Error &error)
    {
        outcomes += allRefused(actions.size() - outcomes.size(), refusalOf(error), error.detail);
    }
};

ReplicaDesk::ReplicaDesk(Workspace &workspace, ServerConnection &connection, AgentId me, QObject *parent)
    : Desk(parent)
    , m_workspace(workspace)
    , m_connection(connection)
    , m_me(me)
    , m_position(newestSeq(workspace))
    , m_presence(connection, workspace.clock())
    , m_personal([this](const PersonalState &state) { return writePersonal(state); })
    , m_viewCounter(workspace)
{
    m_status.kind = DeskStatus::Kind::offline;
    connect(&m_presence, &PresenceKeeper::changed, this, &Desk::presenceChanged);
    connect(&m_personal, &PersonalKeeper::failed, this, &Desk::personalStateFailed);
    connect(&workspace, &Workspace::committed, this, &ReplicaDesk::onCommitted);
}

ReplicaDesk::~ReplicaDesk()
{
    static_cast<void>(flushPersonal());
}

void ReplicaDesk::setStatus(const DeskStatus &status)
{
    if (m_status == status)
        return;
    const bool isAnother = m_status.kind != status.kind || m_status.why != status.why ||
                           qRound(m_status.share * 100) != qRound(status.share * 100);
    m_status = status;
    // It stops listening by itself as well, to begin anew.
    if (status.kind == DeskStatus::Kind::offline || status.kind == DeskStatus::Kind::refused)
        m_presence.forget();
    if (isAnother)
        Q_EMIT statusChanged();
}

void ReplicaDesk::setSession(const ServerSession &session)
{
    m_session = session;
    const QSet<QString> wanted = m_wanted;
    for (const QString &hash : wanted)
        fetch(hash);
}

void ReplicaDesk::wantMedia(const QString &hash)
{
    m_wanted.insert(hash);
    if (m_session)
        fetch(hash);
}

void ReplicaDesk::fetch(const QString &hash)
{
    if (m_fetching.contains(hash))
        return;
    m_fetching.insert(hash);
    whenDone(m_connection.fetchMedia(m_session->account, hash, m_workspace.mediaFolder()), this,
             [this, hash](const Done &fetched) {
                 m_fetching.remove(hash);
                 // What could not be had is asked for again when the server has been away, or somebody looks again.
                 if (fetched && m_wanted.remove(hash))
                     Q_EMIT mediaArrived(hash);
             });
}

QFuture<Done> ReplicaDesk::writePersonal(const PersonalState &state)
{
    return m_workspace.write<void>(Urgency::interactive, [agent = m_me, state](Writing &writing) -> Done {
        storePersonal(writing, agent, state);
        return {};
    });
}

QFuture<QList<Outcome>> ReplicaDesk::perform(QList<Action> actions)
{
    return performAs(m_me, actions);
}

QFuture<QList<Outcome>> ReplicaDesk::performAs(AgentId agent, const QList<Action> &actions)
{
    if (agent != m_me)
        return readyFuture(allRefused(actions.size(), RefusalKind::notPossible, QStringLiteral("replica")));
    if (!m_session)
        return readyFuture(allRefused(actions.size(), refusalOf(m_status.why), m_status.why.detail));
    if (actions.isEmpty())
        return readyFuture(QList<Outcome>());
    auto performing = std::make_shared<Performing>();
    performing->actions = actions;
    performing->promise.start();
    for (const Action &action : actions) {
        if (const auto *reply = std::get_if<Act::SendReply>(&action.arguments))
            performing->files += reply->media;
    }
    QFuture<QList<Outcome>> future = performing->promise.future();
    uploadNext(performing);
    return future;
}

void ReplicaDesk::uploadNext(const PerformingPointer &performing)
{
    if (performing->files.isEmpty()) {
        sendNext(performing);
        return;
    }
    const OutgoingMedia media = performing->files.takeFirst();
    QFile file(m_workspace.mediaFolder() + QLatin1Char('/') + media.hash);
    if (!file.open(QIODevice::ReadOnly)) {
        // Of another device of this agent's, or sent before: then the server has it, or says that it does not.
        uploadNext(performing);
        return;
    }
    whenDone(m_connection.upload(m_session->account, file.readAll(), media.type), this,
             [this, performing](const Result<QString> &uploaded) {
                 if (!uploaded) {
                     performing->refuseRest(uploaded.error());
                     end(performing);
                     return;
                 }
                 uploadNext(performing);
             });
}

void ReplicaDesk::sendNext(const PerformingPointer &performing)
{
    QJsonArray wishes;
    for (const Action &action : performing->actions.mid(performing->outcomes.size(), m_session->mostActions))
        wishes.append(wireOf(action));
    const ServerCall call{QStringLiteral("Action/perform"), {{QStringLiteral("actions"), wishes}}};
    whenDone(m_connection.callOnce(m_session->account, call, patience), this,
             [this, performing, count = wishes.size()](const Result<QJsonObject> &answer) {
                 onAnswered(performing, count, answer);
             });
}

void ReplicaDesk::onAnswered(const PerformingPointer &performing, qsizetype count, const Result<QJsonObject> &answer)
{
    if (!answer) {
        onFailed(performing, answer.error());
        return;
    }
    performing->mayHaveArrived = false;
    performing->failures = 0;
    const QJsonArray told = answer->value(QLatin1StringView("outcomes")).toArray();
    for (qsizetype i = 0; i < count; ++i) {
        const Result<Outcome> outcome = outcomeFromJson(told.at(i).toObject());
        performing->outcomes +=
            outcome ? QList<Outcome>{*outcome} : allRefused(1, RefusalKind::invalid, outcome.error().detail);
        performing->upTo = std::max(performing->upTo, performing->outcomes.constLast().seq);
    }
    if (performing->outcomes.size() < performing->actions.size())
        sendNext(performing);
    else
        finish(performing);
}

void ReplicaDesk::onFailed(const PerformingPointer &performing, const Error &error)
{
    performing->mayHaveArrived = performing->mayHaveArrived || error.kind == ErrorKind::unsure;
    if (performing->mayHaveArrived) {
        // Under its own id it is done once, however often it arrives. Another one in its place would be a second: so
        // nothing ends it but its outcome, not even that one is not let in for now.
        Duration pause = std::min(betweenTries * (1 << std::min(performing->failures++, 5)), longestBetweenTries);
        if (isKnown(error.until))
            pause = std::clamp(error.until - m_workspace.clock().now(), pause, Duration(std::chrono::minutes(5)));
        QTimer::singleShot(pause, this, [this, performing] { sendNext(performing); });
        return;
    }
    performing->refuseRest(error);
    finish(performing);
}

/// The server has answered: so that whoever asked sees what was done, the replica is to have it.
void ReplicaDesk::finish(const PerformingPointer &performing)
{
    if (performing->upTo <= m_position || m_status.kind != DeskStatus::Kind::current) {
        end(performing);
        return;
    }
    m_waiting.push_back(performing);
    QTimer::singleShot(longestWait, this, [this, performing] { end(performing); });
}

void ReplicaDesk::end(const PerformingPointer &performing)
{
    std::erase(m_waiting, performing);
    if (std::exchange(performing->hasEnded, true))
        return;
    performing->promise.addResult(performing->outcomes);
    performing->promise.finish();
}

void ReplicaDesk::onCommitted(const CommitNotice &notice)
{
    m_position = std::max(m_position, notice.last);
    Q_EMIT changed(notice);
    const std::vector<PerformingPointer> waiting = m_waiting;
    for (const PerformingPointer &performing : waiting) {
        if (performing->upTo <= m_position)
            end(performing);
    }
}

} // namespace Earshot
