// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/proxywords.h"
#include "replica/replicasession.h"
#include "tests/server/serverworld.h"
#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/conversation/sentences.h"
#include "ui/conversation/timelineview.h"
#include "ui/inbox/inboxpane.h"
#include "ui/settings/givenupconnections.h"
#include "ui/shell/appearance.h"
#include "ui/shell/errortext.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/wording.h"
#include "ui/window/devicesdialog.h"
#include "ui/window/mainwindow.h"
#include "ui/window/parteddialog.h"
#include "ui/window/statuscontrol.h"
#include "ui/window/topbar.h"
#include "workspace/mediafolder.h"
#include "workspace/queries.h"

#include <QAbstractButton>
#include <QBuffer>
#include <QDialog>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// The real window on a workspace that a real server serves: Kim at this desk, Ana somewhere else.
class SharedTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void showsWhatTheServerHas();
    void colleaguesWorkArrives();
    void claimIsDoneThere();
    void claimThatCameSecondIsExplained();
    void replyIsSentThere();
    void undoReachesTheServer();
    void tellsWhenTheServerIsGone();
    void tellsWhatKeepsItAway_data();
    void tellsWhatKeepsItAway();
    void catchingUpHasNoTick();
    void fetchingSaysHowFarItIs();
    void attemptsNameWhatIsKnown();
    void tellsWhenTheDiskIsFull();
    void workGoesOnWithoutTheServer();
    void refusedReplyIsWrittenOn_data();
    void refusedReplyIsWrittenOn();
    void refusedPrivateReplyStaysPrivate();
    void noteThatAColleagueChangedAsks_data();
    void noteThatAColleagueChangedAsks();
    void picturesAreFetchedWhenShown();
    void asksToLogInAgain();
    void notLoggedInBeforeAnythingIsHere();
    void connectionThatStaysIsSaidWhenItsChannelIsHere();
    void whatIsDoneWithoutLogInGoesOutAfterIt();
    void closingAsksNothing();
    void asksBeforeItLeaves();
    void devicesTellHowFarErasingIs();
    void whatWasTypedIsOfferedBeforeItGoes();
    void namesWhatErasingLoses();

private:
    void openReplica(const char *name, const QByteArray &token);
    void openWindow();
    void show(ConversationId id);
    [[nodiscard]] InboxPane &inbox() { return *m_window->findChild<InboxPane *>(); }
    [[nodiscard]] ConversationPane &pane() { return *m_window->findChild<ConversationPane *>(); }
    [[nodiscard]] QString statusText() { return m_window->findChild<QAbstractButton *>(str("statusButton"))->text(); }
    [[nodiscard]] bool isOffline() { return statusText().startsWith(str("Offline since ")); }
    [[nodiscard]] QString message() { return m_window->findChild<MessageBar *>()->text(); }
    [[nodiscard]] ConversationRecord there(ConversationId id);
    void write(const QString &text);

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ReplicaSession> m_session;
    std::unique_ptr<MainWindow> m_window;
    quint16 m_port = 0;
};

void SharedTest::init()
{
    m_world = std::make_unique<ServerWorld>();
    m_port = m_world->server().port();
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->filePath(str("settings")));
    openReplica("replica.earshot", m_world->token(ServerWorld::kim));
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::current);
    openWindow();
}

void SharedTest::openReplica(const char *name, const QByteArray &token)
{
    ReplicaSession::Options options;
    options.path = m_folder->filePath(str(name));
    options.token = Secret(token);
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    QVERIFY(ReplicaFile::create(options.path,
                                {str("http://127.0.0.1:%1").arg(m_port), m_world->account(), ServerWorld::kim},
                                m_world->clock()));
    m_session = std::move(ReplicaSession::open(options, m_world->clock()).value());
}

void SharedTest::openWindow()
{
    static auto *appearance = new Appearance(*qApp);
    MainWindow::Options window;
    window.asksBeforeClosing = m_session->isOwner();
    m_window = std::make_unique<MainWindow>(m_session->desk(), m_session->channels(), *appearance, window);
    m_window->show();
    m_window->activateWindow();
    QTRY_COMPARE(inbox().model().state(), ConversationListModel::State::ready);
}

void SharedTest::cleanup()
{
    m_window.reset();
    m_session.reset();
    m_world.reset();
}

void SharedTest::show(ConversationId id)
{
    auto *table = m_window->findChild<QTableView *>(str("conversations"));
    for (int row = 0; row < inbox().model().rowCount(); ++row) {
        if (inbox().model().conversationAt(row) == id)
            table->setCurrentIndex(inbox().model().index(row));
    }
    table->setFocus();
    QTRY_COMPARE(pane().record().id, id);
}

