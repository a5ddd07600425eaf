// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/keptversion.h"
#include "tests/model/situation.h"

#include <QTest>

using namespace Earshot;

namespace {

const Given asAdmin = actorIs(Role::admin);

Change::AgentRow agentRow(AgentId agent)
{
    Change::AgentRow row;
    row.agent = agent;
    return row;
}

} // namespace

/// The rules for contacts, agents, channels and the pausing of sending.
class DecidePeopleTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contacts_data();
    void contacts() { checkSituation(); }
    void duty_data();
    void duty() { checkSituation(); }
    void newAgents_data();
    void newAgents() { checkSituation(); }
    void editedAgents_data();
    void editedAgents() { checkSituation(); }
    void lastAdmin_data();
    void lastAdmin() { checkSituation(); }
    void channels_data();
    void channels() { checkSituation(); }
    void teams_data();
    void teams() { checkSituation(); }
    void settings_data();
    void settings() { checkSituation(); }
    void pauses_data();
    void pauses() { checkSituation(); }
    void hiddenChannelDoesNotExist();
    void workIsNotGivenToWhoMayNotSeeIt();
};

void DecidePeopleTest::contacts_data()
{
    addSituationColumns();
    const Act::MergeContacts merge{contact, otherContact};
    const Act::SplitContact split{contact};
    const auto isMerged = [](std::optional<ContactFacts> Facts::*which) {
        return [which](Situation &given) { (given.facts.*which)->mergedInto = ContactId(90); };
    };
    addSituation("merge", situation(merge), applied({Change::ContactMerge{contact, otherContact}}));
    addSituation("merge with itself", situation(Act::MergeContacts{contact, contact}), refused(RefusalKind::invalid));
    addSituation("merge what is merged", situation(merge, isMerged(&Facts::contact)),
                 refused(RefusalKind::notPossible));
    addSituation("merge into what is merged", situation(merge, isMerged(&Facts::otherContact)),
                 refused(RefusalKind::notPossible));
    addSituation("merge into nobody", situation(merge, [](Situation &given) { given.facts.otherContact.reset(); }),
                 refused(RefusalKind::notFound));
    const auto theirs = [](TeamId fromTeam, TeamId intoTeam) {
        return [fromTeam, intoTeam](Situation &given) {
            given.facts.contact->channel.id = ChannelId(70);
            given.facts.contact->channel.team = fromTeam;
            given.facts.otherContact->channel.id = ChannelId(71);
            given.facts.otherContact->channel.team = intoTeam;
        };
    };
    const auto isMerge = applied({Change::ContactMerge{contact, otherContact}});
    addSituation("merge a team's into everybody's", situation(merge, theirs(TeamId(3), TeamId())), isMerge);
    addSituation("merge a team's into its own", situation(merge, theirs(TeamId(3), TeamId(3))), isMerge);
    // The one that all may see is not to name the other.
    addSituation("merge everybody's into a team's", situation(merge, theirs(TeamId(), TeamId(3))),
                 applied({Change::ContactMerge{otherContact, contact}}));
    addSituation("merge two teams'", situation(merge, theirs(TeamId(3), TeamId(4))), refused(RefusalKind::notPossible));
    addSituation("merge what one may not see",
                 situation(merge,
                           [](Situation &given) {
                               given.facts.contact->channel.id = ChannelId(70);
                               given.actor.hiddenChannels = {ChannelId(70)};
                           }),
                 refused(RefusalKind::notFound));
    addSituation("split", situation(split, isMerged(&Facts::contact)),
                 applied({Change::ContactMerge{contact, ContactId()}}));
    addSituation("split what stands alone", situation(split), alreadySo());
    const Expected isSplit = applied({Change::ContactMerge{contact, ContactId()}});
    const Act::SplitContact fromOther{contact, otherContact};
    addSituation("split from what it is merged into",
                 situation(Act::SplitContact{contact, ContactId(90)}, isMerged(&Facts::contact)), isSplit);
    addSituation("split after it was merged into another", situation(fromOther, isMerged(&Facts::contact)),
                 refused(RefusalKind::changed));
    addSituation("split all the same", situation(fromOther, all({isMerged(&Facts::contact), forced})), isSplit);
    addSituation("split by another before", situation(fromOther), alreadySo());
}

