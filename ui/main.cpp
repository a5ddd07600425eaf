// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/secretstore.h"
#include "courier/session.h"
#include "networks/authorities.h"
#include "replica/erasing.h"
#include "replica/joining.h"
#include "replica/leaving.h"
#include "replica/replicasession.h"
#include "replica/replicatoken.h"
#include "sample/samplesession.h"
#include "ui/settings/settingsfile.h"
#include "ui/shell/appearance.h"
#include "ui/shell/errortext.h"
#include "ui/shell/heap.h"
#include "ui/shell/icons.h"
#include "ui/shell/knownworkspaces.h"
#include "ui/shell/screenfit.h"
#include "ui/shell/singleinstance.h"
#include "ui/shell/translations.h"
#include "ui/window/desktoppresence.h"
#include "ui/window/devicesdialog.h"
#include "ui/window/joindialog.h"
#include "ui/window/mainwindow.h"
#include "ui/window/parteddialog.h"
#include "ui/window/welcomedialog.h"
#include "ui/window/wishes.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QProcess>
#include <QSet>
#include <QSysInfo>
#include <QTimer>

namespace Earshot {

namespace {

constexpr std::chrono::seconds longestGoodbye{10};

/// One run of the desktop: from its arguments to its window and back. Lives in main().
class Program final : public QObject
{
public:
    Program(QApplication &application, Appearance &appearance)
        : m_application(application)
        , m_appearance(appearance)
    {
    }

    void start(const Wishes &wishes)
    {
        const QString &file = wishes.file;
        m_agent = wishes.agent;
        m_keyFile = wishes.keyFile;
        if (wishes.isSample) {
            openSample();
            return;
        }
        m_file = file.isEmpty() ? lastWorkspace() : QFileInfo(file).absoluteFilePath();
        if (const Done trusted = trust(wishes.caFile); !trusted) {
            giveUp(trusted.error());
            return;
        }
        if (wishes.isAnother) {
            m_file = freshPath(QString());
            m_isNameOpen = true;
            welcome();
            return;
        }
        if (!isOnlyOne())
            return;
        carryOnErasing();
        if (erasureOf(m_file)) {
            eraseAsTold(wasToldToErase(erasureOf(m_file)->server));
            return;
        }
        if (!QFileInfo::exists(m_file) && !wishes.server.isEmpty())
            askToJoin(wishes.server, false);
        else if (!QFileInfo::exists(m_file) && file.isEmpty())
            welcome();
        else if (isToBeOpened(wishes.server))
            open();
    }

private:
    /// The certificates of a file, by which the server's is believed; kept for the replica.
    [[nodiscard]] Done trust(const QString &caFile)
    {
        if (caFile.isEmpty())
            return {};
        const auto pem = readAuthorities(caFile);
        if (!pem)
            return tl::unexpected(pem.error());
        m_authorities = *pem;
        return trustAuthorities(m_authorities);
    }

    /// A file that is there is not joined anew: it is opened where it is that server's replica; else it is said why
    /// not.
    [[nodiscard]] bool isToBeOpened(const QString &server)
    {
        if (server.isEmpty())
            return true;
        switch (joinTargetOf(m_file, server)) {
        case JoinTarget::fresh:
            return true;
        case JoinTarget::joined:
            m_note = MainWindow::tr("This file has joined that server already: it was opened.");
            return true;
        case JoinTarget::otherReplica:
            giveUp(
                MainWindow::tr("This file is a replica of another server's workspace. To join name a file that is not "
                               "there yet."));
            break;
        case JoinTarget::ownWorkspace:
            giveUp(MainWindow::tr(
                "This file is a workspace of its own. To join a shared one name a file that is not there "
                "yet."));
            break;
        }
        return false;
    }

    /// @return false: another process has this file's window, which shows itself; this one ends
    [[nodiscard]] bool isOnlyOne()
    {
        m_instance = std::make_unique<SingleInstance>(m_file);
        if (m_instance->handOver(QCoreApplication::arguments(), activationToken())) {
            QMetaObject::invokeMethod(&m_application, &QCoreApplication::quit, Qt::QueuedConnection);
            return false;
        }
        if (const Done listening = m_instance->listen(); !listening)
            qWarning("a second start cannot reach this window: %s", qUtf8Printable(listening.error().detail));
        connect(m_instance.get(), &SingleInstance::handedOver, this, &Program::startAgain);
        return true;
    }

