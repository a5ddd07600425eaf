// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/keptversion.h"
#include "model/macroactions.h"
#include "tests/model/situation.h"

#include <QTest>

using namespace Earshot;

/// Saved replies, placeholders and macros: what may be kept, and what it comes to.
class SavedTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keeping_data();
    void keeping() { checkSituation(); }
    void whatItWasBasedOn_data();
    void whatItWasBasedOn() { checkSituation(); }
    void whatIsSeenIsWhatItIsBasedOn();
    void placeholders_data();
    void placeholders();
    void gaps();
    void stepsTravelAsText();
    void incompleteSteps();
    void macroBecomesActions();
    void replyIsLeftToAPerson();
};

void SavedTest::keeping_data()
{
    addSituationColumns();
    const Given lead = actorIs(Role::lead);
    const Act::KeepSavedReply fine{savedReply, QStringLiteral("Thanks"), QStringLiteral("Thank you, {name}!")};
    addSituation("a reply", situation(fine, lead), applied({Change::SavedReplyRow{fine}}));
    Act::KeepSavedReply fresh = fine;
    fresh.savedReply = SavedReplyId();
    addSituation("a new one", situation(fresh, lead), applied({Change::SavedReplyRow{fresh}}));
    const auto gone = [](Situation &given) { given.facts.savedReply.reset(); };
    addSituation("one that is gone", situation(fine, all({lead, gone})), refused(RefusalKind::notFound));
    Act::KeepSavedReply untidy = fine;
    untidy.name = QStringLiteral("  Thanks\n ");
    addSituation("name on one line", situation(untidy, lead), applied({Change::SavedReplyRow{fine}}));
    Act::KeepSavedReply nameless = fine;
    nameless.name = QStringLiteral(" ");
    addSituation("no name", situation(nameless, lead),
                 refused(RefusalKind::invalid, {}, QStringLiteral("a saved reply needs a name")));
    Act::KeepSavedReply empty = fine;
    empty.text = QStringLiteral("\n");
    addSituation(
        "no text", situation(empty, lead),
        refused(RefusalKind::invalid, {}, QStringLiteral("a saved reply needs a text of at most 20,000 characters")));
    const auto taken = [](Situation &given) { given.facts.isNameTaken = true; };
    addSituation("name taken", situation(fine, all({lead, taken})),
                 refused(RefusalKind::notPossible, {}, QStringLiteral("another one has this name")));
    const Act::KeepSavedReply same{savedReply, QStringLiteral("Greeting"), QStringLiteral("Hello")};
    addSituation("as it is", situation(same, lead), alreadySo());
    addSituation("removed", situation(Act::RemoveSavedReply{savedReply}, lead),
                 applied({Change::SavedReplyEnd{savedReply}}));
    addSituation("removed twice", situation(Act::RemoveSavedReply{savedReply}, all({lead, gone})),
                 refused(RefusalKind::notFound));

    const QList<MacroStep> steps{{MacroStepKind::addTag, QStringLiteral("hardware")}, {MacroStepKind::resolve, {}}};
    const Act::KeepMacro list{macro, QStringLiteral("Done"), QStringLiteral("D"), steps};
    addSituation("a macro", situation(list, lead), applied({Change::MacroRow{list}}));
    Act::KeepMacro small = list;
    small.key = QStringLiteral("d");
    addSituation("its key as a capital", situation(small, lead), applied({Change::MacroRow{list}}));
    Act::KeepMacro wrongKey = list;
    wrongKey.key = QStringLiteral("F1");
    addSituation("a key of two", situation(wrongKey, lead),
                 refused(RefusalKind::invalid, {}, QStringLiteral("the key of a macro is one letter or digit")));
    Act::KeepMacro idle = list;
    idle.steps.clear();
    addSituation("no steps", situation(idle, lead),
                 refused(RefusalKind::invalid, {}, QStringLiteral("a macro needs between 1 and 20 steps")));
    Act::KeepMacro half = list;
    half.steps.append({MacroStepKind::addTag, {}});
    addSituation("a step without its tag", situation(half, lead),
                 refused(RefusalKind::invalid, {}, QStringLiteral("a step of the macro is not complete")));
    const auto keyTaken = [](Situation &given) { given.facts.isKeyTaken = true; };
    addSituation("key taken", situation(list, all({lead, keyTaken})),
                 refused(RefusalKind::notPossible, {}, QStringLiteral("another macro has this key")));
    addSituation("macro removed", situation(Act::RemoveMacro{macro}, lead), applied({Change::MacroEnd{macro}}));
    addSituation("by an agent", situation(list), refused(RefusalKind::permission, {}, QStringLiteral("lead")));
}

