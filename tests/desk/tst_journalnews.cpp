// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/journalnews.h"
#include "deskworld.h"

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// What the journal tells somebody of.
class JournalNewsTest final : public DeskWorld
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void assignmentWaitsForItsConversation();
    void conversationThatIsGoneStopsNothing();
    void replyThatOthersTakeBackIsTold();

private:
    [[nodiscard]] JournalNews load(qint64 last, const QList<qint64> &waiting)
    {
        return loadJournalNews(*m_follower, last, AgentId(1), m_clock.now(), waiting).value();
    }
    void assign(ConversationId id) { QVERIFY(actAs(m_kim, Act::Assign{id, AgentId(1)}).isApplied()); }

    const AgentId m_kim{2};
    std::unique_ptr<Database> m_follower; ///< without foreign keys, as a replica's
};

void JournalNewsTest::init()
{
    begin();
    ingest({mention(str("1"), str("one"), str("mira")), mention(str("2"), str("two"), str("omar"))});
    auto opened = Database::open(m_folder->filePath(str("d.earshot")), Database::Mode::readWrite);
    QVERIFY(opened);
    m_follower = std::move(*opened);
    m_follower->execute(str("PRAGMA foreign_keys = OFF"));
}

void JournalNewsTest::cleanup()
{
    m_follower.reset();
    end();
}

/// A synchronisation brings the conversations last.
void JournalNewsTest::assignmentWaitsForItsConversation()
{
    const JournalNews before = load(-1, {});
    QCOMPARE(before.lines.size(), 0);
    assign(ConversationId(1));
    assign(ConversationId(2));
    m_follower->execute(str("CREATE TEMP TABLE kept AS SELECT * FROM conversation WHERE id = 1;"
                            "DELETE FROM conversation WHERE id = 1"));
    JournalNews news = load(before.last, before.waiting);
    QCOMPARE(news.lines.size(), 1);
    QCOMPARE(news.lines.constFirst().conversation.id, ConversationId(2));
    QCOMPARE(news.waiting.size(), 1);
    // What was told is not told again, and what waits goes on waiting.
    news = load(news.last, news.waiting);
    QCOMPARE(news.lines.size(), 0);
    QCOMPARE(news.waiting.size(), 1);
    m_follower->execute(str("INSERT INTO conversation SELECT * FROM kept"));
    QVERIFY(!m_follower->failure());
    news = load(news.last, news.waiting);
    QCOMPARE(news.lines.size(), 1);
    QCOMPARE(news.lines.constFirst().conversation.id, ConversationId(1));
    QCOMPARE(news.waiting.size(), 0);
    QCOMPARE(load(news.last, news.waiting).lines.size(), 0);
}

void JournalNewsTest::conversationThatIsGoneStopsNothing()
{
    JournalNews news = load(-1, {});
    for (int i = 0; i < 250; ++i) {
        assign(ConversationId(1));
        QVERIFY(actAs(m_kim, Act::Unassign{ConversationId(1)}).isApplied());
    }
    m_follower->execute(str("DELETE FROM conversation WHERE id = 1"));
    news = load(news.last, news.waiting);
    QCOMPARE(news.lines.size(), 0);
    QCOMPARE(news.waiting.size(), 200);
    QVERIFY(news.waiting.constFirst() > news.waiting.constLast());
    const qint64 newest = news.waiting.constFirst();
    assign(ConversationId(2));
    news = load(news.last, news.waiting);
    QCOMPARE(news.lines.size(), 1);
    QCOMPARE(news.waiting.size(), 200);
    QCOMPARE(news.waiting.constFirst(), newest);
    // A line that was withdrawn waits no longer.
    m_follower->execute(str("DELETE FROM journal WHERE conversation = 1"));
    QCOMPARE(load(news.last, news.waiting).waiting.size(), 0);
}

void JournalNewsTest::replyThatOthersTakeBackIsTold()
{
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("hello");
    const Outcome mine = act(reply);
    reply.conversation = ConversationId(2);
    const Outcome theirs = actAs(m_kim, reply);
    QVERIFY(mine.isApplied() && theirs.isApplied());
    QVERIFY(act(Act::AddAgent{str("Lea"), Role::lead}).isApplied());
    const JournalNews before = load(-1, {});
    const AgentId lea(3);
    // Twice: the second time it changes nothing.
    for (const Outcome &one : {mine, theirs, mine})
        QVERIFY(actAs(lea, Act::CancelDelivery{DeliveryId(one.created)}).isApplied());
    const JournalNews news = load(before.last, before.waiting);
    QCOMPARE(news.lines.size(), 1);
    QCOMPARE(news.lines.constFirst().conversation.id, ConversationId(1));
    QVERIFY(isTakenBack(news.lines.constFirst().journal));
    // What I take back myself I know.
    const qint64 last = news.last;
    reply.conversation = ConversationId(1);
    const Outcome own = act(reply);
    QVERIFY(own.isApplied());
    QVERIFY(act(Act::CancelDelivery{DeliveryId(own.created)}).isApplied());
    QCOMPARE(load(last, {}).lines.size(), 0);
}

QTEST_GUILESS_MAIN(JournalNewsTest)
#include "tst_journalnews.moc"
