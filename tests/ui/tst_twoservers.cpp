// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/erasing.h"
#include "tests/server/serverworld.h"
#include "ui/composer/composer.h"
#include "ui/conversation/conversationpane.h"
#include "ui/inbox/inboxpane.h"
#include "ui/shell/appearance.h"
#include "ui/shell/knownworkspaces.h"
#include "ui/start/keyring.h"
#include "ui/start/program.h"
#include "ui/window/joindialog.h"
#include "ui/window/mainwindow.h"
#include "ui/window/wishes.h"
#include "workspace/queries.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// The one of that kind which is seen; null = there is none.
template <class Window>
Window *shown()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        auto *window = qobject_cast<Window *>(widget);
        if (window && window->isVisible())
            return window;
    }
    return nullptr;
}

/// A server, and the replica that one desktop has of its workspace. All have the same agents and the same conversations
/// of the same numbers.
struct Place
{
    ServerWorld world;
    const quint16 port = world.server().port();
    QString file;
    std::unique_ptr<Program> program; ///< while it is open

    [[nodiscard]] QString name() const { return str("127.0.0.1:%1").arg(port); }
    [[nodiscard]] QString address() const { return str("http://") + name(); }
};

/// Its window; null = none is seen.
MainWindow *windowOf(const Place &place)
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        auto *window = qobject_cast<MainWindow *>(widget);
        if (window && window->isVisible() && window->windowTitle().contains(place.name()))
            return window;
    }
    return nullptr;
}

QString statusOf(const Place &place)
{
    return windowOf(place)->findChild<QAbstractButton *>(str("statusButton"))->text();
}

/// The commands of its window that lead to another one.
QStringList switchesTo(const Place &place, const Place &other)
{
    return windowOf(place)->commands().matching(str("switch to ") + other.name(), 4);
}

/// How much waits for the server, in words.
QString waitingIn(const Place &place)
{
    return windowOf(place)->findChild<QToolButton *>(str("outboxButton"))->text();
}

/// What Kim answered in the first conversation, as the server has it.
QStringList answersAt(Place &place)
{
    TimelineQuery query;
    query.conversation = ConversationId(1);
    const auto messages = place.world.workspace().readNow<QList<MessageRecord>>(
        [query](Database &database) { return loadMessages(database, query); });
    QStringList texts;
    for (const MessageRecord &message : *messages) {
        if (message.agent == ServerWorld::kim)
            texts.append(message.text);
    }
    return texts;
}

/// Who has a conversation there.
AgentId ownerAt(Place &place, ConversationId conversation)
{
    const Time now = place.world.clock().now();
    const auto found =
        place.world.workspace().readNow<QList<ConversationRecord>>([conversation, now](Database &database) {
            return loadConversations(database, {conversation}, ServerWorld::ana, now);
        });
    return found->constFirst().assignee;
}

} // namespace

/// One desktop has joined the workspaces of two servers, and whoever sits there goes from the one to the other: what is
/// done in each is that server's only, and so is what becomes of it.
class TwoServersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void eachOutboxReachesItsOwnServer();
    void erasingOneLeavesTheOther();

private:
    void open(Place &place);
    void join(Place &place);
    void close(Place &place);
    static void stop(Place &place);
    static void serve(Place &place) { place.world.start({}, place.port); }
    static void show(const Place &place, ConversationId conversation);
    static void answer(const Place &place, const QString &text);
    /// Whoever comes to its window does not wait for the end of a long pause. @return whether it is connected
    [[nodiscard]] static bool isBackIn(const Place &place);
    [[nodiscard]] Secret logInOf(const Place &place) const;
    void tellToErase(Place &place);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<Place> m_one;
    std::unique_ptr<Place> m_two;
    QString m_keyFile;
};

void TwoServersTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->filePath(str("settings")));
    for (const KnownWorkspace &known : KnownWorkspaces::all())
        KnownWorkspaces::forget(known.file);
    m_keyFile = m_folder->filePath(str("key"));
    if (!m_appearance)
        m_appearance = std::make_unique<Appearance>(*qApp);
    m_one = std::make_unique<Place>();
    m_two = std::make_unique<Place>();
    for (Place *place : {m_one.get(), m_two.get()}) {
        // The one's name begins as the other's, as such are made.
        place->file = KnownWorkspaces::freshPath(m_folder->path(), str("desk"));
        place->world.setPassword(ServerWorld::kim, "kim's password");
        join(*place);
    }
}

void TwoServersTest::cleanup()
{
    for (Place *place : {m_one.get(), m_two.get()})
        place->program.reset();
    for (QWidget *widget : QApplication::topLevelWidgets())
        widget->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_one.reset();
    m_two.reset();
    m_folder.reset();
}

void TwoServersTest::open(Place &place)
{
    place.program = std::make_unique<Program>(*m_appearance);
    Wishes wishes;
    wishes.file = place.file;
    wishes.keyFile = m_keyFile;
    wishes.server = QFile::exists(place.file) ? QString() : place.address();
    place.program->start(wishes);
}

void TwoServersTest::join(Place &place)
{
    open(place);
    QTRY_VERIFY(shown<JoinDialog>());
    auto *dialog = shown<JoinDialog>();
    dialog->findChild<QLineEdit *>(str("joinAddress"))->setText(place.address());
    dialog->findChild<QLineEdit *>(str("joinName"))->setText(str("Kim"));
    dialog->findChild<QLineEdit *>(str("joinPassword"))->setText(str("kim's password"));
    dialog->findChild<QAbstractButton *>(str("joinButton"))->click();
    QTRY_VERIFY(windowOf(place));
    QTRY_COMPARE(statusOf(place), str("Up to date"));
    QTRY_VERIFY(!shown<JoinDialog>());
}

/// As somebody who closes its window.
void TwoServersTest::close(Place &place)
{
    const QSignalSpy ended(place.program.get(), &Program::ended);
    windowOf(place)->close();
    QTRY_COMPARE(ended.size(), 1);
    place.program.reset();
    QVERIFY(!windowOf(place));
}

/// Until its window knows.
void TwoServersTest::stop(Place &place)
{
    place.world.stopServer();
    QTRY_VERIFY2(statusOf(place).startsWith(str("Offline since ")), qPrintable(statusOf(place)));
}

void TwoServersTest::show(const Place &place, ConversationId conversation)
{
    MainWindow &window = *windowOf(place);
    auto &list = window.findChild<InboxPane *>()->model();
    QTRY_COMPARE(list.state(), ConversationListModel::State::ready);
    if (list.rowOf(conversation) < 0)
        QVERIFY(window.commands().trigger(str("go.all")));
    QTRY_VERIFY(list.rowOf(conversation) >= 0);
    window.findChild<QTableView *>(str("conversations"))->setCurrentIndex(list.index(list.rowOf(conversation)));
    QTRY_COMPARE(window.findChild<ConversationPane *>()->record().id, conversation);
}

/// In the first conversation.
void TwoServersTest::answer(const Place &place, const QString &text)
{
    show(place, ConversationId(1));
    MainWindow &window = *windowOf(place);
    window.activateWindow();
    QTRY_VERIFY(window.commands().isEnabled(str("conversation.reply")));
    QVERIFY(window.commands().trigger(str("conversation.reply")));
    auto *edit = window.findChild<QPlainTextEdit *>(str("composerText"));
    QTRY_VERIFY(edit->isVisible());
    QTest::keyClicks(edit, text);
    auto *send = window.findChild<QAbstractButton *>(str("composerSend"));
    QTRY_VERIFY(send->isEnabled());
    QTest::mouseClick(send, Qt::LeftButton);
    QTRY_VERIFY(!window.findChild<QWidget *>(str("composer"))->isVisible());
}

bool TwoServersTest::isBackIn(const Place &place)
{
    QEvent activated(QEvent::WindowActivate);
    QCoreApplication::sendEvent(windowOf(place), &activated);
    return statusOf(place) == str("Up to date");
}

