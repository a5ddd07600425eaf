// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sampledesk.h"

#include "model/placeholders.h"
#include "sample/sampletexts.h"
#include "workspace/upkeep.h"

#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace Earshot;

/// The sample workspace: what is in it, and that its networks answer as real ones.
class SampleTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sameSeedMakesTheSame();
    void aYearIsThereAndSound();
    void workIsInEveryState();
    void repliesAreSaved();
    void everythingThatCanHappenToAMessageIsThere();
    void accountsAreAsTheConnectorsFindThem();
    void pullBringsNothingTwice();
    void replyArrivesOnce();
    void failedReplyCanBeSentAgain();
    void unsureReplyWaitsForAPerson();
    void everySeventhReplyIsLateButArrives();
    void customersGoOnWriting();
    void whoWasAnsweredThanks();
};

namespace {

QStringList wholeStory(SampleDesk &desk)
{
    QStringList lines;
    const QList<ConversationRecord> all = desk.list(View::all);
    for (const ConversationRecord &one : all) {
        lines.append(QStringLiteral("%1 %2 %3 %4 %5 %6")
                         .arg(one.number)
                         .arg(word(one.status), word(one.reason), one.assigneeName, one.contactName, one.subject));
        lines.append(one.tags.join(u','));
        const QList<MessageRecord> messages = desk.messages(one.id);
        for (const MessageRecord &message : messages)
            lines.append(toIso(message.sortAt) + u' ' + message.uri + u' ' + message.text);
    }
    return lines;
}

template <class Wants>
int countOf(const QList<ConversationRecord> &all, Wants wants)
{
    return int(std::count_if(all.cbegin(), all.cend(), wants));
}

} // namespace

void SampleTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void SampleTest::sameSeedMakesTheSame()
{
    SampleDesk one(200, 7);
    SampleDesk same(200, 7);
    SampleDesk other(200, 8);
    QVERIFY(one.session && same.session && other.session);
    const QStringList story = wholeStory(one);
    QVERIFY(story.size() > 600);
    QCOMPARE(wholeStory(same), story);
    QVERIFY(wholeStory(other) != story);
}

void SampleTest::aYearIsThereAndSound()
{
    QElapsedTimer timer;
    timer.start();
    SampleDesk desk(2000);
    qInfo("made and opened in %lld ms", timer.elapsed());
    QVERIFY(desk.session);
    const QList<ConversationRecord> all = desk.list(View::all);
    QCOMPARE(all.size(), 2000);
    QSet<QString> texts;
    for (const ChannelRecord &channel : desk.channels()) {
        const int count = countOf(all, [&](const auto &one) { return one.channel == channel.id; });
        QVERIFY2(count > 100, qPrintable(channel.name));
        QCOMPARE(channel.health, Health::ok);
    }
    QCOMPARE(desk.channels().size(), 6);
    for (const ConversationRecord &one : all) {
        QVERIFY(!one.isImported);
        QVERIFY(one.lastMessageAt <= desk.clock.now());
        texts.insert(one.snippet);
    }
    QVERIFY2(texts.size() > 1200, qPrintable(QString::number(texts.size())));
    const Time oldest = std::min_element(all.cbegin(), all.cend(), [](const auto &a, const auto &b) {
                            return a.createdAt < b.createdAt;
                        })->createdAt;
    QVERIFY(desk.clock.now() - oldest > std::chrono::days(350));

    const QString path = desk.session->workspace().path();
    desk.session.reset();
    const auto report = verifyWorkspace(path);
    QVERIFY(report);
    QVERIFY2(report->isSound(), qPrintable(report->problems.join(u'\n')));
    QCOMPARE(report->conversations, 2000);
    QVERIFY(report->messages > 3000);
}

