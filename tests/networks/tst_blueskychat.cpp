// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskybench.h"
#include "networks/blueskychat.h"

using namespace Earshot;

/// Direct messages: read as private conversations, answered there, each answer once.
class BlueskyChatTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void talksAreRead();
    void longTalksAreReadToTheHorizon();
    void horizonBoundsTheFirstWalkOnly();
    void whatIsDeletedIsNoticed();
    void answersGoIntoTheTalk();
    void postsAreAnsweredPrivately();
    void whatCannotBeSaid();
    void passwordsWithoutTheRight();
    void serviceMayBeDown();
    void lostAnswersAreLookedUp();
    void clocksMayDiffer_data();
    void clocksMayDiffer();
    void talkThatGrewTooLongIsTold();
    void enormousMessagesStopNothing();
    void eachRequestMayFail();

private:
    [[nodiscard]] QString uriOf(const QString &id) const;
    [[nodiscard]] QString did(const char *name) const { return m_bench->server->didOf(QString::fromLatin1(name)); }
    QString write(const char *from, const QString &text)
    {
        return m_bench->server->writeTo(QString::fromLatin1(from), QStringLiteral("brand"), text);
    }
    [[nodiscard]] QStringList talkWith(const char *name) const
    {
        return m_bench->server->chat().textsBetween(did("brand"), did(name));
    }

    std::unique_ptr<BlueskyBench> m_bench;
};

void BlueskyChatTest::init()
{
    m_bench = std::make_unique<BlueskyBench>();
    m_bench->server->setPrivileged(true);
    m_bench->access.horizon = m_bench->server->time() - std::chrono::hours(24);
    m_bench->restart();
}

QString BlueskyChatTest::uriOf(const QString &id) const
{
    for (const RemoteMessage &message : std::as_const(m_bench->messages)) {
        if (ChatUri::from(message.uri).message == id)
            return message.uri;
    }
    return {};
}

void BlueskyChatTest::talksAreRead()
{
    const QString first = write("mira", QStringLiteral("Hello, my order 77"));
    const QString other = write("jo", QStringLiteral("Do you ship to Perú? \U0001F69A"));
    QVERIFY(m_bench->pull());
    const auto message = m_bench->message(uriOf(first));
    QVERIFY(message);
    QCOMPARE(message->text, QStringLiteral("Hello, my order 77"));
    QCOMPARE(message->visibility, Visibility::direct);
    QCOMPARE(message->author.handle, QStringLiteral("@mira.pds.example"));
    QCOMPARE(message->author.name, QStringLiteral("Mira"));
    QVERIFY(!message->isOurs && !message->isContext);
    QVERIFY(message->url.isEmpty());
    // Each talk is a thread of its own.
    QVERIFY(message->threadUri != m_bench->message(uriOf(other))->threadUri);
    QVERIFY(!message->threadUri.isEmpty());

    // The next pulls bring what is new, once; also what we wrote elsewhere, as an answer.
    m_bench->restart();
    m_bench->messages.clear();
    QVERIFY(m_bench->pull());
    QCOMPARE(m_bench->messages.size(), 0);
    const QString own =
        m_bench->server->writeTo(QStringLiteral("brand"), QStringLiteral("mira"), QStringLiteral("One moment"));
    const QString more = write("mira", QStringLiteral("Thanks"));
    QVERIFY(m_bench->pull());
    QVERIFY(m_bench->message(uriOf(own))->isOurs);
    QCOMPARE(m_bench->message(uriOf(own))->parentUri, message->uri);
    QCOMPARE(m_bench->message(uriOf(more))->threadUri, message->threadUri);
}

void BlueskyChatTest::longTalksAreReadToTheHorizon()
{
    QStringList ids;
    for (int i = 0; i < 260; ++i)
        ids.append(write("mira", QStringLiteral("message %1").arg(i)));
    for (int i = 0; i < 120; ++i) {
        m_bench->server->addPerson(QStringLiteral("p%1").arg(i));
        ids.append(
            m_bench->server->writeTo(QStringLiteral("p%1").arg(i), QStringLiteral("brand"), QStringLiteral("hi")));
    }
    QVERIFY(m_bench->pull());
    for (const QString &id : std::as_const(ids))
        QVERIFY(!uriOf(id).isEmpty());
    QCOMPARE(m_bench->messages.size(), ids.size());

    // Above a horizon alone.
    init();
    m_bench->server->setStep(std::chrono::minutes(30));
    QStringList talk;
    for (int i = 0; i < 20; ++i)
        talk.append(write("mira", QStringLiteral("message %1").arg(i)));
    m_bench->access.horizon = m_bench->server->time() - std::chrono::minutes(100);
    m_bench->restart();
    QVERIFY(m_bench->pull());
    QCOMPARE(m_bench->messages.size(), 4);
    QVERIFY(uriOf(talk.first()).isEmpty() && !uriOf(talk.last()).isEmpty());
}

