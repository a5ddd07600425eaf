// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inbox/afterdeed.h"
#include "ui/inbox/claimchoice.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/inbox/inboxpane.h"
#include "ui/settings/channelsdialog.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"
#include "windowworld.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Earshot::AfterDeed::Step)

/// The settings window, and what its settings do.
class SettingsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void whatComesAfterADeedIsChosen_data();
    void whatComesAfterADeedIsChosen();
    void claimingByWritingIsChosen();
    void replyGoesOnAndCanBeTakenBack();
    void noteStays();
    void ownSettingsApplyAtOnce();
    void whatHoldsForAllIsChangedByAdmins();
    void changedForAllIsUndone();
    void channelForOthersIsUndone();
    void channelThatSomebodyElseChangedIsNotOverwritten();
    void editedChannelIsUndoneByTheKeyboard();
    void answerAfterTheDialogClosedIsUndone();
    void whoIsNoAdminReads();
    void whoMayNotConnectHearsWhoCan();
    void whoMayNotHearsWhoCan_data();
    void whoMayNotHearsWhoCan();
    void refusedHearsWhoCan();

private:
    void open();
    /// Opens the window of one channel's members, by the keyboard. @return that channel
    ChannelRecord openChannel();
    [[nodiscard]] ChannelRecord channel(ChannelId id) const { return *m_world->window().roster().channel(id); }
    void answer(const QString &text);
    [[nodiscard]] const WorkspaceSettings &settings() const { return m_world->window().roster().settings(); }

    std::unique_ptr<WindowWorld> m_world;
};

void SettingsTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
}

void SettingsTest::cleanup()
{
    ClaimChoice::chooseByWriting(false);
    m_world.reset();
}

void SettingsTest::open()
{
    m_world->press(u"Ctrl+,"_s);
    QTRY_VERIFY(m_world->widget("settingsDialog") && m_world->widget("settingsDialog")->isActiveWindow());
}

void SettingsTest::answer(const QString &text)
{
    m_world->press(u"R"_s);
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    m_world->type(text);
    m_world->press(u"Ctrl+Return"_s);
}

void SettingsTest::whatComesAfterADeedIsChosen_data()
{
    QTest::addColumn<AfterDeed::Step>("step");
    QTest::addRow("next") << AfterDeed::Step::next;
    QTest::addRow("stay") << AfterDeed::Step::stay;
    QTest::addRow("list") << AfterDeed::Step::list;
}

void SettingsTest::whatComesAfterADeedIsChosen()
{
    QFETCH(AfterDeed::Step, step);
    open();
    auto *after = m_world->find<QComboBox>("settingsAfterDeed");
    // Its text stands below the labels: beside them the dialog would be wider than a small screen.
    QVERIFY(m_world->widget("settingsClaims")->x() < after->x());
    after->setFocus();
    QTRY_COMPARE(m_world->focus(), after);
    for (int row = 0; row < int(step); ++row)
        m_world->press(u"Down"_s);
    m_world->press(u"Esc"_s);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    const ConversationId id = m_world->showMention();
    QVERIFY(id.isValid());
    const ConversationId next = m_world->list().conversationAt(m_world->list().rowOf(id) + 1);
    m_world->press(u"E"_s);
    QTRY_COMPARE(m_world->record(id).status, Status::resolved);
    switch (step) {
    case AfterDeed::Step::next:
        QTRY_COMPARE(m_world->shown(), next);
        break;
    case AfterDeed::Step::stay:
        QTRY_VERIFY(!m_world->textOf("messageBar").isEmpty());
        QCOMPARE(m_world->shown(), id);
        break;
    case AfterDeed::Step::list:
        QTRY_VERIFY(!m_world->shown().isValid());
        QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
        QTRY_COMPARE(m_world->list().rowOf(id), -1);
        // Going on begins where the list was, not at its top.
        m_world->press(u"J"_s);
        QTRY_COMPARE(m_world->shown(), next);
        break;
    }
}

