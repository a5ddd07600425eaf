// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "blueskynetwork.h"
#include "peerround.h"

#include <QColor>
#include <QImage>
#include <QJsonDocument>
#include <QTest>

#include <utility>

using namespace Earshot;

/// Whole rounds with the real program, against the real services (tests/peers/bluesky/run) or against the fake: asked,
/// pulled, claimed, answered, seen by the customer, while sessions end, answers get lost and the AppView comes and
/// goes.
class BlueskyRoundTest final : public QObject, private PeerRound
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void questionIsAnsweredOnce();
    void answerIsLostWhileSending();
    void sessionEndsInTheMiddle();
    void refreshIsLost();
    void appViewIsDown();
    void lengthIsTheNetworksOwn_data();
    void lengthIsTheNetworksOwn();
    void reactionsAndDeletion();
    void answerBelowOurPostIsHidden();
    void languagesAndLabels();
    void smallerPictureIsTold();
    void fourPicturesGoAlong();
    void quoteOfOursComes();
    void parentMayBeDeleted();
    void dayOfMentions();
    void searchIsTheServers();
    void publicPostsWithoutAccount();
    void passwordIsNowhere();
    void cleanup();

private:
    /// The customer asks and we pull; the conversation's number.
    [[nodiscard]] QString ask(const QString &text, QJsonObject *post = nullptr);
    [[nodiscard]] QString numberOf(const QString &text) const { return PeerRound::numberOf("snippet", text); }
    [[nodiscard]] int timesPublished(const QString &text);
    /// All messages that the workspace holds, by uri; each is there once.
    [[nodiscard]] QHash<QString, QJsonObject> held() const;
    [[nodiscard]] QList<QJsonObject> talkForADay();
    void compareDay(const QList<QJsonObject> &posts, const QSet<QString> &before);

    BlueskyNetwork m_network;
};