ConversationRecord SharedTest::there(ConversationId id)
{
    return m_world->workspace()
        .readNow<QList<ConversationRecord>>([this, id](Database &database) {
            return loadConversations(database, {id}, ServerWorld::ana, m_world->clock().now());
        })
        .value()
        .constFirst();
}

void SharedTest::write(const QString &text)
{
    m_window->commands().trigger(str("conversation.reply"));
    auto *edit = m_window->findChild<QPlainTextEdit *>(str("composerText"));
    QTRY_VERIFY(edit->isVisible());
    edit->setPlainText(text);
}

void SharedTest::showsWhatTheServerHas()
{
    QCOMPARE(inbox().model().rowCount(), 6);
    QCOMPARE(statusText(), str("Up to date"));
    QCOMPARE(message(), QString());
    show(ConversationId(1));
}

void SharedTest::colleaguesWorkArrives()
{
    m_world->receive(ServerWorld::open, str("fresh"), str("Something new"));
    QTRY_COMPARE(inbox().model().rowCount(), 7);
    show(ConversationId(1));
    QVERIFY(m_world->act(Act::SetPriority{ConversationId(1), Priority::urgent}).isApplied());
    QTRY_COMPARE(pane().record().priority, Priority::urgent);
}

void SharedTest::claimIsDoneThere()
{
    show(ConversationId(1));
    m_window->commands().trigger(str("conversation.claim"));
    QTRY_COMPARE(there(ConversationId(1)).assignee, ServerWorld::kim);
    QTRY_COMPARE(pane().record().assignee, ServerWorld::kim);
    QCOMPARE(m_session->desk().status().kind, DeskStatus::Kind::current);
}

void SharedTest::claimThatCameSecondIsExplained()
{
    show(ConversationId(1));
    QVERIFY(m_world->act(Act::Claim{ConversationId(1)}).isApplied());
    m_window->commands().trigger(str("conversation.claim"));
    QTRY_VERIFY(message().contains(str("Ana")));
    QCOMPARE(there(ConversationId(1)).assignee, ServerWorld::ana);
}

void SharedTest::replyIsSentThere()
{
    show(ConversationId(1));
    write(str("We look into it."));
    QTest::mouseClick(m_window->findChild<QAbstractButton *>(str("composerSend")), Qt::LeftButton);
    QTRY_VERIFY(!m_window->findChild<QWidget *>(str("composer"))->isVisible());
    QCOMPARE(there(ConversationId(1)).status, Status::pending);
    QTRY_COMPARE(m_window->roster().outbox().size(), 1);
}

void SharedTest::undoReachesTheServer()
{
    show(ConversationId(1));
    m_window->commands().trigger(str("conversation.claim"));
    QTRY_COMPARE(pane().record().assignee, ServerWorld::kim);
    QTRY_VERIFY(!message().isEmpty());
    m_window->commands().trigger(str("edit.undo"));
    QTRY_COMPARE(there(ConversationId(1)).assignee, AgentId());
    QTRY_COMPARE(pane().record().assignee, AgentId());
}

void SharedTest::tellsWhenTheServerIsGone()
{
    m_world->stopServer();
    QTRY_VERIFY2(isOffline(), qPrintable(statusText()));
    const QString explanation = m_window->findChild<QAbstractButton *>(str("statusButton"))->toolTip();
    QVERIFY2(explanation.contains(str("The server is not reached")), qPrintable(explanation));
    QVERIFY2(explanation.contains(str("What you see is as it was at")), qPrintable(explanation));
    // Reading goes on.
    show(ConversationId(2));
    m_world->receive(ServerWorld::open, str("fresh"), str("Something new"));
    m_world->start({}, m_port);
    QTRY_COMPARE(statusText(), str("Up to date"));
    // The list under the cursor does not jump: what is new waits above it.
    QTRY_COMPARE(inbox().model().waitingCount(), 1);
}

void SharedTest::tellsWhatKeepsItAway_data()
{
    QTest::addColumn<Error>("why");
    QTest::addColumn<QString>("said");
    const Time later = SystemClock().now() + std::chrono::minutes(10);
    QTest::addRow("a proxy's password") << Error{ErrorKind::transient, proxyAsks(), {}}
                                        << str("http://NAME:PASSWORD@PROXY:PORT");
    QTest::addRow("looked after") << Error{ErrorKind::transient, str("desk.example answers 503"), later}
                                  << str("asks to come back at ") + Wording::clockTime(later);
    QTest::addRow("too much asked") << Error{ErrorKind::rateLimited, str("desk.example answers 429"), later}
                                    << str("asks to come back at ") + Wording::clockTime(later);
    QTest::addRow("busy") << Error{ErrorKind::rateLimited, {}, {}} << str("is there, but busy");
    QTest::addRow("somebody else's page")
        << Error{ErrorKind::malformed, str("http://x is no Earshot server"), {}} << str("is not Earshot");
    QTest::addRow("newer") << Error{ErrorKind::newerVersion, {}, {}} << str("Update Earshot.");
    QTest::addRow("nothing") << Error{ErrorKind::transient, str("refused"), {}} << str("is not reached");
}