/// And taken back: then a letter takes nothing.
void SettingsTest::claimingByWritingIsChosen()
{
    const AgentId me = m_world->desk().me();
    for (const bool isChosen : {true, false}) {
        open();
        auto *claims = m_world->find<QCheckBox>("settingsClaims");
        QCOMPARE(claims->isChecked(), !isChosen);
        claims->setFocus();
        QTest::keyClick(claims, Qt::Key_Space);
        QCOMPARE(claims->isChecked(), isChosen);
        m_world->press(u"Esc"_s);
        QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
        const ConversationId id = m_world->show([](const ConversationRecord &one) {
            return one.network == Network::mastodon && one.needsAnswer && !one.isPrivate && !one.assignee.isValid();
        });
        QVERIFY(id.isValid());
        m_world->press(u"R"_s);
        QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
        m_world->type(u"W"_s);
        if (isChosen) {
            QTRY_COMPARE(m_world->record(id).assignee, me);
        } else {
            // What is done after it is there, too.
            QVERIFY(m_world->act(Act::AddTag{id, u"later"_s}).isApplied());
            QVERIFY(!m_world->record(id).assignee.isValid());
        }
        m_world->press(u"Esc"_s);
        QTRY_COMPARE(m_world->focus(), m_world->widget("timeline"));
        m_world->press(u"Esc"_s);
        QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    }
}

void SettingsTest::replyGoesOnAndCanBeTakenBack()
{
    const ConversationId id = m_world->showMention();
    QVERIFY(id.isValid());
    const ConversationId next = m_world->list().conversationAt(m_world->list().rowOf(id) + 1);
    answer(u"We look into it."_s);
    QTRY_COMPARE(m_world->shown(), next);
    QCOMPARE(m_world->textOf("messageBar"), u"The reply goes out in 10 seconds."_s);
    m_world->press(u"Z"_s);
    QTRY_COMPARE(m_world->messages(id).constLast().delivery->state, DeliveryState::cancelled);
    QTRY_COMPARE(m_world->shown(), id);
    QTRY_COMPARE(m_world->textOf("composerText"), u"We look into it."_s);
}

void SettingsTest::noteStays()
{
    const ConversationId id = m_world->showMention();
    QVERIFY(id.isValid());
    m_world->press(u"N"_s);
    QTRY_VERIFY(m_world->widget("composerSend")->isVisible());
    m_world->type(u"Known since Monday."_s);
    m_world->press(u"Ctrl+Return"_s);
    QTRY_COMPARE(m_world->messages(id).constLast().text, u"Known since Monday."_s);
    QTRY_VERIFY(!m_world->widget("composer")->isVisible());
    QCOMPARE(m_world->shown(), id);
}

void SettingsTest::ownSettingsApplyAtOnce()
{
    open();
    auto *look = m_world->find<QComboBox>("settingsAppearance");
    look->setFocus();
    QTRY_COMPARE(m_world->focus(), look);
    look->setCurrentIndex(look->findData(int(Appearance::Scheme::light)));
    m_world->press(u"Down"_s);
    QCOMPARE(WindowWorld::appearance().chosen(), Appearance::Scheme::dark);
    WindowWorld::chooseAppearance(Appearance::Scheme::light);
    auto *keys = m_world->find<QCheckBox>("settingsKeys");
    QVERIFY(keys->isChecked());
    keys->click();
    m_world->press(u"Esc"_s);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    QVERIFY(m_world->window().commands().find(u"keys.on"_s)->isEnabled());
    open();
    QVERIFY(!m_world->find<QCheckBox>("settingsKeys")->isChecked());
}

