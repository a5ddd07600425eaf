// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/viewlistmodel.h"
#include "ui/shell/noticebar.h"
#include "ui/window/dutydialog.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace Earshot;

/// For the crisis and the lead: notices, who is on duty and gets which work, very many rows at once.
class LeadTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void noticeStandsAboveItsListOnly();
    void noticeOfAChannelStandsAboveItsComposer();
    void noticeRunsOut();
    void noticeIsTakenOffAndUndone();
    void offDutyHandsOver();
    void offDutyTakesAllAlong();
    void offDutyGivesNothingAwayThatIsNotMine();
    void offDutySaysWhyARowIsFixed();
    void offDutyKnowsWhatWasJustTyped();
    void offDutyHandsNothingOnBlindly();
    void offDutyDialogThatIsLeftForgetsNoNote();
    void offDutyWithoutWorkAsksNothing();
    void snoozedWorkOfSomebodyAwayWakesForTheTeam();
    void pickerTellsWhoIsThere();
    void manyAreSpreadEvenly();
    void tenThousandAreDoneStoppedAndUndone();
    void placeAndMarksStayWhenAThousandArrive();
    void otherLayoutsWorkInTheWindow();
    void eachColleaguesWorkIsListedForALead();
    void droppingGivesWork();
    void whatIsDraggedFromAnotherWorkspaceIsNotTaken();
    void droppingWhatIsMarkedTakesAllAlong();
    void teamHasItsQueue();

