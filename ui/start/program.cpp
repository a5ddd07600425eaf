// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/start/program.h"

#include "networks/authorities.h"
#include "replica/leaving.h"
#include "sample/samplesession.h"
#include "ui/shell/errortext.h"
#include "ui/shell/knownworkspaces.h"
#include "ui/shell/singleinstance.h"
#include "ui/start/farewells.h"
#include "ui/start/newformdialog.h"
#include "ui/start/opening.h"
#include "ui/window/statuscontrol.h"
#include "ui/window/welcomedialog.h"
#include "ui/window/windowplaces.h"
#include "ui/window/wishes.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QTimer>

#include <utility>

namespace Earshot {

namespace {

constexpr std::chrono::seconds longestGoodbye{10};

QString activationToken()
{
    const QString token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
    return token.isEmpty() ? qEnvironmentVariable("DESKTOP_STARTUP_ID") : token;
}

} // namespace

Program::Program(Appearance &appearance, std::unique_ptr<SecretStore> secrets)
    : m_appearance(appearance)
    , m_keyring(QString(), std::move(secrets))
    , m_join(m_keyring, m_clock,
             [this](const QString &address) {
                 // A replica that nobody gave a name is called as its server.
                 if (m_isNameOpen && !m_replica)
                     m_file = freshWorkspace(QUrl::fromUserInput(address).host());
                 return m_file;
             })
    , m_erasures(m_keyring, m_clock)
{
    connect(&m_join, &JoinFlow::joined, this, &Program::onJoined);
    connect(&m_join, &JoinFlow::givenUp, this, &Program::giveUpJoining);
    connect(&m_join, &JoinFlow::leftServer, this, [this](bool isLeft, bool isOut) {
        if (isOut)
            Q_EMIT ended(0);
        else if (isLeft && m_welcome)
            m_welcome->showTrouble(Farewells::deviceLeft());
    });
    connect(&m_parting, &PartingFlow::toErase, this, &Program::eraseAsTold);
    connect(&m_parting, &PartingFlow::putOff, this, [this] { Q_EMIT ended(0); });
    connect(&m_erasures, &Erasures::erased, this, [this](const QString &left) {
        sayGoodbye(left.isEmpty() ? m_whyErased : m_whyErased + QLatin1Char('\n') + Farewells::notAllErased(left));
    });
}

Program::~Program() = default;

void Program::start(const Wishes &wishes)
{
    m_agent = wishes.agent;
    m_keyring.setKeyFile(wishes.keyFile);
    if (wishes.isSample) {
        openSample();
        return;
    }
    m_file = wishes.file.isEmpty() ? lastWorkspace() : QFileInfo(wishes.file).absoluteFilePath();
    const auto trusted = trustFile(wishes.caFile);
    if (!trusted) {
        giveUp(ErrorText::of(trusted.error()));
        return;
    }
    m_authorities = *trusted;
    if (wishes.isAnother) {
        m_file = freshWorkspace(QString());
        m_isNameOpen = true;
        welcome();
        return;
    }
    m_isForReading = wishes.isForReading;
    if (m_isForReading)
        m_whyReadOnly = MainWindow::tr("This window is for reading: nothing is changed in the file, and nothing is "
                                       "pulled, sent or asked of a server.");
    // Beside the window that works with it there may be any number that read.
    if (m_isForReading || isOnlyOne())
        begin(wishes);
}

void Program::begin(const Wishes &wishes)
{
    m_erasures.carryOn(m_file);
    if (const auto erasure = erasureOf(m_file))
        eraseAsTold(Farewells::toldToErase(erasure->server));
    else if (m_isForReading)
        open(); // nothing is made or joined to be read
    else if (!QFileInfo::exists(m_file) && !wishes.server.isEmpty())
        m_join.ask(wishes.server, false);
    else if (!QFileInfo::exists(m_file) && wishes.file.isEmpty())
        welcome();
    else if (isToBeOpened(wishes.server))
        open();
}

/// A file that is there is not joined anew: it is opened where it is that server's replica; else it is said why not.
bool Program::isToBeOpened(const QString &server)
{
    if (server.isEmpty())
        return true;
    if (const auto why = whyNotToJoin(m_file, server)) {
        giveUp(*why);
        return false;
    }
    if (QFileInfo::exists(m_file))
        m_note = MainWindow::tr("This file has joined that server already: it was opened.");
    return true;
}

/// @return false: another process has this file's window, which shows itself; this one ends
bool Program::isOnlyOne()
{
    m_instance = std::make_unique<SingleInstance>(m_file);
    if (m_instance->handOver(QCoreApplication::arguments(), activationToken())) {
        Q_EMIT ended(0);
        return false;
    }
    if (const Done listening = m_instance->listen(); !listening)
        qWarning("a second start cannot reach this window: %s", qUtf8Printable(listening.error().detail));
    connect(m_instance.get(), &SingleInstance::handedOver, this, &Program::startAgain);
    return true;
}

void Program::welcome()
{
    m_welcome = std::make_unique<WelcomeDialog>(m_file, KnownWorkspaces::all());
    connect(m_welcome.get(), &WelcomeDialog::openAsked, this, &Program::openKnown);
    connect(m_welcome.get(), &QDialog::rejected, this, [this] { Q_EMIT ended(0); });
    connect(m_welcome.get(), &WelcomeDialog::joinAsked, this, [this] {
        m_welcome->hide();
        m_join.ask({}, false);
    });
    connect(m_welcome.get(), &WelcomeDialog::sampleAsked, this, [this] {
        m_welcome->hide();
        openSample();
    });
    connect(m_welcome.get(), &WelcomeDialog::createAsked, this, &Program::create);
    m_welcome->show();
}

void Program::create(const QString &name)
{
    QDir().mkpath(QFileInfo(m_file).absolutePath());
    if (const Done made = Workspace::create(m_file, name, m_clock); !made)
        m_welcome->showTrouble(ErrorText::of(made.error()));
    else {
        m_isNew = true;
        openKnown(m_file);
    }
}

void Program::openKnown(const QString &file)
{
    m_file = file;
    m_welcome->hide();
    if (isOnlyOne())
        open();
}

void Program::openSample()
{
    auto session = openSampleSession(m_clock);
    if (!session) {
        giveUp(ErrorText::of(session.error()));
        return;
    }
    m_session = std::move(*session);
    showWindow(MainWindow::tr("Sample"));
}

void Program::showWindow(const QString &title, Time heardUntil)
{
    MainWindow::Options options;
    options.title = title;
    options.asksBeforeClosing = m_session->isOwner();
    options.heardUntil = heardUntil;
    options.whyReadOnly = m_whyReadOnly;
    if (!m_replica)
        options.asOf = m_asOf;
    if (!m_session->isOwner() && !m_replica)
        options.notListening = MainWindow::tr("Another program has this workspace open and pulls and sends for it.");
    m_window = std::make_unique<DeskWindow>(
        DeskWindow::What{*m_session, m_replica, m_isForReading ? QString() : m_file, std::move(options)}, m_appearance,
        m_keyring);
    connect(m_window.get(), &DeskWindow::closing, this, &Program::close);
    connect(m_window.get(), &DeskWindow::logInAsked, this,
            [this] { m_join.ask(m_replica->server().toString(), true); });
    connect(m_window.get(), &DeskWindow::leftToErase, this, &Program::erase, Qt::QueuedConnection);
    connect(m_window.get(), &DeskWindow::workspaceAsked, this,
            [this](const QString &file) { openElsewhere(file, false); });
    connect(m_window.get(), &DeskWindow::readingAsked, this,
            [this](const QString &file) { openElsewhere(file, true); });
    if (std::exchange(m_isNew, false))
        m_window->askForAnAddress();
    if (!m_note.isEmpty())
        m_window->window().tell(std::exchange(m_note, {}));
}

void Program::openElsewhere(const QString &file, bool isForReading)
{
    if (!startElsewhere(m_keyring.keyFile(), file, isForReading))
        m_window->window().tell(MainWindow::tr("The other workspace could not be opened."));
}

/// Somebody started the program once more with the same workspace.
void Program::startAgain(const QStringList &arguments, const QString &token)
{
    if (m_window) {
        m_window->showFor(arguments, token);
        return;
    }
    if (m_newForm)
        m_newForm->stay();
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (window->isVisible())
            window->activateWindow();
    }
}

