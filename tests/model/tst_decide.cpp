// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/model/situation.h"

#include <QTest>

using namespace Earshot;

namespace {

/// Who at least may do each kind of action; in the order of ActionArguments.
const QList<Role> &leastRoles()
{
    using enum Role;
    static const QList<Role> roles = {agent, agent, agent, agent, agent, agent, agent, agent, agent, agent, agent,
                                      agent, agent, agent, agent, agent, agent, agent, agent, lead,  lead,  admin,
                                      admin, admin, admin, admin, lead,  lead,  lead,  lead,  admin, admin, admin,
                                      lead,  lead,  lead,  lead,  lead,  admin, admin, admin};
    return roles;
}

constexpr std::array everyFact = {Fact::conversation, Fact::message, Fact::delivery, Fact::channel,
                                  Fact::agent,        Fact::contact, Fact::agents,   Fact::address,
                                  Fact::savedReply,   Fact::macro,   Fact::team,     Fact::teams,
                                  Fact::views,        Fact::notice,  Fact::place,    Fact::duplicate};

void forget(Facts &facts, Fact fact)
{
    switch (fact) {
    case Fact::conversation:
        facts.conversation.reset();
        break;
    case Fact::duplicate:
        facts.duplicateChannel.reset();
        break;
    case Fact::message:
        facts.message.reset();
        break;
    case Fact::delivery:
        facts.delivery.reset();
        break;
    case Fact::channel:
        facts.channel.reset();
        break;
    case Fact::agent:
        facts.agent.reset();
        break;
    case Fact::contact:
        facts.contact.reset();
        facts.otherContact.reset();
        break;
    case Fact::agents:
        facts.agents.clear();
        facts.adminCount = 0;
        break;
    case Fact::address:
        facts.isKnownAddress = false;
        break;
    case Fact::savedReply:
        facts.savedReply.reset();
        break;
    case Fact::macro:
        facts.macro.reset();
        break;
    case Fact::team:
        facts.team.reset();
        break;
    case Fact::teams:
        facts.teamNames.clear();
        break;
    case Fact::views:
        facts.views.clear();
        break;
    case Fact::notice:
        facts.notice.reset();
        break;
    case Fact::place:
        facts.isKnownPlace = false;
        break;
    }
}

bool needs(const Action &action, Fact fact)
{
    return (neededFacts(action.arguments) & static_cast<FactSet>(fact)) != 0;
}

/// As `workspace` loads them: what is not named is not there.
Situation withNeededFactsOnly(Situation situation)
{
    for (const Fact fact : everyFact) {
        if (!needs(situation.action, fact))
            forget(situation.facts, fact);
    }
    return situation;
}

bool isSame(const Verdict &left, const Verdict &right)
{
    if (!left || !right)
        return !left && !right && left.error() == right.error();
    return left->changes == right->changes && left->inverse == right->inverse && left->before == right->before &&
           left->after == right->after && left->conversation == right->conversation &&
           left->channel == right->channel && left->message == right->message;
}

/// Ways in which every situation is looked at again, so that as many rules as possible read their facts.
QList<Given> everyTwist()
{
    const auto othersChanged = [](Situation &given) {
        ConversationFacts &facts = *given.facts.conversation;
        facts.statusMark = facts.assigneeMark = facts.priorityMark = {65, mira};
        facts.twinAnsweredSeq = 65;
    };
    const auto allIsDone = [](Situation &given) {
        given.facts.channel->isRemoved = true;
        given.facts.message->presence = Presence::gone;
        given.facts.message->isLiked = true;
        given.facts.isKnownAddress = true;
    };
    const auto isMiras = [](Situation &given) {
        given.facts.delivery->agent = mira;
        given.facts.message->agent = mira;
        given.facts.conversation->assignee = mira;
        given.facts.agent->role = Role::admin;
    };
    return {{}, forced, basedOnNothing, movedOn, othersChanged, allIsDone, isMiras, actorIs(Role::admin)};
}

} // namespace

