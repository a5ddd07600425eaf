// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bypointer.h"
#include "ui/shell/roster.h"

#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QListWidget>
#include <QPushButton>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// What is set up, stopped and cleared away, by pointer alone: the keyboard writes words only.
class AdminPointerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void channelIsConnected();
    void sendingIsStoppedAndGoesOn();
    void macroIsWrittenAndRun();
    void whatWaitsIsTakenBack();
    void whatFailedIsSentAgainOrDiscarded();
    void colleagueIsTakenIn();
    void colleagueIsDisabledAndBack();

private:
    [[nodiscard]] const Roster &roster() const { return m_world->window().roster(); }
    [[nodiscard]] AgentRecord agent(const QString &name) const;
    [[nodiscard]] const ChannelRecord *channel(const QString &address) const;
    /// Of two questions one after the other the one that is there.
    template <class T>
    [[nodiscard]] T *shown(const char *name) const
    {
        const auto all = m_world->window().findChildren<T *>(QString::fromLatin1(name));
        for (T *one : all) {
            if (one->isVisible())
                return one;
        }
        return nullptr;
    }
    void clickIn(const char *bar, const char *name);
    /// On the row that has that text in it.
    void clickRowWith(QListWidget &list, const QString &text);
    void write(const char *field, const QString &text);
    /// By its own button.
    void closeDialog(const char *name);
    void reply(ConversationId id, const QString &text);

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<ByPointer> m_pointer;
};

void AdminPointerTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    m_pointer = std::make_unique<ByPointer>(*m_world);
    QTRY_VERIFY(m_world->isReady());
}

AgentRecord AdminPointerTest::agent(const QString &name) const
{
    for (const AgentRecord &one : roster().agents()) {
        if (one.name == name)
            return one;
    }
    return {};
}

const ChannelRecord *AdminPointerTest::channel(const QString &address) const
{
    for (const ChannelRecord &one : roster().channels()) {
        if (one.address == address)
            return &one;
    }
    return nullptr;
}

void AdminPointerTest::clickIn(const char *bar, const char *name)
{
    const auto button = [&]() -> QPushButton * {
        const QWidget *where = m_world->widget(bar);
        return where ? where->findChild<QPushButton *>(QString::fromLatin1(name)) : nullptr;
    };
    QTRY_VERIFY2(button() && button()->isVisible(), bar);
    QTest::mouseClick(button(), Qt::LeftButton);
}

void AdminPointerTest::clickRowWith(QListWidget &list, const QString &text)
{
    const auto found = [&] { return list.findItems(text, Qt::MatchContains); };
    QTRY_VERIFY2(!found().isEmpty(), qPrintable(text));
    list.scrollToItem(found().constFirst());
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualItemRect(found().constFirst()).center());
}

void AdminPointerTest::write(const char *field, const QString &text)
{
    QTRY_VERIFY2(shown<QWidget>(field), field);
    QTest::mouseClick(shown<QWidget>(field), Qt::LeftButton);
    QTRY_COMPARE(m_world->focus(), shown<QWidget>(field));
    m_world->type(text);
}

void AdminPointerTest::closeDialog(const char *name)
{
    auto *dialog = m_world->find<QDialog>(name);
    QTest::mouseClick(dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Close), Qt::LeftButton);
    QTRY_VERIFY(!m_world->widget(name) || !m_world->widget(name)->isVisible());
}

void AdminPointerTest::reply(ConversationId id, const QString &text)
{
    Act::SendReply reply;
    reply.conversation = id;
    reply.text = text;
    QVERIFY(m_world->act(reply).isApplied());
    QTRY_VERIFY(m_world->waitingInWindow() > 0);
}

