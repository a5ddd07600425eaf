// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/repeatablecall.h"

#include <utility>

namespace Earshot {

namespace {

/// Nobody has answered.
bool isSilence(ErrorKind kind)
{
    return kind == ErrorKind::transient || kind == ErrorKind::unsure;
}

} // namespace

RepeatableCall::RepeatableCall(ServerConnection &connection, Duration patience, QObject *parent)
    : QObject(parent)
    , m_connection(connection)
    , m_patience(patience)
{
}

QFuture<Result<QJsonObject>> RepeatableCall::ask(const ServerSession &session, const ServerCall &call)
{
    m_session = session;
    m_call = call;
    m_pending = Pending<QJsonObject>::create();
    m_tries = 0;
    m_failed.reset();
    const QFuture<Result<QJsonObject>> future = m_pending->future();
    tryIt();
    return future;
}

void RepeatableCall::setSession(const ServerSession &session)
{
    if (m_pending && m_tries == 1 && m_session.isSameAs(session))
        tryIt();
}

void RepeatableCall::tryIt()
{
    ++m_tries;
    whenDone(m_connection.callOnce(m_session.account, m_call, m_patience), this,
             [this, pending = m_pending](const Result<QJsonObject> &answer) { onAnswer(pending, answer); });
}

void RepeatableCall::onAnswer(const PendingPointer &pending, const Result<QJsonObject> &answer)
{
    // Another try was first.
    if (pending != m_pending)
        return;
    --m_tries;
    const bool isSilent = !answer && isSilence(answer.error().kind);
    if (isSilent && answer.error().kind != ErrorKind::transient)
        m_failed = answer.error();
    if (isSilent && m_tries > 0)
        return;
    const bool mayHaveArrived = isSilent && m_failed;
    std::exchange(m_pending, nullptr)->end(mayHaveArrived ? Result<QJsonObject>(tl::unexpected(*m_failed)) : answer);
}

} // namespace Earshot
