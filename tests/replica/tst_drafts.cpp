// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/twodesks.h"
#include "workspace/queries.h"
#include "workspace/tolddraft.h"

#include <QDir>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

using Mode = DraftRecord::Mode;

} // namespace

/// What Kim begins to write at one desk is there at Kim's other desk, and nowhere else.
class DraftsTest final : public QObject, private TwoDesks
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { begin(); }
    void cleanup() { end(); }
    void followsWhole();
    void followsLater();
    void filesStayWhereTheyAre();
    void bothTypedStay_data();
    void bothTypedStay();
    void typedInOneMomentAllStay();
    void sentIsGoneElsewhere();
    void oldCopyDoesNotComeBack();
    void longAwayDoesNotBringBackWhatIsForgotten_data();
    void longAwayDoesNotBringBackWhatIsForgotten();
    void longAwayKeepsWhatWasChangedElsewhere();
    void laterEditSurvivesSending();
    void nothingIsReplacedUnderTheHands();
    void modeOfANewerProgramStaysWhereItIs();
    void typedOnUnderTheHandsBothStay();
    void besideIsGivenUpAndKeptAgain();
    void whatReachedTheFileGoesOutAtTheNextStart();
    void closingTellsWhatWasJustTyped();
    void lostAnswerTellsNothingTwice_data();
    void lostAnswerTellsNothingTwice();
    void colleaguesNeverHave();
    void twoAgentsDraftsStay();
    void refusedOneHoldsUpNoOther();
    void olderServerIsLeftAlone();
    void tooLongOneStaysAndIsTold();
    void restoredServerIsToldAnew_data();
    void restoredServerIsToldAnew();

private:
    [[nodiscard]] QList<TypedElsewhere> elsewhere(Desktop &desktop);
};

void DraftsTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    // Nothing here shows what survives a power cut, and three files are made for each: in memory that takes half as
    // long.
    if (QFileInfo(str("/dev/shm")).isWritable())
        qputenv("TMPDIR", "/dev/shm");
}

QList<TypedElsewhere> DraftsTest::elsewhere(Desktop &desktop)
{
    return desktop.session()
        .workspace()
        .readNow<QList<TypedElsewhere>>(
            [](Database &database) { return loadTypedElsewhere(database, ServerWorld::kim, ofAll); })
        .value();
}

void DraftsTest::followsWhole()
{
    DraftRecord draft;
    draft.conversation = ofAll;
    draft.mode = Mode::privateReply;
    draft.text = str("Two\nlines “and” 🦊");
    draft.contentWarning = str("long");
    draft.basedOn = 4;
    draft.target = MessageId(1'099'511'627'777);
    draft.leftOut = {str("@a@b"), str("@c@d")};
    draft.language = str("de_DE");
    const QSignalSpy arrived(&m_other->desk(), &Desk::draftArrived);
    m_one->desk().saveDraft(draft);
    // As the desk coalesces, within seconds.
    QTRY_COMPARE(arrived.count(), 1);
    QCOMPARE(arrived.constFirst().at(0).value<ConversationId>(), ofAll);
    QCOMPARE(arrived.constFirst().at(2).toBool(), true);
    const auto loaded = m_other->session().workspace().readNow<QList<DraftRecord>>(
        [](Database &database) { return loadDrafts(database, ServerWorld::kim, ofAll); });
    QVERIFY(loaded);
    QCOMPARE(loaded->size(), 1);
    draft.updatedAt = loaded->constFirst().updatedAt;
    QCOMPARE(loaded->constFirst(), draft);
    // Typed on there, and back; each mode for itself.
    type(*m_other, "a note", ofAll, Mode::note);
    type(*m_other, "written on", ofAll, Mode::privateReply);
    QTRY_VERIFY(areAlike({str("written on"), str("a note")}));
    type(*m_other, "a better note", ofAll, Mode::noteEdit);
    QTRY_VERIFY(areAlike({str("written on"), str("a note"), str("a better note")}));
    drop(*m_other, ofAll, Mode::note);
    QTRY_VERIFY(areAlike({str("written on"), str("a better note")}));
}

void DraftsTest::followsLater()
{
    m_other->close();
    type(*m_one, "begun while the other was off");
    type(*m_one, "and a note", ofSales, Mode::note);
    m_other->open();
    QTRY_VERIFY(areAlike({str("begun while the other was off"), str("and a note")}));
    away();
    type(*m_other, "written on in the train");
    back(*m_one);
    QTRY_VERIFY(areAlike({str("written on in the train"), str("and a note")}));
}

