// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/keptversion.h"
#include "tests/model/situation.h"

#include <QTest>

using namespace Earshot;

/// The rules for a conversation's owner, status, tags, priority and notes.
class DecideConversationTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void owners_data();
    void owners() { checkSituation(); }
    void statuses_data();
    void statuses() { checkSituation(); }
    void changedByOthers_data();
    void changedByOthers() { checkSituation(); }
    void movedOnSince_data();
    void movedOnSince() { checkSituation(); }
    void snoozes_data();
    void snoozes() { checkSituation(); }
    void tags_data();
    void tags() { checkSituation(); }
    void priorities_data();
    void priorities() { checkSituation(); }
    void notes_data();
    void notes() { checkSituation(); }
    void mentions_data();
    void mentions();
};

void DecideConversationTest::owners_data()
{
    addSituationColumns();
    const Act::Claim claim{conversation};
    const Act::Assign assign{conversation, mira};
    const Act::Unassign unassign{conversation};
    addSituation("claim what nobody owns", situation(claim), applied({newOwner(me)}));
    addSituation("claim my own", situation(claim, ownerIs(me)), alreadySo());
    addSituation("claim Mira's", situation(claim, ownerIs(mira)), refused(RefusalKind::taken, mira));
    addSituation("claim Mira's, from nothing", situation(claim, all({ownerIs(mira), basedOnNothing})),
                 refused(RefusalKind::taken, mira));
    addSituation("claim Mira's anyway", situation(claim, all({ownerIs(mira), forced})), applied({newOwner(me)}));
    const auto ownedSince = [](Seq seq) {
        return [seq](Situation &given) { given.facts.conversation->assigneeMark = {seq, mira}; };
    };
    addSituation("claim anyway what is Mira's since", situation(claim, all({ownerIs(mira), forced, ownedSince(61)})),
                 refused(RefusalKind::taken, mira));
    addSituation("claim it anyway, not known what was seen",
                 situation(claim, all({ownerIs(mira), forced, ownedSince(61), basedOnNothing})),
                 applied({newOwner(me)}));
    addSituation("a lead's claim is a claim too", situation(claim, all({ownerIs(mira), actorIs(Role::lead)})),
                 refused(RefusalKind::taken, mira));
    addSituation("claim after new talk", situation(claim, movedOn), applied({newOwner(me)}));
    addSituation("assign", situation(assign), applied({newOwner(mira)}));
    addSituation("assign away from me", situation(assign, ownerIs(me)), applied({newOwner(mira)}));
    addSituation("assign to the owner", situation(assign, ownerIs(mira)), alreadySo());
    addSituation("assign after new talk", situation(assign, movedOn), applied({newOwner(mira)}));
    addSituation("assign to a viewer",
                 situation(assign, [](Situation &given) { given.facts.agent->role = Role::viewer; }),
                 refused(RefusalKind::notPossible));
    addSituation("assign to one who left",
                 situation(assign, [](Situation &given) { given.facts.agent->isDisabled = true; }),
                 refused(RefusalKind::notPossible));
    addSituation("assign to one off duty",
                 situation(assign, [](Situation &given) { given.facts.agent->isOnDuty = false; }),
                 applied({newOwner(mira)}));
    addSituation("unassign", situation(unassign, ownerIs(mira)), applied({newOwner(AgentId())}));
    addSituation("unassign nobody's", situation(unassign), alreadySo());
}

