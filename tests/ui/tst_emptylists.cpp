// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/gate.h"
#include "tests/ui/windowworld.h"
#include "ui/inbox/emptylist.h"
#include "ui/inbox/inboxpane.h"
#include "ui/shell/queues.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"

#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Earshot;

/// What a list says that has nothing in it.
class EmptyListsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_world.reset(); }
    void eachListSaysWhatWouldBeThere();
    void buttonDoesWhatItSays_data();
    void buttonDoesWhatItSays();
    void nothingIsOfferedThatCannotBeDone();
    void keysAreThoseOfTheMoment_data();
    void keysAreThoseOfTheMoment();
    void shownKeyFollows();
    void whatIsBeingCountedSaysSo();
    void oldRowsStayUntilItTakesLong();

private:
    [[nodiscard]] const Roster &roster() const { return m_world->window().roster(); }
    [[nodiscard]] InboxPane &inbox() const { return *m_world->window().findChild<InboxPane *>(); }
    [[nodiscard]] CommandRegistry &commands() const { return m_world->window().commands(); }
    [[nodiscard]] EmptyList::Words wordsOf(const ListQuery &list) const
    {
        return EmptyList(roster(), &commands()).of(list);
    }
    /// Shows a list with nothing in it.
    void show(const ListQuery &query);

    QTemporaryDir m_settings;
    std::unique_ptr<WindowWorld> m_world;
};

void EmptyListsTest::init()
{
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_settings.path());
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(roster().isLoaded() && m_world->list().rowCount() > 0);
}

void EmptyListsTest::show(const ListQuery &query)
{
    inbox().show(query, QStringLiteral("empty"));
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QTRY_COMPARE(m_world->list().rowCount(), 0);
}

void EmptyListsTest::eachListSaysWhatWouldBeThere()
{
    QList<ListQuery> lists;
    for (int view = 0; view <= int(View::tag); ++view) {
        lists.append(ListQuery());
        lists.last().view = View(view);
    }
    lists.append(Queues::ofAgent(AgentId(2)));
    lists.append(ListQuery());
    lists.last().view = View::custom;
    QStringList titles;
    QStringList texts;
    for (const ListQuery &list : std::as_const(lists)) {
        const EmptyList::Words words = wordsOf(list);
        const QByteArray where = QByteArray::number(int(list.view));
        QVERIFY2(!words.title.isEmpty() && !words.text.isEmpty() && !words.icon.isEmpty(), where.constData());
        QVERIFY2(!titles.contains(words.title) && !texts.contains(words.text), qPrintable(words.title));
        QVERIFY2(words.title != QStringLiteral("Nothing here"), where.constData());
        QCOMPARE(words.step.isEmpty(), words.command.isEmpty());
        QVERIFY2(words.command.isEmpty() || m_world->window().commands().find(words.command), where.constData());
        titles.append(words.title);
        texts.append(words.text);
    }
    ListQuery trouble;
    trouble.view = View::trouble;
    const EmptyList::Words refused = EmptyList(roster(), &commands(), 2).of(trouble);
    QVERIFY(refused.text.contains(QStringLiteral("2 actions of yours")));
    QCOMPARE(refused.command, QStringLiteral("outbox.show"));
    QVERIFY(commands().find(refused.command));
    // On screen it is the same.
    ListQuery tagged;
    tagged.view = View::tag;
    tagged.tag = TagId(9999);
    show(tagged);
    auto *page = inbox().findChild<StatePage *>();
    QTRY_VERIFY(page->isVisible());
    QCOMPARE(page->title(), wordsOf(tagged).title);
    QVERIFY(!inbox().findChild<QPushButton *>(QStringLiteral("stateStep"))->isVisible());
}

void EmptyListsTest::buttonDoesWhatItSays_data()
{
    QTest::addColumn<bool>("isConnected");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QByteArray>("opened");
    QTest::newRow("no channel yet") << false << QStringLiteral("Connect a channel…") << QByteArray("connectAddress");
    QTest::newRow("a quiet channel") << true << QStringLiteral("Show the channel") << QByteArray("channelFacts");
}

void EmptyListsTest::buttonDoesWhatItSays()
{
    QFETCH(bool, isConnected);
    QFETCH(QString, said);
    QFETCH(QByteArray, opened);
    ListQuery list;
    list.view = View::channel;
    list.channel = ChannelId(9999);
    const QList<ChannelRecord> channels = roster().channels();
    for (const ChannelRecord &channel : channels) {
        if (!isConnected)
            QVERIFY(m_world->act(Act::RemoveChannel{channel.id}).isApplied());
    }
    QTRY_COMPARE(roster().channels().isEmpty(), !isConnected);
    show(list);
    auto *step = inbox().findChild<QPushButton *>(QStringLiteral("stateStep"));
    QTRY_VERIFY(step->isVisible());
    QCOMPARE(step->text(), said);
    QTest::mouseClick(step, Qt::LeftButton);
    QTRY_VERIFY(m_world->widget(opened.constData()) && m_world->widget(opened.constData())->isVisible());
}

