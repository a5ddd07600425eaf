// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fakes/fakemastodon.h"
#include "tests/cli/controlprogram.h"
#include "tests/cli/networkserver.h"

#include <QFile>
#include <QTest>

using namespace Earshot;

/// Answering an account's mentions with the real program against a server on loopback: every command and option of it.
class AnsweringTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void replyTakesItsOptions();
    void emptyInboxIsExplained();
    void longRepliesAreSplit();
    void readersAreChosen();
    void widerAsks();
    void outboxIsManaged();
    void likesComeAndGo();
    void workIsHandedOver();
    void channelIsFoundTestedAndRenewed();
    void copiedFileIsAdopted();
    void referenceWorkspaceIsMade();

private:
    ControlAnswer run(const QStringList &arguments) const
    {
        return m_program->run(arguments +
                              QStringList{QStringLiteral("--key-file"), m_program->file(QStringLiteral("key"))});
    }
    ControlAnswer run(const char *line) const { return run(QString::fromUtf8(line).split(QLatin1Char(' '))); }
    void ask(const QString &text, Visibility visibility = Visibility::everyone) const;
    [[nodiscard]] QString newestPost() const
    {
        const QStringList posts = m_network->postsOf(QStringLiteral("acme"));
        return posts.isEmpty() ? QString() : posts.constLast();
    }
    [[nodiscard]] QJsonObject onlyInOutbox() const
    {
        const QJsonArray all = run("outbox --json").array();
        return all.size() == 1 ? all.first().toObject() : QJsonObject();
    }

    std::unique_ptr<ControlProgram> m_program;
    std::unique_ptr<NetworkServer> m_server;
    std::shared_ptr<FakeMastodon> m_network;
};

void AnsweringTest::init()
{
    m_program = std::make_unique<ControlProgram>(QStringLiteral(EARSHOT_BINARY_DIR "/app/cli/earshotctl"));
    m_server = std::make_unique<NetworkServer>();
    m_network = std::make_shared<FakeMastodon>(m_server->host());
    m_network->setTime(SystemClock().now());
    for (const char *name : {"acme", "mira", "jo"})
        m_network->addPerson(QString::fromLatin1(name));
    m_server->serve(m_network);
    m_program->writeFile(QStringLiteral("token"), FakeMastodon::tokenOf(QStringLiteral("acme")));
    QCOMPARE(run("workspace create").exitCode, 0);
    const ControlAnswer added =
        run({QStringLiteral("channel"), QStringLiteral("add"), QStringLiteral("@acme@") + m_server->host(),
             QStringLiteral("--network"), QStringLiteral("mastodon"), QStringLiteral("--token-file"),
             m_program->file(QStringLiteral("token")), QStringLiteral("--work-since"), QStringLiteral("2020-01-01")});
    QVERIFY2(added.exitCode == 0, added.err.constData());
}

void AnsweringTest::cleanup()
{
    m_program.reset();
    m_server.reset();
}

void AnsweringTest::ask(const QString &text, Visibility visibility) const
{
    FakeMastodon::Manner manner;
    manner.visibility = visibility;
    m_network->post(QStringLiteral("mira"), text, manner);
    const ControlAnswer pulled = run("pull");
    QVERIFY2(pulled.exitCode == 0, pulled.err.constData());
}