/// A server's clock may be years off: what comes after the first walk is new, whatever its date says.
void BlueskyChatTest::horizonBoundsTheFirstWalkOnly()
{
    QVERIFY(m_bench->pull());
    m_bench->access.horizon = m_bench->server->time() + std::chrono::hours(24);
    m_bench->restart();
    const QString first = write("mira", QStringLiteral("hello"));
    QVERIFY(m_bench->pull());
    QVERIFY(!uriOf(first).isEmpty());
    const QString second = write("mira", QStringLiteral("hello again"));
    QVERIFY(m_bench->pull());
    QVERIFY(!uriOf(second).isEmpty());
}

void BlueskyChatTest::whatIsDeletedIsNoticed()
{
    const QString id = write("mira", QStringLiteral("never mind"));
    write("mira", QStringLiteral("thanks"));
    QVERIFY(m_bench->pull());
    m_bench->server->chat().remove(id);
    QVERIFY(m_bench->pull());
    QCOMPARE(m_bench->changes.value(uriOf(id)), Presence::deleted);
}

void BlueskyChatTest::answersGoIntoTheTalk()
{
    const QString id = write("mira", QStringLiteral("Where is my order?"));
    QVERIFY(m_bench->pull());
    // Whatever the wish says: there is no public way to answer it.
    const Result<Outgoing> answer =
        m_bench->answerTo(uriOf(id), QStringLiteral("On its way: https://acme.example/t/7"));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    QCOMPARE(answer->visibility, Visibility::direct);
    QVERIFY(!m_bench->connector->isKeyed(*answer));
    const Result<Delivered> delivered = await(m_bench->connector->deliver(*answer));
    QVERIFY(delivered);
    QCOMPARE(ChatUri::from(delivered->uri).talk, ChatUri::from(uriOf(id)).talk);
    QCOMPARE(talkWith("mira"), (QStringList{QStringLiteral("Where is my order?"),
                                            QStringLiteral("On its way: https://acme.example/t/7")}));
    QVERIFY(m_bench->server->postsOf(QStringLiteral("brand")).isEmpty());
    // What comes back is that very answer.
    QVERIFY(m_bench->pull());
    QVERIFY(m_bench->message(delivered->uri) && m_bench->message(delivered->uri)->isOurs);
    // The last question before publishing.
    const auto thread = await(m_bench->connector->thread({.uri = uriOf(id), .remoteId = {}, .isOurs = false}));
    QVERIFY(thread);
    QCOMPARE(thread->size(), 2);
    QCOMPARE(thread->last().uri, delivered->uri);
}

void BlueskyChatTest::postsAreAnsweredPrivately()
{
    const QString asked =
        m_bench->server->post(QStringLiteral("mira"), QStringLiteral("@brand.pds.example my address is"));
    QVERIFY(m_bench->pull());
    Outgoing wish;
    wish.clientId = QStringLiteral("c-1");
    wish.text = QStringLiteral("Please tell us here");
    wish.visibility = Visibility::direct;
    const Result<Outgoing> answer = m_bench->connector->prepare(wish, *m_bench->message(asked));
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    const Result<Delivered> delivered = await(m_bench->connector->deliver(*answer));
    QVERIFY(delivered);
    QVERIFY(ChatUri::from(delivered->uri).isValid());
    QCOMPARE(talkWith("mira"), QStringList{QStringLiteral("Please tell us here")});
    QVERIFY(m_bench->answersTo(asked).isEmpty());
    // Who takes no messages is not written to.
    m_bench->server->chat().close(did("mira"));
    QCOMPARE(await(m_bench->connector->deliver(*answer)).error().kind, ErrorKind::policy);
    QCOMPARE(talkWith("mira").size(), 1);
}