void DecideConversationTest::statuses_data()
{
    addSituationColumns();
    const auto wish = [](Status status, Reason reason = Reason::none, ConversationId duplicateOf = {}) {
        return Act::SetStatus{conversation, status, reason, duplicateOf};
    };
    const Expected senseless = refused(RefusalKind::invalid);
    addSituation("pending", situation(wish(Status::pending)), applied({newStatus(Status::pending)}));
    addSituation("open again", situation(wish(Status::open), statusIs(Status::resolved, Reason::spam)),
                 applied({newStatus(Status::open)}));
    addSituation("open already", situation(wish(Status::open)), alreadySo());
    for (const Reason reason : {Reason::answered, Reason::noAnswerNeeded, Reason::spam}) {
        QTest::addRow("resolved: %s", qPrintable(word(reason)))
            << situation(wish(Status::resolved, reason)) << applied({newStatus(Status::resolved, reason)});
        QTest::addRow("%s with another conversation", qPrintable(word(reason)))
            << situation(wish(Status::resolved, reason, otherConversation)) << senseless;
        QTest::addRow("open: %s", qPrintable(word(reason))) << situation(wish(Status::open, reason)) << senseless;
        QTest::addRow("pending: %s", qPrintable(word(reason))) << situation(wish(Status::pending, reason)) << senseless;
    }
    addSituation("resolved already",
                 situation(wish(Status::resolved, Reason::spam), statusIs(Status::resolved, Reason::spam)),
                 alreadySo());
    addSituation("resolved for another reason",
                 situation(wish(Status::resolved, Reason::spam), statusIs(Status::resolved, Reason::answered)),
                 applied({newStatus(Status::resolved, Reason::spam)}));
    addSituation("resolved without reason", situation(wish(Status::resolved)), senseless);
    addSituation("duplicate", situation(wish(Status::resolved, Reason::duplicate, otherConversation)),
                 applied({newStatus(Status::resolved, Reason::duplicate, otherConversation)}));
    addSituation("duplicate of what there is not",
                 situation(wish(Status::resolved, Reason::duplicate, otherConversation),
                           [](Situation &given) { given.facts.duplicateChannel.reset(); }),
                 refused(RefusalKind::notFound));
    addSituation("duplicate of what one may not see",
                 situation(wish(Status::resolved, Reason::duplicate, otherConversation),
                           [](Situation &given) {
                               given.facts.duplicateChannel->id = ChannelId(77);
                               given.actor.hiddenChannels = {ChannelId(77)};
                           }),
                 refused(RefusalKind::notFound));
    const auto theirs = [](TeamId here, TeamId there) {
        return [here, there](Situation &given) {
            given.facts.duplicateChannel->id = ChannelId(77);
            given.facts.channel->team = here;
            given.facts.duplicateChannel->team = there;
        };
    };
    const auto duplicate = wish(Status::resolved, Reason::duplicate, otherConversation);
    const auto isDuplicate = applied({newStatus(Status::resolved, Reason::duplicate, otherConversation)});
    addSituation("duplicate on everybody's other channel", situation(duplicate, theirs(TeamId(3), TeamId())),
                 isDuplicate);
    addSituation("duplicate on the same team's", situation(duplicate, theirs(TeamId(3), TeamId(3))), isDuplicate);
    // Not even for those who see both: others, who see this one only, would be told of it.
    addSituation("duplicate on a team's", situation(duplicate, theirs(TeamId(), TeamId(3))),
                 refused(RefusalKind::notPossible));
    addSituation("duplicate on another team's", situation(duplicate, theirs(TeamId(4), TeamId(3))),
                 refused(RefusalKind::notPossible));
    addSituation("duplicate of nothing", situation(wish(Status::resolved, Reason::duplicate)), senseless);
    addSituation("duplicate of itself", situation(wish(Status::resolved, Reason::duplicate, conversation)), senseless);
    addSituation("open, naming another", situation(wish(Status::open, Reason::none, otherConversation)), senseless);
    addSituation("snoozed without time", situation(wish(Status::snoozed)), senseless);
}