/// What holds for every kind of action: who may, which facts are read, what the journal is told.
class DecideTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindIsThere();
    void roles_data();
    void roles();
    void disabledActorMayNothing_data();
    void disabledActorMayNothing() { checkSituation(); }
    void neededFactsAreEnough_data();
    void neededFactsAreEnough();
    void agentsAreReadWhereOneIsNamed();
    void missingTargetIsNotFound_data();
    void missingTargetIsNotFound();
    void whatIsSoAlreadyHasNoWords_data();
    void whatIsSoAlreadyHasNoWords();
    void journalIsToldWhere_data();
    void journalIsToldWhere();
};

void DecideTest::everyKindIsThere()
{
    const QList<Situation> kinds = everyKind();
    QCOMPARE(size_t(kinds.size()), ActionArguments::kindCount);
    QCOMPARE(leastRoles().size(), kinds.size());
    for (qsizetype i = 0; i < kinds.size(); ++i)
        QCOMPARE(qsizetype(kinds.at(i).action.arguments.index()), i);
}

void DecideTest::roles_data()
{
    QTest::addColumn<Situation>("situation");
    QTest::addColumn<Role>("least");
    const QList<Situation> kinds = everyKind();
    for (qsizetype i = 0; i < kinds.size(); ++i) {
        for (const Role role : {Role::viewer, Role::agent, Role::lead, Role::admin}) {
            Situation given = kinds.at(i);
            given.actor.role = role;
            // Others' duty is a lead's, one's own an agent's.
            if (auto *duty = std::get_if<Act::SetDuty>(&given.action.arguments))
                duty->agent = me;
            QTest::addRow("%s by %s", qPrintable(kindOf(given.action.arguments)), qPrintable(word(role)))
                << given << leastRoles().at(i);
        }
    }
}

void DecideTest::roles()
{
    QFETCH(Situation, situation);
    QFETCH(Role, least);
    for (const bool isForced : {false, true}) {
        situation.action.force = isForced;
        const Verdict verdict = situation.decided();
        if (situation.actor.role < least) {
            QCOMPARE(difference(verdict, refused(RefusalKind::permission, {}, word(least))), QString());
        } else {
            QVERIFY2(verdict, verdict ? "" : qPrintable(verdict.error().detail));
            QVERIFY(!verdict->changes.empty());
        }
    }
}

void DecideTest::disabledActorMayNothing_data()
{
    addSituationColumns();
    for (Situation given : everyKind()) {
        given.actor.role = Role::admin;
        given.actor.isDisabled = true;
        addSituation(qPrintable(kindOf(given.action.arguments)), given, refused(RefusalKind::permission));
    }
}

void DecideTest::agentsAreReadWhereOneIsNamed()
{
    const auto reads = [](const ActionArguments &arguments) {
        return (neededFacts(arguments) & static_cast<FactSet>(Fact::agents)) != 0;
    };
    QVERIFY(!reads(Act::AddNote{ConversationId(1), QStringLiteral("nobody")}));
    QVERIFY(reads(Act::AddNote{ConversationId(1), QStringLiteral("ask @Bo")}));
    Act::EditNote edit{MessageId(1), QStringLiteral("nobody"), {}};
    QVERIFY(!reads(edit));
    edit.text = QStringLiteral("ask @Bo");
    QVERIFY(reads(edit));
}

void DecideTest::neededFactsAreEnough_data()
{
    QTest::addColumn<Situation>("situation");
    const QList<Given> twists = everyTwist();
    for (const Situation &usual : everyKind()) {
        for (qsizetype i = 0; i < twists.size(); ++i) {
            Situation given = usual;
            if (twists.at(i))
                twists.at(i)(given);
            QTest::addRow("%s %d", qPrintable(kindOf(given.action.arguments)), int(i)) << given;
        }
    }
}

