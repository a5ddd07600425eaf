// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/deciding.h"

#include "workspace/facts.h"

namespace Earshot {

Outcome decideAndApply(Writing &writing, const Action &action, const ActingParty &party)
{
    Outcome outcome;
    const Facts facts = loadFacts(writing.database(), action, party.device);
    const auto decision = decide(facts, party.agent, action, writing.now());
    if (!decision) {
        outcome.kind = Outcome::Kind::refused;
        outcome.refusal = decision.error();
        if (outcome.refusal.by.isValid()) {
            if (const auto by = loadAgentFacts(writing.database(), outcome.refusal.by))
                outcome.refusal.byName = by->name;
        }
        return outcome;
    }
    outcome.hadEffect = !decision->changes.empty();
    if (outcome.hadEffect) {
        outcome.created = applyDecision(writing, *decision, action, party);
        outcome.inverse = decision->inverse ? decision->inverse : undoOfMaking(action.arguments, outcome.created);
    }
    return outcome;
}

} // namespace Earshot
