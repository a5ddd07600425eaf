// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/start/deskwindow.h"

#include "replica/leaving.h"
#include "replica/replicasession.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/errortext.h"
#include "ui/shell/knownworkspaces.h"
#include "ui/shell/roster.h"
#include "ui/start/farewells.h"
#include "ui/start/keyring.h"
#include "ui/window/desktoppresence.h"
#include "ui/window/devicesdialog.h"

#include <QDBusConnection>
#include <QFileInfo>
#include <QSystemTrayIcon>

namespace Earshot {

namespace {

constexpr std::chrono::milliseconds leastBetweenLooks{3000};

} // namespace

DeskWindow::DeskWindow(What what, Appearance &appearance, Keyring &keyring)
    : m_session(what.session)
    , m_replica(what.replica)
    , m_file(what.file)
    , m_keyring(keyring)
    , m_window(
          std::make_unique<MainWindow>(m_session.desk(), m_session.channels(), appearance, std::move(what.options)))
{
    connect(m_window.get(), &MainWindow::closing, this, &DeskWindow::closing);
    connect(m_window.get(), &MainWindow::logInAsked, this, &DeskWindow::logInAsked);
    connect(m_window.get(), &MainWindow::logOutAsked, this, &DeskWindow::logOut);
    connect(m_window.get(), &MainWindow::devicesAsked, this, &DeskWindow::showDevices);
    connect(m_window.get(), &MainWindow::workspaceAsked, this, &DeskWindow::workspaceAsked);
    connect(m_window.get(), &MainWindow::readingAsked, this, &DeskWindow::readingAsked);
    if (!m_file.isEmpty()) {
        noteUsed();
        m_window->installEventFilter(this);
    }
    m_presence = std::make_unique<DesktopPresence>(m_session.desk(), *m_window, QDBusConnection::sessionBus(),
                                                   QSystemTrayIcon::isSystemTrayAvailable());
    m_window->show();
}

DeskWindow::~DeskWindow() = default;

bool DeskWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window.get() && event->type() == QEvent::WindowActivate) {
        noteUsed();
        lookForServer();
    }
    return false;
}

/// Whoever comes to look does not wait for the end of a long pause, unless the server itself asked for one.
void DeskWindow::lookForServer()
{
    const DeskStatus status = m_session.desk().status();
    const bool isTooSoon = m_sinceLook.isValid() && !m_sinceLook.hasExpired(leastBetweenLooks.count());
    if (!m_replica || status.kind != DeskStatus::Kind::offline || isKnown(status.why.until) || isTooSoon)
        return;
    m_sinceLook.start();
    m_replica->tryNow();
}

void DeskWindow::noteUsed() const
{
    const QString server = m_replica ? m_replica->server().toString() : QString();
    const QString name = m_replica ? m_replica->server().authority() : QFileInfo(m_file).completeBaseName();
    KnownWorkspaces::note({m_file, name, server});
}

void DeskWindow::askForAnAddress()
{
    // Not before it is known who sits here, and that there is no channel.
    connect(
        &m_window->roster(), &Roster::rosterChanged, this,
        [this] {
            if (m_window->roster().channels().isEmpty())
                m_window->commands().trigger(QStringLiteral("channels.connect"));
        },
        Qt::SingleShotConnection);
}

void DeskWindow::showFor(const QStringList &arguments, const QString &activationToken)
{
    m_window->raiseFor(activationToken);
    const QString asked = arguments.value(arguments.indexOf(QStringLiteral("--agent")) + 1);
    const QString mine = m_window->roster().agentName(m_session.desk().me());
    if (arguments.contains(QStringLiteral("--agent")) && asked.compare(mine, Qt::CaseInsensitive) != 0)
        m_window->tell(MainWindow::tr("%1 works here. Quit, then start as %2.").arg(mine, asked));
}

/// An admin sees everybody's devices, others their own.
void DeskWindow::showDevices()
{
    QList<AgentRecord> agents;
    for (const AgentRecord &agent : m_window->roster().agents()) {
        if (agent.id == m_session.desk().me())
            agents.prepend(agent);
        else if (m_window->roster().isAdmin())
            agents.append(agent);
    }
    auto *dialog = new DevicesDialog(agents, m_window.get());
    connect(dialog, &DevicesDialog::devicesAsked, this, [this, dialog](AgentId agent) {
        whenDone(m_replica->devices(agent), dialog, [dialog, agent](const Result<QList<TokenRecord>> &devices) {
            if (!devices)
                dialog->showTrouble(ErrorText::ofAttempt(devices.error()));
            else if (dialog->agent() == agent)
                dialog->showDevices(*devices);
        });
    });
    const auto take = [this, dialog](AgentId agent, const QString &id, bool erases) {
        whenDone(m_replica->takeDevice(agent, id, erases), dialog, [dialog, agent](const Done &taken) {
            if (taken)
                Q_EMIT dialog->devicesAsked(agent);
            else
                dialog->showTrouble(ErrorText::ofAttempt(taken.error()));
        });
    };
    connect(dialog, &DevicesDialog::revokeAsked, this,
            [take](AgentId agent, const QString &id) { take(agent, id, false); });
    connect(dialog, &DevicesDialog::eraseAsked, this,
            [take](AgentId agent, const QString &id) { take(agent, id, true); });
    dialog->open();
}

void DeskWindow::logOut(bool erases)
{
    m_leaving =
        std::make_unique<Leaving>(*m_replica, [this](const QString &name) { return m_keyring.secrets().remove(name); });
    connect(m_leaving.get(), &Leaving::left, this,
            [this, erases](bool atServer, bool here) { onLeft(erases, atServer, here); });
    m_leaving->logOut();
}

void DeskWindow::onLeft(bool erases, bool atServer, bool here)
{
    QString said = MainWindow::tr("You are logged out.");
    if (!atServer)
        said += QLatin1Char('\n') + Farewells::deviceLeft();
    if (!here)
        said += QLatin1Char('\n') + MainWindow::tr("The log-in could not be removed from the keychain.");
    // The window goes, and what told of this with it.
    if (erases)
        Q_EMIT leftToErase(said);
    else
        m_window->tell(said);
}

} // namespace Earshot