void DraftsTest::filesStayWhereTheyAre()
{
    DraftRecord draft;
    draft.conversation = ofAll;
    draft.text = str("with a picture");
    draft.media = {{str("abc"), str("image/png"), str("a lamp")}};
    m_one->desk().saveDraft(draft);
    static_cast<void>(m_one->desk().flushPersonal());
    QTRY_COMPARE(texts(*m_other), QStringList{str("with a picture")});
    QCOMPARE(m_other->rows(str("SELECT elsewhere FROM draft")), QStringList{str("1")});
    type(*m_other, "with a picture there");
    QTRY_COMPARE(texts(*m_one), QStringList{str("with a picture there")});
    QVERIFY(m_one->rows(str("SELECT media FROM draft")).constFirst().contains(str("a lamp")));
    QCOMPARE(m_one->rows(str("SELECT elsewhere FROM draft")), QStringList{str("0")});
    QCOMPARE(m_other->rows(str("SELECT elsewhere FROM draft")), QStringList{str("1")});
}

void DraftsTest::bothTypedStay_data()
{
    QTest::addColumn<bool>("hadOneBefore");
    QTest::addColumn<bool>("isOtherNewer");
    QTest::addRow("new, the first newer") << false << false;
    QTest::addRow("new, the second newer") << false << true;
    QTest::addRow("written on, the first newer") << true << false;
    QTest::addRow("written on, the second newer") << true << true;
}

void DraftsTest::bothTypedStay()
{
    QFETCH(bool, hadOneBefore);
    QFETCH(bool, isOtherNewer);
    if (hadOneBefore) {
        type(*m_one, "before");
        QTRY_VERIFY(areAlike({str("before")}));
    }
    away();
    type(isOtherNewer ? *m_one : *m_other, "older");
    type(isOtherNewer ? *m_other : *m_one, "newer");
    back(*m_one);
    for (Desktop *desktop : {m_one.get(), m_other.get()}) {
        QTRY_COMPARE(texts(*desktop), QStringList{str("newer")});
        QTRY_COMPARE(beside(*desktop), QStringList{str("older")});
    }
    QCOMPARE(elsewhere(*m_one).size(), 1);
    QCOMPARE(elsewhere(*m_one).constFirst().device, QSysInfo::machineHostName());
    QVERIFY(isKnown(elsewhere(*m_one).constFirst().at));
}

/// The clock of the machine was set back, or there are two machines of one name.
void DraftsTest::typedInOneMomentAllStay()
{
    away();
    type(*m_one, "older");
    type(*m_other, "newer");
    back(*m_one);
    for (Desktop *desktop : {m_one.get(), m_other.get()})
        QTRY_COMPARE(beside(*desktop), QStringList{str("older")});
    QTRY_COMPARE(texts(*m_one), QStringList{str("newer")});
    away();
    m_world->clock().advance(std::chrono::seconds(-2));
    type(*m_one, "older, too");
    type(*m_other, "newest");
    back(*m_one);
    for (Desktop *desktop : {m_one.get(), m_other.get()}) {
        QTRY_COMPARE(beside(*desktop), (QStringList{str("older"), str("older, too")}));
        QTRY_COMPARE(texts(*desktop), QStringList{str("newest")});
    }
}

void DraftsTest::sentIsGoneElsewhere()
{
    type(*m_one, "to be sent");
    QTRY_VERIFY(areAlike({str("to be sent")}));
    DraftRecord draft;
    draft.conversation = ofAll;
    draft.text = str("to be sent");
    Act::SendReply reply;
    reply.conversation = ofAll;
    reply.text = draft.text;
    const auto sent = m_other->desk().performWritten({makeAction(reply, m_world->clock().now())}, draft);
    QTRY_VERIFY(sent.isFinished());
    QVERIFY(sent.result().constFirst().isApplied());
    QTRY_VERIFY(areAlike({}));
    // What is begun then is another one.
    type(*m_one, "another");
    QTRY_VERIFY(areAlike({str("another")}));
}

void DraftsTest::oldCopyDoesNotComeBack()
{
    type(*m_one, "to be discarded");
    QTRY_VERIFY(areAlike({str("to be discarded")}));
    m_other->close();
    drop(*m_one);
    QTRY_COMPARE(there(str("SELECT body FROM told_draft")), QStringList{QString()});
    m_other->open();
    QTRY_VERIFY(areAlike({}));
    // Also what is told meanwhile stays told.
    type(*m_other, "anew");
    QTRY_VERIFY(areAlike({str("anew")}));
}