void DecideConversationTest::changedByOthers_data()
{
    addSituationColumns();
    const auto marked = [](Seq seq, AgentId by) {
        return [seq, by](Situation &given) {
            ConversationFacts &facts = *given.facts.conversation;
            facts.statusMark = facts.assigneeMark = facts.priorityMark = {seq, by};
        };
    };
    struct Field
    {
        const char *name;
        ActionArguments wish;
        Given state;
        Change::Work change;
        QString present;
    };
    Change::Work urgent;
    urgent.conversation = conversation;
    urgent.priority = Priority::urgent;
    const Given isSpam = statusIs(Status::resolved, Reason::spam);
    const Given isSnoozed = statusIs(Status::snoozed, {}, {}, later);
    const QList<Field> fields = {
        {"assign", Act::Assign{conversation, mira}, ownerIs(boss), newOwner(mira), QStringLiteral("3")},
        {"unassign", Act::Unassign{conversation}, ownerIs(boss), newOwner(AgentId()), QStringLiteral("3")},
        {"status", Act::SetStatus{conversation, Status::open, {}, {}}, isSpam, newStatus(Status::open),
         QStringLiteral("resolved spam")},
        {"snooze", Act::Snooze{conversation, later}, isSpam, newStatus(Status::snoozed, {}, {}, later),
         QStringLiteral("resolved spam")},
        {"wake", Act::Wake{conversation}, isSnoozed, newStatus(Status::open),
         QStringLiteral("snoozed ") + toIso(later)},
        {"priority", Act::SetPriority{conversation, Priority::urgent},
         [](Situation &given) { given.facts.conversation->priority = Priority::high; }, urgent, QStringLiteral("high")},
    };
    for (const Field &field : fields) {
        const auto row = [&field](const char *name, const Given &given, const Expected &expected) {
            QTest::addRow("%s: %s", field.name, name) << situation(field.wish, all({field.state, given})) << expected;
        };
        row("changed before", marked(60, boss), applied({field.change}));
        row("changed after", marked(61, boss), refused(RefusalKind::changed, boss, field.present));
        row("changed after by me", marked(61, me), applied({field.change}));
        row("changed after, anyway", all({marked(61, boss), forced}), applied({field.change}));
        row("not known what was seen", all({marked(61, boss), basedOnNothing}), applied({field.change}));
    }
    addSituation("claim: let go by another since", situation(Act::Claim{conversation}, marked(61, boss)),
                 refused(RefusalKind::changed, boss));
    addSituation(
        "changed by another, but to the same",
        situation(Act::SetStatus{conversation, Status::resolved, Reason::spam, {}}, all({isSpam, marked(61, boss)})),
        alreadySo());
}

void DecideConversationTest::movedOnSince_data()
{
    addSituationColumns();
    const Act::SetStatus resolve{conversation, Status::resolved, Reason::answered, {}};
    const Act::SetStatus wait{conversation, Status::pending, {}, {}};
    const Act::SetStatus open{conversation, Status::open, {}, {}};
    const Act::Snooze snooze{conversation, later};
    const Expected stale = refused(RefusalKind::stale);
    const Given isPending = statusIs(Status::pending);
    const Given isSnoozed = statusIs(Status::snoozed, {}, {}, later);
    addSituation("resolve", situation(resolve, movedOn), stale);
    addSituation("wait", situation(wait, movedOn), stale);
    addSituation("snooze", situation(snooze, movedOn), stale);
    addSituation("open", situation(open, all({isPending, movedOn})), applied({newStatus(Status::open)}));
    addSituation("wake", situation(Act::Wake{conversation}, all({isSnoozed, movedOn})),
                 applied({newStatus(Status::open)}));
    addSituation("resolve anyway", situation(resolve, all({movedOn, forced})),
                 applied({newStatus(Status::resolved, Reason::answered)}));
    addSituation("resolve from nothing", situation(resolve, all({movedOn, basedOnNothing})),
                 applied({newStatus(Status::resolved, Reason::answered)}));
    addSituation("seen exactly", situation(resolve, [](Situation &given) { given.facts.conversation->publicSeq = 60; }),
                 applied({newStatus(Status::resolved, Reason::answered)}));
    const auto bothTests = [](Situation &given) {
        movedOn(given);
        given.facts.conversation->statusMark = {61, mira};
    };
    addSituation("changed is told before stale", situation(resolve, bothTests), refused(RefusalKind::changed, mira));
}

void DecideConversationTest::snoozes_data()
{
    addSituationColumns();
    const auto until = [](Time time) { return Act::Snooze{conversation, time}; };
    const Expected past = refused(RefusalKind::invalid);
    const Change::Work asleep = newStatus(Status::snoozed, {}, {}, later);
    addSituation("until later", situation(until(later)), applied({asleep}));
    addSituation("until the next moment", situation(until(now + Duration(1))),
                 applied({newStatus(Status::snoozed, {}, {}, now + Duration(1))}));
    addSituation("until now", situation(until(now)), past);
    addSituation("until earlier", situation(until(earlier)), past);
    addSituation("until nothing", situation(until(Time())), past);
    addSituation("the past cannot be forced", situation(until(earlier), forced), past);
    addSituation("snoozed so already", situation(until(later), statusIs(Status::snoozed, {}, {}, later)), alreadySo());
    addSituation("put off further",
                 situation(until(later), statusIs(Status::snoozed, {}, {}, now + std::chrono::hours(1))),
                 applied({asleep}));
    addSituation("of what is resolved", situation(until(later), statusIs(Status::resolved, Reason::answered)),
                 applied({asleep}));
    addSituation("wake", situation(Act::Wake{conversation}, statusIs(Status::snoozed, {}, {}, later)),
                 applied({newStatus(Status::open)}));
    addSituation("wake what is open", situation(Act::Wake{conversation}), alreadySo());
    addSituation("wake what is resolved", situation(Act::Wake{conversation}, statusIs(Status::resolved, Reason::spam)),
                 alreadySo());
}