void SettingsTest::whatHoldsForAllIsChangedByAdmins()
{
    open();
    auto *undo = m_world->find<QSpinBox>("settingsUndo");
    QCOMPARE(undo->value(), 10);
    undo->setFocus();
    QTRY_COMPARE(m_world->focus(), undo);
    undo->selectAll();
    m_world->type(u"25"_s);
    // Leaving the field is enough, and so is closing the window.
    auto *reopen = m_world->find<QSpinBox>("settingsReopen");
    reopen->setFocus();
    QTRY_COMPARE(settings().undoSeconds, 25);
    reopen->selectAll();
    m_world->type(u"14"_s);
    m_world->press(u"Esc"_s);
    QTRY_COMPARE(settings().reopenDays, 14);
    const ConversationId id = m_world->showMention();
    QVERIFY(id.isValid());
    answer(u"We look into it."_s);
    QTRY_COMPARE(m_world->textOf("messageBar"), u"The reply goes out in 25 seconds."_s);
    const std::optional<DeliveryRecord> delivery = m_world->messages(id).constLast().delivery;
    QCOMPARE(delivery->heldUntil - m_world->clock().now(), std::chrono::seconds(25));
}

void SettingsTest::changedForAllIsUndone()
{
    open();
    auto *undo = m_world->find<QSpinBox>("settingsUndo");
    undo->setFocus();
    QTRY_COMPARE(m_world->focus(), undo);
    undo->selectAll();
    m_world->type(u"25"_s);
    // Closing the window is enough: what was changed by it is undone, too.
    m_world->press(u"Esc"_s);
    QTRY_COMPARE(settings().undoSeconds, 25);
    QTRY_COMPARE(m_world->textOf("messageBar"), u"Changed how long sending can be undone"_s);
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    m_world->press(u"Z"_s);
    QTRY_COMPARE(settings().undoSeconds, 10);
    QTRY_COMPARE(m_world->textOf("messageBar"), u"Undone: Changed how long sending can be undone"_s);
}

void SettingsTest::channelForOthersIsUndone()
{
    const Outcome team = m_world->act(Act::AddTeam{u"Night"_s});
    QVERIFY(team.isApplied());
    QTRY_VERIFY(!m_world->window().roster().teams().isEmpty());
    const ChannelRecord before = m_world->window().roster().channels().constFirst();
    const auto now = [&] { return *m_world->window().roster().channel(before.id); };
    QVERIFY(m_world->window().commands().trigger(u"channels.show"_s));
    auto *dialog = m_world->window().findChild<ChannelsDialog *>();
    QTRY_VERIFY(dialog->isVisible());
    dialog->select(before.id);
    QTest::mouseClick(m_world->widget("channelEdit"), Qt::LeftButton);
    QTRY_VERIFY(m_world->widget("channelSave"));
    auto *teams = m_world->find<QComboBox>("channelTeam");
    teams->setCurrentIndex(teams->findData(team.created));
    QTest::mouseClick(m_world->widget("channelSave"), Qt::LeftButton);
    QTRY_COMPARE(now().team, TeamId(team.created));
    QTRY_COMPARE(m_world->textOf("channelReport"), u"Saved."_s);
    dialog->close();
    QTRY_VERIFY(m_world->textOf("messageBar").contains(before.name));
    QVERIFY(m_world->textOf("messageBar").startsWith(u"Changed the channel"_s));
    QVERIFY(m_world->window().commands().trigger(u"edit.undo"_s));
    QTRY_COMPARE(now().team, before.team);
}

/// Neither overwrites the other without a word; what both leave alone goes through.
void SettingsTest::channelThatSomebodyElseChangedIsNotOverwritten()
{
    const ChannelRecord before = openChannel();
    m_world->type(u"Care by night"_s);
    Act::EditChannel theirs;
    theirs.channel = before.id;
    theirs.name = u"Care by day"_s;
    QVERIFY(m_world->act(theirs).isApplied());
    m_world->press(u"Return"_s);
    QTRY_VERIFY2(m_world->textOf("channelReport").contains(u"changed this meanwhile"_s),
                 qPrintable(m_world->textOf("channelReport")));
    QTRY_COMPARE(channel(before.id).name, u"Care by day"_s);
    // Who sees that may change it.
    QTest::mouseClick(m_world->widget("channelEdit"), Qt::LeftButton);
    QTRY_VERIFY(m_world->find<QLineEdit>("channelName"));
    QCOMPARE(m_world->find<QLineEdit>("channelName")->text(), u"Care by day"_s);
    m_world->find<QLineEdit>("channelName")->setText(u"Care"_s);
    theirs.name.reset();
    theirs.pullEverySeconds = 3600;
    QVERIFY(m_world->act(theirs).isApplied());
    QTest::mouseClick(m_world->widget("channelSave"), Qt::LeftButton);
    QTRY_COMPARE(channel(before.id).name, u"Care"_s);
    QTRY_COMPARE(channel(before.id).pullEverySeconds, 3600);
}