void DraftsTest::longAwayDoesNotBringBackWhatIsForgotten_data()
{
    QTest::addColumn<bool>("isWrittenOn");
    QTest::addRow("as it was") << false;
    QTest::addRow("written on") << true;
}

/// What is there by a version that this device never heard of was not sent, also where others were later.
void DraftsTest::longAwayKeepsWhatWasChangedElsewhere()
{
    type(*m_one, "as it was");
    QTRY_VERIFY(areAlike({str("as it was")}));
    away();
    m_other->close();
    back(*m_one);
    type(*m_one, "changed");
    QTRY_COMPARE(there(str("SELECT version FROM told_draft")), QStringList{str("2")});
    type(*m_one, "sent", ofSales);
    QTRY_COMPARE(there(str("SELECT count(*) FROM told_draft")), QStringList{str("2")});
    drop(*m_one, ofSales);
    QTRY_COMPARE(there(str("SELECT version FROM told_draft WHERE body = ''")), QStringList{str("4")});
    m_world->clock().advance(std::chrono::days(91));
    type(*m_one, "another", ofSales);
    QTRY_COMPARE(there(str("SELECT version FROM told_draft ORDER BY version")), (QStringList{str("2"), str("5")}));
    m_other->open();
    QSignalSpy arrived(&m_other->desk(), &Desk::draftArrived);
    QTRY_VERIFY(areAlike({str("changed"), str("another")}));
    // Each once: it was never told that the first had gone.
    QTRY_COMPARE(arrived.count(), 2);
}

void DraftsTest::longAwayDoesNotBringBackWhatIsForgotten()
{
    QFETCH(bool, isWrittenOn);
    type(*m_one, "to be sent");
    type(*m_one, "stays", ofSales);
    QTRY_VERIFY(areAlike({str("to be sent"), str("stays")}));
    away();
    if (isWrittenOn)
        type(*m_other, "written on");
    m_other->close();
    back(*m_one);
    drop(*m_one);
    QTRY_COMPARE(there(str("SELECT version FROM told_draft WHERE body = ''")), QStringList{str("3")});
    // Kept while it may be of use.
    m_world->clock().advance(std::chrono::days(80));
    type(*m_one, "a note", ofAll, Mode::note);
    QTRY_COMPARE(there(str("SELECT version FROM told_draft ORDER BY version")),
                 (QStringList{str("2"), str("3"), str("4")}));
    drop(*m_one, ofAll, Mode::note);
    QTRY_COMPARE(there(str("SELECT version FROM told_draft WHERE body = '' ORDER BY version")),
                 (QStringList{str("3"), str("5")}));
    m_world->clock().advance(std::chrono::days(91));
    type(*m_one, "another note", ofSales, Mode::note);
    QTRY_COMPARE(there(str("SELECT version FROM told_draft ORDER BY version")), (QStringList{str("2"), str("6")}));
    m_other->open();
    const QStringList both{str("stays"), str("another note")};
    QTRY_VERIFY(areAlike(isWrittenOn ? QStringList{str("written on")} + both : both));
    // Once; then it knows of everything.
    type(*m_other, "and on", ofSales, Mode::note);
    QTRY_COMPARE(texts(*m_one).constLast(), str("and on"));
    QCOMPARE(texts(*m_other), texts(*m_one));
}

void DraftsTest::laterEditSurvivesSending()
{
    type(*m_one, "sent as it was");
    QTRY_VERIFY(areAlike({str("sent as it was")}));
    away();
    type(*m_other, "sent as it was, and more");
    drop(*m_one);
    back(*m_one);
    QTRY_VERIFY(areAlike({str("sent as it was, and more")}));
}

