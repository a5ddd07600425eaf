// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "peerround.h"
#include "realwordpress.h"

#include <QTest>

using namespace Earshot;

/// A whole round with the real program against a real WordPress (tests/peers/wordpress/run): asked, pulled, answered,
/// moderated, while the site comes and goes.
class WordPressRoundTest final : public QObject, private PeerRound
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void questionIsAnsweredOnce();
    void moderationShowsOnTheSite();
    void siteIsDownWhileSending();
    void answerIsLostWhileSending();
    void passwordIsNowhere();

private:
    /// A visitor comments and we pull; the conversation's number.
    [[nodiscard]] QString ask(const QString &name, const QString &text);

    RealWordPress m_site;
};

QString WordPressRoundTest::ask(const QString &name, const QString &text)
{
    if (m_site.visitorComment(name, text) == 0 || run("pull").exitCode != 0)
        return {};
    return numberOf("contact", name);
}

void WordPressRoundTest::initTestCase()
{
    if (qEnvironmentVariableIsEmpty("EARSHOT_WORDPRESS_SITE"))
        QSKIP("no WordPress was started (tests/peers/wordpress/run)");
    QVERIFY(m_site.load());
    const QUrl server = start(QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl"), m_site.url());
    QVERIFY2(!server.isEmpty(), "earshotctl is not built");
    m_program->writeFile(QStringLiteral("password"), m_site.password() + '\n');
    const ControlAnswer added =
        run({QStringLiteral("channel"), QStringLiteral("add"), server.toString() + QLatin1Char('/'),
             QStringLiteral("--network"), QStringLiteral("wordpress"), QStringLiteral("--user"), m_site.user(),
             QStringLiteral("--password-file"), m_program->file(QStringLiteral("password")),
             QStringLiteral("--work-since"), QStringLiteral("1d")});
    QVERIFY2(added.exitCode == 0, added.err.constData());
    QCOMPARE(added.object().value(QStringLiteral("network")).toString(), QStringLiteral("wordpress"));
}

void WordPressRoundTest::questionIsAnsweredOnce()
{
    const QString number = ask(QStringLiteral("Rosa"), QStringLiteral("Is it roasted here?"));
    QVERIFY(!number.isEmpty());
    QCOMPARE(message(number, "inbound").value(QStringLiteral("text")).toString(),
             QStringLiteral("Is it roasted here?"));
    QCOMPARE(run({QStringLiteral("claim"), number}).exitCode, 0);
    const QString text = QStringLiteral("Yes, on Tuesdays.");
    reply(number, text);
    QCOMPARE(m_site.timesOnPage(text), 0);
    const ControlAnswer delivered = run("deliver");
    QVERIFY2(delivered.exitCode == 0, delivered.err.constData());
    QCOMPARE(delivered.array().first().toObject().value(QStringLiteral("sent")).toInt(), 1);
    QCOMPARE(m_site.timesOnPage(text), 1);
    // Neither sent again nor stored twice when it comes back.
    QCOMPARE(run("deliver").exitCode, 0);
    QCOMPARE(run("pull").exitCode, 0);
    QCOMPARE(run("pull").exitCode, 0);
    QCOMPARE(m_site.timesOnPage(text), 1);
    const QJsonObject shown = run({QStringLiteral("show"), number}).object();
    QCOMPARE(shown.value(QStringLiteral("messages")).toArray().size(), 2);
    QCOMPARE(shown.value(QStringLiteral("status")).toString(), QStringLiteral("pending"));
    QCOMPARE(message(number, "reply").value(QStringLiteral("delivery")).toString(), QStringLiteral("sent"));
    QCOMPARE(run("outbox").array().size(), 0);
}

void WordPressRoundTest::moderationShowsOnTheSite()
{
    const QString text = QStringLiteral("Cheap watches here");
    const QString number = ask(QStringLiteral("Spammer"), text);
    QVERIFY(!number.isEmpty());
    QCOMPARE(m_site.timesOnPage(text), 1);
    const QString id = QString::number(message(number, "inbound").value(QStringLiteral("id")).toInteger());
    const auto moderation = [&] {
        return message(number, "inbound")
            .value(QStringLiteral("remoteState"))
            .toObject()
            .value(QStringLiteral("moderation"))
            .toString();
    };
    QCOMPARE(run({QStringLiteral("hide"), id}).exitCode, 0);
    QCOMPARE(run("deliver --now").exitCode, 0);
    QCOMPARE(m_site.timesOnPage(text), 0);
    QCOMPARE(moderation(), QStringLiteral("held"));
    QCOMPARE(run({QStringLiteral("effect"), id, QStringLiteral("approve")}).exitCode, 0);
    QCOMPARE(run("deliver --now").exitCode, 0);
    QCOMPARE(m_site.timesOnPage(text), 1);
    QCOMPARE(moderation(), QStringLiteral("approved"));
    QCOMPARE(run({QStringLiteral("effect"), id, QStringLiteral("spam")}).exitCode, 0);
    QCOMPARE(run("deliver --now").exitCode, 0);
    QCOMPARE(m_site.timesOnPage(text), 0);
    QCOMPARE(run("pull").exitCode, 0);
    QCOMPARE(moderation(), QStringLiteral("spam"));
}

void WordPressRoundTest::siteIsDownWhileSending()
{
    const QString number = ask(QStringLiteral("Eda"), QStringLiteral("Do you ship?"));
    QVERIFY(!number.isEmpty());
    const QString text = QStringLiteral("We ship everywhere.");
    reply(number, text);
    goDown();
    QVERIFY(run("deliver").exitCode != 0);
    QVERIFY(run("pull").exitCode != 0);
    const QJsonObject waiting = run("outbox").array().first().toObject();
    QCOMPARE(waiting.value(QStringLiteral("state")).toString(), QStringLiteral("queued"));
    QCOMPARE(waiting.value(QStringLiteral("failure")).toString(), QStringLiteral("transient"));
    comeBack();
    // It has its time to wait before the next attempt.
    QTRY_VERIFY_WITH_TIMEOUT(run("deliver").exitCode == 0 && run("outbox").array().isEmpty(), 30'000);
    QCOMPARE(m_site.timesOnPage(text), 1);
    QCOMPARE(run("deliver").exitCode, 0);
    QCOMPARE(m_site.timesOnPage(text), 1);
}

void WordPressRoundTest::answerIsLostWhileSending()
{
    const QString number = ask(QStringLiteral("Fay"), QStringLiteral("Is it fair trade?"));
    QVERIFY(!number.isEmpty());
    const QString text = QStringLiteral("All of it is.");
    reply(number, text);
    m_proxy->cutAnswersTo("POST ");
    QVERIFY(run("deliver").exitCode != 0);
    m_proxy->cutAnswersTo({});
    QCOMPARE(m_proxy->cutCount(), 1);
    QCOMPARE(run("outbox").array().first().toObject().value(QStringLiteral("state")).toString(),
             QStringLiteral("unsure"));
    QCOMPARE(m_site.timesOnPage(text), 1);
    // Waits until the attempt may be judged, looks, and finds it.
    const ControlAnswer judged = run("deliver");
    QVERIFY2(judged.exitCode == 0, judged.err.constData());
    QCOMPARE(run("outbox").array().size(), 0);
    QCOMPARE(m_site.timesOnPage(text), 1);
    QCOMPARE(run("pull").exitCode, 0);
    QCOMPARE(message(number, "reply").value(QStringLiteral("delivery")).toString(), QStringLiteral("sent"));
}

void WordPressRoundTest::passwordIsNowhere()
{
    checkNowhere({m_site.password()});
}

QTEST_GUILESS_MAIN(WordPressRoundTest)
#include "tst_wordpressround.moc"