void SampleTest::workIsInEveryState()
{
    SampleDesk desk(2000);
    QVERIFY(desk.session);
    const QList<ConversationRecord> all = desk.list(View::all);
    const auto has = [&all](Status status) {
        return countOf(all, [status](const auto &one) { return one.status == status; });
    };
    const auto endedAs = [&all](Reason reason) {
        return countOf(all, [reason](const auto &one) { return one.reason == reason; });
    };
    QVERIFY2(has(Status::open) >= 50 && has(Status::open) <= 80, qPrintable(QString::number(has(Status::open))));
    QVERIFY(has(Status::pending) >= 10);
    QVERIFY(has(Status::snoozed) >= 8);
    QVERIFY(endedAs(Reason::answered) > 600);
    QVERIFY(endedAs(Reason::noAnswerNeeded) > 300);
    QVERIFY(endedAs(Reason::spam) >= 5);
    QVERIFY(endedAs(Reason::duplicate) >= 5);
    QVERIFY(desk.list(View::mine).size() >= 3);
    QVERIFY(desk.list(View::unassigned).size() >= 10);
    QVERIFY(desk.list(View::notesToMe).size() >= 1);
    QVERIFY(countOf(desk.list(View::open), [](const auto &one) { return one.isUnseen; }) >= 10);
    QVERIFY(countOf(all, [](const auto &one) { return one.tags.contains(QStringLiteral("shipping")); }) > 100);
    QVERIFY(countOf(all, [](const auto &one) { return one.priority == Priority::high; }) > 20);
    QVERIFY(countOf(all, [](const auto &one) { return one.isPrivate; }) > 1);
}

/// In both languages, with places that are filled in by the program and by hand.
void SampleTest::repliesAreSaved()
{
    SampleDesk desk(60);
    QVERIFY(desk.session);
    const auto replies = desk.session->workspace().readNow<QList<SavedReplyRecord>>(loadSavedReplies);
    QVERIFY(replies);
    QCOMPARE(replies->size(), englishTexts().replies.size() + germanTexts().replies.size());
    QStringList gaps;
    for (const SavedReplyRecord &reply : *replies) {
        for (auto gap = nextGap(reply.text); gap; gap = nextGap(reply.text, gap->from + gap->length))
            gaps.append(reply.text.sliced(gap->from + 1, gap->length - 2));
    }
    QVERIFY(gaps.contains(QStringLiteral("first name")));
    QVERIFY(std::ranges::any_of(gaps, [](const QString &gap) { return !placeholderWords().contains(gap); }));
}

void SampleTest::everythingThatCanHappenToAMessageIsThere()
{
    SampleDesk desk(2000);
    QVERIFY(desk.session);
    int edited = 0;
    int deleted = 0;
    int held = 0;
    int rated = 0;
    int german = 0;
    int longest = 0;
    int context = 0;
    const QList<ConversationRecord> all = desk.list(View::all);
    for (const ConversationRecord &one : all) {
        longest = std::max(longest, one.messageCount);
        const QList<MessageRecord> messages = desk.messages(one.id);
        for (const MessageRecord &message : messages) {
            edited += message.olderTexts.isEmpty() ? 0 : 1;
            deleted += message.presence == Presence::deleted ? 1 : 0;
            held += message.moderation == Moderation::held ? 1 : 0;
            rated += message.rating ? 1 : 0;
            german += message.language == QLatin1StringView("de") ? 1 : 0;
        }
        if (one.network == Network::mastodon && context == 0)
            context = int(desk.session->workspace()
                              .readNow<QList<MessageRecord>>(
                                  [&](Database &database) { return loadThreadContext(database, one.id); })
                              .value_or(QList<MessageRecord>())
                              .size());
    }
    QVERIFY(edited >= 2);
    QVERIFY(deleted >= 2);
    QCOMPARE(held, 2);
    QVERIFY(rated > 200);
    QVERIFY(german > 200);
    QVERIFY2(longest >= 120, qPrintable(QString::number(longest)));
    QVERIFY(context > 0);
}

