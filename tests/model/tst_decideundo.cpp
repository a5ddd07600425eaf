// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/model/situation.h"

#include <QTest>

using namespace Earshot;

namespace {

/// A little workspace: does to the facts what a decision says.
struct Carrying
{
    Facts &facts;
    AgentId actor;
    Seq seq;

    void operator()(const Change::Work &work) const
    {
        ConversationFacts &row = *facts.conversation;
        if (work.status) {
            row.status = *work.status;
            row.reason = work.reason;
            row.duplicateOf = work.duplicateOf;
            row.snoozedUntil = work.snoozedUntil;
            row.statusMark = {seq, actor};
        }
        if (work.assignee) {
            row.assignee = *work.assignee;
            row.assigneeMark = {seq, actor};
        }
        if (work.priority) {
            row.priority = *work.priority;
            row.priorityMark = {seq, actor};
        }
    }
    void operator()(const Change::Tagging &tagging) const
    {
        if (tagging.isAdded)
            facts.conversation->tags.append(tagging.tag);
        else
            facts.conversation->tags.removeAll(tagging.tag);
    }
    void operator()(const Change::NoteText &note) const { facts.message->text = note.text; }
    void operator()(const Change::NewEffect &effect) const
    {
        MessageFacts &row = *facts.message;
        const bool isRestored = effect.effect == Effect::restore;
        switch (effect.effect) {
        case Effect::like:
        case Effect::unlike:
            row.isLiked = effect.effect == Effect::like;
            break;
        case Effect::boost:
        case Effect::unboost:
            row.isBoosted = effect.effect == Effect::boost;
            break;
        case Effect::approve:
        case Effect::restore:
            QVERIFY(!isRestored || row.moderation == Moderation::spam || row.moderation == Moderation::trash);
            row.moderation = Moderation::approved;
            break;
        case Effect::unapprove:
        case Effect::hide:
            row.moderation = Moderation::held;
            break;
        case Effect::spam:
            row.moderation = Moderation::spam;
            break;
        case Effect::trash:
            row.moderation = Moderation::trash;
            break;
        default:
            QFAIL("no such effect has an inverse");
        }
    }
    void operator()(const Change::ContactMerge &merge) const { facts.contact->mergedInto = merge.into; }
    void operator()(const Change::AgentRow &row) const
    {
        AgentFacts &agent = *facts.agent;
        agent.name = row.name.value_or(agent.name);
        agent.role = row.role.value_or(agent.role);
        agent.isDisabled = row.isDisabled.value_or(agent.isDisabled);
        agent.isOnDuty = row.isOnDuty.value_or(agent.isOnDuty);
    }
    void operator()(const Change::SendingPause &pause) const { facts.channel->isPaused = pause.isPaused; }
    void operator()(const Change::SavedReplyRow &change) const { facts.savedReply = change.row; }
    void operator()(const Change::SavedReplyEnd &) const { facts.savedReply.reset(); }
    void operator()(const Change::MacroRow &change) const { facts.macro = change.row; }
    void operator()(const Change::MacroEnd &) const { facts.macro.reset(); }
    void operator()(const Change::Membership &change) const { facts.team->hasAgent = change.isMember; }
    void operator()(const Change::ChannelRow &row) const
    {
        ChannelFacts &now = *facts.channel;
        now.name = row.edit.name.value_or(now.name);
        now.purpose = row.edit.purpose.value_or(now.purpose);
        now.pullEverySeconds = row.edit.pullEverySeconds.value_or(now.pullEverySeconds);
    }
    void operator()(const Change::ChannelGrant &grant) const { facts.channel->team = grant.team; }
    void operator()(const Change::ViewRow &row) const
    {
        for (ViewFacts &view : facts.views) {
            if (view.id == row.view)
                view.content = row.content;
        }
        if (!row.view.isValid())
            facts.views.append({ViewId(99), row.content});
    }
    void operator()(const Change::ViewEnd &end) const
    {
        facts.views.removeIf([&end](const ViewFacts &view) { return view.id == end.view; });
    }
    void operator()(const Change::ViewOrder &order) const
    {
        std::sort(facts.views.begin(), facts.views.end(), [&order](const ViewFacts &a, const ViewFacts &b) {
            return order.views.indexOf(a.id) < order.views.indexOf(b.id);
        });
    }
    void operator()(const Change::TeamName &change) const
    {
        facts.teamNames.replace(facts.teamNames.indexOf(facts.team->name), change.name);
        facts.team->name = change.name;
    }
    void operator()(const Change::SettingValue &change) const
    {
        setValue(facts.settings, change.setting, change.value);
    }
    void operator()(const Change::NoticeEnd &) const { facts.notice.reset(); }
    void operator()(const Change::NewNotice &made) const { facts.notice = NoticeFacts{NoticeId(99), {}, made.notice}; }
    template <class Other>
    void operator()(const Other &) const
    {
        QFAIL("such a change has no inverse");
    }
};

/// Everything that an inverse must bring back, in words.
QStringList stateOf(const Facts &facts)
{
    const ConversationFacts &work = *facts.conversation;
    const MessageFacts &item = *facts.message;
    QStringList tags = work.tags;
    tags.sort();
    QStringList views;
    for (const ViewFacts &view : facts.views)
        views.append(view.content.name + QString::number(view.content.filter.statusBits()));
    return {views.join(QLatin1Char(',')),
            facts.notice ? facts.notice->pinned.text + toIso(facts.notice->pinned.until) : QString(),
            word(work.status),
            word(work.reason),
            QString::number(work.duplicateOf.value),
            toIso(work.snoozedUntil),
            QString::number(work.assignee.value),
            word(work.priority),
            tags.join(QLatin1Char(',')),
            item.text,
            word(item.moderation),
            item.isLiked ? QStringLiteral("liked") : QString(),
            item.isBoosted ? QStringLiteral("boosted") : QString(),
            QString::number(facts.contact->mergedInto.value),
            facts.agent->name,
            word(facts.agent->role),
            facts.agent->isDisabled ? QStringLiteral("disabled") : QString(),
            facts.agent->isOnDuty ? QStringLiteral("on duty") : QString(),
            facts.channel->isPaused ? QStringLiteral("paused") : QString(),
            facts.savedReply ? facts.savedReply->name + facts.savedReply->text : QString(),
            facts.macro ? facts.macro->name + facts.macro->key + stepsToText(facts.macro->steps) : QString(),
            facts.team->hasAgent ? QStringLiteral("in the team") : QString(),
            facts.team->name,
            QString::number(facts.settings.undoSeconds),
            QString::number(facts.settings.reopenDays),
            QString::number(facts.channel->team.value),
            facts.channel->name,
            word(facts.channel->purpose),
            QString::number(facts.channel->pullEverySeconds)};
}

QList<Given> everyStatus()
{
    QList<Given> all = {statusIs(Status::open), statusIs(Status::pending),
                        statusIs(Status::snoozed, {}, {}, now + std::chrono::hours(1)),
                        statusIs(Status::resolved, Reason::duplicate, otherConversation)};
    for (const Reason reason : {Reason::answered, Reason::noAnswerNeeded, Reason::spam})
        all.append(statusIs(Status::resolved, reason));
    return all;
}

} // namespace