    /// The one that was used last, as long as it is there.
    static QString lastWorkspace()
    {
        const QList<KnownWorkspace> known = KnownWorkspaces::all();
        return known.isEmpty() ? defaultWorkspacePath() : known.constFirst().file;
    }

    static QString freshPath(const QString &name)
    {
        return KnownWorkspaces::freshPath(QFileInfo(defaultWorkspacePath()).absolutePath(), name);
    }

    /// In a process of its own, where it is not open already: there it shows its window.
    void openElsewhere(const QString &file)
    {
        QStringList arguments;
        if (!m_keyFile.isEmpty())
            arguments += {QStringLiteral("--key-file"), QFileInfo(m_keyFile).absoluteFilePath()};
        arguments.append(file.isEmpty() ? QStringLiteral("--another") : file);
        if (!QProcess::startDetached(QCoreApplication::applicationFilePath(), arguments))
            m_window->tell(MainWindow::tr("The other workspace could not be opened."));
    }

    static QString activationToken()
    {
        const QString token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
        return token.isEmpty() ? qEnvironmentVariable("DESKTOP_STARTUP_ID") : token;
    }

    void welcome()
    {
        m_welcome = std::make_unique<WelcomeDialog>(m_file, KnownWorkspaces::all());
        connect(m_welcome.get(), &WelcomeDialog::openAsked, this, [this](const QString &file) {
            m_file = file;
            m_welcome->hide();
            if (isOnlyOne())
                open();
        });
        connect(m_welcome.get(), &QDialog::rejected, &m_application, &QCoreApplication::quit);
        connect(m_welcome.get(), &WelcomeDialog::joinAsked, this, [this] {
            m_welcome->hide();
            askToJoin({}, false);
        });
        connect(m_welcome.get(), &WelcomeDialog::sampleAsked, this, [this] {
            m_welcome->hide();
            openSample();
        });
        connect(m_welcome.get(), &WelcomeDialog::createAsked, this, [this](const QString &name) {
            QDir().mkpath(QFileInfo(m_file).absolutePath());
            if (const Done made = Workspace::create(m_file, name, m_clock); !made) {
                m_welcome->showTrouble(ErrorText::of(made.error()));
                return;
            }
            m_welcome->hide();
            if (isOnlyOne())
                open();
        });
        m_welcome->show();
    }

    /// A file that follows a server's workspace is opened with what its keychain has for that server.
    void open()
    {
        const auto replica = ReplicaFile::describe(m_file);
        if (!replica) {
            openHere();
            return;
        }
        m_asOf = replica->asOf;
        m_name = QUrl(replica->source.server).authority();
        if (replica->isFrozen) {
            m_whyReadOnly = MainWindow::tr("This is a copy of what was here then, for reading. It follows nobody, and "
                                           "nothing is done with it.");
            openHere();
            return;
        }
        if (m_authorities.isEmpty() && !replica->authorities.isEmpty() && !trustAuthorities(replica->authorities))
            qWarning("the certificates that were kept for this server cannot be read");
        const auto found = findReplicaToken(tokenStore(), QUrl(replica->source.server), m_file, this);
        whenDone(found, this, [this](const Result<Secret> &token) {
            if (!token)
                qWarning("the log-in could not be read: %s", qUtf8Printable(token.error().detail));
            openReplica(token.value_or(Secret()));
        });
    }

    TokenStore tokenStore()
    {
        return {[this](const QString &name) { return secrets().read(name); },
                [this](const QString &name, const Secret &token) { return secrets().write(name, token); },
                [this](const QString &name) { return secrets().remove(name); }};
    }

    void openReplica(const Secret &token)
    {
        // Whoever went back meanwhile is elsewhere.
        if (m_session)
            return;
        keepAuthorities();
        ReplicaSession::Options options;
        options.path = m_file;
        options.token = token;
        auto session = ReplicaSession::open(options, m_clock);
        if (!session && (session.error().kind == ErrorKind::locked || session.error().kind == ErrorKind::readOnly)) {
            // Read beside whoever follows with it, or where nobody can.
            if (session.error().kind == ErrorKind::locked)
                m_asOf = {};
            openHere();
            return;
        }
        if (!session) {
            giveUp(session.error());
            return;
        }
        m_replica = session->get();
        m_session = std::move(*session);
        connect(m_replica, &ReplicaSession::usable, this, [this] {
            if (m_join)
                m_join->hide();
            if (!m_window)
                showWindow(m_replica->server().authority());
        });
        connect(m_replica, &ReplicaSession::parted, this, &Program::part, Qt::QueuedConnection);
        connect(&m_session->desk(), &Desk::statusChanged, this, &Program::followJoining);
        followJoining();
    }

