// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wordpressworld.h"

#include <QTest>

using namespace Earshot;
using namespace std::chrono_literals;

class WordPressDeliveryTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void prepareKnowsTheLimits();
    void replyStandsUnderItsQuestion();
    void replyToThePostStandsAlone();
    void textNeverBecomesMarkup();
    void replyIsRefusedWhenItsQuestionIsGone();
    void refusalsSayWhy();
    void duplicateIsSaid();
    void heldReplyIsNotYetPublished();
    void lostAnswerIsFound();
    void brokenAnswersAreJudged_data();
    void brokenAnswersAreJudged();
    void findingMatchesNothingElse();
    void replyIsFoundWhereDeletionMovedIt();
    void everyTroublePublishesOnce_data();
    void everyTroublePublishesOnce();
    void moderationDoesWhatItSays_data();
    void moderationDoesWhatItSays();
    void restoreReturnsToWhatItWas();
    void onlyOwnCommentsAreDeleted();
    void anIgnoredStatusWordIsAnError();
    void nobodyActsWithoutPassword();
    void deliveryEndsWhenTheConnectorDies();
};

namespace {

/// One visitor's question and a channel to answer it through.
struct Desk
{
    Desk()
        : question(world.site->visitorComment(world.post, QStringLiteral("Ann"), QStringLiteral("Is it decaf?")))
        , connector(world.connector())
    {
    }

    [[nodiscard]] RemoteMessage message(qint64 comment)
    {
        const auto page = await(connector->refresh({{world.uri(comment), QString::number(comment), false}}));
        return page && !page->messages.isEmpty() ? page->messages.first() : RemoteMessage();
    }
    [[nodiscard]] Outgoing wish(Effect effect, qint64 target, const QString &text = {})
    {
        Outgoing wish;
        wish.effect = effect;
        wish.clientId = QStringLiteral("0192f3c4-5d6e-7f80-8123-%1").arg(++count, 12, 10, QLatin1Char('0'));
        wish.text = text;
        wish.createdAt = world.clock.now();
        return connector->prepare(wish, message(target)).value_or(Outgoing());
    }
    [[nodiscard]] Outgoing reply(const QString &text) { return wish(Effect::reply, question, text); }
    [[nodiscard]] Attempt attempt() const { return {world.clock.now(), 2min, {}}; }
    [[nodiscard]] qsizetype ours() const
    {
        const auto &all = world.site->comments();
        return std::count_if(all.cbegin(), all.cend(), [this](const auto &c) { return c.user == world.editor; });
    }

    WordPressWorld world;
    qint64 question;
    std::unique_ptr<WordPressConnector> connector;
    int count = 0;
};

ErrorKind kindOf(const auto &result)
{
    return result ? ErrorKind::unknown : result.error().kind;
}

} // namespace