/// What undoes an action, and that applying both brings back what was.
class DecideUndoTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void undoOfEveryKind_data();
    void undoOfEveryKind();
    void undoBringsBack_data();
    void undoBringsBack();
    void channelThatAColleagueChangedIsNotUndone();
    void undoIsRefusedWhenOthersChangedIt();
    void undoOfWhatWokeMeanwhileOpens();
};

void DecideUndoTest::undoOfEveryKind_data()
{
    QTest::addColumn<Situation>("situation");
    QTest::addColumn<QString>("inverse");
    const QStringList inverses = {QStringLiteral("unassign"),
                                  QStringLiteral("unassign"),
                                  QStringLiteral("assign"),
                                  QStringLiteral("setStatus"),
                                  QStringLiteral("setStatus"),
                                  QStringLiteral("snooze"),
                                  QStringLiteral("removeTag"),
                                  QStringLiteral("addTag"),
                                  QStringLiteral("setPriority"),
                                  QString(), // a note stays; it can be edited
                                  QStringLiteral("editNote"),
                                  QString(), // a reply is taken back by its delivery
                                  QString(),
                                  QString(),
                                  QString(),
                                  QStringLiteral("performEffect"),
                                  QStringLiteral("splitContact"),
                                  QStringLiteral("mergeContacts"),
                                  QStringLiteral("setDuty"),
                                  QStringLiteral("resumeSending"),
                                  QString(),
                                  QString(),
                                  QStringLiteral("editAgent"),
                                  QString(),
                                  QStringLiteral("editChannel"),
                                  QString(),
                                  QStringLiteral("keepSavedReply"),
                                  QStringLiteral("keepSavedReply"),
                                  QStringLiteral("keepMacro"),
                                  QStringLiteral("keepMacro"),
                                  QString(),
                                  QStringLiteral("setTeamMember"),
                                  QStringLiteral("setChannelTeam"),
                                  QStringLiteral("saveView"),
                                  QStringLiteral("saveView"),
                                  QStringLiteral("moveView"),
                                  QString(),
                                  QStringLiteral("pinNotice"),
                                  QStringLiteral("renameTeam"),
                                  QString(),
                                  QStringLiteral("changeSetting")};
    const QList<Situation> kinds = everyKind();
    QCOMPARE(inverses.size(), kinds.size());
    for (qsizetype i = 0; i < kinds.size(); ++i)
        QTest::addRow("%s", qPrintable(kindOf(kinds.at(i).action.arguments))) << kinds.at(i) << inverses.at(i);
}

