// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/waiting.h"

namespace Earshot {

namespace {

template <class Kind, class... Kinds>
constexpr bool isOneOf = (std::is_same_v<Kind, Kinds> || ...);

/// Those that want an answer. A new kind waits unless it is named here.
template <class Kind>
constexpr bool wantsAnswer =
    isOneOf<Kind, Act::PauseSending, Act::ResumeSending, Act::AddAgent, Act::EditAgent, Act::AddChannel,
            Act::EditChannel, Act::RemoveChannel, Act::AddTeam, Act::SetTeamMember, Act::SetChannelTeam,
            Act::RenameTeam, Act::RemoveTeam, Act::ChangeSetting>;

} // namespace

bool mayWait(const ActionArguments &arguments)
{
    return std::visit([]<class Kind>(const Kind &) { return !wantsAnswer<Kind>; }, arguments);
}

} // namespace Earshot
