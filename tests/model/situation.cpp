// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/model/situation.h"

#include <QTest>

namespace Earshot {

namespace {

AgentFacts agentNamed(AgentId id, const QString &name, Role role)
{
    AgentFacts agent;
    agent.id = id;
    agent.name = name;
    agent.role = role;
    return agent;
}

ConversationFacts usualConversation()
{
    ConversationFacts facts;
    facts.id = conversation;
    facts.channel = channel;
    facts.seq = 70;
    facts.publicSeq = 50;
    facts.statusMark = {10, mira};
    facts.assigneeMark = {10, mira};
    facts.priorityMark = {10, mira};
    facts.tags = {QStringLiteral("hardware")};
    return facts;
}

MessageFacts usualMessage()
{
    MessageFacts facts;
    facts.id = message;
    facts.conversation = conversation;
    facts.channel = channel;
    facts.uri = QStringLiteral("https://social.example/1");
    facts.text = QStringLiteral("The lamp is broken");
    return facts;
}

ChannelFacts usualChannel()
{
    ChannelFacts facts;
    facts.id = channel;
    facts.name = QStringLiteral("The blog");
    facts.pullEverySeconds = 60;
    Capabilities &can = facts.capabilities;
    can.canReply = can.canReplyPrivately = can.canLike = can.canBoost = can.canHide = can.canDeleteOwn = true;
    return facts;
}

Facts usualFacts()
{
    Facts facts;
    facts.conversation = usualConversation();
    facts.message = usualMessage();
    facts.delivery =
        DeliveryFacts{delivery, conversation, reply, channel, Effect::reply, DeliveryState::held, me, 60, {}};
    facts.channel = usualChannel();
    facts.agents = {agentNamed(me, QStringLiteral("Kim"), Role::agent),
                    agentNamed(mira, QStringLiteral("Mira"), Role::agent),
                    agentNamed(boss, QStringLiteral("Jörg Müller"), Role::admin)};
    facts.agent = facts.agents.at(1);
    facts.contact = ContactFacts{contact, {}, {}};
    facts.otherContact = ContactFacts{otherContact, {}, {}};
    facts.team = TeamFacts{team, QStringLiteral("Sales"), false};
    facts.teamNames = {QStringLiteral("Sales")};
    facts.adminCount = 1;
    facts.savedReply = Act::KeepSavedReply{savedReply, QStringLiteral("Greeting"), QStringLiteral("Hello")};
    facts.macro = Act::KeepMacro{macro, QStringLiteral("Mine"), {}, {{MacroStepKind::claim, {}}}};
    facts.views = {{hardware, viewNamed(QStringLiteral("Hardware"))}, {late, viewNamed(QStringLiteral("Late"))}};
    Act::PinNotice pinned;
    pinned.text = QStringLiteral("We know of it");
    pinned.until = later;
    pinned.tag = tag;
    facts.notice = NoticeFacts{notice, {}, pinned};
    facts.isKnownPlace = true;
    facts.duplicateChannel = usualChannel();
    return facts;
}

void isOwnNote(Situation &situation)
{
    situation.facts.message->kind = MessageKind::note;
    situation.facts.message->agent = me;
}

} // namespace

Situation situation(ActionArguments arguments, const Given &given)
{
    Situation made;
    made.facts = usualFacts();
    made.actor = made.facts.agents.constFirst();
    made.action = makeAction(std::move(arguments), now, 60);
    if (given)
        given(made);
    return made;
}

QList<Situation> everyKind()
{
    Act::SendReply answer;
    answer.conversation = conversation;
    answer.text = QStringLiteral("We send a new one");
    const Given asAdmin = actorIs(Role::admin);
    const Given asLead = actorIs(Role::lead);
    const auto isMerged = [](Situation &given) { given.facts.contact->mergedInto = otherContact; };
    const auto isPaused = [](Situation &given) { given.facts.channel->isPaused = true; };
    return {
        situation(Act::Claim{conversation}),
        situation(Act::Assign{conversation, mira}),
        situation(Act::Unassign{conversation}, ownerIs(mira)),
        situation(Act::SetStatus{conversation, Status::pending, {}, {}}),
        situation(Act::Snooze{conversation, later}),
        situation(Act::Wake{conversation}, statusIs(Status::snoozed, {}, {}, later)),
        situation(Act::AddTag{conversation, QStringLiteral("urgent")}),
        situation(Act::RemoveTag{conversation, QStringLiteral("hardware")}),
        situation(Act::SetPriority{conversation, Priority::high}),
        situation(Act::AddNote{conversation, QStringLiteral("@Mira look")}),
        situation(Act::EditNote{message, QStringLiteral("@Kim look")}, isOwnNote),
        situation(answer),
        situation(Act::CancelDelivery{delivery}),
        situation(Act::RetryDelivery{delivery}, deliveryIs(DeliveryState::failed)),
        situation(Act::SettleDelivery{delivery}, deliveryIs(DeliveryState::unsure)),
        situation(Act::PerformEffect{message, Effect::like}),
        situation(Act::MergeContacts{contact, otherContact}),
        situation(Act::SplitContact{contact}, isMerged),
        situation(Act::SetDuty{mira, false}, actorIs(Role::lead)),
        situation(Act::PauseSending{channel, QStringLiteral("storm")}, actorIs(Role::lead)),
        situation(Act::ResumeSending{channel}, all({actorIs(Role::lead), isPaused})),
        situation(Act::AddAgent{QStringLiteral("Ana"), Role::agent}, asAdmin),
        situation(Act::EditAgent{mira, {}, Role::lead, {}}, asAdmin),
        situation(Act::AddChannel{Network::feed, QStringLiteral("https://feed.example/"), {}, {}, {}, {}, {}, {}},
                  asAdmin),
        situation(Act::EditChannel{channel, QStringLiteral("Blog"), {}, {}}, asAdmin),
        situation(Act::RemoveChannel{channel}, asAdmin),
        situation(Act::KeepSavedReply{savedReply, QStringLiteral("Thanks"), QStringLiteral("Thank you, {name}!")},
                  actorIs(Role::lead)),
        situation(Act::RemoveSavedReply{savedReply}, actorIs(Role::lead)),
        situation(Act::KeepMacro{macro, QStringLiteral("Done"), QStringLiteral("D"), {{MacroStepKind::resolve, {}}}},
                  actorIs(Role::lead)),
        situation(Act::RemoveMacro{macro}, actorIs(Role::lead)),
        situation(Act::AddTeam{QStringLiteral("Shop")}, asAdmin),
        situation(Act::SetTeamMember{team, mira, true}, asAdmin),
        situation(Act::SetChannelTeam{channel, team}, asAdmin),
        situation(Act::SaveView{hardware, viewNamed(QStringLiteral("Lamps"))}, asLead),
        situation(Act::RemoveView{late}, asLead),
        situation(Act::MoveView{hardware, ViewId()}, asLead),
        situation(Act::PinNotice{QStringLiteral("Storm"), later, channel, {}, {}, {}}, asLead),
        situation(Act::UnpinNotice{notice}, asLead),
        situation(Act::RenameTeam{team, QStringLiteral("Shop")}, asAdmin),
        situation(Act::RemoveTeam{team}, asAdmin),
        situation(Act::ChangeSetting{Setting::reopenDays, 14}, asAdmin)};
}

ViewContent viewNamed(const QString &name)
{
    ViewContent view;
    view.name = name;
    view.filter.statuses = {Status::open};
    return view;
}

Given all(QList<Given> givens)
{
    return [givens = std::move(givens)](Situation &situation) {
        for (const Given &given : givens)
            given(situation);
    };
}

Given actorIs(Role role)
{
    return [role](Situation &situation) { situation.actor.role = role; };
}

Given ownerIs(AgentId agent)
{
    return [agent](Situation &situation) { situation.facts.conversation->assignee = agent; };
}

Given statusIs(Status status, Reason reason, ConversationId duplicateOf, Time snoozedUntil)
{
    return [=](Situation &situation) {
        ConversationFacts &facts = *situation.facts.conversation;
        facts.status = status;
        facts.reason = reason;
        facts.duplicateOf = duplicateOf;
        facts.snoozedUntil = snoozedUntil;
    };
}

Given deliveryIs(DeliveryState state)
{
    return [state](Situation &situation) { situation.facts.delivery->state = state; };
}

void forced(Situation &situation)
{
    situation.action.force = true;
}

void basedOnNothing(Situation &situation)
{
    situation.action.basedOn = 0;
}

Given wishedByOther(Seq seq, AgentId by, const QString &what)
{
    return [=](Situation &given) { given.facts.otherWish = OtherWish{seq, by, what}; };
}

void movedOn(Situation &situation)
{
    situation.facts.conversation->publicSeq = 65;
}

Expected applied(std::vector<ChangeEffect> changes)
{
    return {{}, std::move(changes)};
}

Expected alreadySo()
{
    return {};
}

Expected refused(RefusalKind kind, AgentId by, const QString &detail)
{
    Refusal refusal;
    refusal.kind = kind;
    refusal.by = by;
    refusal.detail = detail;
    return {refusal, {}};
}

QString difference(const Verdict &verdict, const Expected &expected)
{
    if (!verdict) {
        const Refusal &refusal = verdict.error();
        const QString got = QStringLiteral("refused: %1 by %2 (%3)")
                                .arg(word(refusal.kind), QString::number(refusal.by.value), refusal.detail);
        const bool isExpected = expected.refusal && expected.refusal->kind == refusal.kind &&
                                expected.refusal->by == refusal.by &&
                                (expected.refusal->detail.isEmpty() || expected.refusal->detail == refusal.detail);
        return isExpected ? QString() : got;
    }
    if (expected.refusal)
        return QStringLiteral("applied with %1 changes, not refused").arg(verdict->changes.size());
    if (verdict->changes.size() != expected.changes.size())
        return QStringLiteral("%1 changes, not %2").arg(verdict->changes.size()).arg(expected.changes.size());
    for (size_t i = 0; i < expected.changes.size(); ++i) {
        if (verdict->changes[i] != expected.changes[i])
            return QStringLiteral("change %1 (alternative %2) differs").arg(i).arg(verdict->changes[i].index());
    }
    return {};
}

Change::Work newOwner(AgentId agent)
{
    Change::Work work;
    work.conversation = conversation;
    work.assignee = agent;
    return work;
}

Change::Work newStatus(Status status, Reason reason, ConversationId duplicateOf, Time snoozedUntil)
{
    Change::Work work;
    work.conversation = conversation;
    work.status = status;
    work.reason = reason;
    work.duplicateOf = duplicateOf;
    work.snoozedUntil = snoozedUntil;
    return work;
}

void addSituationColumns()
{
    QTest::addColumn<Situation>("situation");
    QTest::addColumn<Expected>("expected");
}

void addSituation(const char *name, const Situation &situation, const Expected &expected)
{
    QTest::newRow(name) << situation << expected;
}

void checkSituation()
{
    QFETCH(Situation, situation);
    QFETCH(Expected, expected);
    QCOMPARE(difference(situation.decided(), expected), QString());
}

} // namespace Earshot