void DraftsTest::nothingIsReplacedUnderTheHands()
{
    QSignalSpy arrived(&m_other->desk(), &Desk::draftArrived);
    type(*m_one, "before");
    QTRY_VERIFY(areAlike({str("before")}));
    QTRY_COMPARE(arrived.count(), 1);
    arrived.clear();
    const QObject editor;
    m_other->desk().holdDraft(&editor, ofAll, Mode::reply);
    type(*m_one, "written on elsewhere");
    QTRY_COMPARE(arrived.count(), 1);
    QCOMPARE(arrived.constFirst().at(2).toBool(), false);
    QCOMPARE(texts(*m_other), QStringList{str("before")});
    QCOMPARE(elsewhere(*m_other).size(), 1);
    QCOMPARE(elsewhere(*m_other).constFirst().text, str("written on elsewhere"));
    // It does not take the other's away either.
    type(*m_one, "and on");
    QTRY_COMPARE(elsewhere(*m_other).constFirst().text, str("and on"));
    QCOMPARE(texts(*m_one), QStringList{str("and on")});
    m_other->desk().holdDraft(&editor, {}, {});
    QTRY_VERIFY(areAlike({str("and on")}));
    QTRY_COMPARE(arrived.constLast().at(2).toBool(), true);
    // Sent elsewhere: that is said.
    m_other->desk().holdDraft(&editor, ofAll, Mode::reply);
    drop(*m_one);
    QTRY_COMPARE(elsewhere(*m_other).size(), 1);
    QVERIFY(elsewhere(*m_other).constFirst().isGone);
    QCOMPARE(texts(*m_other), QStringList{str("and on")});
    m_other->desk().holdDraft(&editor, {}, {});
    QTRY_VERIFY(areAlike({}));
}

/// It goes nowhere, as it has no name here, and stands in nobody's way.
void DraftsTest::modeOfANewerProgramStaysWhereItIs()
{
    const auto newer = static_cast<Mode>(9);
    m_world->runSql(str("INSERT INTO told_draft (agent, conversation, mode, version, body, at) "
                        "VALUES (2, 2, 9, 1, '{\"text\": \"there\"}', 0)"));
    type(*m_one, "here", ofAll, newer);
    type(*m_one, "a reply");
    QTRY_COMPARE(texts(*m_other), QStringList{str("a reply")});
    QCOMPARE(texts(*m_one), (QStringList{str("a reply"), str("here")}));
    QCOMPARE(there(str("SELECT mode FROM told_draft ORDER BY mode")), (QStringList{str("0"), str("9")}));
    const auto shown = m_one->session().workspace().readNow<QList<DraftRecord>>(
        [](Database &database) { return loadDrafts(database, ServerWorld::kim, ofAll); });
    QVERIFY(shown && shown->size() == 1 && shown->constFirst().mode == Mode::reply);
    m_one->close();
    m_one->open();
    drop(*m_one);
    QTRY_COMPARE(texts(*m_other), QStringList());
    QCOMPARE(texts(*m_one), QStringList{str("here")});
}

void DraftsTest::typedOnUnderTheHandsBothStay()
{
    const QObject editor;
    m_other->desk().holdDraft(&editor, ofAll, Mode::reply);
    type(*m_one, "newer, from elsewhere");
    QTRY_COMPARE(elsewhere(*m_other).size(), 1);
    type(*m_other, "mine");
    for (Desktop *desktop : {m_one.get(), m_other.get()}) {
        QTRY_COMPARE(texts(*desktop), QStringList{str("mine")});
        QTRY_COMPARE(beside(*desktop), QStringList{str("newer, from elsewhere")});
    }
}

void DraftsTest::besideIsGivenUpAndKeptAgain()
{
    away();
    type(*m_one, "older");
    type(*m_other, "newer");
    back(*m_one);
    QTRY_COMPARE(beside(*m_one), QStringList{str("older")});
    QTRY_COMPARE(beside(*m_other), QStringList{str("older")});
    const TypedElsewhere typed = elsewhere(*m_one).constFirst();
    static_cast<void>(m_one->desk().settleElsewhere(ofAll, typed, false));
    QTRY_VERIFY(areAlike({str("newer")}));
    static_cast<void>(m_one->desk().settleElsewhere(ofAll, typed, true));
    QTRY_COMPARE(beside(*m_other), QStringList{str("older")});
    // The draft is sent; what stands beside it was not.
    drop(*m_one);
    QTRY_COMPARE(texts(*m_other), QStringList{QString()});
    QCOMPARE(beside(*m_other), QStringList{str("older")});
    // Of what is not taken over yet, too.
    static_cast<void>(m_one->desk().settleElsewhere(ofAll, typed, false));
    QTRY_VERIFY(beside(*m_other).isEmpty());
    const QObject editor;
    m_other->desk().holdDraft(&editor, ofAll, Mode::note);
    type(*m_one, "a note", ofAll, Mode::note);
    QTRY_COMPARE(elsewhere(*m_other).size(), 1);
    static_cast<void>(m_other->desk().settleElsewhere(ofAll, elsewhere(*m_other).constFirst(), false));
    QTRY_VERIFY(areAlike({}));
}