void SavedTest::whatItWasBasedOn_data()
{
    addSituationColumns();
    const Given lead = actorIs(Role::lead);
    Act::KeepSavedReply mine{savedReply, QStringLiteral("Greeting"), QStringLiteral("Hello, {name}")};
    const Act::KeepSavedReply plain = mine;
    mine.was = versionOf(Act::KeepSavedReply{savedReply, QStringLiteral(" Greeting "), QStringLiteral("Hello")});
    addSituation("on what it is", situation(mine, lead), applied({Change::SavedReplyRow{plain}}));
    const auto others = [](Situation &given) { given.facts.savedReply->text = QStringLiteral("Hi"); };
    addSituation("another lead was faster", situation(mine, all({lead, others})), refused(RefusalKind::changed));
    const auto anyway = [](Situation &given) { given.action.force = true; };
    addSituation("all the same", situation(mine, all({lead, others, anyway})), applied({Change::SavedReplyRow{plain}}));
    addSituation("not known on what", situation(plain, all({lead, others})), applied({Change::SavedReplyRow{plain}}));
    const auto alike = [plain](Situation &given) { given.facts.savedReply = plain; };
    addSituation("both wrote the same", situation(mine, all({lead, alike})), alreadySo());

    Act::KeepMacro list{macro, QStringLiteral("Done"), QStringLiteral("D"), {{MacroStepKind::resolve, {}}}};
    const Act::KeepMacro bare = list;
    const auto keeps = [bare](Situation &given) {
        given.facts.macro = bare;
        given.facts.macro->name = QStringLiteral("Finished");
    };
    list.was = versionOf(bare);
    addSituation("a macro that was renamed", situation(list, all({lead, keeps})), refused(RefusalKind::changed));
    Act::KeepMacro later = list;
    Act::KeepMacro renamed = bare;
    renamed.name = QStringLiteral("Finished");
    later.was = versionOf(renamed);
    addSituation("a macro as it is", situation(later, all({lead, keeps})), applied({Change::MacroRow{bare}}));

    const Act::RemoveSavedReply removal{savedReply, mine.was};
    const Expected removed = applied({Change::SavedReplyEnd{savedReply}});
    addSituation("removed as it was", situation(removal, lead), removed);
    addSituation("removed after another lead was faster", situation(removal, all({lead, others})),
                 refused(RefusalKind::changed));
    addSituation("removed all the same", situation(removal, all({lead, others, anyway})), removed);
    addSituation("removed, not known as what", situation(Act::RemoveSavedReply{savedReply}, all({lead, others})),
                 removed);
    addSituation("a macro is removed that was renamed",
                 situation(Act::RemoveMacro{macro, versionOf(bare)}, all({lead, keeps})),
                 refused(RefusalKind::changed));
    addSituation("a macro is removed as it is",
                 situation(Act::RemoveMacro{macro, versionOf(renamed)}, all({lead, keeps})),
                 applied({Change::MacroEnd{macro}}));
}