void Program::close()
{
    whenDone(m_session->close(), this, [this](const Done &) { Q_EMIT ended(0); });
}

/// While nothing can be shown yet, the dialog tells how far it is.
void Program::followJoining()
{
    // What is here, all or a part of it, is shown in a moment.
    if (m_window || m_replica->isUsable())
        return;
    const DeskStatus now = m_session->desk().status();
    const bool isLoggedOut = now.kind == DeskStatus::Kind::refused && now.why.kind == ErrorKind::authExpired;
    if (!m_join.isAsking())
        m_join.ask(m_replica->server().toString(), isLoggedOut);
    if (isLoggedOut)
        m_join.showTrouble({});
    else
        m_join.showProgress(now.share, StatusControl::whyNotJoined(now.why));
}

void Program::onJoined(const Secret &token)
{
    if (m_replica)
        m_replica->setToken(token);
    else if (!m_isNameOpen || isOnlyOne())
        openReplica(token);
    if (m_window)
        m_join.hide();
}

/// Back from joining: to the welcome, or out. What the server made meanwhile is taken back there first.
void Program::giveUpJoining()
{
    if (m_window)
        return;
    const bool isBack = m_welcome && !m_replica;
    if (isBack)
        m_welcome->show();
    const bool isUnderWay = m_join.takeBack(!isBack);
    // Who wants to be out does not wait for a server that does not answer.
    if (!isBack)
        QTimer::singleShot(isUnderWay ? longestGoodbye : std::chrono::seconds(0), this, [this] { Q_EMIT ended(0); });
}