/// And what can be done about it.
void SharedTest::tellsWhatKeepsItAway()
{
    QFETCH(Error, why);
    QFETCH(QString, said);
    DeskStatus status;
    status.kind = why.kind == ErrorKind::newerVersion ? DeskStatus::Kind::refused : DeskStatus::Kind::offline;
    status.why = why;
    status.asOf = m_world->clock().now();
    static_cast<ReplicaDesk &>(m_session->desk()).setStatus(status);
    const QString explanation = m_window->findChild<QAbstractButton *>(str("statusButton"))->toolTip();
    QVERIFY2(explanation.contains(said), qPrintable(explanation));
    QVERIFY2(explanation.contains(str("What you see is as it was at")), qPrintable(explanation));
}

void SharedTest::catchingUpHasNoTick()
{
    DeskStatus status = m_session->desk().status();
    status.kind = DeskStatus::Kind::catchingUp;
    static_cast<ReplicaDesk &>(m_session->desk()).setStatus(status);
    const auto &top = *m_window->findChild<TopBar *>();
    QCOMPARE(top.status(), str("Catching up…"));
    QCOMPARE(top.sign(), TopBar::Sign::busy);
    status.behind = 1200;
    static_cast<ReplicaDesk &>(m_session->desk()).setStatus(status);
    QCOMPARE(top.status(), str("Catching up: 1,200 change(s)"));
}

/// The first time, and when more has come into sight.
void SharedTest::fetchingSaysHowFarItIs()
{
    const auto &top = *m_window->findChild<TopBar *>();
    const auto explanation = [this] { return m_window->findChild<QAbstractButton *>(str("statusButton"))->toolTip(); };
    DeskStatus status = m_session->desk().status();
    status.kind = DeskStatus::Kind::joining;
    status.share = 0.4;
    status.asOf = Time();
    static_cast<ReplicaDesk &>(m_session->desk()).setStatus(status);
    QCOMPARE(top.status(), str("Arriving: 40 %"));
    QCOMPARE(top.sign(), TopBar::Sign::busy);
    QVERIFY2(explanation().contains(str("newest conversations arrive first")), qPrintable(explanation()));
    status.asOf = m_world->clock().now();
    status.share = 1;
    static_cast<ReplicaDesk &>(m_session->desk()).setStatus(status);
    QCOMPARE(top.status(), str("Fetching: 99 %"));
    QCOMPARE(top.sign(), TopBar::Sign::busy);
    QVERIFY2(explanation().contains(str("What others do is followed meanwhile")), qPrintable(explanation()));
    QVERIFY2(explanation().contains(str("What you see is as it was at")), qPrintable(explanation()));
}

/// While nothing is here yet, too: who joins meets it first.
void SharedTest::attemptsNameWhatIsKnown()
{
    const Error proxy{ErrorKind::transient, proxyAsks(), {}};
    const Error newer{ErrorKind::newerVersion, str("desk.example is a newer Earshot"), {}};
    for (const auto say : {&ErrorText::ofAttempt, &StatusControl::whyNotJoined}) {
        QVERIFY2(say(proxy).contains(str("http://NAME:PASSWORD@PROXY:PORT")), qPrintable(say(proxy)));
        QVERIFY2(!say(proxy).contains(str("Nothing answers")), qPrintable(say(proxy)));
        QCOMPARE(say(newer), str("The server is a newer Earshot than this one understands. Update Earshot."));
    }
    const Error nothing{ErrorKind::transient, str("desk.example: refused"), {}};
    QVERIFY(ErrorText::ofAttempt(nothing).startsWith(str("Nothing answers there.")));
    QCOMPARE(StatusControl::whyNotJoined(nothing), str("The server is not reached. It is tried again by itself."));
    QCOMPARE(StatusControl::whyNotJoined({}), QString());
}

/// The server is there, but what it says cannot be kept.
void SharedTest::tellsWhenTheDiskIsFull()
{
    std::atomic<bool> isFull = true;
    Database::setFault([&isFull]() -> std::optional<Error> {
        // The server's own writer is another of that name: it writes before it tells.
        if (!isFull || QThread::currentThread()->objectName() != str("writer"))
            return {};
        return Error{ErrorKind::diskFull, str("no room"), {}};
    });
    m_session->tryNow();
    QTRY_VERIFY2(isOffline(), qPrintable(statusText()));
    Database::setFault({});
    isFull = false;
    const QString explanation = m_window->findChild<QAbstractButton *>(str("statusButton"))->toolTip();
    QVERIFY2(explanation.contains(str("The disk is full")), qPrintable(explanation));
    QTRY_COMPARE(statusText(), str("Up to date"));
}