void DecidePeopleTest::duty_data()
{
    addSituationColumns();
    const auto row = [](AgentId agent, bool isOn) {
        Change::AgentRow changed = agentRow(agent);
        changed.isOnDuty = isOn;
        return applied({changed});
    };
    const auto isOff = [](Situation &given) { given.facts.agent->isOnDuty = false; };
    addSituation("me off", situation(Act::SetDuty{me, false}), row(me, false));
    addSituation("me on", situation(Act::SetDuty{me, true}, isOff), row(me, true));
    addSituation("me on already", situation(Act::SetDuty{me, true}), alreadySo());
    addSituation("Mira", situation(Act::SetDuty{mira, false}), refused(RefusalKind::permission));
    addSituation("Mira, as lead", situation(Act::SetDuty{mira, false}, actorIs(Role::lead)), row(mira, false));
    const Given newer = wishedByOther(61, boss, QStringLiteral("on"));
    addSituation("said otherwise since", situation(Act::SetDuty{me, false}, newer),
                 refused(RefusalKind::changed, boss, QStringLiteral("on")));
    addSituation("said otherwise at one's other device",
                 situation(Act::SetDuty{me, false}, wishedByOther(61, me, QStringLiteral("on"))),
                 refused(RefusalKind::changed, me, QStringLiteral("on")));
    addSituation("said otherwise before", situation(Act::SetDuty{me, false}, wishedByOther(60, boss, {})),
                 row(me, false));
    addSituation("said otherwise, all the same", situation(Act::SetDuty{me, false}, all({newer, forced})),
                 row(me, false));
    addSituation("on already, as another said", situation(Act::SetDuty{me, true}, newer), alreadySo());
}

void DecidePeopleTest::newAgents_data()
{
    addSituationColumns();
    const auto row = [](const QString &name, Role role) {
        Change::AgentRow made;
        made.name = name;
        made.role = role;
        made.isOnDuty = false;
        return applied({made});
    };
    for (const Role role : {Role::viewer, Role::agent, Role::lead, Role::admin})
        QTest::addRow("%s", qPrintable(word(role)))
            << situation(Act::AddAgent{QStringLiteral("Ana"), role}, asAdmin) << row(QStringLiteral("Ana"), role);
    addSituation("name is cleaned", situation(Act::AddAgent{QStringLiteral("  Ana\nMaria "), Role::agent}, asAdmin),
                 row(QStringLiteral("Ana Maria"), Role::agent));
    addSituation("no name", situation(Act::AddAgent{QStringLiteral(" "), Role::agent}, asAdmin),
                 refused(RefusalKind::invalid));
    addSituation("name is taken", situation(Act::AddAgent{QStringLiteral(" mira "), Role::agent}, asAdmin),
                 refused(RefusalKind::notPossible));
    addSituation("name with an umlaut is taken",
                 situation(Act::AddAgent{QStringLiteral("JÖRG MÜLLER"), Role::agent}, asAdmin),
                 refused(RefusalKind::notPossible));
}