    /// For the next start.
    void keepAuthorities()
    {
        if (m_authorities.isEmpty())
            return;
        const auto file = ReplicaFile::open(m_file, m_clock);
        if (!file || !(*file)->keepAuthorities(m_authorities))
            qWarning("the certificates could not be kept: name them with --ca-file again");
    }

    /// While nothing can be shown yet, the dialog tells how far it is.
    void followJoining()
    {
        if (m_window)
            return;
        const DeskStatus now = m_session->desk().status();
        const bool isLoggedOut = now.kind == DeskStatus::Kind::refused && now.why.kind == ErrorKind::authExpired;
        // What is here, all or a part of it, is shown in a moment.
        if (m_replica->isUsable())
            return;
        if (!m_join)
            askToJoin(m_replica->server().toString(), isLoggedOut);
        if (isLoggedOut)
            m_join->showTrouble({});
        else
            m_join->showProgress(now.share, now.why == Error() ? QString() : ErrorText::of(now.why));
    }

    void askToJoin(const QString &server, bool isAgain)
    {
        m_join = std::make_unique<JoinDialog>(server, isAgain);
        connect(m_join.get(), &JoinDialog::joinAsked, this, &Program::join);
        connect(m_join.get(), &QDialog::rejected, this, [this] {
            if (m_window)
                return;
            giveUpJoining();
        });
        m_join->show();
    }

    /// Back from joining: to the welcome, or out. What the server made meanwhile is taken back there first.
    void giveUpJoining()
    {
        const bool isBack = m_welcome && !m_replica;
        if (isBack)
            m_welcome->show();
        if (!m_joining) {
            if (!isBack)
                QCoreApplication::quit();
            return;
        }
        m_givenUp.push_back(std::move(m_joining));
        connect(m_givenUp.back().get(), &Joining::givenUp, this, [this, isBack](bool isLeft) {
            if (!isBack)
                QCoreApplication::quit();
            else if (isLeft)
                m_welcome->showTrouble(deviceLeft());
        });
        // Who wants to be out does not wait for a server that does not answer.
        if (!isBack)
            QTimer::singleShot(longestGoodbye, &m_application, &QCoreApplication::quit);
        m_givenUp.back()->giveUp();
    }

    static QString deviceLeft()
    {
        return MainWindow::tr("The server was not reached: it still knows this device (%1) "
                              "until an admin revokes its token.")
            .arg(QSysInfo::machineHostName());
    }

    void join(const QString &address, const QString &name, const Secret &password)
    {
        // A replica that nobody gave a name is called as its server.
        if (m_isNameOpen && !m_replica)
            m_file = freshPath(QUrl::fromUserInput(address).host());
        m_joining = std::make_unique<Joining>(
            m_file, [this](const QString &kept, const Secret &token) { return secrets().write(kept, token); }, m_clock);
        connect(m_joining.get(), &Joining::failed, m_join.get(), [this](const Error &error, bool isLeft) {
            const QString why = ErrorText::ofAttempt(error);
            m_join->showTrouble(isLeft ? why + QLatin1Char('\n') + deviceLeft() : why);
        });
        connect(m_joining.get(), &Joining::joined, this, [this](const Secret &token) {
            if (m_replica)
                m_replica->setToken(token);
            else if (!m_isNameOpen || isOnlyOne())
                openReplica(token);
            if (m_window)
                m_join->hide();
        });
        m_joining->logIn(address, name, password);
    }

    SecretStore &secrets()
    {
        if (!m_secrets)
            m_secrets = m_keyFile.isEmpty() ? makeKeychainStore() : makeFileStore(m_keyFile);
        return *m_secrets;
    }

    void openHere()
    {
        const auto opened = [this] {
            Session::Options options;
            options.path = m_file;
            options.agentName = m_agent;
            options.keyFile = m_keyFile;
            options.isReadOnly = !m_whyReadOnly.isEmpty();
            options.runsCourier = !options.isReadOnly;
            return Session::open(std::move(options), m_clock);
        };
        auto session = opened();
        if (!session && session.error().kind == ErrorKind::readOnly) {
            m_whyReadOnly = MainWindow::tr("This file cannot be written to here: it can only be read.");
            session = opened();
        }
        // A copy of an earlier version is brought up to date where it can be.
        if (!session && session.error().kind == ErrorKind::unsupported && !m_whyReadOnly.isEmpty() &&
            Workspace::open(m_file, Workspace::Access::owner, m_clock))
            session = opened();
        if (!session) {
            giveUp(session.error());
            return;
        }
        m_session = std::move(*session);
        m_heardUntil = m_session->isOwner() ? heardUntil() : Time();
        showWindow(m_name.isEmpty() ? QFileInfo(m_file).completeBaseName() : m_name);
    }