void DecideTest::neededFactsAreEnough()
{
    QFETCH(Situation, situation);
    QVERIFY(isSame(withNeededFactsOnly(situation).decided(), situation.decided()));
}

void DecideTest::missingTargetIsNotFound_data()
{
    QTest::addColumn<Situation>("situation");
    QTest::addColumn<bool>("hasTarget");
    for (const Situation &usual : everyKind()) {
        const QString kind = kindOf(usual.action.arguments);
        for (const Fact fact : everyFact) {
            Situation given = usual;
            forget(given.facts, fact);
            const bool isTarget =
                needs(given.action, fact) && fact != Fact::agents && fact != Fact::address && fact != Fact::teams;
            QTest::addRow("%s without %u", qPrintable(kind), static_cast<unsigned>(fact)) << given << !isTarget;
        }
        Situation given = usual;
        given.facts = Facts();
        const bool isWithoutTarget = QStringList{QStringLiteral("addAgent"), QStringLiteral("addChannel"),
                                                 QStringLiteral("addTeam"), QStringLiteral("changeSetting")}
                                         .contains(kind);
        QTest::addRow("%s without anything", qPrintable(kind)) << given << isWithoutTarget;
    }
}

void DecideTest::missingTargetIsNotFound()
{
    QFETCH(Situation, situation);
    QFETCH(bool, hasTarget);
    const Verdict verdict = situation.decided();
    QCOMPARE(verdict.has_value(), hasTarget);
    if (!verdict)
        QCOMPARE(verdict.error().kind, RefusalKind::notFound);
}

void DecideTest::whatIsSoAlreadyHasNoWords_data()
{
    QTest::addColumn<Situation>("situation");
    const auto row = [](const Situation &given) {
        QTest::addRow("%s", qPrintable(kindOf(given.action.arguments))) << given;
    };
    row(situation(Act::Claim{conversation}, ownerIs(me)));
    row(situation(Act::Unassign{conversation}));
    row(situation(Act::SetStatus{conversation, Status::open, {}, {}}));
    row(situation(Act::Wake{conversation}));
    row(situation(Act::AddTag{conversation, QStringLiteral("hardware")}));
    row(situation(Act::RemoveTag{conversation, QStringLiteral("x")}));
    row(situation(Act::SetPriority{conversation, Priority::normal}));
    row(situation(Act::CancelDelivery{delivery}, deliveryIs(DeliveryState::cancelled)));
    row(situation(Act::PerformEffect{message, Effect::unlike}));
    row(situation(Act::SplitContact{contact}));
    row(situation(Act::SetDuty{me, true}));
}

void DecideTest::whatIsSoAlreadyHasNoWords()
{
    QFETCH(Situation, situation);
    const Verdict verdict = situation.decided();
    QVERIFY(verdict);
    QVERIFY(verdict->changes.empty());
    QVERIFY(verdict->before.isEmpty());
    QVERIFY(verdict->after.isEmpty());
    QVERIFY(!verdict->inverse);
}

void DecideTest::journalIsToldWhere_data()
{
    QTest::addColumn<Situation>("situation");
    for (const Situation &given : everyKind())
        QTest::addRow("%s", qPrintable(kindOf(given.action.arguments))) << given;
}

void DecideTest::journalIsToldWhere()
{
    QFETCH(Situation, situation);
    const Verdict verdict = situation.decided();
    QVERIFY(verdict);
    const FactSet needed = neededFacts(situation.action.arguments);
    const FactSet inConversation = static_cast<FactSet>(Fact::conversation) | static_cast<FactSet>(Fact::message);
    const bool isInConversation = (needed & inConversation) != 0;
    const bool isInChannel = isInConversation || needs(situation.action, Fact::channel);
    QVERIFY(verdict->conversation == (isInConversation ? conversation : ConversationId()));
    QVERIFY(verdict->channel == (isInChannel ? channel : ChannelId()));
}

QTEST_APPLESS_MAIN(DecideTest)
#include "tst_decide.moc"
