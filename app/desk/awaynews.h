// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/queries.h"

namespace Earshot {

/// Where somebody was when they looked last.
struct LastPresence
{
    qint64 journal = 0; ///< the newest line then
    Time at;            ///< not known = never
    Time lineAt;        ///< of that line: another one of its number is of a server that was restored since
    bool operator==(const LastPresence &) const = default;

    [[nodiscard]] QString toText() const;
    [[nodiscard]] static LastPresence fromText(const QString &text);
};

/// What others, the network too, did meanwhile with the conversations of one agent: those that were theirs then, and
/// those that are by now.
struct AwayNews
{
    QList<JournalRecord> lines;        ///< newest first
    QSet<qint64> takenBack;            ///< of those: others took back what the agent wanted to be sent
    QList<ConversationRecord> written; ///< the contact wrote again, and waits; newest first
    bool isCut = false;                ///< there was more than is told
    [[nodiscard]] bool isEmpty() const { return lines.isEmpty() && written.isEmpty(); }
    /// How many conversations it is about.
    [[nodiscard]] qsizetype conversations() const;
};

/// The newest line that is the record's: `journal` and `lineAt`. What was done here and is not there yet has other
/// numbers.
[[nodiscard]] Result<LastPresence> newestJournalLine(Database &database);

/// Costs what was done meanwhile, by anybody; where the server was restored since, the whole journal. Tells 200 lines.
[[nodiscard]] Result<AwayNews> loadAwayNews(Database &database, AgentId me, const LastPresence &since, Time now);

} // namespace Earshot
