// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/replica/desktop.h"
#include "tests/server/cuttingproxy.h"

#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// A desk tells the server of a draft and ends before it has noted the answer: nothing that was typed is lost, and
/// nothing of it is there twice, here, there and at the agent's other desk.
class DraftToldTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void endedBeforeTheAnswerIsNoted_data();
    void endedBeforeTheAnswerIsNoted();
    void endedAndTypedOn_data();
    void endedAndTypedOn();
    void goneElsewhereBeforeItWakes_data();
    void goneElsewhereBeforeItWakes();
    void changedAndDiscardedElsewhere();
    void typedAnewAfterItWasDiscarded();

private:
    void type(Desktop &desktop, const QString &text);
    [[nodiscard]] QStringList told()
    {
        return firstColumn(m_world->workspace(),
                           str("SELECT json_extract(body, '$.text') FROM told_draft WHERE agent = 2 AND body <> ''"));
    }
    /// Those beside it, too.
    [[nodiscard]] static QStringList drafts(Desktop &desktop)
    {
        return desktop.rows(str("SELECT text FROM draft ORDER BY text"));
    }

    /// The first desk has the server's answer.
    [[nodiscard]] bool isNoted()
    {
        return m_one->rows(str("SELECT said FROM draft_state WHERE known <> ''")) == QStringList(QString());
    }

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<CuttingProxy> m_line; ///< of the first desk
    std::unique_ptr<Desktop> m_one;
    std::unique_ptr<Desktop> m_other;
    quint16 m_port = 0;
};

void DraftToldTest::init()
{
    ServerLimits limits;
    limits.requestsPerSecond = limits.requestBurst = 100'000;
    m_world = std::make_unique<ServerWorld>(limits);
    m_port = m_world->server().port();
    m_line = std::make_unique<CuttingProxy>(str("127.0.0.1"), m_port);
    m_one = std::make_unique<Desktop>(*m_world, ServerWorld::kim, m_line->serverPort());
    m_other = std::make_unique<Desktop>(*m_world, ServerWorld::kim, m_port);
    for (Desktop *desktop : {m_one.get(), m_other.get()}) {
        desktop->open();
        QTRY_COMPARE(desktop->kind(), DeskStatus::Kind::current);
    }
}

void DraftToldTest::cleanup()
{
    m_other.reset();
    m_one.reset();
    m_line.reset();
    m_world.reset();
}

/// As far as the file. Nothing = it is dropped.
void DraftToldTest::type(Desktop &desktop, const QString &text)
{
    DraftRecord draft;
    draft.conversation = ConversationId(1);
    draft.text = text;
    m_world->clock().advance(std::chrono::seconds(1));
    if (text.isEmpty())
        desktop.desk().dropDraft(draft.conversation, draft.mode);
    else
        desktop.desk().saveDraft(draft);
    const QFuture<Done> written = desktop.desk().flushPersonal();
    QTRY_VERIFY(written.isFinished());
    QVERIFY(written.result());
}

void DraftToldTest::endedBeforeTheAnswerIsNoted_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("typed");
    QTest::newRow("a new one") << QString() << str("half a word");
    QTest::newRow("one that was known") << str("half") << str("half a word");
    QTest::newRow("dropped") << str("half a word") << QString();
}

void DraftToldTest::endedBeforeTheAnswerIsNoted()
{
    QFETCH(QString, before);
    QFETCH(QString, typed);
    const auto only = [](const QString &text) { return text.isEmpty() ? QStringList() : QStringList(text); };
    if (!before.isEmpty()) {
        type(*m_one, before);
        QTRY_COMPARE(drafts(*m_other), only(before));
        QTRY_VERIFY(isNoted());
    }
    m_line->cutAnswersWith("Draft/set");
    type(*m_one, typed);
    QTRY_COMPARE(told(), only(typed));
    QTRY_VERIFY(m_line->cutCount() > 0);
    m_one->close();
    m_line->cutAnswersWith({});
    m_one->open();
    const QStringList last = only(typed);
    QTRY_COMPARE(m_one->kind(), DeskStatus::Kind::current);
    QTRY_COMPARE(told(), last);
    QTRY_COMPARE(drafts(*m_other), last);
    QTRY_COMPARE(drafts(*m_one), last);
    // Nor does it come back: the next one follows as usual.
    type(*m_one, str("the end"));
    QTRY_COMPARE(drafts(*m_other), QStringList(str("the end")));
    QCOMPARE(drafts(*m_one), QStringList(str("the end")));
    QCOMPARE(told(), QStringList(str("the end")));
}

void DraftToldTest::endedAndTypedOn_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("a new one") << QString() << str("half a word more");
    QTest::newRow("one that was known") << str("half") << str("half a word more");
    QTest::newRow("dropped afterwards") << str("half") << QString();
    QTest::newRow("typed back") << str("half") << str("half");
}

/// Without the server at first: what it was told before is no other text.
void DraftToldTest::endedAndTypedOn()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const QStringList last = after.isEmpty() ? QStringList() : QStringList(after);
    if (!before.isEmpty()) {
        type(*m_one, before);
        QTRY_COMPARE(drafts(*m_other), QStringList(before));
        QTRY_VERIFY(isNoted());
    }
    m_line->cutAnswersWith("Draft/set");
    type(*m_one, str("half a word"));
    QTRY_COMPARE(told(), QStringList(str("half a word")));
    QTRY_VERIFY(m_line->cutCount() > 0);
    m_one->close();
    m_line->cutAnswersWith({});
    m_line->stopAfter(0);
    m_one->open();
    type(*m_one, after);
    m_line->goOn();
    m_one->session().tryNow();
    QTRY_COMPARE(m_one->kind(), DeskStatus::Kind::current);
    QTRY_COMPARE(told(), last);
    QTRY_COMPARE(drafts(*m_other), last);
    QCOMPARE(drafts(*m_one), last);
}

