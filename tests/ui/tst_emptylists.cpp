// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/windowworld.h"
#include "ui/inbox/emptylist.h"
#include "ui/inbox/inboxpane.h"
#include "ui/shell/queues.h"
#include "ui/shell/roster.h"
#include "ui/shell/statepage.h"

#include <QPushButton>
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
    void whatIsBeingCountedSaysSo();

private:
    [[nodiscard]] const Roster &roster() const { return m_world->window().roster(); }
    [[nodiscard]] InboxPane &inbox() const { return *m_world->window().findChild<InboxPane *>(); }
    /// Shows a list with nothing in it.
    void show(const ListQuery &query);

    std::unique_ptr<WindowWorld> m_world;
};

void EmptyListsTest::init()
{
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
        const EmptyList::Words words = EmptyList::of(list, roster());
        const QByteArray where = QByteArray::number(int(list.view));
        QVERIFY2(!words.title.isEmpty() && !words.text.isEmpty() && !words.icon.isEmpty(), where.constData());
        QVERIFY2(!titles.contains(words.title) && !texts.contains(words.text), qPrintable(words.title));
        QVERIFY2(words.title != QStringLiteral("Nothing here"), where.constData());
        QCOMPARE(words.step.isEmpty(), words.command.isEmpty());
        QVERIFY2(words.command.isEmpty() || m_world->window().commands().find(words.command), where.constData());
        titles.append(words.title);
        texts.append(words.text);
    }
    // On screen it is the same.
    ListQuery tagged;
    tagged.view = View::tag;
    tagged.tag = TagId(9999);
    show(tagged);
    auto *page = inbox().findChild<StatePage *>();
    QTRY_VERIFY(page->isVisible());
    QCOMPARE(page->title(), EmptyList::of(tagged, roster()).title);
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
    QCOMPARE(EmptyList::of(everything, roster()).command, QStringLiteral("channels.pull"));
    QVERIFY(m_world->act(Act::EditAgent{AgentId(2), {}, Role::admin, {}}).isApplied());
    QVERIFY(m_world->act(Act::EditAgent{m_world->desk().me(), {}, Role::viewer, {}}).isApplied());
    QTRY_VERIFY(!roster().canAct());
    QVERIFY(EmptyList::of(everything, roster()).step.isEmpty());
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

QTEST_MAIN(EmptyListsTest)

#include "tst_emptylists.moc"