void DecideConversationTest::tags_data()
{
    addSituationColumns();
    const auto add = [](const QString &tag) { return Act::AddTag{conversation, tag}; };
    const auto remove = [](const QString &tag) { return Act::RemoveTag{conversation, tag}; };
    const auto tagging = [](const QString &tag, bool isAdded) {
        return applied({Change::Tagging{conversation, tag, isAdded}});
    };
    const QString refund = QStringLiteral("refund");
    const QString hardware = QStringLiteral("hardware");
    addSituation("add", situation(add(refund)), tagging(refund, true));
    addSituation(
        "add merges with whatever came since",
        situation(add(refund),
                  [](Situation &given) {
                      movedOn(given);
                      given.facts.conversation->statusMark = given.facts.conversation->priorityMark = {65, mira};
                  }),
        tagging(refund, true));
    addSituation("add what is there", situation(add(hardware)), alreadySo());
    addSituation("add in capitals", situation(add(QStringLiteral("HardWare"))), alreadySo());
    addSituation("add with blanks", situation(add(QStringLiteral("  two \n words\t"))),
                 tagging(QStringLiteral("two words"), true));
    addSituation("add with control characters", situation(add(QStringLiteral("re\u0007fu\u0000nd"))),
                 tagging(refund, true));
    addSituation("blanks do not make another tag", situation(add(QStringLiteral(" hardware "))), alreadySo());
    addSituation("add a long one", situation(add(QString(61, QLatin1Char('x')))),
                 tagging(QString(59, QLatin1Char('x')) + QChar(u'…'), true));
    addSituation("add nothing", situation(add(QStringLiteral(" \t"))), refused(RefusalKind::invalid));
    addSituation("remove", situation(remove(hardware)), tagging(hardware, false));
    addSituation("remove in capitals", situation(remove(QStringLiteral("Hardware"))),
                 tagging(QStringLiteral("Hardware"), false));
    addSituation("remove what is not there", situation(remove(refund)), alreadySo());
    addSituation("remove nothing", situation(remove(QString())), refused(RefusalKind::invalid));
}

void DecideConversationTest::priorities_data()
{
    addSituationColumns();
    for (const Priority priority : {Priority::low, Priority::normal, Priority::high, Priority::urgent}) {
        Change::Work work;
        work.conversation = conversation;
        work.priority = priority;
        QTest::addRow("%s", qPrintable(word(priority)))
            << situation(Act::SetPriority{conversation, priority}, movedOn)
            << (priority == Priority::normal ? alreadySo() : applied({work}));
    }
}