void BlueskyChatTest::whatCannotBeSaid()
{
    const QString id = write("mira", QStringLiteral("Where is my order?"));
    QVERIFY(m_bench->pull());
    const RemoteMessage target = *m_bench->message(uriOf(id));
    const auto kindOf = [&](const Outgoing &wish) {
        const Result<Outgoing> prepared = m_bench->connector->prepare(wish, target);
        return prepared ? std::optional<ErrorKind>() : std::optional(prepared.error().kind);
    };
    Outgoing wish;
    wish.text = QString::fromUtf8("👨‍👩‍👧‍👦").repeated(400);
    QCOMPARE(kindOf(wish), std::optional<ErrorKind>()); // 400 of 1,000, 10,000 bytes
    wish.text += QLatin1Char('x');
    QCOMPARE(kindOf(wish), std::optional(ErrorKind::tooLong));
    wish.text = QString(QLatin1Char('x')).repeated(1001);
    QCOMPARE(kindOf(wish), std::optional(ErrorKind::tooLong));
    wish.text = QStringLiteral("  ");
    QCOMPARE(kindOf(wish), std::optional(ErrorKind::invalid));
    wish.text = QStringLiteral("ok");
    wish.effect = Effect::like;
    QCOMPARE(kindOf(wish), std::optional(ErrorKind::unsupported));
    wish.effect = Effect::reply;
    wish.media = {{.hash = QStringLiteral("x"), .type = QStringLiteral("image/png"), .description = {}}};
    QCOMPARE(kindOf(wish), std::optional(ErrorKind::unsupported));
}

void BlueskyChatTest::passwordsWithoutTheRight()
{
    m_bench->server->setPrivileged(false);
    write("mira", QStringLiteral("hello"));
    const QString asked = m_bench->server->post(QStringLiteral("mira"), QStringLiteral("@brand.pds.example hello"));
    QVERIFY(!await(m_bench->connector->check())->capabilities.canReplyPrivately);
    QVERIFY(m_bench->pull());
    QCOMPARE(m_bench->messages.size(), 1);
    // Asked once in the life of a connector.
    const int before = m_bench->requestsTo(QStringLiteral("chat.bsky"));
    QVERIFY(m_bench->pull());
    QCOMPARE(m_bench->requestsTo(QStringLiteral("chat.bsky")), before);
    Outgoing wish;
    wish.text = QStringLiteral("Please tell us here");
    wish.visibility = Visibility::direct;
    QCOMPARE(m_bench->connector->prepare(wish, *m_bench->message(asked)).error().kind, ErrorKind::unsupported);
    m_bench->server->setPrivileged(true);
    m_bench->restart();
    QVERIFY(await(m_bench->connector->check())->capabilities.canReplyPrivately);
}

void BlueskyChatTest::serviceMayBeDown()
{
    m_bench->server->setChatDown(true);
    const QString id = write("mira", QStringLiteral("hello"));
    const QString asked = m_bench->server->post(QStringLiteral("mira"), QStringLiteral("@brand.pds.example hello"));
    QVERIFY(m_bench->pull());
    QVERIFY(m_bench->missing({asked}).isEmpty());
    m_bench->server->setChatDown(false);
    QVERIFY(m_bench->pull());
    QVERIFY(!uriOf(id).isEmpty());
}

void BlueskyChatTest::lostAnswersAreLookedUp()
{
    for (const Trouble trouble : {Trouble::answerLost, Trouble::refused, Trouble::serverError}) {
        init();
        const QString id = write("mira", QStringLiteral("Where is my order?"));
        QVERIFY(m_bench->pull());
        const Result<Outgoing> answer = m_bench->answerTo(uriOf(id), QStringLiteral("On its way"));
        QVERIFY(answer);
        // The same words as once before are another message.
        m_bench->server->writeTo(QStringLiteral("brand"), QStringLiteral("mira"), QStringLiteral("On its way"));
        m_bench->server->setTime(m_bench->server->time() + std::chrono::minutes(30));
        m_bench->clock.value = m_bench->server->time();
        Attempt attempt;
        attempt.startedAt = m_bench->clock.value;
        m_bench->transport.setTrouble(0, trouble);
        const Result<Delivered> delivered = await(m_bench->connector->deliver(*answer));
        QVERIFY(!delivered);
        const bool isThere = trouble == Trouble::answerLost;
        // A 500 may come after the deed.
        QCOMPARE(delivered.error().kind, trouble == Trouble::refused ? ErrorKind::transient : ErrorKind::unsure);
        const auto found = await(m_bench->connector->findDelivered(*answer, attempt));
        QVERIFY(found);
        QCOMPARE(found->has_value(), isThere);
        QCOMPARE(talkWith("mira").count(QStringLiteral("On its way")), isThere ? 2 : 1);
        if (!isThere)
            continue;
        // One that is another delivery's already is none.
        attempt.boundUris = {(*found)->uri};
        QVERIFY(!await(m_bench->connector->findDelivered(*answer, attempt))->has_value());
    }
}

