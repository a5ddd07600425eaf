// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cuttingproxy.h"
#include "tests/cli/controlprogram.h"
#include "wordpresssite.h"

#include <QFile>
#include <QTest>

using namespace Earshot;

/// A whole round with the real program against a real WordPress (tests/peers/wordpress/run): asked, pulled, answered,
/// moderated, while the site comes and goes.
class WordPressRoundTest final : public QObject
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
    [[nodiscard]] ControlAnswer run(const QStringList &arguments) const;
    [[nodiscard]] ControlAnswer run(const char *line) const;
    /// A visitor comments and we pull; the conversation's number.
    [[nodiscard]] QString ask(const QString &name, const QString &text);
    [[nodiscard]] QJsonObject message(const QString &conversation, const char *kind) const;
    void reply(const QString &conversation, const QString &text) const;
    void goDown() { m_proxy.reset(); }
    void comeBack();

    WordPressSite m_site;
    std::unique_ptr<ControlProgram> m_program;
    std::unique_ptr<CuttingProxy> m_proxy;
    quint16 m_port = 0;
};

ControlAnswer WordPressRoundTest::run(const QStringList &arguments) const
{
    return m_program->run(arguments + QStringList{QStringLiteral("--json"), QStringLiteral("--key-file"),
                                                  m_program->file(QStringLiteral("key"))});
}

ControlAnswer WordPressRoundTest::run(const char *line) const
{
    return run(QString::fromUtf8(line).split(QLatin1Char(' ')));
}

QString WordPressRoundTest::ask(const QString &name, const QString &text)
{
    if (m_site.visitorComment(name, text) == 0 || run("pull").exitCode != 0)
        return {};
    const QJsonArray inbox = run("inbox").array();
    for (const QJsonValue &entry : inbox) {
        if (entry.toObject().value(QStringLiteral("contact")).toString() == name)
            return QString::number(entry.toObject().value(QStringLiteral("number")).toInteger());
    }
    return {};
}

QJsonObject WordPressRoundTest::message(const QString &conversation, const char *kind) const
{
    const QJsonObject shown = run({QStringLiteral("show"), conversation}).object();
    const QJsonArray messages = shown.value(QStringLiteral("messages")).toArray();
    QJsonObject found;
    for (const QJsonValue &entry : messages) {
        if (entry.toObject().value(QStringLiteral("kind")).toString() == QLatin1StringView(kind))
            found = entry.toObject();
    }
    return found;
}

void WordPressRoundTest::reply(const QString &conversation, const QString &text) const
{
    const ControlAnswer replied = run({QStringLiteral("reply"), conversation, text, QStringLiteral("--now")});
    QVERIFY2(replied.exitCode == 0, replied.err.constData());
}

void WordPressRoundTest::comeBack()
{
    m_proxy = std::make_unique<CuttingProxy>(m_site.url().host(), quint16(m_site.url().port()));
    m_proxy->close();
    QVERIFY(m_proxy->listen(QHostAddress::LocalHost, m_port));
}

void WordPressRoundTest::initTestCase()
{
    if (qEnvironmentVariableIsEmpty("EARSHOT_WORDPRESS_SITE"))
        QSKIP("no WordPress was started (tests/peers/wordpress/run)");
    QVERIFY(m_site.load());
    const QString program = QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl");
    QVERIFY2(QFile::exists(program), "earshotctl is not built");
    m_program = std::make_unique<ControlProgram>(program);
    m_proxy = std::make_unique<CuttingProxy>(m_site.url().host(), quint16(m_site.url().port()));
    m_port = m_proxy->serverPort();
    m_program->writeFile(QStringLiteral("password"), m_site.password() + '\n');
    QCOMPARE(run("workspace create --admin Kim").exitCode, 0);
    const ControlAnswer added =
        run({QStringLiteral("channel"), QStringLiteral("add"), QStringLiteral("http://127.0.0.1:%1/").arg(m_port),
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
    for (const char *line : {"export --what all", "journal", "channel list", "workspace verify", "outbox"}) {
        const ControlAnswer answer = run(line);
        QVERIFY2(answer.exitCode == 0, line);
        QVERIFY(!answer.out.isEmpty());
        QVERIFY2(!answer.out.contains(m_site.password()) && !answer.err.contains(m_site.password()), line);
    }
}

QTEST_GUILESS_MAIN(WordPressRoundTest)
#include "tst_wordpressround.moc"