void AdminPointerTest::channelIsConnected()
{
    m_pointer->chooseInBar("&Earshot", "channels.show");
    m_pointer->click("connectChannel");
    write("connectAddress", u"#lamp@social.example"_s);
    m_pointer->click("connectNext");
    QTRY_VERIFY(m_world->widget("connectFound")->isVisible());
    clickRowWith(*m_world->find<QListWidget>("connectFound"), u"#lamp"_s);
    m_pointer->click("connectNext");
    QTRY_VERIFY(m_world->widget("connectName")->isVisible());
    m_pointer->chooseInBox(*m_world->find<QComboBox>("connectWork"), u"All of it"_s);
    m_pointer->click("connectNext");
    QTRY_VERIFY(channel(u"#lamp@social.example"_s));
    QTRY_VERIFY(!m_world->widget("connectDialog"));
    closeDialog("channelsDialog");
}

void AdminPointerTest::sendingIsStoppedAndGoesOn()
{
    const ConversationId id = m_world->showMention();
    m_pointer->chooseInBar("&Earshot", "sending.stop");
    QTRY_VERIFY(shown<QListWidget>("pickList"));
    m_pointer->clickRow(*shown<QListWidget>("pickList"), u"On all channels"_s);
    QTRY_VERIFY(shown<QWidget>("pickField") &&
                shown<QWidget>("pickField")->accessibleName() == u"Why is sending stopped?"_s);
    write("pickField", u"storm"_s);
    QTRY_VERIFY(shown<QPushButton>("pickOk")->isEnabled());
    QTest::mouseClick(shown<QPushButton>("pickOk"), Qt::LeftButton);
    QTRY_VERIFY(m_world->textOf("stoppedBar").contains(u"storm"_s));
    reply(id, u"Better not"_s);
    reply(id, u"This is fine"_s);
    QTRY_VERIFY(m_world->waitingInWindow() >= 2);
    clickIn("stoppedBar", "choice0");
    QTRY_VERIFY(shown<QListWidget>("resumeList"));
    auto *list = shown<QListWidget>("resumeList");
    const auto unwanted = list->findItems(u"Better not"_s, Qt::MatchContains);
    QCOMPARE(unwanted.size(), 1);
    m_pointer->check(*list, list->row(unwanted.constFirst()));
    QCOMPARE(unwanted.constFirst()->checkState(), Qt::Unchecked);
    m_pointer->click("resumeGo");
    QTRY_VERIFY(m_world->textOf("stoppedBar").isEmpty());
    const auto stateOf = [&](const QString &text) {
        const QList<MessageRecord> messages = m_world->messages(id);
        const auto found = std::ranges::find(messages, text, &MessageRecord::text);
        return found->delivery->state;
    };
    QTRY_COMPARE(stateOf(u"Better not"_s), DeliveryState::cancelled);
    QVERIFY(stateOf(u"This is fine"_s) != DeliveryState::cancelled);
}

void AdminPointerTest::macroIsWrittenAndRun()
{
    m_pointer->chooseInBar("&Earshot", "macros.show");
    write("macroName", u"Hardware"_s);
    m_pointer->chooseInMenuOfButton("macroAdd", u"Assign to me"_s);
    m_pointer->chooseInMenuOfButton("macroAdd", u"Set the priority"_s);
    QTRY_VERIFY(m_world->widget("macroChoice")->isVisible());
    m_pointer->chooseInBox(*m_world->find<QComboBox>("macroChoice"), u"urgent"_s);
    // It is to come first.
    m_pointer->click("macroUp");
    m_pointer->click("macrosSave");
    QTRY_COMPARE(roster().macros().size(), 1);
    QCOMPARE(roster().macros().constFirst().steps,
             (QList<MacroStep>{{MacroStepKind::setPriority, u"urgent"_s}, {MacroStepKind::claim, {}}}));
    closeDialog("macros");

    const ConversationId id = m_world->showMention();
    m_pointer->chooseInMenu(id, "macro.pick");
    QTRY_VERIFY(shown<QListWidget>("macroPickerList"));
    m_pointer->clickRow(*shown<QListWidget>("macroPickerList"), u"Hardware"_s);
    QTRY_COMPARE(m_world->record(id).priority, Priority::urgent);
    QTRY_COMPARE(m_world->record(id).assignee, m_world->desk().me());
}