void WordPressDeliveryTest::prepareKnowsTheLimits()
{
    Desk desk;
    const RemoteMessage question = desk.message(desk.question);
    Outgoing wish;
    wish.text = QStringLiteral("No, but soon");
    const auto prepared = desk.connector->prepare(wish, question);
    QVERIFY(prepared.has_value());
    QCOMPARE(prepared->targetUri, question.uri);
    QCOMPARE(prepared->targetRemoteId, question.remoteId);
    QCOMPARE(prepared->threadUri, question.threadUri);
    QCOMPARE(prepared->text, wish.text);

    const auto with = [&](auto change) {
        Outgoing changed = wish;
        change(changed);
        return kindOf(desk.connector->prepare(changed, question));
    };
    QCOMPARE(with([](Outgoing &o) { o.text = QStringLiteral(" \n"); }), ErrorKind::invalid);
    QCOMPARE(with([](Outgoing &o) { o.text = QString(65'526, u'x'); }), ErrorKind::tooLong);
    QCOMPARE(with([](Outgoing &o) { o.text = QString(30'000, u'ä') + QString(2'000, u'&'); }), ErrorKind::tooLong);
    QCOMPARE(with([](Outgoing &o) { o.media.append(OutgoingMedia()); }), ErrorKind::unsupported);
    QCOMPARE(with([](Outgoing &o) { o.visibility = Visibility::direct; }), ErrorKind::unsupported);
    QCOMPARE(with([](Outgoing &o) { o.contentWarning = QStringLiteral("food"); }), ErrorKind::unsupported);
    QCOMPARE(with([](Outgoing &o) { o.effect = Effect::like; }), ErrorKind::unsupported);
    QCOMPARE(with([](Outgoing &o) { o.effect = Effect::deleteOwn; }), ErrorKind::invalid);
    QCOMPARE(kindOf(desk.connector->prepare(wish, RemoteMessage())), ErrorKind::invalid);
    const auto visitor = desk.world.connector(desk.world.publicAccess());
    QCOMPARE(kindOf(visitor->prepare(wish, question)), ErrorKind::unsupported);
}

void WordPressDeliveryTest::replyStandsUnderItsQuestion()
{
    Desk desk;
    const Outgoing outgoing = desk.reply(QStringLiteral("No, but soon!\nStay tuned."));
    const auto delivered = await(desk.connector->deliver(outgoing));
    QVERIFY(delivered.has_value());
    QCOMPARE(delivered->moderation, Moderation::approved);
    QVERIFY(delivered->url.endsWith(QStringLiteral("#comment-") + delivered->remoteId));
    const RemoteMessage reply = desk.message(delivered->remoteId.toLongLong());
    QCOMPARE(reply.uri, delivered->uri);
    QCOMPARE(reply.parentUri, desk.world.uri(desk.question));
    QCOMPARE(reply.text, outgoing.text);
    QCOMPARE(reply.clientId, outgoing.clientId);
    QVERIFY(reply.isOurs);
    QCOMPARE(desk.world.site->comments().last().userAgent,
             QStringLiteral("earshot/" EARSHOT_VERSION " delivery=") + outgoing.clientId);
}

void WordPressDeliveryTest::replyToThePostStandsAlone()
{
    Desk desk;
    const auto thread = await(desk.connector->thread({desk.world.uri(desk.question), {}, false}));
    QVERIFY(thread.has_value());
    Outgoing wish;
    wish.text = QStringLiteral("News for all");
    wish.clientId = QStringLiteral("all");
    const auto outgoing = desk.connector->prepare(wish, thread->first());
    QVERIFY(outgoing.has_value());
    const auto delivered = await(desk.connector->deliver(*outgoing));
    QVERIFY(delivered.has_value());
    QCOMPARE(desk.world.site->comments().last().parent, qint64(0));
    QCOMPARE(desk.world.site->comments().last().post, desk.world.post);
    const auto found = await(desk.connector->findDelivered(*outgoing, desk.attempt()));
    QVERIFY(found && *found);
    QCOMPARE((*found)->uri, delivered->uri);
}

void WordPressDeliveryTest::textNeverBecomesMarkup()
{
    Desk desk;
    const QString text = QStringLiteral("1 < 2 && 3 > 2: <script>alert(1)</script> &amp; <b>bold</b>");
    const Outgoing outgoing = desk.reply(text);
    const auto delivered = await(desk.connector->deliver(outgoing));
    QVERIFY(delivered.has_value());
    QVERIFY(!desk.world.site->comments().last().raw.contains(u'<'));
    QCOMPARE(desk.message(delivered->remoteId.toLongLong()).text, text);
}

void WordPressDeliveryTest::replyIsRefusedWhenItsQuestionIsGone()
{
    Desk desk;
    Outgoing moved = desk.reply(QStringLiteral("moved"));
    moved.threadUri =
        QStringLiteral("https://blog.example/?p=%1").arg(desk.world.site->addPost(QStringLiteral("Another post")));
    QCOMPARE(kindOf(await(desk.connector->deliver(moved))), ErrorKind::parentGone);
    const Outgoing reply = desk.reply(QStringLiteral("Hello?"));
    desk.world.site->setStatus(desk.question, QStringLiteral("spam"));
    QCOMPARE(kindOf(await(desk.connector->deliver(reply))), ErrorKind::parentGone);
    desk.world.site->remove(desk.question);
    QCOMPARE(kindOf(await(desk.connector->deliver(reply))), ErrorKind::parentGone);
    QCOMPARE(desk.ours(), 0);
}

void WordPressDeliveryTest::refusalsSayWhy()
{
    Desk desk;
    const Outgoing reply = desk.reply(QStringLiteral("Hello?"));
    Outgoing tooLong = reply;
    tooLong.text = QString(70'000, u'x');
    QCOMPARE(kindOf(await(desk.connector->deliver(tooLong))), ErrorKind::tooLong);
    desk.world.site->closePost(desk.world.post);
    const auto closed = await(desk.connector->deliver(reply));
    QCOMPARE(kindOf(closed), ErrorKind::policy);
    QVERIFY(closed.error().detail.contains(QStringLiteral("rest_comment_closed")));
    desk.world.site->revokePassword(desk.world.editor);
    const auto revoked = await(desk.connector->deliver(reply));
    QCOMPARE(kindOf(revoked), ErrorKind::authExpired);
    QVERIFY(!revoked.error().detail.contains(QStringLiteral("RZni")));
    QCOMPARE(desk.ours(), 0);
}

void WordPressDeliveryTest::duplicateIsSaid()
{
    Desk desk;
    const Outgoing first = desk.reply(QStringLiteral("Thank you!"));
    const Outgoing second = desk.reply(QStringLiteral("thánk YOU!"));
    QVERIFY(await(desk.connector->deliver(first)).has_value());
    desk.world.clock.advance(10min);
    // What is there is another delivery's: it says so. Then this one is refused, not in doubt.
    const auto refused = await(desk.connector->deliver(second));
    QCOMPARE(kindOf(refused), ErrorKind::policy);
    QVERIFY(refused.error().detail.contains(QStringLiteral("comment_duplicate")));
    const auto found = await(desk.connector->findDelivered(second, desk.attempt()));
    QVERIFY(found.has_value() && !found->has_value());
    QCOMPARE(desk.ours(), 1);
    // Its own earlier attempt is the reply.
    const auto repeated = await(desk.connector->deliver(first));
    QVERIFY(repeated && !repeated->uri.isEmpty());
    QCOMPARE(desk.ours(), 1);
    // A plugin took the mark away: only who knows when the attempt was can tell.
    desk.world.site->setReplacesUserAgent(true);
    const Outgoing unmarked = desk.reply(QStringLiteral("Soon!"));
    QVERIFY(await(desk.connector->deliver(unmarked)).has_value());
    QCOMPARE(kindOf(await(desk.connector->deliver(unmarked))), ErrorKind::duplicate);
}

void WordPressDeliveryTest::heldReplyIsNotYetPublished()
{
    Desk desk;
    const Outgoing outgoing = desk.reply(QStringLiteral("Soon"));
    const auto delivered = await(desk.connector->deliver(outgoing));
    QVERIFY(delivered.has_value());
    desk.world.site->setStatus(delivered->remoteId.toLongLong(), QStringLiteral("hold"));
    const auto found = await(desk.connector->findDelivered(outgoing, desk.attempt()));
    QVERIFY(found && *found);
    QCOMPARE((*found)->moderation, Moderation::held);
}

void WordPressDeliveryTest::lostAnswerIsFound()
{
    Desk desk;
    const Outgoing outgoing = desk.reply(QStringLiteral("No, but soon!"));
    const auto nothing = await(desk.connector->findDelivered(outgoing, desk.attempt()));
    QVERIFY(nothing.has_value() && !nothing->has_value());
    desk.world.transport.setTrouble(1, Trouble::answerLost); // 0 reads the question
    QCOMPARE(kindOf(await(desk.connector->deliver(outgoing))), ErrorKind::unsure);
    QCOMPARE(desk.ours(), 1);
    const auto other = desk.world.connector();
    const auto found = await(other->findDelivered(outgoing, desk.attempt()));
    QVERIFY(found && *found);
    QCOMPARE((*found)->remoteId, QString::number(desk.world.site->comments().lastKey()));
    QCOMPARE((*found)->uri, desk.world.uri(desk.world.site->comments().lastKey()));
}

void WordPressDeliveryTest::brokenAnswersAreJudged_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    // 500: the site's own end, so that a look decides at once. The others: a proxy's, the site may be at work still.
    QTest::newRow("plugin broke after storing") << 500 << ErrorKind::unknown;
    QTest::newRow("bad gateway") << 502 << ErrorKind::unsure;
    QTest::newRow("gateway timeout") << 504 << ErrorKind::unsure;
    QTest::newRow("200 without a body") << 200 << ErrorKind::unsure;
}

void WordPressDeliveryTest::brokenAnswersAreJudged()
{
    QFETCH(const int, status);
    QFETCH(const ErrorKind, kind);
    Desk desk;
    const Outgoing outgoing = desk.reply(QStringLiteral("Soon"));
    desk.world.site->breakAfterNextComment(status);
    const auto delivered = await(desk.connector->deliver(outgoing));
    QCOMPARE(kindOf(delivered), kind);
    QCOMPARE(delivered.has_value(), status == 500);
    QCOMPARE(desk.ours(), 1);
    const auto found = await(desk.connector->findDelivered(outgoing, desk.attempt()));
    QVERIFY(found && *found);
}

void WordPressDeliveryTest::findingMatchesNothingElse()
{
    Desk desk;
    desk.world.site->setReplacesUserAgent(true);
    const Outgoing outgoing = desk.reply(QStringLiteral("Thank  you & bye"));
    const auto first = await(desk.connector->deliver(outgoing));
    QVERIFY(first.has_value());
    // The mark is lost: the same text of about the same time is it ...
    auto found = await(desk.connector->findDelivered(outgoing, desk.attempt()));
    QVERIFY(found && *found);
    QCOMPARE((*found)->uri, first->uri);
    // ... unless another reply has it already, or it is from long before the attempt.
    Attempt attempt = desk.attempt();
    attempt.boundUris.append(first->uri);
    found = await(desk.connector->findDelivered(outgoing, attempt));
    QVERIFY(found.has_value() && !found->has_value());
    desk.world.clock.advance(5min);
    found = await(desk.connector->findDelivered(outgoing, desk.attempt()));
    QVERIFY(found.has_value() && !found->has_value());
    // A visitor who says the same, with our mark even, is not us.
    desk.world.site->visitorComment(desk.world.post, QStringLiteral("Eve"), outgoing.text, desk.question);
    found = await(desk.connector->findDelivered(outgoing, desk.attempt()));
    QVERIFY(found.has_value() && !found->has_value());
}

void WordPressDeliveryTest::replyIsFoundWhereDeletionMovedIt()
{
    Desk desk;
    const Outgoing outgoing = desk.reply(QStringLiteral("No, but soon!"));
    const auto delivered = await(desk.connector->deliver(outgoing));
    QVERIFY(delivered.has_value());
    desk.world.site->remove(desk.question);
    QCOMPARE(desk.world.site->comments().last().parent, qint64(0));
    const auto found = await(desk.connector->findDelivered(outgoing, desk.attempt()));
    QVERIFY(found && *found);
    QCOMPARE((*found)->uri, delivered->uri);
}

void WordPressDeliveryTest::everyTroublePublishesOnce_data()
{
    QTest::addColumn<Trouble>("trouble");
    QTest::addColumn<bool>("isPretty");
    for (const bool isPretty : {true, false}) {
        const char *links = isPretty ? "pretty" : "plain";
        QTest::addRow("refused, %s", links) << Trouble::refused << isPretty;
        QTest::addRow("answer lost, %s", links) << Trouble::answerLost << isPretty;
        QTest::addRow("server error, %s", links) << Trouble::serverError << isPretty;
        QTest::addRow("proxy gave up, %s", links) << Trouble::gaveUp << isPretty;
        QTest::addRow("garbage, %s", links) << Trouble::garbage << isPretty;
    }
}

/// What the courier does with an attempt: after `unsure` it looks first, and repeats only what is known not to be
/// there.
void WordPressDeliveryTest::everyTroublePublishesOnce()
{
    QFETCH(const Trouble, trouble);
    QFETCH(const bool, isPretty);
    bool metTrouble = true;
    for (int k = 0; metTrouble; ++k) {
        QVERIFY(k < 20);
        Desk desk;
        desk.world.site->setPretty(isPretty);
        desk.connector = desk.world.connector();
        // A text that WordPress' own test for duplicates does not recognise.
        const Outgoing outgoing = desk.reply(QStringLiteral("See https://blog.example/?a=1&b=2 <a href=x>"));
        desk.connector = desk.world.connector();
        const Attempt attempt = desk.attempt();
        desk.world.transport.forgetRequests();
        desk.world.transport.setTrouble(k, trouble);
        std::optional<Delivered> done;
        for (int run = 0; run < 5 && !done; ++run) {
            const auto delivered = await(desk.connector->deliver(outgoing));
            if (delivered) {
                done = *delivered;
            } else if (delivered.error().kind == ErrorKind::unsure) {
                const auto found = await(desk.connector->findDelivered(outgoing, attempt));
                done = found ? *found : std::nullopt;
            } else {
                QVERIFY(delivered.error().kind == ErrorKind::transient ||
                        delivered.error().kind == ErrorKind::malformed);
            }
        }
        metTrouble = int(desk.world.transport.requests().size()) > k;
        QVERIFY2(done.has_value(), qPrintable(QString::number(k)));
        QCOMPARE(desk.ours(), 1);
        QCOMPARE(done->remoteId, QString::number(desk.world.site->comments().lastKey()));
    }
}

void WordPressDeliveryTest::moderationDoesWhatItSays_data()
{
    QTest::addColumn<Effect>("effect");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    const QString approved = QStringLiteral("approved");
    const QString hold = QStringLiteral("hold");
    const QString spam = QStringLiteral("spam");
    const QString trash = QStringLiteral("trash");
    QTest::newRow("approve held") << Effect::approve << hold << approved;
    QTest::newRow("approve spam") << Effect::approve << spam << approved;
    QTest::newRow("approve again") << Effect::approve << approved << approved;
    QTest::newRow("unapprove") << Effect::unapprove << approved << hold;
    QTest::newRow("hide") << Effect::hide << approved << hold;
    QTest::newRow("spam") << Effect::spam << approved << spam;
    QTest::newRow("trash") << Effect::trash << hold << trash;
    QTest::newRow("trash again") << Effect::trash << trash << trash;
    QTest::newRow("restore from spam") << Effect::restore << spam << approved;
    QTest::newRow("restore from trash") << Effect::restore << trash << approved;
    QTest::newRow("restore what is there") << Effect::restore << hold << hold;
}

void WordPressDeliveryTest::moderationDoesWhatItSays()
{
    QFETCH(const Effect, effect);
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    for (const Trouble trouble : {Trouble::none, Trouble::answerLost, Trouble::refused}) {
        Desk desk;
        desk.world.site->setStatus(desk.question, before);
        const Outgoing outgoing = desk.wish(effect, desk.question);
        const auto present = await(desk.connector->findDelivered(outgoing, desk.attempt()));
        QVERIFY(present.has_value());
        QCOMPARE(present->has_value(), before == after);
        desk.world.transport.setTrouble(1, trouble); // 0 reads the comment
        auto delivered = await(desk.connector->deliver(outgoing));
        const bool isLost = trouble != Trouble::none && before != after;
        QCOMPARE(delivered.has_value(), !isLost);
        if (isLost && trouble == Trouble::answerLost) {
            QCOMPARE(kindOf(delivered), ErrorKind::unsure);
            const auto found = await(desk.connector->findDelivered(outgoing, desk.attempt()));
            QVERIFY(found && *found);
        }
        desk.world.transport.setTrouble(-1, Trouble::none);
        delivered = await(desk.connector->deliver(outgoing));
        QVERIFY(delivered.has_value());
        QCOMPARE(delivered->moderation, moderationOf(after));
        QVERIFY(delivered->uri.isEmpty());
        QCOMPARE(desk.world.site->comments().value(desk.question).status, after);
    }
}

void WordPressDeliveryTest::restoreReturnsToWhatItWas()
{
    Desk desk;
    desk.world.site->setStatus(desk.question, QStringLiteral("hold"));
    QVERIFY(await(desk.connector->deliver(desk.wish(Effect::spam, desk.question))).has_value());
    const auto restored = await(desk.connector->deliver(desk.wish(Effect::restore, desk.question)));
    QVERIFY(restored.has_value());
    QCOMPARE(restored->moderation, Moderation::held);
}

void WordPressDeliveryTest::onlyOwnCommentsAreDeleted()
{
    Desk desk;
    const auto reply = await(desk.connector->deliver(desk.reply(QStringLiteral("oops"))));
    QVERIFY(reply.has_value());
    const qint64 ours = reply->remoteId.toLongLong();
    Outgoing own = desk.wish(Effect::deleteOwn, ours);
    Outgoing others = own;
    others.targetUri = desk.world.uri(desk.question);
    others.targetRemoteId = QString::number(desk.question);
    QCOMPARE(kindOf(await(desk.connector->deliver(others))), ErrorKind::permission);
    QVERIFY(await(desk.connector->deliver(own)).has_value());
    QCOMPARE(desk.world.site->comments().value(ours).status, QStringLiteral("trash"));
    QVERIFY(await(desk.connector->deliver(own)).has_value());
    desk.world.site->remove(ours);
    QVERIFY(await(desk.connector->deliver(own)).has_value());
    const auto found = await(desk.connector->findDelivered(own, desk.attempt()));
    QVERIFY(found && *found);
    own.effect = Effect::approve;
    QCOMPARE(kindOf(await(desk.connector->deliver(own))), ErrorKind::parentGone);
}

void WordPressDeliveryTest::anIgnoredStatusWordIsAnError()
{
    /// Takes every change and changes nothing.
    class Deaf final : public FakeNetwork
    {
    public:
        explicit Deaf(std::shared_ptr<FakeWordPress> site)
            : m_site(std::move(site))
        {
        }
        [[nodiscard]] QStringList hosts() const override { return m_site->hosts(); }
        [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override
        {
            HttpRequest read = request;
            if (request.method == "POST")
                read.body = R"({"status":"bogus"})";
            return m_site->answer(read);
        }

    private:
        const std::shared_ptr<FakeWordPress> m_site;
    };
    Desk desk;
    const Outgoing outgoing = desk.wish(Effect::spam, desk.question);
    FakeTransport transport;
    transport.add(std::make_shared<Deaf>(desk.world.site));
    WordPressConnector connector(desk.world.access(), {&transport, &desk.world.clock});
    const auto delivered = await(connector.deliver(outgoing));
    QCOMPARE(kindOf(delivered), ErrorKind::policy);
    QVERIFY(delivered.error().detail.contains(QStringLiteral("approved")));
}

void WordPressDeliveryTest::nobodyActsWithoutPassword()
{
    Desk desk;
    const Outgoing outgoing = desk.reply(QStringLiteral("Hello"));
    const auto visitor = desk.world.connector(desk.world.publicAccess());
    desk.world.transport.forgetRequests();
    QCOMPARE(kindOf(await(visitor->deliver(outgoing))), ErrorKind::permission);
    QCOMPARE(kindOf(await(visitor->findDelivered(outgoing, desk.attempt()))), ErrorKind::permission);
    QVERIFY(desk.world.transport.requests().empty());
}

void WordPressDeliveryTest::deliveryEndsWhenTheConnectorDies()
{
    Desk desk;
    const Outgoing outgoing = desk.reply(QStringLiteral("Hello"));
    const auto delivered = desk.connector->deliver(outgoing);
    const auto found = desk.connector->findDelivered(outgoing, desk.attempt());
    desk.connector.reset();
    QCOMPARE(kindOf(await(delivered)), ErrorKind::cancelled);
    QCOMPARE(kindOf(await(found)), ErrorKind::cancelled);
}

QTEST_GUILESS_MAIN(WordPressDeliveryTest)
#include "tst_wordpressdelivery.moc"