void DecideConversationTest::notes_data()
{
    addSituationColumns();
    const QString text = QStringLiteral("Ask the shop");
    const auto note = [](AgentId writer) {
        return [writer](Situation &given) {
            given.facts.message->kind = MessageKind::note;
            given.facts.message->agent = writer;
        };
    };
    addSituation("add", situation(Act::AddNote{conversation, text}),
                 applied({Change::NewNote{conversation, text, {}}}));
    addSituation("add, whatever came since", situation(Act::AddNote{conversation, text}, movedOn),
                 applied({Change::NewNote{conversation, text, {}}}));
    addSituation("add, for somebody", situation(Act::AddNote{conversation, QStringLiteral("@mira, @Kim: look")}),
                 applied({Change::NewNote{conversation, QStringLiteral("@mira, @Kim: look"), {mira, me}}}));
    addSituation("add with rubbish around", situation(Act::AddNote{conversation, QStringLiteral("\r\n a\u0001b \r\n")}),
                 applied({Change::NewNote{conversation, QStringLiteral("ab"), {}}}));
    addSituation("add nothing", situation(Act::AddNote{conversation, QStringLiteral(" \n ")}),
                 refused(RefusalKind::invalid));
    const Act::EditNote edit{message, QStringLiteral("@Mira: it is the fuse")};
    const Expected edited = applied({Change::NoteText{message, edit.text, {mira}}});
    addSituation("edit my own", situation(edit, note(me)), edited);
    addSituation("edit Mira's", situation(edit, note(mira)), refused(RefusalKind::permission, mira));
    addSituation("edit Mira's by force", situation(edit, all({note(mira), forced})),
                 refused(RefusalKind::permission, mira));
    addSituation("a lead edits Mira's", situation(edit, all({note(mira), actorIs(Role::lead)})), edited);
    Act::EditNote onOther = edit;
    onOther.was = versionOfNote(QStringLiteral("The lamp was broken"));
    Act::EditNote onThis = edit;
    onThis.was = versionOfNote(QStringLiteral("The lamp is broken\n"));
    addSituation("edit what is there", situation(onThis, note(me)), edited);
    addSituation("edit another text than is there", situation(onOther, note(me)), refused(RefusalKind::changed));
    addSituation("a lead edits another text", situation(onOther, all({note(mira), actorIs(Role::lead)})),
                 refused(RefusalKind::changed));
    addSituation("edit another text by force", situation(onOther, all({note(me), forced})), edited);
    addSituation("edit to the same", situation(Act::EditNote{message, QStringLiteral("The lamp is broken ")}, note(me)),
                 alreadySo());
    addSituation("edit to nothing", situation(Act::EditNote{message, QString()}, note(me)),
                 refused(RefusalKind::invalid));
    addSituation("edit what a customer wrote", situation(edit), refused(RefusalKind::notPossible));
}

void DecideConversationTest::mentions_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("agents"); // positions of the names below
    const auto row = [](const char *name, const QString &text, const QList<int> &agents) {
        QTest::newRow(name) << text << agents;
    };
    row("nobody", QStringLiteral("Kim and Mira"), {});
    row("one", QStringLiteral("@Kim look"), {0});
    row("at the end", QStringLiteral("look, @Kim"), {0});
    row("in order of appearance", QStringLiteral("@Mira @Kim"), {2, 0});
    row("twice is once", QStringLiteral("@Kim @kim"), {0});
    row("whatever the case", QStringLiteral("@KIM"), {0});
    row("longest name first", QStringLiteral("@Kim Larsen look"), {1});
    row("longest name first, whatever the case", QStringLiteral("@kim larsen"), {1});
    row("the short one all the same", QStringLiteral("@Kim Lars"), {0});
    row("part of a word is nobody", QStringLiteral("@Kimberly"), {});
    row("digits go on a word", QStringLiteral("@Kim2"), {});
    row("umlauts", QStringLiteral("@jörg müller"), {3});
    row("capital umlauts", QStringLiteral("@JÖRG MÜLLER!"), {3});
    row("an umlaut goes on a word", QStringLiteral("@Kimö"), {});
    row("without umlauts it is nobody", QStringLiteral("@Jorg Muller"), {});
    for (const QChar mark : QStringLiteral(".,:;!?)-'\"\n"))
        row(qPrintable(QStringLiteral("before '%1'").arg(mark)), QStringLiteral("(@Kim") + mark + QStringLiteral("x"),
            {0});
    row("two at signs", QStringLiteral("@@Kim"), {0});
    row("an at sign alone", QStringLiteral("@ @"), {});
    row("nothing", QString(), {});
}

void DecideConversationTest::mentions()
{
    QFETCH(QString, text);
    QFETCH(QList<int>, agents);
    const QStringList names = {QStringLiteral("Kim"), QStringLiteral("Kim Larsen"), QStringLiteral("Mira"),
                               QStringLiteral("Jörg Müller")};
    QList<AgentFacts> everybody;
    for (int i = 0; i < names.size(); ++i) {
        AgentFacts agent;
        agent.id = AgentId(i + 1);
        agent.name = names.at(i);
        everybody.append(agent);
    }
    QList<AgentId> expected;
    for (const int position : agents)
        expected.append(AgentId(position + 1));
    QVERIFY(mentionedAgents(text, everybody) == expected);
    QVERIFY(mentionedAgents(text, {}).isEmpty());
}

QTEST_APPLESS_MAIN(DecideConversationTest)
#include "tst_decideconversation.moc"
