// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "deskworld.h"
#include "workspace/queries.h"

#include <QStandardPaths>

using namespace Earshot;

/// What becomes of work when the network tells more: edits, and whose a conversation is that comes back.
class IngestTest final : public DeskWorld
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { begin(); }
    void cleanup() { end(); }
    void warningIsTakenOver();
    void starsAreTakenOver();
    void mediaAreTakenOver();
    void mediaThatAreNotMentionedStay();
    void networkSaysWhenItWasEdited();
    void editMakesUnseen();
    void ownAnswerEditedMakesNothingUnseen();
    void ownerOnDutyKeepsWhatIsReopened();
    void ownerOffDutyGivesItBack();
    void spamStaysClosed();
    void whenNewOnesBeginIsTheWorkspaces_data();
    void whenNewOnesBeginIsTheWorkspaces();
    void failedAnswerComesBackToItsAuthor();
    void gapIsNotedWithItsPage();
    void followersAreThoseOfTheLastMessage();

private:
    [[nodiscard]] MessageRecord message();
    [[nodiscard]] ConversationRecord record();
    [[nodiscard]] bool isUnseen() { return record().isUnseen; }
    [[nodiscard]] QStringList journal();
    void markSeen();
    void resolve() { QVERIFY(act(Act::SetStatus{m_first, Status::resolved, Reason::noAnswerNeeded, {}}).isApplied()); }
    [[nodiscard]] RemoteMessage further(const QString &id);
};

MessageRecord IngestTest::message()
{
    const auto messages = m_workspace->readNow<QList<MessageRecord>>([this](Database &database) {
        return loadMessages(database, {m_first, {}, 100});
    });
    return messages.value().constFirst();
}

ConversationRecord IngestTest::record()
{
    const auto records = m_workspace->readNow<QList<ConversationRecord>>(
        [this](Database &database) { return loadConversations(database, {m_first}, AgentId(1), m_clock.now()); });
    return records.value().constFirst();
}

QStringList IngestTest::journal()
{
    const auto lines =
        m_workspace->readNow<QList<JournalRecord>>([](Database &database) { return loadJournal(database, 0, 100); });
    QStringList kinds;
    for (const JournalRecord &line : lines.value())
        kinds.prepend(line.kind);
    return kinds;
}

void IngestTest::markSeen()
{
    m_desk->markSeen(m_first, message().id);
    QTRY_VERIFY(!isUnseen());
}

RemoteMessage IngestTest::further(const QString &id)
{
    m_clock.advance(std::chrono::minutes(5));
    RemoteMessage more = mention(id, QStringLiteral("Still broken"));
    more.threadUri = QStringLiteral("https://social.example/1");
    return more;
}

void IngestTest::warningIsTakenOver()
{
    RemoteMessage post = mention(QStringLiteral("1"), QStringLiteral("Look"));
    ingest({post});
    post.contentWarning = QStringLiteral("blood");
    ingest({post});
    QCOMPARE(message().contentWarning, QStringLiteral("blood"));
    // A label of the network's moderators is no edit by its author.
    QVERIFY(!isKnown(message().editedAt));
    post.contentWarning = QStringLiteral("solved");
    post.editedAt = m_clock.now();
    ingest({post});
    QCOMPARE(message().contentWarning, QStringLiteral("solved"));
    QVERIFY(isKnown(message().editedAt));
    QCOMPARE(journal().count(QStringLiteral("edited")), 1);
    // Once is enough.
    const Seq before = conversation(m_first).seq;
    ingest({post});
    QCOMPARE(conversation(m_first).seq, before);
    QCOMPARE(journal().count(QStringLiteral("edited")), 1);
}

void IngestTest::starsAreTakenOver()
{
    RemoteMessage review = mention(QStringLiteral("1"), QStringLiteral("As advertised"));
    review.rating = 50;
    ingest({review});
    review.rating = 10;
    ingest({review});
    QCOMPARE(message().rating, std::optional(10));
    QCOMPARE(journal().count(QStringLiteral("edited")), 1);
    review.rating.reset();
    ingest({review});
    QCOMPARE(message().rating, std::nullopt);
}