private:
    /// Once, as soon as it is enabled.
    void trigger(const char *id)
    {
        QVERIFY(QTest::qWaitFor([&] { return m_world->window().commands().trigger(QString::fromLatin1(id)); }, 30'000));
    }
    [[nodiscard]] bool waitFor(const char *name) const
    {
        return QTest::qWaitFor([&] { return m_world->widget(name) && m_world->widget(name)->isVisible(); }, 30'000);
    }
    [[nodiscard]] QString notices(const char *bar) const
    {
        const auto *found = m_world->find<NoticeBar>(bar);
        return found && found->isVisible() ? found->text() : QString();
    }
    /// Pins by the dialog. @param place a part of the place's text; empty = as proposed
    void pin(const QString &text, const QString &place = {});
    [[nodiscard]] AgentRecord colleague() const;
    /// A row of the left pane by how it begins; not valid when there is none.
    [[nodiscard]] QModelIndex viewRow(const QString &text) const;
    /// Drags the list's row there, as the pointer does.
    void drag(ConversationId id, const QString &onto);
    void drop(const QMimeData &data, const QString &onto);
    [[nodiscard]] qint64 tagged(const QString &tag);

    std::unique_ptr<WindowWorld> m_world;
};

void LeadTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->window().roster().isLoaded() && m_world->list().rowCount() > 0);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void LeadTest::pin(const QString &text, const QString &place)
{
    trigger("notice.pin");
    QVERIFY(waitFor("noticeDialog"));
    QTRY_VERIFY(m_world->widget("noticeText")->hasFocus());
    QVERIFY(!m_world->widget("noticePin")->isEnabled());
    m_world->type(text);
    auto *places = m_world->find<QComboBox>("noticePlace");
    if (!place.isEmpty())
        places->setCurrentIndex(places->findText(place, Qt::MatchContains));
    QTest::mouseClick(m_world->widget("noticePin"), Qt::LeftButton);
}

AgentRecord LeadTest::colleague() const
{
    for (const AgentRecord &agent : m_world->window().roster().agents()) {
        if (agent.id != m_world->desk().me() && agent.role >= Role::agent && !agent.isDisabled)
            return agent;
    }
    return {};
}

qint64 LeadTest::tagged(const QString &tag)
{
    return m_world->desk()
        .workspace()
        .readNow<qint64>([&tag](Database &database) -> Result<qint64> {
            qint64 id = 0;
            {
                Statement find = database.statement("select_tag_by_name");
                id = find.bind("name", tag).next() ? find.integer(0) : 0;
            }
            Statement count = database.statement("count_tagged");
            count.bind("tag", id);
            return count.next() ? count.integer(0) : 0;
        })
        .value();
}

void LeadTest::noticeStandsAboveItsListOnly()
{
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    pin(QStringLiteral("Take the oldest first"));
    QTRY_VERIFY(notices("listNotices").contains(QStringLiteral("Take the oldest first")));
    QVERIFY(notices("listNotices").contains(QStringLiteral("until")));
    // Who works from that list reads it above the composer too.
    QVERIFY(m_world->showMention().isValid());
    QTRY_VERIFY(notices("composerNotices").contains(QStringLiteral("Take the oldest first")));
    m_world->press(QStringLiteral("G M"));
    QTRY_VERIFY(notices("listNotices").isEmpty());
    m_world->press(QStringLiteral("G U"));
    QTRY_VERIFY(!notices("listNotices").isEmpty());
}

void LeadTest::noticeOfAChannelStandsAboveItsComposer()
{
    const ConversationId id = m_world->showMention();
    QTRY_VERIFY(m_world->window().roster().channel(m_world->record(id).channel));
    const ChannelRecord channel = *m_world->window().roster().channel(m_world->record(id).channel);
    pin(QStringLiteral("Refunds are open again"), QStringLiteral("Channel ") + channel.name);
    QTRY_VERIFY(notices("composerNotices").contains(QStringLiteral("Refunds are open again")));
    QVERIFY(notices("listNotices").isEmpty());
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    const ConversationId other =
        m_world->show([&](const ConversationRecord &one) { return one.channel != channel.id; });
    QVERIFY(other.isValid());
    QTRY_VERIFY(notices("composerNotices").isEmpty());
}

void LeadTest::noticeRunsOut()
{
    pin(QStringLiteral("Soon over"), QStringLiteral("Everywhere"));
    QTRY_VERIFY(!notices("listNotices").isEmpty());
    m_world->clock().advance(std::chrono::hours(5));
    // Anything that happens makes the window look again; else it does so every 20 seconds.
    m_world->write(QStringLiteral("Newcomer"), QStringLiteral("hello"));
    QTRY_VERIFY(notices("listNotices").isEmpty());
}

void LeadTest::noticeIsTakenOffAndUndone()
{
    pin(QStringLiteral("A storm"), QStringLiteral("Everywhere"));
    QTRY_VERIFY(!notices("listNotices").isEmpty());
    auto *off = m_world->widget("listNotices")->findChild<QToolButton *>(QStringLiteral("noticeOff"));
    QVERIFY(off && !off->accessibleName().isEmpty());
    QTest::mouseClick(off, Qt::LeftButton);
    QTRY_VERIFY(notices("listNotices").isEmpty());
    trigger("edit.undo");
    QTRY_VERIFY(notices("listNotices").contains(QStringLiteral("A storm")));
}

void LeadTest::offDutyHandsOver()
{
    // Four are mine: one is kept, one goes back, one goes to a colleague with a note, one with what I had begun.
    QList<ConversationId> ids;
    QTRY_VERIFY(m_world->list().rowCount() > 4);
    for (int row = 0; row < 4; ++row)
        ids.append(m_world->list().conversationAt(row));
    const AgentRecord other = colleague();
    QTRY_VERIFY(m_world->window().roster().counts().has_value());
    while (m_world->window().roster().counts()->mine > 0) {
        m_world->press(QStringLiteral("G M"));
        QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Mine"));
        QTRY_VERIFY(m_world->list().state() == ConversationListModel::State::ready);
        const auto mine = m_world->window().roster().counts()->mine;
        QVERIFY(m_world->act(Act::Unassign{m_world->list().conversationAt(0)}).isApplied());
        QTRY_VERIFY(m_world->window().roster().counts()->mine < mine);
    }
    for (int i = 0; i < 4; ++i)
        QVERIFY(m_world->act(Act::Assign{ids.at(i), m_world->desk().me()}).isApplied());
    const Time tomorrow = m_world->clock().now() + std::chrono::hours(20);
    QVERIFY(m_world->act(Act::Snooze{ids.at(2), tomorrow}).isApplied());
    DraftRecord draft;
    draft.conversation = ids.at(3);
    draft.text = QStringLiteral("Dear customer");
    m_world->desk().saveDraft(draft);
    const auto flushed = m_world->desk().flushPersonal();
    QTRY_VERIFY(flushed.isFinished());

    QTRY_COMPARE(m_world->window().roster().counts()->mine, 3);
    trigger("duty.off");
    QVERIFY(waitFor("dutyDialog"));
    auto *table = m_world->find<QTableWidget>("dutyTable");
    QCOMPARE(table->rowCount() >= 4, true);
    const auto rowOf = [&](ConversationId id) {
        const QString number = QStringLiteral("#%1 ").arg(m_world->record(id).number);
        for (int row = 0; row < table->rowCount(); ++row) {
            if (table->item(row, 0)->text().startsWith(number))
                return row;
        }
        return -1;
    };
    for (int i = 0; i < 4; ++i)
        QVERIFY2(rowOf(ids.at(i)) >= 0, qPrintable(QString::number(i)));
    QVERIFY(table->item(rowOf(ids.at(2)), 0)->text().contains(QStringLiteral("Snoozed"), Qt::CaseInsensitive));
    QVERIFY(table->item(rowOf(ids.at(3)), 0)->text().contains(QStringLiteral("with a draft of yours")));
    const auto choose = [&](ConversationId id, const QString &fate) {
        auto *choice = qobject_cast<QComboBox *>(table->cellWidget(rowOf(id), 1));
        const int index = choice->findText(fate, Qt::MatchStartsWith);
        QVERIFY(index >= 0);
        choice->setCurrentIndex(index);
        Q_EMIT choice->activated(index);
    };
    choose(ids.at(1), QStringLiteral("Back to the team"));
    choose(ids.at(2), QStringLiteral("To ") + other.name);
    qobject_cast<QLineEdit *>(table->cellWidget(rowOf(ids.at(2)), 2))->setText(QStringLiteral("waits for the part"));
    choose(ids.at(3), QStringLiteral("To ") + other.name);
    // What I had begun goes along.
    QCOMPARE(qobject_cast<QLineEdit *>(table->cellWidget(rowOf(ids.at(3)), 2))->text(),
             QStringLiteral("My draft: Dear customer"));
    QTest::mouseClick(m_world->widget("dutyGo"), Qt::LeftButton);
    QTRY_VERIFY(!m_world->window().roster().agent(m_world->desk().me())->isOnDuty);
    QCOMPARE(m_world->record(ids.at(0)).assignee, m_world->desk().me());
    QVERIFY(!m_world->record(ids.at(1)).assignee.isValid());
    QCOMPARE(m_world->record(ids.at(2)).assignee, other.id);
    QCOMPARE(m_world->record(ids.at(2)).status, Status::snoozed);
    QCOMPARE(m_world->record(ids.at(3)).assignee, other.id);
    const QList<MessageRecord> messages = m_world->messages(ids.at(2));
    QCOMPARE(messages.constLast().kind, MessageKind::note);
    QCOMPARE(messages.constLast().text, QStringLiteral("@%1 waits for the part").arg(other.name));
    // All of it is one deed.
    trigger("edit.undo");
    QTRY_VERIFY(m_world->window().roster().agent(m_world->desk().me())->isOnDuty);
    QCOMPARE(m_world->record(ids.at(1)).assignee, m_world->desk().me());
    QCOMPARE(m_world->record(ids.at(2)).assignee, m_world->desk().me());
}

/// A row that nothing can be chosen in says so in words, and to a screen reader by the note beside it.
void LeadTest::offDutySaysWhyARowIsFixed()
{
    HandoverWork work;
    for (int i = 1; i <= 3; ++i) {
        ConversationRecord record;
        record.id = ConversationId(i);
        record.number = i;
        record.assignee = i == 2 ? colleague().id : m_world->desk().me();
        record.status = i == 3 ? Status::resolved : Status::open;
        work.drafts.insert(record.id, QStringLiteral("Begun"));
        work.conversations.append(record);
    }
    auto *dialog = new DutyDialog(m_world->window().roster(), work, {}, &m_world->window());
    dialog->open();
    QTRY_VERIFY(waitFor("dutyGo"));
    const auto choice = [this](int row) {
        return m_world->find<QComboBox>(qPrintable(QStringLiteral("dutyChoice%1").arg(row)));
    };
    const auto description = [this](int row) {
        return m_world->widget(qPrintable(QStringLiteral("dutyNote%1").arg(row)))->accessibleDescription();
    };
    QVERIFY(choice(0)->isEnabled());
    QCOMPARE(choice(0)->currentText(), QStringLiteral("Keep"));
    QVERIFY(description(0).isEmpty());
    QVERIFY(!choice(1)->isEnabled());
    QCOMPARE(choice(1)->currentText(), QStringLiteral("Not yours: your draft stays"));
    QVERIFY(choice(1)->toolTip().contains(QStringLiteral("isn't assigned to you")));
    QVERIFY(description(1).contains(QStringLiteral("isn't assigned to you")));
    QVERIFY(!choice(2)->isEnabled());
    QCOMPARE(choice(2)->currentText(), QStringLiteral("Resolved: your draft stays"));
    QVERIFY(description(2).contains(QStringLiteral("resolved")));
    QTest::keyClick(dialog, Qt::Key_Escape);
}

/// A draft is written every two seconds: the handover waits for what was typed in these.
void LeadTest::offDutyKnowsWhatWasJustTyped()
{
    const ConversationId id = m_world->list().conversationAt(0);
    QVERIFY(m_world->act(Act::Assign{id, m_world->desk().me()}).isApplied());
    const auto flushed = m_world->desk().flushPersonal();
    QTRY_VERIFY(flushed.isFinished());
    QTRY_VERIFY(m_world->window().commands().isEnabled(QStringLiteral("duty.off")));
    DraftRecord draft;
    draft.conversation = id;
    draft.text = QStringLiteral("Dear customer");
    m_world->desk().saveDraft(draft);
    QVERIFY(m_world->window().commands().trigger(QStringLiteral("duty.off")));
    QVERIFY(waitFor("dutyDialog"));
    const QString number = QStringLiteral("#%1 ").arg(m_world->record(id).number);
    auto *table = m_world->find<QTableWidget>("dutyTable");
    const auto found = table->findItems(number, Qt::MatchStartsWith);
    QCOMPARE(found.size(), 1);
    QVERIFY2(found.constFirst()->text().contains(QStringLiteral("with a draft of yours")),
             qPrintable(found.constFirst()->text()));
    QTest::keyClick(table, Qt::Key_Escape);
}

/// Whatever somebody else gave to a third while the dialog was open stays there, and it is said.
void LeadTest::offDutyHandsNothingOnBlindly()
{
    const AgentId me = m_world->desk().me();
    const ConversationId id = m_world->list().conversationAt(0);
    QVERIFY(m_world->act(Act::Assign{id, me}).isApplied());
    const AgentRecord other = colleague();
    trigger("duty.off");
    QVERIFY(waitFor("dutyDialog"));
    const auto taken =
        m_world->desk().performAs(other.id, {makeAction(Act::Assign{id, other.id}, m_world->clock().now())});
    QTRY_VERIFY(taken.isFinished());
    QVERIFY(taken.result().value(0).isApplied());
    auto *all = m_world->find<QComboBox>("dutyAll");
    all->setCurrentIndex(1);
    Q_EMIT all->activated(1);
    QTest::mouseClick(m_world->widget("dutyGo"), Qt::LeftButton);
    QTRY_VERIFY(!m_world->window().roster().agent(me)->isOnDuty);
    QCOMPARE(m_world->record(id).assignee, other.id);
    QTRY_VERIFY2(m_world->textOf("messageBar").contains(other.name), qPrintable(m_world->textOf("messageBar")));
}

void LeadTest::offDutyDialogThatIsLeftForgetsNoNote()
{
    QVERIFY(m_world->act(Act::Assign{m_world->list().conversationAt(0), m_world->desk().me()}).isApplied());
    const auto note = [this] { return m_world->find<QLineEdit>("dutyNote0"); };
    trigger("duty.off");
    QVERIFY(waitFor("dutyDialog"));
    QVERIFY(note()->text().isEmpty());
    note()->setText(QStringLiteral("rings at five"));
    QTest::keyClick(note(), Qt::Key_Escape);
    QTRY_VERIFY(!m_world->widget("dutyDialog"));
    trigger("duty.off");
    QVERIFY(waitFor("dutyDialog"));
    QCOMPARE(note()->text(), QStringLiteral("rings at five"));
    QTest::mouseClick(m_world->widget("dutyGo"), Qt::LeftButton);
    QTRY_VERIFY(!m_world->window().roster().agent(m_world->desk().me())->isOnDuty);
    // It was used.
    trigger("duty.on");
    QTRY_VERIFY(m_world->window().roster().agent(m_world->desk().me())->isOnDuty);
    trigger("duty.off");
    QVERIFY(waitFor("dutyDialog"));
    QVERIFY(note()->text().isEmpty());
    QTest::keyClick(note(), Qt::Key_Escape);
}

void LeadTest::offDutyWithoutWorkAsksNothing()
{
    const auto flushed = m_world->desk().flushPersonal();
    QTRY_VERIFY(flushed.isFinished());
    const AgentId me = m_world->desk().me();
    const auto work = m_world->desk().workspace().readNow<HandoverWork>(
        [&](Database &database) { return loadHandover(database, me, m_world->clock().now(), 10'000); });
    for (const ConversationRecord &record : work->conversations) {
        QVERIFY(m_world->act(Act::Unassign{record.id}).isApplied());
        m_world->desk().dropDraft(record.id, DraftRecord::Mode::reply);
    }
    const auto again = m_world->desk().flushPersonal();
    QTRY_VERIFY(again.isFinished());
    trigger("duty.off");
    QTRY_VERIFY(!m_world->window().roster().agent(me)->isOnDuty);
    QVERIFY(!m_world->widget("dutyDialog"));
    trigger("duty.on");
    QTRY_VERIFY(m_world->window().roster().agent(me)->isOnDuty);
}

void LeadTest::snoozedWorkOfSomebodyAwayWakesForTheTeam()
{
    const AgentRecord other = colleague();
    const ConversationId id = m_world->showMention();
    QVERIFY(m_world->act(Act::Assign{id, other.id}).isApplied());
    QVERIFY(m_world->act(Act::Snooze{id, m_world->clock().now() + std::chrono::hours(1)}).isApplied());
    QVERIFY(m_world->act(Act::SetDuty{other.id, false}).isApplied());
    QCOMPARE(m_world->record(id).assignee, other.id);
    m_world->clock().advance(std::chrono::hours(2));
    // Also before the desk has noted that it woke.
    QCOMPARE(m_world->record(id).status, Status::open);
    QVERIFY(!m_world->record(id).assignee.isValid());
    m_world->press(QStringLiteral("Esc G M G U"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    QTRY_VERIFY(m_world->list().rowOf(id) >= 0);
}

void LeadTest::pickerTellsWhoIsThere()
{
    const AgentRecord other = colleague();
    const ConversationId id = m_world->showMention();
    QVERIFY(m_world->act(Act::SetDuty{other.id, false}).isApplied());
    QTRY_VERIFY(!m_world->window().roster().agent(other.id)->isOnDuty);
    Act::SendReply reply;
    reply.conversation = id;
    reply.text = QStringLiteral("We look into it");
    QVERIFY(m_world->act(reply).isApplied());
    m_world->press(QStringLiteral("A"));
    QVERIFY(waitFor("pickList"));
    auto *list = m_world->find<QListWidget>("pickList");
    // I answered this contact last: I come first.
    QVERIFY(list->item(0)->text().contains(QStringLiteral("answered this contact last")));
    // A row may be too short for all of it.
    QVERIFY(list->item(0)->text().section(u',', 0, 0).endsWith(QStringLiteral("answered this contact last")));
    QVERIFY(list->item(0)->text().contains(QStringLiteral("you, on duty")));
    const auto his = list->findItems(other.name, Qt::MatchStartsWith);
    QCOMPARE(his.size(), 1);
    QVERIFY(his.constFirst()->text().contains(QStringLiteral("off duty")));
    const auto loads = m_world->desk().workspace().readNow<QHash<AgentId, AgentLoad>>(
        [](Database &database) { return loadAgentLoads(database); });
    QVERIFY(his.constFirst()->text().contains(QStringLiteral("%1 open").arg(loads->value(other.id).open)));
    if (isKnown(loads->value(other.id).oldestWaiting))
        QVERIFY(his.constFirst()->text().contains(QStringLiteral("oldest waits since")));
    m_world->press(QStringLiteral("Esc"));
}

void LeadTest::manyAreSpreadEvenly()
{
    m_world->press(QStringLiteral("J Shift+J Shift+J Shift+J Shift+J Shift+J"));
    const int count = m_world->list().markedCount();
    QCOMPARE(count, 6);
    const QList<ConversationRecord> marked = m_world->list().marked();
    const auto openOf = [this] {
        QMap<AgentId, qint64> open;
        const auto loads = m_world->desk().workspace().readNow<QHash<AgentId, AgentLoad>>(
            [](Database &database) { return loadAgentLoads(database); });
        for (const AgentRecord &agent : m_world->window().roster().agents()) {
            if (agent.isOnDuty && !agent.isDisabled && agent.role != Role::viewer)
                open.insert(agent.id, loads->value(agent.id).open);
        }
        return open;
    };
    const QMap<AgentId, qint64> before = openOf();
    QVERIFY(before.size() > 1);
    m_world->press(QStringLiteral("A"));
    QVERIFY(waitFor("pickField"));
    m_world->type(QStringLiteral("spread zzyzx"));
    QCOMPARE(m_world->find<QListWidget>("pickList")->item(0)->text(), QStringLiteral("Nothing matches."));
    m_world->press(QStringLiteral("Return"));
    QVERIFY(m_world->widget("pickDialog")->isVisible());
    m_world->find<QLineEdit>("pickField")->setText(QStringLiteral("spread"));
    m_world->press(QStringLiteral("Return"));
    // The preview says what each will have; nothing is done yet.
    const auto isPreview = [this] {
        auto *list = m_world->find<QListWidget>("pickList");
        return list && list->isVisible() && list->item(0)->text() == QStringLiteral("Assign them so");
    };
    QTRY_VERIFY(isPreview());
    QCOMPARE(m_world->find<QListWidget>("pickList")->count(), int(before.size()) + 1);
    QCOMPARE(openOf(), before);
    QTRY_VERIFY(m_world->widget("pickList")->hasFocus());
    m_world->press(QStringLiteral("Return"));
    QTRY_VERIFY(m_world->textOf("messageBar").startsWith(QStringLiteral("Spread over those on duty (6")));
    for (const ConversationRecord &one : marked)
        QVERIFY(before.contains(m_world->record(one.id).assignee));
    // Nobody who had more than another got any before that one had as many.
    const QMap<AgentId, qint64> after = openOf();
    qint64 highestGiven = 0;
    for (auto it = after.cbegin(); it != after.cend(); ++it) {
        if (it.value() > before.value(it.key()))
            highestGiven = std::max(highestGiven, it.value());
    }
    for (const qint64 load : after)
        QVERIFY(load >= highestGiven - 1);
    m_world->press(QStringLiteral("Z"));
    QTRY_COMPARE(openOf(), before);
}

void LeadTest::tenThousandAreDoneStoppedAndUndone()
{
    constexpr int patience = 240'000;
    for (int page = 0; page < 10; ++page) {
        QStringList names;
        for (int i = 0; i < 1005; ++i)
            names.append(QStringLiteral("Newcomer %1").arg(page * 1005 + i));
        m_world->write(names, QStringLiteral("me too"));
    }
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    QTRY_VERIFY(m_world->list().state() == ConversationListModel::State::ready);
    m_world->press(QStringLiteral("Ctrl+A"));
    QTRY_VERIFY_WITH_TIMEOUT(m_world->list().markedCount() > 10'000, patience);
    // All but one of them.
    m_world->press(QStringLiteral("J X"));
    const ConversationId spared = m_world->list().conversationAt(0);
    QVERIFY(!m_world->list().isMarked(spared));
    const int count = m_world->list().markedCount();
    const auto tag = [this] {
        m_world->press(QStringLiteral("T"));
        QVERIFY(waitFor("pickField"));
        QTRY_VERIFY(m_world->widget("pickField")->hasFocus());
        m_world->type(QStringLiteral("storm"));
        m_world->press(QStringLiteral("Return"));
    };
    tag();
    // It says how far it is, and the window lives meanwhile.
    QTRY_VERIFY_WITH_TIMEOUT(m_world->textOf("bulkText").contains(QStringLiteral("done")), patience);
    QVERIFY(m_world->widget("bulkStop")->isVisible());
    m_world->press(QStringLiteral("J"));
    QVERIFY(m_world->shown().isValid());
    QTRY_VERIFY_WITH_TIMEOUT(m_world->textOf("messageBar").startsWith(QStringLiteral("Tagged with")), patience);
    QCOMPARE(tagged(QStringLiteral("storm")), qint64(count));
    QVERIFY(!m_world->record(spared).tags.contains(QStringLiteral("storm")));
    // Undo takes back all of it; stopped on the way, what is undone stays undone.
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY_WITH_TIMEOUT(m_world->textOf("bulkText").contains(QStringLiteral("done")), patience);
    QTest::mouseClick(m_world->widget("bulkStop"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(m_world->textOf("messageBar").startsWith(QStringLiteral("Stopped after")), patience);
    const qint64 left = tagged(QStringLiteral("storm"));
    QVERIFY(left > 0 && left < count);
}

void LeadTest::placeAndMarksStayWhenAThousandArrive()
{
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    // The rows of the view before stay until the new ones are there.
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QVERIFY(m_world->list().rowCount() > 8);
    m_world->press(QStringLiteral("J J J X J X J"));
    auto *table = m_world->find<QTableView>("conversations");
    const ConversationId current = m_world->list().conversationAt(table->currentIndex().row());
    QTRY_COMPARE(m_world->shown(), current);
    const QList<ConversationRecord> marked = m_world->list().marked();
    QCOMPARE(marked.size(), 2);
    const int rows = m_world->list().rowCount();
    const int scrolled = table->verticalScrollBar()->value();
    for (int page = 0; page < 10; ++page) {
        QStringList names;
        for (int i = 0; i < 100; ++i)
            names.append(QStringLiteral("Newcomer %1").arg(page * 100 + i));
        m_world->write(names, QStringLiteral("me too"));
        QVERIFY(QTest::qWaitFor([&] { return m_world->shown() == current; }, 30'000));
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_world->list().waitingCount(), 1000, 30'000);
    QCOMPARE(m_world->list().rowCount(), rows);
    QCOMPARE(m_world->shown(), current);
    QCOMPARE(m_world->list().conversationAt(table->currentIndex().row()), current);
    QCOMPARE(table->verticalScrollBar()->value(), scrolled);
    for (const ConversationRecord &one : marked)
        QVERIFY(m_world->list().isMarked(one.id));
    // Let in, they stand above; what I was at is still current, and the marks are where they were.
    QTest::mouseClick(m_world->widget("newOnes"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(m_world->list().rowCount(), rows + 1000, 30'000);
    QCOMPARE(m_world->list().conversationAt(table->currentIndex().row()), current);
    QCOMPARE(m_world->shown(), current);
    QCOMPARE(m_world->list().markedCount(), 2);
}

void LeadTest::otherLayoutsWorkInTheWindow()
{
    const auto send = [this](int key, Qt::KeyboardModifiers modifiers, quint32 scanCode, const QString &typed) {
        QTRY_VERIFY(m_world->focus());
        for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
            QKeyEvent event(type, key, modifiers, scanCode, 0, 0, typed);
            QCoreApplication::sendEvent(m_world->focus(), &event);
        }
    };
    const ConversationId id = m_world->showMention();
    // French: the key of 1 types & when Shift is not held.
    send(Qt::Key_Ampersand, Qt::ControlModifier, 10, {});
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Mine"));
    send(Qt::Key_Eacute, Qt::ControlModifier, 11, {});
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    // Russian: G and O by their place.
    send(0x041F, Qt::NoModifier, 42, QString(QChar(0x043F)));
    send(0x0429, Qt::NoModifier, 32, QString(QChar(0x0449)));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    QVERIFY(m_world->show([id](const ConversationRecord &one) { return one.id == id; }).isValid());
    // E there, and what undoes it on a German keyboard, where Z types z in another place.
    send(0x0423, Qt::NoModifier, 26, QString(QChar(0x0443)));
    QTRY_COMPARE(m_world->record(id).status, Status::resolved);
    // Only what is told can be undone.
    QTRY_VERIFY(m_world->textOf("messageBar").startsWith(QStringLiteral("Resolved")));
    send(Qt::Key_Z, Qt::NoModifier, 29, QStringLiteral("z"));
    QTRY_COMPARE(m_world->record(id).status, Status::open);
}

QModelIndex LeadTest::viewRow(const QString &text) const
{
    const QAbstractItemModel *model = m_world->find<QAbstractItemView>("views")->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        if (index.data().toString().startsWith(text) && (index.flags() & Qt::ItemIsSelectable))
            return index;
    }
    return {};
}

void LeadTest::drag(ConversationId id, const QString &onto)
{
    const ConversationListModel &list = m_world->list();
    const QModelIndex from = list.index(list.rowOf(id));
    QVERIFY(from.flags() & Qt::ItemIsDragEnabled);
    const std::unique_ptr<QMimeData> data(list.mimeData({from}));
    drop(*data, onto);
}

void LeadTest::drop(const QMimeData &data, const QString &onto)
{
    auto *views = m_world->find<QAbstractItemView>("views");
    const QModelIndex row = viewRow(onto);
    QVERIFY(row.isValid());
    views->scrollTo(row);
    const QPoint at = views->visualRect(row).center();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(views->viewport(), &enter);
    if (!enter.isAccepted())
        return;
    QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(views->viewport(), &move);
    if (!move.isAccepted())
        return;
    QDropEvent dropped(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(views->viewport(), &dropped);
}

void LeadTest::eachColleaguesWorkIsListedForALead()
{
    const AgentRecord other = colleague();
    QVERIFY(m_world->act(Act::SetDuty{other.id, true}).isApplied());
    const ConversationId id = m_world->showMention();
    QVERIFY(m_world->act(Act::Assign{id, other.id}).isApplied());
    QTRY_VERIFY(viewRow(other.name).data(int(ViewListModel::Role::count)).toLongLong() > 0);
    for (const int role : {int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)}) {
        QTRY_VERIFY(viewRow(other.name).data(role).toString().contains(QStringLiteral("on duty")));
        QVERIFY(viewRow(other.name).data(role).toString().contains(QStringLiteral("oldest waits since")));
    }
    m_world->find<QAbstractItemView>("views")->setCurrentIndex(viewRow(other.name));
    QTRY_COMPARE(m_world->textOf("viewTitle"), other.name);
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QTRY_VERIFY(m_world->list().rowOf(id) >= 0);
    for (int row = 0; row < m_world->list().rowCount(); ++row)
        QCOMPARE(m_world->record(m_world->list().conversationAt(row)).assignee, other.id);
    QTRY_COMPARE(m_world->textOf("viewCount").toInt(), m_world->list().rowCount());
    // Who is away and has work left behind stays in sight, and says so.
    QVERIFY(m_world->act(Act::SetDuty{other.id, false}).isApplied());
    QTRY_COMPARE(viewRow(other.name).data().toString(), other.name + QStringLiteral(" · off duty"));
}

void LeadTest::droppingGivesWork()
{
    const AgentRecord other = colleague();
    QVERIFY(m_world->act(Act::SetDuty{other.id, true}).isApplied());
    QTRY_VERIFY(viewRow(other.name).isValid());
    m_world->press(QStringLiteral("G O"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("All open"));
    const ConversationId id = m_world->showMention();
    drag(id, other.name);
    QTRY_COMPARE(m_world->record(id).assignee, other.id);
    QTRY_VERIFY(m_world->textOf("messageBar").contains(other.name));
    m_world->press(QStringLiteral("Z"));
    QTRY_VERIFY(!m_world->record(id).assignee.isValid());
    QVERIFY(m_world->show([id](const ConversationRecord &one) { return one.id == id; }).isValid());
    drag(id, QStringLiteral("Mine"));
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
    QTRY_VERIFY(m_world->list().rowOf(id) >= 0);
    drag(id, QStringLiteral("Unassigned"));
    QTRY_VERIFY(!m_world->record(id).assignee.isValid());
    const QString tag = m_world->window().roster().tags().constFirst().name;
    drag(id, tag);
    QTRY_VERIFY(m_world->record(id).tags.contains(tag));
    // Nothing becomes resolved by a slip of the hand.
    drag(id, QStringLiteral("Resolved"));
    QVERIFY(!(viewRow(QStringLiteral("Resolved")).flags() & Qt::ItemIsDropEnabled));
    QCOMPARE(m_world->record(id).status, Status::open);
}

void LeadTest::whatIsDraggedFromAnotherWorkspaceIsNotTaken()
{
    m_world->press(QStringLiteral("G U"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    const ConversationId id = m_world->showMention();
    DeskWorld elsewhere;
    elsewhere.write(int(id.value));
    ConversationListModel list(elsewhere.desk());
    list.show({});
    QTRY_VERIFY(list.rowOf(id) >= 0);
    const std::unique_ptr<QMimeData> data(list.mimeData({list.index(list.rowOf(id))}));
    drop(*data, QStringLiteral("Mine"));
    // What comes from here is taken, and nothing else was.
    const ConversationId other = m_world->show([id](const ConversationRecord &one) { return one.id != id; });
    QVERIFY(other.isValid());
    drag(other, QStringLiteral("Mine"));
    QTRY_COMPARE(m_world->record(other).assignee, m_world->desk().me());
    QVERIFY(!m_world->record(id).assignee.isValid());
}

void LeadTest::droppingWhatIsMarkedTakesAllAlong()
{
    m_world->press(QStringLiteral("G U"));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Unassigned"));
    const ConversationId id = m_world->showMention();
    m_world->press(QStringLiteral("Shift+J"));
    QTRY_COMPARE(m_world->list().markedCount(), 2);
    const QList<ConversationRecord> marked = m_world->list().marked();
    drag(id, QStringLiteral("Mine"));
    for (const ConversationRecord &one : marked)
        QTRY_COMPARE(m_world->record(one.id).assignee, m_world->desk().me());
}

void LeadTest::teamHasItsQueue()
{
    const Outcome made = m_world->act(Act::AddTeam{QStringLiteral("Blog team")});
    QVERIFY(made.isApplied());
    QTRY_VERIFY(!m_world->window().roster().teams().isEmpty());
    // As long as no channel is its own, there is nothing to list.
    QVERIFY(!viewRow(QStringLiteral("Blog team")).isValid());
    const ChannelRecord channel = m_world->window().roster().channels().constLast();
    QVERIFY(m_world->act(Act::SetChannelTeam{channel.id, TeamId(made.created)}).isApplied());
    QTRY_VERIFY(viewRow(QStringLiteral("Blog team")).isValid());
    m_world->find<QAbstractItemView>("views")->setCurrentIndex(viewRow(QStringLiteral("Blog team")));
    QTRY_COMPARE(m_world->textOf("viewTitle"), QStringLiteral("Blog team"));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    for (int row = 0; row < m_world->list().rowCount(); ++row)
        QCOMPARE(m_world->record(m_world->list().conversationAt(row)).channel, channel.id);
    QTRY_COMPARE(m_world->textOf("viewCount").toInt(), m_world->list().rowCount());
}

void LeadTest::offDutyTakesAllAlong()
{
    HandoverWork work;
    for (int i = 1; i <= DutyDialog::mostListed + 50; ++i) {
        ConversationRecord record;
        record.id = ConversationId(i);
        record.number = i;
        record.assignee = m_world->desk().me();
        work.conversations.append(record);
    }
    work.drafts.insert(ConversationId(DutyDialog::mostListed + 7), QStringLiteral("Begun"));
    auto *dialog = new DutyDialog(m_world->window().roster(), work, {}, &m_world->window());
    QList<HandoverStep> decided;
    connect(dialog, &DutyDialog::decided, dialog, [&](const QList<HandoverStep> &steps) { decided = steps; });
    dialog->open();
    QTRY_VERIFY(waitFor("dutyGo"));
    QVERIFY(m_world->textOf("dutyRest").startsWith(QStringLiteral("50 more")));
    auto *all = m_world->find<QComboBox>("dutyAll");
    all->setCurrentIndex(1);
    Q_EMIT all->activated(1);
    QTest::mouseClick(m_world->widget("dutyGo"), Qt::LeftButton);
    // Each goes back to the team; what was begun goes along as a note.
    QTRY_COMPARE(decided.size(), qsizetype(DutyDialog::mostListed) + 51);
    QCOMPARE(std::count_if(decided.cbegin(), decided.cend(),
                           [](const HandoverStep &one) { return std::holds_alternative<Act::AddNote>(one.arguments); }),
             1);
}

/// A draft in a colleague's conversation, or in a resolved one, is only reminded of, listed or not.
void LeadTest::offDutyGivesNothingAwayThatIsNotMine()
{
    HandoverWork work;
    for (int i = 1; i <= DutyDialog::mostListed + 3; ++i) {
        ConversationRecord record;
        record.id = ConversationId(i);
        record.number = i;
        record.assignee = m_world->desk().me();
        if (i % 3 == 0)
            record.assignee = colleague().id;
        else if (i % 3 == 1)
            record.status = Status::resolved;
        work.drafts.insert(record.id, QStringLiteral("Begun"));
        work.conversations.append(record);
    }
    auto *dialog = new DutyDialog(m_world->window().roster(), work, {}, &m_world->window());
    QList<HandoverStep> decided;
    connect(dialog, &DutyDialog::decided, dialog, [&](const QList<HandoverStep> &steps) { decided = steps; });
    dialog->open();
    QTRY_VERIFY(waitFor("dutyGo"));
    auto *all = m_world->find<QComboBox>("dutyAll");
    all->setCurrentIndex(1);
    Q_EMIT all->activated(1);
    QTest::mouseClick(m_world->widget("dutyGo"), Qt::LeftButton);
    QTRY_VERIFY(!decided.isEmpty());
    int given = 0;
    for (const HandoverStep &one : std::as_const(decided)) {
        if (const auto *unassign = std::get_if<Act::Unassign>(&one.arguments)) {
            QCOMPARE(unassign->conversation.value % 3, 2);
            ++given;
        }
    }
    QCOMPARE(given, (DutyDialog::mostListed + 3 + 1) / 3);
    QCOMPARE(decided.size(), 2 * given);
}

QTEST_MAIN(LeadTest)
#include "tst_lead.moc"
