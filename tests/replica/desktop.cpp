// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/desktop.h"

#include "workspace/queries.h"

#include <QTest>

#include <sqlite3.h>

namespace Earshot {

QStringList firstColumn(Workspace &workspace, const QString &sql)
{
    return workspace
        .readNow<QStringList>([&sql](Database &database) -> Result<QStringList> {
            sqlite3_stmt *handle = nullptr;
            const int code = sqlite3_prepare_v2(database.handle(), sql.toUtf8().constData(), -1, &handle, nullptr);
            if (code != SQLITE_OK)
                qFatal("%s", sqlite3_errmsg(database.handle()));
            QStringList rows;
            while (sqlite3_step(handle) == SQLITE_ROW)
                rows.append(QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(handle, 0))));
            sqlite3_finalize(handle);
            return rows;
        })
        .value();
}

Desktop::Desktop(ServerWorld &world, AgentId agent, quint16 port)
    : m_clock(world.clock())
    , m_agent(agent)
{
    m_options.path = path();
    m_options.token = Secret(world.token(agent));
    m_options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    const QString server = QStringLiteral("http://127.0.0.1:%1").arg(port);
    if (const Done made = ReplicaFile::create(m_options.path, {server, world.account(), agent}, world.clock()); !made)
        qFatal("%s", qPrintable(made.error().detail));
}

void Desktop::open(Duration patience, Duration betweenChecks)
{
    m_options.patience = patience;
    m_options.pauses.betweenChecks = betweenChecks;
    auto session = ReplicaSession::open(m_options, m_clock);
    if (!session)
        qFatal("%s", qPrintable(session.error().detail));
    m_session = std::move(*session);
}

QList<Outcome> Desktop::perform(const QList<ActionArguments> &arguments, Seq basedOn)
{
    QList<Action> actions;
    for (const ActionArguments &one : arguments)
        actions.append(makeAction(one, m_clock.now(), basedOn));
    const QFuture<QList<Outcome>> done = desk().perform(actions);
    [&] { QTRY_VERIFY(done.isFinished()); }();
    return done.isFinished() ? done.result() : QList<Outcome>();
}

ConversationRecord Desktop::conversation(ConversationId id)
{
    const auto found = m_session->workspace().readNow<QList<ConversationRecord>>(
        [this, id](Database &database) { return loadConversations(database, {id}, m_agent, m_clock.now()); });
    return found.value_or(QList<ConversationRecord>()).value(0);
}

QStringList Desktop::rows(const QString &sql)
{
    return firstColumn(m_session->workspace(), sql);
}

bool Desktop::isSettled()
{
    return rows(QStringLiteral("SELECT id FROM outbox WHERE state IN (0, 1, 2, 5)")).isEmpty();
}

} // namespace Earshot