void Program::closeWindow()
{
    m_window.reset();
    m_join.hide();
}

void Program::closeReplica()
{
    m_replica = nullptr;
    m_session.reset();
}

/// The server says that what is here may no longer be here.
void Program::part(Parting parting)
{
    if (!m_replica)
        return;
    closeWindow();
    m_parting.begin(*m_replica, parting);
}

/// Goes on where it was begun; that is said, and ends the program.
void Program::eraseAsTold(const QString &why)
{
    closeReplica();
    m_whyErased = why;
    m_erasures.erase(m_file);
}

/// The replica goes, and with it the window; what happened is said, and that ends the program.
void Program::erase(const QString &said)
{
    closeWindow();
    closeReplica();
    KnownWorkspaces::forget(m_file);
    WindowPlaces::forget(m_file);
    const Done erased = eraseReplica(m_file);
    sayGoodbye(said + QLatin1Char('\n') +
               (erased ? Farewells::erased() : Farewells::notAllErased(erased.error().detail)));
}

void Program::sayGoodbye(const QString &said)
{
    QMessageBox *box = Farewells::makeBox(QMessageBox::Information, said);
    connect(box, &QDialog::finished, this, [this] { Q_EMIT ended(0); });
    box->open();
}

void Program::giveUp(const QString &why)
{
    QMessageBox *box = Farewells::makeBox(QMessageBox::Critical, MainWindow::tr("The workspace could not be opened."));
    box->setInformativeText(why + QLatin1Char('\n') + QDir::toNativeSeparators(m_file));
    connect(box, &QDialog::finished, this, [this] { Q_EMIT ended(1); });
    box->open();
}

} // namespace Earshot