void SampleTest::accountsAreAsTheConnectorsFindThem()
{
    SampleDesk desk(60);
    QVERIFY(desk.session);
    const QList<ChannelRecord> before = desk.channels();
    for (const ChannelRecord &channel : before) {
        const auto tested = await(desk.session->channels().testChannel(channel.id));
        QVERIFY2(tested, qPrintable(channel.name));
        QCOMPARE(*tested, channel.capabilities);
    }
    const QList<ChannelRecord> after = desk.channels();
    for (qsizetype i = 0; i < before.size(); ++i) {
        QCOMPARE(after.at(i).accountId, before.at(i).accountId);
        QCOMPARE(after.at(i).accountHandle, before.at(i).accountHandle);
        QCOMPARE(QUrl(after.at(i).baseUrl), QUrl(before.at(i).baseUrl));
        QCOMPARE(after.at(i).health, Health::ok);
    }
}

void SampleTest::pullBringsNothingTwice()
{
    SampleDesk desk(2000);
    QVERIFY(desk.session);
    const QStringList story = wholeStory(desk);
    for (int round = 0; round < 2; ++round) {
        const auto reports = await(desk.session->channels().pull(ChannelId()));
        QCOMPARE(reports.size(), 6);
        for (const ChannelReport &report : reports) {
            QVERIFY2(!report.error, qPrintable(report.name + u' ' + (report.error ? report.error->detail : QString())));
            QVERIFY2(report.messages == 0, qPrintable(report.name + u' ' + QString::number(report.messages)));
            QVERIFY2(report.changes == 0, qPrintable(report.name + u' ' + QString::number(report.changes)));
        }
    }
    QCOMPARE(wholeStory(desk), story);
}

void SampleTest::replyArrivesOnce()
{
    SampleDesk desk(100);
    QVERIFY(desk.session);
    const ConversationRecord mention = desk.openMention();
    QVERIFY(mention.id.isValid());
    Act::SendReply reply;
    reply.conversation = mention.id;
    reply.text = QStringLiteral("A word that nobody else says: quillfeather.");
    const Outcome outcome = desk.perform(reply);
    QVERIFY2(outcome.isApplied(), qPrintable(outcome.refusal.detail));
    QCOMPARE(desk.postsSaying(QStringLiteral("quillfeather")), 0);
    static_cast<void>(await(desk.session->channels().deliver(true)));
    QCOMPARE(desk.postsSaying(QStringLiteral("quillfeather")), 1);
    QCOMPARE(desk.delivery(outcome.created)->state, DeliveryState::sent);
    static_cast<void>(await(desk.session->channels().deliver(true)));
    const auto reports = await(desk.session->channels().pull(ChannelId()));
    for (const ChannelReport &report : reports)
        QCOMPARE(report.messages, 0);
    QCOMPARE(desk.postsSaying(QStringLiteral("quillfeather")), 1);
}

void SampleTest::failedReplyCanBeSentAgain()
{
    SampleDesk desk(100);
    QVERIFY(desk.session);
    const QList<DeliveryRecord> outbox = desk.outbox();
    const auto failed = std::find_if(outbox.cbegin(), outbox.cend(),
                                     [](const auto &one) { return one.state == DeliveryState::failed; });
    QVERIFY(failed != outbox.cend());
    const Outcome outcome = desk.perform(Act::RetryDelivery{failed->id});
    QVERIFY2(outcome.isApplied(), qPrintable(outcome.refusal.detail));
    const qsizetype before = desk.world->mastodon()->postsOf(QStringLiteral("acme")).size();
    static_cast<void>(await(desk.session->channels().deliver(true)));
    QCOMPARE(desk.delivery(failed->id.value)->state, DeliveryState::sent);
    QCOMPARE(desk.world->mastodon()->postsOf(QStringLiteral("acme")).size(), before + 1);
}

