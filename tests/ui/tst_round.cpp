// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/window/mainwindow.h"
#include "windowworld.h"

#include <QAbstractItemView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// Marked conversations are answered one after another, each by a hand.
class RoundTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { m_world.reset(); }
    void eachComesWithItsReply();
    void skippingAndEnding();
    void whatIsWrittenStays();
    void closedComposerStaysClosed();
    void beginsFromTheSearchFieldsCommands();
    void searchFieldSaysWhyItCannotBegin();
    void beginningAgainEndsNothing();
    void whatCannotBeAnsweredIsCounted();

private:
    [[nodiscard]] QString bar() const { return m_world->textOf("roundBar"); }
    [[nodiscard]] QString written() const { return m_world->find<QPlainTextEdit>("composerText")->toPlainText(); }
    [[nodiscard]] bool isWriting(ConversationId id) const
    {
        return m_world->shown() == id && m_world->widget("composer")->isVisible();
    }
    void run(const char *command) { QVERIFY(m_world->window().commands().trigger(QString::fromLatin1(command))); }
    /// Finds it by name and runs it there, by keys alone.
    void runFromSearchField();
    /// Marks the first three that can be answered, and begins with a saved reply.
    void begin();

    std::unique_ptr<WindowWorld> m_world;
    QList<ConversationId> m_marked;
};

void RoundTest::init()
{
    m_world = std::make_unique<WindowWorld>();
    QTRY_VERIFY(m_world->isReady());
    QVERIFY(m_world->act(Act::KeepSavedReply{{}, u"Known"_s, u"Dear {name}, we know of it."_s}).isApplied());
    QTRY_COMPARE(m_world->window().roster().savedReplies().size(), 1);
    m_marked.clear();
    for (int row = 0; row < m_world->list().rowCount() && m_marked.size() < 3; ++row) {
        const ConversationId id = m_world->list().conversationAt(row);
        if (id.isValid() && m_world->record(id).network == Network::mastodon && !m_world->record(id).isPrivate)
            m_marked.append(id);
    }
    QCOMPARE(m_marked.size(), 3);
}

void RoundTest::begin()
{
    QVERIFY(!m_world->window().commands().trigger(u"round.start"_s));
    // Not in the order of the list: that is how they come all the same.
    for (auto id = m_marked.crbegin(); id != m_marked.crend(); ++id)
        m_world->list().setMarked(m_world->record(*id), true);
    run("round.start");
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->type(u"Known"_s);
    m_world->press(u"Return"_s);
    QTRY_VERIFY(isWriting(m_marked.at(0)));
    QCOMPARE(bar(), u"Answering one after another: 1 of 3"_s);
}

void RoundTest::eachComesWithItsReply()
{
    begin();
    for (qsizetype i = 0; i < m_marked.size(); ++i) {
        const ConversationRecord record = m_world->record(m_marked.at(i));
        QTRY_VERIFY(isWriting(record.id));
        QTRY_VERIFY2(written().contains(u"we know of it"_s), qPrintable(written()));
        QVERIFY2(written().contains(record.contactName), qPrintable(written() + u" / "_s + record.contactName));
        QCOMPARE(m_world->list().markedCount(), int(m_marked.size() - i));
        // Nothing goes out by itself.
        QCOMPARE(m_world->messages(record.id).constLast().kind == MessageKind::reply &&
                     m_world->messages(record.id).constLast().delivery->state == DeliveryState::held,
                 false);
        QCOMPARE(m_world->list().conversationAt(m_world->find<QTableView>("conversations")->currentIndex().row()),
                 record.id);
        // The second one is resolved with it: those that are left stay marked all the same.
        if (i == 1)
            m_world->press(u"Ctrl+Shift+Return"_s);
        else
            QTest::mouseClick(m_world->widget("composerSend"), Qt::LeftButton);
        QTRY_COMPARE(m_world->messages(record.id).constLast().text.contains(u"we know of it"_s), true);
    }
    QTRY_COMPARE(m_world->textOf("messageBar"), u"Answered 3 of 3 conversations."_s);
    QVERIFY(bar().isEmpty());
    QCOMPARE(m_world->list().markedCount(), 0);
}

void RoundTest::closedComposerStaysClosed()
{
    begin();
    m_world->press(u"Esc"_s);
    QTRY_VERIFY(!m_world->widget("composer")->isVisible());
    // Somebody else's deed has it read again: keys meant for the list must not land in a reply.
    QVERIFY(m_world->act(Act::AddTag{m_marked.at(0), u"urgent"_s}).isApplied());
    auto *pane = m_world->window().findChild<ConversationPane *>();
    QTRY_VERIFY(pane->record().tags.contains(u"urgent"_s));
    QVERIFY(!m_world->widget("composer")->isVisible());
    run("round.skip");
    QTRY_VERIFY(isWriting(m_marked.at(1)));
}

void RoundTest::runFromSearchField()
{
    m_world->press(u"Ctrl+K"_s);
    QTRY_VERIFY(m_world->widget("searchField")->hasFocus());
    m_world->type(u"> answer one"_s);
    const auto *results = m_world->find<QAbstractItemView>("searchResults");
    QTRY_VERIFY(results->model()->rowCount() > 0);
    m_world->press(u"Return"_s);
}