void EmptyListsTest::nothingIsOfferedThatCannotBeDone()
{
    ListQuery everything;
    everything.view = View::all;
    QCOMPARE(wordsOf(everything).command, QStringLiteral("channels.pull"));
    QVERIFY(m_world->act(Act::EditAgent{AgentId(2), {}, Role::admin, {}}).isApplied());
    QVERIFY(m_world->act(Act::EditAgent{m_world->desk().me(), {}, Role::viewer, {}}).isApplied());
    QTRY_VERIFY(!roster().canAct());
    QVERIFY(wordsOf(everything).step.isEmpty());
}

void EmptyListsTest::keysAreThoseOfTheMoment_data()
{
    QTest::addColumn<ListQuery>("list");
    QTest::addColumn<QString>("command");
    const auto row = [](const char *name, View view, const char *command) {
        ListQuery list;
        list.view = view;
        list.tag = TagId(9999);
        QTest::newRow(name) << list << QString::fromLatin1(command);
    };
    row("mine", View::mine, "conversation.claim");
    row("snoozed", View::snoozed, "conversation.snooze");
    row("resolved", View::resolved, "conversation.resolve");
    row("a tag", View::tag, "conversation.tag");
    QTest::newRow("an agent") << Queues::ofAgent(AgentId(2)) << QStringLiteral("conversation.assign");
}

/// Named is the key that does it now, to whoever may.
void EmptyListsTest::keysAreThoseOfTheMoment()
{
    QFETCH(ListQuery, list);
    QFETCH(QString, command);
    const auto names = [&](const QString &key) {
        return wordsOf(list).text.contains(
            QRegularExpression(QStringLiteral("\\b%1\\b").arg(QRegularExpression::escape(key))));
    };
    QVERIFY2(names(commands().keyText(command)), qPrintable(wordsOf(list).text));
    commands().setKeys(command, {QStringLiteral("F"), {}});
    QVERIFY2(names(QStringLiteral("F")), qPrintable(wordsOf(list).text));
    commands().setKeys(command, {});
    const QString without = wordsOf(list).text;
    QVERIFY2(!without.contains(QStringLiteral("%1")) && !names(QStringLiteral("F")), qPrintable(without));
    commands().resetKeys();
    QVERIFY(m_world->act(Act::EditAgent{AgentId(2), {}, Role::admin, {}}).isApplied());
    QVERIFY(m_world->act(Act::EditAgent{m_world->desk().me(), {}, Role::viewer, {}}).isApplied());
    QTRY_VERIFY(!roster().canAct());
    QVERIFY2(!names(commands().keyText(command)), qPrintable(wordsOf(list).text));
    QVERIFY2(!wordsOf(list).text.contains(QStringLiteral("Drag")), qPrintable(wordsOf(list).text));
}

/// What stands there follows while it is looked at.
void EmptyListsTest::shownKeyFollows()
{
    ListQuery tagged;
    tagged.view = View::tag;
    tagged.tag = TagId(9999);
    show(tagged);
    auto *page = inbox().findChild<StatePage *>();
    QTRY_VERIFY(page->isVisible());
    commands().setKeys(QStringLiteral("conversation.tag"), {QStringLiteral("F"), {}});
    QTRY_VERIFY2(page->accessibleName().contains(QStringLiteral("press F on it")), qPrintable(page->accessibleName()));
    commands().resetKeys();
}

void EmptyListsTest::whatIsBeingCountedSaysSo()
{
    QTRY_VERIFY(roster().counts());
    QTRY_VERIFY(!m_world->textOf("viewCount").isEmpty());
    ListQuery made;
    made.view = View::custom;
    made.uuid = QStringLiteral("not counted yet");
    made.filter.statuses = {Status::open};
    inbox().show(made, QStringLiteral("Of mine"));
    QCOMPARE(m_world->textOf("viewCount"), QStringLiteral("…"));
}

/// A list that comes at once must not flicker.
void EmptyListsTest::oldRowsStayUntilItTakesLong()
{
    const auto *page = inbox().findChild<StatePage *>();
    const QWidget *list = m_world->widget("conversations");
    QTRY_VERIFY(m_world->list().state() == ConversationListModel::State::ready && list->isVisible());
    const int before = m_world->list().rowCount();
    ListQuery everything;
    everything.view = View::all;
    {
        const Gate gate;
        inbox().show(everything, QStringLiteral("Everything"));
        QCOMPARE(m_world->list().state(), ConversationListModel::State::loading);
        QVERIFY(list->isVisible() && !page->isVisible());
        QCOMPARE(m_world->list().rowCount(), before);
        QTRY_VERIFY(page->isVisible());
        QCOMPARE(page->title(), QStringLiteral("Loading…"));
    }
    QTRY_COMPARE(m_world->list().state(), ConversationListModel::State::ready);
    QTRY_VERIFY(list->isVisible() && !page->isVisible());
}

QTEST_MAIN(EmptyListsTest)

#include "tst_emptylists.moc"