void DraftToldTest::goneElsewhereBeforeItWakes_data()
{
    QTest::addColumn<QString>("sent");
    QTest::addColumn<bool>("isArriving");
    QTest::addColumn<QStringList>("last");
    const QStringList stays{str("half a word")};
    QTest::newRow("sent") << str("half a word") << true << QStringList();
    QTest::newRow("typed on and sent") << str("half a word, and on.") << true << QStringList();
    QTest::newRow("discarded") << QString() << true << QStringList();
    QTest::newRow("another one is sent in its place") << str("half of another") << true << QStringList();
    // What nobody but this desk has seen nobody has discarded.
    QTest::newRow("it came to nobody") << str("half") << false << stays;
    QTest::newRow("it came to nobody, and what was there is discarded") << QString() << false << stays;
}

/// The answer to what was told is lost, and the machine sleeps; the other desk has the text, and is done with it.
void DraftToldTest::goneElsewhereBeforeItWakes()
{
    QFETCH(QString, sent);
    QFETCH(bool, isArriving);
    QFETCH(QStringList, last);
    const QStringList before = isArriving ? QStringList() : QStringList(str("half"));
    if (!isArriving) {
        type(*m_one, str("half"));
        QTRY_COMPARE(drafts(*m_other), before);
        QTRY_VERIFY(isNoted());
        m_line->loseRequests("Draft/set");
        type(*m_one, str("half a word"));
        QTRY_COMPARE(m_one->rows(str("SELECT said FROM draft_state WHERE said <> ''")).size(), 1);
    } else {
        // Nor does it hear of it by asking.
        m_line->cutAnswersWith("Draft/");
        type(*m_one, str("half a word"));
        QTRY_COMPARE(told(), QStringList(str("half a word")));
        QTRY_VERIFY(m_line->cutCount() > 0);
    }
    m_one->close();
    QTRY_COMPARE(drafts(*m_other), isArriving ? QStringList(str("half a word")) : before);
    DraftRecord draft;
    draft.conversation = ConversationId(1);
    draft.text = sent;
    Act::SendReply reply;
    reply.conversation = draft.conversation;
    reply.text = sent;
    if (sent.isEmpty()) {
        type(*m_other, QString());
    } else {
        const auto done = m_other->desk().performWritten({makeAction(reply, m_world->clock().now())}, draft);
        QTRY_VERIFY(done.isFinished());
        QVERIFY(done.result().constFirst().isApplied());
    }
    QTRY_COMPARE(told(), QStringList());
    QTRY_VERIFY(m_other->isSettled());
    m_line->cutAnswersWith({});
    m_line->loseRequests({});
    m_one->open();
    QTRY_COMPARE(m_one->kind(), DeskStatus::Kind::current);
    QTRY_COMPARE(m_one->rows(str("SELECT conversation FROM draft_state WHERE said <> ''")), QStringList());
    QTRY_COMPARE(drafts(*m_one), last);
    QTRY_COMPARE(told(), last);
    QTRY_COMPARE(drafts(*m_other), last);
}

/// It is in no text that is there, and comes back no more than what became of it.
void DraftToldTest::changedAndDiscardedElsewhere()
{
    m_line->cutAnswersWith("Draft/");
    type(*m_one, str("half a word"));
    QTRY_COMPARE(drafts(*m_other), QStringList(str("half a word")));
    QTRY_VERIFY(m_line->cutCount() > 0);
    m_one->close();
    type(*m_other, str("a whole word"));
    QTRY_COMPARE(told(), QStringList(str("a whole word")));
    type(*m_other, QString());
    QTRY_COMPARE(told(), QStringList());
    m_line->cutAnswersWith({});
    m_one->open();
    QTRY_COMPARE(m_one->kind(), DeskStatus::Kind::current);
    QTRY_COMPARE(drafts(*m_one), QStringList());
    QTRY_COMPARE(m_one->rows(str("SELECT said FROM draft_state WHERE said <> ''")), QStringList());
    QCOMPARE(told(), QStringList());
    QCOMPARE(drafts(*m_other), QStringList());
}

/// By who knows of that: it is another one, if of the same words.
void DraftToldTest::typedAnewAfterItWasDiscarded()
{
    type(*m_one, str("Thanks!"));
    QTRY_COMPARE(drafts(*m_other), QStringList(str("Thanks!")));
    type(*m_other, QString());
    QTRY_COMPARE(drafts(*m_one), QStringList());
    m_line->cutAnswersWith("Draft/set");
    type(*m_one, str("Thanks!"));
    QTRY_VERIFY(m_line->cutCount() > 0);
    m_line->cutAnswersWith({});
    m_one->session().tryNow();
    QTRY_COMPARE(drafts(*m_other), QStringList(str("Thanks!")));
    QCOMPARE(drafts(*m_one), QStringList(str("Thanks!")));
    // Nor is what came to nobody taken for what was there before.
    type(*m_other, QString());
    QTRY_COMPARE(drafts(*m_one), QStringList());
    m_line->loseRequests("Draft/set");
    type(*m_one, str("Thanks!"));
    QTRY_COMPARE(m_one->rows(str("SELECT said FROM draft_state WHERE said <> ''")).size(), 1);
    m_line->loseRequests({});
    m_one->session().tryNow();
    QTRY_COMPARE(drafts(*m_other), QStringList(str("Thanks!")));
    QCOMPARE(drafts(*m_one), QStringList(str("Thanks!")));
}

QTEST_GUILESS_MAIN(DraftToldTest)
#include "tst_drafttold.moc"