    void openSample()
    {
        auto session = openSampleSession(m_clock);
        if (!session) {
            giveUp(session.error());
            return;
        }
        m_session = std::move(*session);
        showWindow(MainWindow::tr("Sample"));
    }

    void showWindow(const QString &title)
    {
        MainWindow::Options options;
        options.title = title;
        options.asksBeforeClosing = m_session->isOwner();
        options.heardUntil = m_heardUntil;
        options.whyReadOnly = m_whyReadOnly;
        if (!m_replica)
            options.asOf = m_asOf;
        if (!m_session->isOwner() && !m_replica)
            options.notListening =
                MainWindow::tr("Another program has this workspace open and pulls and sends for it.");
        m_window =
            std::make_unique<MainWindow>(m_session->desk(), m_session->channels(), m_appearance, std::move(options));
        connect(m_window.get(), &MainWindow::closing, this, &Program::close);
        connect(m_window.get(), &MainWindow::logInAsked, this,
                [this] { askToJoin(m_replica->server().toString(), true); });
        connect(m_window.get(), &MainWindow::logOutAsked, this, &Program::logOut);
        connect(m_window.get(), &MainWindow::devicesAsked, this, &Program::showDevices);
        connect(m_window.get(), &MainWindow::workspaceAsked, this, &Program::openElsewhere);
        if (!m_file.isEmpty()) {
            noteUsed();
            m_window->installEventFilter(this);
        }
        m_presence = std::make_unique<DesktopPresence>(m_session->desk(), *m_window, QDBusConnection::sessionBus());
        m_window->show();
        if (!m_note.isEmpty())
            m_window->tell(std::exchange(m_note, {}));
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == m_window.get() && event->type() == QEvent::WindowActivate)
            noteUsed();
        return false;
    }

    void noteUsed() const
    {
        const QString server = m_replica ? m_replica->server().toString() : QString();
        const QString name = m_replica ? m_replica->server().authority() : QFileInfo(m_file).completeBaseName();
        KnownWorkspaces::note({m_file, name, server});
    }

    /// An admin sees everybody's devices, others their own.
    void showDevices()
    {
        QList<AgentRecord> agents;
        for (const AgentRecord &agent : m_window->roster().agents()) {
            if (agent.id == m_session->desk().me())
                agents.prepend(agent);
            else if (m_window->roster().isAdmin())
                agents.append(agent);
        }
        auto *dialog = new DevicesDialog(agents, m_window.get());
        connect(dialog, &DevicesDialog::devicesAsked, this, [this, dialog](AgentId agent) {
            whenDone(m_replica->devices(agent), dialog, [dialog, agent](const Result<QList<TokenRecord>> &devices) {
                if (!devices)
                    dialog->showTrouble(ErrorText::of(devices.error()));
                else if (dialog->agent() == agent)
                    dialog->showDevices(*devices);
            });
        });
        const auto take = [this, dialog](AgentId agent, const QString &id, bool erases) {
            whenDone(m_replica->takeDevice(agent, id, erases), dialog, [dialog, agent](const Done &taken) {
                if (taken)
                    Q_EMIT dialog->devicesAsked(agent);
                else
                    dialog->showTrouble(ErrorText::of(taken.error()));
            });
        };
        connect(dialog, &DevicesDialog::revokeAsked, this,
                [take](AgentId agent, const QString &id) { take(agent, id, false); });
        connect(dialog, &DevicesDialog::eraseAsked, this,
                [take](AgentId agent, const QString &id) { take(agent, id, true); });
        dialog->open();
    }

    void logOut(bool erases)
    {
        m_leaving =
            std::make_unique<Leaving>(*m_replica, [this](const QString &name) { return secrets().remove(name); });
        connect(m_leaving.get(), &Leaving::left, this, [this, erases](bool atServer, bool here) {
            QString said = MainWindow::tr("You are logged out.");
            if (!atServer)
                said += QLatin1Char('\n') + deviceLeft();
            if (!here)
                said += QLatin1Char('\n') + MainWindow::tr("The log-in could not be removed from the keychain.");
            // The window goes, and what told of this with it.
            if (erases)
                QMetaObject::invokeMethod(
                    this, [this, said] { erase(said); }, Qt::QueuedConnection);
            else
                m_window->tell(said);
        });
        m_leaving->logOut();
    }

