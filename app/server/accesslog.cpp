// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/accesslog.h"

#include "server/ratelimiter.h"

namespace Earshot {

namespace {

constexpr Duration writtenAgain = std::chrono::minutes(1);
constexpr qsizetype mostRemembered = 20'000;

} // namespace

void AccessLog::write(const AccessLine &line)
{
    static_cast<void>(m_workspace.write<bool>(Urgency::bulk, [line](Writing &writing) -> Result<bool> {
        logAccess(writing, line);
        return true;
    }));
}

void AccessLog::writeSeldom(const AccessLine &line, const QString &reason)
{
    const bool isKnown = line.agent.isValid() && !line.token.isEmpty();
    const QString whom = isKnown ? line.token : networkOf(QHostAddress(line.address));
    const QString key = QStringList{line.kind, reason, whom}.join(u'\n');
    const Time now = m_workspace.clock().now();
    if (now - m_written.value(key) < writtenAgain)
        return;
    if (m_written.size() >= mostRemembered) {
        m_written.removeIf([now](const auto &written) { return now - written.value() >= writtenAgain; });
        if (m_written.size() >= mostRemembered)
            m_written.clear();
    }
    m_written.insert(key, now);
    write(line);
}

} // namespace Earshot
