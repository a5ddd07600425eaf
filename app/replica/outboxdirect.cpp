// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/forecasts.h"
#include "replica/outboxsender.h"

namespace Earshot {

// What the sender sends that is in no outbox, as somebody wants an answer at once.

QFuture<Result<QList<Outcome>>> OutboxSender::sendDirect(const QList<Action> &actions)
{
    // Who is not let in sends nothing: this does not wait for it.
    if (!m_session)
        return readyFuture(Result<QList<Outcome>>(fail(ErrorKind::transient)));
    auto direct = std::make_shared<Direct>();
    direct->actions = actions;
    m_direct.push_back(direct);
    m_rest.timer.stop();
    next();
    return direct->pending->future();
}

bool OutboxSender::hasUnsentDirect() const
{
    return !m_direct.empty() && !m_direct.front()->mayHaveArrived;
}

void OutboxSender::sendFirstDirect()
{
    const auto &direct = m_direct.front();
    direct->isOnItsWay = true;
    const QList<Action> rest = direct->actions.mid(direct->outcomes.size(), m_session->mostActions);
    const auto wires = m_workspace.read<QJsonArray>([rest](Database &database) -> Result<QJsonArray> {
        QJsonArray array;
        for (const Action &action : rest)
            array.append(wireOf(database, action));
        return database.result(array);
    });
    whenDone(wires, this, [this](const Result<QJsonArray> &array) {
        if (!array || !m_session) {
            onDirectAnswer(tl::unexpected(array ? Error{ErrorKind::transient, {}, {}} : array.error()));
            return;
        }
        whenDone(m_call.ask(*m_session, performCall(*array, *m_session)), this,
                 [this, asked = *m_session](const Result<QJsonObject> &answer) {
                     isLate(asked) ? onLateDirectAnswer(answer) : onDirectAnswer(answer);
                 });
    });
}

void OutboxSender::onLateDirectAnswer(const Result<QJsonObject> &answer)
{
    Direct &direct = *m_direct.front();
    direct.isOnItsWay = false;
    direct.mayHaveArrived = direct.mayHaveArrived || answer || answer.error().kind == ErrorKind::unsure;
    goOn();
}

void OutboxSender::onDirectAnswer(const Result<QJsonObject> &answer)
{
    const auto direct = m_direct.front();
    direct->isOnItsWay = false;
    const QList<Outcome> outcomes = answer ? outcomesIn(*answer) : QList<Outcome>();
    if (outcomes.isEmpty()) {
        direct->mayHaveArrived = direct->mayHaveArrived || answer || answer.error().kind == ErrorKind::unsure;
        pause(answer ? Error{ErrorKind::unsure, {}, {}} : answer.error());
        return;
    }
    direct->mayHaveArrived = false;
    direct->outcomes += outcomes;
    forget(m_rest);
    // They took numbers of this device.
    m_most = 1;
    if (direct->outcomes.size() >= direct->actions.size()) {
        m_direct.pop_front();
        direct->pending->end(direct->outcomes);
    }
    goOn();
}

void OutboxSender::giveUpUnsent(const Error &error)
{
    std::deque<std::shared_ptr<Direct>> waiting;
    waiting.swap(m_direct);
    for (const auto &direct : waiting) {
        if (direct->mayHaveArrived || direct->isOnItsWay)
            m_direct.push_back(direct);
        else
            direct->pending->end(tl::unexpected(error));
    }
}

} // namespace Earshot
