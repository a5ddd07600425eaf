// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/cli/controlprogram.h"
#include "tests/server/serverworld.h"

namespace Earshot {

/// A server, and earshotctl with the tokens of its agents in NAME.token: what tests of its replicas begin with.
/// beginServed() belongs into a test's init().
class ServedWorld
{
protected:
    /// @param program earshotctl
    void beginServed(const QString &program, int conversations);
    [[nodiscard]] static QStringList words(const QString &line)
    {
        return line.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    }
    [[nodiscard]] ControlAnswer run(const QString &line) { return m_ctl->run(words(line)); }
    /// Words before a command: to that server, as this agent.
    [[nodiscard]] QString login(const QString &agent) const;
    [[nodiscard]] ControlAnswer replicate(const QString &agent, const QString &file);

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<ControlProgram> m_ctl;
    QString m_address;
};

} // namespace Earshot