void SavedTest::whatIsSeenIsWhatItIsBasedOn()
{
    Facts facts;
    Act::KeepSavedReply reply{savedReply, QStringLiteral("Greeting"), QStringLiteral("Hello")};
    QCOMPARE(std::get<Act::KeepSavedReply>(basedOnPresent(reply, facts)).was, QString());
    reply.was = versionOf(reply);
    // Removed meanwhile.
    QCOMPARE(std::get<Act::KeepSavedReply>(basedOnPresent(reply, facts)).was, reply.was);
    facts.savedReply = Act::KeepSavedReply{savedReply, QStringLiteral("Greeting"), QStringLiteral("Hi")};
    QCOMPARE(std::get<Act::KeepSavedReply>(basedOnPresent(reply, facts)).was, versionOf(*facts.savedReply));
    facts.message = MessageFacts();
    facts.message->text = QStringLiteral("a colleague's words");
    const Act::EditNote kept{MessageId(3), QStringLiteral("mine"), {}};
    QCOMPARE(std::get<Act::EditNote>(basedOnPresent(kept, facts)).was, versionOfNote(facts.message->text));
    facts.macro = Act::KeepMacro{macro, QStringLiteral("Done"), {}, {{MacroStepKind::resolve, {}}}};
    Act::KeepMacro list = *facts.macro;
    list.was = QStringLiteral("0123456789abcdef");
    QCOMPARE(std::get<Act::KeepMacro>(basedOnPresent(list, facts)).was, versionOf(*facts.macro));
    const QString other = list.was;
    QCOMPARE(std::get<Act::RemoveMacro>(basedOnPresent(Act::RemoveMacro{macro, other}, facts)).was,
             versionOf(*facts.macro));
    QCOMPARE(std::get<Act::RemoveMacro>(basedOnPresent(Act::RemoveMacro{macro}, facts)).was, QString());
    QCOMPARE(std::get<Act::RemoveSavedReply>(basedOnPresent(Act::RemoveSavedReply{savedReply, other}, facts)).was,
             versionOf(*facts.savedReply));
    facts.views = {{hardware, viewNamed(QStringLiteral("Hardware"))}, {late, viewNamed(QStringLiteral("Late"))}};
    const QString present = versionOf(viewNamed(QStringLiteral("Late")));
    QCOMPARE(std::get<Act::RemoveView>(basedOnPresent(Act::RemoveView{late, other}, facts)).was, present);
    const Act::SaveView saved{late, viewNamed(QStringLiteral("Later")), other};
    QCOMPARE(std::get<Act::SaveView>(basedOnPresent(saved, facts)).was, present);
}

void SavedTest::placeholders_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("filled");
    QTest::newRow("all") << QStringLiteral("Hi {first name} ({name}, {handle}): {agent} at {channel}, {number} {link}")
                         << QStringLiteral("Hi Mira (Mira Holm, @mira): Kim at Acme, #12 https://x.example/1");
    QTest::newRow("case and blanks") << QStringLiteral("{ Name }") << QStringLiteral("Mira Holm");
    QTest::newRow("a gap stays") << QStringLiteral("Order {order number}, {name}")
                                 << QStringLiteral("Order {order number}, Mira Holm");
    QTest::newRow("no placeholder") << QStringLiteral("a { b\nc } {} {name") << QStringLiteral("a { b\nc } {} {name");
}

void SavedTest::placeholders()
{
    QFETCH(QString, text);
    const PlaceholderValues values{QStringLiteral("Mira Holm"),
                                   QStringLiteral("Mira"),
                                   QStringLiteral("@mira"),
                                   QStringLiteral("Kim"),
                                   QStringLiteral("Acme"),
                                   QStringLiteral("#12"),
                                   QStringLiteral("https://x.example/1")};
    QTEST(fillPlaceholders(text, values), "filled");
    // A person may call herself as she likes.
    PlaceholderValues hostile = values;
    hostile.name = QStringLiteral("{agent}");
    QCOMPARE(fillPlaceholders(QStringLiteral("{name}!"), hostile), QStringLiteral("{agent}!"));
}

