// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/outboxbatch.h"
#include "replica/serverera.h"
#include "tests/networks/await.h"
#include "tests/replica/failingdisk.h"
#include "tests/replica/oneagent.h"

#include <QTest>

using namespace Earshot;

/// The k-th access to the disk fails, for every k until none does, while a replica finds out that its server was
/// restored and judges what was done before that: as a whole or not at all, and no words are gone.
class FailingEraTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { end(); }
    void judging();
    void restoring();

private:
    [[nodiscard]] Workspace &workspace() { return m_kim->session().workspace(); }
    /// In a conversation that the restored server does not know.
    void type(ConversationId conversation, const QString &text);
    /// All that waits is believed to be on its way.
    void sendInVain();
    /// What a person finds: what waits, what is to be looked at, and what was begun to be written.
    [[nodiscard]] QStringList whatIsHere();
    void discardAll();

    QTemporaryDir m_folder;
};

void FailingEraTest::init()
{
    // The world's clock stands, so nothing is ever given back of what one may ask for: enough for all rounds.
    ServerLimits limits;
    limits.requestBurst = 100'000;
    begin(limits);
}

void FailingEraTest::type(ConversationId conversation, const QString &text)
{
    DraftRecord draft;
    draft.conversation = conversation;
    draft.text = text;
    draft.basedOn = m_kim->conversation(conversation).seq;
    m_kim->desk().saveDraft(draft);
    [&] { QVERIFY(await(m_kim->desk().flushPersonal())); }();
}

void FailingEraTest::sendInVain()
{
    const auto taken = await(workspace().write<void>(Urgency::interactive, [](Writing &writing) {
        return takeBatch(writing, {10, 0}, {}).map([](const OutboxBatch &) {});
    }));
    [&] { QVERIFY(taken); }();
}

QStringList FailingEraTest::whatIsHere()
{
    return m_kim->rows(str("SELECT id || ' ' || state || ' ' || coalesce(number, '') || ' ' || era || ' ' || body "
                           "FROM outbox ORDER BY id")) +
           m_kim->rows(str("SELECT conversation || ' ' || text FROM draft ORDER BY conversation")) +
           m_kim->rows(str("SELECT id || ' ' || text FROM message WHERE kind <> 0 ORDER BY id")) +
           m_kim->rows(str("SELECT value FROM meta WHERE name IN ('replica_judged', 'replica_state') ORDER BY name"));
}

void FailingEraTest::discardAll()
{
    for (const QString &entry : m_kim->rows(str("SELECT id FROM outbox WHERE state IN (0, 3)")))
        QVERIFY(await(m_kim->desk().discard(entry.toLongLong())));
    QCOMPARE(m_kim->rows(str("SELECT id FROM outbox")), QStringList());
}

/// A note, which is done again, a reply, which may be out, and what was begun in a conversation that is another one.
void FailingEraTest::judging()
{
    m_world->receive(ServerWorld::open, str("theirs"), str("a new matter"));
    const ConversationId made(there(str("SELECT max(id) FROM conversation")).constFirst().toLongLong());
    const Seq before =
        there(str("SELECT created_seq FROM conversation WHERE id = %1").arg(made.value)).constFirst().toLongLong() - 1;
    QTRY_COMPARE(m_kim->conversation(made).id, made);
    stop();
    const auto file = ReplicaFile::on(workspace());
    int failures = 0;
    bool wasMet = true;
    for (int k = 0; wasMet; ++k) {
        QVERIFY(does(note(1, "noted")));
        QVERIFY(does(replyTo(ConversationId(2), str("said"))));
        type(made, str("half a sentence"));
        sendInVain();
        ServerEra era;
        era.incarnation = str("restored%1").arg(k, 4, 10, QChar(u'0'));
        era.alike.insert(m_kim->rows(str("SELECT value FROM meta WHERE name = 'replica_judged'")).constFirst(), before);
        QVERIFY((*file)->enterEra(era));
        const QString state = str("%1-%2").arg(era.incarnation).arg(numberOfState((*file)->state()));
        const QStringList here = whatIsHere();
        Done judged;
        {
            const FailingDisk disk(workspace(), k);
            judged = (*file)->takeRows({}, state, true);
            wasMet = disk.wasMet();
        }
        if (!judged) {
            ++failures;
            QCOMPARE(whatIsHere(), here);
            QVERIFY((*file)->takeRows({}, state, true));
        }
        QCOMPARE(trouble(), (QStringList{str("said restored"), str("half a sentence restored")}));
        QCOMPARE(m_kim->rows(str("SELECT json_extract(body, '$.arguments.text') || ' ' || coalesce(number, 'none') "
                                 "FROM outbox WHERE state = 0")),
                 QStringList{str("noted none")});
        QCOMPARE(m_kim->rows(str("SELECT text FROM message WHERE kind <> 0")), QStringList{str("noted")});
        QCOMPARE(m_kim->rows(str("SELECT text FROM draft")), QStringList());
        discardAll();
    }
    QVERIFY2(failures > 20, qPrintable(QString::number(failures)));
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(trouble(), QStringList());
}

/// All of it, from the server's first word on. Most accesses are those of rows that come anew, and alike: of them the
/// later ones fail here and there.
void FailingEraTest::restoring()
{
    const QString copy = m_folder.filePath(str("copy"));
    int rounds = 0;
    bool wasMet = true;
    for (int k = 0; wasMet; k += 1 + k / 12) {
        QFile::remove(copy);
        m_world->backUp(copy);
        const QString noted = str("noted %1").arg(k);
        const QString said = str("said %1").arg(k);
        QVERIFY(does(note(1, qPrintable(noted))));
        QVERIFY(does(replyTo(ConversationId(2), said)));
        QVERIFY2(comesTrue([this] { return isEqual(); }), qPrintable(noted));
        m_world->restore(copy);
        {
            const FailingDisk disk(workspace(), k);
            Server::Options options;
            options.limits.requestBurst = 100'000;
            m_world->start(options, m_port);
            QVERIFY2(comesTrue([&] { return timesSaid(noted) == 1 && isEqual(); }), qPrintable(noted));
            wasMet = disk.wasMet();
        }
        QCOMPARE(timesSaid(noted), 1);
        QCOMPARE(timesSaid(said), 0);
        QCOMPARE(trouble(), QStringList{said + str(" restored")});
        for (const QString &entry : m_kim->rows(str("SELECT id FROM outbox WHERE state = 3")))
            QVERIFY(await(m_kim->desk().discard(entry.toLongLong())));
        ++rounds;
    }
    QVERIFY2(rounds > 20, qPrintable(QString::number(rounds)));
}

QTEST_GUILESS_MAIN(FailingEraTest)
#include "tst_failingera.moc"