ChannelRecord SettingsTest::openChannel()
{
    const ChannelRecord first = m_world->window().roster().channels().constFirst();
    (void)m_world->window().commands().trigger(u"channels.show"_s);
    auto *dialog = m_world->window().findChild<ChannelsDialog *>();
    (void)QTest::qWaitFor([dialog] { return dialog->isActiveWindow(); }, 30'000);
    dialog->select(first.id);
    m_world->widget("channelEdit")->setFocus();
    m_world->press(u"Space"_s);
    const auto isTyping = [this] { return m_world->focus() && m_world->focus() == m_world->widget("channelName"); };
    (void)QTest::qWaitFor(isTyping, 30'000);
    return first;
}

/// Its name, its purpose and how often it is pulled are one deed.
void SettingsTest::editedChannelIsUndoneByTheKeyboard()
{
    const ChannelRecord before = openChannel();
    m_world->type(u"Care by night"_s);
    m_world->press(u"Tab Down Tab Tab Down Return"_s);
    QTRY_COMPARE(channel(before.id).name, u"Care by night"_s);
    QTRY_COMPARE(m_world->textOf("channelReport"), u"Saved."_s);
    QVERIFY(channel(before.id).purpose != before.purpose);
    QVERIFY(channel(before.id).pullEverySeconds != before.pullEverySeconds);
    // Without a window manager nobody gives the keyboard back.
    auto *dialog = m_world->window().findChild<ChannelsDialog *>();
    dialog->activateWindow();
    QTRY_VERIFY(dialog->isActiveWindow());
    m_world->press(u"Esc"_s);
    QTRY_VERIFY(m_world->textOf("messageBar").startsWith(u"Changed the channel"_s));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    m_world->press(u"Z"_s);
    QTRY_COMPARE(channel(before.id), before);
}

void SettingsTest::answerAfterTheDialogClosedIsUndone()
{
    const ChannelRecord before = openChannel();
    m_world->type(u"Care by night"_s);
    // Both in one turn of the loop: no answer comes between.
    QTest::mouseClick(m_world->widget("channelSave"), Qt::LeftButton);
    m_world->window().findChild<ChannelsDialog *>()->close();
    QTRY_COMPARE(channel(before.id).name, u"Care by night"_s);
    QTRY_VERIFY(m_world->textOf("messageBar").startsWith(u"Changed the channel"_s));
    QTRY_COMPARE(m_world->focus(), m_world->widget("conversations"));
    m_world->press(u"Z"_s);
    QTRY_COMPARE(channel(before.id), before);
}

/// Without a channel the list says what comes next: with a button to who may do it, to others who can.
void SettingsTest::whoMayNotConnectHearsWhoCan()
{
    const QList<ChannelRecord> channels = m_world->window().roster().channels();
    for (const ChannelRecord &channel : channels)
        QVERIFY(m_world->act(Act::RemoveChannel{channel.id}).isApplied());
    QTRY_VERIFY(m_world->window().roster().channels().isEmpty());
    auto *inbox = m_world->window().findChild<InboxPane *>();
    ListQuery nothing = inbox->query();
    nothing.view = View::tag;
    nothing.tag = TagId(9999);
    inbox->show(nothing, u"nothing"_s);
    const auto *step = inbox->findChild<QPushButton *>(u"stateStep"_s);
    QTRY_VERIFY(step->isVisible());
    QCOMPARE(step->text(), u"Connect a channel…"_s);
    QVERIFY(m_world->act(Act::EditAgent{AgentId(2), {}, Role::admin, {}}).isApplied());
    QVERIFY(m_world->act(Act::EditAgent{m_world->desk().me(), {}, Role::agent, {}}).isApplied());
    QTRY_VERIFY(!m_world->window().roster().isAdmin());
    inbox->show(nothing, u"nothing"_s);
    QTRY_VERIFY(!step->isVisible());
    QCOMPARE(inbox->findChild<StatePage *>()->title(), u"No channel is connected yet"_s);
    QVERIFY(m_world->window().commands().trigger(u"channels.show"_s));
    const auto *page = m_world->window().findChild<ChannelsDialog *>()->findChild<StatePage *>();
    QTRY_VERIFY(page->isVisible());
    QCOMPARE(page->accessibleName(), u"No channel is connected yet. An admin connects channels; what people write "
                                     "there arrives in the inbox."_s);
}

void SettingsTest::whoMayNotHearsWhoCan_data()
{
    QTest::addColumn<Role>("role");
    QTest::addColumn<QString>("leadsDeed");
    QTest::addColumn<QString>("adminsDeed");
    QTest::addColumn<QString>("ofChannels");
    const QString reading = u"Here you can only read. Admins can give you a role that may do this."_s;
    const QString admins = u"Only admins can do this."_s;
    QTest::addRow("agent") << Role::agent << u"Leads and admins can do this."_s << admins
                           << u"Leads and admins can stop and resume sending; only admins can change the rest."_s;
    QTest::addRow("lead") << Role::lead << QString() << admins << u"Only admins can change these."_s;
    QTest::addRow("viewer") << Role::viewer << reading << reading << reading;
}

void SettingsTest::whoMayNotHearsWhoCan()
{
    QFETCH(Role, role);
    QFETCH(QString, leadsDeed);
    QFETCH(QString, adminsDeed);
    QFETCH(QString, ofChannels);
    CommandRegistry &commands = m_world->window().commands();
    const Roster &roster = m_world->window().roster();
    const auto hint = [&] {
        (void)commands.trigger(u"channels.show"_s);
        const QString text = m_world->textOf("channelsHint");
        m_world->window().findChild<ChannelsDialog *>()->close();
        return text;
    };
    QCOMPARE(hint(), QString());
    QVERIFY(m_world->act(Act::EditAgent{AgentId(2), {}, Role::admin, {}}).isApplied());
    QVERIFY(m_world->act(Act::EditAgent{m_world->desk().me(), {}, role, {}}).isApplied());
    QTRY_VERIFY(roster.agent(m_world->desk().me())->role == role);
    QCOMPARE(commands.whyNot(u"sending.stop"_s), leadsDeed);
    QCOMPARE(commands.whyNot(u"notice.pin"_s), leadsDeed);
    if (role != Role::lead)
        QCOMPARE(commands.whyNot(u"sending.resume"_s), leadsDeed);
    QCOMPARE(commands.whyNot(u"channels.connect"_s), adminsDeed);
    QTRY_VERIFY(!m_world->window().findChild<ChannelsDialog *>());
    QCOMPARE(hint(), ofChannels);
}

void SettingsTest::refusedHearsWhoCan()
{
    const auto said = [](const QString &needed) {
        return ErrorText::of(Refusal{RefusalKind::permission, {}, {}, needed, 0});
    };
    QCOMPARE(said(word(Role::admin)), u"Your role does not allow this. An admin can do it."_s);
    QCOMPARE(said(word(Role::lead)), u"Your role does not allow this. A lead or admin can do it."_s);
}

void SettingsTest::whoIsNoAdminReads()
{
    const AgentId kim(2);
    QVERIFY(m_world->act(Act::EditAgent{kim, {}, Role::admin, {}}).isApplied());
    QVERIFY(m_world->act(Act::EditAgent{m_world->desk().me(), {}, Role::agent, {}}).isApplied());
    QTRY_VERIFY(!m_world->window().roster().isAdmin());
    open();
    QVERIFY(m_world->find<QSpinBox>("settingsUndo")->isReadOnly());
    QCOMPARE(m_world->textOf("settingsState"), u"Only admins can change these."_s);
}

QTEST_MAIN(SettingsTest)
#include "tst_settings.moc"