void SharedTest::workGoesOnWithoutTheServer()
{
    show(ConversationId(1));
    m_world->stopServer();
    QTRY_VERIFY2(isOffline(), qPrintable(statusText()));
    m_window->commands().trigger(str("conversation.claim"));
    QTRY_COMPARE(pane().record().assignee, ServerWorld::kim);
    // What the server has not heard of does not look as if it had.
    const auto isSigned = [this](ConversationId id) {
        const QModelIndex row = inbox().model().index(inbox().model().rowOf(id));
        const bool isRead = row.data(Qt::AccessibleTextRole).toString().contains(str("waiting for the server"));
        return isRead && row.data(Qt::ToolTipRole).toString().contains(str("waiting for the server"));
    };
    const auto *header = m_window->findChild<PlainLabel *>(str("headerAhead"));
    QTRY_VERIFY(isSigned(ConversationId(1)) && header->isVisible());
    QCOMPARE(header->text(), str("waiting for the server"));
    QVERIFY(!isSigned(ConversationId(2)));
    write(str("We look into it."));
    QTest::mouseClick(m_window->findChild<QAbstractButton *>(str("composerSend")), Qt::LeftButton);
    QTRY_VERIFY(!m_window->findChild<QWidget *>(str("composer"))->isVisible());
    // It is said once.
    QTRY_COMPARE(m_window->findChild<QToolButton *>(str("outboxButton"))->text(), str("2 waiting to be sent"));
    QVERIFY2(isOffline(), qPrintable(statusText()));
    QTRY_COMPARE(pane().record().status, Status::pending);
    const auto told = [this] {
        QStringList all;
        for (const TimelineItem &item : pane().timeline().timeline().items()) {
            if (item.message)
                all.append(Sentences::spoken(*item.message, m_world->clock().now()));
        }
        return all.join(u'\n');
    };
    QTRY_VERIFY2(told().contains(str("waiting for the server")), qPrintable(told()));
    // The status leads to what waits.
    QTest::mouseClick(m_window->findChild<QWidget *>(str("statusButton")), Qt::LeftButton);
    auto *list = m_window->findChild<QListWidget *>(str("outboxList"));
    QVERIFY(list);
    QCOMPARE(list->count(), 2);
    QVERIFY2(list->item(1)->text().contains(str("We look into it.")), qPrintable(list->item(1)->text()));
    m_world->start({}, m_port);
    QTRY_COMPARE(statusText(), str("Up to date"));
    QTRY_COMPARE(there(ConversationId(1)).status, Status::pending);
    QCOMPARE(there(ConversationId(1)).assignee, ServerWorld::kim);
    QTRY_VERIFY(!isSigned(ConversationId(1)) && !header->isVisible());
    QTRY_COMPARE(list->count(), 1);
    QTRY_VERIFY2(!told().contains(str("waiting for the server")), qPrintable(told()));
    QCOMPARE(m_window->roster().outbox().size(), 1);
}

/// Somebody was faster while this desk was offline: nothing that was typed is lost.
void SharedTest::refusedReplyIsWrittenOn_data()
{
    QTest::addColumn<QString>("button");
    QTest::newRow("edited") << str("outboxEdit");
    QTest::newRow("sent anyway") << str("outboxAnyway");
    QTest::newRow("discarded") << str("outboxDiscard");
}

void SharedTest::refusedReplyIsWrittenOn()
{
    QFETCH(QString, button);
    show(ConversationId(1));
    m_world->stopServer();
    QTRY_VERIFY2(isOffline(), qPrintable(statusText()));
    write(str("Too late."));
    QTest::mouseClick(m_window->findChild<QAbstractButton *>(str("composerSend")), Qt::LeftButton);
    QTRY_VERIFY(!m_window->findChild<QWidget *>(str("composer"))->isVisible());
    Act::SendReply faster;
    faster.conversation = ConversationId(1);
    faster.text = str("Ana was faster.");
    QVERIFY(m_world->act(faster).isApplied());
    m_world->start({}, m_port);
    QTRY_VERIFY2(message().contains(str("could not be done")), qPrintable(message()));
    m_window->commands().trigger(str("outbox.show"));
    auto *list = m_window->findChild<QListWidget *>(str("outboxList"));
    QTRY_COMPARE(m_session->desk().waitingActions().size(), 1);
    QTRY_VERIFY(list->count() > 0 && list->item(0)->text().contains(str("Too late.")));
    list->setCurrentRow(0);
    auto *pressed = m_window->findChild<QAbstractButton *>(button);
    QTRY_VERIFY(pressed->isVisible() && pressed->isEnabled());
    QTest::mouseClick(pressed, Qt::LeftButton);
    if (button == str("outboxDiscard")) {
        // Not by one press.
        auto *discards = m_window->findChild<QWidget *>(str("outboxAsk"))->findChild<QAbstractButton *>(str("choice0"));
        QVERIFY(discards && discards->isVisible());
        QCOMPARE(m_session->desk().waitingActions().size(), 1);
        QTest::mouseClick(discards, Qt::LeftButton);
    }
    QTRY_VERIFY(m_session->desk().waitingActions().isEmpty());
    const auto timesSaid = [this] {
        return m_world->workspace()
            .readNow<QList<DeliveryRecord>>([](Database &database) { return loadOutbox(database); })
            ->size();
    };
    if (button == str("outboxEdit")) {
        auto *edit = m_window->findChild<QPlainTextEdit *>(str("composerText"));
        QTRY_VERIFY(edit->isVisible());
        QCOMPARE(edit->toPlainText(), str("Too late."));
    }
    QTRY_COMPARE(timesSaid(), button == str("outboxAnyway") ? 2 : 1);
}