    void closeWindow()
    {
        m_presence.reset();
        m_window.reset();
        m_leaving.reset();
        if (m_join)
            m_join->hide();
    }

    void closeReplica()
    {
        m_replica = nullptr;
        m_session.reset();
    }

    /// The server says that what is here may no longer be here.
    void part(Parting parting)
    {
        if (!m_replica)
            return;
        const QUrl server = m_replica->server();
        closeWindow();
        if (parting == Parting::erase) {
            eraseAsTold(wasToldToErase(server));
            return;
        }
        // What was typed last is there too.
        whenDone(m_session->close(), this, [this, server](const Done &) {
            const auto words = m_session->workspace().readNow<QStringList>(loadOwnWords);
            if (words && !words->isEmpty())
                offerWords(server, *words);
            else
                eraseDisabled(server);
        });
    }

    void offerWords(const QUrl &server, const QStringList &words)
    {
        m_parted = std::make_unique<PartedDialog>(server.authority(), words);
        connect(m_parted.get(), &PartedDialog::deleteAsked, this, [this, server] {
            m_parted->hide();
            eraseDisabled(server);
        });
        connect(m_parted.get(), &QDialog::rejected, &m_application, &QCoreApplication::quit);
        m_parted->show();
    }

    void eraseDisabled(const QUrl &server)
    {
        static_cast<void>(beginErasure(m_file, server));
        eraseAsTold(MainWindow::tr("An admin has withdrawn your access to %1; what was kept of it here is deleted.")
                        .arg(server.authority()));
    }

    static QString wasToldToErase(const QUrl &server)
    {
        return MainWindow::tr(
                   "You or an admin told this device to erase what it kept of %1; the workspace, your drafts "
                   "in it and all pictures are deleted.")
            .arg(server.authority());
    }

    /// Goes on where it was begun; that is said, and ends the program.
    void eraseAsTold(const QString &why)
    {
        closeReplica();
        m_erasing.push_back(std::make_unique<Erasing>(m_file, tokenStore(), m_clock));
        connect(m_erasing.back().get(), &Erasing::ended, this, [this, why](const QString &left) {
            KnownWorkspaces::forget(m_file);
            sayGoodbye(left.isEmpty() ? why : why + QLatin1Char('\n') + notAllErased(left));
        });
        m_erasing.back()->run();
    }

    /// Others that the program ended in the middle of, beside this one.
    void carryOnErasing()
    {
        QSet<QString> folders{QFileInfo(defaultWorkspacePath()).absolutePath()};
        for (const KnownWorkspace &known : KnownWorkspaces::all())
            folders.insert(QFileInfo(known.file).absolutePath());
        for (const QString &folder : std::as_const(folders)) {
            for (const QString &path : erasuresIn(folder)) {
                if (KnownWorkspaces::isSame(path, m_file))
                    continue;
                m_erasing.push_back(std::make_unique<Erasing>(path, tokenStore(), m_clock));
                connect(m_erasing.back().get(), &Erasing::ended, this, [path] { KnownWorkspaces::forget(path); });
                m_erasing.back()->run();
            }
        }
    }

    static QString notAllErased(const QString &left)
    {
        return MainWindow::tr("Not everything that was kept here could be deleted. Left: %1")
            .arg(QDir::toNativeSeparators(left));
    }

    /// The replica goes, and with it the window; what happened is said, and that ends the program.
    void erase(QString said)
    {
        closeWindow();
        closeReplica();
        KnownWorkspaces::forget(m_file);
        if (const Done erased = eraseReplica(m_file))
            said +=
                QLatin1Char('\n') + MainWindow::tr("What was kept here is deleted: the replica, your drafts in it and "
                                                   "all pictures.");
        else
            said += QLatin1Char('\n') + notAllErased(erased.error().detail);
        sayGoodbye(said);
    }

    void sayGoodbye(const QString &said)
    {
        auto *box = new QMessageBox(QMessageBox::Information, MainWindow::tr("Earshot"), {}, QMessageBox::Close);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText);
        box->setText(said);
        connect(box, &QDialog::finished, &m_application, &QCoreApplication::quit);
        box->open();
    }