void BlueskyChatTest::clocksMayDiffer_data()
{
    QTest::addColumn<qint64>("ahead"); // the server's clock, in seconds
    QTest::newRow("the same") << qint64(0);
    QTest::newRow("an hour behind") << qint64(-3600);
    QTest::newRow("an hour ahead") << qint64(3600);
}

void BlueskyChatTest::clocksMayDiffer()
{
    QFETCH(const qint64, ahead);
    const QString id = write("mira", QStringLiteral("Where is my order?"));
    QVERIFY(m_bench->pull());
    const Outgoing outgoing = *m_bench->answerTo(uriOf(id), QStringLiteral("On its way"));
    m_bench->server->setTellsDate();
    m_bench->server->setTime(m_bench->clock.value + std::chrono::seconds(ahead));
    const Attempt attempt{.startedAt = m_bench->clock.value, .boundUris = {}};
    m_bench->transport.setTrouble(0, Trouble::answerLost);
    QVERIFY(!await(m_bench->connector->deliver(outgoing)));
    QCOMPARE(talkWith("mira").last(), QStringLiteral("On its way"));
    const auto found = await(m_bench->connector->findDelivered(outgoing, attempt));
    QVERIFY(found);
    QVERIFY(found->has_value());
    // What was there long before is still none of it.
    m_bench->clock.value += std::chrono::minutes(10);
    m_bench->server->setTime(m_bench->clock.value + std::chrono::seconds(ahead));
    const Attempt later{.startedAt = m_bench->clock.value, .boundUris = {}};
    QVERIFY(!await(m_bench->connector->findDelivered(outgoing, later))->has_value());
    // Our own clock was put right meanwhile: when the attempt was nobody knows.
    const Attempt strange{.startedAt = m_bench->clock.value + std::chrono::hours(24 * 365), .boundUris = {}};
    QVERIFY(await(m_bench->connector->findDelivered(outgoing, strange))->has_value());
}

void BlueskyChatTest::talkThatGrewTooLongIsTold()
{
    const QString id = write("mira", QStringLiteral("one"));
    m_bench->clock.value = m_bench->server->time();
    QVERIFY(m_bench->pull());
    QVERIFY(!m_bench->gap);
    const Outgoing outgoing = *m_bench->answerTo(uriOf(id), QStringLiteral("On its way"));
    const Attempt attempt{.startedAt = m_bench->clock.value, .boundUris = {}};
    m_bench->server->setStep(Duration(10));
    for (int i = 0; i < 5'200; ++i)
        write("mira", QString::number(i));
    m_bench->clock.value = m_bench->server->time();
    QVERIFY(m_bench->pull());
    QVERIFY(m_bench->gap);
    QCOMPARE(m_bench->messages.size(), 5'001);
    // Whether our answer stands further up cannot be told: it is not "not there".
    QVERIFY(!await(m_bench->connector->findDelivered(outgoing, attempt)));
}

void BlueskyChatTest::enormousMessagesStopNothing()
{
    QStringList ids;
    for (int i = 0; i < 30; ++i)
        ids.append(write("mira", QString(900'000, QLatin1Char('x'))));
    QVERIFY(m_bench->pull());
    for (const QString &id : std::as_const(ids))
        QVERIFY(!uriOf(id).isEmpty());
    const auto thread = await(m_bench->connector->thread({.uri = uriOf(ids.first()), .remoteId = {}, .isOurs = false}));
    QVERIFY(thread);
    QVERIFY(!thread->isEmpty());
}

void BlueskyChatTest::eachRequestMayFail()
{
    for (const Trouble trouble : {Trouble::refused, Trouble::serverError, Trouble::garbage}) {
        for (int k = 0;; ++k) {
            init();
            QStringList ids;
            for (int i = 0; i < 130; ++i)
                ids.append(write(i % 2 == 0 ? "mira" : "jo", QStringLiteral("message %1").arg(i)));
            m_bench->transport.setTrouble(k, trouble);
            static_cast<void>(m_bench->pull());
            const bool isMet = int(m_bench->transport.requests().size()) > k;
            m_bench->restart();
            QVERIFY(m_bench->pull());
            for (const QString &id : std::as_const(ids))
                QVERIFY2(!uriOf(id).isEmpty(), qPrintable(QStringLiteral("%1 %2").arg(k).arg(id)));
            if (!isMet)
                break;
        }
    }
}

QTEST_GUILESS_MAIN(BlueskyChatTest)
#include "tst_blueskychat.moc"