/// What a colleague wrote is not written over without a word.
void SharedTest::noteThatAColleagueChangedAsks_data()
{
    refusedReplyIsWrittenOn_data();
}

void SharedTest::noteThatAColleagueChangedAsks()
{
    QFETCH(QString, button);
    const MessageId note(m_world->act(Act::AddNote{ConversationId(1), str("as it was")}, ServerWorld::kim).created);
    show(ConversationId(1));
    QTRY_VERIFY(pane().timeline().timeline().find(note));
    m_world->stopServer();
    QTRY_VERIFY2(isOffline(), qPrintable(statusText()));
    QVERIFY(m_world->act(Act::EditNote{note, str("by Ana")}).isApplied());
    pane().composer().editNote(*pane().timeline().timeline().find(note));
    auto *edit = m_window->findChild<QPlainTextEdit *>(str("composerText"));
    QCOMPARE(edit->toPlainText(), str("as it was"));
    edit->setPlainText(str("by Kim"));
    QTest::mouseClick(m_window->findChild<QAbstractButton *>(str("composerSend")), Qt::LeftButton);
    QTRY_COMPARE(m_session->desk().waitingCount(), 1);
    m_world->start({}, m_port);
    QTRY_VERIFY2(message().contains(str("could not be done")), qPrintable(message()));
    const auto text = [this, note] {
        return m_world->workspace()
            .readNow<QList<MessageRecord>>([note](Database &database) { return loadMessagesById(database, {note}); })
            .value()
            .value(0)
            .text;
    };
    QCOMPARE(text(), str("by Ana"));
    m_window->commands().trigger(str("outbox.show"));
    auto *list = m_window->findChild<QListWidget *>(str("outboxList"));
    QTRY_VERIFY(list->count() > 0 && list->item(0)->text().contains(str("by Kim")));
    list->setCurrentRow(0);
    const auto shown = [this](const char *name) {
        return m_window->findChild<QPlainTextEdit *>(str(name))->toPlainText();
    };
    QTRY_COMPARE(shown("outboxPresent"), str("by Ana"));
    QCOMPARE(shown("outboxWords"), str("by Kim"));
    auto *pressed = m_window->findChild<QAbstractButton *>(button);
    QTRY_VERIFY(pressed->isVisible() && pressed->isEnabled());
    QTest::mouseClick(pressed, Qt::LeftButton);
    if (button == str("outboxDiscard"))
        QTest::mouseClick(
            m_window->findChild<QWidget *>(str("outboxAsk"))->findChild<QAbstractButton *>(str("choice0")),
            Qt::LeftButton);
    if (button == str("outboxEdit")) {
        // It is that note which is written on, not another one.
        QTRY_COMPARE(pane().composer().editedNote(), note);
        QCOMPARE(edit->toPlainText(), str("by Kim"));
        // Who writes on sees what would be written over.
        const auto *asked = m_window->findChild<ChoiceBar *>(str("composerChoices"));
        QVERIFY2(asked->text().contains(str("by Ana")), qPrintable(asked->text()));
        QTRY_VERIFY(m_session->desk().waitingActions().isEmpty());
        QTest::mouseClick(m_window->findChild<QAbstractButton *>(str("composerSend")), Qt::LeftButton);
    }
    QTRY_VERIFY(m_session->desk().waitingActions().isEmpty());
    QTRY_COMPARE(text(), button == str("outboxDiscard") ? str("by Ana") : str("by Kim"));
}