void IngestTest::mediaAreTakenOver()
{
    RemoteMessage post = mention(QStringLiteral("1"), QStringLiteral("Look"));
    const auto picture = [](const char *name, const char *description) {
        RemoteMedia media;
        media.url = QStringLiteral("https://social.example/") + QString::fromLatin1(name);
        media.type = QStringLiteral("image/png");
        media.description = QString::fromLatin1(description);
        return media;
    };
    post.media = {picture("a.png", ""), picture("b.png", "a lamp"), picture("c.png", "a cable")};
    ingest({post});
    post.media = {picture("a.png", "the box"), picture("d.png", "a plug")};
    post.editedAt = m_clock.now();
    ingest({post});
    const QList<MediaRecord> media = message().media;
    QCOMPARE(media.size(), 2);
    QCOMPARE(media.at(0).description, QStringLiteral("the box"));
    QCOMPARE(media.at(1).remoteUrl, QStringLiteral("https://social.example/d.png"));
    QCOMPARE(media.at(1).description, QStringLiteral("a plug"));
    QCOMPARE(journal().count(QStringLiteral("edited")), 1);
    post.media.append(picture("e.png", "a nail"));
    ingest({post});
    QCOMPARE(message().media.size(), 3);
}

/// A list of notifications may know less of a post than its page does.
void IngestTest::mediaThatAreNotMentionedStay()
{
    RemoteMessage post = mention(QStringLiteral("1"), QStringLiteral("Look"));
    RemoteMedia media;
    media.url = QStringLiteral("https://social.example/a.png");
    media.type = QStringLiteral("image/png");
    post.media = {media};
    ingest({post});
    post.media.clear();
    ingest({post});
    QCOMPARE(message().media.size(), 1);
    post.editedAt = m_clock.now();
    ingest({post});
    QVERIFY(message().media.isEmpty());
}

void IngestTest::networkSaysWhenItWasEdited()
{
    RemoteMessage post = mention(QStringLiteral("1"), QStringLiteral("it broke"));
    ingest({post});
    m_clock.advance(std::chrono::hours(2));
    post.text = QStringLiteral("it broke twice");
    post.editedAt = m_clock.now() - std::chrono::hours(1);
    ingest({post});
    QCOMPARE(message().editedAt, post.editedAt);
    // Its clock may be years ahead.
    post.text = QStringLiteral("it broke three times");
    post.editedAt = m_clock.now() + std::chrono::days(2000);
    ingest({post});
    QCOMPARE(message().editedAt, m_clock.now());
}

void IngestTest::editMakesUnseen()
{
    RemoteMessage post = mention(QStringLiteral("1"), QStringLiteral("it broke"));
    ingest({post});
    markSeen();
    resolve();
    post.text = QStringLiteral("it broke, and it burns");
    ingest({post});
    QVERIFY(isUnseen());
    // That alone is not work.
    QCOMPARE(conversation(m_first).status, Status::resolved);
    markSeen();
}

void IngestTest::ownAnswerEditedMakesNothingUnseen()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("it broke"))});
    RemoteMessage answer = further(QStringLiteral("2"));
    answer.isOurs = true;
    answer.parentUri = answer.threadUri;
    ingest({answer});
    markSeen();
    answer.text = QStringLiteral("Hold the button");
    ingest({answer});
    QVERIFY(!isUnseen());
    QCOMPARE(journal().count(QStringLiteral("edited")), 1);
}

void IngestTest::ownerOnDutyKeepsWhatIsReopened()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("it broke"))});
    QVERIFY(act(Act::Assign{m_first, AgentId(2)}).isApplied());
    QVERIFY(actAs(AgentId(2), Act::SetDuty{AgentId(2), true}).isApplied());
    resolve();
    ingest({further(QStringLiteral("2"))});
    QCOMPARE(conversation(m_first).status, Status::open);
    QCOMPARE(conversation(m_first).assignee, AgentId(2));
}

void IngestTest::ownerOffDutyGivesItBack()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("it broke"))});
    QVERIFY(act(Act::Assign{m_first, AgentId(2)}).isApplied());
    QVERIFY(actAs(AgentId(2), Act::SetDuty{AgentId(2), false}).isApplied());
    resolve();
    const Seq before = conversation(m_first).seq;
    ingest({further(QStringLiteral("2"))});
    QCOMPARE(conversation(m_first).status, Status::open);
    QVERIFY(!conversation(m_first).assignee.isValid());
    // Whoever assigns it by what was there before is told.
    QCOMPARE(act(Act::Assign{m_first, AgentId(1)}, before).refusal.kind, RefusalKind::changed);
}