/// What is searched in stands in the list's place: it is there again, with what is marked, when the command runs.
void RoundTest::beginsFromTheSearchFieldsCommands()
{
    for (const ConversationId id : std::as_const(m_marked))
        m_world->list().setMarked(m_world->record(id), true);
    runFromSearchField();
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    m_world->type(u"Known"_s);
    m_world->press(u"Return"_s);
    QTRY_VERIFY(isWriting(m_marked.at(0)));
    QTRY_VERIFY2(written().contains(u"we know of it"_s), qPrintable(written()));
    QCOMPARE(bar(), u"Answering one after another: 1 of 3"_s);
    QVERIFY(m_world->widget("conversations")->isVisible());
    QVERIFY(m_world->textOf("searchField").isEmpty());
    for (int i = 0; i < 3; ++i) {
        QTRY_VERIFY(isWriting(m_marked.at(i)));
        m_world->press(u"Ctrl+Return"_s);
        QTRY_COMPARE(m_world->messages(m_marked.at(i)).constLast().text.contains(u"we know of it"_s), true);
    }
    QTRY_COMPARE(m_world->textOf("messageBar"), u"Answered 3 of 3 conversations."_s);
}

void RoundTest::searchFieldSaysWhyItCannotBegin()
{
    m_world->list().setMarked(m_world->record(m_marked.at(0)), true);
    runFromSearchField();
    QTRY_COMPARE(m_world->textOf("messageBar"), u"Mark several conversations in the list first."_s);
    QVERIFY(!m_world->widget("pickField"));
    QVERIFY(bar().isEmpty());
}

/// "End answering one after another" has the same words, and is not what was named.
void RoundTest::beginningAgainEndsNothing()
{
    begin();
    runFromSearchField();
    QTRY_COMPARE(m_world->textOf("messageBar"), u"They are already being answered one after another."_s);
    QCOMPARE(bar(), u"Answering one after another: 1 of 3"_s);
}

void RoundTest::skippingAndEnding()
{
    begin();
    m_world->press(u"Ctrl+Shift+J"_s);
    QTRY_VERIFY(isWriting(m_marked.at(1)));
    QCOMPARE(bar(), u"Answering one after another: 2 of 3"_s);
    // Going elsewhere ends nothing: sending there is not sending here.
    const ConversationId other = m_world->show([this](const ConversationRecord &one) {
        return !m_marked.contains(one.id) && one.network == Network::mastodon;
    });
    QVERIFY(other.isValid());
    QCOMPARE(bar(), u"Answering one after another: 2 of 3"_s);
    run("round.skip");
    QTRY_VERIFY(isWriting(m_marked.at(2)));
    run("round.end");
    QVERIFY(bar().isEmpty());
    QCOMPARE(m_world->textOf("messageBar"), u"Answered 0 of 3 conversations."_s);
    // What was not answered is still marked, and nothing that was written is lost.
    QCOMPARE(m_world->list().markedCount(), 3);
    QVERIFY(written().contains(u"we know of it"_s));
}

void RoundTest::whatIsWrittenStays()
{
    QVERIFY(m_world->show([this](const ConversationRecord &one) { return one.id == m_marked.at(1); }).isValid());
    m_world->press(u"R"_s);
    QTRY_VERIFY(isWriting(m_marked.at(1)));
    m_world->type(u"My own words"_s);
    QVERIFY(m_world->show([this](const ConversationRecord &one) { return one.id == m_marked.at(0); }).isValid());
    begin();
    run("round.skip");
    QTRY_VERIFY(isWriting(m_marked.at(1)));
    QCOMPARE(written(), u"My own words"_s);
}

/// Of a channel that can only be read: it stays marked.
void RoundTest::whatCannotBeAnsweredIsCounted()
{
    QList<ConversationId> read;
    for (int row = 0; row < m_world->list().rowCount(); ++row) {
        const ConversationRecord one = m_world->record(m_world->list().conversationAt(row));
        const ChannelRecord *channel = m_world->window().roster().channel(one.channel);
        if (channel && !channel->capabilities.canReply && !channel->capabilities.canReplyPrivately)
            read.append(one.id);
    }
    QVERIFY2(read.size() > 1, qPrintable(QString::number(read.size())));
    m_world->list().setMarked(m_world->record(read.constFirst()), true);
    for (const ConversationId id : m_marked)
        m_world->list().setMarked(m_world->record(id), true);
    run("round.start");
    QTRY_VERIFY(m_world->widget("pickField") && m_world->widget("pickField")->hasFocus());
    QCOMPARE(m_world->widget("pickField")->accessibleName(), u"Answer 3 conversations, one after another, with"_s);
    m_world->press(u"Return"_s);
    QTRY_VERIFY(isWriting(m_marked.at(0)));
    QCOMPARE(bar(), u"Answering one after another: 1 of 3. 1 more cannot be answered from here."_s);
    run("round.end");
    m_world->list().unmarkAll();
    // Where none is left, nothing is asked.
    for (const ConversationId id : read)
        m_world->list().setMarked(m_world->record(id), true);
    run("round.start");
    QTRY_COMPARE(m_world->textOf("messageBar"), u"None of these can be answered from here."_s);
}

QTEST_MAIN(RoundTest)
#include "tst_round.moc"
