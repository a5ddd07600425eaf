// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "replica/personalsync.h"
#include "replica/seenrows.h"

namespace Earshot {

/// Tells the server what its agent has read here, and which own views there are, and takes over what the agent did on
/// other machines.
class SeenSync final : public PersonalSync
{
    Q_OBJECT

public:
    /// @param betweenTries see OutboxSender
    SeenSync(Workspace &workspace, ServerConnection &connection, AgentId me, Duration betweenTries,
             QObject *parent = nullptr);

    /// All that the server has is here. Before that nothing is told: what was read may have been edited there since.
    void setCurrent(bool isCurrent);

private:
    void take(const Answer &answer) override;
    void look() override;
    void forgive() override { m_areViewsRefused = false; }
    void onNoted(const Done &done);
    void tell(const SeenWork &work);
    void onTellAnswer(const SeenWork &work, const Result<QJsonObject> &answer);

    const AgentId m_me;
    bool m_isCurrent = false;
    bool m_areViewsRefused = false;
};

} // namespace Earshot