/// As it was written: to whom, to what and how, not to the newest message, which everybody can read.
void SharedTest::refusedPrivateReplyStaysPrivate()
{
    m_world->runSql(str("UPDATE message SET visibility = 3, seq = :1 WHERE conversation = 1;"
                        "CREATE TEMP TABLE newer AS SELECT * FROM message WHERE conversation = 1;"
                        "UPDATE newer SET id = 1000, seq = :2, created_seq = :2, uri = 'u', remote_id = 'u', "
                        "visibility = 0, sort_at = sort_at + 1000;"
                        "INSERT INTO message SELECT * FROM newer; DROP TABLE newer"));
    QTRY_VERIFY(m_session->workspace()
                    .readNow<QList<MessageRecord>>(
                        [](Database &database) { return loadMessagesById(database, {MessageId(1000)}); })
                    ->size() == 1);
    show(ConversationId(1));
    const MessageRecord *first = pane().timeline().timeline().oldest();
    QVERIFY(first && first->visibility == Visibility::direct);
    const MessageId answered = first->id;
    m_world->stopServer();
    QTRY_VERIFY2(isOffline(), qPrintable(statusText()));
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.target = answered;
    reply.text = str("Between us");
    reply.furtherParts = {str("and more")};
    reply.language = str("fr");
    reply.leftOut = {first->authorHandle};
    reply.thenResolve = true;
    const Action action = makeAction(reply, m_world->clock().now(), pane().basedOn());
    const QFuture<QList<Outcome>> handedOver = m_session->desk().perform({action});
    QTRY_VERIFY(handedOver.isFinished());
    QVERIFY(handedOver.result().constFirst().isApplied());
    Act::SendReply faster;
    faster.conversation = ConversationId(1);
    faster.text = str("Ana was faster.");
    QVERIFY(m_world->act(faster).isApplied());
    m_world->start({}, m_port);
    QTRY_COMPARE(m_session->desk().waitingActions().size(), 1);
    QTRY_VERIFY(m_session->desk().waitingActions().constFirst().isRefused);
    m_window->commands().trigger(str("outbox.show"));
    auto *edit = m_window->findChild<QAbstractButton *>(str("outboxEdit"));
    QTRY_VERIFY(edit->isVisible() && edit->isEnabled());
    QTest::mouseClick(edit, Qt::LeftButton);
    QTRY_VERIFY(m_session->desk().waitingActions().isEmpty());
    auto *composer = m_window->findChild<Composer *>();
    QCOMPARE(composer->mode(), DraftRecord::Mode::privateReply);
    Draft &draft = composer->drafts()->draft(ConversationId(1), DraftRecord::Mode::privateReply);
    QCOMPARE(draft.document->toPlainText(), str("Between us\n\nand more"));
    QCOMPARE(draft.target, answered);
    QCOMPARE(draft.leftOut, reply.leftOut);
    QCOMPARE(draft.language.section(u'_', 0, 0), reply.language);
    QVERIFY(!composer->drafts()->has(ConversationId(1), DraftRecord::Mode::reply));
    // It was to resolve the conversation: that is one press away still.
    auto *resolves = m_window->findChild<ChoiceBar *>(str("composerChoices"))->findChild<QAbstractButton *>();
    QVERIFY(resolves && resolves->isVisible());
    QTest::mouseClick(resolves, Qt::LeftButton);
    QTRY_COMPARE(there(ConversationId(1)).status, Status::resolved);
}

