// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/networks/await.h"
#include "tests/replica/oneagent.h"
#include "workspace/mediafolder.h"
#include "workspace/upkeep.h"

#include <QDir>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

/// A copy of a replica is for reading: nothing of it is ever sent.
class FrozenTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { begin(); }
    void cleanup() { end(); }
    void carriesNothingToSend();
    void carriesNothingPersonal();
    void takesOnlyPicturesThatAreShown();
    void followsNobody();

private:
    [[nodiscard]] QString copy() const
    {
        return m_folder.filePath(str("%1.earshot").arg(QString::fromLatin1(QTest::currentTestFunction())));
    }
    QTemporaryDir m_folder;
};

void FrozenTest::carriesNothingToSend()
{
    stop();
    QVERIFY(does(note(1, "notesecret")));
    QVERIFY(does(Act::Claim{ConversationId(2)}));
    DraftRecord draft;
    draft.conversation = ConversationId(3);
    draft.text = str("draftsecret");
    m_kim->desk().saveDraft(draft);
    const auto flushed = m_kim->desk().flushPersonal();
    QTRY_VERIFY(flushed.isFinished());
    QCOMPARE(m_kim->rows(str("SELECT count(*) FROM outbox")), QStringList{str("2")});
    QCOMPARE(m_kim->rows(str("SELECT count(*) FROM draft")), QStringList{str("1")});
    const Done copied = backupWorkspace(m_kim->path(), copy());
    QVERIFY2(copied, copied ? "" : qPrintable(word(copied.error().kind) + copied.error().detail));
    {
        const auto frozen = Workspace::open(copy(), Workspace::Access::readOnly, m_world->clock());
        QVERIFY(frozen);
        QCOMPARE(firstColumn(**frozen, str("SELECT count(*) FROM outbox UNION ALL SELECT count(*) FROM draft")),
                 (QStringList{str("0"), str("0")}));
        // As the server said last.
        QCOMPARE(firstColumn(**frozen, str("SELECT assignee FROM conversation WHERE id = 2")), QStringList{QString()});
        QCOMPARE(firstColumn(**frozen, str("SELECT count(*) FROM message WHERE id >= 4611686018427387904")),
                 QStringList{str("0")});
    }
    QVERIFY(verifyWorkspace(copy())->isSound());
    // The replica keeps all of it, and sends it.
    QCOMPARE(m_kim->rows(str("SELECT text FROM draft")), QStringList{str("draftsecret")});
    start();
    QTRY_VERIFY(isEqual());
    QCOMPARE(there(str("SELECT assignee FROM conversation WHERE id = 2")),
             QStringList{QString::number(ServerWorld::kim.value)});
}

/// What Kim made for Kim alone is for no reviewer; who goes on with a backup needs it.
void FrozenTest::carriesNothingPersonal()
{
    ViewRecord view;
    view.uuid = str("kims-own");
    view.content.name = str("viewsecret");
    m_kim->desk().saveView(view);
    m_kim->desk().markSeen(ConversationId(1), MessageId(1));
    m_kim->desk().saveSetting(str("some"), str("settingsecret"));
    const auto flushed = m_kim->desk().flushPersonal();
    QTRY_VERIFY(flushed.isFinished());
    const QString personal =
        str("SELECT count(*) FROM own_view UNION ALL SELECT count(*) FROM setting WHERE agent <> 0");
    QTRY_COMPARE(there(str("SELECT name FROM own_view")), QStringList{str("viewsecret")});
    QTRY_COMPARE(there(str("SELECT count(*) FROM seen")), QStringList{str("1")});
    QVERIFY(backupWorkspace(m_kim->path(), copy()));
    {
        const auto frozen = Workspace::open(copy(), Workspace::Access::readOnly, m_world->clock());
        QVERIFY(frozen);
        QCOMPARE(firstColumn(**frozen, personal), (QStringList{str("0"), str("0")}));
        // As it looked to them.
        QCOMPARE(firstColumn(**frozen, str("SELECT count(*) FROM seen")), QStringList{str("1")});
        QCOMPARE(firstColumn(**frozen, str("SELECT count(*) FROM view_filter WHERE uuid = 'kims-own'")),
                 QStringList{str("0")});
    }
    QVERIFY(verifyWorkspace(copy())->isSound());
    // The replica and a backup of the server's keep it.
    QVERIFY(!m_kim->rows(personal).contains(str("0")));
    const QString backup = m_folder.filePath(str("backup.earshot"));
    m_world->backUp(backup);
    const auto kept = Workspace::open(backup, Workspace::Access::readOnly, m_world->clock());
    QVERIFY(kept);
    QCOMPARE(firstColumn(**kept, str("SELECT name FROM own_view")), QStringList{str("viewsecret")});
    QCOMPARE(firstColumn(**kept, str("SELECT count(*) FROM seen")), QStringList{str("1")});
}

/// Nor the pictures of what somebody has only begun.
void FrozenTest::takesOnlyPicturesThatAreShown()
{
    DraftRecord draft;
    draft.conversation = ConversationId(3);
    const QString mediaFolder = m_kim->path() + str(".media");
    const auto picture = keepMediaBytes(mediaFolder, "picturesecret");
    QVERIFY(picture);
    draft.media.append({*picture, str("image/png"), str("a picture")});
    const auto shown = keepMediaBytes(mediaFolder, "shown to all");
    QVERIFY(shown);
    QVERIFY(await(m_kim->session().workspace().write<void>(Urgency::interactive, [hash = *shown](Writing &writing) {
        writing.database().execute(
            str("INSERT INTO media (id, seq, created_seq, channel, message, position, remote_url, "
                "preview_url, hash, type, description, width, height) SELECT 900, seq, seq, "
                "channel, id, 0, '', '', '%1', 'image/png', '', 0, 0 FROM message LIMIT 1")
                .arg(hash));
        return writing.database().done();
    })));
    m_kim->desk().saveDraft(draft);
    const auto flushed = m_kim->desk().flushPersonal();
    QTRY_VERIFY(flushed.isFinished());
    QCOMPARE(QDir(mediaFolder).entryList(QDir::Files).size(), 2);
    QVERIFY(backupWorkspace(m_kim->path(), copy()));
    QCOMPARE(QDir(copy() + str(".media")).entryList(QDir::Files), QStringList{*shown});
}

void FrozenTest::followsNobody()
{
    const Done copied = backupWorkspace(m_kim->path(), copy());
    QVERIFY2(copied, copied ? "" : qPrintable(word(copied.error().kind) + copied.error().detail));
    const auto description = ReplicaFile::describe(copy());
    QVERIFY(description);
    QVERIFY(description->isFrozen);
    QCOMPARE(description->asOf, ReplicaFile::describe(m_kim->path())->asOf);
    QVERIFY(!ReplicaFile::describe(m_kim->path())->isFrozen);
    ReplicaSession::Options options;
    options.path = copy();
    options.token = Secret(m_world->token(ServerWorld::kim));
    const auto session = ReplicaSession::open(options, m_world->clock());
    QVERIFY(!session);
    QCOMPARE(session.error().kind, ErrorKind::readOnly);
    QCOMPARE(ReplicaFile::open(copy(), m_world->clock()).error().kind, ErrorKind::readOnly);
    // A copy of a copy is one too.
    const QString again = m_folder.filePath(str("again.earshot"));
    QVERIFY(backupWorkspace(copy(), again));
    QVERIFY(ReplicaFile::describe(again)->isFrozen);
}

QTEST_GUILESS_MAIN(FrozenTest)
#include "tst_frozen.moc"
