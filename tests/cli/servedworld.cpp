// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/cli/servedworld.h"

namespace Earshot {

void ServedWorld::beginServed(const QString &program, int conversations)
{
    ServerLimits limits;
    limits.slices.rest = std::chrono::milliseconds(0);
    m_world = std::make_unique<ServerWorld>(limits, conversations);
    m_ctl = std::make_unique<ControlProgram>(program);
    m_address = QStringLiteral("http://127.0.0.1:%1").arg(m_world->server().port());
    m_ctl->writeFile(QStringLiteral("Ana.token"), m_world->token(ServerWorld::ana));
    m_ctl->writeFile(QStringLiteral("Kim.token"), m_world->token(ServerWorld::kim));
    m_ctl->writeFile(QStringLiteral("Bo.token"), m_world->token(ServerWorld::bo));
}

QString ServedWorld::login(const QString &agent) const
{
    return QStringLiteral("--server %1 --token-file %2.token ").arg(m_address, m_ctl->file(agent));
}

ControlAnswer ServedWorld::replicate(const QString &agent, const QString &file)
{
    return run(login(agent) + QStringLiteral("workspace replicate --json ") + m_ctl->file(file));
}

} // namespace Earshot