void DraftsTest::whatReachedTheFileGoesOutAtTheNextStart()
{
    away();
    type(*m_one, "just typed");
    m_one->close();
    m_world->start({}, m_port);
    QTRY_COMPARE(m_other->kind(), DeskStatus::Kind::current);
    QCOMPARE(texts(*m_other), QStringList());
    m_one->open();
    QTRY_VERIFY(areAlike({str("just typed")}));
}

void DraftsTest::closingTellsWhatWasJustTyped()
{
    DraftRecord draft;
    draft.conversation = ofAll;
    draft.text = str("typed in the last moment");
    m_one->desk().saveDraft(draft);
    const QFuture<Done> closed = m_one->session().close();
    QTRY_VERIFY(closed.isFinished());
    m_one->close();
    QCOMPARE(there(str("SELECT json_extract(body, '$.text') FROM told_draft")), QStringList{draft.text});
    m_one->open();
    QTRY_VERIFY(areAlike({draft.text}));
}

void DraftsTest::lostAnswerTellsNothingTwice_data()
{
    QTest::addColumn<int>("request");
    for (int request = 0; request < 4; ++request)
        QTest::addRow("%d", request) << request;
}

/// One's own words are no other text.
void DraftsTest::lostAnswerTellsNothingTwice()
{
    QFETCH(int, request);
    m_line->failRequest(request, {true, false, {}});
    for (const char *text : {"I", "I am", "I am writing"}) {
        type(*m_other, text);
        QTRY_VERIFY(there(str("SELECT body FROM told_draft")).size() == 1);
    }
    QTRY_VERIFY(areAlike({str("I am writing")}));
    for (int more = 0; !m_line->hasFailed(); ++more) {
        const QByteArray text = "and more " + QByteArray::number(more);
        type(*m_other, text.constData());
        QTRY_VERIFY(areAlike({QString::fromLatin1(text)}));
    }
}

void DraftsTest::colleaguesNeverHave()
{
    Desktop ana(*m_world, ServerWorld::ana, m_port);
    ana.open();
    QTRY_COMPARE(ana.kind(), DeskStatus::Kind::current);
    const QSignalSpy arrived(&ana.desk(), &Desk::draftArrived);
    type(*m_one, "between you and me");
    QTRY_VERIFY(areAlike({str("between you and me")}));
    // What is told after it is there.
    m_world->receive(ServerWorld::open, str("later"), str("said later"));
    QTRY_COMPARE(ana.rows(str("SELECT id FROM message WHERE text = 'said later'")).size(), 1);
    QCOMPARE(arrived.count(), 0);
    const auto client = m_world->client(ServerWorld::ana);
    QByteArray told = client->post(oneCall(str("Draft/changes"), {{str("accountId"), m_world->account()}})).body;
    told +=
        client
            ->post(oneCall(str("Row/changes"), {{str("accountId"), m_world->account()}, {str("sinceState"), str("0")}}))
            .body;
    // A colleague's of the same conversation is one of its own.
    const QJsonObject set =
        client->call(str("Draft/set"),
                     {{str("conversation"), str("1")}, {str("mode"), str("reply")}, {str("draft"), QJsonObject()}});
    QCOMPARE(set.value(str("isStored")).toBool(), true);
    told += QJsonDocument(set).toJson();
    ana.close();
    const QFileInfo replica(ana.path());
    const QFileInfoList files = replica.dir().entryInfoList({replica.fileName() + str("*")}, QDir::Files);
    QVERIFY(!files.isEmpty());
    for (const QFileInfo &file : files) {
        QFile bytes(file.filePath());
        QVERIFY(bytes.open(QIODevice::ReadOnly));
        told += bytes.readAll();
    }
    QVERIFY(told.contains("said later"));
    QVERIFY(!told.contains("between you and me"));
}

void DraftsTest::twoAgentsDraftsStay()
{
    Desktop ana(*m_world, ServerWorld::ana, m_port);
    ana.open();
    QTRY_COMPARE(ana.kind(), DeskStatus::Kind::current);
    type(*m_one, "what Kim writes");
    type(ana, "what Ana writes");
    QTRY_VERIFY(areAlike({str("what Kim writes")}));
    QTRY_COMPARE(there(str("SELECT json_extract(body, '$.text') FROM told_draft ORDER BY agent")),
                 (QStringList{str("what Ana writes"), str("what Kim writes")}));
    // One is sent: the other's is still there.
    drop(ana);
    QTRY_COMPARE(there(str("SELECT body FROM told_draft WHERE agent = 1")), QStringList{QString()});
    QVERIFY(areAlike({str("what Kim writes")}));
}

