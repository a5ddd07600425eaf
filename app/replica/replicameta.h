// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workspace/database.h"

namespace Earshot {

/// A replica's facts in the table `meta`.
namespace ReplicaMeta {

inline constexpr auto server = "replica_server";
inline constexpr auto account = "replica_account";
inline constexpr auto agent = "replica_agent";
inline constexpr auto device = "replica_device"; ///< who this one is to the server
inline constexpr auto formerDevices =
    "replica_former_devices";                    ///< who it was before it was logged in anew; the last ones
inline constexpr auto number = "replica_number"; ///< the last one that this device gave to an action
inline constexpr auto state = "replica_state";
inline constexpr auto slices = "replica_slices";
inline constexpr auto asOf = "replica_as_of";
inline constexpr auto joining = "replica_joining"; ///< how far: thousandths, whether it can be used, when
inline constexpr auto reach =
    "replica_reach"; ///< what is newer (ms; 0 = not known) is here, as older slices are missing; empty = none are
inline constexpr auto reachesNowhere = "0";  ///< such a reach: nothing has come yet
inline constexpr auto form = "replica_form"; ///< newestSynchronisedVersion() of who fetched what is in it
inline constexpr auto authorities = "replica_authorities";
inline constexpr auto era = "replica_era";       ///< the incarnation that the server is of
inline constexpr auto alike = "replica_alike";   ///< its earlier ones, each with the number up to which it is the same
inline constexpr auto judged = "replica_judged"; ///< the incarnation in which everything here was last understood
inline constexpr auto torn = "replica_torn";     ///< what is here cannot be gone on with: all is fetched anew
inline constexpr auto frozen = "replica_frozen"; ///< a copy for reading (backupWorkspace)
inline constexpr auto toSweep = "replica_to_sweep"; ///< what of withdrawn rows is still on the disk (emptying.h)
inline constexpr auto toFetch = "replica_to_fetch"; ///< channels that came into sight: their slices are not here yet
/// Rows are being taken that belong together: some that were here are to come once more.
inline constexpr auto between = "replica_between";
inline constexpr auto drafts = "replica_drafts";     ///< the state up to which the agent's drafts are known
inline constexpr auto personal = "replica_personal"; ///< the same of what the agent has read, and its own views
/// What the server was told that the agent has read, without an answer since: conversation.message, each.
inline constexpr auto said = "replica_said";
/// Where what was last typed of a place is kept as refused since that is out of sight: conversation.mode.entry, each.
inline constexpr auto keptDrafts = "replica_kept_drafts";
/// The log-in (a token's id) with which the command line brought it up to date.
inline constexpr auto fetchedBy = "replica_fetched_by";
inline constexpr auto origin = "courier_off";

[[nodiscard]] inline QString read(Database &database, const char *name)
{
    Statement find = database.statement("select_meta");
    return find.bind("name", QString::fromLatin1(name)).next() ? find.text(0) : QString();
}

inline void write(Database &database, const char *name, const QString &value)
{
    Statement store = database.statement("upsert_meta");
    store.bind("name", QString::fromLatin1(name)).bind("value", value).run();
}

} // namespace ReplicaMeta

} // namespace Earshot
