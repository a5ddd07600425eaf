// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/personalsync.h"

#include "replica/pauses.h"
#include "replica/replicafile.h"
#include "replica/replicameta.h"

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr Duration longestPersonalPause = std::chrono::seconds(30);

/// What the server tells of one agent's own.
bool isPersonal(const QString &type)
{
    return type == QLatin1StringView("Draft") || type == QLatin1StringView("Personal");
}

} // namespace

PersonalSync::PersonalSync(Workspace &workspace, ServerConnection &connection, const QString &type,
                           const char *stateName, Duration betweenTries, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_type(type)
    , m_stateName(stateName)
    , m_betweenTries(betweenTries)
    , m_call(connection, patience)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &PersonalSync::next);
    connect(&connection, &ServerConnection::told, this, &PersonalSync::onTold);
    // Between the session's beginning and this nothing was told.
    connect(&connection, &ServerConnection::listening, this, [this] { askAgain(); });
}

void PersonalSync::setSession(const ServerSession &session)
{
    m_session = session;
    m_call.setSession(session);
    m_isServerOld = false;
    m_failures = 0;
    begin();
    askAgain();
}

void PersonalSync::rest()
{
    m_session.reset();
    m_again.stop();
}

void PersonalSync::wake()
{
    m_isWoken = true;
    if (!m_again.isActive())
        next();
}

void PersonalSync::askAgain(const QString &toldState)
{
    // What made it ask for another reason is still to be found out.
    m_toldState = m_isBehind && m_toldState.isEmpty() ? QString() : toldState;
    m_isBehind = true;
    m_again.stop();
    onRosterChanged();
}

void PersonalSync::onRosterChanged()
{
    m_isSightOld = true;
    forgive();
    wake();
}

/// Beside deltas there are none but of personal state, and seldom one of what the agent may see.
void PersonalSync::onTold(const QJsonObject &message)
{
    if (message.value(QLatin1StringView("@type")) != QLatin1StringView("StateChange"))
        return;
    const QJsonObject changed = message.value(QLatin1StringView("changed")).toObject();
    const QJsonObject states = changed.isEmpty() ? QJsonObject() : changed.begin()->toObject();
    if (states.size() == 1 && isPersonal(states.begin().key()) && !states.contains(m_type))
        return;
    askAgain(states.size() == 1 ? states.value(m_type).toString() : QString());
}

void PersonalSync::next()
{
    if (m_isBusy)
        return;
    m_isBusy = true;
    m_isWoken = false;
    if ((m_isBehind || m_isSightOld) && mayTell())
        ask();
    else
        look();
}

void PersonalSync::ask()
{
    const auto state = m_workspace.read<QString>(
        [name = m_stateName](Database &database) { return database.result(ReplicaMeta::read(database, name)); });
    whenDone(state, this, [this](const Result<QString> &since) {
        if (!since || !m_session)
            pause(since ? Error{ErrorKind::transient, {}, {}} : since.error());
        else if (!isToAsk(*since))
            look();
        else
            call({m_type + QStringLiteral("/changes"), {{QStringLiteral("sinceState"), *since}}},
                 [this, since = *since](const Result<QJsonObject> &answer) { onAnswer(since, answer); });
    });
}

bool PersonalSync::isToAsk(const QString &since)
{
    m_isSightOld = false;
    const bool isBehind = std::exchange(m_isBehind, false);
    // Only what was withdrawn is to be heard of anew, and what it told itself is known.
    return since.isEmpty() || (isBehind && since != m_toldState);
}

void PersonalSync::onAnswer(const QString &since, const Result<QJsonObject> &answer)
{
    if (!answer && answer.error().kind == ErrorKind::unsupported) {
        setServerOld();
        look();
        return;
    }
    if (!answer) {
        setBehind();
        pause(answer.error());
        return;
    }
    setWell();
    if (answer->value(QLatin1StringView("hasMoreChanges")).toBool())
        setBehind();
    const QString state = answer->value(QLatin1StringView("newState")).toString();
    const bool isAnew = eraOfState(state) == eraOfState(since) && numberOfState(state) < numberOfState(since);
    take(Answer{*answer, since, state, isAnew});
}

void PersonalSync::end(bool isWoken)
{
    m_isBusy = false;
    m_isWoken = m_isWoken || isWoken;
    if (m_isWoken)
        next();
    else
        Q_EMIT idle();
}

QFuture<Done> PersonalSync::untilTold(Duration most)
{
    if (!m_session || !m_isBusy)
        return readyFuture(Done());
    const auto told = Pending<void>::create();
    connect(this, &PersonalSync::idle, this, [told] { told->end({}); });
    QTimer::singleShot(most, this, [told] { told->end({}); });
    return told->future();
}

void PersonalSync::pause(const Error &error)
{
    m_isBusy = false;
    Q_EMIT idle();
    if (m_session)
        m_again.start(pauseAfter(m_failures++, error.until));
}

std::chrono::milliseconds PersonalSync::pauseAfter(int failures, Time until) const
{
    const Duration grown = m_betweenTries * (1 << std::min(failures, 16));
    return scattered(std::min(grown, longestPersonalPause), until, m_workspace.clock().now(), longestPersonalPause);
}

void PersonalSync::call(const ServerCall &call, const std::function<void(const Result<QJsonObject> &answer)> &then)
{
    whenDone(m_call.ask(*m_session, call), this, [this, then, asked = *m_session](const Result<QJsonObject> &answer) {
        const bool isLate = m_session && !m_session->isSameAs(asked);
        if (isLate)
            end(true);
        else
            then(answer);
    });
}

} // namespace Earshot
