// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/remotedesk.h"

#include "model/future.h"

namespace Earshot {

RemoteDesk::RemoteDesk(Workspace &workspace, OwnerClient *owner, AgentId me, QObject *parent)
    : Desk(parent)
    , m_workspace(workspace)
    , m_owner(owner)
    , m_me(me)
    , m_personal([this](const PersonalState &state) { return writePersonal(state); })
{
    connect(&m_personal, &PersonalKeeper::failed, this, &Desk::personalStateFailed);
    if (m_owner)
        connect(m_owner, &OwnerClient::changed, this, &Desk::changed);
}

RemoteDesk::~RemoteDesk()
{
    static_cast<void>(flushPersonal());
}

void RemoteDesk::takeOver(LocalDesk &desk)
{
    m_local = &desk;
    connect(&desk, &Desk::changed, this, &Desk::changed);
    // What the former owner did last, nobody has told.
    CommitNotice anything;
    anything.hasDeliveries = true;
    anything.hasChannels = true;
    Q_EMIT changed(anything);
}

QFuture<QList<Outcome>> RemoteDesk::performAs(AgentId agent, const QList<Action> &actions)
{
    if (m_local)
        return m_local->performAs(agent, actions);
    if (m_owner)
        return m_owner->perform(agent, actions);
    Outcome refused;
    refused.kind = Outcome::Kind::refused;
    refused.refusal.kind = RefusalKind::notPossible;
    refused.refusal.detail = word(ErrorKind::readOnly);
    return readyFuture(QList<Outcome>(actions.size(), refused));
}

QFuture<Done> RemoteDesk::writePersonal(const PersonalState &state)
{
    if (m_local)
        return m_local->savePersonalAs(m_me, state);
    if (m_owner)
        return m_owner->savePersonal(m_me, state);
    // Who only reads keeps nothing.
    return readyFuture(Done());
}

} // namespace Earshot