void SavedTest::gaps()
{
    const QString text = QStringLiteral("a {x} b {order number}");
    QCOMPARE(nextGap(text), (Gap{2, 3}));
    QCOMPARE(nextGap(text, 3), (Gap{8, 14}));
    QCOMPARE(nextGap(text, 9), std::nullopt);
    QCOMPARE(nextGap(QStringLiteral("{{x}")), (Gap{1, 3}));
    QCOMPARE(nextGap(QLatin1Char('{') + QString(80, QLatin1Char('x')) + QLatin1Char('}')), std::nullopt);
}

void SavedTest::stepsTravelAsText()
{
    const QList<MacroStep> steps{{MacroStepKind::addNote, QStringLiteral("\"line\"\nand {name}")},
                                 {MacroStepKind::setPriority, QStringLiteral("high")},
                                 {MacroStepKind::wait, {}}};
    QCOMPARE(stepsFromText(stepsToText(steps)), steps);
    QVERIFY(stepsFromText(QStringLiteral("nonsense")).isEmpty());
    QCOMPARE(stepsFromText(QStringLiteral(R"([{"kind":"later","argument":""},{"kind":"wait"}])")),
             (QList<MacroStep>{{MacroStepKind::wait, {}}}));
}

void SavedTest::incompleteSteps()
{
    using enum MacroStepKind;
    for (const MacroStep &step : QList<MacroStep>{{assign, {}},
                                                  {assign, QStringLiteral("Kim")},
                                                  {addTag, QStringLiteral(" ")},
                                                  {removeTag, {}},
                                                  {setPriority, QStringLiteral("hot")},
                                                  {snooze, QStringLiteral("0")},
                                                  {snooze, QStringLiteral("99999999")},
                                                  {resolve, QStringLiteral("duplicate")},
                                                  {resolve, QStringLiteral("whatever")},
                                                  {addNote, {}},
                                                  {reply, QStringLiteral("\n")}}) {
        QString problem;
        QVERIFY2(!isComplete(step, &problem), qPrintable(stepsToText({step})));
        QCOMPARE(problem, word(step.kind));
    }
    QVERIFY(isComplete({resolve, QStringLiteral("spam")}));
    QVERIFY(isComplete({claim, {}}));
}

void SavedTest::macroBecomesActions()
{
    using enum MacroStepKind;
    ConversationRecord record;
    record.id = conversation;
    record.needsAnswer = true;
    PlaceholderValues values;
    values.name = QStringLiteral("Mira");
    const QList<MacroStep> steps{{claim, {}},
                                 {addTag, QStringLiteral("hardware")},
                                 {setPriority, QStringLiteral("urgent")},
                                 {addNote, QStringLiteral("{name} again")},
                                 {snooze, QStringLiteral("90")},
                                 {resolve, {}}};
    const QList<ActionArguments> actions = macroActions(steps, record, now, values);
    const QList<ActionArguments> wanted{Act::Claim{conversation},
                                        Act::AddTag{conversation, QStringLiteral("hardware")},
                                        Act::SetPriority{conversation, Priority::urgent},
                                        Act::AddNote{conversation, QStringLiteral("Mira again")},
                                        Act::Snooze{conversation, now + std::chrono::minutes(90)},
                                        Act::SetStatus{conversation, Status::resolved, Reason::noAnswerNeeded, {}}};
    QCOMPARE(actions, wanted);
    record.needsAnswer = false;
    QCOMPARE(macroActions({{resolve, {}}}, record, now, values),
             (QList<ActionArguments>{Act::SetStatus{conversation, Status::resolved, Reason::answered, {}}}));
}

void SavedTest::replyIsLeftToAPerson()
{
    ConversationRecord record;
    record.id = conversation;
    const QList<MacroStep> steps{{MacroStepKind::wait, {}}, {MacroStepKind::reply, QStringLiteral("Hi {name}")}};
    QCOMPARE(macroActions(steps, record, now, {}).size(), 1);
    QCOMPARE(macroReply(steps), QStringLiteral("Hi {name}"));
    QVERIFY(macroReply({{MacroStepKind::wait, {}}}).isEmpty());
}

QTEST_APPLESS_MAIN(SavedTest)
#include "tst_saved.moc"