void DecidePeopleTest::editedAgents_data()
{
    addSituationColumns();
    Change::AgentRow named = agentRow(mira);
    named.name = QStringLiteral("Mira K");
    Change::AgentRow lead = agentRow(mira);
    lead.role = Role::lead;
    Change::AgentRow gone = agentRow(mira);
    gone.isDisabled = true;
    addSituation("name", situation(Act::EditAgent{mira, QStringLiteral(" Mira\tK "), {}, {}}, asAdmin),
                 applied({named}));
    addSituation("no name", situation(Act::EditAgent{mira, QString(), {}, {}}, asAdmin), refused(RefusalKind::invalid));
    addSituation("role", situation(Act::EditAgent{mira, {}, Role::lead, {}}, asAdmin), applied({lead}));
    addSituation("disable", situation(Act::EditAgent{mira, {}, {}, true}, asAdmin), applied({gone}));
    const auto limitIs = [](int limit) { return Act::EditAgent{mira, {}, {}, {}, {}, limit}; };
    for (const int limit : {0, 20, 9999}) {
        Change::AgentRow limited = agentRow(mira);
        limited.openLimit = limit;
        QTest::addRow("limit of %d", limit) << situation(limitIs(limit), asAdmin) << applied({limited});
    }
    for (const int limit : {-1, 10'000})
        QTest::addRow("limit of %d", limit) << situation(limitIs(limit), asAdmin) << refused(RefusalKind::invalid);
}

void DecidePeopleTest::lastAdmin_data()
{
    addSituationColumns();
    const auto target = [](int admins, bool isDisabled = false) {
        return all({asAdmin, [=](Situation &given) {
                        given.facts.agent->role = Role::admin;
                        given.facts.agent->isDisabled = isDisabled;
                        given.facts.adminCount = admins;
                    }});
    };
    const auto roleIs = [](Role role) { return Act::EditAgent{mira, {}, role, {}}; };
    const Act::EditAgent disable{mira, {}, {}, true};
    const Expected needed = refused(RefusalKind::notPossible);
    const auto row = [](Role role) {
        Change::AgentRow changed = agentRow(mira);
        changed.role = role;
        return applied({changed});
    };
    Change::AgentRow disabled = agentRow(mira);
    disabled.isDisabled = true;
    for (const Role role : {Role::viewer, Role::agent, Role::lead}) {
        QTest::addRow("the last becomes %s", qPrintable(word(role))) << situation(roleIs(role), target(1)) << needed;
        QTest::addRow("one of two becomes %s", qPrintable(word(role)))
            << situation(roleIs(role), target(2)) << row(role);
    }
    addSituation("the last stays", situation(roleIs(Role::admin), target(1)), row(Role::admin));
    addSituation("the last is disabled", situation(disable, target(1)), needed);
    addSituation("the last is disabled, by force", situation(disable, all({target(1), forced})), needed);
    addSituation("one of two is disabled", situation(disable, target(2)), applied({disabled}));
    addSituation("a disabled one does not count", situation(roleIs(Role::agent), target(1, true)), row(Role::agent));
}

void DecidePeopleTest::channels_data()
{
    addSituationColumns();
    Act::AddChannel add;
    add.address = QStringLiteral(" https://feed.example/ ");
    Act::AddChannel cleaned = add;
    cleaned.address = cleaned.name = QStringLiteral("https://feed.example/");
    Act::AddChannel named = add;
    named.name = QStringLiteral(" The\nblog ");
    Act::AddChannel namedCleaned = cleaned;
    namedCleaned.name = QStringLiteral("The blog");
    addSituation("add", situation(add, asAdmin), applied({Change::NewChannel{cleaned}}));
    addSituation("add with a name", situation(named, asAdmin), applied({Change::NewChannel{namedCleaned}}));
    addSituation("add nothing", situation(Act::AddChannel(), asAdmin), refused(RefusalKind::invalid));
    addSituation("add what is there",
                 situation(add, all({asAdmin, [](Situation &given) { given.facts.isKnownAddress = true; }})),
                 refused(RefusalKind::notPossible));

    const auto every = [](int seconds) { return Act::EditChannel{channel, {}, {}, seconds}; };
    for (const int seconds : {15, 300, 86'400})
        QTest::addRow("every %d s", seconds)
            << situation(every(seconds), asAdmin) << applied({Change::ChannelRow{every(seconds)}});
    for (const int seconds : {-1, 0, 14, 86'401})
        QTest::addRow("every %d s", seconds) << situation(every(seconds), asAdmin) << refused(RefusalKind::invalid);
    addSituation("no name", situation(Act::EditChannel{channel, QStringLiteral(" "), {}, {}}, asAdmin),
                 refused(RefusalKind::invalid));
    addSituation("as it is",
                 situation(Act::EditChannel{channel, QStringLiteral("The blog "), Purpose::support, 60}, asAdmin),
                 alreadySo());

    const auto isNamed = [](const char *name) {
        return [name](Situation &given) { given.facts.channel->name = QString::fromUtf8(name); };
    };
    Situation shown = situation(Act::EditChannel(), isNamed("The blog"));
    Act::EditChannel later{channel, QStringLiteral("News"), {}, {}};
    later.was = versionOf(*shown.facts.channel, later);
    addSituation("what one saw", situation(later, all({asAdmin, isNamed("The blog")})),
                 applied({Change::ChannelRow{later}}));
    addSituation("changed by somebody", situation(later, all({asAdmin, isNamed("Blog")})),
                 refused(RefusalKind::changed));
    addSituation("changed by somebody in another way",
                 situation(later, all({asAdmin, isNamed("The blog"),
                                       [](Situation &given) { given.facts.channel->pullEverySeconds = 3600; }})),
                 applied({Change::ChannelRow{later}}));

    const Act::RemoveChannel remove{channel};
    const auto isRemoved = [](Situation &given) { given.facts.channel->isRemoved = true; };
    addSituation("remove", situation(remove, asAdmin), applied({Change::ChannelEnd{channel}}));
    addSituation("remove again", situation(remove, all({asAdmin, isRemoved})), alreadySo());
}

void DecidePeopleTest::teams_data()
{
    addSituationColumns();
    const auto nameIs = [](const char *name) { return Act::AddTeam{QString::fromUtf8(name)}; };
    addSituation("new team", situation(nameIs(" Shop\n1 "), asAdmin),
                 applied({Change::NewTeam{QStringLiteral("Shop 1")}}));
    addSituation("no name", situation(nameIs(" "), asAdmin), refused(RefusalKind::invalid));
    addSituation("name is taken", situation(nameIs("sales"), asAdmin), refused(RefusalKind::notPossible));
    addSituation("new team, as lead", situation(nameIs("Shop"), actorIs(Role::lead)), refused(RefusalKind::permission));
    const auto isMember = [](Situation &given) { given.facts.team->hasAgent = true; };
    const auto isNoTeam = [](Situation &given) { given.facts.team.reset(); };
    const auto isNobody = [](Situation &given) { given.facts.agent.reset(); };
    const Act::SetTeamMember join{team, mira, true};
    const Act::SetTeamMember leave{team, mira, false};
    addSituation("joins", situation(join, asAdmin), applied({Change::Membership{team, mira, true}}));
    addSituation("is in it", situation(join, all({asAdmin, isMember})), alreadySo());
    addSituation("leaves", situation(leave, all({asAdmin, isMember})),
                 applied({Change::Membership{team, mira, false}}));
    addSituation("is not in it", situation(leave, asAdmin), alreadySo());
    addSituation("joins nothing", situation(join, all({asAdmin, isNoTeam})), refused(RefusalKind::notFound));
    addSituation("nobody joins", situation(join, all({asAdmin, isNobody})), refused(RefusalKind::notFound));
    addSituation("joins, as lead", situation(join, actorIs(Role::lead)), refused(RefusalKind::permission));
    const auto renameTo = [](const char *name) { return Act::RenameTeam{team, QString::fromUtf8(name)}; };
    addSituation("rename", situation(renameTo(" Shop\n"), asAdmin),
                 applied({Change::TeamName{team, QStringLiteral("Shop")}}));
    addSituation("is called so", situation(renameTo("Sales"), asAdmin), alreadySo());
    addSituation("other letters", situation(renameTo("SALES"), asAdmin),
                 applied({Change::TeamName{team, QStringLiteral("SALES")}}));
    const auto hasOther = [](Situation &given) { given.facts.teamNames.append(QStringLiteral("Shop")); };
    addSituation("called as another", situation(renameTo("shop"), all({asAdmin, hasOther})),
                 refused(RefusalKind::notPossible));
    addSituation("called nothing", situation(renameTo(" "), asAdmin), refused(RefusalKind::invalid));
    addSituation("rename nothing", situation(renameTo("Shop"), all({asAdmin, isNoTeam})),
                 refused(RefusalKind::notFound));
    addSituation("rename, as lead", situation(renameTo("Shop"), actorIs(Role::lead)), refused(RefusalKind::permission));
    const auto hasChannels = [](Situation &given) { given.facts.team->hasChannels = true; };
    addSituation("remove team", situation(Act::RemoveTeam{team}, asAdmin), applied({Change::TeamEnd{team}}));
    addSituation("with channels", situation(Act::RemoveTeam{team}, all({asAdmin, hasChannels})),
                 refused(RefusalKind::notPossible));
    addSituation("remove nothing", situation(Act::RemoveTeam{team}, all({asAdmin, isNoTeam})),
                 refused(RefusalKind::notFound));
    addSituation("remove, as lead", situation(Act::RemoveTeam{team}, actorIs(Role::lead)),
                 refused(RefusalKind::permission));
    const auto isTeams = [](Situation &given) { given.facts.channel->team = team; };
    const auto isNoChannel = [](Situation &given) { given.facts.channel.reset(); };
    const Act::SetChannelTeam grant{channel, team};
    const Act::SetChannelTeam open{channel, TeamId()};
    addSituation("a team's channel", situation(grant, asAdmin), applied({Change::ChannelGrant{channel, team}}));
    addSituation("the team's already", situation(grant, all({asAdmin, isTeams})), alreadySo());
    addSituation("everybody's", situation(open, all({asAdmin, isTeams, isNoTeam})),
                 applied({Change::ChannelGrant{channel, TeamId()}}));
    addSituation("everybody's already", situation(open, all({asAdmin, isNoTeam})), alreadySo());
    addSituation("no team's", situation(grant, all({asAdmin, isNoTeam})), refused(RefusalKind::notFound));
    addSituation("no channel", situation(grant, all({asAdmin, isNoChannel})), refused(RefusalKind::notFound));
    addSituation("a team's channel, as lead", situation(grant, actorIs(Role::lead)), refused(RefusalKind::permission));
}

void DecidePeopleTest::settings_data()
{
    addSituationColumns();
    const auto days = [](int value) { return Act::ChangeSetting{Setting::reopenDays, value}; };
    const auto seconds = [](int value) { return Act::ChangeSetting{Setting::undoSeconds, value}; };
    const Given asAdmin = actorIs(Role::admin);
    addSituation("other days", situation(days(14), asAdmin), applied({Change::SettingValue{Setting::reopenDays, 14}}));
    addSituation("as they are", situation(days(30), asAdmin), alreadySo());
    addSituation("always", situation(days(0), asAdmin), applied({Change::SettingValue{Setting::reopenDays, 0}}));
    addSituation("before", situation(days(-1), asAdmin), refused(RefusalKind::invalid));
    addSituation("ages", situation(days(3651), asAdmin), refused(RefusalKind::invalid));
    addSituation("at once", situation(seconds(0), asAdmin), applied({Change::SettingValue{Setting::undoSeconds, 0}}));
    addSituation("longest", situation(seconds(300), asAdmin),
                 applied({Change::SettingValue{Setting::undoSeconds, 300}}));
    addSituation("too long", situation(seconds(301), asAdmin), refused(RefusalKind::invalid));
    addSituation("settings, as lead", situation(days(14), actorIs(Role::lead)), refused(RefusalKind::permission));
}

void DecidePeopleTest::pauses_data()
{
    addSituationColumns();
    const Given asLead = actorIs(Role::lead);
    const QString storm = QStringLiteral("storm");
    const auto isPaused = [](Situation &given) { given.facts.channel->isPaused = true; };
    const auto noChannel = [](Situation &given) { given.facts.channel.reset(); };
    const Act::PauseSending pause{channel, QStringLiteral(" storm\n")};
    addSituation("pause", situation(pause, asLead), applied({Change::SendingPause{channel, true, storm}}));
    addSituation("pause again", situation(pause, all({asLead, isPaused})), alreadySo());
    addSituation("pause nothing known", situation(pause, all({asLead, noChannel})), refused(RefusalKind::notFound));
    addSituation("resume", situation(Act::ResumeSending{channel}, all({asLead, isPaused})),
                 applied({Change::SendingPause{channel, false, {}}}));
    addSituation("resume what runs", situation(Act::ResumeSending{channel}, asLead), alreadySo());
}

/// Whatever is asked for on a channel that the actor may not see: as if it were not there. Forcing does not help.
void DecidePeopleTest::hiddenChannelDoesNotExist()
{
    int hidden = 0;
    for (Situation given : everyKind()) {
        const QString kind = kindOf(given.action.arguments);
        QVERIFY2(given.decided(), qPrintable(kind));
        const bool isOnChannel =
            given.facts.conversation || given.facts.message || given.facts.delivery || given.facts.channel;
        given.actor.hiddenChannels = {channel};
        given.action.force = true;
        const Verdict verdict = given.decided();
        QVERIFY2(isOnChannel != verdict.has_value(), qPrintable(kind));
        if (!verdict)
            QCOMPARE(verdict.error().kind, RefusalKind::notFound);
        hidden += isOnChannel ? 1 : 0;
    }
    QVERIFY(hidden > 10);
}

void DecidePeopleTest::workIsNotGivenToWhoMayNotSeeIt()
{
    Situation given = situation(Act::Assign{conversation, mira});
    QVERIFY(given.decided());
    given.facts.agent->hiddenChannels = {channel};
    QCOMPARE(given.decided().error().kind, RefusalKind::notPossible);
}

QTEST_APPLESS_MAIN(DecidePeopleTest)
#include "tst_decidepeople.moc"
