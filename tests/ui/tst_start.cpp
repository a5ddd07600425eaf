// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/erasing.h"
#include "tests/server/serverworld.h"
#include "ui/settings/channelsdialog.h"
#include "ui/settings/connectdialog.h"
#include "ui/shell/appearance.h"
#include "ui/shell/knownworkspaces.h"
#include "ui/shell/plainlabel.h"
#include "ui/start/deskwindow.h"
#include "ui/start/partingflow.h"
#include "ui/start/program.h"
#include "ui/window/joindialog.h"
#include "ui/window/logoutdialog.h"
#include "ui/window/mainwindow.h"
#include "ui/window/parteddialog.h"
#include "ui/window/welcomedialog.h"
#include "ui/window/windowplaces.h"
#include "ui/window/wishes.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QThread>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// The window of that kind which is seen; null = there is none.
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

/// It wants to be unlocked before it says anything.
class LockedKeychain final : public SecretStore
{
public:
    explicit LockedKeychain(const QString &keyFile)
        : m_kept(makeFileStore(keyFile))
    {
    }
    [[nodiscard]] QFuture<Result<Secret>> read(const QString &name) override
    {
        auto pending = Pending<Secret>::create();
        m_asked.append([this, name, pending] {
            whenDone(m_kept->read(name), this, [pending](const Result<Secret> &kept) { pending->end(kept); });
        });
        return pending->future();
    }
    [[nodiscard]] QFuture<Done> write(const QString &name, Secret secret) override
    {
        return m_kept->write(name, std::move(secret));
    }
    [[nodiscard]] QFuture<Done> remove(const QString &name) override { return m_kept->remove(name); }
    [[nodiscard]] bool isAsked() const { return !m_asked.isEmpty(); }
    void unlock()
    {
        for (const auto &answer : std::exchange(m_asked, {}))
            answer();
    }

private:
    std::unique_ptr<SecretStore> m_kept;
    QList<std::function<void()>> m_asked;
};

} // namespace

/// From one window to the next: welcome, joining, the desk, and the ways in which a device and a server part.
class StartTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void joinsAndIsThereAtTheNextStart();
    void wrongPasswordIsSaidAndTriedAgain();
    void newWorkspaceAsksForAnAddress();
    void backFromJoiningIsTheWelcome();
    void backFromJoiningWithoutAWelcomeEnds();
    void fileThatIsSomethingElseIsNotJoined();
    void disabledOneIsOfferedItsWords();
    void disabledOneMayKeepItsWordsForNow();
    void disabledOneWithoutWordsIsTold();
    void toldToEraseNothingIsLeft();
    void disabledOneIsOfferedWhatTheFileDidNotTake();
    void whatCannotBeReadIsSaid();
    void toldToEraseWhileItsWordsAreOffered();
    void beginsWithWhatWasLeftToErase();
    void saysAgainWhatTheServerHasNotHeard();
    void leavesAndErases();
    void loggingOutErasesWhereThatIsChosen_data();
    void loggingOutErasesWhereThatIsChosen();
    void comingBackLooksForTheServer();
    void windowDoesNotWaitForTheKeychain();
    void nothingInTheKeychainIsTold();

private:
    /// @param secrets null = the key file
    void start(const QString &server = {}, std::unique_ptr<SecretStore> secrets = {});
    [[nodiscard]] static QString status()
    {
        return shown<MainWindow>()->findChild<QAbstractButton *>(str("statusButton"))->text();
    }
    void end();
    void join(const char *password = "kim's password");
    void joinAndShow();
    void disable();
    [[nodiscard]] std::unique_ptr<ReplicaSession> openSession(const QByteArray &token);
    /// One that Kim typed at another device is here.
    void typeElsewhere(const QString &text);
    [[nodiscard]] bool isErased() const { return !QFile::exists(m_file) && !QFile::exists(m_file + str("-wal")); }
    [[nodiscard]] QString address() const { return str("http://127.0.0.1:%1").arg(m_port); }
    /// What is said last; then it is closed.
    [[nodiscard]] QString lastWords();

    std::unique_ptr<ServerWorld> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<Program> m_program;
    std::unique_ptr<QSignalSpy> m_ended;
    QString m_file;
    QString m_keyFile;
    quint16 m_port = 0;
};

void StartTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->filePath(str("settings")));
    for (const KnownWorkspace &known : KnownWorkspaces::all())
        KnownWorkspaces::forget(known.file);
    m_file = m_folder->filePath(str("desk.earshot"));
    m_keyFile = m_folder->filePath(str("key"));
    m_world = std::make_unique<ServerWorld>();
    m_world->setPassword(ServerWorld::kim, "kim's password");
    m_port = m_world->server().port();
    if (!m_appearance)
        m_appearance = std::make_unique<Appearance>(*qApp);
}

void StartTest::cleanup()
{
    end();
    m_world.reset();
    m_folder.reset();
}

void StartTest::start(const QString &server, std::unique_ptr<SecretStore> secrets)
{
    end();
    m_program = std::make_unique<Program>(*m_appearance, std::move(secrets));
    m_ended = std::make_unique<QSignalSpy>(m_program.get(), &Program::ended);
    Wishes wishes;
    wishes.file = m_file;
    wishes.keyFile = m_keyFile;
    wishes.server = server;
    m_program->start(wishes);
}

void StartTest::end()
{
    m_ended.reset();
    m_program.reset();
    for (QWidget *widget : QApplication::topLevelWidgets())
        widget->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void StartTest::join(const char *password)
{
    QTRY_VERIFY(shown<JoinDialog>());
    auto *dialog = shown<JoinDialog>();
    auto *button = dialog->findChild<QPushButton *>(str("joinButton"));
    dialog->findChild<QLineEdit *>(str("joinAddress"))->setText(address());
    dialog->findChild<QLineEdit *>(str("joinName"))->setText(str("Kim"));
    dialog->findChild<QLineEdit *>(str("joinPassword"))->setText(str(password));
    QVERIFY(button->isEnabled());
    button->click();
}

void StartTest::joinAndShow()
{
    start(address());
    join();
    QTRY_VERIFY_WITH_TIMEOUT(shown<MainWindow>(), 20'000);
    QVERIFY(!shown<JoinDialog>());
}

/// After a night without the server the pauses between looks at it are long: not for somebody who comes back.
void StartTest::comingBackLooksForTheServer()
{
    ReplicaSession::Options options;
    options.path = m_file;
    options.token = Secret(m_world->token(ServerWorld::kim));
    options.pauses = {std::chrono::hours(1), std::chrono::hours(1)};
    QVERIFY(ReplicaFile::create(m_file, {address(), m_world->account(), ServerWorld::kim}, m_world->clock()));
    const auto session = ReplicaSession::open(options, m_world->clock()).value();
    const auto kind = [&] { return session->desk().status().kind; };
    QTRY_COMPARE(kind(), DeskStatus::Kind::current);
    Keyring keyring(m_keyFile);
    DeskWindow desk({*session, session.get(), m_file, {}}, *m_appearance, keyring);
    m_world->stopServer();
    QTRY_COMPARE(kind(), DeskStatus::Kind::offline);
    m_world->start({}, m_port);
    // Again and again: it may have been activated, and have looked, a moment before that.
    const auto isBack = [&] {
        QEvent activated(QEvent::WindowActivate);
        QCoreApplication::sendEvent(&desk.window(), &activated);
        return kind() == DeskStatus::Kind::current;
    };
    QTRY_VERIFY(isBack());
}

/// What is here is read, and worked with, while the keychain still wants its password.
void StartTest::windowDoesNotWaitForTheKeychain()
{
    joinAndShow();
    auto locked = std::make_unique<LockedKeychain>(m_keyFile);
    LockedKeychain &keychain = *locked;
    start({}, std::move(locked));
    QTRY_VERIFY(shown<MainWindow>());
    QVERIFY(keychain.isAsked());
    QCOMPARE(status(), str("Waiting for the keychain"));
    QTest::qWait(50);
    QCOMPARE(status(), str("Waiting for the keychain"));
    keychain.unlock();
    QTRY_COMPARE(status(), str("Up to date"));
}

void StartTest::nothingInTheKeychainIsTold()
{
    joinAndShow();
    auto locked = std::make_unique<LockedKeychain>(m_folder->filePath(str("another key")));
    LockedKeychain &keychain = *locked;
    start({}, std::move(locked));
    QTRY_VERIFY(shown<MainWindow>());
    keychain.unlock();
    // Where log-ins of one server used to be kept is looked at next.
    QTRY_VERIFY(keychain.isAsked());
    keychain.unlock();
    QTRY_COMPARE(status(), str("Not logged in"));
}

void StartTest::disable()
{
    QVERIFY(m_world->act(Act::EditAgent{ServerWorld::kim, {}, {}, true}).isApplied());
}

void StartTest::typeElsewhere(const QString &text)
{
    const QJsonObject draft{{str("text"), text}, {str("device"), str("laptop")}, {str("at"), 1}};
    const QJsonObject told = m_world->client(ServerWorld::kim)
                                 ->call(str("Draft/set"), {{str("conversation"), str("1")},
                                                           {str("mode"), str("reply")},
                                                           {str("ifVersion"), 0},
                                                           {str("draft"), draft}});
    QVERIFY(told.value(str("isStored")).toBool());
    const SystemClock clock;
    const auto reader = Workspace::open(m_file, Workspace::Access::readOnly, clock);
    QVERIFY(reader);
    QTRY_COMPARE((*reader)->readNow<OwnWords>(loadOwnWords).value().texts, QStringList{text});
}

QString StartTest::lastWords()
{
    const bool isThere = QTest::qWaitFor([] { return shown<QMessageBox>() != nullptr; }, 20'000);
    auto *box = shown<QMessageBox>();
    if (!isThere)
        return {};
    const QString said = box->text() + u' ' + box->informativeText();
    box->button(QMessageBox::Close)->click();
    return said;
}

void StartTest::joinsAndIsThereAtTheNextStart()
{
    joinAndShow();
    QCOMPARE(KnownWorkspaces::all().constFirst().server, address());
    start();
    QTRY_VERIFY(shown<MainWindow>());
    QVERIFY(!shown<JoinDialog>());
    QCOMPARE(m_ended->size(), 0);
    // The window ends the program, and with it the desk is closed.
    Q_EMIT shown<MainWindow>()->closing();
    QTRY_COMPARE(m_ended->size(), 1);
    QCOMPARE(m_ended->constFirst().constFirst().toInt(), 0);
    end();
    const SystemClock clock;
    QVERIFY(Workspace::open(m_file, Workspace::Access::owner, clock));
}

void StartTest::wrongPasswordIsSaidAndTriedAgain()
{
    start(address());
    join("another");
    QTRY_VERIFY(shown<JoinDialog>()->findChild<QPushButton *>(str("joinButton"))->isEnabled());
    QVERIFY(!QFile::exists(m_file));
    join();
    QTRY_VERIFY_WITH_TIMEOUT(shown<MainWindow>(), 20'000);
}

void StartTest::newWorkspaceAsksForAnAddress()
{
    m_program = std::make_unique<Program>(*m_appearance);
    Wishes wishes;
    wishes.isAnother = true;
    wishes.keyFile = m_keyFile;
    m_program->start(wishes);
    QTRY_VERIFY(shown<WelcomeDialog>());
    shown<WelcomeDialog>()->findChild<QLineEdit *>(str("welcomeName"))->setText(str("Kim"));
    shown<WelcomeDialog>()->findChild<QPushButton *>(str("welcomeCreate"))->click();
    QTRY_VERIFY(shown<ConnectDialog>());
    QTRY_VERIFY(shown<ConnectDialog>()->findChild<QLineEdit *>(str("connectAddress"))->hasFocus());
    // Whoever has no address at hand is not asked again.
    shown<ConnectDialog>()->reject();
    shown<ChannelsDialog>()->reject();
    QTRY_VERIFY(!shown<ChannelsDialog>());
    QVERIFY(shown<MainWindow>());
    const QString made = KnownWorkspaces::all().constFirst().file;
    end();
    for (const char *suffix : {"", "-wal", "-shm", ".lock"})
        QFile::remove(made + str(suffix));
}

void StartTest::backFromJoiningIsTheWelcome()
{
    m_program = std::make_unique<Program>(*m_appearance);
    m_ended = std::make_unique<QSignalSpy>(m_program.get(), &Program::ended);
    Wishes wishes;
    wishes.isAnother = true;
    m_program->start(wishes);
    QTRY_VERIFY(shown<WelcomeDialog>());
    shown<WelcomeDialog>()->findChild<QPushButton *>(str("welcomeJoin"))->click();
    QVERIFY(!shown<WelcomeDialog>());
    QTRY_VERIFY(shown<JoinDialog>());
    shown<JoinDialog>()->reject();
    QTRY_VERIFY(shown<WelcomeDialog>());
    QVERIFY(!shown<JoinDialog>());
    QCOMPARE(m_ended->size(), 0);
    shown<WelcomeDialog>()->reject();
    QTRY_COMPARE(m_ended->size(), 1);
}

void StartTest::backFromJoiningWithoutAWelcomeEnds()
{
    start(address());
    QTRY_VERIFY(shown<JoinDialog>());
    shown<JoinDialog>()->reject();
    QTRY_COMPARE(m_ended->size(), 1);
    QCOMPARE(m_ended->constFirst().constFirst().toInt(), 0);
}

void StartTest::fileThatIsSomethingElseIsNotJoined()
{
    const SystemClock clock;
    QVERIFY(Workspace::create(m_file, str("Ana"), clock));
    start(address());
    QVERIFY(lastWords().contains(str("a workspace of its own")));
    QTRY_COMPARE(m_ended->size(), 1);
    QCOMPARE(m_ended->constFirst().constFirst().toInt(), 1);
    QVERIFY(QFile::exists(m_file));
}

void StartTest::disabledOneIsOfferedItsWords()
{
    joinAndShow();
    typeElsewhere(str("half a sentence"));
    disable();
    QTRY_VERIFY_WITH_TIMEOUT(shown<PartedDialog>(), 20'000);
    QVERIFY(!shown<MainWindow>());
    auto *dialog = shown<PartedDialog>();
    QVERIFY(dialog->findChild<QPlainTextEdit *>(str("partedWords"))->toPlainText().contains(str("half a sentence")));
    QVERIFY(QFile::exists(m_file));
    dialog->findChild<QPushButton *>(str("partedDelete"))->click();
    QVERIFY(lastWords().contains(str("withdrawn your access")));
    QVERIFY(isErased());
    QVERIFY(KnownWorkspaces::all().isEmpty());
    QTRY_COMPARE(m_ended->size(), 1);
}

void StartTest::disabledOneMayKeepItsWordsForNow()
{
    joinAndShow();
    typeElsewhere(str("half a sentence"));
    disable();
    QTRY_VERIFY_WITH_TIMEOUT(shown<PartedDialog>(), 20'000);
    shown<PartedDialog>()->reject();
    QTRY_COMPARE(m_ended->size(), 1);
    QVERIFY(!erasureOf(m_file));
    // They are offered again.
    start();
    QTRY_VERIFY_WITH_TIMEOUT(shown<PartedDialog>(), 20'000);
}

void StartTest::disabledOneWithoutWordsIsTold()
{
    joinAndShow();
    disable();
    QVERIFY(lastWords().contains(str("withdrawn your access")));
    QVERIFY(!shown<MainWindow>());
    QVERIFY(!shown<PartedDialog>());
    QVERIFY(isErased());
}

void StartTest::toldToEraseNothingIsLeft()
{
    joinAndShow();
    typeElsewhere(str("half a sentence"));
    const QString token =
        tokenIdOf(Keyring(m_keyFile).tokens().read(replicaTokenName(QUrl(address()), m_file)).result().value());
    QVERIFY(!token.isEmpty());
    const QString name = replicaTokenName(QUrl(address()), m_file);
    const auto told = m_world->workspace().write<bool>(Urgency::interactive, [token](Writing &writing) -> Result<bool> {
        return askToErase(writing, token, ServerWorld::kim);
    });
    QVERIFY(told.result().value());
    m_world->stopServer();
    m_world->start({}, m_port);
    QVERIFY(lastWords().contains(str("told this device to erase")));
    QVERIFY(!shown<MainWindow>());
    QVERIFY(!shown<PartedDialog>());
    QVERIFY(isErased());
    QVERIFY(!erasureOf(m_file));
    QVERIFY(!erasedReportOf(m_file));
    QVERIFY(Keyring(m_keyFile).tokens().read(name).result()->isEmpty());
    QTRY_COMPARE(m_ended->size(), 1);
}

std::unique_ptr<ReplicaSession> StartTest::openSession(const QByteArray &token)
{
    ReplicaSession::Options options;
    options.path = m_file;
    options.token = Secret(token);
    options.pauses = {std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    const bool isMade =
        ReplicaFile::create(m_file, {address(), m_world->account(), ServerWorld::kim}, m_world->clock()).has_value();
    return isMade ? std::move(ReplicaSession::open(options, m_world->clock()).value()) : nullptr;
}

void StartTest::disabledOneIsOfferedWhatTheFileDidNotTake()
{
    const auto session = openSession(m_world->token(ServerWorld::kim));
    QVERIFY(session);
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
    Database::setFault([]() -> std::optional<Error> {
        if (QThread::currentThread()->objectName() != str("writer"))
            return {};
        return Error{ErrorKind::diskFull, str("no room"), {}};
    });
    const auto restored = qScopeGuard([] { Database::setFault({}); });
    DraftRecord draft;
    draft.conversation = ConversationId(1);
    draft.text = str("half a sentence");
    session->desk().saveDraft(draft);
    PartingFlow flow;
    const QSignalSpy putOff(&flow, &PartingFlow::putOff);
    flow.begin(*session, Parting::disabled);
    QTRY_VERIFY_WITH_TIMEOUT(shown<PartedDialog>(), 20'000);
    const auto *words = shown<PartedDialog>()->findChild<QPlainTextEdit *>(str("partedWords"));
    QCOMPARE(words->toPlainText(), str("half a sentence"));
    shown<PartedDialog>()->findChild<QPushButton *>(str("partedCancel"))->click();
    QCOMPARE(putOff.size(), 1);
    QVERIFY(!erasureOf(m_file));
}

void StartTest::whatCannotBeReadIsSaid()
{
    PartedDialog whole(str("desk.example"), {str("half a sentence")});
    QVERIFY(!whole.findChild<PlainLabel *>(str("partedUnread")));
    PartedDialog dialog(str("desk.example"), {}, false);
    const QSignalSpy deleted(&dialog, &PartedDialog::deleteAsked);
    dialog.show();
    QVERIFY(dialog.findChild<PlainLabel *>(str("partedUnread"))->isVisible());
    QVERIFY(!dialog.findChild<QPushButton *>(str("partedSave"))->isVisible());
    auto *cancel = dialog.findChild<QPushButton *>(str("partedCancel"));
    QVERIFY(cancel->isDefault());
    cancel->click();
    QVERIFY(!dialog.isVisible());
    QCOMPARE(deleted.size(), 0);
}

void StartTest::toldToEraseWhileItsWordsAreOffered()
{
    const QByteArray token = m_world->token(ServerWorld::kim);
    const auto session = openSession(token);
    QVERIFY(session);
    QTRY_COMPARE(session->desk().status().kind, DeskStatus::Kind::current);
    DraftRecord draft;
    draft.conversation = ConversationId(1);
    draft.text = str("half a sentence");
    session->desk().saveDraft(draft);
    PartingFlow flow;
    const QSignalSpy toErase(&flow, &PartingFlow::toErase);
    connect(
        session.get(), &ReplicaSession::parted, &flow, [&](Parting parting) { flow.begin(*session, parting); },
        Qt::QueuedConnection);
    disable();
    QTRY_VERIFY(shown<PartedDialog>());
    QCOMPARE(toErase.size(), 0);
    const auto told =
        m_world->workspace().write<bool>(Urgency::interactive, [&token](Writing &writing) -> Result<bool> {
            return askToErase(writing, parseToken(token)->id, ServerWorld::kim);
        });
    QVERIFY(told.result().value());
    QTRY_COMPARE(toErase.size(), 1);
    QVERIFY(toErase.constFirst().constFirst().toString().contains(str("told this device to erase")));
    QVERIFY(!shown<PartedDialog>());
    QVERIFY(erasureOf(m_file));
}

void StartTest::beginsWithWhatWasLeftToErase()
{
    joinAndShow();
    end();
    QVERIFY(beginErasure(m_file, QUrl(address())));
    // Another one beside it, too.
    const QString other = m_folder->filePath(str("other.earshot"));
    QVERIFY(QFile::copy(m_file, other));
    QVERIFY(beginErasure(other, QUrl(address())));
    start();
    QVERIFY(lastWords().contains(str("told this device to erase")));
    QVERIFY(isErased());
    QTRY_VERIFY(!QFile::exists(other) && !erasureOf(other));
}

void StartTest::saysAgainWhatTheServerHasNotHeard()
{
    joinAndShow();
    end();
    QVERIFY(beginErasure(m_file, QUrl(address())));
    m_world->stopServer();
    start();
    QVERIFY(!lastWords().isEmpty());
    QVERIFY(erasedReportOf(m_file));
    m_world->start({}, m_port);
    // Whatever it is started for then: here nothing is there any more.
    start(address());
    QTRY_VERIFY_WITH_TIMEOUT(!erasedReportOf(m_file), 20'000);
    QTRY_VERIFY(shown<JoinDialog>());
}

void StartTest::leavesAndErases()
{
    joinAndShow();
    const QString key = str("ownWindows");
    WindowPlaces(m_file, false).store({{ConversationId(57), 57, {}}});
    QCOMPARE(QSettings().childGroups().count(key), 1);
    Q_EMIT shown<MainWindow>()->logOutAsked(true);
    const QString said = lastWords();
    QVERIFY2(said.contains(str("You are logged out")) && said.contains(str("is deleted")), qPrintable(said));
    QVERIFY(isErased());
    // Nor which conversations stood open.
    QVERIFY(!QSettings().childGroups().contains(key));
    QTRY_COMPARE(m_ended->size(), 1);
}

void StartTest::loggingOutErasesWhereThatIsChosen_data()
{
    QTest::addColumn<bool>("erases");
    QTest::newRow("erased") << true;
    QTest::newRow("kept") << false;
}

/// From the menu on, as a person does it.
void StartTest::loggingOutErasesWhereThatIsChosen()
{
    QFETCH(const bool, erases);
    joinAndShow();
    const QString name = replicaTokenName(QUrl(address()), m_file);
    QVERIFY(!Keyring(m_keyFile).tokens().read(name).result()->isEmpty());
    QVERIFY(shown<MainWindow>()->commands().trigger(str("workspace.logOut")));
    QTRY_VERIFY(shown<LogOutDialog>());
    auto *box = shown<LogOutDialog>()->findChild<QCheckBox *>(str("logOutErases"));
    // That is chosen, not given.
    QVERIFY(!box->isChecked());
    box->setChecked(erases);
    shown<LogOutDialog>()->findChild<QPushButton *>(str("logOutButton"))->click();
    const auto isForgotten = [&] {
        const auto kept = Keyring(m_keyFile).tokens().read(name).result();
        return kept && kept->isEmpty();
    };
    if (erases)
        QVERIFY(lastWords().contains(str("is deleted")));
    QTRY_VERIFY(isForgotten());
    QCOMPARE(isErased(), erases);
    QVERIFY(!erases || !QFile::exists(m_file + str(".media")));
    const auto devices = m_world->workspace().readNow<QList<TokenRecord>>(
        [](Database &database) { return loadTokens(database, ServerWorld::kim); });
    QVERIFY(devices && devices->isEmpty());
}

QTEST_MAIN(StartTest)
#include "tst_start.moc"
