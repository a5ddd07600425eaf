// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "server/readmethods.h"
#include "workspace/tolddraft.h"
#include "workspace/workspace.h"

namespace Earshot {

/// Bytes of a draft in JSON.
inline constexpr qsizetype largestDraft = 256 * 1024;

/// What a device tells of one of its agent's drafts.
struct DraftWish
{
    AgentId agent;
    QSet<qint64> hidden; ///< channels that the agent does not see
    ConversationId conversation;
    DraftRecord::Mode mode = DraftRecord::Mode::reply;
    qint64 ifVersion = 0; ///< that it is based on; 0 = on none
    QString body;         ///< empty = sent or discarded
};

struct StoredDraft
{
    bool isStored = false;
    qint64 version = 0; ///< the present one
    QString body;       ///< where another one is there
    QString was;        ///< where none is there any more: told_draft.was
};

/// Draft/set's arguments. Errors: invalid, tooLarge.
[[nodiscard]] Result<DraftWish> draftWishFrom(const Viewer &viewer, const QJsonObject &arguments);
/// Stores it where it is based on what is there, or nothing is there that it would be written over; and forgets what
/// the agent sent or discarded 90 days ago. Errors: notFound.
[[nodiscard]] Result<StoredDraft> storeDraft(Writing &writing, const DraftWish &wish);
[[nodiscard]] QJsonObject toWire(const StoredDraft &draft);
/// Draft/changes: the agent's own drafts of conversations that it sees.
[[nodiscard]] MethodResult changedDrafts(MethodContext &context, const QJsonObject &arguments);

} // namespace Earshot