void SharedTest::picturesAreFetchedWhenShown()
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::red);
    QVERIFY(buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG"));
    const QString hash = keepMediaBytes(m_world->workspace().mediaFolder(), bytes).value();
    m_world->runSql(
        str("INSERT INTO media (id, seq, created_seq, channel, message, position, remote_url, preview_url, hash, type, "
            "description, width, height) SELECT 1, :1, :1, 1, min(id), 0, '', '', '%1', 'image/png', 'red', 40, 30 "
            "FROM message WHERE channel = 1")
            .arg(hash));
    QSignalSpy arrived(&m_session->desk(), &Desk::mediaArrived);
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::current);
    show(ConversationId(1));
    QTRY_COMPARE(arrived.count(), 1);
    QVERIFY(QFile::exists(m_session->workspace().mediaFolder() + u'/' + hash));
    // And is painted.
    const auto hasRed = [this] {
        const QImage seen = pane().timeline().grab().toImage();
        for (int y = 0; y < seen.height(); ++y) {
            for (int x = 0; x < seen.width(); ++x) {
                if (seen.pixelColor(x, y) == QColor(Qt::red))
                    return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(hasRed());
}

void SharedTest::asksToLogInAgain()
{
    QSignalSpy asked(m_window.get(), &MainWindow::logInAsked);
    const QString title = m_window->windowTitle();
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
    QTRY_COMPARE(statusText(), str("Not logged in"));
    QTRY_VERIFY(!message().isEmpty());
    QVERIFY(title.endsWith(str(" · Earshot")) && !title.contains(str("read only")));
    // As of when, as long as it still has what may no longer be seen.
    QVERIFY2(m_window->windowTitle().contains(str("not logged in · Earshot")), qPrintable(m_window->windowTitle()));
    QCOMPARE(m_window->findChild<QAbstractButton *>(str("messageBarButton"))->text(), str("Log in…"));
    QTest::mouseClick(m_window->findChild<QWidget *>(str("messageBarButton")), Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    // Whatever stands in the bar by now: the status leads there too.
    QTest::mouseClick(m_window->findChild<QWidget *>(str("statusButton")), Qt::LeftButton);
    QCOMPARE(asked.count(), 2);
}

void SharedTest::notLoggedInBeforeAnythingIsHere()
{
    m_window.reset();
    m_session.reset();
    openReplica("new.earshot", "of nobody");
    openWindow();
    QTRY_COMPARE(m_window->windowTitle(), str(" · not logged in · Earshot"));
}

/// What is said of it is what becomes of it.
void SharedTest::whatIsDoneWithoutLogInGoesOutAfterIt()
{
    show(ConversationId(1));
    m_session->setToken(Secret(QByteArrayLiteral("of a device that was logged out")));
    QTRY_COMPARE(statusText(), str("Not logged in"));
    QTRY_VERIFY2(message().contains(str("is kept, and goes out when you have logged in again")), qPrintable(message()));
    QVERIFY(m_window->commands().trigger(str("conversation.claim")));
    QTRY_COMPARE(m_session->desk().waitingCount(), 1);
    QTRY_VERIFY(m_window->commands().isEnabled(str("edit.undo")));
    QVERIFY(m_window->commands().trigger(str("edit.undo")));
    QTRY_COMPARE(m_session->desk().waitingCount(), 0);
    QTRY_VERIFY(m_window->commands().isEnabled(str("conversation.claim")));
    QVERIFY(m_window->commands().trigger(str("conversation.claim")));
    QTRY_COMPARE(m_session->desk().waitingCount(), 1);
    QVERIFY(!there(ConversationId(1)).assignee.isValid());
    m_session->setToken(Secret(m_world->token(ServerWorld::kim)));
    QTRY_COMPARE(there(ConversationId(1)).assignee, ServerWorld::kim);
    QTRY_COMPARE(m_session->desk().waitingCount(), 0);
    QTRY_VERIFY(!m_window->windowTitle().contains(str("not logged in")));
}

/// It may be still on its way here: only who has all channels knows that it is none of them.
void SharedTest::connectionThatStaysIsSaidWhenItsChannelIsHere()
{
    const QString address = str("https://new.example/feed");
    m_session->desk().saveSetting(str("connect.givenUp"), QStringLiteral("{\"%1\":\"New feed\"}").arg(address));
    const QFuture<Done> written = m_session->desk().flushPersonal();
    QTRY_VERIFY(written.isFinished());
    m_world->stopServer();
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::offline);
    QVERIFY(m_world->act(Act::AddChannel{Network::feed, address, str("New feed"), {}, {}, Purpose::support, {}, {}})
                .isApplied());
    // The next start, and nobody has looked in it.
    m_window.reset();
    delete m_session->desk().findChild<GivenUpConnections *>();
    openWindow();
    QTRY_VERIFY(m_window->roster().isLoaded());
    const auto setting = [this] {
        return m_session->workspace()
            .readNow<QString>(
                [](Database &database) { return loadSetting(database, ServerWorld::kim, str("connect.givenUp")); })
            .value();
    };
    QVERIFY(setting().contains(address));
    m_world->start({}, m_port);
    QTRY_VERIFY(m_window->findChild<QMessageBox *>(str("connectStays")));
    QVERIFY(m_window->findChild<QMessageBox *>(str("connectStays"))->text().contains(str("New feed")));
    QTRY_COMPARE(setting(), str("{}"));
}

/// The server goes on with what waits there.
void SharedTest::closingAsksNothing()
{
    Act::SendReply reply;
    reply.conversation = ConversationId(1);
    reply.text = str("An answer");
    QVERIFY(m_world->act(reply).isApplied());
    QTRY_COMPARE(m_window->roster().outbox().size(), 1);
    QSignalSpy closing(m_window.get(), &MainWindow::closing);
    m_window->close();
    QCOMPARE(closing.count(), 1);
}

void SharedTest::asksBeforeItLeaves()
{
    QSignalSpy asked(m_window.get(), &MainWindow::logOutAsked);
    for (const bool erases : {false, true}) {
        QVERIFY(m_window->commands().trigger(str("workspace.logOut")));
        auto *dialog = m_window->findChild<QDialog *>(str("logOutDialog"));
        QVERIFY(dialog);
        auto *box = dialog->findChild<QAbstractButton *>(str("logOutErases"));
        QVERIFY(!box->isChecked());
        QVERIFY(box->accessibleDescription().contains(str("SSD")));
        box->setChecked(erases);
        QTest::mouseClick(dialog->findChild<QAbstractButton *>(str("logOutButton")), Qt::LeftButton);
        QCOMPARE(asked.takeFirst(), QVariantList{erases});
        QTRY_VERIFY(!m_window->findChild<QDialog *>(str("logOutDialog")));
    }
    QVERIFY(m_window->commands().trigger(str("workspace.logOut")));
    auto *dialog = m_window->findChild<QDialog *>(str("logOutDialog"));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QCOMPARE(asked.count(), 0);
}

void SharedTest::devicesTellHowFarErasingIs()
{
    QSignalSpy wished(m_window.get(), &MainWindow::devicesAsked);
    QVERIFY(m_window->commands().trigger(str("workspace.devices")));
    QCOMPARE(wished.size(), 1);
    AgentRecord kim;
    kim.id = ServerWorld::kim;
    kim.name = str("Kim");
    auto *dialog = new DevicesDialog({kim}, m_window.get());
    QSignalSpy asked(dialog, &DevicesDialog::devicesAsked);
    dialog->open();
    QTRY_COMPARE(asked.size(), 1);
    const Time now = m_session->workspace().clock().now();
    TokenRecord device;
    device.agent = kim.id;
    device.id = str("one");
    device.name = str("<b>Laptop</b>");
    device.createdAt = now;
    TokenRecord lost = device;
    lost.id = str("two");
    lost.eraseAskedAt = now;
    TokenRecord gone = lost;
    gone.erasedAt = now;
    dialog->showDevices({device, lost, gone});
    auto *table = dialog->findChild<QTableWidget *>(str("devicesTable"));
    QCOMPARE(table->item(0, 0)->text(), device.name);
    QCOMPARE(table->item(0, 3)->text(), str("logged in"));
    QVERIFY(table->item(1, 3)->text().contains(str("not seen since")));
    QVERIFY(table->item(2, 3)->text().startsWith(str("erased at")));
    auto *erase = dialog->findChild<QAbstractButton *>(str("devicesErase"));
    QVERIFY(erase->isEnabled());
    table->selectRow(1);
    QVERIFY(!erase->isEnabled());
    table->selectRow(0);
    QSignalSpy erased(dialog, &DevicesDialog::eraseAsked);
    erase->click();
    auto *question = dialog->findChild<QMessageBox *>(str("devicesQuestion"));
    QVERIFY(question && erased.isEmpty());
    QCOMPARE(question->textFormat(), Qt::PlainText);
    const QAbstractButton *cancel = question->button(QMessageBox::Cancel);
    QVERIFY(cancel && cancel == question->defaultButton());
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    QCOMPARE(erased.size(), 1);
    QCOMPARE(erased.first().at(1).toString(), str("one"));
    dialog->close();
}

void SharedTest::whatWasTypedIsOfferedBeforeItGoes()
{
    PartedDialog dialog(str("desk.example"), {str("half a sentence"), str("my note")});
    dialog.show();
    QSignalSpy deleted(&dialog, &PartedDialog::deleteAsked);
    QVERIFY(dialog.findChild<PlainLabel *>(str("partedWhy"))->text().contains(str("desk.example")));
    const QString words = dialog.findChild<QPlainTextEdit *>(str("partedWords"))->toPlainText();
    QVERIFY(words.contains(str("half a sentence")) && words.contains(str("my note")));
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QCOMPARE(deleted.size(), 0);
    dialog.show();
    dialog.findChild<QAbstractButton *>(str("partedDelete"))->click();
    QCOMPARE(deleted.size(), 1);
}

void SharedTest::namesWhatErasingLoses()
{
    m_world->stopServer();
    QTRY_COMPARE(m_session->desk().status().kind, DeskStatus::Kind::offline);
    const Time now = m_session->workspace().clock().now();
    static_cast<void>(m_session->desk().perform({makeAction(Act::AddNote{ConversationId(1), str("kept")}, now)}));
    QTRY_COMPARE(m_session->desk().waitingCount(), 1);
    QVERIFY(m_window->commands().trigger(str("workspace.logOut")));
    auto *dialog = m_window->findChild<QDialog *>(str("logOutDialog"));
    QVERIFY(dialog->findChild<PlainLabel *>(str("logOutUnsent"))->text().startsWith(str("1 thing")));
    QVERIFY(dialog->findChild<QAbstractButton *>(str("logOutErases"))->text().contains(str("lose")));
    dialog->close();
}

QTEST_MAIN(SharedTest)
#include "tst_shared.moc"