QString BlueskyRoundTest::ask(const QString &text, QJsonObject *post)
{
    const QJsonObject made = m_network.post(text);
    if (post)
        *post = made;
    if (!QTest::qWaitFor([&] { return m_network.isIndexed(made); }, 15'000) || run("pull").exitCode != 0)
        return {};
    return numberOf(text);
}

int BlueskyRoundTest::timesPublished(const QString &text)
{
    return int(m_network.answersToCustomer().count(text));
}

void BlueskyRoundTest::initTestCase()
{
    // The same rounds against the fake where no real one was started.
    if (qEnvironmentVariableIsEmpty("EARSHOT_BLUESKY_NETWORK"))
        m_network.pretend();
    else
        QVERIFY(m_network.load());
    const QUrl server = start(QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl"), m_network.server());
    QVERIFY2(!server.isEmpty(), "earshotctl is not built");
    m_program->writeFile(QStringLiteral("password"), m_network.account("brand", "password").toUtf8() + '\n');
    const ControlAnswer added = run(
        {QStringLiteral("channel"), QStringLiteral("add"), server.toString() + QStringLiteral("/profile/brand.test"),
         QStringLiteral("--network"), QStringLiteral("bluesky"), QStringLiteral("--password-file"),
         m_program->file(QStringLiteral("password")), QStringLiteral("--work-since"), QStringLiteral("1d")});
    QVERIFY2(added.exitCode == 0, added.err.constData());
    QCOMPARE(added.object().value(QStringLiteral("network")).toString(), QStringLiteral("bluesky"));
}

void BlueskyRoundTest::cleanup()
{
    if (!m_program)
        return;
    m_network.setReadable(true);
    if (m_proxy)
        m_proxy->cutAnswersTo({});
}

void BlueskyRoundTest::questionIsAnsweredOnce()
{
    QJsonObject asked;
    const QString question = QString::fromUtf8("👋 @brand.test my order is late");
    const QString number = ask(question, &asked);
    QVERIFY(!number.isEmpty());
    QCOMPARE(message(number, "inbound").value(QStringLiteral("text")).toString(), question);
    QCOMPARE(run({QStringLiteral("claim"), number}).exitCode, 0);
    const QString text = QString::fromUtf8("Sorry, @customer.test! Täglich: https://acme.example/status #late");
    const ControlAnswer replied = run({QStringLiteral("reply"), number, text, QStringLiteral("--now")});
    QVERIFY2(replied.exitCode == 0, replied.err.constData());
    const ControlAnswer delivered = run("deliver");
    QVERIFY2(delivered.exitCode == 0, delivered.err.constData());
    QCOMPARE(delivered.array().first().toObject().value(QStringLiteral("sent")).toInt(), 1);
    // The customer is told, and finds it below the question.
    QTRY_COMPARE_WITH_TIMEOUT(m_network.answersTo(asked).size(), 1, 15'000);
    const QJsonObject record = m_network.answersTo(asked).first().toObject().value(QStringLiteral("record")).toObject();
    QCOMPARE(record.value(QStringLiteral("text")).toString(), text);
    QCOMPARE(record.value(QStringLiteral("facets")).toArray().size(), 3);
    // Neither sent again nor stored twice when it comes back.
    QCOMPARE(run("deliver").exitCode, 0);
    QCOMPARE(run("pull").exitCode, 0);
    QCOMPARE(run("pull").exitCode, 0);
    QCOMPARE(m_network.answersTo(asked).size(), 1);
    const QJsonObject shown = run({QStringLiteral("show"), number}).object();
    QCOMPARE(shown.value(QStringLiteral("messages")).toArray().size(), 2);
    QCOMPARE(shown.value(QStringLiteral("status")).toString(), QStringLiteral("pending"));
    QCOMPARE(message(number, "reply").value(QStringLiteral("delivery")).toString(), QStringLiteral("sent"));
    QCOMPARE(run("outbox").array().size(), 0);
    // The customer answers: the same conversation, open again.
    QJsonObject answer = m_network.answersTo(asked).first().toObject();
    answer.insert(QStringLiteral("root"), QJsonObject{{QStringLiteral("uri"), asked.value(QStringLiteral("uri"))},
                                                      {QStringLiteral("cid"), asked.value(QStringLiteral("cid"))}});
    const QJsonObject thanks = m_network.post(QStringLiteral("Thanks!"), answer);
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(thanks), 15'000);
    QCOMPARE(run("pull").exitCode, 0);
    QCOMPARE(message(number, "inbound").value(QStringLiteral("text")).toString(), QStringLiteral("Thanks!"));
    QCOMPARE(run({QStringLiteral("show"), number}).object().value(QStringLiteral("status")).toString(),
             QStringLiteral("open"));
}

void BlueskyRoundTest::answerIsLostWhileSending()
{
    QJsonObject asked;
    const QString number = ask(QStringLiteral("@brand.test is it fair trade?"), &asked);
    QVERIFY(!number.isEmpty());
    const QString text = QStringLiteral("All of it is.");
    QCOMPARE(run({QStringLiteral("reply"), number, text, QStringLiteral("--now")}).exitCode, 0);
    m_proxy->cutAnswersTo("POST /xrpc/com.atproto.repo.putRecord");
    QVERIFY(run("deliver").exitCode != 0);
    m_proxy->cutAnswersTo({});
    QCOMPARE(m_proxy->cutCount(), 1);
    QCOMPARE(run("outbox").array().first().toObject().value(QStringLiteral("state")).toString(),
             QStringLiteral("unsure"));
    QTRY_COMPARE_WITH_TIMEOUT(m_network.answersTo(asked).size(), 1, 15'000);
    // Waits until the attempt may be judged, looks, and finds it.
    const ControlAnswer judged = run("deliver");
    QVERIFY2(judged.exitCode == 0, judged.err.constData());
    QCOMPARE(run("outbox").array().size(), 0);
    QCOMPARE(run("pull").exitCode, 0);
    QCOMPARE(m_network.answersTo(asked).size(), 1);
    QCOMPARE(timesPublished(text), 1);
    QCOMPARE(message(number, "reply").value(QStringLiteral("delivery")).toString(), QStringLiteral("sent"));
}

void BlueskyRoundTest::sessionEndsInTheMiddle()
{
    QJsonObject asked;
    const QString number = ask(QStringLiteral("@brand.test is it in stock?"), &asked);
    QVERIFY(!number.isEmpty());
    const QString text = QStringLiteral("Ten of them.");
    reply(number, text);
    QVERIFY(m_network.endTokens());
    const ControlAnswer delivered = run("deliver");
    QVERIFY2(delivered.exitCode == 0, delivered.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(m_network.answersTo(asked).size(), 1, 15'000);
    QVERIFY(m_network.endTokens());
    QCOMPARE(run("pull").exitCode, 0);
    QCOMPARE(timesPublished(text), 1);
}

void BlueskyRoundTest::refreshIsLost()
{
    const QString number = ask(QStringLiteral("@brand.test do you ship?"));
    QVERIFY(!number.isEmpty());
    const int before = m_proxy->cutCount();
    // The next pull meets a token that has ended, and loses the answer with the new one.
    m_proxy->cutAnswersTo("POST /xrpc/com.atproto.server.refreshSession");
    QVERIFY(m_network.endTokens());
    QVERIFY(QTest::qWaitFor([&] { return run("pull").exitCode != 0; }, 60'000));
    m_proxy->cutAnswersTo({});
    QVERIFY(m_proxy->cutCount() > before);
    const QString text = QStringLiteral("We ship everywhere.");
    QCOMPARE(run({QStringLiteral("reply"), number, text, QStringLiteral("--now")}).exitCode, 0);
    const ControlAnswer delivered = run("deliver");
    QVERIFY2(delivered.exitCode == 0, delivered.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(timesPublished(text), 1, 15'000);
}

void BlueskyRoundTest::appViewIsDown()
{
    const QString number = ask(QStringLiteral("@brand.test are you open?"));
    QVERIFY(!number.isEmpty());
    const QString text = QStringLiteral("Until eight.");
    QCOMPARE(run({QStringLiteral("reply"), number, text, QStringLiteral("--now")}).exitCode, 0);
    m_network.setReadable(false);
    QVERIFY(run("pull").exitCode != 0);
    QVERIFY(run("deliver").exitCode != 0);
    const QJsonObject waiting = run("outbox").array().first().toObject();
    QCOMPARE(waiting.value(QStringLiteral("state")).toString(), QStringLiteral("queued"));
    m_network.setReadable(true);
    // It has its time to wait before the next attempt.
    QVERIFY(QTest::qWaitFor([&] { return run("deliver").exitCode == 0 && run("outbox").array().isEmpty(); }, 60'000));
    QTRY_COMPARE_WITH_TIMEOUT(timesPublished(text), 1, 15'000);
    // The server itself down, too.
    goDown();
    QVERIFY(run("pull").exitCode != 0);
    comeBack();
    QCOMPARE(run("pull").exitCode, 0);
    QCOMPARE(timesPublished(text), 1);
}

void BlueskyRoundTest::lengthIsTheNetworksOwn_data()
{
    QTest::addColumn<QString>("piece");
    QTest::addColumn<int>("most");
    QTest::newRow("flags") << QString::fromUtf8("🇩🇪") << 300;
    QTest::newRow("right to left") << QString::fromUtf8("ש") << 300;
    QTest::newRow("combining") << QString::fromUtf8("x\u0301") << 300;
    QTest::newRow("Devanagari") << QString::fromUtf8("क्ष") << 300;
    QTest::newRow("families") << QString::fromUtf8("👨‍👩‍👧‍👦") << 120;
}

void BlueskyRoundTest::lengthIsTheNetworksOwn()
{
    if (!m_program)
        return;
    QFETCH(const QString, piece);
    QFETCH(const int, most);
    QJsonObject asked;
    const QString number =
        ask(QStringLiteral("@brand.test say %1").arg(QString::fromUtf8(QTest::currentDataTag())), &asked);
    QVERIFY(!number.isEmpty());
    // One more is refused before it is sent; the server would not take it either.
    const auto send = [&](int count) {
        if (run({QStringLiteral("reply"), number, piece.repeated(count), QStringLiteral("--now")}).exitCode != 0)
            return false;
        return run("deliver").exitCode == 0;
    };
    QVERIFY(!send(most + 1));
    QVERIFY(m_network.post(piece.repeated(most + 1)).value(QStringLiteral("uri")).toString().isEmpty());
    QVERIFY(send(most));
    QTRY_COMPARE_WITH_TIMEOUT(m_network.answersTo(asked).size(), 1, 15'000);
    const QJsonObject record = m_network.answersTo(asked).first().toObject().value(QStringLiteral("record")).toObject();
    QCOMPARE(record.value(QStringLiteral("text")).toString(), piece.repeated(most));
}

void BlueskyRoundTest::reactionsAndDeletion()
{
    QJsonObject asked;
    const QString number = ask(QStringLiteral("@brand.test you are great"), &asked);
    QVERIFY(!number.isEmpty());
    const QString id = QString::number(message(number, "inbound").value(QStringLiteral("id")).toInteger());
    const auto count = [&](const char *what) { return m_network.seen(asked).value(QLatin1StringView(what)).toInt(); };
    for (const auto &[effect, counter, expected] :
         {std::tuple("like", "likeCount", 1), std::tuple("boost", "repostCount", 1),
          std::tuple("unboost", "repostCount", 0), std::tuple("boost", "repostCount", 1)}) {
        QCOMPARE(run({QStringLiteral("effect"), id, QString::fromLatin1(effect)}).exitCode, 0);
        QCOMPARE(run("deliver --now").exitCode, 0);
        QTRY_COMPARE_WITH_TIMEOUT(count(counter), expected, 15'000);
    }
    QCOMPARE(run({QStringLiteral("reply"), number, QStringLiteral("Thank you"), QStringLiteral("--now")}).exitCode, 0);
    QCOMPARE(run("deliver").exitCode, 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_network.answersTo(asked).size(), 1, 15'000);
    const QString own = QString::number(message(number, "reply").value(QStringLiteral("id")).toInteger());
    QCOMPARE(run({QStringLiteral("effect"), own, QStringLiteral("deleteOwn")}).exitCode, 0);
    const ControlAnswer deleted = run("deliver --now");
    QVERIFY2(deleted.exitCode == 0, deleted.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(m_network.answersTo(asked).size(), 0, 15'000);
}

void BlueskyRoundTest::answerBelowOurPostIsHidden()
{
    const QJsonObject root = m_network.announce(QStringLiteral("Our second shop is open"));
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(root), 15'000);
    const QJsonObject spam = m_network.post(QStringLiteral("Cheap watches here"), root);
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(spam), 15'000);
    const QString uri = spam.value(QStringLiteral("uri")).toString();
    QTRY_VERIFY_WITH_TIMEOUT(run("pull").exitCode == 0 && !numberOf(QStringLiteral("Cheap watches here")).isEmpty(),
                             15'000);
    const QString number = numberOf(QStringLiteral("Cheap watches here"));
    const QString id = QString::number(message(number, "inbound").value(QStringLiteral("id")).toInteger());
    // Of all that the customer says below our post.
    const auto moderation = [&] {
        QStringList states;
        const QJsonObject shown = run({QStringLiteral("show"), number}).object();
        const QJsonArray messages = shown.value(QStringLiteral("messages")).toArray();
        for (const QJsonValue &one : messages) {
            const QJsonObject state = one.toObject().value(QStringLiteral("remoteState")).toObject();
            if (one.toObject().value(QStringLiteral("kind")).toString() == QLatin1StringView("inbound"))
                states.append(state.value(QStringLiteral("moderation")).toString());
        }
        return states.join(QLatin1Char(' '));
    };
    QCOMPARE(run({QStringLiteral("effect"), id, QStringLiteral("hide")}).exitCode, 0);
    // The answer is lost: looked for and found, hidden once.
    m_proxy->cutAnswersTo("POST /xrpc/com.atproto.repo.putRecord");
    QVERIFY(run("deliver --now").exitCode != 0);
    m_proxy->cutAnswersTo({});
    QCOMPARE(m_network.hiddenBelow(root), QStringList{uri});
    const ControlAnswer judged = run("deliver --now");
    QVERIFY2(judged.exitCode == 0, judged.err.constData());
    QCOMPARE(m_network.hiddenBelow(root), QStringList{uri});
    QCOMPARE(moderation(), QStringLiteral("hidden"));
    // Everybody is told to hide it.
    const auto told = [&] {
        const QJsonObject gate = m_network.seen(root).value(QStringLiteral("threadgate")).toObject();
        return gate.value(QStringLiteral("record")).toObject().value(QStringLiteral("hiddenReplies")).toArray();
    };
    QTRY_COMPARE_WITH_TIMEOUT(told(), QJsonArray{uri}, 15'000);
    // Others still may answer, and what comes later is not hidden.
    const QJsonObject late = m_network.post(QStringLiteral("Congratulations to the shop"), root);
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(late), 15'000);
    QTRY_VERIFY_WITH_TIMEOUT(
        run("pull").exitCode == 0 && !numberOf(QStringLiteral("Congratulations to the shop")).isEmpty(), 15'000);
    QCOMPARE(moderation(), QStringLiteral("hidden none"));
    QCOMPARE(run({QStringLiteral("effect"), id, QStringLiteral("approve")}).exitCode, 0);
    QCOMPARE(run("deliver --now").exitCode, 0);
    QCOMPARE(m_network.hiddenBelow(root), QStringList());
    QCOMPARE(moderation(), QStringLiteral("none none"));
    // In another's thread it is refused at once.
    const QString theirs = ask(QStringLiteral("@brand.test hide this"));
    const QString other = QString::number(message(theirs, "inbound").value(QStringLiteral("id")).toInteger());
    QVERIFY(run({QStringLiteral("effect"), other, QStringLiteral("hide")}).exitCode != 0);
}

void BlueskyRoundTest::languagesAndLabels()
{
    const QJsonObject label{{QStringLiteral("val"), QStringLiteral("graphic-media")}};
    const QJsonObject labels{{QStringLiteral("$type"), QStringLiteral("com.atproto.label.defs#selfLabels")},
                             {QStringLiteral("values"), QJsonArray{label}}};
    const QString text = QStringLiteral("@brand.test das ist kaputt gegangen");
    const QJsonObject asked =
        m_network.postWith(text, {{QStringLiteral("langs"), QJsonArray{QStringLiteral("de-AT"), QStringLiteral("en")}},
                                  {QStringLiteral("labels"), labels}});
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(asked), 15'000);
    QCOMPARE(run("pull").exitCode, 0);
    const QString number = numberOf(text);
    QVERIFY(!number.isEmpty());
    const QJsonObject shown = message(number, "inbound");
    QCOMPARE(shown.value(QStringLiteral("language")).toString(), QStringLiteral("de-AT"));
    QCOMPARE(shown.value(QStringLiteral("contentWarning")).toString(), QStringLiteral("graphic-media"));
    QCOMPARE(run({QStringLiteral("reply"), number, QStringLiteral("Das tut uns leid."), QStringLiteral("--language"),
                  QStringLiteral("de"), QStringLiteral("--now")})
                 .exitCode,
             0);
    QCOMPARE(run("deliver").exitCode, 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_network.answersTo(asked).size(), 1, 15'000);
    const QJsonObject record = m_network.answersTo(asked).first().toObject().value(QStringLiteral("record")).toObject();
    QCOMPARE(record.value(QStringLiteral("langs")).toArray(), QJsonArray{QStringLiteral("de")});
}

void BlueskyRoundTest::smallerPictureIsTold()
{
    QJsonObject asked;
    const QString number = ask(QStringLiteral("@brand.test what does it look like?"), &asked);
    QVERIFY(!number.isEmpty());
    QImage picture(3'000, 1'500, QImage::Format_RGB32);
    quint32 seed = 1;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            seed = seed * 1'664'525 + 1'013'904'223;
            picture.setPixel(x, y, seed >> 8U);
        }
    }
    const QString file = m_program->file(QStringLiteral("noise.png"));
    QVERIFY(picture.save(file));
    QCOMPARE(run({QStringLiteral("reply"), number, QStringLiteral("Like this"), QStringLiteral("--attach"), file,
                  QStringLiteral("--describe"), QStringLiteral("noise"), QStringLiteral("--now")})
                 .exitCode,
             0);
    // Found after its answer was lost, it is told all the same.
    m_proxy->cutAnswersTo("POST /xrpc/com.atproto.repo.putRecord");
    QVERIFY(run("deliver").exitCode != 0);
    m_proxy->cutAnswersTo({});
    const ControlAnswer judged = run("deliver");
    QVERIFY2(judged.exitCode == 0, judged.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(m_network.answersTo(asked).size(), 1, 15'000);
    const QJsonObject record = m_network.answersTo(asked).first().toObject().value(QStringLiteral("record")).toObject();
    const QJsonObject image =
        record.value(QStringLiteral("embed")).toObject().value(QStringLiteral("images")).toArray().first().toObject();
    const QJsonObject size = image.value(QStringLiteral("aspectRatio")).toObject();
    const QJsonObject media = message(number, "reply").value(QStringLiteral("media")).toArray().first().toObject();
    QVERIFY(size.value(QStringLiteral("width")).toInt() < 3'000);
    QCOMPARE(media.value(QStringLiteral("sentWidth")), size.value(QStringLiteral("width")));
    QCOMPARE(media.value(QStringLiteral("sentHeight")), size.value(QStringLiteral("height")));
}

QHash<QString, QJsonObject> BlueskyRoundTest::held() const
{
    QHash<QString, QJsonObject> messages;
    const QByteArrayList lines = run("export --what all").out.split('\n');
    for (const QByteArray &line : lines) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        if (entry.value(QStringLiteral("type")).toString() != QLatin1StringView("message"))
            continue;
        // What was never sent has none.
        const QString uri = entry.value(QStringLiteral("uri")).toString();
        if (uri.isEmpty())
            continue;
        if (messages.contains(uri))
            qFatal("twice: %s", qPrintable(uri));
        messages.insert(uri, entry);
    }
    return messages;
}

QList<QJsonObject> BlueskyRoundTest::talkForADay()
{
    QList<QJsonObject> posts;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (int i = 0; i < 130; ++i) {
        const QString text = QString::fromUtf8("@brand.test Frage %1 😞 עזרה").arg(i);
        // Some clocks are slow; some share a moment; some answer what was said before.
        QString at;
        if (i % 10 == 3)
            at = now.addSecs(-60LL * (i % 50)).toString(Qt::ISODateWithMs);
        else if (i % 10 > 5)
            at = now.toString(Qt::ISODateWithMs);
        posts.append(m_network.post(text, i % 7 == 6 ? posts.at(i - 6) : QJsonObject(), at));
        if (i % 40 == 39 && run("pull").exitCode != 0)
            return {};
    }
    return posts;
}

/// Every post is there as its author wrote it, in its place, and nothing else.
void BlueskyRoundTest::compareDay(const QList<QJsonObject> &posts, const QSet<QString> &before)
{
    const QHash<QString, QJsonObject> all = held();
    QHash<QString, qint64> conversations;
    QSet<qint64> distinct;
    for (const QJsonObject &post : posts) {
        const QString uri = post.value(QStringLiteral("uri")).toString();
        const QJsonObject record = post.value(QStringLiteral("record")).toObject();
        const QJsonObject parent =
            record.value(QStringLiteral("reply")).toObject().value(QStringLiteral("parent")).toObject();
        const QJsonObject message = all.value(uri);
        QCOMPARE(message.value(QStringLiteral("text")), record.value(QStringLiteral("text")));
        QCOMPARE(message.value(QStringLiteral("authorHandle")).toString(), QStringLiteral("@customer.test"));
        QCOMPARE(message.value(QStringLiteral("kind")).toString(), QStringLiteral("inbound"));
        QCOMPARE(message.value(QStringLiteral("parentUri")).toString(), parent.value(QStringLiteral("uri")).toString());
        QCOMPARE(QDateTime::fromString(message.value(QStringLiteral("sentAt")).toString(), Qt::ISODateWithMs),
                 QDateTime::fromString(record.value(QStringLiteral("createdAt")).toString(), Qt::ISODateWithMs));
        const qint64 conversation = message.value(QStringLiteral("conversation")).toInteger();
        conversations.insert(uri, conversation);
        // A thread is one conversation, and each thread another.
        if (parent.isEmpty())
            QVERIFY(!std::exchange(distinct, distinct + QSet<qint64>{conversation}).contains(conversation));
        else
            QCOMPARE(conversation, conversations.value(parent.value(QStringLiteral("uri")).toString()));
    }
    QSet<QString> after(all.keyBegin(), all.keyEnd());
    after -= before;
    QCOMPARE(after.size(), posts.size());
}

void BlueskyRoundTest::dayOfMentions()
{
    // A day's talk, written while we pull: each pull is a process of its own, as after a restart.
    QCOMPARE(run("pull").exitCode, 0);
    const QHash<QString, QJsonObject> earlier = held();
    const QSet<QString> before(earlier.keyBegin(), earlier.keyEnd());
    QList<QJsonObject> posts = talkForADay();
    QCOMPARE(posts.size(), 130);
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(posts.last()), 30'000);
    // It ends in the middle of a walk: the first page is stored, the second one never comes.
    m_proxy->cutAnswersTo("GET /xrpc/app.bsky.notification.listNotifications?limit=100&reasons=mention&reasons=reply"
                          "&reasons=quote&priority=false&cursor=");
    const int cuts = m_proxy->cutCount();
    QVERIFY(run("pull").exitCode != 0);
    QVERIFY(m_proxy->cutCount() > cuts);
    m_proxy->cutAnswersTo({});
    posts.append(m_network.post(QStringLiteral("@brand.test meanwhile")));
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(posts.last()), 30'000);
    QVERIFY(QTest::qWaitFor([&] { return run("pull").exitCode == 0; }, 60'000));
    QCOMPARE(run("pull").exitCode, 0);
    compareDay(posts, before);

    QVERIFY(m_network.edit(posts.at(100), QStringLiteral("@brand.test solved")));
    QJsonObject record = posts.at(100).value(QStringLiteral("record")).toObject();
    record.insert(QStringLiteral("text"), QStringLiteral("@brand.test solved"));
    QVERIFY(m_network.remove(posts.at(101)));
    QTRY_VERIFY_WITH_TIMEOUT(!m_network.isIndexed(posts.at(100)) && !m_network.isIndexed(posts.at(101)), 15'000);
    posts[100].insert(QStringLiteral("record"), record);
    QCOMPARE(run("pull").exitCode, 0);
    compareDay(posts, before);
    const QJsonObject state = held()
                                  .value(posts.at(101).value(QStringLiteral("uri")).toString())
                                  .value(QStringLiteral("remoteState"))
                                  .toObject();
    QCOMPARE(state.value(QStringLiteral("presence")).toString(), QStringLiteral("deleted"));
}

void BlueskyRoundTest::fourPicturesGoAlong()
{
    QJsonObject asked;
    const QString number = ask(QStringLiteral("@brand.test which colours are there?"), &asked);
    QVERIFY(!number.isEmpty());
    QStringList command{QStringLiteral("reply"), number, QStringLiteral("These four"), QStringLiteral("--now")};
    const QStringList names{QStringLiteral("red"), QString::fromUtf8("grün 🟢"), QStringLiteral("כחול"), QString()};
    for (int i = 0; i < 4; ++i) {
        QImage picture(60 + i, 40, QImage::Format_RGB32);
        picture.fill(QColor::fromHsv(80 * i, 200, 200));
        const QString file = m_program->file(QStringLiteral("colour%1.png").arg(i));
        QVERIFY(picture.save(file));
        command += {QStringLiteral("--attach"), file};
        if (!names.at(i).isEmpty())
            command += {QStringLiteral("--describe"), names.at(i)};
    }
    const ControlAnswer replied = run(command);
    QVERIFY2(replied.exitCode == 0, replied.err.constData());
    const ControlAnswer delivered = run("deliver");
    QVERIFY2(delivered.exitCode == 0, delivered.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(m_network.answersTo(asked).size(), 1, 15'000);
    const QJsonObject post = m_network.answersTo(asked).first().toObject();
    const QJsonArray images = post.value(QStringLiteral("embed")).toObject().value(QStringLiteral("images")).toArray();
    QCOMPARE(images.size(), 4);
    for (int i = 0; i < 4; ++i) {
        const QJsonObject image = images.at(i).toObject();
        QCOMPARE(image.value(QStringLiteral("alt")).toString(), names.at(i));
        const QJsonObject size = image.value(QStringLiteral("aspectRatio")).toObject();
        QCOMPARE(size.value(QStringLiteral("width")).toInt(), 60 + i);
        QVERIFY(!image.value(QStringLiteral("fullsize")).toString().isEmpty());
    }
}

void BlueskyRoundTest::quoteOfOursComes()
{
    const QJsonObject ours = m_network.announce(QStringLiteral("New lamps today"));
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(ours), 15'000);
    const QJsonObject ref{{QStringLiteral("uri"), ours.value(QStringLiteral("uri"))},
                          {QStringLiteral("cid"), ours.value(QStringLiteral("cid"))}};
    const QJsonObject embed{{QStringLiteral("$type"), QStringLiteral("app.bsky.embed.record")},
                            {QStringLiteral("record"), ref}};
    const QJsonObject quote = m_network.postWith(QStringLiteral("At last, look"), {{QStringLiteral("embed"), embed}});
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(quote), 15'000);
    QCOMPARE(run("pull").exitCode, 0);
    const QJsonObject message = held().value(quote.value(QStringLiteral("uri")).toString());
    QCOMPARE(message.value(QStringLiteral("text")).toString(),
             QStringLiteral("At last, look\n\n> @brand.test:\n> New lamps today"));
    QCOMPARE(message.value(QStringLiteral("kind")).toString(), QStringLiteral("inbound"));
}

void BlueskyRoundTest::parentMayBeDeleted()
{
    const QJsonObject root = m_network.post(QStringLiteral("A lamp is broken"));
    const QJsonObject below = m_network.post(QStringLiteral("@brand.test is it yours?"), root);
    QVERIFY(m_network.remove(root));
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(below) && !m_network.isIndexed(root), 15'000);
    QCOMPARE(run("pull").exitCode, 0);
    const QString number = numberOf(QStringLiteral("@brand.test is it yours?"));
    QVERIFY(!number.isEmpty());
    QCOMPARE(message(number, "inbound").value(QStringLiteral("parentUri")), root.value(QStringLiteral("uri")));
    // It can be answered; what is gone itself cannot, and nothing is published.
    QCOMPARE(run({QStringLiteral("reply"), number, QStringLiteral("It is ours"), QStringLiteral("--now")}).exitCode, 0);
    const ControlAnswer delivered = run("deliver");
    QVERIFY2(delivered.exitCode == 0, delivered.err.constData());
    QTRY_COMPARE_WITH_TIMEOUT(timesPublished(QStringLiteral("It is ours")), 1, 15'000);
    QJsonObject asked;
    const QString other = ask(QStringLiteral("@brand.test never mind"), &asked);
    QCOMPARE(run({QStringLiteral("reply"), other, QStringLiteral("We do mind"), QStringLiteral("--now")}).exitCode, 0);
    QVERIFY(m_network.remove(asked));
    QTRY_VERIFY_WITH_TIMEOUT(!m_network.isIndexed(asked), 15'000);
    QVERIFY(run("deliver").exitCode != 0);
    QCOMPARE(timesPublished(QStringLiteral("We do mind")), 0);
}

void BlueskyRoundTest::searchIsTheServers()
{
    const QJsonObject theirs = m_network.post(QStringLiteral("What a chandelier that was"));
    const QJsonObject ours = m_network.announce(QStringLiteral("Every chandelier is sold"));
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(theirs) && m_network.isIndexed(ours), 15'000);
    const QString page = m_network.appView().toString() + QStringLiteral("/search?q=from:customer.test%20chandelier");
    const ControlAnswer added =
        run({QStringLiteral("channel"), QStringLiteral("add"), page, QStringLiteral("--network"),
             QStringLiteral("bluesky"), QStringLiteral("--name"), QStringLiteral("Search")});
    QVERIFY2(added.exitCode == 0, added.err.constData());
    const ControlAnswer pulled = run("pull");
    QVERIFY2(pulled.exitCode == 0, pulled.err.constData());
    QVERIFY(!numberOf(QStringLiteral("What a chandelier that was")).isEmpty());
    QVERIFY(numberOf(QStringLiteral("Every chandelier is sold")).isEmpty());
}

void BlueskyRoundTest::publicPostsWithoutAccount()
{
    const QJsonObject said = m_network.post(QStringLiteral("My shelf is done"));
    QTRY_VERIFY_WITH_TIMEOUT(m_network.isIndexed(said), 15'000);
    const ControlAnswer added =
        run({QStringLiteral("channel"), QStringLiteral("add"),
             m_network.appView().toString() + QStringLiteral("/profile/customer.test"), QStringLiteral("--network"),
             QStringLiteral("bluesky"), QStringLiteral("--name"), QStringLiteral("Customer's posts")});
    QVERIFY2(added.exitCode == 0, added.err.constData());
    const ControlAnswer pulled = run("pull");
    QVERIFY2(pulled.exitCode == 0, pulled.err.constData());
    QVERIFY(!numberOf(QStringLiteral("My shelf is done")).isEmpty());
}

void BlueskyRoundTest::passwordIsNowhere()
{
    checkNowhere({m_network.account("brand", "password").toUtf8(), "eyJ"});
}

QTEST_GUILESS_MAIN(BlueskyRoundTest)
#include "tst_blueskyround.moc"