void DecideUndoTest::undoOfEveryKind()
{
    QFETCH(Situation, situation);
    QFETCH(QString, inverse);
    const Verdict verdict = situation.decided();
    QVERIFY(verdict);
    QCOMPARE(verdict->inverse ? kindOf(*verdict->inverse) : QString(), inverse);
}

void DecideUndoTest::undoBringsBack_data()
{
    QTest::addColumn<Situation>("situation");
    const auto row = [](const Situation &given) {
        static int number = 0;
        QTest::addRow("%s %d", qPrintable(kindOf(given.action.arguments)), ++number) << given;
    };
    for (const Situation &given : everyKind()) {
        if (given.decided()->inverse)
            row(given);
    }
    for (const Given &before : everyStatus()) {
        row(situation(Act::SetStatus{conversation, Status::open, {}, {}}, before));
        row(situation(Act::SetStatus{conversation, Status::pending, {}, {}}, before));
        row(situation(Act::SetStatus{conversation, Status::resolved, Reason::noAnswerNeeded, {}}, before));
        row(situation(Act::SetStatus{conversation, Status::resolved, Reason::duplicate, ConversationId(43)}, before));
        row(situation(Act::Snooze{conversation, later}, before));
        row(situation(Act::Wake{conversation}, before));
    }
    for (const AgentId owner : {AgentId(), me, boss}) {
        row(situation(Act::Claim{conversation}, all({ownerIs(owner), forced})));
        row(situation(Act::Assign{conversation, mira}, ownerIs(owner)));
        row(situation(Act::Unassign{conversation}, ownerIs(owner)));
    }
    for (const Moderation before : {Moderation::approved, Moderation::held, Moderation::spam, Moderation::trash}) {
        const auto moderated = [before](Situation &given) { given.facts.message->moderation = before; };
        using enum Effect;
        const bool isAway = before == Moderation::spam || before == Moderation::trash;
        QList<Effect> effects = {approve, unapprove, hide, spam, trash};
        if (isAway)
            effects.append(restore);
        for (const Effect effect : std::as_const(effects))
            row(situation(Act::PerformEffect{message, effect}, moderated));
    }
    const auto isLiked = [](Situation &given) { given.facts.message->isLiked = given.facts.message->isBoosted = true; };
    row(situation(Act::PerformEffect{message, Effect::boost}));
    row(situation(Act::PerformEffect{message, Effect::unlike}, isLiked));
    row(situation(Act::PerformEffect{message, Effect::unboost}, isLiked));
    row(situation(Act::EditAgent{mira, QStringLiteral("M"), Role::viewer, true}, actorIs(Role::admin)));
    row(situation(Act::EditChannel{channel, {}, Purpose::sales, 300}, actorIs(Role::admin)));
    row(situation(Act::EditChannel{channel, QStringLiteral("B"), Purpose::support, {}}, actorIs(Role::admin)));
}