void AdminPointerTest::whatWaitsIsTakenBack()
{
    const ConversationId id = m_world->showMention();
    reply(id, u"Never to be seen"_s);
    m_pointer->click("outboxButton");
    QTRY_VERIFY(shown<QListWidget>("outboxList"));
    clickRowWith(*m_world->find<QListWidget>("outboxList"), u"Never to be seen"_s);
    m_pointer->click("outboxCancel");
    QTRY_COMPARE(m_world->messages(id).constLast().delivery->state, DeliveryState::cancelled);
    closeDialog("outboxDialog");
}

void AdminPointerTest::whatFailedIsSentAgainOrDiscarded()
{
    QList<DeliveryRecord> troubled = m_world->outbox();
    troubled.removeIf([](const DeliveryRecord &one) {
        return one.state != DeliveryState::failed && one.state != DeliveryState::unsure;
    });
    QVERIFY(troubled.size() > 1);
    m_pointer->click("outboxButton");
    QTRY_VERIFY(shown<QListWidget>("outboxList"));
    const auto stateOf = [this](DeliveryId id) {
        const QList<DeliveryRecord> outbox = m_world->outbox();
        for (const DeliveryRecord &one : outbox) {
            if (one.id == id)
                return std::optional(one.state);
        }
        return std::optional<DeliveryState>();
    };
    for (const DeliveryRecord &one : std::as_const(troubled)) {
        clickRowWith(*m_world->find<QListWidget>("outboxList"), u"#%1 "_s.arg(one.conversationNumber));
        const bool isUnsure = one.state == DeliveryState::unsure;
        // One that may have arrived is looked up on the network, the other is given up.
        const char *button = isUnsure ? "outboxArrived" : "outboxCancel";
        QTRY_VERIFY2(m_world->widget(button)->isVisible() && m_world->widget(button)->isEnabled(), button);
        m_pointer->click(button);
        QTRY_VERIFY(stateOf(one.id) != one.state);
    }
    closeDialog("outboxDialog");
    QTRY_VERIFY(!m_world->widget("outboxButton")->isVisible());
}

void AdminPointerTest::colleagueIsTakenIn()
{
    m_pointer->chooseInBar("&Earshot", "agents.show");
    m_pointer->click("agentsNew");
    write("agentName", u"Nele"_s);
    m_pointer->chooseInBox(*m_world->find<QComboBox>("agentRole"), u"lead"_s);
    m_pointer->click("agentsSave");
    QTRY_COMPARE(agent(u"Nele"_s).role, Role::lead);
    closeDialog("agents");

    m_pointer->chooseInBar("&Earshot", "teams.show");
    m_pointer->click("teamsNew");
    write("teamName", u"Night"_s);
    auto *members = m_world->find<QListWidget>("teamMembers");
    const auto found = members->findItems(u"Nele"_s, Qt::MatchContains);
    QCOMPARE(found.size(), 1);
    m_pointer->check(*members, members->row(found.constFirst()));
    m_pointer->click("teamsSave");
    const auto night = [this] {
        const QList<TeamRecord> teams = roster().teams();
        for (const TeamRecord &one : teams) {
            if (one.name == u"Night"_s)
                return one.members;
        }
        return QList<AgentId>();
    };
    QTRY_COMPARE(night(), QList<AgentId>{agent(u"Nele"_s).id});
    closeDialog("teams");
}

void AdminPointerTest::colleagueIsDisabledAndBack()
{
    m_pointer->chooseInBar("&Earshot", "agents.show");
    QTRY_VERIFY(shown<QListWidget>("agentsList"));
    clickRowWith(*m_world->find<QListWidget>("agentsList"), u"Kim"_s);
    m_pointer->click("agentsRemove");
    QTRY_VERIFY(agent(u"Kim"_s).isDisabled);
    clickIn("agentsChoices", "choice0");
    QTRY_VERIFY(!agent(u"Kim"_s).isDisabled);
    closeDialog("agents");
}

QTEST_MAIN(AdminPointerTest)
#include "tst_adminpointer.moc"