void SampleTest::unsureReplyWaitsForAPerson()
{
    SampleDesk desk(100);
    QVERIFY(desk.session);
    const qsizetype before = desk.world->mastodon()->postsOf(QStringLiteral("acme")).size();
    const auto unsure = [&desk] {
        const QList<DeliveryRecord> outbox = desk.outbox();
        return std::count_if(outbox.cbegin(), outbox.cend(),
                             [](const auto &one) { return one.state == DeliveryState::unsure; });
    };
    QCOMPARE(unsure(), 1);
    static_cast<void>(await(desk.session->channels().deliver(true)));
    QCOMPARE(unsure(), 1);
    QCOMPARE(desk.world->mastodon()->postsOf(QStringLiteral("acme")).size(), before);
}

void SampleTest::everySeventhReplyIsLateButArrives()
{
    SampleDesk desk(100);
    QVERIFY(desk.session);
    const ConversationRecord mention = desk.openMention();
    for (int i = 1; i <= 7; ++i) {
        Act::SendReply reply;
        reply.conversation = mention.id;
        reply.text = QStringLiteral("Number %1 of seven.").arg(i);
        reply.skipUndoWindow = true;
        QVERIFY(desk.perform(reply).isApplied());
    }
    static_cast<void>(await(desk.session->channels().deliver(true)));
    QCOMPARE(desk.postsSaying(QStringLiteral("of seven.")), 6);
    const QList<DeliveryRecord> outbox = desk.outbox();
    const auto late = std::find_if(outbox.cbegin(), outbox.cend(),
                                   [](const auto &one) { return one.state == DeliveryState::queued; });
    QVERIFY(late != outbox.cend());
    QCOMPARE(late->failure, word(ErrorKind::rateLimited));
    desk.clock.advance(std::chrono::minutes(2));
    static_cast<void>(await(desk.session->channels().deliver(true)));
    QCOMPARE(desk.postsSaying(QStringLiteral("of seven.")), 7);
    QCOMPARE(desk.delivery(late->id.value)->state, DeliveryState::sent);
}

void SampleTest::customersGoOnWriting()
{
    SampleDesk desk(60);
    QVERIFY(desk.session);
    SampleLife life(*desk.world, 3);
    for (int i = 0; i < 40; ++i)
        life.writeSomething();
    desk.clock.advance(std::chrono::minutes(6));
    const auto reports = await(desk.session->channels().pull(ChannelId()));
    int arrived = 0;
    int channels = 0;
    for (const ChannelReport &report : reports) {
        QVERIFY(!report.error);
        arrived += report.messages;
        channels += report.messages > 0 ? 1 : 0;
    }
    QCOMPARE(arrived, 40);
    QVERIFY(channels >= 4);
}

void SampleTest::whoWasAnsweredThanks()
{
    SampleDesk desk(60);
    QVERIFY(desk.session);
    SampleLife life(*desk.world, 3);
    life.setPace(std::chrono::milliseconds(5), std::chrono::milliseconds(20));
    FakeMastodon &mastodon = *desk.world->mastodon();
    const ConversationRecord mention = desk.openMention();
    const QString customer = desk.messages(mention.id).first().remoteId;
    FakeMastodon::Manner manner;
    manner.inReplyTo = customer;
    const QString author = mastodon.authorOf(customer);
    const qsizetype before = mastodon.postsOf(author).size();
    for (int i = 0; i < 6; ++i)
        life.onPost(mastodon.post(QStringLiteral("acme"), QStringLiteral("Better now?"), manner));
    QTRY_VERIFY(mastodon.postsOf(author).size() >= before + 2);
    const QString thanks = mastodon.postsOf(author).last();
    QVERIFY(mastodon.textOfPost(thanks).startsWith(QStringLiteral("@acme ")));
    QCOMPARE(mastodon.textOfPost(mastodon.parentOf(thanks)), QStringLiteral("Better now?"));
}

QTEST_GUILESS_MAIN(SampleTest)
#include "tst_sample.moc"
