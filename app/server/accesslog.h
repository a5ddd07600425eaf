// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/accountstore.h"

#include <QHash>

namespace Earshot {

/// Writes down who came in and who was refused. Nobody waits for it. Lives on the server's thread; dies before the
/// workspace.
class AccessLog final
{
public:
    explicit AccessLog(Workspace &workspace)
        : m_workspace(workspace)
    {
    }
    void write(const AccessLine &line);
    /// For what can be caused without end: to be refused is cheap, and shall stay so. One line a minute of its kind,
    /// for each token, or where there is none each address (of IPv6: network).
    /// @param reason told apart within the kind; nothing that whoever is refused could choose
    void writeSeldom(const AccessLine &line, const QString &reason = {});

private:
    Workspace &m_workspace;
    QHash<QString, Time> m_written; ///< when, by kind, reason and whom
};

} // namespace Earshot
