// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courierworld.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

/// Who may read a reply and who is told of it: from the action to the network.
class ReadersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void everybodyNamedIsTold();
    void whoWasTakenOffIsNotTold();
    void asideReachesTheAuthorAlone();
    void privateStaysPrivateUnlessSaid();

private:
    void ask(const QString &text, Visibility visibility = Visibility::everyone);
    [[nodiscard]] Outcome send(Act::SendReply reply);
    /// The id of what was published; empty when it was not.
    [[nodiscard]] QString published();

    std::unique_ptr<CourierWorld> m_world;
};

void ReadersTest::init()
{
    m_world = std::make_unique<CourierWorld>(FakeMastodon::Dialect::mastodon);
    m_world->server->addPerson(QStringLiteral("jo"));
}

void ReadersTest::ask(const QString &text, Visibility visibility)
{
    m_world->clock.advance(std::chrono::seconds(1));
    m_world->server->setTime(m_world->clock.now());
    FakeMastodon::Manner manner;
    manner.visibility = visibility;
    m_world->server->post(QStringLiteral("mira"), text, manner);
    QVERIFY(!m_world->pull().error);
}

Outcome ReadersTest::send(Act::SendReply reply)
{
    reply.conversation = ConversationId(1);
    reply.text = QStringLiteral("We look into it");
    return resultOf(m_world->desk->perform({makeAction(reply, m_world->clock.now())})).constFirst();
}

QString ReadersTest::published()
{
    static_cast<void>(m_world->deliver());
    const QStringList posts = m_world->server->postsOf(QStringLiteral("acme"));
    return posts.isEmpty() ? QString() : posts.constLast();
}

void ReadersTest::everybodyNamedIsTold()
{
    ask(QStringLiteral("@acme it broke, @jo has it too"));
    const Outcome sent = send({});
    QVERIFY(sent.isApplied());
    const QString text = m_world->server->textOfPost(published());
    QVERIFY(text.contains(QLatin1StringView("@mira")));
    QVERIFY(text.contains(QLatin1StringView("@jo")));
    const DeliveryJob job = m_world->job(DeliveryId(sent.created));
    QCOMPARE(job.outgoing->recipients->size(), 2);
}

void ReadersTest::whoWasTakenOffIsNotTold()
{
    ask(QStringLiteral("@acme it broke, @jo has it too"));
    Act::SendReply reply;
    reply.leftOut = {QStringLiteral("@jo@social.example")};
    const Outcome sent = send(reply);
    QVERIFY(sent.isApplied());
    const QString text = m_world->server->textOfPost(published());
    QVERIFY(text.contains(QLatin1StringView("@mira")));
    QVERIFY(!text.contains(QLatin1StringView("@jo")));
    const DeliveryJob job = m_world->job(DeliveryId(sent.created));
    QCOMPARE(*job.outgoing->recipients, QStringList(QStringLiteral("@mira@social.example")));
}

void ReadersTest::asideReachesTheAuthorAlone()
{
    ask(QStringLiteral("@acme it broke, @jo has it too"));
    Act::SendReply reply;
    reply.visibility = Visibility::direct;
    QVERIFY(send(reply).isApplied());
    const QString post = published();
    QCOMPARE(m_world->server->visibilityOf(post), Visibility::direct);
    QVERIFY(m_world->server->textOfPost(post).contains(QLatin1StringView("@mira")));
    QVERIFY(!m_world->server->textOfPost(post).contains(QLatin1StringView("@jo")));
}

void ReadersTest::privateStaysPrivateUnlessSaid()
{
    ask(QStringLiteral("@acme my number is 7"), Visibility::direct);
    Act::SendReply reply;
    reply.visibility = Visibility::everyone;
    QCOMPARE(send(reply).refusal.kind, RefusalKind::moreReaders);
    QCOMPARE(published(), QString());
    reply.mayWiden = true;
    QVERIFY(send(reply).isApplied());
    QCOMPARE(m_world->server->visibilityOf(published()), Visibility::everyone);
}

QTEST_GUILESS_MAIN(ReadersTest)
#include "tst_readers.moc"