void DraftsTest::refusedOneHoldsUpNoOther()
{
    type(*m_other, "of everybody's");
    type(*m_other, "of sales", ofSales);
    QTRY_VERIFY(areAlike({str("of everybody's"), str("of sales")}));
    const QByteArray refused =
        R"({"methodResponses":[["error",{"type":"notFound","kind":"notFound"},"0"]],"sessionState":"x"})";
    // All the time: it is told again when the line comes back, or who may see what changes.
    m_line->loseRequests("\"conversation\":\"" + QByteArray::number(ofSales.value) + '"',
                         "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                             QByteArray::number(refused.size()) + "\r\n\r\n" + refused);
    drop(*m_other, ofSales);
    QTRY_VERIFY(m_line->cutCount() > 0);
    drop(*m_other);
    QTRY_COMPARE(texts(*m_one), QStringList{str("of sales")});
}

void DraftsTest::olderServerIsLeftAlone()
{
    m_other->close();
    const QByteArray unknown = R"({"methodResponses":[["error",{"type":"unknownMethod"},"0"]],"sessionState":"x"})";
    m_line->loseRequests("Draft/", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                                       QByteArray::number(unknown.size()) + "\r\n\r\n" + unknown);
    m_other->open();
    QTRY_VERIFY(m_line->cutCount() > 0);
    QTRY_COMPARE(m_other->kind(), DeskStatus::Kind::current);
    type(*m_other, "kept here");
    QVERIFY(m_other->perform({Act::AddNote{ofAll, str("a note")}}).constFirst().isApplied());
    QTRY_VERIFY(m_other->isSettled());
    QCOMPARE(texts(*m_other), QStringList{str("kept here")});
    QCOMPARE(texts(*m_one), QStringList());
    // Asked once in each session.
    QVERIFY2(m_line->cutCount() <= 2, qPrintable(QString::number(m_line->cutCount())));
    m_line->loseRequests({});
    away();
    back(*m_other);
    QTRY_VERIFY(areAlike({str("kept here")}));
}

void DraftsTest::tooLongOneStaysAndIsTold()
{
    const QSignalSpy stays(&m_one->desk(), &Desk::draftStays);
    const QByteArray text(300'000, 'x');
    type(*m_one, text.constData());
    QTRY_COMPARE(stays.count(), 1);
    QCOMPARE(stays.constFirst().constFirst().value<Error>().kind, ErrorKind::tooLarge);
    type(*m_one, "a note", ofAll, Mode::note);
    QTRY_COMPARE(texts(*m_other), QStringList{str("a note")});
    QCOMPARE(texts(*m_one).constFirst().size(), text.size());
    QCOMPARE(stays.count(), 1);
    type(*m_one, "shorter");
    QTRY_VERIFY(areAlike({str("shorter"), str("a note")}));
}

void DraftsTest::restoredServerIsToldAnew_data()
{
    QTest::addColumn<bool>("isNoticed");
    QTest::addRow("as another incarnation") << true;
    QTest::addRow("unawares") << false;
}

void DraftsTest::restoredServerIsToldAnew()
{
    QFETCH(bool, isNoticed);
    type(*m_one, "in the backup");
    QTRY_VERIFY(areAlike({str("in the backup")}));
    QTemporaryDir folder;
    const QString backup = folder.filePath(str("backup.earshot"));
    m_world->backUp(backup);
    type(*m_one, "written on after it");
    type(*m_one, "begun after it", ofSales, Mode::note);
    QTRY_VERIFY(areAlike({str("written on after it"), str("begun after it")}));
    if (isNoticed) {
        m_world->receive(ServerWorld::open, str("later"), str("said later"));
        for (Desktop *desktop : {m_one.get(), m_other.get()})
            QTRY_COMPARE(desktop->rows(str("SELECT id FROM message WHERE text = 'said later'")).size(), 1);
    }
    m_world->restore(backup);
    m_world->start({}, m_port);
    // Those of before may stand beside.
    for (Desktop *desktop : {m_one.get(), m_other.get()}) {
        QTRY_COMPARE(texts(*desktop), (QStringList{str("written on after it"), str("begun after it")}));
        QTRY_COMPARE(desktop->kind(), DeskStatus::Kind::current);
    }
    QTRY_COMPARE(there(str("SELECT json_extract(body, '$.text') FROM told_draft ORDER BY conversation")),
                 (QStringList{str("written on after it"), str("begun after it")}));
}

QTEST_GUILESS_MAIN(DraftsTest)
#include "tst_drafts.moc"