    /// Somebody started the program once more with the same workspace.
    void startAgain(const QStringList &arguments, const QString &token)
    {
        if (!m_window) {
            const QWidgetList windows = QApplication::topLevelWidgets();
            for (QWidget *window : windows) {
                if (window->isVisible())
                    window->activateWindow();
            }
            return;
        }
        m_window->raiseFor(token);
        const QString asked = arguments.value(arguments.indexOf(QStringLiteral("--agent")) + 1);
        const QString mine = m_window->roster().agentName(m_session->desk().me());
        if (arguments.contains(QStringLiteral("--agent")) && asked.compare(mine, Qt::CaseInsensitive) != 0)
            m_window->tell(MainWindow::tr("%1 works here. Quit, then start as %2.").arg(mine, asked));
    }

    /// When this desk last heard of a network before it was closed; not known where nothing was pulled, or elsewhere.
    [[nodiscard]] Time heardUntil() const
    {
        const auto channels = m_session->workspace().readNow<QList<ChannelRecord>>(
            [](Database &database) { return loadChannels(database); });
        Time last;
        for (const ChannelRecord &channel : channels.value_or(QList<ChannelRecord>()))
            last = std::max(last, channel.lastPullAt);
        return last;
    }

    void close()
    {
        whenDone(m_session->close(), this, [this](const Done &) { QCoreApplication::quit(); });
    }

    void giveUp(const Error &error) { giveUp(ErrorText::of(error)); }

    void giveUp(const QString &why)
    {
        auto *box = new QMessageBox(QMessageBox::Critical, MainWindow::tr("Earshot"), {}, QMessageBox::Close);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText);
        box->setText(MainWindow::tr("The workspace could not be opened."));
        box->setInformativeText(why + QLatin1Char('\n') + QDir::toNativeSeparators(m_file));
        connect(box, &QDialog::finished, &m_application, [] { QCoreApplication::exit(1); });
        box->open();
    }

    QApplication &m_application;
    Appearance &m_appearance;
    SystemClock m_clock;
    QString m_file;
    QString m_agent;
    QString m_keyFile;
    bool m_isNameOpen = false; ///< m_file is only a proposal
    QByteArray m_authorities;  ///< of --ca-file
    QString m_note;            ///< for the window when it is there
    QString m_name;            ///< of a replica: its server's
    Time m_asOf;               ///< the same: when everything was here
    QString m_whyReadOnly;     ///< this file cannot be written to, or is not to be
    Time m_heardUntil;
    std::unique_ptr<SingleInstance> m_instance;
    std::unique_ptr<WelcomeDialog> m_welcome;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<OpenDesk> m_session;
    ReplicaSession *m_replica = nullptr; ///< the session, where it is of a shared workspace
    std::unique_ptr<JoinDialog> m_join;
    std::unique_ptr<Joining> m_joining;
    std::vector<std::unique_ptr<Joining>> m_givenUp; ///< they end at their server
    std::unique_ptr<PartedDialog> m_parted;
    std::vector<std::unique_ptr<Erasing>> m_erasing;
    std::unique_ptr<Leaving> m_leaving;          ///< goes before the session
    std::unique_ptr<MainWindow> m_window;        ///< goes before the session that it reads
    std::unique_ptr<DesktopPresence> m_presence; ///< goes before its window
};

int run(QApplication &application)
{
    installTranslations(application);
    const Wishes wishes = wishesOf(application);
    if (const QString aside = putDamagedSettingsAside(); !aside.isEmpty())
        qWarning("the settings could not be read; they lie in %s", qUtf8Printable(aside));
    Appearance appearance(application);
    const ScreenFit fit(&application);
    Program program(application, appearance);
    program.start(wishes);
    return QApplication::exec();
}

} // namespace

} // namespace Earshot

int main(int argc, char **argv)
{
    Earshot::limitHeaps();
    QCoreApplication::setOrganizationName(QStringLiteral("earshot"));
    QCoreApplication::setApplicationName(QStringLiteral("earshot"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EARSHOT_VERSION));
    if (Earshot::asksForWords(argc, argv)) {
        QCoreApplication application(argc, argv);
        Earshot::installTranslations(application);
        static_cast<void>(Earshot::wishesOf(application));
    }
    QGuiApplication::setDesktopFileName(QStringLiteral("earshot"));
    QApplication application(argc, argv);
    Earshot::trimHeapsRegularly(&application);
    QApplication::setApplicationDisplayName(QStringLiteral("Earshot"));
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(Earshot::Icons::icon(QStringLiteral("earshot")));
    return Earshot::run(application);
}
