// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/decide.h"
#include "model/records.h"

#include <functional>

namespace Earshot {

// Who and what the tests of the rules speak of.

inline const AgentId me(1);
inline const AgentId mira(2);
inline const AgentId boss(3);
inline const ConversationId conversation(41);
inline const ConversationId otherConversation(42);
inline const ChannelId channel(7);
inline const MessageId message(501);
inline const MessageId reply(502);
inline const DeliveryId delivery(61);
inline const ContactId contact(81);
inline const ContactId otherContact(82);
inline const SavedReplyId savedReply(91);
inline const MacroId macro(92);
inline const TeamId team(93);
inline const ViewId hardware(11); ///< the first of the views
inline const ViewId late(12);     ///< the last
inline const NoticeId notice(91);
inline const TagId tag(5);
inline const Time now = timeFromMs(1'780'000'000'000);
inline const Time later = now + std::chrono::hours(3);
inline const Time earlier = now - std::chrono::hours(3);

using Verdict = tl::expected<Decision, Refusal>;

/// Somebody wants something done, and how things stand.
struct Situation
{
    Facts facts;
    AgentFacts actor;
    Action action;

    [[nodiscard]] Verdict decided() const { return decide(facts, actor, action, now); }
};

/// How a situation differs from the usual one.
using Given = std::function<void(Situation &)>;

/// The usual one: an agent, "me", acts on an open conversation of nobody's, from number 60 on; since then nothing
/// happened in it that counts (public: 50, marks: 10 by Mira, newest change: 70). The channel can do everything.
[[nodiscard]] Situation situation(ActionArguments arguments, const Given &given = {});

/// One of each kind, in a situation where it is applied and changes something.
[[nodiscard]] QList<Situation> everyKind();

// Ways in which a situation differs.

[[nodiscard]] Given all(QList<Given> givens);
[[nodiscard]] Given actorIs(Role role);
[[nodiscard]] Given ownerIs(AgentId agent);
[[nodiscard]] Given statusIs(Status status, Reason reason = Reason::none, ConversationId duplicateOf = {},
                             Time snoozedUntil = {});
[[nodiscard]] Given deliveryIs(DeliveryState state);
void forced(Situation &situation);
void basedOnNothing(Situation &situation);
/// Something public came after what the actor has before the eyes.
void movedOn(Situation &situation);
/// Another's newest wish of the same message or agent has this number.
[[nodiscard]] Given wishedByOther(Seq seq, AgentId by, const QString &what);

/// What shall come of a situation.
struct Expected
{
    std::optional<Refusal> refusal; ///< an empty detail stands for any
    std::vector<ChangeEffect> changes;
};
[[nodiscard]] Expected applied(std::vector<ChangeEffect> changes);
[[nodiscard]] Expected alreadySo();
[[nodiscard]] Expected refused(RefusalKind kind, AgentId by = {}, const QString &detail = {});

/// In words what is not as expected; empty when all is.
[[nodiscard]] QString difference(const Verdict &verdict, const Expected &expected);

/// A view of open conversations.
[[nodiscard]] ViewContent viewNamed(const QString &name);

// Changes of the usual conversation.

[[nodiscard]] Change::Work newOwner(AgentId agent);
[[nodiscard]] Change::Work newStatus(Status status, Reason reason = Reason::none, ConversationId duplicateOf = {},
                                     Time snoozedUntil = {});

/// Columns "situation" and "expected" for a table of the rules.
void addSituationColumns();
void addSituation(const char *name, const Situation &situation, const Expected &expected);
/// Checks the present row.
void checkSituation();

} // namespace Earshot