void AnsweringTest::replyTakesItsOptions()
{
    ask(QStringLiteral("@acme it broke"));
    const QJsonObject shown = run("show 1 --json").object();
    const qint64 message =
        shown.value(QStringLiteral("messages")).toArray().first().toObject().value(QStringLiteral("id")).toInteger();
    // The smallest picture there is.
    m_program->writeFile(QStringLiteral("lamp.gif"),
                         QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"));
    const ControlAnswer replied =
        run({QStringLiteral("reply"), QStringLiteral("1"), QStringLiteral("Ein Licht"), QStringLiteral("--to"),
             QString::number(message), QStringLiteral("--cw"), QStringLiteral("light"), QStringLiteral("--language"),
             QStringLiteral("de"), QStringLiteral("--attach"), m_program->file(QStringLiteral("lamp.gif")),
             QStringLiteral("--describe"), QStringLiteral("A lamp"), QStringLiteral("--now"),
             QStringLiteral("--resolve"), QStringLiteral("--json")});
    QVERIFY2(replied.exitCode == 0, replied.err.constData());
    QVERIFY(replied.object().value(QStringLiteral("delivery")).toInteger() > 0);
    const ControlAnswer delivered = run("deliver --json");
    QVERIFY2(delivered.exitCode == 0, delivered.err.constData());
    QCOMPARE(delivered.array().first().toObject().value(QStringLiteral("sent")).toInt(), 1);
    QVERIFY(m_network->textOfPost(newestPost()).contains(QLatin1StringView("Ein Licht")));
    QCOMPARE(m_network->contentWarningOf(newestPost()), QStringLiteral("light"));
    const QJsonObject own = run("show 1 --json").object().value(QStringLiteral("messages")).toArray().last().toObject();
    QCOMPARE(own.value(QStringLiteral("language")).toString(), QStringLiteral("de"));
    QCOMPARE(m_network->mediaDescriptionsOf(newestPost()), QStringList(QStringLiteral("A lamp")));
    QCOMPARE(run("show 1 --json").object().value(QStringLiteral("status")).toString(), QStringLiteral("resolved"));
    QCOMPARE(run("reply 1 again --to 999999").exitCode != 0, true);
}

void AnsweringTest::emptyInboxIsExplained()
{
    m_network->setTime(SystemClock().now() - std::chrono::days(400));
    m_network->post(QStringLiteral("mira"), QStringLiteral("@acme it broke"));
    m_network->setTime(SystemClock().now());
    for (int i = 0; i < 2; ++i) {
        const ControlAnswer pulled = run("pull");
        QCOMPARE(pulled.exitCode, 0);
        QVERIFY2(pulled.err.contains("nothing newer than") && pulled.err.contains("--since"), pulled.err.constData());
    }
    ask(QStringLiteral("@acme it broke again"));
    QVERIFY(!run("pull").err.contains("nothing newer"));
}

void AnsweringTest::longRepliesAreSplit()
{
    ask(QStringLiteral("@acme it broke"));
    QStringList paragraphs;
    for (const char letter : {'a', 'b', 'c'})
        paragraphs.append(QString(QStringLiteral("word ").repeated(60) + QLatin1Char(letter)));
    const QStringList reply{QStringLiteral("reply"), QStringLiteral("1"), paragraphs.join(QStringLiteral("\n\n")),
                            QStringLiteral("--now")};
    QVERIFY(run(reply).exitCode == 0);
    QVERIFY(run("deliver").exitCode != 0);
    QCOMPARE(m_network->postsOf(QStringLiteral("acme")).size(), 0);

    QVERIFY(run(reply + QStringList{QStringLiteral("--split"), QStringLiteral("--force")}).exitCode == 0);
    const ControlAnswer delivered = run("deliver --json");
    QVERIFY2(delivered.exitCode == 0, QByteArray(delivered.out + delivered.err).constData());
    QCOMPARE(delivered.array().first().toObject().value(QStringLiteral("sent")).toInt(), 3);
    const QStringList posts = m_network->postsOf(QStringLiteral("acme"));
    QCOMPARE(posts.size(), 3);
    for (qsizetype i = 0; i < posts.size(); ++i)
        QVERIFY(m_network->textOfPost(posts.at(i)).endsWith(paragraphs.at(i)));
    // What fits stays whole.
    QVERIFY(run("reply 1 short --split --now --force").exitCode == 0);
    QCOMPARE(run("deliver --json").array().first().toObject().value(QStringLiteral("sent")).toInt(), 1);
}

void AnsweringTest::readersAreChosen()
{
    ask(QStringLiteral("@acme it broke, @jo has it too"));
    QCOMPARE(run({QStringLiteral("reply"), QStringLiteral("1"), QStringLiteral("for you two"), QStringLiteral("--now"),
                  QStringLiteral("--without"), QStringLiteral("@jo@") + m_server->host()})
                 .exitCode,
             0);
    QCOMPARE(run("deliver").exitCode, 0);
    QVERIFY(m_network->textOfPost(newestPost()).contains(QLatin1StringView("@mira")));
    QVERIFY(!m_network->textOfPost(newestPost()).contains(QLatin1StringView("@jo")));
    QCOMPARE(run("reply 1 aside --private --now").exitCode, 0);
    QCOMPARE(run("deliver").exitCode, 0);
    QCOMPARE(m_network->visibilityOf(newestPost()), Visibility::direct);
    QVERIFY(!m_network->textOfPost(newestPost()).contains(QLatin1StringView("@jo")));
    QCOMPARE(run("reply 1 both --private --public --json").errorKind(), QStringLiteral("invalid"));
}

void AnsweringTest::widerAsks()
{
    ask(QStringLiteral("@acme my number is 7"), Visibility::direct);
    const ControlAnswer asked = run("reply 1 hello --public --now --json");
    QCOMPARE(asked.errorKind(), QStringLiteral("refused"));
    QVERIFY(asked.err.contains("moreReaders"));
    // What came in between is another question.
    QVERIFY(run("reply 1 hello --public --now --force").exitCode != 0);
    QCOMPARE(run("outbox --json").array().size(), 0);
    QCOMPARE(run("reply 1 hello --public --wider --now").exitCode, 0);
    QCOMPARE(run("deliver").exitCode, 0);
    QCOMPARE(m_network->visibilityOf(newestPost()), Visibility::everyone);
}

void AnsweringTest::outboxIsManaged()
{
    ask(QStringLiteral("@acme it broke"));
    QCOMPARE(run("reply 1 never-seen").exitCode, 0);
    QCOMPARE(onlyInOutbox().value(QStringLiteral("state")).toString(), QStringLiteral("held"));
    QCOMPARE(run("outbox cancel 1").exitCode, 0);
    QVERIFY(onlyInOutbox().isEmpty());
    QVERIFY(run("outbox cancel 99").exitCode != 0);
    // What the network refuses fails, and can be tried again.
    m_network->forbid(QStringLiteral("/statuses"));
    QCOMPARE(run("reply 1 seen-later --now").exitCode, 0);
    QVERIFY(run("deliver").exitCode != 0);
    const QJsonObject failed = onlyInOutbox();
    QCOMPARE(failed.value(QStringLiteral("state")).toString(), QStringLiteral("failed"));
    QVERIFY(!failed.value(QStringLiteral("failure")).toString().isEmpty());
    // It is no unsure one: nothing to settle.
    const QString id = QString::number(failed.value(QStringLiteral("id")).toInteger());
    QVERIFY(run({QStringLiteral("outbox"), QStringLiteral("settle"), id}).exitCode != 0);
    m_network->forbid({});
    QCOMPARE(run({QStringLiteral("outbox"), QStringLiteral("retry"), id}).exitCode, 0);
    QCOMPARE(run("deliver").exitCode, 0);
    QVERIFY(onlyInOutbox().isEmpty());
    QCOMPARE(m_network->postsOf(QStringLiteral("acme")).size(), 1);
}

void AnsweringTest::likesComeAndGo()
{
    ask(QStringLiteral("@acme thank you"));
    const QJsonObject message =
        run("show 1 --json").object().value(QStringLiteral("messages")).toArray().first().toObject();
    const QString id = QString::number(message.value(QStringLiteral("id")).toInteger());
    const QString post = m_network->postsOf(QStringLiteral("mira")).constFirst();
    // Taken back before it leaves: nobody ever sees it.
    QCOMPARE(run({QStringLiteral("like"), id}).exitCode, 0);
    QCOMPARE(run({QStringLiteral("like"), id, QStringLiteral("--undo")}).exitCode, 0);
    QCOMPARE(run("deliver --now").exitCode, 0);
    QCOMPARE(m_network->likes(post), 0);
    QCOMPARE(run({QStringLiteral("like"), id}).exitCode, 0);
    QCOMPARE(run("deliver --now").exitCode, 0);
    QCOMPARE(m_network->likes(post), 1);
    QCOMPARE(run({QStringLiteral("like"), id, QStringLiteral("--undo")}).exitCode, 0);
    QCOMPARE(run("deliver --now").exitCode, 0);
    QCOMPARE(m_network->likes(post), 0);
}

void AnsweringTest::workIsHandedOver()
{
    ask(QStringLiteral("@acme it broke"));
    QCOMPARE(run("agent add Kim").exitCode, 0);
    QCOMPARE(run("assign 1 Kim").exitCode, 0);
    QCOMPARE(run("show 1 --json").object().value(QStringLiteral("assignee")).toString(), QStringLiteral("Kim"));
    const ControlAnswer taken = run("claim 1 --json");
    QCOMPARE(taken.errorKind(), QStringLiteral("refused"));
    QVERIFY(taken.err.contains("Kim"));
    QCOMPARE(run("claim 1 --force").exitCode, 0);
    QCOMPARE(run("unassign 1").exitCode, 0);
    QVERIFY(run("show 1 --json").object().value(QStringLiteral("assignee")).isNull());
    QVERIFY(run("assign 1 Nobody").exitCode != 0);
}

void AnsweringTest::channelIsFoundTestedAndRenewed()
{
    const ControlAnswer found = run({QStringLiteral("channel"), QStringLiteral("find"),
                                     QStringLiteral("@acme@") + m_server->host(), QStringLiteral("--json")});
    QVERIFY2(found.exitCode == 0, found.err.constData());
    QVERIFY(!found.array().isEmpty());
    QVERIFY(found.array().first().toObject().value(QStringLiteral("needsSignIn")).toBool());
    const ControlAnswer tested = run("channel test 1 --json");
    QVERIFY2(tested.exitCode == 0, tested.err.constData());
    m_network->revokeToken(QStringLiteral("acme"));
    QVERIFY(run("channel test 1").exitCode != 0);
    QVERIFY(run("pull").exitCode != 0);
    QCOMPARE(run("channel list --json").array().first().toObject().value(QStringLiteral("health")).toString(),
             QStringLiteral("signIn"));
    // A token is tried when it is given.
    const ControlAnswer renewed =
        run({QStringLiteral("channel"), QStringLiteral("renew"), QStringLiteral("1"), QStringLiteral("--token-file"),
             m_program->file(QStringLiteral("token")), QStringLiteral("--json")});
    QCOMPARE(renewed.errorKind(), QStringLiteral("authExpired"));
}

void AnsweringTest::copiedFileIsAdopted()
{
    ask(QStringLiteral("@acme it broke"));
    QCOMPARE(run("reply 1 once --now").exitCode, 0);
    const QString copy = m_program->file(QStringLiteral("copy.earshot"));
    QCOMPARE(run({QStringLiteral("workspace"), QStringLiteral("backup"), copy}).exitCode, 0);
    const QStringList there{QStringLiteral("--workspace"), copy};
    QVERIFY(run(QStringList{QStringLiteral("deliver")} + there).exitCode != 0);
    QVERIFY(run(QStringList{QStringLiteral("pull")} + there).exitCode != 0);
    QCOMPARE(m_network->postsOf(QStringLiteral("acme")).size(), 0);
    QCOMPARE(run(QStringList{QStringLiteral("workspace"), QStringLiteral("adopt")} + there).exitCode, 0);
    QCOMPARE(run(QStringList{QStringLiteral("pull")} + there).exitCode, 0);
    // What waited may be sent by its twin: it is for a person to say.
    static_cast<void>(run(QStringList{QStringLiteral("deliver")} + there));
    QCOMPARE(m_network->postsOf(QStringLiteral("acme")).size(), 0);
    const QJsonArray left = run(QStringList{QStringLiteral("outbox"), QStringLiteral("--json")} + there).array();
    QCOMPARE(left.first().toObject().value(QStringLiteral("state")).toString(), QStringLiteral("unsure"));
    QCOMPARE(run(QStringList{QStringLiteral("outbox"), QStringLiteral("settle"),
                             QString::number(left.first().toObject().value(QStringLiteral("id")).toInteger())} +
                 there)
                 .exitCode,
             0);
    QCOMPARE(run(QStringList{QStringLiteral("outbox"), QStringLiteral("--json")} + there).array().size(), 0);
    QCOMPARE(run("deliver").exitCode, 0);
    QCOMPARE(m_network->postsOf(QStringLiteral("acme")).size(), 1);
}

void AnsweringTest::referenceWorkspaceIsMade()
{
    const QString file = m_program->file(QStringLiteral("reference.earshot"));
    const ControlAnswer made =
        run({QStringLiteral("workspace"), QStringLiteral("generate"), file, QStringLiteral("--conversations"),
             QStringLiteral("300"), QStringLiteral("--messages"), QStringLiteral("1500")});
    QVERIFY2(made.exitCode == 0, made.err.constData());
    const QStringList there{QStringLiteral("--workspace"), file};
    const ControlAnswer verified =
        run(QStringList{QStringLiteral("workspace"), QStringLiteral("verify"), QStringLiteral("--json")} + there);
    QVERIFY2(verified.exitCode == 0, verified.err.constData());
    QCOMPARE(verified.object().value(QStringLiteral("conversations")).toInt(), 300);
    QCOMPARE(verified.object().value(QStringLiteral("messages")).toInt(), 1500);
}

QTEST_GUILESS_MAIN(AnsweringTest)
#include "tst_answering.moc"