void DecideUndoTest::undoBringsBack()
{
    QFETCH(Situation, situation);
    const QStringList before = stateOf(situation.facts);
    const Verdict verdict = situation.decided();
    QVERIFY(verdict);
    QCOMPARE(verdict->inverse.has_value(), !verdict->changes.empty());
    if (!verdict->inverse)
        return;
    for (const ChangeEffect &change : verdict->changes)
        std::visit(Carrying{situation.facts, me, 71}, change);
    QVERIFY(stateOf(situation.facts) != before);

    situation.action = makeAction(*verdict->inverse, now, 71);
    Situation undoing = situation;
    if (const auto *assign = std::get_if<Act::Assign>(&undoing.action.arguments))
        undoing.facts.agent = undoing.facts.agents.at(qsizetype(assign->agent.value - 1));
    const Verdict undone = undoing.decided();
    QVERIFY2(undone, undone ? "" : qPrintable(word(undone.error().kind)));
    for (const ChangeEffect &change : undone->changes)
        std::visit(Carrying{situation.facts, me, 72}, change);
    QCOMPARE(stateOf(situation.facts), before);
}

void DecideUndoTest::channelThatAColleagueChangedIsNotUndone()
{
    Situation given = situation(Act::EditChannel{channel, QStringLiteral("B"), {}, {}}, actorIs(Role::admin));
    given.facts.channel->name = QStringLiteral("A");
    const Verdict renamed = given.decided();
    QVERIFY(renamed && renamed->inverse);
    given.action = makeAction(*renamed->inverse, now, 71);
    given.facts.channel->name = QStringLiteral("B");
    QVERIFY(given.decided());
    given.facts.channel->name = QStringLiteral("C");
    QCOMPARE(given.decided().error().kind, RefusalKind::changed);
}

void DecideUndoTest::undoIsRefusedWhenOthersChangedIt()
{
    Situation given = situation(Act::SetPriority{conversation, Priority::urgent});
    const Verdict verdict = given.decided();
    QVERIFY(verdict);
    given.facts.conversation->priority = Priority::low;
    given.facts.conversation->priorityMark = {72, mira};
    given.action = makeAction(*verdict->inverse, now, 71);
    QCOMPARE(difference(given.decided(), refused(RefusalKind::changed, mira, word(Priority::low))), QString());
}

/// Its time had come, though the desk had not yet noted that it woke: it cannot be put to sleep into the past.
void DecideUndoTest::undoOfWhatWokeMeanwhileOpens()
{
    const Situation given = situation(Act::SetStatus{conversation, Status::resolved, Reason::answered, {}},
                                      statusIs(Status::snoozed, {}, {}, earlier));
    const Verdict verdict = given.decided();
    QVERIFY(verdict);
    const Situation undo = situation(*verdict->inverse, statusIs(Status::resolved, Reason::answered));
    QCOMPARE(difference(undo.decided(), applied({newStatus(Status::open)})), QString());
}

QTEST_APPLESS_MAIN(DecideUndoTest)
#include "tst_decideundo.moc"