void IngestTest::whenNewOnesBeginIsTheWorkspaces_data()
{
    QTest::addColumn<int>("days");
    QTest::addColumn<int>("conversations");
    QTest::addRow("a month") << 30 << 1;
    QTest::addRow("two weeks") << 14 << 2;
    QTest::addRow("never again") << 0 << 2;
}

void IngestTest::whenNewOnesBeginIsTheWorkspaces()
{
    QFETCH(int, days);
    QFETCH(int, conversations);
    ingest({mention(QStringLiteral("1"), QStringLiteral("It broke"))});
    resolve();
    QVERIFY(act(Act::ChangeSetting{Setting::reopenDays, days}).isApplied());
    m_clock.advance(std::chrono::days(20));
    ingest({further(QStringLiteral("2"))});
    const auto records = m_workspace->readNow<QList<ConversationRecord>>([this](Database &database) {
        return loadConversations(database, {m_first, ConversationId(2)}, AgentId(1), m_clock.now());
    });
    QCOMPARE(records.value().size(), conversations);
    QCOMPARE(conversation(m_first).status, conversations == 1 ? Status::open : Status::resolved);
}

void IngestTest::spamStaysClosed()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("cheap watches"))});
    QVERIFY(act(Act::SetStatus{m_first, Status::resolved, Reason::spam, {}}).isApplied());
    ingest({further(QStringLiteral("2"))});
    QCOMPARE(conversation(m_first).status, Status::resolved);
}

void IngestTest::failedAnswerComesBackToItsAuthor()
{
    ingest({mention(QStringLiteral("1"), QStringLiteral("it broke"))});
    QVERIFY(act(Act::Assign{m_first, AgentId(1)}).isApplied());
    Act::SendReply reply;
    reply.conversation = m_first;
    reply.text = QStringLiteral("Hold the button");
    const Outcome sent = actAs(AgentId(2), reply);
    QVERIFY(sent.isApplied());
    resolve();
    const Seq before = conversation(m_first).seq;
    QVERIFY(m_intake->failDelivery(DeliveryId(sent.created), {ErrorKind::permission, {}, {}}).result());
    QCOMPARE(conversation(m_first).status, Status::open);
    QCOMPARE(conversation(m_first).assignee, AgentId(2));
    QCOMPARE(act(Act::Assign{m_first, AgentId(1)}, before).refusal.kind, RefusalKind::changed);
}

void IngestTest::gapIsNotedWithItsPage()
{
    Page page;
    const RemoteMessage post = mention(QStringLiteral("9"), QStringLiteral("it broke"));
    page.messages = {post};
    page.next.mark = QStringLiteral("m");
    page.gapFrom = m_clock.now() - std::chrono::hours(5);
    m_clock.advance(std::chrono::minutes(1));
    const auto stored = m_intake->storePage(m_channel, page).result();
    QVERIFY(stored && stored->gap);
    QCOMPARE(stored->gap->first, *page.gapFrom);
    QCOMPARE(stored->gap->second, post.sentAt);
    QCOMPARE(journal().count(QStringLiteral("gap")), 1);
}

void IngestTest::followersAreThoseOfTheLastMessage()
{
    RemoteMessage post = mention(QStringLiteral("1"), QStringLiteral("Broken"));
    post.author.followers = 12'400;
    ingest({post});
    QCOMPARE(record().followers, 12'400);
    // However often it is looked at, nothing changes for that alone.
    const Seq before = record().seq;
    post.author.followers = 20'000;
    ingest({post});
    QCOMPARE(record().seq, before);
    RemoteMessage more = further(QStringLiteral("2"));
    more.author.followers = 12'500;
    ingest({more});
    QCOMPARE(record().followers, 12'500);
    // A network that does not say takes nothing away.
    ingest({further(QStringLiteral("3"))});
    QCOMPARE(record().followers, 12'500);
    more = further(QStringLiteral("4"));
    more.author.followers = 0;
    ingest({more});
    QCOMPARE(record().followers, 0);
    QCOMPARE(record().messageCount, 4);
}

QTEST_MAIN(IngestTest)
#include "tst_ingest.moc"
