// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/oneagent.h"
#include "workspace/mediafolder.h"

#include <QTest>

#include <algorithm>

using namespace Earshot;

/// Files may take hours on a slow line: what has nothing to do with them goes beside; in each conversation the order
/// stays.
class BesideFilesTest final : public QObject, private OneAgent
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin({}); }
    void cleanup() { end(); }
    void otherConversationsDoNotWait();
    void whatBuildsOnItWaits();
    void failingFileHoldsUpNothing();
    void newWayIsTriedAtOnce_data();
    void newWayIsTriedAtOnce();
    void alsoForWhatHasNoFiles();
    void severalArriveThroughACutLine();

private:
    /// A reply with a small picture.
    [[nodiscard]] Act::SendReply pictured(const char *text, int pictures = 1);
    /// What was said in a conversation by Kim, as the server has it.
    [[nodiscard]] QStringList said(int conversation)
    {
        return there(
            str("SELECT text FROM message WHERE conversation = %1 AND agent = 2 ORDER BY id").arg(conversation));
    }
};

Act::SendReply BesideFilesTest::pictured(const char *text, int pictures)
{
    const QByteArray bytes = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
    Act::SendReply reply = replyTo(ConversationId(1), str(text));
    for (int i = 0; i < pictures; ++i) {
        const QByteArray other = bytes + QByteArray(i, ';');
        const QString hash = keepMediaBytes(m_kim->session().workspace().mediaFolder(), other).value();
        reply.media.append({hash, str("image/gif"), {}});
    }
    return reply;
}

void BesideFilesTest::otherConversationsDoNotWait()
{
    stop();
    QVERIFY(does(note(1, "before it")));
    QVERIFY(does(pictured("See the picture")));
    QVERIFY(does(note(1, "after it")));
    QVERIFY(does(note(3, "elsewhere")));
    QVERIFY(does(replyTo(ConversationId(3), str("a reply elsewhere"))));
    m_proxy->holdNextWith("POST /jmap/upload");
    start();
    QTRY_COMPARE(said(3), (QStringList{str("elsewhere"), str("a reply elsewhere")}));
    QTRY_COMPARE(m_kim->kind(), DeskStatus::Kind::current);
    // Also what is done meanwhile.
    QVERIFY(does(note(5, "meanwhile")));
    QTRY_COMPARE(said(5), QStringList{str("meanwhile")});
    QVERIFY(does(note(1, "after that")));
    QTRY_COMPARE(m_proxy->heldCount(), 1);
    QCOMPARE(said(1), QStringList{str("before it")});
    m_proxy->letHeldGo();
    QTRY_VERIFY(isEqual());
    QCOMPARE(said(1), (QStringList{str("before it"), str("See the picture"), str("after it"), str("after that")}));
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

/// Also where it is in another conversation, or in none.
void BesideFilesTest::whatBuildsOnItWaits()
{
    stop();
    QVERIFY(does(pictured("See the picture")));
    QVERIFY(does(Act::SetStatus{ConversationId(3), Status::resolved, Reason::duplicate, ConversationId(1)}));
    QVERIFY(does(note(3, "it is a duplicate")));
    QVERIFY(does(note(5, "elsewhere")));
    m_proxy->holdNextWith("POST /jmap/upload");
    start();
    QTRY_COMPARE(said(5), QStringList{str("elsewhere")});
    QCOMPARE(said(3), QStringList());
    QCOMPARE(there(str("SELECT id FROM journal WHERE kind = 'setStatus'")), QStringList());
    QTRY_COMPARE(m_proxy->heldCount(), 1);
    m_proxy->letHeldGo();
    QTRY_VERIFY(isEqual());
    QCOMPARE(said(3), QStringList{str("it is a duplicate")});
    QCOMPARE(timesSaid(str("See the picture")), 1);
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

/// As on a line that is too slow for the server's patience.
void BesideFilesTest::failingFileHoldsUpNothing()
{
    m_proxy->cutAnswersTo("POST /jmap/upload");
    stop();
    QVERIFY(does(pictured("See the picture")));
    start();
    QTRY_VERIFY(m_proxy->cutCount() > 1);
    for (int i = 0; i < 5; ++i) {
        const QString text = str("elsewhere %1").arg(i);
        QVERIFY(does(Act::AddNote{ConversationId(3), text}));
        QTRY_COMPARE(timesSaid(text), 1);
    }
    QCOMPARE(timesSaid(str("See the picture")), 0);
    m_proxy->cutAnswersTo({});
    QTRY_COMPARE(timesSaid(str("See the picture")), 1);
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

void BesideFilesTest::newWayIsTriedAtOnce_data()
{
    QTest::addColumn<bool>("isDead");
    QTest::newRow("the old way is dead") << true;
    QTest::newRow("the old one arrives all the same, and later") << false;
}

/// After a change of network the old way says nothing any more, for minutes.
void BesideFilesTest::newWayIsTriedAtOnce()
{
    QFETCH(bool, isDead);
    m_proxy->holdNextWith("POST /jmap/upload");
    QVERIFY(does(pictured("See the picture")));
    QTRY_COMPARE(m_proxy->heldCount(), 1);
    m_kim->session().tryNow();
    QTRY_COMPARE(timesSaid(str("See the picture")), 1);
    if (!isDead)
        m_proxy->letHeldGo();
    QTRY_VERIFY(isEqual());
    QVERIFY(does(note(1, "after it")));
    QTRY_COMPARE(said(1), (QStringList{str("See the picture"), str("after it")}));
    QCOMPARE(m_kim->desk().refusedCount(), 0);
    m_proxy->letHeldGo();
}

/// Its answer is waited for as long as the old way may say something; what comes after it is not to wait for that.
void BesideFilesTest::alsoForWhatHasNoFiles()
{
    m_proxy->holdNextWith("Action/perform");
    QVERIFY(does(note(1, "on its way")));
    QTRY_COMPARE(m_proxy->heldCount(), 1);
    QVERIFY(does(note(1, "after it")));
    m_kim->session().tryNow();
    QTRY_COMPARE_WITH_TIMEOUT(said(1), (QStringList{str("on its way"), str("after it")}), 15'000);
    m_proxy->letHeldGo();
    QTRY_VERIFY(isEqual());
    QCOMPARE(timesSaid(str("on its way")), 1);
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

/// A new session begins while the second one is on its way: the first one is there already.
void BesideFilesTest::severalArriveThroughACutLine()
{
    const auto uploads = [this] {
        return std::ranges::count_if(m_proxy->requests(),
                                     [](const QByteArray &line) { return line.startsWith("POST /jmap/upload"); });
    };
    m_proxy->holdNextWith("POST /jmap/upload");
    QVERIFY(does(pictured("See the pictures", 2)));
    QTRY_COMPARE(m_proxy->heldCount(), 1);
    m_proxy->holdNextWith("POST /jmap/upload");
    m_proxy->letHeldGo();
    QTRY_COMPARE(m_proxy->heldCount(), 2);
    m_kim->session().tryNow();
    QTRY_COMPARE(timesSaid(str("See the pictures")), 1);
    // The first, the second, and that beside.
    QCOMPARE(uploads(), 3);
    m_proxy->letHeldGo();
    QTRY_VERIFY(isEqual());
    QCOMPARE(m_kim->desk().refusedCount(), 0);
}

QTEST_GUILESS_MAIN(BesideFilesTest)
#include "tst_besidefiles.moc"
