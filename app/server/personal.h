// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desk/personalstate.h"
#include "server/readmethods.h"

namespace Earshot {

/// What a device tells of what its agent has read, and of its own views.
struct PersonalWish
{
    AgentId agent;
    QSet<qint64> hidden;                  ///< channels that the agent does not see
    PersonalState state;                  ///< marks and views
    QHash<ConversationId, MessageId> was; ///< what the device knew of, of each that is seen; 0 = nothing
};

struct StoredPersonal
{
    qint64 before = 0; ///< the agent's last number
    qint64 after = 0;
    QHash<ConversationId, MessageId> otherwise; ///< of those told, which are not as they were told
};

/// Personal/set's arguments. Errors: invalid, tooLarge.
[[nodiscard]] Result<PersonalWish> personalWishFrom(const Viewer &viewer, const QJsonObject &arguments);
/// Of a view what was told last stays. Of what was read, where another device told something since: what was read
/// further.
[[nodiscard]] Result<StoredPersonal> storePersonalWish(Writing &writing, const PersonalWish &wish);
[[nodiscard]] QJsonObject toWire(const StoredPersonal &stored, const Viewer &viewer);
/// Personal/changes: the agent's own, of conversations that it sees.
[[nodiscard]] MethodResult changedPersonal(MethodContext &context, const QJsonObject &arguments);

} // namespace Earshot
