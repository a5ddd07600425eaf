// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/oneagent.h"

#include "tests/patience.h"
#include "tests/replica/comparing.h"

#include <QEventLoop>
#include <QFutureWatcher>

namespace Earshot {

void OneAgent::begin(const ServerLimits &limits, int conversations)
{
    m_world = std::make_unique<ServerWorld>(limits, conversations);
    m_port = m_world->server().port();
    m_proxy = std::make_unique<CuttingProxy>(str("127.0.0.1"), m_port);
    m_kim = std::make_unique<Desktop>(*m_world, ServerWorld::kim, m_proxy->serverPort());
    m_kim->open();
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::current);
}

void OneAgent::end()
{
    m_kim.reset();
    m_proxy.reset();
    m_world.reset();
}

void OneAgent::stop()
{
    m_world->stopServer();
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::offline);
}

bool OneAgent::isEqual()
{
    return m_kim->kind() == DeskStatus::Kind::current && m_kim->isSettled() &&
           differences(*m_world, m_kim->session().workspace(), m_kim->agent()).isEmpty();
}

int OneAgent::timesSaid(const QString &text)
{
    return int(there(str("SELECT id FROM message WHERE text = '%1'").arg(text)).size());
}

Outcome OneAgent::outcomeOf(const QFuture<QList<Outcome>> &done)
{
    QEventLoop loop;
    QFutureWatcher<QList<Outcome>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(done);
    if (!done.isFinished())
        loop.exec();
    return done.result().constFirst();
}

QStringList OneAgent::trouble()
{
    return m_kim->rows(
        str("SELECT coalesce(json_extract(body, '$.arguments.text'), json_extract(body, '$.kind')) || ' ' || "
            "json_extract(outcome, '$.refusal.kind') FROM outbox WHERE state = 3 ORDER BY id"));
}

Act::SendReply OneAgent::replyTo(ConversationId conversation, const QString &text)
{
    Act::SendReply reply;
    reply.conversation = conversation;
    reply.text = text;
    return reply;
}

Act::AddNote OneAgent::note(qint64 conversation, const char *text)
{
    return {ConversationId(conversation), str(text)};
}

} // namespace Earshot