Secret TwoServersTest::logInOf(const Place &place) const
{
    Keyring keyring(m_keyFile);
    return keyring.tokens().read(replicaTokenName(QUrl(place.address()), place.file)).result().value();
}

void TwoServersTest::tellToErase(Place &place)
{
    const QString token = tokenIdOf(logInOf(place));
    QVERIFY(!token.isEmpty());
    const auto told =
        place.world.workspace().write<bool>(Urgency::interactive, [token](Writing &writing) -> Result<bool> {
            return askToErase(writing, token, ServerWorld::kim);
        });
    QVERIFY(told.result().value());
    // Who is connected hears of it when it comes back.
    place.world.stopServer();
    serve(place);
}

/// Done offline in both; each goes out when its own window and its own server are there, and not before.
void TwoServersTest::eachOutboxReachesItsOwnServer()
{
    Place &one = *m_one;
    Place &two = *m_two;
    // The one leads to the other.
    QCOMPARE(switchesTo(two, one).size(), 1);
    QVERIFY(switchesTo(two, two).isEmpty());
    stop(one);
    stop(two);
    close(one);
    answer(two, str("said in two"));
    QTRY_COMPARE(waitingIn(two), str("1 waiting to be sent"));
    close(two);
    open(one);
    QTRY_VERIFY(windowOf(one));
    answer(one, str("said in one"));
    show(one, ConversationId(3));
    QVERIFY(windowOf(one)->commands().trigger(str("conversation.claim")));
    QTRY_COMPARE(waitingIn(one), str("2 waiting to be sent"));

    serve(two);
    QTRY_VERIFY(statusOf(one).startsWith(str("Offline since ")));
    serve(one);
    QTRY_VERIFY(isBackIn(one));
    QTRY_COMPARE(answersAt(one), QStringList{str("said in one")});
    QTRY_COMPARE(ownerAt(one, ConversationId(3)), ServerWorld::kim);
    QCOMPARE(answersAt(two), QStringList());
    close(one);

    open(two);
    QTRY_VERIFY(windowOf(two));
    QTRY_VERIFY(isBackIn(two));
    QTRY_COMPARE(answersAt(two), QStringList{str("said in two")});
    QCOMPARE(ownerAt(two, ConversationId(3)), AgentId());
    QCOMPARE(answersAt(one), QStringList{str("said in one")});
}

/// While both are open, and the other has something to send.
void TwoServersTest::erasingOneLeavesTheOther()
{
    Place &one = *m_one;
    Place &two = *m_two;
    stop(two);
    answer(two, str("said in two"));
    tellToErase(one);
    QTRY_VERIFY(shown<QMessageBox>());
    QVERIFY2(shown<QMessageBox>()->text().contains(str("told this device to erase")),
             qPrintable(shown<QMessageBox>()->text()));
    shown<QMessageBox>()->button(QMessageBox::Close)->click();
    QVERIFY(!windowOf(one));
    QVERIFY(!QFile::exists(one.file) && !QFile::exists(one.file + str("-wal")));
    QTRY_VERIFY(logInOf(one).isEmpty());
    one.program.reset();

    QVERIFY(QFile::exists(two.file));
    QVERIFY(!erasureOf(two.file));
    QVERIFY(!logInOf(two).isEmpty());
    QCOMPARE(KnownWorkspaces::all().size(), 1);
    QCOMPARE(KnownWorkspaces::all().constFirst().server, two.address());
    QVERIFY(!isBackIn(two));
    QVERIFY(switchesTo(two, one).isEmpty());
    QCOMPARE(waitingIn(two), str("1 waiting to be sent"));
    // A start later, too.
    close(two);
    open(two);
    QTRY_VERIFY(windowOf(two));
    serve(two);
    QTRY_VERIFY(isBackIn(two));
    QTRY_COMPARE(answersAt(two), QStringList{str("said in two")});
    QCOMPARE(answersAt(one), QStringList());
}

QTEST_MAIN(TwoServersTest)
#include "tst_twoservers.moc"
